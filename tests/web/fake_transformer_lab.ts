// A small "trained" transformer for tests of <dot-transformer>: words are tokens, two layers of two heads, a vocabulary of twelve. Each head off
// raises token 7 everywhere, and a state put in at a place makes token 9 the likeliest there, so that a change can be seen in the guesses.
import {
  type Explanation,
  type Guess,
  type Lab,
  LabError,
  type Matrix,
  type RunOptions,
  type TextToken,
  type Transformer,
  type TransformerRun,
} from '../../web/engine/index.ts';
import { leaf } from './fake_explanation.ts';

export interface FakeTransformerLab extends Pick<Lab, 'transformer'> {
  /** How often each model was loaded. */
  loaded: Record<string, number>;
  /** Runs that were asked for, with what was done to them. */
  runs: { text: string; ablate: string; patch: string }[];
  /** What a run waits for. */
  runsWait: Promise<void> | null;
  /** Runs that are open. */
  open: number;
  /** Ends all of them, as a worker that died does. */
  kill(): void;
  failNext: LabError | null;
  /** Holds back the loading until it is called. */
  release: (() => void) | null;
  hold: boolean;
}

export const fakeContext = 40;
const layers = 2;
const heads = 2;
const width = 4;
const vocabulary = 12;

const matrix = (rows: readonly (readonly number[])[]): Matrix => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  data: Float32Array.from(rows.flat()),
});

function softmax(scores: readonly number[]): number[] {
  const exps = scores.map((score) => Math.exp(score - Math.max(...scores)));
  const sum = exps.reduce((total, one) => total + one, 0);
  return exps.map((one) => one / sum);
}

/** Ids from the letters, so that the same word is the same token: 2 … 11. */
const idOf = (word: string) =>
  word.trim() === '[blank]' ? 1 : 2 + ([...word.trim()].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 10);

export function fakeTransformerLab(): FakeTransformerLab {
  const closing: (() => void)[] = [];
  const lab: FakeTransformerLab = {
    loaded: {},
    runs: [],
    runsWait: null,
    open: 0,
    kill: () => {
      for (const close of closing) close();
    },
    failNext: null,
    release: null,
    hold: false,
    async transformer(name, { onProgress } = {}) {
      lab.loaded[name] = (lab.loaded[name] ?? 0) + 1;
      onProgress?.(512 * 1024, 3 * 1024 * 1024);
      if (lab.hold)
        await new Promise<void>((go) => {
          lab.release = go;
        });
      const failure = lab.failNext;
      lab.failNext = null;
      if (failure) throw failure;
      return fakeTransformer(name, lab, (close) => closing.push(close));
    },
  };
  return lab;
}

function fakeTransformer(name: string, lab: FakeTransformerLab, started: (close: () => void) => void): Transformer {
  const causal = name === 'writer';
  const tokens = async (text: string): Promise<TextToken[]> => {
    const found = [...text.matchAll(/ ?[^\s.]+|\.|\n/g)].map((match) => ({
      id: idOf(match[0]),
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
    }));
    const all = [{ id: 0, text: '␂', start: 0, end: 0 }, ...found];
    if (all.length > fakeContext)
      throw new LabError(
        'too-long',
        `The text has ${all.length} tokens, and this model reads ${fakeContext}.`,
        String(all[fakeContext]?.start ?? 0),
      );
    return all;
  };
  return {
    name,
    layers,
    heads,
    width,
    vocabulary,
    context: fakeContext,
    causal,
    tokens,
    async run(input: readonly TextToken[], { ablate = [], patch = [] }: RunOptions = {}) {
      await lab.runsWait;
      lab.open++;
      lab.runs.push({
        text: input.map(({ text }) => text).join(''),
        ablate: ablate.map(({ layer, head }) => `${layer}.${head}`).join(),
        patch: patch.map(({ layer, place, state }) => `${layer},${place}:${Array.from(state)}`).join(),
      });
      let closed = false;
      started(() => {
        closed = true;
      });
      const living = () => {
        if (closed) throw new LabError('disposed', 'This run was disposed of.');
      };
      const count = input.length;
      const scores = (head: number) => input.map((_, t) => input.map((_, s) => (s === (head === 1 ? Math.max(0, t - 1) : 0) ? 4 : 0)));
      const weights = (head: number) =>
        scores(head).map((row, t) => (causal ? [...softmax(row.slice(0, t + 1)), ...Array(count - t - 1).fill(0)] : softmax(row)));
      const logits = (place: number) =>
        Array.from({ length: vocabulary }, (_, v) => {
          const patched = patch.some((one) => one.place === place) && v === 9 ? 20 : 0;
          return -Math.abs(v - (input[place]?.id ?? 0)) + (v === 7 ? ablate.length : 0) + patched;
        });
      const guess = (place: number, v: number): Guess => ({
        id: v,
        text: ` word${v}`,
        logit: logits(place)[v] ?? 0,
        probability: softmax(logits(place))[v] ?? 0,
      });
      return {
        tokens: input,
        allAttention: async () => Array.from({ length: layers }, () => [1, 2].map((head) => matrix(weights(head)))),
        attention: async (_: number, head: number) => {
          living();
          return {
            weights: matrix(weights(head)),
            scores: matrix(scores(head)),
            dots: matrix(scores(head).map((row) => row.map((one) => 2 * one))),
          };
        },
        hidden: async (layer: number) => matrix(input.map(({ id }) => [layer, id, 0, 0])),
        operations: async () => ({ dot: 900 * count, other: 100 * count }),
        guesses: async (place: number, { count: most = 10 } = {}) => {
          living();
          return Array.from({ length: vocabulary }, (_, v) => guess(place, v))
            .sort((one, other) => other.logit - one.logit)
            .slice(0, most);
        },
        explain: async (address: string): Promise<Explanation> => {
          living();
          const [, family = '', place = '0', v = '0'] = /(\w+)\[(\d+),(\d+)\]$/.exec(address) ?? [];
          const one = guess(Number(place), Number(v));
          return leaf(address, family === 'logit' ? one.logit : family === 'probability' ? one.probability : 0.5);
        },
        dispose: async () => {
          if (!closed) lab.open--;
          closed = true;
        },
      } as unknown as TransformerRun;
    },
  } as unknown as Transformer;
}
