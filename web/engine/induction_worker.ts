// The worker's half of growing an induction head.
import { unwrap } from './errors.ts';
import type { InductionQuestions as Q } from './induction_protocol.ts';
import type { InductionGrowth, InductionSnapshot } from './induction_types.ts';
import type { Models } from './models.ts';
import { Pace, type Task } from './task.ts';

/** A step at a time (some ten milliseconds), until there are enough, the time is up or the training is done. */
async function advance(
  { module }: Models,
  { handle, steps, milliseconds, known }: Q['inductionAdvance']['ask'],
  task: Task<InductionGrowth>,
): Promise<InductionGrowth> {
  const pace = new Pace(task);
  const snapshots: InductionSnapshot[] = [];
  for (let taken = 1; ; ++taken) {
    const come = unwrap(module.inductionAdvance(handle, 1, known + snapshots.length));
    snapshots.push(...come.snapshots);
    const so_far = { ...come, snapshots };
    if (come.done || taken >= steps || pace.elapsed >= milliseconds) return so_far;
    await pace.between(() => ({ ...so_far, snapshots: [...snapshots] }));
  }
}

export const induction = {
  make: ({ module }: Models, { seed, steps, every, names }: Q['inductionMake']['ask']) =>
    unwrap(module.inductionMake(seed, steps, every, names.map((name) => `${name}\n`).join(''))),
  advance,
  without: ({ heap, module }: Models, { handle, snapshot, places }: Q['inductionWithout']['ask']) => {
    heap.begin(1, places.length);
    const at = heap.room(places.length);
    heap.integers(at, places.length).set(places);
    return unwrap(module.inductionWithout(handle, snapshot, at, places.length / 2));
  },
  run: ({ heap, module }: Models, { handle, snapshot, tokens }: Q['inductionRun']['ask']) => {
    heap.begin(1, tokens.length);
    const at = heap.room(tokens.length);
    heap.integers(at, tokens.length).set(tokens);
    return unwrap(module.inductionRun(handle, snapshot, at, tokens.length));
  },
  close: ({ module }: Models, { handle }: Q['inductionClose']['ask']) => {
    module.inductionClose(handle);
    return null;
  },
};
