// A live cell: the reader's code, what it printed, whether it runs. How it is run is given from outside.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { WidgetModel } from './model.ts';
import { packFields, unpackFields } from './url_state.ts';

export interface Line {
  kind: 'printed' | 'result' | 'failed';
  text: string;
}

export interface RunEvents {
  printed(text: string): void;
  /** `text` is the last value, null if there is none. */
  done(text: string | null): void;
  /** `line` counts from 1; 0 if it is not known. */
  failed(message: string, line: number): void;
}

/** Starts code; returns the way to stop it. After stopping, no event comes. */
export type Runner = (code: string, events: RunEvents) => () => void;

/** Longer code is not kept in the address. */
const mostKept = 4000;

export class CellModel implements WidgetModel {
  readonly initial: string;
  readonly code: Signal<string>;
  readonly lines: Signal<readonly Line[]> = signal<readonly Line[]>([]);
  readonly running: Signal<boolean> = signal(false);
  /** The line of the code where it failed last; 0 for none. */
  readonly failedLine: Signal<number> = signal(0);
  /** How often it ran to its end since the start or the last reset. */
  readonly runs: Signal<number> = signal(0);
  readonly #runner: Runner;
  #stop: (() => void) | undefined;

  constructor(initial: string, runner: Runner) {
    this.initial = initial;
    this.code = signal(initial);
    this.#runner = runner;
  }

  run(): void {
    this.#stop?.();
    batch(() => {
      this.lines.value = [];
      this.failedLine.value = 0;
      this.running.value = true;
    });
    // A runner may end before it returns.
    let ended = false;
    const end = (lines: Line[]) => {
      ended = true;
      this.#stop = undefined;
      batch(() => {
        this.lines.value = [...this.lines.peek(), ...lines];
        this.running.value = false;
        this.runs.value = this.runs.peek() + 1;
      });
    };
    const stop = this.#runner(this.code.peek(), {
      printed: (text) => {
        this.lines.value = [...this.lines.peek(), { kind: 'printed', text }];
      },
      done: (text) => end(text === null ? [] : [{ kind: 'result', text }]),
      failed: (message, line) => {
        this.failedLine.value = line;
        end([{ kind: 'failed', text: line > 0 ? `Line ${line}: ${message}` : message }]);
      },
    });
    if (!ended) this.#stop = stop;
  }

  stop(): void {
    if (!this.#stop) return;
    this.#stop();
    this.#stop = undefined;
    batch(() => {
      this.lines.value = [...this.lines.peek(), { kind: 'failed', text: 'Stopped.' }];
      this.running.value = false;
    });
  }

  /** The author's code again, and nothing printed. */
  reset(): void {
    this.from_state('');
  }

  readonly changed: ReadonlySignal<boolean> = computed(() => this.code.value !== this.initial);

  readonly spoken: ReadonlySignal<string> = computed(() => {
    if (this.runs.value === 0 || this.running.value) return '';
    const { value } = this.lines;
    const last = value.at(-1);
    if (!last) return 'It ran and printed nothing.';
    return last.kind === 'failed'
      ? last.text
      : `It printed ${value.length === 1 ? last.text : `${value.length} lines; the last is ${last.text}`}.`;
  });

  to_state(): string {
    const { value } = this.code;
    return packFields({ c: value === this.initial || value.length > mostKept ? undefined : value });
  }

  from_state(state: string): void {
    const { c } = unpackFields(state);
    this.#stop?.();
    this.#stop = undefined;
    batch(() => {
      this.code.value = c ?? this.initial;
      this.lines.value = [];
      this.running.value = false;
      this.failedLine.value = 0;
      this.runs.value = 0;
    });
  }

  dispose(): void {
    this.#stop?.();
  }
}
