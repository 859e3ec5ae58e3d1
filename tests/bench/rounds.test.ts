import { expect, test } from 'vitest';
import { measure } from './rounds.ts';

/** Somebody who keeps the thread busy for so many microseconds an answer, and tells of each turn. */
const busy = (name: string, microseconds: number, log: string[]) => ({
  name,
  prepared: {
    run(times: number) {
      log.push(name);
      for (const end = performance.now() + (times * microseconds) / 1000; performance.now() < end; );
      return times;
    },
    answer: () => ({ values: new Float32Array(1) }),
    dispose: () => {},
  },
});

test('everybody takes part in every round, and another one is first each time', async () => {
  const log: string[] = [];
  const timings = await measure([busy('a', 100, log), busy('b', 300, log), busy('c', 200, log)], { rounds: 3, turnMs: 4, warmUpMs: 5 });
  expect(timings.map(({ name, ns }) => [name, ns.length])).toEqual([
    ['a', 3],
    ['b', 3],
    ['c', 3],
  ]);
  expect(log.slice(-9).join('')).toBe('abcbcacab');
});

test('times are nanoseconds of one answer', async () => {
  const [timing] = await measure([busy('a', 500, [])], { rounds: 3, turnMs: 5, warmUpMs: 5 });
  for (const ns of timing?.ns ?? []) expect(ns).toBeGreaterThan(450_000); // longer on a busy machine, never shorter
});
