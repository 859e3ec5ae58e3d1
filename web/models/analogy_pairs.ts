// Pair lists and question files: text in, relations and questions out. Outside text may be anything, so each complaint names its line.
import type { AnalogyQuestion, BenchmarkSection } from '../engine/index.ts';

/** One relation of our own lists, e.g. capital → country. */
export interface Relation {
  name: string;
  /** Whether the pairs share a relation of meaning (capital, country) or of form (walk, walking). */
  kind: 'meaning' | 'form';
  /** The relation in words. */
  says: string;
  pairs: [string, string][];
}

/** A text that is not what it should be; `line` counts from 1. */
export class TextError extends Error {
  readonly code = 'bad-text';
  readonly detail: string;
  constructor(
    readonly line: number,
    what: string,
  ) {
    super(`Line ${line}: ${what}`);
    this.detail = String(line);
  }
}

/** Reads `pairs.txt`: ": name | kind | what it says", then a pair to a line; "#" begins a remark. @throws TextError */
export function parsePairs(text: string): Relation[] {
  const relations: Relation[] = [];
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (!line || line.startsWith('#')) return;
    if (line.startsWith(':')) {
      const [name = '', kind = '', says = ''] = line
        .slice(1)
        .split('|')
        .map((part) => part.trim());
      if (!name || !says || (kind !== 'meaning' && kind !== 'form')) {
        throw new TextError(index + 1, 'a relation begins with ": name | meaning or form | what it says".');
      }
      relations.push({ name, kind, says, pairs: [] });
      return;
    }
    const words = line.split(/\s+/);
    const relation = relations.at(-1);
    if (!relation) throw new TextError(index + 1, 'a pair stands before the first relation.');
    if (words.length !== 2 || !words.every((word) => /^[a-z]+$/.test(word))) {
      throw new TextError(index + 1, `“${line.slice(0, 60)}” is not two words of letters a to z.`);
    }
    relation.pairs.push(words as [string, string]);
  });
  return relations;
}

/** Every ordered pair of a relation's pairs as a question: a is to b as c is to d. p pairs give p·(p − 1) questions. */
export function questionsOf(relation: Relation): AnalogyQuestion[] {
  const questions: AnalogyQuestion[] = [];
  for (const [a, b] of relation.pairs) {
    for (const [c, d] of relation.pairs) {
      if (a !== c) questions.push([a, b, c, d]);
    }
  }
  return questions;
}

/** How a file of questions looks, in words. */
const form = 'Such a file has headings like “: capital” and below each lines of four words.';

/**
 * Reads a file of questions in the form of word2vec's questions-words.txt: ": heading", then four words to a line.
 * Words are lower-cased. Headings may repeat; empty lines and carriage returns are passed over.
 * @throws TextError with the first line that does not fit
 */
export function parseQuestions(text: string): BenchmarkSection[] {
  const sections: BenchmarkSection[] = [];
  if (text.includes('\0')) throw new TextError(1, `this is not a text file. ${form}`);
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .forEach((raw, index) => {
      const line = raw.trim();
      if (!line) return;
      if (line.startsWith(':')) {
        const name = line.slice(1).trim();
        if (!name) throw new TextError(index + 1, 'a heading without a name.');
        sections.push({ name, questions: [] });
        return;
      }
      const words = line.toLowerCase().split(/\s+/);
      const section = sections.at(-1);
      if (!section) throw new TextError(index + 1, `“${line.slice(0, 60)}” stands before the first heading. ${form}`);
      if (words.length !== 4)
        throw new TextError(
          index + 1,
          `${words.length} ${words.length === 1 ? 'word' : 'words'} where four are wanted: “${line.slice(0, 60)}”.`,
        );
      section.questions.push(words as AnalogyQuestion);
    });
  if (!sections.some((section) => section.questions.length > 0)) throw new TextError(1, `there is no question in this file. ${form}`);
  return sections.filter((section) => section.questions.length > 0);
}

/** Every `step`-th question of each section, so that a slow machine sees all relations soon. */
export function thinned(sections: readonly BenchmarkSection[], step: number): BenchmarkSection[] {
  return sections.map(({ name, questions }) => ({
    name,
    questions: step > 1 ? questions.filter((_, index) => index % step === 0) : questions,
  }));
}
