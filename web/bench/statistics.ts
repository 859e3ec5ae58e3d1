// Medians and what else is said of repeated measurements.

/** The value below which the share `p` (0 to 1) of the values lies, linear between neighbours. Not for an empty list. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)] as number;
  const high = sorted[Math.ceil(at)] as number;
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (values: readonly number[]) => percentile(values, 0.5);

/**
 * How many times faster `ours` is than `peer`, from times of the same rounds. The ratio is taken round by round, so that what slows
 * the whole machine for a while slows both sides of it.
 */
export function pairedRatio(ours: readonly number[], peer: readonly number[]): { ratio: number; spread: [number, number] } {
  if (ours.length !== peer.length || ours.length === 0)
    throw new Error(`${ours.length} rounds of ours and ${peer.length} of the peer do not pair`);
  const ratios = ours.map((ns, round) => (peer[round] as number) / ns);
  return { ratio: median(ratios), spread: [percentile(ratios, 0.1), percentile(ratios, 0.9)] };
}
