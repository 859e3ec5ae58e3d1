// The shipped layer that reads digits: ten rows of weights as templates, a digit to compare with them, drawn by the reader or by
// the engine's pen, and what becomes of scores and errors when the reader paints on a template.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { formatShort } from '../drawing/format.ts';
import type { Evaluation, Examples, Forward, Lab, Network } from '../engine/index.ts';
import { DigitPadModel, type PadStroke, packStrokes, unpackStrokes } from './digit_pad.ts';
import { Asked, type WidgetModel } from './model.ts';
import { edited, packSteps, painted, type Steps, unpackSteps, untouched } from './template_edits.ts';
import { packFields, unpackFields } from './url_state.ts';

/** How many drawn digits there are to leaf through, and to count errors on. */
export const sampleCount = 500;
/** Steps of weight that a touch of the brush adds or takes. */
export const strengths = [1, 2, 4] as const;
const undos = 60;

export const plurals = ['zeros', 'ones', 'twos', 'threes', 'fours', 'fives', 'sixes', 'sevens', 'eights', 'nines'] as const;

export interface TemplatesAnswer {
  /** The digit as the layer gets it: 784 pixels from 0 to 1. */
  pixels: Float32Array;
  /** What the engine's pen meant to draw; null for a reader's drawing. */
  truth: number | null;
  /** One score per class: row · pixels + bias. */
  scores: Float32Array;
  /** The class with the highest score. */
  predicted: number;
  /** The chosen class, its row · pixels, and the products of the two place by place. */
  chosen: number;
  dot: number;
  products: Float32Array;
  /** How the layer does on the 500 digits, with what the reader painted. */
  evaluation: Evaluation;
  /** Explains `network/logit[0][k]`, `network/row[0][1][k]`, `network/weight[1][k][i]`, `network/input[0][i]`, `network/bias[1][k]`. */
  source: Pick<Forward, 'explain'>;
}

/** What stays the same while the figure is used. */
interface Opened {
  lab: Pick<Lab, 'rasterize'>;
  network: Network;
  examples: Examples;
  truths: Uint8Array;
  rows: Float32Array[];
  biases: Float32Array;
  trained: Evaluation;
}

export interface TemplatesStart {
  seed?: number;
  /** Which of the 500 digits, from 0. */
  sample?: number;
  /** Which class. */
  chosen?: number;
  /** A drawing in place of the sample. */
  strokes?: readonly PadStroke[] | null;
}

type Engine = () => Promise<Pick<Lab, 'network' | 'strokeDigits' | 'rasterize'>>;

export class TemplatesModel implements WidgetModel {
  /** What the reader draws. While it holds a stroke, that is the digit; else one of the engine's. */
  readonly pad: DigitPadModel;
  readonly sample: Signal<number>;
  readonly chosen: Signal<number>;
  /** What was painted, by class. */
  readonly steps: Signal<ReadonlyMap<number, Steps>> = signal<ReadonlyMap<number, Steps>>(new Map());
  /** The brush: whether it adds (1) or takes (−1), how much, and whether it takes in the neighbours. */
  readonly sign: Signal<1 | -1> = signal<1 | -1>(1);
  readonly strength: Signal<number> = signal(2);
  readonly wide: Signal<boolean> = signal(true);
  /** What was shipped, once it is there. */
  readonly opened: Signal<Opened | null> = signal<Opened | null>(null);
  /** The rows as they are now, with what was painted; null until they are there. */
  readonly rows: ReadonlySignal<readonly Float32Array[] | null>;
  readonly asked = new Asked<TemplatesAnswer>();
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());
  readonly #seed: number;
  #opening: Promise<Opened> | undefined;
  /** What the network has in each row now. */
  #put = new Map<number, Steps>();
  #history: { k: number; steps: Steps | undefined }[] = [];
  readonly undoable: Signal<number> = signal(0);
  /** The stroke of the brush under way: what was there before it. */
  #stroke: { k: number; steps: Steps | undefined } | null = null;
  #painted = new Map<number, { steps: Steps | undefined; row: Float32Array }>();
  #wanted = false;
  #running = false;
  #stopFollowing: () => void;

  constructor(
    private readonly engine: Engine,
    start: TemplatesStart = {},
  ) {
    this.#seed = start.seed ?? 1;
    this.sample = signal(place(start.sample, sampleCount) ?? 0);
    this.chosen = signal(place(start.chosen, plurals.length) ?? 3);
    this.pad = new DigitPadModel({ strokes: start.strokes ?? [] });
    this.rows = computed(() => {
      const opened = this.opened.value;
      const steps = this.steps.value;
      return opened?.rows.map((row, k) => this.#row(row, k, steps.get(k))) ?? null;
    });
    // Asks at once, and whenever what the question is about changes.
    this.#stopFollowing = effect(() => {
      void [this.pad.strokes.value, this.sample.value, this.chosen.value, this.steps.value];
      this.#ask();
    });
  }

  choose(k: number): void {
    const chosen = place(k, plurals.length);
    if (chosen === null) return;
    this.release();
    this.chosen.value = chosen;
  }

  /** Another of the engine's digits: so many further, or the next one that is answered wrong. A drawing makes way for it. */
  leaf(by: number): void {
    this.#show((this.sample.peek() + (this.pad.empty.peek() ? by : 0) + sampleCount) % sampleCount);
  }

  next_wrong(): void {
    const opened = this.opened.peek();
    const predicted = this.asked.answer.peek()?.evaluation.predicted;
    if (!opened || !predicted) return;
    for (let i = 1; i <= sampleCount; i++) {
      const n = (this.sample.peek() + i) % sampleCount;
      if (predicted[n] !== opened.truths[n]) {
        this.#show(n);
        return;
      }
    }
  }

  /** The brush on a pixel of the chosen template. */
  paint(pixel: number): void {
    const k = this.chosen.peek();
    const trained = this.opened.peek()?.rows[k];
    if (!trained || place(pixel, trained.length) === null) return;
    const before = this.steps.peek().get(k);
    this.#stroke ??= { k, steps: before };
    const by = this.sign.peek() * this.strength.peek();
    this.#put_steps(k, painted(before ?? new Int8Array(trained.length), pixel, by, this.wide.peek()));
  }

  /** The brush is lifted: what it did since is one step back. */
  release(): void {
    if (!this.#stroke) return;
    this.#history = [...this.#history, this.#stroke].slice(-undos);
    this.#stroke = null;
    this.undoable.value = this.#history.length;
  }

  undo(): void {
    this.release();
    const last = this.#history.at(-1);
    if (!last) return;
    this.#history = this.#history.slice(0, -1);
    batch(() => {
      this.undoable.value = this.#history.length;
      this.chosen.value = last.k;
      this.#put_steps(last.k, last.steps);
    });
  }

  /** The chosen template as it was trained; without one, all of them. */
  restore(k?: number): void {
    this.release();
    if (k === undefined) {
      this.#history = [];
      this.undoable.value = 0;
      this.steps.value = new Map();
      return;
    }
    const before = this.steps.peek().get(k);
    if (untouched(before)) return;
    this.#stroke = { k, steps: before };
    this.#put_steps(k, undefined);
    this.release();
  }

  /** Whether anything is painted, on a class or at all. */
  touched(k?: number): boolean {
    const steps = this.steps.value;
    return k === undefined ? [...steps.values()].some((one) => !untouched(one)) : !untouched(steps.get(k));
  }

  /** The layer's bias for a class. */
  bias(k: number): number {
    return this.opened.value?.biases[k] ?? 0;
  }

  retry(): void {
    this.#ask();
  }

  dispose(): void {
    this.#stopFollowing();
    this.pad.end();
    this.#opening
      ?.then(async ({ network, examples }) => {
        await Promise.all([network.dispose(), examples.dispose()]);
      })
      .catch(() => {});
    this.#opening = undefined;
  }

  /** What painting has done to the errors, in words. */
  readonly errors: ReadonlySignal<string> = computed(() => {
    const opened = this.opened.value;
    const now = this.asked.answer.value?.evaluation;
    if (!opened || !now) return '';
    if (!this.touched())
      return `As trained, it answers ${now.correct} of these ${now.count} digits right. Paint, and they are counted anew.`;
    const rise = most_risen(opened.trained.confusion, now.confusion);
    const words = rise
      ? ` Most of all: of the ${rise.of} ${plurals[rise.truth]}, ${rise.now} ${rise.now === 1 ? 'is' : 'are'} now called ${rise.answer} (${rise.before} before).`
      : ' No mistake has become more frequent.';
    return `Right: ${opened.trained.correct} of ${now.count} as trained, ${now.correct} now.${words}`;
  });

  to_state(): string {
    const fields: Record<string, string | number | undefined> = {
      n: this.sample.value,
      k: this.chosen.value,
      ink: this.pad.ended.value.length ? packStrokes(this.pad.ended.value) : undefined,
    };
    for (const [k, steps] of [...this.steps.value].sort(([i], [j]) => i - j)) if (!untouched(steps)) fields[`w${k}`] = packSteps(steps);
    return packFields(fields);
  }

  from_state(state: string): void {
    const fields = unpackFields(state);
    const sample = place(Number(fields.n), sampleCount);
    const chosen = place(Number(fields.k), plurals.length);
    if (fields.n === undefined || sample === null || chosen === null) return;
    const steps = new Map<number, Steps>();
    for (let k = 0; k < plurals.length; k++) {
      const text = fields[`w${k}`];
      const one = text === undefined ? null : unpackSteps(text, 784);
      if (one) steps.set(k, one);
    }
    this.release();
    this.#history = [];
    batch(() => {
      this.undoable.value = 0;
      this.sample.value = sample;
      this.chosen.value = chosen;
      this.steps.value = steps;
      this.pad.take((fields.ink !== undefined && unpackStrokes(fields.ink)) || []);
    });
  }

  #show(n: number): void {
    batch(() => {
      this.pad.clear();
      this.sample.value = n;
    });
  }

  #put_steps(k: number, steps: Steps | undefined): void {
    const next = new Map(this.steps.peek());
    if (!steps || untouched(steps)) next.delete(k);
    else next.set(k, steps);
    this.steps.value = next;
  }

  /** The same array for the same painting, so that a view can see that nothing changed. */
  #row(trained: Float32Array, k: number, steps: Steps | undefined): Float32Array {
    const known = this.#painted.get(k);
    if (known && known.steps === steps) return known.row;
    const row = edited(trained, steps);
    this.#painted.set(k, { steps, row });
    return row;
  }

  /** One question at a time; while one is under way, only the newest of those that follow is asked. */
  #ask(): void {
    this.#wanted = true;
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#wanted) {
      this.#wanted = false;
      await this.asked.ask(() => this.#answer());
    }
    this.#running = false;
  }

  async #answer(): Promise<TemplatesAnswer> {
    const opened = await this.#open();
    const { network, examples, rows, biases, truths } = opened;
    const steps = this.steps.peek();
    const known = this.asked.answer.peek();
    let evaluation = known?.evaluation ?? opened.trained;
    let changed = false;
    for (const [k, trained] of rows.entries()) {
      if (this.#put.get(k) === steps.get(k)) continue;
      await network.setRow(1, k, { weights: edited(trained, steps.get(k)), bias: biases[k] ?? 0 });
      const now = steps.get(k);
      if (now) this.#put.set(k, now);
      else this.#put.delete(k);
      changed = true;
    }
    if (changed) evaluation = await network.evaluate(examples);
    const chosen = this.chosen.peek();
    const n = this.sample.peek();
    const strokes = this.pad.strokes.peek();
    const drawn = strokes.length > 0;
    const pixels = drawn ? await opened.lab.rasterize(strokes) : (await examples.rows(n, 1)).data;
    const forward = await network.forward(pixels);
    const row = await forward.explain(`network/row[0][1][${chosen}]`);
    return {
      pixels,
      truth: drawn ? null : (truths[n] ?? null),
      scores: forward.logits.data,
      predicted: forward.predicted[0] ?? 0,
      chosen,
      dot: row.result,
      products: row.products,
      evaluation,
      source: forward,
    };
  }

  #open(): Promise<Opened> {
    this.#opening ??= this.#load().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #load(): Promise<Opened> {
    const lab = await this.engine();
    const [network, examples] = await Promise.all([lab.network('digits'), lab.strokeDigits({ count: sampleCount, seed: this.#seed })]);
    const [{ weights, biases }, truths, trained] = await Promise.all([network.layer(1), examples.labels(), network.evaluate(examples)]);
    const rows = Array.from({ length: weights.rows }, (_, k) => weights.data.slice(k * weights.columns, (k + 1) * weights.columns));
    const opened = { lab, network, examples, truths, rows, biases, trained };
    this.#put = new Map();
    this.opened.value = opened;
    return opened;
  }

  #words(): string {
    const failure = this.asked.failure.value;
    if (failure) return failure.message;
    const answer = this.asked.answer.value;
    if (!answer) return '';
    const { scores, predicted, truth, chosen } = answer;
    const [first = 0, second = 0] = in_order(scores);
    const digit = truth === null ? 'Your drawing' : `A ${truth} from the engine’s pen`;
    return `${digit}: template ${predicted} scores highest, ${formatShort(scores[first] ?? 0, 1)}; then ${second}, ${formatShort(scores[second] ?? 0, 1)}. Template ${chosen} scores ${formatShort(scores[chosen] ?? 0, 1)}. ${this.touched() ? this.errors.value : ''}`.trim();
  }
}

/** The classes from the highest score down. */
export function in_order(scores: ArrayLike<number>): number[] {
  return Array.from({ length: scores.length }, (_, k) => k).sort((i, j) => (scores[j] ?? 0) - (scores[i] ?? 0) || i - j);
}

/** The mistake that has risen most from one confusion table to another; null if none has. */
export function most_risen(
  before: Uint32Array,
  now: Uint32Array,
): { truth: number; answer: number; before: number; now: number; of: number } | null {
  const classes = Math.round(Math.sqrt(now.length));
  let most = 0;
  let where = -1;
  for (let i = 0; i < now.length; i++) {
    const rise = (now[i] ?? 0) - (before[i] ?? 0);
    if (Math.floor(i / classes) !== i % classes && rise > most) [most, where] = [rise, i];
  }
  if (where < 0) return null;
  const truth = Math.floor(where / classes);
  const of = now.slice(truth * classes, (truth + 1) * classes).reduce((sum, count) => sum + count, 0);
  return { truth, answer: where % classes, before: before[where] ?? 0, now: now[where] ?? 0, of };
}

function place(value: number | undefined, count: number): number | null {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value < count ? value : null;
}
