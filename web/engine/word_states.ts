// States of words and probes as the page holds them; both lie in the worker.
import type { Client } from './client.ts';
import { LabError } from './errors.ts';
import { Handle } from './handle.ts';
import { checkFit, checkTask, type Words } from './probe_check.ts';
import { toScore } from './probe_counts.ts';
import { OUTSIDE, type TrainedProbe } from './probe_protocol.ts';
import { gather } from './probe_table.ts';
import type {
  Drift,
  LeftOut,
  MeasureOptions,
  Probe,
  ProbeFit,
  ProbeOptions,
  ProbePlane,
  ProbeReading,
  ProbeScore,
  ProbeTable,
  ProbeTask,
  WordStates,
} from './probe_types.ts';
import { RemoteRun } from './transformer_run.ts';
import type { TransformerRun } from './transformer_types.ts';
import type { Matrix } from './types.ts';
import * as check from './validate.ts';

const SEEDS = [1, 2, 3, 4, 5];
/** Each of them wants a probe of its own. */
const MOST_LEFT_OUT = 200;

/** What is known of the words beside their states. */
export interface KnownWords extends Words {
  model: string;
  width: number;
  places: Uint32Array;
  pieces: Uint32Array;
}

export class RemoteWordStates implements WordStates {
  private readonly handle: Handle;

  constructor(
    private readonly client: Client,
    handle: number,
    private readonly words: KnownWords,
  ) {
    this.handle = new Handle(client, handle, 'This set of states', 'statesClose');
  }

  get model(): string {
    return this.words.model;
  }
  get count(): number {
    return this.words.count;
  }
  get texts(): number {
    return this.words.texts;
  }
  get layers(): number {
    return this.words.layers;
  }
  get width(): number {
    return this.words.width;
  }
  get places(): Uint32Array {
    return this.words.places;
  }
  get pieces(): Uint32Array {
    return this.words.pieces;
  }

  async rows(layer: number): Promise<Matrix> {
    return this.handle.ask('statesRows', { layer: check.checkInteger(layer, 'layer', 0, this.layers) });
  }

  async probe(layer: number, task: ProbeTask, options: ProbeOptions = {}): Promise<Probe> {
    const ask = checkFit(layer, task, options, this.words);
    const { parts, ...trained } = await this.handle.ask('statesProbe', ask, { transfer: [] });
    return new RemoteProbe(this.client, trained, layer, ask.classes, parts);
  }

  async fit(layer: number, task: ProbeTask, options: ProbeOptions & { signal?: AbortSignal } = {}): Promise<ProbeFit> {
    return this.handle.ask('statesFit', checkFit(layer, task, options, this.words), { signal: options?.signal, transfer: [] });
  }

  async measure(task: ProbeTask, options: MeasureOptions = {}): Promise<ProbeTable> {
    const { layers = Array.from({ length: this.layers + 1 }, (_, l) => l), seeds = SEEDS, onProgress, wait, signal, ...rest } = options;
    if (![layers, seeds].every((list) => Array.isArray(list) && list.length > 0))
      throw new LabError('bad-option', 'layers and seeds are lists of at least one number. Give such lists, or leave them out.');
    const asks = seeds.flatMap((seed) => layers.map((layer) => checkFit(layer, task, { ...rest, seed }, this.words)));
    const classes = [...task.classes];
    const fits: ProbeFit[] = [];
    for (const ask of asks) {
      await wait?.();
      fits.push(await this.handle.ask('statesFit', ask, { signal, transfer: [] }));
      const fit = fits.at(-1) as ProbeFit;
      onProgress?.({ done: fits.length, total: asks.length, fit, table: gather(classes, layers, seeds, fits) });
    }
    return gather(classes, layers, seeds, fits);
  }

  async leaveOut(layer: number, task: ProbeTask, options: { decay?: number; signal?: AbortSignal } = {}): Promise<LeftOut> {
    const ask = checkFit(layer, task, { decay: options?.decay, heldOut: 0 }, this.words, true);
    const words = wordsOf(ask.labels);
    if (words.length > MOST_LEFT_OUT)
      throw new LabError(
        'out-of-range',
        `${words.length} words have a label, and at most ${MOST_LEFT_OUT} are left out one by one. Label fewer, or hold a share of the texts out.`,
      );
    const { answers, ...found } = await this.handle
      .ask('statesLeaveOut', ask, { signal: options?.signal, transfer: [] })
      .catch((error: unknown) => {
        if (!(error instanceof LabError) || error.code !== 'too-few') throw error;
        throw new LabError(
          'too-few',
          `One is left out at a time, and then there are fewer than two words of “${error.detail}” to learn from. Label at least three words of each of two classes.`,
          error.detail,
        );
      });
    return { layer, words, answers: Uint8Array.from(words, (n) => answers[n] as number), ...found, accuracy: found.correct / found.count };
  }

  async drift(task: ProbeTask): Promise<Drift[]> {
    const { labels, classes } = checkTask(task, this.words);
    return this.handle.ask('statesDrift', { labels, classes: classes.length }).catch((error: unknown) => {
      const lacking = error instanceof LabError && error.code === 'too-few' ? classes[Number(error.detail)] : undefined;
      if (lacking === undefined) throw error;
      throw new LabError(
        'too-few',
        `There are fewer than two words of “${lacking}”: there is no pair to compare. Label two or more.`,
        lacking,
      );
    });
  }

  async plane(probe: Probe, task: ProbeTask): Promise<ProbePlane> {
    const { labels } = checkTask(task, this.words);
    if (!(probe instanceof RemoteProbe)) throw new LabError('bad-option', 'This probe is none of this lab. Make one with probe().');
    if (probe.difference === null)
      throw new LabError(
        'bad-option',
        `This probe tells ${probe.classes.length} classes apart and has no single direction. Give one with two classes.`,
      );
    const ask = { probe: probe.handle.value, labels };
    return { ...(await this.handle.ask('statesPlane', ask, { transfer: [] })), layer: probe.layer, words: wordsOf(labels) };
  }

  dispose(): Promise<void> {
    return this.handle.dispose();
  }
}

/** The words of a task. */
const wordsOf = (labels: Uint32Array): Uint32Array => Uint32Array.from([...labels.keys()].filter((n) => labels[n] !== OUTSIDE));

class RemoteProbe implements Probe {
  readonly handle: Handle;
  readonly weights: Matrix;
  readonly biases: Float32Array;
  readonly difference: Float32Array | null;
  readonly score: ProbeScore;
  readonly answers: Uint8Array;

  constructor(
    client: Client,
    trained: TrainedProbe,
    readonly layer: number,
    readonly classes: readonly string[],
    readonly parts: Uint8Array,
  ) {
    this.handle = new Handle(client, trained.handle, 'This probe', 'probeClose');
    this.weights = trained.weights;
    this.biases = trained.biases;
    this.difference = trained.difference;
    this.answers = trained.answers;
    this.score = toScore(trained);
  }

  async read(run: TransformerRun): Promise<ProbeReading> {
    if (!(run instanceof RemoteRun)) throw new LabError('bad-option', 'This is no run of this lab. Make one with run() of the model.');
    const ask = { run: run.handle.value };
    const explain = async (address: string) =>
      this.handle.ask('probeExplain', { run: run.handle.value, address: check.checkText(address, 'address') });
    return { ...(await this.handle.ask('probeRead', ask)), explain };
  }

  dispose(): Promise<void> {
    return this.handle.dispose();
  }
}
