// Where the areas of three classes meet: without it the straight pieces of marching squares leave triangles there that belong to nobody.
import type { Shared } from './bands.ts';

/** Below the smallest f32, so that the logarithm of a probability that vanished stays finite. */
export const least = 1e-38;

/**
 * The borders of classes on a square grid. margins[class][side · side]: above 0 where the class leads; probabilities[side · side, classes].
 * Between two places the border lies where the two that lead there are equal, whatever a third does; where three lead at a cell's
 * corners, they meet where all three are equal.
 */
export function meetings(margins: readonly ArrayLike<number>[], probabilities: ArrayLike<number>, side: number): Shared {
  const found = new Map<number, readonly [number, number]>();
  const classes = margins.length;
  const leaders = Int16Array.from({ length: side * side }, (_, place) => margins.findIndex((margin) => (margin[place] ?? 0) > 0));
  const leader = (place: number) => leaders[place] ?? -1;
  const log = (place: number, k: number) => Math.log(Math.max(least, probabilities[place * classes + k] ?? 0));
  const share = (here: number, there: number) => {
    const [a, b] = [leader(here), leader(there)];
    if (a < 0 || b < 0 || a === b) return undefined;
    const [near, far] = [log(here, a) - log(here, b), log(there, b) - log(there, a)];
    return near / (near + far);
  };
  for (let row = 0; classes > 2 && row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const place = row * side + column;
      const corners = [place, place + 1, place + side + 1, place + side];
      const leading = [...new Set(corners.map(leader))];
      const [a = 0, b = 0, c = 0] = leading;
      if (leading.length !== 3 || leading.includes(-1)) continue;
      const [u, v] = zero(
        corners.map((at) => log(at, a) - log(at, b)),
        corners.map((at) => log(at, a) - log(at, c)),
      );
      found.set(place, [column + u, row + v]);
    }
  }
  return { share, meetings: found };
}

/** Where two planes through four corners (from the upper left, clockwise) are both 0: across and down within the cell, 0 to 1. */
function zero(one: readonly number[], other: readonly number[]): [number, number] {
  const [p, q] = [plane(one), plane(other)];
  const determinant = p.across * q.down - q.across * p.down;
  if (determinant === 0) return [0.5, 0.5];
  const within = (value: number) => Math.max(0, Math.min(1, 0.5 + value));
  return [within((q.middle * p.down - p.middle * q.down) / determinant), within((p.middle * q.across - q.middle * p.across) / determinant)];
}

function plane([a = 0, b = 0, c = 0, d = 0]: readonly number[]): { middle: number; across: number; down: number } {
  return { middle: (a + b + c + d) / 4, across: (b - a + c - d) / 2, down: (d - a + c - b) / 2 };
}
