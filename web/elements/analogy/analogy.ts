// <dot-analogy>: king − man + woman, with the ranked answers; each score comes apart into its dot products.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { format, formatCount } from '../../drawing/format.ts';
import { AnalogyModel, expectationText, expressionWords, mostTerms, parseExpression, type RankedWord } from '../../models/analogy.ts';
import { progressOf } from '../../models/progress.ts';
import { DotElement, define } from '../base.ts';
import { loadingWords, wordStyles, words } from '../words.ts';
import { analogyStyles } from './analogy.styles.ts';
import { wordField, wordFieldStyles } from './word_field.ts';

const standardPresets = 'king-man+woman, paris-france+italy, walking-walk+swim, bigger-big+small, brother-man+woman, cold-hot+good';

export class DotAnalogy extends DotElement<AnalogyModel> {
  static override readonly widgetAttributes = ['expression', 'keep', 'method', 'expected', 'count', 'presets', 'bare', 'after'];
  static override styles = [DotElement.base, wordStyles, wordFieldStyles, analogyStyles];

  protected override create_model(): AnalogyModel {
    const count = Number(this.attr('count', '8'));
    const lesson = this.closest<HTMLElement>('[data-lesson]')?.dataset.lesson;
    const prediction = this.attr('after');
    return new AnalogyModel(words(), {
      expression: this.attr('expression', 'king-man+woman'),
      keepQuestion: this.hasAttribute('keep'),
      method: this.attr('method') === 'mul' ? 'mul' : 'add',
      expected: this.attr('expected'),
      count: Number.isInteger(count) && count > 0 && count <= 50 ? count : 8,
      ...(lesson && prediction ? { secret: () => !progressOf(lesson).guess(prediction) } : {}),
    }).follow();
  }

  protected override get origin() {
    return { explain: (address: string) => this.model.explain(address) };
  }

  /** Shows an expression that something else on the page asks for, such as a wrong answer of the benchmark. */
  show(expression: string, expected = ''): void {
    this.opened.value = null;
    this.model.setExpression(expression, expected);
  }

  protected override view(model: AnalogyModel): TemplateResult {
    return html`<fieldset ?disabled=${model.source.vectors.value === null}>${this.#equation(model)}${this.hasAttribute('bare') ? nothing : this.#controls(model)}</fieldset>
            ${this.#about(model)}${this.#ranking(model)}${this.#apart(model)}${this.#twin(model)}`;
  }

  #equation(model: AnalogyModel) {
    const terms = model.terms.value;
    const obstacle = model.obstacle.value;
    const first = obstacle ? undefined : model.ranking.value.find(({ place }) => place === 1);
    return html`<div class="equation" role="group" aria-label="The sum of words">
            ${terms.map(
              ({ sign, word }, index) =>
                html`<span class="term">${
                  index === 0 && sign > 0
                    ? nothing
                    : html`<button type="button" class="sign" aria-label=${`${sign < 0 ? 'minus' : 'plus'} ${word}: change the sign`} @click=${() => model.flip(index)}>${sign < 0 ? '−' : '+'}</button>`
                }${wordField({ name: `term-${index}`, label: `word ${index + 1} of ${terms.length}, ${sign < 0 ? 'taken away' : 'added'}`, value: word, source: model.source, placeholder: 'a word', invalid: index === obstacle?.at, onWord: (next) => model.setWord(index, next) })}${
                  terms.length > 1
                    ? html`<button type="button" class="drop" aria-label=${`remove ${word || 'the empty word'}`} @click=${() => void this.#remove(model, index)}>×</button>`
                    : nothing
                }</span>`,
            )}
            ${
              terms.length < mostTerms
                ? html`<span class="term">${wordField({ name: 'more', label: 'one more word, added', value: '', source: model.source, placeholder: '+ word', clear: true, onWord: (word) => model.add(word) })}</span>`
                : html`<small class="soft">(${mostTerms} words at most)</small>`
            }
            <output class="gives">${first?.word ?? '…'}</output>
        </div>`;
  }

  /** Takes a term out; the focus goes to what now stands in its place. */
  async #remove(model: AnalogyModel, index: number) {
    model.remove(index);
    await this.updateComplete;
    const drops = this.renderRoot.querySelectorAll<HTMLElement>('.drop');
    (drops[Math.min(index, drops.length - 1)] ?? this.renderRoot.querySelector<HTMLElement>('.equation input'))?.focus();
  }

  #controls(model: AnalogyModel) {
    const method = (value: 'add' | 'mul', label: string, name: string) =>
      html`<label><input type="radio" name="method" .checked=${model.method.value === value} @change=${() => (model.method.value = value)} />${label} <small>${name}</small></label>`;
    const expectation = model.expectation.value;
    return html`<div class="controls">
            <label><input type="checkbox" .checked=${!model.keepQuestion.value} @change=${(event: Event) => (model.keepQuestion.value = !(event.target as HTMLInputElement).checked)} />leave the question words out</label>
            <span class="switch" role="radiogroup" aria-label="How a score is made from the words’ cosines">cosines ${method('add', 'added', '3CosAdd')}${method('mul', 'multiplied', '3CosMul')}</span>
            <label>expected ${wordField({ name: 'expected', label: 'the word that you expect', value: model.expected.value, source: model.source, placeholder: 'a word', invalid: expectation?.known === false, onWord: (word) => model.setExpected(word) })}</label>
            <button type="button" class="quiet" @click=${() => this.reset()}>Reset</button>
        </div>`;
  }

  /** Sums to try. While there is something to say in their place, it stands over them, so that the list below keeps still. */
  #about(model: AnalogyModel) {
    const trouble = this.#trouble(model);
    return html`<div class=${`about ${trouble === nothing ? '' : 'troubled'}`}>${this.#presets()}${trouble}</div>`;
  }

  #presets() {
    const presets = this.attr('presets', standardPresets)
      .split(',')
      .map((text) => text.trim())
      .filter(Boolean);
    return presets.length === 0
      ? nothing
      : html`<div class="presets">Try ${presets.map((preset) => {
          const [expression = '', expected = ''] = preset.split('=');
          const terms = parseExpression(expression);
          return terms
            ? html`<button type="button" class="quiet" @click=${() => this.show(expression, expected)}>${expressionWords(terms)}</button>`
            : nothing;
        })}</div>`;
  }

  /** What stands in the way of an answer: the vectors on their way, an empty field, a word that is not known, a failed download. */
  #trouble(model: AnalogyModel) {
    const failure = model.asked.failure.value;
    const obstacle = model.obstacle.value;
    if (!model.source.vectors.value && !failure) return loadingWords(model.source);
    if (!obstacle) return failure ? this.failed(failure, () => void model.ask()) : nothing;
    const { kind, at, word, instead } = obstacle;
    const says = {
      empty: 'No answer yet: type a word into the empty field.',
      several: `“${word}” is more than one word; these vectors have one for each single word.`,
      unknown: `“${word}” is not among the ${formatCount(model.source.known.value.size)} words.`,
    };
    return html`<div class="failure" role="alert"><p class="suggest">${says[kind]}${
      instead.length > 0
        ? html` ${kind === 'several' ? 'Take' : 'Did you mean'} ${instead.map((one) => html`<button type="button" class="quiet" @click=${() => void this.#instead(model, at, one)}>${one}</button>`)}?`
        : nothing
    }</p></div>`;
  }

  /** Takes another word; the button is gone with the trouble, so the focus goes to the word's field. */
  async #instead(model: AnalogyModel, at: number, word: string) {
    model.setWord(at, word);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`input[data-field=term-${at}]`)?.focus();
  }

  #ranking(model: AnalogyModel) {
    const rows = model.ranking.value;
    // Room for the list with all question words in it, so that nothing below moves when they come and go.
    const height = (model.count + model.terms.value.length) * 41 + 36;
    if (rows.length === 0) return html`<div style=${`min-height:${height}px`}></div>`;
    const most = Math.max(1, ...rows.map(({ score }) => score));
    const inspected = model.inspected.value?.word;
    return html`<div class=${model.stale.value ? 'stale' : ''} style=${`min-height:${height}px`}><ol class="ranking" aria-label="Nearest words">${repeat(
      rows,
      ({ word }) => word,
      (row) => this.#row(model, row, most, row.word === inspected),
    )}</ol>
            <p class="below">${this.#below(model)}</p></div>`;
  }

  #row(model: AnalogyModel, row: RankedWord, most: number, pressed: boolean) {
    const { word, score, place, wouldBe } = row;
    const expected = word === model.expected.value;
    return html`<li class=${`${place === null ? 'out' : ''} ${expected ? 'expected' : ''}`}>
            <span class="place">${place === null ? '–' : `${place}.`}</span>
            <button type="button" class="pick" aria-pressed=${pressed ? 'true' : 'false'} @click=${() => (model.chosen.value = word)}>${word}</button>
            <span class="bar" style=${`--share:${Math.max(0, score / most).toFixed(4)}`}>${place === null ? html`<small>left out; would be number ${formatCount(wouldBe ?? 0)}</small>` : html`<i></i>`}</span>
            <span class="score">${this.num(score, model.scoreAddress(word), { digits: 3, label: `score of ${word}` })}</span>
        </li>`;
  }

  #below(model: AnalogyModel) {
    const below = model.leftOutBelow.value;
    const expectation = model.expectation.value;
    if (model.stale.value)
      return html`This list still answers ${expressionWords(parseExpression(model.asked.answer.value?.expression ?? '') ?? [])}.`;
    if (model.veiled.value) return html`Something is held back here until you have made your guess above, or changed a word or switch.`;
    return html`${expectation ? html`${expectationText(expectation)} ` : nothing}${
      below.length > 0
        ? html`Left out further down: ${below.map(({ word, rank }, i) => `${i > 0 ? ', ' : ''}${word} (would be number ${formatCount(rank)})`)}.`
        : nothing
    }`;
  }

  /** The score of one word as what it is: three dot products. */
  #apart(model: AnalogyModel) {
    const row = model.inspected.value;
    const current = model.asked.answer.value;
    if (!row || !current) return html`<div class="apart"></div>`;
    const {
      answer: { terms, length, method },
      expression,
    } = current;
    const part = (index: number) => {
      const term = terms[index];
      return term
        ? html`<span class="part">${this.num(row.partials[index] ?? 0, `words/cosine[${term.word},${row.word}]`, { digits: 3, label: `cosine of ${term.word} and ${row.word}` })}<small>${term.word} · ${row.word}</small></span>`
        : nothing;
    };
    const indices = model.order.value;
    const byHand = model.roundedScore();
    if (method === 'mul') {
      const shifted = (index: number) => html`(1 + ${part(index)}) / 2`;
      const [over, under] = [indices.filter((i) => (terms[i]?.sign ?? 1) > 0), indices.filter((i) => (terms[i]?.sign ?? 1) < 0)];
      return html`<div class="apart"><span class="lead">Multiplied instead of added, for <b>${row.word}</b>: each cosine x, from −1 to 1, is first brought to 0 … 1 as (1 + x) / 2; the 0.001 keeps a division by 0 away. Such a score is no cosine and may be above 1.</span>
                ${over.map((i, k) => html`${k > 0 ? html`<span>×</span>` : nothing}<span>${shifted(i)}</span>`)}${under.map((i) => html`<span>÷</span><span>(${shifted(i)} + 0.001)</span>`)}
                <span>=</span>${this.num(row.score, model.scoreAddress(row.word), { digits: 3, label: `score of ${row.word}` })}</div>`;
    }
    return html`<div class="apart"><span class="lead">${terms.length === 1 ? 'One dot product makes' : `${['', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight'][terms.length]} dot products make`} the score of <b>${row.word}</b>:</span>
            <span>(</span>${indices.map((i) => html`${(terms[i]?.sign ?? 1) < 0 ? html`<span>−</span>` : i > 0 ? html`<span>+</span>` : nothing}${part(i)}`)}<span>)</span>
            <span>÷</span><span class="part">${this.num(length, `words/length[${expression}]`, { digits: 3, label: 'length of the sum' })}<small>length of the sum</small></span>
            <span>=</span>${this.num(row.score, `words/partials[${expression}|${row.word}]`, { digits: 3, label: `score of ${row.word} from its parts` })}
            ${byHand === null ? nothing : html`<small class="by-hand">From the rounded numbers as they stand here you get ${format(byHand, 3)}; the engine rounds only what it shows.</small>`}</div>`;
  }

  #twin(model: AnalogyModel) {
    const current = model.asked.answer.value;
    if (!current) return html`<details><summary>The same as a table</summary></details>`;
    const {
      answer: { terms },
    } = current;
    return html`<details><summary>The same as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Table of scores"><table>
            <thead><tr><th scope="col">place</th><th scope="col">word</th><th scope="col">score</th>${terms.map(({ word, sign }) => html`<th scope="col">cosine with ${word} (${sign < 0 ? '−' : '+'})</th>`)}</tr></thead>
            <tbody>${model.ranking.value.map(({ place, word, score, partials, wouldBe }) => html`<tr><td>${place ?? `left out (${wouldBe})`}</td><th scope="row">${word}</th><td>${this.num(score, model.scoreAddress(word), { digits: 4, open: false })}</td>${partials.map((value, i) => html`<td>${this.num(value, `words/cosine[${terms[i]?.word},${word}]`, { digits: 4, open: false })}</td>`)}</tr>`)}</tbody>
        </table></div></details>`;
  }
}

define('dot-analogy', DotAnalogy);
