// Which tokens are a word's: words are stretches of a text, and tokens know where they stand in it.
import { LabError } from './errors.ts';
import type { WordPlace } from './probe_types.ts';
import type { TextToken } from './transformer_types.ts';

/** A word's last token, and how many tokens it touches. */
export interface PlacedWord {
  place: number;
  pieces: number;
}

/**
 * The tokens of a stretch of a text: all that share a character with it, white space at its ends aside. A token that holds the end of one word and the beginning of the next
 * ("do|n't" may be cut as "don|'t") belongs to both.
 * @throws {LabError} `bad-word` where there is none
 */
export function placeWord(tokens: readonly TextToken[], text: string, { start, end }: Omit<WordPlace, 'text'>, name: string): PlacedWord {
  const word = text.slice(start, end);
  const from = start + (word.length - word.trimStart().length);
  const to = start + word.trimEnd().length;
  let place = -1;
  let pieces = 0;
  for (const [t, token] of tokens.entries()) {
    if (token.start >= to || token.end <= from) continue;
    place = t;
    ++pieces;
  }
  if (from < to && pieces > 0) return { place, pieces };
  throw new LabError(
    'bad-word',
    `${name}, ${JSON.stringify(word)}, has no token: it is white space alone, or nothing that the model reads. Give a word.`,
  );
}
