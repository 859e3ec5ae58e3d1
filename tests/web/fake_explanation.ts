// What fakes explain: a number with nothing below it.
import type { Explanation } from '../../web/engine/index.ts';

/** A leaf at an address; `extra` says what is otherwise. */
export function leaf(address: string, result: number, extra: Partial<Explanation> = {}): Explanation {
  return {
    address,
    label: address,
    formula: '',
    kind: 'input',
    operands: [],
    products: new Float32Array(),
    terms: [],
    result,
    check: { value: result, difference: 0, bound: 0 },
    ...extra,
  };
}
