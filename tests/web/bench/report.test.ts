import { expect, test } from 'vitest';
import { limitTable, PLAIN, rateTable, ratioTable, rival, rowsOf, short, table } from '../../../web/bench/report.ts';
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
  expect(limitTable(rowsOf({ ...measured, limits: [] })).split('\n')).toHaveLength(2);
});
