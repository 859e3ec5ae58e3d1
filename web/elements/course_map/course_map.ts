// <dot-course-map>: the thirteen lessons around their one operation. Each node has a number that the engine computes now, and that unfolds.
import { type Signal, signal } from '@preact/signals-core';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { CourseMapModel, type LiveNode } from '../../models/course_map.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import { actNear } from '../visible.ts';
import { loadingWords, wordStyles, words } from '../words.ts';
import { type CourseLine, course } from './course.ts';
import { courseMapStyles } from './course_map.styles.ts';

const narrow = 660; // CSS pixels: below, the map is a list
/** Columns and rows of the wide map, and where each of its thirteen nodes stands: around the middle of rows 3 and 4. */
const [columns, rows] = [3, 5];
const cells = [0, 1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 13, 14];
/** Where lines to the outer rows run: in the gap between two columns, left and right, as a share of the width. */
const gaps = [0.326, 0.674];

export class DotCourseMap extends DotElement<CourseMapModel> {
  static override readonly widgetAttributes = ['lessons'];
  static override styles = [DotElement.base, wordStyles, courseMapStyles];

  readonly #course: Signal<readonly CourseLine[]> = signal([]);

  constructor() {
    super();
    actNear(this, () => this.model.begin());
  }

  protected override create_model(): CourseMapModel {
    return new CourseMapModel(lab);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void course().then((lines) => {
      this.#course.value = lines;
    });
  }

  protected override view(model: CourseMapModel): TemplateResult {
    const slim = this.width.value < narrow;
    const hub = html`<p class="hub"><b><span class="a">a</span> · <span class="b">b</span></b><span>multiply, then sum</span></p>`;
    return html`<div class="map ${slim ? 'slim' : 'wide'}">${slim ? hub : this.#lines()}
      <ol>${model.nodes.map((node) => this.#node(model, node))}</ol>${slim ? nothing : hub}</div>${this.#words(model)}`;
  }

  /** From the middle to each node: straight to its neighbours, and to the others between the cards, none of which is crossed. */
  #lines(): TemplateResult {
    const at = (cell: number) => [((cell % columns) + 0.5) / columns, (Math.floor(cell / columns) + 0.5) / rows].map((x) => 100 * x);
    return html`<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">${cells.map((cell) => {
      const [x = 0, y = 0] = at(cell);
      return svg`<polyline points=${[[50, 60], ...bends(cell), [x, y]].map((place) => place.join()).join(' ')} />`;
    })}</svg>`;
  }

  #node(model: CourseMapModel, node: LiveNode): TemplateResult {
    const line = this.#course.value.find(({ number }) => number === node.number);
    const title = line?.title ?? `Lesson ${node.number}`;
    const base = this.getAttribute('lessons');
    const linked = line?.written && base !== null;
    return html`<li><h3><span>${node.number}</span> ${linked ? html`<a href=${`${base}${line.id}/`}>${title}</a>` : html`${title}${line && !line.written ? html` <span>(to come)</span>` : nothing}`}</h3>
      <p class="pair"><span class="a">${node.left}</span> · <span class="b">${node.right}</span></p>
      <p class="number tabular">${this.#number(model, node)}</p><p class="says">${node.says}${node.untilWritten && line && !line.written ? `. ${node.untilWritten}` : nothing}</p></li>`;
  }

  #number(model: CourseMapModel, node: LiveNode): unknown {
    const answer = node.asked.answer.value;
    const failure = node.asked.failure.value;
    if (failure)
      return html`<span class="soft">no number: ${failure.message}</span> <button type="button" class="quiet" @click=${() => model.ask(node)}>Try again</button>`;
    if (answer) {
      const { value, address, source, digits } = answer;
      return this.num(value, address, {
        source,
        digits,
        key: `node${node.number}`,
        label: `lesson ${node.number}: ${node.left} with ${node.right}`,
      });
    }
    return html`<span class="soft">${node.needs === 'words' && !model.wordsWanted.value ? 'wants the word vectors' : '…'}</span>`;
  }

  /** The word vectors are large: they come when the reader asks for them. */
  #words(model: CourseMapModel): unknown {
    const waiting = model.nodes.some(({ needs, asked }) => needs === 'words' && !asked.answer.value && !asked.failure.value);
    if (!waiting) return html`<div class="controls"><span class="soft">Every number above is a sum of products: open one.</span></div>`;
    return model.wordsWanted.value
      ? html`<div class="controls">${loadingWords(words())}</div>`
      : html`<div class="controls"><button type="button" class="do" @click=${() => this.#askWords(model)}>Load the word vectors too</button><span class="soft">some megabytes, once</span></div>`;
  }

  #askWords(model: CourseMapModel): void {
    // A failure is said at each node, with a way on.
    words()
      .load()
      .catch(() => {});
    model.ask_words();
  }
}

/** Where the line to a cell of the outer columns turns, in percent: beside the cards that lie on the straight way. */
function bends(cell: number): number[][] {
  const row = Math.floor(cell / columns);
  const gap = 100 * (gaps[cell % columns === 0 ? 0 : 1] ?? 0.5);
  if (cell % columns === 1 || row === 2 || row === 3) return [];
  const height = (edge: number) => (100 * edge) / rows;
  return row === 0
    ? [
        [gap, height(2)],
        [gap, height(1)],
      ]
    : [[gap, height(row === 1 ? 2 : 4)]];
}

define('dot-course-map', DotCourseMap);

declare global {
  interface HTMLElementTagNameMap {
    'dot-course-map': DotCourseMap;
  }
}
