// A small engine for the figures of lesson 9, in plain double arithmetic: random dot products, attention, a softmax row, and a "trained" model
// of two layers and two heads whose queries and keys are made by a formula.
import { LabError } from '../../web/engine/errors.ts';
import type { Explanation, Lab, Matrix, TextToken } from '../../web/engine/index.ts';
import { leaf as number } from './fake_explanation.ts';
import { type FakeLab, fakeLab } from './fake_lab.ts';

export type FakeScalingLab = FakeLab &
  Pick<Lab, 'randomDots' | 'attention' | 'softmaxRow' | 'norm' | 'transformer'> & {
    /** Runs that were not given back. */
    open: { runs: number };
    /** What `transformer` is refused with, if it is. */
    refuse: LabError | null;
  };

/** Two uniform numbers from whole ones, made normal (Box–Muller). */
function normal(seed: number, n: number): number {
  const uniform = (k: number) => {
    const x = Math.sin(seed * 127.1 + k * 311.7 + 17) * 43758.5453;
    return x - Math.floor(x);
  };
  return Math.sqrt(-2 * Math.log(1 - uniform(2 * n) + 1e-12)) * Math.cos(2 * Math.PI * uniform(2 * n + 1));
}

const dotOf = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

function dotExplained(address: string, a: Float32Array, b: Float32Array, names: readonly [string, string]): Explanation {
  return number(address, dotOf(a, b), {
    kind: 'dot',
    operands: [
      { name: 'q', address: names[0], values: a },
      { name: 'k', address: names[1], values: b },
    ],
    products: a.map((x, i) => x * (b[i] ?? 0)),
  });
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const exps = scores.map((score) => Math.exp(score - most));
  const sum = exps.reduce((a, b) => a + b, 0);
  return exps.map((x) => x / sum);
}

export function fakeScalingLab(base: FakeLab = fakeLab()): FakeScalingLab {
  const lab: FakeScalingLab = {
    ...base,
    open: { runs: 0 },
    refuse: null,
    async norm(a) {
      return Math.sqrt(dotOf(a, a));
    },
    async randomDots({ dimensions, pairs, seed }) {
      base.asked.push(`random ${dimensions} ${pairs} ${seed}`);
      const side = (i: number, key: number) =>
        Float32Array.from({ length: dimensions }, (_, j) => normal(seed, (2 * i + key) * 20_000 + j));
      const pair = async (i: number) => ({ query: side(i, 0), key: side(i, 1) });
      // Beyond a few thousand numbers only their sum's size matters here.
      const dots = Float32Array.from({ length: pairs }, (_, i) =>
        dimensions * pairs > 2e5 ? Math.sqrt(dimensions) * normal(seed + 0.5, i) : dotOf(side(i, 0), side(i, 1)),
      );
      return {
        dimensions,
        dots,
        rootMeanSquare: Math.sqrt(dotOf(dots, dots) / pairs),
        meanMagnitude: dots.reduce((sum, x) => sum + Math.abs(x), 0) / pairs,
        pair,
        explain: async (address) => {
          const place = Number(/\[(\d+)\]/.exec(address)?.[1] ?? Number.NaN);
          if (Number.isNaN(place)) return number(address, Math.sqrt(dotOf(dots, dots) / pairs));
          const { query, key } = await pair(place);
          return dotExplained(address, query, key, ['random/query', 'random/key']);
        },
      };
    },
    async attention(query, key, _value, options = {}) {
      const [q, k] = [query as Matrix, key as Matrix];
      const row = (m: Matrix, r: number) => Float32Array.from(Array.from(m.data).slice(r * m.columns, (r + 1) * m.columns));
      const scale = options.scale ?? 1 / Math.sqrt(q.columns);
      const dots = Float32Array.from({ length: k.rows }, (_, s) => dotOf(row(q, 0), row(k, s)));
      const matrix = (data: Float32Array) => ({ rows: 1, columns: k.rows, data });
      return {
        heads: 1,
        scale,
        dots: [matrix(dots)],
        scores: [matrix(dots.map((x) => x * scale))],
        weights: [matrix(Float32Array.from(softmax(Array.from(dots, (x) => x * scale))))],
        output: { rows: 1, columns: 1, data: new Float32Array(1) },
        explain: async (address) => {
          const s = Number(/\[0,(\d+)\]/.exec(address)?.[1]);
          if (address.startsWith('attention/H1/dot'))
            return dotExplained(address, row(q, 0), row(k, s), ['attention/query', 'attention/key']);
          return number(address, (dots[s] ?? 0) * scale, { kind: 'activation' });
        },
      };
    },
    async softmaxRow(scores, { scale = 1 } = {}) {
      const scaled = Array.from(scores, (x) => x * scale);
      const p = softmax(scaled);
      return {
        scale,
        scaled: Float32Array.from(scaled),
        weights: Float32Array.from(p),
        slopes: Float32Array.from(p, (x) => x * (1 - x)),
        explain: async (address) => {
          const i = Number(/\[(\d+)\]/.exec(address)?.[1]);
          const value = address.includes('slope') ? (p[i] ?? 0) * (1 - (p[i] ?? 0)) : (p[i] ?? 0);
          return number(address, value, { kind: 'softmax' });
        },
      };
    },
    async transformer(name, options) {
      base.asked.push(`transformer ${name}`);
      options?.onProgress?.(1024, 4096);
      if (lab.refuse) throw lab.refuse;
      return writer(lab) as unknown as Awaited<ReturnType<Lab['transformer']>>;
    },
  };
  return lab;
}

/** d_k is 4. The queries and keys of layer 2 are three times as long as those of layer 1. */
function writer(lab: FakeScalingLab) {
  const [layers, heads, width] = [2, 2, 4];
  return {
    layers,
    heads,
    width: heads * width,
    causal: true,
    async run(text: string) {
      lab.asked.push(`run ${text}`);
      if (text.includes('too long')) throw new LabError('too-long', 'The text has more tokens than the writer reads. Shorten it.');
      lab.open.runs++;
      const tokens: TextToken[] = ['␂', ...text.split(' ')].map((word, id) => ({ id, text: id > 1 ? ` ${word}` : word, start: 0, end: 0 }));
      const part = (layer: number, head: number, key: number, t: number) =>
        Float32Array.from({ length: width }, (_, i) => (layer === 2 ? 3 : 1) * normal(layer * 10 + head, (2 * t + key) * 100 + i));
      const rows = (layer: number, head: number, key: number) => ({
        rows: tokens.length,
        columns: width,
        data: Float32Array.from(tokens.flatMap((_, t) => [...part(layer, head, key, t)])),
      });
      return {
        tokens,
        async attention(layer: number, head: number) {
          const dots = {
            rows: tokens.length,
            columns: tokens.length,
            data: Float32Array.from(
              tokens.flatMap((_, t) => tokens.map((__, s) => dotOf(part(layer, head, 0, t), part(layer, head, 1, s)))),
            ),
          };
          return { dots, scores: dots, weights: dots };
        },
        async head(layer: number, head: number, name: string) {
          return rows(layer, head, name === 'key' ? 1 : 0);
        },
        async explain(address: string) {
          const [, layer = '1', head = '1', , t = '0', s = '0'] = /L(\d+)\/H(\d+)\/(\w+)\[(\d+),(\d+)\]/.exec(address) ?? [];
          const [q, k] = [part(Number(layer), Number(head), 0, Number(t)), part(Number(layer), Number(head), 1, Number(s))];
          return address.includes('/dot[') ? dotExplained(address, q, k, ['transformer/q', 'transformer/k']) : number(address, 1);
        },
        async dispose() {
          lab.open.runs--;
        },
      };
    },
  };
}
