import { describe, expect, it } from 'vitest';
import { addingUp, decimalsOf, largestPlaces, runningSums, tableDecimals } from '../../../web/models/unfold_parts.ts';

describe('the parts of a sum', () => {
  it('are ordered by size, and added up in that order', () => {
    const values = [1, -5, 3, 5, 0];
    const places = largestPlaces(values);
    expect(places).toEqual([1, 3, 2, 0, 4]);
    expect([...runningSums(values, places)]).toEqual([-5, 0, 3, 4, 4]);
    expect([...runningSums(values)]).toEqual([1, -4, -1, 4, 4]);
  });

  it('are shown with four decimals, with more where all are small and fewer where they are large', () => {
    expect(decimalsOf([1.1279, 0.0001], 10.28)).toBe(4);
    expect(decimalsOf([0.3], 0.5)).toBe(4);
    expect(decimalsOf([0.002], 0.003)).toBe(6);
    expect(decimalsOf([2000], 8274)).toBe(3);
    expect(decimalsOf([], 0)).toBe(4);
    expect(tableDecimals([17.7359, 1.189094], 18.925)).toBe(4);
    expect(tableDecimals([0.5, 0.25], 0.75)).toBe(6);
  });

  it('say that they add up to the last digit, or that rounding is the difference', () => {
    expect(addingUp([0.25, 0.5], 0.75, 4)).toMatchObject({ shown: '0.7500', same: true });
    const thirds = addingUp([1 / 3, 1 / 3, 1 / 3], 1, 4);
    expect(thirds).toMatchObject({ shown: '0.9999', result: '1.0000', same: false });
    expect(thirds.words).toContain('add up to 0.9999');
    expect(thirds.words).toContain('within 0.00005');
    // Ten figures of 0.1 are one, whatever binary fractions make of it.
    expect(addingUp(Array(10).fill(0.1), 1, 4).same).toBe(true);
  });

  it('never differ by more than half a unit for each figure', () => {
    let seed = 7;
    const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5;
    for (let round = 0; round < 200; round++) {
      const values = Array.from({ length: 40 }, next);
      const result = values.reduce((a, b) => a + b);
      const { shown } = addingUp(values, result, 4);
      expect(Math.abs(Number(shown.replace('−', '-')) - result)).toBeLessThanOrEqual(40 * 0.00005 + 0.00005 + 1e-9);
    }
  });
});
