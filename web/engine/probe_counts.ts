// What is counted of a probe's answers.
import { type FitAsk, OUTSIDE, type TrainedProbe } from './probe_protocol.ts';
import type { ProbeScore } from './probe_types.ts';

/** What a word is for. */
export const TRAIN = 0;
export const HELD_OUT = 1;
export const OUT = 2;

/** Counts as shares. */
export const toScore = ({ count, correct, confusion, trained, trainedCorrect }: TrainedProbe): ProbeScore => ({
  count,
  correct,
  accuracy: correct / count,
  confusion,
  trainAccuracy: trainedCorrect / trained,
});

/** How many words of each class have this part. */
export function countClasses({ labels, classes }: Pick<FitAsk, 'labels' | 'classes'>, parts: Uint8Array, part: number): Uint32Array {
  const counts = new Uint32Array(classes.length);
  for (const [n, label] of labels.entries()) if (parts[n] === part && label !== OUTSIDE) counts[label] = (counts[label] as number) + 1;
  return counts;
}

const total = (counts: Uint32Array): number => counts.reduce((sum, count) => sum + count, 0);

/** The share of the held-out words of the class that is commonest in training. */
export function majorityOf(trained: Uint32Array, heldOut: Uint32Array): number {
  const commonest = trained.indexOf(trained.reduce((a, b) => Math.max(a, b), 0));
  return (heldOut[commonest] as number) / total(heldOut);
}

/** The share of the held-out words whose spelling is among those trained on. */
export function knownSpellings({ spellings }: FitAsk, parts: Uint8Array): number {
  const known = new Set(spellings.filter((_, n) => parts[n] === TRAIN));
  const held = [...spellings].filter((_, n) => parts[n] === HELD_OUT);
  return held.filter((spelling) => known.has(spelling)).length / held.length;
}

/** What answers like these get right of labels that have nothing to do with them, and its standard deviation. */
export function chanceOf({ confusion, count }: ProbeScore, classes: number): { chance: number; deviation: number } {
  let chance = 0;
  for (let k = 0; k < classes; ++k) {
    let [truth, answered] = [0, 0];
    for (let other = 0; other < classes; ++other) {
      truth += confusion[k * classes + other] as number;
      answered += confusion[other * classes + k] as number;
    }
    chance += (truth / count) * (answered / count);
  }
  return { chance, deviation: Math.sqrt((chance * (1 - chance)) / count) };
}
