// The cases one after another: everybody's answer held against double precision, then everybody timed in the same rounds.
import { CASES, type Case } from './cases.ts';
import type { Limits } from './limits.ts';
import { exact, fault } from './reference.ts';
import { BINARIES } from './report.ts';
import { type Entry, measure, type Plan } from './rounds.ts';
import type { Binary, Contestant, Measured, Timings } from './types.ts';

export interface Run {
  cases?: readonly Case[];
  contestants: readonly Contestant[];
  limits: Limits;
  plan: Plan;
  /** Which of our binaries take part; the limits of others are not measured. */
  binaries?: readonly Binary[];
  /** Hears of every case that is done. */
  onCase(measured: Measured): void | Promise<void>;
  signal?: AbortSignal;
}

/** The limits of a case, as entries beside the contestants. Reading is the same for both binaries, and read once. */
function limitEntries(limits: Limits, { limit }: Case, binaries: readonly Binary[]): Promise<Entry[]> {
  if (!limit) return Promise.resolve([]);
  const measured: readonly Binary[] = limit.kind === 'read' ? ['simd128'] : binaries;
  return Promise.all(measured.map(async (binary) => ({ name: `limit ${binary}`, prepared: await limits(limit, binary) })));
}

/** The limits' times, named by binary. */
function splitLimits(timings: Timings[], binaries: readonly Binary[]): { timings: Timings[]; limits: Timings[] } {
  const of = (name: string) => timings.find((one) => one.name === `limit ${name}`);
  return {
    timings: timings.filter(({ name }) => !name.startsWith('limit ')),
    limits: binaries.flatMap((name) => {
      const found = of(name) ?? of('simd128');
      return found ? [{ name, ns: found.ns }] : [];
    }),
  };
}

/** @throws where an answer is wrong; the reason of `signal` once that is aborted */
export async function runCases(run: Run): Promise<void> {
  const { cases = CASES, contestants, limits, plan, binaries = BINARIES, onCase, signal } = run;
  for (const one of cases) {
    const { problem, ...about } = one;
    const operands = problem();
    const right = exact(operands);
    const entries: Entry[] = [];
    const heapBytes: Record<string, number> = {};
    try {
      for (const contestant of contestants) {
        signal?.throwIfAborted();
        const prepared = await contestant.prepare(operands);
        if (!prepared) continue;
        entries.push({ name: contestant.name, prepared });
        const wrong = fault(operands, right, await prepared.answer());
        if (wrong) throw new Error(`${one.name}: ${contestant.name} answers wrongly: ${wrong}`);
        if (prepared.heapBytes) heapBytes[contestant.name] = prepared.heapBytes();
      }
      entries.push(...(await limitEntries(limits, one, binaries)));
      await onCase({ ...about, heapBytes, ...splitLimits(await measure(entries, plan, signal), binaries) });
    } finally {
      for (const { prepared } of entries) await prepared.dispose();
    }
  }
}
