// Word vectors as the page sees them: names and promises. The vectors themselves lie in the worker.
import type { AskOptions, Client } from './client.ts';
import { LabError } from './errors.ts';
import type { HandleKind } from './handle.ts';
import type { TextVectors } from './learning_types.ts';
import type { Answer, Ask, Opened } from './protocol.ts';
import type {
  AnalogyAnswer,
  AnalogyQuery,
  BenchmarkOptions,
  BenchmarkResult,
  BenchmarkSection,
  Explanation,
  Neighbor,
  NumberArray,
  Plane,
  Vectors,
} from './types.ts';
import * as check from './validate.ts';

/** Questions about word vectors, without the handle. */
type WordKind = HandleKind & `words${string}`;

const DEFAULT_COUNT = 10;

export class WorkerVectors implements Vectors {
  private disposed = false;
  private generation: number;
  private reopening: Promise<void> | undefined;

  /**
   * @param reopen loads the vectors into a new worker after the old one died; undefined where they cannot be had again
   * @param onDispose is told when the vectors are disposed of
   */
  constructor(
    private readonly client: Client,
    readonly name: string,
    private opened: Opened,
    private readonly reopen: (() => Promise<Opened>) | undefined,
    private readonly onDispose: () => void = () => {},
  ) {
    this.generation = client.generation;
  }

  get size(): number {
    return this.opened.size;
  }

  get dimensions(): number {
    return this.opened.dimensions;
  }

  words(): Promise<string[]> {
    return this.ask('wordsAll', {});
  }

  async has(word: string): Promise<boolean> {
    return this.ask('wordsHas', { word: oneWord(word) });
  }

  async vector(word: string): Promise<Float32Array> {
    return this.ask('wordsVector', { word: oneWord(word), unit: false });
  }

  async unit(word: string): Promise<Float32Array> {
    return this.ask('wordsVector', { word: oneWord(word), unit: true });
  }

  async similarity(a: string, b: string): Promise<number> {
    return this.ask('wordsSimilarity', { a: oneWord(a, 'a'), b: oneWord(b, 'b') });
  }

  async nearest(wordOrVector: string | NumberArray, { count = DEFAULT_COUNT }: { count?: number } = {}): Promise<Neighbor[]> {
    check.checkInteger(count, 'count', 1, check.MOST);
    if (typeof wordOrVector === 'string') return this.ask('wordsNearest', { to: wordOrVector, count });
    const to = check.toFloats(wordOrVector, 'vector');
    if (to.length !== this.dimensions) {
      throw new LabError(
        'length-mismatch',
        `The vector has ${to.length} numbers, and these word vectors have ${this.dimensions}. Give a vector of ${this.dimensions}.`,
      );
    }
    check.checkFinite(wordOrVector, 'vector');
    return this.ask('wordsNearest', { to, count });
  }

  async analogy(query: AnalogyQuery): Promise<AnalogyAnswer> {
    return this.ask('wordsAnalogy', { query: check.checkAnalogy(query) });
  }

  async plane({ words }: { words: string[] }): Promise<Plane> {
    if (check.checkWords(words, 'words').length < 3) {
      throw new LabError('out-of-range', `A plane takes at least 3 words, and there are ${words.length}. Give more.`);
    }
    return this.ask('wordsPlane', { words });
  }

  async texts(texts: readonly string[]): Promise<TextVectors> {
    if (!Array.isArray(texts) || texts.some((text) => typeof text !== 'string'))
      throw new LabError('bad-word', 'texts is no list of texts. Give texts, such as ["It rains all day."].');
    check.checkInteger(texts.length, 'texts.length', 1, 10_000);
    return this.ask('wordsTexts', { texts: [...texts] });
  }

  async benchmark(sections: BenchmarkSection[], options: BenchmarkOptions = {}): Promise<BenchmarkResult> {
    const { method = 'add', keepQuestion = false, signal, onProgress } = options;
    check.checkMethod(method);
    return this.ask('wordsBenchmark', { sections: check.checkSections(sections), method, keepQuestion }, { signal, onProgress });
  }

  async explain(address: string): Promise<Explanation> {
    return this.ask('wordsExplain', { address: check.checkText(address, 'address') });
  }

  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    this.onDispose();
    const { client, generation } = this;
    if (client.alive && client.generation === generation) await client.ask('wordsClose', { handle: this.opened.handle }, { generation });
  }

  private async ask<K extends WordKind>(kind: K, ask: Omit<Ask<K>, 'handle'>, options: AskOptions<K> = {}): Promise<Answer<K>> {
    if (this.disposed) throw new LabError('disposed', `The vectors "${this.name}" were disposed of. Load them again.`);
    const { client } = this;
    if (!client.alive || client.generation !== this.generation) await this.renew();
    return client.ask(kind, { ...ask, handle: this.opened.handle } as Ask<K>, { ...options, generation: this.generation });
  }

  /** Loads the vectors into the worker that followed a dead one. */
  private async renew(): Promise<void> {
    if (!this.reopen)
      throw new LabError('disposed', `The vectors "${this.name}" were lost when the engine's worker stopped. Make them again.`);
    this.reopening ??= this.reopen()
      .then((opened) => {
        this.opened = opened;
        this.generation = this.client.generation;
      })
      .finally(() => {
        this.reopening = undefined;
      });
    await this.reopening;
  }
}

const oneWord = (word: string, name = 'word') => check.checkWords([check.checkText(word, name)], name)[0] as string;
