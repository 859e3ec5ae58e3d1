// What a table of probes says, in sentences made of its numbers: which layer is the easiest to read, what the controls leave of that, what
// the layers add to the embeddings. Nothing here knows beforehand what comes out.
import { format } from '../drawing/format.ts';
import type { Spread } from '../engine/index.ts';

/** What is said of one layer; a part of the engine's ProbeLayer, and of a measured figure. */
export interface LayerFigures {
  layer: number;
  accuracy: Spread;
  majority: Spread;
  control: Spread | null;
  selectivity: Spread | null;
  shuffled: Spread;
  chance: Spread;
}

/** 90.2 %, never parted at a line's end. */
export const share = (value: number, digits = 1): string => `${format(100 * value, digits)}\u00a0%`;
/** A difference of shares: 30.2 points. */
export const points = (value: number): string => `${format(100 * value, 1)}\u00a0points`;

/** The layer with the largest mean; of equal ones the lowest. */
export function bestLayer<L extends LayerFigures>(layers: readonly L[], by: 'accuracy' | 'selectivity' = 'accuracy'): L | undefined {
  const value = (one: L) => one[by]?.mean ?? Number.NEGATIVE_INFINITY;
  return layers.reduce<L | undefined>((best, one) => (best && value(best) >= value(one) ? best : one), undefined);
}

/** Layers that the seeds cannot tell from the best one: their best seed reaches the worst of it, so that the whiskers in the chart overlap. */
export function asGood<L extends LayerFigures>(layers: readonly L[], best: L): L[] {
  return layers.filter((one) => one !== best && one.accuracy.max >= best.accuracy.min && one.accuracy.mean > 0);
}

/** The sentences of one model's table. `seeds`: how many were trained so far. */
export function tableWords(layers: readonly LayerFigures[], seeds: number): string[] {
  const best = bestLayer(layers);
  if (!best) return [];
  const { accuracy, majority, control, shuffled, chance } = best;
  const range = accuracy.max > accuracy.min ? `, between ${share(accuracy.min)} and ${share(accuracy.max)} over ${seeds} seeds` : '';
  const others = asGood(layers, best);
  const near = others.length
    ? ` ${others.length === 1 ? 'Layer' : 'Layers'} ${listed(others.map(({ layer }) => String(layer)))} ${others.length === 1 ? 'does' : 'do'} as well, as far as the seeds can tell.`
    : '';
  const said = [`Easiest to read at layer ${best.layer}: ${share(accuracy.mean)} of the words held out come out right${range}.${near}`];
  const embeddings = layers.find(({ layer }) => layer === 0);
  if (embeddings && embeddings !== best)
    said.push(
      `Layer 0, before any attention, gives ${share(embeddings.accuracy.mean)}; always answering the commonest class gives ${share(majority.mean)}.`,
    );
  else said.push(`Always answering the commonest class gives ${share(majority.mean)}.`);
  const selective = bestLayer(
    layers.filter((one) => one.selectivity),
    'selectivity',
  );
  if (control && best.selectivity && selective?.selectivity)
    said.push(
      `The control task reaches ${share(control.mean)} there, so the selectivity is ${points(best.selectivity.mean)}${selective === best ? ', the largest of all layers.' : `; it is largest at layer ${selective.layer}, ${points(selective.selectivity.mean)}.`}`,
    );
  said.push(`Labels dealt out at random: ${share(shuffled.mean)}, where chance is ${share(chance.mean)}.`);
  return said;
}

/** What became of a guess. */
export function guessWords(guess: number, layers: readonly LayerFigures[]): string {
  const best = bestLayer(layers);
  const own = layers.find(({ layer }) => layer === guess);
  if (!best || !own) return `You guessed layer ${guess}.`;
  if (own === best) return `You guessed layer ${guess}, and it is the easiest.`;
  const gap = best.accuracy.mean - own.accuracy.mean;
  const close = asGood(layers, best).includes(own);
  return `You guessed layer ${guess}: ${share(own.accuracy.mean)}, ${points(gap)} below layer ${best.layer}${close ? ', but the seeds lie too far apart to tell' : ''}.`;
}

/** "2", "2 and 3", "2, 3 and 4". */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
