// Our engine asked by messages to its worker, as a page of the lessons asks it.
import type { Guess, Lab } from '../engine/index.ts';
import type { Prepared, Problem } from './types.ts';

type Of<K extends Problem['kind']> = Problem & { kind: K };

/** Adds up what `once` gives, one answer after the other. */
const repeat = (once: () => Promise<number>) => async (times: number) => {
  let sum = 0;
  for (let i = 0; i < times; ++i) sum += await once();
  return sum;
};

function products(lab: Lab, { a, b }: Of<'matmul'>) {
  return {
    run: repeat(async () => (await lab.matmul(a, b)).data[0]!),
    answer: async () => ({ values: (await lab.matmul(a, b)).data }),
  };
}

/** The benchmark that lesson 4 runs, over vectors of its size. */
async function analogies(lab: Lab, { words, vectors: rows, sections }: Of<'analogies'>) {
  const vectors = await lab.vectorsFrom(words, rows);
  const ask = () => vectors.benchmark(sections);
  const answer = async () => {
    const { seen, correct } = await ask();
    return { values: Float32Array.of(seen, correct) };
  };
  return { run: repeat(async () => (await ask()).correct), answer };
}

/** A run with all its intermediates, as lesson 10 asks for it with every letter that is typed, down to the best guess at what comes next. */
async function forward(lab: Lab, { ids }: Of<'forward'>) {
  const model = await lab.transformer('writer');
  const last = ids.length - 1;
  const guessed = async () => {
    const run = await model.run(ids);
    const [best] = await run.guesses(last, { count: 1 });
    return { run, best: best as Guess };
  };
  const once = async () => {
    const { run, best } = await guessed();
    await run.dispose();
    return best.logit;
  };
  const answer = async () => {
    const { run, best } = await guessed();
    const { check } = await run.explain(`transformer/logit[${last},${best.id}]`);
    await run.dispose();
    return { values: Float32Array.of(best.logit, check.value) };
  };
  return { run: repeat(once), answer };
}

/** Only what is big enough to be sent, or is made in the worker, is asked so. */
export async function prepareInWorker(lab: Lab, problem: Problem): Promise<Prepared> {
  const dispose = () => lab.dispose();
  switch (problem.kind) {
    case 'matmul':
      return { ...products(lab, problem), dispose };
    case 'analogies':
      return { ...(await analogies(lab, problem)), dispose };
    case 'forward':
      return { ...(await forward(lab, problem)), dispose };
    default:
      throw new Error(`${problem.kind} is not measured in the worker`);
  }
}
