// A small engine for tests of layers: a network without hidden layers in plain double arithmetic, examples, and a "shipped" layer
// for pictures of 784 pixels whose rows each like one pixel in ten. Explanations as the engine's: logit, row, weight, bias, input.
import type { Evaluation, Examples, Explanation, Forward, Lab, Layer, Network } from '../../web/engine/index.ts';
import { LabError } from '../../web/engine/index.ts';

type Some = Pick<Lab, 'newNetwork' | 'network' | 'strokeDigits' | 'rasterize' | 'explainPair' | 'pair'>;

export interface FakeLayerLab extends Some {
  /** How many handles are open. */
  open: { networks: number; examples: number };
  /** How often each question was asked. */
  asked: Record<string, number>;
  /** What the next loading of the shipped layer fails with. */
  failNext: LabError | null;
}

const places = 784;
const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const pixelsOf = new WeakMap<Examples, { x: Float32Array; labels: number[] }>();

/** Which of the 500 digits are labelled as the next class, so that the layer answers them wrong: every 25th. */
export const mislabelled = (n: number): boolean => n % 25 === 24;

/** A digit of the fake pen: ink 0.5 wherever the pixel's number ends in the digit. */
export const fakeDigit = (digit: number): Float32Array => Float32Array.from({ length: places }, (_, i) => (i % 10 === digit ? 0.5 : 0));

export function fakeLayerLab(others: Pick<Lab, 'explainPair' | 'pair'>): FakeLayerLab {
  const open = { networks: 0, examples: 0 };
  const asked: Record<string, number> = {};
  const note = (what: string) => {
    asked[what] = (asked[what] ?? 0) + 1;
  };
  const made: FakeLayerLab = {
    open,
    asked,
    failNext: null,
    pair: others.pair,
    explainPair: others.explainPair,
    newNetwork: async ({ inputs, classes }) => network(inputs, classes, open, note),
    async network() {
      note('network');
      if (made.failNext) {
        const failure = made.failNext;
        made.failNext = null;
        throw failure;
      }
      const self = network(places, digits, open, note);
      const data = Float32Array.from({ length: 10 * places }, (_, at) => ((at % places) % 10 === Math.floor(at / places) ? 0.25 : -0.125));
      await self.setLayers([{ weights: { rows: 10, columns: places, data }, biases: digits.map((_, k) => k / 4) }]);
      return self;
    },
    async strokeDigits({ count }) {
      open.examples++;
      const x = new Float32Array(count * places);
      const labels = Array.from({ length: count }, (_, n) => (mislabelled(n) ? (n + 1) % 10 : n % 10));
      for (let n = 0; n < count; n++) x.set(fakeDigit(n % 10), n * places);
      const self = {
        count,
        inputs: places,
        classes: digits,
        rows: async (from: number, some: number) => ({ rows: some, columns: places, data: x.slice(from * places, (from + some) * places) }),
        labels: async () => Uint8Array.from(labels),
        dispose: async () => {
          open.examples--;
        },
      } as unknown as Examples;
      pixelsOf.set(self, { x, labels });
      return self;
    },
    async rasterize(strokes) {
      note('rasterize');
      return Float32Array.from({ length: places }, (_, i) => (i % 10 === strokes.length ? 1 : 0));
    },
  };
  return made;
}

function network(inputs: number, classes: readonly string[], open: FakeLayerLab['open'], note: (what: string) => void): Network {
  open.networks++;
  const count = classes.length;
  let layer: Layer = { weights: { rows: count, columns: inputs, data: new Float32Array(count * inputs) }, biases: new Float32Array(count) };
  let version = 0;
  const row = (k: number) => layer.weights.data.subarray(k * inputs, (k + 1) * inputs);
  const dot = (k: number, x: ArrayLike<number>, from = 0) => {
    const { data } = layer.weights;
    let sum = 0;
    for (let i = 0; i < inputs; i++) sum += (data[k * inputs + i] as number) * (x[from + i] as number);
    return sum;
  };
  const best = (x: ArrayLike<number>, from: number) => {
    const scores = classes.map((_, k) => dot(k, x, from) + (layer.biases[k] ?? 0));
    return { scores, predicted: scores.indexOf(Math.max(...scores)) };
  };
  return {
    inputs,
    hidden: [],
    classes,
    activation: 'relu',
    figures: {},
    layer: async () => structuredClone(layer),
    async setLayers([next]: Parameters<Network['setLayers']>[0]) {
      if (!next || next.weights.data.length !== count * inputs || next.biases.length !== count)
        throw new LabError('bad-shape', 'Shapes differ.');
      layer = { weights: { ...next.weights, data: Float32Array.from(next.weights.data) }, biases: Float32Array.from(next.biases) };
      version++;
    },
    async setRow(_: number, k: number, next: Parameters<Network['setRow']>[2]) {
      note('setRow');
      layer.weights.data.set(next.weights, k * inputs);
      layer.biases[k] = next.bias;
      version++;
    },
    async forward(x: Parameters<Network['forward']>[0]) {
      note('forward');
      const data = Float32Array.from('data' in x ? x.data : x);
      const { scores, predicted } = best(data, 0);
      const asked = version;
      const logits = { rows: 1, columns: count, data: Float32Array.from(scores) };
      return {
        layers: [],
        logits,
        probabilities: logits,
        predicted: Uint8Array.of(predicted),
        losses: null,
        async explain(address: string) {
          if (asked !== version) throw new LabError('changed', 'The network has been edited since.');
          return explained(address, data, row, layer.biases, dot);
        },
      } satisfies Forward;
    },
    async evaluate(examples: Examples) {
      note('evaluate');
      const { x, labels } = pixelsOf.get(examples) as { x: Float32Array; labels: number[] };
      const confusion = new Uint32Array(count * count);
      const predicted = Uint8Array.from(labels, (label, n) => {
        const answer = best(x, n * inputs).predicted;
        confusion[label * count + answer] = (confusion[label * count + answer] ?? 0) + 1;
        return answer;
      });
      const correct = labels.filter((label, n) => predicted[n] === label).length;
      return { count: labels.length, correct, accuracy: correct / labels.length, loss: 0, confusion, predicted } satisfies Evaluation;
    },
    async dispose() {
      open.networks--;
    },
  } as unknown as Network;
}

function explained(
  address: string,
  x: Float32Array,
  row: (k: number) => Float32Array,
  biases: Float32Array,
  dot: (k: number, x: ArrayLike<number>) => number,
): Explanation {
  const [, family = '', groups = ''] = /^network\/([\w-]+)((?:\[\d+\])+)$/.exec(address) ?? [];
  const at = (groups.match(/\d+/g) ?? []).map(Number);
  const blank = { address, operands: [], products: new Float32Array(), terms: [], formula: '' };
  const checked = (value: number) => ({ result: value, check: { value, difference: 0, bound: 1e-6 } });
  const last = at.at(-1) ?? 0;
  switch (family) {
    case 'logit': {
      const terms = [
        { label: 'w · x', address: `network/row[0][1][${last}]`, coefficient: 1, value: dot(last, x) },
        { label: 'b', address: `network/bias[1][${last}]`, coefficient: 1, value: biases[last] ?? 0 },
      ];
      return {
        ...blank,
        kind: 'sum',
        label: `logit of ${last}`,
        formula: 'w · x + b',
        terms,
        ...checked(dot(last, x) + (biases[last] ?? 0)),
      };
    }
    case 'row': {
      const operands = [
        { name: 'w', address: `network/weight[1][${last}]`, values: Float32Array.from(row(last)) },
        { name: 'x', address: 'network/input[0]', values: x },
      ];
      const products = row(last).map((weight, i) => weight * (x[i] ?? 0));
      return {
        ...blank,
        kind: 'dot',
        label: `weight row of ${last} · input`,
        formula: 'Σᵢ wᵢ × xᵢ',
        operands,
        products,
        ...checked(dot(last, x)),
      };
    }
    case 'weight':
      return { ...blank, kind: 'weight', label: address, ...checked(row(at[1] ?? 0)[last] ?? 0) };
    case 'bias':
      return { ...blank, kind: 'weight', label: address, ...checked(biases[last] ?? 0) };
    case 'input':
      return { ...blank, kind: 'input', label: address, ...checked(x[last] ?? 0) };
    default:
      throw new LabError('unknown-address', `No number stands at “${address}”.`);
  }
}
