// What the page and the worker say to each other about transformers: token numbers and matrices. What tokens are called is the page's affair.
import type { Guess, HeadAttention, HeadScores } from './transformer_types.ts';
import type { Explanation, Matrix } from './types.ts';

type One = { handle: number };

/** What the engine tells of a model that it has opened. */
export interface TransformerParts {
  handle: number;
  layers: number;
  heads: number;
  width: number;
  hidden: number;
  vocabulary: number;
  context: number;
  causal: boolean;
  figures: Record<string, number>;
  /** The bytes of all tokens one after the other, and where those of each end. */
  texts: Uint8Array;
  ends: Uint32Array;
}

/** Layers and heads from 1, places from 0. */
export interface RunAsk {
  tokens: Uint32Array;
  /** Layer and head of each head that is left out, one after the other. */
  ablate: Uint32Array;
  /** Layer and place of each patch, one after the other, and their states. */
  patched: Uint32Array;
  states: Float32Array;
}

export interface TransformerQuestions {
  transformerOpen: { ask: { source: string | Uint8Array }; answer: TransformerParts; progress: { loaded: number; total: number } };
  /** Bytes as `foldText` makes them. */
  transformerTokens: { ask: One & { bytes: Uint8Array }; answer: Uint32Array };
  transformerRun: { ask: One & RunAsk; answer: number };
  transformerGenerate: {
    ask: One & { tokens: Uint32Array; count: number; temperature: number; topK: number; seed: number };
    answer: Uint32Array;
    progress: number;
  };
  /** Texts one after the other in tokens; where each begins, and the end. A record for each head, layer after layer. */
  transformerHeadScores: { ask: One & { tokens: Uint32Array; starts: Uint32Array }; answer: Omit<HeadScores, 'layer' | 'head'>[] };
  /** The border, `count` different tokens by seed, and the same again. */
  transformerRepeats: { ask: One & { count: number; seed: number }; answer: Uint32Array };
  transformerClose: { ask: One; answer: null };

  runLogits: { ask: One; answer: Matrix };
  runGuesses: { ask: One & { place: number; count: number; temperature: number }; answer: Omit<Guess, 'text'>[] };
  runAttention: { ask: One & { layer: number; head: number }; answer: HeadAttention };
  runAllAttention: { ask: One; answer: Matrix[][] };
  runHidden: { ask: One & { layer: number }; answer: Matrix };
  /** part: 0 queries, 1 keys, 2 values, 3 their weighted sums. */
  runHead: { ask: One & { layer: number; head: number; part: number }; answer: Matrix };
  runSurprise: { ask: One; answer: Float32Array };
  runOperations: { ask: One; answer: { dot: number; other: number } };
  runExplain: { ask: One & { address: string }; answer: Explanation };
  runClose: { ask: One; answer: null };
}
