// <dot-analogy>: king − man + woman, with the ranked answers; each score comes apart into its dot products.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { formatCount } from '../../drawing/format.ts';
import { AnalogyModel, expectationText, expressionWords, mostTerms, parseExpression, type RankedWord } from '../../models/analogy.ts';
import { DotElement, define } from '../base.ts';
import { words } from '../words.ts';
import { analogyStyles } from './analogy.styles.ts';
import { wordField, wordFieldStyles } from './word_field.ts';

const standardPresets = 'king-man+woman, paris-france+italy, walking-walk+swim, bigger-big+small, brother-man+woman, cold-hot+good';

export class DotAnalogy extends DotElement<AnalogyModel> {
  static override readonly widgetAttributes = ['expression', 'keep', 'method', 'expected', 'count', 'presets'];
  static override styles = [DotElement.base, wordFieldStyles, analogyStyles];

  protected override create_model(): AnalogyModel {
    const count = Number(this.attr('count', '8'));
    return new AnalogyModel(words(), {
      expression: this.attr('expression', 'king-man+woman'),
      keepQuestion: this.hasAttribute('keep'),
      method: this.attr('method') === 'mul' ? 'mul' : 'add',
      expected: this.attr('expected'),
      count: Number.isInteger(count) && count > 0 && count <= 50 ? count : 8,
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
    return html`${this.#equation(model)}${this.#controls(model)}${this.#presets()}${this.#trouble(model)}${this.#ranking(model)}${this.#apart(model)}${this.#twin(model)}`;
  }

  #equation(model: AnalogyModel) {
    const terms = model.terms.value;
    const first = model.ranking.value.find(({ place }) => place === 1);
    return html`<div class="equation" role="group" aria-label="The sum of words">
            ${terms.map(
              ({ sign, word }, index) =>
                html`<span class="term">${
                  index === 0 && sign > 0
                    ? nothing
                    : html`<button type="button" class="sign" aria-label=${`${sign < 0 ? 'minus' : 'plus'} ${word}: change the sign`} @click=${() => model.flip(index)}>${sign < 0 ? '−' : '+'}</button>`
                }${wordField({ name: `term-${index}`, label: `word ${index + 1} of ${terms.length}, ${sign < 0 ? 'taken away' : 'added'}`, value: word, source: model.source, invalid: index === model.unknown.value, onWord: (next) => model.setWord(index, next) })}${
                  terms.length > 1
                    ? html`<button type="button" class="drop" aria-label=${`remove ${word || 'the empty word'}`} @click=${() => model.remove(index)}>×</button>`
                    : nothing
                }</span>`,
            )}
            ${terms.length < mostTerms ? html`<span class="term">${wordField({ name: 'more', label: 'one more word, added', value: '', source: model.source, placeholder: '+ word', clear: true, onWord: (word) => model.add(word) })}</span>` : nothing}
            <output class="gives">${first?.word ?? '…'}</output>
        </div>`;
  }

  #controls(model: AnalogyModel) {
    const method = (value: 'add' | 'mul', label: string) =>
      html`<label><input type="radio" name="method" .checked=${model.method.value === value} @change=${() => (model.method.value = value)} />${label}</label>`;
    return html`<div class="controls">
            <label><input type="checkbox" .checked=${!model.keepQuestion.value} @change=${(event: Event) => (model.keepQuestion.value = !(event.target as HTMLInputElement).checked)} />leave the question words out</label>
            <span class="switch" role="radiogroup" aria-label="How answers are scored">${method('add', '3CosAdd')}${method('mul', '3CosMul')}</span>
            <label>expected ${wordField({ name: 'expected', label: 'the word that you expect', value: model.expected.value, source: model.source, placeholder: 'a word', onWord: (word) => model.setExpected(word) })}</label>
            <button type="button" class="quiet" @click=${() => this.reset()}>Reset</button>
        </div>`;
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

  /** What stands in the way of an answer: a word that is not known, with spellings to take instead; a failed download. */
  #trouble(model: AnalogyModel) {
    const failure = model.asked.failure.value;
    if (!failure) return nothing;
    const spellings =
      failure.code === 'unknown-word'
        ? failure.detail
            .split(',')
            .map((word) => word.trim())
            .filter(Boolean)
        : [];
    const at = model.unknown.value;
    if (spellings.length === 0 || at < 0) return this.failed(failure, () => void model.ask());
    return html`<div class="failure" role="alert"><p>${failure.message}</p><p class="suggest">${spellings.map((word) => html`<button type="button" class="quiet" @click=${() => model.setWord(at, word)}>${word}</button>`)}</p></div>`;
  }

  #ranking(model: AnalogyModel) {
    const rows = model.ranking.value;
    // Room for the list with all question words in it, so that nothing below moves when they come and go.
    const height = (model.count + model.terms.value.length) * 41;
    if (rows.length === 0) {
      const { bytes, total } = model.source.loaded.value;
      return html`<div style=${`min-height:${height}px`}>${model.asked.failure.value ? nothing : this.waiting('The word vectors are on their way:', { bytes, total })}</div>`;
    }
    const most = Math.max(1, ...rows.map(({ score }) => score));
    const inspected = model.inspected.value?.word;
    return html`<div style=${`min-height:${height}px`}><ol class="ranking" aria-label="Nearest words">${repeat(
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
            <span class="bar" style=${`--share:${Math.max(0, score / most).toFixed(4)}`}>${place === null ? html`<small>left out; would be number ${wouldBe}</small>` : html`<i></i>`}</span>
            <span class="score">${this.num(score, model.scoreAddress(word), { digits: 3, label: `score of ${word}` })}</span>
        </li>`;
  }

  #below(model: AnalogyModel) {
    const below = model.leftOutBelow.value;
    const expectation = model.expectation.value;
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
    if (method === 'mul') {
      const shifted = (index: number) => html`(1 + ${part(index)}) / 2`;
      const [over, under] = [indices.filter((i) => (terms[i]?.sign ?? 1) > 0), indices.filter((i) => (terms[i]?.sign ?? 1) < 0)];
      return html`<div class="apart"><span class="lead">3CosMul multiplies what 3CosAdd adds. For <b>${row.word}</b>:</span>
                ${over.map((i, k) => html`${k > 0 ? html`<span>×</span>` : nothing}<span>${shifted(i)}</span>`)}${under.map((i) => html`<span>÷</span><span>(${shifted(i)} + 0.001)</span>`)}
                <span>=</span>${this.num(row.score, model.scoreAddress(row.word), { digits: 3, label: `score of ${row.word}` })}</div>`;
    }
    return html`<div class="apart"><span class="lead">${terms.length === 1 ? 'One dot product makes' : `${['', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight'][terms.length]} dot products make`} the score of <b>${row.word}</b>:</span>
            <span>(</span>${indices.map((i) => html`${(terms[i]?.sign ?? 1) < 0 ? html`<span>−</span>` : i > 0 ? html`<span>+</span>` : nothing}${part(i)}`)}<span>)</span>
            <span>÷</span><span class="part">${this.num(length, `words/length[${expression}]`, { digits: 3, label: 'length of the sum' })}<small>length of the sum</small></span>
            <span>=</span>${this.num(row.score, `words/partials[${expression}|${row.word}]`, { digits: 3, label: `score of ${row.word} from its parts` })}</div>`;
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
