// <dot-cloud>: how large dot products of random vectors are, as they are and divided by √d. Every bar opens to its pairs.
import { html, nothing, type TemplateResult } from 'lit';
import { format, formatCount, formatShort } from '../../drawing/format.ts';
import { histogram, histogramStyles, histogramTable } from '../../drawing/histogram.ts';
import { barCount, type Cloud, CloudModel, cloudSizes, expectedMean, pairsOf, reach } from '../../models/cloud.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import type { Explains } from '../number.ts';
import { cloudStyles } from './cloud.styles.ts';
import { seedControl, sizeControl } from './controls.ts';

/** The axis of q·k keeps its length while √d grows, and is stretched only twice: half lengths by the largest √d that they are for. */
const axes = [
  { root: 8, end: 34, ticks: [10, 20, 30] },
  { root: 32, end: 136, ticks: [50, 100] },
  { root: Number.POSITIVE_INFINITY, end: 460, ticks: [200, 400] },
] as const;

export class DotCloud extends DotElement<CloudModel> {
  static override readonly widgetAttributes = ['dimensions', 'seed'];
  static override styles = [DotElement.base, histogramStyles, cloudStyles];

  protected override create_model(): CloudModel {
    const dimensions = Number(this.getAttribute('dimensions') ?? 64);
    return new CloudModel(lab, { dimensions, seed: Number(this.getAttribute('seed') ?? 1) });
  }

  protected override get origin(): Explains | undefined {
    return this.model.asked.answer.value?.random;
  }

  protected override view(model: CloudModel): TemplateResult {
    const failure = model.asked.failure.value;
    const cloud = model.asked.answer.value;
    return html`<div class="controls">${sizeControl(model)}${seedControl(model)}</div>
      ${failure ? this.failed(failure, () => model.retry()) : nothing}
      ${cloud ? html`${this.#panels(model, cloud)}${this.#pair(model, cloud)}${this.#tables(model, cloud)}` : failure ? nothing : html`<div class="room">${this.waiting('Drawing random vectors …')}</div>`}`;
  }

  #panels(model: CloudModel, cloud: Cloud): TemplateResult {
    const { dimensions, dots, rootMeanSquare, meanMagnitude } = cloud.random;
    const root = Math.sqrt(dimensions);
    const axis = axes.find((one) => root <= one.root) ?? axes[2];
    const counts = cloud.bars.map((pairs) => pairs.length);
    // As wide as it is drawn, so that its words have the size of the page's.
    const room = this.width.value;
    const width = Math.max(200, Math.min(540, room < 640 ? room : (room - 40) / 2));
    const shared = { counts, width, chosen: model.bar.value, choose: (bar: number) => model.choose(bar) };
    const names = ['root mean square', 'mean size'] as const;
    const marks = (unit: number, digits: number) => [
      { at: rootMeanSquare / unit, name: `${names[0]} ${format(rootMeanSquare / unit, digits)}` },
      { at: meanMagnitude / unit, name: `${names[1]} ${format(meanMagnitude / unit, digits)}`, role: 'second' as const },
    ];
    return html`<div class="panels">
      <section><p class="head"><var>q</var> · <var>k</var> of ${formatCount(dots.length)} pairs</p>
        ${histogram({ ...shared, edge: (i) => model.edges(i)[0] * root, end: axis.end, ticks: axis.ticks, marks: marks(1, 2), label: 'Bars of q·k', bar: (i) => model.barWords(i) })}
        <dl>${this.#measure('root mean square', rootMeanSquare, 'random/root_mean_square', html`√<var>d</var> = ${formatShort(root, 2)}`)}
          ${this.#measure('mean of |q · k|', meanMagnitude, 'random/mean_magnitude', html`√(2<var>d</var>/π) = ${format(expectedMean(dimensions), 2)}${dimensions < 16 ? html` <small>for large <var>d</var></small>` : nothing}`)}</dl></section>
      <section><p class="head">the same ÷ √<var>d</var></p>
        ${histogram({ ...shared, edge: (i) => model.edges(i)[0], end: reach + 0.25, ticks: [1, 2, 3, 4], marks: marks(root, 2), label: 'Bars of q·k divided by the root of d', bar: (i) => model.barWords(i, true) })}
        <p class="soft">The same pairs, each divided by ${formatShort(root, 2)}: same bars, another axis. Move <var>d</var>: left the cloud spreads, here it stays.</p></section></div>`;
  }

  #measure(name: string, value: number, address: string, expected: TemplateResult): TemplateResult {
    return html`<div><dt>${name}</dt><dd>${this.num(value, address, { digits: 2, label: name })} <span class="soft">expected ${expected}</span></dd></div>`;
  }

  #pair(model: CloudModel, cloud: Cloud): TemplateResult {
    const i = model.chosen.value;
    const { dots, dimensions } = cloud.random;
    const dot = i === null ? undefined : dots[i];
    const many = (cloud.bars[model.bar.value]?.length ?? 0) > 1;
    return html`<div class="pair"><p>The chosen bar, <b>${model.barWords(model.bar.value)}</b>.
      ${
        i === null || dot === undefined
          ? html`<span>No pair fell here.</span>`
          : html`<span>One of them is pair ${formatCount(i + 1)}, with <var>q</var> · <var>k</var> = ${this.num(dot, `random/dot[${i}]`, { digits: 2, key: 'pair', label: `q · k of pair ${i + 1}` })}
        and <span class="nowrap">÷ √<var>d</var>: ${this.num(dot / Math.sqrt(dimensions), 'attention/H1/score[0,0]', { digits: 2, key: 'score', source: model.scaledSource(i), label: `q · k of pair ${i + 1} divided by the root of d` })}</span>.</span>`
      }</p>
      <button type="button" class="quiet" ?disabled=${!many} @click=${() => model.another()}>Another pair of this bar</button></div>`;
  }

  #tables(model: CloudModel, cloud: Cloud): TemplateResult {
    const rows = Array.from({ length: barCount }, (_, b) => [model.barWords(b).split(':')[0] ?? '', cloud.bars[b]?.length ?? 0] as const);
    return html`${histogramTable(['q · k', 'pairs'], rows, 'The bars as a table')}
      <details class="all" ?open=${model.tabled.value} @toggle=${(event: Event) => model.table((event.target as HTMLDetailsElement).open)}><summary>All eight sizes as a table</summary>${this.#sizes(model)}</details>`;
  }

  #sizes(model: CloudModel): TemplateResult {
    const failure = model.all.failure.value;
    if (failure) return this.failed(failure, () => model.retry());
    const rows = model.all.answer.value;
    const waiting = html`<span class="soft">…</span>`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label="All eight sizes"><table>
      <thead><tr><th scope="col"><var>d</var></th><th scope="col">pairs</th><th scope="col">root mean square</th><th scope="col">√<var>d</var></th><th scope="col">mean size</th><th scope="col">√(2<var>d</var>/π)</th></tr></thead>
      <tbody>${cloudSizes.map((d, at) => {
        const row = rows?.[at];
        const cell = (value: number | undefined, address: string, label: string) =>
          row && value !== undefined
            ? this.num(value, address, { source: row.random, key: `all/${d}/${address}`, digits: 2, label: `${label}, ${d} dimensions` })
            : waiting;
        return html`<tr><th scope="row">${formatCount(d)}</th><td>${formatCount(pairsOf(d))}</td><td>${cell(row?.random.rootMeanSquare, 'random/root_mean_square', 'root mean square')}</td><td>${format(Math.sqrt(d), 2)}</td>
          <td>${cell(row?.random.meanMagnitude, 'random/mean_magnitude', 'mean size')}</td><td>${format(expectedMean(d), 2)}</td></tr>`;
      })}</tbody></table></div>`;
  }
}

define('dot-cloud', DotCloud);

declare global {
  interface HTMLElementTagNameMap {
    'dot-cloud': DotCloud;
  }
}
