// What of the engine's interface a reader's own code may call, and what the answers are: plain values, or objects with methods of their own.

export interface Face {
  /** Plain data, sent along. */
  fields: readonly string[];
  methods: readonly string[];
  /** Methods whose answer has methods of its own: of which face; or which parts of the answer have. */
  opens?: Readonly<Record<string, FaceName | Readonly<Record<string, FaceName>>>>;
}

export type FaceName =
  | 'lab'
  | 'vectors'
  | 'pair'
  | 'examples'
  | 'network'
  | 'forward'
  | 'training'
  | 'step'
  | 'singular'
  | 'attention'
  | 'selfAttention'
  | 'randomDots'
  | 'softmaxRow'
  | 'transformer'
  | 'transformerRun'
  | 'wordStates'
  | 'probe'
  | 'probeReading'
  | 'induction';

export const faces: Readonly<Record<FaceName, Face>> = {
  lab: {
    fields: ['binary'],
    methods: [
      'dot',
      'norm',
      'cosine',
      'normalize',
      'matvec',
      'matmul',
      'softmax',
      'topK',
      'random.normal',
      'trace',
      'pair',
      'explainPair',
      'race',
      'vectors',
      'vectorsFrom',
      'memory',
      'examples',
      'strokeDigits',
      'idxDigits',
      'rasterize',
      'newNetwork',
      'network',
      'singular',
      'attention',
      'selfAttention',
      'randomDots',
      'softmaxRow',
      'transformer',
      'wordStates',
      'growInduction',
    ],
    opens: {
      vectors: 'vectors',
      vectorsFrom: 'vectors',
      pair: 'pair',
      examples: 'examples',
      strokeDigits: 'examples',
      idxDigits: 'examples',
      newNetwork: 'network',
      network: 'network',
      singular: 'singular',
      attention: 'attention',
      selfAttention: 'selfAttention',
      randomDots: 'randomDots',
      softmaxRow: 'softmaxRow',
      transformer: 'transformer',
      wordStates: 'wordStates',
      growInduction: 'induction',
    },
  },
  vectors: {
    fields: ['name', 'size', 'dimensions'],
    methods: ['words', 'has', 'vector', 'unit', 'similarity', 'nearest', 'analogy', 'plane', 'texts', 'benchmark', 'explain', 'dispose'],
  },
  pair: { fields: ['dot', 'normA', 'normB', 'cosine', 'angleDegrees', 'unitA', 'unitB', 'products', 'running'], methods: ['explain'] },
  examples: {
    fields: ['count', 'inputs', 'classes'],
    methods: ['rows', 'labels', 'split', 'standardize', 'dispose'],
    opens: { split: { train: 'examples', heldOut: 'examples' }, standardize: { examples: 'examples' } },
  },
  network: {
    fields: ['inputs', 'hidden', 'classes', 'activation', 'figures'],
    methods: ['layer', 'setLayers', 'setRow', 'forward', 'evaluate', 'flip', 'train', 'copy', 'dispose'],
    opens: { forward: 'forward', train: 'training', copy: 'network' },
  },
  forward: { fields: ['layers', 'logits', 'probabilities', 'predicted', 'losses'], methods: ['explain'] },
  training: {
    fields: ['options', 'stepsPerEpoch'],
    methods: ['step', 'run', 'curve', 'save', 'restore', 'dispose'],
    opens: { step: 'step' },
  },
  step: { fields: ['step', 'epoch', 'batch', 'loss', 'layers', 'points'], methods: ['explain'] },
  singular: { fields: ['values', 'left', 'right', 'determinant'], methods: ['explain'] },
  attention: { fields: ['heads', 'scale', 'dots', 'scores', 'weights', 'output'], methods: ['explain'] },
  selfAttention: {
    fields: ['heads', 'scale', 'dots', 'scores', 'weights', 'output', 'query', 'key', 'value', 'projected'],
    methods: ['explain'],
  },
  randomDots: { fields: ['dimensions', 'dots', 'rootMeanSquare', 'meanMagnitude'], methods: ['pair', 'explain'] },
  softmaxRow: { fields: ['scale', 'scaled', 'weights', 'slopes'], methods: ['explain'] },
  transformer: {
    fields: ['name', 'layers', 'heads', 'width', 'hidden', 'vocabulary', 'context', 'causal', 'figures'],
    methods: ['tokens', 'run', 'generate', 'token', 'headScores', 'dispose'],
    opens: { run: 'transformerRun' },
  },
  transformerRun: {
    fields: ['tokens'],
    methods: ['logits', 'guesses', 'attention', 'allAttention', 'hidden', 'head', 'surprise', 'operations', 'explain', 'dispose'],
  },
  wordStates: {
    fields: ['model', 'count', 'texts', 'layers', 'width', 'places', 'pieces'],
    methods: ['rows', 'probe', 'fit', 'measure', 'leaveOut', 'drift', 'plane', 'dispose'],
    opens: { probe: 'probe' },
  },
  probe: {
    fields: ['layer', 'classes', 'weights', 'biases', 'difference', 'score', 'answers', 'parts'],
    methods: ['read', 'dispose'],
    opens: { read: 'probeReading' },
  },
  probeReading: { fields: ['scores', 'probabilities', 'margins'], methods: ['explain'] },
  induction: {
    fields: ['options', 'layers', 'heads', 'width', 'vocabulary', 'context', 'examples'],
    methods: ['run', 'runAt', 'measureWithout', 'dispose'],
    opens: { runAt: 'transformerRun' },
  },
};
