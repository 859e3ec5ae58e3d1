// Our engine through the package's own interface, nothing beside it. scripts/bench.mjs loads this file once for each binary, so that each
// has code of its own, as in a page that has but one of them.
import { loadLab } from '../engine/index.ts';
import type { Held, Hit, NumberArray, SyncLab, SyncMatrix, SyncModels, SyncVector } from '../engine/sync.ts';
import { createEngine, createModels } from '../engine/sync.ts';
import { prepareInWorker } from './ours_worker.ts';
import { CHECKED } from './reference.ts';
import { SKIP_GRAM } from './skip_gram.ts';
import type { Answer, Binary, Contestant, Matrix, Prepared, Problem } from './types.ts';

/** @param baseUrl the folder that has the engine's files, where they are not beside the script */
export async function ours(binary: Binary, baseUrl?: string): Promise<Contestant> {
  const options = { binary, baseUrl };
  const models = await createModels(options);
  return {
    name: binary,
    // An engine for each case: memory that a case took does not stay for the next.
    prepare: async (problem) =>
      problem.place === 'worker'
        ? prepareInWorker(await loadLab(options), problem)
        : prepareHere(await createEngine(options), models, problem),
  };
}

const inFull = (hits: Hit[]) => ({
  values: Float32Array.from(hits, ({ score }) => score),
  indices: hits.map(({ index }) => index),
});

function prepareHere(engine: SyncLab, models: SyncModels, problem: Problem): Prepared {
  const asked = problem.kind === 'attention' || problem.kind === 'skip-gram' ? models : engine;
  return { ...prepare(engine, models, problem), heapBytes: () => asked.memory().heapBytes };
}

function prepare(engine: SyncLab, models: SyncModels, problem: Problem): Prepared {
  const held: { dispose(): void }[] = [];
  const vector = (values: Float32Array, where: { hold(values: NumberArray): Held } = engine): SyncVector => {
    if (problem.place === 'given') return values;
    const kept = where.hold(values);
    held.push(kept);
    return kept;
  };
  const matrix = ({ rows, columns, data }: Matrix, where?: { hold(values: NumberArray): Held }): SyncMatrix => ({
    rows,
    columns,
    data: vector(data, where),
  });
  const dispose = () => {
    for (const one of held) one.dispose();
  };
  /** Where operands are held, answers stay too, and of the last one a number is read; else each is copied out. */
  const runs = (floats: number, where: { hold(values: NumberArray): Held }, leave: (into: Held) => unknown, copy: () => Answer) => {
    if (problem.place !== 'held')
      return (times: number) => {
        let sum = 0;
        for (let i = 0; i < times; ++i) sum += copy().values[0]!;
        return sum;
      };
    const into = where.hold(new Float32Array(floats));
    held.push(into);
    return (times: number) => {
      for (let i = 0; i < times; ++i) leave(into);
      return into.values[0]!;
    };
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
      const answer = () => ({ values: engine.matvec(m, x) });
      return { run: runs(m.rows, engine, (into) => engine.matvec(m, x, { into }), answer), answer, dispose };
    }
    case 'matmul': {
      const [a, b] = [matrix(problem.a), matrix(problem.b)];
      const answer = () => ({ values: engine.matmul(a, b).data });
      return { run: runs(a.rows * b.columns, engine, (into) => engine.matmul(a, b, { into }), answer), answer, dispose };
    }
    case 'search': {
      const [table, query, count] = [matrix(problem.table), vector(problem.query), problem.count];
      if (problem.index) return { ...searchByIndex(engine, table, query, count, held), dispose };
      const run = (times: number) => {
        let sum = 0;
        for (let i = 0; i < times; ++i) sum += engine.topRows(table, query, count)[0]!.score;
        return sum;
      };
      return { run, answer: () => inFull(engine.topRows(table, query, count)), dispose };
    }
    case 'searches': {
      const [table, queries, count] = [matrix(problem.table), matrix(problem.queries), problem.count];
      const run = (times: number) => {
        let sum = 0;
        for (let i = 0; i < times; ++i) sum += engine.topRowsEach(table, queries, count)[0]![0]!.score;
        return sum;
      };
      return { run, answer: () => inFull(engine.topRowsEach(table, queries, count).flat()), dispose };
    }
    case 'attention': {
      const { heads } = problem;
      const [q, k, v] = [matrix(problem.query, models), matrix(problem.key, models), matrix(problem.value, models)];
      const answer = () => ({ values: models.attention(q, k, v, { heads }).data });
      return { run: runs(q.rows * v.columns, models, (into) => models.attention(q, k, v, { heads, into }), answer), answer, dispose };
    }
    case 'skip-gram': {
      const { rate, ...options } = SKIP_GRAM;
      const training = models.skipGram(problem.text, options);
      held.push(training);
      const run = (times: number) => {
        let sum = 0;
        for (let i = 0; i < times; ++i) sum += training.train({ tokens: problem.words, rate }).loss;
        return sum;
      };
      const answer = () => {
        training.train({ tokens: CHECKED.words - CHECKED.told, rate });
        return { values: Float32Array.of(training.train({ tokens: CHECKED.told, rate }).loss) };
      };
      return { run, answer, dispose };
    }
    default:
      throw new Error(`${problem.kind} is asked of the worker`);
  }
}

/** Through the index: its hits must be the very ones of the search in floats, indices and scores. */
function searchByIndex(engine: SyncLab, table: SyncMatrix, query: SyncVector, count: number, held: { dispose(): void }[]) {
  const index = engine.index(table);
  held.push(index);
  const run = (times: number) => {
    let sum = 0;
    for (let i = 0; i < times; ++i) sum += index.search(query, count).hits[0]!.score;
    return sum;
  };
  const answer = () => {
    const { hits } = index.search(query, count);
    if (JSON.stringify(hits) !== JSON.stringify(engine.topRows(table, query, count)))
      throw new Error('the index does not give the hits of the search without it');
    return inFull(hits);
  };
  return { run, answer };
}
