// A network as the page sees it. Its weights lie in the worker.
import type { Client } from './client.ts';
import { LabError } from './errors.ts';
import { RemoteExamples } from './examples.ts';
import { Handle } from './handle.ts';
import type { OpenedNetwork, Rows } from './learning_protocol.ts';
import type {
  Activation,
  Evaluation,
  Examples,
  Flip,
  Forward,
  Layer,
  LayerInput,
  Network,
  Training,
  TrainingOptions,
} from './learning_types.ts';
import { RemoteTraining } from './training.ts';
import type { MatrixInput, NumberArray } from './types.ts';
import * as check from './validate.ts';

export class RemoteNetwork implements Network {
  readonly handle: Handle;
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly classes: readonly string[];
  readonly activation: Activation;
  readonly figures: Readonly<Record<string, number>>;

  constructor(
    private readonly client: Client,
    opened: OpenedNetwork,
  ) {
    this.handle = new Handle(client, opened.handle, 'This network', 'networkClose');
    this.inputs = opened.inputs;
    this.hidden = opened.hidden;
    this.classes = opened.classes;
    this.activation = opened.activation;
    this.figures = opened.figures;
  }

  /** Inputs and outputs of every layer. */
  private get shapes(): { inputs: number; outputs: number }[] {
    const widths = [this.inputs, ...this.hidden, this.classes.length];
    return widths.slice(1).map((outputs, i) => ({ inputs: widths[i] as number, outputs }));
  }

  async layer(l: number): Promise<Layer> {
    this.shape(l);
    return this.handle.ask('networkLayer', { l });
  }

  async setLayers(layers: readonly LayerInput[]): Promise<void> {
    const { shapes } = this;
    if (!Array.isArray(layers) || layers.length !== shapes.length)
      throw new LabError('bad-shape', `This network has ${shapes.length} layers of weights. Give all of them, as {weights, biases}.`);
    const given = layers.map(({ weights, biases }, i) => {
      const { inputs, outputs } = shapes[i] as { inputs: number; outputs: number };
      const matrix = check.toMatrix(weights, `layers[${i}].weights`);
      const bias = check.toFloats(biases, `layers[${i}].biases`);
      if (matrix.rows !== outputs || matrix.columns !== inputs || bias.length !== outputs) {
        throw new LabError(
          'bad-shape',
          `Layer ${i + 1} has ${outputs} × ${inputs} weights and ${outputs} biases; given are ${matrix.rows} × ${matrix.columns} and ${bias.length}.`,
        );
      }
      check.checkFinite(matrix.data, `layers[${i}].weights.data`);
      check.checkFinite(bias, `layers[${i}].biases`);
      return { weights: matrix, biases: bias };
    });
    await this.handle.ask('networkSetLayers', { layers: given });
  }

  async setRow(l: number, k: number, row: { weights: NumberArray; bias: number }): Promise<void> {
    const { inputs, outputs } = this.shape(l);
    check.checkInteger(k, 'k', 0, outputs - 1);
    const weights = check.toFloats(row?.weights, 'weights');
    check.checkLength(weights, inputs, 'weights', `row ${k} of layer ${l}`);
    check.checkFinite(weights, 'weights');
    check.checkFinite([row.bias], 'bias');
    await this.handle.ask('networkSetRow', { l, k, weights, bias: row.bias });
  }

  async forward(x: NumberArray | MatrixInput, options: { labels?: NumberArray; temperature?: number } = {}): Promise<Forward> {
    const { labels, temperature = 1 } = options;
    const matrix = isMatrix(x) ? check.toMatrix(x, 'x') : oneRow(check.toFloats(x, 'x'));
    check.checkFinite(matrix.data, isMatrix(x) ? 'x.data' : 'x');
    if (matrix.columns !== this.inputs) {
      throw new LabError('length-mismatch', `x has ${matrix.columns} numbers per row, and this network takes ${this.inputs}.`);
    }
    check.checkPositive(temperature, 'temperature');
    const rows: Rows = {
      x: matrix,
      labels: labels === undefined ? null : check.toLabels(labels, matrix.rows, this.classes.length),
      temperature,
    };
    // The rows are kept, to be explained later: they are copied, not handed over.
    const { version, ...numbers } = await this.handle.ask('networkForward', rows, { transfer: [] });
    const explain = async (address: string) =>
      this.handle.ask('networkExplain', { ...rows, version, address: check.checkText(address, 'address') }, { transfer: [] });
    return { ...numbers, explain };
  }

  async evaluate(examples: Examples): Promise<Evaluation> {
    return this.handle.ask('networkEvaluate', { examples: remote(examples).handle.value });
  }

  async flip(x: NumberArray, { to }: { to?: number } = {}): Promise<Flip> {
    const row = check.toFloats(x, 'x');
    check.checkLength(row, this.inputs, 'x', 'this network’s input');
    check.checkFinite(row, 'x');
    if (to !== undefined) check.checkInteger(to, 'to', 0, this.classes.length - 1);
    return this.handle.ask('networkFlip', { x: row, to: to ?? -1 });
  }

  async train(examples: Examples, options: TrainingOptions = {}): Promise<Training> {
    const { heldOut, ...rest } = check.checkTraining(options);
    const opened = await this.client.ask('trainingMake', {
      network: this.handle.value,
      examples: remote(examples).handle.value,
      heldOut: heldOut ? remote(heldOut).handle.value : 0,
      options: rest,
    });
    return new RemoteTraining(this.client, this, opened);
  }

  async copy(): Promise<Network> {
    return new RemoteNetwork(this.client, await this.handle.ask('networkCopy', {}));
  }

  dispose(): Promise<void> {
    return this.handle.dispose();
  }

  private shape(l: number): { inputs: number; outputs: number } {
    const { shapes } = this;
    check.checkInteger(l, 'l', 1, shapes.length);
    return shapes[l - 1] as { inputs: number; outputs: number };
  }
}

const isMatrix = (x: NumberArray | MatrixInput): x is MatrixInput => typeof x === 'object' && x !== null && 'data' in x;
const oneRow = (data: Float32Array) => ({ rows: 1, columns: data.length, data });

function remote(examples: Examples): RemoteExamples {
  if (examples instanceof RemoteExamples) return examples;
  throw new LabError('bad-option', 'The examples are none of this lab. Make them with lab.examples, lab.strokeDigits or lab.idxDigits.');
}
