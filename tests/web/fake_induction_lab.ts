// A training that is told what comes of it: losses and scores by step, and runs whose heads look where they are told to.
import type { Explanation, InductionHead, InductionSnapshot, InductionTraining, Lab, Matrix } from '../../web/engine/index.ts';

const vocabulary = ['␂', ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'];
/** Place 0 is the border; a segment of 4 signs, twice. */
const signs = [1, 2, 3, 4, 1, 2, 3, 4];

export interface Course {
  /** Loss of the repetition after a step. */
  loss(step: number): number;
  /** Shares on the place before and after earlier occurrences, of head 2 of layer 1 and head 3 of layer 2; all others look everywhere alike. */
  previous(step: number): number;
  induction(step: number): number;
  /** The second without the first. */
  without?: number;
}

/** Nothing until step 200, all at step 230. */
export const sudden: Course = {
  loss: (step) => (step < 200 ? 3.4 - step / 1000 : step < 230 ? 2.2 : 0.5),
  previous: (step) => (step < 200 ? 0.08 : 0.9),
  induction: (step) => (step < 230 ? 0.09 : 0.8),
};
/** A slow fall, and no head of either kind. */
export const slow: Course = { loss: (step) => 3.5 - step / 1000, previous: () => 0.1, induction: () => 0.12 };

export interface FakeInductionLab extends Pick<Lab, 'growInduction'> {
  /** Seeds that were asked for, and trainings and runs that are open. */
  seeds: number[];
  open: number;
  runs: number;
  /** Makes the next run of steps fail. */
  fail?: Error | undefined;
}

export function fakeInductionLab(course: Course = sudden, stepsPerSlice = 20): FakeInductionLab {
  const lab: FakeInductionLab = {
    seeds: [],
    open: 0,
    runs: 0,
    growInduction: async ({ seed = 1, steps = 600, every = 10 } = {}) => {
      lab.seeds.push(seed);
      lab.open++;
      return fakeTraining(lab, course, { seed, steps, every }, stepsPerSlice);
    },
  };
  return lab;
}

function snapshot(course: Course, step: number, without = false): InductionSnapshot {
  const loss = course.loss(step);
  const tendency = (weight: number) => ({ weight, uniform: 0.07, places: 100 });
  const heads = [1, 2].flatMap((layer) =>
    [1, 2, 3, 4].map(
      (head): InductionHead => ({
        layer,
        head,
        previous: tendency(layer === 1 && head === 2 ? course.previous(step) : 0.06),
        induction: tendency(layer === 2 && head === 3 ? (without ? (course.without ?? 0.08) : course.induction(step)) : 0.07),
      }),
    ),
  );
  return {
    step,
    first: { loss: 3.52, accuracy: 0.03 },
    repeated: { loss: without ? 4 : loss, accuracy: Math.max(0, 1 - loss / 3.5) },
    heads,
  };
}

/** Head 3 of layer 2 looks where induction would; all others at everything alike. */
function attention(layer: number, head: number): Matrix {
  const count = signs.length + 1;
  const data = new Float32Array(count * count);
  for (let t = 0; t < count; t++) {
    const found = layer === 2 && head === 3 && t > 4;
    for (let s = 0; s <= t; s++) data[t * count + s] = found ? (s === t - 3 ? 0.9 : 0.1 / t) : 1 / (t + 1);
  }
  return { rows: count, columns: count, data };
}

function fakeTraining(
  lab: FakeInductionLab,
  course: Course,
  options: { seed: number; steps: number; every: number },
  slice: number,
): InductionTraining {
  const snapshots = [snapshot(course, 0)];
  let step = 0;
  const tokens = [0, ...signs].map((id, t) => ({ id, text: vocabulary[id] as string, start: Math.max(0, t - 1), end: t }));
  return {
    options,
    layers: 2,
    heads: 4,
    width: 64,
    vocabulary,
    context: 48,
    examples: Array.from({ length: 32 }, () => ({ tokens, segment: 4 })),
    snapshots,
    run: async ({ steps }) => {
      await Promise.resolve();
      if (lab.fail) {
        const { fail } = lab;
        lab.fail = undefined;
        throw fail;
      }
      const until = Math.min(options.steps, step + Math.min(steps, slice));
      const fresh: InductionSnapshot[] = [];
      while (step < until) {
        ++step;
        if (step % options.every === 0) fresh.push(snapshot(course, step));
      }
      snapshots.push(...fresh);
      const { first, repeated } = snapshot(course, step);
      return { step, done: step >= options.steps, first, repeated, snapshots: fresh };
    },
    runAt: async () => {
      lab.runs++;
      return {
        tokens,
        allAttention: async () => [1, 2].map((layer) => [1, 2, 3, 4].map((head) => attention(layer, head))),
        explain: async (address: string) => ({ address, result: 0.9 }) as unknown as Explanation,
        dispose: async () => {
          lab.runs--;
        },
      } as unknown as Awaited<ReturnType<InductionTraining['runAt']>>;
    },
    measureWithout: async (which) => snapshot(course, (snapshots[which] as InductionSnapshot).step, true),
    dispose: async () => {
      lab.open--;
    },
  };
}
