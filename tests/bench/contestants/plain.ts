// Plain JavaScript: typed arrays and loops, as a careful programmer writes them for this browser.
import { PLAIN } from '../report.ts';
import type { Contestant, Matrix, Prepared, Problem } from '../types.ts';

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

/** The best so far in order; a score that beats the last of them moves up to its place. */
function search(table: Matrix, query: Float32Array, count: number): { indices: number[]; values: Float32Array } {
  const values = new Float32Array(count).fill(Number.NEGATIVE_INFINITY);
  const indices: number[] = new Array(count).fill(-1);
  const last = count - 1;
  const scores = matvec(table, query);
  for (let r = 0; r < table.rows; ++r) {
    const score = scores[r]!;
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

function prepare(problem: Problem): Prepared {
  const dispose = () => {};
  const repeat = (once: () => number) => (times: number) => {
    let sum = 0;
    for (let i = 0; i < times; ++i) sum += once();
    return sum;
  };
  switch (problem.kind) {
    case 'dot': {
      const { a, b } = problem;
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
  }
}

export const plain = (): Contestant => ({ name: PLAIN, prepare });
