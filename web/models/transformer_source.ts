// A shipped transformer as widgets see it: loaded once for the page however many ask, with the bytes counted meanwhile.
import { batch, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Lab, Transformer } from '../engine/index.ts';
import { asFailure, type Failure } from './model.ts';

export type TransformerName = 'writer' | 'reader';

export class TransformerSource {
  readonly #model = signal<Transformer | null>(null);
  readonly #failure = signal<Failure | null>(null);
  readonly #loaded = signal<{ bytes: number; total: number } | null>(null);
  #loading: Promise<Transformer> | undefined;

  constructor(
    private readonly engine: () => Promise<Pick<Lab, 'transformer'>>,
    readonly name: TransformerName,
  ) {}

  /** The model, once it is here. */
  get model(): ReadonlySignal<Transformer | null> {
    return this.#model;
  }
  /** Why it is not here. */
  get failure(): ReadonlySignal<Failure | null> {
    return this.#failure;
  }
  /** Bytes so far, and in all (0 where the server does not say); null before anybody asked. */
  get loaded(): ReadonlySignal<{ bytes: number; total: number } | null> {
    return this.#loaded;
  }

  /** Loads it, or gives what is loaded. After a failure the next call tries again. */
  load(): Promise<Transformer> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined;
      this.#failure.value = asFailure(error);
      throw error;
    });
    return this.#loading;
  }

  async #load(): Promise<Transformer> {
    batch(() => {
      this.#failure.value = null;
      this.#loaded.value = { bytes: 0, total: 0 };
    });
    const lab = await this.engine();
    const model = await lab.transformer(this.name, {
      onProgress: (bytes, total) => {
        this.#loaded.value = { bytes, total };
      },
    });
    this.#model.value = model;
    return model;
  }
}
