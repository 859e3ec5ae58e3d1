// The little that we use of the packages of tests/bench/package.json, so that the sources are checked where those are not installed.

declare module '@tensorflow/tfjs-core' {
  export interface Tensor {
    dataSync(): Float32Array | Int32Array;
  }
  export function env(): { set(flag: string, value: boolean): void; get(flag: string): unknown };
  export function setBackend(name: string): Promise<boolean>;
  export function ready(): Promise<void>;
  export function tensor(values: Float32Array, shape: number[]): Tensor;
  export function matMul(a: Tensor, b: Tensor): Tensor;
  export function reshape(x: Tensor, shape: number[]): Tensor;
  export function topk(x: Tensor, k: number, sorted: boolean): { values: Tensor; indices: Tensor };
  export function transpose(x: Tensor): Tensor;
  export function softmax(x: Tensor): Tensor;
  export function dispose(tensors: Tensor[]): void;
}

declare module '@tensorflow/tfjs-backend-wasm' {
  export const version_wasm: string;
  export function setWasmPaths(folder: string): void;
  export function setThreadsCount(threads: number): void;
}

declare module 'onnxruntime-web/wasm' {
  export const env: { versions: { web?: string }; wasm: { numThreads: number; proxy: boolean; wasmPaths: { wasm: string } } };
  export class Tensor {
    constructor(type: 'float32', data: Float32Array, shape: number[]);
    readonly data: Float32Array | BigInt64Array;
  }
  export class InferenceSession {
    static create(model: Uint8Array, options: object): Promise<InferenceSession>;
    run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
    release(): Promise<void>;
  }
}

declare module 'hnswlib-wasm' {
  interface BruteforceSearch {
    initIndex(most: number): void;
    addPoint(point: Float32Array, label: number): void;
    searchKnn(query: Float32Array, count: number, filter: undefined): { distances: number[]; neighbors: number[] };
    delete(): void;
  }
  export function loadHnswlib(): Promise<{ BruteforceSearch: new (space: 'ip', dimensions: number) => BruteforceSearch }>;
}

declare module 'ml-distance' {
  export const distance: { innerProduct(a: Float32Array, b: Float32Array): number };
}

declare module 'mathjs' {
  export const dotDependencies: object;
  export function create(dependencies: object): { dot(a: number[], b: number[]): number };
}
