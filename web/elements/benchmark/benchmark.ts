// <dot-benchmark>: the whole analogy benchmark, run in this tab, with accuracy by relation as it comes in.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { formatCount } from '../../drawing/format.ts';
import type { AnalogyQuestion } from '../../engine/index.ts';
import { asExpression, BenchmarkModel, type Row, settingsText, tally } from '../../models/benchmark.ts';
import type { DotAnalogy } from '../analogy/analogy.ts';
import { DotElement, define } from '../base.ts';
import { loadingWords, relations, wordStyles, words } from '../words.ts';
import { benchmarkStyles } from './benchmark.styles.ts';

const steps = [1, 5, 20] as const;
/** Wrong answers that are listed at first. */
const fewWrong = 5;
/** CSS pixels: below, a relation's name stands above its bar. */
const narrow = 560;
/** Relations in our own lists, for the room they will take while they are not here yet. */
const usualRelations = 26;

export class DotBenchmark extends DotElement<BenchmarkModel> {
  static override readonly widgetAttributes = ['method', 'keep', 'step'];
  static override styles = [DotElement.base, wordStyles, benchmarkStyles];

  protected override create_model(): BenchmarkModel {
    const step = Number(this.attr('step', '1'));
    const model = new BenchmarkModel(words(), relations, {
      method: this.attr('method') === 'mul' ? 'mul' : 'add',
      keepQuestion: this.hasAttribute('keep'),
      step: Number.isInteger(step) && step >= 1 ? step : 1,
    });
    void model.prepare();
    return model;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.model.stop();
  }

  protected override view(model: BenchmarkModel): TemplateResult {
    const failure = model.failure.value;
    return html`${this.#switches(model)}${this.#go(model)}${failure ? this.failed(failure, () => void model.start()) : nothing}${this.#total(model)}${this.#results(model)}${this.#own(model)}`;
  }

  #switches(model: BenchmarkModel) {
    const radio = (value: 'add' | 'mul', label: string, name: string) =>
      html`<label><input type="radio" name="method" .checked=${model.method.value === value} @change=${() => model.set({ method: value })} />${label} <small>${name}</small></label>`;
    return html`<div class="controls">
            <label><input type="checkbox" .checked=${!model.keepQuestion.value} @change=${(event: Event) => model.set({ keepQuestion: !(event.target as HTMLInputElement).checked })} />leave the question words out</label>
            <span role="radiogroup" aria-label="How a score is made from the words’ cosines" class="controls soft" style="margin:0">cosines ${radio('add', 'added', '3CosAdd')}${radio('mul', 'multiplied', '3CosMul')}</span>
            <label>ask <select @change=${(event: Event) => model.set({ step: Number((event.target as HTMLSelectElement).value) })}>${[...new Set([...steps, model.step.value])].map((step) => html`<option value=${step} ?selected=${step === model.step.value}>${step === 1 ? 'all questions' : `every ${step}th question`}</option>`)}</select></label>
        </div>`;
  }

  #go(model: BenchmarkModel) {
    const { state, done, total } = model.run.value;
    const running = state === 'running';
    return html`<div class="go"><button type="button" class="do" @click=${() => (running ? model.stop() : void model.start())}>${running ? 'Stop' : `Ask ${formatCount(model.questions.value)} questions`}</button>
            <progress max=${Math.max(1, total)} .value=${done} aria-label="questions asked"></progress></div>`;
  }

  #total(model: BenchmarkModel) {
    const { state, seconds, scores, done, total } = model.run.value;
    const { correct, seen, skipped } = model.total.value;
    const earlier = model.before.value;
    const before = earlier ? tally(earlier.sections) : null;
    const then =
      earlier && before
        ? html`<br />Before, with ${settingsText(earlier)}: ${percent(before.correct / Math.max(1, before.seen))}, the mark on each bar.`
        : nothing;
    if (state === 'idle')
      return html`<div class="total"><strong class="old">${before ? percent(before.correct / Math.max(1, before.seen)) : percent(null)}</strong><p>${
        earlier
          ? html`Not asked yet with ${settingsText({ method: model.method.value, keepQuestion: model.keepQuestion.value })}. In grey: what came out before, with ${settingsText(earlier)}.`
          : html`${model.file.value ? `${model.file.value.name}: ` : ''}${formatCount(model.questions.value)} questions in ${model.sections.value.length} relations. Each is answered by comparing one sum with every word there is.`
      }</p></div>`;
    if (!model.words.vectors.value)
      return html`<div class="total"><strong>${percent(null)}</strong>${model.failure.value ? html`<p></p>` : loadingWords(model.words)}</div>`;
    return html`<div class="total"><strong>${percent(seen > 0 ? correct / seen : null)}</strong><p>${formatCount(correct)} of ${formatCount(seen)} right${skipped > 0 ? `, ${formatCount(skipped)} skipped for a word that is not in the vocabulary` : ''}.
            ${state === 'stopped' ? `Stopped after ${formatCount(done)} of ${formatCount(total)}. ` : ''}${seconds > 0 ? html`<span class="nowrap">${formatCount(scores)}</span> scores compared in <span class="nowrap">${seconds.toFixed(1)} s</span>, on this device.` : ''}${then}</p></div>`;
  }

  #results(model: BenchmarkModel) {
    const rows = model.rows.value;
    const opened = model.opened.value; // read here: what repeat reads while it draws is not followed
    const more = model.more.value;
    const slim = this.width.value < narrow;
    const any = rows.some(({ wrong }) => wrong.length > 0);
    const room = model.file.value ? 0 : usualRelations * (slim ? 73 : 41) + 29;
    return html`<p class="hint">${any ? 'Choose a relation to see its wrong answers.' : ''}</p>
            <div style=${`min-height:${room}px`}><table class=${`results ${slim ? 'slim' : ''}`}><colgroup>${slim ? nothing : html`<col class="says" />`}<col /><col class="share" /><col class="count" /></colgroup>
            <thead><tr>${slim ? html`<th scope="col">relation</th>` : html`<th scope="col">relation</th><th scope="col"><span class="spoken">as a bar</span></th>`}<th scope="col">right</th><th scope="col">of</th></tr></thead>
            ${repeat(
              rows,
              ({ name }) => name,
              (row) => this.#row(model, row, { open: row.name === opened && row.wrong.length > 0, more, slim }),
            )}</table></div>`;
  }

  #row(model: BenchmarkModel, row: Row, { open, more, slim }: { open: boolean; more: boolean; slim: boolean }) {
    const waits = model.run.peek().state === 'idle' && row.before !== null;
    const share = row.accuracy ?? (waits ? row.before : null);
    const name = html`<button type="button" class="row" ?disabled=${row.wrong.length === 0} aria-expanded=${open ? 'true' : 'false'} @click=${() => model.open(row.name)}><span>${row.says}</span></button>`;
    const numbers = html`<td><span class="bar"><i style=${`--share:${(share ?? 0).toFixed(4)}`}></i>${row.before === null ? nothing : html`<u style=${`--share:${row.before.toFixed(4)}`} title=${`before: ${percent(row.before)}`}></u>`}</span></td>
            <td class="share">${percent(share)}</td><td class="count">${row.seen > 0 ? `${formatCount(row.correct)} / ${formatCount(row.seen)}` : formatCount(row.questions)}</td>`;
    return html`<tbody class=${waits ? 'old' : ''}>${slim ? html`<tr class="name"><th scope="rowgroup" colspan="3">${name}</th></tr><tr>${numbers}</tr>` : html`<tr><th scope="row">${name}</th>${numbers}</tr>`}
            ${
              open
                ? html`<tr class="wrong"><td colspan=${slim ? 3 : 4}>Wrong answers; choose one to look at it in the figure above:<ul>${row.wrong.slice(0, more ? undefined : fewWrong).map(({ question, answer }) => html`<li>${this.#wrong(question, answer)}</li>`)}</ul>${
                    !more && row.wrong.length > fewWrong
                      ? html`<button type="button" class="quiet" @click=${() => (model.more.value = true)}>${row.wrong.length - fewWrong} more</button>`
                      : nothing
                  }</td></tr>`
                : nothing
            }</tbody>`;
  }

  #wrong(question: AnalogyQuestion, answer: string) {
    const [a, b, c, d] = question;
    return html`<button type="button" @click=${() => void this.#send(question)}>${c} − ${a} + ${b} = <b>${answer}</b>, not ${d}</button>`;
  }

  /** Shows a question in the page's `<dot-analogy>` (the one that `to` names, else the first); without one, in its own below. */
  async #send(question: AnalogyQuestion): Promise<void> {
    await import('../analogy/analogy.ts');
    const { expression, expected } = asExpression(question);
    const to = this.attr('to');
    let target = (to ? document.getElementById(to) : document.querySelector('dot-analogy')) as DotAnalogy | null;
    target ??= this.renderRoot.querySelector('dot-analogy') as DotAnalogy | null;
    if (!target) {
      target = document.createElement('dot-analogy') as DotAnalogy;
      target.setAttribute('presets', ',');
      this.renderRoot.append(target);
    }
    target.show(expression, expected);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    target.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
    await target.updateComplete;
    target.shadowRoot?.querySelector<HTMLElement>('input')?.focus({ preventScroll: true });
  }

  #own(model: BenchmarkModel) {
    const file = model.file.value;
    const failure = model.fileFailure.value;
    const over = (event: DragEvent, on: boolean) => {
      event.preventDefault();
      (event.currentTarget as HTMLElement).classList.toggle('over', on);
    };
    return html`<div class="own" @dragover=${(event: DragEvent) => over(event, true)} @dragleave=${(event: DragEvent) => over(event, false)} @drop=${(
      event: DragEvent,
    ) => {
      over(event, false);
      void this.#read(event.dataTransfer?.files[0]);
    }}>${
      file
        ? html`Asking ${file.name}. <button type="button" class="quiet" @click=${() => model.dropFile()}>Back to our lists</button>`
        : html`<label>A file of your own, such as word2vec’s <code>questions-words.txt</code>, dropped here or chosen. It stays on this device.<br /><input type="file" accept=".txt,text/plain" @change=${(
            event: Event,
          ) => {
            const field = event.target as HTMLInputElement;
            void this.#read(field.files?.[0]).then(() => (field.value = ''));
          }} /></label>`
    }${failure ? this.failed(failure) : nothing}</div>`;
  }

  async #read(file: File | undefined): Promise<void> {
    if (!file) return;
    if (file.size > 20_000_000)
      this.model.fileFailure.value = {
        code: 'bad-text',
        message: `${file.name} has ${formatCount(file.size)} bytes; question files have less than 20,000,000.`,
        detail: '',
      };
    else this.model.takeFile(file.name, await file.text());
  }
}

/** With a blank that does not break; a dash where nothing was asked. */
function percent(share: number | null): string {
  return share === null ? '–\u00a0%' : `${(100 * share).toFixed(1)}\u00a0%`;
}

define('dot-benchmark', DotBenchmark);
