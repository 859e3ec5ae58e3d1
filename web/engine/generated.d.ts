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
  _lab_index_search(_0: number, _1: number, _2: number, _3: number, _4: number): number;
  _lab_top_rows_workspace(_0: number, _1: number, _2: number): number;
  _lab_top_rows(_0: number, _1: number, _2: number, _3: number, _4: number, _5: number, _6: number, _7: number): number;
  _lab_allocate(_0: number): number;
  _lab_free(_0: number): void;
  _lab_heap_bytes(): number;
  _lab_used_bytes(): number;
}

type EmbindString = ArrayBuffer|Uint8Array|Uint8ClampedArray|Int8Array|string;
interface EmbindModule {
  trace(_0: number, _1: number, _2: number): import('./types.ts').DotTrace;
  pair(_0: number, _1: number, _2: number): Omit<import('./types.ts').PairAnswer, 'explain'>;
  explainPair(_0: EmbindString, _1: number, _2: number, _3: number): import('./errors.ts').Outcome<import('./types.ts').Explanation>;
  openIndex(_0: number, _1: number, _2: number): import('./errors.ts').Outcome<{handle: number; bytes: number}>;
  closeIndex(_0: number): void;
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
  heap(): Uint8Array<ArrayBuffer>;
}

export type MainModule = WasmModule & typeof RuntimeExports & EmbindModule;
export default function MainModuleFactory (options?: unknown): Promise<MainModule>;
