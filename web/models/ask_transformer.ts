// Questions of the prose about the trained transformers: `writer/probability[last,Tom]` with text="One day, a boy named Tom". What is asked
// of a text, or of an example by its id, is asked of one run, with heads left out by without="L6/H3,L6/H6"; a run is made once for each lab.
import type { HeadScores, Lab, Transformer, TransformerRun } from '../engine/index.ts';
import type { Answer, Question } from './ask.ts';
import { measureHeads, tendencies } from './head_scores.ts';
import { transformerExamples } from './transformer_examples.ts';
import { namedRun } from './transformer_names.ts';

export const asksTransformer = (ask: string): boolean => /^(writer|reader)\//.test(ask);

const sizes = ['layers', 'heads', 'width', 'hidden', 'vocabulary', 'context'] as const;

/** @throws Error with a repair where the question is malformed; LabError `unknown-address`, `too-long` … */
export async function answerTransformer(question: Question, lab: Lab): Promise<Answer> {
  const [, name = '', rest = ''] = /^(\w+)\/(.*)$/.exec(question.ask) ?? [];
  const model = await lab.transformer(name as 'writer' | 'reader');
  const size = sizes.find((one) => one === rest);
  if (size) return plain(model[size]);
  if (rest === 'weights') return plain(weightsOf(model));
  if (rest.startsWith('figure/')) return plain(known(model.figures, rest.slice(7), question.ask));
  if (rest.startsWith('best/')) return plain(best(await scoresOf(model, lab), rest, question.ask));
  const run = await runOf(model, question, lab);
  if (rest === 'tokens') return plain(run.tokens.length);
  if (rest.startsWith('operations/')) {
    const { dot, other } = await run.operations();
    return plain(
      known({ dot, other, all: dot + other, share: dot / (dot + other), rest: other / (dot + other) }, rest.slice(11), question.ask),
    );
  }
  const source = namedRun(run, model);
  if (rest === 'guess') {
    const rank = Number(question.rank ?? 1);
    const place = asked(run);
    const guess = (await run.guesses(place, { count: rank }))[rank - 1];
    if (!guess) throw new Error(`${question.ask} has no guess ${rank}`);
    return { value: guess.text.trim(), address: `transformer/probability[${place},${guess.id}]`, source };
  }
  const address = `transformer/${await addressOf(rest, run, model)}`;
  return { value: (await source.explain(address)).result, address, source };
}

const plain = (value: number): Answer => ({
  value,
  address: '',
  source: { explain: async () => Promise.reject(new Error('a count or a measured figure unfolds no further')) },
});

function known(all: Readonly<Record<string, number>>, name: string, ask: string): number {
  const value = all[name];
  if (value === undefined) throw new Error(`${ask} asks for no figure; there are ${Object.keys(all).join(', ')}`);
  return value;
}

/** As many numbers as training has moved. */
function weightsOf({ vocabulary, context, width, layers, hidden }: Transformer): number {
  return (vocabulary + context + 1) * width + layers * (4 * width * width + width + (hidden ? 2 * width * hidden + width : 0));
}

/** `best/previous`: the highest score of a kind; `best/previous/uniform`, `…/layer`, `…/head`. */
function best(scores: readonly HeadScores[], rest: string, ask: string): number {
  const [, kind = '', part = 'score'] = rest.split('/');
  const tendency = tendencies.find((one) => one.id === kind);
  if (!tendency) throw new Error(`${ask} asks for no kind of head; there are ${tendencies.map(({ id }) => id).join(', ')}`);
  const top = tendency.best(scores);
  if (!top) throw new Error(`${ask}: this model cannot have such a head`);
  return known({ score: tendency.score(top), uniform: tendency.uniform(top), layer: top.layer, head: top.head }, part, ask);
}

const scored = new WeakMap<Lab, Map<string, Promise<HeadScores[]>>>();
const runs = new WeakMap<Lab, Map<string, Promise<TransformerRun>>>();

const scoresOf = (model: Transformer, lab: Lab): Promise<HeadScores[]> => once(scored, lab, model.name, () => measureHeads(model));

function runOf(model: Transformer, { ask, text: written, without }: Question, lab: Lab): Promise<TransformerRun> {
  const text = transformerExamples.find((one) => one.id === written && one.model === model.name)?.text ?? written;
  if (!text) throw new Error(`${ask} needs a text: text="Once upon a time"`);
  const ablate = (without ?? '')
    .split(',')
    .filter(Boolean)
    .map((one) => {
      const [, layer, head] = /^\s*L(\d+)\/H(\d+)\s*$/.exec(one) ?? [];
      if (!head) throw new Error(`without="${without}" names no heads; write without="L6/H3" or without="L6/H3,L6/H6"`);
      return { layer: Number(layer), head: Number(head) };
    });
  return once(runs, lab, JSON.stringify([model.name, text, ablate]), () => model.run(text, { ablate }));
}

function once<T>(all: WeakMap<Lab, Map<string, Promise<T>>>, lab: Lab, key: string, make: () => Promise<T>): Promise<T> {
  const of = all.get(lab) ?? new Map<string, Promise<T>>();
  all.set(lab, of);
  const made = of.get(key) ?? make();
  of.set(key, made);
  made.catch(() => of.delete(key));
  return made;
}

/** The place whose answer is wanted: the blank, or the last. */
function asked({ tokens }: TransformerRun): number {
  const blank = tokens.findIndex(({ text }) => text === '[blank]');
  return blank < 0 ? tokens.length - 1 : blank;
}

/** `L6/H3/weight[last,Tom]` with numbers in the place of words: in brackets may stand `last`, `blank`, `start`, a word of the text (where it comes last) or a number. */
async function addressOf(rest: string, run: TransformerRun, model: Transformer): Promise<string> {
  const [, path = '', inside = ''] = /^([^[\]]+)\[([^\]]+)\]$/.exec(rest) ?? [];
  if (!path)
    throw new Error(
      `“${rest}” asks nothing of a text; write probability[last,word], L2/H3/weight[last,word], guess, tokens, operations/share`,
    );
  const places = inside.split(',').map((one) => one.trim());
  const numbers = await Promise.all(
    places.map((one, i) => {
      if (/^\d+$/.test(one)) return one;
      const token = path === 'tokens' ? i === 0 : /^(logit|probability|gap|exp)$/.test(path) && i === 1;
      return token ? tokenOf(one, model) : placeOf(one, run);
    }),
  );
  return `${path}[${numbers.join()}]`;
}

function placeOf(word: string, run: TransformerRun): number {
  if (word === 'last') return run.tokens.length - 1;
  if (word === 'start') return 0;
  const place = word === 'blank' ? asked(run) : run.tokens.findLastIndex(({ text }) => text.trim() === word);
  if (place < 0) throw new Error(`“${word}” is no token of the text, which has ${run.tokens.map(({ text }) => text.trim()).join(' ')}`);
  return place;
}

/** The token of a word as it stands inside a text, with its space. */
async function tokenOf(word: string, model: Transformer): Promise<number> {
  for (const text of [` ${word}`, word]) {
    const [, token, more] = await model.tokens(text);
    if (token && !more) return token.id;
  }
  throw new Error(`“${word}” is more than one token; ask about one that is a single one, or write its number`);
}
