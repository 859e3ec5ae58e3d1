// The figures of lessons/data/probes: reproduced on our own sentences, and no better than chance where there is nothing to find. On the public
// corpora `npm run measure:probes` reproduces them, where it finds those.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { farthestFromChance, probesPage } from '../../../scripts/lib/probes-source.mjs';
import { type Lab, loadLab, type ProbeLayer } from '../../../web/engine/index.ts';
import { parseParts, parseSenses } from '../../../web/models/labelled_sentences.ts';

interface Task {
  id: string;
  classes: string[];
  words: number;
  heldOut: number;
  seeds: number;
  models: Record<'reader' | 'writer', Omit<ProbeLayer, 'confusion'>[]>;
}
const figures = JSON.parse(readFileSync('lessons/data/probes/figures.json', 'utf8')) as {
  decay: number;
  binary: 'simd128';
  sets: {
    id: string;
    seeds: number[];
    tasks: Task[];
    contexts?: Record<'reader' | 'writer', Record<'before' | 'after' | 'both', { count: number; correct: number }>[]>;
  }[];
};
const tasks = figures.sets.flatMap(({ id, tasks: its }) => its.map((task) => [`${id}, ${task.id}`, task] as const));
const ours = figures.sets[0]?.tasks ?? [];

describe('the figures', () => {
  test('are of our sentences and of public corpora, and the page says the same', () => {
    expect(figures.sets.map(({ id }) => id)).toEqual(['ours', 'ewt', 'senseval']);
    expect(ours.map(({ id }) => id).slice(0, 3)).toEqual(['part-of-speech', 'sentence-end', 'subject']);
    expect(ours.filter(({ id }) => id.startsWith('sense:')).length).toBeGreaterThanOrEqual(6);
    expect(readFileSync('lessons/data/probes/source.md', 'utf8')).toBe(probesPage(figures));
  });

  test.each(tasks)('%s: seven layers of both models, shares within their bounds', (_, { models, classes, words, heldOut }) => {
    expect(heldOut).toBeLessThan(words);
    for (const layers of Object.values(models)) {
      expect(layers.map(({ layer }) => layer)).toEqual([0, 1, 2, 3, 4, 5, 6]);
      for (const { accuracy, explained, directions, selectivity, control } of layers) {
        for (const { mean, min, max } of [accuracy, explained]) {
          expect(min).toBeGreaterThanOrEqual(0);
          expect(max).toBeLessThanOrEqual(1);
          expect(mean).toBeGreaterThanOrEqual(min);
          expect(mean).toBeLessThanOrEqual(max);
        }
        expect(directions).toBeLessThan(classes.length);
        if (control && selectivity) expect(selectivity.mean).toBeCloseTo(accuracy.mean - control.mean, 3);
      }
    }
  });

  // Fourteen means of several seeds in each task: the farthest of all of them is within four deviations of its chance.
  test.each(tasks)('%s: labels dealt out at random leave a probe at chance', (_, task) => {
    expect(farthestFromChance(task)).toBeLessThan(4);
  });

  // What it has not read it cannot know; what it has read, it can. The seeds hold some sentences out more than once, so that fewer
  // answers stand for themselves than are counted: the bounds are wide.
  test('the writer does not know a sense that only later words tell', () => {
    const { writer, reader } = figures.sets[0]?.contexts ?? {};
    const from_chance = ({ count, correct }: { count: number; correct: number }) => (correct / count - 0.5) / Math.sqrt(0.25 / count);
    for (const { after } of writer ?? []) expect(Math.abs(from_chance(after))).toBeLessThan(4);
    expect(from_chance(writer?.[4]?.before ?? { count: 1, correct: 0 })).toBeGreaterThan(5);
    expect(from_chance(reader?.[4]?.after ?? { count: 1, correct: 0 })).toBeGreaterThan(5);
  });
});

describe('measured again', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await loadLab({ binary: figures.binary });
  });
  afterAll(() => lab.dispose());
  const read = (file: string) => readFileSync(`lessons/data/${file}`, 'utf8');

  test.each([
    ['reader', 'part-of-speech', 4],
    ['reader', 'sentence-end', 6],
    ['writer', 'subject', 5],
    ['reader', 'sense:bank', 1],
    ['writer', 'sense:ball', 6],
  ] as const)('%s, %s, layer %i', { timeout: 120_000 }, async (name, id, layer) => {
    const word = /^sense:(.+)$/.exec(id)?.[1];
    const labelled = word ? parseSenses(word, read(`senses/${word}.tsv`)) : parseParts(read('parts-of-speech/sentences.txt'));
    const property = labelled.properties.find((one) => one.id === id)!;
    const states = await lab.wordStates(await lab.transformer(name), labelled);
    const table = await states.measure(property, { layers: [layer], seeds: figures.sets[0]?.seeds, decay: figures.decay });
    const figure = ours.find((one) => one.id === id)?.models[name][layer] as ProbeLayer;
    const found = table.layers[0]!;
    // Four places are kept.
    for (const what of ['accuracy', 'majority', 'shuffled', 'chance', 'explained'] as const)
      expect(found[what].mean).toBeCloseTo(figure[what].mean, 4);
    expect(found.control?.mean ?? 0).toBeCloseTo(figure.control?.mean ?? 0, 4);
    await states.dispose();
  });
});
