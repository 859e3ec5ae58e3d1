import { describe, expect, it } from 'vitest';
import { DigitPadModel, packStrokes, penStep, unpackStrokes } from '../../../web/models/digit_pad.ts';

const pad = () => new DigitPadModel();

describe('the pad', () => {
  it('keeps a stroke from where the pen was put down to where it was lifted', () => {
    const model = pad();
    model.extend(0.5, 0.5); // the pen is up: nothing
    expect(model.empty.value).toBe(true);
    model.begin(0.2, 0.2);
    model.extend(0.8, 0.2);
    expect(model.down.value).toBe(true);
    expect(model.strokes.value).toHaveLength(1);
    model.extend(0.8, 0.9);
    model.end();
    expect(model.ended.value).toHaveLength(1);
    expect(model.ended.value[0]?.map((v) => Math.round(10 * v))).toEqual([2, 2, 8, 2, 8, 9]);
    expect(model.spoken.value).toBe('One stroke is drawn.');
  });

  it('drops points that the shape does not need, and keeps its corners', () => {
    const model = pad();
    model.begin(0, 0);
    for (let i = 1; i <= 50; i++) model.extend(i / 50, 0);
    for (let i = 1; i <= 50; i++) model.extend(1, i / 50);
    model.end();
    expect(model.ended.value).toEqual([[0, 0, 1, 0, 1, 1]]);
  });

  it('is drawn on by keys: the pen moves, draws while it is down, and stays inside', () => {
    const model = pad();
    const [x, y] = model.pen.value;
    model.move(1, 0);
    expect(model.empty.value).toBe(true);
    model.toggle();
    for (let i = 0; i < 60; i++) model.move(0, 1);
    model.toggle();
    const [stroke] = model.ended.value;
    expect(stroke).toHaveLength(4);
    expect(stroke?.[0]).toBeCloseTo(x + penStep, 2);
    expect(stroke?.[1]).toBeCloseTo(y, 2);
    expect(stroke?.[3]).toBe(1);
  });

  it('takes back the last stroke, or the one under way', () => {
    const model = pad();
    model.take([
      [0, 0, 1, 1],
      [1, 0, 0, 1],
    ]);
    model.begin(0.5, 0.5);
    model.undo();
    expect(model.strokes.value).toHaveLength(2);
    model.undo();
    expect(model.strokes.value).toEqual([[0, 0, 1, 1]]);
    model.clear();
    expect(model.empty.value).toBe(true);
  });

  it('goes through the address and back without a difference', () => {
    const model = pad();
    model.begin(0.123, 0.456);
    for (let i = 0; i < 40; i++) model.extend(0.5 + 0.4 * Math.cos(i / 6), 0.5 + 0.4 * Math.sin(i / 6));
    model.end();
    model.begin(0.7, 0.7);
    model.end();
    const twin = pad();
    twin.from_state(model.to_state());
    expect(twin.ended.value).toEqual(model.ended.value);
    expect(twin.to_state()).toBe(model.to_state());
    expect(model.to_state().length).toBeLessThan(200);
  });

  it('leaves alone what it does not understand, and numbers that are none', () => {
    const model = pad();
    model.take([[0, 0, 1, 1]]);
    const before = model.to_state();
    for (const nonsense of ['ink:', 'ink:zz', 'ink:00', 'ink:0000.', 'x', `ink:${'0000.'.repeat(40)}0000`, `ink:${'0000'.repeat(500)}`])
      model.from_state(nonsense);
    expect(model.to_state()).toBe(before);
    model.take([[Number.NaN, 0], [], [0.5]]);
    expect(model.empty.value).toBe(true);
    model.begin(Number.NaN, 0);
    expect(model.down.value).toBe(false);
    model.begin(-3, 9);
    expect(model.current.value).toEqual([0, 1]);
  });

  it('packs four digits a point', () => {
    expect(packStrokes([[0, 1, 1, 0]])).toBe('00ffff00');
    expect(unpackStrokes('00ff.ff00')).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
});
