// A page that has ONNX Runtime Web: ready when the first dot product is there.
import { env, InferenceSession } from 'onnxruntime-web/wasm';
import { productModel } from '../contestants/onnx_model.ts';

env.wasm.numThreads = 1;
env.wasm.proxy = false;
env.wasm.wasmPaths = { wasm: new URL('ort-wasm-simd-threaded.wasm', document.baseURI).href };
const model = productModel(
  { rows: 1, columns: 3, data: Float32Array.of(1, 2, 3) },
  { rows: 3, columns: 1, data: Float32Array.of(4, 5, 6) },
);
const session = await InferenceSession.create(model, { executionProviders: ['wasm'], graphOptimizationLevel: 'disabled' });
const { out } = (await session.run({})) as { out: { data: Float32Array } };
Object.assign(globalThis, { answer: out.data[0], ready: performance.now() });
