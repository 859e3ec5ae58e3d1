// The one door to the lessons: what the site, the embeds and the lesson check call.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import { compileChecks } from './checks/compile.ts';
import { type CheckSource, readChecks } from './checks/read.ts';
import { roomOf } from './checks/room.ts';
import { type CourseEntry, hasText, lessonFolder, readCourse } from './course.ts';
import { type ElementInfo, readElements } from './elements.ts';
import { type LessonMeta, readFrontMatter } from './front_matter.ts';
import { parseMarkdown } from './parse.ts';
import { LessonError, Report } from './problem.ts';
import { renderMarkdown } from './render.ts';
import type { Cell, Claim, Heading, Rendered } from './rendered.ts';

export type { CourseEntry } from './course.ts';
export { hasText, lessonFolder, readCourse } from './course.ts';
export { type ElementInfo, readElements } from './elements.ts';
export type { LessonMeta } from './front_matter.ts';
export { LessonError, type Problem, problemText } from './problem.ts';
export type { Heading } from './rendered.ts';

export interface Lesson {
  id: string;
  meta: LessonMeta;
  /** What stands between the title and the foot of the page. */
  html: string;
  headings: Heading[];
  /** Custom elements that the page must load, `dot-…`. */
  elements: string[];
  /** Source of an ES module whose default export is the lesson's CompiledChecks; it imports nothing. */
  checks: string;
  /** The ids of its checks, in order. */
  checkIds: string[];
  /** What stands on the teacher's page, the answer key included. '' if there is no teacher.md. */
  teacher: string;
  teacherElements: string[];
  /** Files to watch, from the root. */
  files: string[];
}

/** Everything the lesson check needs on top. */
export interface CheckedLesson extends Lesson {
  claims: Claim[];
  teacherClaims: Claim[];
  cells: Cell[];
  links: { url: string; line: number; file: string }[];
  /** What a link may point to, on the lesson's page and on the teacher's. */
  ids: string[];
  teacherIds: string[];
  sources: CheckSource[];
}

/**
 * Renders one lesson. `id` as in lessons/course.yaml.
 * @throws LessonError with every problem found in its files: file, line, what, repair
 */
export async function renderLesson(id: string, options: { root?: string } = {}): Promise<CheckedLesson> {
  const root = options.root ?? process.cwd();
  const course = await readCourse(root);
  const entry = course.find((one) => one.id === id);
  if (!entry)
    throw new LessonError([
      { file: 'lessons/course.yaml', line: 1, what: `no lesson “${id}”`, repair: `it has ${course.map((one) => one.id).join(', ')}` },
    ]);
  const folder = lessonFolder(entry);
  const file = `${folder}/lesson.md`;
  if (!hasText(entry, root))
    throw new LessonError([{ file, line: 1, what: 'is not there', repair: 'write it, or set the lesson’s status to planned' }]);
  const elements = readElements(root);

  const reports: Report[] = [];
  const reportOn = (name: string) => {
    const report = new Report(`${folder}/${name}`);
    reports.push(report);
    return report;
  };

  // The checks first: the lesson shows them by id.
  const checksReport = reportOn('checks.yaml');
  const checksText = await readIfThere(path.join(root, folder, 'checks.yaml'));
  const sources = checksText === null ? [] : readChecks(checksText, checksReport);
  const checks = compileChecks(id, sources, { elements, report: checksReport });

  const report = reportOn('lesson.md');
  const source = await readFile(path.join(root, file), 'utf8');
  const tree = parseMarkdown(source, report, { elements });
  const head = tree.children[0];
  const meta = head?.type === 'yaml' ? readFrontMatter(head.value, 2, report) : null;
  if (head?.type !== 'yaml')
    report.add(1, 'no front matter', 'begin with ---, then id, number, title, question, minutes, summary, then ---');
  if (meta) agreeWithCourse(meta, entry, report);
  const link = (url: string) => lessonLink(url, course);
  const text = renderMarkdown(tree, { report, elements, link, checks: () => checkSection(id, sources) });
  if (sources.length > 0 && !text.checksLine)
    report.add(1, 'the checks of checks.yaml stand nowhere', 'write ::checks where they are to come');
  if (sources.length === 0 && text.checksLine) report.add(text.checksLine, '::checks, but no checks', `write ${folder}/checks.yaml`);
  for (const check of sources)
    if (text.ids.includes(check.id))
      checksReport.add(check.line, `the id “${check.id}” is taken in lesson.md`, 'give the check another id');

  // The teacher's page lies one folder deeper.
  const teacher = await renderTeacher(
    path.join(root, folder, 'teacher.md'),
    id,
    reportOn('teacher.md'),
    elements,
    (url) => (url.startsWith('lesson:') ? `../${link(url)}` : url),
    sources.length > 0,
  );
  const problems = reports.flatMap((one) => [...one.problems].sort((a, b) => a.line - b.line));
  if (problems.length > 0 || !meta) throw new LessonError(problems);
  return {
    id,
    meta,
    html: text.html,
    headings: text.headings,
    elements: sources.length > 0 ? [...text.elements, 'dot-progress'] : text.elements,
    checks,
    checkIds: sources.map((check) => check.id),
    teacher: teacher.html,
    teacherElements: teacher.elements,
    files: ['lesson.md', 'checks.yaml', 'teacher.md'].map((name) => `${folder}/${name}`),
    claims: text.claims,
    teacherClaims: teacher.claims,
    cells: text.cells,
    links: [...text.links.map((one) => ({ ...one, file })), ...teacher.links.map((one) => ({ ...one, file: `${folder}/teacher.md` }))],
    ids: [...text.ids, ...sources.map((check) => check.id)],
    teacherIds: teacher.ids,
    sources,
  };
}

const teacherSections = ['Aims', 'Misconceptions', 'Timing', 'A question for the class'];

async function renderTeacher(
  file: string,
  id: string,
  report: Report,
  elements: ReadonlyMap<string, ElementInfo>,
  link: (url: string) => string,
  key: boolean,
): Promise<Rendered> {
  const source = await readIfThere(file);
  if (source === null) return { html: '', headings: [], elements: [], claims: [], cells: [], links: [], ids: [], checksLine: 0 };
  const text = renderMarkdown(parseMarkdown(source, report, { elements }), { report, elements, link });
  for (const section of teacherSections) {
    if (!text.headings.some((heading) => heading.text === section))
      report.add(1, `no section “${section}”`, `write a heading “## ${section}” and what belongs there`);
  }
  if (!key) return text;
  return {
    ...text,
    html: `${text.html}\n<section class="key" aria-labelledby="key"><h2 id="key">Answer key</h2><dot-key lesson="${id}"></dot-key></section>`,
    elements: [...text.elements, 'dot-key'],
  };
}

function checkSection(lesson: string, checks: readonly CheckSource[]): ElementContent[] {
  return [
    h('section.checks', { ariaLabelledby: 'checks' }, [
      h('h2', { id: 'checks' }, 'Check yourself'),
      h('noscript', [h('p', 'The exercises are computed in your browser and need JavaScript.')]),
      ...checks.map((check) => h('dot-check', { id: check.id, lesson, style: roomOf(check) })),
      h('dot-progress', { lesson }),
    ]),
  ];
}

function agreeWithCourse(meta: LessonMeta, entry: CourseEntry, report: Report): void {
  for (const key of ['id', 'number', 'title', 'question'] as const) {
    if (meta[key] !== entry[key])
      report.add(2, `${key} is “${meta[key]}” here and “${entry[key]}” in lessons/course.yaml`, 'make them the same');
  }
}

/** `lesson:angle#x` → `../angle/#x`; a lesson page lies at /lessons/<id>/. The lesson check reports those that lead nowhere. */
function lessonLink(url: string, course: readonly CourseEntry[]): string {
  const [, id = '', hash = ''] = /^lesson:([^#]*)(#.*)?$/.exec(url) ?? [];
  return id && course.some((one) => one.id === id) ? `../${id}/${hash}` : url;
}

async function readIfThere(file: string): Promise<string | null> {
  return existsSync(file) ? readFile(file, 'utf8') : null;
}
