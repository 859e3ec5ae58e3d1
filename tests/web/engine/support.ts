// What the engine's tests share: seeded inputs, plain double arithmetic, and a small vocabulary.
import { afterAll, beforeAll } from 'vitest';
import { LabError, loadLab } from '../../../web/engine/index.ts';
import type { WorkerLab } from '../../../web/engine/lab.ts';

/** A generator of its own (mulberry32), so that the engine is not tested with its own random numbers. Uniform in [−1, 1). */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** n random numbers that 32-bit floats hold exactly. */
export function vector(n: number, seed: number): Float32Array<ArrayBuffer> {
  const next = uniforms(seed);
  return Float32Array.from({ length: n }, next);
}

/** Σ a[i] · b[i] in 64-bit floats, and the most that 32-bit rounding can make of it (engine/kernels/kernels.h). */
export function dotOf(a: ArrayLike<number>, b: ArrayLike<number>): { value: number; bound: number } {
  let value = 0;
  let magnitudes = 0;
  for (let i = 0; i < a.length; ++i) {
    value += (a[i] as number) * (b[i] as number);
    magnitudes += Math.abs((a[i] as number) * (b[i] as number));
  }
  return { value, bound: (a.length / 16 + 8) * 2 ** -24 * magnitudes + 1e-45 };
}

export const cosineOf = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  dotOf(a, b).value / Math.sqrt(dotOf(a, a).value * dotOf(b, b).value);

/** The LabError that a promise rejects with. Anything else fails the test. */
export async function refusal(promise: Promise<unknown>): Promise<LabError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('it did not reject');
}

/** One lab for the tests of a file. */
export function sharedLab(): { readonly lab: WorkerLab } {
  const holder = {} as { lab: WorkerLab };
  beforeAll(async () => {
    holder.lab = (await loadLab()) as WorkerLab;
  });
  afterAll(() => holder.lab.dispose());
  return holder;
}

/** Four words whose first place says royal, second male, third female; and some others. */
export const toyWords = ['king', 'queen', 'man', 'woman', 'apple', 'pear'];
export const toyRows = {
  rows: 6,
  columns: 4,
  data: [2, 1, 0, 0.1, 2, 0, 1, 0.1, 0, 1, 0, 0, 0, 0, 1, 0, 0.1, 0.2, 0.1, 3, 0, 0.1, 0.2, 2],
};
