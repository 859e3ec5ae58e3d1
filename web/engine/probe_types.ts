/**
 * The public types of probes: what a linear classifier finds in the states that a transformer has of words (Alain & Bengio 2016; Hewitt & Liang 2019). Part of
 * `types.ts`, kept apart so that both can be read.
 *
 * Shapes: N words in S texts, L layers, D width, C classes. Layer 0 is what goes into the first layer, layers 1 to L are what leaves each. Words, texts, places and
 * classes count from 0.
 */
import type { Transformer, TransformerRun } from './transformer_types.ts';
import type { Explainable, Matrix, NumberArray, Plane } from './types.ts';

/** A word, or any stretch of a text: UTF-16 units, `end` exclusive. */
export interface WordPlace {
  /** Which of the texts. */
  text: number;
  start: number;
  end: number;
}

/**
 * What a class each word belongs to. The words that have one are those of the task; the others are left out.
 */
export interface ProbeTask {
  /** 2 to 256 names. */
  classes: readonly string[];
  /** N numbers, one for every word of the states: its class, or −1 where it is no part of the task. */
  labels: NumberArray;
  /**
   * S numbers: texts with the same one are never divided between training and held-out (sentences written to one pattern, for one). Unless told, each text is its own.
   */
  groups?: NumberArray;
}

/** How a probe is trained. */
export interface ProbeOptions {
  /** Which texts are held out, the order of training, and the labels of the controls; 1 unless told. The same seed divides the texts alike in all layers and models. */
  seed?: number;
  /**
   * What is held out: a share of the groups of texts, 0 (none) to 0.9, drawn by the seed; or S numbers, 1 for a text that is held out, 0 for one that is not (a corpus
   * with a division of its own). 0.25 unless told.
   */
  heldOut?: number | NumberArray;
  /** Strength c of the penalty: what is made small is Σ −ln probability of the right class + c/2 · Σ weight², over standardised states; 10 unless told. */
  decay?: number;
}

/** A figure over several seeds. */
export interface Spread {
  mean: number;
  min: number;
  max: number;
  /** Standard deviation of the single figures (n − 1); 0 for a single one. */
  deviation: number;
}

/** A probe's answers to words that it was not trained on. */
export interface ProbeScore {
  /** Words held out. */
  count: number;
  correct: number;
  /** correct / count; NaN where nothing was held out. */
  accuracy: number;
  /** confusion[truth · C + answer]: how many of the words held out. */
  confusion: Uint32Array;
  /** The share of the words trained on that it gets right. */
  trainAccuracy: number;
}

/**
 * One probe at one layer beside its controls, all four trained and held out on the same words.
 */
export interface ProbeFit {
  layer: number;
  seed: number;
  /** Words trained on and held out, of each class: C numbers each. */
  trained: Uint32Array;
  heldOut: Uint32Array;
  /** The probe itself. */
  score: ProbeScore;
  /** Accuracy of always answering the class that is commonest among the words trained on. */
  majority: number;
  /**
   * The control task of Hewitt & Liang (2019): every spelling (case aside) gets a class at random, drawn by how common the classes are, and keeps it wherever it stands. A probe
   * can only learn it word by word. null where the task has fewer than 10 spellings: then there is nothing to learn by heart (one word in two senses).
   */
  control: ProbeScore | null;
  /** score.accuracy − control.accuracy; null without a control. */
  selectivity: number | null;
  /** The share of the held-out words whose spelling was among those trained on; the control can be right about these alone, but by luck. */
  knownSpellings: number;
  /**
   * A probe trained on the same labels dealt out at random (among the words trained on, and among those held out): it has nothing to find, so that its accuracy must be within
   * a few deviations of chance.
   */
  shuffled: ProbeScore & {
    /** What answers like its own get right if they have nothing to do with the labels: Σ share of answers · share of labels. */
    chance: number;
    /** The standard deviation of its accuracy about `chance`. */
    deviation: number;
  };
  /**
   * The share of the variance of the held-out words' states (of all words, where none is held out) that lies along the probe's directions: the span of the differences of its
   * class vectors. The rest is what the probe does not use.
   */
  explained: number;
  /** How many directions that span has, at most C − 1; so many of D directions taken at random would hold directions / D of the variance. */
  directions: number;
}

/** A task at one layer, over all seeds. */
export interface ProbeLayer {
  layer: number;
  accuracy: Spread;
  majority: Spread;
  /** null where the task has no control. */
  control: Spread | null;
  selectivity: Spread | null;
  shuffled: Spread;
  /** Of `shuffled.chance`. */
  chance: Spread;
  explained: Spread;
  directions: number;
  /** Added up over the seeds: confusion[truth · C + answer]. */
  confusion: Uint32Array;
}

/** A task in the layers of a model. */
export interface ProbeTable {
  classes: readonly string[];
  seeds: readonly number[];
  /** In the order in which they were asked for. */
  layers: ProbeLayer[];
  /** Every probe: seed by seed, in each the layers. */
  fits: ProbeFit[];
}

/** How a task is measured in several layers, by several seeds. */
export interface MeasureOptions extends Omit<ProbeOptions, 'seed'> {
  /** All layers, 0 to L, unless told. */
  layers?: readonly number[];
  /** [1, 2, 3, 4, 5] unless told. */
  seeds?: readonly number[];
  /** Called with each probe as it comes: the first seed in all layers, then the next seed. `table` is of what has come so far. */
  onProgress?(progress: { done: number; total: number; fit: ProbeFit; table: ProbeTable }): void;
  /** Asked before each probe; while its promise is open nothing is trained. For a button that pauses. */
  wait?(): Promise<void> | undefined;
  signal?: AbortSignal;
}

/**
 * What a probe says of each token of a run, with everything below it: the run's own addresses (`transformer/L3/out[t,i]` …) unfold here too.
 *
 * Addresses, t a place, k a class, i a number of a state: `probe/score[t,k]` = `probe/dot[t,k]` (weights · state) + `probe/bias[k]`, `probe/weight[k,i]`;
 * `probe/probability[t,k]` and, on the way to it, `probe/exp[t,k]`, `probe/exp_sum[t]`, `probe/gap[t,k]`, `probe/largest[t]`;
 * of a task with two classes also `probe/margin[t]` = `probe/projection[t]` (difference · state) + `probe/bias_difference`, `probe/difference[i]` = `probe/weight[1,i]` −
 * `probe/weight[0,i]`.
 */
export interface ProbeReading extends Explainable {
  /** [T, C]: weights · state + bias. */
  readonly scores: Matrix;
  /** [T, C]: softmax of each row of scores. */
  readonly probabilities: Matrix;
  /** Of two classes: difference · state + difference of the biases, which is score 1 − score 0 but for rounding; above 0 is class 1. T numbers; null for more classes. */
  readonly margins: Float32Array | null;
}

/** A trained probe. It lies in the engine until `dispose()`. */
export interface Probe {
  readonly layer: number;
  readonly classes: readonly string[];
  /** [C, D]: the class vectors, in the units of the states themselves (standardisation is worked into them): score k of a state = weights[k] · state + biases[k]. */
  readonly weights: Matrix;
  /** C numbers. */
  readonly biases: Float32Array;
  /** Of two classes: class vector 1 − class vector 0, D numbers. null for more. */
  readonly difference: Float32Array | null;
  /** How it does on the words that were held out. */
  readonly score: ProbeScore;
  /** Its answer to every word of the states, held out or not, of the task or not: N numbers. */
  readonly answers: Uint8Array;
  /** N numbers: 1 for a word of the task that was held out, 0 for one that was trained on, 2 for one that is no part of it. */
  readonly parts: Uint8Array;
  /**
   * What it says of each token of a run, of the model whose states it was trained on.
   * @throws {LabError} `bad-option` (a run of another model, or of one that was loaded again since), `disposed`
   */
  read(run: TransformerRun): Promise<ProbeReading>;
  /** Give the memory back. */
  dispose(): Promise<void>;
}

/** A few words, each answered by a probe that was trained on all others: what can be said of a handful. */
export interface LeftOut {
  layer: number;
  /** The words of the task, numbers among the N. */
  words: Uint32Array;
  /** The answer to each of them, by a probe that never saw its group. */
  answers: Uint8Array;
  count: number;
  correct: number;
  accuracy: number;
  /** Accuracy of always answering the class that is commonest among the others. */
  majority: number;
  /** How likely so many or more are right by tossing a coin that knows only how common the classes are (binomial). Near 1: nothing was shown. */
  luck: number;
}

/** How far apart the states of words of two or more classes lie (one word in two senses), at one layer. Cosines are of states measured from their mean at that layer. */
export interface Drift {
  layer: number;
  /** Mean cosine of two words of one class, over all pairs; −1 to 1. */
  within: number;
  /** Mean cosine of two words of different classes. */
  between: number;
  /** The same of the states as they are: all states of a layer share much (Ethayarajh 2019), so that both are high. */
  rawWithin: number;
  rawBetween: number;
}

/** Words in two dimensions: x along a probe's direction, y along the direction of most variance at right angles to it. */
export interface ProbePlane extends Plane {
  layer: number;
  /** Which words, numbers among the N. */
  words: Uint32Array;
}

/**
 * The states that a transformer has of N words, at all layers: computed once, asked about by many probes. A word that is several tokens has the state of its last one, the
 * first place at which a model that reads from left to right has seen the whole word. They lie in the engine until `dispose()`: with 6 layers of width 192, 5.4 KB for each word.
 */
export interface WordStates {
  readonly model: string;
  /** N */
  readonly count: number;
  /** S */
  readonly texts: number;
  /** L: layers 0 to L can be asked for. */
  readonly layers: number;
  /** D */
  readonly width: number;
  /** N numbers: the place of each word's token in the run of its text. The state of word n at layer l is `transformer/Ll/out[places[n],i]` there, at layer 0 `transformer/x[…]`. */
  readonly places: Uint32Array;
  /** How many tokens each word is. 0 never occurs. */
  readonly pieces: Uint32Array;
  /** @throws {LabError} `out-of-range`, `disposed` */
  rows(layer: number): Promise<Matrix>;
  /**
   * Trains a probe: softmax regression on the states of the task's words, standardised (each of the D numbers to mean 0 and deviation 1 over the words trained on), so
   * that the penalty weighs all alike; mini-batches by Adam, a fixed number of steps; the same bits on every machine for the same states.
   * @throws {LabError} `out-of-range` (a layer, a label, a share), `length-mismatch` (labels, groups), `bad-word` (an empty or repeated class), `too-few` (there are
   * not two classes with two words each to train on: `detail` names one that lacks them; or nothing can be held out), `not-finite`, `disposed`
   */
  probe(layer: number, task: ProbeTask, options?: ProbeOptions): Promise<Probe>;
  /** A probe and its controls. Errors as for `probe`; `aborted`. */
  fit(layer: number, task: ProbeTask, options?: ProbeOptions & { signal?: AbortSignal }): Promise<ProbeFit>;
  /** Probes and controls in many layers, by many seeds; other questions are answered in between. Errors as for `probe`; `aborted`. */
  measure(task: ProbeTask, options?: MeasureOptions): Promise<ProbeTable>;
  /**
   * Each of a few words (or groups of texts, where groups are given) left out in turn. Unlike in `probe`, words of one text are divided where no groups are given.
   * @throws {LabError} as for `probe`; `too-few` unless two classes have three words each; `out-of-range` for more than 200 words
   */
  leaveOut(layer: number, task: ProbeTask, options?: { decay?: number; signal?: AbortSignal }): Promise<LeftOut>;
  /**
   * How far the task's classes lie apart at each layer, 0 to L.
   * @throws {LabError} `too-few` (fewer than two words of a class), and as for `probe`
   */
  drift(task: ProbeTask): Promise<Drift[]>;
  /**
   * The words of the task in the plane of a probe with two classes.
   * @throws {LabError} `bad-option` (a probe with more classes), `too-few` (fewer than two words), `zero-vector` (its two class vectors are the same)
   */
  plane(probe: Probe, task: ProbeTask): Promise<ProbePlane>;
  /** Give the memory back. */
  dispose(): Promise<void>;
}

/** What {@link Lab} offers of probes. */
export interface ProbeCalls {
  /**
   * Runs the texts through a model and keeps the states of their words.
   * @param input texts: one string each; words: where each word stands, in the order of the texts
   * @param options onProgress: texts that are done, and all
   * @throws {LabError} `too-long` (a text with more tokens than the model reads; `detail` is its number), `out-of-range` (a word outside of its text, or no text of that number),
   * `bad-word` (a word without any token: white space alone), `empty-vector` (no words), `out-of-memory`, `aborted`, `disposed`
   */
  wordStates(
    model: Transformer,
    input: { texts: readonly string[]; words: readonly WordPlace[] },
    options?: { onProgress?(done: number, total: number): void; signal?: AbortSignal },
  ): Promise<WordStates>;
}
