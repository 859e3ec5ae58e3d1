// One head of the trained writer on the reader's own sentence: who looks at whom, and each weight as a number that unfolds.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { formatShort } from '../drawing/format.ts';
import type { HeadAttention, TextToken, TransformerRun } from '../engine/index.ts';
import { distinct, percent, rowWords } from './attention_words.ts';
import { Asked, type WidgetModel } from './model.ts';
import type { TransformerSource } from './transformer_source.ts';
import { packFields, unpackFields } from './url_state.ts';

/** Tokens that are shown at most; a longer text is cut at a token. */
export const mostTokens = 30;
/** Characters that a reader may type. */
export const mostCharacters = 200;

export interface MapAnswer {
  text: string;
  tokens: readonly TextToken[];
  /** How the tokens are called, each apart from the others. */
  names: readonly string[];
  run: TransformerRun;
  /** Characters that were left out; 0 mostly. */
  cut: number;
}

export interface HeadAnswer extends HeadAttention {
  layer: number;
  head: number;
  of: MapAnswer;
}

export interface MapStart {
  text?: string | null;
  layer?: number;
  head?: number;
  /** The word whose row is shown at first; its last token. */
  query?: string | null;
}

export class AttentionMapModel implements WidgetModel {
  readonly text: Signal<string>;
  readonly layer: Signal<number>;
  readonly head: Signal<number>;
  /** The token that looks; null is the last. */
  readonly query: Signal<number | null> = signal(null);
  /** The token that is looked at; null is the one it looks at most. */
  readonly key: Signal<number | null> = signal(null);
  readonly ran = new Asked<MapAnswer>();
  readonly seen = new Asked<HeadAnswer>();
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());
  #wanted = false;
  #first: string | null;

  constructor(
    readonly source: TransformerSource,
    start: MapStart = {},
  ) {
    this.text = signal(clean(start.text ?? '') || 'The dog that chased the cat was tired because it had run.');
    this.layer = signal(start.layer ?? 1);
    this.head = signal(start.head ?? 1);
    this.#first = start.query?.trim() || null;
  }

  /** Begins to load and to compute: called when the figure is seen, or asked for. */
  begin(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    void this.#run();
  }

  /** Whether anything has been asked for. */
  get begun(): boolean {
    return this.#wanted;
  }

  set_text(text: string): void {
    const next = clean(text);
    if (!next || next === this.text.peek()) return;
    batch(() => {
      this.text.value = next;
      this.query.value = null;
      this.key.value = null;
    });
    this.#first = null;
    this.#wanted = true;
    void this.#run();
  }

  set_head(layer: number, head: number): void {
    const model = this.source.model.peek();
    if (!inside(layer, model?.layers) || !inside(head, model?.heads)) return;
    batch(() => {
      this.layer.value = layer;
      this.head.value = head;
      this.key.value = null;
    });
    void this.#look();
  }

  choose(query: number, key: number | null = null): void {
    const count = this.ran.answer.peek()?.tokens.length ?? 0;
    if (!place(query, count) || (key !== null && !place(key, count))) return;
    batch(() => {
      this.query.value = query;
      this.key.value = key;
    });
  }

  retry(): void {
    void this.#run();
  }

  dispose(): void {
    this.ran.answer
      .peek()
      ?.run.dispose()
      .catch(() => {});
    this.ran.clear();
    this.seen.clear();
  }

  /** The chosen row: which token looks, and how. Weights in order of the tokens. */
  readonly row: ReadonlySignal<{ query: number; key: number; weights: Float32Array; causal: boolean } | null> = computed(() => {
    const seen = this.seen.answer.value;
    if (!seen || this.ran.answer.value !== seen.of) return null;
    const count = seen.of.tokens.length;
    const query = Math.min(this.query.value ?? count - 1, count - 1);
    const weights = seen.weights.data.subarray(query * count, (query + 1) * count);
    const chosen = this.key.value;
    const key = chosen !== null && chosen < count ? chosen : weights.indexOf(Math.max(...weights));
    return { query, key: Math.max(0, key), weights, causal: this.source.model.value?.causal ?? true };
  });

  readonly rowSays: ReadonlySignal<string> = computed(() => {
    const [row, answer] = [this.row.value, this.ran.answer.value];
    if (!row || !answer) return '';
    return rowWords(answer.names[row.query] ?? '', answer.names, row.weights, row.causal ? row.query + 1 : answer.names.length);
  });

  to_state(): string {
    return packFields({
      t: this.text.value,
      l: this.layer.value,
      h: this.head.value,
      q: this.query.value ?? undefined,
      k: this.key.value ?? undefined,
    });
  }

  from_state(state: string): void {
    const { t, l, h, q, k } = unpackFields(state);
    const text = clean(t ?? '');
    if (!text) return;
    const whole = (value: string | undefined, least: number) => {
      const number = Number(value ?? Number.NaN);
      return Number.isInteger(number) && number >= least && number < 100 ? number : null;
    };
    batch(() => {
      this.text.value = text;
      this.layer.value = whole(l, 1) ?? 1;
      this.head.value = whole(h, 1) ?? 1;
      this.query.value = whole(q, 0);
      this.key.value = whole(k, 0);
    });
    this.#first = null;
    if (this.#wanted) void this.#run();
  }

  async #run(): Promise<void> {
    const text = this.text.peek();
    const before = this.ran.answer.peek();
    await this.ran.ask(async () => {
      const model = await this.source.load();
      const { tokens, cut } = await fitting(model.tokens.bind(model), text);
      const run = await model.run(tokens);
      return { text, tokens, names: distinct(tokens.map(nameOf)), run, cut };
    });
    const answer = this.ran.answer.peek();
    if (before && before !== answer) before.run.dispose().catch(() => {});
    if (!answer || answer === before) return;
    this.#begin(answer);
    await this.#look();
  }

  /** The head that exists, and the token that the author meant. */
  #begin({ tokens }: MapAnswer): void {
    const model = this.source.model.peek();
    batch(() => {
      if (!inside(this.layer.peek(), model?.layers)) this.layer.value = 1;
      if (!inside(this.head.peek(), model?.heads)) this.head.value = 1;
      if (this.#first !== null) {
        const found = tokens.findLastIndex((token) => token.text.trim() === this.#first);
        if (found >= 0) this.query.value = found;
        this.#first = null;
      }
    });
  }

  async #look(): Promise<void> {
    const of = this.ran.answer.peek();
    if (!of) return;
    const [layer, head] = [this.layer.peek(), this.head.peek()];
    await this.seen.ask(async () => ({ ...(await of.run.attention(layer, head)), layer, head, of }));
  }

  #words(): string {
    const failure = this.ran.failure.value ?? this.seen.failure.value;
    if (failure) return failure.message;
    if (!this.source.model.value) return this.source.loaded.value ? 'The writer is loading.' : '';
    const [row, seen] = [this.row.value, this.seen.answer.value];
    if (!row || !seen) return '';
    const { names } = seen.of;
    const at = row.query * names.length + row.key;
    const hidden = row.causal && row.key > row.query;
    const cell = hidden
      ? `${names[row.query]} may not look at ${names[row.key]}, which comes later. `
      : this.key.value === null
        ? ''
        : `${names[row.query]} gives ${names[row.key]} ${percent(seen.weights.data[at] ?? 0)}, for a score of ${formatShort(seen.scores.data[at] ?? 0, 2)}. `;
    return `Layer ${seen.layer}, head ${seen.head}. ${cell}${this.rowSays.value}`;
  }
}

/** A token without the space before it; the beginning of a text in a word. */
export function nameOf({ text }: TextToken): string {
  if (text === '␂') return '(start)';
  return text.trim() || (text.includes('\n') ? '(line end)' : '(space)');
}

/** As many of the text's tokens as are shown. */
export async function fitting(tokens: (text: string) => Promise<TextToken[]>, text: string): Promise<{ tokens: TextToken[]; cut: number }> {
  const all = await tokens(text);
  if (all.length <= mostTokens) return { tokens: all, cut: 0 };
  const some = all.slice(0, mostTokens);
  return { tokens: some, cut: text.length - (some.at(-1)?.end ?? text.length) };
}

const clean = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, mostCharacters);
const inside = (value: number, count: number | undefined) => Number.isInteger(value) && value >= 1 && value <= (count ?? 0);
const place = (value: number, count: number) => Number.isInteger(value) && value >= 0 && value < count;
