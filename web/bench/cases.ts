// What is measured: the sizes, what one answer is worth, and the ratio or the time aimed at.
import { analogies, QUESTIONS } from './analogies.ts';
import { corpusText } from './corpus.ts';
import { SKIP_GRAM } from './skip_gram.ts';
import type { Limit, Matrix, Measured, Place, Problem, Target } from './types.ts';

export interface Case extends Omit<Measured, 'timings' | 'limits' | 'heapBytes'> {
  /** Makes the operands: the same numbers in every run. */
  problem(): Problem;
}

/** Numbers from −1 to 1, the same for the same seed (xorshift; Marsaglia 2003). */
export function numbers(count: number, seed: number): Float32Array {
  const out = new Float32Array(count);
  let state = (seed * 2654435761) >>> 0 || 1;
  for (let i = 0; i < count; ++i) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    out[i] = state / 2 ** 31;
  }
  return out;
}

export const matrix = (rows: number, columns: number, seed: number): Matrix => ({ rows, columns, data: numbers(rows * columns, seed) });

const SUFFIX: Record<Place, string> = { held: '', given: ', arrays given', worker: ', asked of the worker' };
const figure = (n: number) => n.toLocaleString('en').replaceAll(',', ' ');

/** The numbers read, 4 bytes each; the multiplies and adds done: with the share of it that is aimed at. */
const reading = (floats: number, share?: number): Limit => ({ kind: 'read', bytes: 4 * floats, share });
const multiplying = (work: number, share?: number): Limit => ({ kind: 'multiply-add', operations: work * 1e9, share });

const dot = (n: number, place: Place, target?: Target): Case => ({
  name: `dot ${figure(n)}${SUFFIX[place]}`,
  work: (2 * n) / 1e9,
  unit: 'GFLOP/s',
  target,
  limit: place === 'held' ? reading(2 * n) : undefined,
  problem: () => ({ kind: 'dot', place, a: numbers(n, 1), b: numbers(n, 2) }),
});

const matvec = (rows: number, columns: number, place: Place, target?: Target): Case => ({
  name: `matvec ${figure(rows)} × ${columns}${SUFFIX[place]}`,
  work: (2 * rows * columns) / 1e9,
  unit: 'GFLOP/s',
  target,
  limit: reading(rows * columns, 0.95),
  problem: () => ({ kind: 'matvec', place, matrix: matrix(rows, columns, 3), x: numbers(columns, 4) }),
});

const matmul = (n: number, place: Place, target?: Target, share?: number): Case => {
  const work = (2 * n ** 3) / 1e9;
  return {
    name: `matmul ${n}${SUFFIX[place]}`,
    work,
    unit: 'GFLOP/s',
    target,
    limit: place === 'held' ? multiplying(work, share) : undefined,
    problem: () => ({ kind: 'matmul', place, a: matrix(n, n, 5), b: matrix(n, n, 6) }),
  };
};

const search = (rows: number, columns: number, target?: Target): Case => ({
  name: `top-10 of ${figure(rows)} × ${columns}`,
  work: 1,
  unit: 'queries/s',
  target,
  limit: reading(rows * columns, 0.95),
  problem: () => ({ kind: 'search', place: 'held', table: matrix(rows, columns, 7), query: numbers(columns, 8), count: 10 }),
});

/** The same question and the same peers; ours asks its index, which reads a byte for each number. */
const indexed = (rows: number, columns: number, aimMs?: number): Case => ({
  name: `top-10 of ${figure(rows)} × ${columns}, by index`,
  work: 1,
  unit: 'queries/s',
  target: { against: 'library', relaxed: 3.3, simd128: 2.5 },
  limit: { kind: 'read', bytes: rows * columns, share: 0.9 },
  aimMs,
  problem: () => ({ kind: 'search', place: 'held', table: matrix(rows, columns, 7), query: numbers(columns, 8), count: 10, index: true }),
});

const searches = (rows: number, columns: number, queries: number): Case => {
  const work = (2 * rows * columns * queries) / 1e9;
  return {
    name: `${queries} × top-10 of ${figure(rows)} × ${columns}`,
    work,
    unit: 'GFLOP/s',
    target: { against: 'library', relaxed: 1.5, simd128: 1.5 },
    limit: multiplying(work, 0.65),
    problem: () => ({
      kind: 'searches',
      place: 'held',
      table: matrix(rows, columns, 7),
      queries: matrix(queries, columns, 8),
      count: 10,
    }),
  };
};

/** Self-attention of T places: q · k of all pairs, and the weighted sums, 2 · T² · width multiplies and adds each. */
const attention = (T: number, heads: number, width: number): Case => {
  const columns = heads * width;
  const work = (4 * T * T * columns) / 1e9;
  return {
    name: `attention ${figure(T)}, ${heads} heads of ${width}`,
    work,
    unit: 'GFLOP/s',
    target: { against: 'library', relaxed: 1.8, simd128: 1.3 },
    limit: multiplying(work, 0.75),
    problem: () => ({
      kind: 'attention',
      place: 'held',
      heads,
      query: matrix(T, columns, 11),
      key: matrix(T, columns, 12),
      value: matrix(T, columns, 13),
    }),
  };
};

/** Words that are trained on in one answer, of a text of so many, over and over. */
const [STRETCH, TEXT] = [2000, 300_000];

const skipGram: Case = {
  name: `skip-gram, ${SKIP_GRAM.dimensions} numbers a word`,
  work: STRETCH / 1000,
  unit: 'thousand words/s',
  target: { against: 'plain', relaxed: 11, simd128: 11 },
  limit: undefined,
  problem: () => ({ kind: 'skip-gram', place: 'held', text: corpusText(TEXT), words: STRETCH }),
};

/** As many questions, words and numbers as lesson 4 has when it is given the field's standard set. */
const allAnalogies = (words: number, columns: number): Case => ({
  name: `${figure(QUESTIONS)} analogies over ${figure(words)} × ${columns}`,
  work: QUESTIONS,
  unit: 'questions/s',
  target: undefined,
  limit: undefined,
  aimMs: 5000,
  problem: () => ({ kind: 'analogies', place: 'worker', ...analogies(matrix(words, columns, 14)) }),
});

/**
 * A run of the shipped writer. Which tokens does not change its time; 0 begins a text. What a key brings within a tenth of a second seems to be there at once (Miller 1968,
 * "Response time in man-computer conversational transactions").
 */
const forward = (tokens: number, aimMs?: number): Case => ({
  name: `transformer, ${tokens} tokens`,
  work: tokens,
  unit: 'tokens/s',
  target: undefined,
  limit: undefined,
  aimMs,
  problem: () => ({ kind: 'forward', place: 'worker', ids: Uint32Array.from({ length: tokens }, (_, t) => (t * 37) % 1500) }),
});

const aheadOfJs: Target = { against: 'plain', relaxed: 1, simd128: 1 };
const fromCache: Target = { against: 'library', relaxed: 1.3, simd128: 1.3 };
const fromMemory: Target = { against: 'library', relaxed: 1.05, simd128: 1.05 };
const ofMatrices = (relaxed: number): Target => ({ against: 'library', relaxed, simd128: 1.1 });

export const CASES: Case[] = [
  dot(300, 'held', { against: 'plain', relaxed: 3.5, simd128: 3.5 }),
  dot(768, 'held', { against: 'plain', relaxed: 7, simd128: 6 }),
  dot(12_288, 'held', { against: 'plain', relaxed: 7, simd128: 6 }),
  dot(1_000_000, 'held', { against: 'plain', relaxed: 3.5, simd128: 3.5 }),
  dot(768, 'given', aheadOfJs),
  dot(1_000_000, 'given', aheadOfJs),
  matvec(1000, 300, 'held', fromCache),
  matvec(20_000, 300, 'held', fromMemory),
  search(20_000, 100, fromCache),
  search(100_000, 384, fromMemory),
  search(400_000, 300, fromMemory),
  indexed(20_000, 100),
  indexed(100_000, 384),
  indexed(400_000, 300, 16),
  searches(100_000, 384, 16),
  matmul(64, 'held', ofMatrices(1.8), 0.8),
  matmul(128, 'held', ofMatrices(1.5), 0.88),
  matmul(256, 'held', ofMatrices(1.5), 0.88),
  matmul(512, 'held', ofMatrices(1.5), 0.88),
  matmul(1024, 'held', ofMatrices(1.4), 0.8),
  matmul(256, 'given', aheadOfJs),
  matmul(512, 'worker', aheadOfJs),
  attention(64, 8, 64),
  attention(256, 8, 64),
  attention(1024, 8, 64),
  skipGram,
  allAnalogies(30_000, 200),
  forward(32, 30),
  forward(64, 100),
  forward(256, 100),
];
