// <dot-progress>: how many of a lesson's checks are solved on this device, how many answers were seen, and a way to begin again.
import { computed, signal } from '@preact/signals-core';
import { css, html, nothing, type TemplateResult } from 'lit';
import { checksOf } from '../../models/check_registry.ts';
import { Asked, type WidgetModel } from '../../models/model.ts';
import { countDone, progressOf } from '../../models/progress.ts';
import { writeState } from '../../models/url_state.ts';
import { DotElement, define } from '../base.ts';
import { actNearOrIdle } from '../visible.ts';

class ProgressModel implements WidgetModel {
  readonly ids = new Asked<string[]>();
  readonly lesson: string;

  constructor(lesson: string) {
    this.lesson = lesson;
  }

  /** Of the checks that the lesson has now; before they are loaded, of those that were done. */
  readonly counts = computed(() => {
    const { value } = progressOf(this.lesson).checks;
    return countDone(value, this.ids.answer.value ?? Object.keys(value));
  });

  readonly spoken = signal('');

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
      div { display: flex; flex-wrap: wrap; align-items: center; gap: 0 16px; min-height: 44px; color: var(--soft, #5b5d64); font-size: .8rem; font-feature-settings: "tnum"; }
      p { margin: 0; }
      p i { display: inline-block; width: 10px; height: 10px; margin-right: 5px; border: 1.5px solid var(--edge, #85837b); border-radius: 50%; }
      .solved i { background: var(--touch, #0b7365); border-color: var(--touch, #0b7365); }
      .shown i { background: linear-gradient(90deg, var(--edge, #85837b) 50%, transparent 50%); }
      @media print { :host { display: none; } }
    `,
  ];

  override get stateKey(): string {
    return '';
  }

  constructor() {
    super();
    actNearOrIdle(this, () => void this.model.load());
  }

  protected override create_model(): ProgressModel {
    return new ProgressModel(this.attr('lesson'));
  }

  protected override frame(content: unknown): unknown {
    return content;
  }

  protected override view(model: ProgressModel): TemplateResult {
    if (!model.ids.answer.value) return html`<div></div>`;
    const { solved, shown, open } = model.counts.value;
    const part = (kind: string, count: number, words: string) => html`<p class=${kind}><i aria-hidden="true"></i>${count} ${words}</p>`;
    return html`<div>${part('solved', solved, 'solved')}
      ${shown > 0 ? part('shown', shown, shown === 1 ? 'answer seen' : 'answers seen') : nothing}
      ${open > 0 ? part('open', open, 'to do') : nothing}
      ${solved + shown > 0 ? html`<button type="button" class="quiet" @click=${this.#again}>Begin this lesson again</button>` : nothing}</div>`;
  }

  /** Forgets what is kept, takes the lesson's state out of the address, and shows the page from its top, as at first. */
  readonly #again = () => {
    progressOf(this.model.lesson).reset();
    for (const element of document.querySelectorAll<HTMLElement>('[id]'))
      if (element.localName.startsWith('dot-')) writeState(element.id, null);
    history.replaceState({ begin: true }, '', location.pathname + location.search);
    scrollTo(0, 0);
    location.reload();
  };
}

define('dot-progress', DotProgress);

declare global {
  interface HTMLElementTagNameMap {
    'dot-progress': DotProgress;
  }
}
