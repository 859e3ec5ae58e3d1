// ONNX Runtime Web on its WebAssembly backend, on one thread.
//
// What is held is part of the model, so that it lies in the runtime's memory; an input is copied there by every call. Folding of
// constants is off (else nothing were left to compute), and so is packing ahead of time for matmul, where no operand is known in
// advance to the others; a table that is searched may be packed ahead.
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { Answer, Contestant, Matrix, Prepared, Problem } from '../types.ts';
import { type Operand, productModel } from './onnx_model.ts';

export function onnx(): Contestant {
  env.wasm.numThreads = 1;
  env.wasm.proxy = false;
  env.wasm.wasmPaths = { wasm: new URL('ort-wasm-simd-threaded.wasm', document.baseURI).href };
  return { name: `onnxruntime-web ${env.versions.web}`, prepare };
}

const column = (data: Float32Array): Matrix => ({ rows: data.length, columns: 1, data });
const row = (data: Float32Array): Matrix => ({ rows: 1, columns: data.length, data });

function operands(problem: Problem): [Matrix, Matrix] {
  switch (problem.kind) {
    case 'dot':
      return [row(problem.a), column(problem.b)];
    case 'matvec':
      return [problem.matrix, column(problem.x)];
    case 'matmul':
      return [problem.a, problem.b];
    case 'search':
      return [problem.table, column(problem.query)];
  }
}

async function prepare(problem: Problem): Promise<Prepared> {
  const [a, b] = operands(problem);
  const held = problem.place === 'held';
  const shape = ({ rows, columns, data }: Matrix): Operand => ({ rows, columns, ...(held && { data }) });
  const count = problem.kind === 'search' ? problem.count : undefined;
  const session = await InferenceSession.create(productModel(shape(a), shape(b), { count }), {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'disabled',
    ...(problem.kind === 'matmul' && { extra: { session: { disable_prepacking: '1' } } }),
  });
  const input = ({ rows, columns, data }: Matrix) => new Tensor('float32', data, [rows, columns]);
  const feeds = (): Record<string, Tensor> => (held ? {} : { a: input(a), b: input(b) });
  const once = async (): Promise<Answer> => {
    const out = await session.run(feeds());
    if (count === undefined) return { values: out.out?.data as Float32Array };
    return { values: out.values?.data as Float32Array, indices: Array.from(out.indices?.data as BigInt64Array, Number) };
  };
  const run = async (times: number) => {
    let sum = 0;
    for (let i = 0; i < times; ++i) sum += (await once()).values[0]!;
    return sum;
  };
  return { run, answer: once, dispose: () => session.release() };
}
