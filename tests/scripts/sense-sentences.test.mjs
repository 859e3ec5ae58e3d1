// The sentences with words of two senses: each file keeps to its rules, source.md says what is measured, and a broken file is told from a good one.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bagShare, cueShares, mostTellingWord } from '../../scripts/lib/cue-shares.mjs';
import { alike, readSenses, senseProblems, sharedRuns } from '../../scripts/lib/sense-sentences.mjs';
import { sensesPage } from '../../scripts/lib/senses-source.mjs';

const folder = new URL('../../lessons/data/senses/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.tsv'));
const words = files.map((name) => name.replace('.tsv', ''));
const textOf = (word) => readFileSync(new URL(`${word}.tsv`, folder), 'utf8');
const sentencesOf = (word) => readSenses(textOf(word), word).sentences;

test('there are at least five words, bank among them', () => {
  expect(words.length).toBeGreaterThanOrEqual(5);
  expect(words).toContain('bank');
});

test.each(words)('%s keeps to the rules', (word) => {
  expect(senseProblems(textOf(word), word)).toEqual([]);
});

test('no two sentences of any files share a passage', () => {
  const named = words.flatMap((word) => sentencesOf(word).map((one) => ({ name: `${word}.tsv:${one.line}`, words: one.words })));
  expect([...sharedRuns(named), ...alike(named)]).toEqual([]);
});

test('source.md is what is measured', () => {
  const page = sensesPage(new Map(words.map((word) => [word, textOf(word)])));
  const file = new URL('source.md', folder);
  if (process.env.DOT_GOLDEN === 'write') writeFileSync(file, page);
  expect(readFileSync(file, 'utf8'), 'DOT_GOLDEN=write npx vitest run tests/scripts/sense-sentences.test.mjs writes it anew').toBe(page);
});

describe('a broken file is found out', () => {
  const lines = textOf('bank').trimEnd().split('\n');
  /** The problems of bank.tsv after a change: of one line, or of all sentences. */
  const problemsAfter = (change) => senseProblems(`${change([...lines]).join('\n')}\n`, 'bank');
  const withLine = (number, text) =>
    problemsAfter((all) => {
      all[number - 1] = text;
      return all;
    });
  const eachSentence = (change) => problemsAfter((all) => all.map((line, i) => (i === 0 ? line : change(line, i))));

  test.each([
    ['money\tbefore', 'has 2 columns'],
    ['Money\tbefore\tShe keeps some of her pay in the bank.', 'no name of a sense'],
    ['money\tleft\tShe keeps some of her pay in the bank.', '"left" is no context'],
    ['money\tbefore\tShe keeps “some” of her pay in the bank.', 'not one plain sentence'],
    ['money\tbefore\tshe keeps some of her pay in the bank.', 'not one plain sentence'],
    ['money\tbefore\tShe keeps some of her pay in the bank', 'not one plain sentence'],
    ['money\tbefore\tSavings in the bank.', 'has 4 words'],
    [`money\tbefore\tShe keeps ${'some of '.repeat(5)}her pay in the bank.`, 'has 17 words'],
    ['money\tbefore\tShe keeps some of her pay in the banks.', 'has "bank" 0 times'],
    ['money\tbefore\tBank after bank keeps some of her pay.', 'has "bank" 2 times'],
    ['money\tbefore\tBank clerks keep some of her pay.', 'must stand in lower case'],
  ])('line 40: %s', (text, what) => {
    expect(withLine(40, text).filter((problem) => problem.startsWith('line 40: ') && problem.includes(what))).toHaveLength(1);
  });

  test('its header and its end', () => {
    expect(withLine(1, 'sense\tsentence')[0]).toMatch(/^line 1: the header/);
    expect(senseProblems(lines.join('\n'), 'bank')).toContain(`line ${lines.length}: the last line must end with a line feed`);
  });

  test('a third sense, a lost sentence, a pair that is none', () => {
    expect(withLine(2, lines[1].replace('money', 'blood'))).toContain('bank has 3 senses, not 2: blood, river, money');
    expect(problemsAfter((all) => all.slice(0, -1))).toEqual(
      expect.arrayContaining([
        'river: 43 sentences, fewer than 44',
        `line ${lines.length - 1}: stands alone; lines 2 and 3 are a pair, and so on`,
      ]),
    );
    expect(withLine(2, lines[1].replace('money', 'river'))).toContain('lines 2 and 3: a pair has both senses');
    expect(withLine(2, lines[1].replace('after', 'both'))).toContain('lines 2 and 3: a pair has one context');
    expect(withLine(2, 'money\tafter\tForeign money is changed from nine at the bank.')).toContain(
      'lines 2 and 3: a pair has the word in the same third',
    );
  });

  test('a sentence twice, or with a few words changed', () => {
    const [, , sentence = ''] = lines[1].split('\t');
    expect(withLine(40, `money\tafter\t${sentence}`).filter((problem) => problem.startsWith('line 40 '))).not.toEqual([]);
    expect(
      alike([
        { name: 'a', words: ['we', 'saw', 'the', 'bank'] },
        { name: 'b', words: ['the', 'bank', 'we', 'left', 'saw'] },
      ]),
    ).toHaveLength(1);
  });

  test('a passage of four words in two sentences that are else unlike', () => {
    const passage = 'money\tafter\tTheir new bank was closed because its owner had run away.';
    expect(withLine(40, passage)).toContain('line 40 shares "bank was closed because" with line 4');
  });

  const problemWith = (problems, what) => problems.find((problem) => problem.includes(what));

  test('a word before that tells', () => {
    const problems = eachSentence((line) => (line.startsWith('money') ? line.replace(/\b(the|a|this|that) bank\b/, 'her bank') : line));
    expect(problemWith(problems, 'the word before gives the sense away')).toBeDefined();
  });

  test('a word anywhere that tells, and a length', () => {
    const problems = eachSentence((line) => (line.startsWith('money') ? line.replace(/[.?]$/, ' yet again.') : line));
    expect(problemWith(problems, 'the word "yet" anywhere gives')).toBeDefined();
    expect(problemWith(problems, 'words a sentence, too far apart')).toBeDefined();
  });

  test('a mark, a first word, a place', () => {
    const marked = eachSentence((line) => (line.startsWith('money') ? line.replace(/\.$/, '!') : line));
    expect(problemWith(marked, 'the mark at the end gives')).toBeDefined();
    const begun = eachSentence((line) =>
      line.replace(/\t([A-Z])([^\t]*)$/, (_, first, rest) => `\t${line[0] === 'm' ? 'Now' : 'Then'} ${first.toLowerCase()}${rest}`),
    );
    expect(problemWith(begun, 'the first word gives')).toBeDefined();
    const moved = eachSentence((line) =>
      line.startsWith('money') ? line.replace(/\t([A-Z])([^\t]*)$/, (_, first, rest) => `\tSo then ${first.toLowerCase()}${rest}`) : line,
    );
    expect(problemWith(moved, 'a pair has the word in the same third')).toBeDefined();
  });

  test('a context on the wrong side', () => {
    const wrong = eachSentence((line) =>
      line.replace(/\t(before|after)\t/, (_, context) => `\t${context === 'before' ? 'after' : 'before'}\t`),
    );
    expect(problemWith(wrong, 'where the context stands before, what stands after gives')).toBeDefined();
    expect(problemWith(wrong, 'where the context stands after, what stands before gives')).toBeDefined();
  });
});

describe('what a cue is worth', () => {
  const sentence = (pair, sense, text) => ({
    pair,
    sense,
    sentence: `${text}.`,
    words: text.toLowerCase().split(' '),
    at: text.split(' ').indexOf('bank'),
  });
  const named = (sentences, name) => cueShares(sentences).find((cue) => cue.name === name);

  test('nothing where both senses have it, all where each has its own, half where it stands once', () => {
    const even = [
      sentence(0, 'money', 'the bank'),
      sentence(0, 'river', 'the bank'),
      sentence(1, 'money', 'a bank'),
      sentence(1, 'river', 'a bank'),
    ];
    expect(named(even, 'word before')).toMatchObject({ unseen: 0.5, seen: 0.5 });
    const own = [
      sentence(0, 'money', 'the bank'),
      sentence(0, 'river', 'a bank'),
      sentence(1, 'money', 'the bank'),
      sentence(1, 'river', 'a bank'),
    ];
    expect(named(own, 'word before')).toMatchObject({ unseen: 1, seen: 1 });
    const uneven = [
      sentence(0, 'money', 'the bank'),
      sentence(0, 'river', 'the bank'),
      sentence(1, 'money', 'the bank'),
      sentence(1, 'river', 'a bank'),
    ];
    expect(named(uneven, 'word before')).toMatchObject({ unseen: 0.5, seen: 0.625 });
    const once = [sentence(0, 'money', 'the bank'), sentence(0, 'river', 'a bank')];
    expect(named(once, 'word before')).toMatchObject({ unseen: 0.5, seen: 0.5 });
    expect(mostTellingWord(own)).toEqual({ word: 'the', share: 1 });
  });

  test('a bag learns from the other pairs alone', () => {
    const own = [
      sentence(0, 'money', 'gold bank'),
      sentence(0, 'river', 'reed bank'),
      sentence(1, 'money', 'gold bank'),
      sentence(1, 'river', 'reed bank'),
    ];
    expect(bagShare(own, 'before')).toBe(1);
    expect(bagShare(own, 'after')).toBe(0.5);
    expect(bagShare(own.slice(0, 2), 'before')).toBe(0.5);
  });
});
