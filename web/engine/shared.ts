// One load for all who ask for it.
import { LabError } from './errors.ts';

type OnProgress = (loaded: number, total: number) => void;

/** Loads on the first call, hands the same to every later one, and tries again after a failure. */
export class Shared<T> {
  private loading: { promise: Promise<T>; listeners: Set<OnProgress>; waiting: number; controller: AbortController } | undefined;

  constructor(private readonly load: (onProgress: OnProgress, signal: AbortSignal) => Promise<T>) {}

  /** The load stops when everybody who waits for it has gone. */
  get({ onProgress, signal }: { onProgress?: OnProgress; signal?: AbortSignal }): Promise<T> {
    const stopped = () => new LabError('aborted', 'Stopped, as asked.');
    if (signal?.aborted) return Promise.reject(stopped());
    this.loading ??= this.begin();
    const loading = this.loading;
    if (onProgress) loading.listeners.add(onProgress);
    ++loading.waiting;
    return new Promise<T>((resolve, reject) => {
      const onAbort = () => {
        reject(stopped());
        leave();
        if (loading.waiting === 0) loading.controller.abort();
      };
      const leave = () => {
        signal?.removeEventListener('abort', onAbort);
        if (onProgress) loading.listeners.delete(onProgress);
        --loading.waiting;
      };
      signal?.addEventListener('abort', onAbort);
      loading.promise.then(resolve, reject).finally(() => {
        if (!signal?.aborted) leave();
      });
    });
  }

  /** The next call loads anew. */
  forget(): void {
    this.loading = undefined;
  }

  private begin() {
    const listeners = new Set<OnProgress>();
    const controller = new AbortController();
    const promise = this.load((loaded, total) => {
      for (const listener of listeners) listener(loaded, total);
    }, controller.signal);
    const loading = { promise, listeners, waiting: 0, controller };
    promise.catch(() => {
      if (this.loading === loading) this.forget();
    });
    return loading;
  }
}
