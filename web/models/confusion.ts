// The confusion matrix of a digit classifier: how often each digit was taken for each, and the digits behind every cell.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { formatCount } from '../drawing/format.ts';
import type { Evaluation, Examples, Network } from '../engine/index.ts';
import { type Answer, answerOf, type DigitSource } from './digit_source.ts';
import { Asked, type WidgetModel } from './model.ts';
import { packFields, unpackFields } from './url_state.ts';

export type ClassifierName = 'digits' | 'digits-mlp' | 'live';
export const classifierNames: readonly ClassifierName[] = ['digits', 'digits-mlp', 'live'];
export type DigitsName = 'drawn' | 'real';

/** Drawn digits that no network of ours was trained on. */
export const drawnCount = 2000;
const drawnSeed = 70_007;
/** Examples of a cell that are shown at once. */
export const perPage = 12;

export interface Counted {
  network: Network;
  examples: Examples;
  labels: Uint8Array;
  evaluation: Evaluation;
  classes: readonly string[];
  /** Whether the digits are MNIST's test set and the network is one that was trained on most of it. */
  seen: boolean;
}

/** One example of a cell, with its picture and how sure the network was. */
export interface Shown {
  index: number;
  values: Float32Array;
  sure: number;
}

/** A cell of the matrix. */
export interface Cell {
  truth: number;
  answer: number;
}

export class ConfusionModel implements WidgetModel {
  readonly classifier: Signal<ClassifierName>;
  readonly digits: Signal<DigitsName>;
  readonly cell: Signal<Cell | null> = signal<Cell | null>(null);
  readonly page: Signal<number> = signal(0);
  /** The example that the reader chose: its place among all. */
  readonly chosen: Signal<number | null> = signal<number | null>(null);
  readonly asked = new Asked<Counted>();
  readonly shown = new Asked<readonly Shown[]>();
  readonly answer = new Asked<Answer & { index: number; values: Float32Array }>();
  #stop: (() => void)[] = [];

  constructor(
    readonly source: DigitSource,
    start: { classifier?: ClassifierName; cell?: Cell } = {},
  ) {
    this.classifier = signal(start.classifier ?? 'digits');
    this.digits = signal('drawn');
    this.cell.value = start.cell ?? null;
  }

  /** Asks the engine now, and whenever the question changes, until dispose. */
  follow(): this {
    this.dispose();
    this.#stop = [
      effect(() => {
        const [classifier, digits] = [this.classifier.value, this.digits.value];
        // What is not asked about is not followed.
        const live = classifier === 'live' ? this.source.live.value : null;
        void this.#count(classifier, live, digits === 'real' ? this.source.real.value : null);
      }),
      effect(() => void this.#show(this.asked.answer.value, this.places.value, this.page.value)),
      effect(() => void this.#answer(this.asked.answer.value, this.looked.value)),
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

  set(change: { classifier?: ClassifierName; digits?: DigitsName }): void {
    batch(() => {
      if (change.classifier) this.classifier.value = change.classifier;
      if (change.digits) this.digits.value = change.digits;
      this.page.value = 0;
      this.chosen.value = null;
    });
  }

  open(truth: number, answer: number): void {
    const same = this.cell.peek()?.truth === truth && this.cell.peek()?.answer === answer;
    batch(() => {
      this.cell.value = same ? null : { truth, answer };
      this.page.value = 0;
      this.chosen.value = null;
    });
  }

  turn(by: number): void {
    const last = Math.max(0, Math.ceil(this.places.peek().length / perPage) - 1);
    batch(() => {
      this.page.value = Math.max(0, Math.min(last, this.page.peek() + by));
      this.chosen.value = null;
    });
  }

  choose(index: number | null): void {
    this.chosen.value = index;
  }

  /** Places of the open cell's examples among all. */
  readonly places: ReadonlySignal<readonly number[]> = computed(() => {
    const [counted, cell] = [this.asked.answer.value, this.cell.value];
    return counted && cell ? placesOf(counted, cell) : [];
  });

  /** The example whose numbers are shown: the chosen one, else the first of the page. */
  readonly looked: ReadonlySignal<number | null> = computed(
    () => this.chosen.value ?? this.places.value[this.page.value * perPage] ?? null,
  );

  /** The pair of digits that is confused most often. */
  readonly worst: ReadonlySignal<Confused | null> = computed(() => {
    const counted = this.asked.answer.value;
    return counted ? worstOf(counted.evaluation.confusion, counted.classes.length) : null;
  });

  readonly worstSays: ReadonlySignal<string> = computed(() => {
    const [worst, counted] = [this.worst.value, this.asked.answer.value];
    if (!counted) return '';
    if (!worst) return 'Nothing is confused: every answer is right.';
    const [truth, answer] = [counted.classes[worst.truth], counted.classes[worst.answer]];
    return `Most often confused: ${truth} taken for ${answer}, ${formatCount(worst.count)} of ${formatCount(worst.of)} times.`;
  });

  readonly spoken: ReadonlySignal<string> = computed(() => {
    const failure = this.asked.failure.value;
    if (failure) return failure.message;
    const counted = this.asked.answer.value;
    if (!counted || this.asked.pending.value) return '';
    const { correct, count } = counted.evaluation;
    const cell = this.cell.value;
    const open = cell
      ? ` Open: ${formatCount(this.places.value.length)} times ${counted.classes[cell.truth]} ${cell.truth === cell.answer ? 'and rightly so' : `taken for ${counted.classes[cell.answer]}`}.`
      : '';
    return `${formatCount(correct)} of ${formatCount(count)} right. ${this.worstSays.value}${open}`;
  });

  to_state(): string {
    const cell = this.cell.value;
    return packFields({
      net: this.classifier.value,
      // Dropped files are not in the address: who follows it sees the drawn digits.
      cell: cell ? `${cell.truth},${cell.answer}` : undefined,
      one: this.chosen.value ?? undefined,
    });
  }

  from_state(state: string): void {
    const { net, cell, one } = unpackFields(state);
    const classifier = classifierNames.find((name) => name === net);
    const [, truth, answer] = /^(\d),(\d)$/.exec(cell ?? '') ?? [];
    const index = Number(one ?? Number.NaN);
    batch(() => {
      if (classifier) this.classifier.value = classifier;
      this.digits.value = 'drawn';
      this.cell.value = truth === undefined ? null : { truth: Number(truth), answer: Number(answer) };
      this.page.value = 0;
      this.chosen.value = Number.isInteger(index) && index >= 0 && index < drawnCount ? index : null;
    });
  }

  #count(
    classifier: ClassifierName,
    live: { network: Network } | null,
    real: { examples: Examples; testSet: boolean } | null,
  ): Promise<void> {
    if (classifier === 'live' && !live) {
      this.asked.clear();
      return Promise.resolve();
    }
    return this.asked.ask(async () => {
      const network = classifier === 'live' ? (live as { network: Network }).network : await this.source.shipped(classifier);
      const examples = real?.examples ?? (await this.source.strokes(drawnCount, drawnSeed));
      const [evaluation, labels] = await Promise.all([network.evaluate(examples), examples.labels()]);
      return { network, examples, labels, evaluation, classes: network.classes, seen: Boolean(real?.testSet) && classifier !== 'live' };
    });
  }

  #show(counted: Counted | null, places: readonly number[], page: number): Promise<void> {
    if (!counted || places.length === 0) {
      this.shown.clear();
      return Promise.resolve();
    }
    const some = places.slice(page * perPage, (page + 1) * perPage);
    return this.shown.ask(async () => {
      const rows = await Promise.all(some.map((index) => counted.examples.rows(index, 1)));
      const columns = counted.examples.inputs;
      const data = new Float32Array(some.length * columns);
      rows.forEach((row, i) => data.set(row.data, i * columns));
      const { probabilities } = await counted.network.forward({ rows: some.length, columns, data });
      return some.map((index, i) => ({
        index,
        values: data.subarray(i * columns, (i + 1) * columns),
        sure: probabilities.data[i * probabilities.columns + (counted.evaluation.predicted[index] ?? 0)] ?? 0,
      }));
    });
  }

  #answer(counted: Counted | null, index: number | null): Promise<void> {
    if (!counted || index === null || index >= counted.evaluation.count) {
      this.answer.clear();
      return Promise.resolve();
    }
    return this.answer.ask(async () => {
      const values = (await counted.examples.rows(index, 1)).data;
      return { ...(await answerOf(counted.network, values)), index, values };
    });
  }
}

export interface Confused extends Cell {
  count: number;
  /** How many there are of the true class. */
  of: number;
}

/** The cell off the diagonal with the largest count; null if all are empty. */
export function worstOf(confusion: ArrayLike<number>, classes: number): Confused | null {
  let worst: Confused | null = null;
  for (let truth = 0; truth < classes; truth++) {
    let of = 0;
    for (let answer = 0; answer < classes; answer++) of += confusion[truth * classes + answer] ?? 0;
    for (let answer = 0; answer < classes; answer++) {
      const count = confusion[truth * classes + answer] ?? 0;
      if (answer !== truth && count > (worst?.count ?? 0)) worst = { truth, answer, count, of };
    }
  }
  return worst;
}

/** Which examples were of one class and answered as another. */
export function placesOf({ labels, evaluation }: Pick<Counted, 'labels' | 'evaluation'>, { truth, answer }: Cell): number[] {
  const places: number[] = [];
  for (let i = 0; i < labels.length; i++) if (labels[i] === truth && evaluation.predicted[i] === answer) places.push(i);
  return places;
}
