import { expect, test } from 'vitest';
import { measure } from '../../../web/bench/rounds.ts';

const plan = { rounds: 9, turnMs: 5, warmUpMs: 5, caseMs: 1e6, fewest: 2 };

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
  const timings = await measure([busy('a', 100, log), busy('b', 300, log), busy('c', 200, log)], { ...plan, rounds: 3, turnMs: 4 });
  expect(timings.map(({ name, ns }) => [name, ns.length])).toEqual([
    ['a', 3],
    ['b', 3],
    ['c', 3],
  ]);
  expect(log.slice(-9).join('')).toBe('abcbcacab');
});

test('times are nanoseconds of one answer', async () => {
  const [timing] = await measure([busy('a', 500, [])], { ...plan, rounds: 3 });
  for (const ns of timing?.ns ?? []) expect(ns).toBeGreaterThan(450_000); // longer on a busy machine, never shorter
});

test('slow answers get fewer rounds, but never fewer than is said', async () => {
  const rounds = async (caseMs: number) => (await measure([busy('a', 5000, [])], { ...plan, caseMs }))[0]?.ns.length;
  expect(await rounds(1)).toBe(2);
  expect(await rounds(1e6)).toBe(9);
});

test('it stops when it is told to, and leaves the thread free between turns where it is gentle', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('enough')), 30);
  const log: string[] = [];
  const rounds = measure([busy('a', 100, log), busy('b', 100, log)], { ...plan, rounds: 10_000, caseMs: 1e9, gentle: true }, stop.signal);
  await expect(rounds).rejects.toThrow('enough');
  expect(log.length).toBeLessThan(200);
});

test('a turn that came out too short for the clock grows', async () => {
  let slow = 50; // milliseconds that the first answer is held up by
  const times: number[] = [];
  const prepared = {
    run(count: number) {
      times.push(count);
      for (const end = performance.now() + count * 0.01 + slow; performance.now() < end; );
      slow = 0;
      return 0;
    },
    answer: () => ({ values: new Float32Array(1) }),
    dispose: () => {},
  };
  const [timing] = await measure([{ name: 'a', prepared }], { ...plan, rounds: 3 });
  expect(times.at(-1)).toBeGreaterThanOrEqual(64);
  for (const ns of timing?.ns ?? []) expect(ns).toBeLessThan(100_000);
});
