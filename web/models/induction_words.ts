// What a run of growing an induction head shows, in words made of its own measures: when the loss dropped, which heads look where, and what
// hangs on them. What the run does not show is not said.
import { format, formatCount } from '../drawing/format.ts';
import type { HeadPlace, InductionHead, InductionSnapshot } from '../engine/index.ts';

/** ln 32: the mean loss of whoever gives each of the 32 signs the same probability. */
export const floor = Math.log(32);
/** A head is called by a tendency from this share of its attention on; equal attention gives 0.07 to both kinds. */
const leastShare = 0.4;
/** Steps within which a fall counts as sudden, and the part of the whole fall that it must be. */
const suddenSteps = 40;
const suddenPart = 0.5;
/** As much of the repetition must be foretold before a drop is spoken of. */
const leastAccuracy = 0.5;

export interface Drop {
  from: InductionSnapshot;
  to: InductionSnapshot;
  /** Of the whole fall of the repetition's loss so far. */
  part: number;
}

/** Where the loss of the repetition fell by most within 40 steps, if the repetition is foretold at all and that was most of the fall. */
export function dropOf(snapshots: readonly InductionSnapshot[]): Drop | null {
  const [first] = snapshots;
  if (!first || !snapshots.some(({ repeated }) => repeated.accuracy >= leastAccuracy)) return null;
  const whole = first.repeated.loss - Math.min(...snapshots.map(({ repeated }) => repeated.loss));
  let best: Drop | null = null;
  for (const [i, from] of snapshots.entries()) {
    for (const to of snapshots.slice(i + 1)) {
      if (to.step - from.step > suddenSteps) break;
      const part = (from.repeated.loss - to.repeated.loss) / whole;
      if (!best || part > best.part) best = { from, to, part };
    }
  }
  return best && best.part >= suddenPart ? best : null;
}

/** The head that scores highest, of those of a layer or of all. */
export function highest(snapshot: InductionSnapshot, kind: 'previous' | 'induction', layer?: number): InductionHead | null {
  const heads = snapshot.heads.filter((one) => layer === undefined || one.layer === layer);
  return heads.reduce<InductionHead | null>((best, one) => (best && best[kind].weight >= one[kind].weight ? best : one), null);
}

export const tends = (head: InductionHead | null, kind: 'previous' | 'induction'): head is InductionHead =>
  head !== null && head[kind].weight >= leastShare;

export const headName = ({ layer, head }: HeadPlace): string => `head ${head} of layer ${layer}`;
export const share = (value: number): string => format(value, 2);
const percent = (value: number) => `${formatCount(Math.round(100 * value))}\u00a0%`;

/** What the curve shows so far. */
export function curveWords(snapshots: readonly InductionSnapshot[], done: boolean): string {
  const last = snapshots.at(-1);
  if (!last || last.step === 0) return '';
  const drop = dropOf(snapshots);
  const firstRun = `The first run stays at ${format(last.first.loss, 2)}, and guessing blindly gives ${format(floor, 2)}.`;
  if (drop) {
    const { from, to, part } = drop;
    return `Between steps ${from.step} and ${to.step} the loss of the repetition falls from ${format(from.repeated.loss, 2)} to ${format(to.repeated.loss, 2)}: ${percent(part)} of all that it fell in ${last.step} steps. ${firstRun}`;
  }
  const now = `After ${last.step} steps the loss of the repetition is ${format(last.repeated.loss, 2)}, and ${percent(last.repeated.accuracy)} of its signs are foretold.`;
  return done ? `${now} This run shows no sudden drop.` : `${now} No sudden drop so far.`;
}

/** What the two kinds of heads do at a snapshot. */
export function headWords(snapshot: InductionSnapshot): string {
  const [back, found] = [highest(snapshot, 'previous', 1), highest(snapshot, 'induction')];
  if (!back || !found) return '';
  const backSays = `In layer 1, head ${back.head} looks most at the sign before: ${share(back.previous.weight)} of its attention`;
  const foundSays = `${headName(found)} looks most at what followed an earlier occurrence: ${share(found.induction.weight)}`;
  const equal = `equal attention would give ${share(found.induction.uniform)}`;
  if (!tends(back, 'previous') && !tends(found, 'induction'))
    return `${backSays}. ${upper(foundSays)}; ${equal}. Neither is a clear tendency at step ${snapshot.step}.`;
  const others = snapshot.heads.filter((one) => one !== found && tends(one, 'induction')).length;
  const also =
    others === 0 || !tends(found, 'induction')
      ? ''
      : `, and ${others === 1 ? 'one other head does' : `${others} other heads do`} much the same`;
  return `${backSays}. ${upper(foundSays)}${also}; ${equal}.`;
}

/** How the two depend on each other: the same snapshot measured with the head of layer 1 taken away. */
export function togetherWords(snapshot: InductionSnapshot, without: InductionSnapshot | null): string {
  const [back, found] = [highest(snapshot, 'previous', 1), highest(snapshot, 'induction')];
  if (!without || !tends(back, 'previous') || !tends(found, 'induction') || found.layer !== 2) return '';
  const rest = without.heads.find(({ layer, head }) => layer === found.layer && head === found.head)?.induction.weight ?? 0;
  const loss = `the loss of the repetition goes from ${format(snapshot.repeated.loss, 2)} to ${format(without.repeated.loss, 2)}`;
  const measured = `With the output of ${headName(back)} set to 0, that share goes from ${share(found.induction.weight)} to ${share(rest)}, and ${loss}`;
  if (rest > found.induction.weight / 2) return `${measured}: here the one does not hang on the other alone.`;
  return `${measured}. So the two work together: the first writes into each place which sign stood before it; the second looks for the place into which its own sign was written, and finds there what came next.`;
}

const upper = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
