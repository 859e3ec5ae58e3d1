// What the widgets of probing share on a page: our labelled sentences, and the states that each model has of their words, computed once
// however many widgets ask.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { Lab, Transformer, WordStates } from '../engine/index.ts';
import type { Labelled, Property } from './labelled_sentences.ts';
import type { TransformerName, TransformerSource } from './transformer_source.ts';

export type ProbeLab = Pick<Lab, 'wordStates' | 'transformer' | 'matvec' | 'cosine' | 'explainPair'>;

/** Where our sentences come from: parts of speech and the like, and for each ambiguous word the sentences that hold it. */
export interface ProbeData {
  parts(): Promise<Labelled>;
  senses(): Promise<ReadonlyMap<string, Labelled>>;
}

/** The states of one set of sentences in one model, and what is asked of them. */
export interface Asks {
  model: Transformer;
  states: WordStates;
  labelled: Labelled;
  property: Property;
}

export interface Loading {
  /** Which one reads the sentences. */
  model: TransformerName;
  done: number;
  total: number;
}

export class ProbeSource {
  readonly #loading: Signal<Loading | null> = signal<Loading | null>(null);
  readonly #states = new Map<string, Promise<{ model: Transformer; states: WordStates }>>();

  constructor(
    readonly engine: () => Promise<ProbeLab>,
    readonly transformer: (name: TransformerName) => TransformerSource,
    private readonly data: ProbeData,
  ) {}

  /** How many sentences have gone through a model; null when none is on its way. */
  get loading(): ReadonlySignal<Loading | null> {
    return this.#loading;
  }

  /** The sentences of the parts of speech, or those of an ambiguous word. @throws Error where there are none */
  async labelled(word?: string): Promise<Labelled> {
    if (word === undefined) return this.data.parts();
    const found = (await this.data.senses()).get(word);
    if (!found) throw new Error(`There are no sentences with “${word}”.`);
    return found;
  }

  /** The ambiguous words, in the order of their file. */
  async ambiguous(): Promise<string[]> {
    return [...(await this.data.senses()).keys()];
  }

  /** All properties that can be asked for: those of all words, then the senses. */
  async properties(): Promise<{ id: string; name: string }[]> {
    const [parts, senses] = await Promise.all([this.data.parts(), this.data.senses()]);
    return [parts, ...senses.values()].flatMap(({ properties }) => properties.map(({ id, name }) => ({ id, name })));
  }

  /** The states of our sentences in a model, with the property `id`: `part-of-speech` …, or `sense:bank`. */
  async ask(name: TransformerName, id: string): Promise<Asks> {
    const labelled = await this.labelled(wordOf(id));
    const property = labelled.properties.find((one) => one.id === id);
    if (!property) throw new Error(`There is no property “${id}”; there are ${labelled.properties.map((one) => one.id).join(', ')}.`);
    return { ...(await this.states(name, labelled, wordOf(id) ?? '')), labelled, property };
  }

  /** The states of labelled sentences in a model, computed once; after a failure, or when the engine was started anew, again. */
  async states(name: TransformerName, labelled: Labelled, key: string): Promise<{ model: Transformer; states: WordStates }> {
    const at = `${name}/${key}`;
    let known = this.#states.get(at);
    if (!known) {
      known = this.#compute(name, labelled);
      this.#states.set(at, known);
      known.catch(() => this.#states.delete(at));
    }
    return known;
  }

  /** Forgets all states: what an engine that had to be started anew has lost. */
  forget(): void {
    this.#states.clear();
  }

  async #compute(name: TransformerName, { texts, words }: Labelled) {
    const model = await this.transformer(name).load();
    const lab = await this.engine();
    const tell = (done: number, total: number) => {
      this.#loading.value = { model: name, done, total };
    };
    tell(0, texts.length);
    try {
      return { model, states: await lab.wordStates(model, { texts, words }, { onProgress: tell }) };
    } finally {
      this.#loading.value = null;
    }
  }
}

/** The ambiguous word of `sense:bank`; undefined for a property of all words. */
export const wordOf = (id: string): string | undefined => (id.startsWith('sense:') ? id.slice('sense:'.length) : undefined);
