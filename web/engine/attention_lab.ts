// The part of the lab that attends: public calls in, checked questions out to the worker. What they answer holds its inputs here, on the
// page, and hands them over again with each number that is to be explained: so nothing has to be disposed of.
import type { SelfAttentionAsk } from './attention_protocol.ts';
import type {
  Attention,
  AttentionCalls,
  AttentionOptions,
  RandomDots,
  RandomDotsOptions,
  SelfAttention,
  SelfAttentionWeights,
  SoftmaxRow,
} from './attention_types.ts';
import { LabError } from './errors.ts';
import { LearningLab } from './learning_lab.ts';
import type { Matrix, MatrixInput, NumberArray } from './types.ts';
import * as check from './validate.ts';

const MOST_DIMENSIONS = 16_384;
const MOST_PAIRS = 100_000;
/** Places of all vectors on one side: some seconds' worth. */
const MOST_RANDOM = 2 ** 28;

export class AttentionLab extends LearningLab implements AttentionCalls {
  async attention(query: MatrixInput, key: MatrixInput, value: MatrixInput, options: AttentionOptions = {}): Promise<Attention> {
    const matrices = { query: finite(query, 'query'), key: finite(key, 'key'), value: finite(value, 'value') };
    const ask = { ...matrices, ...checkOptions(options, matrices.query.rows, matrices.key.rows) };
    const numbers = await this.client.ask('attention', ask);
    const explain = async (address: string) =>
      this.client.ask('attentionExplain', { ...ask, address: check.checkText(address, 'address') });
    return { ...numbers, explain };
  }

  async selfAttention(x: MatrixInput, weights: SelfAttentionWeights, options: AttentionOptions = {}): Promise<SelfAttention> {
    const rows = finite(x, 'x');
    if (typeof weights !== 'object' || weights === null)
      throw new LabError('bad-option', 'There are no weights. Give them as {query, key, value} or {query, key, value, output}.');
    const ask: SelfAttentionAsk = {
      x: rows,
      query: finite(weights.query, 'weights.query'),
      key: finite(weights.key, 'weights.key'),
      value: finite(weights.value, 'weights.value'),
      output: weights.output === undefined ? null : finite(weights.output, 'weights.output'),
      ...checkOptions(options, rows.rows, rows.rows),
    };
    const numbers = await this.client.ask('selfAttention', ask);
    const explain = async (address: string) =>
      this.client.ask('selfAttentionExplain', { ...ask, address: check.checkText(address, 'address') });
    return { ...numbers, explain };
  }

  async softmaxRow(scores: NumberArray, { scale = 1 }: { scale?: number } = {}): Promise<SoftmaxRow> {
    const ask = { scores: check.toFloats(scores, 'scores'), scale: check.checkNumber(scale, 'scale') };
    check.checkFinite(ask.scores, 'scores');
    const numbers = await this.client.ask('softmaxRow', ask);
    const explain = async (address: string) => this.client.ask('softmaxExplain', { ...ask, address: check.checkText(address, 'address') });
    return { ...numbers, explain };
  }

  async randomDots(options: RandomDotsOptions): Promise<RandomDots> {
    const { dimensions, pairs, seed, signal } = options ?? {};
    check.checkInteger(dimensions, 'dimensions', 1, MOST_DIMENSIONS);
    check.checkInteger(pairs, 'pairs', 1, MOST_PAIRS);
    check.checkInteger(seed, 'seed', 0, Number.MAX_SAFE_INTEGER);
    if (dimensions * pairs > MOST_RANDOM)
      throw new LabError(
        'out-of-range',
        `${pairs} pairs of ${dimensions} dimensions are too many at once. With so many dimensions, give at most ${Math.floor(MOST_RANDOM / dimensions)} pairs.`,
      );
    const numbers = await this.client.ask('randomDots', { dimensions, pairs, seed }, { signal });
    // A copy of their own: what a caller does to the answer changes no explanation.
    const dots = numbers.dots.slice();
    return {
      ...numbers,
      pair: async (i) => this.client.ask('randomPair', { dimensions, seed, i: check.checkInteger(i, 'i', 0, pairs - 1) }),
      explain: async (address) =>
        this.client.ask('randomExplain', { dimensions, seed, dots, address: check.checkText(address, 'address') }),
    };
  }
}

/** A matrix of finite numbers, copied. */
function finite(value: unknown, name: string): Matrix {
  const matrix = check.toMatrix(value, name);
  check.checkFinite(matrix.data, `${name}.data`);
  return matrix;
}

function checkOptions({ heads = 1, mask = 'none', scale }: AttentionOptions, queries: number, keys: number) {
  check.checkInteger(heads, 'heads', 1, check.MOST);
  return {
    heads,
    causal: mask === 'causal',
    allowed: typeof mask === 'string' ? checkMaskName(mask) : checkMask(mask, queries, keys),
    scale: scale === undefined ? null : check.checkNumber(scale, 'scale'),
  };
}

function checkMaskName(mask: string): null {
  check.checkOneOf(mask, 'mask', ['none', 'causal']);
  return null;
}

function checkMask(mask: MatrixInput, queries: number, keys: number): Uint8Array {
  const { rows, columns, data } = finite(mask, 'mask');
  if (rows !== queries || columns !== keys)
    throw new LabError(
      'length-mismatch',
      `mask is ${rows} × ${columns}. There are ${queries} queries and ${keys} keys: give it a row for each query and a column for each key.`,
    );
  return Uint8Array.from(data, (x) => (x === 0 ? 0 : 1));
}
