// All pages of the site, from the course and the lessons.
import { type ElementInfo, hasText, type Lesson, readCourse, readElements, renderLesson } from '../../lessons/index.ts';
import { elementModules } from '../vite/registry.ts';
import { benchPage, recordedRun } from './bench.ts';
import { homePage } from './home.ts';
import { lessonPage } from './lesson.ts';
import type { Page } from './page.ts';
import { teacherPage } from './teacher.ts';
import { widgetsPage } from './widgets.ts';

export { notFoundPage } from './not_found.ts';
export { renderPage } from './page.ts';

export interface Site {
  pages: Page[];
  /** The lessons that have a page. */
  lessons: Lesson[];
}

/**
 * Renders the course. A lesson has pages if course.yaml says it is written.
 * @param root the root of the checkout
 * @throws LessonError with every problem of the lessons' files
 */
export async function readSite(root: string): Promise<Site> {
  const course = await readCourse(root);
  const lessons = await Promise.all(
    course.filter((entry) => entry.status === 'written' && hasText(entry, root)).map((entry) => renderLesson(entry.id, { root })),
  );
  const written = new Map(lessons.map((lesson) => [lesson.id, lesson]));
  return {
    lessons,
    pages: [
      homePage(course, written),
      ...lessons.map((lesson) => lessonPage(lesson, course)),
      ...lessons.filter((lesson) => lesson.teacher).map(teacherPage),
      widgetsPage(elementsInOrder(root)),
      benchPage(recordedRun(root)),
    ],
  };
}

/** The elements as web/elements/index.ts lists them: the simple ones first. */
function elementsInOrder(root: string): ElementInfo[] {
  const known = readElements(root);
  return [...elementModules(root).keys()].flatMap((name) => known.get(name) ?? []);
}
