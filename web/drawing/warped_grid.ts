// A grid that has been bent: lines as runs of places, wherever these have come to lie, with what else is carried along.
import { css, nothing, type SVGTemplateResult, svg } from 'lit';
import { formatShort } from './format.ts';
import { type PlaneScale, pixelsPerUnit, toX, toY } from './plane.ts';

/** A scale on which ±half units fill the whole square: nothing is kept free around it. */
export const fullScale = (size: number, half: number): PlaneScale => ({ size, reach: half - edge });
const edge = 0.35; // what plane.ts keeps free

/** Lines of `samples` places each from row `from` on, as one path. rows[…, 2], in units. */
export function runs(scale: PlaneScale, rows: ArrayLike<number>, from: number, lines: number, samples: number): string {
  const parts: string[] = [];
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < samples; i++) parts.push(`${i === 0 ? 'M' : 'L'}${placed(scale, rows, from + line * samples + i)}`);
  }
  return parts.join('');
}

/** `count` places from row `from` on, each two of them a short straight piece. */
export const pieces = (scale: PlaneScale, rows: ArrayLike<number>, from: number, count: number): string =>
  runs(scale, rows, from, Math.floor(count / 2), 2);

/** Both axes, and a bar that says how long a unit (or a round part or multiple of it) is drawn. */
export function axes(scale: PlaneScale): SVGTemplateResult {
  const { size } = scale;
  const half = size / 2;
  const unit = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].find((length) => length * pixelsPerUnit(scale) >= size / 12) ?? 100;
  const wide = unit * pixelsPerUnit(scale);
  return svg`<g class="axes" aria-hidden="true"><path d=${`M0,${half}H${size}M${half},0V${size}`} />
    <path class="bar" d=${`M12,${size - 12}v-8v4h${wide.toFixed(1)}v-4v8`} /><text x=${12 + wide / 2} y=${size - 26} text-anchor="middle">${formatShort(unit)}</text></g>`;
}

/** The line a · x + b · y + c = 0 across the whole square; nothing where a and b are 0. */
export function across(scale: PlaneScale, [a, b, c]: readonly [number, number, number]): SVGTemplateResult | typeof nothing {
  const length = Math.hypot(a, b);
  if (!(length > 0)) return nothing;
  const [fx, fy] = [(-a * c) / length ** 2, (-b * c) / length ** 2]; // the point nearest to the middle
  const far = (2 * scale.size) / pixelsPerUnit(scale);
  const end = (side: number) => [fx - (side * far * b) / length, fy + (side * far * a) / length] as const;
  const [[x1, y1], [x2, y2]] = [end(-1), end(1)];
  return svg`<line class="straight" x1=${toX(scale, x1)} y1=${toY(scale, y1)} x2=${toX(scale, x2)} y2=${toY(scale, y2)} />`;
}

/** An arrow from the middle with its words beyond the head: a direction and by how much it is stretched. */
export function direction(scale: PlaneScale, [x, y]: readonly [number, number], words: string): SVGTemplateResult {
  const [px, py, ox, oy] = [toX(scale, x), toY(scale, y), toX(scale, 0), toY(scale, 0)];
  const length = Math.hypot(px - ox, py - oy) || 1;
  const [ux, uy] = [(px - ox) / length, (py - oy) / length];
  const head = Math.min(9, length);
  const [bx, by] = [px - head * ux, py - head * uy];
  const inside = (at: number) => Math.max(18, Math.min(scale.size - 18, at));
  return svg`<g class="direction" aria-hidden="true"><line x1=${ox} y1=${oy} x2=${bx} y2=${by} /><path d=${`M${px},${py}L${bx - 4 * uy},${by + 4 * ux}L${bx + 4 * uy},${by - 4 * ux}Z`} />
    <text x=${inside(px + 18 * ux)} y=${inside(py + 14 * uy)} text-anchor="middle" dominant-baseline="central">${words}</text></g>`;
}

function placed(scale: PlaneScale, rows: ArrayLike<number>, row: number): string {
  return `${toX(scale, rows[2 * row] ?? 0).toFixed(1)},${toY(scale, rows[2 * row + 1] ?? 0).toFixed(1)}`;
}

export const warpedGridStyles = css`
    .warped { display: block; width: 100%; height: auto; overflow: hidden; border: 1px solid var(--line, #d9d6cd); touch-action: pan-y; user-select: none; }
    .warped text { font: 500 12.5px/1 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; fill: var(--ink, #1d1e21); stroke: var(--paper, #fcfbf8); stroke-width: 4; stroke-linejoin: round; paint-order: stroke; }
    .warped .net { fill: none; stroke: var(--edge, #85837b); stroke-width: .6; }
    .warped .axes path { fill: none; stroke: var(--line, #d9d6cd); stroke-width: 1.25; } .warped .axes .bar { stroke: var(--soft, #5b5d64); stroke-width: 1; } .warped .axes text { fill: var(--soft, #5b5d64); }
    .warped .border { fill: none; stroke: var(--ink, #1d1e21); stroke-width: 2; stroke-linecap: round; }
    .warped .straight { stroke: var(--ink, #1d1e21); stroke-width: 1; stroke-dasharray: 6 4; }
    .warped .box { fill: none; stroke: var(--soft, #5b5d64); stroke-width: 1; stroke-dasharray: 2 3; }
    .warped .direction line { stroke: var(--a, #8a3ea8); stroke-width: 2; } .warped .direction path, .warped .direction text { fill: var(--a, #8a3ea8); }
    .warped .chosen { fill: none; stroke: var(--touch, #0b7365); stroke-width: 2.5; }
`;
