// What the page and the worker say to each other about attention. Nothing is kept in the worker: whoever wants a number explained
// gives the inputs once more.
import type { Attention, RandomDots, SelfAttention, SoftmaxRow } from './attention_types.ts';
import type { Explanation, Matrix } from './types.ts';

type Floats = Float32Array;
type Addressed = { address: string };

interface Options {
  heads: number;
  causal: boolean;
  /** [T, S], 0 where a query may not look; null without a mask. */
  allowed: Uint8Array | null;
  /** Null for 1/√d. */
  scale: number | null;
}

/** What attention is computed of. */
export interface AttentionAsk extends Options {
  query: Matrix;
  key: Matrix;
  value: Matrix;
}

/** The same of self-attention: x, and its matrices. */
export interface SelfAttentionAsk extends AttentionAsk {
  x: Matrix;
  output: Matrix | null;
}

export interface SoftmaxAsk {
  scores: Floats;
  scale: number;
}

export interface RandomAsk {
  dimensions: number;
  seed: number;
}

/** A matrix in the engine's memory. */
export interface Placed {
  at: number;
  rows: number;
  columns: number;
}

/** What the engine is handed. */
export interface PlacedAttention extends Omit<Options, 'allowed'> {
  allowedAt: number;
  query: Placed;
  key: Placed;
  value: Placed;
}

export interface PlacedSelfAttention extends PlacedAttention {
  x: Placed;
  output: Placed | null;
}

export interface AttentionQuestions {
  attention: { ask: AttentionAsk; answer: Omit<Attention, 'explain'> };
  attentionExplain: { ask: AttentionAsk & Addressed; answer: Explanation };
  selfAttention: { ask: SelfAttentionAsk; answer: Omit<SelfAttention, 'explain'> };
  selfAttentionExplain: { ask: SelfAttentionAsk & Addressed; answer: Explanation };
  softmaxRow: { ask: SoftmaxAsk; answer: Omit<SoftmaxRow, 'explain'> };
  softmaxExplain: { ask: SoftmaxAsk & Addressed; answer: Explanation };
  randomDots: { ask: RandomAsk & { pairs: number }; answer: Omit<RandomDots, 'explain' | 'pair'> };
  randomPair: { ask: RandomAsk & { i: number }; answer: { query: Floats; key: Floats } };
  randomExplain: { ask: RandomAsk & { dots: Floats } & Addressed; answer: Explanation };
}
