// What heads tend to look at, through the public interface: on tiny random models against the definitions, and on the models that the
// lessons ship.
import { describe, expect, test } from 'vitest';
import type { HeadScores } from '../../../web/engine/index.ts';
import { refusal } from './support.ts';
import { sharedTiny } from './tiny_models.ts';

const texts = ['The dog ran to the cat. The cat ran.', 'The tree.', 'home and home and home'];
const repeats = { texts: 2, count: 6, seed: 3 };

const shared = sharedTiny();

/** Where place t would look. */
const targets: Record<'previous' | 'next' | 'first' | 'itself' | 'same', (t: number, ids: number[], seen: number) => number[]> = {
  previous: (t) => (t > 1 ? [t - 1] : []),
  next: (t, _, seen) => (t + 1 < seen ? [t + 1] : []),
  first: () => [0],
  itself: (t) => [t],
  same: (t, ids, seen) => ids.map((_, s) => s).filter((s) => s > 0 && s < seen && s !== t && ids[s] === ids[t]),
};

describe.each(['writer', 'reader'] as const)('of the tiny %s', (name) => {
  test('each is the mean weight on places of its kind, beside that of equal attention', async () => {
    const model = shared[name];
    const scores = await model.headScores({ texts, repeats });
    expect(scores.map(({ layer, head }) => [layer, head])).toEqual([1, 2].flatMap((layer) => [1, 2, 3].map((head) => [layer, head])));
    const runs = await Promise.all(texts.map((text) => model.run(text)));
    const maps = await Promise.all(runs.map((run) => run.allAttention()));
    for (const score of scores) {
      for (const [kind, where] of Object.entries(targets)) {
        let [weight, uniform, places] = [0, 0, 0];
        for (const [i, run] of runs.entries()) {
          const ids = run.tokens.map(({ id }) => id);
          const data = maps[i]?.[score.layer - 1]?.[score.head - 1]?.data ?? new Float32Array();
          for (let t = 1; t < ids.length; t++) {
            const seen = model.causal ? t + 1 : ids.length;
            const found = where(t, ids, seen);
            if (found.length === 0) continue;
            weight += found.reduce((sum, s) => sum + (data[t * ids.length + s] ?? 0), 0);
            uniform += found.length / seen;
            places++;
          }
        }
        const got = score[kind as keyof typeof targets];
        expect(got.places).toBe(places);
        expect(got.weight).toBeCloseTo(places ? weight / places : 0, 6);
        expect(got.uniform).toBeCloseTo(places ? uniform / places : 0, 6);
      }
      expect(score.induction.places).toBe(12);
      expect(score.distance.share).toBeLessThan(1);
    }
    await Promise.all(runs.map((run) => run.dispose()));
  });

  test('they follow from texts and seed alone', async () => {
    const once = await shared[name].headScores({ texts, repeats });
    expect(await shared[name].headScores({ texts, repeats })).toEqual(once);
    const other = await shared[name].headScores({ texts, repeats: { ...repeats, seed: 4 } });
    expect(other.map(({ induction }) => induction.weight)).not.toEqual(once.map(({ induction }) => induction.weight));
    const rest = (all: HeadScores[]) => all.map(({ induction: _, ...others }) => others);
    expect(rest(other)).toEqual(rest(once));
  });
});

test('what cannot be measured is refused in words', async () => {
  const { writer } = shared;
  const code = async (options: unknown) => (await refusal(writer.headScores(options as { texts: string[] }))).code;
  expect(await code(undefined)).toBe('bad-option');
  expect(await code({ texts: [] })).toBe('bad-option');
  expect(await code({ texts: [7] })).toBe('bad-option');
  expect(await code({ texts: ['The dog ran to the tree '.repeat(9)] })).toBe('too-long');
  expect(await code({ texts, repeats: { count: 12 } })).toBe('out-of-range');
  expect(await code({ texts, repeats: { texts: 0 } })).toBe('out-of-range');
  expect(await code({ texts, repeats: { seed: 0.5 } })).toBe('out-of-range');
});
