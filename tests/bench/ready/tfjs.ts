// A page that has TensorFlow.js with its WebAssembly backend: ready when the first dot product is there.
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
setWasmPaths('./');
setThreadsCount(1);
await tf.setBackend('wasm');
await tf.ready();
const [a, b] = [tf.tensor(Float32Array.of(1, 2, 3), [1, 3]), tf.tensor(Float32Array.of(4, 5, 6), [3, 1])];
Object.assign(globalThis, { answer: tf.matMul(a as tf.Tensor, b as tf.Tensor).dataSync()[0], ready: performance.now() });
