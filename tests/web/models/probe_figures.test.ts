import { describe, expect, it } from 'vitest';
import { answerProbes } from '../../../web/models/ask_probes.ts';
import { type MeasuredLayer, type ProbeFigures, ProbeFiguresModel } from '../../../web/models/probe_figures.ts';

const spread = (mean: number) => ({ mean, min: mean, max: mean, deviation: 0 });
const layer = (at: number, accuracy: number): MeasuredLayer => ({
  layer: at,
  accuracy: spread(accuracy),
  majority: spread(0.3),
  control: spread(0.2),
  selectivity: spread(accuracy - 0.2),
  shuffled: spread(0.1),
  chance: spread(0.1),
  explained: spread(0.1),
  directions: 1,
});
const task = (id: string) => ({
  id,
  name: id.replace('-', ' '),
  classes: ['no', 'yes'],
  words: 100,
  texts: 10,
  heldOut: 25,
  seeds: 5,
  division: '75 to train on and 25 held out',
  models: { reader: [layer(0, 0.5), layer(1, 0.8)], writer: [layer(0, 0.6), layer(1, 0.4)] },
});
const figures: ProbeFigures = {
  command: 'npm run measure',
  sets: [
    { id: 'ours', name: 'Ours', about: 'By us.', licence: 'Free.', tasks: [task('part-of-speech'), task('subject')] },
    { id: 'theirs', name: 'Theirs', about: 'By them.', licence: 'Theirs.', tasks: [task('subject')] },
  ],
};

describe('measured figures', () => {
  it('say for each model what stands in them', () => {
    const model = new ProbeFiguresModel(figures);
    expect(model.says.value.map((one) => one.sentences[0]?.replaceAll('\u00a0', ' '))).toEqual([
      'Easiest to read at layer 1: 80.0 % of the words held out come out right.',
      'Easiest to read at layer 0: 60.0 % of the words held out come out right.',
    ]);
    expect(model.spoken.value.replaceAll('\u00a0', ' ')).toBe(
      'Ours, part of-speech: the reader 80.0 % at layer 1, the writer 60.0 % at layer 0.',
    );
  });

  it('are chosen by set and property; what is not there is not taken', () => {
    expect(new ProbeFiguresModel(figures, 'theirs').shown.value?.set.id).toBe('theirs');
    expect(new ProbeFiguresModel(figures, 'nowhere').shown.value?.set.id).toBe('ours');
    const model = new ProbeFiguresModel(figures);
    model.choose(1, 0);
    expect(model.shown.value?.set.id).toBe('theirs');
    for (const [set, property] of [
      [1, 1],
      [7, 0],
      [-1, 0],
    ] as const)
      model.choose(set, property);
    expect(model.to_state()).toBe('s:theirs;t:subject');
    expect(new ProbeFiguresModel({ command: '', sets: [] })).toMatchObject({ shown: { value: null }, spoken: { value: '' } });
  });

  it('keep what is looked at in the address; nonsense is left alone', () => {
    const model = new ProbeFiguresModel(figures);
    model.from_state('s:ours;t:subject');
    expect(model.to_state()).toBe('s:ours;t:subject');
    for (const text of ['', 's:nowhere', '∅', 't:subject']) model.from_state(text);
    expect(model.to_state()).toBe('s:ours;t:subject');
    model.from_state('s:theirs;t:part-of-speech');
    expect(model.to_state()).toBe('s:theirs;t:subject');
  });
});

describe('a question for a figure', () => {
  const ask = async (question: string) => (await answerProbes(`probes/${question}`, async () => figures)).value;
  it('takes a layer or the best', async () => {
    expect(await ask('ours/part-of-speech/reader/L0/accuracy')).toBe(0.5);
    expect(await ask('ours/part-of-speech/reader/best/accuracy')).toBe(0.8);
    expect(await ask('theirs/subject/writer/best/layer')).toBe(0);
    expect(await ask('ours/subject/writer/L1/control')).toBe(0.2);
  });
  it('says what there is where it asks for nothing', async () => {
    await expect(ask('ours/part-of-speech/reader')).rejects.toThrow('write probes/ewt/part-of-speech/reader/L0/accuracy');
    await expect(ask('nowhere/subject/reader/L0/accuracy')).rejects.toThrow('there are figures of ours, theirs');
    await expect(ask('theirs/tense/reader/L0/accuracy')).rejects.toThrow('of theirs there is subject');
    await expect(ask('ours/subject/reader/L9/accuracy')).rejects.toThrow('there are layers L0, L1');
    await expect(ask('ours/subject/reader/L0/beauty')).rejects.toThrow('there is accuracy, majority');
  });
});
