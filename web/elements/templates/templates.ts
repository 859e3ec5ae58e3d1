// <dot-templates>: the ten rows of the shipped layer as pictures, a digit beside them, ten scores; the chosen template pixel by
// pixel; and, with `edit`, a brush to change it and the errors that come of it.
import { type Signal, signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { keyed } from 'lit/directives/keyed.js';
import { format, formatShort, largest, picture, pictureStyles, roundUp, squareName } from '../../drawing/index.ts';
import { unpackStrokes } from '../../models/digit_pad.ts';
import { quantum } from '../../models/template_edits.ts';
import { plurals, strengths, TemplatesModel } from '../../models/templates.ts';
import '../digit_pad/digit_pad.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import type { Explains } from '../number.ts';
import { templatesStyles } from './templates.styles.ts';

const narrow = 680; // CSS pixels: below, the scores stand under the digit
const blank = new Float32Array(784);
const strengthNames = ['a little', 'some', 'a lot'];

export class DotTemplates extends DotElement<TemplatesModel> {
  static override readonly widgetAttributes = ['seed', 'sample', 'template', 'ink'];
  static override styles = [DotElement.base, pictureStyles, templatesStyles];

  /** The pixel that is pointed at, in all three pictures. */
  readonly #pointed: Signal<number | null> = signal<number | null>(null);

  /** The scale of the shades, computed once for what was shipped. */
  #shade: { of: unknown; scale: number } = { of: null, scale: 1 };

  protected override create_model(): TemplatesModel {
    const whole = (name: string) => (this.hasAttribute(name) ? { value: Number(this.getAttribute(name)) } : null);
    return new TemplatesModel(lab, {
      seed: this.seed(6),
      strokes: unpackStrokes(this.attr('ink')),
      ...(whole('sample') ? { sample: (whole('sample')?.value ?? 1) - 1 } : {}),
      ...(whole('template') ? { chosen: whole('template')?.value ?? 0 } : {}),
    });
  }

  protected override get origin(): Explains | undefined {
    return this.model.asked.answer.peek()?.source;
  }

  protected override view(model: TemplatesModel): TemplateResult {
    void model.asked.answer.value; // a number that is open follows the digit and the brush
    const failure = model.asked.failure.value;
    return html`<div class=${this.width.value < narrow ? 'slim' : 'wide'}>
      <div class="compare"><div class="left">${this.#input(model)}</div><div class="right">${this.#rows(model)}</div></div>
      ${failure ? this.failed(failure, () => model.retry()) : nothing}
      ${this.#detail(model)}${this.#edits ? this.#errors(model) : nothing}</div>`;
  }

  get #edits(): boolean {
    return this.hasAttribute('edit');
  }

  /** The digit: drawn on the pad, or one of the engine's; and as the layer gets it. */
  #input(model: TemplatesModel): TemplateResult {
    const answer = model.asked.answer.value;
    const drawn = !model.pad.empty.value;
    const words = drawn ? 'as the layer gets it' : 'the layer gets';
    return html`${keyed(model.pad, html`<dot-digit-pad .pad=${model.pad}></dot-digit-pad>`)}
      <div class="given"><figure class="input"><figcaption>${words}</figcaption>${guard([answer?.pixels], () => picture(answer?.pixels ?? blank, { kind: 'ink', label: drawn ? 'Your drawing in 28 by 28 pixels' : `A ${answer?.truth ?? ''} in 28 by 28 pixels` }))}</figure>
      <div class="leaf"><button type="button" class="quiet" @click=${() => model.leaf(1)}>${drawn ? 'Give me a digit' : 'Next digit'}</button><button type="button" class="quiet" @click=${() => model.leaf(-1)}>Previous</button>
        <button type="button" class="quiet" ?disabled=${!answer} @click=${() => model.next_wrong()}>Next wrong one</button></div>
      <p class="soft meant">${drawn ? 'Give me a digit, or Clear, brings the engine’s digits back.' : answer?.truth == null ? '' : `Drawing number ${model.sample.value + 1} of the engine, meant as a ${answer.truth}.`}</p></div>`;
  }

  #rows(model: TemplatesModel): TemplateResult {
    const answer = model.asked.answer.value;
    const rows = model.rows.value;
    const most = roundUp(largest(answer?.scores ?? [], 10));
    const scale = this.#scale(model);
    return html`<div class="heads" aria-hidden="true"><span>row</span><span></span><span></span><span>score</span><span>bias in it</span></div>
      <ol class="rows" aria-label="The ten templates and their scores">${plurals.map((_, k) => {
        const score = answer?.scores[k];
        const chosen = model.chosen.value === k;
        const first = answer?.predicted === k;
        const row = rows?.[k] ?? blank;
        return html`<li class=${`${chosen ? 'chosen' : ''}${first ? ' first' : ''}`}>
          <button type="button" class="thumb" aria-pressed=${chosen ? 'true' : 'false'} aria-label=${`Template ${k}${model.touched(k) ? ', changed' : ''}${first ? ', highest score' : ''}: show it large`} @click=${() => model.choose(k)}>${guard([row, scale], () => picture(row, { most: scale }))}</button>
          <span class="name">${k}<small>${first ? 'highest' : ''}</small></span>
          <span class="bar ${score !== undefined && score < 0 ? 'n' : 'p'}" style="--h:${score === undefined ? 0 : Math.min(1, Math.abs(score) / most)}" aria-hidden="true"></span>
          <span class="score tabular">${score === undefined ? html`<span class="soft">…</span>` : this.num(score, `network/logit[0][${k}]`, { label: `score of template ${k}` })}</span>
          <span class="bias tabular">${answer ? this.num(model.bias(k), `network/bias[1][${k}]`, { label: `bias of ${k}` }) : '…'}</span></li>`;
      })}</ol>`;
  }

  /** The chosen template beside the digit and their products, the same shade for the same number in all three. */
  #detail(model: TemplatesModel): TemplateResult {
    const answer = model.asked.answer.value;
    const k = model.chosen.value;
    const row = model.rows.value?.[k] ?? blank;
    const pixels = answer?.pixels ?? blank;
    const products = answer?.chosen === k ? answer.products : blank;
    const at = this.#pointed.value;
    const scale = this.#scale(model);
    const point = (place: number | null) => {
      if (place !== null) this.#pointed.value = place;
    };
    const value = (values: Float32Array, i: number) => formatShort(values[i] ?? 0, 3);
    const words = (i: number) => `${squareName(i)}: weight ${value(row, i)} times pixel ${value(pixels, i)} is ${value(products, i)}`;
    const shared = { most: scale, marked: true, pointed: at, point, words };
    const press = this.#edits ? { press: (place: number) => this.#paint(model, place), release: () => model.release() } : {};
    return html`<div class="detail"><h3>Template ${k}${model.touched(k) ? ', changed' : ''}</h3>
      ${this.#edits ? this.#brush(model, k) : nothing}
      <div class=${this.#edits ? 'three edit' : 'three'}>
        <figure><figcaption>${this.#edits ? `row ${k} of the weights: paint on it` : `row ${k} of the weights`}</figcaption>${picture(row, { ...shared, ...press, label: this.#edits ? `Template ${k}; arrow keys walk, Space paints` : `Template ${k}`, walk: this.#edits })}</figure><span class="op" aria-hidden="true">×</span>
        <figure><figcaption>the digit’s pixels</figcaption>${picture(pixels, { ...shared, kind: 'ink', label: 'The digit', walk: false })}</figure><span class="op" aria-hidden="true">=</span>
        <figure><figcaption>weight × pixel, place by place</figcaption>${picture(products, { ...shared, label: 'Products, place by place; arrow keys walk' })}</figure></div>
      <p class="shades soft"><span class="swatch p"></span> positive, <span class="swatch n"></span> negative; the same shade is the same size for a weight and a product, and full from ${formatShort(scale, 2)} on.</p>
      <p class="place tabular">${
        at === null || !answer
          ? html`<span class="soft">Point at a square to read it.</span>`
          : html`<span class="soft">Pixel in ${squareName(at)}:</span> weight ${this.num(row[at] ?? 0, `network/weight[1][${k}][${at}]`, { key: 'at-weight', text: value(row, at), label: 'weight' })} × pixel
            ${this.num(pixels[at] ?? 0, `network/input[0][${at}]`, { key: 'at-pixel', text: value(pixels, at), label: 'pixel' })} = ${value(products, at)}`
      }</p>
      <p class="made tabular">${
        answer && answer.chosen === k
          ? html`All 784 products add up to ${this.num(answer.dot, `network/row[0][1][${k}]`, { key: 'dot', label: `row ${k} times the pixels` })}; with the bias ${this.num(model.bias(k), `network/bias[1][${k}]`, { key: 'detail-bias', label: 'bias' })} the score is
            <strong>${this.num(answer.scores[k] ?? 0, `network/logit[0][${k}]`, { key: 'detail-score', label: `score of template ${k}` })}</strong>.`
          : '…'
      }</p></div>`;
  }

  #brush(model: TemplatesModel, k: number): TemplateResult {
    const choice = (sign: 1 | -1, words: string, mark: string) =>
      html`<label><input type="radio" name="sign" .checked=${model.sign.value === sign} @change=${() => {
        model.sign.value = sign;
      }} /> <span class="swatch ${mark}"></span> ${words}</label>`;
    return html`<div class="controls"><fieldset><legend class="spoken">The brush</legend>${choice(1, 'add weight', 'p')}${choice(-1, 'take weight away', 'n')}</fieldset>
      <label class="touch">each touch <select @change=${(event: Event) => {
        model.strength.value = strengths[(event.target as HTMLSelectElement).selectedIndex] ?? 2;
      }}>${strengths.map((one, i) => html`<option ?selected=${one === model.strength.value}>${strengthNames[i]}: ${formatShort(one * quantum, 2)}</option>`)}</select></label>
      <label><input type="checkbox" .checked=${model.wide.value} @change=${(event: Event) => {
        model.wide.value = (event.target as HTMLInputElement).checked;
      }} /> and half on the neighbours</label>
      <button type="button" class="quiet" ?disabled=${model.undoable.value === 0} @click=${() => model.undo()}>Undo</button>
      <button type="button" class="quiet" ?disabled=${!model.touched(k)} @click=${() => model.restore(k)}>Template ${k} as trained</button>
      <button type="button" class="quiet" ?disabled=${!model.touched()} @click=${() => model.restore()}>All as trained</button></div>`;
  }

  #paint(model: TemplatesModel, place: number): void {
    this.#pointed.value = place;
    model.paint(place);
  }

  /** How many of the 500 digits come out right, as trained and now. */
  #errors(model: TemplatesModel): TemplateResult {
    const before = model.opened.value?.trained;
    const now = model.asked.answer.value?.evaluation;
    const bar = (name: string, evaluation: typeof now, mark: string) =>
      html`<span>${name}</span><span class="bars ${mark}" aria-hidden="true"><i style="--h:${evaluation?.accuracy ?? 0}"></i></span><span>${evaluation ? `${evaluation.correct} of ${evaluation.count} right, ${format(100 * evaluation.accuracy, 0)} %` : '…'}</span>`;
    const right = (evaluation: typeof now, k: number) => evaluation?.confusion[11 * k] ?? 0;
    return html`<div class="errors">${bar('as trained', before, '')}${bar('now', now, 'now')}</div><p class="says">${model.errors.value}</p>
      <details><summary>Right answers, digit by digit</summary><table><thead><tr><th scope="col">digit</th><th scope="col">how many</th><th scope="col">right as trained</th><th scope="col">right now</th></tr></thead>
        <tbody>${plurals.map((name, k) => html`<tr><th scope="row">${name}</th><td>${now ? now.confusion.slice(10 * k, 10 * k + 10).reduce((sum, count) => sum + count, 0) : '…'}</td><td>${before ? right(before, k) : '…'}</td><td>${now ? right(now, k) : '…'}</td></tr>`)}</tbody></table></details>`;
  }

  /**
   * From which size on a shade is full, the same for all ten templates and for the products: all but the few strongest of the
   * trained weights are below it, so that the many weak ones can be seen. A pixel is at most 1, so no product is stronger than its weight.
   */
  #scale(model: TemplatesModel): number {
    const opened = model.opened.value;
    if (opened && this.#shade.of !== opened) {
      const sizes = Float32Array.from(opened.rows.flatMap((row) => Array.from(row, Math.abs))).sort();
      this.#shade = { of: opened, scale: roundUp(sizes[Math.floor(0.98 * sizes.length)] ?? 1) };
    }
    return this.#shade.scale;
  }
}

define('dot-templates', DotTemplates);

declare global {
  interface HTMLElementTagNameMap {
    'dot-templates': DotTemplates;
  }
}
