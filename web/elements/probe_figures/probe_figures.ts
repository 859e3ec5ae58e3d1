// <dot-probe-figures>: what was measured when the command was run, layer by layer; no engine is asked.
import { html, nothing, type TemplateResult } from 'lit';
import figures from '../../../lessons/data/probes/figures.json' with { type: 'json' };
import { formatCount } from '../../drawing/format.ts';
import { type LayerChartOptions, layerChart, layerChartStyles, layerTable } from '../../drawing/layer_chart.ts';
import { type MeasuredTask, type ProbeFigures, ProbeFiguresModel } from '../../models/probe_figures.ts';
import { bestLayer, share } from '../../models/probe_words.ts';
import type { TransformerName } from '../../models/transformer_source.ts';
import { DotElement, define } from '../base.ts';
import { probeLines } from '../probe_lines.ts';
import { probeFiguresStyles } from './probe_figures.styles.ts';

const models: readonly TransformerName[] = ['reader', 'writer'];

export class DotProbeFigures extends DotElement<ProbeFiguresModel> {
  static override readonly widgetAttributes = ['set'];
  static override styles = [DotElement.base, layerChartStyles, probeFiguresStyles];

  protected override create_model(): ProbeFiguresModel {
    return new ProbeFiguresModel(figures as unknown as ProbeFigures, this.attr('set'));
  }

  protected override view(model: ProbeFiguresModel): TemplateResult {
    const shown = model.shown.value;
    if (!shown) return html`<p class="soft">Nothing was measured yet.</p>`;
    const { set, task } = shown;
    return html`<div class="controls"><label>Sentences of <select aria-label="Set of sentences" @change=${(event: Event) => model.choose(Number((event.target as HTMLSelectElement).value))}>${model.figures.sets.map(({ name }, i) => html`<option value=${i} .selected=${i === model.set.value}>${name}</option>`)}</select></label></div>
      <p class="about soft">${emphasized(set.about)} ${set.licence}</p>
      <div class="all" tabindex="0" role="region" aria-label="The best layer for each property"><table><thead>
        <tr><td></td><td></td><td></td>${models.map((name) => html`<th scope="colgroup" colspan="4" class="of">the ${name}</th>`)}</tr>
        <tr><th scope="col">property</th><th scope="col">words</th><th scope="col">commonest</th>${models.map(() => html`<th scope="col">layer 0</th><th scope="col">best</th><th scope="col">at layer</th><th scope="col">control</th>`)}</tr></thead>
        <tbody>${set.tasks.map((one, i) => this.#row(model, one, i))}</tbody></table></div>
      <p class="about">${task.name}: ${formatCount(task.words)} words of ${task.classes.length} classes in ${formatCount(task.texts)} texts; ${task.division}; ${task.seeds} seeds.</p>
      <div class="charts">${models.map((name) => this.#model(model, task, name))}</div>
      <p class="soft command">Measured again by <code>${model.figures.command}</code>.</p>`;
  }

  #row(model: ProbeFiguresModel, task: MeasuredTask, i: number): TemplateResult {
    const majority = bestLayer(task.models.reader)?.majority.mean;
    return html`<tr><th scope="row"><button type="button" aria-pressed=${i === model.task.value ? 'true' : 'false'} @click=${() => model.choose(model.set.peek(), i)}>${task.name}</button></th><td>${formatCount(task.words)}</td><td>${majority === undefined ? '–' : share(majority)}</td>${models.map(
      (name) => {
        const layers = task.models[name];
        const best = bestLayer(layers);
        const first = layers.find(({ layer }) => layer === 0);
        return html`<td>${first ? share(first.accuracy.mean) : '–'}</td><td>${best ? share(best.accuracy.mean) : '–'}</td><td>${best?.layer ?? '–'}</td><td>${best?.control ? share(best.control.mean) : '–'}</td>`;
      },
    )}</tr>`;
  }

  #model(model: ProbeFiguresModel, task: MeasuredTask, name: TransformerName): TemplateResult {
    const options = this.#options(task, name);
    const said = model.says.value.find((one) => one.model === name);
    return html`<div><h3>${task.name}: the ${name}</h3>${layerChart(options)}<p>${said?.sentences.join(' ') ?? nothing}</p>${layerTable(options, `The ${name}: the figures as a table`)}</div>`;
  }

  #options(task: MeasuredTask, name: TransformerName): LayerChartOptions {
    const layers = task.models[name];
    const count = layers.reduce((most, { layer }) => Math.max(most, layer + 1), 0);
    return {
      ...probeLines(name, layers, count),
      width: Math.max(260, this.width.value > 660 ? this.width.value / 2 - 16 : this.width.value),
    };
  }
}

/** Text in which *so* stands for italics. */
function emphasized(text: string): unknown {
  return text.split('*').map((part, i) => (i % 2 ? html`<em>${part}</em>` : part));
}

define('dot-probe-figures', DotProbeFigures);

declare global {
  interface HTMLElementTagNameMap {
    'dot-probe-figures': DotProbeFigures;
  }
}
