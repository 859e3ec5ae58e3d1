/**
 * The public types of asking on one's own thread, `dot-by-dot/sync`: part of `types.ts`, kept apart so that both can be read.
 */
import type { Binary, DotTrace, Explanation, Hit, Lab, Matrix, NumberArray, PairAnswer } from './types.ts';

/** Numbers that live in the engine, so that asking about them copies nothing. Whoever held them gives them back by `dispose()`. */
export interface Held {
  readonly length: number;
  /** The numbers themselves: read and write them here. A view, to be asked for again after every call, for it dies when the engine's memory grows. */
  readonly values: Float32Array;
  dispose(): void;
}

/** A vector of a synchronous call: any array of numbers, or one that is held. */
export type SyncVector = NumberArray | Held;

/** A matrix of a synchronous call: its data may be held. */
export interface SyncMatrix {
  rows: number;
  columns: number;
  data: SyncVector;
}

/** A matrix whose data is held. */
export interface HeldMatrix extends SyncMatrix {
  data: Held;
}

/**
 * Where an answer is to be left: held numbers, as many as it has, that are not among what is asked about. They are written over, and returned; nothing is copied out, so
 * that an answer can be asked about in its turn. Refused with `bad-option`, `length-mismatch` or `disposed`.
 */
export interface Into {
  into: Held;
}

/** What a search through an index found. */
export interface IndexSearch {
  hits: Hit[];
  /** How many rows had to be scored in floats, because their int8 score left it open whether they are among the best. */
  rescored: number;
}

/**
 * A table whose rows are kept a second time as int8 codes. A search scans these, a quarter of the bytes, and bounds how far each row's exact score can be from what it
 * found; only rows that can still be among the best are scored in floats. So the hits are the very ones of `topRows`, indices and scores.
 */
export interface SyncIndex {
  readonly rows: number;
  readonly columns: number;
  /** What it takes beside the table. */
  readonly bytes: number;
  /** @throws {LabError} `length-mismatch`, `empty-vector`, `not-numbers`, `not-finite`, `out-of-range`, `disposed` */
  search(x: SyncVector, k: number): IndexSearch;
  dispose(): void;
}

/**
 * The small operations, answered at once on the thread that asks: for a worker of one's own, or for Node. They compute and refuse
 * what their namesakes of {@link Lab} do, and throw where those reject.
 */
export interface SyncLab {
  readonly binary: Binary;
  dot(a: SyncVector, b: SyncVector): number;
  norm(a: SyncVector): number;
  cosine(a: SyncVector, b: SyncVector): number;
  normalize(a: SyncVector): Float32Array;
  matvec(m: SyncMatrix, x: SyncVector): Float32Array;
  matvec(m: SyncMatrix, x: SyncVector, options: Into): Held;
  /**
   * The k rows of m with the largest dot products with x, best first, with those; ties by row. It is topK(matvec(m, x), k) without
   * the scores crossing over: a search of a table.
   * @throws {LabError} `length-mismatch`, `bad-shape`, `empty-vector`, `not-numbers`, `not-finite`, `out-of-range`
   */
  topRows(m: SyncMatrix, x: SyncVector, k: number): Hit[];
  /**
   * The same for each row of `queries`, by one product of matrices: for several queries at once it is much faster, and its scores are matmul's.
   * @throws {LabError} as `topRows`
   */
  topRowsEach(m: SyncMatrix, queries: SyncMatrix, k: number): Hit[][];
  /**
   * Prepare a table for many searches: see {@link SyncIndex}. Data that is held is used where it lies, and must be held as long as the index is used; other data is
   * copied in. It takes some more than a quarter of the table's bytes.
   * @throws {LabError} `bad-shape`, `empty-vector`, `not-numbers`, `not-finite`, `out-of-memory`
   */
  index(m: SyncMatrix): SyncIndex;
  matmul(a: SyncMatrix, b: SyncMatrix): Matrix;
  matmul(a: SyncMatrix, b: SyncMatrix, options: Into): HeldMatrix;
  softmax(x: SyncVector, options?: { temperature?: number }): Float32Array;
  topK(scores: SyncVector, k: number): Hit[];
  readonly random: { normal(count: number, options: { seed: number }): Float32Array };
  trace(a: SyncVector, b: SyncVector): DotTrace;
  pair(a: SyncVector, b: SyncVector): Omit<PairAnswer, 'explain'>;
  explainPair(address: string, a: SyncVector, b: SyncVector): Explanation;
  /**
   * Copy numbers into the engine, to be asked about often: a call on held arrays costs nanoseconds beside its arithmetic.
   * @throws {LabError} `empty-vector`, `not-numbers`, `out-of-memory`
   */
  hold(values: NumberArray): Held;
  /** Bytes of the engine: its whole heap, and what of it is in use. */
  memory(): { heapBytes: number; usedBytes: number };
}
