import { beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../web/engine/index.ts';
import { ProbeDirectionModel } from '../../../web/models/probe_direction.ts';
import { type FakeProbeLab, fakeProbeLab, fakeSource } from '../fake_probe_lab.ts';

let lab: FakeProbeLab;
const make = (start: ConstructorParameters<typeof ProbeDirectionModel>[1] = {}) =>
  new ProbeDirectionModel(fakeSource(lab), { text: 'An ox saw us.', ...start });
/** So many turns of the clock, however slow the machine is. */
const settle = async (turns = 30) => {
  for (let i = 0; i < turns; i++) await new Promise((done) => setTimeout(done, 2));
};
beforeEach(() => {
  lab = fakeProbeLab();
});

describe('a direction', () => {
  it('waits until it is seen; then each token has the score of the class that was named', async () => {
    const model = make({ shown: 'long', layer: 2 });
    await settle();
    expect(lab.asked).toEqual({});
    model.begin();
    await settle();
    const direction = model.direction.value;
    expect(direction).toMatchObject({ name: 'long', against: null, k: 2, biasAddress: 'probe/bias[2]' });
    expect(direction?.scores).toHaveLength(5);
    expect(direction?.address(1)).toBe('probe/score[2,2]'); // the second shown is place 2: the beginning of the text is left out
    expect(model.read.answer.value?.names).toEqual(['An', 'ox', 'saw', 'us', '.']);
    const scores = model.read.answer.value?.reading.scores;
    expect(direction?.scores[0]).toBe(scores?.data[1 * 3 + 2]);
    expect(model.spoken.value).toMatch(/^Layer 2, long: most for \S+, [−\d.]+; least for /);
    model.show(0);
    expect(model.direction.value?.name).toBe('short');
    model.show(7);
    expect(model.direction.value?.name).toBe('short');
    expect(model.explained.answer.value).toMatchObject({ explained: 0.1, directions: 2, width: 3 });
  });

  it('of two classes is the difference of their vectors, with a margin for each token', async () => {
    const model = make({ property: 'sentence-end', layer: 6 });
    model.begin();
    await settle();
    expect(model.direction.value).toMatchObject({ name: 'the last word', against: 'inside', biasAddress: 'probe/bias_difference' });
    expect(model.direction.value?.address(0)).toBe('probe/margin[1]');
    expect(model.direction.value?.weight(2)).toBe('probe/difference[2]');
    expect(model.answers.value.map(({ kind }) => kind)).toEqual(['word', 'word', 'word', 'word', 'mark']);
    expect(model.answers.value.map(({ k }) => k)).toEqual(model.direction.value?.scores.map((score) => (score > 0 ? 1 : 0)));
  });

  it('is trained once for a layer; a new sentence is only read; what is not needed is given back', async () => {
    const model = make();
    model.begin();
    await settle();
    model.set_text('  An apple\nfell. ');
    await settle();
    expect(lab.asked.probe).toBe(1);
    expect(lab.open).toBe(2);
    model.set({ layer: 1 });
    model.set({ layer: 9 });
    model.set({ layer: 3 });
    await settle(60);
    expect(model.read.answer.value?.of.layer).toBe(3);
    expect(lab.open).toBe(2);
    model.dispose();
    await settle();
    expect(lab.open).toBe(0);
  });

  it('that cannot be read keeps the one before, says why, and goes on', async () => {
    const model = make();
    model.begin();
    await settle();
    model.set_text(Array(70).fill('o').join(' '));
    await settle();
    expect(model.spoken.value).toBe('The text is too long.');
    expect(model.direction.value?.scores).toHaveLength(5);
    model.set({ layer: 5 }); // its probe is trained, though the text cannot be read, and is not given back
    await settle();
    model.set_text('Us.');
    await settle();
    expect(model.read.failure.value).toBeNull();
    expect(model.direction.value?.scores).toHaveLength(2);
    expect([model.read.answer.value?.of.layer, lab.asked.probe]).toEqual([5, 2]);
    lab.failNext = new LabError('out-of-memory', 'There is no room.');
    model.set({ layer: 0 });
    await settle();
    expect(model.spoken.value).toBe('There is no room.');
    model.retry();
    await settle();
    expect(model.read.failure.value).toBeNull();
    expect(model.read.answer.value?.of.layer).toBe(0);
  });
});

describe('state', () => {
  it('goes there and back; nonsense is left alone', async () => {
    const model = make({ shown: 'long' });
    const silent = model.to_state();
    model.begin();
    await settle();
    expect(model.to_state()).toBe(silent);
    model.show(2);
    model.set({ model: 'writer', layer: 5 });
    model.set_text('a; b: c% d');
    await settle();
    const other = make();
    other.from_state(model.to_state());
    expect(other.to_state()).toBe(model.to_state());
    other.begin();
    await settle();
    expect(other.direction.value?.name).toBe('long');
    const before = other.to_state();
    for (const text of ['', 't:', 'l:2', '∅', 'p:x']) other.from_state(text);
    expect(other.to_state()).toBe(before);
    other.from_state('t:us;p:NO/;l:77;m:q;k:zz');
    expect(other.to_state()).toBe('t:us;p:part-of-speech;l:5');
  });
});
