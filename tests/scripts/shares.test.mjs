import { describe, expect, test } from 'vitest';
import { interval, percent } from '../../scripts/lib/shares.mjs';

describe('shares', () => {
  test('are written in percent', () => {
    expect(percent(0.9255)).toBe('92.55 %');
  });

  test('have Wilson’s interval, which stays between nothing and all', () => {
    expect(interval(0.5, 100)).toBe('40.4 to 59.6');
    expect(interval(0, 10)).toBe('0.0 to 27.8');
    expect(interval(1, 10)).toBe('72.2 to 100.0');
    expect(interval(0.9255, 2000)).toBe('91.3 to 93.6');
  });
});
