// Where browsers and Node differ: how a worker is started and spoken to.
import { LabError } from './errors.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

/** One of Node's own modules, where there is one. Asked for so, because a bundler for the browser must not see an import. */
export function nodeModule<K extends keyof NodeModules>(name: K): NodeModules[K] | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  return process?.getBuiltinModule?.(name) as NodeModules[K] | undefined;
}

interface NodeModules {
  'node:fs': typeof import('node:fs');
  'node:worker_threads': typeof import('node:worker_threads');
}

/** A worker, as the client uses it. */
export interface Channel {
  post(message: ToWorker, transfer?: Transferable[]): void;
  /** Node waits for a busy worker, and does not for an idle one. */
  busy(busy: boolean): void;
  stop(): void;
}

/** What a channel reports. `onDeath` is called at most once, and not after `stop`. */
export interface Listener {
  onMessage(message: FromWorker): void;
  onDeath(reason: string): void;
}

/** Start a worker from its text: a classic script, since a module worker does not start from a blob in an opaque origin. */
export function startWorker(text: string, listener: Listener): Channel {
  const threads = nodeModule('node:worker_threads');
  return threads ? startThread(threads, text, listener) : startBrowserWorker(text, listener);
}

function startBrowserWorker(text: string, listener: Listener): Channel {
  if (typeof Worker === 'undefined')
    throw new LabError('worker-died', 'There are no workers here. Use createEngine of dot-by-dot/sync instead.');
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(url, { name: 'dot-by-dot' });
  let alive = true;
  let started = false;
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (!started) URL.revokeObjectURL(url);
    started = true;
    listener.onMessage(data);
  };
  worker.onerror = (event) => {
    event.preventDefault?.();
    if (!alive) return;
    alive = false;
    worker.terminate();
    URL.revokeObjectURL(url);
    listener.onDeath(
      started ? event.message || 'it gave no reason' : 'it could not start; a Content-Security-Policy must say `worker-src blob:`',
    );
  };
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    busy: () => {},
    stop() {
      alive = false;
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}

function startThread(threads: NodeModules['node:worker_threads'], text: string, listener: Listener): Channel {
  const worker = new threads.Worker(text, { eval: true, name: 'dot-by-dot' });
  let alive = true;
  const die = (reason: string) => {
    if (alive) listener.onDeath(reason);
    alive = false;
  };
  worker.on('message', (message: FromWorker) => listener.onMessage(message));
  worker.on('error', (error) => die(error.message));
  worker.on('exit', (status) => die(`it ended with status ${status}`));
  worker.unref();
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer as never[]),
    busy: (busy) => (busy ? worker.ref() : worker.unref()),
    stop() {
      alive = false;
      void worker.terminate();
    },
  };
}

/** The worker's own end: how it hears and speaks. */
export function parentPort(onMessage: (message: ToWorker) => void): (message: FromWorker, transfer?: Transferable[]) => void {
  const port = nodeModule('node:worker_threads')?.parentPort;
  if (port) {
    port.on('message', onMessage);
    return (message, transfer = []) => port.postMessage(message, transfer as never[]);
  }
  const scope = self as unknown as DedicatedWorkerGlobalScope;
  scope.onmessage = ({ data }: MessageEvent<ToWorker>) => onMessage(data);
  return (message, transfer = []) => scope.postMessage(message, transfer);
}
