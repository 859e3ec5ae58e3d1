// A run of a shipped transformer, written down: what the figure shows of an example before the weights arrive. Its weights of attention
// are rounded to 256 steps and its guesses to a few digits, so it is a picture; the exact numbers come with the model.
import type { Guess, TextToken, Transformer, TransformerRun } from '../engine/index.ts';
import type { TransformerName } from './transformer_source.ts';

/** A file `lessons/data/<model>/traces/<id>.json`, where id is that of an example of `transformer_examples.ts`. */
export interface TransformerTrace {
  model: TransformerName;
  text: string;
  causal: boolean;
  layers: number;
  heads: number;
  tokens: TextToken[];
  /** Base64 of bytes, layer by layer, head by head, row by row: L · H · T · T of them, each a weight times 255, rounded. */
  attention: string;
  /** The eight likeliest at each place, best first. */
  guesses: Guess[][];
  operations: { dot: number; other: number };
}

/** Tokens of a text that is written down at most: a longer one takes a good part of the weights’ own bytes. */
export const mostTraced = 40;

/** As many as the figure lists. */
const kept = 8;
const digits = 3;

/** Writes a run down. `text` is what the run was made of. */
export async function traceOf(model: Transformer, text: string, run: TransformerRun): Promise<TransformerTrace> {
  const weights = (await run.allAttention()).flat();
  const bytes = Uint8Array.from(weights.flatMap(({ data }) => Array.from(data, (weight) => Math.round(255 * weight))));
  const round = (value: number) => Number(value.toPrecision(digits));
  const guesses = await Promise.all(
    run.tokens.map(async (_, place) =>
      (await run.guesses(place, { count: kept })).map(({ id, text, logit, probability }) => ({
        id,
        text,
        logit: round(logit),
        probability: round(probability),
      })),
    ),
  );
  return {
    model: model.name as TransformerName,
    text,
    causal: model.causal,
    layers: model.layers,
    heads: model.heads,
    tokens: run.tokens.map(({ id, text, start, end }) => ({ id, text, start, end })),
    attention: base64(bytes),
    guesses,
    operations: await run.operations(),
  };
}

/** The weights of a trace, 0 to 1: of layer l and head h at [l − 1][h − 1], each [T · T]. A trace of the wrong size gives null. */
export function weightsOf({ layers, heads, tokens, attention }: TransformerTrace): Float32Array[][] | null {
  const size = tokens.length ** 2;
  const bytes = Uint8Array.from(atob(attention), (character) => character.charCodeAt(0));
  if (bytes.length !== layers * heads * size) return null;
  const of = (at: number) => Float32Array.from(bytes.subarray(at * size, (at + 1) * size), (byte) => byte / 255);
  return Array.from({ length: layers }, (_, l) => Array.from({ length: heads }, (_, h) => of(l * heads + h)));
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
