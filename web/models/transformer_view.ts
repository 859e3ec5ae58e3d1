// What a transformer's figure shows: the signals that say what is asked for, and what follows from them and from the answers.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { HeadAttention, HeadPlace, Transformer } from '../engine/index.ts';
import { Asked, type Failure } from './model.ts';
import type { TransformerAnswer } from './transformer_answer.ts';
import { type Changes, unchanged } from './transformer_changes.ts';
import { transformerExamples } from './transformer_examples.ts';
import type { Guessed } from './transformer_guesses.ts';
import type { Pass } from './transformer_pass.ts';
import type { TransformerName, TransformerSource } from './transformer_source.ts';
import type { TransformerTrace } from './transformer_trace.ts';

export const firstOther = 'The old king was asleep in his bed.';
/** Heads that are looked at first: one whose looks a reader can follow on the examples. */
export const firstHeads: Readonly<Record<TransformerName, HeadPlace>> = { writer: { layer: 3, head: 6 }, reader: { layer: 6, head: 3 } };

export interface SeenHead extends HeadAttention {
  layer: number;
  head: number;
  of: Pass;
}

export interface TransformerStart {
  model?: string | null;
  text?: string | null;
  /** The name of an example; its text and model count where none are given. */
  example?: string | null;
  layer?: number;
  head?: number;
  /** A word of the text: the place that is chosen at first is that of its last token. */
  place?: string | null;
}

export interface TransformerSources {
  source(name: TransformerName): TransformerSource;
  /** An example as it was written down; null where it was not. */
  trace(name: TransformerName, id: string): Promise<TransformerTrace | null>;
}

export class TransformerView {
  readonly name: Signal<TransformerName>;
  readonly text: Signal<string>;
  readonly layer: Signal<number>;
  readonly head: Signal<number>;
  readonly place: Signal<number | null> = signal(null);
  readonly key: Signal<number | null> = signal(null);
  readonly changes: Signal<Changes> = signal(unchanged);
  /** What stood before the last change, and before that. */
  readonly past: Signal<readonly Changes[]> = signal([]);
  readonly other: Signal<string> = signal(firstOther);
  readonly ran = new Asked<TransformerAnswer>();
  readonly seen = new Asked<SeenHead>();
  readonly guessed = new Asked<Guessed>();
  /** An example as it was written down, while the weights are on their way. */
  protected readonly traced: Signal<Pass | null> = signal(null);

  constructor(
    protected readonly sources: TransformerSources,
    start: TransformerStart = {},
  ) {
    const named = transformerExamples.find(({ id }) => id === start.example);
    const name = start.model === 'reader' || start.model === 'writer' ? start.model : (named?.model ?? 'writer');
    const example = named ?? (transformerExamples.find(({ model }) => model === name) as (typeof transformerExamples)[number]);
    this.name = signal(name);
    this.text = signal(start.text ?? example.text);
    const { layer, head } = firstHeads[name];
    this.layer = signal(start.layer || layer);
    this.head = signal(start.head || head);
  }

  get source(): TransformerSource {
    return this.sources.source(this.name.value);
  }

  /** The trained model, once it is here. */
  get trained(): Transformer | null {
    return this.source.model.value;
  }

  /** All that the reader has set. */
  protected get settings() {
    const { name, text, layer, head, place, key, changes, other } = this;
    return {
      name: name.value,
      text: text.value,
      layer: layer.value,
      head: head.value,
      place: place.value,
      key: key.value,
      changes: changes.value,
      other: other.value,
    };
  }

  /** What is shown: what the model answered, else what was written down of an example. */
  readonly shown: ReadonlySignal<TransformerAnswer | null> = computed(() => {
    const answer = this.ran.answer.value;
    const trace = this.traced.value;
    const written = trace?.model === this.name.value ? trace : null;
    if (!written || answer?.before.model === written.model) return answer;
    return { before: written, now: written, other: null, changes: unchanged };
  });

  /** Whether the picture is that of another text or model than what is asked for now. */
  readonly late: ReadonlySignal<boolean> = computed(() => {
    const shown = this.shown.value;
    return shown !== null && (shown.before.model !== this.name.value || shown.before.text !== this.text.value);
  });

  /** The place that is chosen, in the pass that is shown. */
  readonly chosen: ReadonlySignal<number> = computed(() => {
    const pass = this.shown.value?.now;
    if (!pass) return 0;
    const last = pass.tokens.length - 1;
    const blank = pass.causal ? -1 : pass.tokens.findIndex(({ text }) => text.trim() === '[blank]');
    return Math.min(this.place.value ?? (blank >= 0 ? blank : last), last);
  });

  /** What the chosen place sees through the chosen head, and the place that is looked at. */
  readonly row: ReadonlySignal<{ query: number; key: number; weights: Float32Array; seen: number } | null> = computed(() => {
    const pass = this.shown.value?.now;
    const all = pass?.weights[this.layer.value - 1]?.[this.head.value - 1];
    if (!pass || !all) return null;
    const count = pass.tokens.length;
    const query = this.chosen.value;
    const weights = all.subarray(query * count, (query + 1) * count);
    const asked = this.key.value;
    const key = asked !== null && asked < count ? asked : weights.indexOf(Math.max(...weights));
    return { query, key: Math.max(0, key), weights, seen: pass.causal ? query + 1 : count };
  });

  /** Why a text is not shown; `fits` is how many of its characters would be. */
  readonly tooLong: ReadonlySignal<{ words: string; fits: number } | null> = computed(() => {
    const failure = this.ran.failure.value;
    if (failure?.code !== 'too-long') return null;
    return { words: failure.message, fits: Number(failure.detail) || 0 };
  });

  /** What went wrong otherwise. */
  readonly failure: ReadonlySignal<Failure | null> = computed(() => {
    const failed = this.source.failure.value ?? this.ran.failure.value ?? this.seen.failure.value ?? this.guessed.failure.value;
    return failed?.code === 'too-long' ? null : failed;
  });
}
