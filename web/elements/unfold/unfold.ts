// <dot-unfold>: where a number comes from, drawn; and where the numbers in it come from, as far down as they go. One step at a time is
// drawn in full; the way to it stands above as a trail, to walk back on and to share as a link.
//
// `source` is anything with explain(address); words of its own (`naming`) take the place of the engine's. Without one the element makes
// its own: for `pair/…` from the attributes a and b, for `words/…` from the lab's word vectors. In a figure, DotElement keeps the trail
// in the page's address under `<id>.trail`, from the event `dot-trail`, and gives `begin` (a trail to follow at once) and `link`.
import { signal } from '@preact/signals-core';
import { html, type LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { barsStyles } from '../../drawing/bars.ts';
import { pictureStyles } from '../../drawing/picture.ts';
import { stripStyles } from '../../drawing/strip.ts';
import { type Explains, pairSource, UnfoldModel } from '../../models/unfold.ts';
import { checkWords, type Told } from '../../models/unfold_words.ts';
import { unpackVector, withState } from '../../models/url_state.ts';
import { DotElement, define } from '../base.ts';
import { hold } from '../hold.ts';
import { lab } from '../lab.ts';
import type { OpenRequest } from '../number.ts';
import { body } from './kinds.ts';
import { partsStyles } from './parts.ts';
import { picturesStyles } from './pictures.ts';
import type { Open } from './setting.ts';
import { crumbs, trailStyles, way } from './trail.ts';
import { unfoldStyles } from './unfold.styles.ts';

export class DotUnfold extends DotElement<UnfoldModel> {
  static override readonly widgetAttributes = ['address', 'a', 'b'];
  static override properties = {
    source: { attribute: false },
    begin: { attribute: false },
    link: { attribute: false },
    arrive: { attribute: false },
  };
  static override styles = [
    DotElement.base,
    stripStyles,
    barsStyles,
    pictureStyles,
    trailStyles,
    unfoldStyles,
    partsStyles,
    picturesStyles,
  ];

  /** Whether the number that was just opened is still to be brought into sight. */
  #reveal = false;
  /** Where the focus goes once an answer is here: to a step's heading, or to the number from which a reader comes back. */
  #focus: string | null = null;
  /** The trail that was last told. */
  #told = '';
  #begun = false;

  /** The square pointed at, where pictures are multiplied. */
  readonly #pointed = signal<number | null>(null);
  /** Whether all of a long trail is listed. */
  readonly #whole = signal(false);
  /** What became of the copying: '' before it, 'copied', or the link where it has to be copied by hand. */
  readonly #copied = signal('');

  /** Where the numbers come from. */
  declare source: Explains | undefined;
  /** A trail to follow at once, as `UnfoldModel.to_state` writes it. */
  declare begin: string | undefined;
  /** The address of the page with this trail. */
  declare link: (() => string) | undefined;
  /** Whether the reader came by a link to this trail: it is brought into sight when it is there. */
  declare arrive: boolean | undefined;

  protected override create_model(): UnfoldModel {
    const model = new UnfoldModel(lab, this.source ?? this.#own(), this.attr('address', 'pair/dot'));
    if (this.begin && !this.#begun) model.from_state(this.begin);
    this.#begun = true;
    return model;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#keys);
    if (this.#closable && (!this.begin || this.arrive)) this.#arriveAt('');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#keys);
  }

  override attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    super.attributeChangedCallback(name, before, after);
    if (name === 'address' && before !== null && before !== after && this.#closable) this.#arriveAt('');
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    // A number inside an unfolding goes deeper here; it opens no second one.
    root.addEventListener(
      'dot-open',
      (event) => {
        event.stopImmediatePropagation();
        const { address, source } = (event as CustomEvent<OpenRequest>).detail;
        this.model.go(address, source);
        this.#arriveAt('');
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
    const notice = model.notice.value;
    const options = {
      whole: this.#whole.value,
      width: this.width.value,
      toggle: () => {
        this.#whole.value = !this.#whole.peek();
      },
      back: (index: number) => this.#back(index),
    };
    return html`<div class="unfold" part="unfold">
      <div class="top">
        ${trail.length > 1 ? html`<button type="button" class="quiet back" @click=${() => this.#back(trail.length - 2)}>Back</button>` : nothing}
        <span class="acts">${this.#canShare ? html`<button type="button" class="quiet copy" @click=${() => void this.#copy()}>Copy link</button>` : nothing}
        ${this.#closable ? html`<button type="button" class="quiet close" @click=${this.#close}>Close</button>` : nothing}</span>
        ${crumbs(trail, options)}
      </div>
      ${this.#shared()}${way(trail, options)}
      ${notice ? html`<p class="notice" role="status">${notice}</p>` : nothing}
      <div class="head" tabindex="-1" role="group" aria-label=${explanation?.label ?? nothing}>${
        failure
          ? this.failed(failure, () => model.retry())
          : explanation
            ? body(explanation, this.#open, {
                order: model.order,
                through: model.through,
                width: this.width.value,
                pointed: this.#pointed,
                pair: model.pair(explanation),
              })
            : this.waiting('Asking the engine …')
      }</div>
      ${explanation && !failure ? this.#check(explanation) : nothing}
    </div>`;
  }

  #check(explanation: Told): TemplateResult {
    const check = checkWords(explanation);
    return html`<p class="check">Engine <b>${check.engine}</b> · recomputed in double precision <b>${check.reference}</b> · ${
      check.difference === '0'
        ? 'the same to the last digit'
        : html`${check.difference} apart, where rounding to 32 bits on the way can make <span class="whole">up to ${check.bound}</span>`
    }${check.agrees ? nothing : html` · <strong>more than rounding explains: please report this</strong>`}</p>`;
  }

  /** The copied link, or the link itself where the browser does not let a page copy. */
  #shared(): TemplateResult {
    const copied = this.#copied.value;
    return html`<div class="shared" role="status">${
      copied === 'copied'
        ? html`<p class="soft share">The link is copied: it opens this page with this sentence and this trail.</p>`
        : copied
          ? html`<label class="share">This browser does not let a page copy. Here is the link:<input type="text" readonly .value=${copied} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} /></label>`
          : nothing
    }</div>`;
  }

  /** How a number of the current explanation is drawn: as a button that goes deeper. */
  readonly #open: Open = (value, address, options) =>
    address ? this.num(value, address, { ...options, open: false }) : html`${options?.text ?? value}`;

  get #canShare(): boolean {
    return this.link !== undefined || this.stateKey !== '';
  }

  async #copy(): Promise<void> {
    const link = this.link?.() ?? linkTo(withState(this.stateKey, this.model.to_state()), this.id);
    try {
      await navigator.clipboard.writeText(link);
      this.#copied.value = 'copied';
    } catch {
      this.#copied.value = link;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLInputElement>('.share input')?.focus();
    }
  }

  #back(index: number): void {
    const below = this.model.trail.peek()[index + 1]?.address ?? '';
    this.model.back(index);
    this.#arriveAt(below);
  }

  #close = (): void => {
    this.dispatchEvent(new CustomEvent('dot-close', { bubbles: true, composed: true }));
  };

  #keys = (event: KeyboardEvent): void => {
    const typing = (event.composedPath()[0] as Element | undefined)?.matches?.('input, textarea, select') ?? false;
    if (event.defaultPrevented || (event.key !== 'Escape' && (event.key !== 'Backspace' || typing))) return;
    const depth = this.model.trail.peek().length;
    if (depth > 1) this.#back(depth - 2);
    else if (this.#closable && event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** A new step: its heading takes the focus, or the number at `address` from which the reader comes back; and it is brought into sight. */
  #arriveAt(address: string): void {
    this.#reveal = true;
    this.#focus = address;
    this.#copied.value = '';
    void this.updateComplete.then(() => this.#settle());
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#settle();
    const state = this.model.to_state();
    if (state === this.#told) return;
    this.#told = state;
    this.dispatchEvent(new CustomEvent<string>('dot-trail', { detail: state, bubbles: true, composed: true }));
  }

  #settle(): void {
    const here = this.model.asked.answer.peek() !== null && !this.model.asked.pending.peek();
    if (this.#focus !== null && (here || this.#focus === '')) {
      void this.#takeFocus(this.#focus);
      this.#focus = null;
    }
    if (this.#reveal && here) this.#show();
  }

  async #takeFocus(address: string): Promise<void> {
    const head = this.renderRoot.querySelector<HTMLElement>('.head');
    if (address) await this.renderRoot.querySelector<LitElement>('dot-places')?.updateComplete; // the number may stand in its list
    const number = address ? find(this.renderRoot, `[data-address="${CSS.escape(address)}"]`) : null;
    (number ?? head)?.focus({ preventScroll: true });
  }

  /** Brings what was opened into sight, once it has its full height; no further than its own top. */
  #show(): void {
    this.#reveal = false;
    const { top, bottom } = this.getBoundingClientRect();
    const margin = 24;
    if (this.arrive) {
      this.arrive = false;
      hold(this, margin);
      return;
    }
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

/** The page's address with another query, at the figure `id`. */
function linkTo(search: string, id: string): string {
  return `${location.origin}${location.pathname}${search}${id ? `#${id}` : ''}`;
}

/** The first that matches, within shadow roots too. */
function find(root: ParentNode, selector: string): HTMLElement | null {
  const own = root.querySelector<HTMLElement>(selector);
  if (own) return own;
  for (const element of root.querySelectorAll('*')) {
    const inside = element.shadowRoot && find(element.shadowRoot, selector);
    if (inside) return inside;
  }
  return null;
}

define('dot-unfold', DotUnfold);

declare global {
  interface HTMLElementTagNameMap {
    'dot-unfold': DotUnfold;
  }
}
