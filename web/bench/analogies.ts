// Analogy questions as many as the field's standard set has, over made-up words: 19,544 in 14 sections, each made by putting a section's pairs beside each other.
import type { BenchmarkSection } from '../engine/sync.ts';
import type { Matrix } from './types.ts';

/** Pairs and questions of each section of questions-words.txt (Mikolov et al. 2013). */
const SECTIONS = [
  [23, 506],
  [116, 4524],
  [30, 866],
  [67, 2467],
  [23, 506],
  [32, 992],
  [29, 812],
  [37, 1332],
  [34, 1122],
  [33, 1056],
  [41, 1599],
  [40, 1560],
  [37, 1332],
  [30, 870],
] as const;
export const QUESTIONS = SECTIONS.reduce((sum, [, questions]) => sum + questions, 0);
/** Of the questions, every so manieth has its right answer as the one that is expected. */
const EVERY = 500;
/** A right answer that is ahead of the next by less could change places with it by rounding. */
const MARGIN = 1e-4;

/** Rows of length 1, in doubles. */
function unitRows({ rows, columns, data }: Matrix): Float64Array {
  const out = new Float64Array(data);
  for (let r = 0; r < rows; ++r) {
    const row = out.subarray(r * columns, (r + 1) * columns);
    const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
    for (let i = 0; i < columns; ++i) row[i]! /= length;
  }
  return out;
}

/** The word nearest to b − a + c but these three, in doubles; undefined where the next is too near to tell. */
function nearest(units: Float64Array, columns: number, [a, b, c]: readonly [number, number, number]): number | undefined {
  const at = (word: number) => units.subarray(word * columns, (word + 1) * columns);
  const [ua, ub, uc] = [at(a), at(b), at(c)];
  const target = ub.map((x, i) => x - ua[i]! + uc[i]!);
  let [best, first, second] = [0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let word = 0; word < units.length / columns; ++word) {
    if (word === a || word === b || word === c) continue;
    let score = 0;
    for (let i = 0, from = word * columns; i < columns; ++i) score += target[i]! * units[from + i]!;
    if (score > first) [best, first, second] = [word, score, first];
    else if (score > second) second = score;
  }
  return first - second > MARGIN ? best : undefined;
}

export interface Analogies {
  words: string[];
  vectors: Matrix;
  sections: BenchmarkSection[];
  /** How many questions expect the word that is right; all others expect one that no answer can be: a word of the question. */
  right: number;
}

/** @param vectors of so many made-up words */
export function analogies(vectors: Matrix): Analogies {
  const words = Array.from({ length: vectors.rows }, (_, i) => `w${i}`);
  const units = unitRows(vectors);
  let [state, asked, right] = [1, 0, 0];
  // Every word is as likely as any other (Lehmer's generator; Park & Miller 1988).
  const draw = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % words.length;
  };
  const sections = SECTIONS.map(([count, wanted], s) => {
    const pairs = Array.from({ length: count }, () => [draw(), draw()] as const);
    const each = Math.ceil(wanted / count);
    const places = pairs.flatMap(([a, b], i) => Array.from({ length: each }, (_, j) => [a, b, pairs[(i + j + 1) % count]![0]] as const));
    const questions = places.slice(0, wanted).map((place) => {
      const found = asked++ % EVERY === 0 ? nearest(units, vectors.columns, place) : undefined;
      if (found !== undefined) ++right;
      return [...place, found ?? place[0]].map((word) => words[word]) as [string, string, string, string];
    });
    return { name: `section ${s + 1}`, questions };
  });
  return { words, vectors, sections, right };
}
