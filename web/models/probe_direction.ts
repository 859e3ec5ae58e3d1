// The direction that a probe has found, and what it says of each token of a sentence: weights · state + bias.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { format } from '../drawing/format.ts';
import type { Probe, ProbeReading, TextToken, TransformerRun } from '../engine/index.ts';
import { fitting, mostCharacters, nameOf } from './attention_map.ts';
import { distinct } from './attention_words.ts';
import { Held } from './held.ts';
import { Asked, type WidgetModel } from './model.ts';
import { layerCount } from './probe.ts';
import { namedReading } from './probe_names.ts';
import type { Asks, ProbeSource } from './probe_source.ts';
import type { TransformerName } from './transformer_source.ts';
import type { Explains } from './unfold.ts';
import { packFields, unpackFields } from './url_state.ts';

export interface TrainedProbe extends Asks {
  probe: Probe;
  layer: number;
}

export interface ReadSentence {
  of: TrainedProbe;
  run: TransformerRun;
  /** Without the beginning of the text. */
  tokens: readonly TextToken[];
  names: readonly string[];
  reading: ProbeReading;
  /** Where its numbers come from, called by the words of the sentence. */
  source: Explains;
  /** Characters that were left out. */
  cut: number;
}

/** How much of what varies lies along the probe's directions. */
export interface Explained {
  of: TrainedProbe;
  explained: number;
  directions: number;
  width: number;
}

export interface DirectionStart {
  property?: string;
  layer?: number;
  /** The name of the class that is shown first. */
  shown?: string | null;
  text?: string | null;
  model?: TransformerName;
}

export class ProbeDirectionModel implements WidgetModel {
  readonly property: Signal<string>;
  readonly layer: Signal<number>;
  readonly name: Signal<TransformerName>;
  readonly text: Signal<string>;
  /** The class that is shown; null: the author's, else the first. */
  readonly shown: Signal<number | null> = signal<number | null>(null);
  readonly properties: Signal<readonly { id: string; name: string }[]> = signal([]);
  readonly read = new Asked<ReadSentence>();
  readonly explained = new Asked<Explained>();
  readonly #held = new Held();
  /** The probe that was asked for last. */
  #wish: { key: string; probe: Promise<TrainedProbe>; trained: TrainedProbe | null } | null = null;
  #wanted = false;
  readonly #first: Signal<string | null>;

  constructor(
    readonly source: ProbeSource,
    start: DirectionStart = {},
  ) {
    this.property = signal(start.property ?? 'part-of-speech');
    this.layer = signal(inLayers(start.layer ?? -1) ? (start.layer ?? 0) : 4);
    this.name = signal(start.model ?? 'reader');
    this.text = signal(clean(start.text ?? '') || 'The old man can light the fire.');
    this.#first = signal(start.shown ?? null);
  }

  get begun(): boolean {
    return this.#wanted;
  }

  /** Begins to load and to train: called when the figure is seen. */
  begin(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    void this.source
      .properties()
      .then((properties) => {
        this.properties.value = properties;
      })
      .catch(() => {}); // the same failure is told by the training
    void this.#ask();
  }

  retry(): void {
    this.source.forget();
    this.#wish = null;
    void this.#ask();
  }

  set(change: { property?: string; layer?: number; model?: TransformerName }): void {
    if (change.layer !== undefined && !inLayers(change.layer)) return;
    batch(() => {
      if (change.property !== undefined && change.property !== this.property.peek()) {
        this.property.value = change.property;
        this.shown.value = null;
        this.#first.value = null;
      }
      if (change.layer !== undefined) this.layer.value = change.layer;
      if (change.model !== undefined) this.name.value = change.model;
    });
    if (this.#wanted) void this.#ask();
  }

  set_text(text: string): void {
    const next = clean(text);
    if (!next || next === this.text.peek()) return;
    this.text.value = next;
    if (this.#wanted) void this.#ask();
  }

  show(k: number): void {
    if (k >= 0 && k < (this.read.answer.peek()?.of.property.classes.length ?? 0)) this.shown.value = k;
  }

  dispose(): void {
    this.read.clear();
    this.explained.clear();
    this.#held.keep();
  }

  /** The direction as it is drawn: of two classes the difference of their vectors, of more the vector of the one that is shown. */
  readonly direction: ReadonlySignal<Direction | null> = computed(() => {
    const read = this.read.answer.value;
    if (!read) return null;
    const { probe, property } = read.of;
    const count = property.classes.length;
    const from = read.run.tokens.length - read.tokens.length;
    const places = read.tokens.map((_, t) => t + from);
    if (probe.difference && read.reading.margins) {
      const margins = read.reading.margins;
      return {
        name: property.classes[1] ?? '',
        against: property.classes[0] ?? '',
        k: 1,
        weights: probe.difference,
        bias: (probe.biases[1] ?? 0) - (probe.biases[0] ?? 0),
        biasAddress: 'probe/bias_difference',
        weight: (i) => `probe/difference[${i}]`,
        scores: places.map((t) => margins[t] ?? 0),
        address: (t) => `probe/margin[${t + from}]`,
      };
    }
    const k = Math.max(0, Math.min(this.shown.value ?? property.classes.indexOf(this.#first.value ?? ''), count - 1));
    const { columns, data } = probe.weights;
    return {
      name: property.classes[k] ?? '',
      against: null,
      k,
      weights: data.subarray(k * columns, (k + 1) * columns),
      bias: probe.biases[k] ?? 0,
      biasAddress: `probe/bias[${k}]`,
      weight: (i) => `probe/weight[${k},${i}]`,
      scores: places.map((t) => read.reading.scores.data[t * count + k] ?? 0),
      address: (t) => `probe/score[${t + from},${k}]`,
    };
  });

  /** The class that each token gets, and with what probability. */
  readonly answers: ReadonlySignal<readonly TokenAnswer[]> = computed(() => {
    const read = this.read.answer.value;
    if (!read) return [];
    const { columns, data } = read.reading.probabilities;
    const from = read.run.tokens.length - read.tokens.length;
    return read.tokens.map((_, t) => {
      const row = Array.from(data.subarray((t + from) * columns, (t + from + 1) * columns));
      const k = row.indexOf(Math.max(...row));
      return { k, probability: row[k] ?? 0, kind: kindOf(read.tokens, t) };
    });
  });

  readonly spoken: ReadonlySignal<string> = computed(() => {
    const failure = this.read.failure.value;
    if (failure) return failure.message;
    const [direction, read] = [this.direction.value, this.read.answer.value];
    if (!direction || !read) return '';
    const order = direction.scores.map((score, t) => ({ score, t })).sort((a, b) => b.score - a.score);
    const [most, least] = [order[0], order.at(-1)];
    if (!most || !least) return '';
    return `Layer ${read.of.layer}, ${direction.name}: most for ${read.names[most.t]}, ${format(most.score, 1)}; least for ${read.names[least.t]}, ${format(least.score, 1)}.`;
  });

  to_state(): string {
    const { text, property, layer, name, shown } = this;
    return packFields({
      t: text.value,
      p: property.value,
      l: layer.value,
      m: name.value === 'writer' ? 'w' : undefined,
      k: shown.value ?? undefined,
    });
  }

  from_state(state: string): void {
    const { t, p, l, m, k } = unpackFields(state);
    const text = clean(t ?? '');
    if (!text) return;
    batch(() => {
      this.text.value = text;
      if (p !== undefined && /^[a-z]+[-a-z:]*$/.test(p)) this.property.value = p;
      if (l !== undefined && /^\d$/.test(l) && inLayers(Number(l))) this.layer.value = Number(l);
      this.name.value = m === 'w' ? 'writer' : 'reader';
      this.shown.value = k !== undefined && /^\d{1,2}$/.test(k) ? Number(k) : null;
    });
    if (this.#wanted) void this.#ask();
  }

  async #ask(): Promise<void> {
    const before = this.read.answer.peek();
    const text = this.text.peek();
    await this.read.ask(async () => {
      const of = await this.#probe();
      const { tokens, cut } = await fitting(of.model.tokens.bind(of.model), text);
      const run = this.#held.take(await of.model.run(tokens));
      const seen = tokens.filter(({ text }) => text !== '␂');
      const reading = await of.probe.read(run);
      const source = namedReading(reading, run, of.model, of.probe);
      return { of, run, tokens: seen, names: distinct(seen.map(nameOf)), reading, source, cut };
    });
    const now = this.read.answer.peek();
    if (!this.read.pending.peek()) this.#held.keep(now?.run, now?.of.probe, this.#wish?.trained?.probe);
    if (!now || now.of === before?.of || this.read.pending.peek()) return;
    await this.explained.ask(async () => {
      const { states, property, layer } = now.of;
      const { explained, directions } = await states.fit(layer, property);
      return { of: now.of, explained, directions, width: states.width };
    });
  }

  /** The probe that is wanted now: the one that is trained or on its way, or a new one. */
  #probe(): Promise<TrainedProbe> {
    const [name, id, layer] = [this.name.peek(), this.property.peek(), this.layer.peek()];
    const key = `${name}/${id}/${layer}`;
    if (this.#wish?.key === key) return this.#wish.probe;
    const train = async () => {
      const asks = await this.source.ask(name, id);
      return { ...asks, layer, probe: this.#held.take(await asks.states.probe(layer, asks.property)) };
    };
    const wish = { key, probe: train(), trained: null as TrainedProbe | null };
    this.#wish = wish;
    wish.probe.then(
      (trained) => {
        wish.trained = trained;
      },
      () => {
        if (this.#wish === wish) this.#wish = null;
      },
    );
    return wish.probe;
  }
}

/** What a probe answers to a token. */
export interface TokenAnswer {
  k: number;
  probability: number;
  /** Probes know words by their last token: of what comes before it in a word, and of marks, their answers mean little. */
  kind: 'word' | 'part' | 'mark';
}

function kindOf(tokens: readonly TextToken[], t: number): TokenAnswer['kind'] {
  if (!/[\p{L}\p{N}]/u.test(tokens[t]?.text ?? '')) return 'mark';
  if (/‹[0-9a-f]{2}›/.test(tokens[t]?.text ?? '')) return 'part'; // some bytes of a letter
  return /^[\p{L}\p{N}]/u.test(tokens[t + 1]?.text ?? '') ? 'part' : 'word';
}

export interface Direction {
  /** The class that a large score speaks for, and the other one of two. */
  name: string;
  against: string | null;
  k: number;
  /** D numbers. */
  weights: Float32Array;
  bias: number;
  biasAddress: string;
  weight(i: number): string;
  /** One for each token that is shown. */
  scores: readonly number[];
  /** Where the score of a shown token unfolds. */
  address(t: number): string;
}

const clean = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, mostCharacters);
const inLayers = (layer: number) => Number.isInteger(layer) && layer >= 0 && layer < layerCount;
