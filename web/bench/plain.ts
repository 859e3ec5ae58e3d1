// Plain JavaScript: typed arrays and loops, as a careful programmer writes them for this browser.
import { CHECKED, transposed } from './reference.ts';
import { PLAIN } from './report.ts';
import { plainTraining } from './skip_gram.ts';
import type { Contestant, Matrix, Prepared, Problem } from './types.ts';

/** Σ a[i]·b[i]. Four running sums were tried as well, and are not faster here. */
function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; ++i) sum += a[i]! * b[i]!;
  return sum;
}

/** Four rows at a time, so that each x[c] is fetched, and made a double, once for four products: half as fast again as row by row. */
function matvec({ rows, columns, data }: Matrix, x: Float32Array): Float32Array {
  const out = new Float32Array(rows);
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    const r0 = r * columns;
    const r1 = r0 + columns;
    const r2 = r1 + columns;
    const r3 = r2 + columns;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let c = 0; c < columns; ++c) {
      const shared = x[c]!;
      s0 += shared * data[r0 + c]!;
      s1 += shared * data[r1 + c]!;
      s2 += shared * data[r2 + c]!;
      s3 += shared * data[r3 + c]!;
    }
    out[r] = s0;
    out[r + 1] = s1;
    out[r + 2] = s2;
    out[r + 3] = s3;
  }
  for (; r < rows; ++r) {
    let sum = 0;
    for (let c = 0; c < columns; ++c) sum += x[c]! * data[r * columns + c]!;
    out[r] = sum;
  }
  return out;
}

/** A tile of two rows by four columns stays in local variables; the four columns of b are copied together first, as doubles. */
function matmul(a: Matrix, b: Matrix): Float32Array {
  const [M, K, N] = [a.rows, a.columns, b.columns];
  const [left, right, out] = [a.data, b.data, new Float32Array(M * N)];
  const panel = new Float64Array(4 * K);
  for (let n = 0; n < N; n += 4) {
    const width = Math.min(4, N - n);
    for (let k = 0; k < K; ++k) {
      for (let i = 0; i < width; ++i) panel[4 * k + i] = right[k * N + n + i]!;
    }
    for (let m = 0; m < M; m += 2) {
      const p = m * K;
      const q = m + 1 < M ? p + K : p; // a last row without a partner goes with itself
      let p0 = 0;
      let p1 = 0;
      let p2 = 0;
      let p3 = 0;
      let q0 = 0;
      let q1 = 0;
      let q2 = 0;
      let q3 = 0;
      for (let k = 0, at = 0; k < K; ++k, at += 4) {
        const f = left[p + k]!;
        const g = left[q + k]!;
        const b0 = panel[at]!;
        const b1 = panel[at + 1]!;
        const b2 = panel[at + 2]!;
        const b3 = panel[at + 3]!;
        p0 += f * b0;
        p1 += f * b1;
        p2 += f * b2;
        p3 += f * b3;
        q0 += g * b0;
        q1 += g * b1;
        q2 += g * b2;
        q3 += g * b3;
      }
      store(out, m * N + n, width, p0, p1, p2, p3);
      if (m + 1 < M) store(out, (m + 1) * N + n, width, q0, q1, q2, q3);
    }
  }
  return out;
}

function store(out: Float32Array, at: number, width: number, v0: number, v1: number, v2: number, v3: number): void {
  out[at] = v0;
  if (width > 1) out[at + 1] = v1;
  if (width > 2) out[at + 2] = v2;
  if (width > 3) out[at + 3] = v3;
}

interface Found {
  indices: number[];
  values: Float32Array;
}

const search = (table: Matrix, query: Float32Array, count: number): Found => best(matvec(table, query), table.rows, 1, 0, count);

/** One product of matrices, which fetches a row for all queries at once, then a choice for each. */
function searches(table: Matrix, queries: Matrix, count: number): Found {
  const scores = matmul(table, transposed(queries));
  const found = Array.from({ length: queries.rows }, (_, q) => best(scores, table.rows, queries.rows, q, count));
  const values = new Float32Array(queries.rows * count);
  for (const [q, one] of found.entries()) values.set(one.values, q * count);
  return { values, indices: found.flatMap(({ indices }) => indices) };
}

/** Of every `step`th score from `from` on, the best so far in order; a score that beats the last of them moves up to its place. */
function best(scores: Float32Array, rows: number, step: number, from: number, count: number): Found {
  const values = new Float32Array(count).fill(Number.NEGATIVE_INFINITY);
  const indices: number[] = new Array(count).fill(-1);
  const last = count - 1;
  for (let r = 0; r < rows; ++r) {
    const score = scores[r * step + from]!;
    if (score <= values[last]!) continue;
    let place = last;
    for (; place > 0 && values[place - 1]! < score; --place) {
      values[place] = values[place - 1]!;
      indices[place] = indices[place - 1]!;
    }
    values[place] = score;
    indices[place] = r;
  }
  return { values, indices };
}

/** Head by head and query by query: scores of four keys at a time, their exponentials, and the values added up by weight. */
function attend({ heads, query, key, value }: Problem & { kind: 'attention' }): Float32Array {
  const [T, columns] = [query.rows, query.columns];
  const d = columns / heads;
  const out = new Float32Array(T * columns);
  const [q, sum, weights] = [new Float64Array(d), new Float64Array(d), new Float64Array(T)];
  const [keys, values] = [key.data, value.data];
  for (let h = 0; h < heads; ++h) {
    for (let t = 0; t < T; ++t) {
      const at = t * columns + h * d;
      for (let i = 0; i < d; ++i) q[i] = query.data[at + i]! / Math.sqrt(d);
      let largest = Number.NEGATIVE_INFINITY;
      for (let s = 0; s < T; s += 4) {
        const k0 = s * columns + h * d;
        const k1 = s + 1 < T ? k0 + columns : k0;
        const k2 = s + 2 < T ? k1 + columns : k0;
        const k3 = s + 3 < T ? k2 + columns : k0;
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        for (let i = 0; i < d; ++i) {
          const shared = q[i]!;
          s0 += shared * keys[k0 + i]!;
          s1 += shared * keys[k1 + i]!;
          s2 += shared * keys[k2 + i]!;
          s3 += shared * keys[k3 + i]!;
        }
        weights[s] = s0;
        weights[s + 1] = s1; // beyond the end an assignment to a typed array does nothing
        weights[s + 2] = s2;
        weights[s + 3] = s3;
        largest = Math.max(largest, s0, s1, s2, s3);
      }
      let all = 0;
      for (let s = 0; s < T; ++s) all += weights[s] = Math.exp(weights[s]! - largest);
      sum.fill(0);
      for (let s = 0; s < T; ++s) {
        const weight = weights[s]!;
        const v = s * columns + h * d;
        for (let i = 0; i < d; ++i) sum[i]! += weight * values[v + i]!;
      }
      for (let i = 0; i < d; ++i) out[at + i] = sum[i]! / all;
    }
  }
  return out;
}

function prepare(problem: Problem): Prepared | undefined {
  const dispose = () => {};
  const repeat = (once: () => number) => (times: number) => {
    let sum = 0;
    for (let i = 0; i < times; ++i) sum += once();
    return sum;
  };
  switch (problem.kind) {
    case 'dot': {
      const { a, b } = problem;
      // Long vectors leave the loop a while in code that is not compiled fully: short ones first.
      for (let i = 0; i < 20_000; ++i) dot(a.subarray(0, 64), b.subarray(0, 64));
      return { run: repeat(() => dot(a, b)), answer: () => ({ values: Float32Array.of(dot(a, b)) }), dispose };
    }
    case 'matvec': {
      const { matrix, x } = problem;
      return { run: repeat(() => matvec(matrix, x)[0]!), answer: () => ({ values: matvec(matrix, x) }), dispose };
    }
    case 'matmul': {
      const { a, b } = problem;
      return { run: repeat(() => matmul(a, b)[0]!), answer: () => ({ values: matmul(a, b) }), dispose };
    }
    case 'search': {
      const { table, query, count } = problem;
      return { run: repeat(() => search(table, query, count).values[0]!), answer: () => search(table, query, count), dispose };
    }
    case 'searches': {
      const { table, queries, count } = problem;
      return { run: repeat(() => searches(table, queries, count).values[0]!), answer: () => searches(table, queries, count), dispose };
    }
    case 'attention':
      return { run: repeat(() => attend(problem)[0]!), answer: () => ({ values: attend(problem) }), dispose };
    case 'skip-gram': {
      const train = plainTraining(problem.text);
      const answer = () => {
        train(CHECKED.words - CHECKED.told);
        const { loss, measured } = train(CHECKED.told);
        return { values: Float32Array.of(loss / measured) };
      };
      return { run: repeat(() => train(problem.words).loss), answer, dispose };
    }
    default:
      return undefined; // what lessons wait for is held against the time that is aimed at
  }
}

export const plain = (): Contestant => ({ name: PLAIN, prepare });
