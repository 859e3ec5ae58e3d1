// <dot-probe-direction>: a probe's weights are a vector, and so a direction; a sentence's tokens lie along it, each by a dot product.
import { html, nothing, type TemplateResult } from 'lit';
import { bars, barsStyles } from '../../drawing/bars.ts';
import { format, formatCount, formatSigned } from '../../drawing/format.ts';
import { largest, roundUp } from '../../drawing/scale.ts';
import { mostCharacters } from '../../models/attention_map.ts';
import { percent } from '../../models/attention_words.ts';
import { layerCount } from '../../models/probe.ts';
import { type Direction, ProbeDirectionModel, type ReadSentence } from '../../models/probe_direction.ts';
import { share } from '../../models/probe_words.ts';
import type { TransformerName } from '../../models/transformer_source.ts';
import { largestPlaces } from '../../models/unfold.ts';
import { DotElement, define } from '../base.ts';
import type { Explains } from '../number.ts';
import { awaitingProbes, probes, propertyChoice } from '../probes.ts';
import { actNear } from '../visible.ts';
import { probeDirectionStyles } from './probe_direction.styles.ts';

/** Weights that are listed: the largest by size. */
const listed = 6;

export class DotProbeDirection extends DotElement<ProbeDirectionModel> {
  static override readonly widgetAttributes = ['property', 'shown', 'layer', 'text', 'model'];
  static override styles = [DotElement.base, barsStyles, probeDirectionStyles];

  constructor() {
    super();
    actNear(this, () => this.model.begin(), '0px');
  }

  protected override create_model(): ProbeDirectionModel {
    return new ProbeDirectionModel(probes(), {
      property: this.attr('property', 'part-of-speech'),
      layer: Number(this.attr('layer', '4')),
      shown: this.getAttribute('shown'),
      text: this.getAttribute('text'),
      model: this.attr('model') === 'writer' ? 'writer' : 'reader',
    });
  }

  protected override get origin(): Explains | undefined {
    return this.model.read.answer.peek()?.source;
  }

  protected override view(model: ProbeDirectionModel): TemplateResult {
    const failure = model.read.failure.value;
    const [read, direction] = [model.read.answer.value, model.direction.value];
    return html`${this.#form(model)}${this.#settings(model, read)}
      ${failure ? this.failed(failure, () => model.retry()) : nothing}
      ${
        read && direction
          ? html`${this.#tokens(model, read, direction)}${this.#strip(read, direction)}${this.#rest(model, read)}`
          : html`<div class="place">${failure ? nothing : awaitingProbes(model.source, model.name.value, () => model.begin())}</div>`
      }`;
  }

  #form(model: ProbeDirectionModel): TemplateResult {
    return html`<form @submit=${(event: Event) => {
      event.preventDefault();
      const field = (event.target as HTMLElement).querySelector('input');
      model.set_text(field?.value ?? '');
      if (field) field.value = model.text.peek();
    }}><label>A sentence of yours, in English<input type="text" autocomplete="off" maxlength=${mostCharacters} .value=${model.text.value} /></label><button type="submit" class="do">Show</button></form>`;
  }

  #settings(model: ProbeDirectionModel, read: ReadSentence | null): TemplateResult {
    const classes = read && read.of.property.id === model.property.value ? read.of.property.classes : [];
    const select = (
      name: string,
      value: string | number,
      options: readonly { value: string | number; text: string }[],
      act: (value: string) => void,
    ) =>
      html`<label>${name} <select aria-label=${name} @change=${(event: Event) => act((event.target as HTMLSelectElement).value)}>${options.map((option) => html`<option value=${option.value} .selected=${option.value === value}>${option.text}</option>`)}</select></label>`;
    return html`<div class="controls">${propertyChoice(model.properties.value, model.property.value, (property) => model.set({ property }))}
      ${
        classes.length > 2
          ? select(
              'Class',
              model.direction.value?.k ?? 0,
              classes.map((text, value) => ({ value, text })),
              (k) => model.show(Number(k)),
            )
          : nothing
      }
      ${select(
        'Layer',
        model.layer.value,
        Array.from({ length: layerCount }, (_, value) => ({ value, text: String(value) })),
        (layer) => model.set({ layer: Number(layer) }),
      )}
      ${select(
        'Model',
        model.name.value,
        [
          { value: 'reader', text: 'reader' },
          { value: 'writer', text: 'writer' },
        ],
        (name) => model.set({ model: name as TransformerName }),
      )}
      <button type="button" class="quiet" @click=${() => this.reset()}>Start again</button></div>`;
  }

  #tokens(model: ProbeDirectionModel, read: ReadSentence, { name, against, scores, address }: Direction): TemplateResult {
    const most = roundUp(largest(scores));
    const { classes } = read.of.property;
    const answers = model.answers.value;
    return html`<ul class="tokens" aria-label=${`The sentence on the direction of ${name}`}>${read.tokens.map(({ text }, t) => {
      const score = scores[t] ?? 0;
      const answer = answers[t];
      return html`<li class=${answer?.kind !== 'word' ? 'aside' : answer.k === model.direction.value?.k ? 'yes' : ''} style=${`--tint:${Math.min(1, Math.abs(score) / most).toFixed(3)};--side:${score < 0 ? 'var(--neg, #1f62ad)' : 'var(--pos, #c8590b)'}`}>
        <em>${text.trim() || '␣'}</em>${this.num(score, address(t), { digits: 1, text: formatSigned(score, 1), label: `${name}, score of ${read.names[t]}`, key: `score-${t}`, source: read.source })}
        <small>${answer?.kind === 'mark' ? 'a mark' : answer?.kind === 'part' ? 'part of a word' : `${classes[answer?.k ?? 0]} ${percent(answer?.probability ?? 0)}`}</small></li>`;
    })}</ul>
    <p class="says">${
      against === null
        ? html`Each number is the class vector of <b>${name}</b> times the token’s state at layer ${read.of.layer}, plus a bias. Below it: which class has the largest score, and with what probability; underlined where that is ${name}.`
        : html`Each number is the difference of the two class vectors times the token’s state at layer ${read.of.layer}, plus a bias: above 0 speaks for <b>${name}</b>, below for <b>${against}</b>.`
    } The probe was trained on the last token of each word; what it says of other parts of words, and of marks, means little. ${read.cut > 0 ? html`<span class="soft">The last ${formatCount(read.cut)} characters are left out.</span>` : nothing}</p>`;
  }

  #strip(read: ReadSentence, { name, against, weights, weight, bias, biasAddress }: Direction): TemplateResult {
    const label = against === null ? `class vector of ${name}` : `${name} minus ${against}`;
    return html`<div class="strip-row"><span>direction</span>${bars(weights, { height: 56, label: `The ${label}: ${weights.length} weights, from ${format(Math.min(...weights))} to ${format(Math.max(...weights))}` })}</div>
      <ul class="top" aria-label="The largest weights">${largestPlaces(weights, listed).map(
        (i) =>
          html`<li><span class="soft">component ${i + 1}</span> ${this.num(weights[i] ?? 0, weight(i), { digits: 3, label: `${label}, component ${i + 1}`, source: read.source })}</li>`,
      )}<li><span class="soft">bias</span> ${this.num(bias, biasAddress, { digits: 2, label: 'bias', source: read.source })}</li></ul>`;
  }

  #rest(model: ProbeDirectionModel, read: ReadSentence): TemplateResult {
    const found = model.explained.answer.value;
    if (!found || found.of !== read.of)
      return html`<div class="rest soft"><p>How much of the states lies along this probe’s directions is being measured.</p></div>`;
    const { explained, directions, width } = found;
    const { accuracy, count } = read.of.probe.score;
    return html`<div class="rest"><p>This probe is right about ${share(accuracy)} of the ${formatCount(count)} words held out. Of all that varies in their states, ${share(explained)} lies along its ${directions === 1 ? 'one direction' : `${directions} directions`} out of ${width}; ${directions === 1 ? 'one' : 'as many'} taken at random would hold ${share(directions / width)}. What the other ${share(1 - explained)} is about, it cannot say.</p>
      <div class="share" role="img" aria-label=${`${share(explained)} along the probe’s directions; at random ${share(directions / width)}`} style=${`--share:${explained.toFixed(4)};--chance:${Math.min(1, directions / width).toFixed(4)}`}><i></i><b></b></div></div>`;
  }
}

define('dot-probe-direction', DotProbeDirection);

declare global {
  interface HTMLElementTagNameMap {
    'dot-probe-direction': DotProbeDirection;
  }
}
