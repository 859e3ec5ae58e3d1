// <dot-predict>: the reader says first what will come out; then the guess and the engine's answer stand side by side.
import { html, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Question } from '../../models/ask.ts';
import { PredictModel, type PredictOptions } from '../../models/predict.ts';
import { progressOf } from '../../models/progress.ts';
import { asText } from '../../models/text.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import { actNear } from '../visible.ts';
import { predictStyles } from './predict.styles.ts';

export class DotPredict extends DotElement<PredictModel> {
  static override readonly widgetAttributes = [
    'kind',
    'ask',
    'a',
    'b',
    'min',
    'max',
    'step',
    'start',
    'digits',
    'near',
    'pick',
    'percent',
    'rank',
    'keep',
    'method',
    'text',
    'without',
  ];
  static override styles = [DotElement.base, predictStyles];

  /** The choices' own HTML, written by the build. */
  #labels: string[] = [];

  constructor() {
    super();
    actNear(this, () => this.model.see());
  }

  protected override create_model(): PredictModel {
    const items = [...this.querySelectorAll('[slot="choices"] > li')];
    this.#labels = items.map((item) => item.innerHTML);
    const number = (name: string, fallback: number) => (this.getAttribute(name)?.trim() ? Number(this.getAttribute(name)) : fallback);
    const [min, max] = [number('min', -1), number('max', 1)];
    const step = number('step', (max - min) / 100);
    const { lesson } = this;
    const options: PredictOptions = {
      kind: this.attr('kind', 'number') as PredictOptions['kind'],
      question: questionFrom((name) => this.getAttribute(name)),
      min,
      max,
      step,
      start: number('start', min + step * Math.round((max - min) / 2 / step)),
      digits: number('digits', Math.min(4, String(step).split('.')[1]?.length ?? 0)),
      percent: this.hasAttribute('percent'),
      near: number('near', 0.05),
      pick: (this.getAttribute('pick') as PredictOptions['pick']) ?? null,
      choices: items.map((item, i) => ({
        text: item.textContent?.trim() ?? this.#labels[i] ?? '',
        question: item.hasAttribute('data-ask') ? questionFrom((name) => item.getAttribute(`data-${name}`)) : null,
      })),
    };
    if (lesson && this.id)
      options.memory = { read: () => progressOf(lesson).guess(this.id), write: (guess) => progressOf(lesson).remember(this.id, guess) };
    return new PredictModel(lab, options);
  }

  /** In a lesson the guess is kept on the device: a link that is passed on leaves the guessing to whoever opens it. */
  override get stateKey(): string {
    return this.lesson ? '' : super.stateKey;
  }

  /** The lesson whose progress remembers the guess; the page says it on its body. */
  get lesson(): string {
    return this.closest<HTMLElement>('[data-lesson]')?.dataset.lesson ?? '';
  }

  protected override view(model: PredictModel): TemplateResult {
    const shown = model.guess.value !== null && model.asked.answer.value !== null;
    const after = this.querySelector<HTMLElement>('[slot="after"]');
    if (after) after.hidden = !shown;
    const failure = model.asked.failure.value;
    return html`<slot name="question"></slot>
      <div class="guessing" role="group" aria-label="Your guess">${model.options.kind === 'number' ? this.#slider(model) : this.#choices(model)}</div>
      ${failure ? this.failed(failure, () => void model.ask()) : nothing}
      <slot name="after"></slot>`;
  }

  #slider(model: PredictModel): TemplateResult {
    const { min, max, step, start, digits } = model.options;
    const outcome = model.asked.answer.value;
    const guess = model.guess.value;
    const placed = model.placed.value;
    const text = placed === null ? 'no guess yet' : asText(placed, digits, true);
    const place = (event: Event) => {
      model.placed.value = Number((event.target as HTMLInputElement).value);
    };
    const percent = (value: number) => `${Math.min(100, Math.max(0, ((value - min) / (max - min)) * 100))}%`;
    const middle =
      guess !== null && outcome
        ? html`<div class="line" aria-hidden="true"><i class="between" style="left:${percent(Math.min(guess, Number(outcome.value)))};width:calc(${percent(Math.max(guess, Number(outcome.value)))} - ${percent(Math.min(guess, Number(outcome.value)))})"></i>
            <i class="answer" style="left:${percent(Number(outcome.value))}"></i><i class="guess" style="left:${percent(guess)}"></i></div>`
        : html`<input type="range" class=${placed === null ? 'unplaced' : ''} min=${min} max=${max} step=${step} .value=${String(placed ?? start)} aria-label="Your guess" aria-valuetext=${text} ?disabled=${guess !== null}
            @input=${place} @click=${place} />`;
    return html`<div class="slider"><span>${asText(min)}</span>${middle}<span>${asText(max)}</span></div>
      <div class="row">${
        guess === null
          ? html`<button type="button" class="do tabular" ?disabled=${placed === null} @click=${() => placed !== null && this.#make(model, placed)}>${placed === null ? 'Guess: press the line' : `I say ${text}`}</button>`
          : outcome
            ? html`<p class="said tabular" tabindex="-1">You said <strong>${model.guessed.value}</strong>. The engine says <strong>${this.#answer(model, Number(outcome.value), this.#fine(model))}</strong>.</p>${this.#again(model)}`
            : html`<p class="said">Asking the engine …</p>`
      }</div>`;
  }

  #choices(model: PredictModel): TemplateResult {
    const outcome = model.asked.answer.value;
    const guess = model.guess.value;
    const sign = model.options.kind === 'sign';
    const label = (i: number) => (sign ? model.texts[i] : unsafeHTML(this.#labels[i] ?? ''));
    return html`<ul class="choices ${sign ? 'signs' : ''}">${model.texts.map((_, i) => {
      if (guess === null)
        return html`<li><button type="button" @click=${() => this.#make(model, i)}><span class="mark"></span><span class="text">${label(i)}</span></button></li>`;
      const right = outcome?.right === i;
      const own = outcome?.answers[i];
      const says = [guess === i ? 'your guess' : '', right ? 'the engine’s answer' : ''].filter(Boolean).join(', ');
      return html`<li class="done ${guess === i ? 'guessed' : ''} ${right ? 'right' : ''}"><span class="mark"></span><span class="text">${label(i)}</span>${says ? html` <small>${says}</small>` : nothing}${
        own === undefined
          ? nothing
          : html`<span class="own tabular">${this.num(Number(own.value), own.address, { source: own.source, digits: this.#fine(model) })}</span>`
      }</li>`;
    })}</ul>
    <div class="row">${
      guess === null
        ? nothing
        : outcome
          ? html`<p class="said" tabindex="-1">${outcome.right === guess ? 'Right.' : outcome.right < 0 ? 'None of these.' : 'Not so.'} ${
              model.options.pick
                ? nothing
                : html`The engine says <strong>${typeof outcome.value === 'number' ? this.#answer(model, outcome.value, this.#fine(model)) : this.#answer(model, outcome.value)}</strong>.`
            }</p>${this.#again(model)}`
          : html`<p class="said">Asking the engine …</p>`
    }</div>`;
  }

  /** Makes the guess. What was pressed goes away, so the focus moves on to what the engine says. */
  async #make(model: PredictModel, guess: number): Promise<void> {
    await model.make(guess);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.said')?.focus({ preventScroll: true });
  }

  /** The engine's answer, to be opened where it unfolds. */
  #answer(model: PredictModel, value: number | string, digits = 2): unknown {
    const answer = model.asked.answer.value?.answer;
    const text = typeof value === 'string' ? value : asText(value, digits, true);
    return answer?.address
      ? this.num(typeof value === 'number' ? value : 0, answer.address, {
          source: answer.source,
          digits,
          text,
          label: typeof value === 'string' ? value : undefined,
        })
      : text;
  }

  /** One decimal more than can be guessed. */
  #fine({ options }: PredictModel): number {
    if (this.hasAttribute('digits')) return options.digits;
    return options.kind === 'number' ? Math.min(4, options.digits + 1) : 2;
  }

  #again(model: PredictModel): TemplateResult {
    return html`<button type="button" class="quiet" @click=${() => {
      this.opened.value = null;
      model.clear();
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.guessing input, .guessing button')?.focus());
    }}>Guess again</button>`;
  }
}

function questionFrom(read: (name: string) => string | null): Question {
  return {
    ask: read('ask') ?? '',
    a: read('a') ?? undefined,
    b: read('b') ?? undefined,
    rank: read('rank') ?? undefined,
    method: read('method') ?? undefined,
    keep: read('keep') !== null,
    text: read('text') ?? undefined,
    without: read('without') ?? undefined,
  };
}

define('dot-predict', DotPredict);

declare global {
  interface HTMLElementTagNameMap {
    'dot-predict': DotPredict;
  }
}
