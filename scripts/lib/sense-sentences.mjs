// Sentences that hold one word of two senses (lessons/data/senses): how a file is read and what it must keep to. A probe that is to find
// the sense in a hidden state proves nothing on sentences where the word before gives it away.
import { bagShare, cueShares, mostTellingWord, partners, thirdOf } from './cue-shares.mjs';

/** Where the words stand that tell the sense: only before the word, only after it, or on both sides. */
export const contexts = ['before', 'after', 'both'];
const header = 'sense\tcontext\tsentence';
// A capital, words with single spaces, commas only before a space, one mark at the end.
const form = /^[A-Z][A-Za-z']*(,? [A-Za-z']+)*[.?!]$/;

/** The words of a text, in lower case. */
export const wordsOf = (text) => text.toLowerCase().match(/[a-z']+/g) ?? [];

/**
 * A file of sentences, read line by line.
 * @param {string} word the word of two senses, as it stands in every sentence
 * @returns {{sentences: {line: number, pair: number, sense: string, context: string, sentence: string, words: string[], at: number}[],
 *   problems: string[]}} `at`: the place of the word among `words`, from 0. `pair`: the same for the two sentences of a pair, from 0.
 * A broken line is named in `problems` by its number, and left out.
 */
export function readSenses(text, word) {
  const problems = [];
  const sentences = [];
  const lines = text.split('\n');
  if (lines[0] !== header) problems.push(`line 1: the header must be ${header.replaceAll('\t', '<TAB>')}`);
  if (lines.at(-1) === '') lines.pop();
  else problems.push(`line ${lines.length}: the last line must end with a line feed`);
  for (const [i, row] of lines.entries()) {
    if (i === 0) continue;
    const broken = (what) => problems.push(`line ${i + 1}: ${what}`);
    const columns = row.split('\t');
    const [sense = '', context = '', sentence = ''] = columns;
    const words = wordsOf(sentence);
    const places = words.filter((other) => other === word).length;
    if (columns.length !== 3) broken(`has ${columns.length} columns, not 3: sense, context, sentence, with tabs between them`);
    else if (!/^[a-z]+$/.test(sense)) broken(`"${sense}" is no name of a sense: lower-case letters`);
    else if (!contexts.includes(context)) broken(`"${context}" is no context: ${contexts.join(', ')}`);
    else if (!form.test(sentence)) broken(`"${sentence}" is not one plain sentence: ASCII, a capital first, one of . ? ! last`);
    else if (words.length < 5 || words.length > 14) broken(`has ${words.length} words, not 5 to 14`);
    else if (places !== 1) broken(`has "${word}" ${places} times, not once`);
    else if (!new RegExp(`\\b${word}\\b`).test(sentence)) broken(`"${word}" must stand in lower case`);
    else sentences.push({ line: i + 1, pair: (i - 1) >> 1, sense, context, sentence, words, at: words.indexOf(word) });
  }
  return { sentences, problems };
}

/** Runs of four words that stand in two sentences. @param {{name: string, words: string[]}[]} sentences */
export function sharedRuns(sentences, size = 4) {
  const first = new Map();
  const shared = [];
  for (const { name, words } of sentences) {
    for (let i = 0; i + size <= words.length; i += 1) {
      const run = words.slice(i, i + size).join(' ');
      const other = first.get(run);
      if (other === undefined) first.set(run, name);
      else shared.push(`${name} shares "${run}" with ${other === name ? 'itself' : other}`);
    }
  }
  return shared;
}

/** Sentences that share more than half of their words, whatever the order. @param {{name: string, words: string[]}[]} sentences */
export function alike(sentences) {
  const sets = sentences.map(({ name, words }) => ({ name, set: new Set(words) }));
  return sets.flatMap(({ name, set }, i) =>
    sets.slice(0, i).flatMap((other) => {
      const shared = [...set].filter((word) => other.set.has(word)).length;
      return shared / (set.size + other.set.size - shared) > 0.5 ? [`${name} has most of its words in common with ${other.name}`] : [];
    }),
  );
}

/** The least and the most that a file must keep to. Shares are of the sentences. */
export const limits = { each: 44, ofContext: 15, ofThird: 12, thirdsApart: 3, lengthsApart: 0.5, share: 0.7 };

/** What a file of one word's sentences does not keep to; empty if it is as it must be. */
export function senseProblems(text, word) {
  const { sentences, problems } = readSenses(text, word);
  const senses = [...new Set(sentences.map(({ sense }) => sense))];
  if (senses.length !== 2) return [...problems, `${word} has ${senses.length} senses, not 2: ${senses.join(', ')}`];
  const of = (sense) => sentences.filter((one) => one.sense === sense);
  for (const [i, partner] of partners(sentences).entries()) {
    const one = sentences[i];
    if (partner === undefined) problems.push(`line ${one.line}: stands alone; lines 2 and 3 are a pair, and so on`);
    else if (partner.line > one.line) {
      if (partner.sense === one.sense) problems.push(`lines ${one.line} and ${partner.line}: a pair has both senses`);
      if (partner.context !== one.context) problems.push(`lines ${one.line} and ${partner.line}: a pair has one context`);
      if (thirdOf(partner) !== thirdOf(one)) problems.push(`lines ${one.line} and ${partner.line}: a pair has the word in the same third`);
    }
  }
  const twoDigits = (share) => share.toFixed(2);
  const least = (what, count, limit) => count < limit && problems.push(`${what}: ${count} sentences, fewer than ${limit}`);
  for (const sense of senses) {
    least(sense, of(sense).length, limits.each);
    for (const context of ['before', 'after']) {
      least(`${sense}, ${context}`, of(sense).filter((one) => one.context === context).length, limits.ofContext);
    }
    for (const third of [0, 1, 2])
      least(`${sense}, third ${third + 1}`, of(sense).filter((one) => thirdOf(one) === third).length, limits.ofThird);
  }
  for (const third of [0, 1, 2]) {
    const [a, b] = senses.map((sense) => of(sense).filter((one) => thirdOf(one) === third).length);
    if (Math.abs(a - b) > limits.thirdsApart) problems.push(`third ${third + 1}: ${a} and ${b} sentences, too far apart`);
  }
  const [a, b] = senses.map((sense) => of(sense).reduce((sum, { words }) => sum + words.length, 0) / of(sense).length);
  if (Math.abs(a - b) > limits.lengthsApart)
    problems.push(`the senses have ${twoDigits(a)} and ${twoDigits(b)} words a sentence, too far apart`);
  const notAbove = (what, share) =>
    share > limits.share && problems.push(`${what} gives the sense away: ${twoDigits(share)} right, above ${limits.share}`);
  for (const { name, unseen, seen } of cueShares(sentences)) notAbove(`the ${name}`, Math.max(unseen, seen));
  const { word: telling, share } = mostTellingWord(sentences);
  notAbove(`the word "${telling}" anywhere`, share);
  for (const context of ['before', 'after']) {
    const other = context === 'before' ? 'after' : 'before';
    notAbove(
      `where the context stands ${context}, what stands ${other}`,
      bagShare(sentences, other, (one) => one.context === context),
    );
  }
  const named = sentences.map(({ line, words }) => ({ name: `line ${line}`, words }));
  return [...problems, ...sharedRuns(named), ...alike(named)];
}
