// A digit classifier, trained in this tab on digits that a seeded pen draws: the run of the training, the templates as they take
// shape, and what the network says of digits that it was not trained on: held out, drawn by the reader, real ones.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { format, formatCount } from '../drawing/format.ts';
import type { CurvePoint, Evaluation, Examples, Explanation, Network, Training } from '../engine/index.ts';
import { DigitPadModel } from './digit_pad.ts';
import { type Answer, answerOf, type DigitSource } from './digit_source.ts';
import { type LossRows, MeanLoss } from './mean_loss.ts';
import { Asked, asFailure, type Failure, type WidgetModel } from './model.ts';
import { TrainingRun } from './training_run.ts';
import type { Explains } from './unfold.ts';
import { packFields, unpackFields } from './url_state.ts';

export const trainCount = 4000;
export const heldOutCount = 1000;
export const batchSize = 32;
export const hiddenUnits = 32;
export const stepsPerEpoch = trainCount / batchSize;
/** A run ends by itself after so many more steps: ten times through all digits. */
export const stepsPerRun = 10 * stepsPerEpoch;
export const digitRates: readonly number[] = [0.01, 0.03, 0.1, 0.3, 1];
/** A point of the curves every so many steps. */
const every = 25;
/** While it trains, so many templates are shown anew with each frame, one after the other: all at once would hold the frame up. */
const rowsPerFrame = 2;

export interface Templates {
  /** Rows of the first layer: with no hidden layer one per class, else one per hidden unit. Between two frames of a run only some are new. */
  rows: readonly Float32Array[];
  step: number;
}

export interface Tested {
  live: Evaluation;
  shipped: Evaluation;
  count: number;
}

interface Built {
  network: Network;
  training: Training;
  train: Examples;
  heldOut: Examples;
}

export class DigitsModel implements WidgetModel {
  readonly seed: Signal<number>;
  /** Units of the hidden layer; 0 for none. */
  readonly hidden: Signal<number>;
  readonly rate: Signal<number>;
  readonly pad: DigitPadModel = new DigitPadModel();
  readonly templates: Signal<Templates | null> = signal<Templates | null>(null);
  /** How long it has been trained, in seconds. */
  readonly seconds: Signal<number> = signal(0);
  readonly making: Signal<boolean> = signal(false);
  readonly failure: Signal<Failure | null> = signal<Failure | null>(null);
  /** What the network says of the reader's own digit. */
  readonly drawn = new Asked<Answer & { values: Float32Array; step: number }>();
  /** How it does on the real digits that were dropped. */
  readonly tested = new Asked<Tested>();
  readonly run: TrainingRun;
  readonly #start: { steps: number };
  #built: Built | null = null;
  #turn = 0;
  #queue: Promise<unknown> = Promise.resolve();
  /** The row that is shown anew next. */
  #next = 0;
  #began = 0;
  #target = stepsPerRun;
  #stop: (() => void)[] = [];

  constructor(
    readonly source: DigitSource,
    start: { seed?: number; hidden?: number; rate?: number; steps?: number } = {},
    private readonly clock: () => number = () => performance.now(),
    frame?: () => Promise<unknown>,
  ) {
    this.seed = signal(start.seed ?? 1);
    this.hidden = signal(start.hidden === hiddenUnits ? hiddenUnits : 0);
    this.rate = signal(start.rate ?? 0.1);
    this.#start = { steps: start.steps ?? 25 };
    this.run = new TrainingRun(() => this.#slice(), frame);
  }

  /** Points of the curves, one for a step. */
  readonly curve: ReadonlySignal<readonly CurvePoint[]> = computed(() => {
    const points = this.run.curve.value;
    return points.filter(({ step }, i) => points[i + 1]?.step !== step);
  });

  /** Makes digits and network, and takes the first steps, so that there is something to see. Once; again after a failure. */
  prepare(): Promise<void> {
    return this.#then(async () => {
      if (!this.#built) await this.#make(this.#start.steps);
    });
  }

  /** Other settings: everything from fresh weights. */
  set(change: { hidden?: number; rate?: number; seed?: number }): Promise<void> {
    batch(() => {
      if (change.hidden !== undefined) this.hidden.value = change.hidden;
      if (change.rate !== undefined) this.rate.value = change.rate;
      if (change.seed !== undefined) this.seed.value = change.seed;
    });
    return this.restart(this.#start.steps);
  }

  /** Back to fresh weights, and to the first `steps`. */
  restart(steps = 0): Promise<void> {
    this.pause();
    this.#turn++;
    batch(() => {
      this.failure.value = null;
      this.seconds.value = 0;
      this.source.live.value = null;
      this.run.clear();
    });
    return this.#then(() => this.#make(steps));
  }

  train(): Promise<void> {
    return this.#then(async () => {
      if (!this.#built) await this.#make(0);
      const built = this.#built;
      if (!built || this.run.running.peek()) return;
      const step = this.run.step.peek();
      this.#target = (Math.floor(step / stepsPerRun) + 1) * stepsPerRun;
      this.#began = this.clock();
      // Not awaited: other acts are taken while it runs.
      void this.run.start(built.training, this.#target).then(() => this.#rest());
    });
  }

  /** Where the present run ends by itself. */
  get target(): number {
    return this.#target;
  }

  pause(): void {
    if (!this.run.running.peek()) return;
    this.#timed();
    this.run.pause();
  }

  step(): Promise<void> {
    this.pause();
    return this.#then(async () => {
      if (!this.#built) await this.#make(0);
      if (!this.#built) return;
      this.run.took(await this.#built.training.step());
      await this.#rest();
    });
  }

  /** The loss over the digits held out or trained on, as a number that unfolds. Nothing is asked before it is opened. */
  lossSource(heldOut: boolean): Explains | undefined {
    const built = this.#built;
    const last = this.curve.peek().at(-1);
    if (!built || !last) return undefined;
    const [examples, measured] = heldOut ? [built.heldOut, last.heldOutLoss] : [built.train, last.loss];
    let source: Promise<MeanLoss> | null = null;
    const make = async () => {
      const rows: LossRows = await lossRows(examples);
      return new MeanLoss(built.network, rows, heldOut ? 'mean loss, held out' : 'mean loss, trained on', measured);
    };
    return {
      explain: async (address: string): Promise<Explanation> => {
        source ??= make();
        return (await source).explain(address);
      },
    };
  }

  /** A number of the network itself, such as a weight. */
  readonly weights: Explains = {
    explain: async (address) => {
      const network = this.#built?.network;
      if (!network) throw new RangeError('There is no network yet.');
      return (await network.forward(new Float32Array(network.inputs))).explain(address);
    },
  };

  /** Follows the reader's drawing and the files that are dropped, until dispose. */
  follow(): this {
    for (const stop of this.#stop) stop();
    this.#stop = [
      effect(() => {
        const [strokes, live] = [this.pad.strokes.value, this.source.live.value];
        if (strokes.length === 0 || !live) return this.drawn.clear();
        void this.drawn.ask(async () => {
          const values = await (await this.source.engine()).rasterize(strokes);
          return { ...(await answerOf(live.network, values)), values, step: live.step };
        });
      }),
      effect(() => {
        const [real, live] = [this.source.real.value, this.source.live.value];
        if (!real || !live) return this.tested.clear();
        void this.tested.ask(async () => {
          const shipped = await this.source.shipped('digits');
          const [one, other] = await Promise.all([live.network.evaluate(real.examples), shipped.evaluate(real.examples)]);
          return { live: one, shipped: other, count: real.examples.count };
        });
      }),
    ];
    return this;
  }

  dispose(): void {
    this.#turn++;
    this.pause();
    for (const stop of this.#stop) stop();
    this.#stop = [];
    this.source.live.value = null;
    const built = this.#built;
    this.#built = null;
    if (built) void release(built);
  }

  readonly spoken: ReadonlySignal<string> = computed(() => {
    const failure = this.failure.value ?? this.run.failure.value;
    if (failure) return failure.message;
    // A voice that counted along would still be counting after the end.
    if (this.run.running.value) return 'Training.';
    const last = this.curve.value.at(-1);
    if (!last || this.making.value) return '';
    const test = this.tested.answer.value;
    const real = test
      ? ` Of ${formatCount(test.count)} real digits it gets ${percent(test.live.accuracy)} percent right; the one trained on real digits ${percent(test.shipped.accuracy)}.`
      : '';
    return `After ${formatCount(last.step)} steps ${percent(last.heldOutAccuracy)} percent of the digits held out are right.${real}`;
  });

  to_state(): string {
    return packFields({
      n: this.seed.value,
      h: this.hidden.value,
      r: this.rate.value,
      ink: unpackFields(this.pad.to_state()).ink,
    });
  }

  from_state(state: string): void {
    const { n, h, r, ink } = unpackFields(state);
    const [seed, hidden, rate] = [Number(n), Number(h), Number(r)];
    const good =
      Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff && (hidden === 0 || hidden === hiddenUnits) && digitRates.includes(rate);
    this.pad.from_state(ink ? packFields({ ink }) : '');
    if (!good) return;
    const same = seed === this.seed.peek() && hidden === this.hidden.peek() && rate === this.rate.peek();
    if (!this.#built && same) return;
    batch(() => {
      this.seed.value = seed;
      this.hidden.value = hidden;
      this.rate.value = rate;
    });
    // Before anything was made, the state only says with what to begin.
    if (this.#built || this.making.peek()) void this.restart(this.#start.steps);
  }

  async #make(steps: number): Promise<void> {
    const turn = this.#turn;
    this.making.value = true;
    try {
      const [seed, units, rate] = [this.seed.peek(), this.hidden.peek(), this.rate.peek()];
      const lab = await this.source.engine();
      const all = await lab.strokeDigits({ count: trainCount + heldOutCount, seed });
      const { train, heldOut } = await all.split({ heldOut: heldOutCount, seed });
      await all.dispose();
      const network = await lab.newNetwork({ inputs: train.inputs, hidden: units ? [units] : [], classes: train.classes, seed });
      const training = await network.train(train, { rate, batch: batchSize, heldOut, seed, every });
      const built = { network, training, train, heldOut };
      const before = this.#built;
      this.#built = null;
      if (before) await release(before);
      if (turn !== this.#turn) return void release(built);
      this.#built = built;
      this.run.took({ step: 0, epoch: 0, points: await training.curve() });
      if (steps > 0) this.run.took(await training.run({ steps }));
      await this.#rest();
    } finally {
      this.making.value = false;
    }
  }

  /** After each slice of a run: the clock, and some of the templates. */
  async #slice(): Promise<void> {
    this.#timed();
    await this.#look(rowsPerFrame);
  }

  /** Once it rests: what depends on the weights is asked anew. */
  async #rest(): Promise<void> {
    if (this.run.running.peek()) return;
    await this.#look();
    const built = this.#built;
    if (built) this.source.live.value = { network: built.network, step: this.run.step.peek() };
  }

  /** Reads the templates; of those that are shown already only the next `some` are renewed. */
  async #look(some = Number.POSITIVE_INFINITY): Promise<void> {
    const built = this.#built;
    if (!built) return;
    const { weights } = await built.network.layer(1);
    if (this.#built !== built) return;
    const fresh = (k: number) => weights.data.slice(k * weights.columns, (k + 1) * weights.columns);
    const before = this.templates.peek()?.rows ?? [];
    const rows =
      before.length === weights.rows && some < weights.rows ? [...before] : Array.from({ length: weights.rows }, (_, k) => fresh(k));
    for (let n = 0; n < Math.min(some, weights.rows); n++) {
      rows[this.#next % rows.length] = fresh(this.#next % rows.length);
      this.#next++;
    }
    this.templates.value = { rows, step: this.run.step.peek() };
  }

  #timed(): void {
    const now = this.clock();
    this.seconds.value += (now - this.#began) / 1000;
    this.#began = now;
  }

  /** One act after the other; a failure is kept in words, unless the act was overtaken. */
  #then(act: () => Promise<void>): Promise<void> {
    const turn = this.#turn;
    const done = this.#queue.then(async () => {
      if (turn !== this.#turn) return;
      try {
        await act();
      } catch (error) {
        if (turn === this.#turn) this.failure.value = asFailure(error);
      }
    });
    this.#queue = done;
    return done;
  }
}

async function release({ training, network, train, heldOut }: Built): Promise<void> {
  await training.dispose();
  await Promise.all([network, train, heldOut].map((one) => one.dispose()));
}

/** All rows of examples with their labels. */
async function lossRows(examples: Examples): Promise<LossRows> {
  const [x, labels] = await Promise.all([examples.rows(0, examples.count), examples.labels()]);
  return { x, labels: [...labels], names: Array.from(labels, (label, n) => `digit ${n + 1}, a ${examples.classes[label] ?? ''}`) };
}

/** A share as a percentage with one decimal. */
export function percent(share: number): string {
  return format(100 * share, 1);
}
