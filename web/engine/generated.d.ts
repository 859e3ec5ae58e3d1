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
  _lab_allocate(_0: number): number;
  _lab_free(_0: number): void;
  _lab_heap_bytes(): number;
  _lab_used_bytes(): number;
  _lab_dot(_0: number, _1: number, _2: number): number;
  _lab_norm(_0: number, _1: number): number;
  _lab_cosine(_0: number, _1: number, _2: number): number;
  _lab_normalize(_0: number, _1: number, _2: number): number;
  _lab_matvec(_0: number, _1: number, _2: number, _3: number, _4: number): void;
  _lab_matmul_workspace(_0: number, _1: number, _2: number): number;
  _lab_matmul(_0: number, _1: number, _2: number, _3: number, _4: number, _5: number, _6: number): void;
  _lab_softmax(_0: number, _1: number, _2: number, _3: number): void;
  _lab_top_k(_0: number, _1: number, _2: number, _3: number): number;
  _lab_fill_normal(_0: number, _1: number, _2: number): void;
}

type EmbindString = ArrayBuffer|Uint8Array|Uint8ClampedArray|Int8Array|string;
interface EmbindModule {
  examplesLabels(_0: number): import('./errors.ts').Outcome<Uint8Array>;
  examplesClose(_0: number): void;
  examplesIdx(_0: number, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<import('./learning_protocol.ts').OpenedExamples>;
  examplesRows(_0: number, _1: number, _2: number): import('./errors.ts').Outcome<import('./types.ts').Matrix>;
  examplesStandardize(_0: number, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<{examples: import('./learning_protocol.ts').OpenedExamples; means: Float32Array; deviations: Float32Array}>;
  rasterize(_0: number, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<Float32Array>;
  examplesStrokes(_0: number, _1: number, _2: number): import('./errors.ts').Outcome<import('./learning_protocol.ts').OpenedExamples>;
  examplesSplit(_0: number, _1: number, _2: number): import('./errors.ts').Outcome<{train: import('./learning_protocol.ts').OpenedExamples; heldOut: import('./learning_protocol.ts').OpenedExamples}>;
  examplesMake(_0: number, _1: number, _2: number, _3: number, _4: EmbindString): import('./errors.ts').Outcome<import('./learning_protocol.ts').OpenedExamples>;
  heap(): Uint8Array<ArrayBuffer>;
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
  trace(_0: number, _1: number, _2: number): import('./types.ts').DotTrace;
  pair(_0: number, _1: number, _2: number): Omit<import('./types.ts').PairAnswer, 'explain'>;
  explainPair(_0: EmbindString, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<import('./types.ts').Explanation>;
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
  wordsOpen(_0: number, _1: number): import('./errors.ts').Outcome<{handle: number; size: number; dimensions: number}>;
  wordsOpenRows(_0: EmbindString, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<{handle: number; size: number; dimensions: number}>;
  wordsClose(_0: number): void;
  wordsAll(_0: number): string;
  wordsIndices(_0: number, _1: EmbindString): Uint32Array;
  wordsVector(_0: number, _1: EmbindString, _2: boolean): import('./errors.ts').Outcome<Float32Array>;
  wordsSimilarity(_0: number, _1: EmbindString, _2: EmbindString): import('./errors.ts').Outcome<number>;
  wordsNearest(_0: number, _1: EmbindString, _2: number): import('./errors.ts').Outcome<import('./types.ts').Neighbor[]>;
  wordsNearestTo(_0: number, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<import('./types.ts').Neighbor[]>;
  wordsAnalogy(_0: number, _1: EmbindString, _2: EmbindString, _3: number, _4: boolean, _5: boolean): import('./errors.ts').Outcome<import('./types.ts').AnalogyAnswer>;
  wordsAnswer(_0: number, _1: number, _2: number, _3: boolean, _4: boolean, _5: number): void;
  wordsPlane(_0: number, _1: EmbindString): import('./errors.ts').Outcome<import('./types.ts').Plane>;
  wordsTexts(_0: number, _1: EmbindString): import('./errors.ts').Outcome<{vectors: import('./types.ts').Matrix; used: string; unknown: string}>;
  wordsExplain(_0: number, _1: EmbindString): import('./errors.ts').Outcome<import('./types.ts').Explanation>;
}

export type MainModule = WasmModule & typeof RuntimeExports & EmbindModule;
export default function MainModuleFactory (options?: unknown): Promise<MainModule>;
