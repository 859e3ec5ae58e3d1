// A small layer whose every number can be changed: a matrix of rows, a vector, a bias for each row; one dot product per row. The
// engine computes it as what it is in a network, a layer, so that each number has a network's address.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { formatShort } from '../drawing/format.ts';
import type { Explanation, Forward, Lab, Network } from '../engine/index.ts';
import { Asked, type WidgetModel } from './model.ts';
import { type Explains, pairSource } from './unfold.ts';
import { packFields, packVector, unpackFields, unpackVector } from './url_state.ts';

/** Rows and columns: from, to. A layer of one row would be one dot product, which lesson 1 has shown. */
export const fewest = 2;
export const most = 6;
/** Numbers lie within ±reach. */
export const reach = 1000;

const names = ['y₁', 'y₂', 'y₃', 'y₄', 'y₅', 'y₆'];

export interface MatvecAnswer {
  /** row · x, for each row. */
  dots: Float32Array;
  /** row · x + bias. */
  outputs: Float32Array;
  /** Place by place, of the chosen row. */
  products: Float32Array;
  /** Which row `products` are of. */
  row: number;
  /** Explains `network/logit[0][k]`, `network/row[0][1][k]`, `network/weight[1][k][i]`, `network/bias[1][k]`, `network/input[0][i]`. */
  source: Pick<Forward, 'explain'>;
  /** Explains `pair/product[i]` of the chosen row. */
  pair: Explains;
}

export interface MatvecStart {
  rows?: readonly (readonly number[])[] | null;
  x?: readonly number[] | null;
  bias?: readonly number[] | null;
  chosen?: number;
}

type Engine = () => Promise<Pick<Lab, 'newNetwork' | 'explainPair'>>;

interface Numbers {
  rows: readonly (readonly number[])[];
  x: readonly number[];
  bias: readonly number[];
}

export class MatvecModel implements WidgetModel {
  readonly numbers: Signal<Numbers>;
  readonly chosen: Signal<number>;
  readonly asked = new Asked<MatvecAnswer>();
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());
  /** Networks by their shape. */
  readonly #networks = new Map<string, Promise<Network>>();

  constructor(
    private readonly engine: Engine,
    start: MatvecStart = {},
  ) {
    this.numbers = signal(
      numbersOf(start.rows, start.x, start.bias) ?? {
        rows: [
          [1, -1, 0.5, 2],
          [0, 0, 1, 0],
          [-1, 1, -0.5, -2],
        ],
        x: [2, 1, -1, 0.5],
        bias: [0, 1, 0.5],
      },
    );
    this.chosen = signal(this.#row(start.chosen ?? 0) ?? 0);
    this.#ask();
  }

  /** The name of output k. */
  name(k: number): string {
    return names[k] ?? `y${k + 1}`;
  }

  set_weight(k: number, i: number, value: number): void {
    const { rows } = this.numbers.peek();
    const row = rows[k];
    if (row?.[i] === undefined || !within(value)) return;
    this.#take({ rows: rows.with(k, row.with(i, value)) });
  }

  set_x(i: number, value: number): void {
    const { x } = this.numbers.peek();
    if (x[i] === undefined || !within(value)) return;
    this.#take({ x: x.with(i, value) });
  }

  set_bias(k: number, value: number): void {
    const { bias } = this.numbers.peek();
    if (bias[k] === undefined || !within(value)) return;
    this.#take({ bias: bias.with(k, value) });
  }

  choose(k: number): void {
    const row = this.#row(k);
    if (row === null || row === this.chosen.peek()) return;
    this.chosen.value = row;
    this.#ask();
  }

  /** A row more: it picks out one place of x, until the reader changes it. */
  add_row(): void {
    const { rows, x, bias } = this.numbers.peek();
    if (rows.length >= most) return;
    this.#take({ rows: [...rows, x.map((_, i) => (i === rows.length % x.length ? 1 : 0))], bias: [...bias, 0] });
  }

  remove_row(): void {
    const { rows, bias } = this.numbers.peek();
    if (rows.length <= fewest) return;
    this.#take({ rows: rows.slice(0, -1), bias: bias.slice(0, -1) });
  }

  /** A place more in x and in every row. */
  add_column(): void {
    const { rows, x } = this.numbers.peek();
    if (x.length >= most) return;
    this.#take({ rows: rows.map((row, k) => [...row, k % 2 === 0 ? 1 : -1]), x: [...x, 1] });
  }

  remove_column(): void {
    const { rows, x } = this.numbers.peek();
    if (x.length <= fewest) return;
    this.#take({ rows: rows.map((row) => row.slice(0, -1)), x: x.slice(0, -1) });
  }

  retry(): void {
    this.#ask();
  }

  dispose(): void {
    for (const network of this.#networks.values()) network.then((one) => one.dispose()).catch(() => {});
    this.#networks.clear();
  }

  to_state(): string {
    const { rows, x, bias } = this.numbers.value;
    return packFields({ w: rows.map(packVector).join('|'), x: packVector(x), b: packVector(bias), at: this.chosen.value });
  }

  from_state(state: string): void {
    const fields = unpackFields(state);
    const rows = (fields.w ?? '').split('|').map((row) => unpackVector(row) ?? []);
    const numbers = numbersOf(rows, unpackVector(fields.x), unpackVector(fields.b));
    if (!numbers) return;
    batch(() => {
      this.numbers.value = numbers;
      this.chosen.value = this.#row(Number(fields.at)) ?? 0;
    });
    this.#ask();
  }

  #take(change: Partial<Numbers>): void {
    batch(() => {
      this.numbers.value = { ...this.numbers.peek(), ...change };
      this.chosen.value = Math.min(this.chosen.peek(), this.numbers.peek().rows.length - 1);
    });
    this.#ask();
  }

  #row(k: number): number | null {
    return Number.isInteger(k) && k >= 0 && k < this.numbers.peek().rows.length ? k : null;
  }

  #ask(): void {
    const { rows, x, bias } = this.numbers.peek();
    const row = this.chosen.peek();
    void this.asked.ask(async () => {
      const network = await this.#network(rows.length, x.length);
      await network.setLayers([
        { weights: { rows: rows.length, columns: x.length, data: Float32Array.from(rows.flat()) }, biases: [...bias] },
      ]);
      const forward = await network.forward([...x]);
      const explained = await Promise.all(rows.map((_, k) => forward.explain(`network/row[0][1][${k}]`)));
      return {
        dots: Float32Array.from(explained, (one: Explanation) => one.result),
        outputs: forward.logits.data,
        products: explained[row]?.products ?? new Float32Array(),
        row,
        source: forward,
        pair: pairSource(this.engine, rows[row] ?? [], x),
      };
    });
  }

  #network(rows: number, columns: number): Promise<Network> {
    const shape = `${rows}x${columns}`;
    const known = this.#networks.get(shape);
    if (known) return known;
    const made = this.engine().then((lab) => lab.newNetwork({ inputs: columns, classes: names.slice(0, rows) }));
    this.#networks.set(shape, made);
    made.catch(() => this.#networks.delete(shape));
    return made;
  }

  #words(): string {
    const failure = this.asked.failure.value;
    if (failure) return failure.message;
    const answer = this.asked.answer.value;
    const { rows, bias } = this.numbers.value;
    if (!answer || answer.outputs.length !== rows.length) return '';
    const k = answer.row;
    const all = Array.from(answer.outputs, (value) => formatShort(value, 2)).join(', ');
    return `Row ${k + 1} of ${rows.length}: row times x is ${formatShort(answer.dots[k] ?? 0, 2)}, with the bias ${formatShort(bias[k] ?? 0, 2)} it is ${formatShort(answer.outputs[k] ?? 0, 2)}. The outputs are ${all}.`;
  }
}

const within = (value: number) => Number.isFinite(value) && Math.abs(value) <= reach;

/** The three as a layer's numbers; null where their counts do not fit each other or a number is none. Without a bias: zeros. */
export function numbersOf(
  rows: readonly (readonly number[])[] | null | undefined,
  x: readonly number[] | null | undefined,
  bias: readonly number[] | null | undefined,
): Numbers | null {
  if (!rows || !x) return null;
  const b = bias ?? rows.map(() => 0);
  const fits = (count: number) => count >= fewest && count <= most;
  if (!fits(rows.length) || !fits(x.length) || b.length !== rows.length || !rows.every((row) => row.length === x.length)) return null;
  return [...rows.flat(), ...x, ...b].every(within) ? { rows, x, bias: b } : null;
}
