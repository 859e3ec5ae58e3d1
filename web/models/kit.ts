// The functions that an expression of checks.yaml may call. Whatever multiplies and sums is asked of the engine.
import type { Lab, Vectors } from '../engine/index.ts';
import { answerTo } from './ask.ts';
import type { Value } from './check_spec.ts';
import { between, type Random, shuffled } from './random.ts';
import { asText } from './text.ts';

/** Least and most arguments of each function. The compiler refuses any other name. */
export const signatures: Readonly<Record<string, readonly [number, number]>> = {
  // drawing
  int: [2, 2],
  ints: [3, 3],
  nonzero: [3, 3],
  number: [3, 3],
  numbers: [4, 4],
  pick: [1, 1],
  sample: [2, 2],
  shuffle: [1, 1],
  normal: [1, 1],
  // the engine
  dot: [2, 2],
  norm: [1, 1],
  cosine: [2, 2],
  angle: [2, 2],
  normalize: [1, 1],
  softmax: [1, 1],
  matvec: [2, 2],
  similarity: [2, 2],
  wordDot: [2, 2],
  wordNorm: [1, 1],
  vector: [1, 1],
  unit: [1, 1],
  nearest: [2, 2],
  analogy: [3, 3],
  analogyKept: [3, 3],
  score: [3, 3],
  known: [1, 1],
  ask: [1, 1],
  // lists and numbers
  sum: [1, 1],
  products: [2, 2],
  add: [2, 2],
  subtract: [2, 2],
  scale: [2, 2],
  len: [1, 1],
  abs: [1, 1],
  sqrt: [1, 1],
  sign: [1, 1],
  round: [1, 2],
  floor: [1, 1],
  ceil: [1, 1],
  min: [1, 99],
  max: [1, 99],
  sin: [1, 1],
  cos: [1, 1],
  degrees: [1, 1],
  radians: [1, 1],
  first: [1, 1],
  last: [1, 1],
  reverse: [1, 1],
  sort: [1, 1],
  slice: [2, 3],
  contains: [2, 2],
  position: [2, 2],
  repeat: [2, 2],
  range: [1, 1],
  // writing
  fixed: [2, 2],
  join: [2, 2],
  signed: [1, 1],
  paren: [1, 1],
};

/** Functions that draw; only `vars` and `items` may call them. */
export const drawing: readonly string[] = ['int', 'ints', 'nonzero', 'number', 'numbers', 'pick', 'sample', 'shuffle', 'normal'];

export type Kit = ReturnType<typeof createKit>;

/** The kit over an engine. `random` is wanted only while variables are drawn. */
export function createKit(lab: () => Promise<Lab>, random: Random = () => fail('drawing is done in vars only')) {
  const words = async (): Promise<Vectors> => (await lab()).vectors('words');
  const drawInt = (low: Value, high: Value) => between(random, num(low), num(high));
  const drawNumber = (low: Value, high: Value, step: Value) => {
    const count = Math.round((num(high) - num(low)) / num(step));
    return Number((num(low) + between(random, 0, count) * num(step)).toFixed(10));
  };
  const times = <T>(count: Value, make: () => T): T[] => Array.from({ length: num(count) }, make);
  const neighbors = async (plus: Value, minus: Value, count: Value, keepQuestion: boolean) => {
    const { neighbors: found } = await (await words()).analogy({ plus: texts(plus), minus: texts(minus), count: num(count), keepQuestion });
    return found.map((one) => one.word);
  };

  return {
    int: drawInt,
    ints: (count: Value, low: Value, high: Value): Value => times(count, () => drawInt(low, high)),
    nonzero: (count: Value, low: Value, high: Value): Value =>
      times(count, () => {
        for (;;) {
          const value = drawInt(low, high);
          if (value !== 0) return value;
        }
      }),
    number: drawNumber,
    numbers: (count: Value, low: Value, high: Value, step: Value): Value => times(count, () => drawNumber(low, high, step)),
    pick: (from: Value): Value => list(from)[between(random, 0, list(from).length - 1)] ?? 0,
    sample: (from: Value, count: Value): Value => shuffled(random, list(from)).slice(0, num(count)),
    shuffle: (from: Value): Value => shuffled(random, list(from)),
    normal: async (count: Value): Promise<Value> => [...(await (await lab()).random.normal(num(count), { seed: random() }))],

    dot: async (a: Value, b: Value): Promise<Value> => (await lab()).dot(nums(a), nums(b)),
    norm: async (a: Value): Promise<Value> => (await lab()).norm(nums(a)),
    cosine: async (a: Value, b: Value): Promise<Value> => (await lab()).cosine(nums(a), nums(b)),
    angle: async (a: Value, b: Value): Promise<Value> =>
      (await (await lab()).pair(nums(a), nums(b))).angleDegrees ?? fail('a vector of length 0 has no angle'),
    normalize: async (a: Value): Promise<Value> => [...(await (await lab()).normalize(nums(a)))],
    softmax: async (a: Value): Promise<Value> => [...(await (await lab()).softmax(nums(a)))],
    matvec: async (rows: Value, x: Value): Promise<Value> => {
      const matrix = list(rows).map(nums);
      return [...(await (await lab()).matvec({ rows: matrix.length, columns: matrix[0]?.length ?? 0, data: matrix.flat() }, nums(x)))];
    },
    similarity: async (a: Value, b: Value): Promise<Value> => (await words()).similarity(text(a), text(b)),
    wordDot: async (a: Value, b: Value): Promise<Value> => (await (await words()).explain(`words/dot[${text(a)},${text(b)}]`)).result,
    wordNorm: async (a: Value): Promise<Value> => (await (await words()).explain(`words/norm[${text(a)}]`)).result,
    vector: async (a: Value): Promise<Value> => [...(await (await words()).vector(text(a)))],
    unit: async (a: Value): Promise<Value> => [...(await (await words()).unit(text(a)))],
    nearest: async (a: Value, count: Value): Promise<Value> =>
      (await (await words()).nearest(text(a), { count: num(count) })).map((one) => one.word),
    analogy: (plus: Value, minus: Value, count: Value): Promise<Value> => neighbors(plus, minus, count, false),
    analogyKept: (plus: Value, minus: Value, count: Value): Promise<Value> => neighbors(plus, minus, count, true),
    score: async (plus: Value, minus: Value, word: Value): Promise<Value> => {
      const expression = [...texts(plus), ...texts(minus).map((one) => `-${one}`)].join('+').replaceAll('+-', '-');
      return (await (await words()).explain(`words/score[${expression}|${text(word)}]`)).result;
    },
    known: async (word: Value): Promise<Value> => (await words()).has(text(word)),
    ask: async (question: Value): Promise<Value> => (await answerTo({ ask: text(question) }, lab)).value,

    sum: (a: Value): Value => nums(a).reduce((total, x) => total + x, 0),
    products: (a: Value, b: Value): Value => pairwise(a, b, (x, y) => x * y),
    add: (a: Value, b: Value): Value => pairwise(a, b, (x, y) => x + y),
    subtract: (a: Value, b: Value): Value => pairwise(a, b, (x, y) => x - y),
    multiply: (a: Value, b: Value): Value => pairwise(a, b, (x, y) => x * y),
    divide: (a: Value, b: Value): Value => pairwise(a, b, (x, y) => x / y),
    remainder: (a: Value, b: Value): Value => pairwise(a, b, (x, y) => x % y),
    power: (a: Value, b: Value): Value => pairwise(a, b, (x, y) => x ** y),
    scale: (a: Value, k: Value): Value => pairwise(a, k, (x, y) => x * y),
    equal: (a: Value, b: Value): boolean => same(a, b),
    len: (a: Value): Value => (typeof a === 'string' ? a.length : list(a).length),
    abs: (a: Value): Value => each(a, Math.abs),
    sqrt: (a: Value): Value => each(a, Math.sqrt),
    sign: (a: Value): Value => each(a, Math.sign),
    round: (a: Value, digits: Value = 0): Value => each(a, (x) => Number(`${Math.round(Number(`${x}e${num(digits)}`))}e-${num(digits)}`)),
    floor: (a: Value): Value => each(a, Math.floor),
    ceil: (a: Value): Value => each(a, Math.ceil),
    min: (...a: Value[]): Value => Math.min(...a.flatMap((one) => (Array.isArray(one) ? nums(one) : num(one)))),
    max: (...a: Value[]): Value => Math.max(...a.flatMap((one) => (Array.isArray(one) ? nums(one) : num(one)))),
    sin: (a: Value): Value => each(a, Math.sin),
    cos: (a: Value): Value => each(a, Math.cos),
    degrees: (a: Value): Value => each(a, (x) => (x * 180) / Math.PI),
    radians: (a: Value): Value => each(a, (x) => (x * Math.PI) / 180),
    first: (a: Value): Value => list(a)[0] ?? fail('an empty list has no first entry'),
    last: (a: Value): Value => list(a).at(-1) ?? fail('an empty list has no last entry'),
    at: (a: Value, i: Value): Value => list(a)[num(i)] ?? fail(`there is no entry ${num(i)} in a list of ${list(a).length}`),
    reverse: (a: Value): Value => [...list(a)].reverse(),
    sort: (a: Value): Value =>
      [...list(a)].sort((x, y) => (typeof x === 'number' && typeof y === 'number' ? x - y : String(x) < String(y) ? -1 : 1)),
    slice: (a: Value, from: Value, to: Value = list(a).length): Value => list(a).slice(num(from), num(to)),
    contains: (a: Value, x: Value): Value => list(a).some((one) => same(one, x)),
    position: (a: Value, x: Value): Value => list(a).findIndex((one) => same(one, x)),
    repeat: (x: Value, count: Value): Value => times(count, () => x),
    range: (count: Value): Value => Array.from({ length: num(count) }, (_, i) => i),

    fixed: (x: Value, digits: Value): Value => asText(num(x), num(digits), true),
    join: (a: Value, between_: Value): Value =>
      list(a)
        .map((one) => asText(one))
        .join(text(between_)),
    signed: (x: Value): Value => (num(x) > 0 ? `+${asText(x)}` : asText(x)),
    paren: (x: Value): Value => (num(x) < 0 ? `(${asText(x)})` : asText(x)),
  };
}

/** Whether two values are the same; numbers within 10⁻⁹. */
export function same(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => same(x, b[i] as Value));
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-9;
  return a === b;
}

function fail(message: string): never {
  throw new Error(message);
}
function num(a: Value): number {
  return typeof a === 'number' ? a : fail(`a number is wanted, not ${asText(a)}`);
}
function text(a: Value): string {
  return typeof a === 'string' ? a : fail(`a word is wanted, not ${asText(a)}`);
}
function list(a: Value): Value[] {
  return Array.isArray(a) ? a : fail(`a list is wanted, not ${asText(a)}`);
}
function nums(a: Value): number[] {
  return list(a).map(num);
}
function texts(a: Value): string[] {
  return Array.isArray(a) ? a.map(text) : [text(a)];
}
function each(a: Value, f: (x: number) => number): Value {
  return Array.isArray(a) ? nums(a).map(f) : f(num(a));
}
/** Place by place, or a list and a number; + also joins two texts. */
function pairwise(a: Value, b: Value, f: (x: number, y: number) => number): Value {
  if (!Array.isArray(a) && !Array.isArray(b)) return f(num(a), num(b));
  const [left, right] = [Array.isArray(a) ? nums(a) : null, Array.isArray(b) ? nums(b) : null];
  if (left && right && left.length !== right.length) fail(`lists of ${left.length} and ${right.length} places do not match`);
  return Array.from({ length: (left ?? right ?? []).length }, (_, i) =>
    f(left ? (left[i] ?? 0) : num(a), right ? (right[i] ?? 0) : num(b)),
  );
}
