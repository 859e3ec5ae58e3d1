// <dot-check>: one exercise. Its numbers come from the seed, its verdict from computation, its hints from the mistake that was made.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { CheckModel, itemText } from '../../models/check.ts';
import { checkOf } from '../../models/check_registry.ts';
import type { Value } from '../../models/check_spec.ts';
import type { Exercise } from '../../models/exercise.ts';
import { progressOf } from '../../models/progress.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import { actNearOrIdle } from '../visible.ts';
import { checkStyles } from './check.styles.ts';

export class DotCheck extends DotElement<CheckModel> {
  static override readonly widgetAttributes = ['lesson', 'seed'];
  static override styles = [DotElement.base, checkStyles];

  constructor() {
    super();
    // Drawn when the page has come to rest, wherever the reader is: then nothing grows when they get here.
    actNearOrIdle(this, () => void this.model.see(), '800px');
  }

  protected override create_model(): CheckModel {
    const lesson = this.attr('lesson');
    const progress = progressOf(lesson);
    return new CheckModel(
      () => checkOf(lesson, this.id),
      lab,
      () => this.seed(progress.seed),
      progress,
    );
  }

  protected override view(model: CheckModel): TemplateResult {
    const exercise = model.drawn.answer.value;
    const failure = model.drawn.failure.value;
    if (failure) return this.failed(failure, () => void model.see());
    if (!exercise) return html`<div class="prompt">${this.waiting('Drawing the numbers …')}</div>`;
    const done = progressOf(this.attr('lesson')).checks.value[this.id];
    const solved = model.grade.value?.verdict === 'right';
    // “Solved” beside a wrong answer would contradict it.
    const before = model.grade.value?.verdict === 'wrong' || model.turn.value > 0 ? ' before' : '';
    const state = done === 'right' ? `solved${solved ? '' : before}` : done === 'shown' ? 'answer seen' : '';
    return html`<form @submit=${(event: Event) => {
      event.preventDefault();
      void this.#submit(model);
    }}>
      <p class="number"><span>Numbers of seed <span class="tabular">${exercise.seed}</span></span><span>${state}</span></p>
      <div class="prompt" id="prompt">${unsafeHTML(exercise.prompt)}</div>
      <div class="answer ${exercise.spec.type === 'vector' ? `places ${model.typed.value.length > 6 ? 'many' : ''}` : ''}">${this.#field(model, exercise)}</div>
      ${model.solution.value ? nothing : this.#said(model)}
      ${model.hints.value.length ? html`<ol class="hints" aria-label="Hints">${model.hints.value.map((hint) => html`<li tabindex="-1">${unsafeHTML(hint)}</li>`)}</ol>` : nothing}
      ${this.#solution(model, solved)}
      ${model.solution.value ? this.#said(model) : nothing}
      <div class="acts">
        ${solved ? nothing : html`<button class="do">Check</button>`}
        ${!solved && !model.solution.value && model.hints.value.length < exercise.spec.hints.length ? html`<button type="button" class="quiet" @click=${() => void this.#tell(model.hint(), '.hints li:last-child')}>${model.hints.value.length ? 'Another hint' : 'A hint'}</button>` : nothing}
        ${model.solution.value ? nothing : html`<button type="button" class="quiet" @click=${() => void this.#tell(model.show(), '.solution')}>Show the answer</button>`}
        <button type="button" class=${solved ? 'do' : 'quiet'} @click=${() => void this.#another(model)}>Another one</button>
      </div>
    </form>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // The page keeps room for what is not drawn yet.
    this.toggleAttribute('drawn', this.model.drawn.answer.peek() !== null || this.model.drawn.failure.peek() !== null);
  }

  #field(model: CheckModel, exercise: Exercise): unknown {
    const { spec } = exercise;
    const typed = model.typed.value;
    const input = (
      place: number,
      label: string,
      css: string,
      numeric: boolean,
    ) => html`<input class=${css} type="text" inputmode=${numeric ? 'decimal' : 'text'} autocomplete="off" autocapitalize="off" spellcheck="false"
      aria-label=${label} aria-describedby="prompt" .value=${typed[place] ?? ''} @input=${(event: Event) => model.type(place, (event.target as HTMLInputElement).value)} />`;
    switch (spec.type) {
      case 'number':
        return html`${input(0, spec.unit ? `Your answer in ${spec.unit}` : 'Your answer', 'number-field', true)}${spec.unit ? html`<span class="unit">${spec.unit}</span>` : nothing}`;
      case 'word':
        return input(0, 'Your answer, a word', 'word', false);
      case 'vector':
        return html`<span aria-hidden="true">[</span>${(exercise.right as Value[]).map((_, i, { length }) => html`<span class="slot">${input(i, spec.labels?.[i] ?? `Place ${i + 1}`, 'place', true)}<span aria-hidden="true">${i + 1 < length ? ',' : ']'}</span></span>`)}`;
      case 'choice':
        return html`<fieldset class="options" aria-describedby="prompt">${exercise.shown.map(
          (index) =>
            html`<label><input type="radio" name="choice" value=${String(index)} .checked=${typed[0] === String(index)} @change=${() => model.type(0, String(index))} /><span>${unsafeHTML(exercise.texts[Number(index)] ?? '')}</span></label>`,
        )}</fieldset>`;
      case 'order':
        return this.#order(model, exercise, typed);
    }
  }

  #order(model: CheckModel, exercise: Exercise, typed: readonly string[]): TemplateResult {
    const move = (place: number, by: -1 | 1) => (event: Event) => {
      model.move(place, by);
      // The focus goes with the item.
      const button = event.currentTarget as HTMLButtonElement;
      void this.updateComplete.then(() => {
        const row = this.renderRoot.querySelectorAll('.order li')[place + by];
        (
          row?.querySelector<HTMLButtonElement>(`button[data-by="${by}"]:enabled`) ??
          row?.querySelector<HTMLButtonElement>('button:enabled') ??
          button
        ).focus();
      });
    };
    const last = typed.length - 1;
    return html`<ol class="order" aria-label=${exercise.spec.ascending ? 'From small to large' : 'From large to small'}>${typed.map(
      (index, place) => {
        const text = itemText(exercise, index);
        return html`<li><span class="rank tabular">${place + 1}</span><span class="item">${text}</span>
        <button type="button" data-by="-1" aria-label="Move ${text} up" ?disabled=${place === 0} @click=${move(place, -1)}>↑</button>
        <button type="button" data-by="1" aria-label="Move ${text} down" ?disabled=${place === last} @click=${move(place, 1)}>↓</button></li>`;
      },
    )}</ol>`;
  }

  #said(model: CheckModel): unknown {
    const grade = model.grade.value;
    if (!grade || grade.verdict === 'right') return nothing;
    if (grade.verdict === 'refused') return html`<div class="said"><p>${grade.message}</p></div>`;
    return html`<div class="said wrong"><strong>Not that.</strong> ${grade.hint ? unsafeHTML(grade.hint) : html`<p>Look again, take a hint, or see the answer.</p>`}</div>`;
  }

  #solution(model: CheckModel, solved: boolean): unknown {
    const solution = model.solution.value;
    if (!solution) return nothing;
    return html`<div class="solution ${solved ? 'said right' : 'said'}" tabindex="-1"><strong>${solved ? 'Right.' : html`The answer: ${unsafeHTML(solution.right)}`}</strong> ${unsafeHTML(solution.explanation)}</div>`;
  }

  /** A right answer takes its button away, and the focus moves to what is said about it. A wrong one leaves it where it is. */
  async #submit(model: CheckModel): Promise<void> {
    await model.submit();
    if (model.grade.peek()?.verdict === 'right') await this.#tell(Promise.resolve(), '.solution');
  }

  /** Moves the focus to what was asked for, when it is there. */
  async #tell(asked: Promise<void>, where: string): Promise<void> {
    await asked;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(where)?.focus({ preventScroll: true });
  }

  async #another(model: CheckModel): Promise<void> {
    await model.another();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.answer input, .answer button')?.focus();
  }
}

define('dot-check', DotCheck);

declare global {
  interface HTMLElementTagNameMap {
    'dot-check': DotCheck;
  }
}
