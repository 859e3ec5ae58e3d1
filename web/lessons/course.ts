// The course: which lessons there are, in order, and where each lives.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { LineCounter, parseDocument } from 'yaml';
import { LessonError } from './problem.ts';

export const coursePath = 'lessons/course.yaml';

const entrySchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'lower case letters, digits and hyphens')),
  number: v.pipe(v.number(), v.integer()),
  title: v.pipe(v.string(), v.nonEmpty()),
  question: v.pipe(v.string(), v.nonEmpty()),
  status: v.picklist(['written', 'planned']),
});

export type CourseEntry = v.InferOutput<typeof entrySchema>;

/** The thirteen lessons in order. Throws a LessonError that names the line of a bad entry. */
export async function readCourse(root: string = process.cwd()): Promise<CourseEntry[]> {
  const lines = new LineCounter();
  const document = parseDocument(await readFile(path.join(root, coursePath), 'utf8'), { lineCounter: lines });
  const fail = (line: number, what: string, repair: string) => new LessonError([{ file: coursePath, line, what, repair }]);
  const broken = document.errors[0];
  if (broken)
    throw fail(lines.linePos(broken.pos[0]).line, `not YAML: ${broken.code}`, 'look at the indentation and the quotes of this line');
  const { lessons } = (document.toJS() ?? {}) as { lessons?: unknown };
  if (!Array.isArray(lessons)) throw fail(1, 'no list `lessons:`', 'begin the file with `lessons:` and one `- id:` per lesson');
  return lessons.map((entry: unknown, i) => {
    const node = document.getIn(['lessons', i], true) as { range?: [number, number, number] } | undefined;
    const line = lines.linePos(node?.range?.[0] ?? 0).line;
    const parsed = v.safeParse(entrySchema, entry);
    if (!parsed.success) {
      const issue = parsed.issues[0];
      throw fail(
        line,
        `lesson ${i + 1}: ${v.getDotPath(issue) ?? ''}: ${issue.message}`,
        'an entry has id, number, title, question and status',
      );
    }
    if (parsed.output.number !== i + 1)
      throw fail(line, `lesson ${i + 1} has number ${parsed.output.number}`, `lessons are numbered in order: number: ${i + 1}`);
    return parsed.output;
  });
}

/** `lessons/010-dot-product`, from the root. */
export function lessonFolder({ id, number }: Pick<CourseEntry, 'id' | 'number'>): string {
  return `lessons/${String(number * 10).padStart(3, '0')}-${id}`;
}

/** Whether a lesson's text is there, whatever its status says. */
export function hasText(entry: CourseEntry, root: string = process.cwd()): boolean {
  return existsSync(path.join(root, lessonFolder(entry), 'lesson.md'));
}
