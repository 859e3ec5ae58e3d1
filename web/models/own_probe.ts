// A property of the reader's own: some words marked yes and no, a probe trained on them, what it would mark elsewhere, and how little or how
// much a handful of words can show.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { format, formatCount } from '../drawing/format.ts';
import type { Explanation, LeftOut, Probe, ProbeTask, Transformer, WordStates } from '../engine/index.ts';
import { Held } from './held.ts';
import type { Labelled } from './labelled_sentences.ts';
import { Asked, type WidgetModel } from './model.ts';
import type { Naming } from './naming.ts';
import { layerCount } from './probe.ts';
import { namedReading } from './probe_names.ts';
import type { ProbeSource } from './probe_source.ts';
import { share } from './probe_words.ts';
import type { Explains } from './unfold.ts';
import { packFields, unpackFields } from './url_state.ts';

/** Sentences that are shown at a time. */
export const perPage = 5;
/** Marks at most: each is left out in turn. */
export const mostMarks = 100;
/** Words of each kind that a probe needs. */
export const fewest = 2;

export type Mark = 'yes' | 'no';
export type Marks = ReadonlyMap<number, Mark>;

export interface OwnAnswer {
  marks: Marks;
  layer: number;
  probe: Probe;
  /** Each marked word answered by a probe that was trained on the others. */
  left: LeftOut | null;
  /** Of every word: above 0 the probe says yes. */
  margins: Float32Array;
}

export interface Ready {
  labelled: Labelled;
  /** As they are spelled, one for each word. */
  spelled: readonly string[];
  model: Transformer;
  states: WordStates;
}

export interface OwnStart {
  /** The first word of each of these spellings is marked. */
  yes?: readonly string[];
  no?: readonly string[];
  layer?: number;
}

export class OwnProbeModel implements WidgetModel {
  readonly layer: Signal<number>;
  readonly page: Signal<number> = signal(0);
  readonly marks: Signal<Marks> = signal(new Map());
  /** What was marked before each change; the newest last. */
  readonly before: Signal<readonly Marks[]> = signal([]);
  readonly ready = new Asked<Ready>();
  readonly asked = new Asked<OwnAnswer | null>();
  readonly #held = new Held();
  readonly #sources = new WeakMap<OwnAnswer, Map<number, Explains>>();
  readonly #start: OwnStart;
  /** What the author marked, once the words are here. */
  readonly #authored: Signal<Marks> = signal(new Map());
  /** Whether the marks are still the author's. */
  readonly #untouched: Signal<boolean> = signal(true);
  #wanted = false;

  constructor(
    readonly source: ProbeSource,
    start: OwnStart = {},
  ) {
    this.layer = signal(inLayers(start.layer ?? -1) ? (start.layer ?? 0) : 3);
    this.#start = start;
  }

  get begun(): boolean {
    return this.#wanted;
  }

  begin(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    void this.#load();
  }

  retry(): void {
    this.source.forget();
    void this.#load();
  }

  /** The next of no mark, yes, no. */
  turn(word: number): void {
    const now = this.marks.peek().get(word);
    this.mark(word, now === undefined ? 'yes' : now === 'yes' ? 'no' : null);
  }

  mark(word: number, mark: Mark | null): void {
    const marks = new Map(this.marks.peek());
    const count = this.ready.answer.peek()?.spelled.length ?? 0;
    if (!Number.isInteger(word) || word < 0 || word >= count) return;
    if (mark === null) marks.delete(word);
    else if (marks.has(word) || marks.size < mostMarks) marks.set(word, mark);
    this.#change(marks);
  }

  clear(): void {
    if (this.marks.peek().size > 0) this.#change(new Map());
  }

  undo(): void {
    const before = this.before.peek();
    const last = before.at(-1);
    if (!last) return;
    batch(() => {
      this.before.value = before.slice(0, -1);
      this.marks.value = last;
      this.#untouched.value = last === this.#authored.peek();
    });
    void this.#ask();
  }

  set_layer(layer: number): void {
    if (!inLayers(layer) || layer === this.layer.peek()) return;
    this.layer.value = layer;
    void this.#ask();
  }

  turn_page(by: number): void {
    const count = this.pages.peek();
    if (count > 0) this.page.value = (this.page.peek() + by + count) % count;
  }

  dispose(): void {
    this.ready.clear();
    this.asked.clear();
    this.#held.keep();
  }

  readonly pages: ReadonlySignal<number> = computed(() => Math.ceil((this.ready.answer.value?.labelled.texts.length ?? 0) / perPage));

  /** How many words say yes, and no. */
  readonly counts: ReadonlySignal<{ yes: number; no: number }> = computed(() => {
    const all = [...this.marks.value.values()];
    const yes = all.filter((mark) => mark === 'yes').length;
    return { yes, no: all.length - yes };
  });

  /** Words that are not marked and for which the probe speaks loudest, each spelling once. */
  readonly found: ReadonlySignal<readonly { word: number; margin: number }[]> = computed(() => {
    const [answer, ready] = [this.asked.answer.value, this.ready.answer.value];
    if (!answer || !ready) return [];
    const seen = new Set([...answer.marks.keys()].map((word) => ready.spelled[word]?.toLowerCase()));
    return Array.from(answer.margins, (margin, word) => ({ word, margin }))
      .sort((a, b) => b.margin - a.margin)
      .filter(({ word }) => {
        const spelling = ready.spelled[word]?.toLowerCase();
        if (seen.has(spelling)) return false;
        seen.add(spelling);
        return true;
      });
  });

  /** What can be said of so few words, and what cannot. */
  readonly notices: ReadonlySignal<readonly string[]> = computed(() => {
    const { yes, no } = this.counts.value;
    if (yes + no === 0) return ['Nothing is marked. Press a word once if it has your property, and twice if it has not.'];
    if (no === 0 && yes >= fewest)
      return ['All that you marked says yes. A probe also has to be shown what your property is not: press some words twice.'];
    if (yes === 0 && no >= fewest) return ['All that you marked says no. Press some words once that have your property.'];
    if (yes < fewest || no < fewest)
      return [`Marked: ${yes} yes, ${no} no. A probe needs ${fewest} of each at least, and ten of each would be better.`];
    const answer = this.asked.answer.value;
    if (!answer || answer.marks !== this.marks.value) return ['The probe is being trained.'];
    const { left } = answer;
    if (!left)
      return [
        `Trained on ${yes + no} words. Nothing is left to test it on: mark ${fewest + 1} of each at least, then each is left out in turn.`,
      ];
    const said = [
      `Trained on ${formatCount(yes + no)} words. Tested by leaving each out in turn: ${left.correct} of ${left.count} right; always answering the commoner of the two: ${share(left.majority, 0)}.`,
    ];
    said.push(
      left.luck > 0.05
        ? `Luck alone would do as well ${left.luck > 0.5 ? 'more often than not' : `in ${format(100 * left.luck, 0)} of 100 tries`}: nothing is shown yet. Mark more words.`
        : `Luck alone would do as well in ${left.luck < 0.005 ? 'fewer than 1' : format(100 * left.luck, 0)} of 100 tries. What it has found is your property, or something that goes along with it in these words.`,
    );
    const repeated = this.#repeated(answer.marks);
    if (repeated > 0)
      said.push(
        `${repeated} of the marked words ${repeated === 1 ? 'is' : 'are'} spelled like another that you marked: such a word can be known by heart.`,
      );
    return said;
  });

  readonly spoken: ReadonlySignal<string> = computed(() => {
    const failure = this.ready.failure.value ?? this.asked.failure.value;
    if (failure) return failure.message;
    return this.ready.answer.value ? this.notices.value.join(' ') : '';
  });

  /** Where the margin of a word unfolds: its sentence is run again when it is asked. */
  explains(word: number): { address: string; source: Explains } | null {
    const [ready, answer] = [this.ready.answer.peek(), this.asked.answer.peek()];
    if (!ready || !answer) return null;
    const known = this.#sources.get(answer) ?? new Map<number, Explains>();
    this.#sources.set(answer, known);
    const source = known.get(word) ?? this.#source(ready, answer, word);
    known.set(word, source);
    return { address: `probe/margin[${ready.states.places[word] ?? 0}]`, source };
  }

  to_state(): string {
    const of = (mark: Mark) =>
      [...this.marks.value]
        .filter(([, one]) => one === mark)
        .map(([word]) => word)
        .join();
    const own = !this.#untouched.value;
    return packFields({
      l: this.layer.value,
      y: (own && of('yes')) || undefined,
      n: (own && of('no')) || undefined,
      e: own && this.marks.value.size === 0 ? 1 : undefined,
      p: this.page.value || undefined,
    });
  }

  from_state(state: string): void {
    const { l, y, n, e, p } = unpackFields(state);
    if (l === undefined || !/^\d$/.test(l) || !inLayers(Number(l))) return;
    const words = (text: string | undefined) => (/^\d{1,5}(,\d{1,5})*$/.test(text ?? '') ? (text ?? '').split(',').map(Number) : []);
    const marks = new Map<number, Mark>();
    for (const word of words(y)) marks.set(word, 'yes');
    for (const word of words(n)) marks.set(word, 'no');
    const untouched = marks.size === 0 && e === undefined;
    batch(() => {
      this.layer.value = Number(l);
      this.#untouched.value = untouched;
      this.marks.value = untouched ? this.#authored.peek() : new Map([...marks].slice(0, mostMarks));
      this.before.value = [];
      this.page.value = p !== undefined && /^\d{1,3}$/.test(p) ? Number(p) : 0;
    });
    this.#within();
    void this.#ask();
  }

  async #load(): Promise<void> {
    await this.ready.ask(async () => {
      const labelled = await this.source.labelled();
      const spelled = labelled.words.map(({ text, start, end }) => (labelled.texts[text] ?? '').slice(start, end));
      return { labelled, spelled, ...(await this.source.states('reader', labelled, '')) };
    });
    if (!this.ready.answer.peek() || this.ready.failure.peek()) return;
    this.#begin();
    this.#within();
    await this.#ask();
  }

  /** The words that the author marked. */
  #begin(): void {
    const ready = this.ready.answer.peek();
    if (!ready || this.#authored.peek().size > 0) return;
    const marks = new Map<number, Mark>();
    for (const mark of ['yes', 'no'] as const)
      for (const spelling of this.#start[mark] ?? []) {
        const word = ready.spelled.findIndex((one, at) => one.toLowerCase() === spelling && !marks.has(at));
        if (word >= 0) marks.set(word, mark);
      }
    batch(() => {
      this.#authored.value = marks;
      if (this.#untouched.peek()) this.marks.value = marks;
    });
  }

  /** Marks and page of an address may be of other sentences than these. */
  #within(): void {
    const ready = this.ready.answer.peek();
    if (!ready) return;
    const marks = [...this.marks.peek()];
    const inside = marks.filter(([word]) => word < ready.spelled.length);
    batch(() => {
      if (inside.length < marks.length) this.marks.value = new Map(inside);
      if (this.page.peek() >= this.pages.peek()) this.page.value = 0;
    });
  }

  #change(marks: Marks): void {
    batch(() => {
      this.before.value = [...this.before.peek(), this.marks.peek()].slice(-100);
      this.marks.value = marks;
      this.#untouched.value = false;
    });
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const ready = this.ready.answer.peek();
    if (!ready) return;
    const { yes, no } = this.counts.peek();
    if (yes < fewest || no < fewest) {
      this.asked.clear();
      this.#held.keep();
      return;
    }
    const [marks, layer] = [this.marks.peek(), this.layer.peek()];
    await this.asked.ask(async () => {
      const labels = new Int32Array(ready.spelled.length).fill(-1);
      for (const [word, mark] of marks) labels[word] = mark === 'yes' ? 1 : 0;
      const task: ProbeTask = { classes: ['no', 'yes'], labels };
      const probe = this.#held.take(await ready.states.probe(layer, task, { heldOut: 0 }));
      // Leaving one of two out would leave one: that shows nothing, and cannot be trained.
      const left = Math.min(yes, no) > fewest ? await ready.states.leaveOut(layer, task) : null;
      const lab = await this.source.engine();
      const bias = (probe.biases[1] ?? 0) - (probe.biases[0] ?? 0);
      const margins = (await lab.matvec(await ready.states.rows(layer), probe.difference ?? [])).map((dot) => dot + bias);
      return { marks, layer, probe, left, margins };
    });
    if (!this.asked.pending.peek()) this.#held.keep(this.asked.answer.peek()?.probe);
  }

  /** Marked words whose spelling is marked more than once. */
  #repeated(marks: Marks): number {
    const spelled = this.ready.answer.peek()?.spelled ?? [];
    const all = [...marks.keys()].map((word) => spelled[word]?.toLowerCase());
    return all.filter((one) => all.indexOf(one) !== all.lastIndexOf(one)).length;
  }

  /** Runs the word's sentence when it is first asked. */
  #source({ labelled, model }: Ready, { probe }: OwnAnswer, word: number): Explains {
    let named: Promise<Explains> | undefined;
    const read = async () => {
      const run = this.#held.take(await model.run(labelled.texts[labelled.words[word]?.text ?? 0] ?? ''));
      const source = namedReading(await probe.read(run), run, model, probe);
      if (source.naming) Object.assign(naming, source.naming);
      return source;
    };
    // The words are known with the run; until then the engine's stand.
    const naming: Naming = { name: () => null };
    return {
      naming,
      explain: async (address: string): Promise<Explanation> => {
        named ??= read();
        return (await named).explain(address);
      },
    };
  }
}

const inLayers = (layer: number) => Number.isInteger(layer) && layer >= 0 && layer < layerCount;
