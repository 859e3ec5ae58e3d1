// What the corpus says about people without meaning to, by two published measures. The word sets stand in
// bias_words.ts.
//   direction: cosine of a word with the direction from his words to her words, after Bolukbasi et al. 2016;
//   association: the Word Embedding Association Test (WEAT) of Caliskan, Bryson & Narayanan 2017.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { format } from '../drawing/format.ts';
import type { Vectors } from '../engine/index.ts';
import { type AssociationTest, associationTests, directionPairs, occupations } from './bias_words.ts';
import { type Combination, CombinationSource, combine, cosines, unitRows, weightedSum } from './combinations.ts';
import { Asked, type WidgetModel } from './model.ts';
import { deviationOf, effectOf, meanOf } from './statistics.ts';
import { packFields, unpackFields } from './url_state.ts';
import type { WordSource } from './word_source.ts';

export type Measure = 'direction' | 'association';

export interface Placed {
  word: string;
  value: number;
  address: string;
  /** Only for the direction: the share of all words of the vocabulary that lie further toward his words. */
  share?: number;
  /** Whether the reader added it. */
  own?: boolean;
  /** Only for the association: which set of targets it belongs to. */
  set?: 'x' | 'y';
}

export interface BiasAnswer {
  measure: Measure;
  words: Placed[];
  source: CombinationSource;
  /** Direction: mean and standard deviation over the whole vocabulary, the background against which a value is large or small. */
  background?: { mean: number; deviation: number; count: number };
  /** Association: effect size d, and the exact share of all ways to divide the targets that give as much or more. */
  effect?: { d: number; p: number; splits: number };
  /** Words of the lists that the vocabulary does not hold. */
  missing: string[];
}

export class BiasModel implements WidgetModel {
  readonly measure: Signal<Measure>;
  readonly test: Signal<string>;
  /** Words that the reader added to the occupations. */
  readonly own: Signal<readonly string[]> = signal([]);
  #unfollow: () => void = () => {};
  readonly asked = new Asked<BiasAnswer>();

  constructor(
    readonly words: WordSource,
    start: { measure?: Measure; test?: string; own?: readonly string[] } = {},
  ) {
    this.measure = signal(start.measure ?? 'direction');
    this.test = signal(start.test ?? 'flowers');
    this.own.value = start.own ?? [];
  }

  readonly currentTest: ReadonlySignal<AssociationTest> = computed(
    () => associationTests.find(({ id }) => id === this.test.value) ?? (associationTests[0] as AssociationTest),
  );

  add(word: string): void {
    const clean = word.trim().toLowerCase();
    if (/^[^\s,;[\]|+-]+$/.test(clean) && !this.own.value.includes(clean) && this.own.value.length < 12)
      this.own.value = [...this.own.value, clean];
  }
  remove(word: string): void {
    this.own.value = this.own.value.filter((other) => other !== word);
  }

  ask(): Promise<void> {
    const [measure, test, own] = [this.measure.value, this.currentTest.value, this.own.value];
    return this.asked.ask(async () => {
      const vectors = await this.words.load();
      return measure === 'direction' ? this.#direction(vectors, own) : this.#association(vectors, test);
    });
  }

  async #direction(vectors: Vectors, own: readonly string[]): Promise<BiasAnswer> {
    const lab = await this.words.engine();
    const known = new Set(this.words.vocabulary.value);
    const pairs = directionPairs.filter((pair) => pair.every((word) => known.has(word)));
    const listed = [...occupations, ...own].filter((word, index, all) => known.has(word) && all.indexOf(word) === index);
    const combined = await combine(lab, vectors, [
      {
        name: 'her words − his words',
        parts: pairs.flatMap(([he, she]) => [
          { word: she, coefficient: 1 },
          { word: he, coefficient: -1 },
        ]),
      },
      ...listed.map((word) => ({ name: word, parts: [{ word, coefficient: 1 }] })),
    ]);
    const [direction, ...rows] = combined as [Combination, ...Combination[]];
    const all = await vectors.nearest(direction.values, { count: vectors.size });
    const place = new Map(all.map(({ word }, index) => [word, index]));
    const scores = all.map(({ score }) => score);
    const values = (
      await cosines(
        lab,
        rows.map((row) => row.values),
        [direction.values],
      )
    ).map((row) => row[0] ?? 0);
    const words = listed.map((word, index) => ({
      word,
      value: values[index] ?? 0,
      address: `combined[${index + 1},0]/cosine`,
      share: (all.length - 1 - (place.get(word) ?? 0)) / Math.max(1, all.length - 1),
      own: own.includes(word),
    }));
    return {
      measure: 'direction',
      words: words.sort((one, other) => other.value - one.value),
      source: new CombinationSource(lab, vectors, combined),
      background: { mean: meanOf(scores), deviation: deviationOf(scores), count: scores.length },
      missing: [...occupations, ...own, ...directionPairs.flat()].filter((word) => !known.has(word)),
    };
  }

  async #association(vectors: Vectors, test: AssociationTest): Promise<BiasAnswer> {
    const lab = await this.words.engine();
    const known = new Set(this.words.vocabulary.value);
    const [a, b] = [test.a, test.b].map(({ words }) => words.filter((word) => known.has(word))) as [string[], string[]];
    // X and Y must stay of one size: a word that is missing takes a partner out with it.
    const both = [test.x, test.y].map(({ words }) => words.filter((word) => known.has(word)));
    const size = Math.min(...both.map(({ length }) => length));
    const [x, y] = both.map((words) => words.slice(0, size)) as [string[], string[]];
    const [targets, attributes] = [
      [...x, ...y],
      [...a, ...b],
    ];
    const [left, right] = await Promise.all([unitRows(vectors, targets), unitRows(vectors, attributes)]);
    const rows = (matrix: typeof left) =>
      Array.from({ length: matrix.rows }, (_, i) => matrix.data.subarray(i * matrix.columns, (i + 1) * matrix.columns));
    const table = await cosines(lab, rows(left), rows(right));
    const sums = new Map(
      targets.map((word, row) => [
        word,
        {
          label: `association of ${word}`,
          formula: `mean cosine with “${test.a.name}” − mean cosine with “${test.b.name}”`,
          terms: attributes.map((attribute, column) => ({
            label: attribute,
            address: `words/cosine[${word},${attribute}]`,
            coefficient: column < a.length ? 1 / a.length : -1 / b.length,
            value: table[row]?.[column] ?? 0,
          })),
        },
      ]),
    );
    const values = targets.map((word) => weightedSum(sums.get(word)?.terms ?? []));
    return {
      measure: 'association',
      words: targets
        .map((word, index) => ({
          word,
          value: values[index] ?? 0,
          address: `weighted[${word}]`,
          set: index < size ? ('x' as const) : ('y' as const),
        }))
        .sort((one, other) => other.value - one.value),
      source: new CombinationSource(lab, vectors, [], sums),
      effect: effectOf(values.slice(0, size), values.slice(size)),
      missing: [test.x, test.y, test.a, test.b].flatMap(({ words }) => words).filter((word) => !known.has(word)),
    };
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
    const [first, last] = [answer?.words[0], answer?.words.at(-1)];
    if (!answer || !first || !last) return '';
    if (answer.effect)
      return `${this.currentTest.value.says}: effect size ${format(answer.effect.d, 2)}; ${format(100 * answer.effect.p, 2)} percent of all divisions give as much or more.`;
    return `Furthest toward her words: ${first.word}, ${format(first.value, 2)}. Furthest toward his words: ${last.word}, ${format(last.value, 2)}.`;
  });

  to_state(): string {
    return packFields({
      m: this.measure.value === 'association' ? 'weat' : undefined,
      t: this.test.value === 'flowers' ? undefined : this.test.value,
      w: this.own.value.join(',') || undefined,
    });
  }

  from_state(state: string): void {
    const { m, t, w } = unpackFields(state);
    batch(() => {
      this.measure.value = m === 'weat' ? 'association' : 'direction';
      this.test.value = associationTests.some(({ id }) => id === t) ? (t ?? 'flowers') : 'flowers';
      this.own.value = [];
      for (const word of (w ?? '').split(',').filter(Boolean)) this.add(word);
    });
  }
}
