// The questions of the benchmark's analogies: as many as the standard set's, and answered rightly by the engine that is asked for all of them.
import { expect, test } from 'vitest';
import { analogies, QUESTIONS } from '../../../web/bench/analogies.ts';
import { matrix } from '../../../web/bench/cases.ts';
import { prepareInWorker } from '../../../web/bench/ours_worker.ts';
import { plain } from '../../../web/bench/plain.ts';
import { exact, fault } from '../../../web/bench/reference.ts';
import { loadLab } from '../../../web/engine/index.ts';

const made = analogies(matrix(2000, 24, 14));
const problem = { kind: 'analogies', place: 'worker', ...made } as const;

test('there are 19,544 in 14 sections, of words that there are, the same in every run', () => {
  expect(QUESTIONS).toBe(19_544);
  expect(made.sections).toHaveLength(14);
  const questions = made.sections.flatMap((section) => section.questions);
  expect(questions).toHaveLength(QUESTIONS);
  const known = new Set(made.words);
  expect(questions.flat().every((word) => known.has(word))).toBe(true);
  expect(new Set(questions.flat()).size).toBeGreaterThan(700);
  expect(made.right).toBeGreaterThan(20);
  expect(analogies(matrix(2000, 24, 14)).sections).toEqual(made.sections);
});

test('the engine’s worker answers them all, those that are known as doubles have it; an answer more or less is seen', async () => {
  const prepared = await prepareInWorker(await loadLab(), problem);
  const answer = await prepared.answer();
  const right = exact(problem);
  expect(fault(problem, right, answer)).toBeUndefined();
  expect(await prepared.run(1)).toBe(made.right);
  await prepared.dispose();
  for (const wrong of [
    [QUESTIONS, made.right - 1],
    [QUESTIONS, made.right + 1],
    [QUESTIONS - 1, made.right],
  ])
    expect(fault(problem, right, { values: Float32Array.from(wrong) })).toBeDefined();
});

test('plain JavaScript takes no part in what lessons wait for', async () => {
  expect(await plain().prepare(problem)).toBeUndefined();
  expect(await plain().prepare({ kind: 'forward', place: 'worker', ids: Uint32Array.of(0, 1) })).toBeUndefined();
});

test('a run of the shipped writer brings a logit that its own reference agrees with', async () => {
  const asked = { kind: 'forward', place: 'worker', ids: Uint32Array.of(0, 37, 74, 111) } as const;
  const prepared = await prepareInWorker(await loadLab(), asked);
  const { values } = await prepared.answer();
  expect(fault(asked, exact(asked), { values })).toBeUndefined();
  expect(await prepared.run(2)).toBeCloseTo(2 * (values[0] as number), 3);
  expect(fault(asked, exact(asked), { values: Float32Array.of((values[0] as number) + 0.01, values[1] as number) })).toBeDefined();
  expect(fault(asked, exact(asked), { values: new Float32Array(0) })).toBeDefined();
  await prepared.dispose();
});
