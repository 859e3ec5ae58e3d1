import { beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../web/engine/index.ts';
import { ProbeModel } from '../../../web/models/probe.ts';
import type { ProbeSource } from '../../../web/models/probe_source.ts';
import { asGood, bestLayer, guessWords, type LayerFigures, listed, tableWords } from '../../../web/models/probe_words.ts';
import { accuracies, type FakeProbeLab, fakeProbeLab, fakeSource } from '../fake_probe_lab.ts';

let lab: FakeProbeLab;
let source: ProbeSource;
beforeEach(() => {
  lab = fakeProbeLab();
  source = fakeSource(lab);
});
/** With plain spaces: a number and its unit are not parted. */
const plain = (text = '') => text.replaceAll('\u00a0', ' ');
/** So many turns of the clock, however slow the machine is. */
const settle = async (turns = 30) => {
  for (let i = 0; i < turns; i++) await new Promise((done) => setTimeout(done, 2));
};

describe('training in all layers', () => {
  it('asks nothing of a model before it is told to, and then trains each layer by each seed', async () => {
    const model = new ProbeModel(source, { seeds: 3 });
    await model.prepare();
    expect(model.properties.value.map(({ id }) => id)).toEqual(['part-of-speech', 'sentence-end', 'sense:bank']);
    expect(lab.asked).toEqual({});
    model.guess_layer(2);
    await model.train();
    expect(model.phase.value).toBe('done');
    expect(model.progress.value).toEqual({ done: 21, total: 21 });
    expect(model.tables.value.reader?.layers.map(({ accuracy }) => accuracy.mean)).toEqual(accuracies);
    expect(lab.asked['transformer writer']).toBeUndefined();
    expect(model.shown.value).toBe(3);
    expect(plain(model.says.value[0]?.sentences[0])).toBe('You guessed layer 2: 70.0 %, 20.0 points below layer 3.');
    model.guess_layer(3);
    expect(model.guess.value).toBe(2); // it is too late now
  });

  it('puts the writer beside without training the reader again', async () => {
    const model = new ProbeModel(source, { seeds: 1 });
    await model.train();
    model.set_beside(true);
    expect(model.phase.value).toBe('stopped');
    await model.train();
    expect(lab.asked.measure).toBe(2);
    expect(model.progress.value).toEqual({ done: 7, total: 7 });
    expect(model.says.value.map((one) => one.model)).toEqual(['reader', 'writer']);
  });

  it('pauses between two probes, goes on, and stops with what it has', async () => {
    const model = new ProbeModel(source, { seeds: 5 });
    const training = model.train();
    while (model.progress.peek().done < 3) await settle(1);
    model.pause();
    await settle();
    const { done } = model.progress.peek();
    await settle();
    expect(model.progress.peek().done).toBe(done);
    expect(model.spoken.value).toBe(`Paused after ${done} of 35 probes.`);
    model.resume();
    while (model.progress.peek().done < done + 3) await settle(1);
    model.stop();
    await training;
    expect(model.phase.value).toBe('stopped');
    const kept = model.tables.value.reader?.fits.length ?? 0;
    expect(kept).toBeGreaterThanOrEqual(done + 3);
    expect(kept).toBeLessThan(35);
  });

  it('stopped before the first probe it is as before the training: the guess can be changed', async () => {
    const model = new ProbeModel(source, { seeds: 5 });
    model.guess_layer(1);
    const training = model.train();
    model.stop();
    await training;
    expect(model.phase.value).toBe('idle');
    expect(model.progress.value.total).toBe(0);
    model.guess_layer(4);
    expect(model.guess.value).toBe(4);
  });

  it('begins anew with another property; a stopped training does not come back', async () => {
    const model = new ProbeModel(source, { seeds: 5 });
    const training = model.train();
    while (model.progress.peek().done < 2) await settle(1);
    model.set_property('sense:bank');
    await training;
    await settle();
    expect(model.tables.value).toEqual({});
    expect(model.phase.value).toBe('idle');
    expect(model.labelled.value?.texts[0]).toContain('bank');
    await model.train();
    expect(lab.asked['wordStates reader']).toBe(2);
  });

  it('says what failed, and tries again with new states', async () => {
    const model = new ProbeModel(source, { seeds: 1 });
    lab.failNext = new LabError('out-of-memory', 'There is no room for the states.');
    await model.train();
    expect(model.phase.value).toBe('stopped');
    expect(model.spoken.value).toBe('There is no room for the states.');
    await model.train();
    expect(model.failure.value).toBeNull();
    expect(model.phase.value).toBe('done');
    expect(lab.asked['wordStates reader']).toBe(2);
  });

  it('says so where there is no such property', async () => {
    const model = new ProbeModel(source, { property: 'sense:nothing', seeds: 1 });
    await model.prepare();
    expect(model.failure.value?.message).toBe('There are no sentences with “nothing”.');
  });
});

describe('state', () => {
  it('goes there and back; nonsense is left alone', async () => {
    const model = new ProbeModel(source, { seeds: 5, beside: true });
    model.guess_layer(4);
    model.chosen.value = 6;
    const other = new ProbeModel(source);
    other.from_state(model.to_state());
    expect(other.to_state()).toBe(model.to_state());
    expect(other.names).toEqual(['reader', 'writer']);
    other.from_state('p:sentence-end;s:99;g:12;l:-1');
    expect(other.to_state()).toBe('p:sentence-end;s:5');
    const before = other.to_state();
    for (const text of ['', 'p:', 'p:../..', '∅', 's:1']) other.from_state(text);
    expect(other.to_state()).toBe(before);
  });
});

describe('what a table says', () => {
  const spread = (mean: number, by = 0.01) => ({ mean, min: mean - by, max: mean + by, deviation: by });
  const layer = (at: number, accuracy: number, control: number | null = 0.4): LayerFigures => ({
    layer: at,
    accuracy: spread(accuracy),
    majority: spread(0.3),
    control: control === null ? null : spread(control),
    selectivity: control === null ? null : spread(accuracy - control),
    shuffled: spread(0.12),
    chance: spread(0.11),
  });

  it('names the best layer, whatever it is, and those that cannot be told from it', () => {
    const layers = [layer(0, 0.7, 0.6), layer(1, 0.8), layer(2, 0.795), layer(3, 0.5, 0.05)];
    expect(bestLayer(layers)?.layer).toBe(1);
    expect(asGood(layers, layers[1] as LayerFigures).map((one) => one.layer)).toEqual([2]);
    const said = plain(tableWords(layers, 3).join(' '));
    expect(said).toContain(
      'layer 1: 80.0 % of the words held out come out right, between 79.0 % and 81.0 % over 3 seeds. Layer 2 does as well',
    );
    expect(said).toContain('Layer 0, before any attention, gives 70.0 %; always answering the commonest class gives 30.0 %.');
    expect(said).toContain(
      'The control task reaches 40.0 % there, so the selectivity is 40.0 points; it is largest at layer 3, 45.0 points.',
    );
    expect(said).toContain('Labels dealt out at random: 12.0 %, where chance is 11.0 %.');
  });

  it('tells layers apart as a reader of the chart does: where the whiskers overlap it makes no story of the difference', () => {
    const wide = { ...layer(1, 0.845), accuracy: { mean: 0.845, min: 0.727, max: 0.909, deviation: 0.08 } };
    const inside = { ...layer(5, 0.755), accuracy: { mean: 0.755, min: 0.727, max: 0.818, deviation: 0.03 } };
    const below = { ...layer(0, 0.555), accuracy: { mean: 0.555, min: 0.455, max: 0.636, deviation: 0.08 } };
    expect(asGood([below, wide, inside], wide)).toEqual([inside]);
    expect(plain(guessWords(5, [below, wide, inside]))).toBe(
      'You guessed layer 5: 75.5 %, 9.0 points below layer 1, but the seeds lie too far apart to tell.',
    );
    expect(plain(guessWords(0, [below, wide, inside]))).toBe('You guessed layer 0: 55.5 %, 29.0 points below layer 1.');
  });

  it('takes the embeddings for the best where they are, and says nothing of a control that is not there', () => {
    const said = tableWords([layer(0, 0.9, null), layer(1, 0.8, null)], 1).join(' ');
    expect(said).toContain('Easiest to read at layer 0');
    expect(said).not.toMatch(/before any attention|control/);
    expect(tableWords([], 1)).toEqual([]);
  });

  it('is fair to a guess', () => {
    const layers = [layer(0, 0.7), layer(1, 0.8), layer(2, 0.795)];
    expect(guessWords(1, layers)).toBe('You guessed layer 1, and it is the easiest.');
    expect(plain(guessWords(2, layers))).toContain('0.5 points below layer 1, but the seeds lie too far apart to tell.');
    expect(guessWords(5, layers)).toBe('You guessed layer 5.');
    expect([listed([]), listed(['1']), listed(['1', '2']), listed(['1', '2', '3'])]).toEqual(['', '1', '1 and 2', '1, 2 and 3']);
  });
});
