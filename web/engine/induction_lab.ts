// Growing an induction head as the page sees it: the worker takes the steps, when it is asked to.
import type { Client } from './client.ts';
import { Handle } from './handle.ts';
import type { InductionParts } from './induction_protocol.ts';
import type {
  InductionCalls,
  InductionExample,
  InductionGrowth,
  InductionOptions,
  InductionSnapshot,
  InductionTraining,
} from './induction_types.ts';
import { ProbeLab } from './probe_lab.ts';
import { checkPlaces, RemoteRun } from './transformer_run.ts';
import type { HeadPlace, TextToken, TransformerRun } from './transformer_types.ts';
import type { NumberArray } from './types.ts';
import * as check from './validate.ts';

/** The border, and the signs that sequences are made of. */
const vocabulary = ['␂', ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'];

const MOST_STEPS = 5000;

export class InductionLab extends ProbeLab implements InductionCalls {
  async growInduction(options: InductionOptions = {}): Promise<InductionTraining> {
    const { seed = 1, steps = 600, every = 10 } = options;
    check.checkInteger(seed, 'seed', 0, Number.MAX_SAFE_INTEGER);
    check.checkInteger(steps, 'steps', 1, MOST_STEPS);
    check.checkInteger(every, 'every', 1, MOST_STEPS);
    const parts = await this.client.ask('inductionMake', { seed, steps, every, names: vocabulary });
    return new RemoteInduction(this.client, { seed, steps, every }, parts);
  }
}

class RemoteInduction implements InductionTraining {
  readonly vocabulary = vocabulary;
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  readonly context: number;
  readonly examples: readonly InductionExample[];
  private readonly handle: Handle;
  private readonly known: InductionSnapshot[];

  constructor(
    private readonly client: Client,
    readonly options: Required<InductionOptions>,
    parts: InductionParts,
  ) {
    ({ layers: this.layers, heads: this.heads, width: this.width, context: this.context } = parts);
    this.handle = new Handle(client, parts.handle, 'This training', 'inductionClose');
    this.examples = parts.examples.map(({ tokens, segment }) => ({ tokens: placed([...tokens]), segment }));
    this.known = [...parts.growth.snapshots];
  }

  get snapshots(): readonly InductionSnapshot[] {
    return this.known;
  }

  async run(options: {
    steps: number;
    milliseconds?: number;
    signal?: AbortSignal;
    onProgress?(growth: InductionGrowth): void;
  }): Promise<InductionGrowth> {
    const { steps, milliseconds = Number.MAX_VALUE, signal, onProgress } = options ?? {};
    check.checkInteger(steps, 'steps', 1, check.MOST);
    check.checkPositive(Math.min(milliseconds, 1e9), 'milliseconds');
    const learn = (growth: InductionGrowth) => {
      const last = this.known.at(-1)?.step ?? -1;
      this.known.push(...growth.snapshots.filter(({ step }) => step > last));
      return growth;
    };
    return learn(
      await this.handle.ask(
        'inductionAdvance',
        { steps, milliseconds, known: this.known.length },
        { signal, onProgress: (growth) => onProgress?.(learn(growth)) },
      ),
    );
  }

  async measureWithout(snapshot: number, heads: readonly HeadPlace[]): Promise<InductionSnapshot> {
    check.checkInteger(snapshot, 'snapshot', 0, check.MOST);
    return this.handle.ask('inductionWithout', { snapshot, places: checkPlaces(heads, this) });
  }

  async runAt(snapshot: number, tokens: readonly TextToken[] | NumberArray): Promise<TransformerRun> {
    check.checkInteger(snapshot, 'snapshot', 0, check.MOST);
    const ids = Array.from(tokens as ArrayLike<number | TextToken>, (one, t) =>
      check.checkInteger(typeof one === 'object' ? one?.id : one, `token ${t}`, 0, vocabulary.length - 1),
    );
    if (ids.length === 0) ids.push(0);
    const handle = await this.handle.ask('inductionRun', { snapshot, tokens: Uint32Array.from(ids) });
    return new RemoteRun(this.client, handle, placed(ids), (id) => vocabulary[id] as string);
  }

  dispose(): Promise<void> {
    return this.handle.dispose();
  }
}

/** Tokens with their places: one sign each, the border none. */
function placed(ids: readonly number[]): TextToken[] {
  let end = 0;
  return ids.map((id) => {
    const start = end;
    if (id !== 0) ++end;
    return { id, text: vocabulary[id] as string, start, end };
  });
}
