import { expect, test } from 'vitest';
import { drawn, plot } from '../../../web/bench/plot.ts';
import { AIM, PLAIN } from '../../../web/bench/report.ts';
import type { Row } from '../../../web/bench/types.ts';

const row = (peerName: string, peer: number, ratio: number, binary: 'relaxed' | 'simd128' = 'relaxed'): Row => ({
  name: 'a < b',
  binary,
  peerName,
  unit: 'GFLOP/s',
  ours: 10,
  peer,
  limit: null,
  share: null,
  shareTarget: null,
  ratio,
  target: peerName === PLAIN ? 2 : null,
  median: 1,
  heapBytes: null,
  spread: [ratio / 2, ratio * 2],
});

const rows = [row(PLAIN, 1, 10), row('slow', 2, 5), row('fast', 5, 1), row(PLAIN, 1, 1, 'simd128')];

test('plain JavaScript and the fastest library are drawn', () => {
  const { plain, library } = drawn(rows.slice(0, 3));
  expect([plain?.ratio, library?.peerName]).toEqual([10, 'fast']);
  expect(drawn([]).library).toBeUndefined();
  expect(drawn([row(AIM, 9, 1)]).library).toBeUndefined();
  expect(plot([...rows, { ...row(AIM, 9, 1), name: 'only aimed at' }], 'relaxed')).not.toContain('only aimed at');
});

test('the axis is logarithmic: equal ratios are equally far apart, and what lies beyond ends at its edge', () => {
  const centre = (ratio: number) => Number(/<circle cx="([\d.]+)"/.exec(plot([row(PLAIN, 1, ratio)], 'relaxed'))?.[1]);
  expect(centre(4) - centre(2)).toBeCloseTo(centre(2) - centre(1), 0);
  expect(centre(1e6)).toBe(centre(200));
  expect(centre(1e-6)).toBe(centre(0.5));
});

test('only the rows of the binary that is asked for, its names escaped, its target marked', () => {
  const svg = plot(rows, 'relaxed', true);
  expect(svg.match(/<circle/g)).toHaveLength(2);
  expect(svg).toContain('a &lt; b');
  expect(svg.match(/v14/g)).toHaveLength(1);
  expect(svg).toContain('background');
  expect(plot(rows, 'relaxed')).not.toContain('background');
});
