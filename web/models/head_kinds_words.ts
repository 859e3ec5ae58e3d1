// What was found about a kind of head, and how it is said: with the measure, beside equal attention, and plainly where there is none.
import { format } from '../drawing/format.ts';
import type { HeadScores, Transformer } from '../engine/index.ts';
import { type Tendency, tendencies } from './head_scores.ts';
import type { TransformerName } from './transformer_source.ts';

export interface Finding {
  tendency: Tendency;
  /** The head with the highest score; null where a model of this kind cannot look there at all. */
  best: HeadScores | null;
  score: number;
  uniform: number;
  /** What this head scores on the reader's sentence; null where it says nothing of the kind. */
  own: number | null;
}

export function findings(scores: readonly HeadScores[], own: readonly HeadScores[] | null): Finding[] {
  return tendencies.map((tendency) => {
    const best = tendency.best(scores);
    const same = best && own?.find(({ layer, head }) => layer === best.layer && head === best.head);
    // Induction is measured on random tokens alone.
    const says = same && tendency.id !== 'induction' && tendency.best([same]) !== null;
    return {
      tendency,
      best,
      score: best ? tendency.score(best) : 0,
      uniform: best ? tendency.uniform(best) : 0,
      own: says ? tendency.score(same) : null,
    };
  });
}

/** A head is called after what it looks at from here on: twice what equal attention gives, and a tenth at least. */
export const isKind = ({ best, score, uniform }: Finding): boolean => best !== null && score >= 2 * uniform && score >= 0.1;

const places: Record<Exclude<Tendency['id'], 'distance'>, string> = {
  previous: 'on the token before',
  next: 'on the token after',
  first: 'on the beginning of the text, where nothing is written',
  same: 'on other occurrences of the same token',
  induction: 'on what followed the first time, where random tokens come a second time',
};

/** What the measure says, in a sentence or two. */
export function findingWords(finding: Finding, model: TransformerName): string {
  const { tendency, best, score, uniform } = finding;
  if (!best) return `The ${model} is causal: no head of it can look at a token that comes later.`;
  const head = `layer ${best.layer} · head ${best.head}`;
  const said =
    tendency.id === 'distance'
      ? `The distance between two places foretells ${format(score, 2)} of the map of ${head}; of equal attention it would foretell nothing. ${distanceWords(best)}`
      : `On average, ${head} puts ${format(score, 2)} of its attention ${places[tendency.id]}; equal attention would put ${format(uniform, 2)} there.`;
  return isKind(finding) ? said : `${said} It is the highest score of all heads: this model has not grown a head of this kind.`;
}

function distanceWords({ distance: { distance, weight } }: HeadScores): string {
  const where = distance === 0 ? 'the token itself' : `the token ${Math.abs(distance)} ${distance > 0 ? 'before' : 'after'}`;
  return `Most, ${format(weight, 2)}, goes to ${where}.`;
}

/** The text, or as much of its beginning as has at most `most` tokens; no letter that takes several is cut. */
export async function beginningOf(model: Pick<Transformer, 'tokens'>, text: string, most: number): Promise<string> {
  const tokens = await model.tokens(text);
  if (tokens.length <= most) return text;
  let count = most;
  while (count > 1 && (tokens[count]?.start ?? 0) < (tokens[count - 1]?.end ?? 0)) count--;
  return text.slice(0, tokens[count - 1]?.end);
}
