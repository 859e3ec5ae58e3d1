// What a small network does to the plane, taken apart: for one moment of its training, every row (points, grid lines, the border) before
// and after each part of each layer. A layer from two units to two is a stretch, a turn, a shift and a fold; one from or to more units
// is a linear map, a shift and a fold, shown along two directions. All states are the engine's; only the way between two is drawn.
import type { Forward, Lab, Layer, Matrix, Network, PairAnswer, Singular } from '../engine/index.ts';
import { contourPoints } from './contour.ts';
import { gridPoints } from './regions.ts';
import { type Explains, pairSource } from './unfold.ts';

export type PartKind = 'stretch' | 'turn' | 'map' | 'shift' | 'fold';

export interface Part {
  kind: PartKind;
  /** Counted from 1. */
  layer: number;
  /** Of a turn: by how many radians, counter-clockwise; null where the plane is turned over. */
  turn: number | null;
}

/** How a layer of three or more units is drawn: along two directions, rows of [2, units]. */
export interface View {
  directions: Matrix;
  /** Share of the points' variance that lies in them, 0 to 1. */
  share: number;
  /** Whether the first one leads straight from one class to the other. */
  separating: boolean;
}

/** What there is to say about a hidden layer. */
export interface LayerFacts {
  layer: Layer;
  singular: Singular;
  /** The direction that is stretched most, before and after: the angle between is the turn. Only from two units to two. */
  turned: { pair: PairAnswer; source: Explains; counterClockwise: boolean } | null;
  /** How many places of the grid lie where some unit is flat. */
  flat: number;
  view: View | null;
}

export interface Bent {
  parts: readonly Part[];
  /** One more than parts: [rows, 2], as drawn, in units. */
  states: readonly Float32Array[];
  /** Half the width of the picture in each state, in units. */
  reaches: readonly number[];
  facts: readonly LayerFacts[];
  /** Rows of points, then of the grid, then of the border. */
  counts: { points: number; grid: number; border: number };
  /** Of the points. */
  predicted: Uint8Array;
  correct: number;
  /** Where the two classes are level in the last state: a · x + b · y + c = 0; null with more classes. */
  straight: readonly [number, number, number] | null;
  /** What the network says of the chosen point: row 0. */
  chosen: Forward;
}

export type BendEngine = Pick<Lab, 'singular' | 'matmul' | 'pair' | 'normalize' | 'explainPair'>;

/** The grid: a line at every half unit from −3 to 3, sampled at every tenth. */
const [gridReach, gridGap, gridStep] = [3, 0.5, 0.1];
export const gridLines = 2 * (Math.round((2 * gridReach) / gridGap) + 1);
export const gridSamples = Math.round((2 * gridReach) / gridStep) + 1;
/** Places along each side of the square in which the border is looked for. */
const fieldSide = 61;
/** A unit counts as flat where its slope is below this: tanh beyond ±0.949, ReLU below 0. */
export const flatSlope = 0.1;

/** gridLines lines of gridSamples places: first those that run upwards, then those that run across. */
export function gridRows(): number[] {
  const rows: number[] = [];
  const at = (i: number, step: number) => Math.round(100 * (-gridReach + i * step)) / 100;
  for (const upwards of [true, false]) {
    for (let line = 0; line < gridLines / 2; line++) {
      for (let i = 0; i < gridSamples; i++) {
        const [fixed, along] = [at(line, gridGap), at(i, gridStep)];
        rows.push(upwards ? fixed : along, upwards ? along : fixed);
      }
    }
  }
  return rows;
}

/** network holds the weights of the moment, `layers` the same; points[N, 2]. */
export async function bend(
  lab: BendEngine,
  network: Network,
  layers: readonly Layer[],
  data: { points: Float32Array; labels: readonly number[]; chosen: number },
): Promise<Bent> {
  const field = gridPoints(fieldSide, gridReach);
  const { probabilities } = await network.forward({ rows: fieldSide * fieldSide, columns: 2, data: field });
  const border = contourPoints(probabilities, fieldSide, gridReach);
  const grid = gridRows();
  const rows = Float32Array.from([...data.points, ...grid, ...border]);
  const input: Matrix = { rows: rows.length / 2, columns: 2, data: rows };
  const counts = { points: data.points.length / 2, grid: grid.length / 2, border: border.length / 2 };
  const pass = await network.forward(input);
  const predicted = pass.predicted.slice(0, counts.points);
  const first = 2 * Math.min(Math.max(0, data.chosen), counts.points - 1);
  const chosen = await network.forward(data.points.slice(first, first + 2));

  const parts: Part[] = [];
  const states: Float32Array[] = [rows];
  const facts: LayerFacts[] = [];
  const hidden = layers.length - 1;
  const readout = layers[hidden] as Layer;
  let before = input;
  for (let l = 1; l <= hidden; l++) {
    const layer = layers[l - 1] as Layer;
    const { z, h } = pass.layers[l - 1] as Forward['layers'][number];
    const { rows: outputs, columns: inputs } = layer.weights;
    const singular = await lab.singular(layer.weights);
    const flatShare = flatPlaces(z, h, network.activation, counts);
    const mapped = await lab.matmul(before, transposed(layer.weights));
    const view = outputs > 2 ? await viewOf(lab, top(h, counts.points), l === hidden ? readout : null) : null;
    const drawn = async (state: Matrix) => (view ? (await lab.matmul(state, transposed(view.directions))).data : state.data);
    let turned: LayerFacts['turned'] = null;
    if (inputs === 2 && outputs === 2) {
      const [from, to] = [row(singular.right, 0), row(singular.left, 0)];
      const pair = await lab.pair(from, to);
      turned = {
        pair,
        source: pairSource(async () => lab, from, to),
        counterClockwise: (from[0] ?? 0) * (to[1] ?? 0) - (from[1] ?? 0) * (to[0] ?? 0) >= 0,
      };
      const stretched = await lab.matmul(before, await stretchOf(lab, singular));
      const over = (singular.determinant ?? 0) < 0;
      const radians = ((pair.angleDegrees ?? 0) * Math.PI) / 180;
      parts.push({ kind: 'stretch', layer: l, turn: null });
      states.push(stretched.data);
      parts.push({ kind: 'turn', layer: l, turn: over ? null : turned.counterClockwise ? radians : -radians });
      states.push(mapped.data);
    } else {
      parts.push({ kind: 'map', layer: l, turn: null });
      states.push(await drawn(mapped));
    }
    parts.push({ kind: 'shift', layer: l, turn: null }, { kind: 'fold', layer: l, turn: null });
    states.push(await drawn(z), await drawn(h));
    facts.push({ layer, singular, turned, flat: flatShare, view });
    before = h;
  }
  return {
    parts,
    states,
    reaches: reachesOf(states, counts.points),
    facts,
    counts,
    predicted,
    correct: predicted.reduce((sum, answer, n) => sum + (answer === data.labels[n] ? 1 : 0), 0),
    straight: straightLine(readout, facts[hidden - 1]?.view ?? null),
    chosen,
  };
}

/** Σ value · right ⊗ right: the stretch alone, along its own two directions. */
async function stretchOf(lab: BendEngine, { values, right }: Singular): Promise<Matrix> {
  const scaled = Float32Array.from(right.data, (x, i) => x * (values[Math.floor(i / right.columns)] ?? 0));
  return lab.matmul(transposed(right), { rows: right.rows, columns: right.columns, data: scaled });
}

/** The two directions along which `points` are shown. With a readout of two classes, the first leads from one class to the other. */
async function viewOf(lab: BendEngine, points: Matrix, readout: Layer | null): Promise<View> {
  const d = points.columns;
  const means = Array.from({ length: d }, (_, k) => column(points, k).reduce((sum, x) => sum + x, 0) / points.rows);
  const centred = { ...points, data: points.data.map((x, i) => x - (means[i % d] ?? 0)) };
  const spread = await lab.matmul(transposed(centred), centred);
  let directions: Float32Array;
  const separating = readout?.weights.rows === 2;
  if (readout && separating) {
    const [a, b] = [row(readout.weights, 0), row(readout.weights, 1)];
    const apart = a.map((x, k) => x - (b[k] ?? 0));
    const n = apart.some((x) => x !== 0) ? await lab.normalize(apart) : Float32Array.from(apart, (_, k) => (k === 0 ? 1 : 0));
    // What is left of the points' spread at right angles to n.
    const without = Float32Array.from({ length: d * d }, (_, i) => {
      const [r, c] = [Math.floor(i / d), i % d];
      return (r === c ? 1 : 0) - (n[r] ?? 0) * (n[c] ?? 0);
    });
    const across: Matrix = { rows: d, columns: d, data: without };
    const { right } = await lab.singular(await lab.matmul(await lab.matmul(across, spread), across));
    const along = Array.from({ length: d }, (_, i) => row(right, i)).find((v) => Math.abs(inner(v, n)) < 0.5) ?? row(right, 0);
    directions = Float32Array.from([...n, ...along]);
  } else {
    const { right } = await lab.singular(spread);
    directions = right.data.slice(0, 2 * d);
  }
  const matrix: Matrix = { rows: 2, columns: d, data: directions };
  const within = await lab.matmul(await lab.matmul(matrix, spread), transposed(matrix));
  const all = Array.from({ length: d }, (_, k) => spread.data[k * d + k] ?? 0).reduce((sum, x) => sum + x, 0);
  return { directions: matrix, share: all > 0 ? ((within.data[0] ?? 0) + (within.data[3] ?? 0)) / all : 1, separating };
}

/** How many places of the grid have at least one unit that is flat. */
function flatPlaces(z: Matrix, h: Matrix, activation: Network['activation'], counts: Bent['counts']): number {
  const far = Math.sqrt(1 - flatSlope);
  let flat = 0;
  for (let n = counts.points; n < counts.points + counts.grid; n++) {
    for (let k = 0; k < z.columns; k++) {
      const place = n * z.columns + k;
      const is = activation === 'relu' ? (z.data[place] ?? 0) <= 0 : Math.abs(h.data[place] ?? 0) > far;
      if (!is) continue;
      flat++;
      break;
    }
  }
  return flat;
}

/** The picture is scaled so that the points fill it in every state. */
function reachesOf(states: readonly Float32Array[], points: number): number[] {
  return states.map((state) => Math.max(0.05, 1.08 * state.subarray(0, 2 * points).reduce((most, x) => Math.max(most, Math.abs(x)), 0)));
}

/** Where both logits are the same, in the coordinates of the last picture. */
function straightLine(readout: Layer, view: View | null): Bent['straight'] {
  if (readout.weights.rows !== 2) return null;
  const [a, b] = [row(readout.weights, 0), row(readout.weights, 1)];
  const apart = a.map((x, k) => x - (b[k] ?? 0));
  const shift = (readout.biases[0] ?? 0) - (readout.biases[1] ?? 0);
  if (!view) return apart.length === 2 ? [apart[0] ?? 0, apart[1] ?? 0, shift] : null;
  return view.separating ? [inner(apart, row(view.directions, 0)), 0, shift] : null;
}

export interface Drawn {
  /** [rows, 2], in units. */
  rows: Float32Array;
  reach: number;
  /** The part under way, and how far it has come; at a state itself the part that led there. */
  part: Part | null;
  share: number;
}

/** The picture at `place`, 0 to the number of parts. A turn is drawn as a turn; else each row goes straight from one state to the next. */
export function drawnAt({ parts, states, reaches }: Pick<Bent, 'parts' | 'states' | 'reaches'>, place: number): Drawn {
  const at = Math.max(0, Math.min(parts.length, place));
  const i = Math.min(parts.length - 1, Math.floor(at));
  const share = parts.length === 0 ? 0 : at - i;
  const [from, to] = [states[i] ?? new Float32Array(), states[i + 1] ?? states[i] ?? new Float32Array()];
  const part = parts[i] ?? null;
  const reach = (reaches[i] ?? 1) * ((reaches[i + 1] ?? 1) / (reaches[i] ?? 1)) ** share;
  if (share === 0) return { rows: from, reach, part: parts[i - 1] ?? null, share: 1 };
  if (share === 1) return { rows: to, reach, part, share };
  if (part?.turn) {
    const [c, s] = [Math.cos(share * part.turn), Math.sin(share * part.turn)];
    const turned = from.map((x, n) => (n % 2 === 0 ? c * x - s * (from[n + 1] ?? 0) : s * (from[n - 1] ?? 0) + c * x));
    return { rows: turned, reach, part, share };
  }
  return { rows: from.map((x, n) => x + share * ((to[n] ?? 0) - x)), reach, part, share };
}

const row = (m: Matrix, r: number): number[] => Array.from(m.data.subarray(r * m.columns, (r + 1) * m.columns));
const column = (m: Matrix, c: number): number[] => Array.from({ length: m.rows }, (_, r) => m.data[r * m.columns + c] ?? 0);
const top = (m: Matrix, rows: number): Matrix => ({ rows, columns: m.columns, data: m.data.slice(0, rows * m.columns) });
const inner = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((sum, x, k) => sum + x * (b[k] ?? 0), 0);

function transposed({ rows, columns, data }: Matrix): Matrix {
  const turned = new Float32Array(data.length);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) turned[c * rows + r] = data[r * columns + c] ?? 0;
  return { rows: columns, columns: rows, data: turned };
}
