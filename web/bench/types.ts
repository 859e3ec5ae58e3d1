// What is measured, and what takes part. Everything else of the benchmark is written against these.
import type { Analogies } from './analogies.ts';

export interface Matrix {
  rows: number;
  columns: number;
  data: Float32Array;
}

/**
 * Where the operands are when the clock starts. `held`: each contestant has put them where it likes to keep them (the engine's heap,
 * a tensor, a model's weights), and leaves an answer that is an array there. `given`: as Float32Arrays of the page, so that taking them over and
 * handing the answer out is part of the time. `worker`: the
 * same, and our engine is asked through `loadLab`, by messages to its worker.
 */
export type Place = 'held' | 'given' | 'worker';

export type Problem = { place: Place } & (
  | { kind: 'dot'; a: Float32Array; b: Float32Array } // a[n] · b[n]
  | { kind: 'matvec'; matrix: Matrix; x: Float32Array } // matrix[R,C] · x[C]
  | { kind: 'matmul'; a: Matrix; b: Matrix } // a[M,K] · b[K,N]
  // The `count` largest of table[V,D] · query[D]; `index`: ours asks its index, whose hits must be those of its search without.
  | { kind: 'search'; table: Matrix; query: Float32Array; count: number; index?: boolean }
  | { kind: 'searches'; table: Matrix; queries: Matrix; count: number } // the same for each of queries[Q,D]
  // Scaled dot-product attention of query[T,H·d], key[T,H·d], value[T,H·d]
  | { kind: 'attention'; heads: number; query: Matrix; key: Matrix; value: Matrix }
  // Word vectors being learned from a text (skip_gram.ts): an answer is to train on its next `words` words.
  | { kind: 'skip-gram'; text: string; words: number }
  | ({ kind: 'analogies' } & Analogies) // all questions, each answered out of all words
  | { kind: 'forward'; ids: Uint32Array } // a run of the shipped writer over these tokens, and its best guess at the last
);

/** Those that other libraries take part in. */
export type ProductProblem = Exclude<Problem, { kind: 'skip-gram' | 'analogies' | 'forward' }>;

/**
 * dot: one value. matvec, matmul, attention: all of them. search: the scores, best first, and the rows that have them; searches: one
 * after the other. skip-gram: the loss over the last of CHECKED words, in nats a pair. analogies: how many questions were answered, and how many as is
 * expected. forward: the best logit of the last place, and the same as the engine's reference recomputes it, in doubles.
 */
export interface Answer {
  values: Float32Array;
  indices?: number[];
}

/** A problem in a contestant's hands. */
export interface Prepared {
  /** Answer it so many times, each answer down to JavaScript numbers, unless it is to stay where it is. Returns something of every answer, so that none can be left out. */
  run(times: number): number | Promise<number>;
  /** Answer it once, in full. */
  answer(): Answer | Promise<Answer>;
  dispose(): void | Promise<void>;
  /** Of WebAssembly: its whole memory now, which is the most that it ever was. */
  heapBytes?(): number;
}

export interface Contestant {
  name: string;
  /** Undefined where it does not take part: it has no such operation. */
  prepare(problem: Problem): Prepared | undefined | Promise<Prepared | undefined>;
}

export type Binary = 'relaxed' | 'simd128';

/** Nanoseconds of one answer, round by round. */
export interface Timings {
  name: string;
  ns: number[];
}

/** One case, measured: the contestants' times of the same rounds, in the same order of rounds. */
export interface Measured {
  name: string;
  /** What one answer is worth, in `unit`·seconds: its multiplies and adds in 10⁹, or 1 query. */
  work: number;
  unit: 'GFLOP/s' | 'queries/s' | 'thousand words/s' | 'questions/s' | 'tokens/s';
  /** Milliseconds in which an answer is aimed to be there: what a lesson waits for. */
  aimMs?: number;
  target: Target | undefined;
  limit: Limit | undefined;
  timings: Timings[];
  /** Of the limit, named by binary, in the same rounds. */
  limits: Timings[];
  /** Bytes of memory after the first answer, by contestant, where they are known. */
  heapBytes?: Record<string, number>;
}

/**
 * What an answer cannot do without: so many bytes read, or so many multiplies and adds. `share`: how much of the limit's speed is aimed
 * at, where that is said.
 */
export type Limit = ({ kind: 'read'; bytes: number } | { kind: 'multiply-add'; operations: number }) & { share?: number };

/** The ratio aimed at, by binary, against plain JavaScript, against the best of the other libraries, or against the one that is named. */
export type Target = { against: 'plain' | 'library' | (string & {}) } & Partial<Record<Binary, number>>;

/** One line of the result file: one of our binaries beside one other contestant, or beside a time that is aimed at. */
export interface Row {
  name: string;
  binary: Binary;
  peerName: string;
  unit: string;
  /** Rates at the median time, in `unit`. */
  ours: number;
  peer: number;
  /** The rate that the machine itself allows, where it was measured in the same run. */
  limit: number | null;
  /** Median over the rounds of (the limit's time ÷ ours), and the share aimed at. */
  share: number | null;
  shareTarget: number | null;
  /** Median over the rounds of (the peer's time ÷ ours). */
  ratio: number;
  /** The ratio aimed at, where this peer is the one it is aimed against. */
  target: number | null;
  /** Our median time of one answer, in nanoseconds. */
  median: number;
  /** The ratio's tenth and ninetieth percentile over the rounds. */
  spread: [number, number];
  /** Bytes of the engine's memory with the operands held, after the first answer: the most that it came to. */
  heapBytes: number | null;
}
