// "What would flip this answer?" For a linear classifier the smallest change of an input that changes its class runs along a
// difference of two class vectors: x + t · (w_to − w_from), and the lead of the answer falls by |w_to − w_from|² for each t.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { format, formatShort } from '../drawing/format.ts';
import type { Explanation, Flip, Network } from '../engine/index.ts';
import { DigitPadModel } from './digit_pad.ts';
import { type Answer, answerOf, type DigitSource } from './digit_source.ts';
import { Asked, type WidgetModel } from './model.ts';
import type { Explains } from './unfold.ts';
import { packFields, unpackFields } from './url_state.ts';

/** Digits to choose from. */
export const flipCount = 200;
const flipSeed = 5_150;
/** As far as the slider goes, in parts of the way to the border. */
export const farthest = 2;

export interface FlipAnswer {
  x: Float32Array;
  /** What the digit was meant to be; null for the reader's own. */
  truth: number | null;
  flip: Flip;
  /** The class that is aimed at: `to` if chosen, else the nearest. */
  to: number;
  /** w_to − w_from. */
  difference: Float32Array;
  margin: number;
  /** |w_to − w_from|². */
  square: number;
  /** Length of the digit as a vector. */
  length: number;
  /** Names of the classes. */
  classes: readonly string[];
  network: Network;
  source: FlipSource;
}

/** What the network says at a place on the way. */
export interface OnTheWay extends Answer {
  t: number;
  changed: Float32Array;
  /** Lead of the first answer over the one aimed at, as the engine sees it there. */
  margin: number;
  /** Pixels outside 0 to 1. */
  outside: number;
}

export class FlipModel implements WidgetModel {
  readonly index: Signal<number>;
  /** Whether the reader's own drawing is asked about. */
  readonly own: Signal<boolean> = signal(false);
  /** The class aimed at; null for the nearest. */
  readonly target: Signal<number | null> = signal<number | null>(null);
  /** How far along: 1 is the border. */
  readonly way: Signal<number>;
  /** The pixel that is pointed at. */
  readonly pixel: Signal<number | null> = signal<number | null>(null);
  readonly pad: DigitPadModel = new DigitPadModel();
  readonly asked = new Asked<FlipAnswer>();
  readonly now = new Asked<OnTheWay>();
  #stop: (() => void)[] = [];

  constructor(
    readonly source: DigitSource,
    start: { index?: number; way?: number } = {},
  ) {
    this.index = signal(wrapped(start.index ?? 0));
    this.way = signal(within(start.way ?? 0.5));
  }

  follow(): this {
    this.dispose();
    this.#stop = [
      effect(() => {
        const [own, index, target] = [this.own.value, this.index.value, this.target.value];
        const strokes = own ? this.pad.strokes.value : [];
        if (own && strokes.length === 0) return this.asked.clear();
        void this.asked.ask(() => this.#ask(own ? strokes : null, index, target));
      }),
      effect(() => {
        const [answer, way] = [this.asked.answer.value, this.way.value];
        if (!answer) return this.now.clear();
        void this.now.ask(() => onTheWay(answer, way));
      }),
    ];
    return this;
  }

  dispose(): void {
    for (const stop of this.#stop) stop();
    this.#stop = [];
  }

  retry(): void {
    this.follow();
  }

  /** Another drawn digit; the class aimed at is the nearest again. */
  turn(by: number): void {
    batch(() => {
      this.own.value = false;
      this.index.value = wrapped(this.index.peek() + by);
      this.target.value = null;
    });
  }

  draw(own: boolean): void {
    batch(() => {
      this.own.value = own;
      this.target.value = null;
    });
  }

  aim(target: number | null): void {
    this.target.value = target;
  }

  go(way: number): void {
    if (Number.isFinite(way)) this.way.value = within(way);
  }

  point(pixel: number | null): void {
    this.pixel.value = pixel;
  }

  /** Classes other than the answer, the nearest border first. */
  readonly order: ReadonlySignal<readonly { to: number; distance: number }[]> = computed(() => {
    const answer = this.asked.answer.value;
    if (!answer) return [];
    return Array.from(answer.flip.distances, (distance, to) => ({ to, distance }))
      .filter(({ to }) => to !== answer.flip.from)
      .sort((one, other) => one.distance - other.distance);
  });

  readonly spoken: ReadonlySignal<string> = computed(() => {
    const failure = this.asked.failure.value ?? this.now.failure.value;
    if (failure) return failure.message;
    const [answer, now] = [this.asked.answer.value, this.now.answer.value];
    if (!answer || !now || this.asked.pending.value || this.now.pending.value) return '';
    const [from, to] = [answer.classes[answer.flip.from], answer.classes[answer.to]];
    return `${format(100 * this.way.value, 0)} percent of the way from ${from} to ${to}: ${from} leads by ${formatShort(now.margin, 2)}. The answer is ${answer.classes[now.predicted]}.`;
  });

  to_state(): string {
    return packFields({
      i: this.own.value ? undefined : this.index.value,
      ink: this.own.value ? unpackFields(this.pad.to_state()).ink : undefined,
      to: this.target.value ?? undefined,
      w: formatShort(this.way.value, 2),
    });
  }

  from_state(state: string): void {
    const { i, ink, to, w } = unpackFields(state);
    const [index, target, way] = [Number(i ?? Number.NaN), Number(to ?? Number.NaN), Number(w ?? Number.NaN)];
    batch(() => {
      if (Number.isInteger(index) && index >= 0 && index < flipCount) this.index.value = index;
      if (ink) this.pad.from_state(packFields({ ink }));
      this.own.value = Boolean(ink) && !this.pad.empty.peek();
      this.target.value = Number.isInteger(target) && target >= 0 && target < 10 ? target : null;
      if (way >= 0 && way <= farthest) this.way.value = way;
    });
  }

  async #ask(strokes: readonly (readonly number[])[] | null, index: number, target: number | null): Promise<FlipAnswer> {
    const network = await this.source.shipped('digits');
    const { x, truth } = strokes ? { x: await (await this.source.engine()).rasterize(strokes), truth: null } : await this.#digit(index);
    const nearest = await network.flip(x);
    const to = target === null || target === nearest.from ? nearest.to : target;
    const flip = to === nearest.to ? nearest : await network.flip(x, { to });
    const [forward, { weights }] = await Promise.all([network.forward(x), network.layer(1)]);
    const row = (k: number) => weights.data.subarray(k * weights.columns, (k + 1) * weights.columns);
    const [mine, other] = [row(flip.from), row(to)];
    const difference = Float32Array.from(other, (value, i) => value - (mine[i] ?? 0));
    const value = async (address: string) => (await forward.explain(address)).result;
    const [margin, square] = await Promise.all([
      value(`network/margin[0][${flip.from}][${to}]`),
      value(`network/difference-square[${flip.from}][${to}]`),
    ]);
    const length = await (await this.source.engine()).explainPair('pair/norm[a]', x, x);
    const source = new FlipSource(forward, flip, network.classes, (address) => this.#ofDigit(address, x));
    return { x, truth, flip, to, difference, margin, square, length: length.result, classes: network.classes, network, source };
  }

  async #digit(index: number): Promise<{ x: Float32Array; truth: number }> {
    const examples = await this.source.strokes(flipCount, flipSeed);
    const [rows, labels] = await Promise.all([examples.rows(index, 1), examples.labels()]);
    return { x: rows.data, truth: labels[index] ?? 0 };
  }

  async #ofDigit(address: string, x: Float32Array): Promise<Explanation> {
    return (await this.source.engine()).explainPair(address, x, x);
  }
}

/**
 * The addresses of the network over the unchanged digit, and the distance to each border: `flip/distance[k]`, the lead over k divided
 * by the length of the difference, and `flip/difference-length[k]`, the root of its square. `pair/…` are the digit's own (its length).
 */
export class FlipSource implements Explains {
  constructor(
    private readonly network: Explains,
    private readonly flip: Pick<Flip, 'from' | 'distances'>,
    private readonly classes: readonly string[],
    private readonly digit: (address: string) => Promise<Explanation>,
  ) {}

  async explain(address: string): Promise<Explanation> {
    if (address.startsWith('pair/')) {
      const own = await this.digit(address);
      return { ...own, label: own.label.replace(/\|?a\|?/, 'length of the digit') };
    }
    const [, family, k] = /^flip\/(distance|difference-length)\[(\d+)\]$/.exec(address) ?? [];
    if (!family) return this.network.explain(address);
    return family === 'distance' ? this.#distance(address, Number(k)) : this.#length(address, Number(k));
  }

  async #distance(address: string, k: number): Promise<Explanation> {
    const { from, distances } = this.flip;
    const [lead, length] = await Promise.all([
      this.network.explain(`network/margin[0][${from}][${k}]`),
      this.#length(`flip/difference-length[${k}]`, k),
    ]);
    const result = distances[k] ?? 0;
    const value = lead.check.value / length.check.value;
    return {
      address,
      label: `distance to the border with ${this.classes[k]}`,
      formula: 'lead ÷ |difference|',
      kind: 'normalize',
      operands: [],
      products: new Float32Array(),
      terms: [
        { label: lead.label, address: lead.address, coefficient: 1, value: lead.result },
        { label: length.label, address: length.address, coefficient: 1, value: length.result },
      ],
      result,
      check: { value, difference: Math.abs(result - value), bound: rounding(value) + lead.check.bound / length.check.value },
    };
  }

  async #length(address: string, k: number): Promise<Explanation> {
    const square = await this.network.explain(`network/difference-square[${this.flip.from}][${k}]`);
    const [result, value] = [Math.fround(Math.sqrt(square.result)), Math.sqrt(square.check.value)];
    return {
      address,
      label: '|difference|',
      formula: '√(|difference|²)',
      kind: 'activation',
      operands: [],
      products: new Float32Array(),
      terms: [{ label: '|difference|²', address: square.address, coefficient: 1, value: square.result }],
      result,
      check: { value, difference: Math.abs(result - value), bound: rounding(value) + square.check.bound / value },
    };
  }
}

/** A few roundings to 32 bits. */
const rounding = (value: number) => 8 * 2 ** -24 * Math.abs(value);

async function onTheWay({ x, flip, difference, to, network }: FlipAnswer, way: number): Promise<OnTheWay> {
  const t = way * flip.scale;
  const changed = x.map((value, i) => value + t * (difference[i] ?? 0));
  const answer = await answerOf(network, changed);
  const { result } = await answer.source.explain(`network/margin[0][${flip.from}][${to}]`);
  return { ...answer, t, changed, margin: result, outside: changed.reduce((sum, value) => sum + (value < 0 || value > 1 ? 1 : 0), 0) };
}

const within = (way: number) => Math.max(0, Math.min(farthest, way));
const wrapped = (index: number) => ((Math.round(index) % flipCount) + flipCount) % flipCount;
