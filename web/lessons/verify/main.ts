// npm run lessons:check [-- lesson …] [--json]: prints each problem on a line of its own, then what was checked.

import type { Lab } from '../../engine/index.ts';
import { loadLab } from '../../engine/index.ts';
import { LessonError, problemText } from '../problem.ts';
import { type Verdict, verifyLessons } from './index.ts';

/** Checks and prints. Returns the exit status: 0 if all is right. With --json the last line is the verdict. */
export async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  const only = args.filter((arg) => !arg.startsWith('-'));
  let opened: Promise<Lab> | undefined;
  const lab = () => (opened ??= loadLab());
  try {
    const verdict = await verifyLessons({ lab, only });
    for (const problem of verdict.problems) console.log(problemText(problem));
    console.log(summary(verdict));
    if (json) console.log(JSON.stringify(verdict));
    return verdict.problems.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof LessonError)) throw error;
    console.log(error.message);
    if (json) console.log(JSON.stringify({ problems: error.problems }));
    return 1;
  } finally {
    if (opened) (await opened.catch(() => undefined))?.dispose();
  }
}

function summary({ problems, lessons, values, checks, seeds, exercises, cells, links }: Verdict): string {
  const done = `${count(lessons, 'lesson')}: ${count(values, 'value')} recomputed, ${count(checks, 'check')} tried with ${seeds} seeds (${count(exercises, 'exercise')}), ${count(cells, 'cell')} run, ${count(links, 'link')} followed`;
  return `${done}; ${problems.length === 0 ? 'nothing wrong' : count(problems.length, 'problem')}`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
