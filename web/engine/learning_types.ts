/**
 * The public types of learning: labelled examples, networks of layers, and their training. They are part of the interface that
 * {@link Lab} offers, and stand apart from `types.ts` because they are read on their own.
 *
 * A linear classifier (softmax regression) is a network without hidden layers: its rows of weights are the class vectors, or
 * templates. Layers are counted from 1, the last one gives the logits. Rows, units, inputs and classes are counted from 0.
 *
 * Training uses plain multiplies and adds in both engines, so that one seed gives the same curve, bit for bit, on every machine.
 */
import type { Explainable, Matrix, MatrixInput, NumberArray } from './types.ts';

/** What stands between two layers. GELU is the form with tanh (Hendrycks & Gimpel 2016). */
export type Activation = 'relu' | 'tanh' | 'gelu';

/** One layer: z[k] = Σ_i weights[k, i] · x[i] + biases[k]. `weights` has a row per output and a column per input. */
export interface Layer {
  weights: Matrix;
  biases: Float32Array;
}

/** A layer as a caller may write it. */
export interface LayerInput {
  weights: MatrixInput;
  biases: NumberArray;
}

/** Labelled rows of numbers, held in the engine: `count` rows of `inputs` numbers, each of one of the `classes`. */
export interface Examples {
  readonly count: number;
  /** Numbers per row. */
  readonly inputs: number;
  readonly classes: readonly string[];
  /** Rows `from` to `from + count − 1`. @throws {LabError} `out-of-range`, `disposed` */
  rows(from: number, count: number): Promise<Matrix>;
  /** The class of every row. */
  labels(): Promise<Uint8Array>;
  /**
   * Cut in two at random: the same seed gives the same cut on every machine.
   * @param options heldOut: how many rows are held out, 1 to count − 1
   * @throws {LabError} `out-of-range`
   */
  split(options: { heldOut: number; seed: number }): Promise<{ train: Examples; heldOut: Examples }>;
  /**
   * The same rows with each column moved and scaled: (x − mean) / deviation, `inputs` of each. Without `by` the columns' own means and
   * standard deviations are taken (a column that never changes keeps deviation 1).
   * @throws {LabError} `length-mismatch`, `not-finite`, `out-of-range` (a deviation that is not above 0)
   */
  standardize(by?: {
    means: NumberArray;
    deviations: NumberArray;
  }): Promise<{ examples: Examples; means: Float32Array; deviations: Float32Array }>;
  /** Give the memory back. */
  dispose(): Promise<void>;
}

/** A network to be made, with small random weights (He et al. 2015 before ReLU and GELU, Glorot & Bengio 2010 otherwise; no hidden layers: zeros). */
export interface NetworkOptions {
  inputs: number;
  /** Units of each hidden layer, the first nearest to the input; none unless told. At most 8 layers of 1 to 4,096. */
  hidden?: readonly number[];
  /** 2 to 256 names. */
  classes: readonly string[];
  /** `relu` unless told. */
  activation?: Activation;
  /** 1 unless told. */
  seed?: number;
}

/**
 * What a network makes of N rows, with every intermediate. Its numbers have addresses; n counts the rows, l the layers from 1 to L, k a layer's outputs, i its inputs:
 *
 * `network/input[n][i]`, `network/weight[l][k][i]`, `network/bias[l][k]`; `network/row[n][l][k]` (the dot product of weight row and the layer's input),
 * `network/z[n][l][k]` (with the bias), `network/h[n][l][k]` (after the activation), `network/logit[n][k]` (z of the last layer);
 * `network/exp[n][k]`, `network/exp-sum[n]`, `network/probability[n][k]`;
 * with labels also `network/loss[n]`, `network/dz[n][l][k]`, `network/dh[n][l][k]`, `network/slope[n][l][k]`: the derivatives of row n's loss.
 * For a network without hidden layers and classes a, b: `network/margin[n][a][b]` (logit a − logit b), `network/difference[a][b][i]` (class vector a − class vector b),
 * `network/difference-square[a][b]`, `network/flip-scale[n][a][b]`, `network/flip[n][a][b][i]`.
 *
 * `explain` rejects with `changed` once the network has been trained or edited.
 */
export interface Forward extends Explainable {
  /** z before and h after the activation, N rows each; the last layer's h is its z. */
  readonly layers: readonly { z: Matrix; h: Matrix }[];
  /** N rows, one column per class. */
  readonly logits: Matrix;
  /** softmax(logits / temperature). */
  readonly probabilities: Matrix;
  /** argmax of each row; ties go to the lower class. */
  readonly predicted: Uint8Array;
  /** −ln probability of the label, where labels were given. */
  readonly losses: Float32Array | null;
}

/** How a network does on examples. */
export interface Evaluation {
  count: number;
  correct: number;
  /** correct / count. */
  accuracy: number;
  /** Mean of −ln probability of the right class. */
  loss: number;
  /** confusion[truth · classes + answer]: how many. */
  confusion: Uint32Array;
  /** The answer to every row. */
  predicted: Uint8Array;
}

/** The smallest change of an input that makes the answer of a linear classifier another one. */
export interface Flip {
  /** The answer before, and the class that it comes to. */
  from: number;
  to: number;
  /** The input after the change: x + scale · (class vector `to` − class vector `from`); a hair beyond the border. */
  changed: Float32Array;
  /** How far along the difference of the class vectors. */
  scale: number;
  /** Length of the change. */
  distance: number;
  /** The distance to every other class's border; 0 for `from`. */
  distances: Float32Array;
}

/** A network of layers, held in the engine. */
export interface Network {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly classes: readonly string[];
  readonly activation: Activation;
  /** What was measured when a shipped network was trained, such as `accuracy`; empty for one's own. */
  readonly figures: Readonly<Record<string, number>>;
  /** Layer l, from 1. @throws {LabError} `out-of-range` */
  layer(l: number): Promise<Layer>;
  /** Put others in the place of all weights: the same shapes. @throws {LabError} `bad-shape`, `not-finite` */
  setLayers(layers: readonly LayerInput[]): Promise<void>;
  /** Put another row in place of row k of layer l. @throws {LabError} `out-of-range`, `length-mismatch`, `not-finite` */
  setRow(l: number, k: number, row: { weights: NumberArray; bias: number }): Promise<void>;
  /**
   * @param x one row, or a matrix of N rows
   * @param options labels: the right class of every row, for losses and derivatives; temperature: greater than 0, 1 unless told, and 1 where labels are given
   * @throws {LabError} `length-mismatch`, `not-finite`, `out-of-range`
   */
  forward(x: NumberArray | MatrixInput, options?: { labels?: NumberArray; temperature?: number }): Promise<Forward>;
  /** @throws {LabError} `length-mismatch` (other inputs or classes than the network has) */
  evaluate(examples: Examples): Promise<Evaluation>;
  /**
   * @param options to: the class to reach; the nearest unless told
   * @throws {LabError} `bad-option` (a network with hidden layers), `length-mismatch`, `out-of-range`, `zero-vector` (both class vectors are the same)
   */
  flip(x: NumberArray, options?: { to?: number }): Promise<Flip>;
  /** Begin to train this network. @throws {LabError} `length-mismatch`, `out-of-range`, `bad-option` */
  train(examples: Examples, options?: TrainingOptions): Promise<Training>;
  copy(): Promise<Network>;
  dispose(): Promise<void>;
}

/** How to train: mini-batches drawn without replacement, reshuffled each epoch. */
export interface TrainingOptions {
  /** `sgd` unless told; `momentum` is SGD with momentum (Polyak 1964), `adam` Kingma & Ba 2015. */
  optimizer?: 'sgd' | 'momentum' | 'adam';
  /** Learning rate; 0.1 unless told, 0.01 for `adam`. */
  rate?: number;
  /** Of `momentum`; 0.9 unless told. Adam keeps β₁ = 0.9, β₂ = 0.999. */
  momentum?: number;
  /** Examples per step; 32 unless told. */
  batch?: number;
  /** Added to the gradient: weightDecay · weight (not for biases); 0 unless told. */
  weightDecay?: number;
  /** Of the order of the examples; 1 unless told. */
  seed?: number;
  /** Measured at each point of the curve. */
  heldOut?: Examples;
  /** A point of the curve after every so many steps; one epoch unless told. */
  every?: number;
}

/** A point of the curve. Point 0 is before the first step. */
export interface CurvePoint {
  step: number;
  epoch: number;
  /** Mean loss and accuracy over all training examples at this point. */
  loss: number;
  accuracy: number;
  /** The same over the examples held out; NaN without any. */
  heldOutLoss: number;
  heldOutAccuracy: number;
}

/** How far a training has come. */
export interface TrainingProgress {
  step: number;
  epoch: number;
  /** Mean loss of the last mini-batch; NaN before the first. */
  batchLoss: number;
  /** The points of the curve that are new since the run began. */
  points: CurvePoint[];
}

/**
 * One step with all that happened in it. Row n is the n-th example of the mini-batch. Beside the addresses of {@link Forward} (of the network as it was before the step):
 * `network/gradient-sum[l][k][i]` (a dot product over the batch: deltas · inputs), `network/gradient[l][k][i]`, `network/gradient-bias[l][k]`,
 * `network/velocity[l][k][i]` (momentum), `network/first[l][k][i]`, `network/second[l][k][i]` (Adam's moments), `network/update[l][k][i]`, `network/after[l][k][i]`,
 * and for biases `network/velocity-bias[l][k]` and so on. It can be explained until the next step is taken.
 */
export interface TrainingStep extends Explainable {
  step: number;
  epoch: number;
  /** Which examples. */
  batch: Uint32Array;
  loss: number;
  /** Per layer: before, the gradient (weight decay included), and after. */
  layers: { before: Layer; gradient: Layer; after: Layer }[];
  points: CurvePoint[];
}

/** A training under way. The network that is trained changes as it goes; nothing runs between the calls. */
export interface Training {
  readonly network: Network;
  readonly options: Required<Omit<TrainingOptions, 'heldOut'>>;
  /** Steps that make an epoch. */
  readonly stepsPerEpoch: number;
  /** One mini-batch, with every intermediate. @throws {LabError} `disposed`, `diverged` (a weight is no longer finite; the network stays as it was) */
  step(): Promise<TrainingStep>;
  /**
   * Many mini-batches: until `steps` are done or `milliseconds` have gone by, whichever is first (at least one step).
   * To pause, let a run end and ask for no other; to go on, ask again: the curve does not depend on how it was cut.
   * @throws {LabError} `aborted` (what was trained until then stays), `diverged`, `disposed`, `out-of-range`
   */
  run(options: {
    steps: number;
    milliseconds?: number;
    signal?: AbortSignal;
    onProgress?(progress: TrainingProgress): void;
  }): Promise<TrainingProgress>;
  /** Every point so far. */
  curve(): Promise<CurvePoint[]>;
  /** The whole state, weights and optimizer included, as bytes. */
  save(): Promise<Uint8Array>;
  /** Go on from bytes that `save` gave, of a training of the same shape and options. @throws {LabError} `bad-file`, `bad-shape` */
  restore(bytes: Uint8Array): Promise<void>;
  dispose(): Promise<void>;
}

/** A line drawn with a pen: x0, y0, x1, y1 … in a square of 0 to 1, y downwards. */
export type Stroke = NumberArray;

/** The singular values of a small matrix, largest first: what it stretches by, and along which directions. */
export interface Singular extends Explainable {
  /** min(rows, columns) values; their numbers are `singular/value[i]`, `singular/left[i][r]`, `singular/right[i][c]`, `singular/image[i][r]`. */
  values: Float32Array;
  /** Unit vectors as rows: matrix · right[i] = values[i] · left[i]. */
  left: Matrix;
  right: Matrix;
  /** The determinant of a square matrix: negative where the plane is turned over; null for another. */
  determinant: number | null;
}

/** Texts as vectors: the sum of the unit vectors of their words, divided by its length. */
export interface TextVectors {
  /** One row per text; zeros where no word of the text is known. */
  vectors: Matrix;
  /** The words that went in, as the vocabulary spells them: the text's number i is `words/target[w1+w2+…][i]`. */
  used: string[][];
  /** Words that are not in the vocabulary. */
  unknown: string[][];
}

/** The part of {@link Lab} that learns. */
export interface Learning {
  /**
   * Examples of one's own.
   * @throws {LabError} `bad-shape`, `length-mismatch` (a label per row), `not-finite`, `out-of-range` (a label that is no class; 2 to 256 classes), `bad-word` (an empty or repeated class)
   */
  examples(input: { rows: MatrixInput; labels: NumberArray; classes: readonly string[] }): Promise<Examples>;
  /**
   * Digits drawn by a seeded pen, 28 × 28 pixels from 0 (paper) to 1 (ink), as many of each as can be, in random order; classes '0' to '9'.
   * Row i depends on the seed and on i alone.
   * @param options variation: how much slant, thickness, proportion and shape vary; 0 to 2, 1 unless told
   * @throws {LabError} `out-of-range` (count: 1 to 60,000)
   */
  strokeDigits(options: { count: number; seed: number; variation?: number }): Promise<Examples>;
  /**
   * Images and labels in MNIST's IDX format, as it is or compressed by gzip; pixels become 0 to 1.
   * @throws {LabError} `bad-file`, saying which of the two and what is wrong with it
   */
  idxDigits(images: Uint8Array, labels: Uint8Array): Promise<Examples>;
  /**
   * A drawing as MNIST would have it (LeCun et al. 1998): scaled into 20 × 20 pixels with its proportions kept, its centre of mass in the middle of 28 × 28; 784 floats from 0 to 1.
   * @param options thickness: of the pen, in the drawing's units; 0.08 unless told
   * @throws {LabError} `not-finite`, `empty-vector` (no stroke), `out-of-range`
   */
  rasterize(strokes: readonly Stroke[], options?: { thickness?: number }): Promise<Float32Array>;
  /** A network with random weights. @throws {LabError} `out-of-range`, `bad-word` */
  newNetwork(options: NetworkOptions): Promise<Network>;
  /**
   * A network that ships with the lab, trained on real handwritten digits: `digits` is softmax regression, `digits-mlp` has one hidden layer.
   * Its classes are '0' to '9'. Each call gives a copy of its own, to be edited at will.
   * @throws {LabError} `not-found`, `network`, `bad-file`, `aborted`, `bad-option`
   */
  network(
    name: 'digits' | 'digits-mlp',
    options?: { onProgress?(loaded: number, total: number): void; signal?: AbortSignal },
  ): Promise<Network>;
  /**
   * Singular values by one-sided Jacobi rotations (Hestenes 1958).
   * @throws {LabError} `bad-shape`, `not-finite`, `out-of-range` (more than 64 rows or columns)
   */
  singular(m: MatrixInput): Promise<Singular>;
}
