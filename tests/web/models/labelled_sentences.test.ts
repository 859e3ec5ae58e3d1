import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { labelParts, parseParts, parseSenses } from '../../../web/models/labelled_sentences.ts';

const data = 'lessons/data';
const property = (labelled: ReturnType<typeof parseParts>, id: string) => {
  const found = labelled.properties.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe('sentences with parts of speech', () => {
  const labelled = parseParts(
    "# remark\n\nWe/PRON/subject do/AUX n't/PART light/VERB the/DET stove/NOUN ,/PUNCT Ben/PROPN/subject ./PUNCT\n",
  );

  it('become running text; marks are no words', () => {
    expect(labelled.texts).toEqual(["We don't light the stove, Ben."]);
    expect(labelled.words.map(({ start, end }) => labelled.texts[0]?.slice(start, end))).toEqual([
      'We',
      'do',
      "n't",
      'light',
      'the',
      'stove',
      'Ben',
    ]);
  });

  it('have three properties; classes that do not occur are left out', () => {
    const part = property(labelled, 'part-of-speech');
    expect(Array.from(part.labels, (k) => part.classes[k])).toEqual([
      'pronoun',
      'auxiliary',
      'particle',
      'verb',
      'determiner',
      'noun',
      'name',
    ]);
    expect(part.classes).toHaveLength(7);
    expect(Array.from(property(labelled, 'sentence-end').labels)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(Array.from(property(labelled, 'subject').labels)).toEqual([-1, -1, -1, -1, -1, 0, 1]);
  });

  it('say where a line is wrong', () => {
    expect(() => parseParts('We/PRON\nlight\n')).toThrow('Line 2: “light” is no word with its part of speech');
    expect(labelParts([])).toMatchObject({ texts: [], words: [] });
  });

  it('of ours are as many as their source says', () => {
    const ours = parseParts(readFileSync(`${data}/parts-of-speech/sentences.txt`, 'utf8'));
    const source = readFileSync(`${data}/parts-of-speech/source.md`, 'utf8');
    expect(source).toContain(`holds ${ours.texts.length} English sentences`);
    const part = property(ours, 'part-of-speech');
    const nouns = Array.from(part.labels).filter((k) => part.classes[k] === 'noun').length;
    expect(source).toContain(`| NOUN | ${nouns.toLocaleString('en')} |`);
    for (const { labels, classes } of ours.properties)
      for (const k of classes.keys()) expect(Array.from(labels).filter((label) => label === k).length).toBeGreaterThanOrEqual(40);
    for (const { text, start, end } of ours.words) expect(ours.texts[text]?.slice(start, end)).toMatch(/^[\w'-]+$/);
  });
});

describe('sentences with an ambiguous word', () => {
  it('have its place, its sense and the pair they belong to', () => {
    const { texts, words, properties, contexts } = parseSenses(
      'bank',
      'sense\tcontext\tsentence\nmoney\tafter\tThe bank lends.\nriver\tafter\tThe embankment and the bank slid.\n',
    );
    expect(words.map(({ text, start, end }) => [start, texts[text]?.slice(start, end)])).toEqual([
      [4, 'bank'],
      [23, 'bank'],
    ]);
    expect(properties).toEqual([
      { id: 'sense:bank', name: 'sense of “bank”', classes: ['money', 'river'], labels: [0, 1], groups: [0, 0] },
    ]);
    expect(contexts).toEqual(['after', 'after']);
    expect(() => parseSenses('bank', 'sense\tcontext\tsentence\nmoney\tafter\tBanks lend.\n')).toThrow('Line 2: “bank” does not stand');
  });

  it('of ours are two senses, 40 sentences or more of each, in pairs of both', () => {
    const files = readdirSync(`${data}/senses`).filter((name) => name.endsWith('.tsv'));
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const file of files) {
      const word = file.replace('.tsv', '');
      const labels = Array.from(parseSenses(word, readFileSync(`${data}/senses/${file}`, 'utf8')).properties[0]?.labels ?? []);
      for (const k of [0, 1]) expect(labels.filter((label) => label === k).length).toBeGreaterThanOrEqual(40);
      for (let n = 0; n + 1 < labels.length; n += 2) expect((labels[n] ?? 0) + (labels[n + 1] ?? 0)).toBe(1);
    }
  });
});
