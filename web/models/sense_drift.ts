// One word in two senses, layer by layer: all our sentences with it in the plane of a probe, how alike its states are within and between the
// senses, and two sentences of the reader's own.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { format } from '../drawing/format.ts';
import type { Drift, Probe, ProbePlane, ProbeReading, TransformerRun } from '../engine/index.ts';
import { Held } from './held.ts';
import { Asked, type WidgetModel } from './model.ts';
import { layerCount } from './probe.ts';
import { namedReading } from './probe_names.ts';
import type { Asks, ProbeSource } from './probe_source.ts';
import type { TransformerName } from './transformer_source.ts';
import { type Explains, pairSource } from './unfold.ts';
import { packFields, unpackFields } from './url_state.ts';

export const mostSentence = 160;

/** The word's sentences at one layer. */
export interface SenseLayer {
  probe: Probe;
  plane: ProbePlane;
  /** Mean of the word's states, D numbers: where the plane has its middle, and centred cosines are measured from. */
  mean: Float32Array;
}

export interface Senses extends Asks {
  word: string;
  drift: readonly Drift[];
  layers: readonly SenseLayer[];
}

/** The word in a sentence of the reader's own. */
export interface OwnSentence {
  text: string;
  run: TransformerRun;
  /** The word's place in the run. */
  place: number;
  /** Its state at each layer, and where it lies in that layer's plane. */
  states: readonly Float32Array[];
  points: readonly (readonly [number, number])[];
  readings: readonly ProbeReading[];
  /** Where each layer's reading comes from, called by the words of the sentence. */
  sources: readonly Explains[];
}

export interface OwnPair {
  of: Senses;
  /** null where the word does not stand in the sentence. */
  sentences: readonly [OwnSentence | null, OwnSentence | null];
  /** The cosine of the two states at each layer, as they are and from the mean; empty where there are not two. */
  raw: readonly number[];
  centred: readonly number[];
}

export interface DriftStart {
  word?: string;
  first?: string | null;
  second?: string | null;
  layer?: number;
  model?: TransformerName;
}

export class SenseDriftModel implements WidgetModel {
  readonly word: Signal<string>;
  /** The two sentences; null: the first of our own in each sense. */
  readonly texts: Signal<readonly [string | null, string | null]>;
  readonly layer: Signal<number>;
  readonly name: Signal<TransformerName>;
  /** Whether cosines are of the states as they are; else from their mean. */
  readonly raw: Signal<boolean> = signal(false);
  /** The sentence of ours that is pointed out, its number; null: none. */
  readonly chosen: Signal<number | null> = signal<number | null>(null);
  readonly ambiguous: Signal<readonly string[]> = signal([]);
  readonly senses = new Asked<Senses>();
  readonly own = new Asked<OwnPair>();
  readonly #held = new Held();
  /** The source of the cosine that is shown, made once. */
  #cosine: { pair: OwnPair; layer: number; raw: boolean; source: Explains } | null = null;
  #wanted = false;

  constructor(
    readonly source: ProbeSource,
    start: DriftStart = {},
  ) {
    this.word = signal(start.word ?? 'bank');
    this.texts = signal([clean(start.first ?? '') || null, clean(start.second ?? '') || null]);
    this.layer = signal(0);
    this.set_layer(start.layer ?? 0);
    this.name = signal(start.model ?? 'reader');
  }

  get begun(): boolean {
    return this.#wanted;
  }

  begin(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    void this.source
      .ambiguous()
      .then((words) => {
        this.ambiguous.value = words;
      })
      .catch(() => {}); // the same failure is told by the question for the states
    void this.#ask();
  }

  retry(): void {
    this.source.forget();
    void this.#ask();
  }

  set_word(word: string): void {
    if (word === this.word.peek()) return;
    batch(() => {
      this.word.value = word;
      this.texts.value = [null, null];
      this.chosen.value = null;
    });
    if (this.#wanted) void this.#ask();
  }

  set_model(name: TransformerName): void {
    if (name === this.name.peek()) return;
    this.name.value = name;
    if (this.#wanted) void this.#ask();
  }

  set_layer(layer: number): void {
    if (Number.isInteger(layer) && layer >= 0 && layer < layerCount) this.layer.value = layer;
  }

  /** Puts another sentence in the first place (0) or the second (1). */
  set_text(at: 0 | 1, text: string): void {
    const next = clean(text);
    const [first, second] = this.texts.peek();
    if (!next || next === this.texts.peek()[at]) return;
    this.texts.value = at === 0 ? [next, second] : [first, next];
    if (this.#wanted) void this.#read();
  }

  choose(n: number | null): void {
    const count = this.senses.answer.peek()?.labelled.texts.length ?? 0;
    this.chosen.value = n !== null && n >= 0 && n < count ? n : null;
  }

  dispose(): void {
    this.senses.clear();
    this.own.clear();
    this.#held.keep();
  }

  /** The sentences as they stand: the reader's, else the first of ours in each sense. */
  readonly sentences: ReadonlySignal<readonly [string, string]> = computed(() => {
    const [first, second] = this.texts.value;
    const senses = this.senses.answer.value;
    const ours = (k: number) => {
      const n = Array.from(senses?.property.labels ?? []).indexOf(k);
      return senses?.labelled.texts[senses.labelled.words[n]?.text ?? 0] ?? '';
    };
    return [first ?? ours(0), second ?? ours(1)];
  });

  /** The cosines by layer as they are shown: within a sense, between the senses, and of the reader's two. */
  readonly cosines: ReadonlySignal<{ within: number[]; between: number[]; own: readonly number[] }> = computed(() => {
    const drift = this.senses.answer.value?.drift ?? [];
    const raw = this.raw.value;
    const pair = this.own.answer.value;
    return {
      within: drift.map((one) => (raw ? one.rawWithin : one.within)),
      between: drift.map((one) => (raw ? one.rawBetween : one.between)),
      own: (raw ? pair?.raw : pair?.centred) ?? [],
    };
  });

  /** The two vectors whose cosine is shown at a layer, to be unfolded. */
  cosineSource(pair: OwnPair, layer: number): Explains | undefined {
    const [one, other] = pair.sentences;
    if (!one || !other) return undefined;
    const raw = this.raw.value;
    const known = this.#cosine;
    if (known && known.pair === pair && known.layer === layer && known.raw === raw) return known.source;
    const source = pairSource(this.source.engine, ...pairAt(pair.of, one, other, layer, raw));
    this.#cosine = { pair, layer, raw, source };
    return source;
  }

  /** How the probe of the shown layer does on the sentences held out, and on those whose telling words stand before, after, or on both sides. */
  readonly heldOut: ReadonlySignal<readonly { context: string; right: number; count: number }[]> = computed(() => {
    const senses = this.senses.answer.value;
    const probe = senses?.layers[this.layer.value]?.probe;
    if (!senses || !probe) return [];
    const { labelled, property } = senses;
    const held = labelled.words.flatMap(({ text }, n) =>
      probe.parts[n] === 1 ? [{ context: labelled.contexts?.[text] ?? '', right: probe.answers[n] === property.labels[n] }] : [],
    );
    const of = (context: string) => {
      const some = held.filter((one) => context === '' || one.context === context);
      return { context, right: some.filter(({ right }) => right).length, count: some.length };
    };
    return ['', ...new Set(labelled.contexts ?? [])].map(of);
  });

  /** The shares of what varies in the word's states that lie along the two directions of the picture. */
  readonly along: ReadonlySignal<readonly [number, number] | null> = computed(
    () => this.senses.answer.value?.layers[this.layer.value]?.plane.explained ?? null,
  );

  /** What the layers do to the two senses, as measured. */
  readonly says: ReadonlySignal<string> = computed(() => {
    const senses = this.senses.answer.value;
    if (!senses) return '';
    const gap = (one: Drift) => one.within - one.between;
    const [first] = senses.drift;
    const widest = senses.drift.reduce((best, one) => (gap(one) > gap(best) ? one : best));
    if (!first) return '';
    const best = senses.layers.reduce((a, b) => (b.probe.score.accuracy > a.probe.score.accuracy ? b : a));
    const last = senses.drift.at(-1) ?? first;
    const cosine = (value: number) => format(value, 3);
    return `From layer ${first.layer} to layer ${last.layer}, the mean cosine within a sense goes from ${cosine(first.within)} to ${cosine(last.within)}, between the senses from ${cosine(first.between)} to ${cosine(last.between)}: they part by ${cosine(gap(last))}, ${widest === last ? 'more than at any other layer' : `and most at layer ${widest.layer}, by ${cosine(gap(widest))}`}. A probe does best at layer ${best.probe.layer}, with ${best.probe.score.correct} of ${best.probe.score.count} sentences held out in the right sense.`;
  });

  readonly spoken: ReadonlySignal<string> = computed(() => {
    const failure = this.senses.failure.value ?? this.own.failure.value;
    if (failure) return failure.message;
    const [pair, layer] = [this.own.answer.value, this.layer.value];
    if (!pair || !this.senses.answer.value) return '';
    const cosine = this.cosines.value.own[layer];
    const missing = pair.sentences.indexOf(null);
    if (missing >= 0) return `The word ${pair.of.word} does not stand in the ${missing === 0 ? 'first' : 'second'} sentence.`;
    return `Layer ${layer}: the two ${pair.of.word} have a cosine of ${format(cosine ?? 0)}.`;
  });

  to_state(): string {
    const [first, second] = this.texts.value;
    return packFields({
      w: this.word.value,
      a: first ?? undefined,
      b: second ?? undefined,
      l: this.layer.value,
      m: this.name.value === 'writer' ? 'w' : undefined,
      r: this.raw.value ? 1 : undefined,
      n: this.chosen.value ?? undefined,
    });
  }

  from_state(state: string): void {
    const { w, a, b, l, m, r, n } = unpackFields(state);
    if (w === undefined || !/^[a-z]{2,20}$/.test(w)) return;
    batch(() => {
      this.word.value = w;
      this.texts.value = [clean(a ?? '') || null, clean(b ?? '') || null];
      this.set_layer(l !== undefined && /^\d$/.test(l) ? Number(l) : 0);
      this.name.value = m === 'w' ? 'writer' : 'reader';
      this.raw.value = r === '1';
      this.chosen.value = n !== undefined && /^\d{1,3}$/.test(n) ? Number(n) : null;
    });
    if (this.#wanted) void this.#ask();
  }

  async #ask(): Promise<void> {
    const before = this.senses.answer.peek();
    const [name, word] = [this.name.peek(), this.word.peek()];
    await this.senses.ask(async () => {
      const asks = await this.source.ask(name, `sense:${word}`);
      const drift = await asks.states.drift(asks.property);
      const layers: SenseLayer[] = [];
      for (const { layer } of drift) layers.push(await this.#layer(asks, layer));
      return { ...asks, word, drift, layers };
    });
    const now = this.senses.answer.peek();
    if (now && now !== before && !this.senses.pending.peek()) await this.#read();
  }

  async #layer({ states, property }: Asks, layer: number): Promise<SenseLayer> {
    const probe = this.#held.take(await states.probe(layer, property));
    const { columns, data } = await states.rows(layer);
    const plane = await states.plane(probe, property);
    const mean = new Float32Array(columns);
    for (const n of plane.words)
      for (let i = 0; i < columns; i++) mean[i] = (mean[i] ?? 0) + (data[n * columns + i] ?? 0) / plane.words.length;
    return { probe, plane, mean };
  }

  async #read(): Promise<void> {
    const of = this.senses.answer.peek();
    if (!of) return;
    const [first, second] = this.sentences.peek();
    await this.own.ask(async () => {
      const sentences = [await this.#sentence(of, first), await this.#sentence(of, second)] as const;
      const [one, other] = sentences;
      if (!one || !other) return { of, sentences, raw: [], centred: [] };
      const lab = await this.source.engine();
      const cosines = (from: (layer: number) => readonly [Float32Array, Float32Array]) =>
        Promise.all(of.layers.map((_, layer) => lab.cosine(...from(layer)).catch(() => Number.NaN))); // a state at the mean has no direction
      return {
        of,
        sentences,
        raw: await cosines((layer) => pairAt(of, one, other, layer, true)),
        centred: await cosines((layer) => pairAt(of, one, other, layer, false)),
      };
    });
    if (this.own.pending.peek() || this.senses.pending.peek()) return;
    const pair = this.own.answer.peek();
    this.#held.keep(...of.layers.map(({ probe }) => probe), ...(pair?.sentences.map((one) => one?.run) ?? []));
  }

  async #sentence({ model, word, layers, property }: Senses, text: string): Promise<OwnSentence | null> {
    const tokens = await model.tokens(text);
    const place = placeOf(text, word, tokens);
    if (place < 0) return null;
    const run = this.#held.take(await model.run(tokens));
    const lab = await this.source.engine();
    const states: Float32Array[] = [];
    const points: [number, number][] = [];
    const readings: ProbeReading[] = [];
    for (const { probe, plane, mean } of layers) {
      const { columns, data } = await run.hidden(probe.layer);
      const state = data.slice(place * columns, (place + 1) * columns);
      const [x = 0, y = 0] = await lab.matvec({ rows: 2, columns, data: plane.axes }, from(mean, state));
      states.push(state);
      points.push([x, y]);
      readings.push(await probe.read(run));
    }
    const sources = readings.map((reading, layer) => namedReading(reading, run, model, { classes: property.classes, layer }));
    return { text, run, place, states, points, readings, sources };
  }
}

/** The two states of a pair at a layer: as they are, or from the mean. */
export function pairAt(of: Senses, one: OwnSentence, other: OwnSentence, layer: number, raw: boolean): [Float32Array, Float32Array] {
  const [a, b] = [one.states[layer] ?? new Float32Array(), other.states[layer] ?? new Float32Array()];
  const mean = of.layers[layer]?.mean ?? new Float32Array(a.length);
  return raw ? [a, b] : [from(mean, a), from(mean, b)];
}

/** Where the word's last token stands; −1 where the word does not. Its plural counts. */
export function placeOf(text: string, word: string, tokens: readonly { start: number; end: number; text: string }[]): number {
  const found = new RegExp(`(?<![\\p{L}])${word}(?:e?s)?(?![\\p{L}])`, 'iu').exec(text);
  if (!found) return -1;
  const [start, end] = [found.index, found.index + found[0].length];
  return tokens.findLastIndex((token) => token.text !== '␂' && token.start < end && token.end > start && token.text.trim() !== '');
}

const from = (mean: Float32Array, state: Float32Array) => state.map((value, i) => value - (mean[i] ?? 0));
const clean = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, mostSentence);
