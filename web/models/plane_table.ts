// A table of the reader's own in the plane: two of its columns across and up, one for the class, standardized by the engine so that
// neither column drowns the other. The table stays in this tab: it is not written into the address.
import { batch, type Signal, signal } from '@preact/signals-core';
import type { Lab } from '../engine/index.ts';
import { type CsvTable, defaultColumns, examplesOf, readCsv } from './csv_table.ts';
import { asFailure, type Failure } from './model.ts';
import type { PlaneData } from './plane_data.ts';
import type { Point } from './point_sets.ts';

export interface TableChoice {
  across: number;
  up: number;
  label: number;
}

/** What was done to the columns: (value − mean) / deviation. */
export interface Standardized {
  names: readonly [string, string];
  means: readonly number[];
  deviations: readonly number[];
  /** Rows left out because a chosen cell is empty. */
  left: readonly number[];
  rows: number;
}

type Engine = () => Promise<Pick<Lab, 'examples'>>;

export class PlaneTable {
  readonly text: Signal<string> = signal('');
  readonly table: Signal<CsvTable | null> = signal<CsvTable | null>(null);
  readonly choice: Signal<TableChoice> = signal({ across: 0, up: 1, label: 2 });
  readonly failure: Signal<Failure | null> = signal<Failure | null>(null);
  readonly done: Signal<Standardized | null> = signal<Standardized | null>(null);
  #turn = 0;

  /** @param taken is called with the points once they are in the plane */
  constructor(
    private readonly engine: Engine,
    private readonly data: PlaneData,
    private readonly taken: () => void,
  ) {}

  /** Reads pasted or dropped text, and draws its first two columns of numbers. */
  async read(text: string): Promise<void> {
    const turn = ++this.#turn;
    this.text.value = text;
    try {
      const table = await readCsv(text);
      if (turn !== this.#turn) return;
      const [across = 0, up = 1] = defaultColumns(table);
      batch(() => {
        this.table.value = table;
        this.choice.value = { across, up, label: table.label };
      });
      await this.#draw(turn);
    } catch (error) {
      if (turn === this.#turn) this.failure.value = asFailure(error);
    }
  }

  /** Other columns of the same table. */
  async choose(change: Partial<TableChoice>): Promise<void> {
    this.choice.value = { ...this.choice.peek(), ...change };
    const turn = ++this.#turn;
    try {
      await this.#draw(turn);
    } catch (error) {
      if (turn === this.#turn) this.failure.value = asFailure(error);
    }
  }

  async #draw(turn: number): Promise<void> {
    const table = this.table.peek();
    if (!table) return;
    const { across, up, label } = this.choice.peek();
    const { rows, labels, classes, left } = examplesOf(table, [across, up], label);
    const lab = await this.engine();
    const raw = await lab.examples({ rows: { rows: rows.length, columns: 2, data: Float32Array.from(rows.flat()) }, labels, classes });
    const { examples, means, deviations } = await raw.standardize();
    const { data } = await examples.rows(0, rows.length);
    await Promise.all([raw.dispose(), examples.dispose()]);
    if (turn !== this.#turn) return;
    const nameOf = (column: number) => table.columns[column]?.name ?? '';
    const points = rows.map((_, n): Point => [data[2 * n] ?? 0, data[2 * n + 1] ?? 0]);
    batch(() => {
      this.failure.value = null;
      this.done.value = { names: [nameOf(across), nameOf(up)], means: [...means], deviations: [...deviations], left, rows: rows.length };
      this.data.take_table(points, labels, classes, { across: nameOf(across), up: nameOf(up), label: nameOf(label) });
    });
    this.taken();
  }
}
