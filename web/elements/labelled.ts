// Our labelled sentences as a part of the program; loaded with the first figure that wants them.

import sentences from '../../lessons/data/parts-of-speech/sentences.txt?raw';
import ball from '../../lessons/data/senses/ball.tsv?raw';
import bank from '../../lessons/data/senses/bank.tsv?raw';
import letter from '../../lessons/data/senses/letter.tsv?raw';
import match from '../../lessons/data/senses/match.tsv?raw';
import spring from '../../lessons/data/senses/spring.tsv?raw';
import star from '../../lessons/data/senses/star.tsv?raw';
import { type Labelled, parseParts, parseSenses } from '../models/labelled_sentences.ts';

export const parts = (): Labelled => parseParts(sentences);

/** "Bank" first. */
export const senses = (): ReadonlyMap<string, Labelled> =>
  new Map(Object.entries({ bank, spring, match, star, letter, ball }).map(([word, file]) => [word, parseSenses(word, file)]));
