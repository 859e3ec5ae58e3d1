// What <dot-transformer> says to a screen reader, and the sentences that stand beside its pictures.
import { format, formatCount } from '../drawing/format.ts';
import { percent, rowWords } from './attention_words.ts';
import type { TransformerModel } from './transformer.ts';
import { anyChange, type Changes, offWords } from './transformer_changes.ts';
import { chance, type Guessed, guessName, movedWords } from './transformer_guesses.ts';
import type { Pass } from './transformer_pass.ts';

/** A name without what tells it apart from others of its kind. */
export const plainName = (name = '') => name.replace(/ \(\d+(?:st|nd|rd|th)\)$/, '');

/** What the list of guesses is about. */
export function guessHeading({ causal, names, tokens }: Pass, place: number): string {
  const name = plainName(names[place]);
  if (causal) return place === 0 ? 'How the writer begins a text' : `After “${name}” the writer expects`;
  if (tokens[place]?.text.trim() === '[blank]') return 'In the blank the reader puts';
  return place === 0 ? 'At the beginning, which is no word' : `In the place of “${name}”, which it sees, the reader puts`;
}

/** What is changed, in words: one sentence each. */
export function changeWords(changes: Changes, { before, now, other }: { before: Pass; now: Pass; other: Pass | null }): string[] {
  const { off, edit, graft } = changes;
  const said: string[] = [];
  if (off.length > 0) said.push(`Off: ${offWords(off)}.`);
  if (edit) said.push(`“${edit.word}” stands in the place of “${plainName(before.names[edit.place])}”.`);
  if (graft && other)
    said.push(
      `At “${now.names[graft.place] ?? ''}” the state that ${graft.layer === 0 ? 'goes into layer 1' : `leaves layer ${graft.layer}`} is that of “${plainName(other.names[graft.from])}” in “${graft.text.trim()}”${/[.!?]$/.test(graft.text.trim()) ? '' : '.'}`,
    );
  return said;
}

/** How much of the arithmetic is multiply, then sum. */
export function workOf({ dot, other }: { dot: number; other: number }): { share: number; words: string } {
  const share = dot / (dot + other);
  return {
    share,
    words: `${formatCount(dot)} multiply-adds inside dot products, and ${formatCount(other)} other steps: ${format(100 * share, 1)} % of the arithmetic is multiply, then sum.`,
  };
}

export function guessWords(guessed: Guessed): string {
  const { pass, place, rows } = guessed;
  const first = rows
    .slice(0, 3)
    .map(({ text, now }) => `“${guessName(text)}” ${chance(now.probability)}`)
    .join(', ');
  return `${guessHeading(pass, place)} ${first}.`;
}

/** The whole figure in a few sentences. */
export function spokenOf(model: TransformerModel): string {
  const tooLong = model.tooLong.value;
  if (tooLong) return tooLong.words;
  const failure = model.failure.value;
  if (failure) return failure.message;
  const [shown, row, guessed] = [model.shown.value, model.row.value, model.guessed.answer.value];
  if (!shown || !row) return model.source.loaded.value && !model.trained ? `The ${model.name.value} is loading.` : '';
  const { now } = shown;
  const asked = model.key.value;
  const [query, key] = [now.names[row.query] ?? '', now.names[row.key] ?? ''];
  const cell =
    asked === null
      ? ''
      : row.key >= row.seen
        ? `${query} may not look at ${key}, which comes later. `
        : `${query} gives ${key} ${percent(row.weights[row.key] ?? 0)}. `;
  const looks = rowWords(query, now.names, row.weights, row.seen);
  const guess = guessed && guessed.pass === now ? ` ${guessWords(guessed)}` : '';
  const moved = guessed && guessed.pass === now && guessed.before ? ` ${movedWords(guessed)}` : '';
  const changed = anyChange(shown.changes) ? `${changeWords(shown.changes, shown).join(' ')} ` : '';
  return `${changed}Layer ${model.layer.value}, head ${model.head.value}. ${cell}${looks}${guess}${moved}`;
}
