// What a classifier of the plane asks of the engine: a network with a training on the points, and what it says of every place.
import type { Activation, Examples, Lab, Layer, Network, Training } from '../engine/index.ts';
import type { DataPoint } from './plane_data.ts';
import { matrixOf, type Point } from './point_sets.ts';
import { extentOf, gridPoints } from './regions.ts';
import { type SoftmaxRow, softmaxRow } from './softmax_row.ts';

export type Optimizer = 'sgd' | 'momentum' | 'adam';

export interface Settings {
  /** Units of each hidden layer. */
  hidden: readonly number[];
  activation: Activation;
  optimizer: Optimizer;
  rate: number;
}

/** Examples of a mini-batch: few enough that the sum over them can be read. */
export const batchSize = 16;
/** From so many points on the curve is measured once an epoch, not at each step. */
const manyPoints = 400;

/** A network, and its training on some points. */
export interface Built {
  network: Network;
  training: Training;
  parts: readonly Examples[];
}

/** A training on the points that are not held out; of `network`, or of a new one from the seed. */
export async function build(
  lab: Pick<Lab, 'examples' | 'newNetwork'>,
  points: readonly DataPoint[],
  classes: readonly string[],
  settings: Settings & { seed: number },
  network?: Network,
): Promise<Built> {
  const { hidden, activation, optimizer, rate, seed } = settings;
  const part = (held: boolean) => {
    const some = points.filter((point) => point.heldOut === held);
    return lab.examples({ rows: matrixOf(some.map(({ at }) => at)), labels: some.map(({ label }) => label), classes });
  };
  const train = await part(false);
  const heldOut = points.some((point) => point.heldOut) ? await part(true) : undefined;
  const trained = network ?? (await lab.newNetwork({ inputs: 2, hidden, classes, activation, seed }));
  const training = await trained.train(train, {
    optimizer,
    rate,
    batch: Math.min(batchSize, train.count),
    seed,
    ...(heldOut ? { heldOut } : {}),
    ...(points.length < manyPoints ? { every: 1 } : {}),
  });
  return { network: trained, training, parts: heldOut ? [train, heldOut] : [train] };
}

/** Gives back what the engine holds; the network too, unless another training goes on with it. */
export function release({ network, training, parts }: Built, what: 'training' | 'all'): void {
  for (const handle of what === 'all' ? [training, network, ...parts] : [training, ...parts]) void handle.dispose().catch(() => {});
}

/** What the network says, all asked at one moment. */
export interface Look {
  field: { side: number; extent: number; classes: number; probabilities: Float32Array };
  /** The answer to every point. */
  predicted: Uint8Array;
  /** The probe's numbers, which unfold. */
  probe: SoftmaxRow;
  /** The last layer: its rows are the class vectors. */
  layer: Layer;
  step: number;
}

/**
 * Asks for the square of a plane of ±reach at side × side places, for every point, and for the probe.
 * @throws {LabError} `changed` where the network was trained between two of the questions
 */
export async function lookAt(
  network: Network,
  points: readonly DataPoint[],
  probe: { at: Point; label: number },
  { side, reach }: { side: number; reach: number },
): Promise<Omit<Look, 'step'>> {
  const extent = extentOf(reach);
  const grid = gridPoints(side, extent);
  const data = new Float32Array(grid.length + 2 * points.length);
  data.set(grid);
  points.forEach(({ at }, n) => {
    data.set(at, grid.length + 2 * n);
  });
  const [all, row, layer] = await Promise.all([
    network.forward({ rows: data.length / 2, columns: 2, data }),
    network.forward([...probe.at], { labels: [probe.label] }).then(softmaxRow),
    network.layer(network.hidden.length + 1),
  ]);
  const classes = network.classes.length;
  const places = side * side;
  return {
    field: { side, extent, classes, probabilities: all.probabilities.data.subarray(0, places * classes) },
    predicted: all.predicted.subarray(places),
    probe: row,
    layer,
  };
}
