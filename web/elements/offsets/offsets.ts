// <dot-offsets>: do the pairs of a relation differ by the same vector? A parallelogram in its plane, and the cosines of the differences.
import { html, nothing, type TemplateResult } from 'lit';
import { format } from '../../drawing/format.ts';
import { diverging } from '../../drawing/scale.ts';
import { type OffsetsAnswer, OffsetsModel } from '../../models/offsets.ts';
import { DotElement, define } from '../base.ts';
import { loadingWords, relations, wordStyles, words } from '../words.ts';
import { offsetsStyles } from './offsets.styles.ts';
import { plane, planeHeight } from './plane.ts';

export class DotOffsets extends DotElement<OffsetsModel> {
  static override readonly widgetAttributes = ['relation', 'drawn'];
  static override styles = [DotElement.base, wordStyles, offsetsStyles];

  /** Place of the table's cell that the tab key comes to; the arrow keys move it. */
  #cell = 0;

  protected override create_model(): OffsetsModel {
    const drawn = this.attr('drawn')
      .split(',')
      .filter(Boolean)
      .map((text) => Number(text) - 1)
      .filter((place) => Number.isInteger(place) && place >= 0);
    return new OffsetsModel(words(), relations, { relation: this.attr('relation', 'male-female'), drawn }).follow();
  }

  protected override get origin() {
    return this.model.asked.answer.value?.source;
  }

  protected override view(model: OffsetsModel): TemplateResult {
    const answer = model.asked.answer.value;
    const failure = model.asked.failure.value;
    // Room for the whole figure from the start, so that the page below it keeps still when the vectors arrive.
    const width = this.width.value;
    const room = `min-height:${planeHeight(width) + (width < 400 ? 1060 : width < 560 ? 980 : width < 760 ? 840 : 790)}px`;
    if (!answer) {
      return html`${this.#choice(model)}<div style=${room}>${failure ? this.failed(failure, () => void model.ask()) : loadingWords(model.words)}</div>`;
    }
    return html`${this.#choice(model)}<div style=${room}>${failure ? this.failed(failure, () => void model.ask()) : nothing}${this.#pairs(model, answer)}
            ${plane(answer, width, model.spoken.value)}
            <p class="holds">${this.#holds(answer)}</p>${this.#means(answer)}${this.#table(answer)}${this.#twin(answer)}</div>`;
  }

  #choice(model: OffsetsModel) {
    const current = model.current.value?.name;
    return html`<fieldset ?disabled=${model.words.vectors.value === null}><div class="controls"><label>relation <select @change=${(
      event: Event,
    ) => {
      this.opened.value = null;
      model.choose((event.target as HTMLSelectElement).value);
    }}>${model.relations.value.map(({ name, says }) => html`<option value=${name} ?selected=${name === current}>${says}</option>`)}</select></label>
            <button type="button" class="quiet" @click=${() => model.drawAll()}>Draw all pairs</button><button type="button" class="quiet" @click=${() => this.reset()}>Reset</button></div></fieldset>`;
  }

  #pairs(model: OffsetsModel, answer: OffsetsAnswer) {
    const drawn = new Set(model.drawn.value);
    return html`<div class="pairs" role="group" aria-label="Pairs in the picture">${answer.pairs.map(([a, b], place) => html`<button type="button" class="pair" aria-pressed=${drawn.has(place) ? 'true' : 'false'} @click=${() => model.toggle(place)}><span class="nr">${place + 1}</span> ${a} → ${b}</button>`)}</div><p class="note" role="status">${model.note.value}</p>`;
  }

  #holds(answer: OffsetsAnswer) {
    const share = `The picture holds ${format(100 * answer.explained, 0)} % of what tells these ${answer.points.length} words apart; the rest lies in directions that paper does not have.`;
    return answer.fourth
      ? html`${share} The ring is where the sum lands, the orange line is by how much it misses, as far as this plane can show.`
      : share;
  }

  #means(answer: OffsetsAnswer) {
    const row = (label: string, value: number, name: string) =>
      html`<span class="says">${label}</span><span class="bar"><i class=${value < 0 ? 'n' : ''} style=${`--share:${Math.min(1, Math.abs(value)).toFixed(4)}`}></i></span><span class="score">${this.num(value, `weighted[${name}]`, { label })}</span>`;
    const [from, to] = answer.example;
    return html`<p class="head">How alike are the differences of two pairs, on average? 1 would be: all the same direction.</p>
            <div class="means">${row('mean cosine, true pairs', answer.mean, 'mean')}${row(`control: partners swapped, as in ${from} → ${to}`, answer.swapped, 'swapped')}</div>`;
  }

  /** Every difference with every other: half of the table says it all, for a·b = b·a. */
  #table(answer: OffsetsAnswer) {
    const { pairs, cosines } = answer;
    return html`<div class="scroll wide"><table class="cosines" aria-label="Cosines of the differences; arrow keys move from cell to cell" @keydown=${(event: KeyboardEvent) => this.#move(event)} @focusin=${(event: FocusEvent) => this.#stay(event)}>
            <thead><tr><td></td>${pairs.slice(0, -1).map(([a, b], i) => html`<th scope="col"><abbr title=${`${b} − ${a}`}>${i + 1}</abbr></th>`)}</tr></thead>
            <tbody>${pairs.slice(1).map(([a, b], above) => {
              const i = above + 1;
              return html`<tr><th scope="row">${i + 1} ${b} − ${a}</th>${pairs.slice(0, -1).map((_, j) => {
                const value = cosines[i]?.[j] ?? 0;
                return j < i
                  ? html`<td style=${`background:${diverging(value, 2.5)}`}>${this.num(value, `combined[${i},${j}]/cosine`, { label: `cosine of ${b} − ${a} and ${pairs[j]?.[1]} − ${pairs[j]?.[0]}` })}</td>`
                  : html`<td></td>`;
              })}</tr>`;
            })}</tbody></table></div><p class="holds">Column 1 is ${pairs[0]?.[1]} − ${pairs[0]?.[0]}, and so on in the order of the rows.</p>`;
  }

  protected override updated(): void {
    this.#rove();
  }

  /** The table is one stop for the tab key, as a grid is: 45 stops would stand between a reader and the rest of the page. */
  #rove(): HTMLElement[] {
    const cells = [...this.renderRoot.querySelectorAll<HTMLElement>('.cosines .num')];
    this.#cell = Math.min(this.#cell, Math.max(0, cells.length - 1));
    cells.forEach((cell, place) => cell.setAttribute('tabindex', place === this.#cell ? '0' : '-1'));
    return cells;
  }

  #stay({ target }: FocusEvent): void {
    const place = this.#rove().indexOf(target as HTMLElement);
    if (place >= 0) this.#cell = place;
    this.#rove();
  }

  /** Row r (from 0) holds the cells r·(r + 1)/2 and the r after it: half a square. */
  #move(event: KeyboardEvent): void {
    const cells = this.#rove();
    const row = Math.floor((Math.sqrt(8 * this.#cell + 1) - 1) / 2);
    const [first, column] = [(row * (row + 1)) / 2, this.#cell - (row * (row + 1)) / 2];
    const to = {
      ArrowLeft: column > 0 ? this.#cell - 1 : this.#cell,
      ArrowRight: column < row ? this.#cell + 1 : this.#cell,
      ArrowUp: column < row ? this.#cell - row : this.#cell,
      ArrowDown: this.#cell + row + 1,
      Home: first,
      End: first + row,
    }[event.key];
    const cell = to === undefined ? undefined : cells[to];
    if (!cell) return;
    event.preventDefault();
    cell.focus();
  }

  #twin(answer: OffsetsAnswer) {
    return html`<details><summary>The picture as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Points of the picture"><table><thead><tr><th scope="col">word</th><th scope="col">across</th><th scope="col">up</th></tr></thead>
            <tbody>${answer.points.map(({ word, x, y }) => html`<tr><th scope="row">${word}</th><td>${format(x, 3)}</td><td>${format(y, 3)}</td></tr>`)}${answer.fourth ? html`<tr><th scope="row">the sum</th><td>${format(answer.fourth.x, 3)}</td><td>${format(answer.fourth.y, 3)}</td></tr>` : nothing}</tbody></table></div></details>`;
  }
}

define('dot-offsets', DotOffsets);
