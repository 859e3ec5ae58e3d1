// The page of the benchmark: every contestant, every case, one after another. scripts/bench.mjs opens it and calls `bench`.
import { CASES } from './cases.ts';
import { onnx } from './contestants/onnx.ts';
import { plain } from './contestants/plain.ts';
import { tfjs } from './contestants/tfjs.ts';
import { exact, fault } from './reference.ts';
import { BINARIES } from './report.ts';
import { type Entry, measure, QUICK, THOROUGH } from './rounds.ts';
import type { Contestant, Measured } from './types.ts';

export interface Options {
  quick: boolean;
  /** Only cases whose name holds this. */
  only: string;
  /** Hears of every case that is done. */
  onCase(measured: Measured): void | Promise<void>;
}

/** Our engine, its code loaded anew for each binary. */
async function engines(): Promise<Contestant[]> {
  const loaded = BINARIES.map(async (binary) => {
    const address = `./ours.js?${binary}`;
    const { ours } = (await import(address)) as typeof import('./contestants/ours.ts');
    return ours(binary);
  });
  return Promise.all(loaded);
}

export async function bench({ quick, only, onCase }: Options): Promise<void> {
  const contestants = [...(await engines()), plain(), await tfjs(), onnx()];
  for (const { name, work, unit, target, problem } of CASES.filter((one) => one.name.includes(only))) {
    const operands = problem();
    const right = exact(operands);
    const entries: Entry[] = [];
    try {
      for (const contestant of contestants) {
        const prepared = await contestant.prepare(operands);
        entries.push({ name: contestant.name, prepared });
        const wrong = fault(operands, right, await prepared.answer());
        if (wrong) throw new Error(`${name}: ${contestant.name} answers wrongly: ${wrong}`);
      }
      await onCase({ name, work, unit, target, timings: await measure(entries, quick ? QUICK : THOROUGH) });
    } finally {
      for (const { prepared } of entries) await prepared.dispose();
    }
  }
}

Object.assign(globalThis, { bench });
