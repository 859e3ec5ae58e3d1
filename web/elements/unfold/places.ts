// <dot-places>: a list of many places that draws only the rows in sight. One tab stop: the arrow keys walk from cell to cell,
// Page Up and Down by ten rows, Home and End to the ends; Enter opens the number. For use inside other elements.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { formatCount } from '../../drawing/format.ts';
import type { PlaceNames } from '../../models/naming.ts';
import { baseStyles } from '../base.styles.ts';
import { define } from '../base.ts';
import { numberStyles } from '../number.ts';

export interface PlacesColumn {
  name: string;
  role: 'a' | 'b' | 'product';
  /** What stands at place i (from 0): text, or a number's button. */
  cell: (i: number) => TemplateResult;
  /** How long the bar below it is, from −1 to 1. */
  bar?: (i: number) => number;
}

/** Height of a row and rows in sight, in CSS pixels and count. */
const tall = 36;
const inSight = 10;

export class DotPlaces extends LitElement {
  static override properties = {
    places: { attribute: false },
    columns: { attribute: false },
    names: { attribute: false },
    top: { state: true },
    row: { state: true },
    column: { state: true },
  };
  static override styles = [
    baseStyles,
    numberStyles,
    css`
      :host(.words) { --first: minmax(5rem, 1fr); }
      .list { overflow: auto; max-height: ${tall * inSight}px; position: relative; overscroll-behavior: contain; font-feature-settings: "tnum", "lnum"; font-size: .82rem; border-block: 1px solid var(--line, #d9d6cd); }
      .rows { position: relative; }
      .row { display: grid; grid-template-columns: var(--first, minmax(3.2rem, .6fr)) repeat(var(--count), minmax(0, 1fr)); align-items: center; height: ${tall}px; width: 100%; }
      .rows > .row { position: absolute; left: 0; }
      .row > span { text-align: right; padding-right: 12px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .head { color: var(--soft, #5b5d64); }
      @media (max-width: 40rem) { .row > span { padding-right: 6px; } .head > span:first-child { font-size: .72rem; padding-right: 0; overflow: visible; } }
      .place { color: var(--soft, #5b5d64); }
      .rows > .row > span { position: relative; align-self: stretch; align-content: center; }
      .size { position: absolute; inset: auto 12px 1px 0; height: 3px; }
      .size::before { content: ""; position: absolute; inset-block: 0; width: calc(50% * var(--h)); }
      .size.p::before { left: 50%; background: var(--pos, #c8590b); } .size.n::before { right: 50%; background: var(--neg, #1f62ad); }
    `,
  ];

  /** How many places there are, or which ones in which order. */
  declare places: number | readonly number[];
  declare columns: readonly PlacesColumn[];
  /** What the places are, and how each is called; by default numbers from 1. */
  declare names: PlaceNames | null;
  declare private top: number;
  declare private row: number;
  declare private column: number;

  constructor() {
    super();
    this.places = 0;
    this.columns = [];
    this.names = null;
    this.top = 0;
    this.row = 0;
    this.column = 0;
  }

  get #count(): number {
    return typeof this.places === 'number' ? this.places : this.places.length;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('places') && changed.get('places') !== undefined) {
      this.row = Math.min(this.row, Math.max(0, this.#count - 1));
      if (this.top > this.#count * tall) this.top = 0;
    }
  }

  protected override render(): TemplateResult {
    const first = Math.max(0, Math.floor(this.top / tall) - 4);
    const last = Math.min(this.#count, first + inSight + 8);
    const shown = new Set(Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i));
    shown.add(this.row); // the row that holds the tab stop stays, wherever the list is scrolled
    const height = Math.min(this.#count, inSight) * tall;
    return html`<div role="grid" aria-label="Places" aria-rowcount=${this.#count + 1} style="--count:${this.columns.length}" @keydown=${this.#keys} @focusin=${this.#follow}>
      <div class="row head" role="row"><span role="columnheader">${this.names?.what ?? 'place'}</span>${this.columns.map((column) => html`<span role="columnheader" class=${column.role}>${column.name}</span>`)}</div>
      <div class="list" role="rowgroup" style="height:${height}px" tabindex="-1" @scroll=${(event: Event) => {
        this.top = (event.target as HTMLElement).scrollTop;
      }}><div class="rows" role="presentation" style="height:${this.#count * tall}px">${[...shown]
        .sort((i, j) => i - j)
        .filter((i) => i < this.#count)
        .map((i) => this.#row(i))}</div></div>
    </div>`;
  }

  #row(row: number): TemplateResult {
    const place = typeof this.places === 'number' ? row : (this.places[row] ?? 0);
    return html`<div class="row" role="row" aria-rowindex=${row + 2} style="top:${row * tall}px">
      <span role="rowheader" class="place">${this.names?.name(place) ?? formatCount(place + 1)}</span>${this.columns.map(
        (column, c) =>
          html`<span role="gridcell" data-at="${row},${c}" tabindex="-1">${column.cell(place)}${column.bar ? this.#bar(column.bar(place)) : nothing}</span>`,
      )}</div>`;
  }

  #bar(share: number): TemplateResult {
    return html`<i class="size ${share < 0 ? 'n' : 'p'}" style="--h:${Math.min(1, Math.abs(share)).toFixed(4)}" aria-hidden="true"></i>`;
  }

  protected override updated(): void {
    for (const cell of this.renderRoot.querySelectorAll<HTMLElement>('[data-at]')) {
      const target = cell.querySelector<HTMLElement>('button') ?? cell;
      target.tabIndex = cell.dataset.at === `${this.row},${this.column}` ? 0 : -1;
    }
  }

  /** The keys walk on from the number that has the focus, however it came there. */
  #follow = (event: FocusEvent): void => {
    const [row, column] = (event.target as Element).closest<HTMLElement>('[data-at]')?.dataset.at?.split(',').map(Number) ?? [];
    if (row === undefined || column === undefined) return;
    this.row = row;
    this.column = column;
  };

  #keys = (event: KeyboardEvent): void => {
    const move = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      PageDown: [10, 0],
      PageUp: [-10, 0],
      Home: [-Infinity, 0],
      End: [Infinity, 0],
    }[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.row = Math.max(0, Math.min(this.#count - 1, this.row + (move[0] ?? 0)));
    this.column = Math.max(0, Math.min(this.columns.length - 1, this.column + (move[1] ?? 0)));
    void this.#show();
  };

  async #show(): Promise<void> {
    const list = this.renderRoot.querySelector<HTMLElement>('.list');
    const y = this.row * tall;
    if (list && (y < list.scrollTop || y + tall > list.scrollTop + list.clientHeight)) {
      list.scrollTop = y < list.scrollTop ? y : y + tall - list.clientHeight;
      this.top = list.scrollTop;
    }
    await this.updateComplete;
    const cell = this.renderRoot.querySelector<HTMLElement>(`[data-at="${this.row},${this.column}"]`);
    (cell?.querySelector<HTMLElement>('button') ?? cell)?.focus({ preventScroll: true });
  }
}

define('dot-places', DotPlaces);
