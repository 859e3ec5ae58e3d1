// Skip-gram as a case of the benchmark: everybody learns the same thing, and who does less is found out.
import { expect, test } from 'vitest';
import { CASES } from '../../../web/bench/cases.ts';
import { corpusText } from '../../../web/bench/corpus.ts';
import { plain } from '../../../web/bench/plain.ts';
import { CHECKED, exact, fault } from '../../../web/bench/reference.ts';
import { plainSkipGram, plainTraining, SKIP_GRAM } from '../../../web/bench/skip_gram.ts';
import type { Prepared } from '../../../web/bench/types.ts';
import { createModels } from '../../../web/engine/sync.ts';

const problem = { kind: 'skip-gram', place: 'held', text: corpusText(100_000), words: 1000 } as const;
const right = exact(problem);
const models = await createModels({ binary: 'simd128' });
const { rate, ...options } = SKIP_GRAM;

/** What our engine comes to where it is told something else. */
function engineLoss(other: object = {}, step: number = rate): number {
  const training = models.skipGram(problem.text, { ...options, ...other });
  training.train({ tokens: CHECKED.words - CHECKED.told, rate: step });
  const { loss } = training.train({ tokens: CHECKED.told, rate: step });
  training.dispose();
  return loss;
}
const answered = (loss: number) => fault(problem, right, { values: Float32Array.of(loss) });

test('plain JavaScript and the engine come to the same loss', { timeout: 60_000 }, async () => {
  const prepared = (await plain().prepare(problem)) as Prepared;
  expect(fault(problem, right, await prepared.answer())).toBeUndefined();
  expect(await prepared.run(2)).toBeGreaterThan(0);
  expect(answered(engineLoss())).toBeUndefined();
  for (const seed of [2, 3]) expect(answered(engineLoss({ seed }))).toBeUndefined();
});

test.each([
  ['a negative less', { negatives: 4 }, rate],
  ['a narrower window', { window: 4 }, rate],
  ['half as far a step', {}, rate / 2],
  ['nothing learned', {}, 0],
])('%s is seen', (_, other, step) => {
  expect(answered(engineLoss(other, step))).toBeDefined();
});

test('plain training passes just so many words, and begins the text anew after its end', () => {
  const train = plainTraining('a b c\nd e a\nb b');
  expect([2, 1, 7, 71].map((words) => train(words).tokens)).toEqual([2, 1, 7, 71]);
  const model = plainSkipGram('a b a\nb c');
  expect([...model.tokens]).toEqual([0, 1, 0, -1, 1, 2, -1]);
});

test('the loss of plain training begins at 6 ln 2 and falls', { timeout: 60_000 }, () => {
  const train = plainTraining(corpusText(20_000));
  const first = train(500);
  expect(first.loss / first.measured).toBeCloseTo(6 * Math.log(2), 1);
  train(150_000);
  const later = train(20_000);
  expect(later.loss / later.measured).toBeLessThan(0.8 * (first.loss / first.measured));
});

test('the case trains on the corpus of the other benchmark, with the same name', () => {
  const one = CASES.find(({ name }) => name === 'skip-gram, 100 numbers a word');
  expect(one?.target).toEqual({ against: 'plain', relaxed: 11, simd128: 11 });
  const asked = one?.problem();
  expect(asked).toMatchObject({ kind: 'skip-gram', words: 1000 * (one?.work ?? 0) });
});
