// Our own labelled sentences as the probes want them: texts, the places of their words, and what is asked about each word. The files are in
// lessons/data/parts-of-speech and lessons/data/senses; their form is checked in full by scripts/lib, here only as far as reading needs it.
import type { ProbeTask, WordPlace } from '../engine/index.ts';
import { TextError } from './analogy_pairs.ts';

/** A property that words have or do not have: what a probe is asked to find. */
export interface Property extends ProbeTask {
  id: string;
  /** As a reader calls it: "part of speech". */
  name: string;
}

/** Sentences whose words carry labels; one set of states serves all their properties. */
export interface Labelled {
  texts: readonly string[];
  /** In the order of the texts. */
  words: readonly WordPlace[];
  properties: readonly Property[];
  /** Of sentences with an ambiguous word: where the words stand that tell its sense: before it, after it, both. One for each text. */
  contexts?: readonly string[];
}

/** The parts of speech of Universal Dependencies as they are called here, in the order in which they are shown. Marks are no words. */
export const partNames: Readonly<Record<string, string>> = {
  NOUN: 'noun',
  PROPN: 'name',
  PRON: 'pronoun',
  VERB: 'verb',
  AUX: 'auxiliary',
  ADJ: 'adjective',
  ADV: 'adverb',
  ADP: 'preposition',
  DET: 'determiner',
  NUM: 'number',
  CCONJ: 'conjunction',
  SCONJ: 'subordinator',
  PART: 'particle',
  INTJ: 'interjection',
};

/** A word as a labelled corpus has it. */
export interface TaggedWord {
  start: number;
  end: number;
  /** Part of speech in Universal Dependencies. */
  tag: string;
  /** Whether it heads the subject of a verb. */
  subject: boolean;
}

/**
 * Sentences with parts of speech as states and properties: `part-of-speech` of every word, `sentence-end` (is it the last word?), `subject` (does this noun or name head
 * the subject of a verb? Pronouns would give it away by their form). Marks, symbols and what has no class are left out.
 */
export function labelParts(sentences: readonly { text: string; words: readonly TaggedWord[] }[]): Labelled {
  const tags = Object.keys(partNames);
  const words: WordPlace[] = [];
  const [part, end, subject]: [number[], number[], number[]] = [[], [], []];
  for (const [text, sentence] of sentences.entries()) {
    const own = sentence.words.filter(({ tag }) => tag in partNames);
    for (const [n, { start, end: stop, tag, subject: heads }] of own.entries()) {
      words.push({ text, start, end: stop });
      part.push(tags.indexOf(tag));
      end.push(n === own.length - 1 ? 1 : 0);
      subject.push(tag === 'NOUN' || tag === 'PROPN' ? (heads ? 1 : 0) : -1);
    }
  }
  // A class that the sentences lack would have nothing to be trained on.
  const present = tags.map((_, k) => part.includes(k));
  const classes = tags.filter((_, k) => present[k]).map((tag) => partNames[tag] ?? tag);
  const renumbered = tags.map((_, k) => present.slice(0, k).filter(Boolean).length);
  return {
    texts: sentences.map(({ text }) => text),
    words,
    properties: [
      { id: 'part-of-speech', name: 'part of speech', classes, labels: part.map((k) => renumbered[k] ?? 0) },
      { id: 'sentence-end', name: 'end of the sentence', classes: ['inside', 'last word'], labels: end },
      { id: 'subject', name: 'subject (nouns and names)', classes: ['no subject', 'subject'], labels: subject },
    ],
  };
}

const noSpaceBefore = (word: string) => /^[.,;:?!]$/.test(word) || word.startsWith("'") || word.toLowerCase() === "n't";

/** Reads lessons/data/parts-of-speech/sentences.txt: a line is a sentence of `word/TAG` or `word/TAG/role`, "#" begins a remark. @throws TextError */
export function parseParts(file: string): Labelled {
  const sentences = file.split('\n').flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    let text = '';
    const words = line
      .trim()
      .split(' ')
      .map((one): TaggedWord => {
        const [word, tag, role] = one.split('/');
        if (!word || !tag) throw new TextError(index + 1, `“${one}” is no word with its part of speech: word/TAG.`);
        if (text !== '' && !noSpaceBefore(word)) text += ' ';
        text += word;
        return { start: text.length - word.length, end: text.length, tag, subject: role === 'subject' };
      });
    return [{ text, words }];
  });
  return labelParts(sentences);
}

/**
 * Reads lessons/data/senses/<word>.tsv: a head, then sense, context and sentence between tabs; two lines are a pair, which is never divided between training and test.
 * The one property is `sense:<word>`. @throws TextError
 */
export function parseSenses(word: string, file: string): Labelled {
  const rows = file
    .split('\n')
    .map((line, index) => ({ line: index + 1, columns: line.split('\t') }))
    .slice(1)
    .filter(({ columns }) => columns.length > 1);
  const classes = [...new Set(rows.map(({ columns }) => columns[0] ?? ''))];
  const words = rows.map(({ line, columns }, text): WordPlace => {
    const start = (columns[2] ?? '').search(new RegExp(`\\b${word}\\b`));
    if (start < 0) throw new TextError(line, `“${word}” does not stand in “${columns[2] ?? ''}”.`);
    return { text, start, end: start + word.length };
  });
  return {
    texts: rows.map(({ columns }) => columns[2] ?? ''),
    contexts: rows.map(({ columns }) => columns[1] ?? ''),
    words,
    properties: [
      {
        id: `sense:${word}`,
        name: `sense of “${word}”`,
        classes,
        labels: rows.map(({ columns }) => classes.indexOf(columns[0] ?? '')),
        groups: rows.map((_, n) => Math.floor(n / 2)),
      },
    ],
  };
}
