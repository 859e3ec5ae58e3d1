// The race of lesson 1: a plain JavaScript loop against the SIMD kernel, on the same floats in the same heap.
import { LabError } from './errors.ts';
import type { Kernels } from './kernels.ts';
import type { Ask, Progress } from './protocol.ts';
import { pause, type Task } from './task.ts';
import type { Contestant, RaceResult } from './types.ts';

/** One timed round takes about this long: timers of browsers tick every 0.1 ms, some every 1 ms. */
const ROUND_MS = 8;
/** Before the first round each contestant runs for this long, so that the browser has compiled it fully. */
const WARM_UP_MS = 60;

/** The plain loop, as one writes it. JavaScript adds in 64-bit floats. */
function dotLoop(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; ++i) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** A contestant: runs `times` dot products and returns the sum of the results, so that none can be left out. */
type Run = (times: number) => number;

/** Milliseconds that `times` dot products take, and the last checksum. */
function time(run: Run, times: number): { ms: number; checksum: number } {
  const begun = performance.now();
  const sum = run(times);
  return { ms: performance.now() - begun, checksum: sum / times };
}

/** How many times in a row fill a round; running them is the warm-up. */
function calibrate(run: Run): number {
  let times = 1;
  for (const end = performance.now() + WARM_UP_MS; ; ) {
    const { ms } = time(run, times);
    if (ms < ROUND_MS / 2) times *= 2;
    else if (performance.now() > end) return Math.max(1, Math.round((times * ROUND_MS) / ms));
  }
}

const percentile = (sorted: number[], p: number) => sorted[Math.round((sorted.length - 1) * p)] as number;

export async function race(
  { heap, module }: Kernels,
  { length, rounds, seed, binary }: Ask<'race'>,
  { signal, progress }: Task<Progress<'race'>>,
): Promise<RaceResult> {
  const a = heap.allocate(2 * length);
  const b = a + 4 * length;
  try {
    module._lab_fill_normal(seed, a, 2 * length);

    const scalar: Run = (times) => {
      const [x, y] = [heap.view(a, length), heap.view(b, length)]; // renewed: the heap may have grown in a pause
      let sum = 0;
      for (let i = 0; i < times; ++i) sum += dotLoop(x, y);
      return sum;
    };
    const simd: Run = (times) => {
      let sum = 0;
      for (let i = 0; i < times; ++i) sum += module._lab_dot(a, b, length);
      return sum;
    };

    const contestants = [
      { name: 'plain JavaScript', run: scalar, times: calibrate(scalar), ns: [] as number[], checksum: 0 },
      { name: `SIMD kernel (${binary})`, run: simd, times: calibrate(simd), ns: [] as number[], checksum: 0 },
    ];
    for (let round = 0; round < rounds; ++round) {
      // The one who begins changes from round to round, so that neither always meets a warm cache.
      for (const contestant of round % 2 === 0 ? contestants : [...contestants].reverse()) {
        const { ms, checksum } = time(contestant.run, contestant.times);
        contestant.ns.push((ms * 1e6) / contestant.times);
        contestant.checksum = checksum;
      }
      progress({ done: round + 1, total: rounds });
      await pause();
      signal.throwIfAborted();
    }

    const [first, second] = contestants.map(({ name, ns, checksum }): Contestant => {
      const sorted = ns.sort((x, y) => x - y);
      return { name, medianNs: percentile(sorted, 0.5), lowNs: percentile(sorted, 0.1), highNs: percentile(sorted, 0.9), rounds, checksum };
    }) as [Contestant, Contestant];
    const [x, y] = [heap.view(a, length), heap.view(b, length)];
    const magnitudes = x.reduce((sum, value, i) => sum + Math.abs(value * (y[i] as number)), 0);
    const bound = (length / 16 + 8) * 2 ** -24 * magnitudes; // engine/kernels/kernels.h
    if (!(Math.abs(first.checksum - second.checksum) <= bound)) {
      throw new LabError(
        'race-disagrees',
        `The two dot products differ: ${first.checksum} and ${second.checksum}. Please report this, with the name of your browser.`,
      );
    }
    return { length, scalar: first, simd: second, ratio: first.medianNs / second.medianNs, binary };
  } finally {
    heap.free(a);
  }
}
