import { describe, expect, it } from 'vitest';
import { float_spacing, instruction, LanesModel, lanesPresets, shortest_float, steps_of } from '../../../web/models/lanes.ts';
import { fakeLab } from '../fake_lab.ts';

const lab = fakeLab();
const settled = () => new Promise((done) => setTimeout(done, 5));
async function start(options = {}) {
  const model = new LanesModel(async () => lab, options);
  await settled();
  return model;
}

describe('the program', () => {
  it('has one instruction for four places, and two more to add up', () => {
    expect([1, 4, 5, 16, 17].map(steps_of)).toEqual([3, 3, 4, 6, 7]);
    expect(instruction(0, 8).kind).toBe('start');
    expect(instruction(1, 8)).toEqual({ kind: 'multiply-add', from: 0, register: 0 });
    expect(instruction(6, 24)).toEqual({ kind: 'multiply-add', from: 20, register: 1 });
    expect(instruction(3, 8).kind).toBe('add-registers');
    expect(instruction(4, 8).kind).toBe('add-lanes');
  });
});

describe('the lanes', () => {
  const a = [1, 2, 3, 4, 5, 6];
  const b = [1, 1, 1, 1, 2, 2];

  it('shows the sums after each instruction', async () => {
    const model = await start({ a, b, step: 1 });
    expect([...(model.now.answer.value?.accumulators ?? [])].slice(0, 8)).toEqual([1, 2, 3, 4, 0, 0, 0, 0]);
    model.go(2);
    await settled();
    expect([...(model.now.answer.value?.accumulators ?? [])].slice(0, 8)).toEqual([1, 2, 3, 4, 10, 12, 0, 0]);
    expect(model.spoken.value).toContain('places 5 to 6');
    model.go(99);
    await settled();
    expect(model.step.value).toBe(4);
    expect(model.spoken.value).toContain('to 32');
  });

  it('gathers twice in every sum of its first example, which starts before the first step', async () => {
    const model = await start();
    expect([model.length, model.step.value]).toEqual([32, 0]);
    model.go(8);
    await settled();
    expect(model.says()).toContain('added to what sum 4 already holds');
    expect([...(model.now.answer.value?.accumulators ?? [])].slice(0, 4)).toEqual([3, 6, 9, 12]);
  });

  it('compares with the sum of what was typed, before anything was rounded', async () => {
    const model = await start({ a: new Array(40).fill(0.1), b: new Array(40).fill(1) });
    expect(model.typed_sum).toBe(4);
    expect(model.rounded).toEqual({ typed: 0.1, held: Math.fround(0.1) });
    expect((await start({ a: [1e8, 1, -1e8, 1], b: [1, 1, 1, 1] })).rounded).toBeNull();
  });

  it('knows which places each sum has gathered', async () => {
    const model = await start({ a, b, step: 2 });
    const gathered = model.gathered(1, 1);
    expect(gathered?.address).toBe('pair/running[0]');
    expect((await gathered?.source.explain('pair/running[0]'))?.result).toBe(12);
    expect(model.gathered(2, 0)).toBeNull();
  });

  it('keeps its state', async () => {
    const model = await start({ a, b, step: 3 });
    const other = await start();
    other.from_state(model.to_state());
    expect(other.to_state()).toBe(model.to_state());
    for (const state of ['', 'a:1', 'step:2', 'a:x;b:y;step:1']) other.from_state(state);
    expect(other.to_state()).toBe(model.to_state());
  });

  it('has an example in which every order of adding gives another sum', async () => {
    const preset = lanesPresets[2];
    const model = await start({ a: preset?.a, b: preset?.b });
    const { result, sequential, exact } = model.whole.answer.value ?? { result: 0, sequential: 0, exact: 0 };
    expect([result, sequential, exact]).toEqual([0, 1, 2]);
  });
});

describe('32-bit numbers', () => {
  it('writes the fewest digits that tell one from its neighbours', () => {
    expect(shortest_float(Math.fround(0.1))).toBe('0.1');
    expect(shortest_float(Math.fround(0.1 + 2 ** -27))).toBe('0.10000001');
    expect(shortest_float(0)).toBe('0');
  });

  it('knows how far apart neighbours are', () => {
    expect(float_spacing(1)).toBe(2 ** -23);
    expect(float_spacing(1e8)).toBe(8);
    expect(float_spacing(0)).toBe(2 ** -149);
  });
});
