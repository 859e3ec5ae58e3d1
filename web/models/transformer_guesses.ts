// What a model expects at a place, and how that moved: the same tokens before and after a change.

import { format } from '../drawing/format.ts';
import type { Guess } from '../engine/index.ts';
import { across, type Pass } from './transformer_pass.ts';

export interface GuessRow {
  id: number;
  text: string;
  now: Guess;
  /** Without the change; null where nothing was changed. */
  before: Guess | null;
}

export interface Guessed {
  pass: Pass;
  before: Pass | null;
  place: number;
  /** The place's counterpart in the pass without the change. */
  placeBefore: number;
  rows: readonly GuessRow[];
}

/** Rows of the list, always as many. */
export const shownGuesses = 8;

/** The likeliest tokens at a place of `pass`; with another pass before it, the likeliest of both, each with both probabilities. */
export async function guessesAt(pass: Pass, before: Pass | null, place: number): Promise<Guessed> {
  const placeBefore = before ? across(pass.tokens, before.tokens, place) : place;
  const now = await topOf(pass, place);
  const then = before ? await topOf(before, placeBefore) : [];
  const ids = new Set<number>();
  for (let i = 0; i < shownGuesses && ids.size < shownGuesses; i++) {
    for (const one of [now[i], then[i]]) if (one && ids.size < shownGuesses) ids.add(one.id);
  }
  const rows = await Promise.all(
    [...ids].map(async (id): Promise<GuessRow> => {
      const [one, other] = [await numbersOf(pass, place, id, now), before && (await numbersOf(before, placeBefore, id, then))];
      const text = (now.find((guess) => guess.id === id) ?? then.find((guess) => guess.id === id))?.text ?? '';
      return { id, text, now: { ...one, text }, before: other && { ...other, text } };
    }),
  );
  rows.sort((one, other) => other.now.probability - one.now.probability);
  return { pass, before, place, placeBefore, rows };
}

const topOf = async ({ run, trace }: Pass, place: number): Promise<readonly Guess[]> =>
  run ? run.guesses(place, { count: shownGuesses }) : (trace?.guesses[place] ?? []);

/** A token's logit and probability; asked of the engine one by one where it is not among the likeliest. */
async function numbersOf({ run }: Pass, place: number, id: number, known: readonly Guess[]): Promise<Guess> {
  const found = known.find((guess) => guess.id === id);
  if (found || !run) return found ?? { id, text: '', logit: Number.NaN, probability: 0 };
  const [logit, probability] = await Promise.all(
    ['logit', 'probability'].map((family) => run.explain(`transformer/${family}[${place},${id}]`)),
  );
  return { id, text: '', logit: logit?.result ?? Number.NaN, probability: probability?.result ?? 0 };
}

/** A probability in words: 23 %, 2.3 %, 0.02 %, under 0.01 %. */
export function chance(probability: number): string {
  const percent = 100 * probability;
  if (percent > 0 && percent < 0.01) return 'under 0.01\u00a0%';
  return `${format(percent, percent >= 9.95 ? 0 : percent >= 0.995 ? 1 : 2)}\u00a0%`;
}

/** A guess as people read it: a space before it is no news, a line end is. */
export function guessName(text: string): string {
  if (text === '␂') return '(end of text)';
  return text.trim() || (text.includes('\n') ? '(line end)' : '(space)');
}

/** How the guess moved: whether the likeliest is another one, and what became of the one that was. */
export function movedWords({ rows, before }: Guessed): string {
  if (!before) return '';
  const first = rows[0];
  const was = [...rows].sort((one, other) => (other.before?.probability ?? 0) - (one.before?.probability ?? 0))[0];
  if (!first || !was?.before) return '';
  const named = (row: GuessRow) => `“${guessName(row.text)}”`;
  const from = chance(was.before.probability);
  const to = chance(was.now.probability);
  const furthest = Math.max(...rows.map((row) => Math.abs(row.now.probability - (row.before?.probability ?? 0))));
  if (furthest < 5e-5) return 'No probability in the list moved by even 0.01 %.';
  if (first.id !== was.id)
    return `The likeliest is now ${named(first)}, ${chance(first.now.probability)}${first.before ? `, before ${chance(first.before.probability)}` : ''}; ${named(was)} went from ${from} to ${to}.`;
  return from === to
    ? `${named(was)} stays the likeliest, ${to}; what moved is below it.`
    : `${named(was)} stays the likeliest: from ${from} to ${to}.`;
}
