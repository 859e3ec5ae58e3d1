// Two arrows in the plane: their dot product, their lengths and the angle between them, and what the dot product becomes while b
// turns once around.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { formatShort } from '../drawing/format.ts';
import type { Lab, PairAnswer } from '../engine/index.ts';
import { Asked, type WidgetModel } from './model.ts';
import { type Explains, pairSource } from './unfold.ts';
import { packFields, packVector, unpackFields, unpackVector } from './url_state.ts';

export type Arrow = readonly [number, number];
export type Side = 'a' | 'b';

/** Arrows reach this far along each axis. */
export const reach = 4;
/** Directions of b at which the dot product is asked for the curve: every 5 degrees from −180 to 180. */
export const sweepDegrees: readonly number[] = Array.from({ length: 73 }, (_, i) => 5 * i - 180);

export interface Preset {
  name: string;
  a: Arrow;
  b: Arrow;
}

export const presets: readonly Preset[] = [
  { name: 'the same way', a: [3, 1], b: [1.5, 0.5] },
  { name: 'at right angles', a: [3, 1], b: [-1, 3] },
  { name: 'opposite ways', a: [3, 1], b: [-1.5, -0.5] },
  { name: 'b twice as long as at first', a: [3, 1], b: [2, 4] },
  { name: 'a little over 90°', a: [3, 0], b: [-0.3, 2] },
  { name: 'an arrow of length 0', a: [3, 1], b: [0, 0] },
];

export interface AngleAnswer {
  pair: PairAnswer;
  /** a · b with b turned to each of sweepDegrees from a's direction, its length kept; null where a or b has length 0. */
  sweep: Float32Array | null;
}

type Engine = () => Promise<Pick<Lab, 'pair' | 'explainPair' | 'matvec'>>;

export class AngleModel implements WidgetModel {
  readonly a: Signal<Arrow>;
  readonly b: Signal<Arrow>;
  /** Whether both arrows are drawn and multiplied at length 1. */
  readonly units: Signal<boolean>;
  readonly asked = new Asked<AngleAnswer>();
  readonly source: Signal<Explains | undefined> = signal<Explains | undefined>(undefined);
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());

  constructor(
    private readonly engine: Engine,
    start: { a?: readonly number[] | null; b?: readonly number[] | null; units?: boolean } = {},
  ) {
    this.a = signal(arrow(start.a) ?? [3, 1]);
    this.b = signal(arrow(start.b) ?? [1, 2]);
    this.units = signal(start.units ?? false);
    this.#ask();
  }

  /** Puts an arrow's head at (x, y), within reach, on hundredths. */
  move(side: Side, x: number, y: number): void {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    this[side].value = [within(x), within(y)];
    this.#ask();
  }

  /** Turns an arrow to `degrees` (0 to the right, 90 up), its length kept. */
  turn(side: Side, degrees: number): void {
    const length = Math.hypot(...this[side].peek()) || 1;
    const [x, y] = direction(degrees);
    this[side].value = [fine(length * x), fine(length * y)];
    this.#ask();
  }

  /** Makes an arrow `length` long, its direction kept; an arrow of length 0 points to the right. */
  stretch(side: Side, length: number): void {
    const degrees = degreesOf(this[side].peek());
    const [x, y] = direction(degrees);
    this[side].value = [fine(length * x), fine(length * y)];
    this.#ask();
  }

  take(a: Arrow, b: Arrow): void {
    batch(() => {
      this.a.value = a;
      this.b.value = b;
    });
    this.#ask();
  }

  set_units(on: boolean): void {
    this.units.value = on;
    this.#ask();
  }

  to_state(): string {
    return packFields({ a: packVector(this.a.value), b: packVector(this.b.value), units: this.units.value ? 1 : undefined });
  }

  from_state(state: string): void {
    const fields = unpackFields(state);
    const a = arrow(unpackVector(fields.a));
    const b = arrow(unpackVector(fields.b));
    if (!a || !b) return;
    batch(() => {
      this.a.value = a;
      this.b.value = b;
      this.units.value = fields.units === '1';
    });
    this.#ask();
  }

  retry(): void {
    this.#ask();
  }

  #ask(): void {
    const a = this.a.peek();
    const b = this.b.peek();
    const units = this.units.peek();
    this.source.value = pairSource(this.engine, a, b);
    void this.asked.ask(async () => {
      const lab = await this.engine();
      const pair = await lab.pair([...a], [...b]);
      if (pair.cosine === null) return { pair, sweep: null };
      const start = degreesOf(a);
      const length = units ? 1 : pair.normB;
      const rows = sweepDegrees.flatMap((turned) => direction(start + turned).map((part) => length * part));
      const sweep = await lab.matvec({ rows: sweepDegrees.length, columns: 2, data: Float32Array.from(rows) }, units ? pair.unitA : [...a]);
      return { pair, sweep };
    });
  }

  #words(): string {
    const failure = this.asked.failure.value;
    if (failure) return failure.message;
    const pair = this.asked.answer.value?.pair;
    if (!pair) return '';
    if (pair.cosine === null || pair.angleDegrees === null)
      return `a · b is ${formatShort(pair.dot, 2)}. An arrow of length 0 points nowhere, so there is no angle.`;
    const value = this.units.value ? `at length 1, a · b is ${formatShort(pair.cosine, 2)}` : `a · b is ${formatShort(pair.dot, 2)}`;
    return `${value}; the angle is ${formatShort(pair.angleDegrees, 1)} degrees, its cosine ${formatShort(pair.cosine, 2)}: ${agreement(pair.cosine)}.`;
  }
}

/** What a cosine says, in words. */
export function agreement(cosine: number): string {
  if (cosine > 0.999) return 'the same way';
  if (cosine > 0.02) return 'more along than against';
  if (cosine >= -0.02) return 'at right angles, neither along nor against';
  if (cosine >= -0.999) return 'more against than along';
  return 'opposite ways';
}

/** An arrow's direction in degrees, −180 to 180; 0 for an arrow of length 0. */
export function degreesOf([x, y]: Arrow): number {
  return x === 0 && y === 0 ? 0 : (Math.atan2(y, x) * 180) / Math.PI;
}

/** The arrow of length 1 that points to `degrees`. */
export function direction(degrees: number): [number, number] {
  return [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
}

/** Two finite numbers as an arrow within reach; null for anything else. */
export function arrow(values: readonly number[] | null | undefined): Arrow | null {
  const [x, y] = values ?? [];
  return values?.length === 2 && x !== undefined && y !== undefined && Number.isFinite(x) && Number.isFinite(y)
    ? [clamp(x), clamp(y)]
    : null;
}

const clamp = (x: number) => Math.max(-reach, Math.min(reach, x));
const within = (x: number) => clamp(Math.round(x * 100) / 100);
/** For turning and stretching: fine enough that the angle stays put to the digits shown. */
const fine = (x: number) => clamp(Math.round(x * 1e6) / 1e6);
