// Growing an induction head through the public interface: one seed, one course; the heads by their scores; every number unfolds.
import { describe, expect, test } from 'vitest';
import type { InductionSnapshot, InductionTraining } from '../../../web/engine/index.ts';
import { refusal, sharedLab } from './support.ts';

const holder = sharedLab();

/**
 * The course of seed 1 as the native engine computes it: step, loss of the first run, loss of the repetition, share of the repetition foretold.
 * A number that changed is a change of every seeded curve in the lessons.
 */
const course = [
  [20, 3.4838847561766166, 3.4844073043597317, 0.025056947608200455],
  [100, 3.5281763046313399, 2.9895426330913986, 0.12414578587699317],
  [190, 3.582984226580245, 2.5568811818448176, 0.23006833712984054],
  [220, 3.5720031592792596, 0.71146928304318413, 0.81321184510250566],
] as const;

const best = (snapshot: InductionSnapshot, kind: 'previous' | 'induction') =>
  snapshot.heads.reduce((a, b) => (b[kind].weight > a[kind].weight ? b : a));
const at = (training: InductionTraining, step: number) => training.snapshots.find((one) => one.step === step) as InductionSnapshot;

test('the shipped seed has the native course, with its sudden drop; its heads are found by their scores and hang together', {
  timeout: 240_000,
}, async () => {
  const training = await holder.lab.growInduction();
  expect(training.options).toEqual({ seed: 1, steps: 600, every: 10 });
  const seen: number[] = [];
  const now = await training.run({ steps: 220, onProgress: ({ step }) => seen.push(step) });
  expect([now.step, now.done]).toEqual([220, false]);
  expect(seen.length).toBeGreaterThan(3);
  expect(training.snapshots.map(({ step }) => step)).toEqual(Array.from({ length: 23 }, (_, i) => 10 * i));
  for (const [step, first, repeated, foretold] of course) {
    const one = at(training, step);
    expect([step, one.first.loss, one.repeated.loss, one.repeated.accuracy]).toEqual([step, first, repeated, foretold]);
  }
  const [before, after] = [at(training, 190), at(training, 220)];
  expect(best(before, 'induction').induction.weight).toBeLessThan(0.2);
  const [back, found] = [best(after, 'previous'), best(after, 'induction')];
  expect([back.layer, found.layer]).toEqual([1, 2]);
  expect(found.induction.weight).toBeGreaterThan(0.7);
  expect(back.previous.weight).toBeGreaterThan(4 * back.previous.uniform);
  // Without the heads of layer 1 that look back, the head of layer 2 has nothing to find.
  const lost = await training.measureWithout(
    22,
    after.heads.filter(({ layer, previous }) => layer === 1 && previous.weight > 0.2),
  );
  const rest = lost.heads.find(({ layer, head }) => layer === 2 && head === found.head);
  expect(rest?.induction.weight).toBeLessThan(found.induction.weight / 2);
  expect(lost.repeated.loss).toBeGreaterThan(2 * after.repeated.loss);

  // On a sequence of the held-out ones, the last place looks at what followed its sign earlier.
  const example = training.examples[0] as InductionTraining['examples'][number];
  const run = await training.runAt(22, example.tokens);
  const { weights } = await run.attention(2, found.head);
  const last = example.tokens.length - 1;
  const places = example.tokens.flatMap(({ id }, s) => (s > 0 && s < last && id === example.tokens[last]?.id ? [s + 1] : []));
  expect(places.length).toBeGreaterThan(0);
  expect(places.reduce((sum, s) => sum + (weights.data[last * weights.columns + s] as number), 0)).toBeGreaterThan(0.5);
  // And any weight unfolds, down to a row of signs.
  const weight = await run.explain(`transformer/L2/H${found.head}/weight[${last},${places[0]}]`);
  expect(weight.result).toBe(weights.data[last * weights.columns + (places[0] as number)]);
  expect((await run.explain('transformer/tokens[3,5]')).kind).toBe('weight');
  await run.dispose();
  await training.dispose();
});

describe('a training', () => {
  test('does not depend on how it was cut, or on what is looked at meanwhile', async () => {
    const [whole, cut] = [
      await holder.lab.growInduction({ seed: 3, steps: 12, every: 4 }),
      await holder.lab.growInduction({ seed: 3, steps: 12, every: 4 }),
    ];
    await whole.run({ steps: 12 });
    for (const steps of [5, 1, 6]) {
      await cut.run({ steps });
      await (await cut.runAt(0, [0, 1, 2])).dispose();
      await cut.measureWithout(0, [{ layer: 1, head: 1 }]);
    }
    expect(cut.snapshots).toEqual(whole.snapshots);
    expect(whole.snapshots.map(({ step }) => step)).toEqual([0, 4, 8, 12]);
    expect((await whole.run({ steps: 1 })).step).toBe(12);
    const other = await holder.lab.growInduction({ seed: 4, steps: 12, every: 4 });
    expect(other.snapshots[0]).not.toEqual(whole.snapshots[0]);
    expect(other.examples).toEqual(whole.examples);
    await Promise.all([whole, cut, other].map((one) => one.dispose()));
  });

  test('that is stopped keeps what it has learned', async () => {
    const training = await holder.lab.growInduction({ steps: 400 });
    const stop = new AbortController();
    const running = training.run({ steps: 400, signal: stop.signal, onProgress: () => stop.abort() });
    expect((await refusal(running)).code).toBe('aborted');
    const { step } = await training.run({ steps: 1 });
    expect(step).toBeGreaterThan(1);
    expect(training.snapshots).toHaveLength(1 + Math.floor(step / 10));
    await training.dispose();
    expect((await refusal(training.run({ steps: 1 }))).code).toBe('disposed');
  });

  test('names its signs and tells its sequences', async () => {
    const training = await holder.lab.growInduction({ steps: 1, every: 1 });
    expect([training.layers, training.heads, training.width, training.context, training.vocabulary.length]).toEqual([2, 4, 64, 48, 33]);
    for (const { tokens, segment } of training.examples) {
      expect(tokens[0]).toEqual({ id: 0, text: '␂', start: 0, end: 0 });
      for (const [t, one] of tokens.entries()) {
        expect(one.text).toBe(training.vocabulary[one.id]);
        if (t > segment) expect(one.id).toBe(tokens[t - segment]?.id);
      }
    }
    await training.dispose();
  });

  test.each([
    ['a seed below 0', { seed: -1 }],
    ['no steps', { steps: 0 }],
    ['too many steps', { steps: 5001 }],
    ['too many snapshots', { steps: 600, every: 1 }],
  ])('refuses %s', async (_, options) => {
    expect((await refusal(holder.lab.growInduction(options))).code).toBe('out-of-range');
  });

  test('refuses a snapshot, a sign or a head that is not there', async () => {
    const training = await holder.lab.growInduction({ steps: 1, every: 1 });
    const codes = await Promise.all(
      [
        training.runAt(5, [0]),
        training.runAt(0, [33]),
        training.runAt(0, Array(49).fill(1)),
        training.measureWithout(5, []),
        training.measureWithout(0, [{ layer: 3, head: 1 }]),
      ].map(async (one) => (await refusal(one)).code),
    );
    expect(codes).toEqual(['out-of-range', 'out-of-range', 'too-long', 'out-of-range', 'out-of-range']);
    await training.dispose();
  });
});
