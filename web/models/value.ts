// A number or word inside a sentence: what it asks, and what the engine answers.
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Lab } from '../engine/index.ts';
import { type Answer, answerTo, type Question } from './ask.ts';
import { Asked, type WidgetModel } from './model.ts';
import { asText } from './text.ts';

export interface ValueOptions {
  question: Question;
  digits: number;
  percent: boolean;
  /** What the author wrote; it stands until the engine has answered. */
  written: string;
}

export class ValueModel implements WidgetModel {
  readonly asked = new Asked<Answer>();
  readonly #lab: () => Promise<Lab>;
  readonly #options: ValueOptions;

  constructor(lab: () => Promise<Lab>, options: ValueOptions) {
    this.#lab = lab;
    this.#options = options;
  }

  /** What stands in the sentence. A count of thousands keeps the author's grouping. */
  readonly text: ReadonlySignal<string> = computed(() => {
    const answer = this.asked.answer.value;
    const { digits, percent, written } = this.#options;
    if (!answer) return written;
    if (typeof answer.value === 'string') return answer.value.toLowerCase() === written.trim().toLowerCase() ? written : answer.value;
    const text = asText(percent ? answer.value * 100 : answer.value, digits, true);
    return sameNumber(text, written) ? written.replace(/^-/, '−') : text;
  });

  readonly spoken: ReadonlySignal<string> = computed(() => '');

  /** Asks the engine, unless it has answered. */
  async ask(): Promise<void> {
    if (this.asked.answer.peek() || this.asked.pending.peek()) return;
    await this.asked.ask(() => answerTo(this.#options.question, this.#lab));
  }

  /** The sentence keeps no state. */
  to_state(): string {
    return '';
  }
  from_state(): void {}
}

function sameNumber(text: string, written: string): boolean {
  const plain = (value: string) => Number(value.replaceAll('−', '-').replace(/[,\s\u202f](?=\d{3})/g, ''));
  return plain(text) === plain(written);
}
