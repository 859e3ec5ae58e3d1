// How large a list of numbers is: its root mean square, made of the engine's length of the list and the root of the count.
import type { Explanation, Lab } from '../engine/index.ts';
import type { Explains } from './unfold.ts';

type Engine = Pick<Lab, 'norm' | 'explainPair'>;

export interface Measure {
  value: number;
  /** Explains `measure/root_mean_square`, and below it the numbers of the list as `leaf` says. */
  source: Explains;
}

/** Where the numbers of a list come from. */
export interface Leaf extends Explains {
  address(i: number): string;
}

export const measureAddress = 'measure/root_mean_square';

/**
 * √(Σ x² ÷ count) of the values, several of which may belong to one: the root mean square length of rows is that of all their numbers ÷ rows.
 * @param name of the list: "q · k of layer 1, head 2"
 * @param leaf where number i of the list comes from
 */
export async function rootMeanSquare(lab: Engine, values: Float32Array, name: string, leaf: Leaf, count = values.length): Promise<Measure> {
  const root = Math.sqrt(count);
  const explain: Explains['explain'] = async (address) => {
    const place = /^pair\/a\[(\d+)\]$/.exec(address)?.[1];
    if (place !== undefined) return leaf.explain(leaf.address(Number(place)));
    if (address !== measureAddress && !address.startsWith('pair/')) return leaf.explain(address);
    if (address === measureAddress) {
      const { result, check } = await lab.explainPair('pair/norm[a]', values, values);
      const value = check.value / root;
      const terms = [
        { label: 'root of the sum of squares', address: 'pair/norm[a]', coefficient: 1, value: result },
        { label: `√${count}`, address: '', coefficient: 1, value: root },
      ];
      const apart = Math.abs(result / root - value);
      return {
        address,
        label: `root mean square of ${name}`,
        formula: '√(Σ x²) ÷ √n',
        kind: 'normalize',
        operands: [],
        products: new Float32Array(),
        terms,
        result: result / root,
        check: { value, difference: apart, bound: check.bound / root + 2 ** -50 * value },
      };
    }
    return renamed(await lab.explainPair(address, values, values), name);
  };
  return { value: (await lab.norm(values)) / root, source: { explain } };
}

function renamed(explained: Explanation, name: string): Explanation {
  const label = { 'pair/norm[a]': 'root of the sum of squares', 'pair/square[a]': `sum of squares of ${name}` }[explained.address];
  return label ? { ...explained, label, operands: explained.operands.map((one) => ({ ...one, name })) } : explained;
}
