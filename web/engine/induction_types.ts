/**
 * The public types of growing an induction head: a small transformer that is trained while one watches. Part of `types.ts`, kept apart so that
 * both can be read.
 *
 * The model has two layers of attention alone, 4 heads each. Its sequences are 47 signs after a border: a segment of 14 to 24 random signs,
 * over and over. Nothing foretells the first run; in the repetition the next sign is what followed the last one earlier. Sources: Elhage et al.
 * 2021, "A Mathematical Framework for Transformer Circuits"; Olsson et al. 2022, "In-context Learning and Induction Heads".
 */
import type { HeadPlace, HeadTendency, TextToken, TransformerRun } from './transformer_types.ts';
import type { NumberArray } from './types.ts';

/** How well signs are foretold. */
export interface InductionScore {
  /** Mean of −ln probability of the right sign, in nats. */
  loss: number;
  /** How often the likeliest sign is the right one. */
  accuracy: number;
}

/** What one head of a snapshot tends to look at, over the held-out sequences: tendencies, as in {@link HeadScores}. */
export interface InductionHead extends HeadPlace {
  /** The token before. */
  previous: HeadTendency;
  /** Places that follow an earlier occurrence of the token. */
  induction: HeadTendency;
}

/** The model after so many steps, measured on held-out sequences that are the same for every seed. */
export interface InductionSnapshot {
  step: number;
  /** Signs of the first run. The first sign of the repetition counts in neither: nobody says when it begins. */
  first: InductionScore;
  /** Signs of the repetition. */
  repeated: InductionScore;
  /** Layer by layer, head by head. */
  heads: InductionHead[];
}

/** How far a training has come. */
export interface InductionGrowth {
  step: number;
  /** All steps are taken. */
  done: boolean;
  /** Of the sequences of the last step, before it; NaN before the first. */
  first: InductionScore;
  repeated: InductionScore;
  /** Snapshots that are new since the run began. */
  snapshots: InductionSnapshot[];
}

/** A held-out sequence, with its border. */
export interface InductionExample {
  tokens: TextToken[];
  /** Signs of its segment: the repetition begins at place segment + 1. */
  segment: number;
}

/** How to grow one. */
export interface InductionOptions {
  /** Of the weights and of the sequences; 1 unless told. One seed has one course of training, bit for bit, on every machine. */
  seed?: number;
  /** 600 unless told, 5,000 at most. */
  steps?: number;
  /** Steps from one snapshot to the next, 10 unless told; 200 snapshots at most. Each takes 150 KB. */
  every?: number;
}

/** A training under way. Nothing runs between the calls. */
export interface InductionTraining {
  readonly options: Readonly<Required<InductionOptions>>;
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  /** The border `␂` and 32 signs, A to Z and 2 to 7: what each token number is called. */
  readonly vocabulary: readonly string[];
  /** Places of a sequence, the border's among them. */
  readonly context: number;
  /** The sequences that snapshots are measured on. */
  readonly examples: readonly InductionExample[];
  /** Every snapshot so far; the first is of step 0. */
  readonly snapshots: readonly InductionSnapshot[];
  /**
   * Steps, each on 16 new sequences: until `steps` are done, `milliseconds` have gone by or the training is done, whichever is first (at least one step, unless it is
   * done). To pause, let a run end and ask for no other; the course does not depend on how it was cut.
   * @throws {LabError} `aborted` (what was trained until then stays), `diverged`, `disposed`, `out-of-range`
   */
  run(options: {
    steps: number;
    milliseconds?: number;
    signal?: AbortSignal;
    onProgress?(growth: InductionGrowth): void;
  }): Promise<InductionGrowth>;
  /**
   * A sequence through the model as it was at a snapshot; every number of it unfolds, as in any {@link TransformerRun}.
   * @param snapshot which, from 0
   * @param tokens of an example, or token numbers
   * @throws {LabError} `out-of-range` (no such snapshot yet, or no such token), `too-long`, `disposed`
   */
  runAt(snapshot: number, tokens: readonly TextToken[] | NumberArray): Promise<TransformerRun>;
  /**
   * A snapshot measured anew with the output of some heads replaced by zeros: what hangs on them.
   * @throws {LabError} `out-of-range` (no such snapshot yet, or no such head), `bad-option`, `disposed`
   */
  measureWithout(snapshot: number, heads: readonly HeadPlace[]): Promise<InductionSnapshot>;
  /** Give the memory back. */
  dispose(): Promise<void>;
}

/** The part of {@link Lab} that grows induction heads. */
export interface InductionCalls {
  /** Begin to train a small transformer on sequences that repeat. @throws {LabError} `out-of-range` */
  growInduction(options?: InductionOptions): Promise<InductionTraining>;
}
