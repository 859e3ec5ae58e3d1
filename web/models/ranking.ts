// One query arrow and a few candidates: their order by dot product, their order by cosine, and where the two differ.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { Lab, PairAnswer } from '../engine/index.ts';
import { type Arrow, arrow } from './angle.ts';
import { Asked, type WidgetModel } from './model.ts';
import { type Explains, pairSource } from './unfold.ts';
import { packFields, packVector, unpackFields, unpackVector } from './url_state.ts';

export interface Candidate {
  name: string;
  pair: PairAnswer;
  source: Explains;
  /** 1 is first; equal scores share the better place. */
  byDot: number;
  /** null for a candidate of length 0, which has no cosine. */
  byCosine: number | null;
}

type Engine = () => Promise<Pick<Lab, 'pair' | 'explainPair'>>;

const names = ['p', 'q', 'r', 's', 't'];

export class RankingModel implements WidgetModel {
  readonly query: Signal<Arrow>;
  readonly candidates: Signal<readonly Arrow[]>;
  readonly asked = new Asked<Candidate[]>();
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());

  constructor(
    private readonly engine: Engine,
    start: { query?: readonly number[] | null; candidates?: readonly (readonly number[])[] } = {},
  ) {
    this.query = signal(arrow(start.query) ?? [2, 1]);
    const given = (start.candidates ?? []).map(arrow).filter((one): one is Arrow => one !== null);
    this.candidates = signal(
      given.length >= 2
        ? given.slice(0, names.length)
        : [
            [1, 0.6],
            [3.6, -0.4],
            [0.8, 2.4],
          ],
    );
    this.#ask();
  }

  /** Moves the query (index −1) or a candidate. */
  move(index: number, x: number, y: number): void {
    const moved = arrow([Math.round(x * 100) / 100, Math.round(y * 100) / 100]);
    if (!moved) return;
    if (index < 0) this.query.value = moved;
    else this.candidates.value = this.candidates.peek().map((old, i) => (i === index ? moved : old));
    this.#ask();
  }

  name(index: number): string {
    return names[index] ?? String(index + 1);
  }

  to_state(): string {
    return packFields({ query: packVector(this.query.value), to: this.candidates.value.map(packVector).join('|') });
  }

  from_state(state: string): void {
    const fields = unpackFields(state);
    const query = arrow(unpackVector(fields.query));
    const candidates = (fields.to ?? '').split('|').map((text) => arrow(unpackVector(text)));
    if (!query || candidates.length < 2 || candidates.length > names.length || candidates.some((one) => one === null)) return;
    batch(() => {
      this.query.value = query;
      this.candidates.value = candidates as Arrow[];
    });
    this.#ask();
  }

  retry(): void {
    this.#ask();
  }

  #ask(): void {
    const query = this.query.peek();
    const candidates = this.candidates.peek();
    void this.asked.ask(async () => {
      const lab = await this.engine();
      const pairs = await Promise.all(candidates.map((candidate) => lab.pair([...query], [...candidate])));
      const place = (scores: (number | null)[], score: number | null) =>
        score === null ? null : 1 + scores.filter((other) => other !== null && other > score).length;
      const dots = pairs.map((pair) => pair.dot);
      const cosines = pairs.map((pair) => pair.cosine);
      return pairs.map((pair, i) => ({
        name: this.name(i),
        pair,
        source: pairSource(this.engine, query, candidates[i] ?? [0, 0]),
        byDot: place(dots, pair.dot) ?? 1,
        byCosine: place(cosines, pair.cosine),
      }));
    });
  }

  #words(): string {
    const failure = this.asked.failure.value;
    if (failure) return failure.message;
    const found = this.asked.answer.value;
    if (!found) return '';
    const order = (key: 'byDot' | 'byCosine') =>
      found
        .filter((one) => one[key] !== null)
        .sort((x, y) => (x[key] ?? 0) - (y[key] ?? 0))
        .map((one) => one.name)
        .join(', ');
    const [dot, cosine] = [order('byDot'), order('byCosine')];
    return dot === cosine ? `By dot product and by cosine alike: ${dot}.` : `By dot product: ${dot}. By cosine: ${cosine}.`;
  }
}
