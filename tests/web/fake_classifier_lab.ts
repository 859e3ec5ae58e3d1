// A small engine for tests of classifiers: softmax regression in plain double arithmetic, with the public interface's shapes. Hidden
// layers are not computed (the network then answers as if it had none); every step takes the next examples in order.
import type {
  CurvePoint,
  Examples,
  Explanation,
  Forward,
  Lab,
  Layer,
  Network,
  NetworkOptions,
  Training,
  TrainingStep,
} from '../../web/engine/index.ts';
import { LabError } from '../../web/engine/index.ts';
import { leaf } from './fake_explanation.ts';

type Learning = Pick<Lab, 'examples' | 'newNetwork'>;

export interface FakeClassifierLab extends Learning {
  /** How many handles are open, by kind. */
  open: { examples: number; networks: number; trainings: number };
  /** What the next question fails with. */
  failNext: LabError | null;
}

interface Rows {
  x: Float32Array;
  labels: number[];
  columns: number;
}

const rowsOf = new WeakMap<Examples, Rows>();

export function fakeClassifierLab(): FakeClassifierLab {
  const open = { examples: 0, networks: 0, trainings: 0 };
  const made: FakeClassifierLab = {
    open,
    failNext: null,
    examples: async ({ rows, labels, classes }) =>
      examples({ x: Float32Array.from(rows.data), labels: Array.from(labels), columns: rows.columns }, classes, open),
    newNetwork: async (options) => {
      if (made.failNext) {
        const failure = made.failNext;
        made.failNext = null;
        throw failure;
      }
      return network(options, open);
    },
  };
  return made;
}

function examples(rows: Rows, classes: readonly string[], open: FakeClassifierLab['open']): Examples {
  open.examples++;
  const count = rows.labels.length;
  const self: Examples = {
    count,
    inputs: rows.columns,
    classes,
    rows: async (from, some) => ({
      rows: some,
      columns: rows.columns,
      data: rows.x.slice(from * rows.columns, (from + some) * rows.columns),
    }),
    labels: async () => Uint8Array.from(rows.labels),
    split: async () => Promise.reject(new Error('not here')),
    async standardize() {
      const { columns } = rows;
      const means = new Float32Array(columns);
      const deviations = new Float32Array(columns);
      for (let c = 0; c < columns; c++) {
        const column = rows.labels.map((_, n) => rows.x[n * columns + c] ?? 0);
        means[c] = column.reduce((sum, value) => sum + value, 0) / count;
        deviations[c] = Math.sqrt(column.reduce((sum, value) => sum + (value - (means[c] ?? 0)) ** 2, 0) / count) || 1;
      }
      const x = rows.x.map((value, i) => (value - (means[i % columns] ?? 0)) / (deviations[i % columns] ?? 1));
      return { examples: examples({ ...rows, x }, classes, open), means, deviations };
    },
    dispose: async () => {
      open.examples--;
    },
  };
  rowsOf.set(self, rows);
  return self;
}

function network({ inputs, hidden = [], classes, activation = 'relu' }: NetworkOptions, open: FakeClassifierLab['open']): Network {
  open.networks++;
  const count = classes.length;
  let layer: Layer = { weights: { rows: count, columns: inputs, data: new Float32Array(count * inputs) }, biases: new Float32Array(count) };
  let version = 0;
  const logitsOf = (x: ArrayLike<number>, n: number) =>
    Array.from({ length: count }, (_, k) => {
      let sum = layer.biases[k] ?? 0;
      for (let i = 0; i < inputs; i++) sum += (layer.weights.data[k * inputs + i] ?? 0) * (x[n * inputs + i] ?? 0);
      return sum;
    });
  const self: Network & { replace(next: Layer): void } = {
    inputs,
    hidden,
    classes,
    activation,
    figures: {},
    replace(next) {
      layer = next;
      version++;
    },
    layer: async () => structuredClone(layer),
    async setLayers([next]) {
      if (next)
        self.replace({ weights: { ...next.weights, data: Float32Array.from(next.weights.data) }, biases: Float32Array.from(next.biases) });
    },
    setRow: async () => {},
    async forward(x, { labels, temperature = 1 } = {}) {
      const data = 'data' in x ? x.data : x;
      const rows = data.length / inputs;
      const all = Array.from({ length: rows }, (_, n) => row(logitsOf(data, n), temperature, labels?.[n]));
      const asked = version;
      const matrix = (part: (one: Row) => number[]) => ({ rows, columns: count, data: Float32Array.from(all.flatMap(part)) });
      const logits = matrix((one) => one.logits);
      const forward: Forward = {
        layers: [{ z: logits, h: logits }],
        logits,
        probabilities: matrix((one) => one.probabilities),
        predicted: Uint8Array.from(all, (one) => one.predicted),
        losses: labels ? Float32Array.from(all, (one) => one.loss) : null,
        async explain(address) {
          if (asked !== version) throw new LabError('changed', 'The network has been trained since.');
          return explained(address, all);
        },
      };
      return forward;
    },
    evaluate: async () => Promise.reject(new Error('not here')),
    flip: async () => Promise.reject(new Error('not here')),
    async train(given, options = {}) {
      open.trainings++;
      return training(self, given, options, logitsOf, () => layer, open);
    },
    copy: async () => Promise.reject(new Error('not here')),
    dispose: async () => {
      open.networks--;
    },
  };
  return self;
}

interface Row {
  logits: number[];
  exps: number[];
  sum: number;
  probabilities: number[];
  predicted: number;
  loss: number;
}

function row(logits: number[], temperature: number, label?: number): Row {
  const largest = Math.max(...logits);
  const exps = logits.map((z) => Math.exp((z - largest) / temperature));
  const sum = exps.reduce((total, value) => total + value, 0);
  const probabilities = exps.map((value) => value / sum);
  return {
    logits,
    exps,
    sum,
    probabilities,
    predicted: logits.indexOf(largest),
    loss: label === undefined ? Number.NaN : -Math.log(probabilities[label] ?? 0),
  };
}

function explained(address: string, rows: Row[]): Explanation {
  const [, family = '', n = '0', k = '0'] = /^network\/([\w-]+)\[(\d+)\](?:\[(\d+)\])?$/.exec(address) ?? [];
  const one = rows[Number(n)];
  const value = {
    logit: one?.logits[Number(k)],
    exp: one?.exps[Number(k)],
    'exp-sum': one?.sum,
    probability: one?.probabilities[Number(k)],
    loss: one?.loss,
  }[family];
  if (value === undefined) throw new LabError('unknown-address', `No number stands at “${address}”.`);
  return leaf(address, value);
}

function training(
  self: Network & { replace(next: Layer): void },
  given: Examples,
  options: Parameters<Network['train']>[1],
  logitsOf: (x: ArrayLike<number>, n: number) => number[],
  now: () => Layer,
  open: FakeClassifierLab['open'],
): Training {
  const { rate = 0.1, batch = 32, heldOut } = options ?? {};
  const rows = rowsOf.get(given) as Rows;
  const size = Math.min(batch, given.count);
  const curve: CurvePoint[] = [];
  let step = 0;
  const measure = (some: Examples | undefined) => {
    const part = some && rowsOf.get(some);
    if (!part) return [Number.NaN, Number.NaN] as const;
    const all = part.labels.map((label, n) => row(logitsOf(part.x, n), 1, label));
    return [
      all.reduce((sum, one) => sum + one.loss, 0) / all.length,
      all.filter((one, n) => one.predicted === part.labels[n]).length / all.length,
    ] as const;
  };
  const epoch = () => Math.floor((step * size) / given.count);
  const point = (): CurvePoint => {
    const [loss, accuracy] = measure(given);
    const [heldOutLoss, heldOutAccuracy] = measure(heldOut);
    return { step, epoch: epoch(), loss, accuracy, heldOutLoss, heldOutAccuracy };
  };
  curve.push(point());
  const take = () => {
    const before = structuredClone(now());
    const places = Uint32Array.from({ length: size }, (_, i) => (step * size + i) % given.count);
    const gradient: Layer = {
      weights: { ...before.weights, data: new Float32Array(before.weights.data.length) },
      biases: new Float32Array(before.biases.length),
    };
    let loss = 0;
    for (const n of places) {
      const label = rows.labels[n] ?? 0;
      const one = row(logitsOf(rows.x, n), 1, label);
      loss += one.loss / size;
      one.probabilities.forEach((p, k) => {
        const delta = (p - (k === label ? 1 : 0)) / size;
        gradient.biases[k] = (gradient.biases[k] ?? 0) + delta;
        for (let i = 0; i < rows.columns; i++) {
          const at = k * rows.columns + i;
          gradient.weights.data[at] = (gradient.weights.data[at] ?? 0) + delta * (rows.x[n * rows.columns + i] ?? 0);
        }
      });
    }
    const less = (values: Float32Array, by: Float32Array) => values.map((value, i) => value - rate * (by[i] ?? 0));
    const after: Layer = {
      weights: { ...before.weights, data: less(before.weights.data, gradient.weights.data) },
      biases: less(before.biases, gradient.biases),
    };
    self.replace(structuredClone(after));
    step++;
    curve.push(point());
    return { before, gradient, after, places, loss };
  };
  return {
    network: self,
    options: { optimizer: 'sgd', rate, momentum: 0.9, batch: size, weightDecay: 0, seed: 1, every: 1 },
    stepsPerEpoch: Math.ceil(given.count / size),
    async step() {
      const { places, loss, ...layers } = take();
      const taken: TrainingStep = {
        step,
        epoch: epoch(),
        batch: places,
        loss,
        layers: [layers],
        points: curve.slice(-1),
        explain: async (address) => leaf(address, 0),
      };
      const own = step;
      taken.explain = async (address) => {
        if (own !== step) throw new LabError('changed', 'Another step was taken since.');
        return leaf(address, 0);
      };
      return taken;
    },
    async run({ steps }) {
      const from = curve.length;
      let batchLoss = Number.NaN;
      for (let i = 0; i < steps; i++) batchLoss = take().loss;
      return { step, epoch: epoch(), batchLoss, points: curve.slice(from) };
    },
    curve: async () => [...curve],
    save: async () => new Uint8Array(),
    restore: async () => {},
    dispose: async () => {
      open.trainings--;
    },
  };
}
