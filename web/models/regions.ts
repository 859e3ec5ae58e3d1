// The grid of places at which a classifier is asked what it makes of the plane, and the shares of the square that come out.

/** The drawn square reaches this far beyond the plane, as web/drawing/plane.ts leaves it; a test compares the two. */
const beyond = 0.35;

/** Half the width of the square that is drawn for a plane of ±reach. */
export const extentOf = (reach: number): number => reach + beyond;

/** side × side places, row by row from the upper left, x and y of each; the first and last lie on the square's edge. */
export function gridPoints(side: number, extent: number): Float32Array {
  const points = new Float32Array(2 * side * side);
  const step = (2 * extent) / (side - 1);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const place = 2 * (row * side + column);
      points[place] = column * step - extent;
      points[place + 1] = extent - row * step;
    }
  }
  return points;
}

/** Share of places (0 to 1) that each class leads; where the first is equal to another, nobody leads. probabilities[places, classes]. */
export function shares(probabilities: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  const places = probabilities.length / classes;
  for (let place = 0; place < places; place++) {
    let best = 0;
    let tied = false;
    for (let k = 1; k < classes; k++) {
      const [one, other] = [probabilities[place * classes + k] ?? 0, probabilities[place * classes + best] ?? 0];
      if (one > other) [best, tied] = [k, false];
      else if (one === other) tied = true;
    }
    if (!tied) counts[best] = (counts[best] ?? 0) + 1;
  }
  return counts.map((count) => count / Math.max(1, places));
}

/** Shares in whole percent, rounded so that they add up as the shares do: those that lose most by rounding down are rounded up. */
export function percents(shares: readonly number[]): number[] {
  const exact = shares.map((share) => 100 * share);
  const whole = exact.map(Math.floor);
  const lost = (k: number) => (exact[k] ?? 0) - (whole[k] ?? 0);
  const missing = Math.round(exact.reduce((sum, one) => sum + one, 0)) - whole.reduce((sum, one) => sum + one, 0);
  const order = whole.map((_, k) => k).sort((a, b) => lost(b) - lost(a));
  for (const k of order.slice(0, missing)) whole[k] = (whole[k] ?? 0) + 1;
  return whole;
}
