// What every widget's model has in common: state for the address, words for a screen reader, and questions to the engine.
// A model is signals and plain functions: no DOM, no WebAssembly. It is given the engine, so that a test can give it another.
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';

export interface WidgetModel {
  /** The state as a short string, as url_state packs it. Reading it inside an effect follows every signal it depends on. */
  to_state(): string;
  /** Takes over a state that to_state wrote. What it does not understand it leaves as it is: the address is outside input. */
  from_state(state: string): void;
  /** One sentence that says what the figure shows now. */
  readonly spoken: ReadonlySignal<string>;
  /** Stops what still runs. */
  dispose?(): void;
}

/** What went wrong, in words that a reader can act on. */
export interface Failure {
  code: string;
  message: string;
  detail: string;
}

/** Any thrown thing as a Failure; a LabError keeps its code, message and detail. */
export function asFailure(error: unknown): Failure {
  const { code, message, detail } = (error ?? {}) as Partial<Failure>;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return { code: text(code) || 'unexpected', message: text(message) || String(error), detail: text(detail) };
}

/**
 * A question to the engine and its newest answer. Asking again while one is under way drops the older answer; the last good
 * answer stays readable meanwhile, so that a figure does not blink.
 */
export class Asked<T> {
  readonly answer: Signal<T | null> = signal<T | null>(null);
  readonly pending: Signal<boolean> = signal(false);
  readonly failure: Signal<Failure | null> = signal<Failure | null>(null);
  #turn = 0;

  async ask(question: () => Promise<T>): Promise<void> {
    const turn = ++this.#turn;
    this.pending.value = true;
    try {
      const answer = await question();
      if (turn === this.#turn) this.#settle(answer, null);
    } catch (error) {
      if (turn === this.#turn) this.#settle(this.answer.peek(), asFailure(error));
    }
  }

  /** Forgets the question under way, and the answer. */
  clear(): void {
    this.#turn++;
    this.#settle(null, null);
  }

  #settle(answer: T | null, failure: Failure | null): void {
    batch(() => {
      this.answer.value = answer;
      this.failure.value = failure;
      this.pending.value = false;
    });
  }
}
