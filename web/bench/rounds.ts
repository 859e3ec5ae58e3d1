// Taking times, fairly: everybody warmed up, everybody in every round, and another one first each time.
import type { Prepared, Timings } from './types.ts';

export interface Plan {
  rounds: number;
  /** One contestant's turn in a round takes about this long: browsers' clocks tick every 0.1 ms. */
  turnMs: number;
  /** Before the first round each contestant runs for this long, so that its code is compiled fully. */
  warmUpMs: number;
  /** Where answers are slow, fewer rounds are taken, so that a case lasts about so long; never fewer than `fewest`. */
  caseMs: number;
  fewest: number;
  /** Whether the browser's own work gets its turn after everybody's, not only between rounds: a page that is looked at stays alive. */
  gentle?: boolean;
}

export const THOROUGH: Plan = { rounds: 25, turnMs: 20, warmUpMs: 300, caseMs: 25_000, fewest: 9 };
export const QUICK: Plan = { rounds: 7, turnMs: 8, warmUpMs: 100, caseMs: 3000, fewest: 3 };

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
async function calibrate(prepared: Prepared, { turnMs, warmUpMs }: Plan): Promise<{ times: number; ms: number }> {
  const end = performance.now() + warmUpMs;
  for (let times = 1; ; ) {
    let ms = await time(prepared, times);
    for (let i = 0; i < 2 && ms < turnMs * 4; ++i) ms = Math.min(ms, await time(prepared, times));
    if (ms < turnMs / 2) times *= 2;
    else if (performance.now() >= end) {
      const fitting = Math.max(1, Math.round((times * turnMs) / ms));
      return { times: fitting, ms: (fitting * ms) / times };
    }
  }
}

/**
 * Nanoseconds of one answer. A machine that was busy while the turn's length was found has made it too short for the clock: it grows.
 */
async function takeTurn(turn: { prepared: Prepared; times: number }, { turnMs }: Plan): Promise<number> {
  for (;;) {
    const ms = await time(turn.prepared, turn.times);
    if (ms >= turnMs / 4) return (ms * 1e6) / turn.times;
    turn.times *= 2;
  }
}

/** The browser's own work gets its turn. */
async function pause(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  signal?.throwIfAborted();
}

/** Everybody's times, round by round. @throws the reason of `signal` once that is aborted */
export async function measure(entries: readonly Entry[], plan: Plan, signal?: AbortSignal): Promise<Timings[]> {
  const turns: { prepared: Prepared; times: number; ms: number; ns: number[] }[] = [];
  for (const { prepared } of entries) {
    turns.push({ prepared, ...(await calibrate(prepared, plan)), ns: [] });
    if (plan.gentle) await pause(signal);
  }
  const ms = turns.reduce((sum, turn) => sum + turn.ms, 0);
  const rounds = Math.min(plan.rounds, Math.max(plan.fewest, Math.floor(plan.caseMs / ms)));
  for (let round = 0; round < rounds; ++round) {
    for (let i = 0; i < turns.length; ++i) {
      const turn = turns[(round + i) % turns.length] as (typeof turns)[number];
      turn.ns.push(await takeTurn(turn, plan));
      if (plan.gentle) await pause(signal);
    }
    await pause(signal);
  }
  return entries.map(({ name }, i) => ({ name, ns: turns[i]?.ns as number[] }));
}
