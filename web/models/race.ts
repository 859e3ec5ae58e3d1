// Plain JavaScript against the SIMD kernel, length after length, in the reader's own tab.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { formatCount, formatShort } from '../drawing/format.ts';
import type { Contestant, Lab, RaceResult } from '../engine/index.ts';
import { asFailure, type Failure, type WidgetModel } from './model.ts';
import { packFields, unpackFields } from './url_state.ts';

export const usualLengths: readonly number[] = [4, 16, 64, 300, 768, 3072, 12288, 65536];
const longest = 4_194_304;
/** What can be guessed: so many times as fast. */
export const guesses: readonly number[] = [1, 2, 4, 10, 20];

type Engine = () => Promise<Pick<Lab, 'race'>>;

export class RaceModel implements WidgetModel {
  readonly lengths: Signal<readonly number[]>;
  readonly rounds: Signal<number>;
  readonly seed: Signal<number>;
  /** One result per length, in order of `lengths`; null where it has not been run. */
  readonly results: Signal<readonly (RaceResult | null)[]>;
  /** Rounds done of the length that runs now; null: nothing runs. */
  readonly progress: Signal<{ index: number; done: number; total: number } | null> = signal<{
    index: number;
    done: number;
    total: number;
  } | null>(null);
  /** How many times as fast the reader said the kernel would be, before the race; null: nothing said. */
  readonly guess: Signal<number | null> = signal<number | null>(null);
  readonly failure: Signal<Failure | null> = signal<Failure | null>(null);
  readonly spoken: ReadonlySignal<string>;
  #stop: AbortController | undefined;

  constructor(
    private readonly engine: Engine,
    start: { lengths?: readonly number[] | null; rounds?: number; seed?: number } = {},
  ) {
    this.lengths = signal(proper(start.lengths ?? usualLengths));
    this.rounds = signal(start.rounds ?? 21);
    this.seed = signal(start.seed ?? 1);
    this.results = signal(this.lengths.peek().map(() => null));
    this.spoken = computed(() => this.#words());
  }

  get running(): boolean {
    return this.progress.value !== null;
  }

  /** Runs every length once, afresh. Resolves when done, stopped or failed. */
  async run(): Promise<void> {
    if (this.#stop) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.failure.value = null;
    this.results.value = this.lengths.peek().map(() => null);
    this.progress.value = { index: 0, done: 0, total: this.rounds.peek() };
    try {
      const lab = await this.engine();
      for (const [index, length] of this.lengths.peek().entries()) {
        if (stop.signal.aborted) break;
        const result = await lab.race({
          length,
          rounds: this.rounds.peek(),
          seed: this.seed.peek(),
          signal: stop.signal,
          onProgress: (done, total) => {
            if (!stop.signal.aborted) this.progress.value = { index, done, total };
          },
        });
        this.results.value = this.results.peek().map((old, i) => (i === index ? result : old));
      }
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code !== 'aborted') this.failure.value = failure;
    } finally {
      if (this.#stop === stop) this.#stop = undefined;
      this.progress.value = null;
    }
  }

  /** Stops after the round that runs; what was measured stays. */
  stop(): void {
    this.#stop?.abort();
  }

  dispose(): void {
    this.stop();
  }

  to_state(): string {
    return packFields({ lengths: this.lengths.value.join(','), rounds: this.rounds.value, guess: this.guess.value ?? undefined });
  }

  from_state(state: string): void {
    const fields = unpackFields(state);
    const lengths = proper((fields.lengths ?? '').split(',').map(Number));
    const rounds = Number(fields.rounds);
    const guess = Number(fields.guess);
    this.guess.value = guesses.includes(guess) ? guess : null;
    if (fields.lengths && lengths.length > 0) this.set_lengths(lengths);
    if (Number.isInteger(rounds) && rounds >= 3 && rounds <= 1000) this.rounds.value = rounds;
  }

  set_lengths(lengths: readonly number[]): void {
    this.stop();
    this.lengths.value = lengths;
    this.results.value = lengths.map(() => null);
  }

  #words(): string {
    if (this.failure.value) return this.failure.value.message;
    const done = this.results.value.filter((result) => result !== null);
    if (this.progress.value) return `${done.length} of ${this.lengths.value.length} lengths measured.`;
    const best = done.reduce<RaceResult | null>((most, result) => (most && most.ratio >= result.ratio ? most : result), null);
    if (!best) return 'Nothing measured yet.';
    return `At length ${formatCount(best.length)} the SIMD kernel was ${formatShort(best.ratio, 1)} times as fast as plain JavaScript.`;
  }
}

/** Whether the two medians differ by more than their spreads: below that, a race says nothing. */
export function clear_cut({ scalar, simd }: RaceResult): boolean {
  return scalar.lowNs > simd.highNs || simd.lowNs > scalar.highNs;
}

/** A time in words: 850 ns, 1.2 µs, 3.4 ms. */
export function time(ns: number): string {
  if (ns < 10) return `${formatShort(ns, 1)} ns`;
  if (ns < 1000) return `${Math.round(ns)} ns`;
  if (ns < 1e6) return `${formatShort(ns / 1000, ns < 1e4 ? 1 : 0)} µs`;
  return `${formatShort(ns / 1e6, 1)} ms`;
}

/** Nanoseconds on a logarithmic axis, 0 to 1. A round too short for the browser's clock took 0 ns by it: that is the axis's beginning. */
export function log_place(ns: number, [low, high]: readonly [number, number]): number {
  return Math.max(0, (Math.log10(ns) - Math.log10(low)) / (Math.log10(high) - Math.log10(low) || 1));
}

/** Powers of ten that hold every spread of the results. */
export function axis(results: readonly (RaceResult | null)[]): [number, number] {
  const times = results.flatMap((result) => (result ? [result.scalar, result.simd].flatMap((c: Contestant) => [c.lowNs, c.highNs]) : []));
  if (times.length === 0) return [1, 100_000];
  return [10 ** Math.floor(Math.log10(Math.max(0.1, Math.min(...times)))), 10 ** Math.ceil(Math.log10(Math.max(1, ...times)))];
}

function proper(lengths: readonly number[]): number[] {
  return lengths.filter((length) => Number.isInteger(length) && length >= 1 && length <= longest).slice(0, 12);
}
