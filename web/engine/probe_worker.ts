// The worker's half of probes: trains a probe and its controls, one after the other, and lets other questions in between.
import { LabError, unwrap } from './errors.ts';
import type { Models } from './models.ts';
import { chanceOf, countClasses, HELD_OUT, knownSpellings, majorityOf, OUT, TRAIN, toScore } from './probe_counts.ts';
import { type FitAsk, OUTSIDE, type ProbeQuestions as Q, type TrainedProbe } from './probe_protocol.ts';
import type { Drift, ProbeFit } from './probe_types.ts';
import { pause, type Task } from './task.ts';
import type { Plane } from './types.ts';

/** Integers in the work area. */
function put({ heap }: Models, values: Uint32Array): number {
  const at = heap.room(values.length);
  heap.integers(at, values.length).set(values);
  return at;
}

function putBytes({ heap }: Models, values: Uint8Array): number {
  const at = heap.room(Math.ceil(values.length / 4));
  heap.bytes(at, values.length).set(values);
  return at;
}

/** Lists one after the other, and where each ends. */
function joined(lists: readonly Uint32Array[]): { all: Uint32Array; ends: Uint32Array } {
  let end = 0;
  const ends = Uint32Array.from(lists, ({ length }) => (end += length));
  return { all: Uint32Array.from(lists.flatMap((list) => [...list])), ends };
}

function add(models: Models, { handle, texts }: Q['statesAdd']['ask']): null {
  const tokens = joined(texts.map((text) => text.tokens));
  const places = joined(texts.map((text) => text.places));
  models.heap.begin(4, tokens.all.length + places.all.length + 2 * texts.length);
  const [tokensAt, tokenEnds] = [put(models, tokens.all), put(models, tokens.ends)];
  unwrap(models.module.statesAdd(handle, tokensAt, tokenEnds, put(models, places.all), put(models, places.ends), texts.length));
  return null;
}

/** Which words are trained on, and which held out. */
function divide(models: Models, { labels, groups, share, seed, parts }: FitAsk): Uint8Array {
  if (parts) return parts.map((part, n) => (labels[n] === OUTSIDE ? OUT : part));
  models.heap.begin(2, 2 * labels.length);
  return unwrap(models.module.probeDivide(put(models, labels), put(models, groups), labels.length, share, seed));
}

/** The labels of the control task. */
function control(models: Models, { labels, spellings, seed }: FitAsk): Uint32Array {
  models.heap.begin(2, 2 * labels.length);
  return models.module.probeControl(put(models, labels), put(models, spellings), labels.length, seed);
}

/** The labels dealt out anew. */
function shuffle(models: Models, { labels, seed }: FitAsk, parts: Uint8Array): Uint32Array {
  models.heap.begin(2, labels.length + Math.ceil(parts.length / 4));
  return models.module.probeShuffle(put(models, labels), putBytes(models, parts), labels.length, seed);
}

type Asked = FitAsk & { handle: number };

function train(models: Models, { handle, layer, classes, decay, seed }: Asked, labels: Uint32Array, parts: Uint8Array): TrainedProbe {
  const { heap, module } = models;
  heap.begin(2, labels.length + Math.ceil(parts.length / 4));
  const names = classes.map((name) => `${name}\n`).join('');
  return unwrap(module.probeTrain(handle, layer, put(models, labels), putBytes(models, parts), labels.length, names, decay, seed));
}

/** The share of variance along a probe's directions. */
function variance(models: Models, probe: number, states: number, parts: Uint8Array) {
  models.heap.begin(1, Math.ceil(parts.length / 4));
  return unwrap(models.module.probeExplained(probe, states, putBytes(models, parts), parts.length));
}

/** A probe and its controls, trained one after the other. */
async function fit(models: Models, ask: Q['statesFit']['ask'], { signal }: Task<never>): Promise<ProbeFit> {
  const parts = divide(models, ask);
  const tried = async <T>(labels: Uint32Array, use: (probe: TrainedProbe) => T): Promise<T> => {
    await pause();
    signal.throwIfAborted();
    const probe = train(models, ask, labels, parts);
    try {
      return use(probe);
    } finally {
      models.module.probeClose(probe.handle);
    }
  };
  const { score, along } = await tried(ask.labels, (probe) => ({
    score: toScore(probe),
    along: variance(models, probe.handle, ask.handle, parts),
  }));
  const controlled = ask.control ? await tried(control(models, ask), toScore).catch(withoutControl) : null;
  const shuffled = await tried(shuffle(models, ask, parts), toScore);
  const [trained, heldOut] = [countClasses(ask, parts, TRAIN), countClasses(ask, parts, HELD_OUT)];
  return {
    layer: ask.layer,
    seed: ask.seed,
    trained,
    heldOut,
    score,
    majority: majorityOf(trained, heldOut),
    control: controlled,
    selectivity: controlled && score.accuracy - controlled.accuracy,
    knownSpellings: knownSpellings(ask, parts),
    shuffled: { ...shuffled, ...chanceOf(shuffled, ask.classes.length) },
    ...along,
  };
}

/** Few spellings may by chance all draw one class: then there is no control. */
function withoutControl(error: unknown): null {
  if (error instanceof LabError && error.code === 'too-few') return null;
  throw error;
}

function probe(models: Models, ask: Q['statesProbe']['ask']): Q['statesProbe']['answer'] {
  const parts = divide(models, ask);
  return { ...train(models, ask, ask.labels, parts), parts };
}

/** Each group left out in turn, a probe for each. */
async function leaveOut(models: Models, ask: Q['statesLeaveOut']['ask'], { signal }: Task<never>): Promise<Q['statesLeaveOut']['answer']> {
  const { labels, groups, classes } = ask;
  const answers = new Uint8Array(labels.length);
  const words = [...labels.keys()].filter((n) => labels[n] !== OUTSIDE);
  let correct = 0;
  for (const group of new Set(words.map((n) => groups[n]))) {
    await pause();
    signal.throwIfAborted();
    const parts = labels.map((label, n) => (label === OUTSIDE ? OUT : groups[n] === group ? HELD_OUT : TRAIN));
    const trained = train(models, ask, labels, Uint8Array.from(parts));
    models.module.probeClose(trained.handle);
    correct += trained.correct;
    for (const n of words) if (groups[n] === group) answers[n] = trained.answers[n] as number;
  }
  const counts = countClasses({ labels, classes }, new Uint8Array(labels.length), TRAIN);
  const majority = Math.max(...counts) / words.length;
  return { answers, count: words.length, correct, majority, luck: models.module.probeLuck(words.length, correct, majority) };
}

function drift(models: Models, { handle, labels, classes }: Q['statesDrift']['ask']): Drift[] {
  models.heap.begin(1, labels.length);
  return unwrap(models.module.statesDrift(handle, put(models, labels), labels.length, classes));
}

function plane(models: Models, { handle, probe: of, labels }: Q['statesPlane']['ask']): Plane {
  models.heap.begin(1, labels.length);
  return unwrap(models.module.statesPlane(of, handle, put(models, labels), labels.length));
}

export const states = {
  open: ({ module }: Models, { handle }: Q['transformerStates']['ask']) => unwrap(module.statesOpen(handle)),
  add,
  rows: ({ module }: Models, { handle, layer }: Q['statesRows']['ask']) => unwrap(module.statesRows(handle, layer)),
  fit,
  probe,
  leaveOut,
  drift,
  plane,
  close: ({ module }: Models, { handle }: Q['statesClose']['ask']) => {
    module.statesClose(handle);
    return null;
  },
};

export const probes = {
  read: ({ module }: Models, { handle, run }: Q['probeRead']['ask']) => unwrap(module.probeRead(handle, run)),
  explain: ({ module }: Models, { handle, run, address }: Q['probeExplain']['ask']) => unwrap(module.probeExplain(handle, run, address)),
  close: ({ module }: Models, { handle }: Q['probeClose']['ask']) => {
    module.probeClose(handle);
    return null;
  },
};
