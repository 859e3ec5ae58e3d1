// Our engine through the package's own interface, nothing beside it. The page loads this file once for each binary, so that each has
// code of its own, as in a page that has but one of them.
import { loadLab } from '../../../web/engine/index.ts';
import { createEngine } from '../../../web/engine/sync.ts';
import type { Lab, SyncLab, SyncMatrix, SyncVector } from '../../../web/engine/types.ts';
import type { Binary, Contestant, Prepared, Problem } from '../types.ts';

export async function ours(binary: Binary): Promise<Contestant> {
  const options = { binary, files: { [binary]: `dot_by_dot.${binary}.wasm` } };
  const engine = await createEngine(options);
  return {
    name: binary,
    prepare: async (problem) => (problem.place === 'worker' ? prepareInWorker(await loadLab(options), problem) : prepare(engine, problem)),
  };
}

function prepare(engine: SyncLab, problem: Problem): Prepared {
  const held: { dispose(): void }[] = [];
  const vector = (values: Float32Array): SyncVector => {
    if (problem.place === 'given') return values;
    const kept = engine.hold(values);
    held.push(kept);
    return kept;
  };
  const matrix = ({ rows, columns, data }: { rows: number; columns: number; data: Float32Array }): SyncMatrix => ({
    rows,
    columns,
    data: vector(data),
  });
  const dispose = () => {
    for (const one of held) one.dispose();
  };
  switch (problem.kind) {
    case 'dot': {
      const [a, b] = [vector(problem.a), vector(problem.b)];
      const run = (times: number) => {
        let sum = 0;
        for (let i = 0; i < times; ++i) sum += engine.dot(a, b);
        return sum;
      };
      return { run, answer: () => ({ values: Float32Array.of(engine.dot(a, b)) }), dispose };
    }
    case 'matvec': {
      const [m, x] = [matrix(problem.matrix), vector(problem.x)];
      const run = (times: number) => {
        let sum = 0;
        for (let i = 0; i < times; ++i) sum += engine.matvec(m, x)[0]!;
        return sum;
      };
      return { run, answer: () => ({ values: engine.matvec(m, x) }), dispose };
    }
    case 'matmul': {
      const [a, b] = [matrix(problem.a), matrix(problem.b)];
      const run = (times: number) => {
        let sum = 0;
        for (let i = 0; i < times; ++i) sum += engine.matmul(a, b).data[0]!;
        return sum;
      };
      return { run, answer: () => ({ values: engine.matmul(a, b).data }), dispose };
    }
    case 'search': {
      const [table, query] = [matrix(problem.table), vector(problem.query)];
      const run = (times: number) => {
        let sum = 0;
        for (let i = 0; i < times; ++i) sum += engine.topRows(table, query, problem.count)[0]!.score;
        return sum;
      };
      const answer = () => {
        const hits = engine.topRows(table, query, problem.count);
        return { values: Float32Array.from(hits, ({ score }) => score), indices: hits.map(({ index }) => index) };
      };
      return { run, answer, dispose };
    }
  }
}

/** The same by messages. Only what is big enough to be sent is asked so. */
function prepareInWorker(lab: Lab, problem: Problem): Prepared {
  if (problem.kind !== 'matmul') throw new Error(`${problem.kind} is not measured in the worker`);
  const { a, b } = problem;
  const run = async (times: number) => {
    let sum = 0;
    for (let i = 0; i < times; ++i) sum += (await lab.matmul(a, b)).data[0]!;
    return sum;
  };
  return { run, answer: async () => ({ values: (await lab.matmul(a, b)).data }), dispose: () => lab.dispose() };
}
