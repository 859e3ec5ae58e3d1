// <dot-head-kinds>: which head of a trained model tends most to look at what, measured in the page; and the map of the one that is chosen.
import { html, nothing, type TemplateResult } from 'lit';
import { format } from '../../drawing/format.ts';
import { headMap, headsStyles } from '../../drawing/heads.ts';
import { percent, rowWords } from '../../models/attention_words.ts';
import { HeadKindsModel, mostCharacters, type OwnText } from '../../models/head_kinds.ts';
import { type Finding, findingWords, isKind } from '../../models/head_kinds_words.ts';
import { measuredTexts, repeats } from '../../models/head_scores.ts';
import { namedRun } from '../../models/transformer_names.ts';
import type { TransformerName } from '../../models/transformer_source.ts';
import { plainName } from '../../models/transformer_words.ts';
import { DotElement, define } from '../base.ts';
import type { Explains } from '../number.ts';
import { rove } from '../transformer/rove.ts';
import { loadingTransformer, transformers } from '../transformers.ts';
import { actNear } from '../visible.ts';
import { headKindsStyles } from './head_kinds.styles.ts';

/** Places of a row that are listed. */
const listed = 5;
const narrow = 560; // CSS pixels: below, one row at a time and no whole map

type Row = NonNullable<HeadKindsModel['row']['value']>;

export class DotHeadKinds extends DotElement<HeadKindsModel> {
  static override readonly widgetAttributes = ['model', 'kind', 'text'];
  static override styles = [DotElement.base, headsStyles, headKindsStyles];

  constructor() {
    super();
    // Some megabytes: they are fetched when the figure is seen, not before.
    actNear(this, () => this.model.begin(), '0px');
  }

  protected override create_model(): HeadKindsModel {
    return new HeadKindsModel(transformers, {
      model: this.getAttribute('model'),
      kind: this.getAttribute('kind'),
      text: this.getAttribute('text'),
    });
  }

  protected override get origin(): Explains | undefined {
    const run = this.model.own.answer.peek()?.pass.run;
    const trained = this.model.source.model.peek();
    return run && trained ? namedRun(run, trained) : undefined;
  }

  protected override view(model: HeadKindsModel): TemplateResult {
    const [failure, found, row] = [model.failure.value, model.found.value, model.row.value];
    return html`${this.#which(model)}${failure ? this.failed(failure, () => model.retry()) : nothing}
      <div class="place">${found.length > 0 ? this.#table(model, found) : failure ? nothing : this.#waiting(model)}</div>
      ${found.length > 0 ? this.#words(model) : nothing}
      ${found.length > 0 ? this.#form(model) : nothing}
      ${found.length > 0 ? html`<div class="map-place">${row ? this.#map(model, row) : this.waiting('The sentence is on its way through the model.')}</div>` : nothing}`;
  }

  #which(model: HeadKindsModel): TemplateResult {
    const one = (name: TransformerName) =>
      html`<button type="button" class="quiet" aria-pressed=${name === model.name.value ? 'true' : 'false'} @click=${() => model.set_model(name)}>The ${name}</button>`;
    return html`<div class="controls which"><span role="group" aria-label="Which model">${one('writer')}${one('reader')}</span><span class="soft">Mean over ${measuredTexts.length} sentences of ours; for induction, over ${repeats.texts} rows of ${repeats.count} random tokens, each row written twice.</span></div>`;
  }

  #waiting(model: HeadKindsModel): TemplateResult {
    if (!model.begun) return html`<button type="button" class="do" @click=${() => model.begin()}>Load the model and measure</button>`;
    return html`${model.source.model.value ? this.waiting('The heads are being measured.') : loadingTransformer(model.source)}`;
  }

  #table(model: HeadKindsModel, found: readonly Finding[]): TemplateResult {
    const wide = this.width.value >= narrow;
    const headOf = ({ best }: Finding) => html`layer ${best?.layer} · head ${best?.head}`;
    const one = (finding: Finding) => {
      const { tendency, best, score, uniform, own } = finding;
      const chosen = tendency.id === model.kind.value;
      const cells = best
        ? html`${
            wide
              ? html`<td class="head">${headOf(finding)}</td><td class="bar"><i class=${isKind(finding) ? '' : 'none'} style="--share:${Math.max(0, score).toFixed(3)};--equal:${uniform.toFixed(3)}" aria-hidden="true"></i></td>`
              : nothing
          }<td class="n">${format(score, 2)}</td><td class="n">${format(uniform, 2)}</td><td class="n">${own === null ? '–' : format(own, 2)}</td>`
        : html`<td class="none soft" colspan=${wide ? 5 : 3}>no head can: what comes later is hidden</td>`;
      return html`<tr class=${chosen ? 'chosen' : ''}><th scope="row"><button type="button" aria-pressed=${chosen ? 'true' : 'false'} @click=${() => model.set_kind(tendency.id)}>${tendency.called}${best && !wide ? html`<small>${headOf(finding)}</small>` : nothing}</button></th>${cells}</tr>`;
    };
    return html`<table class="kinds"><thead><tr><th scope="col">looks at</th>${wide ? html`<th scope="col">highest</th><td class="bar"></td>` : nothing}
      <th scope="col" class="n">score</th><th scope="col" class="n">${wide ? 'equal attention' : 'equal'}</th><th scope="col" class="n">${wide ? 'in your text' : 'yours'}</th></tr></thead><tbody>${found.map(one)}</tbody></table>`;
  }

  #words(model: HeadKindsModel): TemplateResult {
    const finding = model.finding.value;
    return html`<p class="says">${finding ? upper(findingWords(finding, model.name.value)) : nothing}</p>`;
  }

  #form(model: HeadKindsModel): TemplateResult {
    return html`<form @submit=${(event: Event) => {
      event.preventDefault();
      const field = (event.target as HTMLElement).querySelector('input');
      model.set_text(field?.value ?? '');
      if (field) field.value = model.text.peek();
    }}><label>That head on a sentence of yours, in English<input type="text" autocomplete="off" spellcheck="false" maxlength=${mostCharacters} .value=${model.text.value} /></label><button type="submit" class="do">Show</button></form>`;
  }

  #map(model: HeadKindsModel, row: Row): TemplateResult {
    const { own, query, weights, seen } = row;
    const { names, tokens } = own.pass;
    return html`<div class="tokens" role="group" aria-label="The sentence: choose the token that looks" @keydown=${(event: KeyboardEvent) =>
      rove(event, model.row.peek()?.query ?? 0, tokens.length, tokens.length, (to) => model.choose(to))}>${names.map((name, t) => {
      const share = weights[t] ?? 0;
      const [here, later] = [t === query, t >= seen];
      return html`<button type="button" data-at=${t} tabindex=${here ? 0 : -1} class=${later ? 'later' : ''} aria-pressed=${here ? 'true' : 'false'} aria-label=${`${name}${here ? ', looks' : ''}${later ? ', comes later' : `, is looked at ${percent(share)}`}`} style="--share:${share.toFixed(3)}" @click=${() => model.choose(t)}>${plainName(name)}<small aria-hidden="true">${later ? '' : percent(share).replace('under 1', '<1').replace(/^0 %$/, '')}</small></button>`;
    })}</div>
      <p class="row-says">Layer ${row.layer}, head ${row.head}: ${rowWords(names[query] ?? '', names, weights, seen)}${cutWords(own)}</p>
      <div class="both">${this.#list(row)}${this.width.value >= narrow ? this.#whole(model, row) : nothing}</div>`;
  }

  #list({ own, layer, head, query, weights, seen }: Row): TemplateResult {
    const { names } = own.pass;
    const order = Array.from({ length: seen }, (_, s) => s).sort((s, r) => (weights[r] ?? 0) - (weights[s] ?? 0) || s - r);
    return html`<ul class="top" aria-label=${`What ${names[query]} looks at`}>${order
      .slice(0, listed)
      .map(
        (s) =>
          html`<li><span class="name">${plainName(names[s])}</span><i class="bar" style="--share:${(weights[s] ?? 0).toFixed(3)}" aria-hidden="true"></i><span class="n">${this.num(
            weights[s] ?? 0,
            `transformer/L${layer}/H${head}/weight[${query},${s}]`,
            { text: format(weights[s] ?? 0, 3), digits: 3, label: `weight of ${names[query]} at ${names[s]}`, key: `weight-${s}` },
          )}</span></li>`,
      )}</ul>`;
  }

  #whole(model: HeadKindsModel, { own, layer, head, query, weights }: Row): TemplateResult {
    const { names, causal } = own.pass;
    const matrix = own.pass.weights[layer - 1]?.[head - 1] ?? new Float32Array();
    const count = names.length;
    return html`<div class="map-scroll">${headMap({
      weights: matrix,
      names,
      causal,
      side: Math.max(11, Math.min(20, Math.floor((this.width.value - 330) / count))),
      at: { query, key: weights.indexOf(Math.max(...weights)) },
      choose: (t) => model.choose(t),
      label: `Weights of layer ${layer}, head ${head}: a row for each token that looks, a column for each that is looked at`,
      words: (t, s) =>
        causal && s > t
          ? `${names[t]} may not look at ${names[s]}, which comes later`
          : `${names[t]} at ${names[s]}, ${percent(matrix[t * count + s] ?? 0)}`,
    })}</div>`;
  }
}

const cutWords = ({ cut }: OwnText) => (cut > 0 ? ` The last ${cut} characters are left out.` : '');
const upper = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

define('dot-head-kinds', DotHeadKinds);

declare global {
  interface HTMLElementTagNameMap {
    'dot-head-kinds': DotHeadKinds;
  }
}
