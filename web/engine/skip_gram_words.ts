// Training word vectors on a text: what is checked of a question, and what the words are, for the lab and for `dot-by-dot/sync`.
import { LabError } from './errors.ts';
import type { SkipGramQuestions as Q, SkipGramParts } from './skip_gram_protocol.ts';
import type { SkipGramFacts, SkipGramOptions, SkipGramStretch } from './skip_gram_types.ts';
import type { Hit, Neighbor } from './types.ts';
import * as check from './validate.ts';

/** What the engine can take: its kernel has room for so many dot products at once. */
const MOST_NEGATIVES = 31;
const MOST_DIMENSIONS = 4096;
const RATE = 0.025;

export function checkSkipGram(text: unknown, options: SkipGramOptions = {}): Q['skipGramMake']['ask'] {
  const { minimumCount = 1, dimensions = 100, window = 5, negatives = 5, shareNegatives = true, sample = 1e-4, seed = 1 } = options ?? {};
  return {
    text: check.checkText(text, 'text'),
    options: {
      minimumCount: check.checkInteger(minimumCount, 'minimumCount', 1, check.MOST),
      dimensions: check.checkInteger(dimensions, 'dimensions', 1, MOST_DIMENSIONS),
      window: check.checkInteger(window, 'window', 1, check.MOST),
      negatives: check.checkInteger(negatives, 'negatives', 1, MOST_NEGATIVES),
      shareNegatives: Boolean(shareNegatives),
      sample: check.checkBetween(sample, 'sample', 0, 1),
      seed: check.checkInteger(seed, 'seed', 0, Number.MAX_SAFE_INTEGER),
    },
  };
}

export function checkStretch(stretch: SkipGramStretch): Required<SkipGramStretch> {
  const { tokens, rate = RATE } = stretch ?? {};
  return { tokens: check.checkInteger(tokens, 'tokens', 1, check.MOST), rate: check.checkBetween(rate, 'rate', 0, 1) };
}

/** The words of a training, and where each stands. */
export class SkipGramWords implements SkipGramFacts {
  readonly words: readonly string[];
  readonly counts: Uint32Array;
  readonly tokens: number;
  private places: Map<string, number> | undefined;

  constructor(
    readonly options: Required<SkipGramOptions>,
    parts: SkipGramParts,
  ) {
    this.words = parts.words.split('\n').slice(0, -1);
    this.counts = parts.counts;
    this.tokens = parts.tokens;
  }

  /** @throws {LabError} `unknown-word` */
  protected place(word: unknown): number {
    this.places ??= new Map(this.words.map((one, i) => [one, i]));
    const found = this.places.get(check.checkText(word, 'word'));
    if (found !== undefined) return found;
    throw new LabError('unknown-word', `${JSON.stringify(word)} is not among the ${this.words.length} words of this training.`);
  }

  protected neighbors(hits: readonly Hit[]): Neighbor[] {
    return hits.map(({ index, score }, i) => ({ word: this.words[index] as string, score, rank: i + 1, partials: [] }));
  }
}
