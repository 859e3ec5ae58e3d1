// A training that runs a slice at a time: one slice per frame, so that the page stays smooth, and none while the page is hidden
// (no frames come then). Pausing is not asking for the next slice; the curve does not depend on how it was cut.
import { batch, type Signal, signal } from '@preact/signals-core';
import type { CurvePoint, Training } from '../engine/index.ts';
import { asFailure, type Failure } from './model.ts';

/** How long the worker may compute before the page is told, in milliseconds. */
const slice = 12;

/** Resolves when the next frame is to be drawn; soon where there are no frames, as in tests. */
const nextFrame = (): Promise<unknown> =>
  new Promise((resolve) => (typeof requestAnimationFrame === 'function' ? requestAnimationFrame(resolve) : setTimeout(resolve)));

export class TrainingRun {
  readonly running: Signal<boolean> = signal(false);
  readonly step: Signal<number> = signal(0);
  readonly epoch: Signal<number> = signal(0);
  /** Every point so far; point 0 is before the first step. */
  readonly curve: Signal<readonly CurvePoint[]> = signal([]);
  readonly failure: Signal<Failure | null> = signal(null);
  #turn = 0;
  #training: Training | null = null;

  /** @param onSlice is awaited after every slice, before the next: the place to read what has changed */
  constructor(
    private readonly onSlice: () => Promise<unknown> | unknown = () => {},
    private readonly frame: () => Promise<unknown> = nextFrame,
  ) {}

  /** Trains until `steps` have been taken in all (counted from the training's beginning), or until paused. A failure is kept in words. */
  async start(training: Training, steps: number): Promise<void> {
    const turn = ++this.#turn;
    this.#training = training;
    batch(() => {
      this.running.value = true;
      this.failure.value = null;
    });
    try {
      while (turn === this.#turn && this.step.peek() < steps) {
        const { step, epoch, points } = await training.run({ steps: steps - this.step.peek(), milliseconds: slice });
        // What was trained before a pause stands; what belongs to a training that was given up does not.
        if (this.#training !== training) return;
        this.#take(step, epoch, points);
        await this.onSlice();
        await this.frame();
      }
    } catch (error) {
      if (turn === this.#turn) this.failure.value = asFailure(error);
    } finally {
      if (turn === this.#turn) this.running.value = false;
    }
  }

  /** Lets the slice under way end, and asks for no other. */
  pause(): void {
    this.#turn++;
    this.running.value = false;
  }

  /** What one single step has done: the same bookkeeping as for a slice. */
  took(progress: { step: number; epoch: number; points: readonly CurvePoint[] }): void {
    this.#take(progress.step, progress.epoch, progress.points);
  }

  /** Back to before the first step, for another training. */
  clear(): void {
    this.pause();
    this.#training = null;
    batch(() => {
      this.step.value = 0;
      this.epoch.value = 0;
      this.curve.value = [];
      this.failure.value = null;
    });
  }

  #take(step: number, epoch: number, points: readonly CurvePoint[]): void {
    batch(() => {
      this.step.value = Math.max(step, this.step.peek());
      this.epoch.value = Math.max(epoch, this.epoch.peek());
      if (points.length > 0) this.curve.value = [...this.curve.peek(), ...points];
    });
  }
}
