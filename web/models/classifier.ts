// A classifier of points in the plane, trained before the reader's eyes: settings, the run of the training, and what the network says
// now of the whole square, of every point, and of one probe that the reader moves.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { Activation, CurvePoint, Lab, Training, TrainingStep } from '../engine/index.ts';
import { type Built, build, type Look, lookAt, type Optimizer, release, type Settings } from './classifier_training.ts';
import { MeanLoss } from './mean_loss.ts';
import { asFailure, type Failure, type WidgetModel } from './model.ts';
import { type DataPoint, PlaneData } from './plane_data.ts';
import { PlaneTable } from './plane_table.ts';
import { matrixOf, type Point, type PointSetName } from './point_sets.ts';
import { percents, shares } from './regions.ts';
import { TrainingRun } from './training_run.ts';
import { packFields, packVector, unpackFields, unpackVector } from './url_state.ts';

export type { Activation, Optimizer, Settings };

export const hiddenChoices: readonly (readonly number[])[] = [[], [4], [8], [8, 8]];
export const activations: readonly Activation[] = ['relu', 'tanh', 'gelu'];
export const optimizers: readonly Optimizer[] = ['sgd', 'momentum', 'adam'];
export const rates: readonly number[] = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
/** Steps between two frames; the last means as many as there is time for. */
export const paces: readonly number[] = [1, 5, 25, 100_000];
/** So many steps are taken before a run ends by itself. */
export const stepsPerRun = 1000;

/** Places asked along each side of the square: while it trains, and at rest. */
const coarse = 25;
const fine = 49;
/** So long after an edit of the points the loss is measured again, and a run goes on by itself, in milliseconds. */
const settleAfter = 200;

type Engine = () => Promise<Pick<Lab, 'examples' | 'newNetwork'>>;

export interface ClassifierStart extends Partial<Settings> {
  points?: PointSetName;
  seed?: number;
  /** Steps taken before the reader comes, so that there is something to see. */
  steps?: number;
  probe?: Point;
}

export class ClassifierModel implements WidgetModel {
  readonly data: PlaneData;
  readonly table: PlaneTable;
  readonly seed: Signal<number>;
  readonly settings: Signal<Settings>;
  readonly pace: Signal<number> = signal(1);
  readonly probe: Signal<{ at: Point; label: number }>;
  /** Whose step is shown in full. */
  readonly shown: Signal<number> = signal(0);
  readonly look: Signal<Look | null> = signal<Look | null>(null);
  /** The last single step, with all that happened in it; null once more was trained. */
  readonly taken: Signal<TrainingStep | null> = signal<TrainingStep | null>(null);
  readonly failure: Signal<Failure | null> = signal<Failure | null>(null);
  readonly run: TrainingRun;
  /** Points of the curve, one for a step. */
  readonly curve: ReadonlySignal<readonly CurvePoint[]> = computed(() => {
    const points = this.run.curve.value;
    return points.filter(({ step }, i) => points[i + 1]?.step !== step);
  });
  readonly shares: ReadonlySignal<readonly number[]> = computed(() => {
    const field = this.look.value?.field;
    return field ? shares(field.probabilities, field.classes) : [];
  });
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());
  #built: Built | null = null;
  /** Counts what makes all earlier work void: other settings, other points. */
  #turn = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #looking = false;
  #lookAgain = false;
  #settling: ReturnType<typeof setTimeout> | undefined;
  /** Whether a run was interrupted by an edit. */
  #going = false;
  /** Whether the points have changed since the training was made. */
  #stale = false;
  #target = 0;
  readonly #start: { steps: number };

  constructor(
    private readonly engine: Engine,
    start: ClassifierStart = {},
    frame?: () => Promise<unknown>,
  ) {
    const {
      points = 'blobs',
      seed = 1,
      hidden = [],
      activation = 'tanh',
      optimizer = 'sgd',
      rate = 0.1,
      steps = 0,
      probe = [0.4, 0.5],
    } = start;
    this.data = new PlaneData(points, seed);
    this.table = new PlaneTable(engine, this.data, () => void this.#begin());
    this.seed = signal(seed);
    this.settings = signal({ hidden, activation, optimizer, rate });
    this.probe = signal({ at: probe, label: 0 });
    this.#start = { steps };
    this.run = new TrainingRun(() => this.#see(), frame);
    void this.#begin();
  }

  /** Whether the class vectors lie in the plane of the points: no hidden layers. */
  readonly linear: ReadonlySignal<boolean> = computed(() => this.settings.value.hidden.length === 0);

  /** Other settings: the training begins anew, with fresh weights. */
  set(change: Partial<Settings>): void {
    this.settings.value = { ...this.settings.peek(), ...change };
    void this.restart();
  }

  take_set(name: PointSetName): void {
    this.data.take_set(name, this.seed.peek());
    void this.#begin();
  }

  /** Another seed: other points of the same kind, other first weights, another order of the examples. */
  reseed(seed: number): void {
    this.seed.value = seed;
    const origin = this.data.origin.peek();
    if (origin.kind === 'set') this.data.take_set(origin.name, seed);
    void this.#begin();
  }

  /** Changes the points by `act`. The weights stay; the curve begins anew, and a run goes on after a moment. */
  edit(act: (data: PlaneData) => void): void {
    const [before, classes] = [this.data.points.peek(), this.data.classes.peek()];
    act(this.data);
    if (this.data.points.peek() === before && this.data.classes.peek() === classes) return;
    if (this.data.classes.peek() !== classes) {
      void this.#begin(0);
      return;
    }
    this.#going ||= this.run.running.peek();
    this.#void();
    void this.#see();
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      const going = this.#going;
      this.#going = false;
      void (going ? this.train() : this.#then(async () => void ((await this.#ready()) && (await this.#see()))));
    }, settleAfter);
  }

  move_probe(at: Point): void {
    if (!at.every(Number.isFinite)) return;
    const reach = this.data.reach.peek();
    const within = (value: number) => Math.round(100 * Math.max(-reach, Math.min(reach, value))) / 100;
    this.probe.value = { ...this.probe.peek(), at: [within(at[0]), within(at[1])] };
    void this.#see();
  }

  /** The class that the probe is said to be of: its loss depends on it. */
  label_probe(label: number): void {
    this.probe.value = { ...this.probe.peek(), label };
    void this.#see();
  }

  /** One mini-batch, with every number of it. */
  step(): Promise<void> {
    this.pause();
    return this.#then(async () => {
      const built = await this.#ready();
      if (!built) return;
      const taken = await built.training.step();
      batch(() => {
        this.run.took(taken);
        this.taken.value = taken;
      });
      await this.#see();
    });
  }

  /** Runs a slice at a time, until paused or `stepsPerRun` are done. */
  train(): Promise<void> {
    return this.#then(async () => {
      const built = await this.#ready();
      if (!built || this.run.running.peek()) return;
      this.taken.value = null;
      this.#target = (Math.floor(this.run.step.peek() / stepsPerRun) + 1) * stepsPerRun;
      // The slice ends after `pace` steps, so that turning can be watched.
      const paced: Training = Object.create(built.training, {
        run: {
          value: (options: Parameters<Training['run']>[0]) =>
            built.training.run({ ...options, steps: Math.min(options.steps, this.pace.peek()) }),
        },
      });
      // Not awaited: other acts are taken while it runs.
      void this.run.start(paced, this.#target).then(() => this.#see());
    });
  }

  /** Where the present run ends by itself. */
  get target(): number {
    return Math.max(this.#target, stepsPerRun);
  }

  pause(): void {
    this.#going = false;
    this.run.pause();
  }

  /** Back to fresh weights, before the first step. */
  restart(): Promise<void> {
    return this.#begin(0);
  }

  /** The loss over the points that are trained on, or those held out, as numbers that unfold. */
  lossSource(heldOut: boolean): MeanLoss | undefined {
    const network = this.#built?.network;
    const last = this.curve.peek().at(-1);
    const points = this.data.points.peek().filter((point) => point.heldOut === heldOut);
    if (!network || !last || points.length === 0) return undefined;
    return new MeanLoss(
      network,
      {
        x: matrixOf(points.map(({ at }) => at)),
        labels: points.map(({ label }) => label),
        names: points.map((point) => this.nameOf(point)),
      },
      heldOut ? 'mean loss, held out' : 'mean loss, trained on',
      heldOut ? last.heldOutLoss : last.loss,
    );
  }

  nameOf({ at, label }: DataPoint): string {
    return `(${at.map((value) => value.toFixed(2).replace('-', '−')).join(', ')}), ${this.data.classes.peek()[label] ?? ''}`;
  }

  dispose(): void {
    this.#turn++;
    this.pause();
    clearTimeout(this.#settling);
    if (this.#built) release(this.#built, 'all');
    this.#built = null;
  }

  to_state(): string {
    const { hidden, activation, optimizer, rate } = this.settings.value;
    const { at, label } = this.probe.value;
    return packFields({
      ...this.data.to_fields(),
      n: this.seed.value,
      h: hidden.join(',') || '0',
      f: activation,
      o: optimizer,
      r: rate,
      q: packVector([...at, label]),
    });
  }

  from_state(state: string): void {
    const fields = unpackFields(state);
    const seed = Number(fields.n);
    const hidden = hiddenChoices.find((units) => (units.join(',') || '0') === fields.h);
    const activation = activations.find((name) => name === fields.f);
    const optimizer = optimizers.find((name) => name === fields.o);
    const rate = rates.find((value) => String(value) === fields.r);
    const probe = unpackVector(fields.q);
    if (!hidden || !activation || !optimizer || rate === undefined || !(Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff)) return;
    batch(() => {
      this.seed.value = seed;
      this.settings.value = { hidden, activation, optimizer, rate };
      this.data.from_fields(fields);
      const [x = Number.NaN, y = Number.NaN, label = -1] = probe ?? [];
      const reach = this.data.reach.peek();
      if (Math.abs(x) <= reach && Math.abs(y) <= reach && this.data.classes.peek()[label] !== undefined)
        this.probe.value = { at: [x, y], label };
    });
    void this.#begin();
  }

  /** Everything from fresh weights, and the first steps. */
  #begin(steps = this.#start.steps): Promise<void> {
    this.pause();
    this.#void();
    if (this.#built) release(this.#built, 'all');
    this.#built = null;
    this.#target = 0;
    const [classes, probe] = [this.data.classes.peek().length, this.probe.peek()];
    if (probe.label >= classes) this.probe.value = { ...probe, label: 0 };
    if (this.shown.peek() >= classes) this.shown.value = 0;
    return this.#then(async () => {
      const built = await this.#ready();
      if (built && steps > 1) this.run.took(await built.training.run({ steps: steps - 1 }));
      if (built && steps > 0) {
        const taken = await built.training.step();
        this.run.took(taken);
        this.taken.value = taken;
      }
      await this.#see();
    });
  }

  /** What was trained and asked until now no longer holds for these points. */
  #void(): void {
    this.#turn++;
    this.#stale = true;
    batch(() => {
      this.taken.value = null;
      this.failure.value = null;
      this.run.clear();
    });
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

  /** The network and a training of it on the present points; null where these cannot be trained on. */
  async #ready(): Promise<Built | null> {
    if (this.#built && !this.#stale) return this.#built;
    const points = this.data.points.peek();
    if (this.data.lack) return null;
    const turn = this.#turn;
    const old = this.#built;
    const settings = { ...this.settings.peek(), seed: this.seed.peek() };
    const built = await build(await this.engine(), points, this.data.classes.peek(), settings, old?.network);
    if (turn !== this.#turn) {
      // Overtaken by another edit: the newer one makes its own.
      release(built, old ? 'training' : 'all');
      return null;
    }
    if (old) release(old, 'training');
    this.#built = built;
    this.#stale = false;
    this.run.took({ step: 0, epoch: 0, points: await built.training.curve() });
    return built;
  }

  /** Asks what the network says now; one question at a time, and the newest afterwards. */
  async #see(): Promise<void> {
    this.#lookAgain = this.#looking;
    if (this.#looking) return;
    this.#looking = true;
    try {
      do {
        this.#lookAgain = false;
        await this.#ask();
      } while (this.#lookAgain);
    } finally {
      this.#looking = false;
    }
  }

  async #ask(): Promise<void> {
    const [turn, network] = [this.#turn, this.#built?.network];
    if (!network) {
      this.look.value = null;
      return;
    }
    const step = this.run.step.peek();
    const view = { side: this.run.running.peek() ? coarse : fine, reach: this.data.reach.peek() };
    try {
      const look = await lookAt(network, this.data.points.peek(), this.probe.peek(), view);
      if (turn === this.#turn) this.look.value = { ...look, step };
    } catch (error) {
      if (turn !== this.#turn) return;
      // The network was trained between two of the questions: ask them again.
      if (asFailure(error).code === 'changed') this.#lookAgain = true;
      else this.failure.value = asFailure(error);
    }
  }

  /** How many points are classified right: of those trained on, or of those held out. */
  right(heldOut: boolean): { correct: number; count: number } | null {
    const predicted = this.look.value?.predicted;
    const points = this.data.points.value;
    if (!predicted || predicted.length !== points.length) return null;
    const part = points.flatMap((point, n) => (point.heldOut === heldOut ? [point.label === predicted[n]] : []));
    return { correct: part.filter(Boolean).length, count: part.length };
  }

  #words(): string {
    const failure = this.failure.value ?? this.run.failure.value;
    if (failure) return failure.message;
    const { lack } = this.data;
    if (lack) return lack;
    const look = this.look.value;
    const [trained, heldOut] = [this.right(false), this.right(true)];
    if (!look || !trained || !heldOut) return '';
    const names = this.data.classes.value;
    const regions = percents(this.shares.value)
      .map((percent, k) => `${names[k]} ${percent}`)
      .join(', ');
    const held = heldOut.count > 0 ? ` and ${heldOut.correct} of ${heldOut.count} held out` : '';
    return (
      `${this.data.says()}, step ${this.run.step.value}: ${trained.correct} of ${trained.count} trained points${held} are classified right. ` +
      `Percent of the square: ${regions}.`
    );
  }
}
