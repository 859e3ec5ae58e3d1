// The plane: regions, points, class vectors and the probe; and what a pointer or the keys do to the points.
import { nothing, type SVGTemplateResult, svg } from 'lit';
import { guard } from 'lit/directives/guard.js';
import {
  arrow,
  drag,
  formatShort,
  grid,
  keepThePageStill,
  marker,
  nudge,
  type PlaneScale,
  pixelsPerUnit,
  points,
  regions,
  toX,
  toY,
} from '../../drawing/index.ts';
import type { ClassifierModel } from '../../models/classifier.ts';
import type { Point } from '../../models/point_sets.ts';

/** The plane is drawn no larger, in pixels. */
export const mostSize = 440;
/** What a press on the plane does. */
export type Tool = 'probe' | 'place' | 'remove';

export interface PlaneState {
  readonly tool: Tool;
  /** Where the keys' cursor stands; it shows while the plane has the focus. */
  readonly cursor: Point;
  /** The point that the keys carry; −1 for none. */
  readonly carried: number;
  set(change: Partial<Omit<PlaneState, 'set'>>): void;
}

/** A press nearer than this to a point takes hold of it, in pixels. */
const near = 14;
/** Beyond so many points wrong ones are not ringed while it trains: that would cost frames. */
const manyPoints = 600;

/** `width`: of the room there is, so that a marker is as large on a phone as on a desk. */
export function plane(model: ClassifierModel, state: PlaneState, width: number): SVGTemplateResult {
  const size = Math.max(240, Math.min(mostSize, Math.round(width)));
  const scale: PlaneScale = { size, reach: model.data.reach.value };
  const look = model.look.value;
  const all = model.data.points.value;
  const classes = model.data.classes.value;
  const predicted = look?.predicted;
  const ringed = predicted?.length === all.length && !(model.run.running.value && all.length > manyPoints);
  return svg`<svg class="plane" viewBox="0 0 ${size} ${size}" role="group" aria-label=${`Plane with ${all.length} points of ${classes.length} classes`}>
    ${look && look.field.classes === classes.length ? regions(scale, look.field) : nothing}${grid(scale)}
    ${guard([all, classes, size, scale.reach, ringed ? predicted : null], () =>
      points(scale, {
        points: all.map(({ at }) => at),
        labels: all.map(({ label }) => label),
        classes: classes.length,
        heldOut: (n) => all[n]?.heldOut ?? false,
        wrong: (n) => ringed && predicted?.[n] !== all[n]?.label,
        size: all.length > 300 ? 3 : 4.5,
      }),
    )}
    ${classVectors(scale, model)}${surface(scale, model, state)}${probe(scale, model)}</svg>`;
}

/** The rows of weights as arrows from the middle, where they lie in this plane: without hidden layers. */
function classVectors(scale: PlaneScale, model: ClassifierModel): unknown {
  const layer = model.look.value?.layer;
  const classes = model.data.classes.value;
  if (!model.linear.value || !layer || layer.weights.columns !== 2 || layer.weights.rows !== classes.length) return nothing;
  const share = shrink(layer.weights.data, scale.reach);
  return svg`<g aria-hidden="true">${classes.map((name, k) => {
    const [x = 0, y = 0] = [layer.weights.data[2 * k], layer.weights.data[2 * k + 1]];
    return x === 0 && y === 0 ? nothing : arrow(scale, [share * x, share * y], { role: `k${k}`, name });
  })}</g>`;
}

/** By what the class vectors are multiplied so that the longest fits into the plane: 1, ½, ⅕, ⅒ … */
export function shrink(weights: ArrayLike<number>, reach: number): number {
  let longest = 0;
  for (let i = 0; i + 1 < weights.length; i += 2) longest = Math.max(longest, Math.hypot(weights[i] ?? 0, weights[i + 1] ?? 0));
  return [1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01].find((share) => longest * share <= reach) ?? reach / longest;
}

/** What takes presses and keys. In the mode of the probe a press moves the probe, which has keys of its own. */
function surface(scale: PlaneScale, model: ClassifierModel, state: PlaneState): SVGTemplateResult {
  const { tool, cursor } = state;
  const label =
    tool === 'remove'
      ? 'Plane. Arrow keys move the cursor, Enter or Delete takes the nearest point away.'
      : 'Plane. Arrow keys move the cursor, Enter places a point, a number key chooses its class, M carries the nearest point, Delete takes it away.';
  return svg`<g class=${`surface on-${tool}`} role=${tool === 'probe' ? nothing : 'application'} tabindex=${tool === 'probe' ? nothing : '0'} aria-label=${tool === 'probe' ? nothing : label}
      @pointerdown=${(down: PointerEvent) => take(down, scale, model, state)} @click=${(event: MouseEvent) => press(event, scale, model, state)}
      @touchstart=${{ handleEvent: (event: TouchEvent) => hold(event, scale, model, state), passive: false }}
      @keydown=${(event: KeyboardEvent) => keys(event, model, state)}>
    <rect x="0" y="0" width=${scale.size} height=${scale.size} />
    ${tool === 'probe' ? nothing : svg`<path class="cursor" d="M${toX(scale, cursor[0]) - 11},${toY(scale, cursor[1])}h22m-11,-11v22" />`}</g>`;
}

/** The probe: a ring that is dragged or moved by keys, filled with the mark of the class that answers there. */
function probe(scale: PlaneScale, model: ClassifierModel): SVGTemplateResult {
  const { at, label } = model.probe.value;
  const mark = model.look.value?.probe.predicted ?? label;
  const [x, y] = [toX(scale, at[0]), toY(scale, at[1])];
  const move = (across: number, up: number) => model.move_probe([across, up]);
  const answer = model.look.value?.probe.predicted;
  const says = answer === undefined ? '' : `; classified ${model.data.classes.value[answer] ?? ''}`;
  return svg`<g class="handle probe" role="slider" tabindex="0" aria-label="Probe; arrow keys move it" aria-valuemin=${-scale.reach} aria-valuemax=${scale.reach} aria-valuenow=${at[0]}
      aria-valuetext=${`${words(at)}${says}`} @pointerdown=${(down: PointerEvent) => drag(down, scale, at, move)} @touchstart=${keepThePageStill}
      @keydown=${(event: KeyboardEvent) => nudge(event, at, 0.1, move)}>
    <circle class="reach" cx=${x} cy=${y} r="22" /><circle class="ring" cx=${x} cy=${y} r="11" /><path class=${`dot k${mark}`} d=${marker(mark, x, y, 4.5)} /></g>`;
}

export const words = ([x, y]: Point): string =>
  `${formatShort(Math.abs(x), 2)} ${x < 0 ? 'left' : 'right'}, ${formatShort(Math.abs(y), 2)} ${y < 0 ? 'down' : 'up'}`;

/** The place under a pointer, and how many units a pixel of the screen is. */
function under(event: { clientX: number; clientY: number }, target: Element, scale: PlaneScale): { at: Point; perPixel: number } {
  const box = (target.closest('svg') ?? target).getBoundingClientRect();
  const perPixel = scale.size / (box.width || scale.size) / pixelsPerUnit(scale);
  const at: Point = [(event.clientX - box.left - box.width / 2) * perPixel, (box.top + box.height / 2 - event.clientY) * perPixel];
  return { at, perPixel };
}

/** Set when a press took hold of a point: what the click after it would do is done when it is let go. */
let dragged = false;
/** So far a held point must be moved before it comes along, in pixels: a mere press beside it places another. */
const slack = 4;

function take(down: PointerEvent, scale: PlaneScale, model: ClassifierModel, state: PlaneState): void {
  dragged = false;
  if (state.tool !== 'place') return;
  const area = down.currentTarget as SVGGElement;
  const { at, perPixel } = under(down, area, scale);
  const n = model.data.nearest(at, near * perPixel);
  if (n < 0) return;
  area.setPointerCapture(down.pointerId);
  dragged = true;
  let moved = false;
  const follow = (event: PointerEvent) => {
    moved ||= Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > slack;
    if (moved) model.edit((data) => data.move(n, under(event, area, scale).at));
  };
  const release = (event: PointerEvent) => {
    if (!moved && event.type === 'pointerup') {
      state.set({ cursor: at, carried: -1 });
      model.edit((data) => data.add(at));
    }
    area.removeEventListener('pointermove', follow);
    area.removeEventListener('pointerup', release);
    area.removeEventListener('pointercancel', release);
  };
  area.addEventListener('pointermove', follow);
  area.addEventListener('pointerup', release);
  area.addEventListener('pointercancel', release);
}

/** A finger on a point moves the point and not the page. */
function hold(event: TouchEvent, scale: PlaneScale, model: ClassifierModel, { tool }: PlaneState): void {
  const [touch] = event.touches;
  if (tool !== 'place' || !touch) return;
  const { at, perPixel } = under(touch, event.currentTarget as Element, scale);
  if (model.data.nearest(at, near * perPixel) >= 0) event.preventDefault();
}

function press(event: MouseEvent, scale: PlaneScale, model: ClassifierModel, { tool, set }: PlaneState): void {
  if (dragged) {
    dragged = false;
    return;
  }
  const { at, perPixel } = under(event, event.currentTarget as Element, scale);
  if (tool === 'probe') {
    model.move_probe(at);
    return;
  }
  set({ cursor: at, carried: -1 });
  if (tool === 'place') model.edit((data) => data.add(at));
  else model.edit((data) => data.remove(data.nearest(at, 1.6 * near * perPixel)));
}

/** How near the cursor must be to a point to mean it, in units. */
const reachOfCursor = 0.3;

function keys(event: KeyboardEvent, model: ClassifierModel, { tool, cursor, carried, set }: PlaneState): void {
  if (tool === 'probe' || event.altKey || event.ctrlKey || event.metaKey) return;
  const reach = model.data.reach.peek();
  const inside = (value: number) => Math.round(100 * Math.max(-reach, Math.min(reach, value))) / 100;
  nudge(event, cursor, 0.1, (x, y) => {
    const at: Point = [inside(x), inside(y)];
    set({ cursor: at });
    if (carried >= 0) model.edit((data) => data.move(carried, at));
  });
  const remove = event.key === 'Delete' || event.key === 'Backspace' || (tool === 'remove' && (event.key === 'Enter' || event.key === ' '));
  const pen = Number(event.key);
  if (remove) {
    model.edit((data) => data.remove(data.nearest(cursor, reachOfCursor)));
    set({ carried: -1 });
  } else if (event.key === 'Enter' || event.key === ' ') {
    if (carried >= 0) set({ carried: -1 });
    else model.edit((data) => data.add(cursor));
  } else if (event.key === 'm' || event.key === 'M') {
    const n = carried >= 0 ? -1 : model.data.nearest(cursor, reachOfCursor);
    const at = model.data.points.peek()[n]?.at;
    set({ carried: n, ...(at ? { cursor: at } : {}) });
  } else if (Number.isInteger(pen) && pen >= 1 && event.key !== ' ') {
    model.data.set_pen(pen - 1);
  } else return;
  event.preventDefault();
}
