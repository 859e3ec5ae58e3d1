// Every call of the interface against plain double arithmetic, on random inputs of every size.
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../../web/engine/sync.ts';
import { cosineOf, dotOf, sharedLab, vector } from './support.ts';

const held = sharedLab();
const engine = await createEngine();

describe('vectors of every length to 1,000', () => {
  test('dot, norm, cosine, normalize, at once', () => {
    for (let n = 1; n <= 1000; ++n) {
      const [a, b] = [vector(n, n), vector(n, 10_000 + n)];
      const dot = dotOf(a, b);
      expect(Math.abs(engine.dot(a, b) - dot.value)).toBeLessThanOrEqual(dot.bound);
      const length = Math.sqrt(dotOf(a, a).value);
      expect(Math.abs(engine.norm(a) - length)).toBeLessThanOrEqual(1e-5 * length);
      expect(Math.abs(engine.cosine(a, b) - cosineOf(a, b))).toBeLessThan(1e-5);
      const unit = engine.normalize(a);
      expect(unit.length).toBe(n);
      expect(unit.every((x, i) => Math.abs(x - (a[i] as number) / length) < 1e-6)).toBe(true);
    }
  });

  test('trace and pair agree with dot to the last bit', () => {
    for (let n = 1; n <= 1000; n += n < 40 ? 1 : 61) {
      const [a, b] = [vector(n, n), vector(n, n + 5)];
      const dot = engine.dot(a, b);
      const trace = engine.trace(a, b);
      expect(trace.result).toBe(dot);
      expect(trace.exact).toBeCloseTo(dotOf(a, b).value, 12);
      expect(trace.products).toEqual(a.map((x, i) => x * (b[i] as number)));
      expect(trace.running.at(-1)).toBe(trace.sequential);
      expect([trace.lanes.length, trace.accumulators.length]).toEqual([4, 16]);
      const pair = engine.pair(a, b);
      expect(pair.dot).toBe(dot);
      expect(pair.cosine).toBe(engine.cosine(a, b));
      expect(pair.angleDegrees).toBeCloseTo((Math.acos(pair.cosine as number) * 180) / Math.PI, 4);
      expect(pair.unitA).toEqual(engine.normalize(a));
      expect(pair.running).toEqual(trace.running);
    }
  });

  test('by promise, the same numbers', async () => {
    const sizes = [1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 33, 100, 300, 768, 1000];
    await Promise.all(
      sizes.map(async (n) => {
        const [a, b] = [vector(n, n), vector(n, n + 1)];
        expect(await held.lab.dot(a, b)).toBe(engine.dot(a, b));
        expect(await held.lab.norm(a)).toBe(engine.norm(a));
        expect(await held.lab.cosine(a, b)).toBe(engine.cosine(a, b));
        expect(await held.lab.normalize(a)).toEqual(engine.normalize(a));
        expect(await held.lab.trace(a, b)).toEqual(engine.trace(a, b));
        expect(await held.lab.pair(a, b)).toMatchObject(engine.pair(a, b));
        expect(a.length).toBe(n); // what was given is still there
      }),
    );
  });
});

test('any array of numbers will do', async () => {
  const expected = 32;
  for (const make of [(x: number[]) => x, Float32Array, Float64Array, Int8Array, Uint8Array, Int32Array]) {
    const of = (x: number[]) => (make.prototype ? new (make as Float32ArrayConstructor)(x) : x);
    expect(await held.lab.dot(of([1, 2, 3]), of([4, 5, 6]))).toBe(expected);
    expect(engine.dot(of([1, 2, 3]), of([4, 5, 6]))).toBe(expected);
  }
});

test('zero vectors: a dot product and a length, and no cosine', async () => {
  expect(await held.lab.dot([0, 0], [1, 2])).toBe(0);
  expect(await held.lab.norm([0, 0])).toBe(0);
  expect(await held.lab.pair([0, 0], [1, 2])).toMatchObject({
    dot: 0,
    normA: 0,
    cosine: null,
    angleDegrees: null,
    unitA: new Float32Array(2),
  });
});

test('a sum beyond the largest float is infinite, as in any float arithmetic', async () => {
  expect(await held.lab.dot([3e38], [10])).toBe(Number.POSITIVE_INFINITY);
  expect(await held.lab.norm([3e38, 3e38])).toBe(Number.POSITIVE_INFINITY);
});

describe('matrices', () => {
  const shapes = [
    [1, 1, 1],
    [2, 3, 4],
    [3, 1, 5],
    [7, 9, 11],
    [16, 16, 16],
    [33, 17, 65],
    [100, 64, 30],
    [1, 1000, 1],
    [65, 130, 129],
  ] as const;

  test.each(shapes)('%i × %i · %i', async (m, k, n) => {
    const a = { rows: m, columns: k, data: vector(m * k, m + k) };
    const b = { rows: k, columns: n, data: vector(k * n, k + n) };
    const product = await held.lab.matmul(a, b);
    expect([product.rows, product.columns, product.data.length]).toEqual([m, n, m * n]);
    expect(engine.matmul(a, b)).toEqual(product);
    const x = vector(k, 3);
    const image = await held.lab.matvec(a, x);
    expect(image.length).toBe(m);
    expect(engine.matvec(a, x)).toEqual(image);
    for (let i = 0; i < m; ++i) {
      const row = a.data.subarray(i * k, (i + 1) * k);
      const one = dotOf(row, x);
      expect(Math.abs((image[i] as number) - one.value)).toBeLessThanOrEqual(one.bound);
      for (let j = 0; j < n; j += 1 + (n >> 3)) {
        const column = Float32Array.from({ length: k }, (_, p) => b.data[p * n + j] as number);
        const { value, bound } = dotOf(row, column);
        expect(Math.abs((product.data[i * n + j] as number) - value)).toBeLessThanOrEqual(bound + k * 2 ** -24 * Math.abs(value));
      }
    }
  });
});

describe('softmax and topK', () => {
  test('softmax adds up to 1 and follows the definition', async () => {
    for (const n of [1, 2, 3, 5, 16, 17, 300, 1000]) {
      for (const temperature of [0.1, 1, 7]) {
        const x = vector(n, n).map((value) => 5 * value);
        const weights = await held.lab.softmax(x, { temperature });
        const powers = Array.from(x, (value) => Math.exp(value / temperature));
        const total = powers.reduce((sum, value) => sum + value, 0);
        expect(weights.every((w, i) => Math.abs(w - (powers[i] as number) / total) < 2e-6)).toBe(true);
        expect(engine.softmax(x, { temperature })).toEqual(weights);
      }
    }
    expect([...(await held.lab.softmax([1, Number.NEGATIVE_INFINITY, 1]))]).toEqual([0.5, 0, 0.5]);
  });

  test('topK is sorting and cutting, ties by place', async () => {
    for (const n of [1, 2, 5, 16, 100, 1000]) {
      const scores = vector(n, n).map((value) => Math.round(value * 20));
      const sorted = Array.from(scores, (score, index) => ({ index, score })).sort((p, q) => q.score - p.score || p.index - q.index);
      for (const k of new Set([1, Math.ceil(n / 3), n])) {
        expect(await held.lab.topK(scores, k)).toEqual(sorted.slice(0, k));
        expect(engine.topK(scores, k)).toEqual(sorted.slice(0, k));
      }
    }
    expect(await held.lab.topK([1, Number.POSITIVE_INFINITY, 2], 2)).toEqual([
      { index: 1, score: Number.POSITIVE_INFINITY },
      { index: 2, score: 2 },
    ]);
  });
});

test('topRows is topK of matvec, wherever the operands lie', () => {
  for (const [rows, columns] of [
    [1, 1],
    [7, 3],
    [16, 17],
    [300, 64],
  ] as const) {
    const [data, x] = [vector(rows * columns, rows), vector(columns, columns + 1)];
    const scores = engine.matvec({ rows, columns, data }, x);
    const [heldData, heldX] = [engine.hold(data), engine.hold(x)];
    for (const k of new Set([1, Math.ceil(rows / 3), rows])) {
      const right = engine.topK(scores, k);
      expect(engine.topRows({ rows, columns, data }, x, k)).toEqual(right);
      expect(engine.topRows({ rows, columns, data: heldData }, heldX, k)).toEqual(right);
    }
    heldData.dispose();
    heldX.dispose();
  }
});

test('results too long for a length of their own are still results', () => {
  const large = [3e30, -3e30]; // their squares overflow, they do not
  expect(engine.matvec({ rows: 2, columns: 1, data: large }, [1])).toEqual(new Float32Array(large));
  expect(engine.topRows({ rows: 2, columns: 1, data: large }, [1], 1)).toEqual([{ index: 0, score: Math.fround(3e30) }]);
  expect(engine.topK(large, 1)).toEqual([{ index: 0, score: Math.fround(3e30) }]);
});

test('random numbers are normal, and the seed decides', async () => {
  const x = await held.lab.random.normal(100_000, { seed: 7 });
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  expect(Math.abs(mean)).toBeLessThan(0.02);
  expect(Math.abs(variance - 1)).toBeLessThan(0.02);
  expect(engine.random.normal(100_000, { seed: 7 })).toEqual(x);
  expect(await held.lab.random.normal(5, { seed: 8 })).not.toEqual(x.slice(0, 5));
  expect(await held.lab.random.normal(3, { seed: Number.MAX_SAFE_INTEGER })).toHaveLength(3);
});

test('numbers held in the engine give what copied ones give', async () => {
  const other = await createEngine();
  const [a, b] = [vector(300, 1), vector(300, 2)];
  const [ha, hb] = [engine.hold(a), engine.hold(b)];
  expect(ha.values).toEqual(a);
  expect(engine.dot(ha, hb)).toBe(engine.dot(a, b));
  expect(engine.dot(ha, b)).toBe(engine.dot(a, b));
  expect(engine.matvec({ rows: 3, columns: 100, data: ha }, b.slice(0, 100))).toEqual(
    engine.matvec({ rows: 3, columns: 100, data: a }, b.slice(0, 100)),
  );
  expect(engine.topK(ha, 5)).toEqual(engine.topK(a, 5));
  expect(() => other.norm(ha)).toThrow(/another engine/);
  expect(() => other.dot(ha, hb)).toThrow(/another engine/);
  expect(() => other.matvec({ rows: 1, columns: 300, data: ha }, b)).toThrow(/another engine/);
  ha.values[0] = 9;
  expect(engine.dot(ha, hb)).not.toBe(engine.dot(a, b));
  ha.dispose();
  ha.dispose();
  hb.dispose();
  expect(() => engine.norm(ha)).toThrow(/disposed/);
  expect(() => ha.values).toThrow(/disposed/);
});

test('an answer left in the engine is the one that is copied out, and can be asked about', async () => {
  const other = await createEngine();
  const [m, k, n] = [7, 20, 9];
  const a = { rows: m, columns: k, data: vector(m * k, 1) };
  const b = { rows: k, columns: n, data: engine.hold(vector(k * n, 2)) };
  const x = vector(n, 3);
  const product = engine.matmul(a, b);
  const [into, sums] = [engine.hold(new Float32Array(m * n)), engine.hold(new Float32Array(m))];
  const left = engine.matmul(a, b, { into });
  expect(left).toEqual({ rows: m, columns: n, data: into });
  expect(into.values).toEqual(product.data);
  expect(engine.matvec(left, x, { into: sums })).toBe(sums);
  expect(sums.values).toEqual(engine.matvec(product, x));

  const square = { rows: 3, columns: 3, data: engine.hold(vector(9, 4)) };
  expect(() => engine.matmul(square, square, { into: square.data })).toThrow(/one of the operands/);
  expect(() => engine.matvec(square, [1, 2, 3], { into: sums })).toThrow(/holds 7 numbers and the answer has 3/);
  expect(() => engine.matvec(product, x, { into: other.hold(new Float32Array(m)) })).toThrow(/another engine/);
  expect(() => engine.matvec(product, x, { into: new Float32Array(m) as never })).toThrow(/that are held/);
  for (const held of [into, sums, b.data, square.data]) held.dispose();
  expect(() => engine.matmul(a, { ...b, data: vector(k * n, 2) }, { into })).toThrow(/disposed/);
});
