// The part of the lab that learns: public calls in, checked questions out to the worker.
import type { Client } from './client.ts';
import { LabError } from './errors.ts';
import { RemoteExamples } from './examples.ts';
import type { Examples, Learning, Network, NetworkOptions, Singular, Stroke } from './learning_types.ts';
import { RemoteNetwork } from './network.ts';
import { largeBuffers } from './transfer.ts';
import type { MatrixInput, NumberArray } from './types.ts';
import * as check from './validate.ts';

/** Files of networks that ship with the lab. */
export const networkNames = ['digits', 'digits-mlp'] as const;
export type NetworkName = (typeof networkNames)[number];

const MOST_DIGITS = 60_000;
const MOST_LAYERS = 8;
const MOST_UNITS = 4096;
const PEN = 0.08;

export class LearningLab implements Learning {
  /** @param networkSource the address or the bytes of a network that ships with the lab */
  constructor(
    readonly client: Client,
    private readonly networkSource: (name: NetworkName) => string | Uint8Array,
  ) {}

  async examples(input: { rows: MatrixInput; labels: NumberArray; classes: readonly string[] }): Promise<Examples> {
    const rows = check.toMatrix(input?.rows, 'rows');
    const classes = check.checkClasses(input.classes);
    const labels = check.toLabels(input.labels, rows.rows, classes.length);
    const ask = { rows, labels, classes };
    return new RemoteExamples(this.client, await this.client.ask('examplesMake', ask, { transfer: largeBuffers(ask) }));
  }

  async strokeDigits(options: { count: number; seed: number; variation?: number }): Promise<Examples> {
    const { count, seed, variation = 1 } = options ?? {};
    check.checkInteger(count, 'count', 1, MOST_DIGITS);
    check.checkInteger(seed, 'seed', 0, Number.MAX_SAFE_INTEGER);
    check.checkBetween(variation, 'variation', 0, 2);
    return new RemoteExamples(this.client, await this.client.ask('examplesStrokes', { count, seed, variation }));
  }

  async idxDigits(images: Uint8Array, labels: Uint8Array): Promise<Examples> {
    const ask = { images: check.toBytes(images, 'images'), labels: check.toBytes(labels, 'labels') };
    return new RemoteExamples(this.client, await this.client.ask('examplesIdx', ask, { transfer: largeBuffers(ask) }));
  }

  async rasterize(strokes: readonly Stroke[], { thickness = PEN }: { thickness?: number } = {}): Promise<Float32Array> {
    if (!Array.isArray(strokes)) throw new LabError('bad-option', 'strokes is no list. Give a list of lines, each as [x0, y0, x1, y1, …].');
    if (strokes.length === 0) throw new LabError('empty-vector', 'There is no stroke. Draw at least one, as [x0, y0, x1, y1, …].');
    check.checkPositive(thickness, 'thickness');
    const lines = strokes.map((stroke, i) => {
      const line = check.toFloats(stroke, `strokes[${i}]`);
      check.checkFinite(stroke, `strokes[${i}]`);
      if (line.length % 2 === 1)
        throw new LabError(
          'length-mismatch',
          `strokes[${i}] has ${line.length} numbers. Points come in pairs, x then y: give an even count.`,
        );
      return line;
    });
    return this.client.ask('rasterize', { strokes: lines, thickness });
  }

  async newNetwork(options: NetworkOptions): Promise<Network> {
    const { inputs, hidden = [], classes, activation = 'relu', seed = 1 } = options ?? {};
    check.checkInteger(inputs, 'inputs', 1, 65_536);
    check.checkInteger(seed, 'seed', 0, Number.MAX_SAFE_INTEGER);
    if (!Array.isArray(hidden) || hidden.length > MOST_LAYERS)
      throw new LabError(
        'out-of-range',
        `hidden is no list of at most ${MOST_LAYERS} counts. Give the units of each hidden layer, such as [8, 8].`,
      );
    for (const [i, units] of hidden.entries()) check.checkInteger(units, `hidden[${i}]`, 1, MOST_UNITS);
    check.checkOneOf(activation, 'activation', ['relu', 'tanh', 'gelu']);
    const ask = { inputs, hidden: [...hidden], classes: check.checkClasses(classes), activation, seed };
    return new RemoteNetwork(this.client, await this.client.ask('networkMake', ask));
  }

  async network(
    name: NetworkName,
    options: { onProgress?(loaded: number, total: number): void; signal?: AbortSignal } = {},
  ): Promise<Network> {
    if (!networkNames.includes(name)) {
      throw new LabError(
        'bad-option',
        `There is no network named ${JSON.stringify(name)}. The lab ships ${networkNames.map((one) => `"${one}"`).join(' and ')}.`,
      );
    }
    const { onProgress, signal } = options;
    const opened = await this.client.ask(
      'networkOpen',
      { source: this.networkSource(name) },
      { signal, onProgress: ({ loaded, total }) => onProgress?.(loaded, total) },
    );
    return new RemoteNetwork(this.client, opened);
  }

  async singular(m: MatrixInput): Promise<Singular> {
    const matrix = check.toMatrix(m, 'm');
    const { rows, columns } = matrix;
    if (rows > 64 || columns > 64)
      throw new LabError('out-of-range', `m is ${rows} × ${columns}. Singular values are computed for up to 64 rows and columns.`);
    const numbers = await this.client.ask('singular', { m: matrix });
    return {
      ...numbers,
      explain: async (address) => this.client.ask('singularExplain', { m: matrix, address: check.checkText(address, 'address') }),
    };
  }
}
