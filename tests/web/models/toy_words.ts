// An engine for tests of the word widgets: plain double arithmetic over a dozen made-up vectors. It follows the public types, so
// that a model cannot tell it from the real one, and it is small enough to check by hand.
import { LabError } from '../../../web/engine/errors.ts';
import type {
  AnalogyAnswer,
  AnalogyQuery,
  BenchmarkOptions,
  BenchmarkSection,
  Explanation,
  Lab,
  MatrixInput,
  Neighbor,
  NumberArray,
  SectionScore,
  Vectors,
} from '../../../web/engine/types.ts';
import { leaf } from '../fake_explanation.ts';

/** Four made-up dimensions: man–woman, common–royal, young, thing. */
const made: Record<string, number[]> = {
  king: [1, 1, 0, 0.1],
  queen: [-1, 1, 0, 0.1],
  man: [1, -0.2, 0, 0],
  woman: [-1, -0.2, 0, 0],
  prince: [1, 0.9, 0.8, 0],
  princess: [-1, 0.9, 0.8, 0],
  boy: [1, -0.3, 0.9, 0],
  girl: [-1, -0.3, 0.9, 0],
  he: [0.9, -0.6, 0.1, 0.2],
  she: [-0.9, -0.6, 0.1, 0.2],
  nurse: [-0.5, 0, 0.1, 0.9],
  engineer: [0.5, 0, 0.1, 0.9],
  table: [0, 0, 0.1, 1],
  river: [0.05, 0.1, -0.1, 1],
};

const dot = (a: NumberArray, b: NumberArray) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};
const unitOf = (a: NumberArray) => {
  const length = Math.sqrt(dot(a, a));
  return Float32Array.from(Array.from(a), (value) => value / length);
};

export class ToyVectors implements Vectors {
  readonly name = 'words';
  readonly size: number;
  readonly dimensions: number;
  readonly #list: string[];
  readonly #units: Map<string, Float32Array>;
  /** Questions a benchmark answers before it looks up; set `hold` to keep one waiting there. */
  hold: Promise<void> | undefined;
  asked: string[] = [];

  /** @param rows each word's numbers; every word has as many. */
  constructor(private readonly rows: Readonly<Record<string, ArrayLike<number>>> = made) {
    this.#list = Object.keys(rows);
    this.size = this.#list.length;
    this.dimensions = rows[this.#list[0] ?? '']?.length ?? 0;
    this.#units = new Map(this.#list.map((word) => [word, unitOf(rows[word] ?? [])]));
  }

  async texts(texts: readonly string[]) {
    const split = texts.map((text) => text.toLowerCase().match(/[a-z]+/g) ?? []);
    const used = split.map((words) => words.filter((word) => word in this.rows));
    const data = used.flatMap((words) => {
      const sum = Array.from({ length: this.dimensions }, (_, i) => words.reduce((total, word) => total + (this.#unit(word)[i] ?? 0), 0));
      return words.length ? [...unitOf(sum)] : sum;
    });
    const vectors = { rows: texts.length, columns: this.dimensions, data: Float32Array.from(data) };
    return { vectors, used, unknown: split.map((words) => words.filter((word) => !(word in this.rows))) };
  }

  #unit(word: string): Float32Array {
    return this.#units.get(word) ?? new Float32Array(this.dimensions);
  }
  #find(word: string): string {
    const clean = word.trim().toLowerCase();
    if (!this.rows[clean])
      throw new LabError('unknown-word', `“${clean}” is not in the vocabulary. Near to it: king, queen.`, 'king,queen');
    return clean;
  }
  async words() {
    return this.#list;
  }
  async has(word: string) {
    return word in this.rows;
  }
  async vector(word: string) {
    return Float32Array.from(this.rows[this.#find(word)] ?? []);
  }
  async unit(word: string) {
    return this.#unit(this.#find(word));
  }
  async similarity(a: string, b: string) {
    return dot(await this.unit(a), await this.unit(b));
  }
  async nearest(wordOrVector: string | NumberArray, { count = 10 } = {}): Promise<Neighbor[]> {
    const own = typeof wordOrVector === 'string' ? this.#find(wordOrVector) : '';
    const target = unitOf(typeof wordOrVector === 'string' ? this.#unit(own) : wordOrVector);
    return this.#rank((word) => dot(target, this.#unit(word)))
      .filter(({ word }) => word !== own)
      .slice(0, count);
  }
  #rank(score: (word: string) => number, partials: (word: string) => number[] = () => []): Neighbor[] {
    return this.#list
      .map((word) => ({ word, score: score(word), rank: 0, partials: partials(word) }))
      .sort((a, b) => b.score - a.score)
      .map((one, i) => ({ ...one, rank: i + 1 }));
  }
  #analogy({ plus, minus, count = 10, keepQuestion = false, method = 'add' }: AnalogyQuery): AnalogyAnswer {
    this.asked.push(`${plus.join('+')}-${minus.join('-')} ${method} ${keepQuestion}`);
    const terms = [
      ...plus.map((word) => ({ word: this.#find(word), sign: 1 as const })),
      ...minus.map((word) => ({ word: this.#find(word), sign: -1 as const })),
    ];
    const sum = new Float32Array(this.dimensions);
    for (const { word, sign } of terms) this.#unit(word).forEach((value, i) => (sum[i] = (sum[i] ?? 0) + sign * value));
    const cosine = (a: string, b: string) => dot(this.#unit(a), this.#unit(b));
    const mul = (word: string) =>
      terms.reduce((product, term) => product * ((1 + cosine(term.word, word)) / 2 + (term.sign < 0 ? 0.001 : 0)) ** term.sign, 1);
    const target = unitOf(sum);
    const all = this.#rank(method === 'mul' ? mul : (word) => dot(target, this.#unit(word)), (word) =>
      terms.map((term) => cosine(term.word, word)),
    );
    const question = new Set(terms.map(({ word }) => word));
    return {
      terms,
      expression: terms.map(({ word, sign }, i) => `${sign < 0 ? '-' : i > 0 ? '+' : ''}${word}`).join(''),
      length: Math.sqrt(dot(sum, sum)),
      target: unitOf(sum),
      method,
      neighbors: all.filter(({ word }) => keepQuestion || !question.has(word)).slice(0, count),
      excluded: keepQuestion ? [] : all.filter(({ word }) => question.has(word)),
    };
  }
  async analogy(query: AnalogyQuery) {
    return this.#analogy(query);
  }
  async plane({ words }: { words: string[] }) {
    const axes = new Float32Array(2 * this.dimensions);
    axes[0] = 1;
    axes[this.dimensions + 1] = 1; // the first two made-up dimensions: here the plane is known
    const units = words.map((word) => this.#unit(this.#find(word)));
    const mean = [0, 1].map((k) => units.reduce((sum, unit) => sum + (unit[k] ?? 0), 0) / units.length);
    return {
      points: Float32Array.from(units.flatMap((unit) => [0, 1].map((k) => (unit[k] ?? 0) - (mean[k] ?? 0)))),
      axes,
      explained: [0.6, 0.3] as [number, number],
    };
  }
  async benchmark(sections: BenchmarkSection[], options: BenchmarkOptions = {}) {
    const scores: SectionScore[] = [];
    const total = sections.reduce((sum, { questions }) => sum + questions.length, 0);
    let done = 0;
    for (const { name, questions } of sections) {
      const score: SectionScore = { name, correct: 0, seen: 0, skipped: 0, wrong: [] };
      scores.push(score);
      for (const question of questions) {
        const [a, b, c, d] = question;
        done++;
        if (question.some((word) => !this.rows[word])) {
          score.skipped++;
          continue;
        }
        score.seen++;
        const answer = this.#analogy({ plus: [b, c], minus: [a], count: 1, ...options }).neighbors[0]?.word ?? '';
        if (answer === d) score.correct++;
        else score.wrong.push({ question, answer });
      }
      options.onProgress?.({ done, total, sections: structuredClone(scores) });
      await this.hold;
      if (options.signal?.aborted) throw new LabError('aborted', 'Stopped.');
    }
    const sum = (key: 'correct' | 'seen' | 'skipped') => scores.reduce((all, one) => all + one[key], 0);
    return { sections: scores, correct: sum('correct'), seen: sum('seen'), skipped: sum('skipped') };
  }
  async explain(address: string): Promise<Explanation> {
    const [, a = '', b = ''] = /^words\/cosine\[([^,]+),([^\]]+)\]$/.exec(address) ?? [];
    if (!a) return leaf(address, 0.5);
    return dotOf(address, await this.unit(a), await this.unit(b), [`words/unit[${a}]`, `words/unit[${b}]`]);
  }
  async dispose() {}
}

function dotOf(address: string, a: Float32Array, b: Float32Array, [left, right]: [string, string]): Explanation {
  const result = dot(a, b);
  return {
    ...leaf(address, result),
    kind: 'dot',
    operands: [
      { name: 'a', address: left, values: a },
      { name: 'b', address: right, values: b },
    ],
    products: a.map((value, i) => value * (b[i] ?? 0)),
  };
}

/** A lab that has `vectors` and the few operations that the word widgets use. */
export function toyLab(vectors = new ToyVectors()): Lab {
  const lab = {
    binary: 'simd128',
    dot: async (a: NumberArray, b: NumberArray) => dot(a, b),
    normalize: async (a: NumberArray) => unitOf(a),
    matmul: async (a: MatrixInput, b: MatrixInput) => ({
      rows: a.rows,
      columns: b.columns,
      data: Float32Array.from({ length: a.rows * b.columns }, (_, at) => {
        const [row, column] = [Math.floor(at / b.columns), at % b.columns];
        let sum = 0;
        for (let k = 0; k < a.columns; k++) sum += (a.data[row * a.columns + k] ?? 0) * (b.data[k * b.columns + column] ?? 0);
        return sum;
      }),
    }),
    explainPair: async (address: string, a: NumberArray, b: NumberArray) =>
      /^pair\/[ab]\[/.test(address) ? leaf(address, 0.5) : dotOf(address, unitOf(a), unitOf(b), ['pair/a', 'pair/b']),
    vectors: async (_name: string, options?: { onProgress?(loaded: number, total: number): void }) => {
      options?.onProgress?.(10, 20);
      options?.onProgress?.(20, 20);
      return vectors;
    },
    dispose: () => {},
  };
  return lab as unknown as Lab;
}
