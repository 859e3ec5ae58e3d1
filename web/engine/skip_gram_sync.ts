// Training word vectors on a text, on the thread that asks: part of `dot-by-dot/sync`.
import { unwrap } from './errors.ts';
import type { Models } from './models.ts';
import type { SkipGramQuestions as Q } from './skip_gram_protocol.ts';
import type { SkipGramProgress, SkipGramStretch, SyncSkipGram } from './skip_gram_types.ts';
import { checkStretch, SkipGramWords } from './skip_gram_words.ts';
import { make } from './skip_gram_worker.ts';
import type { Matrix, Neighbor } from './types.ts';
import * as check from './validate.ts';

export class LocalSkipGram extends SkipGramWords implements SyncSkipGram {
  private handle: number;

  constructor(
    private readonly models: Models,
    ask: Q['skipGramMake']['ask'],
  ) {
    const parts = make(models, ask);
    super(ask.options, parts);
    this.handle = parts.handle;
  }

  train(stretch: SkipGramStretch): SkipGramProgress {
    const { tokens, rate } = checkStretch(stretch);
    return unwrap(this.models.module.skipGramAdvance(this.handle, tokens, rate));
  }

  vector(word: string): Float32Array {
    return unwrap(this.models.module.skipGramVector(this.handle, this.place(word)));
  }

  vectors(): Matrix {
    return unwrap(this.models.module.skipGramVectors(this.handle));
  }

  nearest(word: string, { count = 10 }: { count?: number } = {}): Neighbor[] {
    check.checkInteger(count, 'count', 1, check.MOST);
    return this.neighbors(unwrap(this.models.module.skipGramNearest(this.handle, this.place(word), count)));
  }

  dispose(): void {
    this.models.module.skipGramClose(this.handle);
  }
}
