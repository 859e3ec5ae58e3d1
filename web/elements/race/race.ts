// <dot-race>: a plain JavaScript loop against the SIMD kernel, measured in the reader's own tab.
import { html, nothing, type TemplateResult } from 'lit';
import { format, formatCount, formatPower, formatShort, formatSignificant } from '../../drawing/index.ts';
import type { Contestant, RaceResult } from '../../engine/index.ts';
import { axis, clear_cut, guesses, log_place, RaceModel, time } from '../../models/race.ts';
import { unpackVector } from '../../models/url_state.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import { raceStyles } from './race.styles.ts';

export class DotRace extends DotElement<RaceModel> {
  static override readonly widgetAttributes = ['lengths', 'rounds', 'seed', 'guess'];
  static override styles = [DotElement.base, raceStyles];

  protected override create_model(): RaceModel {
    return new RaceModel(lab, {
      lengths: unpackVector(this.getAttribute('lengths')),
      rounds: Number(this.attr('rounds', '21')),
      seed: this.seed(),
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.model.stop();
  }

  protected override view(model: RaceModel): TemplateResult {
    const results = model.results.value;
    const progress = model.progress.value;
    const span = axis(results);
    const failure = model.failure.value;
    // One button throughout, so that it keeps the focus.
    return html`${this.#guess(model)}<div class="controls">
        <button type="button" class="do" @click=${() => (model.running ? model.stop() : void model.run())}>${progress ? 'Stop' : results.some(Boolean) ? 'Race again' : 'Start the race'}</button>
        <span class="soft tabular state">${
          progress
            ? html`<progress max=${progress.total * results.length} value=${progress.index * progress.total + progress.done}></progress> ${formatCount(model.lengths.value[progress.index] ?? 0)} numbers`
            : html`${model.rounds.value} rounds of each, taking turns, after a warm-up`
        }</span></div>
      ${failure ? this.failed(failure, () => void model.run()) : nothing}
      <div class="chart" role="group" aria-label="Time of one dot product, by length">
        <p class="keys"><span class="js">JavaScript, one product at a time</span> <span class="simd">SIMD kernel, four lanes</span></p>
        <div class="row heads"><span>length</span><span>time of one dot product; each mark ten times the one before</span><span>ratio</span></div>
        ${model.lengths.value.map((length, i) => this.#row(length, results[i] ?? null, span))}
        <div class="row axis" aria-hidden="true"><span></span><span class="track">${ticks(span, this.width.value).map((tick) => html`<span style="--at:${log_place(tick, span)}">${time(tick)}</span>`)}</span><span></span></div>
      </div>
      <p class="soft key">${results.some((result) => result && !clear_cut(result)) ? '≈ the two differ by less than their own spread: no winner.' : 'The lines through the marks are the spread of the rounds.'}</p>
      ${this.#table(results.filter((result) => result !== null))}`;
  }

  /** A guess before the race, if the element asks for one; then the guess beside the outcome. */
  #guess(model: RaceModel): TemplateResult | typeof nothing {
    const length = Number(this.attr('guess'));
    const index = model.lengths.value.indexOf(length);
    if (index < 0) return nothing;
    const said = model.guess.value;
    const result = model.results.value[index];
    const words = (times: number) => (times === 1 ? 'just as fast' : `${times}×`);
    return html`<fieldset class="guess"><legend>At ${formatCount(length)} places, how many times as fast as the JavaScript loop?</legend>
      ${guesses.map(
        (times) => html`<label><input type="radio" name="guess" .checked=${said === times} ?disabled=${result !== null && said !== times}
          @change=${() => {
            model.guess.value = times;
          }} />${words(times)}</label>`,
      )}
      <p class="said tabular" role="status">${
        result
          ? html`${said === null ? '' : `You said ${words(said)}. `}Measured: <strong>${format(result.ratio, 1)}×</strong>.`
          : said === null
            ? 'Say first, then start the race.'
            : `You said ${words(said)}. Now start the race.`
      }</p></fieldset>`;
  }

  #row(length: number, result: RaceResult | null, span: readonly [number, number]): TemplateResult {
    const mark = (who: Contestant, name: string) =>
      html`<i class=${`spread ${name}`} style="--from:${log_place(who.lowNs, span)};--to:${log_place(who.highNs, span)}"></i><i class=${`mark ${name}`} style="--at:${log_place(who.medianNs, span)}"></i>`;
    const ratio = result
      ? clear_cut(result)
        ? html`<b>${format(result.ratio, 1)}×</b>`
        : html`<span class="soft">${format(result.ratio, 1)}× ≈</span>`
      : html`<span class="soft">–</span>`;
    return html`<div class="row"><span class="tabular">${formatCount(length)}</span>
      <span class="track" role="img" aria-label=${result ? `JavaScript ${time(result.scalar.medianNs)}, SIMD ${time(result.simd.medianNs)}` : 'not measured yet'}>${result ? html`${mark(result.scalar, 'js')}${mark(result.simd, 'simd')}` : nothing}</span>
      <span class="tabular">${ratio}</span></div>`;
  }

  #table(results: readonly RaceResult[]): TemplateResult {
    return html`<details><summary>Every figure of this race</summary><div class="scroll"><table>
      <thead><tr><th scope="col">length</th><th scope="col">JavaScript, median</th><th scope="col">10–90 %</th><th scope="col">SIMD, median</th><th scope="col">10–90 %</th><th scope="col">ratio</th><th scope="col">both computed</th><th scope="col">apart by</th></tr></thead>
      <tbody>${
        results.length === 0
          ? html`<tr><td colspan="8">Nothing measured yet.</td></tr>`
          : results.map(
              ({
                length,
                scalar,
                simd,
                ratio,
              }) => html`<tr><th scope="row">${formatCount(length)}</th><td>${time(scalar.medianNs)}</td><td>${time(scalar.lowNs)} – ${time(scalar.highNs)}</td>
              <td>${time(simd.medianNs)}</td><td>${time(simd.lowNs)} – ${time(simd.highNs)}</td><td>${formatShort(ratio, 2)}</td><td>${formatSignificant(simd.checksum, 5)}</td><td class="power">${formatPower(Math.abs(scalar.checksum - simd.checksum))}</td></tr>`,
            )
      }</tbody></table></div>
      <p class="soft">Both contestants read the same seeded numbers. A time is that of one dot product, the median of the rounds; the bar spans the middle 80 % of them. ≈ marks a ratio smaller than the spread:
      there the race says nothing.${results[0] ? html` Engine: ${results[0].binary === 'relaxed' ? 'relaxed SIMD, with fused multiply-add' : '128-bit SIMD'}.` : nothing}</p></details>`;
  }
}

/** Powers of ten along the axis, as many as the width has room for. */
function ticks([low, high]: readonly [number, number], width: number): number[] {
  const marks: number[] = [];
  for (let tick = low; tick <= high * 1.01; tick *= 10) marks.push(tick);
  const every = Math.max(1, Math.ceil((marks.length * 60) / Math.max(100, width - 180)));
  return marks.filter((_, i) => i % every === 0);
}

define('dot-race', DotRace);

declare global {
  interface HTMLElementTagNameMap {
    'dot-race': DotRace;
  }
}
