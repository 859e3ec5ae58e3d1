// A shipped transformer on the reader's own sentence: every head at a glance, what it expects at a place, and what becomes of that when a head is
// switched off, a token replaced or a state taken from elsewhere. Until the weights are here, an example is shown as it was written down.
import { batch, computed, type ReadonlySignal } from '@preact/signals-core';
import type { HeadPlace, Transformer } from '../engine/index.ts';
import type { WidgetModel } from './model.ts';
import { answerOf, type TransformerAnswer } from './transformer_answer.ts';
import { anyChange, type Changes, type Edit, longestWord, toggled, unchanged } from './transformer_changes.ts';
import { transformerExamples } from './transformer_examples.ts';
import { guessesAt } from './transformer_guesses.ts';
import { across, Passes, passOfTrace } from './transformer_pass.ts';
import type { TransformerName } from './transformer_source.ts';
import { packTransformer, unpackTransformer } from './transformer_state.ts';
import { firstHeads, firstOther, type TransformerSources, type TransformerStart, TransformerView } from './transformer_view.ts';
import { spokenOf } from './transformer_words.ts';

/** What the reader does, and what is asked of the engine for it. */
export class TransformerModel extends TransformerView implements WidgetModel {
  readonly spoken: ReadonlySignal<string> = computed(() => spokenOf(this));
  readonly #passes = new Passes();
  #wantsOther = false;
  #wanted = false;
  #running = false;
  #again = false;
  /** The word whose place is chosen at first. */
  #first: string | null;

  constructor(sources: TransformerSources, start: TransformerStart = {}) {
    super(sources, start);
    this.#first = start.place?.trim() || null;
  }

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
    return packTransformer(this.settings, firstOther);
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
    this.traced.value = passOfTrace(trace);
    const shown = this.shown.peek();
    if (shown) this.#settle(null, shown);
    await this.#guess();
  }
}
