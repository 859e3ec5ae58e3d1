// The pairs of the grammar probe: their form, how little the two sentences of a pair differ, and that liking some words more than
// others gains nothing.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Pair {
  readonly phenomenon: string;
  readonly right: string;
  readonly wrong: string;
}

const folder = new URL('../../../lessons/data/grammar/', import.meta.url);
const text = readFileSync(new URL('pairs.tsv', folder), 'utf8');
const source = readFileSync(new URL('source.md', folder), 'utf8');
const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const pairs: Pair[] = lines.map((line) => {
  const [phenomenon = '', right = '', wrong = ''] = line.split('\t');
  return { phenomenon, right, wrong };
});
const phenomena = [...new Set(pairs.map((pair) => pair.phenomenon))];
const of = (phenomenon: string) => pairs.filter((pair) => pair.phenomenon === phenomenon);
const words = (sentence: string): string[] => sentence.match(/[A-Za-z]+/g) ?? [];

/** What is left of both word lists when the words they share at the beginning and at the end are taken away. */
function difference({ right, wrong }: Pair): [string[], string[]] {
  const [a, b] = [words(right), words(wrong)];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

describe('the file', () => {
  it('has three columns: an id and two sentences in ASCII', () => {
    expect(text.endsWith('\n')).toBe(true);
    for (const line of lines) expect(line).toMatch(/^[a-z]+(-[a-z]+)*\t[^\t]+\t[^\t]+$/);
    // A capital, words with single spaces, commas only before a space, one mark at the end.
    for (const { right, wrong } of pairs)
      for (const sentence of [right, wrong]) expect(sentence).toMatch(/^[A-Z][A-Za-z]*(,? [A-Za-z]+)*[.?!]$/);
  });

  it('has at least 10 phenomena, each in one block of at least 30 pairs', () => {
    expect(phenomena.length).toBeGreaterThanOrEqual(10);
    for (const phenomenon of phenomena) expect(of(phenomenon).length, phenomenon).toBeGreaterThanOrEqual(30);
    const blocks = pairs.filter((pair, i) => pair.phenomenon !== pairs[i - 1]?.phenomenon);
    expect(blocks.map((pair) => pair.phenomenon)).toEqual(phenomena);
  });

  it('holds no sentence twice, neither as right nor as wrong nor as both', () => {
    const seen = new Set<string>();
    for (const sentence of pairs.flatMap(({ right, wrong }) => [right, wrong])) {
      expect(seen.has(sentence.toLowerCase()), sentence).toBe(false);
      seen.add(sentence.toLowerCase());
    }
  });

  it('has sentences of 4 to 14 words, as long right as wrong', () => {
    for (const { right, wrong } of pairs) {
      expect(words(right).length, right).toBeGreaterThanOrEqual(4);
      expect(words(right).length, right).toBeLessThanOrEqual(14);
      expect(words(wrong).length, wrong).toBe(words(right).length);
    }
  });

  it('is no template with words swapped: within a phenomenon two sentences share at most half of their words', () => {
    for (const phenomenon of phenomena) {
      const sentences = of(phenomenon).map(({ right }) => new Set(words(right.toLowerCase())));
      for (const [i, a] of sentences.entries())
        for (const b of sentences.slice(i + 1)) {
          const shared = [...a].filter((word) => b.has(word)).length;
          expect(shared / (a.size + b.size - shared), [...a].join(' ')).toBeLessThanOrEqual(0.5);
        }
    }
  });
});

describe.each(phenomena)('%s', (phenomenon) => {
  const differences = of(phenomenon).map((pair) => ({ pair, change: difference(pair) }));

  if (phenomenon === 'word-order') {
    it('has the same words in another order, moved within at most five', () => {
      for (const { pair, change } of differences) {
        const [a, b] = change;
        expect(a, pair.wrong).not.toEqual(b);
        expect([...a].sort(), pair.wrong).toEqual([...b].sort());
        expect(a.length, pair.wrong).toBeLessThanOrEqual(5);
      }
    });
  } else {
    it('differs in one word only', () => {
      for (const { pair, change } of differences) {
        expect(
          change.map((some) => some.length),
          pair.wrong,
        ).toEqual([1, 1]);
        expect(pair.right.replace(/[A-Za-z]+/g, '')).toBe(pair.wrong.replace(/[A-Za-z]+/g, '')); // the same commas and mark
      }
    });

    it('every swapped word is right as often as it is wrong, with the same partner', () => {
      const count = new Map<string, number>();
      for (const { change } of differences) {
        const key = change.flat().join(' over ');
        count.set(key, (count.get(key) ?? 0) + 1);
      }
      for (const [key, times] of count) {
        const reversed = key.split(' over ').reverse().join(' over ');
        expect(count.get(reversed) ?? 0, `${reversed}, as often as ${key}`).toBe(times);
      }
    });
  }

  it('source.md explains it with one of its pairs', () => {
    const row = source.split('\n').find((line) => line.startsWith(`| \`${phenomenon}\` |`));
    expect(row).toBeDefined();
    expect(of(phenomenon).some(({ right, wrong }) => row?.includes(`| ${right} / ${wrong} |`))).toBe(true);
  });
});

describe('what source.md claims', () => {
  it('the counts', () => {
    const [, total, each, kinds] = /holds (\d+) pairs of English sentences, (\d+) for each of (\d+) phenomena/.exec(source) ?? [];
    expect([total, each, kinds].map(Number)).toEqual([pairs.length, of(phenomena[0] ?? '').length, phenomena.length]);
    for (const phenomenon of phenomena) expect(of(phenomenon).length, phenomenon).toBe(Number(each));
    // A coin's share right among n pairs has the standard deviation √(0.25 / n).
    const deviation = (n: number) => (100 * Math.sqrt(0.25 / n)).toFixed(1);
    expect(source).toContain(
      `has a standard deviation of ${deviation(Number(each))} points, on all ${total} pairs ${deviation(Number(total))} points`,
    );
  });

  it.each(['agreement-short', 'agreement-phrase', 'agreement-relative'])('%s: half of the subjects are singular', (phenomenon) => {
    const singular = of(phenomenon).filter((pair) => /^(is|was|has|[a-z]+s)$/.test(difference(pair)[0][0] ?? ''));
    expect(singular.length).toBe(of(phenomenon).length / 2);
  });

  it('agreement-phrase: the noun before the verb has the other number', () => {
    for (const pair of of('agreement-phrase')) {
      const verb = difference(pair)[0][0] ?? '';
      const nearest = words(pair.right)[words(pair.right).indexOf(verb) - 1] ?? '';
      expect(nearest.endsWith('s'), pair.right).toBe(/s$/.test(verb)); // a plural noun before a singular verb
    }
  });
});
