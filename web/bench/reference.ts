// Every contestant's answer is held against double precision before its time is taken.
import { QUESTIONS } from './analogies.ts';
import { plainTraining } from './skip_gram.ts';
import type { Answer, Matrix, Problem, ProductProblem } from './types.ts';

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

/** [rows, columns] as [columns, rows]. */
export function transposed({ rows, columns, data }: Matrix): Matrix {
  const out = new Float32Array(data.length);
  for (let r = 0; r < rows; ++r) {
    for (let c = 0; c < columns; ++c) out[c * rows + r] = data[r * columns + c] as number;
  }
  return { rows: columns, columns: rows, data: out };
}

/**
 * softmax(q · k / √d) · v, head by head, in doubles. A weight is off by a few units of its own size (its score's roundings, its
 * exponential's), and a sum of weighted values by as little: 64 of them, of what the weighted values' magnitudes add up to, is never
 * reached, and one key of a thousand left out shows.
 */
function attended({ heads, query, key, value }: Problem & { kind: 'attention' }): Exact {
  const [T, columns] = [query.rows, query.columns];
  const d = columns / heads;
  const values = new Float64Array(T * columns);
  const bounds = new Float64Array(T * columns);
  const weights = new Float64Array(T);
  for (let h = 0; h < heads; ++h) {
    for (let t = 0; t < T; ++t) {
      const q = t * columns + h * d;
      let all = 0;
      for (let s = 0; s < T; ++s) {
        let score = 0;
        for (let i = 0; i < d; ++i) score += (query.data[q + i] as number) * (key.data[s * columns + h * d + i] as number);
        weights[s] = Math.exp(score / Math.sqrt(d));
        all += weights[s] as number;
      }
      for (let s = 0; s < T; ++s) {
        const weight = (weights[s] as number) / all;
        for (let i = 0; i < d; ++i) {
          const term = weight * (value.data[s * columns + h * d + i] as number);
          values[q + i]! += term;
          bounds[q + i]! += 64 * 2 ** -24 * Math.abs(term);
        }
      }
    }
  }
  return { values, bounds };
}

/** Of a training, how many words it is checked over, and how many of them, at the end, are told of. */
export const CHECKED = { words: 200_000, told: 50_000 };

/**
 * The loss that plain JavaScript, which adds in doubles, comes to. Whoever draws other words to tell a pair from, or starts from other vectors, comes to another one by
 * chance: over the thousand pairs and more that are measured, by less than 1 %. A negative left out, or a narrower window, changes it by 5.
 */
function learned(text: string): Exact {
  const train = plainTraining(text);
  train(CHECKED.words - CHECKED.told);
  const { loss, measured } = train(CHECKED.told);
  return { values: Float64Array.of(loss / measured), bounds: Float64Array.of((0.02 * loss) / measured) };
}

/** Whether other libraries can be asked it too: products, and what is made of them at once. */
export const isProduct = (problem: Problem): problem is ProductProblem => !['skip-gram', 'analogies', 'forward'].includes(problem.kind);

/** Everything that the problem asks about; for a search, the score of every row; for several, query after query. */
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
    case 'searches':
      return product(problem.queries, transposed(problem.table));
    case 'attention':
      return attended(problem);
    case 'skip-gram':
      return learned(problem.text);
    case 'analogies':
      return { values: Float64Array.of(QUESTIONS, problem.right), bounds: new Float64Array(2) };
    case 'forward':
      return { values: new Float64Array(0), bounds: new Float64Array(0) }; // the answer brings what it is held against
  }
}

/** What is wrong with an answer, or undefined. */
export function fault(problem: Problem, { values, bounds }: Exact, answer: Answer): string | undefined {
  if (problem.kind === 'search') return searchFault(problem.count, { values, bounds }, answer);
  if (problem.kind === 'searches') return searchesFault(problem, { values, bounds }, answer);
  if (problem.kind === 'forward') return forwardFault(answer);
  if (answer.values.length !== values.length) return `${answer.values.length} values in place of ${values.length}`;
  for (const [i, value] of answer.values.entries()) {
    const [right, room] = [values[i] as number, bounds[i] as number];
    if (!(Math.abs(value - right) <= room)) return `value ${i} is ${value}, exactly ${right}; rounding explains ${room}`;
  }
}

/** A logit is a dot product of some two hundred numbers: in 32 bits it comes out within a millionth or so of its terms' size. */
function forwardFault({ values: [logit = Number.NaN, check = Number.NaN] }: Answer): string | undefined {
  return Math.abs(logit - check) <= 1e-4 * (1 + Math.abs(check)) ? undefined : `the best logit is ${logit}, recomputed ${check}`;
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

/** Each query's part of the answer, held against its part of the exact scores. */
function searchesFault({ table, queries, count }: Problem & { kind: 'searches' }, { values, bounds }: Exact, answer: Answer) {
  if (answer.values.length !== count * queries.rows) return `${answer.values.length} scores in place of ${count * queries.rows}`;
  for (let q = 0; q < queries.rows; ++q) {
    const [from, to] = [q * table.rows, (q + 1) * table.rows];
    const [first, last] = [q * count, (q + 1) * count];
    const part = { values: answer.values.subarray(first, last), indices: answer.indices?.slice(first, last) };
    const wrong = searchFault(count, { values: values.subarray(from, to), bounds: bounds.subarray(from, to) }, part);
    if (wrong) return `query ${q}: ${wrong}`;
  }
}

/** The same for an answer of which only every so manieth value was told: a thousand or so, from the first on, evenly. */
export function sampledFault(problem: Problem, { values, bounds }: Exact, sample: Float32Array): string | undefined {
  const step = Math.max(1, Math.floor(values.length / 1000));
  const every = (all: Float64Array) => all.filter((_, i) => i % step === 0);
  return fault(problem, { values: every(values), bounds: every(bounds) }, { values: sample });
}
