// One query and eight keys of d random numbers each: their scores, and softmax of them without the scale and with it, side by side.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { format, formatCount, formatPower, formatShort } from '../drawing/format.ts';
import type { Lab } from '../engine/index.ts';
import { cloudSizes, seedOf } from './cloud.ts';
import { Asked, type WidgetModel } from './model.ts';
import { type ScoredRow, scoredRow } from './scored_row.ts';
import { packFields, unpackFields } from './url_state.ts';

export const keyCount = 8;

export interface SaturationRows {
  dimensions: number;
  /** q · k, of each key. */
  dots: Float32Array;
  plain: ScoredRow;
  scaled: ScoredRow;
}

type Engine = () => Promise<Pick<Lab, 'randomDots' | 'attention' | 'softmaxRow' | 'pair'>>;

export class SaturationModel implements WidgetModel {
  readonly size: Signal<number>;
  readonly seed: Signal<number>;
  readonly asked = new Asked<SaturationRows>();
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());

  constructor(
    private readonly engine: Engine,
    start: { dimensions?: number; seed?: number } = {},
  ) {
    const size = cloudSizes.indexOf((start.dimensions ?? 64) as 64);
    this.size = signal(size < 0 ? 3 : size);
    this.seed = signal(seedOf(start.seed) ?? 1);
    this.#ask();
  }

  readonly dimensions: ReadonlySignal<number> = computed(() => cloudSizes[this.size.value] ?? 64);

  set_size(index: number): void {
    if (!Number.isInteger(index) || cloudSizes[index] === undefined || index === this.size.peek()) return;
    this.size.value = index;
    this.#ask();
  }

  set_seed(seed: number): void {
    const given = seedOf(seed);
    if (given === null || given === this.seed.peek()) return;
    this.seed.value = given;
    this.#ask();
  }

  retry(): void {
    this.#ask();
  }

  /** What the two rows show, in a sentence or two. */
  readonly says: ReadonlySignal<string> = computed(() => {
    const rows = this.asked.answer.value;
    if (!rows) return '';
    const [plain, scaled] = [topOf(rows.plain), topOf(rows.scaled)];
    const kept = `With the scale the largest weight is ${percent(scaled.weight)}`;
    if (plain.weight > 0.99)
      return `Without the scale key ${plain.place + 1} takes ${percent(plain.weight)}: softmax has become a choice of one, and hardly a weight still follows its score. ${kept}, and every weight does.`;
    if (plain.weight > 0.9)
      return `Without the scale key ${plain.place + 1} takes ${percent(plain.weight)}, and the others have little left. ${kept}.`;
    return `Without the scale the largest weight is ${percent(plain.weight)}. ${kept}.`;
  });

  to_state(): string {
    return packFields({ d: this.dimensions.value, s: this.seed.value });
  }

  from_state(state: string): void {
    const { d, s } = unpackFields(state);
    const size = cloudSizes.indexOf(Number(d) as 64);
    const seed = seedOf(s === undefined || s === '' ? undefined : Number(s));
    if (size < 0 || seed === null) return;
    this.size.value = size;
    this.seed.value = seed;
    this.#ask();
  }

  #ask(): void {
    const [dimensions, seed] = [cloudSizes[this.size.peek()] ?? 64, this.seed.peek()];
    void this.asked.ask(async () => {
      const lab = await this.engine();
      const random = await lab.randomDots({ dimensions, pairs: keyCount, seed });
      const pairs = await Promise.all(Array.from({ length: keyCount }, (_, i) => random.pair(i)));
      const keys = new Float32Array(keyCount * dimensions);
      pairs.forEach(({ key }, i) => {
        keys.set(key, i * dimensions);
      });
      const matrix = (rows: number, data: Float32Array) => ({ rows, columns: data.length / rows, data });
      const attention = await lab.attention(
        matrix(1, pairs[0]?.query ?? new Float32Array(dimensions)),
        matrix(keyCount, keys),
        matrix(keyCount, new Float32Array(keyCount)),
      );
      const dots = attention.dots[0]?.data ?? new Float32Array();
      const below = { explain: attention.explain, address: (s: number) => `attention/H1/dot[0,${s}]` };
      const [plain, scaled] = await Promise.all([scoredRow(lab, dots, 1, below), scoredRow(lab, dots, 1 / Math.sqrt(dimensions), below)]);
      return { dimensions, dots, plain, scaled };
    });
  }

  #words(): string {
    const failure = this.asked.failure.value;
    if (failure) return failure.message;
    const rows = this.asked.answer.value;
    if (!rows || rows.dimensions !== this.dimensions.value) return '';
    const sum = (row: ScoredRow) => slopeWords(row.slopeSum.value);
    return `${formatCount(rows.dimensions)} dimensions, ${keyCount} keys. ${this.says.value} The slopes p times 1 minus p add up to ${sum(rows.plain)} without the scale and to ${sum(rows.scaled)} with it.`;
  }
}

/** A weight or slope: with four decimals, or as a power of ten where these would say 0; what is 0 in 32 bits is "0". */
export const slopeWords = (value: number) => (value === 0 ? '0' : value < 0.00005 ? formatPower(value) : format(value, 4));

function topOf({ weights }: ScoredRow): { place: number; weight: number } {
  const weight = Math.max(...weights);
  return { place: weights.indexOf(weight), weight };
}

/** "41 %", and never "100 %" of what only comes near. */
function percent(share: number): string {
  const text = formatShort(100 * share, share > 0.99 ? 2 : 0);
  return text === '100' && share < 1 ? 'nearly 100 %' : `${text} %`;
}
