// A small engine for tests of probing, in plain double arithmetic. Its transformer has 6 layers of width 3; the state of a word at layer l is
// [length of the word, l · (1 if the word begins with a vowel, else −1), place in the sentence]: so the first letter can be read the better
// the higher the layer. A probe is the nearest of the classes' means, and what it scores by layer is laid down here.
import type {
  Explanation,
  Lab,
  Matrix,
  Probe,
  ProbeFit,
  ProbeLayer,
  ProbeTable,
  ProbeTask,
  Spread,
  TextToken,
  Transformer,
  TransformerRun,
  WordStates,
} from '../../web/engine/index.ts';
import { LabError } from '../../web/engine/index.ts';
import type { Labelled } from '../../web/models/labelled_sentences.ts';
import { type ProbeData, ProbeSource } from '../../web/models/probe_source.ts';
import { TransformerSource } from '../../web/models/transformer_source.ts';
import { leaf } from './fake_explanation.ts';

export interface FakeProbeLab extends Pick<Lab, 'wordStates' | 'transformer' | 'matvec' | 'cosine' | 'explainPair'> {
  asked: Record<string, number>;
  /** Runs and probes that are open. */
  open: number;
  failNext: LabError | null;
}

const D = 3;
const layers = 6;
const matrix = (rows: readonly (readonly number[])[]): Matrix => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  data: Float32Array.from(rows.flat()),
});
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
const spread = (mean: number, by = 0): Spread => ({ mean, min: mean - by, max: mean + by, deviation: by });
const state = (word: string, place: number, layer: number) => [word.length, layer * (/^[aeiou]/i.test(word) ? 1 : -1), place];
/** What the table of a property says, by layer. */
export const accuracies = [0.5, 0.6, 0.7, 0.9, 0.89, 0.8, 0.7];

export function fakeProbeLab(): FakeProbeLab {
  const asked: Record<string, number> = {};
  const count = (what: string) => {
    asked[what] = (asked[what] ?? 0) + 1;
  };
  const lab: FakeProbeLab = {
    asked,
    open: 0,
    failNext: null,
    async matvec(m, x) {
      return Float32Array.from({ length: m.rows }, (_, r) => dot(Array.from(m.data).slice(r * m.columns, (r + 1) * m.columns), x));
    },
    async cosine(a, b) {
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    },
    async explainPair(address, a, b) {
      return leaf(address, dot(a, b), { kind: 'dot' }) as Explanation;
    },
    async transformer(name, { onProgress } = {}) {
      count(`transformer ${name}`);
      onProgress?.(1, 2);
      await new Promise((done) => setTimeout(done, 2));
      return fakeTransformer(name, lab);
    },
    async wordStates(model, { texts, words }, { onProgress } = {}) {
      count(`wordStates ${model.name}`);
      onProgress?.(0, texts.length);
      await new Promise((done) => setTimeout(done, 2));
      fail(lab);
      onProgress?.(texts.length, texts.length);
      return fakeStates(
        lab,
        model.name,
        texts,
        words.map(({ text, start, end }) => {
          const before = (texts[text] ?? '').slice(0, start).split(/\s+/).length - 1;
          return { text, word: (texts[text] ?? '').slice(start, end), place: before + 1 };
        }),
      );
    },
  };
  return lab;
}

function fail(lab: FakeProbeLab): void {
  const failure = lab.failNext;
  lab.failNext = null;
  if (failure) throw failure;
}

function fakeTransformer(name: string, lab: FakeProbeLab): Transformer {
  const tokens = async (text: string): Promise<TextToken[]> => {
    const found = [...text.matchAll(/ ?[^\s.]+|\./g)].map((match, at) => ({
      id: at + 1,
      text: match[0],
      start: match.index + (match[0].startsWith(' ') ? 1 : 0),
      end: match.index + match[0].length,
    }));
    if (found.length > 60) throw new LabError('too-long', 'The text is too long.', '200');
    return [{ id: 0, text: '␂', start: 0, end: 0 }, ...found];
  };
  return {
    name,
    layers,
    width: D,
    causal: name === 'writer',
    tokens,
    async run(input: string | readonly TextToken[]) {
      lab.open++;
      const all = typeof input === 'string' ? await tokens(input) : input;
      return {
        tokens: all,
        hidden: async (layer: number) => matrix(all.map(({ text }, t) => state(text.trim(), t, layer))),
        explain: async (address: string) => leaf(address, 1),
        async dispose() {
          lab.open--;
        },
      } as unknown as TransformerRun;
    },
  } as unknown as Transformer;
}

interface FakeWord {
  text: number;
  word: string;
  place: number;
}

function fakeStates(lab: FakeProbeLab, model: string, texts: readonly string[], words: readonly FakeWord[]): WordStates {
  const rowsOf = (layer: number) => words.map(({ word, place }) => state(word, place, layer));
  const labelsOf = ({ labels }: ProbeTask) => Array.from(labels);
  const probe = (layer: number, task: ProbeTask): Probe => {
    const [rows, labels] = [rowsOf(layer), labelsOf(task)];
    for (const [k, name] of task.classes.entries())
      if (labels.filter((label) => label === k).length < 2)
        throw new LabError('too-few', `There are fewer than two words of “${name}”.`, name);
    lab.open++;
    const means = task.classes.map((_, k) => {
      const own = rows.filter((_, n) => labels[n] === k);
      return Array.from({ length: D }, (_, i) => own.reduce((sum, row) => sum + (row[i] ?? 0), 0) / own.length);
    });
    const biases = means.map((mean) => -dot(mean, mean) / 2);
    const scoresOf = (row: readonly number[]) => means.map((mean, k) => dot(mean, row) + (biases[k] ?? 0));
    const first = (scores: readonly number[]) => scores.indexOf(Math.max(...scores));
    const answers = Uint8Array.from(rows, (row) => first(scoresOf(row)));
    const two = task.classes.length === 2;
    let disposed = false;
    return {
      layer,
      classes: task.classes,
      weights: matrix(means),
      biases: Float32Array.from(biases),
      difference: two ? Float32Array.from(means[1] ?? [], (value, i) => value - (means[0]?.[i] ?? 0)) : null,
      score: { count: 4, correct: 3, accuracy: 0.75, confusion: new Uint32Array(task.classes.length ** 2).fill(1), trainAccuracy: 1 },
      answers,
      parts: Uint8Array.from(labels, (label) => (label < 0 ? 2 : labels.length === 4 ? 1 : 0)), // all four sentences with “bank” are held out
      async read(run) {
        if (disposed) throw new LabError('disposed', 'The probe was given back.');
        const states = await run.hidden(layer);
        const scores = run.tokens.map((_, t) => scoresOf(Array.from(states.data.slice(t * D, (t + 1) * D))));
        return {
          scores: matrix(scores),
          probabilities: matrix(
            scores.map((row) => row.map((one) => Math.exp(one) / row.reduce((sum, other) => sum + Math.exp(other), 0))),
          ),
          margins: two ? Float32Array.from(scores, ([a = 0, b = 0]) => b - a) : null,
          explain: async (address) => leaf(address, 1, { label: `${address} at layer ${layer}` }),
        };
      },
      async dispose() {
        disposed = true;
        lab.open--;
      },
    };
  };
  const fit = (layer: number, seed: number): ProbeFit =>
    ({ layer, seed, explained: 0.1, directions: 1, score: { accuracy: accuracies[layer] } }) as unknown as ProbeFit;
  const layerOf = (layer: number, task: ProbeTask): ProbeLayer => ({
    layer,
    accuracy: spread(accuracies[layer] ?? 0, 0.02),
    majority: spread(0.4),
    control: model === 'reader' ? spread(0.4) : null,
    selectivity: model === 'reader' ? spread((accuracies[layer] ?? 0) - 0.4) : null,
    shuffled: spread(0.31),
    chance: spread(0.3),
    explained: spread(0.1),
    directions: task.classes.length - 1,
    confusion: new Uint32Array(task.classes.length ** 2).fill(2),
  });
  return {
    model,
    count: words.length,
    texts: texts.length,
    layers,
    width: D,
    places: Uint32Array.from(words, ({ place }) => place),
    pieces: new Uint32Array(words.length).fill(1),
    rows: async (layer) => matrix(rowsOf(layer)),
    probe: async (layer, task) => {
      lab.asked.probe = (lab.asked.probe ?? 0) + 1;
      fail(lab);
      return probe(layer, task);
    },
    fit: async (layer, task, { seed = 1 } = {}) => ({ ...fit(layer, seed), directions: task.classes.length - 1 }),
    async measure(task, { layers: some = [0, 1, 2, 3, 4, 5, 6], seeds = [1], onProgress, wait, signal } = {}) {
      lab.asked.measure = (lab.asked.measure ?? 0) + 1;
      fail(lab);
      const fits: ProbeFit[] = [];
      let table: ProbeTable = { classes: task.classes, seeds, layers: [], fits };
      for (const seed of seeds)
        for (const layer of some) {
          await wait?.();
          await new Promise((done) => setTimeout(done, 1));
          if (signal?.aborted) throw new LabError('aborted', 'It was stopped.');
          fits.push(fit(layer, seed));
          table = {
            classes: task.classes,
            seeds,
            layers: some.filter((one) => fits.some((f) => f.layer === one)).map((one) => layerOf(one, task)),
            fits: [...fits],
          };
          onProgress?.({ done: fits.length, total: some.length * seeds.length, fit: fits.at(-1) as ProbeFit, table });
        }
      return table;
    },
    async leaveOut(layer, task) {
      const labels = labelsOf(task);
      const of = labels.flatMap((label, n) => (label < 0 ? [] : [n]));
      const { answers } = probe(layer, task);
      lab.open--;
      const correct = of.filter((n) => answers[n] === labels[n]).length;
      return {
        layer,
        words: Uint32Array.from(of),
        answers: Uint8Array.from(of, (n) => answers[n] ?? 0),
        count: of.length,
        correct,
        accuracy: correct / of.length,
        majority: 0.5,
        luck: 0.2,
      };
    },
    drift: async () =>
      Array.from({ length: layers + 1 }, (_, layer) => ({
        layer,
        within: 0.1 * layer,
        between: -0.1 * layer,
        rawWithin: 0.9,
        rawBetween: 0.9 - 0.05 * layer,
      })),
    async plane(probe, task) {
      const of = labelsOf(task).flatMap((label, n) => (label < 0 ? [] : [n]));
      const rows = rowsOf(probe.layer);
      return {
        layer: probe.layer,
        words: Uint32Array.from(of),
        points: Float32Array.from(of.flatMap((n) => [rows[n]?.[1] ?? 0, rows[n]?.[0] ?? 0])),
        axes: Float32Array.from([0, 1, 0, 1, 0, 0]),
        explained: [0.2, 0.3],
      };
    },
    async dispose() {},
  };
}

const parts: Labelled = (() => {
  const texts = ['An owl sees a mouse.', 'The apple is on every old table.', 'Our dog eats meat.', 'An ant finds sugar.'];
  const words = texts.flatMap((text, at) =>
    [...text.matchAll(/[a-z]+/gi)].map((match) => ({ text: at, start: match.index, end: match.index + match[0].length })),
  );
  const spelled = words.map(({ text, start, end }) => (texts[text] ?? '').slice(start, end));
  return {
    texts,
    words,
    properties: [
      {
        id: 'part-of-speech',
        name: 'part of speech',
        classes: ['short', 'middle', 'long'],
        labels: spelled.map((word) => (word.length < 3 ? 0 : word.length < 4 ? 1 : 2)),
      },
      {
        id: 'sentence-end',
        name: 'end of the sentence',
        classes: ['inside', 'the last word'],
        labels: words.map(({ text }, n) => (words[n + 1]?.text === text ? 0 : 1)),
      },
    ],
  };
})();

const bank: Labelled = {
  contexts: ['after', 'before', 'after', 'before'],
  texts: ['The bank lent him money.', 'A bank keeps gold.', 'We sat on the bank.', 'Frogs slept on every bank.'],
  words: [
    { text: 0, start: 4, end: 8 },
    { text: 1, start: 2, end: 6 },
    { text: 2, start: 14, end: 18 },
    { text: 3, start: 21, end: 25 },
  ],
  properties: [{ id: 'sense:bank', name: 'sense of “bank”', classes: ['money', 'river'], labels: [0, 0, 1, 1] }],
};

export const fakeProbeData: ProbeData = {
  parts: async () => parts,
  senses: async () => new Map([['bank', bank]]),
};

/** A page's source over the fake engine. */
export function fakeSource(lab: FakeProbeLab): ProbeSource {
  const shared = { reader: new TransformerSource(async () => lab, 'reader'), writer: new TransformerSource(async () => lab, 'writer') };
  return new ProbeSource(
    async () => lab,
    (name) => shared[name],
    fakeProbeData,
  );
}
