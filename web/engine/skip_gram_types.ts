/**
 * The public types of training word vectors on a text: part of `types.ts`, kept apart so that both can be read.
 *
 * Skip-gram with negative sampling: every word learns to foretell the words around it by a dot product. Source: Mikolov et al. 2013, "Distributed
 * Representations of Words and Phrases and their Compositionality".
 */
import type { Matrix, Neighbor } from './types.ts';

/** How words are to be learned. */
export interface SkipGramOptions {
  /** Words that occur less often are left out; 1 unless told. */
  minimumCount?: number;
  /** Numbers of each word, 100 unless told, 4,096 at most. */
  dimensions?: number;
  /** Words to each side, 5 unless told; each word draws its own reach from 1 to this. */
  window?: number;
  /** Drawn words that each pair is told from, 5 unless told, 31 at most. */
  negatives?: number;
  /**
   * Whether they are drawn once for all pairs of a word and those around it, not for each pair anew: the same aim, as each is as likely as before, and faster, as fewer vectors
   * are fetched (Ji et al. 2016, "Parallelizing Word2Vec in Shared and Distributed Memory"). True unless told.
   */
  shareNegatives?: boolean;
  /** Words more frequent than this share of the text are thinned out, from 0 (keep all) to 1; 10⁻⁴ unless told, which is made for millions of words. */
  sample?: number;
  /** Of the first vectors and of all that is drawn; 1 unless told. One seed and the same stretches give the same vectors. */
  seed?: number;
}

/** What a stretch of training did. */
export interface SkipGramProgress {
  /** Words of the text that were passed, thinned ones among them. */
  tokens: number;
  /** Pairs of a word and one near it that were trained. */
  pairs: number;
  /** Mean over the measured pairs, in nats: −log σ(true) − Σ log σ(−drawn). NaN where none was measured. */
  loss: number;
  /** How many that were: every 64th pair of a stretch, from its first on. */
  measured: number;
}

/** What a training says of itself, in the worker or on the thread that asks. */
export interface SkipGramFacts {
  readonly options: Readonly<Required<SkipGramOptions>>;
  /** By falling count. */
  readonly words: readonly string[];
  /** How often each of `words` occurs. */
  readonly counts: Uint32Array;
  /** Words of the text that are among `words`, each as often as it occurs. */
  readonly tokens: number;
}

/** How a stretch is trained. */
export interface SkipGramStretch {
  /** How many words of the text to pass: the next ones, from its beginning again after its end. */
  tokens: number;
  /** How far one step goes, 0.025 unless told. Let it fall towards 0 in the course of a training. */
  rate?: number;
}

/** Word vectors in the making, on the thread that asks. */
export interface SyncSkipGram extends SkipGramFacts {
  /**
   * Train on the next words of the text. A window does not reach from one stretch into the next.
   * @throws {LabError} `out-of-range`, `diverged`, `disposed`
   */
  train(stretch: SkipGramStretch): SkipGramProgress;
  /** A word's vector as it is now. @throws {LabError} `unknown-word`, `disposed` */
  vector(word: string): Float32Array;
  /** All vectors, in the order of `words`: {@link Lab}'s `vectorsFrom` takes both. @throws {LabError} `disposed` */
  vectors(): Matrix;
  /**
   * The words whose vectors have the largest cosines with a word's, itself left out; 10 unless told.
   * @throws {LabError} `unknown-word`, `out-of-range`, `disposed`
   */
  nearest(word: string, options?: { count?: number }): Neighbor[];
  /** Give the memory back. */
  dispose(): void;
}

/** Word vectors in the making, in the worker. Nothing runs between the calls. */
export interface SkipGram extends SkipGramFacts {
  /**
   * Train on the next words of the text: until `tokens` are passed or `milliseconds` have gone by, whichever is first. The worker trains in stretches of 2,000 words, which a window
   * does not reach across; other questions are let in between them.
   * @throws {LabError} `aborted` (what was trained until then stays), `out-of-range`, `diverged`, `disposed`
   */
  train(
    stretch: SkipGramStretch & {
      milliseconds?: number;
      signal?: AbortSignal;
      onProgress?(progress: SkipGramProgress): void;
    },
  ): Promise<SkipGramProgress>;
  /** A word's vector as it is now. @throws {LabError} `unknown-word`, `disposed` */
  vector(word: string): Promise<Float32Array>;
  /** All vectors, in the order of `words`: {@link Lab}'s `vectorsFrom` takes both. @throws {LabError} `disposed` */
  vectors(): Promise<Matrix>;
  /**
   * The words whose vectors have the largest cosines with a word's, itself left out; 10 unless told.
   * @throws {LabError} `unknown-word`, `out-of-range`, `disposed`
   */
  nearest(word: string, options?: { count?: number }): Promise<Neighbor[]>;
  /** Give the memory back. */
  dispose(): Promise<void>;
}

/** The part of {@link Lab} that learns word vectors from a text. */
export interface SkipGramCalls {
  /**
   * Begin to learn the words of a text: words are what stands between spaces, paragraphs what stands between line ends. Nothing is trained yet.
   * @throws {LabError} `empty-vocabulary` (fewer than two different words), `bad-option`, `out-of-range`, `out-of-memory`
   */
  skipGram(text: string, options?: SkipGramOptions): Promise<SkipGram>;
}
