// The points that a classifier is trained on: a seeded set, the reader's own, or two columns of a table. Every fourth point is held
// out: it is not trained on, only measured. Points are put, moved and taken away; a set that was touched is the reader's own.
import { batch, type Signal, signal } from '@preact/signals-core';
import { classNames, isPointSet, type Point, type PointSetName, planeReach, pointSet, pointSets, within } from './point_sets.ts';

export interface DataPoint {
  at: Point;
  label: number;
  heldOut: boolean;
}

/** Where the points come from. */
export type Origin =
  | { kind: 'set'; name: PointSetName; seed: number }
  | { kind: 'own' }
  | { kind: 'table'; across: string; up: string; label: string };

/** More would make the address too long to send. */
export const mostOwn = 250;
/** Classes that a reader may place points of. */
export const mostPens = 6;
const everyFourth = (n: number) => n % 4 === 3;

export class PlaneData {
  readonly points: Signal<readonly DataPoint[]> = signal([]);
  readonly classes: Signal<readonly string[]> = signal([]);
  readonly origin: Signal<Origin>;
  /** The plane shows ±reach. */
  readonly reach: Signal<number> = signal(planeReach);
  /** The class of which points are placed. */
  readonly pen: Signal<number> = signal(0);
  /** What the reader is told about an act that could not be done; empty for nothing. */
  readonly note: Signal<string> = signal('');

  constructor(name: PointSetName, seed: number) {
    this.origin = signal({ kind: 'set', name, seed });
    this.take_set(name, seed);
  }

  take_set(name: PointSetName, seed: number): void {
    const { points, labels, classes } = pointSet(name, { seed });
    this.#take(
      { kind: 'set', name, seed },
      points.map((at, n) => ({ at, label: labels[n] ?? 0, heldOut: everyFourth(n) })),
      classes,
    );
  }

  /** Points of a table, already standardized, under the names of its columns and classes. */
  take_table(
    points: readonly Point[],
    labels: readonly number[],
    classes: readonly string[],
    names: { across: string; up: string; label: string },
  ): void {
    const most = points.reduce((reach, [x, y]) => Math.max(reach, Math.abs(x), Math.abs(y)), 0);
    this.#take(
      { kind: 'table', ...names },
      points.map((at, n) => ({ at, label: labels[n] ?? 0, heldOut: everyFourth(n) })),
      classes,
      Math.max(2, Math.min(8, Math.ceil(most))),
    );
  }

  /** An empty plane of two classes, to fill. */
  clear(): void {
    this.#take({ kind: 'own' }, [], classNames(2));
  }

  set_pen(k: number): void {
    if (Number.isInteger(k) && k >= 0 && k < this.classes.peek().length) this.pen.value = k;
  }

  /** One class more, and the pen in its hand. */
  add_class(): void {
    const count = this.classes.peek().length;
    if (count >= mostPens) return;
    const [name = ''] = classNames(mostPens).filter((letter) => !this.classes.peek().includes(letter));
    batch(() => {
      this.classes.value = [...this.classes.peek(), name];
      this.pen.value = count;
      this.#own();
    });
  }

  /** Puts a point of the pen's class. */
  add([x, y]: Point): void {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    const points = this.points.peek();
    if (points.length >= mostOwn && this.origin.peek().kind !== 'table') {
      this.note.value = `${mostOwn} points are as many as fit into a link. Take one away first.`;
      return;
    }
    batch(() => {
      this.points.value = [...points, { at: this.#within([x, y]), label: this.pen.peek(), heldOut: everyFourth(points.length) }];
      this.#own();
    });
  }

  move(n: number, at: Point): void {
    const points = this.points.peek();
    const point = points[n];
    if (!point || !at.every(Number.isFinite)) return;
    batch(() => {
      this.points.value = points.with(n, { ...point, at: this.#within(at) });
      this.#own();
    });
  }

  remove(n: number): void {
    if (!this.points.peek()[n]) return;
    batch(() => {
      this.points.value = this.points.peek().filter((_, i) => i !== n);
      this.#own();
    });
  }

  /** The point nearest to a place, no farther than `most`; −1 where there is none. */
  nearest([x, y]: Point, most: number): number {
    let best = -1;
    let distance = most;
    this.points.peek().forEach(({ at }, n) => {
      const away = Math.hypot(at[0] - x, at[1] - y);
      if (away <= distance) [best, distance] = [n, away];
    });
    return best;
  }

  /** Why these points cannot be trained on, or ''. */
  get lack(): string {
    const trained = new Set(this.points.value.filter(({ heldOut }) => !heldOut).map(({ label }) => label));
    return trained.size >= 2 ? '' : 'Place points of at least two classes, then train.';
  }

  /** Set and seed, or the points themselves; a table stays with the reader and is not written into an address. */
  to_fields(): Record<string, string | number | undefined> {
    const origin = this.origin.value;
    if (origin.kind === 'set') return { s: origin.name, n: origin.seed };
    if (origin.kind === 'own') return { c: this.classes.value.length, p: packPoints(this.points.value) };
    return {};
  }

  from_fields({ s, n, c, p }: Record<string, string>): void {
    if (p !== undefined && c !== undefined) {
      const count = Number(c);
      const points = unpackPoints(p, count);
      if (points && Number.isInteger(count) && count >= 2 && count <= mostPens) this.#take({ kind: 'own' }, points, classNames(count));
    } else if (isPointSet(s)) {
      const seed = Number(n);
      this.take_set(s, Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff ? seed : 1);
    }
  }

  /** The points in a few words: "three heaps". */
  says(): string {
    const origin = this.origin.value;
    if (origin.kind === 'set') return pointSets[origin.name].says;
    return origin.kind === 'own' ? 'points of your own' : `${origin.across} and ${origin.up} by ${origin.label}`;
  }

  #take(origin: Origin, points: readonly DataPoint[], classes: readonly string[], reach = planeReach): void {
    batch(() => {
      this.origin.value = origin;
      this.points.value = points;
      this.classes.value = classes;
      this.reach.value = reach;
      this.pen.value = Math.min(this.pen.peek(), classes.length - 1);
      this.note.value = '';
    });
  }

  #own(): void {
    this.note.value = '';
    if (this.origin.peek().kind === 'set') this.origin.value = { kind: 'own' };
  }

  #within([x, y]: Point): Point {
    const reach = this.reach.peek();
    if (reach === planeReach) return within([x, y]);
    return [Math.max(-reach, Math.min(reach, x)), Math.max(-reach, Math.min(reach, y))];
  }
}

// A point in an address: x and y as hundredths from the lower left, two letters of base 36 each, then the class; a held-out point's
// class stands as a capital letter.
const hundredths = 2 * 100 * planeReach;

export function packPoints(points: readonly DataPoint[]): string {
  const part = (value: number) =>
    Math.round((value + planeReach) * 100)
      .toString(36)
      .padStart(2, '0');
  return points.map(({ at, label, heldOut }) => `${part(at[0])}${part(at[1])}${String.fromCharCode((heldOut ? 65 : 97) + label)}`).join('');
}

/** The other way; null for text that is no such list. */
export function unpackPoints(text: string, classes: number): DataPoint[] | null {
  if (text.length % 5 !== 0 || text.length > 5 * mostOwn) return null;
  const points: DataPoint[] = [];
  for (const [, x = '', y = '', mark = ''] of text.matchAll(/([0-9a-z]{2})([0-9a-z]{2})([a-hA-H])/gy)) {
    const [across, up] = [Number.parseInt(x, 36), Number.parseInt(y, 36)];
    const heldOut = mark < 'a';
    const label = mark.charCodeAt(0) - (heldOut ? 65 : 97);
    if (across > hundredths || up > hundredths || label >= classes) return null;
    points.push({ at: within([across / 100 - planeReach, up / 100 - planeReach]), label, heldOut });
  }
  return points.length === text.length / 5 ? points : null;
}
