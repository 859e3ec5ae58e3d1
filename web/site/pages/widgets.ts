// Every element, alone: what it is, itself, its attributes, and the line that puts it on another page.
import type { ElementInfo } from '../../lessons/index.ts';
import { html, type Markup, raw } from '../html.ts';
import type { Page } from './page.ts';

type Shown = ElementInfo & { example: string };

export function widgetsPage(elements: readonly ElementInfo[]): Page {
  const shown = elements.filter((element): element is Shown => Boolean(element.example));
  return {
    path: 'widgets/',
    kind: 'widgets',
    title: 'Widgets',
    description: 'Every figure of the course as a custom element that works alone on any page.',
    elements: shown.map((element) => element.name),
    needs: shown.some((element) => element.needs.includes('words')) ? ['words'] : [],
    body: html`<header class="opening">
<h1>Widgets</h1>
<p class="lead">Every figure of the course, by itself: to show in class, to send as a link, or to put on a page of your own.</p>
<p><strong>To send one:</strong> set it up as you like it here or in its lesson, and copy the address of the page. Whoever opens it sees the same.</p>
<p><strong>To put one on your page:</strong> each is a custom element. Write this line once, anywhere: <code>&lt;script type="module" src="https://your-host/elements.js"&gt;&lt;/script&gt;</code> (here it is <a href="../elements.js">elements.js</a>); and then the element, where you want it. What to write stands below each.</p>
</header>
<nav class="contents" aria-label="Widgets"><ol>${shown.map((element) => html`<li><a href="#${anchor(element)}">${element.called ?? element.name}</a></li>`)}</ol></nav>
${shown.map(widget)}`,
  };
}

const anchor = (element: ElementInfo) => `about-${element.name}`;

/** The example stands on the page twice: as itself, and as text to copy. */
function widget(element: Shown): Markup {
  const example = element.example.trim();
  return html`<section class="widget" aria-labelledby="${anchor(element)}">
<h2 id="${anchor(element)}">${element.called ?? element.name}</h2>
<p>${element.says} <code>&lt;${element.name}&gt;</code></p>
<div class="${element.width === 'wide' ? 'live' : 'live column'}">${raw(example)}</div>
<details><summary>How to write it</summary>
<pre tabindex="0" role="group" aria-label="The example as HTML"><code>${example}</code></pre>
${attributeTable(element)}
</details>
</section>`;
}

function attributeTable(element: ElementInfo): Markup | null {
  const rows = Object.entries(element.attributes);
  if (rows.length === 0) return null;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Attributes of ${element.name}"><table><thead><tr><th scope="col">Attribute</th><th scope="col">Takes</th><th scope="col">Says</th></tr></thead><tbody>${rows.map(
    ([name, { type, required, says }]) =>
      html`<tr><th scope="row"><code>${name}</code></th><td>${typeof type === 'string' ? type : type.join(' | ')}${required ? ', required' : null}</td><td>${says}</td></tr>`,
  )}</tbody></table></div>`;
}
