// <dot-bias>: what the corpus says about people without meaning to, by two published measures, every number open.
import { html, nothing, type TemplateResult } from 'lit';
import { format, formatCount } from '../../drawing/format.ts';
import { type BiasAnswer, BiasModel, type Placed } from '../../models/bias.ts';
import { associationTests, directionPairs } from '../../models/bias_words.ts';
import { wordField, wordFieldStyles } from '../analogy/word_field.ts';
import { DotElement, define } from '../base.ts';
import { loadingWords, wordStyles, words } from '../words.ts';
import { biasStyles } from './bias.styles.ts';

export class DotBias extends DotElement<BiasModel> {
  static override readonly widgetAttributes = ['measure', 'test', 'words'];
  static override styles = [DotElement.base, wordStyles, wordFieldStyles, biasStyles];

  protected override create_model(): BiasModel {
    return new BiasModel(words(), {
      measure: this.attr('measure') === 'association' ? 'association' : 'direction',
      test: this.attr('test', 'flowers'),
      own: this.attr('words')
        .split(',')
        .map((word) => word.trim())
        .filter(Boolean),
    }).follow();
  }

  protected override get origin() {
    return this.model.asked.answer.value?.source;
  }

  protected override view(model: BiasModel): TemplateResult {
    const answer = model.asked.answer.value;
    const failure = model.asked.failure.value;
    const shown = answer?.measure === model.measure.value ? answer : null;
    // Room for the whole figure from the start, so that the page below it keeps still when the vectors arrive.
    const width = this.width.value;
    const room = (model.measure.value === 'direction' ? 884 : 760) + (width < 300 ? 150 : width < 400 ? 100 : width < 520 ? 60 : 0);
    return html`${this.#choice(model)}${failure ? this.failed(failure, () => void model.ask()) : nothing}<div style=${`min-height:${room}px`}>${
      shown
        ? html`${shown.effect ? this.#effect(model, shown.effect) : this.#background(shown)}${this.#words(model, shown)}${this.#sets(model, shown)}`
        : failure
          ? nothing
          : loadingWords(model.words)
    }</div>`;
  }

  #choice(model: BiasModel) {
    const radio = (value: 'direction' | 'association', label: string) =>
      html`<label><input type="radio" name="measure" .checked=${model.measure.value === value} @change=${() => {
        this.opened.value = null;
        model.measure.value = value;
      }} />${label}</label>`;
    return html`<fieldset ?disabled=${model.words.vectors.value === null}><div class="controls"><span role="radiogroup" aria-label="Measure" class="controls" style="margin:0">${radio('direction', 'one direction')}${radio('association', 'association of word sets')}</span>${
      model.measure.value === 'direction'
        ? html`<label>add ${wordField({ name: 'own', label: 'a word of your own', value: '', source: model.words, placeholder: 'a word', clear: true, onWord: (word) => model.add(word) })}</label>`
        : html`<label>test <select @change=${(event: Event) => {
            this.opened.value = null;
            model.test.value = (event.target as HTMLSelectElement).value;
          }}>${associationTests.map(({ id, x, y }) => html`<option value=${id} ?selected=${id === model.test.value}>${x.name} and ${y.name}</option>`)}</select></label>`
    }<button type="button" class="quiet" @click=${() => this.reset()}>Reset</button></div></fieldset>`;
  }

  #background({ background }: BiasAnswer) {
    if (!background) return nothing;
    return html`<div class="effect"><p>Words for professions. A bar is the cosine of the word with one direction: the sum of ${directionPairs.length} differences such as <i>she</i> − <i>he</i>. What is usual? The ${formatCount(background.count)} words of the vocabulary have a mean of ${format(background.mean, 3)}, and about two thirds of them lie within ${format(background.deviation, 3)} of it (the standard deviation): the shaded band.</p></div>`;
  }

  #effect(model: BiasModel, effect: NonNullable<BiasAnswer['effect']>) {
    const { x, y, a, b } = model.currentTest.value;
    const [one, other] = [html`<span class="x">● ${x.name}</span>`, html`<span class="y">○ ${y.name}</span>`];
    return html`<div class="effect"><p>A bar is the word’s mean cosine with the ${a.words.length} words for “${a.name}” less that with the ${b.words.length} for “${b.name}”.</p>
            <p class="size"><strong>d = ${format(effect.d, 2)}</strong> <span>The effect size d: the mean bar of ${one} less that of ${other}, divided by the standard deviation, which is how far a bar usually lies from the mean of all. Of all ${formatCount(effect.splits)} ways to divide these words into two halves, ${format(100 * effect.p, 2)} % give as large a d or a larger one.</span></p></div>`;
  }

  #words(model: BiasModel, answer: BiasAnswer) {
    const background = answer.background;
    const { x, y } = model.currentTest.value;
    // The scale reaches the next twentieth beyond the largest value, so that a word that is added seldom changes it.
    const most =
      Math.ceil(
        20 *
          Math.max(
            0.05,
            ...answer.words.map(({ value }) => Math.abs(value)),
            background ? Math.abs(background.mean) + background.deviation : 0,
          ),
      ) / 20;
    const share = (value: number) => (value + most) / (2 * most);
    const [left, right] =
      answer.measure === 'direction' ? ['his words', 'her words'] : [model.currentTest.value.b.name, model.currentTest.value.a.name];
    const band = background
      ? html`<span class="band" style=${`--from:${share(background.mean - background.deviation).toFixed(4)};--long:${(background.deviation / most).toFixed(4)}`}></span>`
      : nothing;
    const row = ({
      word,
      value,
      address,
      own,
      set,
    }: Placed) => html`<li><span class=${`name ${set ?? ''}`}>${word}${set ? html` <span role="img" aria-label=${set === 'x' ? x.name : y.name}>${set === 'x' ? '●' : '○'}</span>` : nothing}${own ? html`<button type="button" class="drop" aria-label=${`remove ${word}`} @click=${() => void this.#remove(model, word)}>×</button>` : nothing}</span>
            <span class="track" style=${`--zero:.5;--left:${share(Math.min(0, value)).toFixed(4)};--size:${(Math.abs(value) / (2 * most)).toFixed(4)}`}>${band}<i class=${value < 0 ? 'n' : ''}></i></span>
            <span class="score">${this.num(value, address, { digits: 3, label: `${word}` })}</span></li>`;
    return html`<div class="poles" aria-hidden="true"><b>← ${left}</b><b>${right} →</b></div><ol class="words" aria-label=${`Words from ${right} to ${left}`}>${answer.words.map(row)}</ol>`;
  }

  /** Takes out a word that the reader added; the focus goes back to the field for such words. */
  async #remove(model: BiasModel, word: string) {
    model.remove(word);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('input[data-field=own]')?.focus();
  }

  /** The words of the measure, in the open: with others the numbers would be others. */
  #sets(model: BiasModel, answer: BiasAnswer) {
    const { x, y, a, b } = model.currentTest.value;
    const missing =
      answer.missing.length > 0 ? html`<p class="small">Not in the vocabulary, so left out: ${answer.missing.join(', ')}.</p>` : nothing;
    return html`${missing}<details><summary>The words of this measure, and its table</summary>${
      answer.measure === 'direction'
        ? html`<p class="small">Her words less his words: ${directionPairs.map(([he, she]) => `${she} − ${he}`).join(', ')}.</p>`
        : html`<dl class="sets">${[x, y, a, b].map(({ name, words: list }) => html`<dt>${name}</dt><dd>${list.join(', ')}</dd>`)}</dl>`
    }<div class="scroll" tabindex="0" role="region" aria-label="Table of values"><table><thead><tr><th scope="col">word</th><th scope="col">value</th>${answer.background ? html`<th scope="col">words of the vocabulary further toward his words</th>` : nothing}</tr></thead>
            <tbody>${answer.words.map(({ word, value, share }) => html`<tr><th scope="row">${word}</th><td>${format(value, 4)}</td>${share === undefined ? nothing : html`<td>${format(100 * share, 1)} %</td>`}</tr>`)}</tbody></table></div></details>`;
  }
}

define('dot-bias', DotBias);
