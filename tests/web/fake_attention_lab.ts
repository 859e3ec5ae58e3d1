// A small engine for tests of attention, in plain double arithmetic: self-attention with the explanations that the figures ask for, and a
// "trained" transformer whose tokens are words and whose heads look at the token before (head 1) or at the first (head 2).
import type {
  Explanation,
  HeadAttention,
  Lab,
  Matrix,
  SelfAttention,
  TextToken,
  Transformer,
  TransformerRun,
} from '../../web/engine/index.ts';
import { LabError } from '../../web/engine/index.ts';

export interface FakeAttentionLab extends Pick<Lab, 'selfAttention' | 'transformer' | 'explainPair'> {
  asked: Record<string, number>;
  /** Runs that are open. */
  open: number;
  failNext: LabError | null;
}

const blank = { operands: [], products: new Float32Array(), terms: [], formula: '' };
const checked = (result: number) => ({ result, check: { value: result, difference: 0, bound: 1e-6 } });
const matrix = (rows: readonly (readonly number[])[]): Matrix => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  data: Float32Array.from(rows.flat()),
});
const rowsOf = ({ rows, columns, data }: { rows: number; columns: number; data: ArrayLike<number> }) =>
  Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => Number(data[r * columns + c])));
const times = (x: number[][], w: number[][]) =>
  x.map((row) => (w[0] ?? []).map((_, j) => row.reduce((sum, value, i) => sum + value * (w[i]?.[j] ?? 0), 0)));
const dotOf = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

export function softmax(scores: readonly number[]): number[] {
  const exps = scores.map((score) => Math.exp(score - Math.max(...scores)));
  const sum = exps.reduce((total, one) => total + one, 0);
  return exps.map((one) => one / sum);
}

export function fakeAttentionLab(): FakeAttentionLab {
  const asked: Record<string, number> = {};
  const lab: FakeAttentionLab = {
    asked,
    open: 0,
    failNext: null,
    async explainPair(address, a, b) {
      const products = Float32Array.from(Array.from(a), (value, i) => value * Number(b[i]));
      const [, place = '0'] = /\[(\d+)\]/.exec(address) ?? [];
      return { ...blank, address, kind: 'dot', label: address, products, ...checked(products[Number(place)] ?? 0) } as Explanation;
    },
    async selfAttention(x, weights, { heads = 1, mask = 'none' } = {}) {
      asked.selfAttention = (asked.selfAttention ?? 0) + 1;
      fail(lab);
      const rows = rowsOf(x);
      const [query, key, value] = [weights.query, weights.key, weights.value].map((one) => times(rows, rowsOf(one))) as [
        number[][],
        number[][],
        number[][],
      ];
      const d = (query[0]?.length ?? 0) / heads;
      const of = (row: readonly number[] | undefined, h: number) => (row ?? []).slice(h * d, (h + 1) * d);
      const each = Array.from({ length: heads }, (_, h) => h);
      const seen = (t: number) => (mask === 'causal' ? t + 1 : rows.length);
      const dots = each.map((h) => query.map((q) => key.map((k) => dotOf(of(q, h), of(k, h)))));
      const scores = dots.map((head) => head.map((row) => row.map((one) => one / Math.sqrt(d))));
      const shares = scores.map((head) => head.map((row, t) => [...softmax(row.slice(0, seen(t))), ...row.slice(seen(t)).map(() => 0)]));
      const output = rows.map((_, t) =>
        each.flatMap((h) =>
          Array.from({ length: d }, (_, i) =>
            dotOf(
              shares[h]?.[t] ?? [],
              value.map((v) => v[h * d + i] ?? 0),
            ),
          ),
        ),
      );
      return {
        heads,
        scale: 1 / Math.sqrt(d),
        dots: dots.map(matrix),
        scores: scores.map(matrix),
        weights: shares.map(matrix),
        output: matrix(output),
        projected: matrix(output),
        query: matrix(query),
        key: matrix(key),
        value: matrix(value),
        async explain(address) {
          const [, head = '1', family = '', a = '0', , b = '0'] = /^attention(?:\/H(\d))?\/(\w+)\[(\d+)(,(\d+))?\]$/.exec(address) ?? [];
          const [h, t, s] = [Number(head) - 1, Number(a), Number(b)];
          const row = scores[h]?.[t]?.slice(0, seen(t)) ?? [];
          const exps = row.map((score) => Math.exp(score - Math.max(...row)));
          const dot = (left: readonly number[], right: readonly number[]): Explanation => ({
            ...blank,
            address,
            kind: 'dot',
            label: address,
            operands: [
              { name: 'a', address: `${address}/a`, values: Float32Array.from(left) },
              { name: 'b', address: `${address}/b`, values: Float32Array.from(right) },
            ],
            products: Float32Array.from(left, (one, i) => one * (right[i] ?? 0)),
            ...checked(dotOf(left, right)),
          });
          const given = (result: number): Explanation => ({ ...blank, address, kind: 'input', label: address, ...checked(result) });
          if (family === 'dot') return dot(of(query[t], h), of(key[s], h));
          if (family === 'output')
            return dot(
              shares[h]?.[t] ?? [],
              value.map((v) => v[h * d + s] ?? 0),
            );
          if (family === 'exp_sum') return given(exps.reduce((total, one) => total + one, 0));
          if (family === 'exp' && s < exps.length) return given(exps[s] ?? 0);
          if (family === 'weight') return given(shares[h]?.[t]?.[s] ?? 0);
          if (family === 'query') return given(query[t]?.[s] ?? 0);
          throw new LabError('unknown-address', `No number stands at “${address}”.`);
        },
      } satisfies SelfAttention;
    },
    async transformer(name, { onProgress } = {}) {
      asked.transformer = (asked.transformer ?? 0) + 1;
      onProgress?.(512 * 1024, 2 * 1024 * 1024);
      await new Promise((done) => setTimeout(done, 5));
      fail(lab);
      return fakeTransformer(name, lab);
    },
  };
  return lab;
}

function fail(lab: FakeAttentionLab): void {
  const failure = lab.failNext;
  lab.failNext = null;
  if (failure) throw failure;
}

function fakeTransformer(name: string, lab: FakeAttentionLab): Transformer {
  const tokens = async (text: string): Promise<TextToken[]> => {
    const found = [...text.matchAll(/ ?[^\s.]+|\./g)].map((match, at) => ({
      id: at + 1,
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
    }));
    return [{ id: 0, text: '␂', start: 0, end: 0 }, ...found];
  };
  return {
    name,
    layers: 2,
    heads: 2,
    causal: true,
    tokens,
    async run(input: string | readonly TextToken[]) {
      lab.open++;
      const all = typeof input === 'string' ? await tokens(input) : input;
      const count = all.length;
      const scoreOf = (head: number, t: number, s: number) => (s === (head === 1 ? Math.max(0, t - 1) : 0) ? 4 : 0);
      const rows = (make: (t: number) => number[]) => matrix(all.map((_, t) => make(t)));
      return {
        tokens: all,
        async attention(layer: number, head: number): Promise<HeadAttention> {
          if (layer > 2 || head > 2) throw new LabError('out-of-range', 'No such head.');
          const scores = rows((t) => all.map((_, s) => scoreOf(head, t, s)));
          const dots = rows((t) => all.map((_, s) => 2 * scoreOf(head, t, s)));
          const weights = rows((t) => [
            ...softmax(all.slice(0, t + 1).map((_, s) => scoreOf(head, t, s))),
            ...Array(count - t - 1).fill(0),
          ]);
          return { scores, dots, weights };
        },
        explain: async (address: string) => ({ ...blank, address, kind: 'weight', label: address, ...checked(0.5) }) as Explanation,
        async dispose() {
          lab.open--;
        },
      } as unknown as TransformerRun;
    },
  } as unknown as Transformer;
}
