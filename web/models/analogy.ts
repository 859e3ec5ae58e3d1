// king − man + woman: the expression, its switches, and the ranked answer. No DOM and no arithmetic: the engine computes.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { format, formatCount } from '../drawing/format.ts';
import type { AnalogyAnswer, Explanation, Method, Neighbor } from '../engine/index.ts';
import { Asked, type WidgetModel } from './model.ts';
import { packFields, unpackFields } from './url_state.ts';
import type { WordSource } from './word_source.ts';

export interface SignedWord {
  sign: 1 | -1;
  word: string;
}

/** A line of the ranking. `place` is its place among the words that may be answers; null for a question word that is left out. */
export interface RankedWord {
  word: string;
  score: number;
  place: number | null;
  /** Its place among all words, where the question words count too; only for a word that is left out. */
  wouldBe: number | null;
  partials: number[];
}

/** What was expected, and where it came. `place` is null if it is not among the first `searched`, or no known word at all. */
export interface Expectation {
  word: string;
  known: boolean;
  place: number | null;
  searched: number;
}

/** What keeps the sum from an answer: a field that is empty, or a word that the vocabulary does not hold, with others to take instead. */
export interface Obstacle {
  kind: 'empty' | 'unknown' | 'several';
  /** Which term. */
  at: number;
  word: string;
  instead: string[];
}

export const mostTerms = 8;
/** How far down a word that the reader expects is searched for. */
const searchDepth = 1000;

/** "king - man + woman" → signed words; null if it is no such expression. A word may hold anything but blanks, signs, commas, brackets. */
export function parseExpression(text: string): SignedWord[] | null {
  const plain = text
    .replace(/[−–]/g, '-')
    .replace(/\s*([+-])\s*/g, '$1')
    .trim()
    .toLowerCase();
  if (!/^[+-]?[^\s+\-,[\]|]+([+-][^\s+\-,[\]|]+)*$/u.test(plain)) return null;
  const terms = [...plain.matchAll(/([+-]?)([^+-]+)/gu)].map(([, sign, word]) => ({
    sign: sign === '-' ? (-1 as const) : (1 as const),
    word: word ?? '',
  }));
  return terms.length <= mostTerms ? terms : null;
}

/** Signed words as the engine's addresses write them: "king-man+woman". */
export function expressionText(terms: readonly SignedWord[]): string {
  return written(terms)
    .map(({ sign, word }, index) => `${sign < 0 ? '-' : index > 0 ? '+' : ''}${word}`)
    .join('');
}

/** The same for a reader: "king − man + woman". */
export function expressionWords(terms: readonly SignedWord[]): string {
  return written(terms)
    .map(({ sign, word }, index) => (index > 0 ? ` ${sign < 0 ? '−' : '+'} ${word}` : `${sign < 0 ? '−' : ''}${word}`))
    .join('');
}

export class AnalogyModel implements WidgetModel {
  readonly terms: Signal<readonly SignedWord[]>;
  readonly keepQuestion: Signal<boolean>;
  readonly method: Signal<Method>;
  /** The word that the reader expects; empty for none. */
  readonly expected: Signal<string>;
  /** The word whose score is taken apart below the list; empty: the first answer. */
  readonly chosen: Signal<string> = signal('');
  readonly #start: string;
  readonly #secret: () => boolean;
  #unfollow: () => void = () => {};
  readonly asked = new Asked<{ expression: string; answer: AnalogyAnswer }>();

  constructor(
    readonly source: WordSource,
    start: {
      expression?: string;
      keepQuestion?: boolean;
      method?: Method;
      expected?: string;
      count?: number;
      /** Whether the lines of the question words would tell too early what the reader is still to guess. Read as a signal is. */
      secret?: () => boolean;
    } = {},
  ) {
    this.terms = signal(parseExpression(start.expression ?? '') ?? parseExpression('king-man+woman') ?? []);
    this.keepQuestion = signal(start.keepQuestion ?? false);
    this.method = signal(start.method ?? 'add');
    this.expected = signal(start.expected ?? '');
    this.count = start.count ?? 8;
    this.#secret = start.secret ?? (() => false);
    this.#start = this.to_state();
  }

  /** How many answers are listed. */
  readonly count: number;

  /** Asks the engine for what now stands there. While a field is empty there is no question, and the last answer stays. */
  ask(): Promise<void> {
    const terms = this.terms.value;
    const query = { keepQuestion: this.keepQuestion.value, method: this.method.value };
    const searched = this.expected.value ? searchDepth : this.count;
    if (terms.some(({ word }) => word === '')) return this.source.load().then(noop, noop);
    const of = (sign: 1 | -1) => terms.filter((term) => term.sign === sign).map(({ word }) => word);
    return this.asked.ask(async () => {
      const vectors = await this.source.load();
      const count = Math.min(searched, vectors.size);
      return { expression: expressionText(terms), answer: await vectors.analogy({ plus: of(1), minus: of(-1), count, ...query }) };
    });
  }

  /** Takes what was typed into a field: a word, a word with its sign ("−man"), or a whole expression in place of all. */
  setWord(index: number, text: string): void {
    const typed = parseExpression(text) ?? [];
    if (typed.length > 1) {
      this.terms.value = typed;
      return;
    }
    const signed = /^\s*[+\-−–]/.test(text) ? typed[0]?.sign : undefined;
    this.#change((terms) => terms.map((term, i) => (i === index ? { sign: signed ?? term.sign, word: cleanWord(text) } : term)));
  }
  flip(index: number): void {
    this.#change((terms) => terms.map((term, i) => (i === index ? { ...term, sign: term.sign > 0 ? -1 : 1 } : term)));
  }
  add(word: string, sign: 1 | -1 = 1): void {
    this.#change((terms) => (terms.length < mostTerms ? [...terms, { sign, word: cleanWord(word) }] : terms));
  }
  remove(index: number): void {
    this.#change((terms) => (terms.length > 1 ? terms.filter((_, i) => i !== index) : terms));
  }
  /** Takes over a whole expression, e.g. a preset; false if it is none. */
  setExpression(text: string, expected = ''): boolean {
    const terms = parseExpression(text);
    if (!terms) return false;
    batch(() => {
      this.terms.value = terms;
      this.expected.value = cleanWord(expected);
      this.chosen.value = '';
    });
    return true;
  }
  /** A word that the reader expects; the fields know only single words, so this one too is held against the vocabulary. */
  setExpected(word: string): void {
    this.expected.value = cleanWord(word);
  }

  /** Whether the question words' lines are held back: until the reader has guessed, or has changed something here. */
  readonly veiled: ReadonlySignal<boolean> = computed(() => this.#secret() && this.to_state() === this.#start);

  /** The list: answers by score, and between them the question words that were left out, where they would have stood. */
  readonly ranking: ReadonlySignal<RankedWord[]> = computed(() => {
    const answer = this.asked.answer.value?.answer;
    if (!answer) return [];
    const answers = answer.neighbors.slice(0, this.count).map((neighbor, index) => ranked(neighbor, index + 1, null));
    const last = answers.at(-1)?.score ?? -Infinity;
    const left = this.veiled.value
      ? []
      : answer.excluded.filter(({ score }) => score >= last).map((neighbor) => ranked(neighbor, null, neighbor.rank));
    return [...answers, ...left].sort((one, other) => other.score - one.score);
  });

  /** Question words that were left out and would have stood below the list. */
  readonly leftOutBelow: ReadonlySignal<Neighbor[]> = computed(() => {
    if (this.veiled.value) return [];
    const shown = new Set(this.ranking.value.map(({ word }) => word));
    return (this.asked.answer.value?.answer.excluded ?? []).filter(({ word }) => !shown.has(word));
  });

  /** The line that is taken apart: the chosen one while it is in the list, else the first answer. */
  readonly inspected: ReadonlySignal<RankedWord | null> = computed(() => {
    const list = this.ranking.value;
    return list.find(({ word }) => word === this.chosen.value) ?? list.find(({ place }) => place === 1) ?? null;
  });

  /** What stands in the way of an answer; null for nothing, or while the vocabulary is not there. */
  readonly obstacle: ReadonlySignal<Obstacle | null> = computed(() => {
    const terms = this.terms.value;
    const known = this.source.known.value;
    const empty = terms.findIndex(({ word }) => word === '');
    if (empty >= 0) return { kind: 'empty', at: empty, word: '', instead: [] };
    const at = known.size === 0 ? -1 : terms.findIndex(({ word }) => !known.has(word));
    const word = terms[at]?.word;
    if (word === undefined) return null;
    const parts = word.split(' ').filter((part) => known.has(part));
    if (word.includes(' ')) return { kind: 'several', at, word, instead: parts };
    const failure = this.asked.failure.value;
    const spellings = failure?.code === 'unknown-word' && failure.message.includes(word) ? failure.detail.split(',') : [];
    return { kind: 'unknown', at, word, instead: spellings.map((one) => one.trim()).filter(Boolean) };
  });

  /** Whether the answer that stands there is to another sum than the one in the fields. */
  readonly stale: ReadonlySignal<boolean> = computed(() => this.obstacle.value !== null);

  /** Places in the answer's terms, in the order in which the reader wrote them (the engine puts the added words first). */
  readonly order: ReadonlySignal<number[]> = computed(() => {
    const { expression = '', answer } = this.asked.answer.value ?? {};
    const left = (answer?.terms ?? []).map((term, index) => ({ ...term, index }));
    return (parseExpression(expression) ?? []).flatMap(({ word, sign }) => {
      const at = left.findIndex((term) => term.word === word && term.sign === sign);
      return at < 0 ? [] : left.splice(at, 1).map(({ index }) => index);
    });
  });

  readonly expectation: ReadonlySignal<Expectation | null> = computed(() => {
    const word = this.expected.value;
    const answer = this.asked.answer.value?.answer;
    if (!word || !answer) return null;
    const index = answer.neighbors.findIndex((neighbor) => neighbor.word === word);
    return { word, known: this.source.known.value.has(word), place: index < 0 ? null : index + 1, searched: answer.neighbors.length };
  });

  /**
   * The score of the inspected word worked out from its parts as they are shown, with `digits` decimals, if the last digit then
   * differs from the score's own: the engine rounds nothing before the end. null where both show the same.
   */
  roundedScore(digits = 3): number | null {
    const row = this.inspected.value;
    const answer = this.asked.answer.value?.answer;
    if (!row || !answer || answer.method !== 'add') return null;
    const shown = (value: number) => Number(value.toFixed(digits));
    const sum = answer.terms.reduce((total, { sign }, i) => total + sign * shown(row.partials[i] ?? 0), 0);
    const byHand = shown(sum / shown(answer.length));
    return byHand === shown(row.score) ? null : byHand;
  }

  /** Where the score of `word` can be unfolded. */
  scoreAddress(word: string): string {
    const { expression = '', answer } = this.asked.answer.value ?? {};
    return answer?.method === 'mul' ? `words/cosmul[${expression}|${word}]` : `words/score[${expression}|${word}]`;
  }

  async explain(address: string): Promise<Explanation> {
    return (await this.source.load()).explain(address);
  }

  /** Asks the engine now and whenever the question changes, until dispose. */
  follow(): this {
    this.#unfollow = effect(() => void this.ask());
    return this;
  }
  dispose(): void {
    this.#unfollow();
  }

  readonly spoken: ReadonlySignal<string> = computed(() => {
    const current = this.asked.answer.value;
    const obstacle = this.obstacle.value;
    if (obstacle) return obstacle.kind === 'empty' ? 'A field is empty: type a word.' : '';
    if (!current) return '';
    const first = this.ranking.value.find(({ place }) => place === 1);
    const terms = parseExpression(current.expression) ?? [];
    const left = this.ranking.value.filter(({ place }) => place === null);
    const expectation = this.expectation.value;
    return [
      first ? `${expressionWords(terms)} gives ${first.word}, score ${format(first.score, 2)}.` : '',
      left.length > 0
        ? `Left out, though ahead in the list: ${left.map(({ word, wouldBe }) => `${word}, which would be number ${wouldBe}`).join('; ')}.`
        : '',
      expectation ? expectationText(expectation) : '',
    ]
      .filter(Boolean)
      .join(' ');
  });

  to_state(): string {
    return packFields({
      e: expressionText(this.terms.value),
      keep: this.keepQuestion.value ? '1' : undefined,
      method: this.method.value === 'mul' ? 'mul' : undefined,
      expect: this.expected.value || undefined,
    });
  }

  from_state(state: string): void {
    const fields = unpackFields(state);
    batch(() => {
      const terms = parseExpression(fields.e ?? '');
      if (terms) this.terms.value = terms;
      this.keepQuestion.value = fields.keep === '1';
      this.method.value = fields.method === 'mul' ? 'mul' : 'add';
      this.expected.value = cleanWord(fields.expect ?? '');
      this.chosen.value = '';
    });
  }

  #change(change: (terms: readonly SignedWord[]) => readonly SignedWord[]): void {
    this.terms.value = change(this.terms.value);
  }
}

export function expectationText({ word, known, place, searched }: Expectation): string {
  if (!known) return `“${word}” is not in the vocabulary, so it cannot come at all.`;
  if (place === null) return `${word} is not among the first ${formatCount(searched)}.`;
  return place === 1 ? `${word} comes first.` : `${word} comes in place ${formatCount(place)}.`;
}

/** Without the fields that the reader has not filled in yet. */
function written(terms: readonly SignedWord[]): SignedWord[] {
  return terms.filter(({ word }) => word !== '');
}

/** As it can be looked up: lower case, without the marks that addresses use. A blank inside stays, for then it is no one word. */
function cleanWord(text: string): string {
  return text
    .toLowerCase()
    .replace(/[+\-−,[\]|]+/g, '')
    .trim()
    .replace(/\s+/g, ' ');
}

function noop(): void {}

function ranked({ word, score, partials }: Neighbor, place: number | null, wouldBe: number | null): RankedWord {
  return { word, score, place, wouldBe, partials };
}
