import { expect, test } from 'vitest';
import { CASES, matrix, numbers } from './cases.ts';
import { plain } from './contestants/plain.ts';
import { exact, fault } from './reference.ts';
import type { Answer, Problem } from './types.ts';

/** Sizes at which no loop of four, and no pair of rows, comes out even. */
const problems: Problem[] = [
  { kind: 'dot', place: 'held', a: numbers(301, 1), b: numbers(301, 2) },
  { kind: 'matvec', place: 'held', matrix: matrix(7, 13, 3), x: numbers(13, 4) },
  { kind: 'matmul', place: 'held', a: matrix(5, 9, 5), b: matrix(9, 6, 6) },
  { kind: 'search', place: 'held', table: matrix(103, 11, 7), query: numbers(11, 8), count: 10 },
];

test.each(problems.map((problem) => [problem.kind, problem] as const))(
  'plain JavaScript answers %s rightly, and errors are seen',
  async (_, problem) => {
    const right = exact(problem);
    const prepared = await plain().prepare(problem);
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
  const { values, indices = [] } = await (await plain().prepare(problem)).answer();
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
