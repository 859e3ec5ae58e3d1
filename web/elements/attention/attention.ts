// <dot-attention>: attention by hand on a few made-up vectors. One operation at a time, each a part of the formula; a row and a cell are
// chosen, and what is chosen is worked out below.
import { type Signal, signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { formatShort, steadyScale, strip, stripStyles } from '../../drawing/index.ts';
import { AttentionModel, namesOf, reach } from '../../models/attention.ts';
import { namedAttention } from '../../models/attention_names.ts';
import { dimensions, fewest, lexicon, most, sentences } from '../../models/attention_toy.ts';
import { percent } from '../../models/attention_words.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import type { Explains } from '../number.ts';
import { attentionStyles } from './attention.styles.ts';
import { formula, formulaStyles } from './formula.ts';
import { attentionGrid, gridStyles } from './grid.ts';
import { average, dotOf, heads, type Num, projections, rowTable } from './work.ts';

export class DotAttention extends DotElement<AttentionModel> {
  static override readonly widgetAttributes = ['tokens', 'query', 'step', 'heads', 'causal'];
  static override styles = [DotElement.base, stripStyles, gridStyles, formulaStyles, attentionStyles];

  /** What was typed last and is no number that can stand there. */
  readonly #refused: Signal<string | null> = signal<string | null>(null);

  protected override create_model(): AttentionModel {
    return new AttentionModel(lab, {
      tokens: this.getAttribute('tokens'),
      query: Number(this.attr('query', '2')) - 1,
      step: Number(this.attr('step', '1')) - 1,
      heads: Number(this.attr('heads', '1')),
      causal: this.hasAttribute('causal'),
    });
  }

  protected override get origin(): Explains | undefined {
    const answer = this.model.asked.answer.peek();
    return answer ? namedAttention(answer.attention, namesOf(answer.tokens)) : undefined;
  }

  protected override view(model: AttentionModel): TemplateResult {
    const failure = model.asked.failure.value;
    const answer = model.known.value;
    const step = model.step.value;
    const places = 4 / model.heads.value;
    const refused = this.#refused.value;
    const num: Num = (value, address, options) => this.num(value, address, options);
    const names = model.names.value;
    return html`<div class="figure">${formula(step, places, (to) => model.go(to))}
      ${this.hasAttribute('bare') ? nothing : this.#setting(model)}${this.#sentence(model)}
      ${model.moveSays.value ? html`<p class="move-says" role="status">${model.moveSays.value}</p>` : nothing}
      ${step === 0 ? this.#vectors(model) : html`<div class="own">${heads()}${this.#vector(model, model.query.value)}</div>`}
      ${refused === null ? nothing : html`<p class="refused" role="status">“${refused}” is no number from −${reach} to ${reach}. The cell keeps what it had.</p>`}
      ${failure ? this.failed(failure, () => model.retry()) : nothing}
      ${
        !answer
          ? failure
            ? nothing
            : this.waiting('The engine is on its way.')
          : step === 0
            ? nothing
            : step === 1
              ? html`<div class="panel">${projections(answer, num)}</div>`
              : html`${this.#headChoice(model)}
        <div class="both"><div>${this.#map(model, step)}</div><div>${rowTable(answer, names, step, num)}</div></div>
        ${step >= 4 ? html`<p class="row-says">${model.rowSays.value}</p>` : nothing}
        <div class="panel">${step === 2 || step === 3 ? dotOf(answer, names, num) : step === 5 ? average(answer, names, num) : nothing}</div>`
      }</div>
      ${this.hasAttribute('bare') ? nothing : this.#controls(model)}${step >= 2 ? this.#twin(model) : nothing}`;
  }

  #sentence(model: AttentionModel): TemplateResult {
    const [names, query] = [model.names.value, model.query.value];
    const name = model.tokens.value[query]?.name ?? '';
    const move = (by: -1 | 1, words: string, off: boolean) =>
      html`<button type="button" class="quiet" ?disabled=${off} @click=${() => model.move(by)}>${words}</button>`;
    return html`<div class="sentence"><span>Asks:</span><div class="words" role="group" aria-label="Which token asks">${model.tokens.value.map(
      ({ name }, t) =>
        html`<button type="button" aria-pressed=${t === query ? 'true' : 'false'} aria-label=${names[t] ?? name} @click=${() => model.choose(t)}>${name}</button>`,
    )}</div>${this.hasAttribute('bare') ? nothing : html`<div class="move" role="group" aria-label=${`Move ${name}`}>${move(-1, `Move “${name}” earlier`, query === 0)}${move(1, 'later', query === names.length - 1)}</div>`}</div>`;
  }

  #vectors(model: AttentionModel): TemplateResult {
    return html`${heads()}<div class="list">${model.tokens.value.map((_, t) => this.#vector(model, t))}</div>`;
  }

  #vector(model: AttentionModel, t: number): TemplateResult {
    const token = model.tokens.value[t];
    if (!token) return html``;
    const name = model.names.value[t] ?? token.name;
    return strip(token.x, {
      role: 'plain',
      name: model.step.value === 0 ? html`<span>${token.name}</span>` : html`<var>x</var> <small>${token.name}</small>`,
      spokenName: name,
      scale: steadyScale(...model.tokens.value.map(({ x }) => x)),
      step: 0.5,
      edit: (i, value) => {
        const good = Math.abs(value) <= reach;
        this.#refused.value = good ? null : formatShort(value, 3);
        if (good) model.set_number(t, i, value);
      },
      refuse: (_, text) => {
        this.#refused.value = text;
      },
    });
  }

  #headChoice(model: AttentionModel): unknown {
    if (model.heads.value < 2) return nothing;
    return html`<div class="controls" role="group" aria-label="Which head is shown">${[0, 1].map(
      (h) =>
        html`<button type="button" class="quiet" aria-pressed=${model.head.value === h ? 'true' : 'false'} @click=${() => model.set_head(h)}>Head ${h + 1}</button>`,
    )}<span class="soft">${model.head.value === 0 ? 'asks for a topic' : 'deeds ask for things, and things for deeds'}</span></div>`;
  }

  #map(model: AttentionModel, step: number): TemplateResult {
    const answer = model.known.value;
    const names = model.names.value;
    const { row, attention, causal } = answer as NonNullable<typeof answer>;
    const matrix = (step === 2 ? attention.dots : step === 3 ? attention.scores : attention.weights)[row.head];
    const values = matrix?.data ?? new Float32Array();
    const scale = step >= 4 ? 1 : steadyScale(values) || 1;
    const says = ['', '', 'q times k', 'score', 'weight', 'weight'][step];
    return attentionGrid({
      names,
      label: `${step >= 4 ? 'Weights' : step === 3 ? 'Scores, scaled' : 'Dot products'}: a row for each query, a column for each key`,
      at: { query: model.query.value, key: model.key.value },
      now: () => ({ query: model.query.peek(), key: model.key.peek() }),
      choose: ({ query, key }) => model.choose(query, key),
      cell: (t, s) => {
        const value = values[t * names.length + s] ?? 0;
        const hidden = causal && s > t;
        const text = step >= 4 ? percent(value).replace('under 1', '<1') : formatShort(value, 1);
        return {
          text,
          tint: value / scale,
          hidden,
          words: hidden
            ? `${names[t]} may not look at ${names[s]}, which comes later`
            : `${names[t]} at ${names[s]}, ${says} ${step >= 4 ? percent(value) : formatShort(value, 2)}`,
        };
      },
    });
  }

  /** What the figure is about: it stands above, for what changes is below it. */
  #setting(model: AttentionModel): TemplateResult {
    const now = model.tokens.value.map((token) => token.name).join(' ');
    return html`<div class="controls">
        <label>Sentence <select aria-label="Sentence" @change=${(event: Event) => model.set_sentence((event.target as HTMLSelectElement).value)}>${[...new Set([...sentences, now])].map((one) => html`<option value=${one} .selected=${one === now}>${one}</option>`)}</select></label>
        <label><input type="checkbox" .checked=${model.causal.value} @change=${(event: Event) => model.set_causal((event.target as HTMLInputElement).checked)} /> causal mask: nobody sees what comes later</label></div>`;
  }

  #controls(model: AttentionModel): TemplateResult {
    const tokens = model.tokens.value;
    const name = tokens[model.query.value]?.name ?? '';
    const button = (words: string, act: () => void, off = false) =>
      html`<button type="button" class="quiet" ?disabled=${off} @click=${act}>${words}</button>`;
    return html`<div class="controls">
        <span role="group" aria-label="Heads">${[1, 2].map((count) => html`<button type="button" class="quiet" aria-pressed=${model.heads.value === count ? 'true' : 'false'} @click=${() => model.set_heads(count)}>${count === 1 ? 'one head of 4' : 'two heads of 2'}</button>`)}</span>
        <label>Add <select aria-label="Add a word" .value=${''} ?disabled=${tokens.length >= most} @change=${(event: Event) => {
          const select = event.target as HTMLSelectElement;
          model.add(select.value);
          select.value = '';
        }}><option value="">a word …</option>${Object.keys(lexicon).map((word) => html`<option value=${word}>${word}</option>`)}</select></label>
        ${button(`Remove “${name}”`, () => model.remove(), tokens.length <= fewest)} ${button('Start again', () => this.reset())}</div>`;
  }

  #twin(model: AttentionModel): unknown {
    const answer = model.known.value;
    if (!answer) return nothing;
    const names = model.names.value;
    const { attention, row } = answer;
    const weights = attention.weights[row.head]?.data ?? new Float32Array();
    return html`<details><summary>All weights and outputs as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="All weights and outputs"><table><thead><tr><th scope="col">query</th>${names.map((name) => html`<th scope="col">at ${name}</th>`)}${dimensions.map((_, i) => html`<th scope="col">output ${i + 1}</th>`)}</tr></thead>
      <tbody>${names.map(
        (name, t) =>
          html`<tr><th scope="row">${name}</th>${names.map((_, s) => html`<td>${percent(weights[t * names.length + s] ?? 0)}</td>`)}${dimensions.map((_, i) => html`<td>${this.num(attention.output.data[t * 4 + i] ?? 0, `attention/output[${t},${i}]`, { digits: 2, label: `output of ${name}, place ${i + 1}`, key: `twin-${t}-${i}` })}</td>`)}</tr>`,
      )}</tbody></table></div></details>`;
  }
}

define('dot-attention', DotAttention);

declare global {
  interface HTMLElementTagNameMap {
    'dot-attention': DotAttention;
  }
}
