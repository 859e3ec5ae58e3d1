// How high an exercise will be, before its numbers are drawn: the page keeps that room, so that what stands below does not move.
import type { CheckSource } from './read.ts';

/** Characters on a line and CSS pixels a line, of the text column and of a phone; and what stands around prompt and answer. */
const sizes = {
  wide: { characters: 72, line: 28, around: 109 },
  narrow: { characters: 40, line: 26, around: 155 },
};
/** What an expression in a text comes to, in characters; about a vector of three. */
const drawn = 'x'.repeat(11);
/** Heights of an answer, in CSS pixels: a field; an item that is moved; a choice of one line. Lists of an order are mostly of four. */
const [field, item, choice, items] = [48, 46, 44, 4];

/** Heights in CSS pixels as custom properties of the exercise's element. */
export function roomOf(check: CheckSource): string {
  return Object.entries(sizes)
    .map(([name, { characters, line, around }]) => {
      const lines = (text: string) => Math.max(1, Math.ceil(plain(text).length / characters));
      const answer =
        check.type === 'choice'
          ? check.choices.reduce((sum, { text }) => sum + Math.max(choice, lines(text) * (line - 3)), 0)
          : check.type === 'order'
            ? items * item
            : field;
      return `--room-${name}:${around + lines(check.prompt) * line + answer}px`;
    })
    .join(';');
}

/** A text without its marks, each expression as long as it may be. */
function plain(text: string): string {
  return text
    .replace(/\{\{.*?\}\}/gs, drawn)
    .replace(/\$[^$]*\$/g, 'a · b')
    .replace(/:[a-z]+\[|[[\]*\\]/g, '')
    .trim();
}
