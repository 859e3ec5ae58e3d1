// Two vectors, their products and the sum, at any length from 2 to 12,288. Short vectors are written out in the address; long
// ones are seeded normals, and the address holds the seed and the places that the reader changed.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { formatCount, formatShort, formatSignificant } from '../drawing/format.ts';
import type { Lab, PairAnswer } from '../engine/index.ts';
import { Asked, type WidgetModel } from './model.ts';
import { type Explains, pairSource } from './unfold.ts';
import { packFields, packVector, unpackFields, unpackVector } from './url_state.ts';

/** The lengths that the slider offers. Those beyond `written` are drawn as bars. */
export const lengths = [2, 3, 4, 5, 6, 8, 12, 16, 64, 300, 768, 3072, 12288] as const;
/** Vectors up to this length are written out, cell by cell. */
export const written = 16;
const longest = 12288;

export type Side = 'a' | 'b';

export interface Preset {
  name: string;
  a: number[];
  b: number[];
}

/** Pairs worth meeting. Each name says what to notice. */
export const presets: readonly Preset[] = [
  { name: '1, 2, 3 with 4, 5, 6', a: [1, 2, 3], b: [4, 5, 6] },
  { name: 'the same list twice', a: [0.5, -1, 2, -0.5], b: [0.5, -1, 2, -0.5] },
  { name: 'a list and its opposite', a: [0.5, -1, 2, -0.5], b: [-0.5, 1, -2, 0.5] },
  { name: 'products that cancel', a: [2, 1, -1, 3], b: [1, 3, 2, -1] },
  { name: 'a single 1 picks out a place', a: [0.7, -1.2, 1.6, 0.4, -0.3], b: [0, 0, 1, 0, 0] },
  { name: 'all ones add the list up', a: [3, 1, 4, 1, 5, 9, 2, 6], b: [1, 1, 1, 1, 1, 1, 1, 1] },
  { name: 'quarters make the mean', a: [4, 8, 6, 2], b: [0.25, 0.25, 0.25, 0.25] },
  { name: 'two lists of different lengths', a: [1, 2, 3], b: [4, 5] },
];

export interface ProductStart {
  a?: number[] | null;
  b?: number[] | null;
  length?: number | undefined;
  seed?: number;
  /** Products and sum stay covered until the reader asks for them, for a prediction that comes first. */
  covered?: boolean;
}

type Engine = () => Promise<Pick<Lab, 'pair' | 'explainPair' | 'random'>>;

export class ProductModel implements WidgetModel {
  /** The vectors, as the reader gave them; the engine rounds them to f32. */
  readonly a: Signal<readonly number[]> = signal<readonly number[]>([]);
  readonly b: Signal<readonly number[]> = signal<readonly number[]>([]);
  /** How many places the running sum has taken in; null: all. */
  readonly through: Signal<number | null> = signal<number | null>(null);
  /** First place of the part of a long vector that is shown cell by cell. */
  readonly window: Signal<number> = signal(0);
  readonly seed: Signal<number>;
  /** Whether products and sum are covered; they stay so, whatever else is changed, until they are asked for. */
  readonly covered: Signal<boolean> = signal(false);
  readonly asked = new Asked<PairAnswer>();
  /** Explains the numbers of the pair that was last asked for. */
  readonly source: Signal<Explains | undefined> = signal<Explains | undefined>(undefined);
  /** The places that the running sum has taken in, as a pair of their own; undefined where it has taken in none or all. */
  readonly so_far: ReadonlySignal<Explains | undefined>;
  readonly spoken: ReadonlySignal<string>;
  /** Places of long vectors that the reader changed, by side. */
  #changed: Record<Side, Map<number, number>> = { a: new Map(), b: new Map() };
  /** The vectors written out last, to come back to from a long pair. */
  #short: Record<Side, readonly number[]> = { a: [1, 2, 3], b: [4, 5, 6] };
  /** The length asked for, if the two are seeded normals (with changes); else null. */
  readonly drawn: Signal<number | null> = signal<number | null>(null);

  constructor(
    private readonly engine: Engine,
    start: ProductStart = {},
  ) {
    this.seed = signal(start.seed ?? 1);
    this.spoken = computed(() => this.#words());
    this.so_far = computed(() => {
      const through = this.through.value;
      return through ? pairSource(this.engine, this.a.value.slice(0, through), this.b.value.slice(0, through)) : undefined;
    });
    if (start.a && start.b) {
      void this.#write(start.a.slice(0, longest), start.b.slice(0, longest));
    } else {
      this.set_length(start.length ?? 3);
    }
    this.covered.value = start.covered ?? false;
  }

  /** Places to draw: the longer of the two. */
  get length(): number {
    return Math.max(this.a.value.length, this.b.value.length);
  }

  /** The sum so far, or all of it. null until the engine has answered. */
  get result(): number | null {
    const answer = this.asked.answer.value;
    const through = this.through.value;
    if (!answer) return null;
    return through === null ? answer.dot : through === 0 ? 0 : (answer.running[through - 1] ?? answer.dot);
  }

  /** Changes place `index` of one vector. */
  edit(side: Side, index: number, value: number): void {
    const values = [...this[side].peek()];
    if (!Number.isFinite(value) || index < 0 || index >= values.length || values[index] === value) return;
    values[index] = value;
    if (this.drawn.peek() !== null) this.#changed[side].set(index, value);
    else this.#short[side] = values;
    this[side].value = values;
    void this.#ask();
  }

  /** Both vectors at once, written out. */
  take(a: readonly number[], b: readonly number[]): void {
    void this.#write(a, b);
  }

  /** Makes both `length` places long, 1 to 12,288: short ones keep what stands, long ones are drawn from the seed. */
  set_length(length: number): void {
    const wanted = Math.max(1, Math.min(longest, Math.round(length)));
    if (wanted > written) {
      void this.#draw(wanted);
      return;
    }
    const stretched = (values: readonly number[], side: Side) =>
      Array.from({ length: wanted }, (_, i) => values[i] ?? filler(side, i, this.seed.peek()));
    void this.#write(stretched(this.#short.a, 'a'), stretched(this.#short.b, 'b'), false);
  }

  /** Other numbers of the same length, from the next seed. */
  draw_again(): void {
    this.seed.value = (this.seed.peek() + 1) % 0x7fffffff;
    const length = Math.max(this.a.peek().length, this.b.peek().length);
    if (length > written) {
      void this.#draw(length);
      return;
    }
    const fresh = (side: Side) => Array.from({ length }, (_, i) => filler(side, i, this.seed.peek()));
    void this.#write(fresh('a'), fresh('b'));
  }

  uncover(): void {
    this.covered.value = false;
  }

  scrub(through: number): void {
    if (this.covered.peek()) return;
    const length = this.a.peek().length;
    this.through.value = through >= length ? null : Math.max(0, Math.round(through));
  }

  to_state(): string {
    const a = this.a.value;
    const b = this.b.value;
    const through = this.through.value ?? undefined;
    if (this.drawn.value === null)
      return packFields({ a: packVector(a), b: packVector(b), through, covered: this.covered.value ? 1 : undefined });
    const changes = (side: Side) => [...this.#changed[side]].map(([i, value]) => `${i}=${value}`).join(',') || undefined;
    return packFields({
      length: this.drawn.value,
      seed: this.seed.value,
      ca: changes('a'),
      cb: changes('b'),
      through,
      at: this.window.value || undefined,
      covered: this.covered.value ? 1 : undefined,
    });
  }

  from_state(state: string): void {
    const fields = unpackFields(state);
    const a = unpackVector(fields.a);
    const b = unpackVector(fields.b);
    const length = Number(fields.length);
    const through = fields.through === undefined ? Number.NaN : Number(fields.through);
    if (a && b && a.length <= longest && b.length <= longest) {
      void this.#write(a, b);
    } else if (Number.isInteger(length) && length > written && length <= longest) {
      const seed = Number(fields.seed);
      if (Number.isInteger(seed) && seed >= 0) this.seed.value = seed;
      this.window.value = Math.max(0, Math.min(length - 1, Math.floor(Number(fields.at) || 0)));
      void this.#draw(length, { a: changes_of(fields.ca, length), b: changes_of(fields.cb, length) });
    } else {
      return;
    }
    this.covered.value = fields.covered === '1';
    this.through.value = Number.isInteger(through) && through >= 0 ? through : null;
  }

  /** Gives the shorter vector places of 1 until both have the same length. */
  even_out(): Promise<void> {
    const [a, b] = [this.a.peek(), this.b.peek()];
    const filled = (values: readonly number[]) => Array.from({ length: Math.max(a.length, b.length) }, (_, i) => values[i] ?? 1);
    return this.#write(filled(a), filled(b));
  }

  retry(): void {
    void this.#ask();
  }

  #write(a: readonly number[], b: readonly number[], remember = true): Promise<void> {
    batch(() => {
      this.a.value = a;
      this.b.value = b;
      this.drawn.value = null;
      this.through.value = null;
      this.window.value = 0;
    });
    this.#changed = { a: new Map(), b: new Map() };
    if (remember) this.#short = { a, b };
    return this.#ask();
  }

  /** Seeded normals for both, with the reader's changes put in: a from seed 2s, b from seed 2s + 1. */
  async #draw(length: number, changed: Record<Side, Map<number, number>> = { a: new Map(), b: new Map() }): Promise<void> {
    const seed = this.seed.peek();
    this.#changed = changed;
    batch(() => {
      this.drawn.value = length;
      this.through.value = null;
      this.window.value = Math.min(this.window.peek(), length - 1);
    });
    await this.asked.ask(async () => {
      const lab = await this.engine();
      const [a, b] = await Promise.all([lab.random.normal(length, { seed: 2 * seed }), lab.random.normal(length, { seed: 2 * seed + 1 })]);
      const put = (values: Float32Array, side: Side) => {
        for (const [i, value] of changed[side]) values[i] = value;
        return Array.from(values);
      };
      const left = put(a, 'a');
      const right = put(b, 'b');
      const answer = await lab.pair(left, right);
      batch(() => {
        this.a.value = left;
        this.b.value = right;
        this.source.value = pairSource(this.engine, left, right);
      });
      return answer;
    });
  }

  #ask(): Promise<void> {
    const a = this.a.peek();
    const b = this.b.peek();
    this.source.value = pairSource(this.engine, a, b);
    return this.asked.ask(async () => (await this.engine()).pair(a, b));
  }

  #words(): string {
    const failure = this.asked.failure.value;
    if (failure) return failure.message;
    if (this.covered.value)
      return `Two vectors of ${formatCount(this.length)} places. Their products and sum are covered until you ask for them.`;
    const answer = this.asked.answer.value;
    const through = this.through.value;
    const result = this.result;
    if (!answer || result === null) return '';
    const count = answer.products.length;
    if (through !== null) return `After ${formatCount(through)} of ${formatCount(count)} places the sum is ${formatSignificant(result)}.`;
    if (count > written) return `a · b is ${formatSignificant(result)}, the sum of ${formatCount(count)} products.`;
    return `a · b is ${formatSignificant(result)}. The products are ${Array.from(answer.products, (product) => formatShort(product, 2)).join(', ')}.`;
  }
}

/** What b, taken as an instruction, does with the other vector, in words. b[n], n ≥ 1. */
export function instruction_of(b: readonly number[]): string {
  const near = (x: number, y: number) => Math.abs(x - y) < 1e-6;
  const places = b.flatMap((value, i) => (near(value, 0) ? [] : [i]));
  const [first] = places;
  const last = b.length - 1;
  const total = b.reduce((sum, value) => sum + value, 0);
  if (first === undefined) return 'b lets no place count: the result is 0 whatever a holds.';
  if (places.length === 1 && near(b[first] ?? 0, 1)) return `b picks out place ${formatCount(first + 1)}.`;
  if (places.length === 1) return `b takes place ${formatCount(first + 1)} alone, ${formatShort(b[first] ?? 0, 3)} times.`;
  if (b.every((value) => near(value, 1))) return 'b is an adder: it adds up the list.';
  if (b.every((value) => near(value, 1 / b.length))) return 'b takes the mean: every place counts alike, and the weights add up to 1.';
  if (b.every((value) => near(value, b[0] ?? 0))) return `b adds up the list and multiplies the sum by ${formatShort(b[0] ?? 0, 3)}.`;
  if (places.length === 2 && first === 0 && places[1] === last && near(b[0] ?? 0, -1) && near(b[last] ?? 0, 1))
    return 'b takes last minus first.';
  if (near(total, 1) && b.every((value) => value >= 0)) return 'b takes a weighted mean: its weights add up to 1.';
  return `b is a weighting; its weights add up to ${formatShort(total, 3)}.`;
}

/** A number with one decimal from −2 to 2, not 0, for a new place: fixed by side, place and seed. */
function filler(side: Side, index: number, seed: number): number {
  let mixed = Math.imul(seed ^ (side === 'a' ? 0x9e3779b9 : 0x85ebca6b), 0x2c1b3c6d) + Math.imul(index + 1, 0x297a2d39);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  const step = ((mixed ^ (mixed >>> 15)) >>> 0) % 40; // 0 … 39 → −2.0 … −0.1, 0.1 … 2.0
  return (step < 20 ? step - 20 : step - 19) / 10;
}

function changes_of(text: string | undefined, length: number): Map<number, number> {
  const changes = new Map<number, number>();
  for (const part of (text ?? '').split(',')) {
    const [place, value] = part.split('=').map(Number);
    if (place !== undefined && value !== undefined && Number.isInteger(place) && place >= 0 && place < length && Number.isFinite(value)) {
      changes.set(place, value);
    }
  }
  return changes;
}
