// Which head of a trained model tends most to look at what: measured over our own sentences and, beside it, on the reader's; and the map of
// the head that was found.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { HeadScores } from '../engine/index.ts';
import { rowWords } from './attention_words.ts';
import { beginningOf, type Finding, findings, findingWords } from './head_kinds_words.ts';
import { measureHeads, type TendencyId, tendencies } from './head_scores.ts';
import { Asked, type Failure, type WidgetModel } from './model.ts';
import { type Pass, passOf } from './transformer_pass.ts';
import type { TransformerName, TransformerSource } from './transformer_source.ts';
import { packFields, unpackFields } from './url_state.ts';

/** Characters that a reader may type, and tokens that are shown at most. */
export const mostCharacters = 200;
export const mostTokens = 30;

const usualText = 'Anna gave the book to Ben, and then Anna took the book from Ben.';

export interface HeadKindsStart {
  model?: string | null;
  kind?: string | null;
  text?: string | null;
}

/** The reader's sentence: its pass, its scores, and how many characters were left out. */
export interface OwnText {
  pass: Pass;
  scores: readonly HeadScores[];
  cut: number;
}

export class HeadKindsModel implements WidgetModel {
  readonly name: Signal<TransformerName>;
  readonly kind: Signal<TendencyId>;
  readonly text: Signal<string>;
  /** The place that looks; null is the last word. */
  readonly query: Signal<number | null> = signal(null);
  /** All heads on our sentences; whose they are. */
  readonly measured = new Asked<{ name: TransformerName; scores: readonly HeadScores[] }>();
  readonly own = new Asked<OwnText>();
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());
  /** Whether anything has been asked for. */
  readonly #wanted: Signal<boolean> = signal(false);

  constructor(
    private readonly sources: (name: TransformerName) => TransformerSource,
    start: HeadKindsStart = {},
  ) {
    this.name = signal(start.model === 'reader' ? 'reader' : 'writer');
    this.kind = signal(tendencies.find(({ id }) => id === start.kind)?.id ?? 'previous');
    this.text = signal(clean(start.text ?? '') || usualText);
  }

  get source(): TransformerSource {
    return this.sources(this.name.value);
  }

  get begun(): boolean {
    return this.#wanted.value;
  }

  /** Begins to load and to measure: called when the figure is seen, or asked for. */
  begin(): void {
    if (this.#wanted.peek()) return;
    this.#wanted.value = true;
    this.retry();
  }

  retry(): void {
    this.#wanted.value = true;
    void this.#measure();
    void this.#read();
  }

  set_model(name: TransformerName): void {
    if (name === this.name.peek()) return;
    this.name.value = name;
    this.retry();
  }

  set_kind(kind: TendencyId): void {
    this.kind.value = kind;
  }

  set_text(text: string): void {
    const next = clean(text);
    if (!next || next === this.text.peek()) return;
    batch(() => {
      this.text.value = next;
      this.query.value = null;
    });
    this.#wanted.value = true;
    void this.#read();
  }

  choose(query: number): void {
    const count = this.own.answer.peek()?.pass.tokens.length ?? 0;
    if (Number.isInteger(query) && query >= 0 && query < count) this.query.value = query;
  }

  dispose(): void {
    this.own.answer
      .peek()
      ?.pass.run?.dispose()
      .catch(() => {});
    this.measured.clear();
    this.own.clear();
  }

  readonly failure: ReadonlySignal<Failure | null> = computed(
    () => this.source.failure.value ?? this.measured.failure.value ?? this.own.failure.value,
  );

  /** One for each kind, in order; the reader's sentence beside it where that has been read. */
  readonly found: ReadonlySignal<readonly Finding[]> = computed(() => {
    const answer = this.measured.answer.value;
    if (!answer || answer.name !== this.name.value) return [];
    return findings(answer.scores, this.#read_now.value?.scores ?? null);
  });

  /** What is chosen of these. */
  readonly finding: ReadonlySignal<Finding | null> = computed(
    () => this.found.value.find(({ tendency }) => tendency.id === this.kind.value) ?? null,
  );

  /** The sentence as this model reads it. */
  readonly #read_now: ReadonlySignal<OwnText | null> = computed(() => {
    const own = this.own.answer.value;
    return own && own.pass.model === this.name.value ? own : null;
  });

  /** The found head's row on the sentence. */
  readonly row: ReadonlySignal<{ own: OwnText; layer: number; head: number; query: number; weights: Float32Array; seen: number } | null> =
    computed(() => {
      const [own, best] = [this.#read_now.value, this.finding.value?.best];
      const map = best && own?.pass.weights[best.layer - 1]?.[best.head - 1];
      if (!own || !best || !map) return null;
      const count = own.pass.tokens.length;
      const lastWord = own.pass.tokens.findLastIndex(({ text }) => /[\p{L}\p{N}]/u.test(text));
      const query = Math.min(this.query.value ?? Math.max(0, lastWord), count - 1);
      const weights = map.subarray(query * count, (query + 1) * count);
      return { own, layer: best.layer, head: best.head, query, weights, seen: own.pass.causal ? query + 1 : count };
    });

  to_state(): string {
    return packFields({ m: this.name.value, k: this.kind.value, t: this.text.value, q: this.query.value ?? undefined });
  }

  from_state(state: string): void {
    const { m, k, t, q } = unpackFields(state);
    const text = clean(t ?? '');
    if (!text) return;
    const place = Number(q ?? Number.NaN);
    batch(() => {
      this.name.value = m === 'reader' ? 'reader' : 'writer';
      this.kind.value = tendencies.find(({ id }) => id === k)?.id ?? 'previous';
      this.text.value = text;
      this.query.value = Number.isInteger(place) && place >= 0 && place < mostTokens ? place : null;
    });
    if (this.#wanted.peek()) this.retry();
  }

  async #measure(): Promise<void> {
    const source = this.source;
    if (this.measured.answer.peek()?.name === source.name) return;
    await this.measured.ask(async () => ({ name: source.name, scores: await measureHeads(await source.load()) }));
  }

  async #read(): Promise<void> {
    const [source, text] = [this.source, this.text.peek()];
    const before = this.own.answer.peek();
    await this.own.ask(async () => {
      const model = await source.load();
      const shown = await beginningOf(model, text, mostTokens);
      // The repeats are measured with our sentences; here the fewest are asked for.
      const scores = await model.headScores({ texts: [shown], repeats: { texts: 1, count: 1 } });
      return { pass: await passOf(model, shown), scores, cut: text.length - shown.length };
    });
    const answer = this.own.answer.peek();
    if (before && before !== answer) before.pass.run?.dispose().catch(() => {});
  }

  #words(): string {
    const failure = this.failure.value;
    if (failure) return failure.message;
    const finding = this.finding.value;
    if (!finding) return this.source.loaded.value ? `The heads of the ${this.name.value} are being measured.` : '';
    const row = this.row.value;
    const { names = [] } = row?.own.pass ?? {};
    const looks = row ? ` ${rowWords(names[row.query] ?? '', names, row.weights, row.seen)}` : '';
    return `${findingWords(finding, this.name.value)}${looks}`;
  }
}

const clean = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, mostCharacters);
