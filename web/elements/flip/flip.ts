// <dot-flip>: what is the least that must change for another answer? A digit moves along the difference of two class vectors until
// its lead is used up.
import { html, nothing, type TemplateResult } from 'lit';
import { format, formatCount, formatShort, largest, picture, pictureStyles, squareName } from '../../drawing/index.ts';
import { type FlipAnswer, FlipModel, farthest, flipCount, type OnTheWay } from '../../models/flip.ts';
import { type Explains, pairSource } from '../../models/unfold.ts';
import { DotElement, define } from '../base.ts';
import '../digit_pad/digit_pad.ts';
import { answers, answersStyles } from '../digits/answers.ts';
import { digitSource } from '../digits/source.ts';
import { lab } from '../lab.ts';
import { actNear } from '../visible.ts';
import { flipStyles } from './flip.styles.ts';

const narrow = 720; // CSS pixels
const none = new Float32Array(784);

export class DotFlip extends DotElement<FlipModel> {
  static override readonly widgetAttributes = ['digit', 'way'];
  static override styles = [DotElement.base, pictureStyles, answersStyles, flipStyles];

  /** The change's own numbers, made once for each change. */
  #change: { of: OnTheWay | null; source?: Explains } = { of: null };

  constructor() {
    super();
    actNear(this, () => this.model.follow(), '600px');
  }

  protected override create_model(): FlipModel {
    const [digit, way] = [Number(this.getAttribute('digit') ?? 0), Number(this.getAttribute('way') ?? 0.5)];
    return new FlipModel(digitSource(), {
      ...(Number.isInteger(digit) && digit >= 0 ? { index: digit } : {}),
      ...(Number.isFinite(way) ? { way } : {}),
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.model.dispose();
  }

  protected override get origin(): Explains | undefined {
    return this.model.asked.answer.value?.source;
  }

  protected override view(model: FlipModel): TemplateResult {
    const failure = model.asked.failure.value ?? model.now.failure.value;
    const answer = model.asked.answer.value;
    const now = answer ? model.now.answer.value : null;
    return html`<div class=${this.width.value < narrow ? 'slim' : ''}>${this.#choose(model)}${failure ? this.failed(failure, () => model.retry()) : nothing}
      ${this.#equation(model, answer, now)}${this.#way(model, answer, now)}${this.#now(answer, now)}${this.#pixel(model, answer)}
      <div class="both"><div>${this.#borders(model, answer)}</div><div><h3>What the classifier says of the changed digit</h3>${answers({ classes: answer?.classes ?? digits, answer: now, num: this.num.bind(this), key: 'now', of: 'digit' })}</div></div>
      ${this.#facts(answer, now)}</div>`;
  }

  #choose(model: FlipModel): TemplateResult {
    const own = model.own.value;
    return html`<div class="choose"><button type="button" class="quiet" @click=${() => model.turn(-1)}>Previous</button><button type="button" class="quiet" @click=${() => model.turn(1)}>Next digit</button>
      <span class="soft">${own ? 'your own digit' : `digit ${model.index.value + 1} of ${flipCount}`}</span>
      <button type="button" class="quiet" aria-pressed=${own ? 'true' : 'false'} @click=${() => model.draw(!own)}>${own ? 'Back to the drawn ones' : 'Draw one yourself'}</button>
      <button type="button" class="quiet" @click=${() => this.reset()}>Start again</button></div>
      ${own ? html`<div class="own"><dot-digit-pad .pad=${model.pad}></dot-digit-pad></div>` : nothing}`;
  }

  /** Three pictures: digit + change = changed digit, all on one scale, so that the change is as faint as it is. */
  #equation(model: FlipModel, answer: FlipAnswer | null, now: OnTheWay | null): TemplateResult {
    const [from, to] = [answer?.classes[answer.flip.from] ?? '', answer?.classes[answer.to] ?? ''];
    const difference = answer?.difference ?? none;
    const pixel = model.pixel.value;
    const point = (place: number | null) => {
      if (place !== null) model.point(place);
    };
    const words = (place: number) =>
      `${squareName(place)}: ${format(answer?.x[place] ?? 0, 2)} becomes ${format(now?.changed[place] ?? 0, 2)}`;
    const t = now?.t ?? 0;
    return html`<div class="equation">
      <figure>${picture(answer?.x ?? none, { kind: 'ink', label: answer ? `The digit, answered ${from}` : 'A digit' })}<p>the digit: <b>${from}</b></p></figure><span>+ ${answer ? this.num(t, `network/flip-scale[0][${answer.flip.from}][${answer.to}]`, { digits: 3, label: 'how far along the difference, at the border', text: html`<var>t</var>`, key: 'scale' }) : html`<var>t</var>`} ×</span>
      <figure>${picture(difference, { most: largest(difference), label: `Class vector ${to} minus class vector ${from}` })}<p>${answer ? html`<var>w</var><sub>${to}</sub> − <var>w</var><sub>${from}</sub>, strongest shade ±${format(largest(difference), 2)}` : 'the difference of two class vectors'}</p></figure><span>=</span>
      <figure>${picture(shown(now?.changed ?? answer?.x ?? none), { kind: 'ink', label: now ? `The changed digit, answered ${answer?.classes[now.predicted]}` : 'The changed digit', pointed: pixel, point, words })}<p>the changed digit: <b>${now ? answer?.classes[now.predicted] : ''}</b></p></figure></div>`;
  }

  #way(model: FlipModel, answer: FlipAnswer | null, now: OnTheWay | null): TemplateResult {
    const margin = now?.margin ?? 0;
    const share = answer ? Math.min(1, Math.abs(margin) / Math.max(1e-6, answer.margin)) : 0;
    const [from, to] = [answer?.classes[answer.flip.from] ?? '', answer?.classes[answer.to] ?? ''];
    return html`<div class="way"><label><span class="spoken">How far toward ${to}, in percent of the way to the border</span><input type="range" min="0" max=${farthest} step="0.02" .value=${String(model.way.value)}
        aria-valuetext=${`${format(100 * model.way.value, 0)} percent of the way to the border; the answer is ${now ? answer?.classes[now.predicted] : 'not known yet'}`}
        @input=${(event: Event) => model.go(Number((event.target as HTMLInputElement).value))} /><small><span>as it is</span><span>border</span><span>twice as far</span></small></label>
      <span>${format(100 * model.way.value, 0)}\u00a0%</span></div>
      <p class="now lead-line">Lead of ${from} over ${to}: ${now && answer ? this.num(margin, `network/margin[0][${answer.flip.from}][${answer.to}]`, { digits: 3, label: `lead of ${from} over ${to}`, source: now.source as Explains, key: 'margin' }) : html`<span class="soft">–</span>`}
        <span class="lead" aria-hidden="true"><i class=${margin >= 0 ? 'p' : 'n'} style="--share:${share.toFixed(3)}"></i></span></p>`;
  }

  #now(answer: FlipAnswer | null, now: OnTheWay | null): TemplateResult {
    if (!answer || !now)
      return html`<p class="now soft">${this.model.own.value ? 'Draw a digit on the pad.' : 'Asking the classifier …'}</p>`;
    const [from, to, said] = [answer.classes[answer.flip.from], answer.classes[answer.to], answer.classes[now.predicted]];
    const outside =
      now.outside > 0
        ? ` ${formatCount(now.outside)} of the 784 pixels are now below 0 or above 1, lighter than paper or darker than ink: the picture cannot show that.`
        : '';
    const meant =
      answer.truth !== null && answer.truth !== answer.flip.from
        ? ` (It was drawn as a ${answer.classes[answer.truth]}: the classifier was wrong before anything was changed.)`
        : '';
    const says =
      now.predicted === answer.flip.from
        ? `Still a ${from}.`
        : now.predicted === answer.to
          ? `Flipped: a ${to}.`
          : `Flipped, but on the way to ${to} it became a ${said}.`;
    return html`<p class="now"><strong>${says}</strong>${meant}${outside}</p>`;
  }

  #pixel(model: FlipModel, answer: FlipAnswer | null): TemplateResult {
    const pixel = model.pixel.value;
    if (!answer || pixel === null)
      return html`<p class="pixel soft">Point at a pixel of the changed digit to see what the border asks of it.</p>`;
    const [a, b] = [answer.flip.from, answer.to];
    return html`<p class="pixel">At the border, ${squareName(pixel)} is ${this.num(answer.flip.changed[pixel] ?? 0, `network/flip[0][${a}][${b}][${pixel}]`, { digits: 4, label: `${squareName(pixel)} at the border`, key: 'pixel' })}; in the digit it is ${this.num(answer.x[pixel] ?? 0, `network/input[0][${pixel}]`, { digits: 4, label: `${squareName(pixel)} of the digit`, key: 'input' })}.</p>`;
  }

  #borders(model: FlipModel, answer: FlipAnswer | null): TemplateResult {
    const order = model.order.value;
    const most = order.at(-1)?.distance ?? 1;
    const [nearest] = order;
    const rows = answer ? order : digits.slice(1).map((_, i) => ({ to: i, distance: 0 }));
    return html`<h3>How far it is to the border of each other class</h3><div role="radiogroup" aria-label="Class to aim at"><ul class="borders">${rows.map(
      ({ to, distance }) =>
        html`<li><label><input type="radio" name="to" .checked=${answer?.to === to} ?disabled=${!answer} @change=${() => model.aim(to)} />${answer ? `toward ${answer.classes[to]}` : ''}${to === nearest?.to ? html` <small class="soft">nearest</small>` : nothing}</label>
        <span aria-hidden="true"><i style="--share:${(distance / (most || 1)).toFixed(3)}"></i></span>${answer ? this.num(distance, `flip/distance[${to}]`, { digits: 3, label: `distance to the border with ${answer.classes[to]}` }) : html`<span class="soft">–</span>`}</li>`,
    )}</ul></div>`;
  }

  #facts(answer: FlipAnswer | null, now: OnTheWay | null): TemplateResult {
    const [a, b] = answer ? [answer.flip.from, answer.to] : [0, 1];
    const cell = (value: number | undefined, address: string, label: string, source?: Explains) =>
      answer && value !== undefined
        ? this.num(value, address, { digits: 3, label, ...(source ? { source, key: label } : {}) })
        : html`<span class="soft">–</span>`;
    const change = answer && now ? now.t * Math.sqrt(answer.square) : undefined;
    const share = answer && change !== undefined && answer.length > 0 ? `${formatShort((100 * change) / answer.length, 1)}\u00a0%` : '–';
    return html`<h3>How little, in numbers</h3><table class="facts"><tbody>
      <tr><th scope="row">lead at the start</th><td>${cell(answer?.margin, `network/margin[0][${a}][${b}]`, 'lead at the start')}</td></tr>
      <tr><th scope="row">|difference|²: what each <var>t</var> of 1 takes off</th><td>${cell(answer?.square, `network/difference-square[${a}][${b}]`, 'square of the difference')}</td></tr>
      <tr><th scope="row"><var>t</var> at the border</th><td>${cell(answer?.flip.scale, `network/flip-scale[0][${a}][${b}]`, 'how far along the difference')}</td></tr>
      <tr><th scope="row">length of the digit</th><td>${cell(answer?.length, 'pair/norm[a]', 'length of the digit')}</td></tr>
      <tr><th scope="row">length of the change now, ${share} of it</th><td>${cell(change, 'pair/norm[a]', 'length of the change', this.#changeSource(answer, now))}</td></tr></tbody></table>`;
  }

  #changeSource(answer: FlipAnswer | null, now: OnTheWay | null): Explains | undefined {
    if (!answer || !now) return undefined;
    if (this.#change.of !== now) {
      const change = now.changed.map((value, i) => value - (answer.x[i] ?? 0));
      this.#change = { of: now, source: pairSource(lab, change, change) };
    }
    return this.#change.source;
  }
}

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));

/** As far as ink goes: a picture has nothing lighter than paper. */
function shown(values: Float32Array): Float32Array {
  return values.map((value) => Math.max(0, Math.min(1, value)));
}

define('dot-flip', DotFlip);

declare global {
  interface HTMLElementTagNameMap {
    'dot-flip': DotFlip;
  }
}
