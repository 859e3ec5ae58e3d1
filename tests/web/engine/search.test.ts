// Searching tables on the thread that asks: through an index, and for several queries at once, held against the plain search.
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../../web/engine/sync.ts';
import type { SyncIndex } from '../../../web/engine/types.ts';
import { refusal } from './support.ts';

for (const binary of ['relaxed', 'simd128'] as const) {
  const engine = await createEngine({ binary }).catch((error) => {
    if (binary === 'relaxed') return undefined; // this Node has no relaxed SIMD
    throw error;
  });
  if (!engine) continue;
  const normal = (count: number, seed: number) => engine.random.normal(count, { seed });

  describe(`${binary}: an index`, () => {
    test('gives the very hits of topRows, whatever the shape and wherever the table lies', () => {
      for (const [rows, columns] of [
        [1, 1],
        [7, 3],
        [500, 17],
        [3000, 64],
      ] as const) {
        const [data, x] = [normal(rows * columns, rows), normal(columns, columns + 1)];
        const held = engine.hold(data);
        for (const source of [data, held]) {
          const index = engine.index({ rows, columns, data: source });
          for (const k of new Set([1, Math.min(10, rows), rows])) {
            const found = index.search(x, k);
            expect(found.hits).toEqual(engine.topRows({ rows, columns, data }, x, k));
            expect(found.rescored).toBeGreaterThanOrEqual(k);
          }
          index.dispose();
        }
        held.dispose();
      }
    });

    test('scores few rows in floats, and takes little more than a quarter of the table', () => {
      const [rows, columns] = [20_000, 128];
      const index = engine.index({ rows, columns, data: normal(rows * columns, 5) });
      expect(index.search(normal(columns, 6), 10).rescored).toBeLessThan(400);
      expect(index.bytes).toBeLessThan(rows * columns * 1.3);
      index.dispose();
    });

    test('made and disposed of a thousand times, leaves no memory in use', () => {
      const m = { rows: 50, columns: 20, data: engine.hold(normal(1000, 7)) };
      const x = normal(20, 8);
      engine.index(m).search(x, 50);
      const before = engine.memory().usedBytes;
      for (let i = 0; i < 1000; ++i) {
        const index = engine.index(m);
        index.search(x, 3);
        index.dispose();
      }
      m.data.dispose();
      expect(engine.memory().usedBytes).toBeLessThan(before + 10_000);
    });
  });

  test(`${binary}: several queries at once each find what one alone finds`, () => {
    const [rows, columns, count, k] = [2000, 40, 17, 5];
    const m = { rows, columns, data: normal(rows * columns, 9) };
    const queries = { rows: count, columns, data: normal(count * columns, 10) };
    const found = engine.topRowsEach(m, queries, k);
    expect(found.length).toBe(count);
    for (const [q, hits] of found.entries()) {
      const alone = engine.topRows(m, queries.data.slice(q * columns, (q + 1) * columns), k);
      expect(hits.map(({ index }) => index)).toEqual(alone.map(({ index }) => index));
      for (const [i, hit] of hits.entries()) expect(hit.score).toBeCloseTo(alone[i]!.score, 4);
    }
  });

  describe(`${binary}: refuses`, () => {
    const square = { rows: 2, columns: 2, data: [1, 2, 3, 4] };
    const index = engine.index(square);
    const disposed = engine.index(square);
    disposed.dispose();
    const orphan = (): SyncIndex => {
      const data = engine.hold([1, 2, 3, 4]);
      const made = engine.index({ ...square, data });
      data.dispose();
      return made;
    };
    test.each<[code: string, call: () => unknown]>([
      ['bad-shape', () => engine.index({ ...square, rows: 3 })],
      ['not-finite', () => engine.index({ ...square, data: [1, 2, Number.NaN, 4] })],
      ['length-mismatch', () => index.search([1, 2, 3], 1)],
      ['not-finite', () => index.search([1, Number.POSITIVE_INFINITY], 1)],
      ['out-of-range', () => index.search([1, 2], 3)],
      ['out-of-range', () => index.search([1, 2], 0)],
      ['empty-vector', () => index.search([], 1)],
      ['disposed', () => disposed.search([1, 2], 1)],
      ['disposed', () => orphan().search([1, 2], 1)],
      ['length-mismatch', () => engine.topRowsEach(square, { rows: 1, columns: 3, data: [1, 2, 3] }, 1)],
      ['not-finite', () => engine.topRowsEach({ ...square, data: [1, Number.NaN, 3, 4] }, square, 1)],
      ['not-finite', () => engine.topRowsEach(square, { ...square, data: [1, 2, 3, Number.NEGATIVE_INFINITY] }, 1)],
      ['out-of-range', () => engine.topRowsEach(square, square, 3)],
    ])('with %s, and goes on answering', async (code, call) => {
      await expect(refusal((async () => call())())).resolves.toMatchObject({ code });
      expect(index.search([1, 0], 1).hits).toEqual([{ index: 1, score: 3 }]);
    });
  });
}
