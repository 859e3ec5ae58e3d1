// An exercise on the page: what is asked, what the reader has answered, what they are told. The grading is exercise.ts.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { Lab } from '../engine/index.ts';
import type { CheckSpec, Value } from './check_spec.ts';
import { drawExercise, type Exercise, explanationText, type Grade, gradeReply, hintText, rightText } from './exercise.ts';
import { Asked, type WidgetModel } from './model.ts';
import type { LessonProgress } from './progress.ts';
import { asText, readNumber } from './text.ts';
import { packFields, unpackFields } from './url_state.ts';

/** What is shown once the answer was asked for. */
export interface Solution {
  right: string;
  explanation: string;
}

export class CheckModel implements WidgetModel {
  readonly #load: () => Promise<CheckSpec>;
  readonly #lab: () => Promise<Lab>;
  readonly #base: () => number;
  readonly #progress: LessonProgress | null;
  /** The exercise as drawn; asked for when the reader comes near. */
  readonly drawn = new Asked<Exercise>();
  /** How often another one was asked for. */
  readonly turn: Signal<number> = signal(0);
  /** What is typed, place by place; of a choice one entry, the index; of an order the indices of the items shown. */
  readonly typed: Signal<readonly string[]> = signal<readonly string[]>([]);
  readonly grade: Signal<Grade | null> = signal<Grade | null>(null);
  /** The hints that were asked for, as HTML. */
  readonly hints: Signal<readonly string[]> = signal<readonly string[]>([]);
  readonly solution: Signal<Solution | null> = signal<Solution | null>(null);
  #near = false;
  #resuming = false;
  /** Whether the answer was asked for. */
  #seen = false;

  constructor(load: () => Promise<CheckSpec>, lab: () => Promise<Lab>, seed: () => number, progress: LessonProgress | null = null) {
    this.#load = load;
    this.#lab = lab;
    this.#base = seed;
    this.#progress = progress;
  }

  /** The seed of the numbers shown: the page's, and one more for each other one. */
  get seed(): number {
    return (this.#base() + this.turn.value) % 2 ** 32;
  }

  /** Draws the exercise. */
  async see(): Promise<void> {
    this.#near = true;
    await this.drawn.ask(async () => drawExercise(await this.#load(), this.#lab, this.seed));
    const exercise = this.drawn.answer.peek();
    if (!exercise || exercise.seed !== this.seed) return;
    this.typed.value = this.#start(exercise);
    await this.#resume(exercise);
  }

  /** Writes into one place. A new answer takes the verdict away. */
  type(place: number, text: string): void {
    batch(() => {
      this.typed.value = this.typed.peek().map((old, i) => (i === place ? text : old));
      this.grade.value = null;
    });
    this.#keep();
  }

  /** Moves an item of an order up (−1) or down (1). */
  move(place: number, by: -1 | 1): void {
    const order = [...this.typed.peek()];
    const other = place + by;
    if (other < 0 || other >= order.length) return;
    [order[place], order[other]] = [order[other] as string, order[place] as string];
    batch(() => {
      this.typed.value = order;
      this.grade.value = null;
    });
    this.#keep();
  }

  /** What was answered, as the grading wants it; null for nothing yet. */
  reply(): Value | null {
    const exercise = this.drawn.answer.peek();
    const typed = this.typed.peek();
    if (!exercise || typed.every((text) => text.trim() === '')) return null;
    const { type, unit } = exercise.spec;
    if (type === 'number') return readNumber(typed[0] ?? '', unit);
    if (type === 'vector') return typed.map((text) => readNumber(text));
    if (type === 'choice') return Number(typed[0]);
    if (type === 'order') return typed.map((index) => exercise.shown[Number(index)] as Value);
    return typed[0] ?? '';
  }

  async submit(): Promise<void> {
    const exercise = this.drawn.answer.peek();
    if (!exercise) return;
    const typed = this.typed.peek();
    const grade = await gradeReply(exercise, this.reply(), this.#lab);
    if (this.typed.peek() !== typed || this.drawn.answer.peek() !== exercise) return;
    this.grade.value = grade;
    if (grade.verdict === 'right') {
      if (!this.solution.peek()) this.#progress?.mark(exercise.spec.id, 'right');
      this.solution.value = { right: rightText(exercise), explanation: await explanationText(exercise, this.#lab) };
    }
    this.#keep();
  }

  /** The next hint, if there is one. */
  async hint(): Promise<void> {
    const exercise = this.drawn.answer.peek();
    const { length } = this.hints.peek();
    if (!exercise || length >= exercise.spec.hints.length) return;
    this.hints.value = [...this.hints.peek(), await hintText(exercise, length, this.#lab)];
    this.#keep();
  }

  /** Shows the right answer; a verdict on what was typed gives way to it. */
  async show(): Promise<void> {
    const exercise = this.drawn.answer.peek();
    if (!exercise) return;
    this.#seen = true;
    this.#progress?.mark(exercise.spec.id, 'shown');
    const solution = { right: rightText(exercise), explanation: await explanationText(exercise, this.#lab) };
    batch(() => {
      this.solution.value = solution;
      this.grade.value = null;
    });
    this.#keep();
  }

  /** The same with other numbers. */
  async another(): Promise<void> {
    this.#blank();
    this.turn.value = this.turn.peek() + 1;
    await this.see();
  }

  readonly spoken: ReadonlySignal<string> = computed(() => {
    const grade = this.grade.value;
    if (!grade) return '';
    if (grade.verdict === 'refused') return grade.message;
    return grade.verdict === 'right' ? 'Right.' : `Not right. ${grade.hint.replace(/<[^>]*>/g, '').trim()}`;
  });

  /** The address says which numbers are asked, and never what was answered: a link that is passed on gives nothing away. */
  to_state(): string {
    return packFields({ n: this.turn.value || undefined });
  }

  from_state(state: string): void {
    const turn = Number(unpackFields(state).n ?? 0);
    this.#blank();
    this.turn.value = Number.isInteger(turn) && turn >= 0 && turn < 2 ** 31 ? turn : 0;
    if (this.#near) void this.see();
  }

  /** Keeps on the device what stands here, with the seed of the numbers that it answers. */
  #keep(): void {
    const exercise = this.drawn.answer.peek();
    if (!exercise || this.#resuming) return;
    const typed = this.typed.peek();
    const grade = this.grade.peek();
    const packed = packFields({
      t: typed.join('\n') !== this.#start(exercise).join('\n') ? typed.map((text) => text.replaceAll('|', '')).join('|') : undefined,
      g: grade && grade.verdict !== 'refused' ? 1 : undefined,
      h: this.hints.peek().length || undefined,
      s: this.#seen ? 1 : undefined,
    });
    this.#progress?.keep(exercise.spec.id, packed && `${packFields({ seed: exercise.seed })};${packed}`);
  }

  /** Puts back what was kept, if it answers these numbers. */
  async #resume(exercise: Exercise): Promise<void> {
    const { seed, t, g, h = '0', s } = unpackFields(this.#progress?.answer(exercise.spec.id) ?? '');
    if (seed !== String(exercise.seed)) return;
    this.#resuming = true;
    try {
      const typed = t === undefined ? [] : t.split('|');
      if (typed.length === this.typed.peek().length) this.typed.value = typed;
      for (let i = 0; i < Math.min(9, Number(h) || 0); i++) await this.hint();
      if (s === '1') await this.show();
      if (g === '1') await this.submit();
    } finally {
      this.#resuming = false;
    }
  }

  #blank(): void {
    this.#seen = false;
    batch(() => {
      this.drawn.clear();
      this.typed.value = [];
      this.grade.value = null;
      this.hints.value = [];
      this.solution.value = null;
    });
  }

  /** Nothing typed; of an order the items as shown. */
  #start(exercise: Exercise): string[] {
    if (exercise.spec.type === 'vector') return (exercise.right as Value[]).map(() => '');
    return exercise.spec.type === 'order' ? exercise.shown.map((_, i) => String(i)) : [''];
  }
}

/** An item of an order as text. */
export function itemText(exercise: Exercise, index: string): string {
  return asText(exercise.shown[Number(index)]);
}
