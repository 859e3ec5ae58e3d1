// The plane, bent by a small network: points of a class each, a network that is trained on them, and two ways to look: over time, and
// through the layers, part by part.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { formatCount, formatShort } from '../drawing/format.ts';
import type { Lab } from '../engine/index.ts';
import { asFailure, type Failure, type WidgetModel } from './model.ts';
import { isPointSet, matrixOf, type Point, type PointSet, type PointSetName, pointSet, pointSets, within } from './point_sets.ts';
import { packFields, unpackFields, unpackVector } from './url_state.ts';
import { type BendEngine, type Bent, bend, type Part } from './warp_states.ts';
import { type Snapshot, type WarpNetwork, WarpTraining } from './warp_training.ts';

export const hiddenChoices: readonly (readonly number[])[] = [[2], [2, 2], [2, 2, 2], [3], [3, 3], [3, 3, 3], [4, 4, 2]];
export const setChoices: readonly PointSetName[] = ['two', 'moons', 'xor', 'rings', 'spirals', 'three-spirals'];
const pointCount = 160;
/** A run ends by itself after so many steps, and no network is trained for more in all. */
export const stepsPerRun = 1000;
const mostSteps = 20_000;
export const mostOwn = 200;
/** Own points are of two classes; a training wants a few of each. */
const fewest = 4;

export interface OwnPoint {
  at: Point;
  label: 0 | 1;
}

export interface WarpStart extends Partial<WarpNetwork> {
  points?: PointSetName;
  /** Steps trained before the reader comes. */
  steps?: number;
  /** Where in the layers the picture stands at first: a number of parts; the end unless told. */
  place?: number | null;
}

/** Bent, at a step of the training. */
export type Looked = Bent & { step: number };

type Engine = () => Promise<BendEngine & Pick<Lab, 'examples' | 'newNetwork'>>;

export class WarpModel implements WidgetModel {
  readonly points: Signal<PointSetName | 'own'>;
  readonly own: Signal<readonly OwnPoint[]> = signal([]);
  /** The class of which points are placed. */
  readonly pen: Signal<0 | 1> = signal(0);
  readonly settings: Signal<WarpNetwork>;
  readonly training: Signal<WarpTraining | null> = signal<WarpTraining | null>(null);
  /** Which moment is looked at; null: the newest. */
  readonly moment: Signal<number | null> = signal<number | null>(null);
  /** How far through the layers; null: to the end. */
  readonly place: Signal<number | null>;
  readonly chosen: Signal<number> = signal(0);
  /** What the engine says of the moment that is looked at, and which one that was. */
  readonly bent: Signal<Looked | null> = signal<Looked | null>(null);
  readonly failure: Signal<Failure | null> = signal<Failure | null>(null);
  /** What the reader is told of an act that could not be done. */
  readonly note: Signal<string> = signal('');
  readonly set: ReadonlySignal<PointSet> = computed(() => this.#set());
  readonly moments: ReadonlySignal<readonly Snapshot[]> = computed(() => this.training.value?.moments.value ?? []);
  readonly shown: ReadonlySignal<number> = computed(() => {
    const last = this.moments.value.length - 1;
    return Math.max(0, Math.min(last, this.moment.value ?? last));
  });
  readonly running: ReadonlySignal<boolean> = computed(() => this.training.value?.running.value ?? false);
  /** How many parts the layers have: known before the engine has answered. */
  readonly parts: ReadonlySignal<number> = computed(() => {
    const widths = [2, ...this.settings.value.hidden];
    return widths.slice(1).reduce((sum, units, i) => sum + (units === 2 && widths[i] === 2 ? 4 : 3), 0);
  });
  readonly at: ReadonlySignal<number> = computed(() => Math.min(this.parts.value, this.place.value ?? this.parts.value));
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());
  /** Counts what makes all earlier work void. */
  #turn = 0;
  #wanted: number;
  #bending = false;
  #bendAgain = false;
  #begun = false;

  constructor(
    private readonly engine: Engine,
    start: WarpStart = {},
    private readonly frame?: () => Promise<unknown>,
  ) {
    const { points = 'moons', hidden = [2, 2], activation = 'tanh', seed = 1, steps = 0, place = null } = start;
    this.points = signal(points);
    this.settings = signal({ hidden: allowed(hidden) ?? [2, 2], activation, seed });
    this.place = signal(place);
    this.#wanted = Math.max(0, Math.min(mostSteps, steps));
  }

  /** Makes the network and trains it as far as the start says. Called when the reader comes near. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    void this.#make(this.#wanted, true);
  }

  retry(): void {
    void this.#make(this.#wanted);
  }

  take_points(name: PointSetName | 'own'): void {
    if (name === this.points.peek()) return;
    batch(() => {
      this.points.value = name;
      this.chosen.value = 0;
    });
    void this.#make(0);
  }

  take_settings(change: Partial<WarpNetwork>): void {
    const next = { ...this.settings.peek(), ...change };
    this.settings.value = { ...next, hidden: allowed(next.hidden) ?? this.settings.peek().hidden };
    void this.#make(0);
  }

  /** Other random weights, and another order of the points. */
  new_seed(): void {
    this.take_settings({ seed: this.settings.peek().seed + 1 });
  }

  /** Trains `steps` more, to be seen as it goes. */
  async train(steps: number = stepsPerRun): Promise<void> {
    const training = this.training.peek();
    if (!training || training.running.peek()) return;
    this.moment.value = null;
    const until = Math.min(mostSteps, training.step + steps);
    this.note.value = until === training.step ? `${formatCount(mostSteps)} steps are enough: try a new start or other units.` : '';
    await this.#advance(training, until, true);
  }

  pause(): void {
    this.training.peek()?.pause();
  }

  look_at(moment: number): void {
    if (!Number.isFinite(moment)) return;
    this.pause();
    const last = this.moments.peek().length - 1;
    this.moment.value = moment >= last ? null : Math.max(0, Math.round(moment));
    void this.#bend();
  }

  go_to(place: number): void {
    if (!Number.isFinite(place)) return;
    const to = Math.round(100 * Math.max(0, Math.min(this.parts.peek(), place))) / 100;
    this.place.value = to >= this.parts.peek() ? null : to;
  }

  choose(point: number): void {
    const count = this.set.peek().points.length;
    if (!Number.isFinite(point) || count === 0) return;
    this.chosen.value = Math.max(0, Math.min(count - 1, Math.round(point)));
    void this.#bend();
  }

  add_own([x, y]: Point, label: 0 | 1 = this.pen.peek()): void {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    const own = this.own.peek();
    if (own.length >= mostOwn) {
      this.note.value = `${mostOwn} points are the most: take some away first.`;
      return;
    }
    this.#take_own([...own, { at: within([x, y]), label }]);
  }

  undo_own(): void {
    this.#take_own(this.own.peek().slice(0, -1));
  }

  clear_own(): void {
    this.#take_own([]);
  }

  dispose(): void {
    this.#turn++;
    void this.training.peek()?.close();
    this.training.value = null;
  }

  to_state(): string {
    const { hidden, activation, seed } = this.settings.value;
    const own = this.points.value === 'own';
    return packFields({
      p: this.points.value,
      h: hidden.join(','),
      a: activation,
      s: seed,
      n: this.#begun ? (this.moments.value.at(-1)?.step ?? this.#wanted) : this.#wanted,
      m: this.moment.value ?? undefined,
      w: this.place.value ?? undefined,
      c: this.chosen.value || undefined,
      o: own && this.own.value.length ? this.own.value.map(({ at, label }) => `${at[0]},${at[1]},${label}`).join(',') : undefined,
    });
  }

  from_state(state: string): void {
    const fields = unpackFields(state);
    const hidden = allowed((fields.h ?? '').split(',').map(Number));
    const points = fields.p === 'own' ? 'own' : isPointSet(fields.p) ? fields.p : null;
    if (!hidden || !points) return;
    const whole = (text: string | undefined, most: number) => {
      const value = Number(text);
      return text !== undefined && text !== '' && Number.isInteger(value) && value >= 0 && value <= most ? value : null;
    };
    const place = Number(fields.w);
    batch(() => {
      this.points.value = points;
      this.own.value = points === 'own' ? ownFrom(fields.o) : [];
      this.settings.value = { hidden, activation: fields.a === 'relu' ? 'relu' : 'tanh', seed: whole(fields.s, 0xffffffff) ?? 1 };
      this.moment.value = whole(fields.m, 10_000);
      this.place.value = fields.w !== undefined && Number.isFinite(place) && place >= 0 ? place : null;
      this.chosen.value = whole(fields.c, 10_000) ?? 0;
      this.note.value = '';
    });
    this.#wanted = whole(fields.n, mostSteps) ?? 0;
    if (this.#begun) void this.#make(this.#wanted, true);
  }

  async #make(steps: number, keepMoment = false): Promise<void> {
    this.#begun = true;
    const turn = ++this.#turn;
    this.#wanted = steps;
    const old = this.training.peek();
    old?.pause();
    batch(() => {
      if (!keepMoment) this.moment.value = null;
      this.note.value = '';
      this.failure.value = null;
    });
    const set = this.set.peek();
    try {
      const lab = await this.engine();
      if (turn !== this.#turn) return;
      const enough = set.points.length >= fewest && set.classes.every((_, k) => set.labels.includes(k));
      const made = enough ? await WarpTraining.begin(lab, set, this.settings.peek(), this.frame) : null;
      if (turn !== this.#turn) {
        void made?.close();
        return;
      }
      batch(() => {
        this.training.value = made;
        if (!made) this.bent.value = null;
      });
      void old?.close();
      if (made && steps > 0) await this.#advance(made, steps, false);
      else await this.#bend();
    } catch (error) {
      if (turn === this.#turn) this.failure.value = asFailure(error);
    }
  }

  async #advance(training: WarpTraining, until: number, paced: boolean): Promise<void> {
    const turn = this.#turn;
    const stop = paced ? training.moments.subscribe(() => void this.#bend()) : () => {};
    try {
      await training.advance(until, paced);
    } catch (error) {
      if (turn === this.#turn) this.failure.value = asFailure(error);
    } finally {
      stop();
    }
    if (turn === this.#turn) await this.#bend();
  }

  /** Asks for the states of the moment that is looked at; what is asked meanwhile is asked once, at the end. */
  async #bend(): Promise<void> {
    if (this.#bending) {
      this.#bendAgain = true;
      return;
    }
    this.#bending = true;
    try {
      do {
        this.#bendAgain = false;
        await this.#bend_once();
      } while (this.#bendAgain);
    } finally {
      this.#bending = false;
    }
  }

  async #bend_once(): Promise<void> {
    const turn = this.#turn;
    const training = this.training.peek();
    const snapshot = this.moments.peek()[this.shown.peek()];
    const set = this.set.peek();
    if (!training || !snapshot) return;
    try {
      const lab = await this.engine();
      await training.viewer.setLayers(snapshot.layers);
      const bent = await bend(lab, training.viewer, snapshot.layers, {
        points: matrixOf(set.points).data,
        labels: set.labels,
        chosen: this.chosen.peek(),
      });
      if (turn !== this.#turn) return;
      batch(() => {
        this.bent.value = { ...bent, step: snapshot.step };
        this.failure.value = null;
      });
    } catch (error) {
      if (turn === this.#turn) this.failure.value = asFailure(error);
    }
  }

  #take_own(points: readonly OwnPoint[]): void {
    batch(() => {
      this.own.value = points;
      this.points.value = 'own';
      this.chosen.value = Math.max(0, Math.min(points.length - 1, this.chosen.peek()));
    });
    void this.#make(0);
  }

  #set(): PointSet {
    const name = this.points.value;
    if (name !== 'own') return pointSet(name, { seed: 1, count: pointCount });
    const own = this.own.value;
    return { points: own.map(({ at }) => at), labels: own.map(({ label }) => label), classes: ['A', 'B'] };
  }

  #words(): string {
    const failure = this.failure.value;
    if (failure) return failure.message;
    const bent = this.bent.value;
    const set = this.set.value;
    if (!bent) return this.points.value === 'own' ? ownWords(set) : '';
    const { step } = bent;
    const before = `${saysOf(this.points.value)}, ${bent.counts.points} points. After ${formatCount(step)} steps ${bent.correct} of them are told apart rightly.`;
    if (this.running.value) return `${saysOf(this.points.value)}: training.`;
    return `${before} ${placeWords(bent, this.at.value)}`;
  }
}

/** What stands at `place`, in words. */
export function placeWords(bent: Pick<Bent, 'parts' | 'facts'>, place: number): string {
  if (place === 0) return 'Shown: the plane as it was given.';
  const i = Math.min(bent.parts.length, Math.ceil(place)) - 1;
  const part = bent.parts[i];
  if (!part) return '';
  const where = `layer ${part.layer} of ${bent.facts.length}`;
  const under = place < i + 1 ? `on the way through ${partWords(part)}` : `after ${partWords(part)}`;
  const { singular, turned } = bent.facts[part.layer - 1] as Bent['facts'][number];
  const values = Array.from(singular.values, (value) => formatShort(value, 2)).join(' and ');
  const over = (singular.determinant ?? 1) < 0;
  const turn = over ? ' and turns the plane over' : turned ? ` and turns by ${formatShort(turned.pair.angleDegrees ?? 0, 0)} degrees` : '';
  return `Shown: ${where}, ${under}. Its matrix stretches by ${values}${turn}.`;
}

/** A part's name in a sentence. */
export function partWords({ kind, turn }: Part): string {
  return {
    stretch: 'the stretch',
    turn: turn === null ? 'the turning over' : 'the turn',
    map: 'the linear map',
    shift: 'the shift',
    fold: 'the fold',
  }[kind];
}

/** What a set of points is called. */
export const saysOf = (name: PointSetName | 'own'): string => (name === 'own' ? 'your own points' : pointSets[name].says);

/** What an own set still lacks. */
export function ownWords({ points, labels }: PointSet): string {
  if (points.length === 0) return 'No points yet: place some of both classes.';
  if (!labels.includes(0) || !labels.includes(1)) return 'Points of one class only: place some of the other.';
  return points.length < fewest ? `Place at least ${fewest} points in all.` : '';
}

/** One to four hidden layers of 2 to 8 units; null for anything else. */
export function allowed(hidden: readonly number[]): readonly number[] | null {
  const fits = hidden.length >= 1 && hidden.length <= 4 && hidden.every((units) => Number.isInteger(units) && units >= 2 && units <= 8);
  return fits ? hidden : null;
}

function ownFrom(text: string | undefined): OwnPoint[] {
  const numbers = unpackVector(text) ?? [];
  const points: OwnPoint[] = [];
  for (let i = 0; i + 2 < numbers.length && points.length < mostOwn; i += 3) {
    const [x = 0, y = 0, label] = numbers.slice(i, i + 3);
    points.push({ at: within([x, y]), label: label === 1 ? 1 : 0 });
  }
  return points;
}
