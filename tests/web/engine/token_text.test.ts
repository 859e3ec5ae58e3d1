// Texts to the bytes that models read, and back, with the places of each byte.
import { describe, expect, test } from 'vitest';
import { bytesOf, foldText, placeTokens, readBytes, type TokenText, unitsOf } from '../../../web/engine/token_text.ts';
import { uniforms } from './support.ts';

const read = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const folded = (text: string) => read(foldText(text).bytes);

describe('a text is folded as the training text was', () => {
  test.each([
    ['plain text, it stays: "yes" - 7%!', 'plain text, it stays: "yes" - 7%!'],
    ['“Come,” she said, ‘now’', '"Come," she said, \'now\''],
    ['don’t', "don't"],
    ['He ran — and fell', 'He ran - and fell'],
    ['He ran—and fell', 'He ran - and fell'],
    ['He ran -- and fell', 'He ran - and fell'],
    ['“Wait—” he said', '"Wait -" he said'],
    ['“—and then”', '"- and then"'],
    ['— Yes', '- Yes'],
    ['Yes —', 'Yes -'],
    ['1914–1918', '1914-1918'],
    ['well-known', 'well-known'],
    ['wait…', 'wait...'],
    ['café naïve Ångström', 'cafe naive Angstrom'],
    ['cafe\u0301 is', 'cafe is'],
    ['ﬁne ½ ß Æ ø', 'fine 1/2 ss Ae o'],
    ['10\u00a0km', '10 km'],
    ['two  spaces,\ttab', 'two spaces, tab'],
    ['one.\n\n  Two.', 'one.\nTwo.'],
    ['the [blank] sat', 'the\x01 sat'],
    ['[blank] sat', '\x01 sat'],
    ['he — [blank] ran', 'he -\x01 ran'],
    ['[blanks] [Blank]', '[blanks] [Blank]'],
    ['a\x00b\x01c', 'abc'],
    ['日本 한국 😀 नमस्ते', '日本 한국 😀 नमस्ते'],
    ['', ''],
  ])('%j', (text, plain) => {
    expect(folded(text)).toBe(plain);
  });

  test('every byte points at the character that it came from', () => {
    const text = 'é“ß…😀 — [blank]x';
    const { bytes, starts, ends } = foldText(text);
    const from = [...bytes].map((_, i) => text.slice(starts[i], ends[i]));
    expect(read(bytes)).toBe('e"ss...😀 -\x01x');
    expect(from).toEqual(['é', '“', 'ß', 'ß', '…', '…', '…', '😀', '😀', '😀', '😀', ' — ', ' — ', '[blank]', 'x']);
    const accent = foldText('e\u0301f');
    expect([[...accent.starts], [...accent.ends]]).toEqual([
      [0, 2],
      [2, 3],
    ]);
  });

  test('whatever is given: places never fall back, nothing is cut, and folding twice changes nothing', () => {
    const next = uniforms(5);
    const signs = [
      'a',
      'é',
      '“',
      '”',
      '—',
      '–',
      ' ',
      '  ',
      '\n',
      '…',
      '[blank]',
      '7',
      '😀',
      '日',
      '\u0301',
      '-',
      "'",
      '(',
      '.',
      '\ud800',
      '\u0001',
      'ß',
    ];
    for (let round = 0; round < 500; ++round) {
      const text = Array.from({ length: 12 }, () => signs[Math.floor(((next() + 1) / 2) * signs.length)]).join('');
      const { bytes, starts, ends } = foldText(text);
      for (let i = 0; i < bytes.length; ++i) {
        expect(starts[i]).toBeLessThan(ends[i] as number);
        if (i > 0) expect(starts[i]).toBeGreaterThanOrEqual(starts[i - 1] as number);
      }
      expect(ends.at(-1) ?? 0).toBeLessThanOrEqual(text.length);
      const plain = read(bytes).replaceAll('\x01', ' [blank]');
      // Signs that are passed over may part what would have been one piece.
      const whole = !text.includes('\u0001') && !text.includes('\u0301');
      if (whole && !/^\s|\s$/.test(plain)) expect(folded(plain).replaceAll('\x01', ' [blank]')).toBe(plain);
    }
  });
});

describe('bytes are read', () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);

  test.each([
    [[104, 105], 'hi'],
    [[0xc3, 0xa9], 'é'],
    [[0xc3], '‹c3›'],
    [[0xa9, 0x61], '‹a9›a'],
    [[0xf0, 0x9f, 0x98, 0x80], '😀'],
    [[0xf0, 0x9f, 0x98], '‹f0›‹9f›‹98›'],
    [[0xc0, 0x80], '‹c0›‹80›'],
    [[0xed, 0xa0, 0x80], '‹ed›‹a0›‹80›'],
    [[0xff, 0x07, 0x7f], '‹ff›‹07›‹7f›'],
    [[0, 65, 1, 46, 10], '␂A [blank].\n'],
    [[1], '[blank]'],
  ])('%j as %j', (given, text) => {
    expect(readBytes(bytes(...given)).text).toBe(text);
  });

  test('each byte knows its character', () => {
    const { starts, ends } = readBytes(bytes(97, 0xc3, 0xa9, 0xc3, 98));
    expect([...starts]).toEqual([0, 1, 1, 2, 6]);
    expect([...ends]).toEqual([1, 2, 2, 6, 7]);
  });
});

test('tokens are placed where they stand; parts of one letter name all of it', () => {
  const token = (...values: number[]): TokenText => ({ bytes: Uint8Array.from(values), name: readBytes(Uint8Array.from(values)).text });
  const vocabulary = [token(0), token(1), token(97, 98), token(0xc3), token(0xa9)];
  const ids = [0, 2, 3, 4, 1];
  const text = readBytes(bytesOf(ids, vocabulary));
  expect(text.text).toBe('abé [blank]');
  expect(placeTokens(ids, vocabulary, text)).toEqual([
    { id: 0, text: '␂', start: 0, end: 0 },
    { id: 2, text: 'ab', start: 0, end: 2 },
    { id: 3, text: '‹c3›', start: 2, end: 3 },
    { id: 4, text: '‹a9›', start: 2, end: 3 },
    { id: 1, text: '[blank]', start: 3, end: 11 },
  ]);
  expect([0, 2, 3, 4, 99].map((bytes) => unitsOf(text, bytes))).toEqual([0, 2, 2, 3, 11]);
});
