// Kinds of heads by what they tend to look at: how each is measured, and on which sentences.
import type { HeadScores, HeadTendency, Transformer } from '../engine/index.ts';

/** Sentences of our own that heads are measured on, of different forms and with and without names. */
export const measuredTexts: readonly string[] = [
  'The dog that chased the cat was tired because it had run all day.',
  'Once upon a time there was a little girl who lived in a small house near the forest.',
  'The king had three daughters, and the youngest was the most beautiful of all.',
  'He opened the door and looked into the room, but there was nobody there.',
  'My brother plays football every Saturday, and my sister sings in the choir.',
  'Water freezes at zero degrees, and it boils at one hundred.',
  '"Where are you going?" asked the old man. "To the market," said the boy.',
  'The city lies on the river, between the mountains and the sea.',
  'Anna gave the book to Ben, and then Anna took the book from Ben.',
  'When the rain stopped, the children ran out of the school and played in the street.',
  'The train was late again, so we missed the beginning of the film.',
  'She bought bread, milk and two apples, and paid with a coin.',
];

/** Random tokens for induction: so many texts of so many different ones, and the same again. */
export const repeats = { texts: 4, count: 25, seed: 1 };

/** All heads of a model on these sentences. */
export const measureHeads = (model: Pick<Transformer, 'headScores'>): Promise<HeadScores[]> =>
  model.headScores({ texts: measuredTexts, repeats });

export type TendencyId = 'previous' | 'next' | 'first' | 'same' | 'induction' | 'distance';

export interface Tendency {
  id: TendencyId;
  /** Its name in the field. */
  called: string;
  /** What is measured, as the end of “How much …”. */
  measures: string;
  score(scores: HeadScores): number;
  /** What equal attention to all would give. */
  uniform(scores: HeadScores): number;
  /** The head with the highest score; null where a model of this kind cannot look there at all. */
  best(all: readonly HeadScores[]): HeadScores | null;
}

function weighed(id: Exclude<TendencyId, 'distance'>, called: string, measures: string): Tendency {
  const of = (scores: HeadScores): HeadTendency => scores[id];
  const score = (scores: HeadScores) => of(scores).weight;
  return {
    id,
    called,
    measures,
    score,
    uniform: (scores) => of(scores).uniform,
    best: (all) =>
      highest(
        all.filter((one) => of(one).places > 0),
        score,
      ),
  };
}

const share = ({ distance }: HeadScores) => distance.share;

export const tendencies: readonly Tendency[] = [
  weighed('previous', 'previous token', 'of its attention a token puts on the one before it'),
  weighed('next', 'next token', 'of its attention a token puts on the one after it'),
  weighed('first', 'beginning', 'of its attention a token puts on the beginning, where nothing is written'),
  weighed('same', 'same token', 'of its attention a token that occurs more than once puts on its other occurrences'),
  weighed('induction', 'induction', 'of its attention, on random tokens that come a second time, goes to what followed the first time'),
  {
    id: 'distance',
    called: 'position',
    measures: 'of its map is foretold by the distance between two places alone',
    score: share,
    uniform: () => 0,
    best: (all) => highest(all, share),
  },
];

function highest(all: readonly HeadScores[], score: (one: HeadScores) => number): HeadScores | null {
  return all.reduce<HeadScores | null>((top, one) => (top && score(top) >= score(one) ? top : one), null);
}
