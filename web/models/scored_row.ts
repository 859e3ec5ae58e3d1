// Softmax of a row of scores, q·k each, times a scale: weights and slopes that unfold down to the vectors behind the scores.
import type { Lab } from '../engine/index.ts';
import type { Explains } from './unfold.ts';

/** A sum over the row, as the dot product that it is: explains `pair/dot`. */
export interface RowSum {
  value: number;
  source: Explains;
}

export interface ScoredRow {
  scale: number;
  /** scale · score. */
  scaled: Float32Array;
  weights: Float32Array;
  /** p (1 − p). */
  slopes: Float32Array;
  /** Σ p (1 − p): how much of the row still follows its scores. 0 where one weight has all. */
  slopeSum: RowSum;
  /** Σ p log₂(1/p), in bits: 0 where one weight has all, log₂ n where all are equal. */
  entropy: RowSum;
  /** Explains `softmax/weight[i]`, `softmax/slope[i]`, `softmax/scaled[i]`; a score as the dot product behind it. */
  source: Explains;
}

/** What the scores were made of: `softmax/score[i]` unfolds there. */
export interface Below extends Explains {
  address(i: number): string;
}

type Engine = Pick<Lab, 'softmaxRow' | 'pair'>;

export async function scoredRow(lab: Engine, scores: Float32Array, scale: number, below: Below): Promise<ScoredRow> {
  const row = await lab.softmaxRow(scores, { scale });
  const source: Explains = {
    explain: (address) => {
      const score = /^softmax\/score\[(\d+)\]$/.exec(address)?.[1];
      if (score !== undefined) return below.explain(below.address(Number(score)));
      return address.startsWith('softmax/') ? row.explain(address) : below.explain(address);
    },
  };
  const rests = row.weights.map((p) => 1 - p);
  // A weight of 0 has no logarithm, and no part in the sum.
  const bits = row.weights.map((p) => (p > 0 ? Math.max(0, -Math.log2(p)) : 0));
  const [slopeSum, entropy] = await Promise.all([
    sumOf(lab, source, ['sum of p (1 − p)', 'p', '1 − p'], row.weights, rests),
    sumOf(lab, source, ['entropy in bits', 'p', 'log₂(1/p)'], row.weights, bits),
  ]);
  return { scale: row.scale, scaled: row.scaled, weights: row.weights, slopes: row.slopes, slopeSum, entropy, source };
}

/** a · b, under names of its own; the numbers of a are the weights of the row, and unfold as these. */
async function sumOf(lab: Engine, row: Explains, names: readonly [string, string, string], a: Float32Array, b: Float32Array) {
  const pair = await lab.pair(a, b);
  const explain: Explains['explain'] = async (address) => {
    const place = /^pair\/a\[(\d+)\]$/.exec(address)?.[1];
    if (place !== undefined) return row.explain(`softmax/weight[${place}]`);
    if (!address.startsWith('pair/')) return row.explain(address);
    const explained = await pair.explain(address);
    if (address !== 'pair/dot') return explained;
    const operands = explained.operands.map((operand, i) => ({ ...operand, name: names[i + 1] ?? operand.name }));
    return { ...explained, label: names[0], operands };
  };
  return { value: pair.dot, source: { explain } };
}
