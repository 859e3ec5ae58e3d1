// What every element of the lab does: it makes its model from its attributes, takes over the state that the address holds,
// draws again when a signal that it drew from changes, writes the state back, speaks the model's sentence, shows a failure in
// words, and unfolds the number that a reader selects. An element says only `create_model` and `view`.
import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../drawing/format.ts';
import { asFailure, type Failure, type WidgetModel } from '../models/model.ts';
import { openTrail, packOpen } from '../models/unfold_trail.ts';
import { readSeed, readState, withState, writeState } from '../models/url_state.ts';
import { baseStyles } from './base.styles.ts';
import { type Explains, type NumberOptions, number, numberStyles, type OpenRequest } from './number.ts';

export { baseStyles, numberStyles };

/** Waits that keep an address or a voice from being flooded while a reader drags, in milliseconds. */
const writeAfter = 250;
const speakAfter = 500;

export abstract class DotElement<M extends WidgetModel = WidgetModel> extends LitElement {
  /** The attributes that make up the starting state; a change of one starts the widget afresh. */
  static readonly widgetAttributes: readonly string[] = [];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...this.widgetAttributes, 'title'];
  }

  /** Base styles, then the element's own: `static styles = [DotElement.base, …]`. */
  static readonly base = [baseStyles, numberStyles];

  /** Width of the element in CSS pixels. Reading it in `view` draws again when it changes. */
  protected readonly width: Signal<number> = signal(640);
  /** The number whose unfolding is open, if one is. */
  protected readonly opened: Signal<OpenRequest | null> = signal<OpenRequest | null>(null);
  /** The one sentence above the figure that says what to notice; the attribute `title`. */
  protected readonly caption: Signal<string> = signal('');

  #model: M | undefined;
  #initial = '';
  #followed: Pick<OpenRequest, 'address' | 'source'> | undefined;
  /** The trail of the open unfolding, as the address of the page keeps it beside the state. */
  readonly #trail: Signal<string> = signal('');
  /** Whether a link to this figure brought the reader here, and not a reload or the way back, which find the place by themselves. */
  #arrived = false;
  #said: Signal<string> = signal('');
  #stopDrawing: (() => void) | undefined;
  #stopFollowing: (() => void)[] = [];
  #resize: ResizeObserver | undefined;

  /** Makes the model from the attributes, without the address. Called once, and again when an attribute changes. */
  protected abstract create_model(): M;
  /** Draws the model. Reads signals; changes nothing. */
  protected abstract view(model: M): unknown;

  /** The widget's state and questions. */
  get model(): M {
    this.#model ??= this.#start();
    return this.#model;
  }

  /** Name of the query parameter that holds the state; empty: the state is not kept. */
  get stateKey(): string {
    return this.id || this.getAttribute('name') || '';
  }

  /** Where this widget's numbers come from, for those drawn by `num` without a source of their own. */
  protected get origin(): Explains | undefined {
    return undefined;
  }

  /** Back to what the attributes say. */
  reset(): void {
    this.opened.value = null;
    this.model.from_state(this.#initial);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#reopen();
    this.#follow();
    if (typeof ResizeObserver !== 'undefined') {
      this.width.value = this.clientWidth || this.width.peek();
      this.#resize = new ResizeObserver(() => {
        if (this.clientWidth > 0) this.width.value = this.clientWidth;
      });
      this.#resize.observe(this);
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow();
    this.#stopDrawing?.();
    this.#resize?.disconnect();
  }

  override attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    super.attributeChangedCallback(name, before, after);
    if (name === 'title') {
      // The browser would show a title as a tooltip too; here it is the caption.
      if (after) {
        this.caption.value = after;
        this.removeAttribute('title');
      }
    } else if (this.#model && before !== after) {
      this.#unfollow();
      this.#model.dispose?.();
      this.#model = undefined;
      this.opened.value = null;
      if (this.isConnected) this.#follow();
      this.requestUpdate();
    }
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.addEventListener('dot-open', (event) => this.#open(event as CustomEvent<OpenRequest>));
    root.addEventListener('dot-close', (event) => this.#close(event));
    root.addEventListener('dot-trail', (event) => {
      event.stopPropagation();
      this.#trail.value = (event as CustomEvent<string>).detail;
    });
    return root;
  }

  protected override render(): unknown {
    this.#stopDrawing?.();
    let drawn: unknown;
    let first = true;
    this.#stopDrawing = effect(() => {
      if (!first) {
        this.requestUpdate();
        return;
      }
      first = false;
      this.#followed = undefined;
      try {
        drawn = this.frame(this.view(this.model));
      } catch (error) {
        console.error(error);
        drawn = this.failed(asFailure(error));
      }
    });
    return drawn;
  }

  /** What stands around the view: the caption, the unfolding below, the spoken sentence. An inline element overrides it. */
  protected frame(content: unknown): unknown {
    return html`<figure part="figure" aria-label=${this.caption.value || nothing}>
            ${this.caption.value ? html`<figcaption part="caption">${this.caption.value}</figcaption>` : nothing}
            ${content}${this.unfolding()}
            <p class="spoken" aria-live="polite">${this.#said.value}</p>
        </figure>`;
  }

  /** The open unfolding, or nothing. It follows its number: what that is drawn from now, else what it was opened with. */
  protected unfolding(): unknown {
    const request = this.opened.value;
    if (!request) return nothing;
    const { source, address } = this.#followed ?? request;
    const from = source ?? this.origin;
    const { begin } = request;
    // Words explain themselves; all other numbers wait for what they come from.
    if (!from && !address.startsWith('words/')) return this.waiting('The number opens here as soon as the figure is ready.');
    return html`<dot-unfold .source=${from} .begin=${begin} .arrive=${begin !== undefined && this.#arrived} .link=${this.stateKey ? this.#link : undefined} address=${address} closable></dot-unfold>`;
  }

  /** A number of this widget, as a button that unfolds it. */
  protected num(value: number, address: string, options: Partial<NumberOptions> = {}): TemplateResult {
    const key = options.key ?? address;
    const open = this.opened.value?.key === key;
    if (open) this.#followed = { address, source: options.source };
    return number(value, { open, ...options, address, key });
  }

  /** A failure in words, with a way on. */
  protected failed(failure: Failure, retry?: () => void): TemplateResult {
    return html`<div class="failure" role="alert"><p>${failure.message}${
      failure.detail && !failure.message.includes(failure.detail) ? html` <small>${failure.detail}</small>` : nothing
    }</p>${retry ? html`<button type="button" class="quiet" @click=${retry}>Try again</button>` : nothing}</div>`;
  }

  /** What stands in a figure's place until its first answer comes: the same height, in words; bytes where they are known. */
  protected waiting(words: string, loaded?: { bytes: number; total: number }): TemplateResult {
    const share =
      loaded && loaded.total > 0
        ? ` ${formatCount(Math.round(loaded.bytes / 1024))} of ${formatCount(Math.round(loaded.total / 1024))} KB`
        : '';
    return html`<p class="waiting" role="status">${words}${share}</p>`;
  }

  /** An attribute's text, or the fallback. */
  protected attr(name: string, fallback = ''): string {
    return this.getAttribute(name) ?? fallback;
  }

  /** The seed: the attribute's, else the page's. */
  protected seed(fallback = 1): number {
    const own = this.getAttribute('seed');
    return own !== null && own.trim() !== '' && Number.isInteger(Number(own)) ? Number(own) : readSeed(fallback);
  }

  #start(): M {
    const model = this.create_model();
    this.#initial = model.to_state();
    const state = readState(this.stateKey);
    if (state !== null) model.from_state(state);
    return model;
  }

  #follow(): void {
    const model = this.model;
    this.#stopFollowing = [
      later(
        () => model.to_state(),
        writeAfter,
        (state) => writeState(this.stateKey, state === this.#initial ? null : state),
      ),
      later(
        () => this.#openState(),
        writeAfter,
        (state) => writeState(this.#trailKey, state),
      ),
      later(
        () => (model.spoken as ReadonlySignal<string>).value,
        speakAfter,
        (words) => {
          this.#said.value = words;
        },
      ),
    ];
  }

  get #trailKey(): string {
    return this.stateKey && `${this.stateKey}.trail`;
  }

  /** Opens the number, and the trail below it, that the address of the page holds. */
  #reopen(): void {
    const kept = openTrail(readState(this.#trailKey) ?? '');
    if (!kept || this.opened.peek()) return;
    this.#trail.value = kept.trail;
    this.#arrived = this.id !== '' && location.hash === `#${this.id}` && visited();
    this.opened.value = { ...kept, begin: kept.trail, source: undefined, trigger: document.createElement('button') };
    void import('./unfold/unfold.ts');
  }

  /** The address of this page with the figure as it is, and the open trail. */
  readonly #link = (): string => {
    const state = withState(this.stateKey, this.model.to_state());
    const search = withState(this.#trailKey, this.#openState(), state);
    return `${location.origin}${location.pathname}${search}${this.id ? `#${this.id}` : ''}`;
  };

  #openState(): string | null {
    const request = this.opened.value;
    return request && packOpen(request.key, this.#trail.value);
  }

  #unfollow(): void {
    for (const stop of this.#stopFollowing) stop();
    this.#stopFollowing = [];
  }

  #open(event: CustomEvent<OpenRequest>): void {
    event.stopPropagation();
    const again = this.opened.peek()?.key === event.detail.key;
    this.#trail.value = event.detail.address;
    this.opened.value = again ? null : event.detail;
    if (!again) void import('./unfold/unfold.ts');
  }

  #close(event: Event): void {
    event.stopPropagation();
    const request = this.opened.peek();
    this.opened.value = null;
    if (!request) return;
    const again = this.renderRoot.querySelector<HTMLElement>(`[data-address="${CSS.escape(request.key)}"]`);
    (request.trigger.isConnected ? request.trigger : again)?.focus();
  }
}

/** Registers an element once; a page that loads two copies of the lab keeps the first. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

/** Whether the page was come to by a link or an address, and not by a reload or the way back. */
function visited(): boolean {
  const [entry] = performance.getEntriesByType?.('navigation') ?? [];
  return ((entry as PerformanceNavigationTiming | undefined)?.type ?? 'navigate') === 'navigate';
}

/** Calls `act` with what `read` gives, `wait` ms after it last changed; the first value counts as a change. Returns the stop. */
function later<T>(read: () => T, wait: number, act: (value: T) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const value = read();
    clearTimeout(timer);
    timer = setTimeout(() => act(value), wait);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

export { css, html, nothing };
