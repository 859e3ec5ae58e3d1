// ONNX Runtime Web on its WebAssembly backend, on one thread.
//
// What is held is part of the model, so that it lies in the runtime's memory; an input is copied there by every call. Folding of
// constants is off (else nothing were left to compute), and so is packing ahead of time for matmul, where no operand is known in
// advance to the others; a table that is searched may be packed ahead.
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { isProduct, transposed } from '../../../web/bench/reference.ts';
import type { Answer, Contestant, Matrix, Prepared, ProductProblem } from '../../../web/bench/types.ts';
import { endToEnd, joinHeads, splitHeads } from './layout.ts';
import { attentionModel, type Operand, productModel, searchesModel } from './onnx_model.ts';

export function onnx(): Contestant {
  env.wasm.numThreads = 1;
  env.wasm.proxy = false;
  env.wasm.wasmPaths = { wasm: new URL('ort-wasm-simd-threaded.wasm', document.baseURI).href };
  return { name: `onnxruntime-web ${env.versions.web}`, prepare: (problem) => (isProduct(problem) ? prepare(problem) : undefined) };
}

const column = (data: Float32Array): Matrix => ({ rows: data.length, columns: 1, data });
const row = (data: Float32Array): Matrix => ({ rows: 1, columns: data.length, data });

/** A product of two matrices, as most problems are. */
type Product = Exclude<ProductProblem, { kind: 'searches' | 'attention' }>;

function operands(problem: Product): [Matrix, Matrix] {
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

const start = (model: Uint8Array, packsAhead: boolean) =>
  InferenceSession.create(model, {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'disabled',
    ...(!packsAhead && { extra: { session: { disable_prepacking: '1' } } }),
  });

type Session = Awaited<ReturnType<typeof start>>;

/** Asks the session, and reads one number of every answer. */
function ask(
  session: Session,
  feeds: () => Record<string, Tensor>,
  output: string,
  inFull: (out: Record<string, Tensor>) => Answer,
): Prepared {
  const run = async (times: number) => {
    let sum = 0;
    for (let i = 0; i < times; ++i) sum += floats((await session.run(feeds()))[output])[0]!;
    return sum;
  };
  return { run, answer: async () => inFull(await session.run(feeds())), dispose: () => session.release() };
}

const floats = (tensor: Tensor | undefined) => (tensor as Tensor).data as Float32Array;
const hits = ({ values, indices }: Record<string, Tensor>): Answer => ({
  values: floats(values),
  indices: Array.from(indices?.data as BigInt64Array, Number),
});

async function prepare(problem: ProductProblem): Promise<Prepared> {
  if (problem.kind === 'searches') {
    const session = await start(searchesModel(problem.queries, problem.table, problem.count), true);
    return ask(session, () => ({}), 'values', hits);
  }
  if (problem.kind === 'attention') return attend(problem);
  const [a, b] = operands(problem);
  const held = problem.place === 'held';
  const shape = ({ rows, columns, data }: Matrix): Operand => ({ rows, columns, ...(held && { data }) });
  const count = problem.kind === 'search' ? problem.count : undefined;
  const session = await start(productModel(shape(a), shape(b), { count }), problem.kind !== 'matmul');
  const input = ({ rows, columns, data }: Matrix) => new Tensor('float32', data, [rows, columns]);
  const feeds = (): Record<string, Tensor> => (held ? {} : { a: input(a), b: input(b) });
  if (count === undefined) return ask(session, feeds, 'out', ({ out }) => ({ values: floats(out) }));
  return ask(session, feeds, 'values', hits);
}

async function attend({ heads, query, key, value }: ProductProblem & { kind: 'attention' }): Promise<Prepared> {
  const [T, d] = [query.rows, query.columns / heads];
  const stacked = (parts: Matrix[]) => endToEnd(parts.map(({ data }) => data));
  const q = stacked(splitHeads(query, heads, 1 / Math.sqrt(d)));
  const k = stacked(splitHeads(key, heads).map(transposed));
  const session = await start(attentionModel(heads, T, d, q, k, stacked(splitHeads(value, heads))), false);
  return ask(
    session,
    () => ({}),
    'out',
    ({ out }) => ({ values: joinHeads(floats(out), heads, T) }),
  );
}
