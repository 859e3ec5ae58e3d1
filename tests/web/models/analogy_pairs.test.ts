import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parsePairs, parseQuestions, questionsOf, TextError, thinned } from '../../../web/models/analogy_pairs.ts';

const root = new URL('../../../', import.meta.url);
const relations = parsePairs(readFileSync(new URL('lessons/data/analogy-pairs/pairs.txt', root), 'utf8'));

/** The word list of our vector file, or null where there is no such file: see engine/formats/word_vector_file.h. */
function vocabulary(): Set<string> | null {
  const path = new URL('lessons/data/words/words.bin.gz', root);
  if (!existsSync(path)) return null;
  const bytes = gunzipSync(readFileSync(path));
  const length = bytes.readUInt32LE(16);
  return new Set(
    bytes
      .subarray(20, 20 + length)
      .toString('utf8')
      .split('\n'),
  );
}

describe('our pair lists', () => {
  it('hold at least 14 relations and 10,000 questions', () => {
    expect(relations.length).toBeGreaterThanOrEqual(14);
    expect(relations.reduce((sum, relation) => sum + questionsOf(relation).length, 0)).toBeGreaterThanOrEqual(10_000);
  });
  it('have both kinds, each name once, each description once', () => {
    expect(new Set(relations.map(({ kind }) => kind))).toEqual(new Set(['meaning', 'form']));
    expect(new Set(relations.map(({ name }) => name)).size).toBe(relations.length);
    expect(new Set(relations.map(({ says }) => says)).size).toBe(relations.length);
  });
  it.each(relations.map((relation) => [relation.name, relation] as const))('%s: no word stands twice', (_, { pairs }) => {
    const firsts = pairs.map(([first]) => first);
    const seconds = pairs.map(([, second]) => second);
    expect(new Set(firsts).size).toBe(firsts.length);
    expect(new Set(seconds).size).toBe(seconds.length);
    expect(firsts.filter((word) => seconds.includes(word))).toEqual([]);
  });
  it('are nearly all in the vocabulary that ships', (context) => {
    const known = vocabulary();
    if (!known) return context.skip();
    const all = relations.flatMap(({ pairs }) => pairs.flat());
    const missing = [...new Set(all.filter((word) => !known.has(word)))];
    if (missing.length > 0) console.log(`Not in the vocabulary, so skipped by the benchmark: ${missing.join(', ')}`);
    expect(missing.length / all.length).toBeLessThan(0.02);
  });
});

describe('reading pairs', () => {
  it.each([
    ['king queen', 1, 'before the first relation'],
    [': royal | meaning', 1, 'begins with'],
    [': royal | other | x', 1, 'begins with'],
    [': royal | meaning | x\nking queen\nman', 3, 'not two words'],
    [': royal | meaning | x\nking Queen', 2, 'not two words'],
  ])('%j complains about line %i', (text, line, says) => {
    const read = () => parsePairs(text);
    expect(read).toThrow(TextError);
    expect(read).toThrow(new RegExp(`^Line ${line}: .*${says}`));
  });
  it('makes p (p − 1) questions', () => {
    expect(
      questionsOf({
        name: 'r',
        kind: 'form',
        says: '',
        pairs: [
          ['a', 'b'],
          ['c', 'd'],
          ['e', 'f'],
        ],
      }),
    ).toHaveLength(6);
  });
});

describe('reading a file of questions', () => {
  it('takes headings, blank lines, capitals and carriage returns', () => {
    const sections = parseQuestions('\uFEFF: family\r\nBoy girl  brother sister\r\n\r\n: empty\r\n: city\r\nOslo Norway Rome Italy\r\n');
    expect(sections).toEqual([
      { name: 'family', questions: [['boy', 'girl', 'brother', 'sister']] },
      { name: 'city', questions: [['oslo', 'norway', 'rome', 'italy']] },
    ]);
  });
  it.each([
    ['boy girl brother sister', 1, 'before the first heading'],
    [': family\nboy girl brother', 2, '3 words where four'],
    [': family\nboy girl brother sister\n:\n', 3, 'heading without a name'],
    ['', 1, 'no question'],
    ['PK\u0003\u0004\0\0', 1, 'not a text file'],
  ])('%j complains about line %i', (text, line, says) => {
    expect(() => parseQuestions(text)).toThrow(new RegExp(`^Line ${line}: .*${says}`));
  });
  it('reads the official 19,544 questions where the data is at hand', (context) => {
    const folder = process.env.DOT_DATA ?? new URL('../shared/data/', root).pathname;
    const path = `${folder}/eval_google_analogy/questions-words.txt`;
    if (!existsSync(path)) return context.skip();
    const sections = parseQuestions(readFileSync(path, 'utf8'));
    expect(sections).toHaveLength(14);
    expect(sections.reduce((sum, { questions }) => sum + questions.length, 0)).toBe(19_544);
  });
  it('thins evenly', () => {
    const [section] = thinned(
      [{ name: 's', questions: Array.from({ length: 25 }, () => ['a', 'b', 'c', 'd'] as [string, string, string, string]) }],
      10,
    );
    expect(section?.questions).toHaveLength(3);
  });
});
