import { describe, expect, it } from 'vitest';
import { toX, toY } from '../../../web/drawing/plane.ts';
import { across, axes, fullScale, pieces, runs } from '../../../web/drawing/warped_grid.ts';

const values = (template: unknown): unknown[] => (template as { values: unknown[] }).values;

describe('a bent grid', () => {
  it('fills the whole square', () => {
    const scale = fullScale(400, 2.5);
    expect([toX(scale, -2.5), toX(scale, 2.5), toY(scale, 2.5), toY(scale, 0)]).toEqual([0, 400, 0, 200]);
    // Less than the space that other planes keep free.
    expect(toX(fullScale(400, 0.1), 0.1)).toBeCloseTo(400, 9);
  });
  it('draws each line through its own places', () => {
    const rows = Float32Array.of(9, 9, -1, -1, 0, 0, 1, 1, 1, -1, 0, 1, -1, -1);
    expect(runs(fullScale(200, 1), rows, 1, 2, 3)).toBe('M0.0,200.0L100.0,100.0L200.0,0.0M200.0,200.0L100.0,0.0L0.0,200.0');
    expect(pieces(fullScale(200, 1), rows, 1, 4)).toBe('M0.0,200.0L100.0,100.0M200.0,0.0L200.0,200.0');
    expect(runs(fullScale(200, 1), rows, 0, 0, 5)).toBe('');
  });
  it('draws a straight line where it is, across the whole square, and none that has no direction', () => {
    const scale = fullScale(200, 1);
    // x = 0.5
    const [x1, y1, x2, y2] = values(across(scale, [2, 0, -1])) as number[];
    expect([x1, x2]).toEqual([150, 150]);
    expect(Math.min(y1!, y2!)).toBeLessThan(0);
    expect(Math.max(y1!, y2!)).toBeGreaterThan(200);
    // x + y = 1 goes through the right end and the top.
    const [u1, v1, u2, v2] = values(across(scale, [1, 1, -1])) as number[];
    const on = (x: number, y: number) => (v2! - v1!) * (x - u1!) - (u2! - u1!) * (y - v1!);
    expect(on(200, 100)).toBeCloseTo(0, 6);
    expect(on(100, 0)).toBeCloseTo(0, 6);
    expect(values(across(scale, [0, 0, 1]))).toBeUndefined();
  });
  it('says how long a unit is, as a round number', () => {
    for (const half of [0.06, 0.5, 1, 3, 12, 40]) {
      const bar = values(axes(fullScale(440, half)));
      const text = String(bar.at(-1));
      const wide = Number(/h([\d.]+)/.exec(String(bar[1]))?.[1]);
      expect(wide, `${half}: ${text}`).toBeGreaterThan(440 / 12 - 1);
      expect(wide, `${half}: ${text}`).toBeLessThan(440);
      expect(wide).toBeCloseTo((Number(text) * 220) / half, 0);
    }
  });
});
