// One number at a time, and the trail that led to it. Each step knows where its number comes from: a set of vectors, a model's pass, or
// the two vectors of a dot product above it (the way down to the machine's lanes).
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { formatSignificant } from '../drawing/format.ts';
import type { Explanation } from '../engine/index.ts';
import { Asked, asFailure, type WidgetModel } from './model.ts';
import type { Naming } from './naming.ts';
import { type Engine, entersPair, pairBelow } from './unfold_pair.ts';
import type { Order } from './unfold_parts.ts';
import { packTrail, unpackTrail } from './unfold_trail.ts';
import { madeOf, type Told, told } from './unfold_words.ts';

export { pairSource } from './unfold_pair.ts';
export { largestPlaces } from './unfold_parts.ts';

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
  /** The same in a few characters. */
  short: string;
  /** The number, once it is known. */
  value: number | null;
}

export class UnfoldModel implements WidgetModel {
  readonly trail: Signal<readonly Step[]>;
  readonly asked = new Asked<Told>();
  /** How the parts of a long sum are listed. */
  readonly order: Signal<Order> = signal('largest');
  /** How many parts the running sum has taken in; null is all. */
  readonly through: Signal<number | null> = signal(null);
  /** What became of a trail that could not be followed to its end; '' if nothing. */
  readonly notice: Signal<string> = signal('');
  readonly spoken: ReadonlySignal<string>;
  #root: Explains;
  #turn = 0;
  /** The sources that pair() made, which stand and fall with what they were made of. */
  readonly #pairs = new WeakMap<Explanation, Explains>();
  readonly #below = new WeakSet<Explains>();

  constructor(
    private readonly engine: Engine,
    source: Explains,
    address: string,
  ) {
    this.#root = source;
    this.trail = signal([this.#step(source, address)]);
    this.spoken = computed(() => this.#words());
    void this.#ask();
  }

  get root(): Explains {
    return this.#root;
  }

  /** One step deeper. Without a source: the one of the number above. */
  go(address: string, source?: Explains): void {
    const all = this.trail.peek();
    // Until a step is answered, the number above it is still shown: what is pressed there is a part of that one.
    const trail = all.length > 1 && all.at(-1)?.value === null ? all.slice(0, -1) : all;
    const from = source ?? trail[trail.length - 1]?.source ?? this.#root;
    this.#move([...trail, this.#step(from, address)]);
  }

  /** Back to step `index` of the trail. */
  back(index: number): void {
    const trail = this.trail.peek();
    if (index < 0 || index >= trail.length - 1) return;
    this.#move(trail.slice(0, index + 1));
  }

  /**
   * The same numbers from another source: what a reader edits has changed. Steps below a vector of the old source go; the others are asked
   * anew, as far as they are still there.
   */
  rebase(source: Explains): void {
    if (source === this.#root) return;
    const old = this.#root;
    this.#root = source;
    const trail = this.trail.peek();
    const foreign = trail.findIndex((step) => step.source !== old && !this.#below.has(step.source));
    const kept = foreign < 0 ? trail : trail.slice(0, foreign);
    // Until it is walked anew, each step stands on the new source already: a third one may come before that.
    this.trail.value = kept.map((step) => (step.source === old ? { ...step, source } : step));
    void this.#follow(kept.map((step) => step.address));
  }

  /** Asks again, after a failure. */
  retry(): void {
    void this.#ask();
  }

  /** The two vectors of a dot product as a source of their own, so that any dot product can be followed down to the lanes. */
  pair(explanation: Explanation): Explains | null {
    const known = this.#pairs.get(explanation);
    if (known) return known;
    const trail = this.trail.peek();
    const made = pairBelow(this.engine, explanation, trail[trail.length - 1]?.source ?? this.#root);
    if (made) this.#keep(explanation, made);
    return made;
  }

  /** The words of the number that is shown, of its own source. */
  get naming(): Naming | undefined {
    return this.trail.value.at(-1)?.source.naming;
  }

  to_state(): string {
    return packTrail(this.trail.value.map((step) => step.address));
  }

  from_state(state: string): void {
    const addresses = unpackTrail(state);
    if (addresses.length > 0) void this.#follow(addresses);
  }

  #step(source: Explains, address: string): Step {
    const name = source.naming?.name(address);
    return { source, address, label: name?.long ?? address, short: name?.short ?? address, value: null };
  }

  #keep(explanation: Explanation, made: Explains): void {
    this.#pairs.set(explanation, made);
    this.#below.add(made);
  }

  #move(trail: readonly Step[]): void {
    this.#turn++;
    batch(() => {
      this.trail.value = trail;
      this.through.value = null;
      this.notice.value = '';
    });
    void this.#ask();
  }

  /**
   * Walks the addresses one after the other, and shows the last. Where the two vectors of a dot product are entered, they are taken from
   * the step above. What is not there ends the trail, and a notice says so.
   */
  async #follow(addresses: readonly string[]): Promise<void> {
    const turn = ++this.#turn;
    await this.asked.ask(async () => {
      const steps: Step[] = [];
      let notice = '';
      let above: Told | null = null;
      for (const address of addresses) {
        const from: Explains = steps.at(-1)?.source ?? this.#root;
        let source = from;
        if (above && entersPair(address)) {
          const below = this.#pairs.get(above) ?? pairBelow(this.engine, above, from);
          if (below) {
            this.#keep(above, below);
            source = below;
          }
        }
        try {
          above = told(await source.explain(address), source.naming);
        } catch (error) {
          if (!above) throw error;
          const { code, message } = asFailure(error);
          const why = code === 'unknown-address' ? 'which is not to be found here' : `which cannot be shown: ${message.replace(/\.$/, '')}`;
          notice = `The trail went on to ${address}, ${why}. It ends a step before that.`;
          break;
        }
        if (turn !== this.#turn) return above;
        steps.push({ source, address, label: above.label, short: above.short, value: above.result });
      }
      if (!above) throw new Error('An empty trail leads nowhere.');
      batch(() => {
        this.trail.value = steps;
        this.through.value = null;
        this.notice.value = notice;
      });
      return above;
    });
    const [first] = addresses;
    if (turn === this.#turn && this.asked.failure.peek() && first !== undefined) this.trail.value = [this.#step(this.#root, first)];
  }

  async #ask(): Promise<void> {
    const trail = this.trail.peek();
    const step = trail[trail.length - 1];
    if (!step) return;
    await this.asked.ask(async () => told(await step.source.explain(step.address), step.source.naming));
    const answer = this.asked.answer.peek();
    const now = this.trail.peek();
    if (!answer || this.asked.failure.peek() || now[now.length - 1] !== step) return;
    this.trail.value = [...now.slice(0, -1), { ...step, label: answer.label, short: answer.short, value: answer.result }];
  }

  #words(): string {
    const failure = this.asked.failure.value;
    if (failure) return failure.message;
    const explanation = this.asked.answer.value;
    if (!explanation || this.asked.pending.value) return '';
    const depth = this.trail.value.length;
    const where = depth > 1 ? `Step ${depth} of the trail: ` : '';
    const notice = this.notice.value ? ` ${this.notice.value}` : '';
    return `${where}${explanation.label} is ${formatSignificant(explanation.result)}. ${explanation.ground ?? madeOf(explanation)}${notice}`;
  }
}
