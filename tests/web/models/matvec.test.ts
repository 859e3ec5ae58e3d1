import { describe, expect, it } from 'vitest';
import { MatvecModel, type MatvecStart, most } from '../../../web/models/matvec.ts';
import { fakeLab } from '../fake_lab.ts';
import { fakeLayerLab } from '../fake_layer_lab.ts';

const settled = async () => {
  for (let i = 0; i < 10; i++) await new Promise((done) => setTimeout(done, 1));
};

async function layer(start: MatvecStart = {}) {
  const lab = fakeLayerLab(fakeLab());
  const model = new MatvecModel(async () => lab, start);
  await settled();
  return {
    lab,
    model,
    outputs: () => [...(model.asked.answer.value?.outputs ?? [])],
    dots: () => [...(model.asked.answer.value?.dots ?? [])],
  };
}

const small: MatvecStart = {
  rows: [
    [1, 2, 3],
    [0, -1, 1],
  ],
  x: [2, 1, -1],
  bias: [0.5, 1],
};

describe('a small layer', () => {
  it('is a dot product per row, and the bias', async () => {
    const { model, outputs, dots } = await layer(small);
    expect(dots()).toEqual([1, -2]);
    expect(outputs()).toEqual([1.5, -1]);
    expect([...(model.asked.answer.value?.products ?? [])]).toEqual([2, 2, -3]);
    expect(model.spoken.value).toBe('Row 1 of 2: row times x is 1, with the bias 0.5 it is 1.5. The outputs are 1.5, −1.');
  });

  it('a weight moves its own output, a place of x every output that counts it', async () => {
    const { model, outputs } = await layer(small);
    model.set_weight(1, 0, 3);
    await settled();
    expect(outputs()).toEqual([1.5, 5]);
    model.set_x(2, 0);
    await settled();
    expect(outputs()).toEqual([4.5, 6]);
    model.set_bias(0, -4);
    await settled();
    expect(outputs()).toEqual([0, 6]);
  });

  it('works out the row that is chosen', async () => {
    const { model } = await layer(small);
    model.choose(1);
    await settled();
    expect(model.asked.answer.value?.row).toBe(1);
    expect([...(model.asked.answer.value?.products ?? [])].map((product) => product + 0)).toEqual([0, -1, -1]);
    await expect(model.asked.answer.value?.pair.explain('pair/product[1]')).resolves.toMatchObject({ result: -1 });
    model.choose(7);
    expect(model.chosen.value).toBe(1);
  });

  it('grows and shrinks by rows and places, within its bounds', async () => {
    const { model, outputs } = await layer(small);
    model.choose(1);
    for (let i = 0; i < 9; i++) model.add_row();
    for (let i = 0; i < 9; i++) model.add_column();
    await settled();
    expect(model.numbers.value.rows).toHaveLength(most);
    expect(model.numbers.value.rows.every((row) => row.length === most)).toBe(true);
    expect(outputs()).toHaveLength(most);
    for (let i = 0; i < 9; i++) model.remove_row();
    for (let i = 0; i < 9; i++) model.remove_column();
    await settled();
    expect(model.numbers.value).toEqual({
      rows: [
        [1, 2],
        [0, -1],
      ],
      x: [2, 1],
      bias: [0.5, 1],
    });
    expect(model.chosen.value).toBe(1);
  });

  it('takes no number that is none, too large, or of no place', async () => {
    const { model } = await layer(small);
    const before = model.to_state();
    model.set_weight(0, 0, Number.NaN);
    model.set_weight(5, 0, 1);
    model.set_weight(0, 9, 1);
    model.set_x(0, 1e9);
    model.set_bias(4, 1);
    expect(model.to_state()).toBe(before);
  });

  it('starts with numbers of its own where those given do not fit each other', async () => {
    const { model } = await layer({ rows: [[1, 2], [3]], x: [1, 2] });
    expect(model.numbers.value.rows).toHaveLength(3);
    expect(
      (
        await layer({
          rows: [
            [1, 2],
            [3, 4],
          ],
          x: [1, 2],
        })
      ).model.numbers.value.bias,
    ).toEqual([0, 0]);
  });

  it('goes through the address and back, and leaves nonsense alone', async () => {
    const { model } = await layer(small);
    model.choose(1);
    model.set_x(0, 0.25);
    const twin = (await layer()).model;
    twin.from_state(model.to_state());
    expect(twin.to_state()).toBe('w:1,2,3|0,-1,1;x:0.25,1,-1;b:0.5,1;at:1');
    for (const nonsense of [
      '',
      'w:1,2;x:1,2;b:1',
      'w:1,2|3,4;x:1,2,3;b:1,2',
      'w:1,2|3,4;x:1,2;b:1',
      'w:1,x|3,4;x:1,2;b:1,2',
      'w:1,2|3,1e9;x:1,2;b:1,2',
    ])
      twin.from_state(nonsense);
    expect(twin.to_state()).toBe('w:1,2,3|0,-1,1;x:0.25,1,-1;b:0.5,1;at:1');
  });

  it('gives its networks back', async () => {
    const { model, lab } = await layer(small);
    model.add_row();
    await settled();
    expect(lab.open.networks).toBe(2);
    model.dispose();
    await settled();
    expect(lab.open.networks).toBe(0);
  });
});
