// One dot product as the machine computes it. Four running sums of four lanes each stand in four registers; an instruction
// takes four numbers of a and four of b, multiplies them lane by lane and adds the products into one register. At the end
// the registers are added together, and then the four lanes.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { formatShort } from '../drawing/format.ts';
import type { DotTrace, Lab } from '../engine/index.ts';
import { Asked, type WidgetModel } from './model.ts';
import { type Explains, pairSource } from './unfold.ts';
import { packFields, packVector, unpackFields, unpackVector } from './url_state.ts';

const lanes = 4;
const registers = 4;
const longest = 512;

export interface LanesPreset {
  name: string;
  a: number[];
  b: number[];
}

const ones = (count: number) => new Array<number>(count).fill(1);

export const lanesPresets: readonly LanesPreset[] = [
  {
    name: '32 numbers, each row twice',
    a: Array.from({ length: 32 }, (_, i) => (i % 8) + 1),
    b: Array.from({ length: 32 }, (_, i) => (i < 16 ? 1 : 2)),
  },
  {
    name: 'ten, half a step left over',
    a: [0.8, -0.3, 1.2, 0.5, -0.9, 0.2, 0.6, -0.4, 1.1, -0.7],
    b: [0.9, 0.4, -1.1, 0.7, -0.8, 1, 0.3, -0.2, 0.5, 0.6],
  },
  { name: 'huge and small', a: [1e8, 1, -1e8, 1], b: ones(4) },
  { name: 'a tenth, forty times', a: new Array<number>(40).fill(0.1), b: ones(40) },
];

/** The program: instruction k of G takes places 4k … 4k + 3; then two more steps add up the registers and the lanes. */
export interface Instruction {
  kind: 'start' | 'multiply-add' | 'add-registers' | 'add-lanes';
  /** For multiply-add: first place, and the register that gathers. */
  from: number;
  register: number;
}

/** Instruction at step `step` (0: nothing done yet) of a dot product of n places. */
export function instruction(step: number, n: number): Instruction {
  const groups = Math.ceil(n / lanes);
  if (step <= 0) return { kind: 'start', from: 0, register: 0 };
  if (step <= groups) return { kind: 'multiply-add', from: (step - 1) * lanes, register: (step - 1) % registers };
  return { kind: step === groups + 1 ? 'add-registers' : 'add-lanes', from: n, register: 0 };
}

/** Steps of the whole program for n places. */
export function steps_of(n: number): number {
  return Math.ceil(n / lanes) + 2;
}

type Engine = () => Promise<Pick<Lab, 'trace' | 'explainPair'>>;

export class LanesModel implements WidgetModel {
  readonly a: Signal<readonly number[]>;
  readonly b: Signal<readonly number[]>;
  readonly step: Signal<number>;
  /** The whole dot product, watched. */
  readonly whole = new Asked<DotTrace>();
  /** The registers after the instruction at `step`: a trace of the places so far, with zeros after them. */
  readonly now = new Asked<DotTrace>();
  readonly source: Signal<Explains | undefined> = signal<Explains | undefined>(undefined);
  readonly spoken: ReadonlySignal<string>;

  constructor(
    private readonly engine: Engine,
    start: { a?: number[] | null; b?: number[] | null; step?: number } = {},
  ) {
    const first = lanesPresets[0] as LanesPreset;
    this.a = signal((start.a ?? first.a).slice(0, longest));
    this.b = signal((start.b ?? first.b).slice(0, longest));
    this.step = signal(Math.max(0, Math.min(this.last, start.step ?? 0)));
    this.spoken = computed(() => this.#words());
    this.#ask();
  }

  /** Whether the program has come to its end, and its result may be seen. */
  get done(): boolean {
    return this.step.value === this.last;
  }

  /** What this step does, in words for the figure. */
  says(): string {
    const { kind, from, register } = this.instruction;
    const until = Math.min(from + lanes, this.length);
    const again = register * lanes + lanes * registers <= from;
    switch (kind) {
      case 'start':
        return `${this.length} places wait, and all sums are 0. Take the first step.`;
      case 'multiply-add':
        return `Places ${from + 1} to ${until} are multiplied, lane by lane, and ${again ? `added to what sum ${register + 1} already holds` : `go to sum ${register + 1}`}.${
          until - from < lanes ? ` Past the end, lanes are given 0 × 0.` : ''
        }`;
      case 'add-registers':
        return 'No place is left. The four sums are added together, still lane by lane.';
      case 'add-lanes':
        return 'The four lanes are added together: one number.';
    }
  }

  /** The sum of the products of the numbers as they were typed, in double precision with compensated addition (Neumaier). */
  get typed_sum(): number {
    let sum = 0;
    let lost = 0;
    for (const [i, x] of this.a.value.entries()) {
      const product = x * (this.b.value[i] ?? 0);
      const next = sum + product;
      lost += Math.abs(sum) >= Math.abs(product) ? sum - next + product : product - next + sum;
      sum = next;
    }
    return sum + lost;
  }

  /** The first number that 32 bits cannot hold, and what they hold in its place; null where all fit. */
  get rounded(): { typed: number; held: number } | null {
    const typed = [...this.a.value, ...this.b.value].find((x) => Math.fround(x) !== x);
    return typed === undefined ? null : { typed, held: Math.fround(typed) };
  }

  get length(): number {
    return this.a.value.length;
  }

  get last(): number {
    return steps_of(this.length);
  }

  get instruction(): Instruction {
    return instruction(this.step.value, this.length);
  }

  take(a: readonly number[], b: readonly number[], step = 0): void {
    this.a.value = a.slice(0, longest);
    this.b.value = b.slice(0, longest);
    this.step.value = Math.max(0, Math.min(this.last, step));
    this.#ask();
  }

  go(step: number): void {
    const next = Math.max(0, Math.min(this.last, Math.round(step)));
    if (next === this.step.peek()) return;
    this.step.value = next;
    this.#ask_now();
  }

  /** What register r, lane l has gathered by now, as a pair of its own: its places in the order in which it took them. */
  gathered(register: number, lane: number): { source: Explains; address: string } | null {
    const until = Math.min(this.step.value * lanes, this.length);
    const places: number[] = [];
    for (let i = register * lanes + lane; i < until; i += lanes * registers) places.push(i);
    if (places.length === 0) return null;
    const pick = (values: readonly number[]) => places.map((i) => values[i] ?? 0);
    return { source: pairSource(this.engine, pick(this.a.value), pick(this.b.value)), address: `pair/running[${places.length - 1}]` };
  }

  to_state(): string {
    return packFields({ a: packVector(this.a.value), b: packVector(this.b.value), step: this.step.value });
  }

  from_state(state: string): void {
    const fields = unpackFields(state);
    const a = unpackVector(fields.a);
    const b = unpackVector(fields.b);
    const step = Number(fields.step);
    if (a && b && a.length <= longest && b.length <= longest) this.take(a, b, Number.isInteger(step) ? step : 0);
  }

  retry(): void {
    this.#ask();
  }

  #ask(): void {
    const a = this.a.peek();
    const b = this.b.peek();
    this.source.value = pairSource(this.engine, a, b);
    void this.whole.ask(async () => (await this.engine()).trace(a, b));
    this.#ask_now();
  }

  #ask_now(): void {
    const until = this.step.peek() * lanes;
    const so_far = (values: readonly number[]) => values.map((value, i) => (i < until ? value : 0));
    const a = so_far(this.a.peek());
    const b = so_far(this.b.peek());
    void this.now.ask(async () => (await this.engine()).trace(a, b));
  }

  #words(): string {
    const failure = this.whole.failure.value;
    if (failure) return failure.message;
    const whole = this.whole.answer.value;
    const now = this.now.answer.value;
    if (!whole || !now) return '';
    const { kind, from, register } = this.instruction;
    const list = (values: ArrayLike<number>) => Array.from(values, (value) => formatShort(value, 3)).join(', ');
    switch (kind) {
      case 'start':
        return 'Before the first step: four sums of four lanes, all 0.';
      case 'multiply-add':
        return `Step ${this.step.value} of ${this.last}: places ${from + 1} to ${Math.min(from + lanes, this.length)} are multiplied and added to sum ${register + 1}, which now holds ${list(now.accumulators.subarray(4 * register, 4 * register + 4))}.`;
      case 'add-registers':
        return `Step ${this.step.value} of ${this.last}: the four sums are added together; the four lanes hold ${list(whole.lanes)}.`;
      case 'add-lanes':
        return `Step ${this.step.value} of ${this.last}: the four lanes are added together to ${formatShort(whole.result, 4)}.`;
    }
  }
}

/** The fewest digits that tell the f32 `value` from its neighbours. */
export function shortest_float(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    if (Math.fround(Number(value.toPrecision(digits))) === value) return value.toPrecision(digits);
  }
  return value.toPrecision(9);
}

/** Distance from the f32 `value` to the next larger magnitude. */
export function float_spacing(value: number): number {
  const size = Math.abs(value);
  if (size < 2 ** -126) return 2 ** -149;
  return 2 ** (Math.floor(Math.log2(size)) - 23);
}
