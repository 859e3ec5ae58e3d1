// The page for whoever teaches a lesson: its teacher.md and the answer key for the seed in the address.
import type { Lesson } from '../../lessons/index.ts';
import { html } from '../html.ts';
import type { Page } from './page.ts';
import { lessonText } from './text.ts';

export function teacherPage(lesson: Lesson): Page {
  const { meta } = lesson;
  return {
    path: `lessons/${lesson.id}/teacher/`,
    kind: 'teacher',
    lesson: lesson.id,
    title: `Teaching “${meta.title}”`,
    description: `Aims, misconceptions, timing, a question for the class and the answer key of lesson ${meta.number}, ${meta.title}.`,
    elements: lesson.teacherElements,
    needs: meta.needs,
    body: html`<article>
<header class="opening">
<p class="kicker">For the teacher · lesson ${meta.number}, ${meta.minutes} minutes</p>
<h1>${meta.title}</h1>
<p class="question"><a href="../">${meta.question}</a></p>
</header>
<div class="text">
${lessonText(lesson.teacher)}
</div>
</article>`,
  };
}
