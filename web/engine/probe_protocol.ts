// What the page and the worker say to each other about probes. Labels are numbers of classes, 2³² − 1 for a word that is no part of a
// task; parts are 0 for a word to train on, 1 for one held out, 2 for one outside.
import type { Drift, ProbeFit } from './probe_types.ts';
import type { Explanation, Matrix, Plane } from './types.ts';

type One = { handle: number };

/** The label of a word that is no part of a task. */
export const OUTSIDE = 0xffffffff;

/** A text's tokens, and at which of them its words stand. */
export interface TextOfWords {
  tokens: Uint32Array;
  places: Uint32Array;
}

/** A task as the engine wants it: a number for every word. */
export interface TaskNumbers {
  classes: string[];
  labels: Uint32Array;
  /** Words of one group are never divided. */
  groups: Uint32Array;
  /** Words spelt alike have one number. */
  spellings: Uint32Array;
}

/** How the words are divided: parts that were given, or a share of the groups by the seed. */
export interface FitAsk extends TaskNumbers {
  layer: number;
  seed: number;
  decay: number;
  share: number;
  parts: Uint8Array | null;
  /** Whether the task has a control: it has enough spellings. */
  control: boolean;
}

/** What the engine tells of a probe that it has trained. */
export interface TrainedProbe {
  handle: number;
  weights: Matrix;
  biases: Float32Array;
  difference: Float32Array | null;
  answers: Uint8Array;
  count: number;
  correct: number;
  trained: number;
  trainedCorrect: number;
  confusion: Uint32Array;
}

/** What a probe says of a run. */
export interface Reading {
  scores: Matrix;
  probabilities: Matrix;
  margins: Float32Array | null;
}

export interface ProbeQuestions {
  /** Room for the states of a model's words: a handle. */
  transformerStates: { ask: One; answer: number };
  statesAdd: { ask: One & { texts: TextOfWords[] }; answer: null };
  statesRows: { ask: One & { layer: number }; answer: Matrix };
  statesFit: { ask: One & FitAsk; answer: ProbeFit };
  statesProbe: { ask: One & FitAsk; answer: TrainedProbe & { parts: Uint8Array } };
  /** Each group left out in turn: the answers to the words of the task, 0 for others. */
  statesLeaveOut: { ask: One & FitAsk; answer: { answers: Uint8Array; correct: number; count: number; majority: number; luck: number } };
  statesDrift: { ask: One & { labels: Uint32Array; classes: number }; answer: Drift[] };
  statesPlane: { ask: One & { probe: number; labels: Uint32Array }; answer: Plane };
  statesClose: { ask: One; answer: null };
  probeRead: { ask: One & { run: number }; answer: Reading };
  probeExplain: { ask: One & { run: number; address: string }; answer: Explanation };
  probeClose: { ask: One; answer: null };
}
