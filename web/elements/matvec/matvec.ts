// <dot-matvec>: a matrix times a vector as one dot product per row. Every number can be changed where it stands; the row that is
// worked on lights up with the vector, and its products and their sum stand below, place under place.
import { type Signal, signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { formatShort, parseNumber, steadyScale, strip, stripStyles, sumSteps } from '../../drawing/index.ts';
import { fewest, MatvecModel, most, reach } from '../../models/matvec.ts';
import { unpackVector } from '../../models/url_state.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import type { Explains } from '../number.ts';
import { matvecStyles } from './matvec.styles.ts';

const narrow = 700; // CSS pixels: below, a row's result stands under it

export class DotMatvec extends DotElement<MatvecModel> {
  static override readonly widgetAttributes = ['rows', 'x', 'bias', 'at'];
  static override styles = [DotElement.base, stripStyles, matvecStyles];

  /** The place under the pointer or the focus: highlighted in x and in every row. */
  readonly #pointed: Signal<number | null> = signal<number | null>(null);
  /** What was typed last and is no number that can stand here. */
  readonly #refused: Signal<string | null> = signal<string | null>(null);

  protected override create_model(): MatvecModel {
    return new MatvecModel(lab, {
      rows: this.hasAttribute('rows')
        ? this.attr('rows')
            .split(';')
            .map((row) => unpackVector(row) ?? [])
        : null,
      x: unpackVector(this.getAttribute('x')),
      bias: unpackVector(this.getAttribute('bias')),
      chosen: Number(this.attr('at', '1')) - 1,
    });
  }

  protected override get origin(): Explains | undefined {
    return this.model.asked.answer.peek()?.source;
  }

  protected override view(model: MatvecModel): TemplateResult {
    void model.asked.answer.value; // a number that is open follows the cells
    const failure = model.asked.failure.value;
    const { rows, x } = model.numbers.value;
    const slim = this.width.value < narrow;
    const scale = steadyScale(...rows);
    return html`<div class=${slim ? 'layer slim' : 'layer'}>
      <div class="line">${this.#strip(x, 'b', html`<var class="b">x</var>`, 'x', steadyScale(x), (i, value) => model.set_x(i, value), true)}
        <div class="out heads" aria-hidden="true"><span>row · <var class="b">x</var></span><i></i><span>bias</span><i></i><span>output</span></div></div>
      ${rows.map((_, k) => this.#row(model, k, scale))}
      ${this.#work(model)}</div>
      ${failure ? this.failed(failure, () => model.retry()) : nothing}
      ${this.hasAttribute('bare') ? nothing : this.#controls(model)}${this.#twin(model)}`;
  }

  #row(model: MatvecModel, k: number, scale: number): TemplateResult {
    const { rows, bias } = model.numbers.value;
    const answer = model.asked.answer.value;
    const known = answer && answer.outputs.length === rows.length && !model.asked.failure.value ? answer : null;
    const chosen = model.chosen.value === k;
    const name = html`<button type="button" class="pick" aria-pressed=${chosen ? 'true' : 'false'} aria-label=${`Row ${k + 1}: show its products`} @click=${() => model.choose(k)}>row ${k + 1}</button>`;
    const number = (value: number | undefined, address: string, label: string) =>
      known && value !== undefined
        ? this.num(value, address, { text: formatShort(value, 3), digits: 3, label })
        : html`<span class="soft">…</span>`;
    return html`<div class=${chosen ? 'line chosen' : 'line'} @focusin=${() => model.choose(k)} @pointerdown=${() => model.choose(k)}>
      ${this.#strip(rows[k] ?? [], 'a', name, `row ${k + 1}`, scale, (i, value) => model.set_weight(k, i, value))}
      <div class="out tabular"><span>${number(known?.dots[k], `network/row[0][1][${k}]`, `row ${k + 1} times x`)}</span><i>+</i>
        <input type="text" inputmode="decimal" autocomplete="off" aria-label=${`bias of row ${k + 1}`} .value=${formatShort(bias[k] ?? 0, 3)}
          @change=${(event: Event) => {
            const input = event.target as HTMLInputElement;
            this.#take(input.value, (value) => model.set_bias(k, value));
            input.value = formatShort(model.numbers.peek().bias[k] ?? 0, 3);
          }} @keydown=${(event: KeyboardEvent) => this.#step(event, (by) => model.set_bias(k, Number(((model.numbers.peek().bias[k] ?? 0) + by).toFixed(6))))} /><i>=</i>
        <span class="y">${number(known?.outputs[k], `network/logit[0][${k}]`, `output ${k + 1}`)}</span></div></div>`;
  }

  #strip(
    values: readonly number[],
    role: 'a' | 'b',
    name: unknown,
    spokenName: string,
    scale: number,
    edit: (i: number, value: number) => void,
    indices = false,
  ): TemplateResult {
    return strip(values, {
      role,
      name,
      spokenName,
      scale,
      indices,
      step: 0.5,
      edit: (i, value) => this.#take(String(value), (taken) => edit(i, taken)),
      refuse: (_, text) => {
        this.#refused.value = text;
      },
      point: this.#point,
      pointed: this.#pointed.value,
    });
  }

  /** The chosen row with x, worked out. */
  #work(model: MatvecModel): TemplateResult {
    const { rows, x, bias } = model.numbers.value;
    const answer = model.asked.answer.value;
    const k = model.chosen.value;
    const known = answer && answer.row === k && answer.products.length === x.length && !model.asked.failure.value ? answer : null;
    const products = known?.products ?? new Float32Array(x.length);
    const shared = { point: this.#point, pointed: this.#pointed.value };
    const open = (value: number, i: number) =>
      known
        ? this.num(value, `pair/product[${i}]`, {
            text: formatShort(value, 2),
            digits: 2,
            label: `product at place ${i + 1}`,
            source: known.pair,
            key: `product-${i}`,
          })
        : html``;
    const made = (value: number, address: string, label: string) =>
      this.num(value, address, { text: formatShort(value, 3), digits: 3, label, key: `work-${address}` });
    const i = this.#pointed.value;
    const refused = this.#refused.value;
    return html`<div class="work"><div class="strips">${strip(products, { ...shared, role: 'product', scale: steadyScale(products), numeral: open })}${sumSteps(products, shared)}</div>
      <p class="sum-line">Row ${k + 1}: ${
        known
          ? html`the products add up to ${made(known.dots[k] ?? 0, `network/row[0][1][${k}]`, 'sum of the products')}, and ${made(bias[k] ?? 0, `network/bias[1][${k}]`, 'bias')} on top makes <strong>${made(known.outputs[k] ?? 0, `network/logit[0][${k}]`, `output ${k + 1}`)}</strong>.`
          : '…'
      }</p>
      <p class=${refused === null ? 'reading soft' : 'reading refused'} role="status">${
        refused !== null
          ? `“${refused}” is no number from −${reach.toLocaleString('en')} to ${reach.toLocaleString('en')}. The cell keeps what it had.`
          : i === null || x[i] === undefined
            ? 'Point at a number to see what it is multiplied with.'
            : `Place ${i + 1}: row ${k + 1} has ${formatShort(rows[k]?.[i] ?? 0, 3)}, x has ${formatShort(x[i] ?? 0, 3)}; their product is ${known ? formatShort(products[i] ?? 0, 3) : '…'}.`
      }</p></div>`;
  }

  #controls(model: MatvecModel): TemplateResult {
    const { rows, x } = model.numbers.value;
    const button = (words: string, act: () => void, off: boolean) =>
      html`<button type="button" class="quiet" ?disabled=${off} @click=${act}>${words}</button>`;
    return html`<div class="controls">
      <span role="group" aria-label="Rows">${button('One row more', () => model.add_row(), rows.length >= most)} ${button('one fewer', () => model.remove_row(), rows.length <= fewest)}</span>
      <span role="group" aria-label="Places of x">${button('One place more', () => model.add_column(), x.length >= most)} ${button('one fewer', () => model.remove_column(), x.length <= fewest)}</span>
      ${button('Start again', () => this.reset(), false)}</div>`;
  }

  #twin(model: MatvecModel): TemplateResult {
    const { rows, x, bias } = model.numbers.value;
    const answer = model.asked.answer.value;
    const known = answer && answer.outputs.length === rows.length && !model.asked.failure.value ? answer : null;
    return html`<details><summary>The same as a table</summary><div class="scroll"><table><thead><tr><th scope="col"></th>${x.map((_, i) => html`<th scope="col">place ${i + 1}</th>`)}<th scope="col">row · x</th><th scope="col">bias</th><th scope="col">output</th></tr></thead>
      <tbody><tr><th scope="row">x</th>${x.map((value) => html`<td>${formatShort(value, 3)}</td>`)}<td></td><td></td><td></td></tr>
      ${rows.map(
        (row, k) => html`<tr><th scope="row">row ${k + 1}</th>${row.map((value) => html`<td>${formatShort(value, 3)}</td>`)}
          <td>${known ? this.num(known.dots[k] ?? 0, `network/row[0][1][${k}]`, { text: formatShort(known.dots[k] ?? 0, 3), digits: 3, label: `row ${k + 1} times x`, key: `table-row-${k}` }) : '…'}</td><td>${formatShort(bias[k] ?? 0, 3)}</td>
          <td>${known ? this.num(known.outputs[k] ?? 0, `network/logit[0][${k}]`, { text: formatShort(known.outputs[k] ?? 0, 3), digits: 3, label: `output ${k + 1}`, key: `table-out-${k}` }) : '…'}</td></tr>`,
      )}</tbody></table></div></details>`;
  }

  #point = (i: number | null): void => {
    this.#pointed.value = i;
  };

  /** Takes over what was typed, if it is a number within reach; else says what was wrong. */
  #take(text: string, take: (value: number) => void): void {
    const value = parseNumber(text);
    const good = Number.isFinite(value) && Math.abs(value) <= reach;
    this.#refused.value = good ? null : text;
    if (good) take(value);
  }

  /** Arrow keys in a bias. */
  #step(event: KeyboardEvent, change: (by: number) => void): void {
    const by = { ArrowUp: 0.5, ArrowDown: -0.5 }[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    change(event.shiftKey ? 10 * by : by);
  }
}

define('dot-matvec', DotMatvec);

declare global {
  interface HTMLElementTagNameMap {
    'dot-matvec': DotMatvec;
  }
}
