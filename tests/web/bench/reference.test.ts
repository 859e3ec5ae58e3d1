import { expect, test } from 'vitest';
import { CASES, matrix, numbers } from '../../../web/bench/cases.ts';
import { plain as contestant } from '../../../web/bench/plain.ts';
import { exact, fault, transposed } from '../../../web/bench/reference.ts';
import type { Answer, Matrix, Prepared, Problem } from '../../../web/bench/types.ts';
import { endToEnd, joinHeads, splitHeads } from '../../bench/contestants/layout.ts';

const plain = async (problem: Problem) => (await contestant().prepare(problem)) as Prepared;

/** Sizes at which no loop of four, and no pair of rows, comes out even. */
const problems: Problem[] = [
  { kind: 'dot', place: 'held', a: numbers(301, 1), b: numbers(301, 2) },
  { kind: 'matvec', place: 'held', matrix: matrix(7, 13, 3), x: numbers(13, 4) },
  { kind: 'matmul', place: 'held', a: matrix(5, 9, 5), b: matrix(9, 6, 6) },
  { kind: 'search', place: 'held', table: matrix(103, 11, 7), query: numbers(11, 8), count: 10 },
  { kind: 'searches', place: 'held', table: matrix(103, 11, 7), queries: matrix(3, 11, 8), count: 10 },
  { kind: 'attention', place: 'held', heads: 2, query: matrix(7, 10, 1), key: matrix(7, 10, 2), value: matrix(7, 10, 3) },
];

test.each(problems.map((problem) => [problem.kind, problem] as const))(
  'plain JavaScript answers %s rightly, and errors are seen',
  async (_, problem) => {
    const right = exact(problem);
    const prepared = await plain(problem);
    const answer = await prepared.answer();
    expect(fault(problem, right, answer)).toBeUndefined();
    expect(Number.isFinite(await prepared.run(2))).toBe(true);

    const spoiled = (at: number): Answer => ({ ...answer, values: answer.values.map((value, i) => (i === at ? value + 1e-3 : value)) });
    expect(fault(problem, right, spoiled(0))).toBeDefined();
    expect(fault(problem, right, spoiled(answer.values.length - 1))).toBeDefined();
    expect(fault(problem, right, { ...answer, values: answer.values.map(() => Number.NaN) })).toBeDefined();
    expect(fault(problem, right, { ...answer, values: answer.values.slice(1), indices: answer.indices?.slice(1) })).toBeDefined();
  },
);

test('a search must find the right rows, each once, best first', async () => {
  const problem = problems[3] as Problem;
  const right = exact(problem);
  const { values, indices = [] } = await (await plain(problem)).answer();
  const [first = 0, second = 0, ...rest] = indices;
  const outsider = [...right.values.keys()].find((index) => !indices.includes(index)) as number;
  for (const wrong of [
    [second, first, ...rest],
    [first, first, ...rest],
    [outsider, second, ...rest],
    [-1, second, ...rest],
  ]) {
    expect(fault(problem, right, { values, indices: wrong })).toBeDefined();
  }
});

test('the operands are the same in every run, and between −1 and 1', () => {
  expect(numbers(3, 1)).toEqual(numbers(3, 1));
  expect(numbers(3, 1)).not.toEqual(numbers(3, 2));
  const many = numbers(100_000, 9);
  expect(many.every((value) => Math.abs(value) <= 1)).toBe(true);
  expect(Math.abs(many.reduce((sum, value) => sum + value, 0) / many.length)).toBeLessThan(0.01);
});

test('every case has a name of its own', () => {
  expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
});

test('heads are taken apart and put together again', () => {
  const m = matrix(3, 4, 1);
  const parts = splitHeads(m, 2, 2);
  expect(parts.map(({ rows, columns }) => [rows, columns])).toEqual([
    [3, 2],
    [3, 2],
  ]);
  expect(parts[1]?.data[2]).toBe(2 * (m.data[6] as number)); // head 1, row 1, column 0 lies in row 1, column 2
  expect(joinHeads(endToEnd(parts.map(({ data }) => data)), 2, 3)).toEqual(m.data.map((x) => 2 * x));
  expect(transposed(transposed(m))).toEqual(m);
  expect(transposed(m).data[3]).toBe(m.data[1]);
});

test('one key of attention left out is seen', () => {
  const T = 300;
  const problem = {
    kind: 'attention',
    place: 'held',
    heads: 1,
    query: matrix(T, 8, 1),
    key: matrix(T, 8, 2),
    value: matrix(T, 8, 3),
  } as const;
  const right = exact(problem);
  const shorter = (m: Matrix) => ({ rows: T - 1, columns: 8, data: m.data.subarray(0, (T - 1) * 8) });
  const without = exact({ ...problem, query: shorter(problem.query), key: shorter(problem.key), value: shorter(problem.value) });
  const values = Float32Array.from(right.values);
  expect(fault(problem, right, { values })).toBeUndefined();
  values.set(without.values);
  expect(fault(problem, right, { values })).toBeDefined();
});
