// <dot-softmax>: logits that are set by hand, and what softmax makes of them at a temperature: exp, sum, shares. The largest is marked.
import { html, nothing, type TemplateResult } from 'lit';
import { classColor, classMark, classStyles, format, formatPower, formatShort, parseNumber } from '../../drawing/index.ts';
import { fewest, most, reach, SoftmaxModel, temperatures } from '../../models/softmax.ts';
import { unpackVector } from '../../models/url_state.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import type { Explains } from '../number.ts';
import { softmaxStyles } from './softmax.styles.ts';

export class DotSoftmax extends DotElement<SoftmaxModel> {
  static override readonly widgetAttributes = ['logits', 'temperature', 'names'];
  static override styles = [DotElement.base, classStyles, softmaxStyles];

  protected override create_model(): SoftmaxModel {
    const temperature = Number(this.getAttribute('temperature'));
    return new SoftmaxModel(lab, {
      logits: unpackVector(this.getAttribute('logits')),
      ...(temperature > 0 ? { temperature } : {}),
      names: this.attr('names').split(','),
    });
  }

  protected override get origin(): Explains | undefined {
    return this.model.asked.answer.value?.source;
  }

  protected override view(model: SoftmaxModel): TemplateResult {
    const failure = model.asked.failure.value;
    const row = model.asked.answer.value;
    const t = model.temperature.value;
    return html`<div class="heads soft" aria-hidden="true"><span></span><span>logit <var>z</var></span><span>exp((<var>z</var> − max <var>z</var>) ÷ <var>T</var>)</span><span>÷ sum = probability</span></div>
      <ul class="rows">${model.logits.value.map((_, k) => this.#row(model, k))}</ul>
      <p class="sum"><span>The exps add up to</span> ${row ? this.num(row.expSum, 'network/exp-sum[0]', { digits: 4, label: 'sum of the exps' }) : html`<span class="soft">…</span>`}</p>
      ${this.#temperature(model, t)}
      <p class="says">${model.says.value}</p>
      ${failure ? this.failed(failure, () => model.retry()) : nothing}
      ${this.hasAttribute('bare') ? nothing : this.#controls(model)}`;
  }

  #row(model: SoftmaxModel, k: number): TemplateResult {
    const [name, value] = [model.names[k] ?? '', model.logits.value[k] ?? 0];
    const row = model.asked.answer.value;
    const [exp, share] = [row?.exps[k], row?.probabilities[k]];
    const known = row !== null && row.probabilities.length === model.logits.value.length && exp !== undefined && share !== undefined;
    const first = known && row.predicted === k;
    return html`<li class=${first ? 'first' : ''}>
      <span class="name">${classMark(k)} <span>${name}<small>${first ? 'argmax' : ''}</small></span></span>
      <span class="logit"><input type="text" inputmode="decimal" autocomplete="off" size="5" aria-label=${`logit of ${name}, from −${reach} to ${reach}`} .value=${formatShort(value, 2)}
          @change=${(event: Event) => {
            const input = event.target as HTMLInputElement;
            model.set(k, parseNumber(input.value));
            input.value = formatShort(model.logits.peek()[k] ?? 0, 2);
          }} /><input type="range" min=${-reach} max=${reach} step="0.1" .value=${String(value)} aria-label=${`logit of ${name}`} aria-valuetext=${formatShort(value, 2)}
          @input=${(event: Event) => model.set(k, Number((event.target as HTMLInputElement).value))} /></span>
      <span class="exp">${known ? this.num(exp, `network/exp[0][${k}]`, { ...small(exp), digits: 4, label: `exp for ${name}` }) : html`<span class="soft">…</span>`}</span>
      <span class="share"><i style="--share:${known ? share : 0};--colour:${classColor(k)}" aria-hidden="true"></i>${
        known
          ? this.num(share, `network/probability[0][${k}]`, { ...small(share), digits: 4, label: `probability of ${name}` })
          : html`<span class="soft">…</span>`
      }</span>
    </li>`;
  }

  #temperature(model: SoftmaxModel, t: number): TemplateResult {
    const [low, high] = [Math.log10(temperatures.least), Math.log10(temperatures.most)];
    return html`<div class="controls warm"><label>temperature <var>T</var> <input type="range" min=${low} max=${high} step="0.02" .value=${String(Math.log10(t))} aria-valuetext=${formatShort(t, 2)}
        @input=${(event: Event) => model.set_temperature(10 ** Number((event.target as HTMLInputElement).value))} /><output>${format(t, t < 1 ? 2 : 1)}</output></label>
      <span role="group" aria-label="Temperature">${[temperatures.least, 1, temperatures.most].map(
        (one) =>
          html`<button type="button" class="quiet" aria-pressed=${t === one ? 'true' : 'false'} @click=${() => model.set_temperature(one)}>${one}</button>`,
      )}</span></div>`;
  }

  #controls(model: SoftmaxModel): TemplateResult {
    const count = model.logits.value.length;
    return html`<div class="controls">
      <span role="group" aria-label="Add the same to every logit"><span class="soft">To every logit add</span> <button type="button" class="quiet" @click=${() => model.shift(-1)}>−1</button><button type="button" class="quiet" @click=${() => model.shift(1)}>+1</button></span>
      <span role="group" aria-label="Number of classes"><button type="button" class="quiet" ?disabled=${count >= most} @click=${() => model.add()}>One class more</button><button type="button" class="quiet" ?disabled=${count <= fewest} @click=${() => model.remove()}>One fewer</button></span>
      <button type="button" class="quiet" @click=${() => this.reset()}>Start again</button></div>`;
  }
}

/** No exp is 0: what four decimals would call 0 is written as a power of ten. */
const small = (value: number) => (value > 0 && value < 0.00005 ? { text: formatPower(value) } : {});

define('dot-softmax', DotSoftmax);

declare global {
  interface HTMLElementTagNameMap {
    'dot-softmax': DotSoftmax;
  }
}
