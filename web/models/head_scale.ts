// The measuring of lesson 9 in a trained transformer: the size of every head's q·k for a text, and one head and one row of it in full.
import type { Explanation, HeadPlace, Lab, TextToken, Transformer, TransformerRun } from '../engine/index.ts';
import { type Leaf, type Measure, rootMeanSquare } from './root_mean_square.ts';
import { type ScoredRow, scoredRow } from './scored_row.ts';

/** One head's q·k over all pairs that it may see. */
export interface HeadScale extends Measure {
  layer: number;
  head: number;
  /** [T, T], places that may not be seen among them. */
  dots: Float32Array;
}

export interface MeasuredText {
  text: string;
  run: TransformerRun;
  tokens: readonly TextToken[];
  layers: number;
  heads: number;
  /** d_k: numbers of a query. */
  width: number;
  causal: boolean;
  /** Of layer l and head h at [l − 1][h − 1]. */
  scales: HeadScale[][];
}

/** One head, looked into. */
export interface HeadLook {
  layer: number;
  head: number;
  /** The token that asks. */
  place: number;
  /** Root mean square of the lengths of its queries, and of its keys. */
  query: Measure;
  key: Measure;
  /** Root mean square of the row's q·k around their mean: softmax sees only differences, and not the mean. */
  spread: Measure;
  /** Of the row: q·k of each token that may be seen, and softmax of them. */
  dots: Float32Array;
  plain: ScoredRow;
  scaled: ScoredRow;
}

export const nameOf = ({ layer, head }: HeadPlace) => `layer ${layer}, head ${head}`;

export function largestOf(measured: MeasuredText | null): HeadScale | null {
  let most: HeadScale | null = null;
  for (const one of measured?.scales.flat() ?? []) if (!most || one.value > most.value) most = one;
  return most;
}

export async function measure(
  lab: Pick<Lab, 'norm' | 'explainPair'>,
  model: Transformer,
  run: TransformerRun,
  text: string,
): Promise<MeasuredText> {
  const { layers, heads, causal } = model;
  const tokens = run.tokens;
  const scale = async (layer: number, head: number): Promise<HeadScale> => {
    const { dots } = await run.attention(layer, head);
    const seen = places(tokens.length, causal);
    const list = Float32Array.from(seen, ([t, s]) => dots.data[t * dots.columns + s] ?? 0);
    const leaf = {
      explain: (address: string) => run.explain(address),
      address: (i: number) => `transformer/L${layer}/H${head}/dot[${seen[i]?.join()}]`,
    };
    return { layer, head, dots: dots.data, ...(await rootMeanSquare(lab, list, `q · k, ${nameOf({ layer, head })}`, leaf)) };
  };
  const scales: HeadScale[][] = [];
  for (let layer = 1; layer <= layers; layer++)
    scales.push(await Promise.all(Array.from({ length: heads }, (_, h) => scale(layer, h + 1))));
  return { text, run, tokens, layers, heads, width: model.width / heads, causal, scales };
}

export async function lookInto(
  lab: Pick<Lab, 'norm' | 'explainPair' | 'softmaxRow' | 'pair'>,
  { run, tokens, width, causal, scales }: MeasuredText,
  layer: number,
  head: number,
  place: number,
): Promise<HeadLook> {
  const name = `transformer/L${layer}/H${head}`;
  const explain = (address: string) => run.explain(address);
  const lengths = async (part: 'query' | 'key') => {
    const { data, columns, rows } = await run.head(layer, head, part);
    const address = (i: number) => `${name}/${part}[${Math.floor(i / columns)},${i % columns}]`;
    return rootMeanSquare(lab, data, `the lengths of ${part === 'query' ? 'queries' : 'keys'}`, { explain, address }, rows);
  };
  const dots = (scales[layer - 1]?.[head - 1]?.dots ?? new Float32Array()).slice(
    place * tokens.length,
    place * tokens.length + (causal ? place + 1 : tokens.length),
  );
  const below = { explain, address: (s: number) => `${name}/dot[${place},${s}]` };
  const [query, key, spread, plain, scaled] = await Promise.all([
    lengths('query'),
    lengths('key'),
    spreadOf(lab, dots, below),
    scoredRow(lab, dots, 1, below),
    scoredRow(lab, dots, 1 / Math.sqrt(width), below),
  ]);
  return { layer, head, place, query, key, spread, dots, plain, scaled };
}

/** How far numbers lie from their mean; each unfolds into itself minus the mean, and the mean into all of them. */
async function spreadOf(lab: Pick<Lab, 'norm' | 'explainPair'>, values: Float32Array, below: Leaf): Promise<Measure> {
  const share = 1 / Math.max(1, values.length);
  const mean = values.reduce((sum, value) => sum + value, 0) * share;
  const apart = values.map((value) => value - mean);
  const dot = (value: number, i: number, coefficient: number) => ({
    label: `q · k ${i + 1}`,
    address: below.address(i),
    coefficient,
    value,
  });
  const sum = (address: string, label: string, formula: string, result: number, terms: Explanation['terms']): Explanation => {
    const value = terms.reduce((total, term) => total + term.coefficient * term.value, 0);
    const check = { value, difference: Math.abs(value - result), bound: 2 ** -22 * Math.max(...values.map(Math.abs), 1) };
    return { address, label, formula, kind: 'sum', operands: [], products: new Float32Array(), terms, result, check };
  };
  const explain = async (address: string): Promise<Explanation> => {
    if (address === 'row/mean')
      return sum(
        address,
        'mean of the row',
        'Σ q · k ÷ n',
        mean,
        Array.from(values, (value, i) => dot(value, i, share)),
      );
    const place = Number(/^row\/apart\[(\d+)\]$/.exec(address)?.[1] ?? Number.NaN);
    if (Number.isNaN(place)) return below.explain(address);
    const terms = [dot(values[place] ?? 0, place, 1), { label: 'mean of the row', address: 'row/mean', coefficient: -1, value: mean }];
    return sum(address, `q · k ${place + 1}, from the mean`, 'q · k − mean', apart[place] ?? 0, terms);
  };
  return rootMeanSquare(lab, apart, 'the row around its mean', { explain, address: (i) => `row/apart[${i}]` });
}

/** The pairs [t, s] of which t may see s. */
function places(count: number, causal: boolean): [number, number][] {
  return Array.from({ length: count }, (_, t) => Array.from({ length: causal ? t + 1 : count }, (_, s): [number, number] => [t, s])).flat();
}
