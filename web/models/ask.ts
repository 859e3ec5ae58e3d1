// One question of the prose to the engine: an address, or a question with a word or a count as its answer. Used where a number is
// shown (<dot-value>), guessed (<dot-predict>), calculated with (checks) and verified (lessons:check), so that all ask the same thing.
import type { Explanation, Lab, Network } from '../engine/index.ts';
import { answerToy, asksToy } from './ask_attention.ts';
import { answerProbes, asksProbes } from './ask_probes.ts';
import { answerScores, asksScores } from './ask_scores.ts';
import { answerTransformer, asksTransformer } from './ask_transformer.ts';
import { unpackVector } from './url_state.ts';

/** The attributes of a `:value`, as written. */
export interface Question {
  ask: string;
  a?: string | undefined;
  b?: string | undefined;
  /** Which place, for words/nearest[…]. */
  rank?: string | number | undefined;
  keep?: boolean | undefined;
  method?: string | undefined;
  /** What a trained transformer reads, or the id of an example, for writer/… and reader/…. */
  text?: string | undefined;
  /** Heads that are left out: L6/H3,L6/H6. */
  without?: string | undefined;
}

export interface Answer {
  value: number | string;
  /** Where the number behind it unfolds; '' if there is none. */
  address: string;
  source: { explain(address: string): Promise<Explanation> };
}

const pattern = /^words\/(nearest|rank|size|dimensions)(?:\[([^|\]]+)(?:\|([^\]]+))?\])?$/;

/**
 * What the engine answers. The words' vectors are loaded if the question is about words.
 * @throws LabError `unknown-address`, `unknown-word` …; Error with a repair where the question itself is malformed
 */
export async function answerTo(question: Question, lab: () => Promise<Lab>): Promise<Answer> {
  const { ask } = question;
  if (ask.startsWith('pair/')) {
    const [a, b] = [unpackVector(question.a), unpackVector(question.b)];
    if (!a || !b) throw new Error(`${ask} needs the two vectors: a="1,2" b="3,4"`);
    const engine = await lab();
    const source = { explain: (address: string) => engine.explainPair(address, a, b) };
    return { value: (await source.explain(ask)).result, address: ask, source };
  }
  if (ask.startsWith('network/')) return figureOf(ask, await lab());
  if (asksToy(ask)) return answerToy(ask, await lab());
  if (asksScores(ask)) return answerScores(question, await lab());
  if (asksTransformer(ask)) return answerTransformer(question, await lab());
  if (asksProbes(ask)) return answerProbes(ask);
  if (!ask.startsWith('words/'))
    throw new Error(`“${ask}” asks nothing; write pair/…, words/…, network/…, random/…, softmax/…, writer/…, reader/… or probes/…`);
  const words = await (await lab()).vectors('words');
  const [, kind, expression = '', candidate = ''] = pattern.exec(ask) ?? [];
  if (!kind) return { value: (await words.explain(ask)).result, address: ask, source: words };
  if (kind === 'size') return { value: words.size, address: '', source: words };
  if (kind === 'dimensions') return { value: words.dimensions, address: '', source: words };
  const terms = readTerms(expression);
  if (!terms) throw new Error(`“${expression}” is no expression of words; write it like king-man+woman, without spaces`);
  const { plus, minus } = terms;
  const method = question.method === 'mul' ? 'mul' : 'add';
  const single = plus.length === 1 && minus.length === 0 && !question.keep;
  const among = async (count: number) =>
    single
      ? words.nearest(plus[0] ?? '', { count })
      : (await words.analogy({ plus, minus, count, method, keepQuestion: question.keep ?? false })).neighbors;
  const addressOf = (word: string) =>
    single ? `words/cosine[${plus[0]},${word}]` : `words/${method === 'mul' ? 'cosmul' : 'score'}[${expression}|${word}]`;
  if (kind === 'nearest') {
    const rank = Number(question.rank ?? 1);
    const found = (await among(rank))[rank - 1];
    if (!found) throw new Error(`${ask} has no place ${rank}`);
    return { value: found.word, address: addressOf(found.word), source: words };
  }
  const wanted = candidate.trim().toLowerCase();
  if (!wanted) throw new Error('words/rank wants the word behind a bar: words/rank[king-man+woman|queen]');
  const rank = (await among(words.size - (question.keep ? 0 : plus.length + minus.length))).findIndex((one) => one.word === wanted);
  if (rank < 0) throw new Error(`${wanted} is not among the answers to ${expression}; a question’s own words need “keep”`);
  return { value: rank + 1, address: addressOf(wanted), source: words };
}

/** Figures that were asked for, once for each lab. */
const figures = new WeakMap<Lab, Map<string, Promise<Network['figures']>>>();

/** `network/digits/accuracy`: what was measured when a network that ships with the lab was trained; it stands in the network's own file. */
async function figureOf(ask: string, lab: Lab): Promise<Answer> {
  const [, name = '', figure = '', ...rest] = ask.split('/');
  const known = figures.get(lab) ?? new Map<string, Promise<Network['figures']>>();
  figures.set(lab, known);
  const loading = known.get(name) ?? readFigures(name, lab);
  known.set(name, loading);
  loading.catch(() => known.delete(name));
  const all = await loading;
  const value = all[figure];
  if (value === undefined || rest.length > 0) throw new Error(`${ask} is no figure; network/${name}/… has ${Object.keys(all).join(', ')}`);
  return { value, address: '', source: { explain: async () => Promise.reject(new Error('a measured figure unfolds no further')) } };
}

async function readFigures(name: string, lab: Lab): Promise<Network['figures']> {
  const network = await lab.network(name as 'digits');
  await network.dispose();
  return network.figures;
}

/** `king-man+woman` → {plus: [king, woman], minus: [man]}; null if it is no such expression. */
export function readTerms(expression: string): { plus: string[]; minus: string[] } | null {
  const text = /^[-+]/.test(expression) ? expression : `+${expression}`;
  if (!/^([-+][^-+\s,[\]|]+)+$/.test(text)) return null;
  const terms = text.match(/[-+][^-+]+/g) ?? [];
  const of = (sign: string) => terms.filter((term) => term.startsWith(sign)).map((term) => term.slice(1));
  return { plus: of('+'), minus: of('-') };
}
