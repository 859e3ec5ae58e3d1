// Questions of the prose about what probes have reached: `probes/ewt/part-of-speech/reader/L0/accuracy`, as `npm run measure:probes` has
// measured it. In place of a layer `best` is the one with the highest accuracy; `best/layer` is its number.
import type { Answer } from './ask.ts';
import type { ProbeFigures } from './probe_figures.ts';
import { bestLayer } from './probe_words.ts';

export const asksProbes = (ask: string): boolean => ask.startsWith('probes/');

const form = /^probes\/([a-z]+)\/([a-z:-]+)\/(reader|writer)\/(L\d|best)\/([a-z]+)$/;
const kinds = ['accuracy', 'majority', 'control', 'selectivity', 'shuffled', 'chance', 'explained'] as const;

/** @throws Error with a repair where the question is malformed, or where nothing of the kind was measured */
export async function answerProbes(ask: string, figures: () => Promise<ProbeFigures> = measured): Promise<Answer> {
  const [, set = '', property = '', model = '', at = '', kind = ''] = form.exec(ask) ?? [];
  if (!set) throw new Error(`“${ask}” asks for no figure of a probe; write probes/ewt/part-of-speech/reader/L0/accuracy`);
  const { sets } = await figures();
  const tasks = sets.find(({ id }) => id === set)?.tasks;
  if (!tasks) throw new Error(`${ask}: there are figures of ${sets.map(({ id }) => id).join(', ')}`);
  const layers = tasks.find(({ id }) => id === property)?.models[model as 'reader'];
  if (!layers) throw new Error(`${ask}: of ${set} there is ${tasks.map(({ id }) => id).join(', ')}`);
  const layer = at === 'best' ? bestLayer(layers) : layers.find((one) => one.layer === Number(at.slice(1)));
  if (!layer) throw new Error(`${ask}: there are layers ${layers.map((one) => `L${one.layer}`).join(', ')}`);
  if (kind === 'layer') return answer(layer.layer);
  const known = kinds.find((one) => one === kind);
  const value = known && layer[known]?.mean;
  if (value === undefined) throw new Error(`${ask}: there is ${kinds.filter((one) => layer[one]).join(', ')}, layer`);
  return answer(value);
}

const answer = (value: number): Answer => ({
  value,
  address: '',
  source: { explain: async () => Promise.reject(new Error('a measured figure unfolds no further')) },
});

/** Loaded when it is first asked for. */
async function measured(): Promise<ProbeFigures> {
  const { default: figures } = await import('../../lessons/data/probes/figures.json', { with: { type: 'json' } });
  return figures as unknown as ProbeFigures;
}
