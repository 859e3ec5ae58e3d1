// What the page and the worker say to each other about growing an induction head.
import type { InductionGrowth, InductionSnapshot } from './induction_types.ts';

type One = { handle: number };

/** What the engine tells of a training that it has begun. */
export interface InductionParts {
  handle: number;
  layers: number;
  heads: number;
  width: number;
  vocabulary: number;
  context: number;
  examples: { tokens: Uint32Array; segment: number }[];
  growth: InductionGrowth;
}

export interface InductionQuestions {
  /** names: what each token is called where a number is explained. */
  inductionMake: { ask: { seed: number; steps: number; every: number; names: string[] }; answer: InductionParts };
  /** known: how many snapshots the page has; those after them are answered. */
  inductionAdvance: {
    ask: One & { steps: number; milliseconds: number; known: number };
    answer: InductionGrowth;
    progress: InductionGrowth;
  };
  /** places: layer and head of each head that is left out, one after the other. */
  inductionWithout: { ask: One & { snapshot: number; places: Uint32Array }; answer: InductionSnapshot };
  inductionRun: { ask: One & { snapshot: number; tokens: Uint32Array }; answer: number };
  inductionClose: { ask: One; answer: null };
}
