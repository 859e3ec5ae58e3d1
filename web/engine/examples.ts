// Labelled examples as the page sees them. The rows themselves lie in the worker.
import type { Client } from './client.ts';
import { Handle } from './handle.ts';
import type { OpenedExamples } from './learning_protocol.ts';
import type { Examples } from './learning_types.ts';
import type { Matrix, NumberArray } from './types.ts';
import * as check from './validate.ts';

export class RemoteExamples implements Examples {
  readonly handle: Handle;
  readonly count: number;
  readonly inputs: number;
  readonly classes: readonly string[];

  constructor(
    private readonly client: Client,
    opened: OpenedExamples,
  ) {
    this.handle = new Handle(client, opened.handle, 'This set of examples', 'examplesClose');
    this.count = opened.count;
    this.inputs = opened.inputs;
    this.classes = opened.classes;
  }

  async rows(from: number, count: number): Promise<Matrix> {
    check.checkInteger(from, 'from', 0, this.count - 1);
    check.checkInteger(count, 'count', 1, this.count - from);
    return this.handle.ask('examplesRows', { from, count });
  }

  async labels(): Promise<Uint8Array> {
    return this.handle.ask('examplesLabels', {});
  }

  async split(options: { heldOut: number; seed: number }): Promise<{ train: Examples; heldOut: Examples }> {
    const { heldOut, seed } = options ?? {};
    check.checkInteger(heldOut, 'heldOut', 1, this.count - 1);
    check.checkInteger(seed, 'seed', 0, Number.MAX_SAFE_INTEGER);
    const parts = await this.handle.ask('examplesSplit', { heldOut, seed });
    return { train: new RemoteExamples(this.client, parts.train), heldOut: new RemoteExamples(this.client, parts.heldOut) };
  }

  async standardize(by?: { means: NumberArray; deviations: NumberArray }) {
    const given = by && { means: check.toFloats(by.means, 'means'), deviations: check.toFloats(by.deviations, 'deviations') };
    if (given) check.checkSameLength(given.means, given.deviations, 'means', 'deviations');
    const { examples, means, deviations } = await this.handle.ask('examplesStandardize', { by: given ?? null });
    return { examples: new RemoteExamples(this.client, examples), means, deviations };
  }

  dispose(): Promise<void> {
    return this.handle.dispose();
  }
}
