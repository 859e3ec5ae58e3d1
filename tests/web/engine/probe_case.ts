// Some texts of few words, and tasks on them whose answers are known: what the tests of probes ask about.
import type { ProbeTask, WordPlace } from '../../../web/engine/index.ts';
import { uniforms } from './support.ts';

/** Every word between spaces. */
const wordsOf = (texts: readonly string[]): WordPlace[] =>
  texts.flatMap((one, text) =>
    [...one.matchAll(/[A-Za-z']+/g)].map(({ 0: word, index }) => ({ text, start: index, end: index + word.length })),
  );

/** Texts of six words out of a dozen, by seed: enough that many spellings come often. */
function someTexts(count: number): string[] {
  const vocabulary = 'the dog ran to cat tree sun went down home came up'.split(' ');
  const next = uniforms(5);
  return Array.from({ length: count }, () =>
    Array.from({ length: 6 }, () => vocabulary[Math.floor(((next() + 1) / 2) * vocabulary.length)]).join(' '),
  );
}

export const texts = someTexts(60);
export const words = wordsOf(texts);
export const spelt = words.map(({ text, start, end }) => (texts[text] as string).slice(start, end));
/** Is the word one of these? What a probe can read off the token alone. */
export const short: ProbeTask = { classes: ['long', 'short'], labels: spelt.map((word) => (word.length <= 3 ? 1 : 0)) };
/** Three classes by place in the text, of every other word. */
export const thirds: ProbeTask = {
  classes: ['begin', 'middle', 'end'],
  labels: words.map((_, n) => (n % 2 === 0 ? Math.floor((n % 6) / 2) : -1)),
};
