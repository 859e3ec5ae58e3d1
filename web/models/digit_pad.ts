// A pad to draw a digit on: strokes in a square of 0 to 1, by a pointer or by a pen that keys move. A stroke that has ended is
// kept on a grid of 256 × 256, with no more points than its shape needs, so that the address holds all of it and a reader who
// follows the link has the very same numbers.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { WidgetModel } from './model.ts';
import { packFields, unpackFields } from './url_state.ts';

/** x0, y0, x1, y1 … from 0 to 1, y downwards. */
export type PadStroke = readonly number[];

/** Thickness of the pen, in the square's units: what rasterize takes unless told. */
export const penThickness = 0.08;
/** The way of one arrow key, and with Shift. */
export const penStep = 0.04;
const farStep = 0.12;

const grid = 255;
const mostStrokes = 24;
const mostPoints = 200; // of one stroke; far more than a digit needs
const tolerance = 0.008; // how far a stroke may be from its simplified self

export class DigitPadModel implements WidgetModel {
  /** Strokes that have ended. */
  readonly ended: Signal<readonly PadStroke[]>;
  /** The stroke that is being drawn; null between strokes. */
  readonly current: Signal<PadStroke | null> = signal<PadStroke | null>(null);
  /** Where the keys' pen stands. */
  readonly pen: Signal<readonly [number, number]> = signal<readonly [number, number]>([0.5, 0.25]);
  /** All strokes, the one that is being drawn as the last. */
  readonly strokes: ReadonlySignal<readonly PadStroke[]> = computed(() =>
    this.current.value ? [...this.ended.value, this.current.value] : this.ended.value,
  );
  readonly empty: ReadonlySignal<boolean> = computed(() => this.strokes.value.length === 0);
  /** Whether the pen is on the paper. */
  readonly down: ReadonlySignal<boolean> = computed(() => this.current.value !== null);
  readonly spoken: ReadonlySignal<string> = computed(() => {
    const count = this.ended.value.length;
    return this.down.value
      ? 'The pen is down.'
      : count === 0
        ? 'Nothing is drawn.'
        : count === 1
          ? 'One stroke is drawn.'
          : `${count} strokes are drawn.`;
  });

  constructor(start: { strokes?: readonly PadStroke[] } = {}) {
    this.ended = signal(kept(start.strokes ?? []));
  }

  /** Puts the pen down. */
  begin(x: number, y: number): void {
    if (this.current.peek()) this.end();
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    this.pen.value = [inside(x), inside(y)];
    this.current.value = [...this.pen.peek()];
  }

  /** Draws on to a place; nothing while the pen is up. */
  extend(x: number, y: number): void {
    const stroke = this.current.peek();
    if (!stroke || !Number.isFinite(x) || !Number.isFinite(y)) return;
    const [toX, toY] = [inside(x), inside(y)];
    this.pen.value = [toX, toY];
    if (stroke.at(-2) === toX && stroke.at(-1) === toY) return;
    this.current.value = [...stroke, toX, toY];
  }

  /** Lifts the pen. */
  end(): void {
    const stroke = this.current.peek();
    if (!stroke) return;
    const [one] = kept([stroke]);
    this.current.value = null;
    if (one) this.ended.value = [...this.ended.peek(), one].slice(-mostStrokes);
  }

  /** Moves the keys' pen by steps, drawing if it is down. */
  move(across: number, down: number, far = false): void {
    const [x, y] = this.pen.peek();
    const step = far ? farStep : penStep;
    const to = [inside(x + across * step), inside(y + down * step)] as const;
    if (this.current.peek()) this.extend(...to);
    else this.pen.value = to;
  }

  /** Lowers the keys' pen, or lifts it. */
  toggle(): void {
    if (this.current.peek()) this.end();
    else this.begin(...this.pen.peek());
  }

  /** Takes the last stroke away. */
  undo(): void {
    if (this.current.peek()) this.current.value = null;
    else this.ended.value = this.ended.peek().slice(0, -1);
  }

  clear(): void {
    this.take([]);
  }

  /** Other strokes in place of all. */
  take(strokes: readonly PadStroke[]): void {
    this.current.value = null;
    this.ended.value = kept(strokes);
  }

  to_state(): string {
    return this.ended.value.length ? packFields({ ink: packStrokes(this.ended.value) }) : '';
  }

  from_state(state: string): void {
    const { ink } = unpackFields(state);
    const strokes = ink === undefined ? (state === '' ? [] : null) : unpackStrokes(ink);
    if (strokes) this.take(strokes);
  }
}

/** Strokes as text for an address: four hexadecimal digits a point, a point between strokes. They come back exactly if the pad kept them. */
export function packStrokes(strokes: readonly PadStroke[]): string {
  return strokes
    .map((stroke) =>
      stroke
        .map((v) =>
          Math.round(inside(v) * grid)
            .toString(16)
            .padStart(2, '0'),
        )
        .join(''),
    )
    .join('.');
}

/** The other way; null for what is no such text. */
export function unpackStrokes(text: string): PadStroke[] | null {
  const parts = text.split('.');
  if (parts.length > mostStrokes || !parts.every((part) => /^([0-9a-f]{4})+$/.test(part) && part.length <= 4 * mostPoints)) return null;
  return parts.map((part) => (part.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16) / grid));
}

/** Strokes as the pad keeps them: on the grid, simplified, no more than there is room for. */
function kept(strokes: readonly PadStroke[]): readonly PadStroke[] {
  return strokes.slice(0, mostStrokes).flatMap((stroke) => {
    const even = stroke.length - (stroke.length % 2);
    if (even === 0 || !stroke.every(Number.isFinite)) return [];
    const snapped = stroke.slice(0, even).map((v) => Math.round(inside(v) * grid) / grid);
    let [line, off] = [simplified(snapped, tolerance), tolerance];
    while (line.length > 2 * mostPoints) line = simplified(snapped, (off *= 2));
    return [line];
  });
}

/** A line with fewer points that is nowhere further than `off` from the given one (Douglas & Peucker 1973). */
function simplified(line: PadStroke, off: number): PadStroke {
  const count = line.length / 2;
  if (count <= 2) return line;
  const at = (i: number): [number, number] => [line[2 * i] ?? 0, line[2 * i + 1] ?? 0];
  const keep = new Set([0, count - 1]);
  const parts: [number, number][] = [[0, count - 1]];
  for (let part = parts.pop(); part; part = parts.pop()) {
    const [from, to] = part;
    let [most, where] = [off, -1];
    for (let i = from + 1; i < to; i++) {
      const away = distance(at(i), at(from), at(to));
      if (away > most) [most, where] = [away, i];
    }
    if (where < 0) continue;
    keep.add(where);
    parts.push([from, where], [where, to]);
  }
  return [...keep].sort((i, j) => i - j).flatMap(at);
}

/** How far p is from the line between a and b. */
function distance([px, py]: [number, number], [ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const along = square > 0 ? Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / square)) : 0;
  return Math.hypot(px - ax - along * dx, py - ay - along * dy);
}

const inside = (v: number) => Math.max(0, Math.min(1, v));
