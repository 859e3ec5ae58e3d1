/**
 * The public types of transformers: a trained model by its name, what it makes of a text, and where each number comes from. Part of `types.ts`,
 * kept apart so that both can be read.
 *
 * Shapes: T tokens, L layers, H heads, D width, d = D/H, F hidden units, V tokens in the vocabulary. Layers and heads count from 1, places from 0.
 */
import type { Explainable, Matrix, NumberArray } from './types.ts';

/** A token where it stands in a text. */
export interface TextToken {
  id: number;
  /** Its text, with the space before it if it carries one. The beginning of a text is `␂`, a gap `[blank]`; bytes that are only part of a letter stand as `‹c3›`. */
  text: string;
  /**
   * Where it begins in the text that was given, in UTF-16 units, and where it ends (exclusive); both 0 for the beginning of a text. Tokens that are parts of one
   * letter all name the whole letter. Of token numbers, they count in the text that the tokens make.
   */
  start: number;
  end: number;
}

/** One head: layer and head count from 1. */
export interface HeadPlace {
  layer: number;
  head: number;
}

/** Another state in the place of the one that leaves a layer; layer 0 is what goes into the first. */
export interface StatePatch {
  layer: number;
  place: number;
  /** D numbers. */
  state: NumberArray;
}

/** What is done to a run on its way. */
export interface RunOptions {
  /** Heads whose output is replaced by zeros. */
  ablate?: readonly HeadPlace[];
  /** States that are replaced; of two in one place the later counts. */
  patch?: readonly StatePatch[];
}

/** A token with what the model gives it. */
export interface Guess {
  id: number;
  text: string;
  logit: number;
  probability: number;
}

/** What one head does, each [T, T]: row t is what place t sees of each place. */
export interface HeadAttention {
  /** softmax of each row of scores; 0 where a place may not look. */
  weights: Matrix;
  /** q·k / √d; computed also where a place may not look. */
  scores: Matrix;
  /** q·k */
  dots: Matrix;
}

/**
 * What a model makes of a text, every intermediate at hand. It lies in the engine until `dispose()`: with 6 layers of 6 heads,
 * width 192, 768 hidden units and 4,096 tokens it takes 0.1 MB for each token and 0.3 KB for each pair of them, 7.6 MB for 64. It outlives its model, but not the engine's worker.
 *
 * Addresses, t and s places, v a token, i a number of a row: `transformer/logit[t,v]`, `transformer/probability[t,v]`, `transformer/norm[t,i]`,
 * `transformer/x[t,i]`, `transformer/tokens[v,i]`, `transformer/positions[t,i]`; in layer 2 `transformer/L2/norm1[t,i]`, `attended`, `middle`, `norm2`, `hidden[t,j]`,
 * `active`, `fed`, `out`, `rms1[t]`, `rms2[t]`, and its weights `output[i,c]`, `up[i,j]`, `down[j,i]`; of its third head `transformer/L2/H3/dot[t,s]`, `score`, `weight`,
 * `query[t,i]`, `key`, `value`, `mix`, `part`, `query_weights[i,c]`, `key_weights`, `value_weights`.
 */
export interface TransformerRun extends Explainable {
  readonly tokens: readonly TextToken[];
  /** The score of every token of the vocabulary at every place, [T, V]. At place t of a causal model: of what comes after token t. */
  logits(): Promise<Matrix>;
  /**
   * The likeliest tokens at a place, best first.
   * @param options count: how many, 10 unless told; temperature: what the logits are divided by before softmax, 1 unless told
   * @throws {LabError} `out-of-range`
   */
  guesses(place: number, options?: { count?: number; temperature?: number }): Promise<Guess[]>;
  /**
   * What one head looks at.
   * @throws {LabError} `out-of-range`
   */
  attention(layer: number, head: number): Promise<HeadAttention>;
  /** The weights of all heads, each [T, T]: of layer l and head h at [l − 1][h − 1]. */
  allAttention(): Promise<Matrix[][]>;
  /**
   * The rows that leave a layer, [T, D]; layer 0 is what goes into the first.
   * @throws {LabError} `out-of-range`
   */
  hidden(layer: number): Promise<Matrix>;
  /**
   * One head's queries, keys, values, or their weighted sums, [T, d].
   * @throws {LabError} `out-of-range`, `bad-option` (no such part)
   */
  head(layer: number, head: number, part: 'query' | 'key' | 'value' | 'mix'): Promise<Matrix>;
  /**
   * How little each token was foreseen by those before it: −log₂ of its probability, in bits, T floats. The first, which nothing foretells, is 0.
   * @throws {LabError} `not-causal`
   */
  surprise(): Promise<Float32Array>;
  /**
   * How much arithmetic the run is. `dot`: multiply-adds inside dot products, of rows with columns of weights, queries with keys, weights with values, final rows with the
   * rows of tokens, and rows with themselves for their root mean square; pairs that a causal model hides are not counted. `other`: every other addition, multiplication,
   * division, root or exponential, each as one, though a multiply-add is two of these: sums that carry a row past a part, the rest of norms, softmax and GELU.
   */
  operations(): Promise<{ dot: number; other: number }>;
  /** Give the memory back. Asking again afterwards rejects with `disposed`. */
  dispose(): Promise<void>;
}

/** How much of a head's attention falls on places of one kind, as a mean over all places that have any to look at. */
export interface HeadTendency {
  /** 0 to 1. */
  weight: number;
  /** What it would be if each of them looked at everything it may see alike. */
  uniform: number;
  /** How many places these are; 0: the texts have none, and the two numbers say nothing. */
  places: number;
}

/**
 * What one head tends to look at. These are tendencies on the texts that were given, and no purposes: whether an answer depends on a head, only leaving it out can tell.
 * The beginning of a text counts as `first` alone, and what it looks at itself is not counted.
 */
export interface HeadScores extends HeadPlace {
  /** The token before. */
  previous: HeadTendency;
  /** The token after; a causal model has none to look at. */
  next: HeadTendency;
  /** The beginning of the text (Xiao et al. 2024 call it an attention sink). */
  first: HeadTendency;
  /** The token itself. */
  itself: HeadTendency;
  /** Other places with the same token. */
  same: HeadTendency;
  /**
   * Places that follow an earlier occurrence of the same token, on random tokens that are repeated once: the prefix-matching score of Olsson et al. 2022, "In-context
   * Learning and Induction Heads".
   */
  induction: HeadTendency;
  /**
   * What the distance alone foretells. `share`: 1 − Σ (z − m)² / Σ z² over all pairs of places that see each other, z being how far a weight is from equal attention and m
   * the mean of z over all other pairs that lie equally far apart; 1 is all, 0 nothing, below 0 it misleads. `distance`: places back (below 0: ahead) of what gets most
   * weight on average, among distances that half of all places have; `weight`: that average.
   */
  distance: { share: number; distance: number; weight: number };
}

/** What heads are measured on. */
export interface HeadScoresOptions {
  /** For all but `induction`; at least one, and several say more. */
  texts: readonly string[];
  /** Random tokens, for `induction`: `texts` (4 unless told) of `count` (25) different ones and the same again; seeds `seed`, `seed` + 1 … (1). */
  repeats?: { texts?: number; count?: number; seed?: number };
}

/** How a text is continued. */
export interface GenerateOptions {
  /** Tokens to add at most; 40 unless told. It ends earlier where the model ends the text or its context is full. */
  count?: number;
  /** 0 takes the likeliest token each time; 1, unless told, draws as the model says. */
  temperature?: number;
  /** Draws among so many likeliest only; among all unless told. */
  topK?: number;
  /** Of the draws; 1 unless told. The same seed gives the same text. */
  seed?: number;
  /** Called with each token as it comes. */
  onToken?(token: TextToken): void;
  signal?: AbortSignal;
}

/** How a text went on. */
export interface Continuation {
  /** What was added. */
  text: string;
  /** The tokens of what was added; their places count from the beginning of what was given. */
  tokens: TextToken[];
}

/**
 * A trained transformer. It reads text as it was trained: typographic quotes, dashes and accents as plain ones, white space as one space or line end. `[blank]`, with the
 * space before it, is the token that stands for a gap.
 */
export interface Transformer {
  readonly name: string;
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  /** Units of a layer's feed-forward part; 0: attention only. */
  readonly hidden: number;
  readonly vocabulary: number;
  /** Tokens that it reads at most, the beginning of the text counted. */
  readonly context: number;
  /** True: each place sees itself and those before it. False: all places; it fills blanks. */
  readonly causal: boolean;
  /** Measured when it was trained, as `lessons/data/<name>/source.md` states them. */
  readonly figures: Readonly<Record<string, number>>;
  /**
   * The tokens of a text, the beginning first.
   * @throws {LabError} `too-long` when the text has more tokens than the context; `detail` says how many UTF-16 units of it fit
   */
  tokens(text: string): Promise<TextToken[]>;
  /**
   * A text, or token numbers, through the model. Without any it is the beginning alone.
   * @throws {LabError} `too-long`, `out-of-range` (no such token, layer, head or place), `length-mismatch`, `not-finite` (a patch)
   */
  run(input: string | readonly TextToken[] | NumberArray, options?: RunOptions): Promise<TransformerRun>;
  /**
   * Continues a text, token by token. Other questions are answered meanwhile.
   * @throws {LabError} `not-causal`, `too-long`, `out-of-range`, `aborted`
   */
  generate(text: string, options?: GenerateOptions): Promise<Continuation>;
  /**
   * What each head tends to look at, measured over several texts; layer after layer.
   * @throws {LabError} `bad-option`, `too-long`, `out-of-range`
   */
  headScores(options: HeadScoresOptions): Promise<HeadScores[]>;
  /**
   * The text of a token.
   * @throws {LabError} `out-of-range`
   */
  token(id: number): Promise<string>;
  /** Give the memory back. Asking again afterwards rejects with `disposed`; `lab.transformer(name)` loads anew. */
  dispose(): Promise<void>;
}

/** What {@link Lab} offers of transformers. */
export interface TransformerCalls {
  /**
   * A shipped transformer: `writer` continues simple English, `reader` fills blanks. Downloaded once, on the first call, and shared; after a failure the next call tries
   * again. `onProgress` gets bytes loaded and bytes in all (0 if the server does not say).
   * @throws {LabError} `unknown-name`, `no-file` (the lab came without it), `network`, `bad-file`, `aborted`
   */
  transformer(
    name: 'writer' | 'reader',
    options?: { onProgress?(loaded: number, total: number): void; signal?: AbortSignal },
  ): Promise<Transformer>;
}
