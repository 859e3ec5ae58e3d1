// <dot-sense-drift>: one spelling in two senses. At layer 0 the tokens are the same; what the layers above make of them is measured here.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { classMark } from '../../drawing/classes.ts';
import { format, formatSigned } from '../../drawing/format.ts';
import { type LayerChartOptions, layerChart, layerChartStyles, layerTable } from '../../drawing/layer_chart.ts';
import { type PlaneScale, toX, toY } from '../../drawing/plane.ts';
import { largest, roundUp } from '../../drawing/scale.ts';
import { points, scatterStyles } from '../../drawing/scatter.ts';
import { layerCount } from '../../models/probe.ts';
import { share } from '../../models/probe_words.ts';
import { mostSentence, type OwnPair, SenseDriftModel, type Senses } from '../../models/sense_drift.ts';
import type { TransformerName } from '../../models/transformer_source.ts';
import { DotElement, define } from '../base.ts';
import { awaitingProbes, probes } from '../probes.ts';
import { actNear } from '../visible.ts';
import { senseDriftStyles } from './sense_drift.styles.ts';

/** The square of the picture: size in pixels, and how far its numbers reach. */
const scale: PlaneScale = { size: 400, reach: 4 };

export class DotSenseDrift extends DotElement<SenseDriftModel> {
  static override readonly widgetAttributes = ['word', 'first', 'second', 'layer', 'model'];
  static override styles = [DotElement.base, scatterStyles, layerChartStyles, senseDriftStyles];

  constructor() {
    super();
    actNear(this, () => this.model.begin(), '0px');
  }

  protected override create_model(): SenseDriftModel {
    return new SenseDriftModel(probes(), {
      word: this.attr('word', 'bank'),
      first: this.getAttribute('first'),
      second: this.getAttribute('second'),
      layer: Number(this.attr('layer', '0')),
      model: this.attr('model') === 'writer' ? 'writer' : 'reader',
    });
  }

  protected override view(model: SenseDriftModel): TemplateResult {
    const failure = model.senses.failure.value ?? model.own.failure.value;
    const senses = model.senses.answer.value;
    return html`${this.#settings(model)}${failure ? this.failed(failure, () => model.retry()) : nothing}
      ${
        senses
          ? html`${this.#pair(model)}${this.#slide(model)}<div class="both">${this.#picture(model, senses)}${this.#cosines(model, senses)}</div>
            ${this.#numbers(model)}<p class="says">${model.says.value}</p>${this.#ours(model, senses)}`
          : html`<div class="place">${failure ? nothing : awaitingProbes(model.source, model.name.value, () => model.begin(), 'Seven probes are being trained, one for each layer.')}</div>`
      }`;
  }

  #settings(model: SenseDriftModel): TemplateResult {
    const words = model.ambiguous.value.includes(model.word.value) ? model.ambiguous.value : [model.word.value, ...model.ambiguous.value];
    return html`<div class="controls"><label>Word <select aria-label="Word" @change=${(event: Event) => model.set_word((event.target as HTMLSelectElement).value)}>${words.map((word) => html`<option value=${word} .selected=${word === model.word.value}>${word}</option>`)}</select></label>
      <label>Model <select aria-label="Model" @change=${(event: Event) => model.set_model((event.target as HTMLSelectElement).value as TransformerName)}>${(['reader', 'writer'] as const).map((name) => html`<option value=${name} .selected=${name === model.name.value}>${name}</option>`)}</select></label>
      <button type="button" class="quiet" @click=${() => this.reset()}>Start again</button></div>`;
  }

  #pair(model: SenseDriftModel): TemplateResult {
    return html`<div class="pair">${model.sentences.value.map(
      (text, at) =>
        html`<form @submit=${(event: Event) => {
          event.preventDefault();
          const field = (event.target as HTMLElement).querySelector('input');
          model.set_text(at === 0 ? 0 : 1, field?.value ?? '');
          if (field) field.value = model.sentences.peek()[at] ?? '';
        }}><label>Sentence ${at + 1}, with <i>${model.word.value}</i> in it<input type="text" autocomplete="off" maxlength=${mostSentence} .value=${text} /></label><button type="submit" class="quiet" aria-label=${`Show sentence ${at + 1}`}>Show</button></form>`,
    )}</div>`;
  }

  #slide(model: SenseDriftModel): TemplateResult {
    const layer = model.layer.value;
    return html`<div class="slide"><label for="layer">Layer</label><input id="layer" type="range" min="0" max=${layerCount - 1} step="1" .value=${String(layer)} aria-valuetext=${`layer ${layer}`} @input=${(event: Event) => model.set_layer(Number((event.target as HTMLInputElement).value))} />
      <output>${layer === 0 ? '0 (before the first)' : layer}</output></div>`;
  }

  #picture(model: SenseDriftModel, { layers, property, labelled, word }: Senses): TemplateResult {
    const layer = model.layer.value;
    const at = layers[layer];
    const own = model.own.answer.value;
    if (!at) return html``;
    const { plane, probe } = at;
    const places = Array.from(plane.words, (_, n) => [plane.points[2 * n] ?? 0, plane.points[2 * n + 1] ?? 0] as const);
    const mine = own && own.of.layers === layers ? own.sentences.map((one) => one?.points[layer] ?? null) : [null, null];
    // Each layer has states of another size, and the sense takes little of them: each way has a scale of its own.
    const all = [...places, ...mine.flatMap((point) => (point ? [point] : []))];
    const [wide, high] = [0, 1].map((way) => (largest(all.map((point) => point[way] ?? 0)) || 1) / scale.reach) as [number, number];
    const on = ([x, y]: readonly [number, number]) => [x / wide, y / high] as const;
    const stretched = high / wide;
    const labels = Array.from(plane.words, (n) => property.labels[n] ?? 0);
    const chosen = model.chosen.value;
    const sentence = (n: number) => labelled.words[plane.words[n] ?? 0]?.text;
    const words = `${places.length} sentences with ${word} at layer ${layer}: across, along the probe’s direction; up, the direction of most variance at right angles to it. Of the sentences held out the probe puts ${probe.score.correct} of ${probe.score.count} in the right sense.`;
    return html`<div class="picture"><h3>Layer ${layer}: all our sentences</h3>
      <svg class="plane" viewBox="0 0 ${scale.size} ${scale.size}" role="img" aria-label=${words}>
        <line class="axis" x1="0" x2=${scale.size} y1=${toY(scale, 0)} y2=${toY(scale, 0)} /><line class="axis" x1=${toX(scale, 0)} x2=${toX(scale, 0)} y1="0" y2=${scale.size} />
        ${points(scale, { points: places.map(on), labels, classes: property.classes.length, heldOut: (n) => probe.parts[plane.words[n] ?? 0] === 1, wrong: (n) => chosen !== null && sentence(n) === chosen, size: 5 })}
        ${mine.map((point, i) => {
          if (!point) return nothing;
          const [x, y] = on(point);
          return svg`<g class="own"><circle cx=${toX(scale, x)} cy=${toY(scale, y)} r="11" /><text x=${toX(scale, x)} y=${toY(scale, y)} text-anchor="middle" dominant-baseline="central">${i + 1}</text></g>`;
        })}
        <text x=${scale.size - 8} y=${toY(scale, 0) - 8} text-anchor="end">the probe’s direction →</text></svg>
      <p class="senses">${property.classes.map((name, k) => html`<span>${classMark(k)} ${name}</span>`)}<span>hollow: held out</span><span>① ② your sentences</span></p><p class="tally">${stretched >= 1.05 ? html`Across is drawn ${format(stretched, 1)} times as large as up. ` : nothing}${this.#heldOut(model)}</p></div>`;
  }

  #heldOut(model: SenseDriftModel): TemplateResult {
    const [all, ...each] = model.heldOut.value;
    if (!all) return html``;
    const where: Record<string, string> = { before: 'before the word', after: 'after it', both: 'on both sides' };
    const [across = 0, up = 0] = model.along.value ?? [];
    const learned = model.senses.answer.value?.layers[model.layer.value]?.probe.score.trainAccuracy;
    return html`Across lies ${share(across)} of what varies in these states, up ${share(up)}. ${learned === undefined ? nothing : html`Trained on and right: ${share(learned, 0)}. `}Held out: ${all.right} of ${all.count} in the right sense at this layer. ${
      each.length
        ? html`Where the telling words stand ${each.map(({ context, right, count }, i) => html`${i ? ', ' : ''}${where[context] ?? context}: ${right} of ${count}`)}.`
        : nothing
    }`;
  }

  #options(model: SenseDriftModel): LayerChartOptions {
    const { within, between } = model.cosines.value;
    const most = roundUp(largest([...within, ...between]));
    return {
      name: `Cosines of ${model.word.value}, layer by layer`,
      layers: layerCount,
      lines: [
        { name: 'within a sense', means: within },
        { name: 'between the senses', means: between },
      ],
      chosen: model.layer.value,
      range: model.raw.value ? [0, 1] : [-most, most],
      say: (value) => format(value, 3),
      width: Math.max(260, this.width.value > 620 ? this.width.value / 2 - 16 : this.width.value),
      height: 300,
    };
  }

  #cosines(model: SenseDriftModel, _senses: Senses): TemplateResult {
    const options = this.#options(model);
    return html`<div class="cosines"><h3>How alike: mean cosine by layer</h3>${layerChart(options)}
      <div class="controls"><label><input type="checkbox" .checked=${model.raw.value} @change=${(event: Event) => {
        model.raw.value = (event.target as HTMLInputElement).checked;
      }} /> of the states as they are, not from their mean</label></div>${layerTable({ ...options, lines: [...options.lines, { name: 'your two sentences', means: model.cosines.value.own }] }, 'The cosines as a table, with those of your two sentences')}</div>`;
  }

  #numbers(model: SenseDriftModel): TemplateResult {
    const pair = model.own.answer.value;
    if (!pair) return html`<p class="soft">Your sentences are on their way.</p>`;
    const layer = model.layer.value;
    const [none, other] = pair.of.property.classes;
    return html`<table class="numbers"><thead><tr><th scope="col">at layer ${layer}</th><th scope="col">the probe says</th><th scope="col">direction · state + bias</th></tr></thead><tbody>${pair.sentences.map(
      (one, i) => {
        const margin = one?.readings[layer]?.margins?.[one.place] ?? Number.NaN;
        return html`<tr><th scope="row">sentence ${i + 1}</th>${
          one
            ? html`<td>${margin > 0 ? other : none}</td><td>${this.num(margin, `probe/margin[${one.place}]`, { digits: 2, text: formatSigned(margin, 2), label: `${pair.of.word} in sentence ${i + 1} on the direction of ${other}`, key: `margin-${i}`, source: one.sources[layer] })}</td>`
            : html`<td colspan="2" class="word">The word <i>${pair.of.word}</i> does not stand in it.</td>`
        }</tr>`;
      },
    )}<tr><th scope="row">cosine of the two</th><td></td><td>${this.#cosine(model, pair, layer)}</td></tr></tbody></table>`;
  }

  #cosine(model: SenseDriftModel, pair: OwnPair, layer: number): TemplateResult | string {
    const value = model.cosines.value.own[layer];
    const source = model.cosineSource(pair, layer);
    return value === undefined || !Number.isFinite(value) || !source
      ? '–'
      : this.num(value, 'pair/cosine', { digits: 3, label: 'cosine of the two states', key: 'cosine', source });
  }

  /** Our sentences, each to be found in the picture. */
  #ours(model: SenseDriftModel, { labelled, property, layers }: Senses): TemplateResult {
    const probe = layers[model.layer.value]?.probe;
    const summary = `Our ${labelled.texts.length} sentences: choose one to find it in the picture`;
    return html`<details><summary>${summary}</summary><div class="scroll" tabindex="0" role="region" aria-label=${summary}><ul class="ours">${labelled.words.map(
      ({ text }, n) => {
        const label = property.labels[n] ?? 0;
        const wrong = probe && probe.answers[n] !== label;
        return html`<li><button type="button" aria-pressed=${model.chosen.value === text ? 'true' : 'false'} @click=${() => model.choose(model.chosen.peek() === text ? null : text)}>${classMark(label)} ${labelled.texts[text]} <small class="soft">${property.classes[label]}${wrong ? `; taken for ${property.classes[probe.answers[n] ?? 0]} at this layer` : ''}</small></button></li>`;
      },
    )}</ul></div></details>`;
  }
}

define('dot-sense-drift', DotSenseDrift);

declare global {
  interface HTMLElementTagNameMap {
    'dot-sense-drift': DotSenseDrift;
  }
}
