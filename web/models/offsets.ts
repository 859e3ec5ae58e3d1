// Do the pairs of a relation differ by the same vector? The parallelogram in the plane that carries it, and the cosines of the
// differences with each other, beside the same words with their partners swapped.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { format } from '../drawing/format.ts';
import type { Relation } from './analogy_pairs.ts';
import { type Combination, CombinationSource, combine, cosines, offset, weightedSum } from './combinations.ts';
import { Asked, type WidgetModel } from './model.ts';
import { packFields, unpackFields } from './url_state.ts';
import type { WordSource } from './word_source.ts';

export type Pair = readonly [string, string];

/** How many pairs of a relation the figure offers. */
export const mostPairs = 10;

export interface PlanePoint {
  word: string;
  x: number;
  y: number;
}

export interface OffsetsAnswer {
  /** Pairs that are drawn, both words known. */
  drawn: Pair[];
  /** Their numbers among the offered pairs, counted from 1. */
  places: number[];
  points: PlanePoint[];
  /** Share of the drawn words' variance that lies in the plane, 0 to 1. */
  explained: number;
  /** Where a₂ − a₁ + b₁ falls in the plane, when exactly two pairs are drawn. */
  fourth: { x: number; y: number } | null;
  /** All offered pairs, and cosines[i][j] of their differences. */
  pairs: Pair[];
  cosines: Float32Array[];
  /** Mean cosine of the differences of two different pairs; of true pairs, and with the partners swapped round by one. */
  mean: number;
  swapped: number;
  /** One pair of the swapped ones, to show what is meant. */
  example: Pair;
  source: CombinationSource;
}

export class OffsetsModel implements WidgetModel {
  readonly relation: Signal<string>;
  /** Places of the drawn pairs among the offered ones. */
  readonly drawn: Signal<readonly number[]>;
  readonly relations: Signal<readonly Relation[]> = signal([]);
  /** What the reader is told about a choice that was not taken; empty for nothing. */
  readonly note: Signal<string> = signal('');
  #unfollow: () => void = () => {};
  readonly asked = new Asked<OffsetsAnswer>();

  constructor(
    readonly words: WordSource,
    private readonly lists: () => Promise<readonly Relation[]>,
    start: { relation?: string; drawn?: readonly number[] } = {},
  ) {
    this.relation = signal(start.relation ?? 'male-female');
    this.drawn = signal(start.drawn?.length ? start.drawn : [0, 1]);
  }

  /** The relation that is chosen; the first if the name is not known. */
  readonly current: ReadonlySignal<Relation | null> = computed(
    () => this.relations.value.find(({ name }) => name === this.relation.value) ?? this.relations.value[0] ?? null,
  );

  choose(relation: string): void {
    batch(() => {
      this.relation.value = relation;
      this.drawn.value = [0, 1];
      this.note.value = '';
    });
  }

  /** Draws a pair, or takes it out; two always stay, for a plane wants them. */
  toggle(place: number): void {
    const now = this.drawn.value;
    const within = now.includes(place);
    batch(() => {
      this.note.value = within && now.length <= 2 ? 'Two pairs are needed: add another one, then this one can go.' : '';
      if (!within) this.drawn.value = [...now, place].sort((one, other) => one - other);
      else if (now.length > 2) this.drawn.value = now.filter((other) => other !== place);
    });
  }
  drawAll(): void {
    this.note.value = '';
    this.drawn.value = (this.asked.answer.value?.pairs ?? []).map((_, index) => index);
  }

  ask(): Promise<void> {
    const relation = this.relation.value;
    const drawn = this.drawn.value;
    return this.asked.ask(async () => {
      if (this.relations.peek().length === 0) this.relations.value = await this.lists();
      const vectors = await this.words.load();
      const lab = await this.words.engine();
      const chosen = this.relations.peek().find(({ name }) => name === relation) ?? this.relations.peek()[0];
      const known = new Set(this.words.vocabulary.value);
      const pairs = (chosen?.pairs ?? []).filter((pair) => pair.every((word) => known.has(word))).slice(0, mostPairs);
      const asked = drawn.filter((place) => place < pairs.length);
      const places = asked.length < 2 ? pairs.slice(0, 2).map((_, place) => place) : asked;
      const shown = places.flatMap((place) => pairs.slice(place, place + 1));
      const words = shown.flat();
      const plane = await vectors.plane({ words });
      const points = words.map((word, i) => ({ word, x: plane.points[2 * i] ?? 0, y: plane.points[2 * i + 1] ?? 0 }));
      const trueOffsets = await combine(
        lab,
        vectors,
        pairs.map(([a, b]) => offset(a, b)),
      );
      const swappedOffsets = await combine(
        lab,
        vectors,
        pairs.map(([a], i) => offset(a, pairs[(i + 1) % pairs.length]?.[1] ?? a)),
      );
      const own = await cosines(
        lab,
        trueOffsets.map(({ values }) => values),
        trueOffsets.map(({ values }) => values),
      );
      const other = await cosines(
        lab,
        swappedOffsets.map(({ values }) => values),
        swappedOffsets.map(({ values }) => values),
      );
      const means = new Map([
        ['mean', meanOf('mean cosine of two differences', own, trueOffsets, 0)],
        ['swapped', meanOf('mean cosine of two differences, partners swapped', other, swappedOffsets, pairs.length)],
      ]);
      const [a1, b1, a2] = points;
      return {
        drawn: shown,
        places: places.map((place) => place + 1),
        points,
        pairs,
        cosines: own,
        explained: plane.explained[0] + plane.explained[1],
        fourth: shown.length === 2 && a1 && b1 && a2 ? { x: a2.x - a1.x + b1.x, y: a2.y - a1.y + b1.y } : null,
        mean: weightedSum(means.get('mean')?.terms ?? []),
        swapped: weightedSum(means.get('swapped')?.terms ?? []),
        example: [pairs[0]?.[0] ?? '', pairs[1 % pairs.length]?.[1] ?? ''],
        source: new CombinationSource(lab, vectors, [...trueOffsets, ...swappedOffsets], means),
      };
    });
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
    const answer = this.asked.answer.value;
    if (this.note.value) return this.note.value;
    if (!answer) return '';
    const shown = answer.drawn.map(([a, b]) => `${a} to ${b}`).join(', ');
    return (
      `${this.current.value?.says ?? ''}: ${shown}. The plane holds ${Math.round(100 * answer.explained)} percent of what tells these words apart. ` +
      `Mean cosine of two differences ${format(answer.mean, 2)}, with the partners swapped ${format(answer.swapped, 2)}.`
    );
  });

  to_state(): string {
    return packFields({ r: this.relation.value, p: this.drawn.value.join(',') });
  }

  from_state(state: string): void {
    const { r, p } = unpackFields(state);
    const drawn = [...new Set((p ?? '').split(',').filter(Boolean).map(Number))].filter(
      (place) => Number.isInteger(place) && place >= 0 && place < mostPairs,
    );
    batch(() => {
      if (r && /^[\w-]+$/.test(r)) this.relation.value = r;
      this.note.value = '';
      if (drawn.length >= 2) this.drawn.value = drawn.sort((one, other) => one - other);
    });
  }
}

/** The mean over all unordered pairs of different rows; the terms' addresses count the rows from `first`. */
function meanOf(label: string, table: readonly Float32Array[], rows: readonly Combination[], first: number) {
  const count = (rows.length * (rows.length - 1)) / 2;
  const terms = rows.flatMap((one, i) =>
    rows.slice(i + 1).map((other, k) => {
      const j = i + 1 + k;
      return {
        label: `${one.name} · ${other.name}`,
        address: `combined[${first + i},${first + j}]/cosine`,
        coefficient: 1 / count,
        value: table[i]?.[j] ?? 0,
      };
    }),
  );
  return { label, formula: `Σ cosine / ${count}`, terms };
}
