// An induction head, grown while one watches: a training in the worker, a slice per frame, its snapshots, and one of them looked into.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { InductionExample, InductionSnapshot, InductionTraining, Lab, Matrix, TransformerRun } from '../engine/index.ts';
import { type Row, rowWords, usualQuery } from './induction_row.ts';
import { curveWords, headWords, highest, tends, togetherWords } from './induction_words.ts';
import { Asked, asFailure, type Failure, type WidgetModel } from './model.ts';
import { packFields, unpackFields } from './url_state.ts';

/** Steps of a whole run, and from one snapshot to the next. */
export const [allSteps, everySteps] = [600, 10];
/** How long the worker may compute before the page is told, in milliseconds: about three steps. */
const slice = 50;
/** Held-out sequences that can be looked at. */
export const shownExamples = 4;

/** A snapshot's pass over one sequence. */
export interface Look {
  index: number;
  example: InductionExample;
  run: TransformerRun;
  /** [layer − 1][head − 1], each [T, T]. */
  weights: Matrix[][];
}

type Engine = () => Promise<Pick<Lab, 'growInduction'>>;

const nextFrame = (): Promise<unknown> =>
  new Promise((resolve) => (typeof requestAnimationFrame === 'function' ? requestAnimationFrame(resolve) : setTimeout(resolve)));

export class InductionModel implements WidgetModel {
  readonly seed: Signal<number>;
  readonly training: Signal<InductionTraining | null> = signal<InductionTraining | null>(null);
  readonly snapshots: Signal<readonly InductionSnapshot[]> = signal([]);
  readonly step: Signal<number> = signal(0);
  readonly running: Signal<boolean> = signal(false);
  /** Which snapshot is looked at; null: the newest. */
  readonly moment: Signal<number | null> = signal<number | null>(null);
  readonly example: Signal<number> = signal(0);
  /** The head that is looked at; null: the one with the highest induction score at the moment. */
  readonly chosen: Signal<{ layer: number; head: number } | null> = signal<{ layer: number; head: number } | null>(null);
  /** The place that looks; null: one of the repetition whose sign stands once in the segment. And the one that is looked at; null: the most. */
  readonly query: Signal<number | null> = signal<number | null>(null);
  readonly key: Signal<number | null> = signal<number | null>(null);
  readonly looked = new Asked<Look>();
  /** A snapshot with the previous-token head of layer 1 taken away; which snapshot that was. */
  readonly without = new Asked<{ index: number; measured: InductionSnapshot }>();
  readonly failure: Signal<Failure | null> = signal<Failure | null>(null);
  /** A link's step, to which Start goes first. */
  readonly target: Signal<number | null> = signal<number | null>(null);
  readonly done: ReadonlySignal<boolean> = computed(() => this.step.value >= allSteps);
  readonly shown: ReadonlySignal<number> = computed(() => {
    const last = this.snapshots.value.length - 1;
    return Math.max(0, Math.min(last, this.moment.value ?? last));
  });
  readonly snapshot: ReadonlySignal<InductionSnapshot | null> = computed(() => this.snapshots.value[this.shown.value] ?? null);
  readonly head: ReadonlySignal<{ layer: number; head: number }> = computed(() => {
    const snapshot = this.snapshot.value;
    const found = snapshot && highest(snapshot, 'induction');
    return this.chosen.value ?? (found ? { layer: found.layer, head: found.head } : { layer: 2, head: 1 });
  });
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());
  #turn = 0;
  #looking = false;
  #lookAgain = false;
  #begun = false;

  constructor(
    private readonly engine: Engine,
    start: { seed?: number } = {},
    private readonly frame: () => Promise<unknown> = nextFrame,
  ) {
    this.seed = signal(start.seed ?? 1);
  }

  /** Makes the model with its first weights, without a step. Called when the reader comes near. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    void this.#make();
  }

  retry(): void {
    this.#begun = true;
    void this.#make();
  }

  /** Trains to the end, to be seen as it goes; after a link, to its step first. */
  async start(): Promise<void> {
    const target = this.target.peek();
    await this.#train(target !== null && target > this.step.peek() ? target : allSteps, target === null);
  }

  /** Trains to the next snapshot. */
  async next(): Promise<void> {
    await this.#train(Math.min(allSteps, (Math.floor(this.step.peek() / everySteps) + 1) * everySteps), true);
  }

  pause(): void {
    this.#turn++;
    this.running.value = false;
    void this.#look();
  }

  /** Back to the first weights, of this seed or another. */
  async restart(seed: number = this.seed.peek()): Promise<void> {
    if (!Number.isSafeInteger(seed) || seed < 0) return;
    batch(() => {
      this.seed.value = seed;
      this.moment.value = null;
      this.chosen.value = null;
      this.query.value = null;
      this.key.value = null;
      this.target.value = null;
    });
    this.#begun = true;
    await this.#make();
  }

  look_at(moment: number): void {
    if (!Number.isFinite(moment)) return;
    if (this.running.peek()) this.pause();
    const last = this.snapshots.peek().length - 1;
    this.moment.value = moment >= last ? null : Math.max(0, Math.round(moment));
    void this.#look();
  }

  choose_head(layer: number, head: number): void {
    const training = this.training.peek();
    if (!inside(layer, training?.layers) || !inside(head, training?.heads)) return;
    batch(() => {
      this.chosen.value = { layer, head };
      this.key.value = null;
    });
  }

  /** Back to the head with the highest induction score. */
  follow_head(): void {
    this.chosen.value = null;
    this.key.value = null;
  }

  choose(query: number, key: number | null = null): void {
    const count = this.looked.answer.peek()?.example.tokens.length ?? 0;
    const fits = (place: number) => Number.isInteger(place) && place >= 0 && place < count;
    if (!fits(query) || (key !== null && !fits(key))) return;
    batch(() => {
      this.query.value = query;
      this.key.value = key;
    });
  }

  choose_example(example: number): void {
    if (!Number.isInteger(example) || example < 0 || example >= shownExamples) return;
    batch(() => {
      this.example.value = example;
      this.query.value = null;
      this.key.value = null;
    });
    void this.#look();
  }

  /** The chosen head's row on the shown sequence. */
  readonly row: ReadonlySignal<Row | null> = computed(() => {
    const look = this.looked.answer.value;
    const { layer, head } = this.head.value;
    const map = look?.weights[layer - 1]?.[head - 1]?.data;
    if (!look || !map) return null;
    const { example } = look;
    const count = example.tokens.length;
    const query = Math.min(this.query.value ?? usualQuery(example), count - 1);
    const weights = map.subarray(query * count, (query + 1) * count);
    const key = this.key.value ?? weights.indexOf(Math.max(...weights));
    return { example, layer, head, query, key: Math.max(0, Math.min(count - 1, key)), map, weights };
  });

  /** What the row shows: the place that induction would look at, and what it gets. */
  readonly rowSays: ReadonlySignal<string> = computed(() => {
    const row = this.row.value;
    return row ? rowWords(row) : '';
  });

  readonly curveSays: ReadonlySignal<string> = computed(() => curveWords(this.snapshots.value, this.done.value));
  readonly headsSay: ReadonlySignal<string> = computed(() => (this.snapshot.value ? headWords(this.snapshot.value) : ''));
  readonly togetherSays: ReadonlySignal<string> = computed(() => {
    const [snapshot, without] = [this.snapshot.value, this.without.answer.value];
    return snapshot && without?.index === this.shown.value ? togetherWords(snapshot, without.measured) : '';
  });

  dispose(): void {
    this.#turn++;
    this.#forget();
    void this.training.peek()?.dispose();
    this.training.value = null;
  }

  to_state(): string {
    const { layer, head } = this.chosen.value ?? {};
    return packFields({
      s: this.seed.value,
      n: Math.max(this.step.value, this.target.value ?? 0) || undefined,
      m: this.moment.value ?? undefined,
      h: layer !== undefined ? `${layer}.${head}` : undefined,
      q: this.query.value ?? undefined,
      k: this.key.value ?? undefined,
      e: this.example.value || undefined,
    });
  }

  from_state(state: string): void {
    const fields = unpackFields(state);
    const whole = (text: string | undefined, most: number) => {
      const value = Number(text);
      return text !== undefined && text !== '' && Number.isInteger(value) && value >= 0 && value <= most ? value : null;
    };
    const seed = whole(fields.s, Number.MAX_SAFE_INTEGER);
    if (seed === null) return;
    const [, layer, head] = /^([12])\.([1-4])$/.exec(fields.h ?? '') ?? [];
    batch(() => {
      this.seed.value = seed;
      this.target.value = whole(fields.n, allSteps) || null;
      this.moment.value = whole(fields.m, allSteps / everySteps);
      this.chosen.value = layer ? { layer: Number(layer), head: Number(head) } : null;
      this.query.value = whole(fields.q, 47);
      this.key.value = whole(fields.k, 47);
      this.example.value = whole(fields.e, shownExamples - 1) ?? 0;
    });
    if (this.#begun) void this.#make();
  }

  async #make(): Promise<void> {
    const turn = ++this.#turn;
    const old = this.training.peek();
    batch(() => {
      this.running.value = false;
      this.failure.value = null;
    });
    try {
      const lab = await this.engine();
      if (turn !== this.#turn) return;
      const training = await lab.growInduction({ seed: this.seed.peek(), steps: allSteps, every: everySteps });
      if (turn !== this.#turn) {
        void training.dispose();
        return;
      }
      this.#forget();
      batch(() => {
        this.training.value = training;
        this.snapshots.value = [...training.snapshots];
        this.step.value = 0;
      });
      void old?.dispose();
      await this.#look();
    } catch (error) {
      if (turn === this.#turn) this.failure.value = asFailure(error);
    }
  }

  async #train(until: number, newest: boolean): Promise<void> {
    const training = this.training.peek();
    if (!training || this.running.peek() || this.step.peek() >= until) return;
    const turn = ++this.#turn;
    batch(() => {
      this.running.value = true;
      this.failure.value = null;
      if (newest) this.moment.value = null;
    });
    try {
      while (turn === this.#turn && this.step.peek() < until) {
        const { step } = await training.run({ steps: until - this.step.peek(), milliseconds: slice });
        // What was trained before a pause stands; what belongs to a training that was given up does not.
        if (this.training.peek() !== training) return;
        const fresh = training.snapshots.length !== this.snapshots.peek().length;
        batch(() => {
          this.step.value = step;
          if (fresh) this.snapshots.value = [...training.snapshots];
          if (this.target.peek() !== null && step >= (this.target.peek() ?? 0)) this.target.value = null;
        });
        if (fresh) void this.#look();
        await this.frame();
      }
    } catch (error) {
      if (turn === this.#turn) this.failure.value = asFailure(error);
    } finally {
      if (turn === this.#turn) {
        this.running.value = false;
        void this.#look();
      }
    }
  }

  /** Runs the sequence at the snapshot; what is asked meanwhile is asked once, at the end. */
  async #look(): Promise<void> {
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = true;
    try {
      do {
        this.#lookAgain = false;
        await this.#look_once();
      } while (this.#lookAgain);
    } finally {
      this.#looking = false;
    }
  }

  async #look_once(): Promise<void> {
    const training = this.training.peek();
    const index = this.shown.peek();
    const example = training?.examples[this.example.peek()];
    const snapshot = this.snapshot.peek();
    if (!training || !example || !snapshot) return;
    const before = this.looked.answer.peek();
    await this.looked.ask(async () => {
      const run = await training.runAt(index, example.tokens);
      return { index, example, run, weights: await run.allAttention() };
    });
    const after = this.looked.answer.peek();
    if (before && before !== after) before.run.dispose().catch(() => {});
    const back = highest(snapshot, 'previous', 1);
    if (this.running.peek() || !tends(back, 'previous') || this.without.answer.peek()?.index === index) return;
    await this.without.ask(async () => ({ index, measured: await training.measureWithout(index, [back]) }));
  }

  #forget(): void {
    this.looked.answer
      .peek()
      ?.run.dispose()
      .catch(() => {});
    this.looked.clear();
    this.without.clear();
  }

  #words(): string {
    const failure = this.failure.value ?? this.looked.failure.value;
    if (failure) return failure.message;
    const snapshot = this.snapshot.value;
    if (!snapshot) return '';
    if (this.running.value) return `Training: step ${Math.floor(this.step.value / 100) * 100} of ${allSteps}.`;
    if (this.step.value === 0) return 'Nothing is learned yet. Start trains the model.';
    return `${this.curveSays.value} Shown: step ${snapshot.step}. ${this.headsSay.value} ${this.togetherSays.value} ${this.rowSays.value}`
      .replace(/ +/g, ' ')
      .trim();
  }
}

const inside = (value: number, count: number | undefined) => Number.isInteger(value) && value >= 1 && value <= (count ?? 0);
