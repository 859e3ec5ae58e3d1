// <dot-lanes>: one dot product, instruction by instruction, as the SIMD kernel does it; and why the order of adding shows in
// the last digit.
import { html, nothing, type TemplateResult } from 'lit';
import { format, formatCount, formatSignificant, formatTight, largest, stripStyles } from '../../drawing/index.ts';
import type { DotTrace } from '../../engine/index.ts';
import { float_spacing, LanesModel, lanesPresets, shortest_float } from '../../models/lanes.ts';
import { unpackVector } from '../../models/url_state.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import type { Explains } from '../number.ts';
import { lanesStyles } from './lanes.styles.ts';

const four = [0, 1, 2, 3] as const;

export class DotLanes extends DotElement<LanesModel> {
  static override readonly widgetAttributes = ['a', 'b', 'step'];
  static override styles = [DotElement.base, stripStyles, lanesStyles];

  protected override create_model(): LanesModel {
    return new LanesModel(lab, {
      a: unpackVector(this.getAttribute('a')),
      b: unpackVector(this.getAttribute('b')),
      step: Number(this.attr('step', '0')),
    });
  }

  protected override get origin(): Explains | undefined {
    return this.model.source.peek();
  }

  protected override view(model: LanesModel): TemplateResult {
    void model.source.value;
    const failure = model.whole.failure.value ?? model.now.failure.value;
    if (failure) return html`${this.failed(failure, () => model.retry())}${this.#presets(model)}`;
    return html`<div class="machine">
        ${this.#stepper(model)}
        <div class="program tabular" aria-hidden="true">${this.#code(model)}</div>
        <p class="says tabular">${model.says()}</p>
        ${this.#table(model)}
      </div>
      ${this.hasAttribute('bare') ? nothing : this.#presets(model)}${this.#orders(model)}`;
  }

  #stepper(model: LanesModel): TemplateResult {
    const step = model.step.value;
    // aria-disabled, so that a button that has come to its end keeps the focus.
    const off = (yes: boolean) => (yes ? 'true' : 'false');
    return html`<div class="controls stepper">
      <button type="button" class="quiet" aria-disabled=${off(step === 0)} @click=${() => model.go(step - 1)}>Back</button>
      <button type="button" class="do" aria-disabled=${off(step === model.last)} @click=${() => model.go(step + 1)}>Next instruction</button>
      <label><span class="spoken">Step</span><input type="range" min="0" max=${model.last} .value=${String(step)} aria-valuetext=${`step ${step} of ${model.last}`}
        @input=${(event: Event) => model.go(Number((event.target as HTMLInputElement).value))} /><output class="tabular">${step} of ${model.last}</output></label>
    </div>`;
  }

  /** The instruction in words of the machine; one line, always there. */
  #code(model: LanesModel): TemplateResult {
    const { kind, from, register } = model.instruction;
    const until = Math.min(from + 4, model.length);
    const range = (name: 'a' | 'b') =>
      html`<span class=${name}>${name}${subscript(from + 1)}${until > from + 1 ? html`…${name}${subscript(until)}` : nothing}</span>`;
    switch (kind) {
      case 'start':
        return html`all sums ← 0`;
      case 'multiply-add':
        return html`sum ${register + 1} ← sum ${register + 1} + ${range('a')} × ${range('b')}`;
      case 'add-registers':
        return html`all four ← (sum 1 + sum 2) + (sum 3 + sum 4)`;
      case 'add-lanes':
        return html`<span class="a">a</span> · <span class="b">b</span> ← (lane 1 + lane 2) + (lane 3 + lane 4)`;
    }
  }

  /** The four numbers of each vector that the instruction takes, and their products. */
  #table(model: LanesModel): TemplateResult {
    const { kind, from } = model.instruction;
    const whole = model.whole.answer.value;
    const active = kind === 'multiply-add';
    const cells = (values: ArrayLike<number> | undefined, role: string, address: (i: number) => string) =>
      four.map((lane) => {
        const i = from + lane;
        if (!active || !values) return html`<td></td>`;
        if (i >= model.length) return html`<td class="empty">0</td>`;
        return html`<td class=${role}>${this.num(values[i] ?? 0, address(i), { text: formatTight(values[i] ?? 0), digits: 3, label: `${role || 'product'}, place ${i + 1}`, key: `load-${role}-${i}` })}</td>`;
      });
    return html`<table class="lanes"><caption class="spoken">What this instruction takes</caption>
      <thead><tr><td></td>${four.map((lane) => html`<th scope="col">lane ${lane + 1}</th>`)}</tr></thead>
      <tbody>
        <tr><th scope="row"><var class="a">a</var></th>${cells(model.a.value, 'a', (i) => `pair/a[${i}]`)}</tr>
        <tr><th scope="row"><var class="b">b</var></th>${cells(model.b.value, 'b', (i) => `pair/b[${i}]`)}</tr>
        <tr class="rule"><th scope="row">products</th>${cells(whole?.products, '', (i) => `pair/product[${i}]`)}</tr>
        ${this.#sums(model)}${this.#folded(model)}
      </tbody></table>`;
  }

  /** The four registers of four lanes, then their sum, then the one number. */
  #sums(model: LanesModel): unknown {
    const now = model.now.answer.value;
    const { kind, register } = model.instruction;
    const most = largest(now?.accumulators ?? [1], 1e-30);
    return four.map(
      (r) =>
        html`<tr class=${kind === 'multiply-add' && r === register ? 'active' : kind === 'add-registers' || kind === 'add-lanes' ? 'spent' : ''}><th scope="row">sum ${r + 1}</th>${four.map(
          (lane) => {
            const value = now?.accumulators[4 * r + lane] ?? 0;
            const gathered = model.gathered(r, lane);
            const text = formatTight(value);
            return html`<td>${gathered ? this.num(value, gathered.address, { text, digits: 3, source: gathered.source, key: `sum-${r}-${lane}`, label: `sum ${r + 1}, lane ${lane + 1}` }) : text}
          <i class=${value < 0 ? 'n' : 'p'} style="--h:${Math.min(1, Math.abs(value) / most)}" aria-hidden="true"></i></td>`;
          },
        )}</tr>`,
    );
  }

  /** What comes after the last multiply-add: four lanes, then one number. */
  #folded(model: LanesModel): TemplateResult {
    const whole = model.whole.answer.value;
    const { kind } = model.instruction;
    const folded = kind === 'add-registers' || kind === 'add-lanes';
    return html`<tr class=${kind === 'add-registers' ? 'active' : ''}><th scope="row">all four</th>${four.map((lane) => {
      const value = whole?.lanes[lane] ?? 0;
      return folded && whole
        ? html`<td>${this.num(value, `pair/lane[${lane}]`, { text: formatTight(value), digits: 3, label: `lane ${lane + 1}` })}</td>`
        : html`<td></td>`;
    })}</tr>
      <tr class=${kind === 'add-lanes' ? 'active' : ''}><th scope="row"><var class="a">a</var> · <var class="b">b</var></th><td colspan="4" class="total">${
        kind === 'add-lanes' && whole
          ? this.num(whole.result, 'pair/simd', { text: formatSignificant(whole.result), digits: 4, label: 'a · b' })
          : nothing
      }</td></tr>`;
  }

  #presets(model: LanesModel): TemplateResult {
    const chosen = lanesPresets.findIndex((preset) => preset.a.join() === model.a.value.join() && preset.b.join() === model.b.value.join());
    return html`<div class="controls"><label>Numbers <select @change=${(event: Event) => {
      const preset = lanesPresets[Number((event.target as HTMLSelectElement).value)];
      this.opened.value = null;
      if (preset) model.take(preset.a, preset.b, 0);
    }}>${chosen < 0 ? html`<option selected disabled value="">as given</option>` : nothing}${lanesPresets.map(
      (preset, i) => html`<option value=${i} ?selected=${i === chosen}>${preset.name}</option>`,
    )}</select></label><button type="button" class="quiet" @click=${() => this.reset()}>Start again</button></div>`;
  }

  /** The same products, added up in two orders; told only when the reader has come to the end. */
  #orders(model: LanesModel): TemplateResult {
    const whole = model.done ? model.whole.answer.value : null;
    const typed = model.typed_sum;
    const row = (name: string, value: number | undefined, shown: unknown) =>
      html`<tr><th scope="row">${name}</th><td>${whole ? shown : '?'}</td><td>${
        whole && value !== undefined ? apart(value, typed) : '?'
      }</td></tr>`;
    return html`<table class="orders"><caption>The same ${formatCount(model.length)} products, added in two orders</caption>
      <thead><tr><td></td><th scope="col">comes to</th><th scope="col">away from the sum of what was typed</th></tr></thead><tbody>
      ${row('four sums, four lanes', whole?.result, whole ? this.num(whole.result, 'pair/simd', { text: minus(shortest_float(whole.result)), key: 'order-lanes', label: 'added in lanes' }) : '?')}
      ${row('one after the other', whole?.sequential, whole ? this.num(whole.sequential, `pair/running[${model.length - 1}]`, { text: minus(shortest_float(whole.sequential)), label: 'added one after the other' }) : '?')}
      <tr><th scope="row">what was typed, exactly</th><td>${whole ? minus(format_exact(typed)) : '?'}</td><td></td></tr></tbody></table>
      <p class="soft notes">${whole ? this.#rounding(model, whole) : html`Step to the end to see what they come to. <button type="button" class="quiet" @click=${() => model.go(model.last)}>Go to the end</button>`}</p>`;
  }

  /** Where the differences come from: the inputs are rounded first, then every addition. */
  #rounding(model: LanesModel, whole: DotTrace): TemplateResult {
    const { rounded } = model;
    const greatest = largest([...whole.running, ...whole.accumulators, ...whole.lanes, whole.result]);
    return html`${
      rounded
        ? html`Before anything is added, every number is rounded to 32 bits: ${minus(format_exact(rounded.typed))} becomes ${minus(format_exact(rounded.held))}. Those rounded numbers, added without any further rounding, would come to ${minus(format_exact(whole.exact))}.`
        : html`All these numbers fit into 32 bits as they are; only the additions round.`
    } The largest number on the way was ${formatSignificant(greatest)}: around it, neighbouring 32-bit numbers are <span class="whole">${formatSignificant(float_spacing(greatest), 2)}</span> apart, and every addition goes to one of them. “Nothing” means that no 32-bit number is nearer.`;
  }
}

/** How far an f32 sum is from the one of what was typed; nothing where no 32-bit number is nearer. */
function apart(sum: number, typed: number): string {
  return sum === Math.fround(typed) ? 'nothing' : formatSignificant(sum - typed, 3);
}

function subscript(place: number): string {
  return [...String(place)].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');
}

function minus(text: string): string {
  return text.replace('-', '−');
}

function format_exact(value: number): string {
  return Math.abs(value) >= 1e9 || (value !== 0 && Math.abs(value) < 1e-4) ? format(value) : String(Number(value.toPrecision(11)));
}

define('dot-lanes', DotLanes);

declare global {
  interface HTMLElementTagNameMap {
    'dot-lanes': DotLanes;
  }
}
