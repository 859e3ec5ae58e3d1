// Each call asked wrongly: the right code, words that say what to do, and an engine that goes on answering.
import { afterEach, describe, expect, test } from 'vitest';
import { LabError, loadLab } from '../../../web/engine/index.ts';
import { createEngine } from '../../../web/engine/sync.ts';
import type { Lab } from '../../../web/engine/types.ts';
import { refusal, sharedLab } from './support.ts';

const held = sharedLab();
const engine = await createEngine();
const [nan, inf] = [Number.NaN, Number.POSITIVE_INFINITY];
// biome-ignore lint/suspicious/noExplicitAny: what a caller without types may write
type Anything = any;
const square = { rows: 2, columns: 2, data: [1, 2, 3, 4] };

type Call = (lab: Anything) => unknown;

/** What is asked of either interface, and the code it must be refused with. */
const cases: [code: string, says: RegExp, call: Call][] = [];
const both: Record<string, Call[]> = {
  'length-mismatch': [
    (lab) => lab.dot([1, 2, 3], [1, 2]),
    (lab) => lab.cosine(new Float32Array(4), new Float32Array(5)),
    (lab) => lab.trace([1], [1, 2]),
    (lab) => lab.pair([1], [1, 2]),
    (lab) => lab.explainPair('pair/dot', [1], [1, 2]),
    (lab) => lab.matvec(square, [1, 2, 3]),
    (lab) => lab.matmul(square, { rows: 3, columns: 1, data: [1, 2, 3] }),
  ],
  'empty-vector': [
    (lab) => lab.dot([], []),
    (lab) => lab.norm(new Float32Array(0)),
    (lab) => lab.softmax([]),
    (lab) => lab.topK([], 1),
    (lab) => lab.normalize([]),
    (lab) => lab.pair([], []),
  ],
  'not-numbers': [
    (lab) => lab.dot('123', '456'),
    (lab) => lab.dot(['1', '2'], [1, 2]),
    (lab) => lab.dot([1, null], [1, 2]),
    (lab) => lab.dot(undefined, [1]),
    (lab) => lab.dot(7, 7),
    (lab) => lab.norm({ length: 3 }),
    (lab) => lab.norm(new DataView(new ArrayBuffer(8))),
    (lab) => lab.norm(new BigInt64Array(2)),
    (lab) => lab.norm([[1], [2]]),
    (lab) => lab.norm(new Array(3)),
    (lab) => lab.softmax(),
    (lab) => lab.topK(new Map(), 1),
  ],
  'not-finite': [
    (lab) => lab.dot([1, nan], [1, 2]),
    (lab) => lab.dot([1, 2], [inf, 2]),
    (lab) => lab.dot([0, 0], [0, -inf]),
    (lab) => lab.dot([1e300], [1]),
    (lab) => lab.norm([inf]),
    (lab) => lab.cosine([nan], [1]),
    (lab) => lab.normalize([1, inf]),
    (lab) => lab.trace([nan], [1]),
    (lab) => lab.pair([1], [nan]),
    (lab) => lab.explainPair('pair/dot', [1], [nan]),
    (lab) => lab.matvec({ rows: 1, columns: 2, data: [1, nan] }, [0, 0]),
    (lab) => lab.matvec(square, [1, inf]),
    (lab) => lab.matmul(square, { rows: 2, columns: 1, data: [nan, 1] }),
    (lab) => lab.softmax([1, nan]),
    (lab) => lab.softmax([1, inf]),
    (lab) => lab.softmax([-inf, -inf]),
    (lab) => lab.topK([1, nan], 1),
    (lab) => lab.cosine([3e38, 3e38], [1, 1]),
  ],
  'zero-vector': [
    (lab) => lab.cosine([0, 0], [1, 2]),
    (lab) => lab.cosine([1, 2], [0, 0]),
    (lab) => lab.normalize([0, 0, 0]),
    (lab) => lab.explainPair('pair/cosine', [0], [1]),
  ],
  'bad-shape': [
    (lab) => lab.matvec({ rows: 2, columns: 2, data: [1, 2, 3] }, [1, 2]),
    (lab) => lab.matvec({ rows: 2.5, columns: 2, data: [1, 2, 3, 4, 5] }, [1, 2]),
    (lab) => lab.matvec({ rows: 0, columns: 2, data: [1] }, [1, 2]),
    (lab) => lab.matvec({ rows: -1, columns: -4, data: [1, 2, 3, 4] }, [1]),
    (lab) => lab.matvec([1, 2], [1, 2]),
    (lab) => lab.matvec(null, [1]),
    (lab) => lab.matmul(square, undefined),
    (lab) => lab.matmul({ rows: '2', columns: 2, data: [1, 2, 3, 4] }, square),
  ],
  'out-of-range': [
    (lab) => lab.topK([1, 2, 3], 0),
    (lab) => lab.topK([1, 2, 3], 4),
    (lab) => lab.topK([1, 2, 3], 1.5),
    (lab) => lab.topK([1, 2, 3]),
    (lab) => lab.topK([1, 2, 3], '2'),
    (lab) => lab.softmax([1, 2], { temperature: 0 }),
    (lab) => lab.softmax([1, 2], { temperature: -1 }),
    (lab) => lab.softmax([1, 2], { temperature: nan }),
    (lab) => lab.random.normal(0, { seed: 1 }),
    (lab) => lab.random.normal(-3, { seed: 1 }),
    (lab) => lab.random.normal(1e9, { seed: 1 }),
    (lab) => lab.random.normal(3, { seed: 0.5 }),
    (lab) => lab.random.normal(3, { seed: -1 }),
    (lab) => lab.random.normal(3),
  ],
  'unknown-address': [
    (lab) => lab.explainPair('pair/dott', [1], [1]),
    (lab) => lab.explainPair('', [1], [1]),
    (lab) => lab.explainPair('pair/a[7]', [1], [1]),
  ],
  'bad-option': [(lab) => lab.explainPair(undefined, [1], [1]), (lab) => lab.explainPair(['pair/dot'], [1], [1])],
};
for (const [code, calls] of Object.entries(both)) for (const call of calls) cases.push([code, /\.$/, call]);

afterEach(async () => expect(await held.lab.dot([1, 2, 3], [4, 5, 6])).toBe(32));

describe('by promise and at once', () => {
  test.each(cases.map(([code, says, call]) => [`${code}: ${String(call).replace('(lab) => lab.', '')}`, code, says, call] as const))(
    '%s',
    async (_, code, says, call) => {
      let promise: Promise<unknown> | undefined;
      expect(() => {
        promise = call(held.lab) as Promise<unknown>;
      }, 'a promise rejects, it does not throw').not.toThrow();
      const error = await refusal(promise as Promise<unknown>);
      expect(error.code).toBe(code);
      expect(error.message).toMatch(says);
      try {
        call(engine);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(LabError);
        expect((thrown as LabError).code).toBe(code);
        return;
      }
      expect.unreachable('the synchronous engine answered');
    },
  );
});

test.each([
  ['length-mismatch', () => engine.topRows(square, [1, 2, 3], 1)],
  ['bad-shape', () => engine.topRows({ ...square, rows: 3 }, [1, 2], 1)],
  ['empty-vector', () => engine.topRows(square, [], 1)],
  ['not-finite', () => engine.topRows({ ...square, data: [1, 2, nan, 4] }, [1, 2], 1)],
  ['not-finite', () => engine.topRows(square, [1, inf], 1)],
  ['out-of-range', () => engine.topRows(square, [1, 2], 3)],
  ['out-of-range', () => engine.topRows(square, [1, 2], 0)],
])('topRows refuses with %s', (code, call) => {
  expect(call).toThrow(expect.objectContaining({ code }));
});

test('messages name the argument, the fault and the repair', async () => {
  const { lab } = held;
  expect((await refusal(lab.dot([1, 2, 3], [1, 2]))).message).toBe(
    'a has 3 numbers and b has 2: they are multiplied pair by pair, so give both the same length.',
  );
  expect((await refusal(lab.dot([1, nan], [1, 2]))).message).toBe('a[1] is NaN. Give finite numbers.');
  expect((await refusal(lab.topK([1, 2, 3], 5))).message).toBe('k is 5. Give a whole number from 1 to 3.');
  expect((await refusal(lab.matvec({ rows: 2, columns: 3, data: [1] }, [1]))).message).toMatch(
    /2 × 3, which takes 6 numbers, but m.data has 1/,
  );
  const error = await refusal(lab.dot([], []));
  expect([error.name, error.detail, error instanceof Error]).toEqual(['LabError', '', true]);
});

test('options that are not known', async () => {
  expect((await refusal(held.lab.vectors('sentences' as 'words'))).code).toBe('bad-option');
  expect((await refusal(loadLab({ binary: 'avx' as 'relaxed' }))).code).toBe('bad-option');
  expect((await refusal(held.lab.race({ length: 0 }))).code).toBe('out-of-range');
  expect((await refusal(held.lab.race({ length: 10, rounds: 1 }))).code).toBe('out-of-range');
  expect((await refusal(held.lab.race(undefined as Anything))).code).toBe('out-of-range');
});

test('files that are not there, or not the engine', async () => {
  expect((await refusal(loadLab({ baseUrl: './no-such-folder' }))).code).toBe('not-found');
  expect((await refusal(loadLab({ files: { simd128: new Uint8Array([1, 2, 3]) }, binary: 'simd128' }))).code).toBe('bad-file');
  expect((await refusal(loadLab({ files: { simd128: 'http://127.0.0.1:1/x.wasm' }, binary: 'simd128' }))).code).toBe('network');
});

test('a disposed lab', async () => {
  const lab: Lab = await loadLab();
  const race = lab.race({ length: 100, rounds: 1000 });
  lab.dispose();
  lab.dispose();
  expect((await refusal(race)).code).toBe('disposed');
  expect((await refusal(lab.dot([1], [1]))).code).toBe('disposed');
});
