// Logits to probabilities, with a temperature. The engine computes it as what it is in a classifier: a network whose weights are the
// identity, so that its logits are the numbers that the reader sets.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { format, formatShort } from '../drawing/format.ts';
import type { Lab, Network } from '../engine/index.ts';
import { Asked, type WidgetModel } from './model.ts';
import { type SoftmaxRow, softmaxRow } from './softmax_row.ts';
import { packFields, packVector, unpackFields, unpackVector } from './url_state.ts';

export const fewest = 2;
export const most = 6;
/** Logits lie within ±reach. */
export const reach = 10;
export const temperatures = { least: 0.1, most: 10 } as const;

type Engine = () => Promise<Pick<Lab, 'newNetwork'>>;

export class SoftmaxModel implements WidgetModel {
  readonly logits: Signal<readonly number[]>;
  readonly temperature: Signal<number>;
  readonly names: readonly string[];
  readonly asked = new Asked<SoftmaxRow>();
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());
  /** Networks by their number of classes: a class more needs another one. */
  readonly #networks = new Map<number, Promise<Network>>();

  constructor(
    private readonly engine: Engine,
    start: { logits?: readonly number[] | null; temperature?: number; names?: readonly string[] } = {},
  ) {
    this.logits = signal(logitsOf(start.logits) ?? [2, 1, 0.1]);
    this.temperature = signal(temperatureOf(start.temperature ?? 1) ?? 1);
    const given = (start.names ?? []).map((name) => name.trim()).filter(Boolean);
    const spare = ['a', 'b', 'c', 'd', 'e', 'f'].filter((name) => !given.includes(name));
    this.names = [...new Set([...given, ...spare])].slice(0, most);
    this.#ask();
  }

  /** Logit k, kept within reach, on hundredths. */
  set(k: number, value: number): void {
    const logits = this.logits.peek();
    if (!Number.isFinite(value) || logits[k] === undefined) return;
    this.logits.value = logits.with(k, within(value));
    this.#ask();
  }

  /** The same number on top of every logit; as far as all stay within reach. */
  shift(by: number): void {
    const logits = this.logits.peek();
    const [low, high] = [Math.min(...logits), Math.max(...logits)];
    const far = Math.max(-reach - low, Math.min(reach - high, by));
    this.logits.value = logits.map((value) => within(value + far));
    this.#ask();
  }

  set_temperature(value: number): void {
    const temperature = temperatureOf(value);
    if (temperature === null) return;
    this.temperature.value = temperature;
    this.#ask();
  }

  add(): void {
    if (this.logits.peek().length >= most) return;
    this.logits.value = [...this.logits.peek(), 0];
    this.#ask();
  }

  remove(): void {
    if (this.logits.peek().length <= fewest) return;
    this.logits.value = this.logits.peek().slice(0, -1);
    this.#ask();
  }

  retry(): void {
    this.#ask();
  }

  dispose(): void {
    for (const network of this.#networks.values()) network.then((one) => one.dispose()).catch(() => {});
    this.#networks.clear();
  }

  /** What the temperature does, in a sentence. */
  readonly says: ReadonlySignal<string> = computed(() => {
    const row = this.asked.answer.value;
    if (!row) return '';
    const [t, count] = [this.temperature.value, row.probabilities.length];
    const top = row.probabilities[row.predicted] ?? 0;
    const first = this.names[row.predicted] ?? '';
    const tied = row.logits.filter((value) => value === row.logits[row.predicted]).length;
    if (tied === count) return `All logits are equal: each class gets 1 of ${count} parts, at any temperature.`;
    if (tied > 1) return `${tied} classes share the largest logit: argmax takes the first of them, softmax gives them equal parts.`;
    if (top > 0.99) return `Nearly everything goes to ${first}: softmax has become argmax.`;
    if (top < 1.15 / count) return `Nearly even: each class gets about 1 of ${count} parts, and ${first} is still first.`;
    if (t < 1) return `Colder than 1: the gaps between the logits count ${formatShort(1 / t, 1)} times as much, and ${first} takes more.`;
    if (t > 1) return `Warmer than 1: the gaps between the logits count only 1/${formatShort(t, 1)} as much, and the others catch up.`;
    return `Each step of 1 between two logits is a factor of e, ${format(Math.E, 2)}, between their shares.`;
  });

  to_state(): string {
    return packFields({ z: packVector(this.logits.value), t: formatPlain(this.temperature.value) });
  }

  from_state(state: string): void {
    const { z, t } = unpackFields(state);
    const logits = logitsOf(unpackVector(z));
    const temperature = temperatureOf(Number(t));
    if (!logits || temperature === null) return;
    batch(() => {
      this.logits.value = logits;
      this.temperature.value = temperature;
    });
    this.#ask();
  }

  #ask(): void {
    const [logits, temperature] = [this.logits.peek(), this.temperature.peek()];
    void this.asked.ask(async () => {
      const network = await this.#network(logits.length);
      return softmaxRow(await network.forward([...logits], { temperature }));
    });
  }

  #network(count: number): Promise<Network> {
    const known = this.#networks.get(count);
    if (known) return known;
    const made = this.#identity(count);
    this.#networks.set(count, made);
    made.catch(() => this.#networks.delete(count));
    return made;
  }

  async #identity(count: number): Promise<Network> {
    const lab = await this.engine();
    const network = await lab.newNetwork({ inputs: count, classes: this.names.slice(0, count) });
    const data = Float32Array.from({ length: count * count }, (_, i) => (i % (count + 1) === 0 ? 1 : 0));
    await network.setLayers([{ weights: { rows: count, columns: count, data }, biases: new Float32Array(count) }]);
    return network;
  }

  #words(): string {
    const failure = this.asked.failure.value;
    if (failure) return failure.message;
    const row = this.asked.answer.value;
    if (!row) return '';
    const parts = Array.from(row.probabilities, (value, k) => `${this.names[k]} ${formatShort(100 * value, 1)}`).join(', ');
    return `At temperature ${formatShort(this.temperature.value, 2)}, percent: ${parts}. The largest is ${this.names[row.predicted]}. ${this.says.value}`;
  }
}

const within = (value: number) => Math.round(100 * Math.max(-reach, Math.min(reach, value))) / 100 + 0;
const formatPlain = (value: number) => String(Number(value.toPrecision(3)));

function logitsOf(values: readonly number[] | null | undefined): readonly number[] | null {
  if (!values || values.length < fewest || values.length > most) return null;
  return values.every((value) => Number.isFinite(value) && Math.abs(value) <= reach) ? values : null;
}

function temperatureOf(value: number): number | null {
  if (!Number.isFinite(value) || value <= 0) return null;
  return Number(Math.max(temperatures.least, Math.min(temperatures.most, value)).toPrecision(3));
}
