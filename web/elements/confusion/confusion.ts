// <dot-confusion>: how often each digit was taken for each; a cell opens its examples, an example its numbers.
import { type Signal, signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { format, formatCount, picture, pictureStyles } from '../../drawing/index.ts';
import { type Cell, type ClassifierName, ConfusionModel, classifierNames, drawnCount, perPage } from '../../models/confusion.ts';
import { percent } from '../../models/digits.ts';
import { DotElement, define } from '../base.ts';
import { answers, answersStyles } from '../digits/answers.ts';
import { realFiles, realFilesStyles } from '../digits/real_files.ts';
import { digitSource } from '../digits/source.ts';
import { actNear } from '../visible.ts';
import { confusionStyles } from './confusion.styles.ts';
import { grid, gridStyles, gridTable } from './grid.ts';

const narrow = 760; // CSS pixels: below, the examples stand under the matrix
const digitNames = Array.from({ length: 10 }, (_, digit) => String(digit));

const classifierWords: Record<ClassifierName, string> = {
  digits: 'ours: ten templates, trained on real digits',
  'digits-mlp': 'ours: with a hidden layer, trained on real digits',
  live: 'the one that you trained above, on drawn digits',
};

export class DotConfusion extends DotElement<ConfusionModel> {
  static override readonly widgetAttributes = ['classifier', 'cell'];
  static override styles = [DotElement.base, pictureStyles, gridStyles, answersStyles, realFilesStyles, confusionStyles];

  readonly #at: Signal<Cell> = signal({ truth: 0, answer: 0 });

  constructor() {
    super();
    actNear(this, () => this.model.follow(), '600px');
  }

  protected override create_model(): ConfusionModel {
    const classifier = classifierNames.find((name) => name === this.getAttribute('classifier'));
    const [, truth, answer] = /^(\d),(\d)$/.exec(this.attr('cell')) ?? [];
    const cell = truth === undefined ? null : { truth: Number(truth), answer: Number(answer) };
    if (cell) this.#at.value = cell;
    return new ConfusionModel(digitSource(), { ...(classifier ? { classifier } : {}), ...(cell ? { cell } : {}) });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.model.dispose();
  }

  protected override view(model: ConfusionModel): TemplateResult {
    const counted = model.asked.answer.value;
    const failure = model.asked.failure.value;
    const slim = this.width.value < narrow;
    const classes = counted?.classes ?? digitNames;
    const confusion = counted?.evaluation.confusion ?? null;
    return html`${this.#settings(model)}${failure ? this.failed(failure, () => model.retry()) : nothing}${this.#score(model)}
      <div class=${slim ? 'slim' : 'both'}><div>${grid({
        classes,
        confusion,
        open: model.cell.value,
        at: this.#at.value,
        what: 'digit',
        walk: (to) => {
          this.#at.value = to;
        },
        press: ({ truth, answer }) => model.open(truth, answer),
      })}</div><div>${this.#cell(model, classes)}</div></div>
      <div class=${slim ? 'slim' : ''}>${this.#one(model, classes)}</div>
      ${gridTable({ classes, confusion, what: 'digit' })}${realFiles(model.source, (one) => this.failed(one))}`;
  }

  #settings(model: ConfusionModel): TemplateResult {
    const [live, real] = [model.source.live.value, model.source.real.value];
    const value = (event: Event) => (event.target as HTMLSelectElement).value;
    return html`<div class="controls">
      <label>classifier <select @change=${(event: Event) => model.set({ classifier: value(event) as ClassifierName })}>${classifierNames.map((name) => html`<option value=${name} ?selected=${name === model.classifier.value} ?disabled=${name === 'live' && !live && model.classifier.value !== 'live'}>${classifierWords[name]}</option>`)}</select></label>
      <label>asked about <select @change=${(event: Event) => model.set({ digits: value(event) === 'real' ? 'real' : 'drawn' })}>
        <option value="drawn" ?selected=${model.digits.value === 'drawn'}>${formatCount(drawnCount)} drawn digits, new to all</option>
        <option value="real" ?selected=${model.digits.value === 'real'} ?disabled=${!real}>${real ? `${formatCount(real.examples.count)} real digits` : 'real digits: drop MNIST’s files below'}</option></select></label></div>`;
  }

  #score(model: ConfusionModel): TemplateResult {
    const counted = model.asked.answer.value;
    if (!counted)
      return html`<p class="score">${model.classifier.value === 'live' && !model.source.live.value ? 'Nothing is trained above yet. Train there first, or choose another classifier.' : this.waiting('Asking the classifier about every digit …')}</p>`;
    const { correct, count, accuracy } = counted.evaluation;
    return html`<p class="score"><strong>${percent(accuracy)} %</strong> ${formatCount(correct)} of ${formatCount(count)} right. ${model.worstSays.value}${
      counted.seen ? ' No test: this classifier was trained on 8,000 of these 10,000.' : ''
    }</p>`;
  }

  #cell(model: ConfusionModel, classes: readonly string[]): TemplateResult {
    const cell = model.cell.value;
    if (!cell) return html`<p class="cell-head soft">Choose a cell, and the digits that it counts stand here.</p>`;
    const places = model.places.value;
    const [shown, page] = [model.shown.answer.value ?? [], model.page.value];
    const pages = Math.max(1, Math.ceil(places.length / perPage));
    const [truth, answer] = [classes[cell.truth], classes[cell.answer]];
    const says =
      cell.truth === cell.answer ? html`<b>${truth}</b>, and answered ${answer}` : html`<b>${truth}</b>, but answered <b>${answer}</b>`;
    return html`<p class="cell-head">${says}: ${formatCount(places.length)} ${places.length === 1 ? 'digit' : 'digits'}. <span class="soft">Under each, how sure the classifier was.</span></p>
      <ul class="examples">${shown.map(
        ({ index, values, sure }) =>
          html`<li><button type="button" aria-pressed=${model.looked.value === index ? 'true' : 'false'} aria-label=${`A ${truth} answered ${answer}, ${format(100 * sure, 0)} percent sure. Show its numbers`} @click=${() => model.choose(index)}>${picture(values, { kind: 'ink' })}${format(100 * sure, 0)} %</button></li>`,
      )}</ul>
      <div class="paging"><button type="button" class="quiet" ?disabled=${page === 0} @click=${() => model.turn(-1)}>Previous</button><span>${page + 1} of ${pages}</span><button type="button" class="quiet" ?disabled=${page >= pages - 1} @click=${() => model.turn(1)}>Next</button></div>`;
  }

  #one(model: ConfusionModel, classes: readonly string[]): TemplateResult | typeof nothing {
    if (!model.cell.value) return nothing;
    const answer = model.looked.value === null ? null : model.answer.answer.value;
    const failure = model.answer.failure.value;
    const truth = answer ? (model.asked.answer.value?.labels[answer.index] ?? null) : null;
    return html`${failure ? this.failed(failure, () => model.retry()) : nothing}<div class="one"><div>${picture(answer?.values ?? new Float32Array(784), { kind: 'ink', label: truth === null ? 'No digit' : `A digit that is a ${classes[truth]}` })}<p class="soft">${
      answer && truth !== null ? `a ${classes[truth]}, answered ${classes[answer.predicted]}` : 'This cell is empty.'
    }</p></div><div>${answers({ classes, answer, num: this.num.bind(this), key: `one/${answer?.index ?? ''}`, truth, of: 'digit' })}</div></div>`;
  }
}

define('dot-confusion', DotConfusion);

declare global {
  interface HTMLElementTagNameMap {
    'dot-confusion': DotConfusion;
  }
}
