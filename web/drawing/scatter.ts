// Points of the plane by class, and the regions that a classifier makes of the plane. Both lie on a PlaneScale, as the arrows do.
import { css, nothing, type SVGTemplateResult, svg } from 'lit';
import { bands, contour } from './bands.ts';
import { classColor, classStyles, marker } from './classes.ts';
import { least, meetings } from './meetings.ts';
import { type PlaneScale, pixelsPerUnit, toX, toY } from './plane.ts';

/**
 * What a classifier says at the corners of a square grid: `side` × `side` places from (−extent, extent), row by row from the top,
 * each with the probabilities of `classes` classes.
 */
export interface Field {
  side: number;
  /** Half the width of the square, in units. */
  extent: number;
  classes: number;
  probabilities: ArrayLike<number>;
}

/** How far the drawn square reaches from its middle, in units: a little beyond `reach`. */
export const planeExtent = (scale: PlaneScale): number => scale.size / 2 / pixelsPerUnit(scale);

/** How many times as likely as the next class one must be for each further tint: just so, clearly, almost surely. Where all are equal none leads. */
const odds = [1, 3, 19];

/**
 * The square tinted by the class that leads, stronger where it is surer, with a line where two classes are equal. Marks carry the
 * meaning again (the points' shapes); say the shares in words.
 */
export function regions(scale: PlaneScale, field: Field): SVGTemplateResult {
  const { side, extent, classes, probabilities } = field;
  // Logarithms of the odds: without hidden layers they change evenly over the plane, so that borders come out straight however sharp.
  const margins = Array.from({ length: classes }, () => new Float32Array(side * side));
  for (let place = 0; place < side * side; place++) {
    for (let k = 0; k < classes; k++) {
      let other = 0;
      for (let j = 0; j < classes; j++) if (j !== k) other = Math.max(other, probabilities[place * classes + j] ?? 0);
      (margins[k] as Float32Array)[place] = Math.log(Math.max(least, probabilities[place * classes + k] ?? 0) / Math.max(least, other));
    }
  }
  const shared = meetings(margins, probabilities, side);
  const step = (2 * extent) / (side - 1);
  const x = (column: number) => toX(scale, column * step - extent);
  const y = (row: number) => toY(scale, extent - row * step);
  return svg`<g class="regions" aria-hidden="true">${margins.map((margin, k) =>
    odds.map((one, level) => {
      const d = bands(margin, side, Math.log(one), x, y, level === 0 ? shared : undefined);
      return d ? svg`<path class=${`lead-${level}`} style="color:${classColor(k)}" d=${d} />` : nothing;
    }),
  )}<path class="border" d=${margins.map((margin) => contour(margin, side, 0, x, y, shared)).join('')} /></g>`;
}

export interface PointsOptions {
  points: readonly (readonly [number, number])[];
  labels: ArrayLike<number>;
  classes: number;
  /** Which points are held out: drawn hollow. */
  heldOut?: ((n: number) => boolean) | undefined;
  /** Which are classified wrongly: ringed. */
  wrong?: ((n: number) => boolean) | undefined;
  /** Radius of a marker, pixels of the scale's square. */
  size?: number;
}

/** The points of each class as two paths, one filled, one hollow: hundreds of points cost a handful of elements. */
export function points(scale: PlaneScale, options: PointsOptions): SVGTemplateResult {
  const { points, labels, classes, heldOut = () => false, wrong = () => false, size = 4 } = options;
  const filled = Array.from({ length: classes }, () => '');
  const hollow = Array.from({ length: classes }, () => '');
  let rings = '';
  points.forEach(([px, py], n) => {
    const k = labels[n] ?? 0;
    const [x, y] = [toX(scale, px), toY(scale, py)];
    const lists = heldOut(n) ? hollow : filled;
    lists[k] += marker(k, x, y, size);
    if (wrong(n)) rings += marker(0, x, y, size + 3.5);
  });
  return svg`<g class="points" aria-hidden="true">${filled.map((d, k) => (d ? svg`<path class="train" style="color:${classColor(k)}" d=${d} />` : nothing))}${hollow.map(
    (d, k) => (d ? svg`<path class="held" style="color:${classColor(k)}" d=${d} />` : nothing),
  )}${rings ? svg`<path class="wrong" d=${rings} />` : nothing}</g>`;
}

export const scatterStyles = [
  classStyles,
  css`
    .regions path { fill: currentColor; fill-opacity: .1; } .regions .border { fill: none; stroke: var(--soft, #5b5d64); stroke-width: 1; }
    .points path { fill: currentColor; stroke: var(--paper, #fcfbf8); stroke-width: 1; }
    .points .held { fill: var(--paper, #fcfbf8); stroke: currentColor; stroke-width: 1.75; }
    .points .wrong { fill: none; stroke: var(--ink, #1d1e21); stroke-width: 1.25; }
`,
];
