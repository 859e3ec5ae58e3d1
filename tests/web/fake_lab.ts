// A small engine in plain JavaScript for tests of models and elements: the same questions, computed here in f32 and double.

import { LabError } from '../../web/engine/errors.ts';
import type { Contestant, DotTrace, Explanation, Lab, PairAnswer, RaceOptions, RaceResult } from '../../web/engine/index.ts';

type Some = Pick<Lab, 'pair' | 'explainPair' | 'random' | 'trace' | 'race' | 'dot'>;

/** What was asked, in order, for tests that count questions. */
export interface FakeLab extends Some {
  asked: string[];
}

const f = Math.fround;

export function fakeLab(): FakeLab {
  const asked: string[] = [];
  return {
    asked,
    async dot(a, b) {
      return pair(a, b).dot;
    },
    async pair(a, b) {
      asked.push(`pair ${a.length}`);
      return pair(a, b);
    },
    async explainPair(address, a, b) {
      asked.push(address);
      return explain(address, Float32Array.from(a), Float32Array.from(b));
    },
    async trace(a, b) {
      asked.push(`trace ${a.length}`);
      return trace(a, b);
    },
    async race(options) {
      asked.push(`race ${options.length}`);
      return race(options);
    },
    random: {
      async normal(count, { seed }) {
        asked.push(`normal ${count} ${seed}`);
        return Float32Array.from({ length: count }, (_, i) => Math.sin((i + 1) * 12.9898 + seed * 78.233) * 1.5);
      },
    },
  };
}

function check(a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length !== b.length)
    throw new LabError('length-mismatch', `a has ${a.length} numbers and b has ${b.length}: give both the same count.`);
}

function trace(a: ArrayLike<number>, b: ArrayLike<number>): DotTrace {
  check(a, b);
  const products = Float32Array.from({ length: a.length }, (_, i) => f(f(a[i] ?? 0) * f(b[i] ?? 0)));
  const running = new Float32Array(a.length);
  const accumulators = new Float32Array(16);
  let exact = 0;
  products.forEach((product, i) => {
    running[i] = f((running[i - 1] ?? 0) + product);
    accumulators[i % 16] = f((accumulators[i % 16] ?? 0) + product);
    exact += f(a[i] ?? 0) * f(b[i] ?? 0);
  });
  const at = (register: number, lane: number) => accumulators[4 * register + lane] ?? 0;
  const lanes = Float32Array.from([0, 1, 2, 3], (l) => f(f(at(0, l) + at(1, l)) + f(at(2, l) + at(3, l))));
  const [l0 = 0, l1 = 0, l2 = 0, l3 = 0] = lanes;
  return { products, running, lanes, accumulators, result: f(f(l0 + l1) + f(l2 + l3)), sequential: running[a.length - 1] ?? 0, exact };
}

function pair(a: ArrayLike<number>, b: ArrayLike<number>): PairAnswer {
  const { products, running, result } = trace(a, b);
  const normA = Math.hypot(...Array.from(a));
  const normB = Math.hypot(...Array.from(b));
  const cosine = normA && normB ? result / normA / normB : null;
  return {
    dot: result,
    normA,
    normB,
    cosine,
    angleDegrees: cosine === null ? null : (Math.acos(cosine) * 180) / Math.PI,
    unitA: Float32Array.from(a, (x) => x / normA),
    unitB: Float32Array.from(b, (x) => x / normB),
    products,
    running,
    explain: async (address) => explain(address, Float32Array.from(a), Float32Array.from(b)),
  };
}

function explain(address: string, a: Float32Array, b: Float32Array): Explanation {
  const { products, lanes, result, running } = trace(a, b);
  const place = Number(/\[(\d+)\]/.exec(address)?.[1] ?? Number.NaN);
  const blank = { address, operands: [], products: new Float32Array(), terms: [] };
  const checked = (value: number) => ({ result: value, check: { value, difference: 0, bound: 1e-6 } });
  const operands = [
    { name: 'a', address: 'pair/a', values: a },
    { name: 'b', address: 'pair/b', values: b },
  ];
  const term = (label: string, at: string, value: number) => ({ label, address: at, coefficient: 1, value });
  switch (address.replace(/\[.*\]/, '')) {
    case 'pair/dot':
      return { ...blank, kind: 'dot', label: 'a · b', formula: 'Σ aᵢ bᵢ', operands, products, ...checked(result) };
    case 'pair/product':
      return {
        ...blank,
        kind: 'dot',
        label: `product, place ${place + 1}`,
        formula: 'aᵢ bᵢ',
        operands: operands.map((o) => ({ ...o, address: `${o.address}[${place}]`, values: o.values.slice(place, place + 1) })),
        products: products.slice(place, place + 1),
        ...checked(products[place] ?? 0),
      };
    case 'pair/a':
    case 'pair/b':
      return {
        ...blank,
        kind: 'input',
        label: `${address.slice(5, 6)}, place ${place + 1}`,
        formula: '',
        ...checked((address.startsWith('pair/a') ? a : b)[place] ?? 0),
      };
    case 'pair/running':
      return {
        ...blank,
        kind: 'sum',
        label: 'sum so far',
        formula: 'Σ',
        terms: Array.from(products.slice(0, place + 1), (value, i) => term(`product ${i}`, `pair/product[${i}]`, value)),
        ...checked(running[place] ?? 0),
      };
    case 'pair/simd':
      return {
        ...blank,
        kind: 'sum',
        label: 'four lanes',
        formula: '(lane 1 + lane 2) + (lane 3 + lane 4)',
        terms: Array.from(lanes, (value, k) => term(`lane ${k + 1}`, `pair/lane[${k}]`, value)),
        ...checked(result),
      };
    case 'pair/lane':
      return {
        ...blank,
        kind: 'sum',
        label: `lane ${place + 1}`,
        formula: 'Σ',
        terms: Array.from(products, (value, i) => term(`product ${i}`, `pair/product[${i}]`, value)).filter((_, i) => i % 4 === place),
        ...checked(lanes[place] ?? 0),
      };
    case 'pair/norm':
      return {
        ...blank,
        kind: 'activation',
        label: '|a|',
        formula: '√(a · a)',
        terms: [term('a · a', 'pair/square[a]', 0)],
        ...checked(Math.hypot(...a)),
      };
    case 'pair/cosine':
      return {
        ...blank,
        kind: 'normalize',
        label: 'cosine',
        formula: 'a · b / (|a| |b|)',
        terms: [
          term('a · b', 'pair/dot', result),
          term('|a|', 'pair/norm[a]', Math.hypot(...a)),
          term('|b|', 'pair/norm[b]', Math.hypot(...b)),
        ],
        ...checked(result / Math.hypot(...a) / Math.hypot(...b)),
      };
    default:
      throw new LabError('unknown-address', `No number stands at “${address}”. Try pair/dot.`);
  }
}

async function race({ length, rounds = 21, signal, onProgress }: RaceOptions): Promise<RaceResult> {
  for (let round = 1; round <= rounds; round++) {
    await Promise.resolve();
    if (signal?.aborted) throw new LabError('aborted', 'Stopped.');
    onProgress?.(round, rounds);
  }
  const contestant = (name: string, ns: number): Contestant => ({
    name,
    medianNs: ns,
    lowNs: ns * 0.9,
    highNs: ns * 1.2,
    rounds,
    checksum: 1.5,
  });
  return {
    length,
    scalar: contestant('JavaScript', 1.1 * length),
    simd: contestant('SIMD', 5 + 0.12 * length),
    ratio: (1.1 * length) / (5 + 0.12 * length),
    binary: 'relaxed',
  };
}
