// Word vectors: own ones against plain arithmetic, the shipped ones as lessons use them, and what goes wrong.
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { loadLab } from '../../../web/engine/index.ts';
import type { AnalogyQuestion, BenchmarkProgress, Vectors } from '../../../web/engine/types.ts';
import { cosineOf, refusal, sharedLab, toyRows, toyWords, vector } from './support.ts';

const held = sharedLab();
const file = readFileSync(new URL('../../../lessons/data/words/words.bin.gz', import.meta.url));
const toy = () => held.lab.vectorsFrom(toyWords, toyRows);

/** Random vectors under the names w0, w1 …, and their rows. */
async function random(count: number, dimensions: number) {
  const rows = Array.from({ length: count }, (_, i) => vector(dimensions, i + 1));
  const names = rows.map((_, i) => `w${i}`);
  const data = Float32Array.from(rows.flatMap((row) => [...row]));
  return { names, rows, vectors: await held.lab.vectorsFrom(names, { rows: count, columns: dimensions, data }) };
}

describe('vectors of one’s own', () => {
  test('hold what was given', async () => {
    const { vectors, rows, names } = await random(50, 20);
    expect([vectors.size, vectors.dimensions]).toEqual([50, 20]);
    expect(await vectors.words()).toEqual(names);
    expect(await vectors.vector('w7')).toEqual(rows[7]);
    const unit = await vectors.unit('w7');
    expect(cosineOf(unit, rows[7] as Float32Array)).toBeCloseTo(1, 6);
    expect(Math.hypot(...unit)).toBeCloseTo(1, 6);
    expect(await vectors.similarity('w1', 'w2')).toBeCloseTo(cosineOf(rows[1] as Float32Array, rows[2] as Float32Array), 5);
    await vectors.dispose();
  });

  test('nearest is sorting by cosine', async () => {
    const { vectors, rows, names } = await random(200, 16);
    const ranked = (to: Float32Array, without?: string) =>
      names
        .map((word, i) => ({ word, score: cosineOf(to, rows[i] as Float32Array) }))
        .filter(({ word }) => word !== without)
        .sort((p, q) => q.score - p.score);
    for (const [found, expected] of [
      [await vectors.nearest('w3', { count: 12 }), ranked(rows[3] as Float32Array, 'w3')],
      [await vectors.nearest(vector(16, 999), { count: 12 }), ranked(vector(16, 999))],
    ] as const) {
      expect(found.map(({ word }) => word)).toEqual(expected.slice(0, 12).map(({ word }) => word));
      expect(found.map(({ rank }) => rank)).toEqual(found.map((_, i) => i + 1));
      for (const [i, { score }] of found.entries()) expect(score).toBeCloseTo(expected[i]?.score as number, 5);
    }
    expect(await vectors.nearest('w0')).toHaveLength(10);
    expect(await vectors.nearest('w0', { count: 1000 })).toHaveLength(199);
    await vectors.dispose();
  });

  test('words are matched without regard to case or to spaces around them', async () => {
    const vectors = await toy();
    expect(await Promise.all(['King', ' king ', 'KING', 'kong', '', '  '].map((word) => vectors.has(word)))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(await vectors.vector(' QUEEN')).toEqual(await vectors.vector('queen'));
    await vectors.dispose();
  });

  test('an analogy carries its intermediates', async () => {
    const vectors = await toy();
    const answer = await vectors.analogy({ plus: ['king', 'woman'], minus: ['man'], count: 3 });
    expect(answer.terms).toEqual([
      { word: 'king', sign: 1 },
      { word: 'man', sign: -1 },
      { word: 'woman', sign: 1 },
    ]);
    expect(answer.expression).toBe('king-man+woman');
    expect(answer.neighbors[0]).toMatchObject({ word: 'queen', rank: 1 });
    expect(answer.excluded.map(({ word }) => word)).toEqual(['king', 'man', 'woman']);
    const [king, man, woman, queen] = await Promise.all(['king', 'man', 'woman', 'queen'].map((word) => vectors.unit(word)));
    const sum = (king as Float32Array).map((x, i) => x - (man?.[i] as number) + (woman?.[i] as number));
    expect(answer.length).toBeCloseTo(Math.hypot(...sum), 6);
    expect(answer.neighbors[0]?.score).toBeCloseTo(cosineOf(sum, queen as Float32Array), 6);
    const partials = answer.neighbors[0]?.partials as number[];
    expect((partials[0] as number) - (partials[1] as number) + (partials[2] as number)).toBeCloseTo(
      (answer.neighbors[0]?.score as number) * answer.length,
      5,
    );
    const unfolded = await vectors.explain(`words/score[${answer.expression}|queen]`);
    expect(unfolded.result).toBeCloseTo(answer.neighbors[0]?.score as number, 6);
    const kept = await vectors.analogy({ plus: ['king', 'woman'], minus: ['man'], keepQuestion: true });
    expect(kept.excluded).toEqual([]);
    expect((await vectors.analogy({ plus: ['king', 'woman'], minus: ['man'], method: 'mul' })).method).toBe('mul');
    await vectors.dispose();
  });

  test('a plane has axes at right angles and points that are dot products', async () => {
    const vectors = await toy();
    const words = ['king', 'queen', 'man', 'woman'];
    const { points, axes, explained } = await vectors.plane({ words });
    expect([points.length, axes.length]).toEqual([8, 8]);
    const [first, second] = [axes.slice(0, 4), axes.slice(4)];
    expect([Math.hypot(...first), Math.hypot(...second)]).toEqual([expect.closeTo(1, 5), expect.closeTo(1, 5)]);
    expect(cosineOf(first, second)).toBeCloseTo(0, 5);
    const units = await Promise.all(words.map((word) => vectors.unit(word)));
    const mean = first.map((_, d) => units.reduce((sum, unit) => sum + (unit[d] as number), 0) / 4);
    for (const [i, unit] of units.entries()) {
      const x = unit.reduce((sum, value, d) => sum + (value - (mean[d] as number)) * (first[d] as number), 0);
      expect(points[2 * i]).toBeCloseTo(x, 5);
    }
    expect(explained[0]).toBeGreaterThanOrEqual(explained[1]);
    expect(explained[0] + explained[1]).toBeLessThanOrEqual(1.00001);
    await vectors.dispose();
  });

  test.each([
    ['length-mismatch', () => held.lab.vectorsFrom(['a'], { rows: 2, columns: 1, data: [1, 2] })],
    ['bad-shape', () => held.lab.vectorsFrom(['a'], { rows: 1, columns: 2, data: [1] })],
    ['not-finite', () => held.lab.vectorsFrom(['a'], { rows: 1, columns: 2, data: [1, Number.NaN] })],
    ['zero-vector', () => held.lab.vectorsFrom(['a'], { rows: 1, columns: 2, data: [0, 0] })],
    ['duplicate-word', () => held.lab.vectorsFrom(['a', 'a'], { rows: 2, columns: 1, data: [1, 2] })],
    ['bad-word', () => held.lab.vectorsFrom(['a', ''], { rows: 2, columns: 1, data: [1, 2] })],
    ['bad-word', () => held.lab.vectorsFrom([''], { rows: 1, columns: 1, data: [1] })],
    ['bad-option', () => held.lab.vectorsFrom(['a\nb'], { rows: 1, columns: 1, data: [1] })],
    ['bad-option', () => held.lab.vectorsFrom('ab' as never, { rows: 2, columns: 1, data: [1, 2] })],
  ])('cannot be made wrongly: %s', async (code, make) => {
    expect((await refusal(make())).code).toBe(code);
  });
});

describe('asked wrongly', () => {
  const asks: [string, (vectors: Vectors) => Promise<unknown>][] = [
    ['unknown-word', (v) => v.vector('kinga')],
    ['unknown-word', (v) => v.unit('')],
    ['unknown-word', (v) => v.similarity('king', 'quen')],
    ['unknown-word', (v) => v.nearest('zzz')],
    ['unknown-word', (v) => v.analogy({ plus: ['king', 'womann'], minus: [] })],
    ['unknown-word', (v) => v.plane({ words: ['king', 'man', 'x'] })],
    ['unknown-word', (v) => v.explain('words/norm[quean]')],
    ['unknown-address', (v) => v.explain('words/nothing[king]')],
    ['unknown-address', (v) => v.explain('')],
    ['bad-option', (v) => v.vector(undefined as never)],
    ['bad-option', (v) => v.vector('a\nb')],
    ['bad-option', (v) => v.has(7 as never)],
    ['not-numbers', (v) => v.nearest(undefined as never)],
    ['length-mismatch', (v) => v.nearest([1, 2])],
    ['not-finite', (v) => v.nearest([1, 2, 3, Number.NaN])],
    ['zero-vector', (v) => v.nearest([0, 0, 0, 0])],
    ['out-of-range', (v) => v.nearest('king', { count: 0 })],
    ['out-of-range', (v) => v.nearest('king', { count: '7' as never })],
    ['unknown-word', (v) => v.analogy({ plus: [''], minus: [] })],
    ['out-of-range', (v) => v.analogy({ plus: ['king'], minus: [], count: 2.5 })],
    ['bad-option', (v) => v.analogy({ plus: [], minus: [] })],
    ['bad-option', (v) => v.analogy(undefined as never)],
    ['bad-option', (v) => v.analogy({ plus: 'king', minus: [] } as never)],
    ['bad-option', (v) => v.analogy({ plus: ['king'], minus: [], method: 'cos' as never })],
    ['zero-vector', (v) => v.analogy({ plus: ['king'], minus: ['king'] })],
    ['out-of-range', (v) => v.plane({ words: ['king', 'man'] })],
    ['bad-option', (v) => v.plane({ words: 'king' as never })],
    ['bad-option', (v) => v.benchmark('x' as never)],
    ['bad-option', (v) => v.benchmark([{ name: 'x', questions: [['a', 'b', 'c'] as never] }])],
    ['bad-option', (v) => v.benchmark([{ questions: [] } as never])],
  ];
  test('gives the right code, and nothing breaks', async () => {
    const vectors = await toy();
    for (const [code, ask] of asks) {
      const error = await refusal(ask(vectors));
      expect(error.code, String(ask)).toBe(code);
      expect(error.message).toMatch(/[.?]$/);
    }
    expect((await refusal(vectors.nearest('quen'))).detail.split(',')).toContain('queen');
    expect(await vectors.similarity('king', 'king')).toBeCloseTo(1, 6);
    await vectors.dispose();
    expect((await refusal(vectors.vector('king'))).code).toBe('disposed');
  });
});

describe('the shipped vectors', () => {
  test('are loaded once, with progress, and shared', async () => {
    const seen: [number, number][] = [];
    const [first, second] = await Promise.all([
      held.lab.vectors('words', { onProgress: (loaded, total) => seen.push([loaded, total]) }),
      held.lab.vectors('words'),
    ]);
    expect(first).toBe(second);
    expect(seen.at(-1)).toEqual([file.length, file.length]);
    expect(first.size).toBeGreaterThanOrEqual(10_000);
    expect((await first.words())[0]).toBe('the');
  });

  test('know that king − man + woman is queen, and can show why', async () => {
    const words = await held.lab.vectors('words');
    const { neighbors, expression } = await words.analogy({ plus: ['king', 'woman'], minus: ['man'], count: 5 });
    expect(neighbors[0]?.word).toBe('queen');
    for (const address of [
      `words/score[${expression}|queen]`,
      `words/partials[${expression}|queen]`,
      'words/cosine[king,queen]',
      'words/vector[king][0]',
    ]) {
      const { check, result } = await words.explain(address);
      expect(check.difference).toBeLessThanOrEqual(check.bound);
      expect(Math.abs(result - check.value)).toBeLessThanOrEqual(check.bound);
    }
    expect(await words.similarity('king', 'queen')).toBeGreaterThan((await words.similarity('king', 'bicycle')) + 0.2);
  });

  test('may be given as bytes, compressed or not; damaged ones are refused, and the next call tries again', async () => {
    for (const [bytes, code] of [
      [file, ''],
      [gunzipSync(file), ''],
      [file.subarray(0, 5000), 'bad-file'],
      [gzipSync(gunzipSync(file).subarray(0, 50_000)), 'bad-file'],
      [gzipSync('not word vectors'), 'bad-file'],
      [new Uint8Array(0), 'bad-file'],
    ] as const) {
      const lab = await loadLab({ files: { words: bytes } });
      if (code === '') expect((await lab.vectors('words')).dimensions).toBeGreaterThan(10);
      else for (const _ of [1, 2]) expect((await refusal(lab.vectors('words'))).code).toBe(code);
      expect(await lab.dot([1], [2])).toBe(2);
      lab.dispose();
    }
  });

  test('can be let go and loaded anew', async () => {
    const lab = await loadLab();
    const first = await lab.vectors('words');
    const { usedBytes } = await lab.memory();
    await first.dispose();
    expect((await lab.memory()).usedBytes).toBeLessThan(usedBytes - 4 * first.size * first.dimensions);
    const second = await lab.vectors('words');
    expect(second).not.toBe(first);
    expect(second.size).toBe(first.size);
    lab.dispose();
  });

  test('a load can be stopped, and others who wait for it are not', async () => {
    const lab = await loadLab();
    const controller = new AbortController();
    const [stopped, other] = [lab.vectors('words', { signal: controller.signal }), lab.vectors('words')];
    controller.abort();
    expect((await refusal(stopped)).code).toBe('aborted');
    expect((await other).size).toBeGreaterThan(0);
    expect((await refusal(lab.vectors('words', { signal: AbortSignal.abort() }))).code).toBe('aborted');
    lab.dispose();
    const alone = await loadLab();
    const only = alone.vectors('words', { signal: AbortSignal.timeout(0) });
    expect((await refusal(only)).code).toBe('aborted');
    expect((await alone.vectors('words')).size).toBeGreaterThan(0);
    alone.dispose();
  });
});

describe('the benchmark', () => {
  test('counts as one counts by hand', async () => {
    const vectors = await toy();
    const questions: AnalogyQuestion[] = [
      ['man', 'king', 'woman', 'queen'],
      ['King', 'MAN', 'queen', 'Woman'],
      ['man', 'king', 'woman', 'pear'],
      ['man', 'king', 'nobody', 'queen'],
    ];
    const sections = [
      { name: 'royal', questions },
      { name: 'empty', questions: [] },
    ];
    const result = await vectors.benchmark(sections);
    expect(result).toMatchObject({ correct: 2, seen: 3, skipped: 1 });
    expect(result.sections[0]).toEqual({
      name: 'royal',
      correct: 2,
      seen: 3,
      skipped: 1,
      wrong: [{ question: questions[2], answer: 'queen' }],
    });
    expect(result.sections[1]).toEqual({ name: 'empty', correct: 0, seen: 0, skipped: 0, wrong: [] });
    await vectors.dispose();
  });

  test('agrees with one analogy after the other', async () => {
    const words = await held.lab.vectors('words');
    const list = [
      'man',
      'king',
      'woman',
      'queen',
      'paris',
      'france',
      'rome',
      'italy',
      'good',
      'better',
      'bad',
      'worse',
      'dog',
      'dogs',
      'cat',
      'cats',
    ];
    const questions = Array.from({ length: 20 }, (_, i) =>
      [0, 1, 2, 3].map((k) => list[(i * 5 + k * 3) % list.length]),
    ) as AnalogyQuestion[];
    for (const method of ['add', 'mul'] as const) {
      for (const keepQuestion of [false, true]) {
        let correct = 0;
        for (const [a, b, c, d] of questions) {
          const { neighbors } = await words.analogy({ plus: [b, c], minus: [a], count: 1, method, keepQuestion });
          if (neighbors[0]?.word === d) ++correct;
        }
        expect((await words.benchmark([{ name: 'mixed', questions }], { method, keepQuestion })).correct).toBe(correct);
      }
    }
  });

  test('reports progress, lets other questions in, and can be stopped', async () => {
    const words = await held.lab.vectors('words');
    const questions = Array.from({ length: 5000 }, () => ['man', 'king', 'woman', 'queen'] as AnalogyQuestion);
    const controller = new AbortController();
    const progress: BenchmarkProgress[] = [];
    let between = 0;
    const run = words.benchmark([{ name: 'long', questions }], {
      signal: controller.signal,
      onProgress: (state) => {
        progress.push(state);
        if (state.done > 1500) controller.abort();
      },
    });
    void held.lab.dot([1], [2]).then(() => {
      between = progress.length;
    });
    expect((await refusal(run)).code).toBe('aborted');
    expect(between).toBeLessThan(3);
    expect(progress[0]).toMatchObject({ total: 5000, sections: [{ name: 'long' }] });
    expect(progress.every(({ done }, i) => i === 0 || done > (progress[i - 1]?.done as number))).toBe(true);
    const seen = progress.length;
    await words.similarity('king', 'queen');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(progress.length).toBe(seen);
  });
});
