// <dot-digits>: a digit classifier trained in this tab on digits that a seeded pen draws: templates taking shape, curves, and the
// test on digits of another hand: the reader's own, and MNIST's.
import { type Signal, signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import {
  type ChartOptions,
  chartStyles,
  charts,
  chartTable,
  format,
  formatCount,
  largest,
  picture,
  pictureStyles,
  roundUp,
  squareName,
} from '../../drawing/index.ts';
import type { CurvePoint } from '../../engine/index.ts';
import { DigitsModel, digitRates, heldOutCount, hiddenUnits, percent, stepsPerEpoch, trainCount } from '../../models/digits.ts';
import { meanLossAddress } from '../../models/mean_loss.ts';
import type { Explains } from '../../models/unfold.ts';
import { DotElement, define } from '../base.ts';
import '../digit_pad/digit_pad.ts';
import { actNear } from '../visible.ts';
import { answers, answersStyles } from './answers.ts';
import { digitsStyles } from './digits.styles.ts';
import { realFiles, realFilesStyles } from './real_files.ts';
import { digitSource } from './source.ts';

const narrow = 720; // CSS pixels: below, the curves stand under the templates
const none = new Float32Array(784);
const classes = Array.from({ length: 10 }, (_, digit) => String(digit));

export class DotDigits extends DotElement<DigitsModel> {
  static override readonly widgetAttributes = ['seed', 'units', 'rate', 'steps'];
  static override styles = [DotElement.base, pictureStyles, chartStyles, answersStyles, realFilesStyles, digitsStyles];

  /** The template that is shown large, and the pixel of it that is pointed at. */
  readonly #shown: Signal<number> = signal(3);
  readonly #pixel: Signal<number | null> = signal<number | null>(null);
  /** The losses' sources, made once for each point of the curve. */
  #losses: { of: CurvePoint | undefined; trained?: Explains | undefined; heldOut?: Explains | undefined } = { of: undefined };

  constructor() {
    super();
    actNear(this, () => void this.model.prepare(), '600px');
  }

  protected override create_model(): DigitsModel {
    const [rate, steps] = [Number(this.getAttribute('rate')), Number(this.getAttribute('steps') ?? 25)];
    return new DigitsModel(digitSource(), {
      seed: this.seed(),
      hidden: this.attr('units') === String(hiddenUnits) ? hiddenUnits : 0,
      ...(digitRates.includes(rate) ? { rate } : {}),
      ...(Number.isInteger(steps) && steps >= 0 && steps <= 5000 ? { steps } : {}),
    }).follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.model.pause();
  }

  protected override view(model: DigitsModel): TemplateResult {
    const failure = model.failure.value ?? model.run.failure.value;
    return html`<div class=${this.width.value < narrow ? 'slim' : ''}>${this.#settings(model)}
      <div class=${this.width.value < narrow ? '' : 'wide'}>
        <div>${this.#templates(model)}</div>
        <div>${this.#run(model)}${failure ? this.failed(failure, () => void model.restart(25)) : nothing}${this.#curves(model)}</div>
      </div>
      ${chartTable(this.#panels(model), 'The curves as a table')}${this.#own(model)}${this.#real(model)}</div>`;
  }

  #settings(model: DigitsModel): TemplateResult {
    const value = (event: Event) => Number((event.target as HTMLSelectElement).value);
    return html`<div class="controls">
      <label>classifier <select @change=${(event: Event) => void model.set({ hidden: value(event) })}>${[0, hiddenUnits].map((units) => html`<option value=${units} ?selected=${units === model.hidden.value}>${units ? `one hidden layer of ${units}` : 'ten templates, no hidden layer'}</option>`)}</select></label>
      <label>rate <select @change=${(event: Event) => void model.set({ rate: value(event) })}>${digitRates.map((rate) => html`<option value=${rate} ?selected=${rate === model.rate.value}>${rate}</option>`)}</select></label>
      <button type="button" class="quiet" @click=${() => void model.set({ seed: model.seed.peek() + 1 })}>Other digits (seed ${model.seed.value})</button></div>`;
  }

  #run(model: DigitsModel): TemplateResult {
    const running = model.run.running.value;
    const step = model.run.step.value;
    return html`<div class="run"><button type="button" class="do train" ?disabled=${model.making.value} @click=${() => (running ? model.pause() : void model.train())}>${running ? 'Pause' : 'Train'}</button>
      <button type="button" class="quiet" ?disabled=${model.making.value} @click=${() => void model.step()}>One step</button>
      <button type="button" class="quiet" ?disabled=${model.making.value} @click=${() => void model.restart()}>Start again</button></div>
      <p class="progress"><progress max=${model.target} value=${step} aria-label="Steps taken"></progress>
        <span>${
          model.making.value && model.templates.value === null
            ? `Drawing ${formatCount(trainCount + heldOutCount)} digits …`
            : `step ${formatCount(step)} of ${formatCount(model.target)}, epoch ${(step / stepsPerEpoch).toFixed(1)}; ${model.seconds.value.toFixed(1)} s on this device`
        }</span></p>`;
  }

  #templates(model: DigitsModel): TemplateResult {
    const templates = model.templates.value;
    const linear = model.hidden.value === 0;
    const rows = linear ? 10 : hiddenUnits;
    const known = templates?.rows.length === rows ? templates.rows : null;
    const most = known ? roundUp(Math.max(...known.map((row) => largest(row)))) : 1;
    const row = (k: number) => known?.[k] ?? none;
    const shown = Math.min(this.#shown.value, rows - 1);
    const name = (k: number) => (linear ? `template of ${k}` : `hidden unit ${k + 1}`);
    return html`<ul class=${linear ? 'templates' : 'templates many'}>${Array.from(
      { length: rows },
      (_, k) =>
        html`<li><button type="button" aria-pressed=${k === shown ? 'true' : 'false'} aria-label=${`${name(k)}, show it large`} @click=${() => {
          this.#shown.value = k;
        }}>${guard([row(k), most], () => picture(row(k), { most }))}<span>${linear ? k : k + 1}</span></button></li>`,
    )}</ul>${this.#template(model, row(shown), shown, name(shown), most, known !== null)}`;
  }

  #template(model: DigitsModel, weights: Float32Array, k: number, name: string, most: number, known: boolean): TemplateResult {
    const pixel = this.#pixel.value;
    const value = pixel === null ? undefined : weights[pixel];
    // What the picture shows is drawn anew only where it has changed: a run changes two templates with each frame.
    const large = guard([weights, most, pixel, name], () =>
      picture(weights, {
        most,
        marked: true,
        label: `The ${name}, large: a weight for each pixel`,
        pointed: pixel,
        point: (place) => {
          if (place !== null) this.#pixel.value = place;
        },
        words: (place) => `${squareName(place)}: ${format(weights[place] ?? 0, 3)}`,
      }),
    );
    return html`<div class="template">${large}<div><p>${model.hidden.value === 0 ? html`Row ${k} of the weights: ink on an orange pixel speaks for a ${k}, ink on a blue one against.` : html`What hidden unit ${k + 1} adds up: ink on orange raises it, on blue lowers it. A second layer turns the ${hiddenUnits} units into ten logits.`}</p>
      <p class="soft">The strongest shade is ±${format(most, 2)}, the same in all.</p>
      <p>${
        pixel === null || value === undefined || !known
          ? html`<span class="soft">Point at a pixel of the large picture to read its weight.</span>`
          : html`${squareName(pixel)}: ${this.num(value, `network/weight[1][${k}][${pixel}]`, { digits: 4, label: `weight of ${name}, ${squareName(pixel)}`, source: model.weights, key: 'weight' })}`
      }</p></div></div>`;
  }

  #curves(model: DigitsModel): TemplateResult {
    const last = model.curve.value.at(-1);
    const loss = (held: boolean, value: number | undefined) =>
      value !== undefined && Number.isFinite(value)
        ? this.num(value, meanLossAddress, {
            digits: 3,
            label: held ? 'mean loss, held out' : 'mean loss, trained on',
            source: this.#loss(model, last, held),
            key: `loss/${held}`,
          })
        : html`<span class="soft">–</span>`;
    const right = (share: number | undefined, count: number) =>
      share === undefined ? '–' : `${formatCount(Math.round(share * count))} of ${formatCount(count)}`;
    const [one, other] = this.#panels(model);
    const at = `step ${formatCount(last?.step ?? 0)}`;
    return charts([
      {
        ...(one as ChartOptions),
        head: html`<span class="now">${at}: trained ${loss(false, last?.loss)}, held out ${loss(true, last?.heldOutLoss)}</span>`,
      },
      {
        ...(other as ChartOptions),
        head: html`<span class="now">${at}: trained ${right(last?.accuracy, trainCount)}, held out ${right(last?.heldOutAccuracy, heldOutCount)}</span>`,
      },
    ]);
  }

  #loss(model: DigitsModel, of: CurvePoint | undefined, heldOut: boolean): Explains | undefined {
    if (this.#losses.of !== of) this.#losses = { of, trained: model.lossSource(false), heldOut: model.lossSource(true) };
    return heldOut ? this.#losses.heldOut : this.#losses.trained;
  }

  #panels(model: DigitsModel): ChartOptions[] {
    const curve = model.curve.value;
    const at = curve.map((point) => point.step);
    const lines = (trained: (point: CurvePoint) => number, held: (point: CurvePoint) => number): ChartOptions['lines'] => [
      { name: 'trained', values: curve.map(trained) },
      { name: 'held out', values: curve.map(held), role: 'second' },
    ];
    return [
      {
        name: 'Loss',
        at,
        end: 200,
        top: 2.4,
        lines: lines(
          (point) => point.loss,
          (point) => point.heldOutLoss,
        ),
      },
      {
        name: 'Right',
        at,
        end: 200,
        top: 1,
        say: (value) => `${format(100 * value, 0)} %`,
        lines: lines(
          (point) => point.accuracy,
          (point) => point.heldOutAccuracy,
        ),
      },
    ];
  }

  #own(model: DigitsModel): TemplateResult {
    const answer = model.drawn.answer.value;
    const failure = model.drawn.failure.value;
    const at = model.source.live.value?.step;
    const sure = answer ? 100 * (answer.probabilities[answer.predicted] ?? 0) : 0;
    return html`<section class="test"><h3>Your own hand</h3><div class="own">
      <dot-digit-pad .pad=${model.pad}></dot-digit-pad>
      <div>${picture(answer?.values ?? none, { kind: 'ink', label: answer ? 'Your digit as the network sees it, 28 by 28 pixels' : 'Nothing is drawn yet' })}<p class="soft">as the network sees it: 28 × 28 pixels</p></div>
      <div class="answers">${answers({ classes, answer, num: this.num.bind(this), key: 'own', of: 'digit' })}</div></div>
      ${failure ? this.failed(failure) : nothing}
      <p class="says" role="status">${answer ? `After ${formatCount(at ?? 0)} steps it takes your digit for a ${classes[answer.predicted]}, ${sure > 99 && sure < 100 ? 'more than 99' : format(sure, 0)} % sure.` : 'Draw a digit, and the network as it stands says what it sees.'}</p></section>`;
  }

  #real(model: DigitsModel): TemplateResult {
    const tested = model.tested.answer.value;
    const failure = model.tested.failure.value;
    const testSet = model.source.real.value?.testSet;
    const row = (name: unknown, { correct, accuracy, count }: { correct: number; accuracy: number; count: number }, note: string) =>
      html`<tr><th scope="row">${name}</th><td>${formatCount(correct)} of ${formatCount(count)}</td><td>${percent(accuracy)} %</td><th>${note}</th></tr>`;
    return html`<section>${realFiles(model.source, (one) => this.failed(one))}${failure ? this.failed(failure) : nothing}${
      tested
        ? html`<table class="results"><caption class="spoken">On the real digits</caption><thead><tr><th scope="col">on the real digits</th><th scope="col">right</th><th scope="col">share</th><th scope="col"><span class="spoken">remark</span></th></tr></thead><tbody>
          ${row(html`this network, trained on drawn digits`, tested.live, `after ${formatCount(model.source.live.value?.step ?? 0)} steps`)}
          ${row(html`ours, trained on real digits`, tested.shipped, testSet ? 'no test: it was trained on 8,000 of these 10,000' : 'trained on others')}</tbody></table>`
        : nothing
    }</section>`;
  }
}

define('dot-digits', DotDigits);

declare global {
  interface HTMLElementTagNameMap {
    'dot-digits': DotDigits;
  }
}
