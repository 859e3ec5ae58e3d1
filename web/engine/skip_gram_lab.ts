// Training word vectors on a text as the page sees it: the worker trains, when it is asked to.
import type { Client } from './client.ts';
import { Handle } from './handle.ts';
import { InductionLab } from './induction_lab.ts';
import type { SkipGramParts } from './skip_gram_protocol.ts';
import type { SkipGram, SkipGramCalls, SkipGramOptions, SkipGramProgress, SkipGramStretch } from './skip_gram_types.ts';
import { checkSkipGram, checkStretch, SkipGramWords } from './skip_gram_words.ts';
import type { Matrix, Neighbor } from './types.ts';
import * as check from './validate.ts';

export class SkipGramLab extends InductionLab implements SkipGramCalls {
  async skipGram(text: string, options: SkipGramOptions = {}): Promise<SkipGram> {
    const ask = checkSkipGram(text, options);
    return new RemoteSkipGram(this.client, ask.options, await this.client.ask('skipGramMake', ask));
  }
}

class RemoteSkipGram extends SkipGramWords implements SkipGram {
  private readonly handle: Handle;

  constructor(client: Client, options: Required<SkipGramOptions>, parts: SkipGramParts) {
    super(options, parts);
    this.handle = new Handle(client, parts.handle, 'This training', 'skipGramClose');
  }

  async train(
    stretch: SkipGramStretch & { milliseconds?: number; signal?: AbortSignal; onProgress?(progress: SkipGramProgress): void },
  ): Promise<SkipGramProgress> {
    const { milliseconds = Number.MAX_VALUE, signal, onProgress } = stretch ?? {};
    const { tokens, rate } = checkStretch(stretch);
    check.checkPositive(Math.min(milliseconds, 1e9), 'milliseconds');
    return this.handle.ask('skipGramTrain', { tokens, rate, milliseconds }, { signal, onProgress });
  }

  async vector(word: string): Promise<Float32Array> {
    return this.handle.ask('skipGramVector', { word: this.place(word) });
  }

  async vectors(): Promise<Matrix> {
    return this.handle.ask('skipGramVectors', {});
  }

  async nearest(word: string, { count = 10 }: { count?: number } = {}): Promise<Neighbor[]> {
    check.checkInteger(count, 'count', 1, check.MOST);
    return this.neighbors(await this.handle.ask('skipGramNearest', { word: this.place(word), count }));
  }

  dispose(): Promise<void> {
    return this.handle.dispose();
  }
}
