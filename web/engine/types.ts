/**
 * The public types of the engine's JavaScript interface. They stand in one long file because they are read as one: docs/api.md is
 * generated from its comments.
 *
 * Numbers go in as any array of numbers and come out as `Float32Array`: the engine computes in 32-bit floats.
 * Whatever is asked wrongly rejects with a {@link LabError} whose message says what to do.
 */
import type { AttentionCalls } from './attention_types.ts';
// biome-ignore lint/correctness/noUnusedImports: the comments link to it
import type { LabError } from './errors.ts';
import type { InductionCalls } from './induction_types.ts';
import type { Learning, TextVectors } from './learning_types.ts';
import type { ProbeCalls } from './probe_types.ts';
import type { SkipGramCalls } from './skip_gram_types.ts';
import type { TransformerCalls } from './transformer_types.ts';

export type * from './attention_types.ts';
export type * from './induction_types.ts';
export type * from './learning_types.ts';
export type * from './probe_types.ts';
export type * from './skip_gram_types.ts';
export type * from './sync_types.ts';
export type * from './transformer_types.ts';

/**
 * A vector: an ordinary array of numbers, or a typed array of them. It is copied, never kept and never changed.
 * Each entry is rounded to the nearest 32-bit float; NaN, ±∞ and numbers beyond ±3.4·10³⁸ are refused unless a call says otherwise.
 */
export type NumberArray = ArrayLike<number>;

/** Which of the two engines runs: plain 128-bit SIMD, or relaxed SIMD with its fused multiply-add. Figures agree at the precision shown. */
export type Binary = 'simd128' | 'relaxed';

/** A dense matrix, row after row: entry (r, c) is `data[r * columns + c]`, so `data` holds `rows * columns` floats. */
export interface Matrix {
  rows: number;
  columns: number;
  data: Float32Array;
}

/** A matrix as a caller may write it: `data` may be any array of numbers. */
export interface MatrixInput {
  rows: number;
  columns: number;
  data: NumberArray;
}

/** One of the largest scores: where it stood, and what it was. */
export interface Hit {
  index: number;
  score: number;
}

/** How a number came about. `input` and `weight` are leaves: there is nothing below them to unfold. */
export type Kind = 'dot' | 'sum' | 'softmax' | 'normalize' | 'activation' | 'input' | 'weight';

/** One of the two vectors of a dot product. Entry i has the address `${address}[${i}]`. */
export interface Operand {
  name: string;
  address: string;
  values: Float32Array;
  /** What the values are measured in; absent where they are plain numbers. */
  unit?: string;
}

/** One part of a number that is not a dot product. It contributes `coefficient * value`. An empty address unfolds no further. */
export interface Term {
  label: string;
  address: string;
  coefficient: number;
  value: number;
}

/** The same number computed again by plain loops in 64-bit floats. */
export interface Check {
  /** The recomputed number. */
  value: number;
  /** |result − value|. */
  difference: number;
  /** The largest difference that rounding alone explains. */
  bound: number;
}

/** One step of unfolding: the number at an address, what it was made of, and an independent check of it. */
export interface Explanation {
  /** The address that was asked for, such as `words/cosine[king,queen]`. */
  address: string;
  /** What the number is, in a few words. */
  label: string;
  /** How it was made, in mathematical notation. */
  formula: string;
  kind: Kind;
  /** For `dot`: the two vectors. Otherwise empty. */
  operands: Operand[];
  /** For `dot`: products[i] = operands[0].values[i] · operands[1].values[i]. Otherwise empty. */
  products: Float32Array;
  /** For `sum`: result = Σ coefficient · value. For `normalize`: the first value divided by the product of the others. For `activation`: its argument. */
  terms: Term[];
  result: number;
  check: Check;
}

/** Anything whose numbers have addresses. */
export interface Explainable {
  /**
   * Unfold one number.
   * @param address where the number stands, such as `pair/dot` or `words/cosine[king,queen]`
   * @throws {LabError} `unknown-address`, saying which part was not understood and showing a right one; `unknown-word`
   */
  explain(address: string): Promise<Explanation>;
}

/** A dot product with everything that happened on the way. n is the length of the vectors. */
export interface DotTrace {
  /** a[i] · b[i], n floats. */
  products: Float32Array;
  /** running[i] = the sum of the products up to and with i, added in order in 32-bit floats; n floats. */
  running: Float32Array;
  /** The four lane totals: what is left when the machine's four accumulators of four lanes have been added together. */
  lanes: Float32Array;
  /** The sixteen running sums that the SIMD kernel keeps: four accumulators of four lanes. */
  accumulators: Float32Array;
  /** What the SIMD kernel gave. */
  result: number;
  /** What adding one product after the other gives, in 32-bit floats. */
  sequential: number;
  /** The same in 64-bit floats. */
  exact: number;
}

/** Two vectors, everything a lesson shows of them, and where each number came from. n is their length. */
export interface PairAnswer extends Explainable {
  /** a · b. */
  dot: number;
  /** |a|. */
  normA: number;
  /** |b|. */
  normB: number;
  /** a · b / (|a| |b|), in [−1, 1]; null where a length is 0, for a zero vector has no direction. */
  cosine: number | null;
  /** The angle between them in degrees, 0 to 180; null where a length is 0. */
  angleDegrees: number | null;
  /** a / |a|, n floats; all zeros where |a| is 0. */
  unitA: Float32Array;
  /** b / |b|, n floats; all zeros where |b| is 0. */
  unitB: Float32Array;
  /** a[i] · b[i], n floats. */
  products: Float32Array;
  /** The sum of the products up to and with i, n floats. */
  running: Float32Array;
}

/** One of the two programs of a race: times are nanoseconds for one dot product. */
export interface Contestant {
  name: string;
  medianNs: number;
  /** The tenth percentile of the rounds. */
  lowNs: number;
  /** The ninetieth percentile of the rounds. */
  highNs: number;
  rounds: number;
  /** The dot product that it computed. Both contestants' must agree, or the race is refused. */
  checksum: number;
}

/** Plain JavaScript against the SIMD kernel, on the same floats in the same memory. */
export interface RaceResult {
  length: number;
  scalar: Contestant;
  simd: Contestant;
  /** scalar.medianNs / simd.medianNs: how many times as fast the SIMD kernel was. */
  ratio: number;
  binary: Binary;
}

/** What can be asked of a race. */
export interface RaceOptions {
  /** How many numbers in each vector, 1 to 4,194,304. */
  length: number;
  /** Timed rounds of each contestant, 3 to 1,000; 21 unless told. They take turns. */
  rounds?: number;
  /** Of the random vectors; 1 unless told. */
  seed?: number;
  signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

/** A word near to what was asked. */
export interface Neighbor {
  word: string;
  /** The cosine (3CosAdd and nearest), or the 3CosMul score. */
  score: number;
  /** 1 for the best of the whole vocabulary. */
  rank: number;
  /** For an analogy: the word's cosine with each term, in the order of `terms`. Empty for nearest. */
  partials: number[];
}

/** Which score ranks the answers of an analogy: 3CosAdd or 3CosMul (Levy & Goldberg 2014). */
export type Method = 'add' | 'mul';

/** What can be asked of an analogy: the sum of the `plus` words less the `minus` words. king − man + woman: plus king, woman; minus man. */
export interface AnalogyQuery {
  plus: string[];
  minus: string[];
  /** How many neighbors, 10 unless told; fewer come back where there are fewer. */
  count?: number;
  /** Whether the words of the question may be answers too; false unless told. */
  keepQuestion?: boolean;
  method?: Method;
}

/** The answer to an analogy with every intermediate. D is the number of dimensions. */
export interface AnalogyAnswer {
  /** Plus and minus words by turns, as the vocabulary spells them: king, −man, woman. */
  terms: { word: string; sign: 1 | -1 }[];
  /** The same as addresses spell it, such as `king-man+woman`: `words/score[${expression}|queen]` unfolds a score. */
  expression: string;
  /** The length of the sum of the signed unit vectors. */
  length: number;
  /** That sum divided by its length, D floats. */
  target: Float32Array;
  neighbors: Neighbor[];
  /** The words of the question with their scores, each with the rank that it has among all words. Empty if they were kept. */
  excluded: Neighbor[];
  method: Method;
}

/** Words in the plane through their two directions of greatest spread (PCA). n words, D dimensions. */
export interface Plane {
  /** [n, 2] floats: x and y of each word in turn, measured from the mean of the words. */
  points: Float32Array;
  /** [2, D] floats: the two directions, each of length 1. */
  axes: Float32Array;
  /** The share of the words' variance along each direction, 0 to 1. */
  explained: [number, number];
}

/** An analogy question with its answer: a is to b as c is to d. */
export type AnalogyQuestion = [a: string, b: string, c: string, d: string];

/** Questions of one relation. */
export interface BenchmarkSection {
  name: string;
  questions: AnalogyQuestion[];
}

/** How one relation went. */
export interface SectionScore {
  name: string;
  correct: number;
  /** Questions answered: those whose four words are all in the vocabulary. */
  seen: number;
  /** Questions with a word that is not in the vocabulary. */
  skipped: number;
  /** The first wrong answers, up to 20. */
  wrong: { question: AnalogyQuestion; answer: string }[];
}

/** How far a benchmark has come. */
export interface BenchmarkProgress {
  done: number;
  total: number;
  sections: SectionScore[];
}

/** What can be asked of a benchmark. */
export interface BenchmarkOptions {
  method?: Method;
  /** Whether the words of the question may be answers too; false unless told. */
  keepQuestion?: boolean;
  signal?: AbortSignal;
  onProgress?(progress: BenchmarkProgress): void;
}

/** How a benchmark went. */
export interface BenchmarkResult {
  sections: SectionScore[];
  correct: number;
  seen: number;
  skipped: number;
}

/**
 * Word vectors, held in the engine. Words are matched without regard to case or to spaces around them;
 * a word that is not there rejects with `unknown-word`, and the nearest spellings are in its message and, joined by commas, in its `detail`.
 */
export interface Vectors extends Explainable {
  readonly name: string;
  /** How many words. */
  readonly size: number;
  /** Numbers per word. */
  readonly dimensions: number;
  /** All words, the most frequent first. */
  words(): Promise<string[]>;
  has(word: string): Promise<boolean>;
  /** The word's vector as it was trained, `dimensions` floats. */
  vector(word: string): Promise<Float32Array>;
  /** The word's vector divided by its length, `dimensions` floats. */
  unit(word: string): Promise<Float32Array>;
  /** The cosine of two words, −1 to 1. */
  similarity(a: string, b: string): Promise<number>;
  /**
   * The words whose vectors point most nearly the same way, best first. A word's own self is left out.
   * @param wordOrVector a word, or a vector of `dimensions` numbers of any length but zero
   * @throws {LabError} `unknown-word`, `length-mismatch`, `zero-vector`, `out-of-range`
   * @param options count: how many, 10 unless told; fewer come back where there are fewer
   */
  nearest(wordOrVector: string | NumberArray, options?: { count?: number }): Promise<Neighbor[]>;
  /**
   * The words nearest to a sum of words.
   * @throws {LabError} `unknown-word`, `out-of-range`, `bad-option` (no words; 3CosMul without plus words), `zero-vector` (the words cancel)
   */
  analogy(query: AnalogyQuery): Promise<AnalogyAnswer>;
  /**
   * The given words' unit vectors seen in the plane of their greatest spread.
   * @throws {LabError} `unknown-word`, `out-of-range` (fewer than 3 words)
   */
  plane(query: { words: string[] }): Promise<Plane>;
  /**
   * Answer analogy questions by the thousand, in blocks, as matrix products. Other questions are answered between the blocks.
   * @throws {LabError} `bad-option` (questions that are not four words), `aborted`
   */
  benchmark(sections: BenchmarkSection[], options?: BenchmarkOptions): Promise<BenchmarkResult>;
  /**
   * Short texts as vectors: capitals, punctuation and unknown words are passed over.
   * @throws {LabError} `bad-word` (not an array of strings), `out-of-range` (1 to 10,000 texts)
   */
  texts(texts: readonly string[]): Promise<TextVectors>;
  /** Give the memory back. Asking again afterwards rejects with `disposed`; `lab.vectors(name)` loads anew. */
  dispose(): Promise<void>;
}

/** The lab: one engine in one worker, whatever is asked of it answered by promise. */
export interface Lab extends Learning, AttentionCalls, TransformerCalls, ProbeCalls, InductionCalls, SkipGramCalls {
  readonly binary: Binary;
  /**
   * Σ a[i] · b[i].
   * @throws {LabError} `length-mismatch`, `empty-vector`, `not-numbers`, `not-finite`
   */
  dot(a: NumberArray, b: NumberArray): Promise<number>;
  /**
   * The length √(a · a).
   * @throws {LabError} `empty-vector`, `not-numbers`, `not-finite`
   */
  norm(a: NumberArray): Promise<number>;
  /**
   * a · b / (|a| |b|): the cosine of the angle between them, −1 to 1.
   * @throws {LabError} `length-mismatch`, `empty-vector`, `not-numbers`, `not-finite`, `zero-vector`
   */
  cosine(a: NumberArray, b: NumberArray): Promise<number>;
  /**
   * a / |a|: the same direction with length 1.
   * @throws {LabError} `empty-vector`, `not-numbers`, `not-finite`, `zero-vector`
   */
  normalize(a: NumberArray): Promise<Float32Array>;
  /**
   * Matrix times vector, one dot product per row: out[r] = Σ m[r, c] · x[c], `m.rows` floats.
   * @throws {LabError} `bad-shape` (data is not rows · columns long), `length-mismatch`, `not-numbers`, `not-finite`
   */
  matvec(m: MatrixInput, x: NumberArray): Promise<Float32Array>;
  /**
   * Matrix times matrix: out[i, j] = Σ a[i, k] · b[k, j], with a.rows rows and b.columns columns.
   * @throws {LabError} `bad-shape`, `length-mismatch` (a.columns ≠ b.rows), `not-numbers`, `not-finite`
   */
  matmul(a: MatrixInput, b: MatrixInput): Promise<Matrix>;
  /**
   * Weights that add up to 1: exp(x[i] / temperature) / Σ exp(x[j] / temperature). −∞ is allowed and gets weight 0.
   * @param options temperature: greater than 0; 1 unless told
   * @throws {LabError} `empty-vector`, `not-numbers`, `not-finite`, `out-of-range`
   */
  softmax(x: NumberArray, options?: { temperature?: number }): Promise<Float32Array>;
  /**
   * The k largest scores, best first; ties go to the lower index. ±∞ are allowed.
   * @throws {LabError} `empty-vector`, `not-numbers`, `not-finite` (NaN), `out-of-range` (k is 1 to the number of scores)
   */
  topK(scores: NumberArray, k: number): Promise<Hit[]>;
  /** Seeded random numbers: the same seed gives the same numbers on every machine. */
  readonly random: {
    /**
     * Standard normal numbers.
     * @param count how many, 1 to 16,777,216
     * @param options seed: a whole number, 0 to 2⁵³ − 1
     * @throws {LabError} `out-of-range`
     */
    normal(count: number, options: { seed: number }): Promise<Float32Array>;
  };
  /** The dot product with everything that happened on the way, down to the lanes of the machine. Errors as for `dot`. */
  trace(a: NumberArray, b: NumberArray): Promise<DotTrace>;
  /** Everything about two vectors in one answer; zero vectors are allowed. Errors otherwise as for `dot`. */
  pair(a: NumberArray, b: NumberArray): Promise<PairAnswer>;
  /** Unfold one number of two vectors: `pair/dot`, `pair/cosine`, `pair/unit[a][0]` … Errors as for `dot`, and `unknown-address`, `zero-vector`. */
  explainPair(address: string, a: NumberArray, b: NumberArray): Promise<Explanation>;
  /**
   * Race a plain JavaScript loop against the SIMD kernel, on the same random floats: warm-up, interleaved rounds, medians.
   * @throws {LabError} `out-of-range`, `aborted`
   */
  race(options: RaceOptions): Promise<RaceResult>;
  /**
   * The word vectors that ship with the lab. Downloaded once, on the first call, and shared; after a failure the next call tries again.
   * `onProgress` gets bytes loaded and bytes in all (0 if the server does not say).
   * @throws {LabError} `not-found`, `network`, `bad-file`, `aborted`, `bad-option` (a name that is not known)
   */
  vectors(name: 'words', options?: { onProgress?(loaded: number, total: number): void; signal?: AbortSignal }): Promise<Vectors>;
  /**
   * Word vectors of one's own: row i of the matrix belongs to words[i].
   * @throws {LabError} `bad-shape`, `length-mismatch` (as many words as rows), `not-finite`, `zero-vector`, `bad-word` (an empty one), `duplicate-word`
   */
  vectorsFrom(words: string[], rows: MatrixInput): Promise<Vectors>;
  /** Bytes of the engine: its whole heap, and what of it is in use. */
  memory(): Promise<{ heapBytes: number; usedBytes: number }>;
  /** Stop the worker and free everything. Whatever is in flight, and every later call, rejects with `disposed`. */
  dispose(): void;
}

/** Bytes, or where to fetch them. */
export type FileSource = string | URL | ArrayBuffer | Uint8Array;

/** The engine's two modules in both binaries, the word vectors, and the networks that ship with the lab. */
export type FileName = Binary | `models-${Binary}` | 'words' | 'digits' | 'digits-mlp' | 'writer' | 'reader';

/** How to open a lab. */
export interface LoadOptions {
  /**
   * The folder that holds `dot_by_dot.simd128.wasm`, `dot_by_dot.relaxed.wasm`, `dot_by_dot_models.simd128.wasm`,
   * `dot_by_dot_models.relaxed.wasm` and `data/`. Unless told, the files that came with this module.
   */
  baseUrl?: string | URL;
  /**
   * Fetch the module of models (examples, networks, training …) together with the engine's core. Unless told, it is fetched when the
   * first question comes that needs it.
   */
  models?: boolean;
  /** Unless told, relaxed SIMD where the browser has it. */
  binary?: Binary;
  /** Single files from elsewhere, or as bytes (a page that is one file gives bytes). */
  files?: Partial<Record<FileName, FileSource>>;
}
