// Attention on the real engine, against plain double arithmetic: values, explanations down to the inputs, refusals.
import { describe, expect, test } from 'vitest';
import type { AttentionOptions, Explainable, Explanation, Matrix } from '../../../web/engine/index.ts';
import { dotOf, refusal, sharedLab, uniforms, vector } from './support.ts';

const held = sharedLab();

const matrix = (rows: number, columns: number, seed: number): Matrix => ({ rows, columns, data: vector(rows * columns, seed) });
const row = ({ columns, data }: Matrix, r: number, from = 0, width = columns) =>
  data.subarray(r * columns + from, r * columns + from + width);
const at = ({ columns, data }: Matrix, r: number, c: number) => data[r * columns + c] as number;

/** Softmax of the places that are seen, in 64-bit floats; all 0 where none is. */
function softmaxOf(scores: number[], seen: (s: number) => boolean): number[] {
  const most = Math.max(...scores.filter((_, s) => seen(s)));
  const exps = scores.map((score, s) => (seen(s) ? Math.exp(score - most) : 0));
  const sum = exps.reduce((a, b) => a + b, 0);
  return exps.map((x) => (sum > 0 ? x / sum : 0));
}

/** Weights of each head, and outputs, by the definition. */
function attentionOf(q: Matrix, k: Matrix, v: Matrix, heads: number, scale: number, sees: (t: number, s: number) => boolean) {
  const [d, e] = [q.columns / heads, v.columns / heads];
  const weights = Array.from({ length: heads }, (_, h) =>
    Array.from({ length: q.rows }, (_, t) => {
      const scores = Array.from({ length: k.rows }, (_, s) => dotOf(row(q, t, h * d, d), row(k, s, h * d, d)).value * scale);
      return softmaxOf(scores, (s) => sees(t, s));
    }),
  );
  const output = Array.from({ length: q.rows }, (_, t) =>
    Array.from({ length: v.columns }, (_, i) => (weights[Math.floor(i / e)]?.[t] ?? []).reduce((sum, w, s) => sum + w * at(v, s, i), 0)),
  );
  return { weights, output };
}

/** Follows the part of the greatest weight down to the ground; every part must be the float that was shown. */
async function toTheGround(source: Explainable, address: string, pick: () => number): Promise<string[]> {
  const trail: string[] = [];
  for (let next: string | undefined = address; next; ) {
    const explained: Explanation = await source.explain(next);
    trail.push(explained.address);
    expect(explained.check.difference, explained.address).toBeLessThanOrEqual(explained.check.bound);
    const parts = [
      ...explained.operands.flatMap(({ address, values }) => Array.from(values, (value, i) => ({ address: `${address}[${i}]`, value }))),
      ...explained.terms.filter((term) => term.address !== ''),
    ];
    if (explained.kind === 'input' || parts.length === 0) break;
    const part = parts[Math.floor(pick() * parts.length)] as { address: string; value: number };
    expect((await source.explain(part.address)).result, part.address).toBe(part.value);
    next = part.address;
  }
  return trail;
}

describe('attention', () => {
  test.each<[string, number, number, number, AttentionOptions]>([
    ['one head', 4, 6, 1, {}],
    ['three heads, causal, fewer queries than keys', 3, 5, 3, { mask: 'causal' }],
    ['causal, fewer keys than queries', 5, 2, 1, { mask: 'causal' }],
    ['a mask of one’s own', 2, 3, 2, { mask: { rows: 2, columns: 3, data: [1, 0, -2, 0, 0, 0] }, scale: 0.3 }],
    ['scale 0', 3, 3, 1, { scale: 0 }],
  ])('follows the definition: %s', async (_, T, S, heads, options) => {
    const [q, k, v] = [matrix(T, heads * 4, 1), matrix(S, heads * 4, 2), matrix(S, heads * 3, 3)];
    const answer = await held.lab.attention(q, k, v, { heads, ...options });
    const { mask, scale = 0.5 } = options;
    expect(answer.scale).toBe(Math.fround(scale));
    expect(answer.heads).toBe(heads);
    const sees = (t: number, s: number) =>
      mask === 'causal' ? s <= t + S - T : typeof mask === 'object' ? mask.data[t * S + s] !== 0 : true;
    const exact = attentionOf(q, k, v, heads, scale, sees);
    expect([answer.dots.length, answer.scores.length, answer.weights.length]).toEqual([heads, heads, heads]);
    for (let h = 0; h < heads; ++h) {
      for (let t = 0; t < T; ++t) {
        for (let s = 0; s < S; ++s) {
          const dot = dotOf(row(q, t, h * 4, 4), row(k, s, h * 4, 4));
          expect(Math.abs(at(answer.dots[h] as Matrix, t, s) - dot.value)).toBeLessThanOrEqual(dot.bound);
          expect(at(answer.scores[h] as Matrix, t, s)).toBeCloseTo(dot.value * scale, 5);
          expect(at(answer.weights[h] as Matrix, t, s)).toBeCloseTo(exact.weights[h]?.[t]?.[s] as number, 6);
        }
      }
    }
    expect(answer.output).toMatchObject({ rows: T, columns: heads * 3 });
    for (let t = 0; t < T; ++t)
      for (let i = 0; i < heads * 3; ++i) expect(at(answer.output, t, i)).toBeCloseTo(exact.output[t]?.[i] as number, 5);
  });

  test('every output leads down to queries, keys and values, and what was given may change afterwards', async () => {
    const pick = uniforms(9);
    const [q, k, v] = [matrix(3, 8, 4), matrix(4, 8, 5), matrix(4, 6, 6)];
    const answer = await held.lab.attention(q, k, v, { heads: 2, mask: 'causal' });
    for (const given of [q, k, v]) given.data.fill(0);
    const ends = new Set<string>();
    for (let n = 0; n < 30; ++n) {
      const i = n % 6;
      const address = `attention/output[2,${i}]`;
      expect((await answer.explain(address)).result).toBe(at(answer.output, 2, i));
      const trail = await toTheGround(answer, address, () => (pick() + 1) / 2);
      ends.add((trail.at(-1) as string).replace(/\[.*/, ''));
    }
    expect(ends).toContain('attention/value');
    expect([...ends].some((end) => end === 'attention/query' || end === 'attention/key')).toBe(true);
  });

  test('what the mask hides says so', async () => {
    const answer = await held.lab.attention(matrix(2, 2, 1), matrix(2, 2, 2), matrix(2, 2, 3), { mask: 'causal' });
    const hidden = await answer.explain('attention/H1/weight[0,1]');
    expect([hidden.result, hidden.formula]).toEqual([0, '0, for key 2 comes after query 1']);
    expect((await refusal(answer.explain('attention/H1/gap[0,1]'))).message).toContain('key 2 comes after query 1');
    expect((await refusal(answer.explain('attention/dot[0,0]'))).message).toContain('in which head');
    expect((await refusal(answer.explain('attention/H2/dot[0,0]'))).code).toBe('unknown-address');
    expect((await refusal(answer.explain(7 as unknown as string))).code).toBe('bad-option');
  });

  test('beyond four million weights only the output is given', async () => {
    const [q, k, v] = [matrix(2050, 2, 1), matrix(2048, 2, 2), matrix(2048, 1, 3)];
    const answer = await held.lab.attention(q, k, v, { scale: 2 });
    expect([answer.dots, answer.scores, answer.weights]).toEqual([[], [], []]);
    const scores = Array.from({ length: 2048 }, (_, s) => 2 * dotOf(row(q, 77), row(k, s)).value);
    const expected = softmaxOf(scores, () => true).reduce((sum, w, s) => sum + w * at(v, s, 0), 0);
    expect(at(answer.output, 77, 0)).toBeCloseTo(expected, 5);
    expect((await refusal(answer.explain('attention/output[0,0]'))).code).toBe('out-of-range');
  });

  test('it goes on explaining after the worker was started anew', async () => {
    const answer = await held.lab.attention(matrix(2, 2, 1), matrix(2, 2, 2), matrix(2, 2, 3));
    held.lab.client.kill();
    expect((await answer.explain('attention/H1/dot[1,1]')).result).toBe(answer.dots[0]?.data[3]);
  });

  test('shapes, heads, masks and numbers that cannot be are refused', async () => {
    const { lab } = held;
    const [q, k, v] = [matrix(2, 4, 1), matrix(3, 4, 2), matrix(3, 6, 3)];
    const codes = async (calls: Promise<unknown>[]) => Promise.all(calls.map(async (call) => (await refusal(call)).code));
    expect(
      await codes([
        lab.attention(q, matrix(3, 5, 1), v),
        lab.attention(q, k, matrix(2, 6, 1)),
        lab.attention(q, k, v, { mask: { rows: 3, columns: 2, data: [1, 1, 1, 1, 1, 1] } }),
      ]),
    ).toEqual(['length-mismatch', 'length-mismatch', 'length-mismatch']);
    expect(
      await codes([lab.attention(q, k, v, { heads: 3 }), lab.attention(q, k, v, { heads: 4 }), lab.attention(q, k, v, { heads: 0 })]),
    ).toEqual(['out-of-range', 'out-of-range', 'out-of-range']);
    expect((await refusal(lab.attention(q, k, v, { heads: 4 }))).message).toContain('6 columns of value');
    expect(await codes([lab.attention(q, k, v, { mask: 'past' as 'causal' })])).toEqual(['bad-option']);
    expect(await codes([lab.attention(q, k, v, { scale: Number.NaN }), lab.attention(q, k, v, { scale: 1e39 })])).toEqual([
      'not-finite',
      'not-finite',
    ]);
    expect(await codes([lab.attention(q, k, v, { scale: '1' as unknown as number })])).toEqual(['not-numbers']);
    const large = { rows: 1, columns: 1, data: [1e30] };
    expect(await codes([lab.attention(large, large, large), lab.attention({ ...large, data: [Number.NaN] }, large, large)])).toEqual([
      'not-finite',
      'not-finite',
    ]);
    expect(await codes([lab.attention([1, 2] as never, k, v), lab.attention(q, k, { rows: 3, columns: 6, data: [1] })])).toEqual([
      'bad-shape',
      'bad-shape',
    ]);
  });
});

describe('self-attention', () => {
  const x = matrix(4, 5, 1);
  const weights = { query: matrix(5, 6, 2), key: matrix(5, 6, 3), value: matrix(5, 4, 4), output: matrix(4, 3, 5) };
  const product = (a: Matrix, b: Matrix): Matrix => ({
    rows: a.rows,
    columns: b.columns,
    data: Float32Array.from({ length: a.rows * b.columns }, (_, n) => {
      const [r, c] = [Math.floor(n / b.columns), n % b.columns];
      return dotOf(
        row(a, r),
        Array.from({ length: b.rows }, (_, i) => at(b, i, c)),
      ).value;
    }),
  });
  const close = (a: Matrix, b: Matrix) => {
    expect([a.rows, a.columns]).toEqual([b.rows, b.columns]);
    for (const [n, value] of b.data.entries()) expect(a.data[n]).toBeCloseTo(value, 5);
  };

  test('is attention of the rows times their matrices', async () => {
    const answer = await held.lab.selfAttention(x, weights, { heads: 2, mask: 'causal' });
    close(answer.query, product(x, weights.query));
    close(answer.key, product(x, weights.key));
    close(answer.value, product(x, weights.value));
    close(answer.projected, product(answer.output, weights.output));
    const alone = await held.lab.attention(answer.query, answer.key, answer.value, { heads: 2, mask: 'causal' });
    expect(alone.output).toEqual(answer.output);
    expect(alone.weights).toEqual(answer.weights);
    const { output: _, ...open } = weights;
    const plain = await held.lab.selfAttention(x, open, { heads: 2, mask: 'causal' });
    expect(plain.projected).toEqual(plain.output);
  });

  test('what leaves it leads down to rows and matrices', async () => {
    const answer = await held.lab.selfAttention(x, weights, { heads: 2 });
    const pick = uniforms(3);
    const ends = new Set<string>();
    for (let n = 0; n < 30; ++n) {
      expect((await answer.explain(`attention/projected[3,${n % 3}]`)).result).toBe(at(answer.projected, 3, n % 3));
      const trail = await toTheGround(answer, `attention/projected[3,${n % 3}]`, () => (pick() + 1) / 2);
      ends.add((trail.at(-1) as string).replace(/\[.*/, ''));
    }
    for (const end of ends) expect(end).toMatch(/^attention\/(x|(query|key|value|output)_weights)$/);
    expect(ends.size).toBeGreaterThan(2);
  });

  test('matrices that do not fit are refused', async () => {
    const wrong = { ...weights, key: matrix(4, 6, 1) };
    expect((await refusal(held.lab.selfAttention(x, wrong))).message).toContain('key matrix is 4 × 6');
    expect((await refusal(held.lab.selfAttention(x, undefined as never))).code).toBe('bad-option');
    expect((await refusal(held.lab.selfAttention(x, { ...weights, query: undefined as never }))).message).toContain('weights.query');
  });
});

describe('random dots', () => {
  test('grow as the root of the dimensions; a pair is made again by itself', async () => {
    const answer = await held.lab.randomDots({ dimensions: 64, pairs: 5000, seed: 3 });
    expect(answer.dots.length).toBe(5000);
    expect(answer.rootMeanSquare / 8).toBeCloseTo(1, 1);
    expect(answer.meanMagnitude / Math.sqrt(128 / Math.PI)).toBeCloseTo(1, 1);
    const squares = answer.dots.reduce((sum, x) => sum + x * x, 0);
    expect(answer.rootMeanSquare).toBeCloseTo(Math.sqrt(squares / 5000), 5);
    const { query, key } = await answer.pair(4321);
    expect(Math.abs((answer.dots[4321] as number) - dotOf(query, key).value)).toBeLessThanOrEqual(dotOf(query, key).bound);
    const again = await held.lab.randomDots({ dimensions: 64, pairs: 10, seed: 3 });
    expect(again.dots).toEqual(answer.dots.slice(0, 10));
    expect((await held.lab.randomDots({ dimensions: 64, pairs: 10, seed: 4 })).dots).not.toEqual(again.dots);
    const longer = await (await held.lab.randomDots({ dimensions: 70, pairs: 1, seed: 3 })).pair(0);
    expect(longer.query.slice(0, 64)).toEqual((await answer.pair(0)).query);
  });

  test('unfold: a dot product to what was drawn, the root mean square to all of them', async () => {
    const answer = await held.lab.randomDots({ dimensions: 7, pairs: 40, seed: 1 });
    const root = await answer.explain('random/root_mean_square');
    expect(root.result).toBe(answer.rootMeanSquare);
    expect((await answer.explain('random/mean_magnitude')).result).toBe(answer.meanMagnitude);
    expect((await answer.explain('random/square_sum')).operands[0]?.values).toEqual(answer.dots);
    answer.dots.fill(0); // what a caller does to the answer changes no explanation
    const trail = await toTheGround(answer, 'random/root_mean_square', () => 0.3);
    expect(trail.slice(0, 4)).toEqual(['random/root_mean_square', 'random/mean_square', 'random/square_sum', 'random/dot[24]']);
    expect(trail.at(-1)).toMatch(/^random\/(query|key)\[24,\d\]$/);
  });

  test('other questions are answered in between, and it can be stopped', async () => {
    const stop = new AbortController();
    const long = refusal(held.lab.randomDots({ dimensions: 4096, pairs: 50_000, seed: 1, signal: stop.signal }));
    expect(await held.lab.dot([1, 2], [3, 4])).toBe(11);
    stop.abort();
    expect((await long).code).toBe('aborted');
  });

  test('counts beyond what is allowed are refused', async () => {
    const { lab } = held;
    for (const options of [
      { dimensions: 0, pairs: 1, seed: 1 },
      { dimensions: 16_385, pairs: 1, seed: 1 },
      { dimensions: 1, pairs: 100_001, seed: 1 },
      { dimensions: 1, pairs: 1.5, seed: 1 },
      { dimensions: 16_384, pairs: 16_385, seed: 1 },
      { dimensions: 1, pairs: 1, seed: -1 },
      undefined as never,
    ])
      expect((await refusal(lab.randomDots(options))).code).toBe('out-of-range');
    const few = await lab.randomDots({ dimensions: 1, pairs: 1, seed: 1 });
    expect((await refusal(few.pair(1))).code).toBe('out-of-range');
    expect((await refusal(few.explain('random/dot[1]'))).code).toBe('unknown-address');
  });
});

describe('a row of softmax', () => {
  test('weights, and how fast they follow their scores', async () => {
    const scores = [1, 2, 0.5, 2];
    const answer = await held.lab.softmaxRow(scores, { scale: 3 });
    const exact = softmaxOf(
      scores.map((x) => 3 * x),
      () => true,
    );
    expect(answer.scale).toBe(3);
    expect([...answer.scaled]).toEqual([3, 6, 1.5, 6]);
    for (const [i, p] of exact.entries()) {
      expect(answer.weights[i]).toBeCloseTo(p, 6);
      expect(answer.slopes[i]).toBeCloseTo(p * (1 - p), 6);
      expect((await answer.explain(`softmax/slope[${i}]`)).result).toBe(answer.slopes[i]);
      await toTheGround(answer, `softmax/slope[${i}]`, () => 0.1);
    }
    // A small step of a scaled score moves its weight by the slope.
    const step = 1 / 256;
    const moved = await held.lab.softmaxRow([3 + step, 6, 1.5, 6]);
    const slope = ((moved.weights[0] as number) - (answer.weights[0] as number)) / step;
    expect(Math.abs(slope / (answer.slopes[0] as number) - 1)).toBeLessThan(0.01);
  });

  test('far apart, one weight is 1 and all slopes are 0', async () => {
    const answer = await held.lab.softmaxRow([0, 400, -1e30]);
    expect([...answer.weights]).toEqual([0, 1, 0]);
    expect([...answer.slopes]).toEqual([0, 0, 0]);
  });

  test('what cannot be is refused', async () => {
    const { lab } = held;
    expect((await refusal(lab.softmaxRow([]))).code).toBe('empty-vector');
    expect((await refusal(lab.softmaxRow([1, Number.POSITIVE_INFINITY]))).code).toBe('not-finite');
    expect((await refusal(lab.softmaxRow([1, 1e30], { scale: 1e30 }))).message).toContain('scores[1]');
    expect((await refusal(lab.softmaxRow(['1'] as never))).code).toBe('not-numbers');
    expect((await refusal((await lab.softmaxRow([1])).explain('softmax/weight[1]'))).code).toBe('unknown-address');
  });
});
