// Long work in the worker: it reports how far it is, can be stopped, and lets other questions in between.

/** What a long question is handed beside what was asked. */
export interface Task<P> {
  /** Aborted when the asker no longer wants the answer. `throwIfAborted` throws an `aborted` LabError. */
  signal: AbortSignal;
  progress(progress: P): void;
}

/** How often long work lets other questions in, and how far apart it reports at least, in milliseconds. */
const BREATH = 40;
const REPORT = 100;

/** Keeps long work that is done piece by piece, some milliseconds each, answerable. */
export class Pace<P> {
  private readonly begun = performance.now();
  private breathed = this.begun;
  private reported = this.begun;

  constructor(private readonly task: Task<P>) {}

  /** Milliseconds since the work began. */
  get elapsed(): number {
    return performance.now() - this.begun;
  }

  /**
   * Between two pieces: reports and lets others in, where it is time to.
   * @throws `aborted`, as the signal says
   */
  async between(report: () => P): Promise<void> {
    const now = performance.now();
    if (now - this.reported >= REPORT) {
      this.task.progress(report());
      this.reported = now;
    }
    if (now - this.breathed < BREATH) return;
    await pause();
    this.task.signal.throwIfAborted();
    this.breathed = performance.now();
  }
}

/** Let the messages in that arrived meanwhile. */
export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
