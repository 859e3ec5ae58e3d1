// Every contestant's answer is held against double precision before its time is taken.
import type { Answer, Matrix, Problem } from './types.ts';

/** An exact value, and how far rounding to 32 bits, in whatever order, can lead from it. */
interface Exact {
  values: Float64Array;
  bounds: Float64Array;
}

/**
 * The operands have mean 0 (cases.ts), so a sum of n products wanders about 0 at a distance of √Σ(aᵢbᵢ)², and its n roundings, each up
 * to 2⁻²⁴ of where it is, add up like √n of them. Eight times that is never reached in any order of summing, and yet a single product
 * left out is seen. The bound that is proven for any operands, n · 2⁻²⁴ · Σ|aᵢbᵢ|, would pass nearly anything at n = 10⁶.
 */
const bound = (n: number, squares: number) => 8 * 2 ** -24 * Math.sqrt(n * squares);

/** a[M,K] · b[K,N] by rows, in doubles. */
function product(a: Matrix, b: Matrix): Exact {
  const [M, K, N] = [a.rows, a.columns, b.columns];
  const values = new Float64Array(M * N);
  const bounds = new Float64Array(M * N);
  for (let m = 0; m < M; ++m) {
    for (let k = 0; k < K; ++k) {
      const factor = a.data[m * K + k] as number;
      for (let n = 0; n < N; ++n) {
        const term = factor * (b.data[k * N + n] as number);
        values[m * N + n]! += term;
        bounds[m * N + n]! += term * term;
      }
    }
  }
  for (let i = 0; i < bounds.length; ++i) bounds[i] = bound(K, bounds[i] as number);
  return { values, bounds };
}

const column = (data: Float32Array): Matrix => ({ rows: data.length, columns: 1, data });
const row = (data: Float32Array): Matrix => ({ rows: 1, columns: data.length, data });

/** Everything that the problem asks about; for a search, the score of every row. */
export function exact(problem: Problem): Exact {
  switch (problem.kind) {
    case 'dot':
      return product(row(problem.a), column(problem.b));
    case 'matvec':
      return product(problem.matrix, column(problem.x));
    case 'matmul':
      return product(problem.a, problem.b);
    case 'search':
      return product(problem.table, column(problem.query));
  }
}

/** What is wrong with an answer, or undefined. */
export function fault(problem: Problem, { values, bounds }: Exact, answer: Answer): string | undefined {
  if (problem.kind === 'search') return searchFault(problem.count, { values, bounds }, answer);
  if (answer.values.length !== values.length) return `${answer.values.length} values in place of ${values.length}`;
  for (const [i, value] of answer.values.entries()) {
    const [right, room] = [values[i] as number, bounds[i] as number];
    if (!(Math.abs(value - right) <= room)) return `value ${i} is ${value}, exactly ${right}; rounding explains ${room}`;
  }
}

/** The rows must be the right ones; two whose scores differ by less than rounding may change places. */
function searchFault(count: number, { values, bounds }: Exact, answer: Answer): string | undefined {
  const found = answer.indices ?? [];
  if (found.length !== count || new Set(found).size !== count) return `${new Set(found).size} different rows in place of ${count}`;
  const best = [...values.keys()].sort((a, b) => (values[b] as number) - (values[a] as number)).slice(0, count);
  for (const [rank, index] of found.entries()) {
    const right = best[rank] as number;
    const room = (bounds[index] ?? 0) + (bounds[right] as number);
    if (!(Math.abs((values[index] as number) - (values[right] as number)) <= room))
      return `row ${index} is ranked ${rank + 1}; row ${right} is right`;
    const score = answer.values[rank] as number;
    if (!(Math.abs(score - (values[index] as number)) <= (bounds[index] as number)))
      return `row ${index} scores ${score}, exactly ${values[index]}`;
  }
}
