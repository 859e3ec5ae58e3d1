// The engine's memory: ten thousand questions of each kind leave the heap as the first one made it, and a question too large for it is refused
// in words, by an engine that goes on answering.
import { describe, expect, test } from 'vitest';
import { createEngine, createModels, LabError } from '../../../web/engine/sync.ts';
import { sharedLab } from './support.ts';

const CALLS = 10_000;
const engine = await createEngine({ binary: 'simd128' });
const models = await createModels({ binary: 'simd128' });
const normal = (count: number, seed: number) => engine.random.normal(count, { seed });

/** Asks so often; the heap must be as the first questions left it, and so must what is in use of it. */
function leavesNothing(memory: () => { heapBytes: number; usedBytes: number }, ask: () => unknown): void {
  for (let i = 0; i < 10; ++i) ask();
  const before = memory();
  for (let i = 0; i < CALLS; ++i) ask();
  expect(memory()).toEqual(before);
}

describe(`${CALLS} calls leave the heap as it was:`, () => {
  const [a, b] = [normal(96, 1), normal(96, 2)];
  const m = { rows: 8, columns: 12, data: a };
  const n = { rows: 12, columns: 8, data: b };
  const x = normal(12, 3);
  const held = { rows: 8, columns: 12, data: engine.hold(a) };
  const index = engine.index(held);
  const calls: Record<string, () => unknown> = {
    dot: () => engine.dot(a, b),
    'dot of what is held': () => engine.dot(held.data, held.data),
    norm: () => engine.norm(a),
    cosine: () => engine.cosine(a, b),
    normalize: () => engine.normalize(a),
    matvec: () => engine.matvec(m, x),
    topRows: () => engine.topRows(m, x, 3),
    topRowsEach: () => engine.topRowsEach(m, m, 3),
    'index, made and disposed of': () => engine.index(m).dispose(),
    'index.search': () => index.search(x, 3),
    matmul: () => engine.matmul(m, n),
    softmax: () => engine.softmax(a),
    topK: () => engine.topK(a, 3),
    'random.normal': () => engine.random.normal(50, { seed: 1 }),
    trace: () => engine.trace(a, b),
    pair: () => engine.pair(a, b),
    explainPair: () => engine.explainPair('pair/cosine', a, b),
    hold: () => engine.hold(a).dispose(),
    'a refusal': () => {
      try {
        engine.dot(a, x);
      } catch (error) {
        return error;
      }
      throw new Error('it was not refused');
    },
  };
  test.each(Object.entries(calls))('%s', (_, ask) => leavesNothing(() => engine.memory(), ask));

  test('attention', () =>
    leavesNothing(
      () => models.memory(),
      () => models.attention(m, m, m, { heads: 3 }),
    ));

  test('every operation is among them', () => {
    const asked = Object.keys(calls).join(' ');
    const operations = [...Object.getOwnPropertyNames(Object.getPrototypeOf(engine)), ...kernels()];
    for (const name of operations.filter((one) => !NOT_ASKED.has(one))) expect(asked).toContain(name);
  });
});

/** What is no question of its own. */
const NOT_ASKED = new Set(['constructor', 'memory', 'randomNormal', 'allFinite', 'hits', 'one', 'two']);
const kernels = () => Object.getOwnPropertyNames(Object.getPrototypeOf(Object.getPrototypeOf(engine)));

const code = (ask: () => unknown) => {
  try {
    ask();
  } catch (error) {
    return error instanceof LabError ? `${error.code}: ${error.message}` : error;
  }
};

describe('more than there is', () => {
  const wide = (rows: number) => ({ rows, columns: 1, data: new Float32Array(rows).fill(1) });
  const tall = (columns: number) => ({ rows: 1, columns, data: new Float32Array(columns).fill(1) });

  test.each([
    ['a product of 6.4 GB, beyond 32 bits', () => engine.matmul(wide(40_000), tall(40_000))],
    ['a product just below 4 GB, which the heap cannot grow by', () => engine.matmul(wide(32_760), tall(32_760))],
    ['scores of 70,000 rows for 20,000 queries', () => engine.topRowsEach(wide(70_000), wide(20_000), 1)],
  ])('%s, is refused in words; the engine lives on', (_, ask) => {
    const data = engine.hold([3, 4]);
    const more = engine.hold(new Float32Array(2 ** 22)); // 16 MB that are then missing
    const { usedBytes } = engine.memory();
    expect(code(ask)).toMatch(/^out-of-memory: The engine cannot get [\d,]+ MB more\. Ask for less at once/);
    expect(engine.norm(data)).toBe(5);
    expect(engine.memory().usedBytes).toBeLessThanOrEqual(usedBytes + 64);
    data.dispose();
    more.dispose();
  });

  const shared = sharedLab();
  test('is refused by the lab too, which lives on', async () => {
    const { lab } = shared;
    const refused = await lab.matmul(wide(40_000), tall(40_000)).catch((error: unknown) => error);
    expect((refused as LabError).code).toBe('out-of-memory');
    expect(await lab.dot([1, 2, 3], [4, 5, 6])).toBe(32);
  });
});
