// Questions of the prose about random dot products and about softmax of scores that are written out.
import type { Lab, RandomDots } from '../engine/index.ts';
import type { Answer, Question } from './ask.ts';
import { unpackVector } from './url_state.ts';

export const asksScores = (ask: string) => ask.startsWith('random/') || ask.startsWith('softmax/');

/** Clouds that were drawn, by their numbers, once for each lab: several sentences ask about the same one. */
const clouds = new WeakMap<Lab, Map<string, Promise<RandomDots>>>();

/** `random/…` with a="dimensions, pairs, seed"; `softmax/…` with a="scores" and, if they are to be scaled, b="scale". */
export async function answerScores({ ask, a, b }: Question, lab: Lab): Promise<Answer> {
  const given = unpackVector(a);
  const source = ask.startsWith('random/') ? await cloudOf(ask, given, lab) : await rowOf(ask, given, unpackVector(b), lab);
  return { value: (await source.explain(ask)).result, address: ask, source };
}

function cloudOf(ask: string, given: readonly number[] | null, lab: Lab): Promise<RandomDots> {
  const [dimensions, pairs, seed] = given ?? [];
  if (given?.length !== 3 || dimensions === undefined || pairs === undefined || seed === undefined)
    throw new Error(`${ask} needs dimensions, pairs and seed: a="64,4000,1"`);
  const known = clouds.get(lab) ?? new Map<string, Promise<RandomDots>>();
  clouds.set(lab, known);
  const key = given.join();
  const drawn = known.get(key) ?? lab.randomDots({ dimensions, pairs, seed });
  known.set(key, drawn);
  drawn.catch(() => known.delete(key));
  return drawn;
}

async function rowOf(ask: string, scores: readonly number[] | null, scale: readonly number[] | null, lab: Lab) {
  if (!scores) throw new Error(`${ask} needs the scores: a="2,1,0.5", and b="0.125" if each is to be multiplied first`);
  return lab.softmaxRow(scores, scale?.[0] === undefined ? {} : { scale: scale[0] });
}
