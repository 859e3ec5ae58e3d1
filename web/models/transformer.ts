// A shipped transformer on the reader's own sentence: every head at a glance, what it expects at a place, and what becomes of that when a head is
// switched off, a token replaced or a state taken from elsewhere. Until the weights are here, an example is shown as it was written down.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { HeadAttention, HeadPlace, Transformer } from '../engine/index.ts';
import { Asked, type Failure, type WidgetModel } from './model.ts';
import { answerOf, type TransformerAnswer } from './transformer_answer.ts';
import { anyChange, type Changes, type Edit, longestWord, toggled, unchanged } from './transformer_changes.ts';
import { transformerExamples } from './transformer_examples.ts';
import { type Guessed, guessesAt } from './transformer_guesses.ts';
import { across, type Pass, Passes, passOfTrace } from './transformer_pass.ts';
import type { TransformerName, TransformerSource } from './transformer_source.ts';
import { packTransformer, unpackTransformer } from './transformer_state.ts';
import type { TransformerTrace } from './transformer_trace.ts';
import { spokenOf } from './transformer_words.ts';

const firstOther = 'The old king was asleep in his bed.';
/** Heads that are looked at first: one whose looks a reader can follow on the examples. */
const firstHeads: Readonly<Record<TransformerName, HeadPlace>> = { writer: { layer: 3, head: 6 }, reader: { layer: 6, head: 3 } };

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

export class TransformerModel implements WidgetModel {
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
  readonly spoken: ReadonlySignal<string> = computed(() => spokenOf(this));
  readonly #trace: Signal<Pass | null> = signal(null);
  readonly #passes = new Passes();
  #wantsOther = false;
  #wanted = false;
  #running = false;
  #again = false;
  #first: string | null;

  constructor(
    private readonly sources: TransformerSources,
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
    this.#first = start.place?.trim() || null;
  }

  get source(): TransformerSource {
    return this.sources.source(this.name.value);
  }

  /** The trained model, once it is here. */
  get trained(): Transformer | null {
    return this.source.model.value;
  }

  /** What is shown: what the model answered, else what was written down of an example. */
  readonly shown: ReadonlySignal<TransformerAnswer | null> = computed(() => {
    const answer = this.ran.answer.value;
    const trace = this.#trace.value;
    const traced = trace?.model === this.name.value ? trace : null;
    if (!traced || answer?.before.model === traced.model) return answer;
    return { before: traced, now: traced, other: null, changes: unchanged };
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

  /** Begins to load and to compute: called when the figure is seen, or asked for. */
  begin(): void {
    this.#wanted = true;
    void this.#run();
  }

  get begun(): boolean {
    return this.#wanted;
  }

  set_text(text: string): void {
    if (text === this.text.peek()) return;
    const { off } = this.changes.peek();
    batch(() => {
      this.text.value = text;
      this.#startOver({ ...unchanged, off });
    });
    void this.#run();
  }

  set_model(name: TransformerName): void {
    if (name === this.name.peek()) return;
    batch(() => {
      this.#take(name);
      this.#startOver(unchanged);
    });
    this.#wanted = true;
    void this.#run();
  }

  take_example(id: string): void {
    const example = transformerExamples.find((one) => one.id === id);
    if (!example) return;
    batch(() => {
      this.#take(example.model);
      this.text.value = example.text;
      this.#startOver(unchanged);
    });
    this.#wanted = true;
    void this.#run();
  }

  set_head(layer: number, head: number): void {
    const pass = this.shown.peek()?.now;
    if (!pass?.weights[layer - 1]?.[head - 1]) return;
    batch(() => {
      this.layer.value = layer;
      this.head.value = head;
      this.key.value = null;
    });
    void this.#look();
  }

  choose(place: number, key: number | null = null): void {
    const count = this.shown.peek()?.now.tokens.length ?? 0;
    const inside = (value: number) => Number.isInteger(value) && value >= 0 && value < count;
    if (!inside(place) || (key !== null && !inside(key))) return;
    const same = place === this.chosen.peek();
    batch(() => {
      this.place.value = place;
      this.key.value = key;
    });
    if (!same) void this.#guess();
  }

  /** Switches heads off, or on again where all of them are off. */
  toggle(...heads: HeadPlace[]): void {
    const changes = this.changes.peek();
    this.#change({ ...changes, off: toggled(changes.off, heads) });
  }

  /** Other words in a token's place; `place` is that of the text as it was typed. null sets it back. A state that was put in goes: places moved. */
  set_edit(edit: Edit | null): void {
    const changes = this.changes.peek();
    if (edit === null) {
      if (changes.edit) this.#change({ ...changes, edit: null, graft: null });
      return;
    }
    const token = this.shown.peek()?.before.tokens[edit.place];
    const word = edit.word.replace(/\s+/g, ' ').trim().slice(0, longestWord);
    if (!token || edit.place === 0 || !word || word === token.text.trim()) return;
    this.#change({ ...changes, edit: { place: edit.place, word }, graft: null });
  }

  /** The other sentence; asks for its tokens. */
  set_other(text: string): void {
    const graft = this.changes.peek().graft;
    batch(() => {
      this.other.value = text;
      if (graft) this.changes.value = { ...this.changes.peek(), graft: null };
    });
    this.want_other();
  }

  /** The figure shows the other sentence's tokens from now on. */
  want_other(): void {
    this.#wantsOther = true;
    void this.#run();
  }

  /** The state of the other sentence's place `from`, where it leaves `layer`, into the chosen place. null sets it back. */
  set_graft(graft: { layer: number; from: number } | null): void {
    const changes = this.changes.peek();
    const next = graft && { ...graft, place: this.chosen.peek(), text: this.other.peek() };
    this.#change({ ...changes, graft: next });
  }

  undo(): void {
    const past = this.past.peek();
    const last = past.at(-1);
    if (!last) return;
    batch(() => {
      this.changes.value = last;
      this.past.value = past.slice(0, -1);
    });
    void this.#run();
  }

  /** Everything as the model has it. */
  set_back(): void {
    if (anyChange(this.changes.peek())) this.#change(unchanged);
  }

  /** After a failure. What was kept may be what failed: an engine that started anew knows none of it. */
  retry(): void {
    this.#passes.keep([]);
    void this.#run();
  }

  dispose(): void {
    this.#wanted = false;
    this.#passes.keep([]);
    for (const asked of [this.ran, this.seen, this.guessed]) asked.clear();
  }

  to_state(): string {
    return packTransformer(
      {
        name: this.name.value,
        text: this.text.value,
        layer: this.layer.value,
        head: this.head.value,
        place: this.place.value,
        key: this.key.value,
        changes: this.changes.value,
        other: this.other.value,
      },
      firstOther,
    );
  }

  from_state(packed: string): void {
    const state = unpackTransformer(packed);
    if (!state) return;
    batch(() => {
      this.name.value = state.name;
      if (state.text !== undefined) this.text.value = state.text;
      this.layer.value = state.layer ?? 1;
      this.head.value = state.head ?? 1;
      this.place.value = state.place ?? null;
      this.key.value = state.key ?? null;
      this.changes.value = state.changes ?? unchanged;
      this.past.value = [];
      this.other.value = state.changes?.graft?.text ?? state.other ?? firstOther;
    });
    this.#first = null;
    void this.#run();
  }

  #take(name: TransformerName): void {
    if (name === this.name.peek()) return;
    const { layer, head } = firstHeads[name];
    this.name.value = name;
    this.layer.value = layer;
    this.head.value = head;
  }

  #startOver(changes: Changes): void {
    this.place.value = null;
    this.key.value = null;
    this.changes.value = changes;
    this.past.value = [];
    this.#first = null;
  }

  #change(changes: Changes): void {
    batch(() => {
      this.past.value = [...this.past.peek(), this.changes.peek()].slice(-50);
      this.changes.value = changes;
    });
    void this.#run();
  }

  /** Runs what stands there now. One question at a time: what is typed meanwhile is asked next, and only the newest of it. */
  async #run(): Promise<void> {
    if (!this.#wanted) return;
    const source = this.source;
    if (!source.model.peek()) {
      void this.#showTrace();
      try {
        await source.load();
      } catch {
        return; // the source says why
      }
      if (this.source !== source || !this.#wanted) return;
    }
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    while (this.#again) {
      this.#again = false;
      await this.#runOnce(this.source.model.peek());
    }
    this.#running = false;
  }

  async #runOnce(model: Transformer | null): Promise<void> {
    if (!model) return;
    const old = this.ran.answer.peek();
    await this.ran.ask(() =>
      answerOf(model, this.#passes, {
        text: this.text.peek(),
        changes: this.changes.peek(),
        other: this.#wantsOther ? this.other.peek() : null,
      }),
    );
    const answer = this.ran.answer.peek();
    if (!this.#wanted) return this.#passes.keep([]);
    if (!answer || answer === old || this.ran.failure.peek()) return;
    this.#settle(old, answer);
    await Promise.all([this.#look(), this.#guess()]);
    this.#passes.keep([answer.before, answer.now, answer.other]);
  }

  /** Mends what does not fit, and keeps the chosen place on its token when the tokens moved. */
  #settle(old: TransformerAnswer | null, { before, now }: TransformerAnswer): void {
    batch(() => {
      if (this.layer.peek() > now.layers) this.layer.value = 1;
      if (this.head.peek() > now.heads) this.head.value = 1;
      const place = this.place.peek();
      if (this.#first !== null) {
        const found = now.tokens.findLastIndex(({ text }) => text.trim() === this.#first);
        if (found >= 0) this.place.value = found;
        this.#first = null;
      } else if (old && old.before === before && old.now.text !== now.text && place !== null) {
        this.place.value = across(old.now.tokens, now.tokens, place);
        this.key.value = null;
      }
    });
  }

  async #look(): Promise<void> {
    const of = this.ran.answer.peek()?.now;
    const run = of?.run;
    if (!of || !run) return;
    const [layer, head] = [this.layer.peek(), this.head.peek()];
    await this.seen.ask(async () => ({ ...(await run.attention(layer, head)), layer, head, of }));
  }

  async #guess(): Promise<void> {
    const shown = this.shown.peek();
    if (!shown) return;
    const place = this.chosen.peek();
    await this.guessed.ask(() => guessesAt(shown.now, shown.now === shown.before ? null : shown.before, place));
  }

  /** What was written down of an example, while the weights are on their way. */
  async #showTrace(): Promise<void> {
    const [name, text] = [this.name.peek(), this.text.peek()];
    const example = transformerExamples.find((one) => one.model === name && one.text === text);
    if (!example) return;
    const trace = await this.sources.trace(name, example.id).catch(() => null);
    if (!trace || trace.text !== text || this.name.peek() !== name || this.source.model.peek()) return;
    this.#trace.value = passOfTrace(trace);
    const shown = this.shown.peek();
    if (shown) this.#settle(null, shown);
    await this.#guess();
  }
}
