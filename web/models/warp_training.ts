// A small network in training whose past is kept: its weights after every few steps, so that a reader can go back in time. The same
// settings and seed give the same past on every machine.
import { batch, type Signal, signal } from '@preact/signals-core';
import type { Activation, Examples, Lab, Layer, Network, Training } from '../engine/index.ts';
import { matrixOf, type PointSet } from './point_sets.ts';
import { TrainingRun } from './training_run.ts';

export interface Snapshot {
  step: number;
  layers: readonly Layer[];
}

export interface WarpNetwork {
  hidden: readonly number[];
  activation: Activation;
  seed: number;
}

/** Steps between two moments that are kept, at first; as the past grows, every second one is let go and the gap doubles. */
const firstGap = 5;
const mostMoments = 120;
export const [rate, batchSize] = [0.02, 32];

export class WarpTraining {
  readonly moments: Signal<readonly Snapshot[]> = signal([]);
  readonly running: Signal<boolean> = signal(false);
  readonly run: TrainingRun;
  /** Holds the weights of whatever moment is looked at; the training's own network goes on by itself. */
  readonly viewer: Network;
  #gap = firstGap;
  #turn = 0;
  #closed = false;

  private constructor(
    private readonly training: Training,
    private readonly examples: Examples,
    viewer: Network,
    frame?: () => Promise<unknown>,
  ) {
    this.viewer = viewer;
    this.run = new TrainingRun(() => {}, frame);
  }

  static async begin(
    lab: Pick<Lab, 'examples' | 'newNetwork'>,
    set: PointSet,
    { hidden, activation, seed }: WarpNetwork,
    frame?: () => Promise<unknown>,
  ): Promise<WarpTraining> {
    const examples = await lab.examples({ rows: matrixOf(set.points), labels: set.labels, classes: set.classes });
    const network = await lab.newNetwork({ inputs: 2, hidden, classes: set.classes, activation, seed });
    const viewer = await network.copy();
    const training = await network.train(examples, { optimizer: 'adam', rate, batch: batchSize, seed });
    const made = new WarpTraining(training, examples, viewer, frame);
    await made.#keep();
    return made;
  }

  get step(): number {
    return this.run.step.peek();
  }

  /** Trains to `steps` in all, at once or, `paced`, a moment a frame. A pause ends it. Rejects with what the training failed of. */
  async advance(steps: number, paced: boolean): Promise<void> {
    const turn = ++this.#turn;
    this.running.value = true;
    try {
      while (turn === this.#turn && this.step < steps) {
        const next = Math.min(steps, this.step - (this.step % this.#gap) + this.#gap);
        if (paced) {
          await this.run.start(this.training, next);
          const failure = this.run.failure.peek();
          if (failure) throw failure;
        } else {
          const { step, epoch, points } = await this.training.run({ steps: next - this.step });
          this.run.took({ step, epoch, points });
        }
        if (this.#closed) return;
        await this.#keep();
      }
    } finally {
      if (turn === this.#turn) this.running.value = false;
    }
  }

  pause(): void {
    this.#turn++;
    this.run.pause();
    this.running.value = false;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.pause();
    await this.training.dispose();
    await Promise.all([this.training.network.dispose(), this.viewer.dispose(), this.examples.dispose()]);
  }

  /** Keeps the weights as they are now. */
  async #keep(): Promise<void> {
    const { step } = this;
    const count = this.training.network.hidden.length + 1;
    const layers = await Promise.all(Array.from({ length: count }, (_, i) => this.training.network.layer(i + 1)));
    let moments = [...this.moments.peek().filter((one) => one.step < step), { step, layers }];
    if (moments.length > mostMoments) {
      moments = moments.filter(({ step: at }, i) => at % (2 * this.#gap) === 0 || i === moments.length - 1);
      this.#gap *= 2;
    }
    batch(() => {
      this.moments.value = moments;
    });
  }
}
