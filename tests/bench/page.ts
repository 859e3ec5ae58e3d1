// The page of the benchmark: every contestant, every case, one after another. scripts/bench.mjs opens it and calls `bench`.
import { CASES } from '../../web/bench/cases.ts';
import { openLimits } from '../../web/bench/limits.ts';
import { plain } from '../../web/bench/plain.ts';
import { BINARIES } from '../../web/bench/report.ts';
import { QUICK, THOROUGH } from '../../web/bench/rounds.ts';
import { runCases } from '../../web/bench/run.ts';
import type { Contestant, Measured } from '../../web/bench/types.ts';
import { hnswlib } from './contestants/hnswlib.ts';
import { onnx } from './contestants/onnx.ts';
import { tfjs } from './contestants/tfjs.ts';
import { vectorLibraries } from './contestants/vectors.ts';

export interface Options {
  quick: boolean;
  /** Only cases whose name holds this. */
  only: string;
  /** Of those libraries that do not know their own. */
  versions: { 'ml-distance': string; mathjs: string; 'hnswlib-wasm': string };
  /** Hears of every case that is done. */
  onCase(measured: Measured): void | Promise<void>;
}

/** Our engine, its code loaded anew for each binary. */
async function engines(): Promise<Contestant[]> {
  const loaded = BINARIES.map(async (binary) => {
    const address = `./ours.js?${binary}`;
    const { ours } = (await import(address)) as typeof import('../../web/bench/ours.ts');
    return ours(binary, './');
  });
  return Promise.all(loaded);
}

export async function bench({ quick, only, versions, onCase }: Options): Promise<void> {
  const limits = openLimits(async (binary) => (await fetch(`limits.${binary}.wasm`)).arrayBuffer());
  const contestants = [
    ...(await engines()),
    plain(),
    await tfjs(),
    onnx(),
    await hnswlib(versions['hnswlib-wasm']),
    ...vectorLibraries(versions),
  ];
  const cases = CASES.filter(({ name }) => name.includes(only));
  await runCases({ cases, contestants, limits, plan: quick ? QUICK : THOROUGH, onCase });
}

Object.assign(globalThis, { bench });
