// <dot-offsets>: do the pairs of a relation differ by the same vector? A parallelogram in its plane, and the cosines of the differences.
import { html, nothing, type TemplateResult } from 'lit';
import { format } from '../../drawing/format.ts';
import { diverging } from '../../drawing/scale.ts';
import { type OffsetsAnswer, OffsetsModel } from '../../models/offsets.ts';
import { DotElement, define } from '../base.ts';
import { relations, words } from '../words.ts';
import { offsetsStyles } from './offsets.styles.ts';
import { plane, planeHeight } from './plane.ts';

export class DotOffsets extends DotElement<OffsetsModel> {
  static override readonly widgetAttributes = ['relation', 'drawn'];
  static override styles = [DotElement.base, offsetsStyles];

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
    const room = `min-height:${planeHeight(width) + (width < 400 ? 862 : width < 760 ? 816 : 750)}px`;
    if (!answer) {
      return html`${this.#choice(model)}<div style=${room}>${failure ? this.failed(failure, () => void model.ask()) : this.waiting('The word vectors are on their way:', model.words.loaded.value)}</div>`;
    }
    return html`${this.#choice(model)}<div style=${room}>${failure ? this.failed(failure, () => void model.ask()) : nothing}${this.#pairs(model, answer)}
            ${plane(answer, width, model.spoken.value)}
            <p class="holds">${this.#holds(answer)}</p>${this.#means(answer)}${this.#table(answer)}${this.#twin(answer)}</div>`;
  }

  #choice(model: OffsetsModel) {
    const current = model.current.value?.name;
    return html`<div class="controls"><label>relation <select @change=${(event: Event) => {
      this.opened.value = null;
      model.choose((event.target as HTMLSelectElement).value);
    }}>${model.relations.value.map(({ name, says }) => html`<option value=${name} ?selected=${name === current}>${says}</option>`)}</select></label>
            <button type="button" class="quiet" @click=${() => model.drawAll()}>Draw all pairs</button><button type="button" class="quiet" @click=${() => this.reset()}>Reset</button></div>`;
  }

  #pairs(model: OffsetsModel, answer: OffsetsAnswer) {
    const drawn = new Set(model.drawn.value);
    return html`<div class="pairs" role="group" aria-label="Pairs in the picture">${answer.pairs.map(([a, b], place) => html`<button type="button" class="pair" aria-pressed=${drawn.has(place) ? 'true' : 'false'} @click=${() => model.toggle(place)}>${a} → ${b}</button>`)}</div>`;
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
    return html`<p class="head">How alike are the differences? 1 would be: all the same direction.</p>
            <div class="means">${row('mean cosine of two differences', answer.mean, 'mean')}${row('the same with partners swapped', answer.swapped, 'swapped')}</div>`;
  }

  /** Every difference with every other: half of the table says it all, for a·b = b·a. */
  #table(answer: OffsetsAnswer) {
    const { pairs, cosines } = answer;
    return html`<div class="scroll wide" tabindex="0" role="region" aria-label="Cosines of the differences"><table class="cosines">
            <thead><tr><td></td>${pairs.slice(0, -1).map(([a, b], i) => html`<th scope="col"><abbr title=${`${a} → ${b}`}>${i + 1}</abbr></th>`)}</tr></thead>
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

  #twin(answer: OffsetsAnswer) {
    return html`<details><summary>The picture as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Points of the picture"><table><thead><tr><th scope="col">word</th><th scope="col">across</th><th scope="col">up</th></tr></thead>
            <tbody>${answer.points.map(({ word, x, y }) => html`<tr><th scope="row">${word}</th><td>${format(x, 3)}</td><td>${format(y, 3)}</td></tr>`)}${answer.fourth ? html`<tr><th scope="row">the sum</th><td>${format(answer.fourth.x, 3)}</td><td>${format(answer.fourth.y, 3)}</td></tr>` : nothing}</tbody></table></div></details>`;
  }
}

define('dot-offsets', DotOffsets);
