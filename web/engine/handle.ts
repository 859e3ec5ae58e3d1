// Something that lies in the worker, as the page holds it. When the worker has died it is lost, and says so.
import type { AskOptions, Client } from './client.ts';
import { LabError } from './errors.ts';
import type { Answer, Ask, QuestionKind } from './protocol.ts';
import { largeBuffers } from './transfer.ts';

/** Questions about one thing in the worker. */
export type HandleKind = { [K in QuestionKind]: Ask<K> extends { handle: number } ? K : never }[QuestionKind];

export class Handle {
  private readonly generation: number;
  private disposed = false;

  /** @param what what it is called in messages: "These examples" */
  constructor(
    readonly client: Client,
    private readonly number: number,
    private readonly what: string,
    private readonly close: HandleKind,
  ) {
    this.generation = client.generation;
  }

  /** The number that other questions name it by. @throws {LabError} `disposed` */
  get value(): number {
    if (this.disposed) throw new LabError('disposed', `${this.what} was disposed of. Make it again.`);
    if (!this.alive) throw new LabError('disposed', `${this.what} was lost when the engine's worker stopped. Make it again.`);
    return this.number;
  }

  /** Ask about it. Arrays in the question are handed over. */
  async ask<K extends HandleKind>(kind: K, ask: Omit<Ask<K>, 'handle'>, options: AskOptions<K> = {}): Promise<Answer<K>> {
    const question = { ...ask, handle: this.value } as Ask<K>;
    return this.client.ask(kind, question, { transfer: largeBuffers(question), ...options, generation: this.generation });
  }

  /** Give it back; a second time is nothing. Where the worker ends meanwhile, everything is given back with it. */
  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    if (!this.alive) return;
    await this.client.ask(this.close, { handle: this.number } as Ask<HandleKind>, { generation: this.generation }).catch(() => {});
  }

  /** Whether the worker that it lies in still runs. */
  get alive(): boolean {
    return this.client.alive && this.client.generation === this.generation;
  }
}
