// What the page and the worker say to each other. Everything here can be cloned; handles are numbers that mean something in the
// worker only.
import type { AttentionQuestions } from './attention_protocol.ts';
import type { ErrorRecord } from './errors.ts';
import type { InductionQuestions } from './induction_protocol.ts';
import type { PairNumbers } from './kernels.ts';
import type { LearningQuestions } from './learning_protocol.ts';
import type { TextVectors } from './learning_types.ts';
import type { ProbeQuestions } from './probe_protocol.ts';
import type { SkipGramQuestions } from './skip_gram_protocol.ts';
import type { TransformerQuestions } from './transformer_protocol.ts';
import type {
  AnalogyAnswer,
  AnalogyQuery,
  BenchmarkProgress,
  BenchmarkResult,
  BenchmarkSection,
  Binary,
  DotTrace,
  Explanation,
  Hit,
  Matrix,
  Method,
  Neighbor,
  Plane,
  RaceResult,
} from './types.ts';

type Floats = Float32Array;
type Two = { a: Floats; b: Floats };
type Words = { handle: number };

/** Questions that the second module answers (models.ts): it is fetched when the first of them is asked. */
export interface ModelsQuestions
  extends LearningQuestions,
    AttentionQuestions,
    TransformerQuestions,
    ProbeQuestions,
    InductionQuestions,
    SkipGramQuestions {}

/** Questions that the core answers: what is asked, and what is answered. */
export interface CoreQuestions {
  dot: { ask: Two; answer: number };
  norm: { ask: { a: Floats }; answer: number };
  cosine: { ask: Two; answer: number };
  normalize: { ask: { a: Floats }; answer: Floats };
  matvec: { ask: { m: Matrix; x: Floats }; answer: Floats };
  matmul: { ask: { a: Matrix; b: Matrix }; answer: Matrix };
  softmax: { ask: { x: Floats; temperature?: number }; answer: Floats };
  topK: { ask: { scores: Floats; k: number }; answer: Hit[] };
  randomNormal: { ask: { count: number; seed: number }; answer: Floats };
  trace: { ask: Two; answer: DotTrace };
  pair: { ask: Two; answer: PairNumbers };
  explainPair: { ask: Two & { address: string }; answer: Explanation };
  race: {
    ask: { length: number; rounds: number; seed: number; binary: Binary };
    answer: RaceResult;
    progress: { done: number; total: number };
  };
  memory: { ask: object; answer: { heapBytes: number; usedBytes: number } };

  wordsOpen: { ask: { source: string | Uint8Array }; answer: Opened; progress: { loaded: number; total: number } };
  wordsOpenRows: { ask: { words: string[]; rows: Floats; dimensions: number }; answer: Opened };
  wordsClose: { ask: Words; answer: null };
  wordsAll: { ask: Words; answer: string[] };
  wordsHas: { ask: Words & { word: string }; answer: boolean };
  wordsVector: { ask: Words & { word: string; unit: boolean }; answer: Floats };
  wordsSimilarity: { ask: Words & { a: string; b: string }; answer: number };
  wordsNearest: { ask: Words & { to: string | Floats; count: number }; answer: Neighbor[] };
  wordsAnalogy: { ask: Words & { query: Required<AnalogyQuery> }; answer: AnalogyAnswer };
  wordsTexts: { ask: Words & { texts: string[] }; answer: TextVectors };
  wordsPlane: { ask: Words & { words: string[] }; answer: Plane };
  wordsExplain: { ask: Words & { address: string }; answer: Explanation };
  wordsBenchmark: {
    ask: Words & { sections: BenchmarkSection[]; method: Method; keepQuestion: boolean };
    answer: BenchmarkResult;
    progress: BenchmarkProgress;
  };
}

export type Questions = CoreQuestions & ModelsQuestions;

/** Word vectors as the worker knows them. */
export interface Opened {
  handle: number;
  size: number;
  dimensions: number;
}

export type QuestionKind = keyof Questions;
export type Ask<K extends QuestionKind> = Questions[K]['ask'];
export type Answer<K extends QuestionKind> = Questions[K]['answer'];
export type Progress<K extends QuestionKind> = Questions[K] extends { progress: infer P } ? P : never;

/** To the worker: first `start`, once; then questions, each with an id of its own; and `models` whenever it says that it wants them. */
export type ToWorker =
  | { type: 'start'; compiled: WebAssembly.Module }
  | { type: 'models'; compiled: WebAssembly.Module }
  | { type: 'models'; error: ErrorRecord }
  | { type: 'ask'; id: number; kind: QuestionKind; ask: unknown }
  | { type: 'cancel'; id: number };

/** From the worker. After a `fatal` error the engine's memory cannot be trusted: the worker is to be ended. */
export type FromWorker =
  | { type: 'ready' }
  | { type: 'want-models' }
  | { type: 'answer'; id: number; answer: unknown }
  | { type: 'progress'; id: number; progress: unknown }
  | { type: 'error'; id: number; error: ErrorRecord; fatal: boolean };
