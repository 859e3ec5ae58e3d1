// <dot-model-scale>: the sizes of q·k in every head of the trained writer, for the reader's own sentence, beside what random vectors would give.
import { html, nothing, type TemplateResult } from 'lit';
import { format, formatShort } from '../../drawing/format.ts';
import { type HeadLook, type HeadScale, type MeasuredText, nameOf } from '../../models/head_scale.ts';
import { ModelScaleModel } from '../../models/model_scale.ts';
import { measureAddress } from '../../models/root_mean_square.ts';
import type { ScoredRow } from '../../models/scored_row.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import { twoRows, twoRowsStyles } from '../saturation/rows.ts';
import { actNear } from '../visible.ts';
import { modelScaleStyles } from './model_scale.styles.ts';

export class DotModelScale extends DotElement<ModelScaleModel> {
  static override readonly widgetAttributes = ['text'];
  static override styles = [DotElement.base, twoRowsStyles, modelScaleStyles];

  constructor() {
    super();
    actNear(this, () => this.model.begin());
  }

  protected override create_model(): ModelScaleModel {
    return new ModelScaleModel(lab, this.getAttribute('text') ?? undefined);
  }

  protected override view(model: ModelScaleModel): TemplateResult {
    const failure = model.asked.failure.value;
    const measured = model.asked.answer.value;
    return html`${this.#field(model)}
      ${failure ? this.#failure(model, failure) : nothing}
      ${measured ? html`${this.#grid(model, measured)}<p class="says">${model.says.value}</p>${this.#look(model, measured)}` : failure ? nothing : html`<div class="room">${this.waiting('Loading the writer, a small trained transformer …', model.loaded.value)}</div>`}`;
  }

  #failure(model: ModelScaleModel, failure: NonNullable<typeof model.asked.failure.value>): TemplateResult {
    if (failure.code !== 'no-file') return this.failed(failure, () => model.retry());
    return html`<div class="failure" role="status"><p class="missing">This copy of the lab came without the trained writer, so nothing can be measured here. Everything above works without it.</p></div>`;
  }

  #field(model: ModelScaleModel): TemplateResult {
    return html`<form class="controls text" @submit=${(event: Event) => {
      event.preventDefault();
      model.set_text(this.renderRoot.querySelector<HTMLInputElement>('.text-field')?.value ?? '');
    }}><label><span>your sentence</span> <input class="text-field" type="text" autocomplete="off" maxlength="300" .value=${model.text.value} @change=${(
      event: Event,
    ) => {
      const input = event.target as HTMLInputElement;
      model.set_text(input.value);
      input.value = model.text.value;
    }} /></label><button type="submit" class="quiet">Measure</button></form>`;
  }

  #grid(model: ModelScaleModel, { scales, width, heads }: MeasuredText): TemplateResult {
    const most = Math.max(...scales.flat().map(({ value }) => value));
    const chosen = ({ layer, head }: HeadScale) => layer === model.shown.value.layer && head === model.shown.value.head;
    return html`<p class="head">Root mean square of <var>q</var> · <var>k</var>, before the scale <span class="soft">(random standard normal: √${width} = ${format(Math.sqrt(width), 2)})</span></p>
      <div class="grid" tabindex="0" role="region" aria-label="Root mean square of q·k by layer and head"><table>
      <thead><tr><td></td>${Array.from({ length: heads }, (_, h) => html`<th scope="col"><span>head </span>${h + 1}</th>`)}</tr></thead>
      <tbody>${scales.map(
        (row, l) =>
          html`<tr><th scope="row"><span>layer </span>${l + 1}</th>${row.map(
            (one) =>
              html`<td class=${chosen(one) ? 'chosen' : ''} style="--share:${Math.round((28 * one.value) / (most || 1))}%">${this.num(one.value, measureAddress, { digits: 1, source: one.source, key: `rms/${l}/${one.head}`, label: `root mean square of q · k, ${nameOf(one)}` })}</td>`,
          )}</tr>`,
      )}</tbody></table></div>`;
  }

  #look(model: ModelScaleModel, measured: MeasuredText): TemplateResult {
    const look = model.look.answer.value;
    const failure = model.look.failure.value;
    const { layers, heads, tokens } = measured;
    const shown = model.shown.value;
    const select = (name: string, value: number, count: number, choose: (value: number) => void) =>
      html`<label><span>${name}</span> <select @change=${(event: Event) => choose(Number((event.target as HTMLSelectElement).value))}>${Array.from({ length: count }, (_, i) => html`<option value=${i + 1} ?selected=${i + 1 === value}>${i + 1}</option>`)}</select></label>`;
    return html`<div class="controls"><span class="soft">Look into</span>
        ${select('layer', shown.layer, layers, (layer) => model.choose(layer, model.shown.peek().head))}
        ${select('head', shown.head, heads, (head) => model.choose(model.shown.peek().layer, head))}
        <label><span>asked by</span> <select @change=${(event: Event) => model.set_place(Number((event.target as HTMLSelectElement).value))}>${tokens.map(
          (_, t) => html`<option value=${t} ?selected=${t === model.at.value}>${t + 1}: ${tokenWords(measured, t)}</option>`,
        )}</select></label></div>
      ${failure ? this.failed(failure, () => model.retry()) : nothing}
      ${look && look.place < tokens.length ? this.#head(measured, look) : html`<p class="soft">…</p>`}`;
  }

  #head(measured: MeasuredText, look: HeadLook): TemplateResult {
    const { width, scales } = measured;
    const root = Math.sqrt(width);
    const own = scales[look.layer - 1]?.[look.head - 1]?.value ?? 0;
    const names = Array.from(look.dots, (_, s) => tokenWords(measured, s));
    const key = (what: string) => `${what}/${look.layer}/${look.head}`;
    const random = (look.query.value * look.key.value) / root;
    return html`<p class="soft lengths">Root mean square (rms) of the lengths of all queries and keys of this head:</p><dl class="facts">
        <div><dt>length of its queries <small>rms</small></dt><dd>${this.num(look.query.value, measureAddress, { source: look.query.source, key: key('query'), label: 'length of queries' })} <span class="soft">random: √${width} = ${format(root, 2)}</span></dd></div>
        <div><dt>length of its keys <small>rms</small></dt><dd>${this.num(look.key.value, measureAddress, { source: look.key.source, key: key('key'), label: 'length of keys' })} <span class="soft">random: ${format(root, 2)}</span></dd></div>
        <div><dt>such lengths, random directions</dt><dd><span class="soft">${format(look.query.value, 2)} × ${format(look.key.value, 2)} ÷ √${width} =</span> ${format(random, 2)} <span class="soft">measured: ${format(own, 2)}</span></dd></div>
        <div><dt>this row, around its mean <small>rms</small></dt><dd>${this.num(look.spread.value, measureAddress, { source: look.spread.source, key: key('spread'), label: 'root mean square of the row around its mean' })} <span class="soft">all that softmax sees</span></dd></div></dl>
      ${twoRows({ names, spoken: names, dots: look.dots, plain: look.plain, scaled: look.scaled, divisor: html`√${width}`, slopes: false }, this.num.bind(this))}
      <div class="sums"><span class="soft">How undecided it is, the entropy in bits, from 0 (all on one) to log₂ ${look.dots.length} = ${formatShort(Math.log2(look.dots.length), 2)} (all alike):</span>
        ${this.#entropy(look.plain, 'plain', 'without the scale')}${this.#entropy(look.scaled, 'scaled', 'with it')}</div>`;
  }

  #entropy({ entropy }: ScoredRow, key: string, words: string): TemplateResult {
    return html`<p>${this.num(entropy.value, 'pair/dot', { source: entropy.source, key: `${key}/entropy`, label: `entropy in bits, ${words}` })} <span class="soft">${words}</span></p>`;
  }
}

/** A token as a reader knows it. */
function tokenWords({ tokens }: MeasuredText, t: number): string {
  const text = tokens[t]?.text ?? '';
  if (text === '␂') return '(start)';
  return text.trim() === '' ? (text.includes('\n') ? 'line end' : 'space') : text.trim();
}

define('dot-model-scale', DotModelScale);

declare global {
  interface HTMLElementTagNameMap {
    'dot-model-scale': DotModelScale;
  }
}
