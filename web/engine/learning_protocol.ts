// What the page and the worker say to each other about learning. Handles are numbers that mean something in the worker only.
import type {
  Activation,
  CurvePoint,
  Evaluation,
  Flip,
  Forward,
  Layer,
  Singular,
  TrainingOptions,
  TrainingProgress,
  TrainingStep,
} from './learning_types.ts';
import type { Explanation, Matrix } from './types.ts';

type Floats = Float32Array;
type One = { handle: number };

/** Examples as the worker knows them. */
export interface OpenedExamples {
  handle: number;
  count: number;
  inputs: number;
  classes: string[];
}

/** A network as the worker knows it. */
export interface OpenedNetwork {
  handle: number;
  inputs: number;
  hidden: number[];
  classes: string[];
  activation: Activation;
  figures: Record<string, number>;
}

/** A training as the worker knows it. */
export interface OpenedTraining {
  handle: number;
  stepsPerEpoch: number;
  options: Required<Omit<TrainingOptions, 'heldOut'>>;
}

/** Rows of inputs with what belongs to them: what is computed of them, and what their numbers are explained from. */
export interface Rows {
  x: Matrix;
  labels: Uint8Array | null;
  temperature: number;
}

/** What a forward pass answers; `version` says which weights it was made with. */
export type ForwardNumbers = Omit<Forward, 'explain'> & { version: number };

export interface LearningQuestions {
  examplesMake: { ask: { rows: Matrix; labels: Uint8Array; classes: string[] }; answer: OpenedExamples };
  examplesStrokes: { ask: { count: number; seed: number; variation: number }; answer: OpenedExamples };
  examplesIdx: { ask: { images: Uint8Array; labels: Uint8Array }; answer: OpenedExamples };
  examplesRows: { ask: One & { from: number; count: number }; answer: Matrix };
  examplesLabels: { ask: One; answer: Uint8Array };
  examplesSplit: { ask: One & { heldOut: number; seed: number }; answer: { train: OpenedExamples; heldOut: OpenedExamples } };
  examplesStandardize: {
    ask: One & { by: { means: Floats; deviations: Floats } | null };
    answer: { examples: OpenedExamples; means: Floats; deviations: Floats };
  };
  examplesClose: { ask: One; answer: null };
  rasterize: { ask: { strokes: Floats[]; thickness: number }; answer: Floats };

  networkMake: {
    ask: { inputs: number; hidden: number[]; classes: string[]; activation: Activation; seed: number };
    answer: OpenedNetwork;
  };
  networkOpen: { ask: { source: string | Uint8Array }; answer: OpenedNetwork; progress: { loaded: number; total: number } };
  networkLayer: { ask: One & { l: number }; answer: Layer };
  networkSetLayers: { ask: One & { layers: Layer[] }; answer: null };
  networkSetRow: { ask: One & { l: number; k: number; weights: Floats; bias: number }; answer: null };
  networkForward: { ask: One & Rows; answer: ForwardNumbers };
  networkExplain: { ask: One & Rows & { version: number; address: string }; answer: Explanation };
  networkEvaluate: { ask: One & { examples: number }; answer: Evaluation };
  networkFlip: { ask: One & { x: Floats; to: number }; answer: Flip };
  networkCopy: { ask: One; answer: OpenedNetwork };
  networkClose: { ask: One; answer: null };

  trainingMake: {
    ask: { network: number; examples: number; heldOut: number; options: TrainingOptions };
    answer: OpenedTraining;
  };
  trainingStep: { ask: One; answer: Omit<TrainingStep, 'explain'> };
  trainingRun: { ask: One & { steps: number; milliseconds: number }; answer: TrainingProgress; progress: TrainingProgress };
  trainingCurve: { ask: One; answer: CurvePoint[] };
  trainingSave: { ask: One; answer: Uint8Array };
  trainingRestore: { ask: One & { bytes: Uint8Array }; answer: null };
  trainingExplain: { ask: One & { step: number; address: string }; answer: Explanation };
  trainingClose: { ask: One; answer: null };

  singular: { ask: { m: Matrix }; answer: Omit<Singular, 'explain'> };
  singularExplain: { ask: { m: Matrix; address: string }; answer: Explanation };
}
