// The worker's half of learning: from handles to engine calls.
import { download } from './download.ts';
import { LabError, unwrap } from './errors.ts';
import type { LearningQuestions as Q, Rows } from './learning_protocol.ts';
import type { CurvePoint, TrainingProgress } from './learning_types.ts';
import type { Memory } from './memory.ts';
import type { Models } from './models.ts';
import { Pace, type Task } from './task.ts';
import type { Matrix } from './types.ts';

const lines = (texts: readonly string[]) => texts.map((text) => `${text}\n`).join('');

/** Labels in the work area, a byte each; 0 where there are none. */
function putBytes(heap: Memory, bytes: Uint8Array | null): number {
  if (!bytes) return 0;
  const at = heap.room(Math.ceil(bytes.length / 4));
  heap.bytes(at, bytes.length).set(bytes);
  return at;
}

const floatsOf = (bytes: Uint8Array | null) => Math.ceil((bytes?.length ?? 0) / 4);

/** Places the rows of a question in the engine's memory. */
function put(heap: Memory, { x, labels }: Rows): { at: number; labelsAt: number } {
  heap.begin(2, x.data.length + floatsOf(labels));
  return { at: heap.put(x.data), labelsAt: putBytes(heap, labels) };
}

export const examples = {
  make: ({ heap, module }: Models, { rows, labels, classes }: Q['examplesMake']['ask']) => {
    heap.begin(2, rows.data.length + floatsOf(labels));
    return unwrap(module.examplesMake(heap.put(rows.data), rows.rows, rows.columns, putBytes(heap, labels), lines(classes)));
  },
  strokes: ({ module }: Models, { count, seed, variation }: Q['examplesStrokes']['ask']) =>
    unwrap(module.examplesStrokes(count, seed, variation)),
  idx: async ({ heap, module }: Models, ask: Q['examplesIdx']['ask'], { signal }: Task<never>) => {
    const [images, labels] = [await opened(ask.images, 'images', signal), await opened(ask.labels, 'labels', signal)];
    return unwrap(
      heap.withBytes(images, (imagesAt) =>
        heap.withBytes(labels, (labelsAt) => module.examplesIdx(imagesAt, images.length, labelsAt, labels.length)),
      ),
    );
  },
  rows: ({ module }: Models, { handle, from, count }: Q['examplesRows']['ask']): Matrix => unwrap(module.examplesRows(handle, from, count)),
  labels: ({ module }: Models, { handle }: Q['examplesLabels']['ask']) => unwrap(module.examplesLabels(handle)),
  split: ({ module }: Models, { handle, heldOut, seed }: Q['examplesSplit']['ask']) => unwrap(module.examplesSplit(handle, heldOut, seed)),
  standardize: ({ heap, module }: Models, { handle, by }: Q['examplesStandardize']['ask']) => {
    if (!by) return unwrap(module.examplesStandardize(handle, 0, 0, 0));
    heap.begin(2, 2 * by.means.length);
    return unwrap(module.examplesStandardize(handle, heap.put(by.means), heap.put(by.deviations), by.means.length));
  },
  close: ({ module }: Models, { handle }: Q['examplesClose']['ask']) => {
    module.examplesClose(handle);
    return null;
  },
};

/** A file that may be compressed; what is wrong with it is said of the file that it is. */
async function opened(bytes: Uint8Array, which: string, signal: AbortSignal): Promise<Uint8Array> {
  try {
    return await download(bytes, () => {}, signal);
  } catch {
    throw new LabError('bad-file', `The file of ${which} is damaged or cut short: it does not decompress. Get it once more.`, which);
  }
}

export function rasterize({ heap, module }: Models, { strokes, thickness }: Q['rasterize']['ask']): Float32Array {
  const floats = strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  heap.begin(2, floats + strokes.length);
  const at = heap.room(floats);
  const lengths = heap.room(strokes.length);
  heap.view(at, floats).set(strokes.flatMap((stroke) => [...stroke]));
  heap.integers(lengths, strokes.length).set(strokes.map((stroke) => stroke.length));
  return unwrap(module.rasterize(at, lengths, strokes.length, thickness));
}

export const network = {
  make: ({ heap, module }: Models, { inputs, hidden, classes, activation, seed }: Q['networkMake']['ask']) => {
    heap.begin(1, hidden.length);
    const at = heap.room(hidden.length);
    heap.integers(at, hidden.length).set(hidden);
    return unwrap(module.networkMake(inputs, at, hidden.length, lines(classes), activation, seed));
  },
  open: async ({ heap, module }: Models, { source }: Q['networkOpen']['ask'], { signal, progress }: Task<Q['networkOpen']['progress']>) => {
    const bytes = await download(source, (loaded, total) => progress({ loaded, total }), signal);
    signal.throwIfAborted();
    return unwrap(heap.withBytes(bytes, (address) => module.networkOpen(address, bytes.length)));
  },
  layer: ({ module }: Models, { handle, l }: Q['networkLayer']['ask']) => unwrap(module.networkLayer(handle, l)),
  setLayers: ({ heap, module }: Models, { handle, layers }: Q['networkSetLayers']['ask']) => {
    const parts = layers.flatMap(({ weights, biases }) => [weights.data, biases]);
    const floats = parts.reduce((sum, part) => sum + part.length, 0);
    heap.begin(1, floats);
    const at = heap.room(floats);
    let next = 0;
    for (const part of parts) {
      heap.view(at, floats).set(part, next);
      next += part.length;
    }
    return unwrap(module.networkSetLayers(handle, at, floats));
  },
  setRow: ({ heap, module }: Models, { handle, l, k, weights, bias }: Q['networkSetRow']['ask']) => {
    heap.begin(1, weights.length);
    return unwrap(module.networkSetRow(handle, l, k, heap.put(weights), weights.length, bias));
  },
  forward: ({ heap, module }: Models, ask: Q['networkForward']['ask']) => {
    const { at, labelsAt } = put(heap, ask);
    return unwrap(module.networkForward(ask.handle, at, ask.x.rows, ask.x.columns, labelsAt, ask.temperature));
  },
  explain: ({ heap, module }: Models, ask: Q['networkExplain']['ask']) => {
    const { at, labelsAt } = put(heap, ask);
    const { handle, x, temperature, version, address } = ask;
    return unwrap(module.networkExplain(handle, version, at, x.rows, x.columns, labelsAt, temperature, address));
  },
  evaluate: ({ module }: Models, ask: Q['networkEvaluate']['ask']) => unwrap(module.networkEvaluate(ask.handle, ask.examples)),
  flip: ({ heap, module }: Models, { handle, x, to }: Q['networkFlip']['ask']) => {
    heap.begin(1, x.length);
    return unwrap(module.networkFlip(handle, heap.put(x), x.length, to));
  },
  copy: ({ module }: Models, { handle }: Q['networkCopy']['ask']) => unwrap(module.networkCopy(handle)),
  close: ({ module }: Models, { handle }: Q['networkClose']['ask']) => {
    module.networkClose(handle);
    return null;
  },
};

export const training = {
  make: ({ module }: Models, { network: of, examples: from, heldOut, options }: Q['trainingMake']['ask']) =>
    unwrap(module.trainingMake(of, from, heldOut, options)),
  step: ({ module }: Models, { handle }: Q['trainingStep']['ask']) => unwrap(module.trainingStep(handle)),
  run,
  curve: ({ module }: Models, { handle }: Q['trainingCurve']['ask']) => unwrap(module.trainingCurve(handle)),
  save: ({ module }: Models, { handle }: Q['trainingSave']['ask']) => unwrap(module.trainingSave(handle)),
  restore: ({ heap, module }: Models, { handle, bytes }: Q['trainingRestore']['ask']) =>
    unwrap(heap.withBytes(bytes, (address) => module.trainingRestore(handle, address, bytes.length))),
  explain: ({ module }: Models, { handle, step, address }: Q['trainingExplain']['ask']) =>
    unwrap(module.trainingExplain(handle, step, address)),
  close: ({ module }: Models, { handle }: Q['trainingClose']['ask']) => {
    module.trainingClose(handle);
    return null;
  },
};

/** Steps until there are enough or the time is up. How many go into one call is found on the way: about a millisecond's worth. */
async function run(
  { module }: Models,
  { handle, steps, milliseconds }: Q['trainingRun']['ask'],
  task: Task<TrainingProgress>,
): Promise<TrainingProgress> {
  const pace = new Pace(task);
  const points: CurvePoint[] = [];
  let at_once = 1;
  for (let left = steps; ; ) {
    const before = performance.now();
    const come = unwrap(module.trainingAdvance(handle, Math.min(left, at_once)));
    points.push(...come.points);
    left -= Math.min(left, at_once);
    const took = performance.now() - before;
    if (took < 1) at_once = Math.min(2 * at_once, 1024);
    else if (took > 4) at_once = Math.max(1, at_once >> 1);
    const so_far = { ...come, points };
    if (left <= 0 || pace.elapsed >= milliseconds) return so_far;
    await pace.between(() => so_far);
  }
}

export function singular({ heap, module }: Models, { m }: Q['singular']['ask']) {
  heap.begin(1, m.data.length);
  return unwrap(module.singular(heap.put(m.data), m.rows, m.columns));
}

export function explainSingular({ heap, module }: Models, { m, address }: Q['singularExplain']['ask']) {
  heap.begin(1, m.data.length);
  return unwrap(module.singularExplain(address, heap.put(m.data), m.rows, m.columns));
}
