// How large q·k gets when both are drawn at random: a cloud of dot products, sorted into bars. The bars are a quarter of √d wide, so that
// bar 20 holds the same pairs whether the products are divided by √d or not: the picture is only stretched.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { format, formatCount, formatShort } from '../drawing/format.ts';
import type { Lab, RandomDots } from '../engine/index.ts';
import { Asked, type WidgetModel } from './model.ts';
import type { Explains } from './unfold.ts';
import { packFields, unpackFields } from './url_state.ts';

/** d: numbers per vector. 12,288 is the width of GPT-3. */
export const cloudSizes = [2, 4, 16, 64, 256, 1024, 4096, 12288] as const;
/** Bars of a quarter of √d, from −4 √d to 4 √d; the outermost two also hold what lies beyond. */
export const barCount = 32;
export const reach = 4;
export const mostSeed = 999_999;

/** Fewer pairs where vectors are long, so that the answer is there at once. */
export const pairsOf = (dimensions: number) => Math.max(120, Math.min(4000, Math.floor(2 ** 20 / dimensions)));

export interface Cloud {
  seed: number;
  random: RandomDots;
  /** Places of the pairs of each bar. */
  bars: number[][];
}

/** One size of the table of all sizes. */
export interface SizeRow {
  dimensions: number;
  pairs: number;
  random: RandomDots;
}

type Engine = () => Promise<Pick<Lab, 'randomDots' | 'attention'>>;

export class CloudModel implements WidgetModel {
  readonly size: Signal<number>;
  readonly seed: Signal<number>;
  readonly bar: Signal<number>;
  /** Which pair of the bar: counts on around its pairs. */
  readonly turn: Signal<number> = signal(0);
  readonly asked = new Asked<Cloud>();
  /** The table of all sizes; asked when a reader opens it. */
  readonly all = new Asked<SizeRow[]>();
  readonly tabled: Signal<boolean> = signal(false);
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());

  constructor(
    private readonly engine: Engine,
    start: { dimensions?: number; seed?: number } = {},
  ) {
    const size = cloudSizes.indexOf((start.dimensions ?? 64) as 64);
    this.size = signal(size < 0 ? 3 : size);
    this.seed = signal(seedOf(start.seed) ?? 1);
    this.bar = signal(19);
    this.#ask();
  }

  readonly dimensions: ReadonlySignal<number> = computed(() => cloudSizes[this.size.value] ?? 64);

  /** The place of the pair that is shown, of the chosen bar; null where the bar is empty. */
  readonly chosen: ReadonlySignal<number | null> = computed(() => {
    const pairs = this.asked.answer.value?.bars[this.bar.value] ?? [];
    return pairs.length > 0 ? (pairs[this.turn.value % pairs.length] ?? null) : null;
  });

  set_size(index: number): void {
    if (!Number.isInteger(index) || cloudSizes[index] === undefined || index === this.size.peek()) return;
    this.size.value = index;
    this.turn.value = 0;
    this.#ask();
  }

  set_seed(seed: number): void {
    const given = seedOf(seed);
    if (given === null || given === this.seed.peek()) return;
    this.seed.value = given;
    this.turn.value = 0;
    this.#ask();
    if (this.tabled.peek()) this.#askAll();
  }

  choose(bar: number): void {
    const within = Math.max(0, Math.min(barCount - 1, Math.round(bar)));
    if (!Number.isFinite(within) || within === this.bar.peek()) return;
    this.bar.value = within;
    this.turn.value = 0;
  }

  another(): void {
    this.turn.value += 1;
  }

  /** The table of all sizes is opened, or closed. */
  table(open: boolean): void {
    if (open === this.tabled.peek()) return;
    this.tabled.value = open;
    if (open) this.#askAll();
  }

  retry(): void {
    this.#ask();
    if (this.tabled.peek()) this.#askAll();
  }

  /** Explains `attention/H1/score[0,0]`: the pair's q·k times 1/√d, down to its vectors. */
  scaledSource(i: number): Explains {
    const random = this.asked.answer.peek()?.random;
    return {
      explain: async (address) => {
        if (!random) throw new Error('no pair was drawn yet');
        const { query, key } = await random.pair(i);
        const row = (data: Float32Array) => ({ rows: 1, columns: data.length, data });
        const answer = await (await this.engine()).attention(row(query), row(key), row(Float32Array.of(0)));
        return answer.explain(address);
      },
    };
  }

  /** Where bar b begins and ends, in multiples of √d. */
  edges(bar: number): [number, number] {
    const width = (2 * reach) / barCount;
    return [bar * width - reach, (bar + 1) * width - reach];
  }

  /** A bar's interval and count, in words, of q·k itself or divided by √d. */
  barWords(bar: number, divided = false): string {
    const unit = divided ? 1 : Math.sqrt(this.dimensions.value);
    const [from, to] = this.edges(bar).map((edge) => formatShort(edge * unit, unit > 8 ? 0 : 2));
    const count = this.asked.answer.value?.bars[bar]?.length ?? 0;
    const where = bar === 0 ? `below ${to}` : bar === barCount - 1 ? `${from} and above` : `from ${from} to ${to}`;
    return `${where}: ${formatCount(count)} ${count === 1 ? 'pair' : 'pairs'}`;
  }

  to_state(): string {
    return packFields({ d: this.dimensions.value, s: this.seed.value, b: this.bar.value, n: this.turn.value || undefined });
  }

  from_state(state: string): void {
    const { d, s, b, n } = unpackFields(state);
    const size = cloudSizes.indexOf(Number(d) as 64);
    const seed = seedOf(s === undefined || s === '' ? undefined : Number(s));
    const [bar, turn] = [b === undefined || b === '' ? Number.NaN : Number(b), Number(n ?? 0)];
    if (size < 0 || seed === null || !Number.isInteger(bar) || bar < 0 || bar >= barCount) return;
    this.size.value = size;
    this.seed.value = seed;
    this.bar.value = bar;
    this.turn.value = Number.isInteger(turn) && turn > 0 && turn < 1e5 ? turn : 0;
    this.#ask();
    if (this.tabled.peek()) this.#askAll();
  }

  #ask(): void {
    const [dimensions, seed] = [cloudSizes[this.size.peek()] ?? 64, this.seed.peek()];
    void this.asked.ask(async () => {
      const random = await (await this.engine()).randomDots({ dimensions, pairs: pairsOf(dimensions), seed });
      return { seed, random, bars: sorted(random.dots, dimensions) };
    });
  }

  #askAll(): void {
    const seed = this.seed.peek();
    void this.all.ask(async () => {
      const lab = await this.engine();
      const rows: SizeRow[] = [];
      for (const dimensions of cloudSizes) {
        const pairs = pairsOf(dimensions);
        rows.push({ dimensions, pairs, random: await lab.randomDots({ dimensions, pairs, seed }) });
      }
      return rows;
    });
  }

  #words(): string {
    const failure = this.asked.failure.value;
    if (failure) return failure.message;
    const cloud = this.asked.answer.value;
    if (!cloud || cloud.random.dimensions !== this.dimensions.value) return '';
    const { dimensions, rootMeanSquare, meanMagnitude, dots } = cloud.random;
    const pair = this.chosen.value;
    return `${formatCount(dimensions)} dimensions, ${formatCount(dots.length)} pairs: the root mean square of q·k is ${format(rootMeanSquare, 2)}, and √d is ${formatShort(Math.sqrt(dimensions), 2)}. The mean size is ${format(meanMagnitude, 2)}. Chosen: the bar ${this.barWords(this.bar.value)}${
      pair === null ? '' : `, among them pair ${pair + 1} with ${format(dots[pair] ?? 0, 2)}`
    }.`;
  }
}

/** Places of the dots by bar. */
function sorted(dots: Float32Array, dimensions: number): number[][] {
  const bars: number[][] = Array.from({ length: barCount }, () => []);
  const perUnit = barCount / (2 * reach) / Math.sqrt(dimensions);
  dots.forEach((dot, i) => {
    const bar = Math.floor(dot * perUnit + barCount / 2);
    bars[Math.max(0, Math.min(barCount - 1, bar))]?.push(i);
  });
  return bars;
}

/** What is expected of |q·k| on average: exactly 2 Γ((d + 1)/2) ÷ (√π Γ(d/2)), which nears √(2d/π). */
export const expectedMean = (dimensions: number) => Math.sqrt((2 * dimensions) / Math.PI);

export function seedOf(seed: number | undefined): number | null {
  return seed !== undefined && Number.isInteger(seed) && seed >= 0 && seed <= mostSeed ? seed : null;
}
