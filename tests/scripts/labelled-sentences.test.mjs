// The sentences with parts of speech: their checks see each kind of fault, the shipped file passes them, and source.md says what it holds.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  ambiguousWords,
  checkSentences,
  joined,
  LIMITS,
  parseSentences,
  rightByWordAlone,
  sentenceFaults,
  TAGS,
  tagCounts,
  wordTags,
} from '../../scripts/lib/labelled-sentences.mjs';
import { percent } from '../../scripts/lib/shares.mjs';

const folder = new URL('../../lessons/data/parts-of-speech/', import.meta.url);
const file = readFileSync(new URL('sentences.txt', folder), 'utf8');
const source = readFileSync(new URL('source.md', folder), 'utf8');
const { sentences } = parseSentences(file);

const dog = 'The/DET old/ADJ dog/NOUN/subject slept/VERB ./PUNCT';
const small = { sentences: 1, perTag: 0, shortest: 3, longest: 6, ambiguous: 0, each: 2 };
const faults = (text, limits = small) => checkSentences(text, limits).map(({ line, says }) => `${line}: ${says}`);

describe('reading', () => {
  test('gives words, tags, roles, the running text, and where in it each word begins', () => {
    const [sentence] = parseSentences(`# a remark\n\n${dog}\n`).sentences;
    expect(sentence.line).toBe(3);
    expect(sentence.text).toBe('The old dog slept.');
    expect(sentence.words[2]).toEqual({ word: 'dog', tag: 'NOUN', role: 'subject', start: 8 });
    expect(sentence.words[4]).toEqual({ word: '.', tag: 'PUNCT', start: 17 });
  });

  test('joins marks, n’t and what begins with an apostrophe to the word before', () => {
    expect(joined(['Do', "n't", 'wait', ',', 'it', "'s", 'Anna', "'s", '!']).text).toBe("Don't wait, it's Anna's!");
    expect(joined(['No', ',', 'no', '!'])).toEqual({ text: 'No, no!', starts: [0, 2, 4, 6] });
  });
});

describe('a fault is named with its line', () => {
  test('none in a good sentence', () => expect(faults(`${dog}\n`)).toEqual([]));

  test.each([
    ['two spaces', dog.replace(' ', '  '), /one space/],
    ['a space at the end', `${dog} `, /one space/],
    ['a tab', dog.replace(' ', '\t'), /a tab/],
    ['another script', dog.replace('dog', 'дог'), /ASCII/],
    ['a word without a tag', dog.replace('old/ADJ', 'old'), /"old" is not word\/TAG/],
    ['a tag without a word', dog.replace('old/ADJ', '/ADJ'), /"\/ADJ" is not word\/TAG/],
    ['four parts', dog.replace('/subject', '/subject/subject'), /"dog\/NOUN\/subject\/subject" is not word\/TAG/],
    ['an empty third part', dog.replace('/subject', '/'), /"dog\/NOUN\/" is not word\/TAG/],
    ['an unknown tag', dog.replace('NOUN', 'NN'), /NN is no part of speech/],
    ['an unknown role', dog.replace('subject', 'object'), /object is neither subject nor imperative/],
    ['no closing mark', dog.replace(' ./PUNCT', ''), /does not end with/],
    ['another mark at the end', dog.replace('./', ',/'), /does not end with/],
    ['a closing mark inside', dog.replace('slept/VERB', 'slept/VERB !/PUNCT'), /at its end only/],
    ['no capital', dog.replace('The', 'the'), /does not begin with a capital/],
    ['a mark that is no PUNCT', dog.replace('./PUNCT', './NOUN'), /marks are PUNCT/],
    ['a word that is PUNCT', dog.replace('slept/VERB', 'slept/PUNCT'), /"slept": marks are PUNCT/],
    ['no word', dog.replace('old', 'o1d'), /"o1d" is no word/],
    ['a closed class', dog.replace('old/ADJ', 'old/DET'), /"old" is not one of the words that can be DET/],
    ['a capital inside', dog.replace('old', 'Old'), /"Old": inside a sentence/],
    ['a name without one', dog.replace('dog/NOUN', 'rex/PROPN'), /"rex": inside a sentence/],
    ['a verb as subject', dog.replace('dog/NOUN/subject slept/VERB', 'dog/NOUN slept/VERB/subject'), /"slept" is VERB; subject may be/],
    ['a noun as imperative', dog.replace('subject', 'imperative'), /"dog" is NOUN; imperative may be/],
    ['neither of the two', dog.replace('/subject', ''), /neither a subject nor an imperative/],
    ['two imperatives', 'Go/VERB/imperative and/CCONJ see/VERB/imperative ./PUNCT', /two imperatives/],
    ['too short', 'Dogs/NOUN/subject sleep/VERB ./PUNCT', /2 words, not 3 to 6/],
    ['too long', dog.replace('old/ADJ', 'old/ADJ old/ADJ old/ADJ old/ADJ'), /7 words, not 3 to 6/],
    ['the same sentence', dog.replace('./', '!/'), /stands in line 1/],
  ])('%s', (_, line, says) => {
    const found = faults(`${dog}\n# a remark\n${line}\n`);
    expect(found.join('\n')).toMatch(says);
    for (const fault of found) expect(fault).toMatch(/^3: /);
  });

  test('several, in the order of their lines, and all of one line', () => {
    expect(faults(`${dog}\nthe/DET dog/NOUN slept/VERB ./PUNCT\ndog\n`).map((fault) => fault.slice(0, 2))).toEqual(['2:', '2:', '3:']);
  });
});

describe('a fault of the whole', () => {
  const whole = (limits) => faults(`${dog}\n`, { ...small, ...limits });
  test('too few sentences', () => expect(whole({ sentences: 2 })).toEqual(['0: there are 1 sentences, fewer than 2']));
  test('too few of a tag', () => {
    expect(whole({ perTag: 1 })).toContain('0: ADP occurs 0 times, fewer than 1');
    expect(whole({ perTag: 1 }).length).toBe(TAGS.length - 5);
  });
  test('too few ambiguous words', () => expect(whole({ ambiguous: 1 }).join()).toMatch(/0 words have two parts of speech/));
  test('a last line without an end', () => expect(faults(dog)).toEqual(['0: the last line has no end']));
});

describe('ambiguous words', () => {
  const runs = ['A/DET run/NOUN/subject helps/VERB ./PUNCT', 'I/PRON/subject run/VERB ./PUNCT', 'Run/VERB/imperative now/ADV ./PUNCT'];
  const of = (lines) => parseSentences(lines.join('\n')).sentences;

  test('have each tag often enough', () => {
    expect(ambiguousWords(of(runs), 1)).toEqual([
      {
        word: 'run',
        tags: [
          ['VERB', 2],
          ['NOUN', 1],
        ],
      },
    ]);
    expect(ambiguousWords(of(runs), 2)).toEqual([]);
  });

  test('cannot be told by the word alone', () => {
    const { all, ambiguous } = rightByWordAlone(of([...runs, 'The/DET run/NOUN/subject ended/VERB ./PUNCT']));
    expect(ambiguous).toBe(0); // of two NOUN and two VERB, the other sentences hold more of the wrong one
    expect(all).toBeCloseTo(4 / 14); // the four full stops; each word that stands once is called NOUN, and none is one
  });
});

describe('the shipped sentences', () => {
  test('pass every check', () => expect(faults(file, LIMITS)).toEqual([]));

  test.each([
    ['a tag is dropped', (text) => text.replace('/ADJ', '')],
    ['the subjects of a line are dropped', (text) => text.replace(/^The.*$/m, (line) => line.replaceAll('/subject', ''))],
    ['a line is doubled', (text) => text.replace(/^The.*$/m, '$&\n$&')],
  ])('and would not if %s', (_, broken) => expect(faults(broken(file), LIMITS).length).toBe(1));

  test('a word that can have one tag only has no other', () => {
    const tags = wordTags(sentences);
    for (const word of ['the', 'a', 'an', 'and', 'of', 'i', 'you', 'my', 'not', '.']) expect([...tags.get(word)].length, word).toBe(1);
  });

  test('none has a fault by itself', () => {
    for (const sentence of sentences) expect(sentenceFaults(sentence), sentence.text).toEqual([]);
  });
});

describe('source.md says', () => {
  const words = sentences.flatMap((sentence) => sentence.words);
  const number = (n) => n.toLocaleString('en-US');

  test('how many there are', () => {
    expect(source).toContain(`holds ${number(sentences.length)} English sentences, ${number(words.length)} words and marks`);
    expect(source).toContain(`; ${number(words.filter(({ role }) => role === 'subject').length)} of them head the subject`);
  });
  test('the hash', () => expect(source).toContain(`sha256 \`${createHash('sha256').update(file).digest('hex')}\``));
  test.each(tagCounts(sentences))('how often %s occurs', (tag, times) => expect(source).toContain(`| ${tag} | ${number(times)} |`));
  test('what a table of words gets right', () => {
    const { all, ambiguous } = rightByWordAlone(sentences);
    expect(source).toContain(`right for ${percent(all)} of all words and marks, but for ${percent(ambiguous)} of these`);
  });
  test('the ambiguous words, each with its counts', () => {
    const list = ambiguousWords(sentences).map(({ word, tags }) => `\`${word}\` ${tags.map((pair) => pair.join(' ')).join(', ')}`);
    expect(source).toContain(`so ${list.length} word forms stand here`);
    expect(
      source
        .split('\n')
        .find((line) => line.includes(' · '))
        ?.split(' · '),
    ).toEqual(list);
  });
});
