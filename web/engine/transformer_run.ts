// A run of a transformer as the page sees it, and what may be done to one on its way.
import type { Client } from './client.ts';
import { LabError } from './errors.ts';
import { Handle } from './handle.ts';
import type { Guess, HeadAttention, HeadPlace, StatePatch, TextToken, Transformer, TransformerRun } from './transformer_types.ts';
import type { Explanation, Matrix } from './types.ts';
import * as check from './validate.ts';

const DEFAULT_COUNT = 10;
const parts = ['query', 'key', 'value', 'mix'] as const;

export class RemoteRun implements TransformerRun {
  readonly handle: Handle;

  /** @param named what a token is called */
  constructor(
    client: Client,
    handle: number,
    readonly tokens: readonly TextToken[],
    private readonly named: (id: number) => string,
  ) {
    this.handle = new Handle(client, handle, 'This run', 'runClose');
  }

  async logits(): Promise<Matrix> {
    return this.handle.ask('runLogits', {});
  }

  async guesses(place: number, options: { count?: number; temperature?: number } = {}): Promise<Guess[]> {
    const { count = DEFAULT_COUNT, temperature = 1 } = options;
    check.checkInteger(place, 'place', 0, this.tokens.length - 1);
    check.checkInteger(count, 'count', 1, check.MOST);
    check.checkPositive(temperature, 'temperature');
    const guesses = await this.handle.ask('runGuesses', { place, count, temperature });
    return guesses.map(({ id, logit, probability }) => ({ id, text: this.named(id), logit, probability }));
  }

  async attention(layer: number, head: number): Promise<HeadAttention> {
    return this.handle.ask('runAttention', this.place(layer, head));
  }

  async allAttention(): Promise<Matrix[][]> {
    return this.handle.ask('runAllAttention', {});
  }

  async hidden(layer: number): Promise<Matrix> {
    return this.handle.ask('runHidden', { layer: check.checkInteger(layer, 'layer', 0, check.MOST) });
  }

  async head(layer: number, head: number, part: (typeof parts)[number]): Promise<Matrix> {
    return this.handle.ask('runHead', { ...this.place(layer, head), part: parts.indexOf(check.checkOneOf(part, 'part', parts)) });
  }

  async surprise(): Promise<Float32Array> {
    return this.handle.ask('runSurprise', {});
  }

  async operations(): Promise<{ dot: number; other: number }> {
    return this.handle.ask('runOperations', {});
  }

  async explain(address: string): Promise<Explanation> {
    return this.handle.ask('runExplain', { address: check.checkText(address, 'address') });
  }

  dispose(): Promise<void> {
    return this.handle.dispose();
  }

  /** Whole numbers; whether the model has them the engine knows. */
  private place(layer: number, head: number): HeadPlace {
    return { layer: check.checkInteger(layer, 'layer', 1, check.MOST), head: check.checkInteger(head, 'head', 1, check.MOST) };
  }
}

/** Heads to leave out, layer and head of each one after the other. */
export function checkPlaces(places: unknown, { layers, heads }: Pick<Transformer, 'layers' | 'heads'>): Uint32Array<ArrayBuffer> {
  const all = list<HeadPlace>(places, 'ablate', '{layer, head}');
  return Uint32Array.from(
    all.flatMap((one, i) => [
      check.checkInteger(one?.layer, `ablate[${i}].layer`, 1, layers),
      check.checkInteger(one?.head, `ablate[${i}].head`, 1, heads),
    ]),
  );
}

/** Patches: layer and place of each one after the other, and their states. */
export function checkPatches(
  patches: unknown,
  { layers, width }: Transformer,
  places: number,
): { patched: Uint32Array<ArrayBuffer>; states: Float32Array<ArrayBuffer> } {
  const all = list<StatePatch>(patches, 'patch', '{layer, place, state}');
  const states = new Float32Array(all.length * width);
  const patched = all.flatMap((one, i) => {
    const layer = check.checkInteger(one?.layer, `patch[${i}].layer`, 0, layers);
    const place = check.checkInteger(one?.place, `patch[${i}].place`, 0, places - 1);
    const state = check.toFloats(one?.state, `patch[${i}].state`);
    check.checkLength(state, width, `patch[${i}].state`, 'a state of this model');
    check.checkFinite(one.state, `patch[${i}].state`);
    states.set(state, i * width);
    return [layer, place];
  });
  return { patched: Uint32Array.from(patched), states };
}

function list<T>(value: unknown, name: string, form: string): readonly T[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value as T[];
  throw new LabError('bad-option', `${name} is no list. Give a list of ${form}.`);
}
