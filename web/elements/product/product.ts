// <dot-product>: two vectors whose cells are edited where they stand, their products, and the sum as steps.

import { signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { barsStyles } from '../../drawing/bars.ts';
import { format, formatCount, formatShort } from '../../drawing/format.ts';
import { stripStyles } from '../../drawing/strip.ts';
import { instruction_of, lengths, ProductModel, presets, written } from '../../models/product.ts';
import { unpackVector } from '../../models/url_state.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import type { Explains } from '../number.ts';
import { long, type Parts, scrubber, short, twin } from './figure.ts';
import { productStyles } from './product.styles.ts';

export class DotProduct extends DotElement<ProductModel> {
  static override readonly widgetAttributes = ['a', 'b', 'length', 'seed'];
  static override styles = [DotElement.base, stripStyles, barsStyles, productStyles];

  /** The place under the pointer or the focus: highlighted in every strip. */
  readonly #pointed = signal<number | null>(null);
  /** What was typed last and is no number; until something is typed that is one. */
  readonly #refused = signal<string | null>(null);

  protected override create_model(): ProductModel {
    const length = Number(this.attr('length'));
    return new ProductModel(lab, {
      a: unpackVector(this.getAttribute('a')),
      b: unpackVector(this.getAttribute('b')),
      length: Number.isInteger(length) && length > 0 ? length : undefined,
      seed: this.seed(),
      covered: this.hasAttribute('covered'),
    });
  }

  protected override get origin(): Explains | undefined {
    return this.model.source.peek();
  }

  protected override view(model: ProductModel): TemplateResult {
    void model.source.value; // numbers that are open follow the vectors
    const parts: Parts = {
      model,
      width: this.width.value,
      pointed: this.#pointed.value,
      point: (index) => {
        this.#pointed.value = index;
        if (index !== null) this.#refused.value = null;
      },
      uncover: () => void this.#uncover(),
      refuse: (text) => {
        this.#refused.value = text;
      },
      num: (value, address, options) => this.num(value, address, options),
    };
    const failure = model.asked.failure.value;
    return html`${model.length > written ? long(parts) : short(parts)}
      ${failure ? this.failed(failure, failure.code === 'length-mismatch' ? undefined : () => model.retry()) : nothing}
      ${failure?.code === 'length-mismatch' ? html`<button type="button" class="do" @click=${() => this.#even_out()}>${Math.abs(model.a.value.length - model.b.value.length) === 1 ? 'Add the missing place' : 'Add the missing places'}</button>` : nothing}
      <p class="reading tabular" aria-hidden=${this.#refused.value === null ? 'true' : nothing} role=${this.#refused.value === null ? nothing : 'status'}>${this.#reading(model)}</p>
      ${this.hasAttribute('tool') ? html`<p class="says">As it stands, ${instruction_of(model.b.value)}</p>` : nothing}
      ${failure?.code === 'length-mismatch' ? nothing : scrubber(parts)}
      ${this.hasAttribute('bare') ? nothing : this.#controls(model)}${model.covered.value ? nothing : twin(parts)}
    `;
  }

  /** What stands under the figure: the pointed place, multiplied out; its height does not change. */
  #reading(model: ProductModel): unknown {
    const answer = model.covered.value ? null : model.asked.answer.value;
    const i = this.#pointed.value ?? (model.through.value ? model.through.value - 1 : null);
    const product = i === null ? undefined : answer?.products[i];
    if (this.#refused.value !== null)
      return html`<span class="refused">“${this.#refused.value}” is not a number, so the one before it is back.</span>`;
    if (model.covered.value) return html`<span class="soft">The products and the sum are covered until you ask for them.</span>`;
    if (i === null || product === undefined)
      return html`<span class="soft">Drag a bar, type a number, or use the arrow keys on one.</span>`;
    return html`place ${formatCount(i + 1)}: <span class="a">${formatShort(model.a.value[i] ?? 0, 3)}</span> × <span class="b">${bracketed(model.b.value[i] ?? 0)}</span> = ${formatShort(product, 3)},
      the sum so far ${formatShort(answer?.running[i] ?? 0, 3)}`;
  }

  #controls(model: ProductModel): TemplateResult {
    const length = model.length;
    const nearest = lengths.reduce(
      (best, option, i) => (Math.abs(Math.log(option / length)) < Math.abs(Math.log((lengths[best] ?? 1) / length)) ? i : best),
      0,
    );
    const chosen = presets.findIndex((preset) => preset.a.join() === model.a.value.join() && preset.b.join() === model.b.value.join());
    return html`<div class="controls">
      <label class="length">Length <input type="range" min="0" max=${lengths.length - 1} step="1" .value=${String(nearest)} aria-valuetext=${`${formatCount(length)} places`}
        @input=${(event: Event) => this.#closing(() => model.set_length(lengths[Number((event.target as HTMLInputElement).value)] ?? 3))} />
        <output class="tabular">${formatCount(length)}</output></label>
      <label>Try <select @change=${(event: Event) => {
        const preset = presets[Number((event.target as HTMLSelectElement).value)];
        if (preset) this.#closing(() => model.take(preset.a, preset.b));
      }}>
        <option value="" ?selected=${chosen < 0} disabled>${model.drawn.value === null ? 'a pair worth meeting' : 'random numbers'}</option>
        ${presets.map((preset, i) => html`<option value=${i} ?selected=${i === chosen}>${preset.name}</option>`)}</select></label>
      <button type="button" class="quiet" @click=${() => this.#closing(() => model.draw_again())}>Other numbers</button>
      <button type="button" class="quiet" @click=${() => this.reset()}>Start again</button>
    </div>`;
  }

  /** The button that is pressed goes; the focus goes to what it uncovered. */
  async #uncover(): Promise<void> {
    this.model.uncover();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.result .num')?.focus();
  }

  /** The button goes with the failure; the focus goes to the sum. */
  async #even_out(): Promise<void> {
    await this.model.even_out();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.result .num')?.focus();
  }

  /** Changes of length close what is unfolded: its places may be gone. */
  #closing(change: () => void): void {
    this.opened.value = null;
    change();
  }
}

function bracketed(value: number): string {
  return value < 0 ? `(${formatShort(value, 3)})` : format(value, 3).replace(/\.?0+$/, '');
}

define('dot-product', DotProduct);

declare global {
  interface HTMLElementTagNameMap {
    'dot-product': DotProduct;
  }
}
