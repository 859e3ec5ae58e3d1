/**
 * The public types of attention: vectors in, every intermediate out. Part of `types.ts`, kept apart so that both can be read.
 *
 * Shapes: T queries, S keys, H heads, d the width of a head's query and key, e of its value. Heads count from 1, places from 0.
 * In addresses `[t,s]` and `[t][s]` are the same.
 */
import type { Explainable, Matrix, MatrixInput, NumberArray } from './types.ts';

/** How attention is to be taken. */
export interface AttentionOptions {
  /** How many heads lie side by side in each row; they divide its width. 1 unless given. */
  heads?: number;
  /**
   * Which keys a query may look at: all (`none`, the default), those that are not after it (`causal`; query t of T sees keys 0 … t + S − T), or a
   * matrix [T, S] with 0 where it may not.
   */
  mask?: 'none' | 'causal' | MatrixInput;
  /** What each q·k is multiplied with, any finite number; 1/√d unless given. */
  scale?: number;
}

/**
 * Scaled dot-product attention with every intermediate. Addresses, heads h from 1, places from 0:
 *
 * `attention/query[t,i]`, `attention/key[s,i]`, `attention/value[s,i]`; `attention/H1/dot[t,s]` (q · k), `attention/H1/score[t,s]` (times the scale);
 * the steps of the softmax: `attention/H1/largest[t]`, `attention/H1/gap[t,s]`, `attention/H1/exp[t,s]`, `attention/H1/exp_sum[t]`, `attention/H1/weight[t,s]`;
 * how fast a weight follows its own score: `attention/H1/slope[t,s]` = p × `attention/H1/rest[t,s]`, with rest = 1 − p; and `attention/H1/output[t,i]`.
 * What the mask hides has a dot and a score, but weight 0, and neither gap nor exp.
 *
 * Where H · T · S is above 4,194,304, the matrices of T × S are never made: `dots`, `scores` and `weights` are empty lists, `output` is
 * computed in tiles, and `explain` rejects with `out-of-range`.
 */
export interface Attention extends Explainable {
  readonly heads: number;
  readonly scale: number;
  /** Of each head: q·k, [T, S]; also where the mask hides it. */
  readonly dots: readonly Matrix[];
  /** Of each head: q·k · scale, [T, S]; also where the mask hides it. */
  readonly scores: readonly Matrix[];
  /** Of each head: softmax of each row of scores over the keys that it may see, [T, S]; 0 elsewhere. A query that may look nowhere has all 0. */
  readonly weights: readonly Matrix[];
  /** The weighted sums of values, head beside head: [T, H·e]. */
  readonly output: Matrix;
}

/** The matrices of self-attention, each [inputs, outputs]: row · matrix, so that output j is the dot product of the row with column j. */
export interface SelfAttentionWeights {
  /** [D, H·d] */
  query: MatrixInput;
  /** [D, H·d] */
  key: MatrixInput;
  /** [D, H·e] */
  value: MatrixInput;
  /** What the heads' outputs are multiplied with at the end, [H·e, any]; left out, they stay as they are. */
  output?: MatrixInput;
}

/**
 * Attention of rows over themselves, from the rows on. Has the addresses of {@link Attention}, and queries, keys and values unfold into rows and
 * columns of the matrices: `attention/x[t,i]`, `attention/query_weights[i,j]`, `attention/key_weights[i,j]`, `attention/value_weights[i,j]`,
 * `attention/output_weights[i,j]`, `attention/projected[t,j]`.
 */
export interface SelfAttention extends Attention {
  /** [T, H·d] */
  readonly query: Matrix;
  /** [T, H·d] */
  readonly key: Matrix;
  /** [T, H·e] */
  readonly value: Matrix;
  /** output · the output matrix; the same as `output` without one. */
  readonly projected: Matrix;
}

/** What random vectors are to be multiplied. */
export interface RandomDotsOptions {
  /** Numbers per vector, 1 to 16,384. */
  dimensions: number;
  /** 1 to 100,000; and dimensions · pairs at most 268,435,456. */
  pairs: number;
  /** A whole number, 0 to 2⁵³ − 1. With more dimensions the same seed gives the same vectors with numbers added at the end. */
  seed: number;
  signal?: AbortSignal;
}

/**
 * What random vectors give when they are multiplied: the cloud of lesson 9. Addresses: `random/dot[i]`, `random/query[i,j]`, `random/key[i,j]`;
 * `random/root_mean_square`, `random/mean_square`, `random/square_sum`; `random/mean_magnitude`, `random/magnitude_sum`.
 */
export interface RandomDots extends Explainable {
  readonly dimensions: number;
  /** q·k of each pair. */
  readonly dots: Float32Array;
  /** √(mean of (q·k)²); √dimensions is expected. */
  readonly rootMeanSquare: number;
  /** Mean of |q·k|; √(2 · dimensions / π) is expected, nearly, where there are many dimensions. */
  readonly meanMagnitude: number;
  /** The vectors of pair i, whose dot product is `dots[i]`. @throws {LabError} `out-of-range` */
  pair(i: number): Promise<{ query: Float32Array; key: Float32Array }>;
}

/**
 * Softmax of a row of scores, with what a small change of each score does. Addresses: `softmax/score[i]`, `softmax/scaled[i]`, `softmax/largest`,
 * `softmax/gap[i]`, `softmax/exp[i]`, `softmax/exp_sum`, `softmax/weight[i]`, `softmax/rest[i]`, `softmax/slope[i]`.
 */
export interface SoftmaxRow extends Explainable {
  readonly scale: number;
  /** scale · score: what softmax is taken of. */
  readonly scaled: Float32Array;
  /** p: they add up to 1. */
  readonly weights: Float32Array;
  /** p (1 − p): how fast each weight follows its own scaled score. */
  readonly slopes: Float32Array;
}

/** What {@link Lab} offers of attention. */
export interface AttentionCalls {
  /**
   * Scaled dot-product attention (Vaswani et al. 2017): softmax(scale · Q Kᵀ) V, with every intermediate.
   * @param query [T, H·d]
   * @param key [S, H·d]
   * @param value [S, H·e]
   * @throws {LabError} `bad-shape`, `length-mismatch`, `out-of-range` (heads that do not divide a width), `not-finite` (also where a q·k is beyond a 32-bit float), `not-numbers`, `bad-option`
   */
  attention(query: MatrixInput, key: MatrixInput, value: MatrixInput, options?: AttentionOptions): Promise<Attention>;
  /**
   * The same from rows and matrices: queries, keys and values are the rows times their matrices.
   * @param x [T, D], a row for each token
   * @throws {LabError} as for `attention`
   */
  selfAttention(x: MatrixInput, weights: SelfAttentionWeights, options?: AttentionOptions): Promise<SelfAttention>;
  /**
   * Dot products of pairs of standard normal vectors, by seed: the same vectors on every machine. Other questions are answered in between.
   * @throws {LabError} `out-of-range`, `aborted`
   */
  randomDots(options: RandomDotsOptions): Promise<RandomDots>;
  /**
   * Softmax of scores, each multiplied with `scale` before, as a row that unfolds. (`softmax` gives the weights alone.)
   * @param options scale: any finite number; 1 unless given
   * @throws {LabError} `empty-vector`, `not-numbers`, `not-finite`
   */
  softmaxRow(scores: NumberArray, options?: { scale?: number }): Promise<SoftmaxRow>;
}
