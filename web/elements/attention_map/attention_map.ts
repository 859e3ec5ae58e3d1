// <dot-attention-map>: one head of the trained writer on the reader's own sentence. The sentence itself is the map of one row: choose a
// token, and the others are shaded by how much it looks at them. Where there is room, the whole map stands beside.
import { type Signal, signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { formatShort } from '../../drawing/index.ts';
import { AttentionMapModel, type HeadAnswer, mostCharacters } from '../../models/attention_map.ts';
import { percent } from '../../models/attention_words.ts';
import { namedRun } from '../../models/transformer_names.ts';
import { attentionGrid, gridStyles } from '../attention/grid.ts';
import { DotElement, define } from '../base.ts';
import type { Explains } from '../number.ts';
import { awaitingTransformer, transformers } from '../transformers.ts';
import { actNear } from '../visible.ts';
import { attentionMapStyles } from './attention_map.styles.ts';

/** Keys of a row that are listed at first. */
const listed = 6;
const narrow = 560; // CSS pixels: below, one row at a time and no whole map

export class DotAttentionMap extends DotElement<AttentionMapModel> {
  static override readonly widgetAttributes = ['text', 'layer', 'head', 'query'];
  static override styles = [DotElement.base, gridStyles, attentionMapStyles];

  readonly #whole: Signal<boolean> = signal(false);

  constructor() {
    super();
    // Some megabytes: they are fetched when the figure is seen, not before.
    actNear(this, () => this.model.begin(), '0px');
  }

  protected override create_model(): AttentionMapModel {
    return new AttentionMapModel(transformers('writer'), {
      text: this.getAttribute('text'),
      layer: Number(this.attr('layer', '1')),
      head: Number(this.attr('head', '1')),
      query: this.getAttribute('query'),
    });
  }

  protected override get origin(): Explains | undefined {
    const [seen, model] = [this.model.seen.answer.peek(), this.model.source.model.peek()];
    return seen && model ? namedRun(seen.of.run, model) : undefined;
  }

  protected override view(model: AttentionMapModel): TemplateResult {
    const failure = model.source.failure.value ?? model.ran.failure.value ?? model.seen.failure.value;
    const [seen, row] = [model.seen.answer.value, model.row.value];
    const loading = !model.source.model.value && !failure;
    return html`${this.#form(model)}
      ${failure ? this.failed(failure, () => model.retry()) : nothing}
      ${
        seen && row
          ? html`${this.#heads(model)}${this.#sentence(model, seen)}<p class="row-says">${model.rowSays.value}${seen.of.cut > 0 ? html` <span class="soft">The last ${seen.of.cut} characters are left out: the map holds ${seen.of.tokens.length} tokens.</span>` : nothing}</p>
            ${this.#row(model, seen)}${this.width.value >= narrow ? this.#map(model, seen) : nothing}${this.#twin(model, seen)}`
          : failure
            ? nothing
            : html`<div class="place">${loading ? awaitingTransformer(model.source, () => model.begin()) : this.waiting('The sentence is on its way through the model.')}</div>`
      }`;
  }

  #form(model: AttentionMapModel): TemplateResult {
    return html`<form @submit=${(event: Event) => {
      event.preventDefault();
      const field = (event.target as HTMLElement).querySelector('input');
      model.set_text(field?.value ?? '');
      if (field) field.value = model.text.peek();
    }}><label>A sentence of yours, in English<input type="text" autocomplete="off" maxlength=${mostCharacters} .value=${model.text.value} /></label><button type="submit" class="do">Show</button></form>`;
  }

  #heads(model: AttentionMapModel): TemplateResult {
    const { layers = 1, heads = 1 } = model.source.model.value ?? {};
    const choice = (words: string, value: number, count: number, act: (value: number) => void) =>
      html`<label>${words} <select aria-label=${words} @change=${(event: Event) => act(Number((event.target as HTMLSelectElement).value))}>${Array.from({ length: count }, (_, i) => html`<option value=${i + 1} .selected=${i + 1 === value}>${i + 1}</option>`)}</select></label>`;
    return html`<div class="controls">${choice('Layer', model.layer.value, layers, (layer) => model.set_head(layer, model.head.peek()))}${choice('Head', model.head.value, heads, (head) => model.set_head(model.layer.peek(), head))}
      <button type="button" class="quiet" @click=${() => this.#turn(model, 1)}>Next head</button><button type="button" class="quiet" @click=${() => this.reset()}>Start again</button></div>`;
  }

  #turn(model: AttentionMapModel, by: number): void {
    const { layers = 1, heads = 1 } = model.source.model.peek() ?? {};
    const at = ((model.layer.peek() - 1) * heads + model.head.peek() - 1 + by + layers * heads) % (layers * heads);
    model.set_head(Math.floor(at / heads) + 1, (at % heads) + 1);
  }

  #sentence(model: AttentionMapModel, { of }: HeadAnswer): TemplateResult {
    const row = model.row.value;
    return html`<div class="tokens" role="group" aria-label="The sentence: choose which token looks">${of.names.map((name, t) => {
      const share = row?.weights[t] ?? 0;
      const later = Boolean(row?.causal) && t > (row?.query ?? 0);
      const asks = t === row?.query;
      const words = `${name}${asks ? ', looks' : ''}${later ? ', comes later' : `, is looked at ${percent(share)}`}`;
      return html`<button type="button" class=${later ? 'later' : ''} aria-pressed=${asks ? 'true' : 'false'} aria-label=${words} style="--share:${share.toFixed(3)}" @click=${() => model.choose(t)}>${plain(name)}<small aria-hidden="true">${later ? '' : percent(share).replace('under 1', '<1')}</small></button>`;
    })}</div>`;
  }

  #row(model: AttentionMapModel, seen: HeadAnswer): unknown {
    const row = model.row.value;
    if (!row) return nothing;
    const { names } = seen.of;
    const [t, count] = [row.query, names.length];
    const all = Array.from({ length: row.causal ? t + 1 : count }, (_, s) => s).sort(
      (s, r) => (row.weights[r] ?? 0) - (row.weights[s] ?? 0) || s - r,
    );
    const some = this.#whole.value ? all : all.slice(0, listed);
    if (!some.includes(row.key) && all.includes(row.key)) some.push(row.key);
    const at = `transformer/L${seen.layer}/H${seen.head}`;
    const number = (value: number, family: string, s: number, label: string, text: string) =>
      this.num(value, `${at}/${family}[${t},${s}]`, {
        text,
        digits: 4,
        label: `${label} of ${names[t]} at ${names[s]}`,
        key: `${family}-${s}`,
      });
    return html`<ul class="top" aria-label=${`What ${names[t]} looks at`}><li class="legend" aria-hidden="true"><span><span class="a">${plain(names[t] ?? '')}</span> looks at</span><span></span><span class="n">weight</span><span class="n">score</span><span class="n dot"><var class="a">q</var>·<var class="b">k</var></span></li>
      ${some.map((s) => {
        const [weight, score, dot] = [row.weights[s] ?? 0, seen.scores.data[t * count + s] ?? 0, seen.dots.data[t * count + s] ?? 0];
        return html`<li class=${s === row.key ? 'chosen' : ''}><button type="button" class="name" aria-pressed=${s === row.key ? 'true' : 'false'} aria-label=${`${names[s]}: choose`} @click=${() => model.choose(t, s)}>${plain(names[s] ?? '')}</button><i class="bar" style="--share:${weight.toFixed(3)}" aria-hidden="true"></i>
          <span class="n">${number(weight, 'weight', s, 'weight', percent(weight).replace('under 1', '<1'))}</span><span class="n">${number(score, 'score', s, 'score', formatShort(score, 2))}</span><span class="n dot">${number(dot, 'dot', s, 'query times key', formatShort(dot, 2))}</span></li>`;
      })}</ul>
      ${
        all.length > listed
          ? html`<button type="button" class="quiet" aria-expanded=${this.#whole.value ? 'true' : 'false'} @click=${() => {
              this.#whole.value = !this.#whole.value;
            }}>${this.#whole.value ? `The first ${listed}` : `All ${all.length} of the row`}</button>`
          : nothing
      }
      ${row.causal && row.key > t ? html`<p class="soft">${names[t]} may not look at ${names[row.key]}: it comes later.</p>` : nothing}`;
  }

  #map(model: AttentionMapModel, seen: HeadAnswer): TemplateResult {
    const row = model.row.value;
    const { names } = seen.of;
    const count = names.length;
    const side = Math.max(20, Math.min(30, Math.floor((this.width.value - 110) / count)));
    return html`<div class="grid" style="--side:${side}px">${attentionGrid({
      names,
      dense: true,
      label: `Weights of layer ${seen.layer}, head ${seen.head}: a row for each token that looks, a column for each that is looked at`,
      at: { query: row?.query ?? 0, key: row?.key ?? 0 },
      now: () => model.row.peek() ?? { query: 0, key: 0 },
      choose: ({ query, key }) => model.choose(query, key),
      cell: (t, s) => {
        const value = seen.weights.data[t * count + s] ?? 0;
        const hidden = Boolean(row?.causal) && s > t;
        return {
          text: value >= 0.5 ? '●' : value >= 0.2 ? '•' : '',
          tint: value,
          hidden,
          words: hidden ? `${names[t]} may not look at ${names[s]}, which comes later` : `${names[t]} at ${names[s]}, ${percent(value)}`,
        };
      },
    })}</div>`;
  }

  #twin(model: AttentionMapModel, seen: HeadAnswer): TemplateResult {
    const { names } = seen.of;
    const causal = model.row.value?.causal ?? true;
    const count = names.length;
    const summary = 'Each token and what it looks at most, as a table';
    return html`<details><summary>${summary}</summary><div class="scroll" tabindex="0" role="region" aria-label=${summary}><table><thead><tr><th scope="col">token</th><th scope="col">looks most at</th><th scope="col">weight</th></tr></thead>
      <tbody>${names.map((name, t) => {
        const weights = seen.weights.data.subarray(t * count, causal ? t * count + t + 1 : (t + 1) * count);
        const top = weights.indexOf(Math.max(...weights));
        return html`<tr><th scope="row">${name}</th><td>${names[top]}</td><td>${this.num(weights[top] ?? 0, `transformer/L${seen.layer}/H${seen.head}/weight[${t},${top}]`, { text: percent(weights[top] ?? 0), digits: 4, label: `weight of ${name} at ${names[top]}`, key: `twin-${t}` })}</td></tr>`;
      })}</tbody></table></div></details>`;
  }
}

/** A name without what tells it apart from others of its kind. */
const plain = (name: string) => name.replace(/ \(\d+(?:st|nd|rd|th)\)$/, '');

define('dot-attention-map', DotAttentionMap);

declare global {
  interface HTMLElementTagNameMap {
    'dot-attention-map': DotAttentionMap;
  }
}
