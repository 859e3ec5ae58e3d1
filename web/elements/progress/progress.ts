// <dot-progress>: how many of a lesson's checks are done on this device, and a way to begin again.
import { computed } from '@preact/signals-core';
import { css, html, nothing, type TemplateResult } from 'lit';
import { checksOf } from '../../models/check_registry.ts';
import { Asked, type WidgetModel } from '../../models/model.ts';
import { progressOf } from '../../models/progress.ts';
import { writeState } from '../../models/url_state.ts';
import { DotElement, define } from '../base.ts';
import { whenNear } from '../visible.ts';

class ProgressModel implements WidgetModel {
  readonly ids = new Asked<string[]>();
  readonly lesson: string;

  constructor(lesson: string) {
    this.lesson = lesson;
  }

  /** Checks done, of those that the lesson has now. */
  readonly done = computed(() => {
    const { value } = progressOf(this.lesson).checks;
    return (this.ids.answer.value ?? Object.keys(value)).filter((id) => value[id]).length;
  });

  readonly spoken = computed(() => '');

  load(): Promise<void> {
    return this.ids.ask(async () => (await checksOf(this.lesson)).checks.map((check) => check.id));
  }

  to_state(): string {
    return '';
  }
  from_state(): void {}
}

export class DotProgress extends DotElement<ProgressModel> {
  static override readonly widgetAttributes = ['lesson'];
  static override styles = [
    DotElement.base,
    css`
      p { display: flex; flex-wrap: wrap; align-items: center; gap: 0 16px; min-height: 44px; margin: 0; color: var(--soft, #5b5d64); font-size: .8rem; }
      .marks { display: inline-flex; gap: 5px; }
      .marks i { width: 10px; height: 10px; border: 1.5px solid var(--edge, #85837b); border-radius: 50%; }
      .marks .right { background: var(--touch, #0b7365); border-color: var(--touch, #0b7365); }
      .marks .shown { background: linear-gradient(90deg, var(--edge, #85837b) 50%, transparent 50%); }
      @media print { :host { display: none; } }
    `,
  ];

  override get stateKey(): string {
    return '';
  }

  protected override create_model(): ProgressModel {
    return new ProgressModel(this.attr('lesson'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    whenNear(this, () => void this.model.load());
  }

  protected override frame(content: unknown): unknown {
    return content;
  }

  protected override view(model: ProgressModel): TemplateResult {
    const progress = progressOf(model.lesson);
    const ids = model.ids.answer.value ?? [];
    const done = model.done.value;
    return html`<p><span class="marks" aria-hidden="true">${ids.map((id) => html`<i class=${progress.checks.value[id] ?? ''}></i>`)}</span>
      <span>${ids.length ? `${done} of ${ids.length} done` : nothing}</span>
      ${done > 0 ? html`<button type="button" class="quiet" @click=${this.#again}>Begin this lesson again</button>` : nothing}</p>`;
  }

  /** Forgets what is kept, takes the lesson's state out of the address, and shows the page as at first. */
  readonly #again = () => {
    progressOf(this.model.lesson).reset();
    for (const element of document.querySelectorAll<HTMLElement>('[id]'))
      if (element.localName.startsWith('dot-')) writeState(element.id, null);
    location.reload();
  };
}

define('dot-progress', DotProgress);

declare global {
  interface HTMLElementTagNameMap {
    'dot-progress': DotProgress;
  }
}
