// A text's way through a transformer, as the figure needs it: tokens, every weight of attention, and the run that explains its numbers.
import type { HeadPlace, StatePatch, TextToken, Transformer, TransformerRun } from '../engine/index.ts';
import { nameOf } from './attention_map.ts';
import { distinct } from './attention_words.ts';
import type { TransformerName } from './transformer_source.ts';
import { type TransformerTrace, weightsOf } from './transformer_trace.ts';

export interface Pass {
  model: TransformerName;
  causal: boolean;
  layers: number;
  heads: number;
  text: string;
  tokens: readonly TextToken[];
  /** How the tokens are called, each apart from the others. */
  names: readonly string[];
  /** Of layer l and head h at [l − 1][h − 1]: T · T numbers, row t being what place t sees. */
  weights: readonly (readonly Float32Array[])[];
  operations: { dot: number; other: number };
  /** What explains the numbers; null where the pass was written down before, and its numbers are rounded. */
  run: TransformerRun | null;
  /** What was written down. */
  trace: TransformerTrace | null;
}

/** A pass that was written down; null where its file is not what it says. */
export function passOfTrace(trace: TransformerTrace): Pass | null {
  const weights = weightsOf(trace);
  if (!weights) return null;
  const { model, causal, layers, heads, text, tokens, operations } = trace;
  return { model, causal, layers, heads, text, tokens, names: distinct(tokens.map(nameOf)), weights, operations, run: null, trace };
}

export async function passOf(
  model: Transformer,
  text: string,
  { ablate, patch }: { ablate?: readonly HeadPlace[]; patch?: readonly StatePatch[] } = {},
): Promise<Pass> {
  const tokens = await model.tokens(text);
  const run = await model.run(tokens, { ablate, patch });
  const [all, operations] = await Promise.all([run.allAttention(), run.operations()]);
  const weights = all.map((layer) => layer.map(({ data }) => data));
  const { causal, layers, heads } = model;
  const names = distinct(tokens.map(nameOf));
  return { model: model.name as TransformerName, causal, layers, heads, text, tokens, names, weights, operations, run, trace: null };
}

/**
 * The passes that stand: one that was made already is not made again, and what nobody needs any more is given back to the engine.
 * Ask it one question after the other.
 */
export class Passes {
  readonly #kept = new Map<string, Pass>();

  /** @param key tells apart what goes into a pass */
  async take(key: string, make: () => Promise<Pass>): Promise<Pass> {
    const pass = this.#kept.get(key) ?? (await make());
    this.#kept.set(key, pass);
    return pass;
  }

  /** Gives back all but these. */
  keep(wanted: readonly (Pass | null)[]): void {
    for (const [key, pass] of this.#kept) {
      if (wanted.includes(pass)) continue;
      this.#kept.delete(key);
      pass.run?.dispose().catch(() => {});
    }
  }
}

/**
 * Where a place of one list of tokens stands in another that differs from it in one stretch. Places inside the stretch belong to the last of
 * the other's.
 */
export function across(from: readonly TextToken[], to: readonly TextToken[], place: number): number {
  const same = (i: number, j: number) => from[i]?.id === to[j]?.id;
  const short = Math.min(from.length, to.length);
  let before = 0;
  while (before < short && same(before, before)) before++;
  let after = 0;
  while (after < short - before && same(from.length - 1 - after, to.length - 1 - after)) after++;
  if (place < before) return place;
  if (place >= from.length - after) return place + to.length - from.length;
  return Math.max(0, to.length - after - 1);
}
