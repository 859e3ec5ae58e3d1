// The few statistics that a figure needs besides dot products.

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Standard deviation with n − 1. */
export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
}

/**
 * WEAT's effect size d = (mean x − mean y) / standard deviation of all, and p, the share of all ways to divide the targets into
 * two halves whose difference is at least as large: exact, every division is tried (8 and 8: 12,870).
 */
export function effectOf(x: readonly number[], y: readonly number[]): { d: number; p: number; splits: number } {
  const all = [...x, ...y];
  const total = all.reduce((sum, value) => sum + value, 0);
  const observed = x.reduce((sum, value) => sum + value, 0);
  let splits = 0;
  let asLarge = 0;
  const choose = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      splits++;
      if (sum >= observed - 1e-12 * Math.abs(total)) asLarge++;
      return;
    }
    for (let i = from; i <= all.length - left; i++) choose(i + 1, left - 1, sum + (all[i] ?? 0));
  };
  choose(0, x.length, 0);
  const deviation = deviationOf(all);
  return { d: deviation > 0 ? (meanOf(x) - meanOf(y)) / deviation : 0, p: asLarge / splits, splits };
}
