// A toy for lesson 8: nine words as vectors of four made-up dimensions, and the three matrices of a head that were written by hand, so
// that each can be read. Nouns ask for a topic, verbs ask for things; what is handed on is mostly the topic.
import type { Lab, Matrix, SelfAttention } from '../engine/index.ts';

/** What the four places stand for. Made up. */
export const dimensions = ['money', 'water', 'thing', 'deed'] as const;
export const width = dimensions.length;

/** money, water, thing, deed. A bank is a bit of both topics: that is the question. */
export const lexicon: Readonly<Record<string, readonly number[]>> = {
  the: [0, 0, 0.5, 0],
  of: [0, 0, 0, 0.5],
  bank: [0.5, 0.5, 2, 0],
  loan: [2, 0, 2, 0],
  river: [0, 2, 2, 0],
  coin: [1.5, 0, 2, 0],
  fish: [0, 1, 2, 0],
  approved: [0.5, 0, 0, 1],
  flooded: [0, 0.5, 0, 1],
};

export const fewest = 3;
export const most = 6;

/** Sentences to begin with. */
export const sentences = ['the bank approved the loan', 'the bank of the river', 'the river flooded the bank'] as const;

const square = (rows: readonly (readonly number[])[]): Matrix => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  data: Float32Array.from(rows.flat()),
});

/** [4, 4] each, a row for money, water, thing, deed: output j is the token's vector · column j. */
export const matrices: Readonly<Record<'query' | 'key' | 'value', Matrix>> = {
  query: square([
    [0, 1, 0, 0],
    [0, -1, 0, 0],
    [2, 0, 0, 1],
    [0, 0, 2, 0],
  ]),
  key: square([
    [1, 1, 0, 0],
    [1, -1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ]),
  value: square([
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 0.5, 0],
    [0, 0, 0, 0.5],
  ]),
};

/** What each column of a matrix makes, in words. */
export const asks: Readonly<Record<'query' | 'key' | 'value', readonly string[]>> = {
  query: ['2 × thing: which topic is it?', 'money − water: who is of my topic?', '2 × deed: which things?', 'thing: who does it?'],
  key: ['money + water: I have a topic', 'money − water: this topic', 'thing: I am a thing', 'deed: I am a deed'],
  value: ['money', 'water', 'half of thing', 'half of deed'],
};

/** What a place of query and key is about, and a place of the value: asked for by the one, offered by the other. */
export const topics = ['a topic', 'money − water', 'a thing', 'a deed'] as const;
export const handed = ['money', 'water', '½ thing', '½ deed'] as const;

/** The words of a sentence, if the lexicon has them all and there are three to six; else null. */
export function wordsOf(sentence: string): string[] | null {
  const words = sentence
    .trim()
    .toLowerCase()
    .split(/[\s+]+/)
    .filter(Boolean);
  return words.length >= fewest && words.length <= most && words.every((word) => Object.hasOwn(lexicon, word)) ? words : null;
}

export interface ToyOptions {
  heads?: number;
  causal?: boolean;
}

/** Attention of the rows over themselves, by the matrices above. x: rows of 4. */
export function attend(
  lab: Pick<Lab, 'selfAttention'>,
  x: readonly (readonly number[])[],
  { heads = 1, causal = false }: ToyOptions = {},
): Promise<SelfAttention> {
  return lab.selfAttention(square(x), matrices, { heads, mask: causal ? 'causal' : 'none' });
}
