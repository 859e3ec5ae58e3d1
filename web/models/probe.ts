// Linear probes in every layer of a trained transformer, trained while the reader watches, beside their controls.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { ProbeTable } from '../engine/index.ts';
import type { Labelled } from './labelled_sentences.ts';
import { asFailure, type Failure, type WidgetModel } from './model.ts';
import { type ProbeSource, wordOf } from './probe_source.ts';
import { bestLayer, guessWords, tableWords } from './probe_words.ts';
import type { TransformerName } from './transformer_source.ts';
import { packFields, unpackFields } from './url_state.ts';

/** Layers of the shipped models, that of the embeddings counted: what is drawn before they are here. */
export const layerCount = 7;
export const seedChoices = [1, 3, 5] as const;

export type Phase = 'idle' | 'running' | 'paused' | 'stopped' | 'done';

export interface ProbeStart {
  property?: string;
  seeds?: number;
  /** The writer beside the reader. */
  beside?: boolean;
}

export class ProbeModel implements WidgetModel {
  readonly property: Signal<string>;
  readonly seeds: Signal<number>;
  readonly beside: Signal<boolean>;
  /** The layer that was guessed before training; null: none. */
  readonly guess: Signal<number | null> = signal<number | null>(null);
  /** The layer whose numbers are shown; null: the best. */
  readonly chosen: Signal<number | null> = signal<number | null>(null);
  readonly phase: Signal<Phase> = signal<Phase>('idle');
  /** Probes trained and wanted, all models together. */
  readonly progress: Signal<{ done: number; total: number }> = signal({ done: 0, total: 0 });
  readonly tables: Signal<Partial<Record<TransformerName, ProbeTable>>> = signal({});
  readonly failure: Signal<Failure | null> = signal<Failure | null>(null);
  /** What can be asked for, once our sentences are here. */
  readonly properties: Signal<readonly { id: string; name: string }[]> = signal([]);
  /** The sentences of the property: their words are counted before anything is trained. */
  readonly labelled: Signal<Labelled | null> = signal<Labelled | null>(null);
  #abort: AbortController | null = null;
  #gate: { open: () => void; closed: Promise<void> } | null = null;

  constructor(
    readonly source: ProbeSource,
    start: ProbeStart = {},
  ) {
    this.property = signal(start.property ?? 'part-of-speech');
    this.seeds = signal((seedChoices as readonly number[]).includes(start.seeds ?? 0) ? (start.seeds ?? 3) : 3);
    this.beside = signal(start.beside ?? false);
  }

  get names(): TransformerName[] {
    return this.beside.value ? ['reader', 'writer'] : ['reader'];
  }

  /** Whether the property has a control task: the senses of one spelling have nothing that could be learned by heart. */
  get controlled(): boolean {
    return wordOf(this.property.value) === undefined;
  }

  /** Brings the sentences; asks no model. */
  async prepare(): Promise<void> {
    const property = this.property.peek();
    try {
      const [labelled, properties] = await Promise.all([this.source.labelled(wordOf(property)), this.source.properties()]);
      batch(() => {
        this.properties.value = properties;
        if (property === this.property.peek()) this.labelled.value = labelled;
      });
    } catch (error) {
      this.failure.value = asFailure(error);
    }
  }

  set_property(id: string): void {
    if (id === this.property.peek()) return;
    this.stop();
    batch(() => {
      this.property.value = id;
      this.labelled.value = null;
      this.guess.value = null;
      this.#forget();
    });
    void this.prepare();
  }

  set_seeds(count: number): void {
    if (!(seedChoices as readonly number[]).includes(count) || count === this.seeds.peek()) return;
    this.stop();
    batch(() => {
      this.seeds.value = count;
      this.#forget();
    });
  }

  /** Shows or hides the writer; what is trained stays. */
  set_beside(beside: boolean): void {
    this.beside.value = beside;
    if (this.phase.peek() === 'done' && beside && !this.tables.peek().writer) this.phase.value = 'stopped';
  }

  guess_layer(layer: number): void {
    if (this.phase.peek() === 'idle') this.guess.value = this.guess.peek() === layer ? null : layer;
  }

  /** Trains what is not trained yet, from the beginning of each model. */
  async train(): Promise<void> {
    if (this.phase.peek() === 'running') return;
    if (this.phase.peek() === 'paused') return this.resume();
    const abort = new AbortController();
    this.#abort = abort;
    const seeds = Array.from({ length: this.seeds.peek() }, (_, i) => i + 1);
    const names = this.names.filter((name) => (this.tables.peek()[name]?.fits.length ?? 0) < layerCount * seeds.length);
    const each = layerCount * seeds.length;
    batch(() => {
      this.phase.value = 'running';
      this.failure.value = null;
      this.progress.value = { done: 0, total: each * names.length };
    });
    try {
      for (const [n, name] of names.entries()) {
        const { states, property } = await this.source.ask(name, this.property.peek());
        abort.signal.throwIfAborted();
        const table = await states.measure(property, {
          seeds,
          signal: abort.signal,
          wait: () => this.#gate?.closed,
          onProgress: ({ done, table }) => {
            if (abort.signal.aborted) return;
            batch(() => {
              this.progress.value = { done: n * each + done, total: each * names.length };
              this.tables.value = { ...this.tables.peek(), [name]: table };
            });
          },
        });
        if (abort.signal.aborted) return;
        this.tables.value = { ...this.tables.peek(), [name]: table };
      }
      this.phase.value = 'done';
    } catch (error) {
      if (abort.signal.aborted) return;
      batch(() => {
        this.failure.value = asFailure(error);
        this.phase.value = 'stopped';
      });
      // The engine may have been started anew, without the states.
      this.source.forget();
    }
  }

  pause(): void {
    if (this.phase.peek() !== 'running') return;
    let open = () => {};
    const closed = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.#gate = { open, closed };
    this.phase.value = 'paused';
  }

  resume(): void {
    if (this.phase.peek() !== 'paused') return;
    this.phase.value = 'running';
    this.#gate?.open();
    this.#gate = null;
  }

  /** Ends the training; the probes that are trained stay. Where there are none yet it is as before the training, and the guess can be changed. */
  stop(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#gate?.open();
    this.#gate = null;
    if (this.phase.peek() !== 'running' && this.phase.peek() !== 'paused') return;
    if (Object.keys(this.tables.peek()).length > 0) this.phase.value = 'stopped';
    else this.#forget();
  }

  /** Back to before the training; the guess too. */
  again(): void {
    this.stop();
    batch(() => {
      this.guess.value = null;
      this.#forget();
    });
  }

  dispose(): void {
    this.stop();
  }

  /** The layer that is shown of a model: the chosen one where it is trained, else the best. */
  readonly shown: ReadonlySignal<number | null> = computed(() => {
    const layers = this.tables.value.reader?.layers ?? [];
    const chosen = this.chosen.value;
    return chosen !== null && layers.some(({ layer }) => layer === chosen) ? chosen : (bestLayer(layers)?.layer ?? null);
  });

  /** What was measured, in sentences, for each model. */
  readonly says: ReadonlySignal<readonly { model: TransformerName; sentences: readonly string[] }[]> = computed(() =>
    this.names.flatMap((model) => {
      const table = this.tables.value[model];
      if (!table) return [];
      const sentences = tableWords(table.layers, new Set(table.fits.map(({ seed }) => seed)).size);
      const guess = this.guess.value;
      return [{ model, sentences: model === 'reader' && guess !== null ? [guessWords(guess, table.layers), ...sentences] : sentences }];
    }),
  );

  readonly spoken: ReadonlySignal<string> = computed(() => {
    const failure = this.failure.value;
    if (failure) return failure.message;
    const { done, total } = this.progress.value;
    switch (this.phase.value) {
      case 'idle':
        return this.guess.value === null ? '' : `Your guess: layer ${this.guess.value}.`;
      case 'running':
        return done === 0 ? 'The probes are being trained.' : '';
      case 'paused':
        return `Paused after ${done} of ${total} probes.`;
      default:
        return this.says.value.map(({ model, sentences }) => `The ${model}: ${sentences.join(' ')}`).join(' ');
    }
  });

  to_state(): string {
    return packFields({
      p: this.property.value,
      s: this.seeds.value,
      w: this.beside.value ? 1 : undefined,
      g: this.guess.value ?? undefined,
      l: this.chosen.value ?? undefined,
    });
  }

  from_state(state: string): void {
    const { p, s, w, g, l } = unpackFields(state);
    if (p === undefined || !/^[a-z]+[-a-z:]*$/.test(p)) return;
    this.stop();
    const layer = (text: string | undefined) =>
      text !== undefined && /^\d$/.test(text) && Number(text) < layerCount ? Number(text) : null;
    batch(() => {
      this.property.value = p;
      if ((seedChoices as readonly number[]).includes(Number(s))) this.seeds.value = Number(s);
      this.beside.value = w === '1';
      this.guess.value = layer(g);
      this.chosen.value = layer(l);
      this.labelled.value = null;
      this.#forget();
    });
    void this.prepare();
  }

  #forget(): void {
    this.tables.value = {};
    this.phase.value = 'idle';
    this.progress.value = { done: 0, total: 0 };
    this.failure.value = null;
  }
}
