// One row of logits on its way to probabilities: every number of it, each with its address, as a network that was asked gives them.
import type { Forward } from '../engine/index.ts';

export interface SoftmaxRow {
  logits: Float32Array;
  /** exp((z − largest z) ÷ temperature). */
  exps: number[];
  expSum: number;
  probabilities: Float32Array;
  /** argmax. */
  predicted: number;
  /** −ln probability of the label; null where none was given. */
  loss: number | null;
  /** Explains `network/logit[0][k]`, `network/exp[0][k]`, `network/exp-sum[0]`, `network/probability[0][k]`, `network/loss[0]`. */
  source: Pick<Forward, 'explain'>;
}

/** Row 0 of what a network made. The engine subtracts the largest logit first, so that no exp can overflow; the shares are the same. */
export async function softmaxRow(forward: Forward): Promise<SoftmaxRow> {
  const classes = forward.logits.columns;
  const ask = async (address: string) => (await forward.explain(address)).result;
  const [expSum, ...exps] = await Promise.all([
    ask('network/exp-sum[0]'),
    ...Array.from({ length: classes }, (_, k) => ask(`network/exp[0][${k}]`)),
  ]);
  return {
    logits: forward.logits.data.subarray(0, classes),
    exps,
    expSum,
    probabilities: forward.probabilities.data.subarray(0, classes),
    predicted: forward.predicted[0] ?? 0,
    loss: forward.losses?.[0] ?? null,
    source: forward,
  };
}
