// <dot-own-probe>: the reader marks words, a probe is trained on them, and the figure says how much that shows.
import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatSigned } from '../../drawing/format.ts';
import { largest, roundUp } from '../../drawing/scale.ts';
import { type Mark, type OwnAnswer, OwnProbeModel, perPage, type Ready } from '../../models/own_probe.ts';
import { layerCount } from '../../models/probe.ts';
import { DotElement, define } from '../base.ts';
import { awaitingProbes, probes } from '../probes.ts';
import { actNear } from '../visible.ts';
import { ownProbeStyles } from './own_probe.styles.ts';

/** Words that are listed for yes, and for no. */
const listed = 8;

export class DotOwnProbe extends DotElement<OwnProbeModel> {
  static override readonly widgetAttributes = ['yes', 'no', 'layer'];
  static override styles = [DotElement.base, ownProbeStyles];

  constructor() {
    super();
    actNear(this, () => this.model.begin(), '0px');
  }

  protected override create_model(): OwnProbeModel {
    const words = (name: string) =>
      this.attr(name)
        .split(',')
        .map((word) => word.trim().toLowerCase())
        .filter(Boolean);
    return new OwnProbeModel(probes(), { yes: words('yes'), no: words('no'), layer: Number(this.attr('layer', '3')) });
  }

  protected override view(model: OwnProbeModel): TemplateResult {
    const failure = model.ready.failure.value ?? model.asked.failure.value;
    const ready = model.ready.answer.value;
    if (!ready)
      return html`${failure ? this.failed(failure, () => model.retry()) : nothing}<div class="place">${failure ? nothing : awaitingProbes(model.source, 'reader', () => model.begin())}</div>`;
    const answer = model.asked.answer.value;
    return html`${this.#sentences(model, ready, answer)}${this.#controls(model)}
      ${failure ? this.failed(failure, () => model.retry()) : nothing}
      <div class="notices">${model.notices.value.map((notice) => html`<p>${notice}</p>`)}</div>
      ${this.#marked(model, ready)}<div class="lists">${answer ? this.#found(model, ready) : nothing}</div>`;
  }

  #sentences(model: OwnProbeModel, { labelled, spelled }: Ready, answer: OwnAnswer | null): TemplateResult {
    const from = model.page.value * perPage;
    const most = answer ? roundUp(largest(answer.margins)) : 1;
    const texts = labelled.texts.slice(from, from + perPage);
    return html`<ol class="sentences" start=${from + 1} aria-label="Sentences: press a word once for yes, twice for no">${texts.map(
      (text, at) => {
        const words = labelled.words.flatMap((word, n) => (word.text === from + at ? [{ ...word, n }] : []));
        const rest = text.slice(words.at(-1)?.end ?? 0).trim();
        return html`<li>${words.map(({ n, start, end }, i) => {
          const mark = model.marks.value.get(n);
          const margin = answer?.margins[n] ?? 0;
          const between = text.slice(i === 0 ? 0 : (words[i - 1]?.end ?? 0), start).trim();
          const says = answer && !mark ? (margin > 0 ? 'yes?' : '') : (mark ?? '');
          const heard = mark ? `marked ${mark}` : answer ? `the probe says ${margin > 0 ? 'yes' : 'no'}` : 'not marked';
          return html`${between ? html`<span class="rest">${between}</span>` : nothing}<button type="button" data-mark=${mark ?? nothing} aria-label=${`${spelled[n]}, ${heard}`} style=${`--tint:${answer ? Math.min(1, Math.abs(margin) / most).toFixed(2) : 0};--side:${margin < 0 ? 'var(--neg, #1f62ad)' : 'var(--pos, #c8590b)'}`} @click=${() => model.turn(n)}>${text.slice(start, end)}<small aria-hidden="true">${says}</small></button>`;
        })}${rest ? html`<span class="rest">${rest}</span>` : nothing}</li>`;
      },
    )}</ol>`;
  }

  #controls(model: OwnProbeModel): TemplateResult {
    return html`<div class="controls"><button type="button" class="quiet" @click=${() => model.turn_page(-1)}>Sentences before</button><span class="soft tabular">${model.page.value + 1} of ${model.pages.value}</span><button type="button" class="quiet" @click=${() => model.turn_page(1)}>More sentences</button>
      <label>Layer <select aria-label="Layer" @change=${(event: Event) => model.set_layer(Number((event.target as HTMLSelectElement).value))}>${Array.from({ length: layerCount }, (_, layer) => html`<option value=${layer} .selected=${layer === model.layer.value}>${layer}</option>`)}</select></label>
      <button type="button" class="quiet" ?disabled=${model.before.value.length === 0} @click=${() => model.undo()}>Undo</button>
      <button type="button" class="quiet" ?disabled=${model.marks.value.size === 0} @click=${() => model.clear()}>Take all marks away</button>
      <button type="button" class="quiet" @click=${() => this.reset()}>Start again</button></div>`;
  }

  #marked(model: OwnProbeModel, { spelled }: Ready): TemplateResult {
    const of = (mark: Mark) => [...model.marks.value].filter(([, one]) => one === mark).map(([word]) => word);
    const list = (mark: Mark, words: number[]) =>
      html`<ul class="marked" aria-label=${`Marked ${mark}`}><li><b>${mark}:</b></li>${words.map((word) => html`<li><em>${spelled[word]}</em><button type="button" class="quiet" aria-label=${`Take the mark from ${spelled[word]}`} @click=${() => model.mark(word, null)}>×</button></li>`)}</ul>`;
    return html`${list('yes', of('yes'))}${list('no', of('no'))}`;
  }

  #found(model: OwnProbeModel, ready: Ready): TemplateResult {
    const found = model.found.value;
    const yes = found.filter(({ margin }) => margin > 0).length;
    const one = ({ word, margin }: { word: number; margin: number }) => {
      const { text, start, end } = ready.labelled.words[word] ?? { text: 0, start: 0, end: 0 };
      const sentence = ready.labelled.texts[text] ?? '';
      const origin = model.explains(word);
      return html`<li><em>${ready.spelled[word]}</em><span class="n">${origin ? this.num(margin, origin.address, { digits: 2, text: formatSigned(margin, 2), label: `${ready.spelled[word]}, direction times state plus bias`, key: `found-${word}`, source: origin.source }) : formatSigned(margin, 2)}</span>
        <span class="in">${sentence.slice(0, start)}<mark>${sentence.slice(start, end)}</mark>${sentence.slice(end)}</span></li>`;
    };
    return html`<p>Of ${formatCount(found.length)} other spellings in our sentences it would mark ${formatCount(yes)}. Are they what you meant?</p>
      <div class="both"><div><h3>Surest yes</h3><ul class="found">${found.slice(0, listed).map(one)}</ul></div>
      <div><h3>Surest no</h3><ul class="found">${found.slice(-listed).reverse().map(one)}</ul></div></div>`;
  }
}

define('dot-own-probe', DotOwnProbe);

declare global {
  interface HTMLElementTagNameMap {
    'dot-own-probe': DotOwnProbe;
  }
}
