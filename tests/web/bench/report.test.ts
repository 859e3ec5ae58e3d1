import { describe, expect, test } from 'vitest';
import {
  AIM,
  aimTable,
  duration,
  limitTable,
  PLAIN,
  rateTable,
  ratioTable,
  rival,
  rowsOf,
  short,
  table,
} from '../../../web/bench/report.ts';
import type { Measured } from '../../../web/bench/types.ts';

const measured: Measured = {
  name: 'dot 8',
  work: 16 / 1e9, // 16 operations
  unit: 'GFLOP/s',
  target: { against: 'library', relaxed: 3, simd128: 1.5 },
  timings: [
    { name: 'relaxed', ns: [2, 2, 4] },
    { name: 'simd128', ns: [4, 4, 8] },
    { name: PLAIN, ns: [16, 16, 32] },
    { name: 'slow library', ns: [80, 80, 80] },
    { name: 'fast library', ns: [4, 8, 8] },
  ],
  limit: { kind: 'read', bytes: 64, share: 0.6 },
  heapBytes: { relaxed: 65_536 },
  limits: [
    { name: 'relaxed', ns: [1, 1, 2] },
    { name: 'simd128', ns: [3, 3, 6] },
  ],
};

test('each binary has a row beside each other contestant', () => {
  const rows = rowsOf(measured);
  expect(rows.map(({ binary, peerName }) => [binary, peerName])).toEqual(
    ['relaxed', 'simd128'].flatMap((binary) => [PLAIN, 'slow library', 'fast library'].map((peer) => [binary, peer])),
  );
  expect(rows[0]).toEqual({
    name: 'dot 8',
    binary: 'relaxed',
    peerName: PLAIN,
    unit: 'GFLOP/s',
    ours: 8, // 16 operations in 2 ns
    peer: 1,
    limit: 16,
    share: 0.5,
    shareTarget: 0.6,
    ratio: 8,
    spread: [8, 8],
    target: null,
    median: 2,
    heapBytes: 65_536,
  });
});

test('the target stands beside the one that it is aimed against', () => {
  expect(rival(measured)).toBe('fast library');
  expect(rival({ ...measured, target: { against: 'plain' } })).toBe(PLAIN);
  expect(rival({ ...measured, target: { against: 'slow library' } })).toBe('slow library');
  expect(rival({ ...measured, target: undefined })).toBeUndefined();
  const aimed = rowsOf(measured).filter(({ target }) => target !== null);
  expect(aimed.map(({ binary, peerName, target }) => [binary, peerName, target])).toEqual([
    ['relaxed', 'fast library', 3],
    ['simd128', 'fast library', 1.5],
  ]);
});

test('figures keep the digits that say something', () => {
  expect([1234.4, 123.4, 12.34, 1.234, 0.1234].map(short)).toEqual(['1234', '123', '12.3', '1.23', '0.12']);
});

test('a table is Markdown with even columns', () => {
  expect(
    table(
      ['name', 'x'],
      [
        ['a', '1'],
        ['long', '10'],
      ],
    ),
  ).toBe('| name |  x |\n|------|---:|\n| a    |  1 |\n| long | 10 |');
});

test('the tables name everybody, and mark what misses its target', () => {
  const rows = rowsOf(measured);
  expect(rateTable(rows).split('\n')).toHaveLength(3);
  expect(rateTable(rows)).toContain('fast library');
  const [, , relaxed, simd128] = ratioTable(rows).split('\n') as [string, string, string, string];
  expect(relaxed).toMatch(/2\.00 \(2\.00–3\.60\) !/);
  expect(simd128).toMatch(/1\.00 \(1\.00–1\.80\) !/);
  expect(relaxed).toContain('3 × fast library');
});

test('the share of the limit is taken round by round, and marked where it is below its target', () => {
  const rows = rowsOf(measured);
  expect(rows.find(({ binary }) => binary === 'simd128')).toMatchObject({ share: 0.75, shareTarget: 0.6 });
  const [, , line] = limitTable(rows).split('\n');
  expect(line).toMatch(/50 % ! .* 75 % .* 60 %/);
  const [unmeasured] = rowsOf({ ...measured, limit: undefined, limits: [] });
  expect(unmeasured).toMatchObject({ limit: null, share: null, shareTarget: null });
  expect(limitTable(rowsOf({ ...measured, limits: [] }))).toBe('');
});

describe('a time that is aimed at', () => {
  const waited: Measured = {
    name: 'question',
    work: 100,
    unit: 'tokens/s',
    target: undefined,
    limit: undefined,
    aimMs: 3000,
    timings: [
      { name: 'relaxed', ns: [2e9, 2e9, 4e9] },
      { name: 'simd128', ns: [4e9, 5e9, 5e9] },
    ],
    limits: [],
  };

  test('has a row for each binary, as if it were another contestant', () => {
    const rows = rowsOf(waited);
    expect(rows.map(({ binary, peerName, target }) => [binary, peerName, target])).toEqual([
      ['relaxed', AIM, 1],
      ['simd128', AIM, 1],
    ]);
    expect(rows[0]).toMatchObject({ ours: 50, median: 2e9, ratio: 1.5, limit: null });
    expect(rows[0]?.peer).toBeCloseTo(33.333, 3);
  });

  test('stands in a table of its own, with what takes longer marked', () => {
    const rows = [...rowsOf(waited), ...rowsOf(measured)];
    const [head, , line, ...rest] = aimTable(rows).split('\n');
    expect(head).toMatch(/aim .* relaxed .* rate .* simd128 .* rate .* in/);
    expect(line).toMatch(/question .* 3\.00 s .* 2\.00 s .* 50\.0 .* 5\.00 s ! .* 20\.0 .* tokens\/s/);
    expect(rest).toEqual([]);
    for (const text of [rateTable(rows), ratioTable(rows)]) {
      expect(text).not.toContain('question');
      expect(text).not.toContain(AIM);
    }
    expect(aimTable(rowsOf(measured))).toBe('');
    expect(rateTable(rowsOf(waited))).toBe('');
  });

  test('leaves the other contestants of a case as they are', () => {
    const both = rowsOf({ ...measured, aimMs: 1 });
    expect(both.filter(({ peerName }) => peerName !== AIM)).toEqual(rowsOf(measured));
    expect(both.filter(({ peerName }) => peerName === AIM)).toHaveLength(2);
  });

  test('is told in milliseconds, or in seconds where there are many', () => {
    expect([0.5, 12.34, 999, 3140].map(duration)).toEqual(['0.50 ms', '12.3 ms', '999 ms', '3.14 s']);
    const [, , line] = aimTable(rowsOf({ ...waited, aimMs: 100 })).split('\n');
    expect(line).toContain(' 100 ms ');
  });
});
