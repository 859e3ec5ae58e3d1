// What is measured: the sizes, what one answer is worth, and the ratio aimed at.
import type { Matrix, Measured, Place, Problem, Target } from './types.ts';

export interface Case extends Omit<Measured, 'timings'> {
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

const dot = (n: number, place: Place, target?: Target): Case => ({
  name: `dot ${figure(n)}${SUFFIX[place]}`,
  work: (2 * n) / 1e9,
  unit: 'GFLOP/s',
  target,
  problem: () => ({ kind: 'dot', place, a: numbers(n, 1), b: numbers(n, 2) }),
});

const matvec = (rows: number, columns: number, place: Place, target?: Target): Case => ({
  name: `matvec ${figure(rows)} × ${columns}${SUFFIX[place]}`,
  work: (2 * rows * columns) / 1e9,
  unit: 'GFLOP/s',
  target,
  problem: () => ({ kind: 'matvec', place, matrix: matrix(rows, columns, 3), x: numbers(columns, 4) }),
});

const matmul = (n: number, place: Place, target?: Target): Case => ({
  name: `matmul ${n}${SUFFIX[place]}`,
  work: (2 * n ** 3) / 1e9,
  unit: 'GFLOP/s',
  target,
  problem: () => ({ kind: 'matmul', place, a: matrix(n, n, 5), b: matrix(n, n, 6) }),
});

const search = (rows: number, columns: number, place: Place, target?: Target): Case => ({
  name: `top-10 of ${figure(rows)} × ${columns}${SUFFIX[place]}`,
  work: 1,
  unit: 'queries/s',
  target,
  problem: () => ({ kind: 'search', place, table: matrix(rows, columns, 7), query: numbers(columns, 8), count: 10 }),
});

const aheadOfJs: Target = { against: 'plain', relaxed: 1, simd128: 1 };

export const CASES: Case[] = [
  dot(300, 'held', { against: 'plain', relaxed: 3.5, simd128: 3.5 }),
  dot(768, 'held', { against: 'plain', relaxed: 7, simd128: 6 }),
  dot(12_288, 'held', { against: 'plain', relaxed: 7, simd128: 6 }),
  dot(1_000_000, 'held', { against: 'plain', relaxed: 3.5, simd128: 3.5 }),
  dot(768, 'given', aheadOfJs),
  dot(1_000_000, 'given', aheadOfJs),
  matvec(1000, 300, 'held', { against: 'library', relaxed: 1.3, simd128: 1.3 }),
  matvec(20_000, 300, 'held', { against: 'library', relaxed: 1.05, simd128: 1.05 }),
  search(20_000, 100, 'held', { against: 'library', relaxed: 1.3, simd128: 1.3 }),
  search(100_000, 384, 'held', { against: 'library', relaxed: 1.05, simd128: 1.05 }),
  matmul(64, 'held', { against: 'library', relaxed: 1.8, simd128: 1.1 }),
  matmul(128, 'held', { against: 'library', relaxed: 1.5, simd128: 1.1 }),
  matmul(256, 'held', { against: 'library', relaxed: 1.5, simd128: 1.1 }),
  matmul(512, 'held', { against: 'library', relaxed: 1.5, simd128: 1.1 }),
  matmul(256, 'given', aheadOfJs),
  matmul(512, 'worker', aheadOfJs),
];
