// What is measured with probes, through the public interface, on tiny random models: controls, spreads, words left out, senses apart.
import { beforeAll, describe, expect, test } from 'vitest';
import type { WordStates } from '../../../web/engine/index.ts';
import { spread } from '../../../web/engine/probe_table.ts';
import { short, spelt, texts, thirds, words } from './probe_case.ts';
import { refusal } from './support.ts';
import { sharedTiny } from './tiny_models.ts';

const shared = sharedTiny();
let states: WordStates;
beforeAll(async () => {
  states = await shared.lab.wordStates(shared.writer, { texts, words });
});

describe('measuring', () => {
  test('a probe beside its controls: what can be read, what must be learnt by heart, and nothing', async () => {
    const fit = await states.fit(0, short);
    expect(fit.score.accuracy).toBeGreaterThan(0.95);
    expect(fit.control?.accuracy).toBeGreaterThan(0.9); // 12 spellings, all seen: learnt by heart from the embedding
    expect(fit.selectivity).toBe(fit.score.accuracy - (fit.control?.accuracy ?? 0));
    expect(fit.knownSpellings).toBe(1);
    expect(Math.abs(fit.shuffled.accuracy - fit.shuffled.chance)).toBeLessThan(4 * fit.shuffled.deviation);
    expect(fit.directions).toBe(1);
    expect(fit.explained).toBeGreaterThan(0);
    expect(fit.explained).toBeLessThan(1);
    const total = (counts: Uint32Array) => counts.reduce((a, b) => a + b);
    expect(total(fit.trained) + total(fit.heldOut)).toBe(360);
    const commonest = fit.trained[1]! > fit.trained[0]! ? 1 : 0;
    expect(fit.majority).toBeCloseTo(fit.heldOut[commonest]! / total(fit.heldOut), 12);
  });

  test('goes seed by seed through the layers, tells each, and makes one table', async () => {
    const told: number[] = [];
    const table = await states.measure(thirds, {
      seeds: [1, 2],
      layers: [0, 2],
      onProgress: ({ done, total, fit, table: sofar }) => {
        expect(total).toBe(4);
        expect(sofar.fits).toHaveLength(done);
        told.push(fit.seed * 10 + fit.layer);
      },
    });
    expect(told).toEqual([10, 12, 20, 22]);
    expect(table.layers.map(({ layer }) => layer)).toEqual([0, 2]);
    const its = table.fits.filter(({ layer }) => layer === 2);
    expect(table.layers[1]?.accuracy).toEqual(spread(its.map(({ score }) => score.accuracy)));
    expect(table.layers[1]?.confusion[4]).toBe(its.reduce((sum, { score }) => sum + (score.confusion[4] as number), 0));
    expect(its[0]).toEqual(await states.fit(2, thirds, { seed: 1 }));
  });

  test('a spread is mean, extremes and standard deviation', () => {
    expect(spread([1, 2, 3, 6])).toEqual({ mean: 3, min: 1, max: 6, deviation: Math.sqrt(14 / 3) });
    expect(spread([0.5])).toEqual({ mean: 0.5, min: 0.5, max: 0.5, deviation: 0 });
  });

  test('few spellings have no control', async () => {
    const fit = await states.fit(1, { ...short, labels: spelt.map((word, n) => (word === 'dog' || word === 'cat' ? n % 2 : -1)) });
    expect(fit.control).toBeNull();
    expect(fit.selectivity).toBeNull();
  });

  test('waits where it is told to, can be stopped, and lets other questions in', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let done = 0;
    const measuring = states.measure(short, { seeds: [1], wait: () => (done === 1 ? gate : undefined), onProgress: () => ++done });
    while (done < 1) await new Promise((later) => setTimeout(later, 5));
    await new Promise((later) => setTimeout(later, 50));
    expect(done).toBe(1);
    expect(await shared.lab.dot([1, 2], [3, 4])).toBe(11);
    open();
    expect((await measuring).fits).toHaveLength(3);
    const stop = new AbortController();
    const stopped = states.measure(short, { signal: stop.signal, onProgress: () => stop.abort() });
    expect((await refusal(stopped)).code).toBe('aborted');
  });

  test('leaves no memory behind', async () => {
    const once = async () => {
      await states.fit(1, short);
      await states.leaveOut(0, { ...short, labels: Array.from(short.labels, (label, n) => (n < 24 ? label : -1)) });
      const probe = await states.probe(1, short);
      const run = await shared.writer.run('the dog');
      await probe.read(run);
      await Promise.all([probe.dispose(), run.dispose()]);
      const more = await shared.lab.wordStates(shared.writer, { texts, words });
      await more.dispose();
    };
    await once();
    const before = (await shared.lab.memory()).usedBytes;
    for (let i = 0; i < 5; ++i) await once();
    expect((await shared.lab.memory()).usedBytes - before).toBeLessThan(20_000);
  });

  test('refuses lists that are empty or no lists', async () => {
    for (const options of [{ layers: [] }, { seeds: [] }, { layers: 3 }, { seeds: [1.5] }, { layers: [0, 7] }])
      expect(['bad-option', 'out-of-range']).toContain((await refusal(states.measure(short, options as never))).code);
  });
});

describe('a handful of words', () => {
  // The first four words of each class.
  const firsts = [0, 1].flatMap((k) => [...spelt.keys()].filter((n) => short.labels[n] === k).slice(0, 4));
  const labels = spelt.map((_, n) => (firsts.includes(n) ? (short.labels[n] as number) : -1));

  test('are left out one by one', async () => {
    const found = await states.leaveOut(0, { ...short, labels });
    expect([...found.words]).toEqual([...firsts].sort((a, b) => a - b));
    expect(found.answers).toHaveLength(8);
    expect(found.correct).toBe([...found.answers].filter((answer, i) => answer === labels[found.words[i] as number]).length);
    expect(found.accuracy).toBe(found.correct / 8);
    expect(found.luck).toBeGreaterThan(0);
    expect(found.luck).toBeLessThanOrEqual(1);
    expect(found.majority).toBe(0.5);
  });

  test('too few, or too many, are refused', async () => {
    const two = spelt.map((_, n) => (n === 0 ? 0 : n === 1 ? 1 : -1));
    const error = await refusal(states.leaveOut(0, { ...short, labels: two }));
    expect(error.code).toBe('too-few');
    expect(error.message).toContain('at least three words');
    expect((await refusal(states.leaveOut(0, short))).code).toBe('out-of-range');
  });
});

describe('senses', () => {
  test('drift is told of every layer, and a class of one word is named', async () => {
    const drift = await states.drift(short);
    expect(drift.map(({ layer }) => layer)).toEqual([0, 1, 2]);
    for (const { within, between, rawWithin, rawBetween } of drift)
      for (const x of [within, between, rawWithin, rawBetween]) expect(Math.abs(x)).toBeLessThanOrEqual(1);
    const error = await refusal(states.drift({ ...short, labels: spelt.map((_, n) => (n === 4 ? 1 : 0)) }));
    expect([error.code, error.detail]).toEqual(['too-few', 'short']);
    expect(error.message).toContain('“short”');
  });

  test('a plane has the words of the task, x in the order of their margins', async () => {
    const probe = await states.probe(1, short);
    const labels = spelt.map((_, n) => (n < 30 ? (short.labels[n] as number) : -1));
    const plane = await states.plane(probe, { ...short, labels });
    expect(plane.layer).toBe(1);
    expect([...plane.words]).toEqual(Array.from({ length: 30 }, (_, n) => n));
    const { data } = await states.rows(1);
    const margins = [...plane.words].map((n) =>
      data.slice(n * 12, n * 12 + 12).reduce((sum, x, i) => sum + x * (probe.difference?.[i] as number), 0),
    );
    const order = (values: number[]) => values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
    expect(order([...plane.words].map((_, i) => plane.points[2 * i] as number))).toEqual(order(margins));
    expect(plane.explained[0] + plane.explained[1]).toBeLessThanOrEqual(1.0001);
    expect((await refusal(states.plane(await states.probe(1, thirds), thirds))).code).toBe('bad-option');
    expect((await refusal(states.plane({} as never, short))).code).toBe('bad-option');
  });
});
