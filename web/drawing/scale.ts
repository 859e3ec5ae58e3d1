// The two scales of every figure: length for size, one diverging pair of colours for sign.

/** The largest magnitude in `values`, at least `least`. Not-a-number and infinite entries are passed over. */
export function largest(values: ArrayLike<number>, least = 0): number {
  let most = least;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] ?? 0);
    if (size > most && size !== Infinity) most = size;
  }
  return most;
}

/** A round number that is at least `size`: 1, 1.5, 2, 3, 5, 7.5, 10 …, so that a bar's length keeps its meaning while values change. */
export function roundUp(size: number): number {
  if (!(size > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(size));
  const leading = size / power;
  return power * ([1, 1.5, 2, 3, 5, 7.5].find((step) => leading <= step) ?? 10);
}

/**
 * A round scale for values[…] that change under a reader's hand: the largest magnitude, unless one value outgrows all others
 * tenfold. That one is then cut off, so that the others can still be seen.
 */
export function steadyScale(...lists: ArrayLike<number>[]): number {
  const sizes = lists.flatMap((list) => Array.from(list, (value) => Math.abs(value))).filter((size) => size > 0 && size < Infinity);
  const [most = 1, second = most] = sizes.sort((x, y) => y - x);
  return roundUp(sizes.length > 3 && most > 10 * second ? 2 * second : most);
}

/** CSS colour of `value` on the page's diverging scale: −most is the negative colour, 0 paper, +most the positive one. */
export function diverging(value: number, most = 1): string {
  const share = Math.round(100 * Math.min(1, Math.abs(value) / (most || 1)));
  const side = value < 0 ? 'var(--neg, #1f62ad)' : 'var(--pos, #c8590b)';
  return `color-mix(in oklab, ${side} ${share}%, var(--paper, #fcfbf8))`;
}

/** Consecutive index ranges [from, to) that cover `length` places, `columns` to a row. */
export function blocks(length: number, columns: number): [number, number][] {
  const rows = Math.max(1, Math.ceil(length / Math.max(1, columns)));
  const even = Math.ceil(length / rows); // 8 places in rows of at most 5: 4 and 4, not 5 and 3
  return Array.from({ length: rows }, (_, row) => [row * even, Math.min(length, (row + 1) * even)] as [number, number]).filter(
    ([from, to]) => from < to,
  );
}
