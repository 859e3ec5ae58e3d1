// What lesson 4 says in words without a number, held against the real engine and the vectors that ship. Sentences with a number
// or a word are `:value`s, and npm run lessons:check holds those.
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../../web/engine/index.ts';
import { parsePairs } from '../../../web/models/analogy_pairs.ts';
import { BenchmarkModel } from '../../../web/models/benchmark.ts';
import { BiasModel } from '../../../web/models/bias.ts';
import { associationTests } from '../../../web/models/bias_words.ts';
import { OffsetsModel } from '../../../web/models/offsets.ts';
import { WordSource } from '../../../web/models/word_source.ts';

const root = new URL('../../../', import.meta.url);
const built =
  existsSync(new URL('build/engine/simd128/dot_by_dot.wasm', root)) && existsSync(new URL('lessons/data/words/words.bin.gz', root));
const lists = async () => parsePairs(readFileSync(new URL('lessons/data/analogy-pairs/pairs.txt', root), 'utf8'));

describe.skipIf(!built)('lesson 4, on the real engine', () => {
  let lab: Lab;
  let source: WordSource;
  beforeAll(async () => {
    const { loadLab } = await import('../../../web/engine/index.ts');
    lab = await loadLab();
    source = new WordSource(async () => lab);
  });
  afterAll(() => lab?.dispose());

  it('“the relation decides” and “the rule decides”', async () => {
    const model = new BenchmarkModel(source, lists, { step: 3 });
    await model.start();
    expect(model.failure.value).toBeNull();
    const accuracy = new Map(model.rows.value.map(({ name, accuracy: share }) => [name, share ?? 0]));
    for (const mostlyRight of ['country-nationality', 'plural']) expect(accuracy.get(mostlyRight), mostlyRight).toBeGreaterThan(0.6);
    for (const mostlyWrong of ['verb-agent', 'greek-roman']) expect(accuracy.get(mostlyWrong), mostlyWrong).toBeLessThan(0.4);
    model.set({ keepQuestion: true });
    await model.start();
    const all = model.run.value.sections;
    const [correct, seen] = [all.reduce((sum, one) => sum + one.correct, 0), all.reduce((sum, one) => sum + one.seen, 0)];
    expect(correct / seen).toBeLessThan(0.3); // "the same vectors would look hopeless"
    const wrong = all.flatMap((section) => section.wrong);
    expect(wrong.filter(({ question, answer }) => question.slice(0, 3).includes(answer)).length / wrong.length).toBeGreaterThan(0.5);
    expect(wrong.filter(({ question, answer }) => question[1] === answer || question[2] === answer).length / wrong.length).toBeGreaterThan(
      0.5,
    );
  }, 120_000);

  it.each(['male-female', 'capital-country', 'plural'])(
    '%s: the steps are more alike than with partners swapped, and less than the same',
    async (relation) => {
      const model = new OffsetsModel(source, lists, { relation });
      await model.ask();
      expect(model.asked.failure.value).toBeNull();
      const answer = model.asked.answer.value;
      expect(answer?.mean).toBeGreaterThan((answer?.swapped ?? 1) + 0.05);
      expect(answer?.mean).toBeLessThan(0.95);
      const all = [
        ...(answer?.source
          ? await Promise.all(
              ['weighted[mean]', 'combined[1,0]/cosine', 'combined[1,0]/a[3]', 'words/unit[queen][3]'].map((address) =>
                answer.source.explain(address),
              ),
            )
          : []),
      ];
      for (const { address, check } of all) expect(check.difference, address).toBeLessThanOrEqual(check.bound);
    },
  );

  it('professions point one way, beyond the background', async () => {
    const model = new BiasModel(source);
    await model.ask();
    const { words = [], background = { mean: 0, deviation: 1, count: 0 }, missing } = model.asked.answer.value ?? {};
    const value = new Map(words.map((word) => [word.word, word.value]));
    expect(missing).toEqual([]);
    expect(value.get('nurse')).toBeGreaterThan(background.mean + background.deviation);
    expect(value.get('engineer')).toBeLessThan(background.mean - background.deviation);
  });

  it.each(associationTests.map(({ id }) => id))('association test %s: a large effect, as in the paper', async (test) => {
    const model = new BiasModel(source, { measure: 'association', test });
    await model.ask();
    const { effect, missing } = model.asked.answer.value ?? {};
    expect(missing).toEqual([]);
    expect(effect?.splits).toBe(12_870);
    expect(effect?.d).toBeGreaterThan(0.8);
    expect(effect?.p).toBeLessThan(0.05);
  });
});
