// What the native benchmark is told: its cases and its corpus. The programs themselves are held against double precision at every run.
import { expect, test } from 'vitest';
import { corpusText, VOCABULARY } from '../../web/bench/corpus.ts';
import { NATIVE_CASES } from './native/cases.ts';

test('each case is asked in words that the programs know', () => {
  expect(NATIVE_CASES.map(({ asked }) => asked)).toEqual(expect.arrayContaining(['dot 1000000', 'matvec 20000 300', 'matmul 1024']));
  for (const { asked } of NATIVE_CASES) expect(asked).toMatch(/^(dot \d+|matvec \d+ \d+|matmul \d+)$/);
  expect(NATIVE_CASES.every(({ name }) => !/given|worker/.test(name))).toBe(true);
});

test('the corpus is the same in every run, of so many words, the first far more frequent than the last', () => {
  const text = corpusText(40_100);
  expect(corpusText(40_100)).toBe(text);
  const words = text.trim().split(/\s+/);
  expect(words).toHaveLength(40_100);
  const places = words.map((word) => Number(word.slice(1)));
  expect(places.every((place) => Number.isInteger(place) && place >= 0 && place < VOCABULARY)).toBe(true);
  const share = (from: number, to: number) => places.filter((place) => place >= from && place < to).length / places.length;
  // By Zipf's law the first 300 words are more than half of all, the last half of the vocabulary one in fifteen.
  expect(share(0, 300)).toBeGreaterThan(0.45);
  expect(share(VOCABULARY / 2, VOCABULARY)).toBeLessThan(0.12);
  expect(share(VOCABULARY / 2, VOCABULARY)).toBeGreaterThan(0.02);
});

test('a paragraph keeps to a topic', () => {
  const paragraphs = corpusText(20_000).trim().split('\n');
  const commonest = paragraphs.map((line) => {
    const counts = new Map<number, number>();
    for (const word of line.split(' ')) {
      const topic = Number(word.slice(1)) % 300;
      counts.set(topic, (counts.get(topic) ?? 0) + 1);
    }
    return Math.max(...counts.values()) / line.split(' ').length;
  });
  expect(commonest.reduce((a, b) => a + b, 0) / commonest.length).toBeGreaterThan(0.4);
});
