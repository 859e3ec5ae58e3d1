// The page's one set of word vectors, and our pair lists: loaded when a widget first asks, shared by all.
import { parsePairs, type Relation } from '../models/analogy_pairs.ts';
import { WordSource } from '../models/word_source.ts';
import { lab } from './lab.ts';

let shared: WordSource | undefined;

export function words(): WordSource {
  shared ??= new WordSource(lab);
  return shared;
}

/** Forgets the vectors, so that the next widget asks the lab again: for tests, after setLab. */
export function forgetWords(): void {
  shared = undefined;
}

/** Our own relations; the text is a part of the program, loaded when it is wanted. */
export async function relations(): Promise<Relation[]> {
  const { default: text } = await import('../../lessons/data/analogy-pairs/pairs.txt?raw');
  return parsePairs(text);
}
