import { describe, expect, it } from 'vitest';
import {
  digitsFor,
  format,
  formatCount,
  formatPower,
  formatShort,
  formatSigned,
  formatSignificant,
  formatTight,
  parseNumber,
} from '../../../web/drawing/format.ts';

describe('numbers on the page', () => {
  it('have a true minus and a fixed count of decimals', () => {
    expect(format(-0.3)).toBe('−0.30');
    expect(format(1.005, 1)).toBe('1.0');
    expect(format(-0.001)).toBe('0.00');
    expect(format(-0)).toBe('0.00');
    expect(format(1234567.8, 1)).toBe('1,234,567.8');
    expect(format(1234, 0)).toBe('1234');
  });

  it('say what is no number', () => {
    expect(format(Number.NaN)).toBe('not a number');
    expect(format(-Infinity)).toBe('−∞');
  });

  it('drop zeros at the end, not zeros of a whole number', () => {
    expect(formatShort(0.5)).toBe('0.5');
    expect(formatShort(100)).toBe('100');
    expect(formatShort(-10_000.5)).toBe('−10,000.5');
    expect(formatShort(0.3000001, 4)).toBe('0.3');
  });

  it('carry their sign where asked', () => {
    expect([0.3, -0.3, 0, 0.001].map((value) => formatSigned(value))).toEqual(['+0.30', '−0.30', '0.00', '0.00']);
  });

  it('become powers of ten where decimals would not do', () => {
    expect(formatPower(3.14e-8)).toBe('3.1 × 10⁻⁸');
    expect(formatPower(-25, 2)).toBe('−2.50 × 10¹');
    expect(formatPower(0)).toBe('0');
    expect(format(2e12)).toBe('2.0 × 10¹²');
  });

  it('show significant digits', () => {
    expect([0.743124, 32, -1.5, 821.24893, 3.1e-8, 0, 12288].map((value) => formatSignificant(value))).toEqual([
      '0.743124',
      '32',
      '−1.5',
      '821.249',
      '3.10 × 10⁻⁸',
      '0',
      '12,288',
    ]);
  });

  it('stay narrow in a table', () => {
    expect([1e8, -1e8, 150_000, 99.5, 0].map((value) => formatTight(value))).toEqual(['10⁸', '−10⁸', '1.5·10⁵', '99.5', '0']);
  });

  it('count with thousands apart', () => {
    expect(formatCount(12288)).toBe('12,288');
  });

  it('are read as people type them', () => {
    expect(['−0,5', ' 1.5 ', '1e3', '-2'].map(parseNumber)).toEqual([-0.5, 1.5, 1000, -2]);
    for (const text of ['', '-', 'x', '1.2.3']) expect(parseNumber(text)).toBeNaN();
  });

  it('need as many decimals as the values do', () => {
    expect(digitsFor([1, 2, 3])).toBe(0);
    expect(digitsFor([0.5, 1])).toBe(1);
    expect(digitsFor(Float32Array.of(0.1, 0.25))).toBe(2);
    expect(digitsFor([1 / 3])).toBe(2);
  });
});
