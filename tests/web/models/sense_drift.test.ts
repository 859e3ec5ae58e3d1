import { beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../web/engine/index.ts';
import { placeOf, SenseDriftModel } from '../../../web/models/sense_drift.ts';
import { type FakeProbeLab, fakeProbeLab, fakeSource } from '../fake_probe_lab.ts';

let lab: FakeProbeLab;
const make = (start: ConstructorParameters<typeof SenseDriftModel>[1] = {}) => new SenseDriftModel(fakeSource(lab), start);
/** So many turns of the clock, however slow the machine is. */
const settle = async (turns = 30) => {
  for (let i = 0; i < turns; i++) await new Promise((done) => setTimeout(done, 2));
};
beforeEach(() => {
  lab = fakeProbeLab();
});

describe('a word in two senses', () => {
  it('waits until it is seen, then takes our first sentence of each sense', async () => {
    const model = make();
    await settle();
    expect(lab.asked).toEqual({});
    model.begin();
    await settle();
    expect(model.sentences.value).toEqual(['The bank lent him money.', 'We sat on the bank.']);
    expect(model.ambiguous.value).toEqual(['bank']);
    expect(model.senses.answer.value?.layers).toHaveLength(7);
    const pair = model.own.answer.value;
    expect(pair?.sentences.map((one) => one?.place)).toEqual([2, 5]);
    // The fake's states are [4, −layer, place]; measured from the mean [4, −layer, 3.5] only the place is left.
    expect(pair?.raw[1]).toBeCloseTo((16 + 1 + 10) / Math.sqrt((16 + 1 + 4) * (16 + 1 + 25)));
    expect(pair?.centred[1]).toBeCloseTo(-1);
    expect(model.spoken.value).toBe('Layer 0: the two bank have a cosine of −1.00.');
    model.raw.value = true;
    expect(model.cosines.value.within).toEqual(Array(7).fill(0.9));
  });

  it('says what was measured, by layer', async () => {
    const model = make();
    model.begin();
    await settle();
    expect(model.says.value.replaceAll('\u00a0', ' ')).toBe(
      'From layer 0 to layer 6, the mean cosine within a sense goes from 0.000 to 0.600, between the senses from 0.000 to −0.600: they part by 1.200, more than at any other layer. A probe does best at layer 0, with 3 of 4 sentences held out in the right sense.',
    );
  });

  it('counts the sentences held out by where their telling words stand', async () => {
    const model = make();
    model.begin();
    await settle();
    const [all, ...each] = model.heldOut.value;
    expect(all?.count).toBe(4);
    expect(model.along.value).toEqual([0.2, 0.3]);
    expect(each.map(({ context, count }) => [context, count])).toEqual([
      ['after', 2],
      ['before', 2],
    ]);
    expect(each.reduce((sum, { right }) => sum + right, 0)).toBe(all?.right);
  });

  it('takes sentences of the reader’s own, and says where the word is missing', async () => {
    const model = make();
    model.begin();
    await settle();
    model.set_text(0, '  Banks \n lend. ');
    await settle();
    expect(model.own.answer.value?.sentences[0]).toMatchObject({ text: 'Banks lend.', place: 1 });
    model.set_text(1, 'The embankment of the river.');
    await settle();
    expect(model.own.answer.value?.sentences[1]).toBeNull();
    expect(model.spoken.value).toBe('The word bank does not stand in the second sentence.');
    expect(model.cosines.value.own).toEqual([]);
    model.dispose();
    await settle();
    expect(lab.open).toBe(0);
  });

  it('keeps seven probes and two runs, and gives back the rest', async () => {
    const model = make();
    model.begin();
    await settle();
    expect(lab.open).toBe(9);
    model.set_text(0, 'A bank.');
    model.set_text(1, 'Our bank.');
    model.set_model('writer');
    await settle(60);
    expect(lab.open).toBe(9);
    expect(model.senses.answer.value?.model.name).toBe('writer');
  });

  it('that fails says why, and is tried again', async () => {
    const model = make();
    lab.failNext = new LabError('network', 'The reader did not come.');
    model.begin();
    await settle();
    expect(model.spoken.value).toBe('The reader did not come.');
    model.retry();
    await settle();
    expect(model.own.answer.value?.raw).toHaveLength(7);
  });
});

describe('the word in a text', () => {
  const tokens = (text: string) =>
    [...text.matchAll(/\S+?(?=\s|\.|$)/g)].map((m) => ({ text: m[0], start: m.index, end: m.index + m[0].length }));
  it('is found whole, in any case, and in the plural', () => {
    expect(
      ['The bank.', 'BANK holidays', 'two banks', 'embankment', 'banking', '', 'a bank, a bank'].map((text) =>
        placeOf(text, 'bank', tokens(text)),
      ),
    ).toEqual([1, 0, 1, -1, -1, -1, 1]);
    expect(placeOf('three matches', 'match', tokens('three matches'))).toBe(1);
  });
});

describe('state', () => {
  it('goes there and back; nonsense is left alone', async () => {
    const model = make({ layer: 4 });
    model.begin();
    await settle();
    model.set_text(0, 'a bank; b: c% d');
    model.set_layer(9);
    model.raw.value = true;
    model.choose(3);
    model.choose(99);
    const other = make();
    other.from_state(model.to_state());
    expect(other.to_state()).toBe(model.to_state());
    const before = other.to_state();
    for (const text of ['', 'w:', 'w:../x', '∅', 'l:2']) other.from_state(text);
    expect(other.to_state()).toBe(before);
    other.from_state('w:bank;l:77;m:q;n:abc');
    expect(other.to_state()).toBe('w:bank;l:0');
  });
});
