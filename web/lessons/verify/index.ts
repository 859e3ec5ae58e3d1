// The lesson check: renders every lesson, and asks the real engine whether what it says is so.
import type { Lab } from '../../engine/index.ts';
import { hasText, lessonFolder, readCourse } from '../course.ts';
import { readElements } from '../elements.ts';
import { type CheckedLesson, renderLesson } from '../index.ts';
import { LessonError, type Problem, Report } from '../problem.ts';
import { verifyCells } from './cells.ts';
import { verifyClaims } from './claims.ts';
import { seeds, verifyChecks } from './exercises.ts';
import { verifyFiles, verifyLinks, verifyNeeds } from './places.ts';

export interface Verdict {
  problems: Problem[];
  lessons: number;
  /** Numbers and words recomputed. */
  values: number;
  checks: number;
  seeds: number;
  /** Exercises drawn and graded. */
  exercises: number;
  cells: number;
  links: number;
}

export interface VerifyOptions {
  root?: string;
  lab: () => Promise<Lab>;
  /** Only these lessons; all that have a text unless told. */
  only?: readonly string[];
  onLesson?: (id: string) => void;
}

export async function verifyLessons({ root = process.cwd(), lab, only = [], onLesson }: VerifyOptions): Promise<Verdict> {
  const verdict: Verdict = { problems: [], lessons: 0, values: 0, checks: 0, seeds, exercises: 0, cells: 0, links: 0 };
  const course = await readCourse(root);
  const elements = readElements(root);
  for (const id of only)
    if (!course.some((entry) => entry.id === id))
      verdict.problems.push({
        file: 'lessons/course.yaml',
        line: 1,
        what: `no lesson “${id}”`,
        repair: `it has ${course.map((entry) => entry.id).join(', ')}`,
      });

  // All are rendered first, so that links between them can be followed.
  const lessons = new Map<string, CheckedLesson>();
  for (const entry of course) {
    if (!hasText(entry, root)) continue;
    try {
      lessons.set(entry.id, await renderLesson(entry.id, { root }));
    } catch (error) {
      if (!(error instanceof LessonError)) throw error;
      if (only.length === 0 || only.includes(entry.id)) verdict.problems.push(...error.problems);
    }
  }
  for (const [id, lesson] of lessons) {
    if (only.length > 0 && !only.includes(id)) continue;
    onLesson?.(id);
    const folder = lessonFolder({ id, number: lesson.meta.number });
    const [text, teacher, checks] = ['lesson.md', 'teacher.md', 'checks.yaml'].map((name) => new Report(`${folder}/${name}`)) as [
      Report,
      Report,
      Report,
    ];
    verdict.lessons++;
    verdict.values += await verifyClaims(lesson.claims, lab, text);
    verdict.values += await verifyClaims(lesson.teacherClaims, lab, teacher);
    verdict.checks += lesson.sources.length;
    verdict.exercises += await verifyChecks(lesson.checks, lesson.sources, lab, checks);
    verdict.cells += lesson.cells.length;
    await verifyCells(lesson.cells, lab, text);
    verdict.links += lesson.links.length;
    const found = [text, checks, teacher].flatMap((report) => report.problems);
    verdict.problems.push(...found, ...verifyLinks(lesson, course, lessons), ...verifyNeeds(lesson, elements, `${folder}/lesson.md`));
  }
  if (only.length === 0) verdict.problems.push(...(await verifyFiles(root, course)));
  return verdict;
}
