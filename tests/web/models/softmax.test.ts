import { beforeEach, describe, expect, it } from 'vitest';
import { SoftmaxModel } from '../../../web/models/softmax.ts';
import { type FakeClassifierLab, fakeClassifierLab } from '../fake_classifier_lab.ts';

const settled = () => new Promise((done) => setTimeout(done, 8));
let lab: FakeClassifierLab;
let model: SoftmaxModel;
const shares = () => [...(model.asked.answer.value?.probabilities ?? [])];

beforeEach(async () => {
  lab = fakeClassifierLab();
  model = new SoftmaxModel(async () => lab, { logits: [2, 1, 0.1] });
  await settled();
});

describe('softmax', () => {
  it('has the exps, their sum, and shares that add up to 1', () => {
    const row = model.asked.answer.value;
    expect(row?.exps).toEqual([1, expect.closeTo(Math.exp(-1), 6), expect.closeTo(Math.exp(-1.9), 6)]);
    expect(row?.expSum).toBeCloseTo(1 + Math.exp(-1) + Math.exp(-1.9), 6);
    expect(shares().reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(model.spoken.value).toContain('percent: a 65.9, b 24.2, c 9.9. The largest is a.');
  });

  it('does not change when the same is added to every logit', async () => {
    const before = shares();
    model.shift(3);
    await settled();
    expect(model.logits.value).toEqual([5, 4, 3.1]);
    expect(shares()).toEqual(before.map((share) => expect.closeTo(share, 5)));
  });

  it('shifts no further than all logits can go together', () => {
    for (let i = 0; i < 30; i++) model.shift(1);
    expect(model.logits.value).toEqual([10, 9, 8.1]);
    for (let i = 0; i < 50; i++) model.shift(-1);
    expect(model.logits.value).toEqual([-8.1, -9.1, -10]);
  });

  it('cold it is argmax, warm it is even, and says so', async () => {
    model.set_temperature(0.1);
    await settled();
    expect(shares()[0]).toBeGreaterThan(0.99);
    expect(model.says.value).toContain('argmax');
    model.set_temperature(10);
    await settled();
    expect(Math.max(...shares()) - Math.min(...shares())).toBeLessThan(0.1);
    expect(model.says.value).toContain('Nearly even');
  });

  it('says who is first where two are equal', async () => {
    model.set(1, 2);
    await settled();
    expect(model.says.value).toContain('argmax takes the first of them');
    expect(model.asked.answer.value?.predicted).toBe(0);
  });

  it('has two to six classes, and asks another network for each number of them', async () => {
    for (let i = 0; i < 9; i++) model.add();
    await settled();
    expect(model.logits.value).toEqual([2, 1, 0.1, 0, 0, 0]);
    expect(shares()).toHaveLength(6);
    for (let i = 0; i < 9; i++) model.remove();
    await settled();
    expect(model.logits.value).toEqual([2, 1]);
    model.dispose();
    await settled();
    expect(lab.open.networks).toBe(0);
  });

  it('takes nothing that is no number, and keeps within reach', () => {
    model.set(0, Number.NaN);
    model.set_temperature(0);
    model.set_temperature(-1);
    expect([model.logits.value[0], model.temperature.value]).toEqual([2, 1]);
    model.set(0, 99);
    model.set_temperature(99);
    expect([model.logits.value[0], model.temperature.value]).toEqual([10, 10]);
  });

  it('goes through the address and back, and leaves nonsense alone', () => {
    model.set(2, -3.25);
    model.set_temperature(0.5);
    model.add();
    const twin = new SoftmaxModel(async () => lab);
    twin.from_state(model.to_state());
    expect(twin.to_state()).toBe(model.to_state());
    for (const nonsense of ['', 'z:1', 'z:1,2,3,4,5,6,7;t:1', 'z:1,x;t:1', 'z:1,2;t:0', 'z:1,99;t:1']) twin.from_state(nonsense);
    expect(twin.to_state()).toBe(model.to_state());
  });

  it('takes names, and fills up where there are fewer than classes', () => {
    const named = new SoftmaxModel(async () => lab, { names: ['cat', 'dog', 'cat', ' '] });
    expect(named.names).toEqual(['cat', 'dog', 'a', 'b', 'c', 'd']);
  });
});
