// The lab: public calls in, checked questions out to the worker.
import type { Client } from './client.ts';
import { LabError } from './errors.ts';
import type { NetworkName } from './learning_lab.ts';
import type { Answer, Ask, Opened, QuestionKind } from './protocol.ts';
import { Shared } from './shared.ts';
import { SkipGramLab } from './skip_gram_lab.ts';
import { largeBuffers } from './transfer.ts';
import { type TransformerName, Transformers } from './transformer.ts';
import type {
  Binary,
  DotTrace,
  Explanation,
  Hit,
  Lab,
  Matrix,
  MatrixInput,
  NumberArray,
  PairAnswer,
  RaceOptions,
  RaceResult,
  Transformer,
  Vectors,
} from './types.ts';
import * as check from './validate.ts';
import { WorkerVectors } from './vectors.ts';

/** The longest vectors of a race: two of 16 MB. */
const MOST_RACED = 2 ** 22;

export class WorkerLab extends SkipGramLab implements Lab {
  private readonly shared: Shared<Vectors>;
  private readonly transformers: Transformers;

  /** @param source the address or the bytes of a file that ships with the lab */
  constructor(
    client: Client,
    readonly binary: Binary,
    private readonly source: (name: 'words' | NetworkName | TransformerName) => string | Uint8Array,
  ) {
    super(client, source);
    this.shared = new Shared((onProgress, signal) => this.openWords(onProgress, signal));
    this.transformers = new Transformers(client, source);
  }

  async dot(a: NumberArray, b: NumberArray): Promise<number> {
    return this.send('dot', two(a, b));
  }

  async norm(a: NumberArray): Promise<number> {
    return this.send('norm', { a: check.toFloats(a, 'a') });
  }

  async cosine(a: NumberArray, b: NumberArray): Promise<number> {
    return this.send('cosine', two(a, b));
  }

  async normalize(a: NumberArray): Promise<Float32Array> {
    return this.send('normalize', { a: check.toFloats(a, 'a') });
  }

  async matvec(m: MatrixInput, x: NumberArray): Promise<Float32Array> {
    const ask = { m: check.toMatrix(m, 'm'), x: check.toFloats(x, 'x') };
    check.checkInner(ask.m.columns, ask.x.length, 'm', 'x');
    return this.send('matvec', ask);
  }

  async matmul(a: MatrixInput, b: MatrixInput): Promise<Matrix> {
    const ask = { a: check.toMatrix(a, 'a'), b: check.toMatrix(b, 'b') };
    check.checkInner(ask.a.columns, ask.b.rows, 'a', 'b');
    return this.send('matmul', ask);
  }

  async softmax(x: NumberArray, { temperature = 1 }: { temperature?: number } = {}): Promise<Float32Array> {
    return this.send('softmax', { x: check.toFloats(x, 'x'), temperature });
  }

  async topK(scores: NumberArray, k: number): Promise<Hit[]> {
    return this.send('topK', { scores: check.toFloats(scores, 'scores'), k });
  }

  readonly random = {
    normal: async (count: number, options: { seed: number }): Promise<Float32Array> => {
      return this.client.ask('randomNormal', { count, seed: options?.seed });
    },
  };

  async trace(a: NumberArray, b: NumberArray): Promise<DotTrace> {
    return this.send('trace', two(a, b));
  }

  async pair(a: NumberArray, b: NumberArray): Promise<PairAnswer> {
    const ask = two(a, b); // kept, to be unfolded later
    const numbers = await this.client.ask('pair', ask);
    return { ...numbers, explain: (address) => this.explainPair(address, ask.a, ask.b) };
  }

  async explainPair(address: string, a: NumberArray, b: NumberArray): Promise<Explanation> {
    return this.send('explainPair', { address: check.checkText(address, 'address'), ...two(a, b) });
  }

  async race(options: RaceOptions): Promise<RaceResult> {
    const { length, rounds = 21, seed = 1, signal, onProgress } = options ?? {};
    check.checkInteger(length, 'length', 1, MOST_RACED);
    check.checkInteger(rounds, 'rounds', 3, 1000);
    check.checkInteger(seed, 'seed', 0, Number.MAX_SAFE_INTEGER);
    const ask: Ask<'race'> = { length, rounds, seed, binary: this.binary };
    return this.client.ask('race', ask, { signal, onProgress: ({ done, total }) => onProgress?.(done, total) });
  }

  async vectors(name: 'words', options: { onProgress?(loaded: number, total: number): void; signal?: AbortSignal } = {}): Promise<Vectors> {
    if (name !== 'words') throw new LabError('bad-option', `There are no vectors named ${JSON.stringify(name)}. The lab ships "words".`);
    return this.shared.get(options);
  }

  async vectorsFrom(words: string[], rows: MatrixInput): Promise<Vectors> {
    check.checkWords(words, 'words');
    const { data, columns, rows: count } = check.toMatrix(rows, 'rows');
    if (words.length !== count) {
      throw new LabError(
        'length-mismatch',
        `There are ${words.length} words and ${count} rows. Row i belongs to word i, so give as many of one as of the other.`,
      );
    }
    const opened = await this.send('wordsOpenRows', { words, rows: data, dimensions: columns });
    return new WorkerVectors(this.client, 'own', opened, undefined);
  }

  async transformer(
    name: TransformerName,
    options: { onProgress?(loaded: number, total: number): void; signal?: AbortSignal } = {},
  ): Promise<Transformer> {
    return this.transformers.get(name, options);
  }

  async memory(): Promise<{ heapBytes: number; usedBytes: number }> {
    return this.client.ask('memory', {});
  }

  dispose(): void {
    this.client.dispose();
  }

  /** Ask with arrays that nobody else holds: the checks have copied them. */
  private send<K extends QuestionKind>(kind: K, ask: Ask<K>): Promise<Answer<K>> {
    return this.client.ask(kind, ask, { transfer: largeBuffers(ask) });
  }

  private async openWords(onProgress: (loaded: number, total: number) => void, signal?: AbortSignal): Promise<Vectors> {
    const open = (): Promise<Opened> =>
      this.client.ask(
        'wordsOpen',
        { source: this.source('words') },
        { signal, onProgress: ({ loaded, total }) => onProgress(loaded, total) },
      );
    return new WorkerVectors(this.client, 'words', await open(), open, () => this.shared.forget());
  }
}

function two(a: NumberArray, b: NumberArray): { a: Float32Array; b: Float32Array } {
  const ask = { a: check.toFloats(a, 'a'), b: check.toFloats(b, 'b') };
  check.checkSameLength(ask.a, ask.b);
  return ask;
}
