// Written by `npm run build:engine` from engine/bindings; do not edit.
// TypeScript bindings for emscripten-generated code.  Automatically generated at compile time.
declare namespace RuntimeExports {
    let HEAPF32: any;
    let HEAPF64: any;
    let HEAP_DATA_VIEW: any;
    let HEAP8: any;
    let HEAPU8: any;
    let HEAP16: any;
    let HEAPU16: any;
    let HEAP32: any;
    let HEAPU32: any;
    let HEAP64: any;
    let HEAPU64: any;
}
interface WasmModule {
  _lab_attend_workspace(_0: number, _1: number, _2: number, _3: number, _4: number): number;
  _lab_attend(_0: number, _1: number, _2: number, _3: number, _4: number, _5: number, _6: number, _7: number, _8: number, _9: number, _10: number, _11: number): void;
  _lab_allocate(_0: number): number;
  _lab_free(_0: number): void;
  _lab_heap_bytes(): number;
  _lab_used_bytes(): number;
}

type EmbindString = ArrayBuffer|Uint8Array|Uint8ClampedArray|Int8Array|string;
interface EmbindModule {
  attention(_0: import('./attention_protocol.ts').PlacedAttention): import('./errors.ts').Outcome<Omit<import('./types.ts').Attention, 'explain'>>;
  selfAttention(_0: import('./attention_protocol.ts').PlacedSelfAttention): import('./errors.ts').Outcome<Omit<import('./types.ts').SelfAttention, 'explain'>>;
  randomMeasure(_0: number, _1: number): Pick<import('./types.ts').RandomDots, 'rootMeanSquare' | 'meanMagnitude'>;
  softmaxRow(_0: number, _1: number, _2: number): import('./errors.ts').Outcome<Omit<import('./types.ts').SoftmaxRow, 'explain'>>;
  randomDots(_0: number, _1: number, _2: number, _3: number): Float32Array;
  randomPair(_0: number, _1: number, _2: number): {query: Float32Array; key: Float32Array};
  attentionExplain(_0: import('./attention_protocol.ts').PlacedAttention, _1: EmbindString): import('./errors.ts').Outcome<import('./types.ts').Explanation>;
  selfAttentionExplain(_0: import('./attention_protocol.ts').PlacedSelfAttention, _1: EmbindString): import('./errors.ts').Outcome<import('./types.ts').Explanation>;
  softmaxExplain(_0: number, _1: number, _2: number, _3: EmbindString): import('./errors.ts').Outcome<import('./types.ts').Explanation>;
  randomExplain(_0: number, _1: number, _2: number, _3: number, _4: EmbindString): import('./errors.ts').Outcome<import('./types.ts').Explanation>;
  examplesMake(_0: number, _1: number, _2: number, _3: number, _4: EmbindString): import('./errors.ts').Outcome<import('./learning_protocol.ts').OpenedExamples>;
  examplesStrokes(_0: number, _1: number, _2: number): import('./errors.ts').Outcome<import('./learning_protocol.ts').OpenedExamples>;
  examplesIdx(_0: number, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<import('./learning_protocol.ts').OpenedExamples>;
  examplesRows(_0: number, _1: number, _2: number): import('./errors.ts').Outcome<import('./types.ts').Matrix>;
  examplesLabels(_0: number): import('./errors.ts').Outcome<Uint8Array>;
  examplesSplit(_0: number, _1: number, _2: number): import('./errors.ts').Outcome<{train: import('./learning_protocol.ts').OpenedExamples; heldOut: import('./learning_protocol.ts').OpenedExamples}>;
  examplesStandardize(_0: number, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<{examples: import('./learning_protocol.ts').OpenedExamples; means: Float32Array; deviations: Float32Array}>;
  examplesClose(_0: number): void;
  rasterize(_0: number, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<Float32Array>;
  transformerHeadScores(_0: number, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<Omit<import('./types.ts').HeadScores, 'layer' | 'head'>[]>;
  transformerRepeats(_0: number, _1: number, _2: number): import('./errors.ts').Outcome<Uint32Array>;
  networkMake(_0: number, _1: number, _2: number, _3: EmbindString, _4: EmbindString, _5: number): import('./errors.ts').Outcome<import('./learning_protocol.ts').OpenedNetwork>;
  networkOpen(_0: number, _1: number): import('./errors.ts').Outcome<import('./learning_protocol.ts').OpenedNetwork>;
  networkLayer(_0: number, _1: number): import('./errors.ts').Outcome<import('./types.ts').Layer>;
  networkSetLayers(_0: number, _1: number, _2: number): import('./errors.ts').Outcome<null>;
  networkSetRow(_0: number, _1: number, _2: number, _3: number, _4: number, _5: number): import('./errors.ts').Outcome<null>;
  networkForward(_0: number, _1: number, _2: number, _3: number, _4: number, _5: number): import('./errors.ts').Outcome<import('./learning_protocol.ts').ForwardNumbers>;
  networkExplain(_0: number, _1: number, _2: number, _3: number, _4: number, _5: number, _6: number, _7: EmbindString): import('./errors.ts').Outcome<import('./types.ts').Explanation>;
  networkEvaluate(_0: number, _1: number): import('./errors.ts').Outcome<import('./types.ts').Evaluation>;
  networkFlip(_0: number, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<import('./types.ts').Flip>;
  networkCopy(_0: number): import('./errors.ts').Outcome<import('./learning_protocol.ts').OpenedNetwork>;
  networkClose(_0: number): void;
  statesOpen(_0: number): import('./errors.ts').Outcome<number>;
  statesAdd(_0: number, _1: number, _2: number, _3: number, _4: number, _5: number): import('./errors.ts').Outcome<null>;
  statesRows(_0: number, _1: number): import('./errors.ts').Outcome<import('./types.ts').Matrix>;
  statesDrift(_0: number, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<import('./types.ts').Drift[]>;
  statesPlane(_0: number, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<import('./types.ts').Plane>;
  statesClose(_0: number): void;
  probeDivide(_0: number, _1: number, _2: number, _3: number, _4: number): import('./errors.ts').Outcome<Uint8Array>;
  probeControl(_0: number, _1: number, _2: number, _3: number): Uint32Array;
  probeShuffle(_0: number, _1: number, _2: number, _3: number): Uint32Array;
  probeTrain(_0: number, _1: number, _2: number, _3: number, _4: number, _5: EmbindString, _6: number, _7: number): import('./errors.ts').Outcome<import('./probe_protocol.ts').TrainedProbe>;
  probeExplained(_0: number, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<{explained: number; directions: number}>;
  probeRead(_0: number, _1: number): import('./errors.ts').Outcome<import('./probe_protocol.ts').Reading>;
  probeExplain(_0: number, _1: number, _2: EmbindString): import('./errors.ts').Outcome<import('./types.ts').Explanation>;
  probeLuck(_0: number, _1: number, _2: number): number;
  probeClose(_0: number): void;
  singular(_0: number, _1: number, _2: number): import('./errors.ts').Outcome<Omit<import('./types.ts').Singular, 'explain'>>;
  singularExplain(_0: EmbindString, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<import('./types.ts').Explanation>;
  trainingMake(_0: number, _1: number, _2: number, _3: import('./types.ts').TrainingOptions): import('./errors.ts').Outcome<import('./learning_protocol.ts').OpenedTraining>;
  trainingStep(_0: number): import('./errors.ts').Outcome<Omit<import('./types.ts').TrainingStep, 'explain'>>;
  trainingAdvance(_0: number, _1: number): import('./errors.ts').Outcome<import('./types.ts').TrainingProgress>;
  trainingCurve(_0: number): import('./errors.ts').Outcome<import('./types.ts').CurvePoint[]>;
  trainingSave(_0: number): import('./errors.ts').Outcome<Uint8Array>;
  trainingRestore(_0: number, _1: number, _2: number): import('./errors.ts').Outcome<null>;
  trainingExplain(_0: number, _1: number, _2: EmbindString): import('./errors.ts').Outcome<import('./types.ts').Explanation>;
  trainingClose(_0: number): void;
  transformerOpen(_0: number, _1: number): import('./errors.ts').Outcome<import('./transformer_protocol.ts').TransformerParts>;
  transformerNames(_0: number, _1: EmbindString): void;
  transformerTokens(_0: number, _1: number, _2: number): import('./errors.ts').Outcome<Uint32Array>;
  transformerRun(_0: number, _1: number, _2: number, _3: number, _4: number, _5: number, _6: number, _7: number): import('./errors.ts').Outcome<number>;
  transformerClose(_0: number): void;
  textBegin(_0: number, _1: number, _2: number, _3: number, _4: number, _5: number): import('./errors.ts').Outcome<number>;
  textNext(_0: number): import('./errors.ts').Outcome<number>;
  textEnd(_0: number): void;
  runLogits(_0: number): import('./errors.ts').Outcome<import('./types.ts').Matrix>;
  runGuesses(_0: number, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<Omit<import('./types.ts').Guess, 'text'>[]>;
  runAttention(_0: number, _1: number, _2: number): import('./errors.ts').Outcome<import('./types.ts').HeadAttention>;
  runAllAttention(_0: number): import('./errors.ts').Outcome<import('./types.ts').Matrix[][]>;
  runHidden(_0: number, _1: number): import('./errors.ts').Outcome<import('./types.ts').Matrix>;
  runHead(_0: number, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<import('./types.ts').Matrix>;
  runSurprise(_0: number): import('./errors.ts').Outcome<Float32Array>;
  runOperations(_0: number): import('./errors.ts').Outcome<{dot: number; other: number}>;
  runExplain(_0: number, _1: EmbindString): import('./errors.ts').Outcome<import('./types.ts').Explanation>;
  runClose(_0: number): void;
  heap(): Uint8Array<ArrayBuffer>;
}

export type MainModule = WasmModule & typeof RuntimeExports & EmbindModule;
export default function MainModuleFactory (options?: unknown): Promise<MainModule>;
