// A training as the page sees it: the worker takes the steps, when it is asked to.
import type { Client } from './client.ts';
import { Handle } from './handle.ts';
import type { OpenedTraining } from './learning_protocol.ts';
import type { CurvePoint, Network, Training, TrainingProgress, TrainingStep } from './learning_types.ts';
import * as check from './validate.ts';

export class RemoteTraining implements Training {
  readonly options: Training['options'];
  readonly stepsPerEpoch: number;
  private readonly handle: Handle;

  constructor(
    client: Client,
    readonly network: Network,
    opened: OpenedTraining,
  ) {
    this.handle = new Handle(client, opened.handle, 'This training', 'trainingClose');
    this.options = opened.options;
    this.stepsPerEpoch = opened.stepsPerEpoch;
  }

  async step(): Promise<TrainingStep> {
    const taken = await this.handle.ask('trainingStep', {});
    const explain = async (address: string) =>
      this.handle.ask('trainingExplain', { step: taken.step, address: check.checkText(address, 'address') });
    return { ...taken, explain };
  }

  async run(options: {
    steps: number;
    milliseconds?: number;
    signal?: AbortSignal;
    onProgress?(progress: TrainingProgress): void;
  }): Promise<TrainingProgress> {
    const { steps, milliseconds = Number.MAX_VALUE, signal, onProgress } = options ?? {};
    check.checkInteger(steps, 'steps', 1, check.MOST);
    check.checkPositive(Math.min(milliseconds, 1e9), 'milliseconds');
    return this.handle.ask('trainingRun', { steps, milliseconds }, { signal, onProgress });
  }

  async curve(): Promise<CurvePoint[]> {
    return this.handle.ask('trainingCurve', {});
  }

  async save(): Promise<Uint8Array> {
    return this.handle.ask('trainingSave', {});
  }

  async restore(bytes: Uint8Array): Promise<void> {
    await this.handle.ask('trainingRestore', { bytes: check.toBytes(bytes, 'bytes') });
  }

  dispose(): Promise<void> {
    return this.handle.dispose();
  }
}
