// The page's half of the conversation: questions out, promises in, and a new worker when one has died.
import { LabError } from './errors.ts';
import type { Channel, Listener } from './platform.ts';
import type { Answer, Ask, FromWorker, Progress, QuestionKind } from './protocol.ts';

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: LabError): void;
  progress?(progress: unknown): void;
}

/** What may go with a question. */
export interface AskOptions<K extends QuestionKind> {
  /** Buffers that the page no longer needs. */
  transfer?: Transferable[];
  signal?: AbortSignal;
  onProgress?(progress: Progress<K>): void;
  /** Refuse to ask any other worker than this one: the question speaks of a handle. */
  generation?: number;
}

export class Client {
  private channel: Channel | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;
  private disposed = false;
  /** Counts the workers: handles of one mean nothing to the next. */
  generation = 0;

  /**
   * @param start starts a worker and hands it the compiled core
   * @param models fetches and compiles the second module, for a worker that wants it
   */
  constructor(
    private readonly start: (listener: Listener) => Channel,
    private readonly models: () => Promise<WebAssembly.Module>,
  ) {}

  /** Whether the worker that answered before still runs. */
  get alive(): boolean {
    return this.channel !== undefined;
  }

  /** Ask the worker. It is started if there is none. */
  ask<K extends QuestionKind>(kind: K, ask: Ask<K>, { transfer, signal, onProgress, generation }: AskOptions<K> = {}): Promise<Answer<K>> {
    return new Promise((resolve, reject) => {
      if (this.disposed) return reject(new LabError('disposed', 'This lab was disposed of. Open another with loadLab().'));
      if (signal?.aborted) return reject(aborted());
      if (generation !== undefined && (generation !== this.generation || !this.channel))
        return reject(died('it was started anew in between'));
      const id = this.nextId++;
      const onAbort = () => {
        this.channel?.post({ type: 'cancel', id });
        this.settle(id)?.reject(aborted());
      };
      const done = () => signal?.removeEventListener('abort', onAbort);
      signal?.addEventListener('abort', onAbort);
      this.waiting.set(id, {
        resolve: (answer) => (done(), resolve(answer as Answer<K>)),
        reject: (error) => (done(), reject(error)),
        progress: onProgress as Waiting['progress'],
      });
      try {
        this.channel ??= this.open();
        this.channel.busy(true);
        this.channel.post({ type: 'ask', id, kind, ask }, transfer);
      } catch (error) {
        this.settle(id)?.reject(error instanceof LabError ? error : died(String(error)));
      }
    });
  }

  /** Stop the worker; what is in flight is rejected. */
  dispose(): void {
    this.disposed = true;
    this.end(new LabError('disposed', 'This lab was disposed of while the question was asked.'));
  }

  /** End the worker as if it had died; the next question starts another. For tests. */
  kill(): void {
    this.end(died('it was stopped'));
  }

  private open(): Channel {
    const generation = ++this.generation;
    return this.start({
      onMessage: (message) => this.receive(message),
      onDeath: (reason) => {
        if (generation === this.generation) this.end(died(reason));
      },
    });
  }

  private receive(message: FromWorker): void {
    if (message.type === 'ready') return;
    if (message.type === 'want-models') {
      void this.giveModels();
    } else if (message.type === 'progress') {
      this.waiting.get(message.id)?.progress?.(message.progress);
    } else if (message.type === 'answer') {
      this.settle(message.id)?.resolve(message.answer);
    } else if (message.fatal) {
      this.end(died(message.error.message));
    } else {
      this.settle(message.id)?.reject(LabError.fromRecord(message.error));
    }
  }

  /** Hands the worker the second module, or the reason why there is none. The module outlives workers: the next gets the same. */
  private async giveModels(): Promise<void> {
    const { channel } = this;
    const answer = await this.models().then(
      (compiled) => ({ type: 'models' as const, compiled }),
      (error: LabError) => ({ type: 'models' as const, error: error.toRecord() }),
    );
    if (channel === this.channel) channel?.post(answer);
  }

  /** Takes a question off the list. */
  private settle(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.channel?.busy(false);
    return waiting;
  }

  private end(error: LabError): void {
    this.channel?.stop();
    this.channel = undefined;
    const all = [...this.waiting.values()];
    this.waiting.clear();
    for (const waiting of all) waiting.reject(error);
  }
}

const aborted = () => new LabError('aborted', 'Stopped, as asked.');

const died = (reason: string) =>
  new LabError('worker-died', `The engine's worker stopped (${reason}). It starts again with the next question: ask once more.`);
