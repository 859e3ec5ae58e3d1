// A plane with arrows from its middle: the grid, arrows, the arc of an angle, and heads that are dragged or moved by keys.
import { css, nothing, type SVGTemplateResult, svg } from 'lit';
import { formatShort } from './format.ts';

/** How a plane of ±reach units lies on a square of `size` CSS pixels. */
export interface PlaneScale {
  size: number;
  reach: number;
}

const edge = 0.35; // units kept free around the plane, so that a head at the border is whole

export const pixelsPerUnit = ({ size, reach }: PlaneScale): number => size / (2 * (reach + edge));
export const toX = (scale: PlaneScale, x: number): number => scale.size / 2 + x * pixelsPerUnit(scale);
export const toY = (scale: PlaneScale, y: number): number => scale.size / 2 - y * pixelsPerUnit(scale);

/** Hairlines at every unit, the two axes a little stronger. */
export function grid(scale: PlaneScale): SVGTemplateResult {
  const units = Array.from({ length: 2 * scale.reach + 1 }, (_, i) => i - scale.reach);
  const [low, high] = [-scale.reach, scale.reach];
  return svg`<g class="grid" aria-hidden="true">${units.map(
    (u) => svg`<line class=${u === 0 ? 'axis' : ''} x1=${toX(scale, u)} x2=${toX(scale, u)} y1=${toY(scale, low)} y2=${toY(scale, high)} />
      <line class=${u === 0 ? 'axis' : ''} x1=${toX(scale, low)} x2=${toX(scale, high)} y1=${toY(scale, u)} y2=${toY(scale, u)} />`,
  )}</g>`;
}

export interface ArrowOptions {
  /** A class that gives the arrow its colour: a, b, plain. */
  role: string;
  /** The letter beside the head. */
  name: string;
  /** How it is called in words; default the name. */
  spokenName?: string;
  /** Called with the place of the head when it is dragged or moved by keys; without it the arrow is for looking at. */
  move?: (x: number, y: number) => void;
  /** Step of an arrow key, in units; Shift takes five. */
  step?: number;
  faint?: boolean;
}

/** An arrow from the middle to (x, y). */
export function arrow(scale: PlaneScale, [x, y]: readonly [number, number], options: ArrowOptions): SVGTemplateResult {
  const { role, name, move } = options;
  const [px, py] = [toX(scale, x), toY(scale, y)];
  const [ox, oy] = [toX(scale, 0), toY(scale, 0)];
  const length = Math.hypot(px - ox, py - oy);
  const [ux, uy] = length > 0 ? [(px - ox) / length, (py - oy) / length] : [0, 0];
  const head = Math.min(11, length);
  const [bx, by] = [px - head * ux, py - head * uy];
  const spread = head * 0.42;
  // The letter stands beyond the head, or to the right of the middle for an arrow of length 0.
  const [lx, ly] = length > 0 ? [px + 17 * ux, py + 17 * uy] : [px + 16, py - 14];
  return svg`<g class="arrow ${role}${options.faint ? ' faint' : ''}">
    <line x1=${ox} y1=${oy} x2=${bx} y2=${by} />
    ${length > 0 ? svg`<path d="M${px},${py} L${bx - spread * uy},${by + spread * ux} L${bx + spread * uy},${by - spread * ux} Z" />` : svg`<circle class="dot" cx=${px} cy=${py} r="4" />`}
    <text x=${lx} y=${ly} text-anchor="middle" dominant-baseline="central" aria-hidden="true">${name}</text>
    ${move ? handle(scale, [x, y], options, move) : nothing}</g>`;
}

/** What is grabbed: a ring at the head that can be seen before it is touched, 44 pixels wide to the finger. */
function handle(
  scale: PlaneScale,
  [x, y]: readonly [number, number],
  options: ArrowOptions,
  move: (x: number, y: number) => void,
): SVGTemplateResult {
  const degrees = x === 0 && y === 0 ? 0 : (Math.atan2(y, x) * 180) / Math.PI;
  const words = `${formatShort(Math.abs(x), 2)} ${x < 0 ? 'left' : 'right'}, ${formatShort(Math.abs(y), 2)} ${y < 0 ? 'down' : 'up'}, length ${formatShort(Math.hypot(x, y), 2)}`;
  return svg`<g class="handle" role="slider" tabindex="0" aria-label=${`head of ${options.spokenName ?? options.name}; arrow keys move it`}
      aria-valuemin="-180" aria-valuemax="180" aria-valuenow=${Math.round(degrees)} aria-valuetext=${words}
      @pointerdown=${(down: PointerEvent) => drag(down, scale, [x, y], move)} @touchstart=${keepThePageStill}
      @keydown=${(event: KeyboardEvent) => nudge(event, [x, y], options.step ?? 0.1, move)}>
    <circle class="reach" cx=${toX(scale, x)} cy=${toY(scale, y)} r="22" /><circle class="ring" cx=${toX(scale, x)} cy=${toY(scale, y)} r="8" /></g>`;
}

/** A finger on a head moves the arrow in every direction; touch-action alone does not hold the page inside an SVG. */
export const keepThePageStill = { handleEvent: (event: Event) => event.preventDefault(), passive: false };

export function nudge(event: KeyboardEvent, [x, y]: readonly [number, number], step: number, move: (x: number, y: number) => void): void {
  const moves: Record<string, readonly [number, number]> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const towards = moves[event.key];
  if (!towards || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const far = step * (event.shiftKey ? 5 : 1);
  move(x + far * towards[0], y + far * towards[1]);
}

/** Follows the pointer from where it took hold, on twentieths of a unit. */
export function drag(down: PointerEvent, scale: PlaneScale, [x, y]: readonly [number, number], move: (x: number, y: number) => void): void {
  const grip = down.currentTarget as SVGGElement;
  const drawn = grip.ownerSVGElement?.getBoundingClientRect();
  const perPixel = drawn && drawn.width > 0 ? scale.size / drawn.width / pixelsPerUnit(scale) : 1 / pixelsPerUnit(scale);
  const snap = (value: number) => Math.round(value * 20) / 20;
  down.preventDefault();
  grip.focus({ preventScroll: true });
  grip.setPointerCapture(down.pointerId);
  const follow = (event: PointerEvent) =>
    move(snap(x + (event.clientX - down.clientX) * perPixel), snap(y - (event.clientY - down.clientY) * perPixel));
  const release = () => {
    grip.removeEventListener('pointermove', follow);
    grip.removeEventListener('pointerup', release);
    grip.removeEventListener('pointercancel', release);
  };
  grip.addEventListener('pointermove', follow);
  grip.addEventListener('pointerup', release);
  grip.addEventListener('pointercancel', release);
}

/** The arc between two directions (degrees, 0 to the right, 90 up), the shorter way round, with a label outside it. */
export function arc(scale: PlaneScale, from: number, to: number, radius: number, label: string): SVGTemplateResult {
  let turn = (((to - from) % 360) + 360) % 360;
  if (turn > 180) turn -= 360;
  const point = (degrees: number, r: number) => {
    const radians = (degrees * Math.PI) / 180;
    return [toX(scale, r * Math.cos(radians)), toY(scale, r * Math.sin(radians))] as const;
  };
  const [sx, sy] = point(from, radius);
  const [ex, ey] = point(from + turn, radius);
  const pixels = radius * pixelsPerUnit(scale);
  const [tx, ty] = point(from + turn / 2, radius + 0.5);
  return svg`<g class="arc" aria-hidden="true"><path d="M${sx},${sy} A${pixels},${pixels} 0 0 ${turn > 0 ? 0 : 1} ${ex},${ey}" />
    <text x=${tx} y=${ty} text-anchor="middle" dominant-baseline="central">${label}</text></g>`;
}

export const planeStyles = css`
    .plane { display: block; width: 100%; height: auto; touch-action: pan-y; overflow: visible; }
    .plane text { user-select: none; font: 500 13px/1 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; fill: var(--soft, #5b5d64); }
    .plane .grid line { stroke: var(--line, #d9d6cd); stroke-width: .5; } .plane .grid .axis { stroke-width: 1.25; }
    .plane .arrow line { stroke: currentColor; stroke-width: 2.5; } .plane .arrow path, .plane .arrow .dot { fill: currentColor; }
    .plane .arrow text { font: italic 600 19px/1 var(--serif, Georgia, serif); fill: currentColor; }
    .plane .arrow.a { color: var(--a, #8a3ea8); } .plane .arrow.b { color: var(--b, #4d7212); } .plane .arrow.plain { color: var(--ink, #1d1e21); }
    .plane .faint { opacity: .3; }
    .plane .arc path { fill: none; stroke: var(--soft, #5b5d64); stroke-width: 1.25; }
    .plane .handle { cursor: grab; touch-action: none; outline: none; } .plane .handle:active { cursor: grabbing; }
    .plane .reach { fill: transparent; }
    .plane .ring { fill: var(--paper, #fcfbf8); fill-opacity: .55; stroke: var(--touch, #0b7365); stroke-width: 2; stroke-dasharray: 2.6 2; }
    .plane .handle:hover .ring { stroke-dasharray: none; }
    .plane .handle:focus-visible .ring { stroke-dasharray: none; stroke-width: 4; }
    @media print { .plane .ring { display: none; } }
`;
