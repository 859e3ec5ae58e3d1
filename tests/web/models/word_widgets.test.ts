import { describe, expect, it } from 'vitest';
import { parsePairs } from '../../../web/models/analogy_pairs.ts';
import { asExpression, BenchmarkModel, settingsText } from '../../../web/models/benchmark.ts';
import { BiasModel } from '../../../web/models/bias.ts';
import { OffsetsModel } from '../../../web/models/offsets.ts';
import { deviationOf, effectOf } from '../../../web/models/statistics.ts';
import { WordSource } from '../../../web/models/word_source.ts';
import { ToyVectors, toyLab } from './toy_words.ts';

const lists = async () =>
  parsePairs(
    ': gender | meaning | his → her\nking queen\nman woman\nprince princess\nboy girl\n: age | meaning | grown → young\nman boy\nking prince\nlord page',
  );
const source = (vectors = new ToyVectors()) => new WordSource(async () => toyLab(vectors));

describe('the offsets model', () => {
  it('completes a parallelogram by adding in the plane, and compares with swapped partners', async () => {
    const model = new OffsetsModel(source(), lists, { relation: 'gender' });
    await model.ask();
    const answer = model.asked.answer.value;
    expect(model.asked.failure.value).toBeNull();
    expect(answer?.points.map(({ word }) => word)).toEqual(['king', 'queen', 'man', 'woman']);
    const [king, queen, man] = answer?.points ?? [];
    expect(answer?.fourth?.x).toBeCloseTo((queen?.x ?? 0) - (king?.x ?? 0) + (man?.x ?? 0), 6);
    expect(answer?.mean).toBeGreaterThan(0.9); // by construction of the toy: one dimension is gender
    expect(answer?.mean).toBeGreaterThan(answer?.swapped ?? 1);
    expect(answer?.cosines[0]?.[0]).toBeCloseTo(1, 5);
  });
  it('unfolds a mean to its cosines and these to the words', async () => {
    const model = new OffsetsModel(source(), lists, { relation: 'gender' });
    await model.ask();
    const answer = model.asked.answer.value;
    const mean = await answer?.source.explain('weighted[mean]');
    expect(mean?.terms).toHaveLength(6);
    expect(mean?.result).toBeCloseTo(answer?.mean ?? Number.NaN, 6);
    expect(mean?.check.difference).toBeLessThanOrEqual(mean?.check.bound ?? 0);
    const cosine = await answer?.source.explain(mean?.terms[0]?.address ?? '');
    expect(cosine?.operands.map(({ name, address }) => [name, address])).toEqual([
      ['queen − king', 'combined[0,1]/a'],
      ['woman − man', 'combined[0,1]/b'],
    ]);
    const place = await answer?.source.explain('combined[0,1]/a[2]');
    expect(place?.terms.map(({ label, address, coefficient }) => [label, address, coefficient])).toEqual([
      ['queen', 'words/unit[queen][2]', 1],
      ['king', 'words/unit[king][2]', -1],
    ]);
    expect((await answer?.source.explain(mean?.terms.at(-1)?.address ?? ''))?.kind).toBe('dot');
    await expect(answer?.source.explain('weighted[nothing]')).rejects.toThrow('No number stands');
  });
  it('leaves out pairs that the vocabulary lacks, and always draws two', async () => {
    const model = new OffsetsModel(source(), lists, { relation: 'age', drawn: [7, 8] });
    await model.ask();
    expect(model.asked.answer.value?.pairs).toHaveLength(2);
    expect(model.asked.answer.value?.drawn).toHaveLength(2);
    model.choose('gender');
    model.toggle(0);
    expect(model.drawn.value).toEqual([0, 1]);
    model.toggle(3);
    expect(model.drawn.value).toEqual([0, 1, 3]);
  });
  it('comes back from its state', () => {
    const model = new OffsetsModel(source(), lists);
    model.from_state('r:age;p:0,2,3');
    expect(model.to_state()).toBe('r:age;p:0,2,3');
    model.from_state('r:<script>;p:x');
    expect(model.to_state()).toBe('r:age;p:0,2,3');
  });
});

describe('the benchmark model', () => {
  it('asks all, counts what it skips, and says so', async () => {
    const model = new BenchmarkModel(source(), lists, {}, () => 0);
    await model.start();
    expect(model.run.value.state).toBe('done');
    expect(model.total.value).toMatchObject({ seen: 14, skipped: 4 });
    expect(model.rows.value.map(({ name, questions }) => [name, questions])).toEqual([
      ['gender', 12],
      ['age', 6],
    ]);
    expect(model.run.value.scores).toBe(14 * 14);
    expect(model.spoken.value).toMatch(/^Done: \d+ percent right of 14\.$/);
  });
  it('stops, keeps what it has, and ignores what comes after', async () => {
    const vectors = new ToyVectors();
    let release = () => {};
    vectors.hold = new Promise((resolve) => (release = resolve));
    const model = new BenchmarkModel(source(vectors), lists);
    const run = model.start();
    await eventually(() => model.run.value.done > 0);
    model.stop();
    release();
    await run;
    expect(model.run.value).toMatchObject({ state: 'stopped', done: 12 });
    expect(model.failure.value).toBeNull();
  });
  it('asks a file in place of our lists, and refuses a bad one with its line', async () => {
    const model = new BenchmarkModel(source(), lists);
    model.takeFile('mine.txt', ': own\nking queen man woman\n');
    await model.start();
    expect(model.run.value.sections.map(({ name, seen }) => [name, seen])).toEqual([['own', 1]]);
    model.takeFile('other.txt', ': own\nking queen man\n');
    expect(model.fileFailure.value?.message).toMatch(/^other\.txt: Line 2: 3 words/);
    expect(model.file.value?.name).toBe('mine.txt');
    model.dropFile();
    expect(model.run.value.state).toBe('idle');
  });
  it('comes back from its state', () => {
    const model = new BenchmarkModel(source(), lists);
    model.from_state('method:mul;keep:1;step:10;open:gender');
    expect(model.to_state()).toBe('method:mul;keep:1;step:10;open:gender');
    model.from_state('step:-3');
    expect(model.to_state()).toBe('');
  });
  it('keeps a finished run to compare the next with', async () => {
    const model = new BenchmarkModel(source(), lists);
    await model.start();
    const first = model.rows.value[0]?.accuracy;
    model.set({ keepQuestion: true });
    expect(model.rows.value[0]).toMatchObject({ accuracy: null, before: first });
    expect(settingsText(model.before.value ?? { method: 'mul', keepQuestion: true })).toBe('cosines added, question words left out');
    model.takeFile('mine.txt', ': own\nking queen man woman\n');
    expect(model.before.value).toBeNull();
  });
  it('turns a question into an expression', () => {
    expect(asExpression(['man', 'woman', 'king', 'queen'])).toEqual({ expression: 'king-man+woman', expected: 'queen' });
  });
});

describe('the bias model', () => {
  it('places words on the direction, with the whole vocabulary as background', async () => {
    const model = new BiasModel(source(), { own: ['table', 'unheard'] });
    await model.ask();
    const answer = model.asked.answer.value;
    expect(answer?.words.map(({ word }) => word)).toEqual(['nurse', 'table', 'engineer']);
    expect(answer?.words[0]?.value).toBeGreaterThan(0);
    expect(answer?.words[2]?.value).toBeLessThan(0);
    expect(answer?.background?.count).toBe(14);
    expect(answer?.missing).toContain('unheard');
    expect((await answer?.source.explain(answer.words[0]?.address ?? ''))?.operands[1]?.name).toBe('her words − his words');
    expect(model.spoken.value).toContain('nurse');
  });
  it('measures the exact share of divisions', () => {
    const clear = effectOf([3, 4, 5], [0, 1, 2]);
    expect(clear).toMatchObject({ splits: 20, p: 1 / 20 });
    expect(clear.d).toBeCloseTo(3 / Math.sqrt(3.5), 6);
    expect(effectOf([1, 1], [1, 1])).toMatchObject({ d: 0, p: 1 });
    expect(deviationOf([1, 3])).toBeCloseTo(Math.SQRT2, 9);
  });
  it('comes back from its state', () => {
    const model = new BiasModel(source());
    model.from_state('m:weat;t:science;w:pilot,chef');
    expect(model.to_state()).toBe('m:weat;t:science;w:pilot,chef');
    model.from_state('t:unheard');
    expect(model.to_state()).toBe('');
  });
});

async function eventually(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(holds()).toBe(true);
}
