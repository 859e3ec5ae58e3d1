// Attention by hand: three to six words of a toy, stepped from vectors to the weighted average. The engine computes everything at once;
// a step only says how much of it is shown.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { formatPower, formatShort } from '../drawing/format.ts';
import type { Explanation, Lab, SelfAttention } from '../engine/index.ts';
import { namedAttention } from './attention_names.ts';
import { attend, dimensions, fewest, lexicon, most, sentences, width, wordsOf } from './attention_toy.ts';
import { distinct, percent, rowWords } from './attention_words.ts';
import { Asked, type WidgetModel } from './model.ts';
import type { Explains } from './unfold.ts';
import { pairBelow } from './unfold_pair.ts';
import { packFields, packVector, unpackFields, unpackVector } from './url_state.ts';

export const steps = ['vectors', 'project', 'score', 'scale', 'softmax', 'average'] as const;
export type StepName = (typeof steps)[number];
/** Numbers lie within ±reach. */
export const reach = 10;

export interface Token {
  /** Stays with the token when it is moved. */
  id: number;
  name: string;
  x: readonly number[];
}

/** The chosen row and cell, worked out. */
export interface RowAnswer {
  query: number;
  key: number;
  head: number;
  /** q · k of the chosen cell: its operands and products. */
  dot: Explanation;
  /** exp(score − largest) of each key; null where the mask hides it. */
  exps: readonly (number | null)[];
  expSum: number;
  /** Each number of the output, a dot product of the row's weights with a column of values. */
  outputs: readonly Explanation[];
  /** Explains `pair/product[i]` of the cell's query and key, and `pair/product[s]` of the weights with column i of the values. */
  dotPair: Explains;
  outputPairs: readonly Explains[];
}

export interface AttentionAnswer {
  tokens: readonly Token[];
  causal: boolean;
  attention: SelfAttention;
  row: RowAnswer;
}

export interface AttentionStart {
  tokens?: string | null;
  query?: number;
  step?: number;
  heads?: number;
  causal?: boolean;
}

type Engine = () => Promise<Pick<Lab, 'selfAttention' | 'explainPair'>>;

export class AttentionModel implements WidgetModel {
  readonly tokens: Signal<readonly Token[]>;
  readonly step: Signal<number>;
  readonly query: Signal<number>;
  readonly key: Signal<number>;
  readonly heads: Signal<number>;
  /** The head that is looked at, from 0. */
  readonly head: Signal<number> = signal(0);
  readonly causal: Signal<boolean>;
  readonly asked = new Asked<AttentionAnswer>();
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());
  #nextId = 0;
  /** The outputs before tokens changed places, by token. */
  readonly #before: Signal<ReadonlyMap<number, readonly number[]> | null> = signal(null);

  constructor(
    private readonly engine: Engine,
    start: AttentionStart = {},
  ) {
    const words = wordsOf(start.tokens ?? '') ?? (wordsOf(sentences[0]) as string[]);
    this.tokens = signal(words.map((word) => this.#token(word)));
    this.step = signal(within(start.step ?? 0, steps.length) ?? 0);
    this.query = signal(within(start.query ?? 1, words.length) ?? 0);
    this.key = signal(words.length - 1);
    this.heads = signal(start.heads === 2 ? 2 : 1);
    this.causal = signal(start.causal ?? false);
    this.#ask();
  }

  /** Names for people: a word that stands twice is told apart. */
  readonly names: ReadonlySignal<readonly string[]> = computed(() => namesOf(this.tokens.value));

  go(step: number): void {
    this.step.value = Math.max(0, Math.min(steps.length - 1, step));
  }

  /** The query and the key that are worked out. */
  choose(query: number, key: number = this.key.peek()): void {
    const count = this.tokens.peek().length;
    const [t, s] = [within(query, count), within(key, count)];
    if (t === null || s === null || (t === this.query.peek() && s === this.key.peek())) return;
    batch(() => {
      this.query.value = t;
      this.key.value = s;
    });
    this.#ask();
  }

  set_number(t: number, i: number, value: number): void {
    const token = this.tokens.peek()[t];
    if (!token || token.x[i] === undefined || !good(value)) return;
    this.#take({ tokens: this.tokens.peek().with(t, { ...token, x: token.x.with(i, value) }) });
  }

  set_heads(heads: number): void {
    if (heads !== 1 && heads !== 2) return;
    batch(() => {
      this.heads.value = heads;
      this.head.value = 0;
      this.#before.value = null;
    });
    this.#ask();
  }

  set_head(head: number): void {
    if (within(head, this.heads.peek()) === null) return;
    this.head.value = head;
    this.#ask();
  }

  set_causal(causal: boolean): void {
    batch(() => {
      this.causal.value = causal;
      this.#before.value = null;
    });
    this.#ask();
  }

  /** Other words, with the vectors that the lexicon has. */
  set_sentence(sentence: string): void {
    const words = wordsOf(sentence);
    if (!words) return;
    const bank = words.indexOf('bank');
    this.#take({ tokens: words.map((word) => this.#token(word)), query: Math.max(0, bank), key: words.length - 1 });
  }

  add(word: string): void {
    const tokens = this.tokens.peek();
    if (tokens.length >= most || !Object.hasOwn(lexicon, word)) return;
    this.#take({ tokens: [...tokens, this.#token(word)] });
  }

  /** Without the chosen token. */
  remove(): void {
    const tokens = this.tokens.peek();
    if (tokens.length <= fewest) return;
    const t = this.query.peek();
    this.#take({
      tokens: tokens.filter((_, at) => at !== t),
      query: Math.min(t, tokens.length - 2),
      key: Math.min(this.key.peek(), tokens.length - 2),
    });
  }

  /** The chosen token changes places with its neighbour: −1 earlier, 1 later. What came out is remembered, to be compared. */
  move(by: -1 | 1): void {
    const tokens = this.tokens.peek();
    const t = this.query.peek();
    const [one, other] = [tokens[t], tokens[t + by]];
    if (!one || !other) return;
    const answer = this.asked.answer.peek();
    const key = this.key.peek();
    const before = answer ? outputsOf(answer) : null;
    this.#take({
      tokens: tokens.with(t, other).with(t + by, one),
      query: t + by,
      key: key === t ? t + by : key === t + by ? t : key,
    });
    this.#before.value = before;
  }

  retry(): void {
    this.#ask();
  }

  /** The answer, if it is to what stands there now. */
  readonly known: ReadonlySignal<AttentionAnswer | null> = computed(() => {
    const answer = this.asked.answer.value;
    if (!answer || this.asked.failure.value) return null;
    const { attention, row, tokens } = answer;
    const now = this.tokens.value;
    return tokens.length === now.length && attention.heads === this.heads.value && row.query < now.length && row.head < attention.heads
      ? answer
      : null;
  });

  /** The chosen row in words. */
  readonly rowSays: ReadonlySignal<string> = computed(() => {
    const answer = this.known.value;
    if (!answer) return '';
    const { query, head } = answer.row;
    const names = namesOf(answer.tokens);
    const weights = rowOf(answer.attention.weights[head], query);
    return rowWords(names[query] ?? '', names, weights, answer.causal ? query + 1 : names.length);
  });

  /** What a change of places did to the outputs. */
  readonly moveSays: ReadonlySignal<string> = computed(() => {
    const before = this.#before.value;
    const answer = this.known.value;
    if (!before || !answer) return '';
    const after = outputsOf(answer);
    let furthest = 0;
    let who = '';
    for (const { id, name } of answer.tokens) {
      const [one, other] = [before.get(id), after.get(id)];
      if (!one || !other) return '';
      one.forEach((value, i) => {
        const apart = Math.abs(value - (other[i] ?? 0));
        if (apart > furthest) {
          furthest = apart;
          who = name;
        }
      });
    }
    return furthest < 1e-5
      ? `Two tokens changed places, and every token’s output is what it was${furthest > 0 ? ` (to ${formatPower(furthest)}, which is rounding)` : ''}. The rows only moved.`
      : `Two tokens changed places, and with the mask that counts: the output of ${who} moved by ${formatShort(furthest, 2)}, for it sees others now.`;
  });

  to_state(): string {
    const tokens = this.tokens.value;
    const edited = tokens.some(({ name, x }) => x.some((value, i) => value !== lexicon[name]?.[i]));
    return packFields({
      t: tokens.map(({ name }) => name).join(','),
      x: edited ? tokens.map(({ x }) => packVector(x)).join('|') : undefined,
      s: this.step.value,
      q: this.query.value,
      k: this.key.value,
      h: this.heads.value,
      at: this.head.value || undefined,
      m: this.causal.value ? 1 : undefined,
    });
  }

  from_state(state: string): void {
    const fields = unpackFields(state);
    const words = wordsOf((fields.t ?? '').replaceAll(',', ' '));
    if (!words) return;
    const rows = fields.x?.split('|').map((row) => unpackVector(row) ?? []) ?? [];
    const fits = rows.length === words.length && rows.every((row) => row.length === width && row.every(good));
    const heads = fields.h === '2' ? 2 : 1;
    batch(() => {
      this.tokens.value = words.map((word, t) => this.#token(word, fits ? rows[t] : undefined));
      this.step.value = within(Number(fields.s), steps.length) ?? 0;
      this.query.value = within(Number(fields.q), words.length) ?? 0;
      this.key.value = within(Number(fields.k), words.length) ?? 0;
      this.heads.value = heads;
      this.head.value = within(Number(fields.at ?? 0), heads) ?? 0;
      this.causal.value = fields.m === '1';
      this.#before.value = null;
    });
    this.#ask();
  }

  #token(name: string, x: readonly number[] = lexicon[name] ?? []): Token {
    return { id: this.#nextId++, name, x };
  }

  #take({ tokens, query = this.query.peek(), key = this.key.peek() }: { tokens: readonly Token[]; query?: number; key?: number }): void {
    batch(() => {
      this.tokens.value = tokens;
      this.query.value = query;
      this.key.value = key;
      this.#before.value = null;
    });
    this.#ask();
  }

  #ask(): void {
    const [tokens, query, key, head] = [this.tokens.peek(), this.query.peek(), this.key.peek(), this.head.peek()];
    const [heads, causal] = [this.heads.peek(), this.causal.peek()];
    void this.asked.ask(async () => {
      const attention = await attend(
        await this.engine(),
        tokens.map(({ x }) => x),
        { heads, causal },
      );
      return { tokens, causal, attention, row: await rowAnswer(this.engine, attention, tokens, query, key, head, causal) };
    });
  }

  #words(): string {
    const failure = this.asked.failure.value;
    if (failure) return failure.message;
    const answer = this.known.value;
    if (!answer) return '';
    const { row, attention } = answer;
    const names = namesOf(answer.tokens);
    const [q, k] = [names[row.query] ?? '', names[row.key] ?? ''];
    const at = row.query * names.length + row.key;
    const [dot, score, weight] = [attention.dots, attention.scores, attention.weights].map((each) => each[row.head]?.data[at] ?? 0) as [
      number,
      number,
      number,
    ];
    const step = this.step.value;
    const hidden = answer.causal && row.key > row.query ? `${q} may not look at ${k}, which comes later. ` : '';
    const where = `Step ${step + 1} of ${steps.length}. `;
    const move = this.moveSays.value ? ` ${this.moveSays.value}` : '';
    if (step < 2)
      return `${where}${q}: ${answer.tokens[row.query]?.x.map((value, i) => `${dimensions[i]} ${formatShort(value, 2)}`).join(', ')}.${move}`;
    if (step === 2) return `${where}${hidden}${q} times ${k} is ${formatShort(dot, 2)}.${move}`;
    if (step === 3) return `${where}${hidden}${q} times ${k}, scaled, is ${formatShort(score, 2)}.${move}`;
    return `${where}${hidden || `${q} gives ${k} ${percent(weight)}. `}${this.rowSays.value}${move}`;
  }
}

/** One row of the numbers of a head. */
export const rowOf = (matrix: { columns: number; data: Float32Array } | undefined, t: number): Float32Array =>
  matrix ? matrix.data.subarray(t * matrix.columns, (t + 1) * matrix.columns) : new Float32Array();

async function rowAnswer(
  engine: Engine,
  attention: SelfAttention,
  tokens: readonly Token[],
  query: number,
  key: number,
  head: number,
  causal: boolean,
): Promise<RowAnswer> {
  const count = attention.dots[head]?.columns ?? 0;
  const family = `attention/H${head + 1}`;
  const columns = attention.output.columns / attention.heads;
  const [dot, expSum, exps, outputs] = await Promise.all([
    attention.explain(`${family}/dot[${query},${key}]`),
    attention.explain(`${family}/exp_sum[${query}]`),
    Promise.all(
      Array.from({ length: count }, async (_, s) =>
        causal && s > query ? null : (await attention.explain(`${family}/exp[${query},${s}]`)).result,
      ),
    ),
    Promise.all(Array.from({ length: columns }, (_, i) => attention.explain(`${family}/output[${query},${i}]`))),
  ]);
  const source = namedAttention(attention, namesOf(tokens));
  const pair = (explanation: Explanation) => pairBelow(engine, explanation, source) ?? source;
  return { query, key, head, dot, exps, expSum: expSum.result, outputs, dotPair: pair(dot), outputPairs: outputs.map(pair) };
}

/** How tokens are called, each apart from the others. */
export const namesOf = (tokens: readonly Token[]): readonly string[] => distinct(tokens.map(({ name }) => name));

/** The whole outputs, by token. */
function outputsOf({ tokens, attention }: AttentionAnswer): ReadonlyMap<number, readonly number[]> {
  return new Map(tokens.map(({ id }, t) => [id, [...rowOf(attention.output, t)]]));
}

const good = (value: number) => Number.isFinite(value) && Math.abs(value) <= reach;

const within = (value: number, count: number): number | null => (Number.isInteger(value) && value >= 0 && value < count ? value : null);
