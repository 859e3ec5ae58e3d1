// Numbers between sums of word vectors ("woman − man" against "queen − king"), with an address for each, so that they unfold
// down to the stored words. The arithmetic is the engine's; this file says which sums stand behind which address.
import type { Explanation, Lab, Term, Vectors } from '../engine/index.ts';

/** A vector made of words: Σ coefficient · unit(word). */
export interface Combination {
  /** How it is called in a figure: "woman − man". */
  name: string;
  parts: readonly { word: string; coefficient: number }[];
  /** Its D numbers, computed by the engine. */
  values: Float32Array;
}

/** The combination b − a of a pair. */
export function offset(a: string, b: string): Omit<Combination, 'values'> {
  return {
    name: `${b} − ${a}`,
    parts: [
      { word: b, coefficient: 1 },
      { word: a, coefficient: -1 },
    ],
  };
}

/** combinations[n, D] as one matrix product of the coefficients [n, words] and the unit vectors [words, D]. */
export async function combine(lab: Lab, vectors: Vectors, wanted: readonly Omit<Combination, 'values'>[]): Promise<Combination[]> {
  const words = [...new Set(wanted.flatMap(({ parts }) => parts.map(({ word }) => word)))];
  const place = new Map(words.map((word, index) => [word, index]));
  const units = await unitRows(vectors, words);
  const coefficients = new Float32Array(wanted.length * words.length);
  wanted.forEach(({ parts }, row) => {
    for (const { word, coefficient } of parts) {
      const at = row * words.length + (place.get(word) ?? 0);
      coefficients[at] = (coefficients[at] ?? 0) + coefficient;
    }
  });
  const product = await lab.matmul({ rows: wanted.length, columns: words.length, data: coefficients }, units);
  const columns = vectors.dimensions;
  return wanted.map((one, row) => ({ ...one, values: product.data.slice(row * columns, (row + 1) * columns) }));
}

/** The words' unit vectors as a matrix, one word to a row. */
export async function unitRows(vectors: Vectors, words: readonly string[]): Promise<{ rows: number; columns: number; data: Float32Array }> {
  const data = new Float32Array(words.length * vectors.dimensions);
  const rows = await Promise.all(words.map((word) => vectors.unit(word)));
  rows.forEach((row, index) => data.set(row, index * vectors.dimensions));
  return { rows: words.length, columns: vectors.dimensions, data };
}

/** Cosines [n, m] of one set of rows with another, as one matrix product of their unit vectors. */
export async function cosines(lab: Lab, left: readonly ArrayLike<number>[], right: readonly ArrayLike<number>[]): Promise<Float32Array[]> {
  const units = async (rows: readonly ArrayLike<number>[]) => Promise.all(rows.map((row) => lab.normalize(row)));
  const [one, other] = await Promise.all([units(left), left === right ? units(left) : units(right)]);
  const columns = one[0]?.length ?? 0;
  const a = new Float32Array(one.length * columns);
  one.forEach((row, index) => a.set(row, index * columns));
  const b = new Float32Array(columns * other.length);
  other.forEach((row, index) => row.forEach((value, k) => (b[k * other.length + index] = value)));
  const product = await lab.matmul({ rows: one.length, columns, data: a }, { rows: columns, columns: other.length, data: b });
  return one.map((_, row) => product.data.slice(row * other.length, (row + 1) * other.length));
}

/** A mean of numbers that have addresses, or a difference of two means; `coefficient` is what each counts. */
export interface Weighted {
  label: string;
  formula: string;
  terms: readonly Term[];
}

/**
 * Explains `combined[i,j]/cosine` (and below it every `pair/…` address, as `combined[i,j]/…`), `weighted[name]`, and the
 * `words/…` addresses that these lead to.
 */
export class CombinationSource {
  constructor(
    private readonly lab: Lab,
    private readonly vectors: Vectors,
    private readonly combinations: readonly Combination[],
    private readonly weighted: ReadonlyMap<string, Weighted> = new Map(),
  ) {}

  async explain(address: string): Promise<Explanation> {
    const mean = /^weighted\[([^\]]+)\]$/.exec(address);
    if (mean) return this.#sum(address, this.weighted.get(mean[1] ?? ''));
    const pair = /^combined\[(\d+),(\d+)\]\/(.+)$/.exec(address);
    if (!pair) return this.vectors.explain(address);
    const [left, right] = [this.combinations[Number(pair[1])], this.combinations[Number(pair[2])]];
    if (!left || !right) throw new RangeError(`No number stands at ${address}.`);
    const input = /^([ab])\[(\d+)\]$/.exec(pair[3] ?? '');
    if (input) return this.#component(address, input[1] === 'a' ? left : right, Number(input[2]));
    return this.#renamed(
      await this.lab.explainPair(`pair/${pair[3]}`, left.values, right.values),
      `combined[${pair[1]},${pair[2]}]/`,
      left,
      right,
    );
  }

  /** Component k of a combination: the sum of its words' components. */
  async #component(address: string, { name, parts, values }: Combination, k: number): Promise<Explanation> {
    const addressOf = (word: string) => `words/unit[${word}][${k}]`;
    const [only] = parts;
    if (only && parts.length === 1 && only.coefficient === 1) return this.vectors.explain(addressOf(only.word));
    const units = await Promise.all(parts.map(({ word }) => this.vectors.unit(word)));
    const terms = parts.map(({ word, coefficient }, index) => ({
      label: word,
      address: addressOf(word),
      coefficient,
      value: units[index]?.[k] ?? 0,
    }));
    return summed(address, `${name}, place ${k + 1}`, 'Σ coefficient · component', terms, values[k] ?? 0);
  }

  #sum(address: string, weighted: Weighted | undefined): Explanation {
    if (!weighted) throw new RangeError(`No number stands at ${address}.`);
    const { label, formula, terms } = weighted;
    return summed(address, label, formula, terms, Math.fround(weightedSum(terms)));
  }

  /** An explanation of `pair/…` under this source's addresses, with the combinations' own names. */
  #renamed(explanation: Explanation, prefix: string, left: Combination, right: Combination): Explanation {
    const own = (address: string) => address.replace(/^pair\//, prefix);
    const names = new Map([
      ['a', left.name],
      ['b', right.name],
    ]);
    const named = (text: string) =>
      text
        .replace('a · b', `(${left.name}) · (${right.name})`)
        .replace(/(?<![\w(])[ab](?!\w)|(?<=\()[ab](?=[,)])/g, (letter) => names.get(letter) ?? letter);
    return {
      ...explanation,
      address: own(explanation.address),
      label: named(explanation.label),
      operands: explanation.operands.map((operand) => ({
        ...operand,
        name: names.get(operand.name) ?? operand.name,
        address: own(operand.address),
      })),
      terms: explanation.terms.map((term) => ({ ...term, label: named(term.label), address: own(term.address) })),
    };
  }
}

/** Σ coefficient · value, in double precision. */
export function weightedSum(terms: readonly Pick<Term, 'coefficient' | 'value'>[]): number {
  return terms.reduce((total, { coefficient, value }) => total + coefficient * value, 0);
}

function summed(address: string, label: string, formula: string, terms: readonly Term[], result: number): Explanation {
  const value = weightedSum(terms);
  const size = terms.reduce((total, term) => total + Math.abs(term.coefficient * term.value), 0);
  const check = { value, difference: Math.abs(result - value), bound: (terms.length + 1) * 2 ** -23 * size };
  return { address, label, formula, kind: 'sum', operands: [], products: new Float32Array(), terms: [...terms], result, check };
}
