// Two vectors as a source of numbers: `pair/…` addresses. Those of a dot product inside a larger source lead back into it: below one of
// its products stand the two numbers that were multiplied, each where it came from.
import type { Explanation, Lab } from '../engine/index.ts';
import type { Naming } from './naming.ts';
import type { Explains } from './unfold.ts';
import { placeAddress } from './unfold_words.ts';

export type Engine = () => Promise<Pick<Lab, 'explainPair'>>;

/** A source over two vectors: explains every `pair/…` address. a[n], b[n]. */
export function pairSource(engine: Engine, a: ArrayLike<number>, b: ArrayLike<number>): Explains {
  const left = Float32Array.from(a);
  const right = Float32Array.from(b);
  return { explain: async (address) => (await engine()).explainPair(address, left, right) };
}

const entering = /^pair\/(?:simd$|product\[)/;
/** A letter for a formula with a place below it. */
const brief = (name: string, letter: string) => (/^\p{L}$/u.test(name) ? name : letter);

const own = /^pair\/(?:simd$|product\[|lane\[|running\[)/;

/** Whether an address is one of those by which the two vectors of a dot product are entered from above. */
export const entersPair = (address: string): boolean => entering.test(address);

/**
 * The two vectors of a dot product that `source` explained: its products and the machine's lanes, and all that `source` explains.
 * null where it is no dot product, or one whose source has these addresses itself.
 */
export function pairBelow(engine: Engine, explanation: Explanation, source: Explains): Explains | null {
  const [a, b] = explanation.operands;
  if (explanation.kind !== 'dot' || !a || !b || explanation.address.startsWith('pair/dot')) return null;
  const pair = pairSource(engine, a.values, b.values);
  /** Where a place of the pair lies in the source above. */
  const lead = (address: string) => {
    const [, which, place] = /^pair\/([ab])\[(\d+)\]$/.exec(address) ?? [];
    const operand = which === 'a' ? a : b;
    return place !== undefined && operand.address !== '' ? placeAddress(operand, Number(place)) : address;
  };
  const naming: Naming = {
    ...source.naming,
    name(address) {
      const place = /^pair\/product\[(\d+)\]$/.exec(address)?.[1];
      if (place === undefined) return source.naming?.name(address) ?? null;
      const whole = source.naming?.name(explanation.address);
      if (!whole) return null;
      const along = source.naming?.places?.(a.address) ?? source.naming?.places?.(b.address);
      const what = along ? `${along.what === 'token' ? '' : `${along.what} `}${along.name(Number(place))}` : `place ${Number(place) + 1}`;
      return { short: `product, ${what}`, long: `product at ${what}, in ${whole.long}` };
    },
  };
  return {
    ...(source.naming ? { naming } : {}),
    async explain(address) {
      if (!own.test(address)) return source.explain(lead(address));
      const below = await pair.explain(address);
      const letter = (name: string) => name.replace(/^a(?=[₀-₉]|$)/, brief(a.name, 'a')).replace(/^b(?=[₀-₉]|$)/, brief(b.name, 'b'));
      return {
        ...below,
        formula: below.formula.replace(/\ba(?=[₀-₉])/, brief(a.name, 'a')).replace(/\bb(?=[₀-₉])/, brief(b.name, 'b')),
        operands: below.operands.map((operand) => ({ ...operand, name: letter(operand.name), address: lead(operand.address) })),
        terms: below.terms.map((term) => ({ ...term, address: lead(term.address) })),
      };
    },
  };
}
