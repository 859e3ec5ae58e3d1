// A lesson's page: what the pipeline rendered, between a head that says where one is and a foot that says where to go.
import type { CourseEntry, Lesson } from '../../lessons/index.ts';
import { html, type Markup } from '../html.ts';
import type { Page } from './page.ts';
import { lessonText } from './text.ts';

export function lessonPage(lesson: Lesson, course: readonly CourseEntry[]): Page {
  const { meta } = lesson;
  const sections = [
    ...lesson.headings.filter((heading) => heading.depth === 2).map(({ id, text }) => ({ id, text })),
    ...(lesson.checkIds.length > 0 ? [{ id: 'checks', text: 'Check yourself' }] : []),
  ];
  return {
    path: `lessons/${lesson.id}/`,
    kind: 'lesson',
    lesson: lesson.id,
    title: meta.title,
    description: meta.summary,
    elements: lesson.elements,
    needs: meta.needs,
    body: html`<article>
<header class="opening">
<p class="kicker">Lesson ${meta.number} of ${course.length} · ${meta.minutes} minutes</p>
<h1>${meta.title}</h1>
<p class="question">${meta.question}</p>
</header>
${sections.length > 1 && contents(sections)}
<div class="text">
${lessonText(lesson.html)}
</div>
</article>
${turn(lesson.id, course)}`,
  };
}

function contents(sections: readonly { id: string; text: string }[]): Markup {
  return html`<nav class="contents" aria-label="In this lesson"><ol>${sections.map(({ id, text }) => html`<li><a href="#${id}">${text}</a></li>`)}</ol></nav>`;
}

/** Back, forward, and the page for whoever teaches this. A lesson that is not written yet is named, not linked. */
function turn(id: string, course: readonly CourseEntry[]): Markup {
  const at = course.findIndex((entry) => entry.id === id);
  const side = (entry: CourseEntry | undefined, word: string, rel: string) => {
    if (!entry) return null;
    const inside = html`<small>${word}${entry.status === 'planned' ? ', not written yet' : null}</small><span>${entry.number}. ${entry.title}</span>`;
    return entry.status === 'written'
      ? html`<a class="${rel}" rel="${rel}" href="../${entry.id}/">${inside}</a>`
      : html`<p class="${rel}">${inside}</p>`;
  };
  return html`<nav class="turn" aria-label="Lessons">
${side(course[at - 1], 'Before', 'prev')}
${side(course[at + 1], 'Next', 'next')}
<p class="aside"><a href="../../#lessons">All lessons</a> <a href="teacher/">For the teacher of this lesson</a></p>
</nav>`;
}
