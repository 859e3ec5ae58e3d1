// What the page and the worker say to each other about training word vectors on a text.
import type { SkipGramOptions, SkipGramProgress } from './skip_gram_types.ts';
import type { Hit, Matrix } from './types.ts';

type One = { handle: number };

/** What the engine tells of a training that it has begun. words: a line each. */
export interface SkipGramParts {
  handle: number;
  words: string;
  counts: Uint32Array;
  tokens: number;
}

export interface SkipGramQuestions {
  skipGramMake: { ask: { text: string; options: Required<SkipGramOptions> }; answer: SkipGramParts };
  skipGramTrain: {
    ask: One & { tokens: number; rate: number; milliseconds: number };
    answer: SkipGramProgress;
    progress: SkipGramProgress;
  };
  /** word: its place among the words. */
  skipGramVector: { ask: One & { word: number }; answer: Float32Array };
  skipGramVectors: { ask: One; answer: Matrix };
  skipGramNearest: { ask: One & { word: number; count: number }; answer: Hit[] };
  skipGramClose: { ask: One; answer: null };
}
