// Questions of the prose about the toy of lesson 8: `toy/the+bank+approved+the+loan/H1/weight[1,4]`; `|causal` after the sentence masks, `|2`
// takes two heads.
import type { Lab } from '../engine/index.ts';
import type { Answer } from './ask.ts';
import { attend, lexicon, wordsOf } from './attention_toy.ts';

const form = /^toy\/([a-z+]+)((?:\|causal|\|2)*)\/([\w/]+\[\d+,\d+\])$/;

export const asksToy = (ask: string): boolean => ask.startsWith('toy/');

/** @throws Error with a repair where the question is malformed; LabError `unknown-address` */
export async function answerToy(ask: string, lab: Pick<Lab, 'selfAttention'>): Promise<Answer> {
  const [, sentence = '', options = '', place = ''] = form.exec(ask) ?? [];
  const words = wordsOf(sentence);
  if (!words)
    throw new Error(
      `“${ask}” asks nothing; write toy/the+bank+approved+the+loan/H1/weight[1,4] with words of ${Object.keys(lexicon).join(', ')}`,
    );
  const x = words.map((word) => lexicon[word] ?? []);
  const source = await attend(lab, x, { causal: options.includes('causal'), heads: options.includes('2') ? 2 : 1 });
  const address = `attention/${place}`;
  return { value: (await source.explain(address)).result, address, source };
}
