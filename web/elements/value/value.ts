// <dot-value>: a number inside a sentence. The sentence is never moved: what is unfolded stands below its paragraph.
import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { ValueModel } from '../../models/value.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import type { OpenRequest } from '../number.ts';
import { actNear } from '../visible.ts';

/** The block that a sentence belongs to, and whether an unfolding goes behind it or to its end. */
const behind = 'p, blockquote, h2, h3, h4, table';
const within = 'li, dd, figcaption';

export class DotValue extends DotElement<ValueModel> {
  static override readonly widgetAttributes = ['ask', 'a', 'b', 'digits', 'percent', 'rank', 'keep', 'method', 'text', 'without'];
  static override styles = [
    DotElement.base,
    css`
      :host { display: inline; font: inherit; line-height: inherit; }
      .num, .plain { font-size: .92em; }
      /* One digit is a small thing to hit: the button reaches beyond it, a line high, without moving the words around it. */
      .num { min-width: 28px; padding: 3px 9px; margin: -3px -9px; background-clip: content-box; }
      .num:focus-visible { outline-offset: -3px; }
      .num::before { content: none; }
      .plain { font-family: var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; }
      .word { font-family: inherit; font-size: inherit; font-feature-settings: inherit; }
    `,
  ];

  #place: HTMLElement | undefined;

  /** A sentence keeps no state in the address. */
  override get stateKey(): string {
    return '';
  }

  constructor() {
    super();
    // The text stands already; the engine is asked when a reader comes near it.
    actNear(this, () => void this.model.ask());
  }

  protected override create_model(): ValueModel {
    const written = (this.textContent ?? '').trim();
    const decimals = /\.(\d+)$/.exec(written)?.[1]?.length ?? 0;
    return new ValueModel(lab, {
      question: {
        ask: this.attr('ask'),
        a: this.getAttribute('a') ?? undefined,
        b: this.getAttribute('b') ?? undefined,
        rank: this.getAttribute('rank') ?? undefined,
        method: this.getAttribute('method') ?? undefined,
        keep: this.hasAttribute('keep'),
        text: this.getAttribute('text') ?? undefined,
        without: this.getAttribute('without') ?? undefined,
      },
      digits: this.hasAttribute('digits') ? Number(this.getAttribute('digits')) : decimals,
      percent: this.hasAttribute('percent'),
      written,
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#place?.remove();
    this.#place = undefined;
  }

  /** The sentence alone: no figure around it. */
  protected override frame(content: unknown): unknown {
    void this.opened.value;
    return content;
  }

  protected override view(model: ValueModel): TemplateResult {
    const answer = model.asked.answer.value;
    const text = model.text.value;
    const word = Number.isNaN(Number(text.replace(/[−,\s\u202f]/g, '')));
    if (answer && answer.address === '') return html`<span class="plain ${word ? 'word' : ''}">${text}</span>`;
    const open = this.opened.value !== null;
    return html`<button type="button" class="num ${word ? 'word' : ''}" aria-expanded=${open ? 'true' : 'false'} aria-label="${text}. Unfold"
      @click=${this.#select}>${text}</button>`;
  }

  readonly #select = async (event: Event) => {
    const trigger = event.currentTarget as HTMLElement;
    await this.model.ask();
    const answer = this.model.asked.answer.peek();
    if (answer) {
      const detail: OpenRequest = { address: answer.address, source: answer.source, key: answer.address, trigger };
      trigger.dispatchEvent(new CustomEvent<OpenRequest>('dot-open', { detail, bubbles: true, composed: true }));
    } else this.#show(this.#failure());
  };

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const request = this.opened.peek();
    if (!request) {
      if (!this.#failed) this.#hide();
      return;
    }
    const unfold = document.createElement('dot-unfold') as HTMLElement & { source?: unknown };
    unfold.source = request.source;
    unfold.setAttribute('address', request.address);
    unfold.setAttribute('closable', '');
    this.#show(unfold);
  }

  #failed = false;

  /** Puts something below the paragraph; what another number of the paragraph had there gives way. */
  #show(content: HTMLElement): void {
    this.#hide();
    this.#failed = content.matches('.failure');
    const place = document.createElement('div');
    place.className = 'unfolded';
    place.append(content);
    place.addEventListener('dot-close', (event) => {
      event.stopPropagation();
      this.#close(true);
    });
    place.addEventListener('dot-give-way', () => this.#close(false));
    const block = this.closest<HTMLElement>(`${behind}, ${within}`) ?? this;
    const before = block.matches(within) ? block.lastElementChild : block.nextElementSibling;
    if (before?.matches('.unfolded')) before.dispatchEvent(new CustomEvent('dot-give-way'));
    if (block.matches(within)) block.append(place);
    else block.after(place);
    this.#place = place;
  }

  #hide(): void {
    this.#place?.remove();
    this.#place = undefined;
    this.#failed = false;
  }

  #close(focus: boolean): void {
    this.#hide();
    this.opened.value = null;
    if (focus) this.renderRoot.querySelector<HTMLElement>('button')?.focus();
  }

  #failure(): HTMLElement {
    const note = document.createElement('p');
    note.className = 'failure';
    note.setAttribute('role', 'alert');
    note.textContent = this.model.asked.failure.peek()?.message ?? 'The engine did not answer.';
    return note;
  }
}

define('dot-value', DotValue);

declare global {
  interface HTMLElementTagNameMap {
    'dot-value': DotValue;
  }
}
