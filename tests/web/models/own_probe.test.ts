import { beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../web/engine/index.ts';
import { OwnProbeModel } from '../../../web/models/own_probe.ts';
import { type FakeProbeLab, fakeProbeLab, fakeSource } from '../fake_probe_lab.ts';

let lab: FakeProbeLab;
/** So many turns of the clock, however slow the machine is. */
const settle = async (turns = 30) => {
  for (let i = 0; i < turns; i++) await new Promise((done) => setTimeout(done, 2));
};
const started = async (start: ConstructorParameters<typeof OwnProbeModel>[1] = {}) => {
  const model = new OwnProbeModel(fakeSource(lab), { layer: 6, ...start });
  model.begin();
  await settle();
  return model;
};
/** The place of a spelling among the fake's words: An owl sees a mouse. The apple is on every old table. Our dog eats meat. An ant finds sugar. */
const at = (model: OwnProbeModel, spelling: string) => model.ready.answer.peek()?.spelled.indexOf(spelling) ?? -1;
beforeEach(() => {
  lab = fakeProbeLab();
});

describe('a property of one’s own', () => {
  it('says what is missing at every step, and trains once there are two of each', async () => {
    const model = await started();
    expect(model.notices.value[0]).toMatch(/^Nothing is marked/);
    model.turn(at(model, 'owl'));
    expect(model.notices.value[0]?.replaceAll('\u00a0', ' ')).toBe(
      'Marked: 1 yes, 0 no. A probe needs 2 of each at least, and ten of each would be better.',
    );
    model.turn(at(model, 'apple'));
    expect(model.notices.value[0]).toMatch(/^All that you marked says yes/);
    expect(model.asked.answer.value).toBeNull();
    model.mark(at(model, 'mouse'), 'no');
    model.mark(at(model, 'dog'), 'no');
    expect(model.notices.value[0]?.replaceAll('\u00a0', ' ')).toBe('The probe is being trained.');
    await settle();
    expect(model.notices.value[0]).toMatch(/^Trained on 4 words\. Nothing is left to test it on: mark 3 of each/);
    model.mark(at(model, 'ant'), 'yes');
    model.mark(at(model, 'table'), 'no');
    await settle();
    expect(model.notices.value[0]?.replaceAll('\u00a0', ' ')).toBe(
      'Trained on 6 words. Tested by leaving each out in turn: 6 of 6 right; always answering the commoner of the two: 50 %.',
    );
    expect(model.notices.value[1]?.replaceAll('\u00a0', ' ')).toBe(
      'Luck alone would do as well in 20 of 100 tries: nothing is shown yet. Mark more words.',
    );
  });

  it('finds words that were not marked, each spelling once, the surest first', async () => {
    const model = await started({ yes: ['owl', 'apple', 'ant'], no: ['mouse', 'dog', 'table'] });
    const found = model.found.value.map(({ word }) => model.ready.answer.value?.spelled[word]);
    expect(found.slice(0, 8).every((word) => /^[aeiou]/i.test(word ?? ''))).toBe(true);
    expect(found.map((word) => word?.toLowerCase()).filter((word) => word === 'an')).toHaveLength(1);
    expect(found).not.toContain('owl');
    const margins = model.found.value.map(({ margin }) => margin);
    expect(margins).toEqual([...margins].sort((a, b) => b - a));
    const [ready, answer] = [model.ready.answer.value, model.asked.answer.value];
    const run = await ready?.model.run(ready.labelled.texts[1] ?? '');
    if (!run || !answer) throw new Error('nothing was trained');
    const every = model.found.value.find(({ word }) => word === at(model, 'every'));
    expect(every?.margin).toBeCloseTo((await answer.probe.read(run)).margins?.[5] ?? Number.NaN, 4);
    const { address, source } = model.explains(at(model, 'every')) ?? {};
    expect(address).toBe('probe/margin[5]');
    expect((await source?.explain(address ?? ''))?.label).toBe('probe/margin[5] at layer 6');
    expect(source?.naming?.name('probe/margin[5]')?.long).toBe('how far “every” (place 5), layer 6, is on the side of yes');
  });

  it('takes marks back one by one, and all at once', async () => {
    const model = await started({ yes: ['owl', 'apple', 'ant'], no: ['mouse', 'dog', 'table'] });
    const dog = at(model, 'dog');
    model.turn(dog);
    expect(model.marks.value.has(dog)).toBe(false);
    model.undo();
    expect(model.marks.value.get(dog)).toBe('no');
    model.clear();
    await settle();
    expect([model.marks.value.size, lab.open]).toEqual([0, 0]);
    model.undo();
    model.undo();
    await settle();
    expect(model.counts.value).toEqual({ yes: 3, no: 3 });
    expect(lab.open).toBe(1);
    model.mark(-1, 'yes');
    model.mark(10_000, 'yes');
    expect(model.marks.value.size).toBe(6);
  });

  it('says where a spelling stands twice among the marks', async () => {
    const model = await started({ yes: ['owl', 'an', 'an'], no: ['mouse', 'dog', 'table'] });
    expect(model.notices.value.at(-1)).toBe(
      '2 of the marked words are spelled like another that you marked: such a word can be known by heart.',
    );
  });

  it('keeps one probe, whatever is changed meanwhile; what fails is said and tried again', async () => {
    const model = await started({ yes: ['owl', 'apple', 'ant'], no: ['mouse', 'dog', 'table'] });
    model.set_layer(1);
    model.set_layer(12);
    model.set_layer(2);
    await settle(60);
    expect([model.asked.answer.value?.layer, lab.open]).toEqual([2, 1]);
    lab.failNext = new LabError('worker-died', 'The engine was started anew.');
    model.set_layer(3);
    await settle();
    expect(model.spoken.value).toBe('The engine was started anew.');
    model.retry();
    await settle(60);
    expect(model.asked.failure.value).toBeNull();
    expect(lab.asked['wordStates reader']).toBe(2);
    model.dispose();
    await settle();
    expect(lab.open).toBe(0);
  });
});

describe('state', () => {
  it('is silent about what the author marked; empty is a state of its own', async () => {
    const model = await started({ yes: ['owl', 'apple', 'ant'], no: ['mouse', 'dog', 'table'] });
    expect(model.to_state()).toBe('l:6');
    model.clear();
    expect(model.to_state()).toBe('l:6;e:1');
    model.undo();
    expect(model.to_state()).toBe('l:6');
    model.turn(0);
    model.from_state('l:6');
    expect(model.counts.value).toEqual({ yes: 3, no: 3 });
    model.from_state('l:6;e:1');
    expect(model.marks.value.size).toBe(0);
    const linked = new OwnProbeModel(fakeSource(lab), { yes: ['owl'], no: ['dog'], layer: 6 });
    linked.from_state('l:6;y:1');
    linked.begin();
    await settle();
    expect([...linked.marks.value]).toEqual([[1, 'yes']]);
  });
  it('goes there and back; nonsense and words that are not there fall away', async () => {
    const model = await started();
    model.turn(3);
    model.mark(4, 'no');
    model.turn_page(1);
    const other = await started();
    other.from_state(model.to_state());
    expect(other.to_state()).toBe(model.to_state());
    const before = other.to_state();
    for (const text of ['', 'l:', 'y:1,2', '∅', 'l:x']) other.from_state(text);
    expect(other.to_state()).toBe(before);
    other.from_state('l:2;y:1,900,abc;n:3,900;p:77');
    expect(other.to_state()).toBe('l:2;n:3');
  });
});
