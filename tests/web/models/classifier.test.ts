import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../web/engine/index.ts';
import { ClassifierModel, type ClassifierStart, stepsPerRun } from '../../../web/models/classifier.ts';
import { percents } from '../../../web/models/regions.ts';
import { type FakeClassifierLab, fakeClassifierLab } from '../fake_classifier_lab.ts';

let lab: FakeClassifierLab;
let model: ClassifierModel;
const settled = (ms = 30) => new Promise((done) => setTimeout(done, ms));
const make = (start: ClassifierStart = {}) => new ClassifierModel(async () => lab, start);
/** Waits until something holds; fails by the test's own time limit where it never does. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await settled(5);
}

beforeEach(async () => {
  lab = fakeClassifierLab();
  model = make({ points: 'blobs', seed: 3 });
  await until(() => model.look.value !== null);
});
afterEach(() => model.dispose());

describe('before the first step', () => {
  it('knows nothing: class vectors of zeros, even chances, no region', () => {
    expect([...(model.look.value?.layer.weights.data ?? [])]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...(model.look.value?.probe.probabilities ?? [])].map((p) => p.toFixed(3))).toEqual(['0.333', '0.333', '0.333']);
    expect(model.shares.value).toEqual([0, 0, 0]);
  });

  it('holds every fourth point out and measures point 0 of the curve', () => {
    expect(model.data.points.value.filter(({ heldOut }) => heldOut)).toHaveLength(30);
    expect(model.curve.value).toHaveLength(1);
    expect(model.curve.value[0]).toMatchObject({
      step: 0,
      loss: expect.closeTo(Math.log(3), 6),
      heldOutLoss: expect.closeTo(Math.log(3), 6),
    });
  });

  it('takes the first steps where it is told to, and keeps the last of them to be looked into', async () => {
    const other = make({ points: 'blobs', steps: 12 });
    await until(() => other.taken.value !== null && other.look.value?.step === 12);
    expect(other.taken.value?.step).toBe(12);
    expect(other.curve.value.map(({ step }) => step)).toEqual(Array.from({ length: 13 }, (_, i) => i));
    other.dispose();
  });
});

describe('one step', () => {
  it('moves every class vector against its gradient, and shows before and after', async () => {
    await model.step();
    const [layer] = model.taken.value?.layers ?? [];
    const { before, gradient, after } = layer as NonNullable<typeof layer>;
    after.weights.data.forEach((value, i) => {
      expect(value).toBeCloseTo((before.weights.data[i] ?? 0) - 0.1 * (gradient.weights.data[i] ?? 0), 6);
    });
    expect(model.run.step.value).toBe(1);
    expect([...(model.look.value?.layer.weights.data ?? [])]).toEqual([...after.weights.data]);
  });

  it('can be looked into until the next one', async () => {
    await model.step();
    const first = model.taken.value;
    await expect(first?.explain('network/gradient[1][0][0]')).resolves.toBeDefined();
    model.move_probe([1, 1]);
    await settled();
    await expect(first?.explain('network/gradient[1][0][0]')).resolves.toBeDefined();
    await model.step();
    await expect(first?.explain('network/gradient[1][0][0]')).rejects.toMatchObject({ code: 'changed' });
  });
});

describe('a run', () => {
  it('goes on until paused, then stands still and goes on where it was', async () => {
    await model.train();
    await until(() => model.run.step.value >= 5);
    expect(model.run.running.value).toBe(true);
    model.pause();
    await settled();
    const at = model.run.step.value;
    await settled();
    expect([model.run.running.value, model.run.step.value]).toEqual([false, at]);
    await model.train();
    await until(() => model.run.step.value > at);
    model.pause();
  });

  it('takes as many steps between two frames as the pace says, and ends by itself', async () => {
    model.pace.value = 250;
    await model.train();
    await until(() => !model.run.running.value);
    await settled();
    expect(model.run.step.value).toBe(stepsPerRun);
    const { correct, count } = model.right(true) ?? { correct: 0, count: 1 };
    expect(correct / count).toBeGreaterThan(0.9);
    expect(model.look.value?.step).toBe(stepsPerRun);
    expect(model.shares.value.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(0.98);
  });

  it('turns each class vector toward its own points', async () => {
    model.pace.value = stepsPerRun;
    await model.train();
    await until(() => !model.run.running.value && model.look.value?.step === stepsPerRun);
    const weights = model.look.value?.layer.weights.data ?? [];
    for (const k of [0, 1, 2]) {
      const own = model.data.points.value.filter(({ label }) => label === k);
      const along = own.reduce((sum, { at }) => sum + at[0] * (weights[2 * k] ?? 0) + at[1] * (weights[2 * k + 1] ?? 0), 0);
      expect(along).toBeGreaterThan(0);
    }
  });

  it('keeps no handle that it has no more use for', async () => {
    for (const rate of [0.3, 1, 0.03]) {
      model.set({ rate });
      await model.step();
    }
    model.edit((data) => data.add([1, 1]));
    await model.step();
    expect(lab.open).toEqual({ examples: 2, networks: 1, trainings: 1 });
    model.dispose();
    await settled();
    expect(lab.open).toEqual({ examples: 0, networks: 0, trainings: 0 });
  });
});

describe('what the reader changes', () => {
  it('other settings begin again from fresh weights', async () => {
    await model.step();
    model.set({ rate: 0.3 });
    await until(() => model.look.value?.step === 0);
    expect([...(model.look.value?.layer.weights.data ?? [])]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(model.taken.value).toBeNull();
  });

  it('another point keeps the weights, and the curve begins anew', async () => {
    await model.step();
    const weights = [...(model.look.value?.layer.weights.data ?? [])];
    model.edit((data) => data.add([0.5, 0.5]));
    await until(() => model.curve.value.length === 1 && model.look.value?.predicted.length === 121);
    expect([...(model.look.value?.layer.weights.data ?? [])]).toEqual(weights);
    expect(model.curve.value[0]?.loss).toBeLessThan(Math.log(3));
    expect(model.data.origin.value.kind).toBe('own');
  });

  it('a run that an edit interrupts goes on by itself; one that was paused does not', async () => {
    await model.train();
    await until(() => model.run.step.value >= 2);
    model.edit((data) => data.add([0.5, 0.5]));
    expect(model.run.running.value).toBe(false);
    await until(() => model.run.running.value);
    model.pause();
    model.edit((data) => data.add([0.6, 0.5]));
    await settled(350);
    expect(model.run.running.value).toBe(false);
  });

  it('an edit that changes nothing changes nothing', async () => {
    await model.step();
    model.edit((data) => data.remove(-1));
    expect([model.run.step.value, model.data.origin.value.kind]).toEqual([1, 'set']);
  });

  it('an empty plane asks for points of two classes, and then trains on them', async () => {
    model.edit((data) => data.clear());
    await settled();
    expect(model.spoken.value).toBe('Place points of at least two classes, then train.');
    expect(model.look.value).toBeNull();
    await model.step();
    expect(model.run.step.value).toBe(0);
    model.edit((data) => data.add([-1, 0]));
    model.data.set_pen(1);
    model.edit((data) => data.add([1, 0]));
    await until(() => model.look.value !== null);
    await model.step();
    expect(model.right(false)).toEqual({ correct: 2, count: 2 });
  });

  it('one class more makes another network', async () => {
    model.edit((data) => data.add_class());
    await until(() => model.look.value?.field.classes === 4);
    expect(model.data.classes.value).toEqual(['A', 'B', 'C', 'D']);
  });
});

describe('numbers that unfold', () => {
  it('the mean loss is made of the losses of the points', async () => {
    await model.step();
    const source = model.lossSource(true);
    const explanation = await source?.explain('mean-loss');
    expect(explanation?.terms).toHaveLength(30);
    expect(explanation?.result).toBe(model.curve.value.at(-1)?.heldOutLoss);
    expect(explanation?.check.difference).toBeLessThanOrEqual(explanation?.check.bound ?? 0);
    const [first] = explanation?.terms ?? [];
    expect((await source?.explain(first?.address ?? ''))?.result).toBeCloseTo(first?.value ?? 0, 5);
  });

  it('the probe has a logit, an exp and a share for each class, and a loss', async () => {
    await model.step();
    model.label_probe(2);
    await settled();
    const probe = model.look.value?.probe;
    expect(probe?.exps.map((exp) => exp / (probe?.expSum ?? 1))).toEqual(
      [...(probe?.probabilities ?? [])].map((p) => expect.closeTo(p, 6)),
    );
    expect(probe?.loss).toBeCloseTo(-Math.log(probe?.probabilities[2] ?? 0), 5);
  });
});

describe('words and address', () => {
  it('says how many come out right, and the regions', async () => {
    await model.step();
    expect(model.spoken.value).toMatch(
      /^three heaps, step 1: \d+ of 90 trained points and \d+ of 30 held out are classified right\. Percent of the square: A \d+, B \d+, C \d+\.$/,
    );
  });

  it('goes through the address and back', async () => {
    model.set({ hidden: [8, 8], activation: 'relu', optimizer: 'adam', rate: 0.03 });
    model.edit((data) => data.move(4, [-2.5, 1.25]));
    model.move_probe([-1, 2]);
    model.label_probe(1);
    const twin = make();
    twin.from_state(model.to_state());
    expect(twin.to_state()).toBe(model.to_state());
    expect(twin.data.points.value).toEqual(model.data.points.value);
    for (const nonsense of [
      '',
      's:rings',
      's:rings;n:-1;h:0;f:tanh;o:sgd;r:0.1',
      's:x;n:1;h:3;f:tanh;o:sgd;r:0.1',
      'h:0;f:tanh;o:sgd;r:0.2;n:1',
    ]) {
      twin.from_state(nonsense);
    }
    expect(twin.to_state()).toBe(model.to_state());
    expect(model.to_state().length).toBeLessThan(800);
    twin.dispose();
  });

  it('keeps its points where the address holds none that can be read', () => {
    const before = model.data.points.value;
    for (const p of ['zz', '!!!!!', 'zzzza', '0000c'.repeat(300), '0000h']) model.from_state(`c:2;p:${p};n:3;h:0;f:tanh;o:sgd;r:0.1`);
    expect(model.data.points.value).toEqual(before);
  });

  it('a failure is said in words, and the next beginning has none', async () => {
    lab.failNext = new LabError('out-of-memory', 'The engine has no room left. Close other tabs.');
    await model.restart();
    expect(model.spoken.value).toBe('The engine has no room left. Close other tabs.');
    await model.restart();
    expect(model.failure.value).toBeNull();
    expect(model.spoken.value).toContain('step 0');
  });
});

describe('a table', () => {
  const text = `a,b,k\n${Array.from({ length: 40 }, (_, i) => `${100 + i},${i % 2 ? 5 + (i % 3) : 1},${i % 2 ? 'yes' : 'no'}`).join('\n')}`;

  it('is standardized, drawn, and trained on', async () => {
    await model.table.read(text);
    await until(() => model.look.value?.field.classes === 2);
    expect(model.data.classes.value).toEqual(['no', 'yes']);
    const xs = model.data.points.value.map(({ at }) => at[0]);
    expect(xs.reduce((sum, x) => sum + x, 0) / xs.length).toBeCloseTo(0, 5);
    expect(model.table.done.value).toMatchObject({ names: ['a', 'b'], rows: 40, left: [] });
    expect(model.spoken.value).toContain('a and b by k');
    await model.step();
    expect(model.run.step.value).toBe(1);
    expect(model.to_state()).not.toMatch(/[;:]p:|s:/);
  });

  it('with a fault leaves the plane as it is, and says the row', async () => {
    const before = model.data.points.value;
    await model.table.read(text.replace('103,', '1O3,'));
    expect(model.table.failure.value?.message).toContain('Row 5, column “a”: “1O3” is no number');
    expect(model.data.points.value).toBe(before);
  });

  it('is drawn by other columns when they are chosen', async () => {
    await model.table.read(text);
    await model.table.choose({ across: 1, up: 0 });
    expect(model.table.done.value?.names).toEqual(['b', 'a']);
    await model.table.choose({ label: 0 });
    expect(model.table.failure.value?.message).toContain('“a” cannot be the class and a number at once');
  });
});

describe('shares in whole percent', () => {
  it('add up to 100, or to what the shares add up to', () => {
    expect(percents([0.296, 0.306, 0.398])).toEqual([30, 30, 40]);
    expect(percents([1 / 3, 1 / 3, 1 / 3]).reduce((sum, one) => sum + one, 0)).toBe(100);
    expect(percents([0, 0, 0])).toEqual([0, 0, 0]);
    expect(percents([0.29, 0.71])).toEqual([29, 71]);
  });
});
