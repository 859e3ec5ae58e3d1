// States of words: texts go through a model in batches, and of each the states of its words are kept.
import { AttentionLab } from './attention_lab.ts';
import { LabError } from './errors.ts';
import { Handle } from './handle.ts';
import type { TextOfWords } from './probe_protocol.ts';
import type { ProbeCalls, WordPlace, WordStates } from './probe_types.ts';
import { RemoteTransformer } from './transformer.ts';
import type { TextToken, Transformer } from './transformer_types.ts';
import * as check from './validate.ts';
import { type PlacedWord, placeWord } from './word_places.ts';
import { type KnownWords, RemoteWordStates } from './word_states.ts';

/** Texts in one question: some ten milliseconds' worth. */
const BATCH = 8;

export class ProbeLab extends AttentionLab implements ProbeCalls {
  async wordStates(
    model: Transformer,
    input: { texts: readonly string[]; words: readonly WordPlace[] },
    options: { onProgress?(done: number, total: number): void; signal?: AbortSignal } = {},
  ): Promise<WordStates> {
    if (!(model instanceof RemoteTransformer))
      throw new LabError('bad-option', 'The model is none of this lab. Load one with lab.transformer("reader").');
    const { texts, words } = checkInput(input);
    const { onProgress, signal } = options ?? {};
    const placed: PlacedWord[] = [];
    const states = new Handle(this.client, await model.openStates(), 'This set of states', 'statesClose');
    try {
      for (let from = 0; from < texts.length; from += BATCH) {
        const batch: TextOfWords[] = [];
        for (let s = from; s < Math.min(from + BATCH, texts.length); ++s)
          batch.push(await placeText(model, texts[s] as string, s, words[s] ?? [], placed));
        await states.ask('statesAdd', { texts: batch }, { signal });
        onProgress?.(Math.min(from + BATCH, texts.length), texts.length);
      }
    } catch (error) {
      await states.dispose();
      throw error;
    }
    return new RemoteWordStates(this.client, states.value, describe(model, texts, words.flat(), placed));
  }
}

interface NamedWord extends WordPlace {
  /** What it is called in messages. */
  name: string;
}

/** The texts, and the words of each. */
function checkInput(input: { texts: readonly string[]; words: readonly WordPlace[] }): { texts: string[]; words: NamedWord[][] } {
  if (!Array.isArray(input?.texts))
    throw new LabError('bad-option', 'texts is no list. Give a list of texts, and words as {text, start, end}.');
  const texts = input.texts.map((text: unknown, s: number) => check.checkText(text, `texts[${s}]`));
  if (!Array.isArray(input.words)) throw new LabError('bad-option', 'words is no list. Give a list of {text, start, end}.');
  if (input.words.length === 0) throw new LabError('empty-vector', 'There are no words. Give at least one, as {text, start, end}.');
  const words: NamedWord[][] = texts.map(() => []);
  let last = 0;
  for (const [n, word] of input.words.entries()) {
    const name = `words[${n}]`;
    const text = check.checkInteger(word?.text, `${name}.text`, last, texts.length - 1);
    const { length } = texts[text] as string;
    const end = check.checkInteger(word.end, `${name}.end`, 1, length);
    const start = check.checkInteger(word.start, `${name}.start`, 0, end - 1);
    (words[text] as NamedWord[]).push({ text, start, end, name });
    last = text;
  }
  return { texts, words };
}

/** A text's tokens and where its words stand among them; these are added to `placed`. */
async function placeText(
  model: Transformer,
  text: string,
  s: number,
  words: readonly NamedWord[],
  placed: PlacedWord[],
): Promise<TextOfWords> {
  const tokens = await tokensOf(model, text, s);
  const its = words.map((word) => placeWord(tokens, text, word, word.name));
  placed.push(...its);
  return { tokens: Uint32Array.from(tokens, ({ id }) => id), places: Uint32Array.from(its, ({ place }) => place) };
}

async function tokensOf(model: Transformer, text: string, s: number): Promise<TextToken[]> {
  return model.tokens(text).catch((error: unknown) => {
    if (!(error instanceof LabError) || error.code !== 'too-long') throw error;
    throw new LabError('too-long', `Text ${s}: ${error.message}`, String(s));
  });
}

function describe(model: Transformer, texts: readonly string[], words: readonly NamedWord[], placed: readonly PlacedWord[]): KnownWords {
  const known = new Map<string, number>();
  const spelling = Uint32Array.from(words, ({ text, start, end }) => {
    const spelt = (texts[text] as string).slice(start, end).trim().toLowerCase();
    if (!known.has(spelt)) known.set(spelt, known.size);
    return known.get(spelt) as number;
  });
  return {
    model: model.name,
    layers: model.layers,
    width: model.width,
    count: words.length,
    texts: texts.length,
    text: Uint32Array.from(words, ({ text }) => text),
    spelling,
    places: Uint32Array.from(placed, ({ place }) => place),
    pieces: Uint32Array.from(placed, ({ pieces }) => pieces),
  };
}
