import { expect, test } from 'vitest';
import { median, pairedRatio, percentile } from '../../../web/bench/statistics.ts';

test('percentiles lie between neighbours, whatever the order', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(percentile([10, 0], 0.1)).toBeCloseTo(1);
  expect(percentile([7], 0.9)).toBe(7);
  const values = [5, 4];
  median(values);
  expect(values).toEqual([5, 4]);
});

test('a ratio is taken round by round: a slow spell that both meet does not show', () => {
  const ours = [1, 1, 10, 10, 1];
  const peer = [3, 3, 30, 30, 3];
  expect(pairedRatio(ours, peer)).toEqual({ ratio: 3, spread: [3, 3] });
});

test('the spread shows the rounds that differ', () => {
  const { ratio, spread } = pairedRatio([1, 1, 1, 1, 1], [2, 2, 2, 2, 8]);
  expect(ratio).toBe(2);
  expect(spread[0]).toBe(2);
  expect(spread[1]).toBeCloseTo(2 + 6 * 0.6);
});

test('rounds that do not pair are refused', () => {
  expect(() => pairedRatio([1], [1, 2])).toThrow(/do not pair/);
  expect(() => pairedRatio([], [])).toThrow(/do not pair/);
});
