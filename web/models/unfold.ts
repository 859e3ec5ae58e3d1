// One number at a time, and the trail that led to it. Each step knows where its number comes from: a set of vectors, or two
// vectors that a step above it held (the way down to the machine's lanes).
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { formatCount, formatPower, formatShort, formatSignificant } from '../drawing/format.ts';
import type { Explanation, Lab } from '../engine/index.ts';
import { Asked, type WidgetModel } from './model.ts';
import type { Naming } from './naming.ts';

/** Anything that can say where a number comes from. */
export interface Explains {
  explain(address: string): Promise<Explanation>;
  /** What its numbers are called, where somebody knows better words than the engine's: `namedRun` of transformer_names.ts. */
  readonly naming?: Naming;
}

export interface Step {
  source: Explains;
  address: string;
  /** What the number is, once that is known; until then its address. */
  label: string;
}

type Engine = () => Promise<Pick<Lab, 'explainPair'>>;

/** A source over two vectors: explains every `pair/…` address. a[n], b[n]. */
export function pairSource(engine: Engine, a: ArrayLike<number>, b: ArrayLike<number>): Explains {
  const left = Float32Array.from(a);
  const right = Float32Array.from(b);
  return { explain: async (address) => (await engine()).explainPair(address, left, right) };
}

export class UnfoldModel implements WidgetModel {
  readonly trail: Signal<readonly Step[]>;
  readonly asked = new Asked<Explanation>();
  /** How the places of a long vector are listed. */
  readonly order: Signal<'largest' | 'place'> = signal('largest');
  readonly spoken: ReadonlySignal<string>;
  #root: Explains;

  constructor(
    private readonly engine: Engine,
    source: Explains,
    address: string,
  ) {
    this.#root = source;
    this.trail = signal([{ source, address, label: address }]);
    this.spoken = computed(() => this.#words());
    void this.#ask();
  }

  get root(): Explains {
    return this.#root;
  }

  /** One step deeper. Without a source: the one of the number above. */
  go(address: string, source?: Explains): void {
    const trail = this.trail.peek();
    const from = source ?? trail[trail.length - 1]?.source ?? this.#root;
    this.trail.value = [...trail, { source: from, address, label: address }];
    void this.#ask();
  }

  /** Back to step `index` of the trail. */
  back(index: number): void {
    const trail = this.trail.peek();
    if (index < 0 || index >= trail.length - 1) return;
    this.trail.value = trail.slice(0, index + 1);
    void this.#ask();
  }

  /** The same numbers from another source: what a reader edits has changed. Steps below a vector of the old source go. */
  rebase(source: Explains): void {
    if (source === this.#root) return;
    const old = this.#root;
    this.#root = source;
    const trail = this.trail.peek();
    const derived = trail.findIndex((step) => step.source !== old);
    this.trail.value = (derived < 0 ? trail : trail.slice(0, derived)).map((step) => ({ ...step, source }));
    void this.#ask();
  }

  /** Asks again, after a failure. */
  retry(): void {
    void this.#ask();
  }

  /** The two vectors of a dot product as a source of their own, so that any dot product can be followed down to the lanes. */
  pair(explanation: Explanation): Explains | null {
    const [a, b] = explanation.operands;
    if (explanation.kind !== 'dot' || !a || !b) return null;
    return explanation.address.startsWith('pair/dot') ? null : pairSource(this.engine, a.values, b.values);
  }

  to_state(): string {
    return this.trail.value.map((step) => step.address).join('>');
  }

  from_state(state: string): void {
    const addresses = state.split('>').filter(Boolean);
    if (addresses.length === 0) return;
    this.trail.value = [{ source: this.#root, address: addresses[0] as string, label: addresses[0] as string }];
    void this.#walk(addresses.slice(1));
  }

  /** Follows addresses one after the other; where a pair is entered below other vectors, its vectors are taken from the step above. */
  async #walk(addresses: string[]): Promise<void> {
    await this.#ask();
    for (const address of addresses) {
      const above = this.asked.answer.peek();
      const trail = this.trail.peek();
      const last = trail[trail.length - 1];
      if (!above || !last || this.asked.failure.peek()) return;
      const enters = address.startsWith('pair/') && !last.address.startsWith('pair/');
      const source = (enters && this.pair(above)) || last.source;
      this.trail.value = [...trail, { source, address, label: address }];
      await this.#ask();
    }
  }

  async #ask(): Promise<void> {
    const trail = this.trail.peek();
    const step = trail[trail.length - 1];
    if (!step) return;
    await this.asked.ask(() => step.source.explain(step.address));
    const answer = this.asked.answer.peek();
    const now = this.trail.peek();
    if (!answer || this.asked.failure.peek() || now[now.length - 1] !== step) return;
    this.trail.value = [...now.slice(0, -1), { ...step, label: answer.label }];
  }

  #words(): string {
    const failure = this.asked.failure.value;
    if (failure) return failure.message;
    const explanation = this.asked.answer.value;
    if (!explanation || this.asked.pending.value) return '';
    return `${explanation.label} is ${formatSignificant(explanation.result)}. ${madeOf(explanation)}`;
  }
}

/** How a number came about, in one sentence. */
export function madeOf(explanation: Explanation): string {
  const { kind, operands, products, terms } = explanation;
  switch (kind) {
    case 'dot': {
      const names = operands.map((operand) => operand.name).join(' and ');
      return products.length === 1 ? `One product, of ${names}.` : `${formatCount(products.length)} products of ${names}, added up.`;
    }
    case 'sum':
      return `${formatCount(terms.length)} ${terms.length === 1 ? 'term' : 'terms'}, added up.`;
    case 'normalize':
      return `${terms[0]?.label ?? 'A number'} divided by ${terms
        .slice(1)
        .map((term) => term.label)
        .join(' times ')}.`;
    case 'activation':
      return `A function of ${terms[0]?.label ?? 'one number'}.`;
    case 'softmax':
      return `One share out of ${Math.max(terms.length, operands[0]?.values.length ?? 0)}.`;
    case 'input':
      return 'This is where unfolding ends: the number was given.';
    case 'weight':
      return explanation.formula.startsWith('found')
        ? 'This is where unfolding ends: the number was found by trying, and multiplying out proves it.'
        : 'This is where unfolding ends: training left this number behind.';
  }
}

/** The check in words: what the engine gave, what double precision gives, how far apart, and what rounding explains. */
export function checkWords({ result, check }: Explanation): {
  engine: string;
  reference: string;
  difference: string;
  bound: string;
  agrees: boolean;
} {
  return {
    engine: formatSignificant(result, 7),
    reference: formatSignificant(check.value, 7),
    difference: formatApart(check.difference),
    bound: formatApart(check.bound),
    agrees: check.difference <= check.bound,
  };
}

/** A difference, to two digits or so: 1.2 × 10⁻⁴, 0.03, 18. Never in powers of ten where plain digits are as short. */
export function formatApart(difference: number): string {
  const size = Math.abs(difference);
  if (size === 0 || (size >= 0.01 && size < 1e6)) return formatShort(difference, size < 1 ? 3 : size < 10 ? 1 : 0);
  return formatPower(difference);
}

/** Places of `values` from the largest magnitude down, at most `count`. */
export function largestPlaces(values: ArrayLike<number>, count: number): number[] {
  const places = Array.from({ length: values.length }, (_, i) => i);
  return places.sort((i, j) => Math.abs(values[j] ?? 0) - Math.abs(values[i] ?? 0) || i - j).slice(0, count);
}
