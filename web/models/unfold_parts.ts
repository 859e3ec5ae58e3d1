// The parts of a sum as a reader sees them: in which order, how many at once, and whether the figures that stand there add up.
import { format } from '../drawing/format.ts';

/** Parts by size, the largest magnitude first, or as they stand. */
export type Order = 'largest' | 'place' | 'all';

/** Parts that are shown before the rest is added up in one. */
export const shownAtFirst = 10;

/** Places of `values` from the largest magnitude down, at most `count`. */
export function largestPlaces(values: ArrayLike<number>, count = values.length): number[] {
  const places = Array.from({ length: values.length }, (_, i) => i);
  return places.sort((i, j) => Math.abs(values[j] ?? 0) - Math.abs(values[i] ?? 0) || i - j).slice(0, count);
}

/** The running sums of `values` in the order `places`; places[n] of all or some of them. */
export function runningSums(values: ArrayLike<number>, places?: readonly number[]): Float64Array {
  let total = 0;
  const count = places?.length ?? values.length;
  return Float64Array.from({ length: count }, (_, n) => {
    total += values[places?.[n] ?? n] ?? 0;
    return total;
  });
}

/** How many decimals show the parts of a sum: four, more where all are small, fewer where they are large. */
export function decimalsOf(values: ArrayLike<number>, result: number): number {
  let most = Math.abs(result);
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i] ?? 0));
  if (!Number.isFinite(most) || most === 0) return 4;
  const order = Math.floor(Math.log10(most)); // 0 for 1 to 10
  return order < -1 ? Math.min(10, 3 - order) : order > 2 ? Math.max(0, 6 - order) : 4;
}

/** How many decimals show the terms of a short table: six digits of the largest of them. */
export function tableDecimals(values: readonly number[], result: number): number {
  const most = Math.max(Math.abs(result), ...values.map(Math.abs));
  return Math.max(0, Math.min(6, 6 - (most >= 1 ? Math.floor(Math.log10(most)) + 1 : 0)));
}

/** What the figures give as they stand on the page, beside what the sum is. */
export interface Adding {
  /** The figures' own sum, at their decimals. */
  shown: string;
  /** The result at the same decimals. */
  result: string;
  /** Whether the two are the same figure. */
  same: boolean;
  /** One sentence about it. */
  words: string;
}

/** Adds up `parts` as they are shown, each with `decimals` decimals. */
export function addingUp(parts: ArrayLike<number>, result: number, decimals: number): Adding {
  const scale = 10 ** decimals;
  let units = 0;
  // toFixed is what the page shows; rounded products of scale are whole numbers, which add up exactly.
  for (let i = 0; i < parts.length; i++) units += Math.round(Number((parts[i] ?? 0).toFixed(decimals)) * scale);
  const shown = format(units / scale, decimals);
  const exact = format(result, decimals);
  const same = shown === exact;
  const least = format(1 / scale / 2, decimals + 1);
  return {
    shown,
    result: exact,
    same,
    words: same
      ? `The ${parts.length} figures as they stand here add up to exactly ${exact}.`
      : `The ${parts.length} figures as they stand here add up to ${shown}. The difference to ${exact} is rounding: each figure is shown to within ${least}.`,
  };
}
