// <dot-ranking>: a query arrow and a few candidates; their order by dot product beside their order by cosine.
import { html, nothing, type TemplateResult } from 'lit';
import { arrow, grid, type PlaneScale, planeStyles } from '../../drawing/index.ts';
import { reach } from '../../models/angle.ts';
import { RankingModel } from '../../models/ranking.ts';
import { unpackVector } from '../../models/url_state.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import { rankingStyles } from './ranking.styles.ts';

const narrow = 620; // CSS pixels: below, the table stands under the plane

export class DotRanking extends DotElement<RankingModel> {
  static override readonly widgetAttributes = ['query', 'candidates'];
  static override styles = [DotElement.base, planeStyles, rankingStyles];

  protected override create_model(): RankingModel {
    return new RankingModel(lab, {
      query: unpackVector(this.getAttribute('query')),
      candidates: this.attr('candidates')
        .split(';')
        .map((text) => unpackVector(text) ?? []),
    });
  }

  protected override view(model: RankingModel): TemplateResult {
    const scale: PlaneScale = { size: 400, reach };
    const failure = model.asked.failure.value;
    return html`<div class=${this.width.value < narrow ? 'slim' : 'wide'}>
      <svg class="plane" viewBox="0 0 400 400" role="group" aria-label="Plane with the query a and the candidates">
        ${grid(scale)}
        ${model.candidates.value.map((candidate, i) => arrow(scale, candidate, { role: 'b', name: model.name(i), spokenName: `candidate ${model.name(i)}`, move: (x, y) => model.move(i, x, y) }))}
        ${arrow(scale, model.query.value, { role: 'a', name: 'a', spokenName: 'the query a', move: (x, y) => model.move(-1, x, y) })}
      </svg>
      <div>${this.#table(model)}<p class="says">${model.spoken.value}</p></div></div>
      ${failure ? this.failed(failure, () => model.retry()) : nothing}
      <div class="controls"><button type="button" class="quiet" @click=${() => this.reset()}>Start again</button></div>`;
  }

  #table(model: RankingModel): TemplateResult {
    const found = model.asked.answer.value;
    if (!found) return this.waiting('Asking the engine …');
    const row = (one: (typeof found)[number]) => {
      const open = (address: string) => `${one.name}:${address}`;
      const num = (value: number, address: string, label: string) =>
        this.num(value, address, { source: one.source, key: open(address), digits: 3, label: `${label} of a and ${one.name}` });
      return html`<tr class=${one.byDot === one.byCosine ? '' : 'differs'}><th scope="row"><var class="b">${one.name}</var></th>
        <td>${num(one.pair.dot, 'pair/dot', 'dot product')}</td><td class="rank">${one.byDot}</td>
        <td>${one.pair.cosine === null ? html`<span class="soft">none</span>` : num(one.pair.cosine, 'pair/cosine', 'cosine')}</td><td class="rank">${one.byCosine ?? '–'}</td>
        <td>${num(one.pair.normB, 'pair/norm[b]', 'length')}</td></tr>`;
    };
    return html`<table><thead><tr><td></td><th scope="col">dot product</th><th scope="col">rank</th><th scope="col">cosine</th><th scope="col">rank</th><th scope="col">length</th></tr></thead>
      <tbody>${found.map(row)}</tbody></table>`;
  }
}

define('dot-ranking', DotRanking);

declare global {
  interface HTMLElementTagNameMap {
    'dot-ranking': DotRanking;
  }
}
