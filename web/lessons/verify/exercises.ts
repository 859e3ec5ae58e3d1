// Every check of a lesson, drawn for many seeds: right passes, unsolved fails, each foreseen mistake gets its own hint.
import type { Lab } from '../../engine/index.ts';
import type { CheckSpec, CompiledChecks, Value } from '../../models/check_spec.ts';
import { drawExercise, type Exercise, explanationText, type Grade, gradeReply, hintText } from '../../models/exercise.ts';
import { same } from '../../models/kit.ts';
import { asText } from '../../models/text.ts';
import type { CheckSource } from '../checks/read.ts';
import type { Report } from '../problem.ts';

export const seeds = 25;

/** The generated module, loaded from its source. */
export async function loadChecks(source: string): Promise<CompiledChecks> {
  return ((await import(`data:text/javascript,${encodeURIComponent(source)}`)) as { default: CompiledChecks }).default;
}

/** Returns how many exercises were drawn and graded. */
export async function verifyChecks(
  source: string,
  written: readonly CheckSource[],
  lab: () => Promise<Lab>,
  report: Report,
): Promise<number> {
  if (!source) return 0;
  const { checks } = await loadChecks(source);
  let drawn = 0;
  for (const [i, spec] of checks.entries()) {
    const line = written[i]?.line ?? 1;
    const fault = await firstFault(spec, lab);
    drawn += fault?.seed ?? seeds;
    if (fault)
      report.add(
        fault.path ? (written[i]?.lineOf(...fault.path) ?? line) : line,
        `check “${spec.id}”, seed ${fault.seed}: ${fault.what}`,
        fault.repair,
      );
  }
  return drawn;
}

interface Fault {
  seed: number;
  what: string;
  repair: string;
  path?: (string | number)[];
}

async function firstFault(spec: CheckSpec, lab: () => Promise<Lab>): Promise<Fault | null> {
  const seen = new Set<string>();
  for (let seed = 1; seed <= seeds; seed++) {
    try {
      const exercise = await drawExercise(spec, lab, seed);
      seen.add(JSON.stringify([exercise.variables, exercise.shown]));
      const fault = await faultOf(exercise, lab);
      if (fault) return { seed, ...fault };
    } catch (error) {
      return { seed, what: (error as Error).message, repair: 'correct the expression, or what is drawn' };
    }
  }
  return seen.size > 1
    ? null
    : {
        seed: seeds,
        what: 'every seed gives the same exercise',
        repair: 'draw something in vars, so that two students get different numbers',
      };
}

async function faultOf(exercise: Exercise, lab: () => Promise<Lab>): Promise<Omit<Fault, 'seed'> | null> {
  const { spec } = exercise;
  const grade = (reply: Value | null): Promise<Grade> => gradeReply(exercise, reply, lab);
  for (const right of exercise.rights) {
    const given = await grade(right);
    if (given.verdict !== 'right')
      return {
        what: `the right answer ${asText(right)} does not pass${given.verdict === 'refused' ? ` (${given.message})` : ''}`,
        repair: 'correct answer, accept or tolerance',
        path: ['answer'],
      };
  }
  for (const [name, blank] of blanks(exercise)) {
    if ((await grade(blank)).verdict === 'right')
      return { what: `${name} passes`, repair: 'correct accept, or draw so that it is not the answer (given)', path: ['accept'] };
  }
  const hints = new Map<string, number>();
  const foreseen = spec.type === 'choice' ? (spec.choices ?? []).map((_, i) => i).filter((i) => i !== exercise.right) : exercise.wrong;
  for (const [i, wrong] of foreseen.entries()) {
    const path = spec.type === 'choice' ? ['choices', wrong as number] : ['wrong', i];
    const given = await grade(wrong);
    if (given.verdict !== 'wrong')
      return {
        what: `the foreseen wrong answer ${asText(wrong)} is not graded as wrong`,
        repair: 'correct it, or draw so that it is wrong (given)',
        path,
      };
    if (!given.hint) return { what: `the wrong answer ${asText(wrong)} has no hint`, repair: 'say what the reader has mixed up', path };
    const before = hints.get(given.hint);
    if (before !== undefined)
      return {
        what: `the wrong answers ${before + 1} and ${i + 1} have the same hint`,
        repair: 'each mistake has a hint of its own',
        path,
      };
    hints.set(given.hint, i);
  }
  // Texts are filled in too: an expression in them may fail for some draws only.
  for (let i = 0; i < spec.hints.length; i++) await hintText(exercise, i, lab);
  await explanationText(exercise, lab);
  return null;
}

/** What a reader hands in who has not solved it. */
function blanks({ spec, right, shown }: Exercise): [string, Value | null][] {
  const found: [string, Value | null][] = [
    ['no answer', null],
    ['an empty answer', ''],
  ];
  if (spec.type === 'order') found.push(['the order shown at first', shown]);
  if (spec.type === 'vector') {
    const zeros = (right as Value[]).map(() => 0);
    if (!same(zeros, right)) found.push(['a vector of zeros', zeros]);
  }
  return found;
}
