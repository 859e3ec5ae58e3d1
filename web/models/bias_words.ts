// The words by which bias.ts measures. They are ours, and every figure shows them, because the choice of words is part of the result.

/** his word → her word: their differences, added up, are the direction. */
export const directionPairs = [
  ['he', 'she'],
  ['his', 'her'],
  ['himself', 'herself'],
  ['man', 'woman'],
  ['boy', 'girl'],
  ['father', 'mother'],
  ['son', 'daughter'],
  ['male', 'female'],
] as const;

/** Words for people by their work, none of which says whether a man or a woman does it. */
export const occupations = [
  'nurse',
  'librarian',
  'dancer',
  'singer',
  'secretary',
  'teacher',
  'novelist',
  'psychologist',
  'journalist',
  'poet',
  'lawyer',
  'professor',
  'physician',
  'scientist',
  'philosopher',
  'architect',
  'surgeon',
  'engineer',
  'carpenter',
  'soldier',
  'captain',
  'boxer',
] as const;

/** Two sets of targets X, Y and two of attributes A, B. In each, X and Y have the same number of words. */
export interface AssociationTest {
  id: string;
  says: string;
  x: { name: string; words: readonly string[] };
  y: { name: string; words: readonly string[] };
  a: { name: string; words: readonly string[] };
  b: { name: string; words: readonly string[] };
}

const set = (name: string, words: string) => ({ name, words: words.split(' ') });
const pleasant = set('pleasant', 'love peace joy gift friend happy beautiful freedom');
const unpleasant = set('unpleasant', 'hatred war pain death disease ugly murder poison');
const his = set('his words', 'he him his himself man men boy male');
const hers = set('her words', 'she her hers herself woman women girl female');

export const associationTests: readonly AssociationTest[] = [
  {
    id: 'flowers',
    says: 'flowers and insects, pleasant and unpleasant',
    x: set('flowers', 'rose lily daisy violet orchid lotus iris lavender'),
    y: set('insects', 'ant mosquito wasp moth beetle flea hornet termite'),
    a: pleasant,
    b: unpleasant,
  },
  {
    id: 'instruments',
    says: 'instruments and weapons, pleasant and unpleasant',
    x: set('instruments', 'guitar violin piano flute trumpet harp cello drum'),
    y: set('weapons', 'sword rifle gun knife spear bomb cannon pistol'),
    a: pleasant,
    b: unpleasant,
  },
  // Her words are A in both, so that they stand on the same side and in the same colour as in the first measure.
  {
    id: 'career',
    says: 'family and career, her and his words',
    x: set('family', 'home family children marriage wedding parents relatives household'),
    y: set('career', 'career office business salary professional management corporation executive'),
    a: hers,
    b: his,
  },
  {
    id: 'science',
    says: 'arts and science, her and his words',
    x: set('arts', 'poetry dance art literature novel drama sculpture symphony'),
    y: set('science', 'science physics chemistry mathematics engineering astronomy technology experiment'),
    a: hers,
    b: his,
  },
];
