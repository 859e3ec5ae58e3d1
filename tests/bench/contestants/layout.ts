// How the other libraries like attention's operands: head after head, each dense, in place of side by side in a row.
import type { Matrix } from '../../../web/bench/types.ts';

/** From [T, H·d] to H matrices of [T, d], each number times `factor`. */
export function splitHeads({ rows, columns, data }: Matrix, heads: number, factor = 1): Matrix[] {
  const d = columns / heads;
  return Array.from({ length: heads }, (_, h) => {
    const part = new Float32Array(rows * d);
    for (let t = 0; t < rows; ++t) {
      for (let i = 0; i < d; ++i) part[t * d + i] = factor * (data[t * columns + h * d + i] as number);
    }
    return { rows, columns: d, data: part };
  });
}

/** And back, from heads one after the other, [H, T, d]. */
export function joinHeads(data: Float32Array, heads: number, rows: number): Float32Array {
  const d = data.length / heads / rows;
  const out = new Float32Array(data.length);
  for (let h = 0; h < heads; ++h) {
    for (let t = 0; t < rows; ++t) out.set(data.subarray((h * rows + t) * d, (h * rows + t + 1) * d), (t * heads + h) * d);
  }
  return out;
}

/** Several arrays, end to end. */
export function endToEnd(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
