// Short texts told apart by topic: each text is the mean direction of its words' vectors, each topic a vector that training turns
// toward its texts. A text that the reader writes is scored by one dot product per topic.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { format } from '../drawing/format.ts';
import type { CurvePoint, Explanation, Forward, Matrix, Network, Vectors } from '../engine/index.ts';
import { Asked, type WidgetModel } from './model.ts';
import type { TopicTexts } from './topic_texts.ts';
import type { Explains } from './unfold.ts';
import { packFields, unpackFields } from './url_state.ts';
import type { WordSource } from './word_source.ts';

/** Texts that are never trained on. */
const heldOut = 60;
/** How it is trained: Adam over thirty epochs, some hundredths of a second. */
const settings = { optimizer: 'adam', rate: 0.05, batch: 20 } as const;
const epochs = 30;
/** Words shown near a class vector. */
const near = 7;
export const longestText = 300;

export interface Trained {
  topics: readonly string[];
  network: Network;
  vectors: Vectors;
  /** Class vectors, one row per topic. */
  weights: Matrix;
  curve: readonly CurvePoint[];
  trainCount: number;
  correct: number;
  count: number;
  /** Texts held out whose topic was not found. */
  misses: readonly { text: string; truth: string; answer: string }[];
  /** The words nearest to each class vector. */
  nearest: readonly (readonly string[])[];
}

export interface Answered {
  text: string;
  trained: Trained;
  used: readonly string[];
  unknown: readonly string[];
  forward: Forward;
  source: Explains;
  /** Length of the sum of the words' unit vectors; 0 where no word is known. */
  length: number;
  /** pulls[w][k]: class vector k · unit vector of the used word w. */
  pulls: readonly (readonly number[])[];
  units: readonly Float32Array[];
}

export class TopicsModel implements WidgetModel {
  readonly text: Signal<string>;
  readonly seed: Signal<number>;
  /** The topic whose words are shown; null: the one that answers. */
  readonly looked: Signal<number | null> = signal(null);
  readonly training = new Asked<Trained>();
  readonly asked = new Asked<Answered>();
  #stops: (() => void)[] = [];

  constructor(
    readonly words: WordSource,
    private readonly texts: () => Promise<TopicTexts>,
    start: { text?: string; seed?: number } = {},
  ) {
    this.text = signal(start.text ?? '');
    this.seed = signal(start.seed ?? 1);
  }

  /** Trains and answers now and whenever what they depend on changes, until dispose. */
  follow(): this {
    this.#stops = [
      effect(() => void this.train(this.seed.value)),
      effect(() => {
        const [trained, text] = [this.training.answer.value, this.text.value];
        if (trained) void this.asked.ask(() => this.#answer(trained, text));
      }),
    ];
    return this;
  }

  write(text: string): void {
    batch(() => {
      this.text.value = text.slice(0, longestText);
      this.looked.value = null;
    });
  }

  async train(seed: number = this.seed.peek()): Promise<void> {
    const before = this.training.answer.peek();
    await this.training.ask(async () => {
      const vectors = await this.words.load();
      const lab = await this.words.engine();
      const { topics, texts, labels } = await this.texts();
      const { vectors: rows } = await vectors.texts(texts);
      const all = await lab.examples({ rows, labels, classes: topics });
      const parts = await all.split({ heldOut, seed });
      const network = await lab.newNetwork({ inputs: vectors.dimensions, classes: topics, seed });
      const training = await network.train(parts.train, { ...settings, seed, heldOut: parts.heldOut });
      await training.run({ steps: epochs * training.stepsPerEpoch });
      const curve = await training.curve();
      const { weights } = await network.layer(1);
      const { predicted, correct, count } = await network.evaluate(parts.heldOut);
      const misses = await missed(parts.heldOut, predicted, rows, { topics, texts, labels });
      const nearest = await Promise.all(
        topics.map(async (_, k) => (await vectors.nearest(rowOf(weights, k), { count: near })).map(({ word }) => word)),
      );
      const trainCount = parts.train.count;
      await Promise.all([training, all, parts.train, parts.heldOut].map((one) => one.dispose()));
      return { topics, network, vectors, weights, curve, trainCount, correct, count, misses, nearest };
    });
    if (before !== this.training.answer.peek()) void before?.network.dispose();
  }

  async #answer(trained: Trained, text: string): Promise<Answered> {
    const { vectors, network, weights } = trained;
    const lab = await this.words.engine();
    const { vectors: rows, used: listed, unknown } = await vectors.texts([text]);
    const used = listed[0] ?? [];
    const forward = await network.forward(rows);
    const expression = used.join('+');
    const length = used.length ? (await vectors.explain(`words/length[${expression}]`)).result : 0;
    const units = await Promise.all(used.map((word) => vectors.unit(word)));
    const pulls = await Promise.all(units.map(async (unit) => [...(await lab.matvec(weights, unit))]));
    return {
      text,
      trained,
      used,
      unknown: unknown[0] ?? [],
      forward,
      source: new TextSource(forward, vectors, expression),
      length,
      pulls,
      units,
    };
  }

  readonly spoken: ReadonlySignal<string> = computed(() => {
    const answer = this.asked.answer.value;
    if (!answer) return '';
    if (answer.used.length === 0) return 'No word of this text is in the vocabulary.';
    const k = answer.forward.predicted[0] ?? 0;
    return `${answer.trained.topics[k]}, with a probability of ${format(100 * (answer.forward.probabilities.data[k] ?? 0), 0)} percent.`;
  });

  dispose(): void {
    for (const stop of this.#stops) stop();
    void this.training.answer.peek()?.network.dispose();
  }

  to_state(): string {
    const { text, seed, looked } = this;
    return packFields({ t: text.value || undefined, s: seed.value === 1 ? undefined : seed.value, k: looked.value ?? undefined });
  }

  from_state(state: string): void {
    const { t, s, k } = unpackFields(state);
    batch(() => {
      if (t !== undefined) this.text.value = t.slice(0, longestText);
      if (s === undefined || /^\d{1,6}$/.test(s)) this.seed.value = Number(s ?? 1);
      this.looked.value = k !== undefined && /^\d$/.test(k) ? Number(k) : null;
    });
  }
}

const rowOf = ({ columns, data }: Matrix, row: number) => data.subarray(row * columns, (row + 1) * columns);

/** Which texts were held out and answered wrong: the rows of a split are copies, found again by their numbers. */
async function missed(
  part: { rows(from: number, count: number): Promise<Matrix>; labels(): Promise<Uint8Array>; count: number },
  predicted: Uint8Array,
  all: Matrix,
  { topics, texts }: TopicTexts,
): Promise<Trained['misses']> {
  const rows = await part.rows(0, part.count);
  const labels = await part.labels();
  const key = (matrix: Matrix, row: number) => rowOf(matrix, row).join();
  const places = new Map(texts.map((_, i) => [key(all, i), i]));
  return [...predicted].flatMap((answer, row) => {
    const truth = labels[row] ?? 0;
    if (answer === truth) return [];
    return [{ text: texts[places.get(key(rows, row)) ?? -1] ?? '', truth: topics[truth] ?? '', answer: topics[answer] ?? '' }];
  });
}

/** The numbers of a text's scores, and below them those of its words: the network's input unfolds to the words that made it. */
class TextSource implements Explains {
  constructor(
    private readonly forward: Forward,
    private readonly vectors: Vectors,
    private readonly expression: string,
  ) {}

  explain(address: string): Promise<Explanation> {
    const place = /^network\/input\[0\]\[(\d+)\]$/.exec(address)?.[1];
    if (place !== undefined && this.expression) return this.vectors.explain(`words/target[${this.expression}][${place}]`);
    return address.startsWith('words/') ? this.vectors.explain(address) : this.forward.explain(address);
  }
}
