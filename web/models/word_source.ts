// The word vectors as widgets see them: loaded once for the page however many widgets ask, with the bytes counted meanwhile.
import { computed, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Lab, Vectors } from '../engine/index.ts';
import { asFailure, type Failure } from './model.ts';

export class WordSource {
  readonly #vectors = signal<Vectors | null>(null);
  readonly #failure = signal<Failure | null>(null);
  readonly #loaded = signal<{ bytes: number; total: number }>({ bytes: 0, total: 0 });
  readonly #vocabulary = signal<readonly string[]>([]);
  #engine: Promise<Lab> | undefined;
  #loading: Promise<Vectors> | undefined;

  constructor(private readonly open: () => Promise<Lab>) {}

  /** The vectors, once they are here. */
  get vectors(): ReadonlySignal<Vectors | null> {
    return this.#vectors;
  }
  /** Why they are not here. */
  get failure(): ReadonlySignal<Failure | null> {
    return this.#failure;
  }
  /** Bytes so far, and in all (0 where the server does not say). */
  get loaded(): ReadonlySignal<{ bytes: number; total: number }> {
    return this.#loaded;
  }
  /** All words, the most frequent first; empty until they are here. */
  get vocabulary(): ReadonlySignal<readonly string[]> {
    return this.#vocabulary;
  }

  /** The same as a set, to look a word up at once. */
  readonly known: ReadonlySignal<ReadonlySet<string>> = computed(() => new Set(this.#vocabulary.value));

  /** The engine itself. */
  engine(): Promise<Lab> {
    this.#engine ??= this.open().catch((error: unknown) => {
      this.#engine = undefined;
      throw error;
    });
    return this.#engine;
  }

  /** Loads them, or gives what is loaded. After a failure the next call tries again. */
  load(): Promise<Vectors> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined;
      this.#failure.value = asFailure(error);
      throw error;
    });
    return this.#loading;
  }

  async #load(): Promise<Vectors> {
    this.#failure.value = null;
    const engine = await this.engine();
    const vectors = await engine.vectors('words', {
      onProgress: (bytes, total) => {
        this.#loaded.value = { bytes, total };
      },
    });
    this.#vocabulary.value = await vectors.words();
    this.#vectors.value = vectors;
    return vectors;
  }
}

/**
 * Up to `count` words of the vocabulary that begin with `start`, in the vocabulary's order: the most frequent first.
 * The word itself is not among them, nor is anything for an empty start.
 */
export function completions(vocabulary: readonly string[], start: string, count = 6): string[] {
  const prefix = start.trim().toLowerCase();
  const found: string[] = [];
  if (!prefix) return found;
  for (const word of vocabulary) {
    if (word.startsWith(prefix) && word !== prefix && found.push(word) === count) break;
  }
  return found;
}
