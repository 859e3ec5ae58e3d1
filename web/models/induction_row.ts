// One row of a head's map on a sequence that repeats: who looks, at what, and where an induction head would look.
import type { InductionExample } from '../engine/index.ts';
import { percent } from './attention_words.ts';
import { headName } from './induction_words.ts';

export interface Row {
  example: InductionExample;
  layer: number;
  head: number;
  /** The place that looks, and the one that is looked at. */
  query: number;
  key: number;
  /** The whole map [T × T], and its row of the place that looks. */
  map: Float32Array;
  weights: Float32Array;
}

/** A place of a sequence as it is called: its sign, and where it stands. */
export const placeName = (example: InductionExample, place: number): string =>
  place === 0 ? 'the beginning' : `${example.tokens[place]?.text} (place ${place})`;

/** What stands at a place, short: a stroke for the beginning. */
export const signOf = (example: InductionExample, place: number): string => (place === 0 ? '|' : (example.tokens[place]?.text ?? ''));

/** Places that follow an earlier occurrence of the sign at a place. */
export function follows({ tokens }: InductionExample, place: number): number[] {
  const sign = tokens[place]?.id;
  return tokens.flatMap(({ id }, s) => (s > 0 && s < place && id === sign ? [s + 1] : []));
}

/** The place that looks at first: in the first repetition, the last one whose sign has stood once before; else the last of all. */
export function usualQuery(example: InductionExample): number {
  const { segment, tokens } = example;
  for (let place = Math.min(2 * segment, tokens.length - 1); place > segment; place--)
    if (follows(example, place).length === 1) return place;
  return tokens.length - 1;
}

/** Places that are named one by one. */
const mostNamed = 3;

export function rowWords({ example, layer, head, query, key, weights }: Row): string {
  const gives = `In ${headName({ layer, head })}, ${placeName(example, query)} gives ${placeName(example, key)} ${percent(weights[key] ?? 0)}.`;
  if (query === 0) return gives;
  const places = follows(example, query);
  if (places.length === 0) return `${gives} Its sign has not stood earlier in this sequence.`;
  const sum = percent(places.reduce((total, s) => total + (weights[s] ?? 0), 0));
  const names = places.map((s) => placeName(example, s));
  if (names.length > mostNamed)
    return `${gives} The ${names.length} places that follow its sign’s earlier occurrences get ${sum} together.`;
  const where = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${gives} After ${names.length === 1 ? 'its sign’s earlier occurrence stands' : 'its sign’s earlier occurrences stand'} ${where}: ${sum}.`;
}
