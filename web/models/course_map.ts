// The whole course as one operation: for every lesson one number that the engine computes now, and what is compared with what in it.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { formatSignificant } from '../drawing/format.ts';
import type { Lab, Network } from '../engine/index.ts';
import { Asked, type WidgetModel } from './model.ts';
import { matrixOf, pointSet } from './point_sets.ts';
import { type Explains, pairSource } from './unfold.ts';

export interface NodeAnswer {
  value: number;
  address: string;
  source: Explains;
  digits: number;
}

export interface CourseNode {
  /** The lesson's number, from 1. */
  number: number;
  /** The two that are compared. */
  left: string;
  right: string;
  /** What the number is called there, and what is small print about it. */
  says: string;
  /** What is added while the lesson is not written. */
  untilWritten?: string;
  needs: 'engine' | 'digits' | 'words';
  answer(lab: Lab): Promise<NodeAnswer>;
}

/** Made up, and called so: a query, a key and values of four places. */
const query = [1.2, -0.4, 0.8, 2.0];
const keys = [
  [0.9, 0.5, -0.3, 1.5],
  [-0.7, 1.1, 0.4, 0.2],
  [0.1, -0.9, 1.3, -0.6],
];
const values = [2, -1, 0.5];
const root = Math.sqrt(query.length);
const dimensions = 300;
/** A question and a page, as a search would compare them. */
const texts = ['how do birds find their way', 'swallows return each spring to the barn where they were born'];
const digit = { count: 1, seed: 7 };

async function pairOf(lab: Lab, a: ArrayLike<number>, b: ArrayLike<number>, address = 'pair/dot', digits = 2): Promise<NodeAnswer> {
  const source = pairSource(async () => lab, a, b);
  return { value: (await source.explain(address)).result, address, source, digits };
}

async function wordsOf(lab: Lab, address: string): Promise<NodeAnswer> {
  const words = await lab.vectors('words');
  return { value: (await words.explain(address)).result, address, source: words, digits: 2 };
}

/** A network that told two half moons apart after `steps`, and a point of them: for the lessons that need something trained. */
async function trained(lab: Lab, hidden: readonly number[], steps: number): Promise<{ network: Network; point: readonly number[] }> {
  const set = pointSet('moons', { seed: 1, count: 160 });
  const examples = await lab.examples({ rows: matrixOf(set.points), labels: set.labels, classes: set.classes });
  const network = await lab.newNetwork({ inputs: 2, hidden, classes: set.classes, activation: 'tanh', seed: 8 });
  const training = await network.train(examples, { optimizer: 'adam', rate: 0.02, seed: 8 });
  await training.run({ steps });
  await training.dispose();
  await examples.dispose();
  return { network, point: set.points[0] ?? [0, 0] };
}

/** A number of one pass over one row. */
async function passOf(network: Network, row: ArrayLike<number>, address: string): Promise<NodeAnswer> {
  const forward = await network.forward(Float32Array.from(row));
  const explained = await forward.explain(address);
  return { value: explained.result, address, source: forward, digits: 2 };
}

export const courseNodes: readonly CourseNode[] = [
  {
    number: 1,
    left: 'a list',
    right: 'a list',
    says: 'the dot product of [1, 2, 3] and [4, 5, 6]',
    needs: 'engine',
    answer: async (lab) => ({ ...(await pairOf(lab, [1, 2, 3], [4, 5, 6])), digits: 0 }),
  },
  {
    number: 2,
    left: 'an arrow',
    right: 'an arrow',
    says: 'the cosine of [3, 1] and [1, 2]: both at length 1',
    needs: 'engine',
    answer: (lab) => pairOf(lab, [3, 1], [1, 2], 'pair/cosine-of-units'),
  },
  {
    number: 3,
    left: 'a word',
    right: 'a word',
    says: 'king and queen',
    needs: 'words',
    answer: (lab) => wordsOf(lab, 'words/cosine[king,queen]'),
  },
  {
    number: 4,
    left: 'a sum of words',
    right: 'a word',
    says: 'king − man + woman, and queen',
    needs: 'words',
    answer: (lab) => wordsOf(lab, 'words/score[king-man+woman|queen]'),
  },
  {
    number: 5,
    left: 'a random direction',
    right: 'another',
    says: `the cosine of two drawn at random in ${dimensions} dimensions`,
    needs: 'engine',
    answer: async (lab) =>
      pairOf(
        lab,
        await lab.random.normal(dimensions, { seed: 1 }),
        await lab.random.normal(dimensions, { seed: 2 }),
        'pair/cosine-of-units',
      ),
  },
  {
    number: 6,
    left: 'a template',
    right: 'a picture',
    says: 'the score of the right template for a digit drawn by a seeded pen',
    needs: 'digits',
    answer: async (lab) => {
      const drawn = await lab.strokeDigits(digit);
      const [{ data }, [label = 0]] = [await drawn.rows(0, 1), await drawn.labels()];
      await drawn.dispose();
      return passOf(await lab.network('digits'), data, `network/row[0][1][${label}]`);
    },
  },
  {
    number: 7,
    left: 'a class vector',
    right: 'a point',
    says: 'in a classifier that was trained just now',
    needs: 'engine',
    answer: async (lab) => {
      const { network, point } = await trained(lab, [], 200);
      return passOf(network, point, 'network/row[0][1][0]');
    },
  },
  {
    number: 8,
    left: 'a query',
    right: 'a key',
    says: 'two made-up vectors of four places',
    needs: 'engine',
    answer: (lab) => pairOf(lab, query, keys[0] ?? []),
  },
  {
    number: 9,
    left: 'the same query ÷ √4',
    right: 'the same key',
    says: 'the score, kept small before the softmax',
    needs: 'engine',
    answer: (lab) =>
      pairOf(
        lab,
        query.map((x) => x / root),
        keys[0] ?? [],
      ),
  },
  {
    number: 10,
    left: 'the weights',
    right: 'the values',
    says: 'one place of a head’s output, from made-up vectors',
    untilWritten: 'The lab holds no whole transformer yet.',
    needs: 'engine',
    answer: async (lab) => {
      const scores = await lab.matvec(
        { rows: keys.length, columns: query.length, data: keys.flat() },
        query.map((x) => x / root),
      );
      return pairOf(lab, await lab.softmax(scores), values);
    },
  },
  {
    number: 11,
    left: 'a probe',
    right: 'a hidden state',
    says: 'is the point in the upper half? Asked of two units of a network as in lesson 13',
    untilWritten: 'No language model is asked yet.',
    needs: 'engine',
    answer: async (lab) => {
      const { network } = await trained(lab, [2], 400);
      const set = pointSet('moons', { seed: 1, count: 160 });
      const { layers } = await network.forward(matrixOf(set.points));
      await network.dispose();
      const hidden = (layers[0] as (typeof layers)[number]).h;
      const labels = set.points.map(([, y]) => (y > 0 ? 1 : 0));
      const examples = await lab.examples({ rows: hidden, labels, classes: ['lower', 'upper'] });
      const probe = await lab.newNetwork({ inputs: hidden.columns, classes: ['lower', 'upper'] });
      const training = await probe.train(examples, { rate: 0.3 });
      await training.run({ steps: 200 });
      await training.dispose();
      await examples.dispose();
      return passOf(probe, hidden.data.slice(0, hidden.columns), 'network/row[0][1][1]');
    },
  },
  {
    number: 12,
    left: 'a question',
    right: 'a page',
    says: `“${texts[0]}” and “${texts[1]}”`,
    needs: 'words',
    answer: async (lab) => {
      const words = await lab.vectors('words');
      const { vectors } = await words.texts(texts);
      const row = (r: number) => vectors.data.slice(r * vectors.columns, (r + 1) * vectors.columns);
      return pairOf(lab, row(0), row(1));
    },
  },
  {
    number: 13,
    left: 'a row of the matrix',
    right: 'a point of the plane',
    says: 'the first unit of a network that bends half moons apart',
    needs: 'engine',
    answer: async (lab) => {
      const { network, point } = await trained(lab, [2], 400);
      return passOf(network, point, 'network/row[0][1][0]');
    },
  },
];

export interface LiveNode extends CourseNode {
  asked: Asked<NodeAnswer>;
}

export class CourseMapModel implements WidgetModel {
  readonly nodes: readonly LiveNode[];
  /** Whether the reader has asked for the nodes that want the word vectors. */
  readonly wordsWanted: Signal<boolean> = signal(false);
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());
  #begun = false;

  constructor(
    private readonly engine: () => Promise<Lab>,
    nodes: readonly CourseNode[] = courseNodes,
  ) {
    this.nodes = nodes.map((node) => ({ ...node, asked: new Asked<NodeAnswer>() }));
  }

  /** Asks for all numbers but those of words. Called when the reader comes near. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    for (const node of this.nodes) if (node.needs !== 'words') this.ask(node);
  }

  ask_words(): void {
    this.wordsWanted.value = true;
    for (const node of this.nodes) if (node.needs === 'words') this.ask(node);
  }

  ask(node: LiveNode): void {
    void node.asked.ask(async () => node.answer(await this.engine()));
  }

  to_state(): string {
    return '';
  }

  from_state(): void {}

  #words(): string {
    const answered = this.nodes.filter(({ asked }) => asked.answer.value);
    const failed = this.nodes.filter(({ asked }) => asked.failure.value);
    if (answered.length + failed.length < this.nodes.filter(({ needs }) => needs !== 'words' || this.wordsWanted.value).length) return '';
    const all = answered.map(
      ({ number, left, right, asked }) => `${number}: ${left} with ${right}, ${formatSignificant(asked.answer.value?.value ?? 0, 3)}`,
    );
    return `${answered.length} of ${this.nodes.length} numbers, each a sum of products. ${all.join('; ')}.`;
  }
}
