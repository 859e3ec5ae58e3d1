import { describe, expect, it } from 'vitest';
import { blocks, diverging, largest, roundUp, steadyScale } from '../../../web/drawing/scale.ts';

describe('scales', () => {
  it('find the largest magnitude and pass over what is none', () => {
    expect(largest([1, -3, Number.NaN, Infinity])).toBe(3);
    expect(largest([], 0.5)).toBe(0.5);
  });

  it('cut off one number that outgrows all others', () => {
    expect(steadyScale([1, 2], [-3, 4])).toBe(5);
    expect(steadyScale([1, 2], [-3, 50])).toBe(7.5);
    expect(steadyScale([50], [1])).toBe(50);
    expect(steadyScale([0, 0])).toBe(1);
  });

  it('round up to a round number', () => {
    expect([0.9, 1, 1.2, 1.9, 2.5, 4, 6, 8, 11, 0.03].map(roundUp)).toEqual([1, 1, 1.5, 2, 3, 5, 7.5, 10, 15, 0.03]);
    expect(roundUp(0)).toBe(1);
  });

  it('colour by sign, stronger by size', () => {
    expect(diverging(-0.5)).toContain('--neg');
    expect(diverging(0.25)).toContain('25%');
    expect(diverging(7)).toContain('100%');
  });

  it('cut places into even rows that cover all', () => {
    expect(blocks(8, 5)).toEqual([
      [0, 4],
      [4, 8],
    ]);
    expect(blocks(3, 10)).toEqual([[0, 3]]);
    expect(blocks(0, 4)).toEqual([]);
    for (const [length, columns] of [
      [7, 3],
      [16, 6],
      [13, 1],
    ] as const) {
      const cut = blocks(length, columns);
      expect(cut.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i))).toEqual(
        Array.from({ length }, (_, i) => i),
      );
      for (const [from, to] of cut) expect(to - from).toBeLessThanOrEqual(columns);
    }
  });
});
