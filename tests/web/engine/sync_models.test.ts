// Attention on the thread that asks, held against the lab's, which shows its work, and against plain loops.
import { describe, expect, test } from 'vitest';
import { createEngine, createModels, LabError, type SyncMatrix } from '../../../web/engine/sync.ts';

const models = await createModels({ binary: 'simd128' });
const engine = await createEngine({ binary: 'simd128' });
const normal = (rows: number, columns: number, seed: number) => ({ rows, columns, data: engine.random.normal(rows * columns, { seed }) });

/** The code of the error that it throws. */
function refusal(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof LabError) return error.code;
    throw error;
  }
}

/** softmax(scale · Q Kᵀ) V of one head in doubles, from columns `at` on. */
function expected(query: SyncMatrix, key: SyncMatrix, value: SyncMatrix, heads: number, causal: boolean): number[] {
  const [T, S, d, e] = [query.rows, key.rows, query.columns / heads, value.columns / heads];
  const out = new Array<number>(T * value.columns).fill(0);
  const [q, k, v] = [query, key, value].map(({ data }) => data as Float32Array) as [Float32Array, Float32Array, Float32Array];
  for (let h = 0; h < heads; ++h) {
    for (let t = 0; t < T; ++t) {
      const weights = Array.from({ length: causal ? t + S - T + 1 : S }, (_, s) => {
        let dot = 0;
        for (let i = 0; i < d; ++i) dot += q[t * heads * d + h * d + i]! * k[s * heads * d + h * d + i]!;
        return Math.exp(dot / Math.sqrt(d));
      });
      const sum = weights.reduce((a, b) => a + b, 0);
      weights.forEach((w, s) => {
        for (let i = 0; i < e; ++i) out[t * heads * e + h * e + i]! += (w / sum) * v[s * heads * e + h * e + i]!;
      });
    }
  }
  return out;
}

describe('attention', () => {
  test.each([
    [1, 1, 1, 1, 1],
    [5, 7, 2, 3, 4],
    [70, 70, 3, 16, 8],
  ])('of %i queries, %i keys, %i heads of %i and %i', (T, S, heads, d, e) => {
    const [query, key, value] = [normal(T, heads * d, 1), normal(S, heads * d, 2), normal(S, heads * e, 3)];
    for (const mask of ['none', 'causal'] as const) {
      const right = expected(query, key, value, heads, mask === 'causal');
      const found = models.attention(query, key, value, { heads, mask });
      expect([found.rows, found.columns]).toEqual([T, heads * e]);
      for (const [i, x] of found.data.entries()) expect(x).toBeCloseTo(right[i] as number, 5);
    }
  });

  test('of what is held is the same, and leaves nothing behind', () => {
    const matrices = [normal(9, 8, 1), normal(9, 8, 2), normal(9, 8, 3)] as const;
    const before = models.attention(...matrices, { heads: 2 });
    const used = models.memory().usedBytes;
    const held = matrices.map((m) => ({ ...m, data: models.hold(m.data) }));
    expect(models.attention(held[0]!, held[1]!, held[2]!, { heads: 2 })).toEqual(before);
    const into = models.hold(new Float32Array(9 * 8));
    expect(models.attention(held[0]!, held[1]!, held[2]!, { heads: 2, into })).toEqual({ rows: 9, columns: 8, data: into });
    expect(into.values).toEqual(before.data);
    into.dispose();
    expect(refusal(() => models.attention(held[0]!, held[1]!, held[2]!, { heads: 2, into: held[2]!.data }))).toBe('bad-option');
    for (const { data } of held) data.dispose();
    expect(models.memory().usedBytes).toBe(used);
    const elsewhere = { ...matrices[0], data: engine.hold(matrices[0].data) };
    expect(refusal(() => models.attention(elsewhere, matrices[1], matrices[2]))).toBe('bad-option');
  });

  test('refuses what does not go together, and names numbers that are not finite', () => {
    const m = normal(4, 6, 1);
    const spoiled = { ...m, data: m.data.map((x, i) => (i === 5 ? Number.NaN : x)) };
    expect(refusal(() => models.attention(m, normal(4, 5, 2), m))).toBe('length-mismatch');
    expect(refusal(() => models.attention(m, m, normal(5, 6, 2)))).toBe('length-mismatch');
    expect(refusal(() => models.attention(m, m, m, { heads: 4 }))).toBe('out-of-range');
    expect(refusal(() => models.attention(m, m, m, { mask: 'causel' as never }))).toBe('bad-option');
    expect(refusal(() => models.attention(m, m, { ...m, rows: 3 }))).toBe('bad-shape');
    for (const at of [0, 1, 2]) {
      const pick = (i: number) => (i === at ? spoiled : m);
      expect(refusal(() => models.attention(pick(0), pick(1), pick(2)))).toBe('not-finite');
    }
    const huge = { ...m, data: m.data.map(() => 1e30) };
    expect(refusal(() => models.attention(huge, huge, m))).toBe('not-finite');
  });
});
