// Taking times, fairly: everybody warmed up, everybody in every round, and another one first each time.
import type { Prepared, Timings } from './types.ts';

export interface Plan {
  rounds: number;
  /** One contestant's turn in a round takes about this long: browsers' clocks tick every 0.1 ms. */
  turnMs: number;
  /** Before the first round each contestant runs for this long, so that its code is compiled fully. */
  warmUpMs: number;
}

export const THOROUGH: Plan = { rounds: 25, turnMs: 20, warmUpMs: 300 };
export const QUICK: Plan = { rounds: 7, turnMs: 8, warmUpMs: 100 };

export interface Entry {
  name: string;
  prepared: Prepared;
}

/** Where checksums end, so that no result is for nothing. */
export let checksum = 0;

async function time(prepared: Prepared, times: number): Promise<number> {
  const begun = performance.now();
  checksum += await prepared.run(times);
  return performance.now() - begun;
}

/**
 * How many answers fill a turn; finding out is the warm-up. The least of three times counts, for a busy machine makes some of them
 * long, and turns that came out too short would be beneath the clock.
 */
async function calibrate(prepared: Prepared, { turnMs, warmUpMs }: Plan): Promise<number> {
  const end = performance.now() + warmUpMs;
  for (let times = 1; ; ) {
    let ms = await time(prepared, times);
    for (let i = 0; i < 2 && ms < turnMs * 4; ++i) ms = Math.min(ms, await time(prepared, times));
    if (ms < turnMs / 2) times *= 2;
    else if (performance.now() >= end) return Math.max(1, Math.round((times * turnMs) / ms));
  }
}

/** The browser's own work gets its turn between rounds. */
const pause = () => new Promise((resolve) => setTimeout(resolve));

export async function measure(entries: readonly Entry[], plan: Plan): Promise<Timings[]> {
  const turns: { prepared: Prepared; times: number; ns: number[] }[] = [];
  for (const { prepared } of entries) turns.push({ prepared, times: await calibrate(prepared, plan), ns: [] });
  for (let round = 0; round < plan.rounds; ++round) {
    for (let i = 0; i < turns.length; ++i) {
      const turn = turns[(round + i) % turns.length] as (typeof turns)[number];
      turn.ns.push(((await time(turn.prepared, turn.times)) * 1e6) / turn.times);
    }
    await pause();
  }
  return entries.map(({ name }, i) => ({ name, ns: turns[i]?.ns as number[] }));
}
