// What the heads of a transformer tend to look at: texts for most kinds, repeated random tokens for induction.
import { LabError } from './errors.ts';
import type { HeadScores, HeadScoresOptions, Transformer } from './transformer_types.ts';
import * as check from './validate.ts';

/** Random tokens: so many texts of so many different ones, and the same again. */
const usual = { texts: 4, count: 25, seed: 1 };
const mostTexts = 1000;

/** Scores without their place, layer after layer. */
type Scores = Omit<HeadScores, 'layer' | 'head'>[];

interface Engine {
  scores(tokens: Uint32Array, starts: Uint32Array): Promise<Scores>;
  repeats(count: number, seed: number): Promise<Uint32Array>;
}

export async function headScores(model: Transformer, options: HeadScoresOptions, engine: Engine): Promise<HeadScores[]> {
  const texts: unknown = options?.texts;
  if (!Array.isArray(texts) || texts.length === 0)
    throw new LabError('bad-option', 'texts is no list of texts. Give at least one; several say more about a head.');
  const most = Math.min(Math.floor((model.context - 1) / 2), model.vocabulary - 2);
  const { texts: repeats = usual.texts, count = Math.min(usual.count, most), seed = usual.seed } = options.repeats ?? {};
  check.checkInteger(repeats, 'repeats.texts', 1, mostTexts);
  check.checkInteger(count, 'repeats.count', 1, most);
  check.checkInteger(seed, 'repeats.seed', 0, Number.MAX_SAFE_INTEGER - mostTexts);
  const read = await Promise.all(texts.map((text) => model.tokens(text as string)));
  const random = await Promise.all(Array.from({ length: repeats }, (_, i) => engine.repeats(count, seed + i)));
  const plain = await engine.scores(...joined(read.map((tokens) => tokens.map(({ id }) => id))));
  const repeated = await engine.scores(...joined(random));
  return plain.map((scores, i) => ({
    layer: Math.floor(i / model.heads) + 1,
    head: (i % model.heads) + 1,
    ...scores,
    induction: (repeated[i] as Scores[number]).induction,
  }));
}

/** All one after the other, and where each begins. */
function joined(texts: readonly ArrayLike<number>[]): [Uint32Array, Uint32Array] {
  const starts = new Uint32Array(texts.length + 1);
  for (const [i, { length }] of texts.entries()) starts[i + 1] = (starts[i] ?? 0) + length;
  return [Uint32Array.from(texts.flatMap((text) => Array.from(text))), starts];
}
