// Word vectors learned from a text, on the thread that asks and in the worker: both give the same, words of one company end up close, and what is wrong is said.
import { afterAll, describe, expect, test } from 'vitest';
import { createModels, LabError, type SkipGramOptions } from '../../../web/engine/sync.ts';
import { refusal, sharedLab, uniforms } from './support.ts';

const holder = sharedLab();
const models = await createModels({ binary: 'simd128' });

const topics = ['cat dog fish bird mouse', 'red blue green black white'].map((words) => words.split(' '));
const next = uniforms(3);
const draw = <T>(from: readonly T[]): T => from[Math.floor(((next() + 1) / 2) * from.length)] as T;
/** Paragraphs of one topic each. */
const text = Array.from({ length: 400 }, () => {
  const topic = draw(topics);
  return Array.from({ length: 12 }, () => draw(topic)).join(' ');
}).join('\n');
const options: SkipGramOptions = { dimensions: 10, window: 3, sample: 0 };

/** The code of the error that it throws. */
function thrown(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof LabError) return error.code;
    throw error;
  }
  return undefined;
}

describe('on the thread that asks', () => {
  const training = models.skipGram(text, options);
  afterAll(() => training.dispose());

  test('words are counted, the most frequent first', () => {
    expect(training.options).toEqual({
      minimumCount: 1,
      dimensions: 10,
      window: 3,
      negatives: 5,
      shareNegatives: true,
      sample: 0,
      seed: 1,
    });
    expect([...training.words].sort()).toEqual(topics.flat().sort());
    const counts = [...training.counts];
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts[0]).toBe(text.split(/\s/).filter((word) => word === training.words[0]).length);
    expect(training.tokens).toBe(4800);
    expect(counts.reduce((a, b) => a + b)).toBe(4800);
  });

  test('the loss begins at 6 ln 2, falls, and words of one topic come together', () => {
    const first = training.train({ tokens: 24 });
    expect(first.tokens).toBe(24);
    expect(first.loss).toBeCloseTo(6 * Math.log(2), 1);
    const later = training.train({ tokens: 100_000, rate: 0.05 });
    expect(later.tokens).toBe(100_000);
    expect(later.pairs).toBeGreaterThan(200_000);
    expect(later.measured).toBeCloseTo(later.pairs / 64, -2);
    expect(training.train({ tokens: 4800, rate: 0.05 }).loss).toBeLessThan(0.75 * first.loss);
    for (const topic of topics) {
      const neighbors = training.nearest(topic[0] as string, { count: 4 });
      expect(neighbors.map(({ word }) => word).sort()).toEqual(topic.slice(1).sort());
      expect(neighbors.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
    }
  });

  test('vectors are those of the words, and the lab takes them', async () => {
    const all = training.vectors();
    expect([all.rows, all.columns]).toEqual([10, 10]);
    const cat = training.words.indexOf('cat');
    expect(training.vector('cat')).toEqual(all.data.slice(10 * cat, 10 * cat + 10));
    const lab = await holder.lab.vectorsFrom([...training.words], all);
    const found = await lab.nearest('cat', { count: 3 });
    const own = training.nearest('cat', { count: 3 });
    expect(own.map(({ word }) => word)).toEqual(found.map(({ word }) => word));
    for (const [i, { score }] of own.entries()) expect(score).toBeCloseTo(found[i]?.score as number, 5);
    await lab.dispose();
  });

  test.each([
    ['no text', undefined, {}, 'bad-option'],
    ['an empty text', '', {}, 'empty-vocabulary'],
    ['a text of one word', 'word word\nword', {}, 'empty-vocabulary'],
    ['words that are all too rare', 'one two three', { minimumCount: 2 }, 'empty-vocabulary'],
    ['no dimensions', text, { dimensions: 0 }, 'out-of-range'],
    ['too many dimensions', text, { dimensions: 4097 }, 'out-of-range'],
    ['half a window', text, { window: 2.5 }, 'out-of-range'],
    ['too many negatives', text, { negatives: 32 }, 'out-of-range'],
    ['no negatives', text, { negatives: 0 }, 'out-of-range'],
    ['a share above 1', text, { sample: 2 }, 'out-of-range'],
    ['a count that is none', text, { minimumCount: Number.NaN }, 'out-of-range'],
    ['a seed below 0', text, { seed: -1 }, 'out-of-range'],
  ])('refuses %s', (_, asked, wrong, code) => {
    expect(thrown(() => models.skipGram(asked as string, wrong))).toBe(code);
  });

  test('refuses stretches and words that are none', () => {
    for (const stretch of [{ tokens: 0 }, { tokens: 1.5 }, { tokens: 5, rate: -1 }, { tokens: 5, rate: Number.NaN }, undefined])
      expect(thrown(() => training.train(stretch as never))).toBe('out-of-range');
    expect(thrown(() => training.vector('horse'))).toBe('unknown-word');
    expect(thrown(() => training.nearest('horse'))).toBe('unknown-word');
    expect(thrown(() => training.nearest('cat', { count: 0 }))).toBe('out-of-range');
    const gone = models.skipGram('one two', options);
    gone.dispose();
    gone.dispose();
    for (const ask of [() => gone.train({ tokens: 1 }), () => gone.vector('one'), () => gone.vectors(), () => gone.nearest('one')])
      expect(thrown(ask)).toBe('disposed');
  });

  test('drawn words that are shared teach the same as those of each pair', () => {
    const [own, shared] = [false, true].map((shareNegatives) => {
      const one = models.skipGram(text, { ...options, shareNegatives });
      one.train({ tokens: 40_000 });
      const { loss } = one.train({ tokens: 40_000 });
      one.dispose();
      return loss;
    }) as [number, number];
    expect(shared).not.toBe(own);
    expect(Math.abs(shared - own)).toBeLessThan(0.03 * own);
  });

  test('one that runs away is told', () => {
    const wild = models.skipGram(Array.from({ length: 20_000 }, (_, i) => `w${(i * i) % 4999}`).join(' '), { sample: 0 });
    expect(thrown(() => wild.train({ tokens: 100_000, rate: 1 }))).toBe('diverged');
    wild.dispose();
  });

  test('a text of more words than memory can hold is refused, and the module goes on', () => {
    const many = Array.from({ length: 300_000 }, (_, i) => `w${i}`).join(' ');
    const before = models.memory().usedBytes;
    expect(thrown(() => models.skipGram(many, { dimensions: 4096 }))).toBe('out-of-memory');
    expect(models.memory().usedBytes).toBe(before);
    expect(training.nearest('cat', { count: 1 })).toHaveLength(1);
  });

  test('a thousand trainings leave the memory as the first ones did', () => {
    const once = () => {
      const one = models.skipGram('one two three\nthree two', options);
      one.train({ tokens: 20 });
      one.nearest('one');
      one.dispose();
    };
    for (let i = 0; i < 10; ++i) once();
    const before = models.memory();
    for (let i = 0; i < 1000; ++i) once();
    expect(models.memory()).toEqual(before);
  });
});

describe('in the worker', () => {
  test('stretch by stretch it is the same as on the thread that asks', async () => {
    const [near, far] = [models.skipGram(text, { ...options, seed: 5 }), await holder.lab.skipGram(text, { ...options, seed: 5 })];
    expect([far.words, far.counts, far.tokens, far.options]).toEqual([near.words, near.counts, near.tokens, near.options]);
    const done = await far.train({ tokens: 5000, rate: 0.05 });
    const parts = [2000, 2000, 1000].map((tokens) => near.train({ tokens, rate: 0.05 }));
    expect(done.tokens).toBe(5000);
    expect(done.pairs).toBe(parts.reduce((sum, { pairs }) => sum + pairs, 0));
    // Fused or not: the two binaries round differently.
    const [a, b] = [near.vectors().data, (await far.vectors()).data];
    for (const [i, x] of a.entries()) expect(b[i]).toBeCloseTo(x, 4);
    expect(await far.vector('cat')).toEqual(b.slice(10 * far.words.indexOf('cat'), 10 * far.words.indexOf('cat') + 10));
    expect((await far.nearest('cat', { count: 2 })).map(({ word }) => word)).toEqual(
      near.nearest('cat', { count: 2 }).map(({ word }) => word),
    );
    near.dispose();
    await far.dispose();
    expect((await refusal(far.train({ tokens: 1 }))).code).toBe('disposed');
  });

  test('it reports, can be stopped, keeps what was learned, and ends when its time is up', async () => {
    const training = await holder.lab.skipGram(text, options);
    const stop = new AbortController();
    const seen: number[] = [];
    const onProgress = ({ tokens }: { tokens: number }) => {
      seen.push(tokens);
      if (seen.length === 3) stop.abort();
    };
    const running = training.train({ tokens: 1_000_000_000, signal: stop.signal, onProgress });
    expect((await refusal(running)).code).toBe('aborted');
    expect(seen).toEqual([...seen].sort((x, y) => x - y));
    await expect(training.vector('cat')).resolves.not.toEqual(models.skipGram(text, options).vector('cat'));
    const short = await training.train({ tokens: 1_000_000_000, milliseconds: 20 });
    expect(short.tokens).toBeGreaterThan(0);
    expect(short.tokens).toBeLessThan(1_000_000_000);
    await training.dispose();
  });

  test('refuses what is wrong before it asks, and what only the engine can know', async () => {
    expect((await refusal(holder.lab.skipGram(text, { window: 0 }))).code).toBe('out-of-range');
    expect((await refusal(holder.lab.skipGram('alone'))).code).toBe('empty-vocabulary');
    const training = await holder.lab.skipGram(text, options);
    expect((await refusal(training.nearest('horse'))).code).toBe('unknown-word');
    expect((await refusal(training.train({ tokens: 5, milliseconds: 0 }))).code).toBe('out-of-range');
    await training.dispose();
  });
});
