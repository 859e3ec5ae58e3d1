// Training word vectors on a text, where the second module is: the worker's half.
import { unwrap } from './errors.ts';
import type { Models } from './models.ts';
import type { SkipGramQuestions as Q, SkipGramParts } from './skip_gram_protocol.ts';
import type { SkipGramProgress } from './skip_gram_types.ts';
import { Pace, type Task } from './task.ts';

/** The text goes over as UTF-8, and goes again when its words are counted. */
export const make = ({ heap, module }: Models, { text, options }: Q['skipGramMake']['ask']): SkipGramParts => {
  const bytes = new TextEncoder().encode(text);
  const { minimumCount, dimensions, window, negatives, shareNegatives, sample, seed } = options;
  return heap.withBytes(bytes, (at) =>
    unwrap(module.skipGramMake(at, bytes.length, minimumCount, dimensions, window, negatives, shareNegatives, sample, seed)),
  );
};

/** Words of a stretch in the worker: some milliseconds. */
const STRETCH = 2000;
/** One stretch after the other, until there are enough or the time is up. */
async function train(
  { module }: Models,
  { handle, tokens, rate, milliseconds }: Q['skipGramTrain']['ask'],
  task: Task<SkipGramProgress>,
): Promise<SkipGramProgress> {
  const pace = new Pace(task);
  let losses = 0;
  const done: SkipGramProgress = { tokens: 0, pairs: 0, loss: Number.NaN, measured: 0 };
  for (;;) {
    const come = unwrap(module.skipGramAdvance(handle, Math.min(STRETCH, tokens - done.tokens), rate));
    if (come.measured > 0) losses += come.loss * come.measured;
    done.tokens += come.tokens;
    done.pairs += come.pairs;
    done.measured += come.measured;
    if (done.measured > 0) done.loss = losses / done.measured;
    if (done.tokens >= tokens || pace.elapsed >= milliseconds) return done;
    await pace.between(() => ({ ...done }));
  }
}

export const skipGram = {
  make,
  train,
  vector: ({ module }: Models, { handle, word }: Q['skipGramVector']['ask']) => unwrap(module.skipGramVector(handle, word)),
  vectors: ({ module }: Models, { handle }: Q['skipGramVectors']['ask']) => unwrap(module.skipGramVectors(handle)),
  nearest: ({ module }: Models, { handle, word, count }: Q['skipGramNearest']['ask']) =>
    unwrap(module.skipGramNearest(handle, word, count)),
  close: ({ module }: Models, { handle }: Q['skipGramClose']['ask']) => {
    module.skipGramClose(handle);
    return null;
  },
};
