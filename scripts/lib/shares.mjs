// Shares of a whole, as the pages of figures write them.

export const percent = (share) => `${(100 * share).toFixed(2)} %`;

/** 95 % interval of a share of n (Wilson 1927), in percent. */
export function interval(share, n) {
  const z = 1.96;
  const middle = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2))) / (1 + z ** 2 / n);
  return `${(100 * Math.max(0, middle - half)).toFixed(1)} to ${(100 * Math.min(1, middle + half)).toFixed(1)}`;
}
