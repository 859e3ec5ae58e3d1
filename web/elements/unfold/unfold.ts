// <dot-unfold>: where a number comes from, drawn; and where the numbers in it come from, as far down as they go.
//
// `source` is anything with explain(address). Without one the element makes its own: for `pair/…` from the attributes a and b,
// for `words/…` from the lab's word vectors.
import { signal } from '@preact/signals-core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { barsStyles } from '../../drawing/bars.ts';
import { pictureStyles } from '../../drawing/picture.ts';
import { stripStyles } from '../../drawing/strip.ts';
import { checkWords, type Explains, pairSource, type Step, UnfoldModel } from '../../models/unfold.ts';
import { unpackVector } from '../../models/url_state.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import type { OpenRequest } from '../number.ts';
import { body, type Open } from './kinds.ts';
import { picturesStyles } from './pictures.ts';
import { unfoldStyles } from './unfold.styles.ts';

export class DotUnfold extends DotElement<UnfoldModel> {
  static override readonly widgetAttributes = ['address', 'a', 'b'];
  static override properties = { source: { attribute: false } };
  static override styles = [DotElement.base, stripStyles, barsStyles, pictureStyles, unfoldStyles, picturesStyles];

  /** Whether the number that was just opened is still to be brought into sight. */
  #reveal = false;

  /** The square pointed at, where pictures are multiplied. */
  readonly #pointed = signal<number | null>(null);

  /** Where the numbers come from. */
  declare source: Explains | undefined;

  protected override create_model(): UnfoldModel {
    return new UnfoldModel(lab, this.source ?? this.#own(), this.attr('address', 'pair/dot'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#keys);
    if (this.#closable) void this.#focusHead();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#keys);
  }

  override attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    super.attributeChangedCallback(name, before, after);
    if (name === 'address' && before !== null && before !== after && this.#closable) void this.#focusHead();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    // A number inside an unfolding goes deeper here; it opens no second one.
    root.addEventListener(
      'dot-open',
      (event) => {
        event.stopImmediatePropagation();
        const { address, source } = (event as CustomEvent<OpenRequest>).detail;
        this.#go(address, source);
      },
      { capture: true },
    );
    return root;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('source') && this.source) this.model.rebase(this.source);
  }

  protected override view(model: UnfoldModel): TemplateResult {
    const trail = model.trail.value;
    const explanation = model.asked.answer.value;
    const failure = model.asked.failure.value;
    return html`<div class="unfold" part="unfold">
      <div class="top">
        ${trail.length > 1 ? html`<button type="button" class="quiet back" @click=${() => this.#back(trail.length - 2)}>Back</button>` : nothing}
        <ol class="trail" aria-label="The way here">${trail.map((step, i) => this.#crumb(step, i, trail.length))}</ol>
        ${this.#closable ? html`<button type="button" class="quiet close" @click=${this.#close}>Close</button>` : nothing}
      </div>
      <div class="head" tabindex="-1">${
        failure
          ? this.failed(failure, () => model.retry())
          : explanation
            ? body(explanation, this.#open(model), {
                order: model.order,
                width: this.width.value,
                pointed: this.#pointed,
                pair: model.pair(explanation),
              })
            : this.waiting('Asking the engine …')
      }</div>
      ${explanation && !failure ? this.#check(explanation) : nothing}
    </div>`;
  }

  #crumb(step: Step, index: number, count: number): TemplateResult {
    return index === count - 1
      ? html`<li aria-current="step">${step.label}</li>`
      : html`<li><button type="button" class="quiet" @click=${() => this.#back(index)}>${step.label}</button></li>`;
  }

  #check(explanation: Parameters<typeof checkWords>[0]): TemplateResult {
    const check = checkWords(explanation);
    return html`<p class="check">Engine <b>${check.engine}</b> · recomputed in double precision <b>${check.reference}</b> · ${
      check.difference === '0'
        ? 'the same to the last digit'
        : html`${check.difference} apart, where rounding to 32 bits on the way can make <span class="whole">up to ${check.bound}</span>`
    }${check.agrees ? nothing : html` · <strong>more than rounding explains: please report this</strong>`}</p>`;
  }

  /** How a number of the current explanation is drawn: as a button that goes deeper. */
  #open(_model: UnfoldModel): Open {
    return (value, address, options) => (address ? this.num(value, address, { ...options, open: false }) : html`${options?.text ?? value}`);
  }

  #go(address: string, source?: Explains): void {
    this.model.go(address, source);
    void this.#focusHead();
  }

  #back(index: number): void {
    this.model.back(index);
    void this.#focusHead();
  }

  #close = (): void => {
    this.dispatchEvent(new CustomEvent('dot-close', { bubbles: true, composed: true }));
  };

  #keys = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const depth = this.model.trail.peek().length;
    if (depth > 1) this.#back(depth - 2);
    else if (this.#closable) this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  async #focusHead(): Promise<void> {
    this.#reveal = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.head')?.focus({ preventScroll: true });
    this.#show();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#show();
  }

  /** Brings what was opened into sight, once it has its full height; no further than its own top. */
  #show(): void {
    if (!this.#reveal || !this.model.asked.answer.peek() || this.model.asked.pending.peek()) return;
    this.#reveal = false;
    const { top, bottom } = this.getBoundingClientRect();
    const margin = 24;
    const by = top < margin ? top - margin : Math.min(bottom + margin - innerHeight, top - margin);
    if (by > 0 || top < margin)
      window.scrollBy({ top: by, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth' });
  }

  get #closable(): boolean {
    return this.hasAttribute('closable');
  }

  #own(): Explains {
    if (this.attr('address').startsWith('words/')) {
      return { explain: async (address) => (await (await lab()).vectors('words')).explain(address) };
    }
    return pairSource(lab, unpackVector(this.attr('a')) ?? [], unpackVector(this.attr('b')) ?? []);
  }
}

define('dot-unfold', DotUnfold);

declare global {
  interface HTMLElementTagNameMap {
    'dot-unfold': DotUnfold;
  }
}
