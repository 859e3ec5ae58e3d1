// Long work in the worker: it reports how far it is, can be stopped, and lets other questions in between.

/** What a long question is handed beside what was asked. */
export interface Task<P> {
  /** Aborted when the asker no longer wants the answer. `throwIfAborted` throws an `aborted` LabError. */
  signal: AbortSignal;
  progress(progress: P): void;
}

/** Let the messages in that arrived meanwhile. */
export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
