// TensorFlow.js on its WebAssembly backend, with SIMD, on one thread.
//
// Tensors that are held live in the backend's memory, and so do answers that are arrays, where operands are held: of the last one a number
// is read. Other answers are read out (dataSync). The backend packs the right-hand matrix of a product once for each tensor and keeps it
// so; it is left that advantage.

import { setThreadsCount, setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { isProduct, transposed } from '../../../web/bench/reference.ts';
import type { Answer, Contestant, Matrix, Prepared, ProductProblem } from '../../../web/bench/types.ts';
import { endToEnd, joinHeads, splitHeads } from './layout.ts';

export async function tfjs(): Promise<Contestant> {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths('./');
  setThreadsCount(1);
  if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js did not start its WebAssembly backend');
  await tf.ready();
  if (!tf.env().get('WASM_HAS_SIMD_SUPPORT')) throw new Error('TensorFlow.js runs without SIMD here, which would not be a fair comparison');
  return { name: `tfjs-backend-wasm ${version_wasm}`, prepare: (problem) => (isProduct(problem) ? prepare(problem) : undefined) };
}

type Tensor = tf.Tensor;

/** How to make each operand, and what to ask of the tensors. */
function parts(problem: ProductProblem): { operands: [Float32Array, number[]][]; ask(operands: Tensor[]): Tensor[] } {
  const shaped = ({ data, rows, columns }: Matrix): [Float32Array, number[]] => [data, [rows, columns]];
  const product = ([a, b]: Tensor[]) => [tf.matMul(a as Tensor, b as Tensor)];
  switch (problem.kind) {
    case 'dot':
      return {
        operands: [
          [problem.a, [1, problem.a.length]],
          [problem.b, [problem.b.length, 1]],
        ],
        ask: product,
      };
    case 'matvec':
      return { operands: [shaped(problem.matrix), [problem.x, [problem.x.length, 1]]], ask: product };
    case 'matmul':
      return { operands: [shaped(problem.a), shaped(problem.b)], ask: product };
    case 'search':
      return {
        operands: [shaped(problem.table), [problem.query, [problem.query.length, 1]]],
        ask: (operands) => {
          const scores = tf.matMul(operands[0] as Tensor, operands[1] as Tensor);
          const flat = tf.reshape(scores, [problem.table.rows]);
          const { values, indices } = tf.topk(flat, problem.count, true);
          tf.dispose([scores, flat]);
          return [values, indices];
        },
      };
    // Both operands in the order of the backend's fast path: neither is turned by the product.
    case 'searches':
      return {
        operands: [shaped(problem.table), shaped(transposed(problem.queries))],
        ask: (operands) => {
          const scores = tf.matMul(operands[0] as Tensor, operands[1] as Tensor);
          const turned = tf.transpose(scores);
          const { values, indices } = tf.topk(turned, problem.count, true);
          tf.dispose([scores, turned]);
          return [values, indices];
        },
      };
    // Head by head, because the backend's fast path takes single matrices; the keys turned and the queries scaled beforehand.
    case 'attention': {
      const { heads, query, key, value } = problem;
      const split = (m: Matrix, factor?: number) => splitHeads(m, heads, factor);
      const all = [...split(query, 1 / Math.sqrt(query.columns / heads)), ...split(key).map(transposed), ...split(value)];
      return {
        operands: all.map(shaped),
        ask: (operands) =>
          Array.from({ length: heads }, (_, h) => {
            const scores = tf.matMul(operands[h] as Tensor, operands[heads + h] as Tensor);
            const weights = tf.softmax(scores);
            const out = tf.matMul(weights, operands[2 * heads + h] as Tensor);
            tf.dispose([scores, weights]);
            return out;
          }),
      };
    }
  }
}

function prepare(problem: ProductProblem): Prepared {
  const { operands, ask } = parts(problem);
  const make = () => operands.map(([data, shape]) => tf.tensor(data, shape));
  const held = problem.place === 'held' ? make() : undefined;
  const once = () => {
    const tensors = held ?? make();
    const out = ask(tensors);
    const read = out.map((tensor) => tensor.dataSync());
    tf.dispose(out);
    if (!held) tf.dispose(tensors);
    return read;
  };
  // The backend computes at once, whether its answer is read or not.
  const stays = held !== undefined && (problem.kind === 'matvec' || problem.kind === 'matmul' || problem.kind === 'attention');
  const run = (times: number) => {
    let sum = 0;
    for (let i = stays ? 1 : 0; i < times; ++i) {
      if (stays) tf.dispose(ask(held));
      else sum += once()[0]![0]!;
    }
    return stays ? once()[0]![0]! : sum;
  };
  const answer = (): Answer => {
    const read = once();
    if (problem.kind === 'attention') return { values: joinHeads(endToEnd(read as Float32Array[]), problem.heads, problem.query.rows) };
    const [values, indices] = read;
    return { values: values as Float32Array, indices: indices && Array.from(indices) };
  };
  return { run, answer, dispose: () => tf.dispose(held ?? []) };
}
