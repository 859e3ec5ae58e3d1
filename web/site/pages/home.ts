// The home page: the figure of lesson 1, live, then the course as a table of contents, then whom it is for.
import type { CourseEntry, Lesson } from '../../lessons/index.ts';
import { html, type Markup, raw } from '../html.ts';
import type { Page } from './page.ts';

export function homePage(course: readonly CourseEntry[], written: ReadonlyMap<string, Lesson>): Page {
  const first = course.find((entry) => written.has(entry.id));
  const planned = course.filter((entry) => !written.has(entry.id));
  return {
    path: '',
    kind: 'front',
    title: '',
    description:
      'A course in which every mechanism of machine learning, from one dot product to a transformer, unfolds into multiply and sum, computed live in the browser.',
    elements: ['dot-product'],
    body: html`<header class="opening">
<h1>Machine learning, dot by dot</h1>
<p class="lead">Multiply two lists of numbers place by place, then add up. With that a machine compares words, finds pages, pays attention and picks what to say next. Change a number:</p>
</header>
<dot-product id="dot" class="wide" a="0.8,-0.3,1.2,0.5" b="0.9,0.4,-1.1,0.7" bare><noscript>This figure is computed in your browser and needs JavaScript.</noscript></dot-product>
${first && html`<p class="begin"><a href="lessons/${first.id}/">Begin with lesson ${first.number}: ${first.title}</a> <small>${written.get(first.id)?.meta.minutes} minutes</small></p>`}
<div class="text promise">
<p>This course is about that one operation. Each lesson ends at a number, a similarity, a ranking, a probability, and each number opens: inside are two lists, their products and a sum, and each of those opens again, until only what was put in is left.</p>
<aside class="note">A number with a dotted line can be opened. Beside it then stands the same number, computed a second time with sixteen digits in place of seven.</aside>
</div>
<section id="lessons" aria-labelledby="lessons-title">
<h2 id="lessons-title">The lessons</h2>
<ol class="lessons">
${course.map((entry) => contentsLine(entry, written.get(entry.id)))}
</ol>
${
  planned.length > 0 &&
  html`<h3 id="planned-title">Still to be written</h3>
<ol class="planned" aria-labelledby="planned-title">
${planned.map((entry) => html`<li value="${entry.number}"><span class="number">${entry.number}</span><span>${entry.title}. <i>${entry.question}</i></span></li>`)}
</ol>`
}
</section>
${readers(first)}`,
  };
}

/** A lesson that has a page; the others stand below, quieter. */
function contentsLine(entry: CourseEntry, lesson: Lesson | undefined): Markup | null {
  if (!lesson) return null;
  return html`<li value="${entry.number}"><span class="number">${entry.number}</span><div><h3><a href="lessons/${entry.id}/">${entry.title}</a></h3><p>${entry.question}</p></div><p class="state"><span>${lesson.meta.minutes} minutes</span> <span class="progress" data-progress="${entry.id}" data-checks="${lesson.checkIds.length}"></span></p></li>`;
}

const snippet = `import { loadLab } from 'dot-by-dot';

const lab = await loadLab();
await lab.dot([1, 2, 3], [4, 5, 6]);       // 32

const words = await lab.vectors('words');
await words.analogy({ plus: ['king', 'woman'], minus: ['man'] });`;

function readers(first: CourseEntry | undefined): Markup {
  return html`<section class="readers" aria-labelledby="readers-title">
<h2 id="readers-title" class="spoken">Whom it is for</h2>
<div><h3>To learn</h3>
<p>Nothing to install, no account; a phone will do. You guess first, then see; you turn every figure yourself. Once loaded, a page needs no network.${first && html` <a href="lessons/${first.id}/">Begin with lesson ${first.number}</a>.`}</p></div>
<div><h3>To teach</h3>
<p>Every student gets numbers of their own from a seed, and you get the key for any seed. What you set up in a figure is in the address: send the link. ${first && html`<a href="lessons/${first.id}/teacher/">A teacher’s page</a> goes with each lesson.`}</p></div>
<div><h3>To build</h3>
<p>Each figure is a custom element that works <a href="widgets/">alone on any page</a>. The engine is a package: C++ compiled to WebAssembly with SIMD, typed, the same in Node.</p></div>
<pre class="wide" tabindex="0" aria-label="The package in five lines"><code>${raw(snippet.replace(/&/g, '&amp;').replace(/</g, '&lt;'))}</code></pre>
</section>`;
}
