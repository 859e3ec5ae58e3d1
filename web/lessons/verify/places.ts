// Links that lead nowhere, files that belong nowhere, and what a lesson forgot to say that it needs.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type CourseEntry, hasText, lessonFolder } from '../course.ts';
import type { ElementInfo } from '../elements.ts';
import type { CheckedLesson } from '../index.ts';
import type { Problem } from '../problem.ts';

const lessonFiles = ['lesson.md', 'checks.yaml', 'teacher.md'];
const courseFiles = ['README.md', 'course.yaml', 'data', 'LICENSE', 'LICENSE.md'];

/** `lessons`: those that could be rendered; a link into another lesson is followed only if that one is among them. */
export function verifyLinks(lesson: CheckedLesson, course: readonly CourseEntry[], lessons: ReadonlyMap<string, CheckedLesson>): Problem[] {
  const problems: Problem[] = [];
  for (const { url, line, file } of lesson.links) {
    const add = (what: string, repair: string) => problems.push({ file, line, what: `the link (${url}) ${what}`, repair });
    const [, target, hash] = /^lesson:([^#]*)(?:#(.*))?$/.exec(url) ?? [];
    if (target !== undefined) {
      const entry = course.find((one) => one.id === target);
      if (!entry) add('leads to no lesson', `lessons are ${course.map((one) => one.id).join(', ')}`);
      else if (entry.status === 'planned' && target !== lesson.id)
        add('leads to a lesson that is not written yet', 'name it without a link');
      else if (hash && lessons.has(target) && !lessons.get(target)?.ids.includes(hash))
        add(
          'leads to no place in that lesson',
          `it has ${lessons
            .get(target)
            ?.ids.map((id) => `#${id}`)
            .join(', ')}`,
        );
    } else if (url.startsWith('#')) {
      const ids = file.endsWith('teacher.md') ? lesson.teacherIds : lesson.ids;
      if (!ids.includes(decodeURIComponent(url.slice(1))))
        add('leads to no place on this page', `it has ${ids.map((id) => `#${id}`).join(', ')}`);
    } else if (!/^https:\/\/[^\s/]+\.[^\s]+$/.test(url))
      add('is none of the kinds that lessons use', 'write lesson:id, #heading or https://…');
  }
  return problems;
}

/** Every file and folder of lessons/ has its place. */
export async function verifyFiles(root: string, course: readonly CourseEntry[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  const stray = (file: string, repair: string) => problems.push({ file, line: 1, what: 'belongs nowhere', repair });
  const folders = new Map(course.map((entry) => [path.basename(lessonFolder(entry)), entry]));
  for (const name of await names(path.join(root, 'lessons'))) {
    if (courseFiles.includes(name)) continue;
    if (!folders.has(name))
      stray(
        `lessons/${name}`,
        'delete it, or add its lesson to lessons/course.yaml (the folder is number × 10, three digits, then the id)',
      );
    else
      for (const file of await names(path.join(root, 'lessons', name)))
        if (!lessonFiles.includes(file))
          stray(`lessons/${name}/${file}`, `delete it; a lesson is ${lessonFiles.join(', ')}, and what it loads is in lessons/data/`);
  }
  for (const name of await names(path.join(root, 'lessons/data'))) {
    if (name === 'README.md') continue;
    if (!existsSync(path.join(root, 'lessons/data', name, 'source.md')))
      problems.push({
        file: `lessons/data/${name}/source.md`,
        line: 1,
        what: 'is not there',
        repair: 'say where the data come from, their licence and their hash',
      });
  }
  for (const entry of course.filter((one) => one.status === 'written')) {
    for (const file of hasText(entry, root) ? lessonFiles : ['lesson.md']) {
      if (!existsSync(path.join(root, lessonFolder(entry), file)))
        problems.push({
          file: `${lessonFolder(entry)}/${file}`,
          line: 1,
          what: 'is not there',
          repair: 'write it (lessons/README.md says what belongs in it), or set the lesson’s status to planned',
        });
    }
  }
  return problems;
}

/** A lesson that asks the word vectors says so in its front matter, so that the page can begin to load them. */
export function verifyNeeds(lesson: CheckedLesson, elements: ReadonlyMap<string, ElementInfo>, file: string): Problem[] {
  if (lesson.meta.needs.includes('words')) return [];
  const claim = lesson.claims.find((one) => one.attributes.ask?.startsWith('words/'));
  const element = lesson.elements.find((name) => elements.get(name)?.needs.includes('words'));
  if (!claim && !element) return [];
  return [
    {
      file,
      line: claim?.line ?? 1,
      what: `it asks the word vectors${element ? ` (<${element}>)` : ''} without saying so`,
      repair: 'write needs: [words] in the front matter',
    },
  ];
}

async function names(folder: string): Promise<string[]> {
  return existsSync(folder) ? (await readdir(folder)).filter((name) => !name.startsWith('.')).sort() : [];
}
