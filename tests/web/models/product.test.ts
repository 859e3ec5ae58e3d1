import { beforeEach, describe, expect, it } from 'vitest';
import { instruction_of, ProductModel, presets } from '../../../web/models/product.ts';
import { type FakeLab, fakeLab } from '../fake_lab.ts';

let lab: FakeLab;
const settled = () => new Promise((done) => setTimeout(done, 5));
const start = async (options = {}) => {
  const model = new ProductModel(async () => lab, options);
  await settled();
  return model;
};

beforeEach(() => {
  lab = fakeLab();
});

describe('the product', () => {
  it('says its sum and its products', async () => {
    const model = await start({ a: [1, 2, 3], b: [4, 5, 6] });
    expect(model.result).toBe(32);
    expect(model.spoken.value).toBe('a · b is 32. The products are 4, 10, 18.');
  });

  it('follows an edit, and asks the engine once for it', async () => {
    const model = await start({ a: [1, 2, 3], b: [4, 5, 6] });
    lab.asked.length = 0;
    model.edit('a', 2, -3);
    await settled();
    expect(model.result).toBe(-4);
    expect(lab.asked).toEqual(['pair 3']);
  });

  it('takes no edit that is no number or has no place', async () => {
    const model = await start({ a: [1, 2], b: [3, 4] });
    model.edit('a', 0, Number.NaN);
    model.edit('a', 2, 1);
    model.edit('b', -1, 1);
    expect(model.a.value).toEqual([1, 2]);
    expect(model.b.value).toEqual([3, 4]);
  });

  it('scrubs the running sum', async () => {
    const model = await start({ a: [1, 2, 3], b: [4, 5, 6] });
    model.scrub(2);
    expect(model.result).toBe(14);
    expect(model.spoken.value).toBe('After 2 of 3 places the sum is 14.');
    model.scrub(0);
    expect(model.result).toBe(0);
    model.scrub(3);
    expect(model.through.value).toBeNull();
  });

  it('says why two lengths cannot be multiplied', async () => {
    const model = await start({ a: [1, 2, 3], b: [4, 5] });
    expect(model.asked.failure.value?.code).toBe('length-mismatch');
    expect(model.spoken.value).toContain('3');
    model.edit('a', 0, 2); // still usable
    expect(model.a.value).toEqual([2, 2, 3]);
  });

  it('keeps short numbers when it grows and comes back from a long pair', async () => {
    const model = await start({ a: [1, 2, 3], b: [4, 5, 6] });
    model.set_length(5);
    expect(model.a.value.slice(0, 3)).toEqual([1, 2, 3]);
    model.set_length(768);
    await settled();
    expect(model.length).toBe(768);
    model.set_length(3);
    await settled();
    expect(model.a.value).toEqual([1, 2, 3]);
    expect(model.result).toBe(32);
  });

  it('never makes a zero to fill a new place', async () => {
    const model = await start({ length: 16, seed: 3 });
    for (const value of [...model.a.value.slice(3), ...model.b.value.slice(3)]) {
      expect(value).not.toBe(0);
      expect(Math.abs(value)).toBeLessThanOrEqual(2);
    }
  });

  it('draws other numbers, and the same ones for the same seed', async () => {
    const [first, second] = [await start({ length: 8, seed: 4 }), await start({ length: 8, seed: 4 })];
    expect(first.a.value).toEqual(second.a.value);
    first.draw_again();
    expect(first.a.value).not.toEqual(second.a.value);
  });

  it('offers only presets that the engine takes, but for the one that shows why not', async () => {
    for (const { a, b, name } of presets) {
      const model = await start({ a, b });
      expect(model.asked.failure.value === null, name).toBe(a.length === b.length);
    }
  });
});

describe("the product's state", () => {
  it('survives a round trip, written out', async () => {
    const model = await start({ a: [0.5, -1.25], b: [3, 1e-3] });
    model.scrub(1);
    const other = await start();
    other.from_state(model.to_state());
    await settled();
    expect(other.to_state()).toBe(model.to_state());
    expect(other.result).toBe(1.5);
  });

  it('survives a round trip, drawn from a seed with changes', async () => {
    const model = await start({ length: 300, seed: 9 });
    model.edit('b', 17, 2.5);
    model.window.value = 12;
    model.scrub(200);
    await settled();
    expect(model.to_state()).toBe('length:300;seed:9;cb:17=2.5;through:200;at:12');
    const other = await start();
    other.from_state(model.to_state());
    await settled();
    expect(other.b.value[17]).toBe(2.5);
    expect(other.result).toBe(model.result);
    expect(other.to_state()).toBe(model.to_state());
  });

  it('says its state before the engine has answered, so that nothing is written for a start that did not change', () => {
    const model = new ProductModel(async () => lab, { length: 768, seed: 2 });
    expect(model.to_state()).toBe('length:768;seed:2');
  });

  it('leaves itself as it is for nonsense', async () => {
    const model = await start({ a: [1, 2], b: [3, 4] });
    const before = model.to_state();
    for (const state of ['', 'x', 'a:1,x;b:2', 'length:1e9', 'length:-5;seed:1', 'length:17.5', `a:${'1,'.repeat(20_000)}1;b:1`])
      model.from_state(state);
    expect(model.to_state()).toBe(before);
  });
});

describe('a vector as an instruction', () => {
  it('is said in words', () => {
    const says = (...b: number[]) => instruction_of(b);
    expect(says(0, 0, 1, 0)).toBe('b picks out place 3.');
    expect(says(0, -2)).toBe('b takes place 2 alone, −2 times.');
    expect(says(1, 1, 1)).toContain('adds up the list');
    expect(says(0.2, 0.2, 0.2, 0.2, 0.2)).toContain('takes the mean');
    expect(says(-1, 0, 0, 1)).toBe('b takes last minus first.');
    expect(says(0.5, 0.3, 0.2)).toContain('weighted mean');
    expect(says(1, -2, 3)).toContain('add up to 2');
    expect(says(0, 0)).toContain('no place');
  });
});

describe('two lengths', () => {
  it('are evened out with places of 1', async () => {
    const model = await start({ a: [1, 2, 3], b: [4, 5] });
    await model.even_out();
    expect(model.b.value).toEqual([4, 5, 1]);
    expect(model.result).toBe(17);
  });
});
