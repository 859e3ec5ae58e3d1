// <dot-probe>: a linear probe in every layer of the reader, trained while one watches, beside what it has to be compared with.
import { html, nothing, type TemplateResult } from 'lit';
import { format, formatCount } from '../../drawing/format.ts';
import { type LayerChartOptions, layerChart, layerChartStyles, layerTable } from '../../drawing/layer_chart.ts';
import type { ProbeLayer, ProbeTable } from '../../engine/index.ts';
import { layerCount, ProbeModel, seedChoices } from '../../models/probe.ts';
import { points, share } from '../../models/probe_words.ts';
import type { TransformerName } from '../../models/transformer_source.ts';
import { DotElement, define } from '../base.ts';
import { probeLines } from '../probe_lines.ts';
import { layerButtons, loadingProbes, probes, propertyChoice } from '../probes.ts';
import { actNear } from '../visible.ts';
import { probeStyles } from './probe.styles.ts';

export class DotProbe extends DotElement<ProbeModel> {
  static override readonly widgetAttributes = ['property', 'seeds', 'beside'];
  static override styles = [DotElement.base, layerChartStyles, probeStyles];

  constructor() {
    super();
    actNear(this, () => void this.model.prepare());
  }

  protected override create_model(): ProbeModel {
    return new ProbeModel(probes(), {
      property: this.attr('property', 'part-of-speech'),
      seeds: Number(this.attr('seeds', '3')),
      beside: this.hasAttribute('beside'),
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.model.stop();
  }

  protected override view(model: ProbeModel): TemplateResult {
    const failure = model.failure.value;
    const trained = Object.keys(model.tables.value).length > 0;
    return html`${this.#settings(model)}${this.#counts(model)}
      <div class="row"><span id="which">${model.phase.value === 'idle' ? 'Your guess, before you train: the layer that is easiest to read' : 'Look at layer'}</span>
        ${layerButtons({
          label: model.phase.value === 'idle' ? 'Your guess: the layer that is easiest to read' : 'The layer that is looked at',
          chosen: model.phase.value === 'idle' ? model.guess.value : model.shown.value,
          choose: (layer) => (model.phase.peek() === 'idle' ? model.guess_layer(layer) : this.#choose(model, layer)),
          disabled: (layer) => model.phase.value !== 'idle' && !model.tables.value.reader?.layers.some((one) => one.layer === layer),
        })}</div>
      ${this.#run(model)}${failure ? this.failed(failure, () => void model.train()) : nothing}
      <div class=${model.names.length > 1 ? 'charts' : 'charts one'}>${model.names.map((name) => this.#chart(model, name))}</div>
      <div class=${model.phase.value === 'idle' ? '' : 'begun'}><div class="says">${trained ? nothing : html`<p class="soft">Nothing is trained yet. What was measured will stand here.</p>`}${model.says.value.map(({ model: name, sentences }) => html`${model.names.length > 1 ? html`<p><b>The ${name}.</b> ${sentences.join(' ')}</p>` : sentences.map((sentence) => html`<p>${sentence}</p>`)}`)}</div>
      ${this.#layer(model)}</div>
      ${model.names.map((name) => (model.tables.value[name] ? layerTable(this.#options(model, name), `The ${name}: the figures as a table`) : nothing))}`;
  }

  #choose(model: ProbeModel, layer: number): void {
    model.chosen.value = layer;
  }

  #settings(model: ProbeModel): TemplateResult {
    return html`<div class="controls">${propertyChoice(model.properties.value, model.property.value, (id) => model.set_property(id))}
      <label>Seeds <select aria-label="Seeds" @change=${(event: Event) => model.set_seeds(Number((event.target as HTMLSelectElement).value))}>${seedChoices.map((count) => html`<option value=${count} .selected=${count === model.seeds.value}>${count}</option>`)}</select></label>
      <label><input type="checkbox" .checked=${model.beside.value} @change=${(event: Event) => model.set_beside((event.target as HTMLInputElement).checked)} /> the writer beside it</label></div>`;
  }

  /** What there is to learn from. */
  #counts(model: ProbeModel): TemplateResult {
    const labelled = model.labelled.value;
    const property = labelled?.properties.find(({ id }) => id === model.property.value);
    if (!labelled || !property) return html`<p class="counts soft">${model.failure.value ? '' : 'Our sentences are on their way.'}</p>`;
    const counts = property.classes.map((_, k) => Array.from(property.labels).filter((label) => label === k).length);
    const all = counts.reduce((sum, count) => sum + count, 0);
    const order = property.classes.map((name, k) => ({ name, count: counts[k] ?? 0 })).sort((a, b) => b.count - a.count);
    return html`<p class="counts soft">${formatCount(labelled.texts.length)} sentences, ${formatCount(all)} words, ${order.length} classes: ${order.map(({ name, count }, i) => html`${i ? ', ' : ''}${name} ${formatCount(count)}`)}. A quarter of the sentences is held out.</p>`;
  }

  #run(model: ProbeModel): TemplateResult {
    const phase = model.phase.value;
    const { done, total } = model.progress.value;
    const running = phase === 'running';
    const waits = running && done === 0;
    return html`<div class="row run"><button type="button" class="do" ?disabled=${phase === 'done'} @click=${() => (running ? model.pause() : void model.train())}>${running ? 'Pause' : phase === 'paused' ? 'Go on' : 'Train'}</button>
      <button type="button" class="quiet" ?disabled=${!running && phase !== 'paused'} @click=${() => model.stop()}>Stop</button>
      <button type="button" class="quiet" ?disabled=${phase === 'idle'} @click=${() => model.again()}>Start again</button>
      ${
        waits
          ? loadingProbes(
              model.source,
              model.tables.value.reader && model.beside.value ? 'writer' : 'reader',
              'The first probe is being trained.',
            )
          : html`<span class="progress"><progress max=${Math.max(1, total)} value=${done} aria-label="Probes trained"></progress><span>${total === 0 ? `${layerCount * model.seeds.value * model.names.length} probes to train, each ${model.controlled ? 'with its controls' : 'beside labels dealt at random'}` : `${done} of ${total} probes`}</span></span>`
      }</div>`;
  }

  #options(model: ProbeModel, name: TransformerName): LayerChartOptions {
    return {
      ...probeLines(name, model.tables.value[name]?.layers ?? [], layerCount, model.controlled),
      chosen: model.phase.value === 'idle' ? null : model.shown.value,
      guess: name === 'reader' ? model.guess.value : undefined,
      width: Math.max(260, model.names.length > 1 && this.width.value > 660 ? this.width.value / 2 - 16 : Math.min(640, this.width.value)),
    };
  }

  #chart(model: ProbeModel, name: TransformerName): TemplateResult {
    return html`<div><h3>The ${name}: words held out that come out right, by layer</h3>${layerChart(this.#options(model, name))}</div>`;
  }

  /** The numbers of the chosen layer. */
  #layer(model: ProbeModel): TemplateResult {
    const at = model.shown.value;
    return html`<div class="layer">${model.names.map((name) => {
      const table = model.tables.value[name];
      const layer = table?.layers.find((one) => one.layer === at);
      return table && layer ? this.#figures(name, table, layer) : nothing;
    })}</div>`;
  }

  #figures(name: TransformerName, table: ProbeTable, layer: ProbeLayer): TemplateResult {
    const { accuracy, control, selectivity, shuffled, chance, explained, directions } = layer;
    const width = this.model.source.transformer(name).model.value?.width ?? 1;
    return html`<h3>The ${name}, layer ${layer.layer}</h3>
      <p>Probe ${share(accuracy.mean)}${control && selectivity ? html`, control task ${share(control.mean)}: selectivity ${points(selectivity.mean)}` : html`. A control task has no meaning here: all the words are spelled alike, so there is nothing to learn by heart`}. Labels dealt at random ${share(shuffled.mean)}, chance ${share(chance.mean)}.</p>
      <p>Of all that varies in these states, ${share(explained.mean)} lies along the probe’s ${directions === 1 ? `one direction. One direction of ${width}` : `${directions} directions. So many directions of ${width}`} taken at random would hold ${share(directions / width)}. The other ${share(1 - explained.mean)} this probe does not use.</p>
      <div class="share" role="img" aria-label=${`${share(explained.mean)} along the probe’s directions; at random ${share(directions / width)}`} style="--share:${explained.mean.toFixed(4)};--chance:${Math.min(1, directions / width).toFixed(4)}"><i></i><b></b></div>
      ${this.#mistakes(name, table, layer)}`;
  }

  #mistakes(name: TransformerName, { classes }: ProbeTable, { confusion, layer }: ProbeLayer): TemplateResult {
    const count = classes.length;
    const rows = classes.map((truth, k) => {
      const row = Array.from(confusion.subarray(k * count, (k + 1) * count));
      const all = row.reduce((sum, one) => sum + one, 0);
      const wrong = row.map((value, j) => ({ value, j })).filter(({ value, j }) => j !== k && value > 0);
      const most = wrong.sort((a, b) => b.value - a.value)[0];
      return { truth, all, right: row[k] ?? 0, most };
    });
    const summary = `The ${name}, layer ${layer}: which class is taken for which`;
    return html`<details><summary>${summary}</summary><div class="scroll" tabindex="0" role="region" aria-label=${summary}><table>
      <thead><tr><th scope="col">class</th><th scope="col">held out, all seeds</th><th scope="col">right</th><th scope="col">taken most for</th></tr></thead>
      <tbody>${rows.map(({ truth, all, right, most }) => html`<tr><th scope="row">${truth}</th><td>${formatCount(all)}</td><td>${all > 0 ? `${format((100 * right) / all, 0)} %` : '–'}</td><td class="word">${most ? `${classes[most.j]} (${formatCount(most.value)})` : '–'}</td></tr>`)}</tbody></table></div></details>`;
  }
}

define('dot-probe', DotProbe);

declare global {
  interface HTMLElementTagNameMap {
    'dot-probe': DotProbe;
  }
}
