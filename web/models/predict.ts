// A prediction: the reader's guess, and after it the engine's answer beside it.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { Lab } from '../engine/index.ts';
import { type Answer, answerTo, type Question } from './ask.ts';
import { extremeChoice, pickedChoice, type Sign, signOf } from './guess.ts';
import { Asked, type WidgetModel } from './model.ts';
import { asText } from './text.ts';
import { packFields, unpackFields } from './url_state.ts';

export interface PredictOptions {
  kind: 'number' | 'sign' | 'choice';
  question: Question;
  /** For kind number: the slider, in the units that are shown. */
  min: number;
  max: number;
  step: number;
  /** Where the first arrow key starts from. */
  start: number;
  digits: number;
  percent: boolean;
  near: number;
  pick: 'largest' | 'smallest' | null;
  /** For kind choice: the texts, and with pick what each asks. */
  choices: { text: string; question: Question | null }[];
  /** Where guesses are remembered; absent: nowhere. */
  memory?: { read(): string | undefined; write(guess: string): void };
}

/** What the engine said: the number behind it, and which choice that makes right (−1 for kind number). */
export interface Outcome {
  answer: Answer;
  /** As shown: already times 100 for percent. */
  value: number | string;
  right: number;
  /** With pick: each choice's own answer. */
  answers: Answer[];
}

export const signs: readonly { sign: Sign; text: string }[] = [
  { sign: 'negative', text: 'negative' },
  { sign: 'zero', text: 'about zero' },
  { sign: 'positive', text: 'positive' },
];

export class PredictModel implements WidgetModel {
  readonly options: PredictOptions;
  readonly asked = new Asked<Outcome>();
  /** Where the reader has put the slider; null before they touch it, so that no number is suggested. */
  readonly placed: Signal<number | null> = signal<number | null>(null);
  /** The guess that was made: a number, or the index of a choice or sign; null before. */
  readonly guess: Signal<number | null> = signal<number | null>(null);
  readonly #lab: () => Promise<Lab>;
  #seen = false;

  constructor(lab: () => Promise<Lab>, options: PredictOptions) {
    this.#lab = lab;
    this.options = options;
    const remembered = options.memory?.read();
    if (remembered !== undefined) this.from_state(remembered);
  }

  /** The texts to choose from. */
  get texts(): string[] {
    return this.options.kind === 'sign' ? signs.map(({ text }) => text) : this.options.choices.map(({ text }) => text);
  }

  /** Makes the guess and asks the engine. */
  async make(guess: number): Promise<void> {
    this.guess.value = guess;
    if (this.options.kind === 'number') this.placed.value = guess;
    this.options.memory?.write(this.to_state());
    await this.ask();
  }

  /** Forgets the guess. */
  clear(): void {
    this.from_state('');
    this.options.memory?.write('');
  }

  /** The reader has come near: a guess that was made before gets its answer now. */
  see(): void {
    this.#seen = true;
    if (this.guess.peek() !== null && !this.asked.answer.peek() && !this.asked.pending.peek()) void this.ask();
  }

  async ask(): Promise<void> {
    await this.asked.ask(() => this.#outcome());
  }

  /** The guess as text. */
  readonly guessed: ReadonlySignal<string> = computed(() => {
    const guess = this.guess.value;
    if (guess === null) return '';
    return this.options.kind === 'number' ? asText(guess, this.options.digits, true) : (this.texts[guess] ?? '');
  });

  readonly spoken: ReadonlySignal<string> = computed(() => {
    const outcome = this.asked.answer.value;
    if (this.guess.value === null || !outcome) return '';
    const said = typeof outcome.value === 'string' ? outcome.value : asText(outcome.value, this.options.digits, true);
    const right =
      outcome.right < 0
        ? ''
        : outcome.right === this.guess.value
          ? ' You were right.'
          : ` The right one: ${this.texts[outcome.right] ?? ''}.`;
    return this.options.pick
      ? `You said ${this.guessed.value}.${right}`
      : `You said ${this.guessed.value}. The engine says ${said}.${right}`;
  });

  to_state(): string {
    return packFields({ g: this.guess.value ?? undefined });
  }

  from_state(state: string): void {
    const { g } = unpackFields(state);
    const guess = Number(g);
    const { kind, min, max } = this.options;
    const fits =
      g !== undefined &&
      g !== '' &&
      (kind === 'number' ? guess >= min && guess <= max : Number.isInteger(guess) && guess >= 0 && guess < this.texts.length);
    this.guess.value = fits ? guess : null;
    if (fits && kind === 'number') this.placed.value = guess;
    if (!fits) {
      this.asked.clear();
      this.placed.value = null;
    } else if (this.#seen) this.see();
  }

  async #outcome(): Promise<Outcome> {
    const { kind, question, percent, near, pick, choices } = this.options;
    if (pick) {
      const answers: Answer[] = [];
      for (const choice of choices) answers.push(await answerTo(choice.question ?? question, this.#lab));
      const values = answers.map((one) => Number(one.value));
      const right = extremeChoice(values, pick);
      return { answer: answers[right] as Answer, value: values[right] ?? Number.NaN, right, answers };
    }
    const answer = await answerTo(question, this.#lab);
    const value = typeof answer.value === 'number' && percent ? answer.value * 100 : answer.value;
    if (kind === 'number') return { answer, value, right: -1, answers: [] };
    const right = kind === 'sign' ? signs.findIndex(({ sign }) => sign === signOf(Number(value), near)) : pickedChoice(this.texts, value);
    return { answer, value, right, answers: [] };
  }
}
