// The loss over many examples as a number that unfolds: a mean, whose terms are the losses of the examples, each of which the
// network itself explains.
import type { Explanation, Forward, Network } from '../engine/index.ts';
import type { Explains } from './unfold.ts';

/** Rows of numbers with their labels, as the network takes them; `names[n]` calls row n in a list. */
export interface LossRows {
  x: { rows: number; columns: number; data: Float32Array };
  labels: readonly number[];
  names: readonly string[];
}

export const meanLossAddress = 'mean-loss';

/** Explains `mean-loss`, and every `network/…` address over the same rows. Nothing is asked before a number is opened. */
export class MeanLoss implements Explains {
  #forward: Promise<Forward> | null = null;

  constructor(
    private readonly network: Pick<Network, 'forward'>,
    private readonly rows: LossRows,
    private readonly label: string,
    /** What the engine measured: this is what is explained, and checked by adding up the losses again. */
    private readonly measured: number,
  ) {}

  async explain(address: string): Promise<Explanation> {
    this.#forward ??= this.network.forward(this.rows.x, { labels: this.rows.labels });
    const forward = await this.#forward;
    if (address !== meanLossAddress) return forward.explain(address);
    const losses = forward.losses ?? new Float32Array();
    const share = 1 / Math.max(1, losses.length);
    const exact = losses.reduce((sum, loss) => sum + loss, 0) * share;
    return {
      address,
      label: this.label,
      formula: `Σ loss / ${losses.length}`,
      kind: 'sum',
      operands: [],
      products: new Float32Array(),
      terms: Array.from(losses, (value, n) => ({
        label: `loss of ${this.rows.names[n] ?? `row ${n + 1}`}`,
        address: `network/loss[${n}]`,
        coefficient: share,
        value,
      })),
      result: this.measured,
      // Each loss is rounded to 32 bits, and so may each sum on the way be.
      check: { value: exact, difference: Math.abs(this.measured - exact), bound: Math.abs(exact) * (losses.length + 1) * 2 ** -24 },
    };
  }
}
