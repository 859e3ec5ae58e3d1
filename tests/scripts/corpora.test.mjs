import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkCorpora, prepareCorpora } from '../../scripts/lib/corpora.mjs';
import { unwrapped, wikiUnwanted, withoutOpeningCapitals } from '../../scripts/lib/corpora-sources.mjs';
import { heldOutRule, lot, withoutShared } from '../../scripts/lib/held-out.mjs';
import { bareWords, isFurniture, plain } from '../../scripts/lib/plain-text.mjs';
import { Failure } from '../../scripts/lib/say.mjs';
import { Shingles } from '../../scripts/lib/shingles.mjs';

describe('plain text', () => {
  test.each([
    ['“Don’t,” she said…', '"Don\'t," she said...'],
    ['He came—too late – and wept.', 'He came - too late - and wept.'],
    ['"You know----" he said.', '"You know -" he said.'],
    ['He said:--"No,--never."', 'He said: "No, never."'],
    ['from 1914–1918 and 3½ miles', 'from 1914-1918 and 3 1/2 miles'],
    ['9 May 1860 – 19 June 1937', '9 May 1860 - 19 June 1937'],
    ['Émile ate a crème brûlée on the Ærø', 'Emile ate a creme brulee on the Aero'],
    ['the oﬃce of Weiß, ſoon', 'the office of Weiss, soon'],
    ['a _very_ *odd* thing\u200b  indeed \u00a0here ', 'a very odd thing indeed here'],
    ['Wait . . . what ?', 'Wait ... what?'],
    ['It was so.[12] And [Illustration: a cat] so{3} on.', 'It was so. And so on.'],
    ['the cafÃ© by the sea', 'the cafe by the sea'],
    ['Rome (Greek: Ῥώμη; founded 753 BC) is old, as everybody knows.', 'Rome (founded 753 BC) is old, as everybody knows.'],
    ['Albedo () is light, and Roget (or; 1779) wrote.', 'Albedo is light, and Roget (1779) wrote.'],
    ["'Dear me,' said he, 'a ''quote''.'", "'Dear me,' said he, 'a \"quote\".'"],
  ])('%s', (from, to) => {
    expect(plain(from)).toBe(to);
  });

  test('control characters go', () => {
    expect(plain('zero \u0000 one \u0001 two \u007f three \t four')).toBe('zero one two three four');
  });

  test('a paragraph of another script goes, one with a letter of it stays', () => {
    expect(plain('Иван said: ναι.')).toBeUndefined();
    expect(plain(`The angle φ ${'is measured from the axis of the wheel '.repeat(3)}.`)).toBe(
      `The angle ${'is measured from the axis of the wheel '.repeat(3).trim()}.`,
    );
  });

  test('whatever goes in, printable ASCII with single spaces comes out', () => {
    for (let code = 0; code < 0x2fff; code += 1) {
      const text = plain(`all of these words surely keep their plain English letters ${String.fromCodePoint(code)} and stay as they are`);
      expect(text).toMatch(/^(?!.* {2})[\x20-\x7e]+$/);
    }
  });

  test('words for comparison forget case and punctuation', () => {
    expect(bareWords('  "Don\'t STOP," he said - now! ')).toBe('dont stop he said now');
  });
});

describe('furniture of books', () => {
  test.each([
    'CHAPTER IV',
    'Chapter 4. The Storm',
    'XII',
    '12',
    'THE END',
    'The End',
    'Published 1906',
    'The Inn of the Red Lobster',
    'Contents',
  ])('%s goes', (line) => {
    expect(isFurniture(line)).toBe(true);
  });
  test.each([
    '"HELP!"',
    'The end of it was that he ran away.',
    'Part of the crowd went home.',
    'How I may reach that far-off goal',
    'He ran.',
    '"Yes, Tom," said Mary.',
    'London, he thought, was large.',
  ])('%s stays', (line) => {
    expect(isFurniture(line)).toBe(false);
  });
});

describe('what each corpus needs', () => {
  test('printed lines are joined, paragraphs stay apart', () => {
    expect(unwrapped(['One day a\nman went  out\nto sea.\n\nHe came\nback.', 'The\nend came.'])).toEqual(
      expect.arrayContaining(['One day a man went  out to sea.', 'He came back.', 'The end came.']),
    );
    expect(unwrapped(['One day.\nTwo days.'])).toEqual(['One day.', 'Two days.']);
  });

  test.each([
    ['ONCE upon a time', 'Once upon a time'],
    ['MR. JEREMY put on a coat', 'Mr. Jeremy put on a coat'],
    ['A WIDOW had two daughters', 'A widow had two daughters'],
    ['"I KNEW they would," she said', '"I knew they would," she said'],
    ['THE Mouse peeps', 'The Mouse peeps'],
    ['I am. HE said', 'I am. HE said'],
  ])('%s', (from, to) => {
    expect(withoutOpeningCapitals(from)).toBe(to);
  });

  test('tables and formulas of the encyclopedia go', () => {
    expect(wikiUnwanted('The river is the longest of the whole country, and the widest.')).toBeUndefined();
    expect(wikiUnwanted('The set {1, 2} is then the union of all the sets above.')).toBe('markup or formula');
    expect(wikiUnwanted('1990 22.1 33.4 18.2 1991 22.3 33.9 18.4 1992 22.9 34.0.')).toBe('mostly no letters');
    expect(wikiUnwanted('The value of the whole expression is then given by')).toBe('no sentence end');
  });
});

/** `count` different words in a row, from word number `from` on. */
const words = (from, count) => Array.from({ length: count }, (_, i) => `word${from + i}`).join(' ');

describe('shingles', () => {
  test('are counted as runs of words, however many there are', () => {
    const set = new Shingles(8);
    const text = words(0, 200_000);
    set.add(text);
    set.add(text);
    expect(set.count).toBe(200_000 - 7);
    expect(set.shared(text)).toEqual({ shared: 200_000 - 7, total: 200_000 - 7 });
    expect(set.shared(words(200_000, 1000))).toEqual({ shared: 0, total: 993 });
    expect(set.shared(`Word5, WORD6 ${words(7, 8)}`)).toEqual({ shared: 3, total: 3 });
    expect(set.shared('word1 word2')).toEqual({ shared: 0, total: 0 });
  });

  test('a planted passage takes its paragraph out, and no other', () => {
    const set = new Shingles(8);
    set.add(words(0, 100));
    const guilty = `${words(1000, 50)} ${words(40, 10)} ${words(2000, 50)}`; // ten words in a row: three shingles
    const innocent = `${words(1000, 50)} ${words(40, 9)} ${words(2000, 50)}`; // nine: two
    expect(withoutShared([innocent, guilty, 'A short one.'].join('\n'), set)).toEqual({ kept: `${innocent}\nA short one.`, dropped: 1 });
    expect(withoutShared(`${innocent}\n${guilty}`, set, { whole: true })).toEqual({ kept: '', dropped: 2 });
    expect(withoutShared(`${innocent}\n${guilty}`, set, { whole: true, mostShared: 6 }).dropped).toBe(0);
    expect(withoutShared(words(40, 8), set).kept).toBe(''); // all that it has
  });
});

describe('the held-out part', () => {
  test('follows from the words alone', () => {
    expect(lot('Run, Tom!')).toBe(lot('run tom.'));
    expect(lot('Run, Tom!')).not.toBe(lot('Run, Ann!'));
    expect(lot('Run, Tom!')).toBe(263876960282665); // another hash would divide all texts anew
  });

  test('is so many documents, or about such a share', () => {
    const lots = Array.from({ length: 5000 }, (_, i) => lot(words(i, 5)));
    expect(lots.filter(heldOutRule(lots, 7))).toHaveLength(7);
    const share = lots.filter(heldOutRule(lots, 0.1)).length / lots.length;
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.12);
  });
});

const hasXz = spawnSync('xz', ['--version']).status === 0;

describe.skipIf(!hasXz)('prepared corpora', () => {
  const data = mkdtempSync(join(tmpdir(), 'dot-by-dot-corpora-'));
  const tales = Array.from({ length: 20 }, (_, i) => `${words(i * 1000, 40)}.\n${words(i * 1000 + 500, 40)}.`);
  let list;
  let folder;
  const documents = (name) => readFileSync(join(folder, name), 'latin1').split('\0').slice(1);

  /** A corpus of the test: packed, with its hash. */
  function corpus(name, text, rest) {
    const packed = spawnSync('xz', ['-zc'], { input: text, maxBuffer: 1 << 24 }).stdout;
    writeFileSync(join(data, `${name}.xz`), packed);
    return { name, file: `${name}.xz`, sha256: createHash('sha256').update(packed).digest('hex'), ...rest };
  }

  beforeAll(async () => {
    // The book holds a passage of every tale, one to a paragraph, and one tale as a whole; the sentences come in two spellings.
    const passages = tales.map((_, i) => `So it goes on ${words(i * 1000 + 10, 20)} and ends ${words(50_000 + i * 100, 30)}.`);
    const book = ['= A Book =', 'CHAPTER I', ...passages, '', '= Another =', ...tales[3].split('\n'), ''].join('\n');
    const sentences = Array.from({ length: 300 }, (_, i) => `We saw thing${i}!\nWe saw thing${i}.`).join('\n');
    list = [
      corpus('tatoeba', `${sentences}\n`, { heldOut: 0.1, shuffle: true }),
      corpus('children', book, { heldOut: 0 }),
      corpus('fairytales', tales.map((tale) => JSON.stringify({ sections: [tale] })).join('\n'), { heldOut: 4, notIn: 'children' }),
    ];
    folder = join(data, 'text');
    await prepareCorpora({ data, folder, list });
  });
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  test('no sentence is on both sides, in whatever spelling, and none is lost', () => {
    const heldOut = documents('tatoeba.heldout.txt');
    const train = documents('tatoeba.train.txt');
    expect(heldOut.length + train.length).toBe(600);
    expect(heldOut.length).toBeGreaterThan(20);
    const known = new Set(train.map(bareWords));
    expect(heldOut.filter((sentence) => known.has(bareWords(sentence)))).toEqual([]);
    expect(train.slice(0, 20)).not.toEqual([...train].sort().slice(0, 20));
  });

  test('a passage of a held-out tale is in no training file, and the book keeps the rest', () => {
    const heldOut = documents('fairytales.heldout.txt');
    expect(heldOut).toHaveLength(4);
    const set = new Shingles(8);
    for (const tale of heldOut) set.add(tale);
    const [book] = documents('children.train.txt');
    expect(book.split('\n')).toHaveLength(16);
    expect(book).not.toContain('CHAPTER');
    for (const name of ['children', 'fairytales', 'tatoeba'])
      for (const text of documents(`${name}.train.txt`)) expect(set.shared(text).shared).toBe(0);
  });

  test('a tale that the book has is not doubled, and the summary says so', () => {
    const summary = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
    expect(summary.dropped.fairytales['alreadyIn children']).toEqual({ documents: 1, words: 80 });
    expect(summary.dropped.children.sharedWithHeldOut.paragraphs).toBe(4);
    expect(summary.dropped.children.whileCleaning).toEqual({ heading: 1 });
    const file = readFileSync(join(folder, 'fairytales.train.txt'));
    const line = { documents: 15, paragraphs: 30, words: 15 * 80, bytes: file.length };
    expect(summary.files['fairytales.train.txt']).toEqual({ ...line, sha256: createHash('sha256').update(file).digest('hex') });
  });

  test('the same corpora give the same bytes', async () => {
    const again = join(data, 'again');
    await prepareCorpora({ data, folder: again, list });
    for (const { name } of list)
      for (const part of ['train', 'heldout'])
        expect(readFileSync(join(again, `${name}.${part}.txt`))).toEqual(readFileSync(join(folder, `${name}.${part}.txt`)));
    expect(readFileSync(join(again, 'summary.json'))).toEqual(readFileSync(join(folder, 'summary.json')));
  });

  test('what stands is left alone; what is damaged is made anew', async () => {
    const file = join(folder, 'tatoeba.train.txt');
    const whole = readFileSync(file);
    const said = [];
    await prepareCorpora({ data, folder, list, say: (line) => said.push(line) });
    expect(said).toEqual([]);
    writeFileSync(file, whole.subarray(1));
    await prepareCorpora({ data, folder, list });
    expect(readFileSync(file)).toEqual(whole);
  });

  test('another corpus under the same name, or none, is a failure that says which', async () => {
    mkdirSync(join(data, 'empty'));
    await expect(checkCorpora(join(data, 'empty'), list)).rejects.toThrow(/tatoeba\.xz is not there/);
    const other = [{ ...list[0], sha256: '0'.repeat(64) }];
    const failure = await prepareCorpora({ data, folder: join(data, 'none'), list: other }).catch((error) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure.message).toMatch(/tatoeba\.xz has another sha256/);
    expect(failure.repair).toContain('0'.repeat(64));
  });
});
