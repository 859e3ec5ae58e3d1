// Every element, alone: what it is, itself, its attributes, and the line that puts it on another page.
import type { ElementInfo } from '../../lessons/index.ts';
import { html, type Markup, raw } from '../html.ts';
import type { Page } from './page.ts';

export function widgetsPage(elements: readonly ElementInfo[]): Page {
  const samples = elements.flatMap((element) => (element.example ? [{ element, attributes: element.example }] : []));
  return {
    path: 'widgets/',
    kind: 'widgets',
    title: 'Widgets',
    description: 'Every figure of the course as a custom element that works alone on any page.',
    elements: samples.map(({ element }) => element.name),
    needs: samples.some(({ element }) => element.needs.includes('words')) ? ['words'] : [],
    body: html`<header class="opening">
<h1>Widgets</h1>
<p class="lead">Each figure of the course is a custom element. It works alone on any page, in any framework, and keeps its state in the address.</p>
</header>
<nav class="contents" aria-label="Widgets"><ol>${samples.map(({ element }) => html`<li><a href="#${anchor(element)}">${element.name}</a></li>`)}</ol></nav>
${samples.map(({ element, attributes }) => widget(element, attributes))}`,
  };
}

const anchor = (element: ElementInfo) => `about-${element.name}`;

function widget(element: ElementInfo, attributes: Readonly<Record<string, string>>): Markup {
  const written = Object.entries(attributes);
  const tag = `<${element.name}${written.map(([name, value]) => ` ${name}="${value}"`).join('')}></${element.name}>`;
  return html`<section class="widget" aria-labelledby="${anchor(element)}">
<h2 id="${anchor(element)}"><code>&lt;${element.name}&gt;</code></h2>
<p>${element.says}</p>
${live(element, attributes)}
<pre tabindex="0" aria-label="How to write it"><code>${tag}</code></pre>
${attributeTable(element)}
</section>`;
}

function live(element: ElementInfo, attributes: Readonly<Record<string, string>>): Markup {
  const given = Object.entries(attributes).map(([name, value]) => html` ${name}="${value}"`);
  const kind = element.width === 'wide' ? ' class="wide"' : '';
  return html`${raw(`<${element.name}${kind}`)}${given}${raw('>')}<p class="fallback">This figure is computed in your browser and needs JavaScript.</p>${raw(`</${element.name}>`)}`;
}

function attributeTable(element: ElementInfo): Markup | null {
  const rows = Object.entries(element.attributes);
  if (rows.length === 0) return null;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Attributes of ${element.name}"><table><thead><tr><th scope="col">Attribute</th><th scope="col">Takes</th><th scope="col">Says</th></tr></thead><tbody>${rows.map(
    ([name, { type, required, says }]) =>
      html`<tr><th scope="row"><code>${name}</code></th><td>${typeof type === 'string' ? type : type.join(' | ')}${required ? ', required' : null}</td><td>${says}</td></tr>`,
  )}</tbody></table></div>`;
}
