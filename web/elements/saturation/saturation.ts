// <dot-saturation>: one random query, eight random keys. Without the scale softmax comes to choose one; with it the weights stay weights.
import { css, html, nothing, type TemplateResult } from 'lit';
import { formatShort } from '../../drawing/format.ts';
import { keyCount, SaturationModel, type SaturationRows, slopeWords } from '../../models/saturation.ts';
import type { ScoredRow } from '../../models/scored_row.ts';
import { DotElement, define } from '../base.ts';
import { controlStyles } from '../cloud/cloud.styles.ts';
import { seedControl, sizeControl } from '../cloud/controls.ts';
import { lab } from '../lab.ts';
import { twoRows, twoRowsStyles } from './rows.ts';

export class DotSaturation extends DotElement<SaturationModel> {
  static override readonly widgetAttributes = ['dimensions', 'seed'];
  static override styles = [
    DotElement.base,
    controlStyles,
    twoRowsStyles,
    css`
      .room { min-height: 28rem; } .sums { display: flex; flex-wrap: wrap; gap: 0 32px; margin: 0; padding: 10px 0 6px; border-top: 1px solid var(--line, #d9d6cd); font-feature-settings: "tnum", "lnum"; }
      .sums p { margin: 0; min-height: 32px; } .sums .num { font-weight: 500; } .says { margin: 4px 0 0; min-height: 4.5em; max-width: 46rem; }
    `,
  ];

  protected override create_model(): SaturationModel {
    const dimensions = Number(this.getAttribute('dimensions') ?? 64);
    return new SaturationModel(lab, { dimensions, seed: Number(this.getAttribute('seed') ?? 1) });
  }

  protected override view(model: SaturationModel): TemplateResult {
    const failure = model.asked.failure.value;
    const rows = model.asked.answer.value;
    return html`<div class="controls">${sizeControl(model)}${seedControl(model)}</div>
      ${failure ? this.failed(failure, () => model.retry()) : nothing}
      ${rows ? this.#rows(rows) : failure ? nothing : html`<div class="room">${this.waiting('Drawing a query and its keys …')}</div>`}
      <p class="says">${model.says.value}</p>`;
  }

  #rows({ dimensions, dots, plain, scaled }: SaturationRows): TemplateResult {
    const names = Array.from({ length: keyCount }, (_, i) => `key ${i + 1}`);
    const divisor = html`√<var>d</var>`;
    const num = this.num.bind(this);
    return html`${twoRows({ names, spoken: names, dots, plain, scaled, divisor, slopes: true }, num)}
      <div class="sums"><span class="soft">The slopes <var>p</var> (1 − <var>p</var>) add up to</span>
        ${this.#sum(plain, 'plain', 'without the scale')}${this.#sum(scaled, 'scaled', html`with it (÷ ${formatShort(Math.sqrt(dimensions), 2)})`)}</div>`;
  }

  #sum(row: ScoredRow, key: string, words: unknown): TemplateResult {
    const { value, source } = row.slopeSum;
    const label = `sum of the slopes, ${key === 'plain' ? 'without' : 'with'} the scale`;
    return html`<p>${this.num(value, 'pair/dot', { source, key: `${key}/slopes`, text: slopeWords(value), digits: 4, label })} <span class="soft">${words}</span></p>`;
  }
}

define('dot-saturation', DotSaturation);

declare global {
  interface HTMLElementTagNameMap {
    'dot-saturation': DotSaturation;
  }
}
