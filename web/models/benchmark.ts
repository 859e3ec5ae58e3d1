// The analogy benchmark: which questions, how they are scored, how far it has come, and what went wrong.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { formatCount } from '../drawing/format.ts';
import type { AnalogyQuestion, BenchmarkSection, Method, SectionScore } from '../engine/index.ts';
import { parseQuestions, questionsOf, type Relation, thinned } from './analogy_pairs.ts';
import { asFailure, type Failure, type WidgetModel } from './model.ts';
import { packFields, unpackFields } from './url_state.ts';
import type { WordSource } from './word_source.ts';

/** How a run stands. */
export interface Run {
  state: 'idle' | 'running' | 'stopped' | 'done';
  done: number;
  total: number;
  sections: readonly SectionScore[];
  seconds: number;
  /** Scores so far: questions answered × words of the vocabulary. */
  scores: number;
  method: Method;
  keepQuestion: boolean;
}

const idle: Run = { state: 'idle', done: 0, total: 0, sections: [], seconds: 0, scores: 0, method: 'add', keepQuestion: false };

export interface Row extends SectionScore {
  says: string;
  questions: number;
  /** correct / seen; null while nothing was asked. */
  accuracy: number | null;
  /** The same of the run before, if there was one. */
  before: number | null;
}

export class BenchmarkModel implements WidgetModel {
  readonly method: Signal<Method>;
  readonly keepQuestion: Signal<boolean>;
  /** Every how many questions one is asked: 1 for all. */
  readonly step: Signal<number>;
  /** Whether all wrong answers that are kept are listed, or only the first few. */
  readonly more: Signal<boolean> = signal(false);
  /** The relation whose wrong answers are open; empty for none. */
  readonly opened: Signal<string> = signal('');
  readonly run: Signal<Run> = signal(idle);
  /** The last finished run with other settings, on the same questions, to compare with. */
  readonly before: Signal<Run | null> = signal<Run | null>(null);
  readonly failure: Signal<Failure | null> = signal<Failure | null>(null);
  /** What is wrong with a file that was offered. */
  readonly fileFailure: Signal<Failure | null> = signal<Failure | null>(null);
  readonly relations: Signal<readonly Relation[]> = signal([]);
  /** A file of the reader's own, which is asked in place of our lists. */
  readonly file: Signal<{ name: string; sections: readonly BenchmarkSection[] } | null> = signal<{
    name: string;
    sections: readonly BenchmarkSection[];
  } | null>(null);
  #stop: AbortController | undefined;

  constructor(
    readonly words: WordSource,
    private readonly lists: () => Promise<readonly Relation[]>,
    start: { method?: Method; keepQuestion?: boolean; step?: number } = {},
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.method = signal(start.method ?? 'add');
    this.keepQuestion = signal(start.keepQuestion ?? false);
    this.step = signal(start.step ?? 1);
  }

  /** All questions that a run will ask. */
  readonly sections: ReadonlySignal<BenchmarkSection[]> = computed(() =>
    thinned(
      this.file.value?.sections ?? this.relations.value.map((relation) => ({ name: relation.name, questions: questionsOf(relation) })),
      this.step.value,
    ),
  );
  readonly questions: ReadonlySignal<number> = computed(() =>
    this.sections.value.reduce((total, { questions }) => total + questions.length, 0),
  );

  /** One row for each relation, with what is known of it so far. */
  readonly rows: ReadonlySignal<Row[]> = computed(() => {
    const known = new Map(this.run.value.sections.map((section) => [section.name, section]));
    const earlier = new Map((this.before.value?.sections ?? []).map((section) => [section.name, accuracyOf(section)]));
    const says = new Map(this.file.value ? [] : this.relations.value.map((relation) => [relation.name, relation.says]));
    return this.sections.value.map(({ name, questions }) => {
      const score = known.get(name) ?? { name, correct: 0, seen: 0, skipped: 0, wrong: [] };
      return {
        ...score,
        says: says.get(name) ?? name,
        questions: questions.length,
        accuracy: accuracyOf(score),
        before: earlier.get(name) ?? null,
      };
    });
  });

  readonly total: ReadonlySignal<Tally> = computed(() => tally(this.run.value.sections));

  /** Reads our own lists; the vectors wait until a run wants them. */
  async prepare(): Promise<void> {
    if (this.relations.value.length > 0) return;
    try {
      this.relations.value = await this.lists();
    } catch (error) {
      this.failure.value = asFailure(error);
    }
  }

  /** Asks the questions of this text in place of ours; a text that is no such file leaves everything as it was. */
  takeFile(name: string, text: string): void {
    try {
      const sections = parseQuestions(text);
      this.stop();
      batch(() => {
        this.file.value = { name, sections };
        this.fileFailure.value = null;
        this.before.value = null;
        this.#clear();
      });
    } catch (error) {
      const failure = asFailure(error);
      this.fileFailure.value = { ...failure, message: `${name}: ${failure.message}`, detail: '' };
    }
  }
  dropFile(): void {
    this.stop();
    batch(() => {
      this.file.value = null;
      this.fileFailure.value = null;
      this.before.value = null;
      this.#clear();
    });
  }

  /** Any of the switches; results that were for another setting go. */
  set(change: { method?: Method; keepQuestion?: boolean; step?: number }): void {
    this.stop();
    batch(() => {
      if (this.run.peek().state === 'done') this.before.value = this.run.peek();
      if (change.method) this.method.value = change.method;
      if (change.keepQuestion !== undefined) this.keepQuestion.value = change.keepQuestion;
      if (change.step) this.step.value = change.step;
      this.#clear();
    });
  }

  async start(): Promise<void> {
    this.stop();
    const stop = new AbortController();
    this.#stop = stop;
    await this.prepare();
    const asked = { method: this.method.peek(), keepQuestion: this.keepQuestion.peek() };
    const sections = this.sections.peek();
    const mine = () => this.#stop === stop;
    batch(() => {
      this.failure.value = null;
      this.run.value = { ...idle, ...asked, state: 'running', total: this.questions.peek() };
    });
    try {
      const vectors = await this.words.load();
      const begun = this.clock();
      const report = (done: number, scores: readonly SectionScore[], state: Run['state']) => {
        if (!mine()) return;
        const seen = scores.reduce((sum, score) => sum + score.seen, 0);
        this.run.value = {
          ...asked,
          state,
          done,
          total: this.questions.peek(),
          sections: scores,
          seconds: (this.clock() - begun) / 1000,
          scores: seen * vectors.size,
        };
      };
      const result = await vectors.benchmark(sections, {
        ...asked,
        signal: stop.signal,
        onProgress: ({ done, sections: scores }) => report(done, scores, 'running'),
      });
      report(this.questions.peek(), result.sections, 'done');
    } catch (error) {
      if (!mine() || stop.signal.aborted) return;
      batch(() => {
        this.failure.value = asFailure(error);
        this.run.value = { ...this.run.peek(), state: 'stopped' };
      });
    }
  }

  /** Stops the run; what it has found so far stays. */
  stop(): void {
    this.#stop?.abort();
    if (this.run.peek().state === 'running') this.run.value = { ...this.run.peek(), state: 'stopped' };
  }

  open(name: string): void {
    this.more.value = false;
    this.opened.value = this.opened.value === name ? '' : name;
  }

  readonly spoken: ReadonlySignal<string> = computed(() => {
    const { state, total } = this.run.value;
    if (state === 'idle') return '';
    // The bar says how far it is; a voice that counted along would still be counting after the end.
    if (state === 'running') return `Asking ${formatCount(total)} questions.`;
    const { correct, seen } = this.total.value;
    const score = seen > 0 ? `${percent(correct / seen)} percent right of ${formatCount(seen)}` : 'nothing asked';
    return `${state === 'done' ? 'Done' : 'Stopped'}: ${score}.`;
  });

  to_state(): string {
    return packFields({
      method: this.method.value === 'mul' ? 'mul' : undefined,
      keep: this.keepQuestion.value ? '1' : undefined,
      step: this.step.value === 1 ? undefined : this.step.value,
      open: this.opened.value || undefined,
    });
  }

  from_state(state: string): void {
    const fields = unpackFields(state);
    const step = Number(fields.step ?? 1);
    this.set({
      method: fields.method === 'mul' ? 'mul' : 'add',
      keepQuestion: fields.keep === '1',
      step: Number.isInteger(step) && step >= 1 && step <= 100 ? step : 1,
    });
    this.opened.value = fields.open ?? '';
  }

  dispose(): void {
    this.stop();
  }

  #clear(): void {
    this.run.value = idle;
    this.failure.value = null;
    this.opened.value = '';
  }
}

export interface Tally {
  correct: number;
  seen: number;
  skipped: number;
}

/** All relations together: each question counts the same. */
export function tally(sections: readonly SectionScore[]): Tally {
  const sum = (key: 'correct' | 'seen' | 'skipped') => sections.reduce((total, section) => total + section[key], 0);
  return { correct: sum('correct'), seen: sum('seen'), skipped: sum('skipped') };
}

function accuracyOf({ correct, seen }: Tally): number | null {
  return seen > 0 ? correct / seen : null;
}

/** The settings of a run in words: "cosines added, question words left out". */
export function settingsText({ method, keepQuestion }: Pick<Run, 'method' | 'keepQuestion'>): string {
  return `cosines ${method === 'mul' ? 'multiplied' : 'added'}, question words ${keepQuestion ? 'kept' : 'left out'}`;
}

/** A question as the analogy widget takes it: man is to woman as king is to … is king − man + woman, so c − a + b, and d is expected. */
export function asExpression([a, b, c, d]: AnalogyQuestion): { expression: string; expected: string } {
  return { expression: `${c}-${a}+${b}`, expected: d };
}

function percent(share: number): string {
  return String(Math.round(100 * share));
}
