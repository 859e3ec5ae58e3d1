// The strip: a vector as one cell per component. Sign by direction (up, down) and by colour, size by the bar's length, the
// number on the mark. A dot product is always drawn as two strips, their product strip and the sum as steps, on one grid.
import { css, html, nothing, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import { digitsFor, format, formatShort, parseNumber } from './format.ts';
import { largest, roundUp } from './scale.ts';
import { typed } from './typed.ts';

export interface StripOptions {
  /** Which part of the figure it is: gives the name its colour. */
  role?: 'a' | 'b' | 'product' | 'plain';
  /** What stands before the strip; a symbol or a word. Default: by role. */
  name?: unknown;
  /** How the strip is called in words, for labels of its cells. */
  spokenName?: string;
  /** Places [from, to) to draw; default all. */
  from?: number;
  to?: number;
  /** Columns of the shared grid; default to − from. */
  columns?: number;
  /** The magnitude that fills half a cell; default the largest in `values`. */
  scale?: number;
  /** Decimals; default as many as the values need, up to 2. */
  digits?: number;
  /** Draw the place numbers (from 1) above the cells. */
  indices?: boolean;
  /** Called with a new value when a cell is typed in, stepped or dragged. Without it the strip is for reading. */
  edit?: (index: number, value: number) => void;
  /** Called with what was typed and left behind when it is no number; the cell takes its number back. */
  refuse?: (index: number, text: string) => void;
  /** Size of a step by arrow key; Shift or a page key takes ten. */
  step?: number;
  /** Draws the number of a cell that is not edited; default plain text. A widget passes its unfolding button. */
  numeral?: (value: number, index: number) => unknown;
  /** Cells that are drawn faint, for example those that a running sum has not reached. */
  faint?: (index: number) => boolean;
  /** Called with a place while the pointer or the focus is on it, and with null after. */
  point?: (index: number | null) => void;
  /** The place that is highlighted everywhere in the figure. */
  pointed?: number | null;
  /** What stands at the row's end. */
  end?: unknown;
}

const names = { a: 'a', b: 'b', product: html`<small>products</small>`, plain: '' } as const;

/** A row of cells. values[n]. */
export function strip(values: ArrayLike<number>, options: StripOptions = {}): TemplateResult {
  const { role = 'plain', from = 0, to = values.length, edit, point } = options;
  const scale = options.scale ?? largest(values);
  const digits = options.digits ?? digitsFor(values);
  const spokenName = options.spokenName ?? (role === 'product' ? 'product' : role === 'plain' ? 'value' : role);
  const places = Array.from({ length: to - from }, (_, offset) => from + offset);
  const cell = (i: number) => {
    const value = values[i] ?? 0;
    const height = scale > 0 && Number.isFinite(value) ? Math.min(1, Math.abs(value) / scale) : 0;
    const classes = `cell ${value < 0 ? 'n' : 'p'}${edit ? ' edit' : ''}${Math.abs(value) > scale ? ' cut' : ''}${options.faint?.(i) ? ' faint' : ''}${options.pointed === i ? ' pointed' : ''}`;
    const label = `${spokenName}, place ${i + 1} of ${values.length}`;
    return html`<span class=${classes} style=${styleMap({ '--h': height.toFixed(4) })}
            @pointerenter=${point && (() => point(i))} @pointerleave=${point && (() => point(null))}
            @focusin=${point && (() => point(i))} @focusout=${point && (() => point(null))}
            ><i></i>${
              edit
                ? html`<span class="grip" aria-hidden="true" @pointerdown=${(down: PointerEvent) => drag(down, value, scale, (next) => edit(i, next))}></span>
                      <input type="text" inputmode="decimal" autocomplete="off" spellcheck="false" aria-label=${label}
                        .value=${typed(value, formatShort(value, options.digits ?? 3))}
                        @input=${(event: Event) => take(event, (next) => edit(i, next))}
                        @keydown=${(event: KeyboardEvent) => keys(event, value, options, (next) => edit(i, next))}
                        @focus=${(event: Event) => {
                          const field = event.target as HTMLInputElement;
                          field.dataset.before = String(value);
                          field.select();
                        }}
                        @change=${(event: Event) => {
                          const field = event.target as HTMLInputElement;
                          if (!Number.isFinite(parseNumber(field.value))) options.refuse?.(i, field.value);
                          field.removeAttribute('aria-invalid');
                          field.value = formatShort(value, options.digits ?? 3);
                        }} />`
                : html`<b>${options.numeral ? options.numeral(value, i) : format(value, digits)}</b>`
            }</span>`;
  };
  return html`<div class="strip ${role}" role="group" aria-label=${`${spokenName}, ${values.length} places`}
        style=${styleMap({ '--columns': String(options.columns ?? to - from) })}>
        ${options.indices ? html`<span class="indices" aria-hidden="true">${places.map((i) => html`<span class="index">${i + 1}</span>`)}</span>` : nothing}
        <span class="label ${role}">${options.name ?? names[role]}</span>${places.map(cell)}${
          options.end === undefined ? nothing : html`<span class="end">${options.end}</span>`
        }</div>`;
}

export interface SumStepsOptions {
  /** Running sums[n], the i-th after place i; default: added up here, for the drawing. */
  running?: ArrayLike<number>;
  from?: number;
  to?: number;
  columns?: number;
  /** How many places the sum has taken in; later ones are drawn faint. Default all. */
  through?: number;
  pointed?: number | null;
  point?: (index: number | null) => void;
  name?: unknown;
  end?: unknown;
}

/** The sum as steps: each product starts at the height where the one before it ended; a line marks zero. products[n]. */
export function sumSteps(products: ArrayLike<number>, options: SumStepsOptions = {}): TemplateResult {
  const { from = 0, to = products.length, through = products.length, point } = options;
  const running = options.running ?? cumulative(products);
  let low = 0;
  let high = 0;
  for (let i = 0; i < products.length; i++) {
    low = Math.min(low, running[i] ?? 0);
    high = Math.max(high, running[i] ?? 0);
  }
  // Round ends, so that the line of zero stays where it is while numbers change a little.
  if (low < 0) low = -roundUp(-low);
  if (high > 0) high = roundUp(high);
  const span = high - low || 1;
  const percent = (height: number) => `${(100 * (high - height)) / span}%`;
  const step = (i: number) => {
    const before = i > 0 ? (running[i - 1] ?? 0) : 0;
    const after = running[i] ?? 0;
    const style = {
      '--top': percent(Math.max(before, after)),
      '--long': `${(100 * Math.abs(after - before)) / span}%`,
      '--zero': percent(0),
    };
    return html`<span class="cell step ${after < before ? 'n' : after > before ? 'p' : 'level'}${i < through ? '' : ' faint'}${options.pointed === i ? ' pointed' : ''}"
            @pointerenter=${point && (() => point(i))} @pointerleave=${point && (() => point(null))} style=${styleMap(style)}><i></i></span>`;
  };
  return html`<div class="strip sum" role="group" aria-label=${`The ${products.length} products added up, step by step, to ${format(running[products.length - 1] ?? 0)}`}
        style=${styleMap({ '--columns': String(options.columns ?? to - from) })}><span class="label">${options.name ?? html`Σ <small>sum</small>`}</span>${Array.from(
          { length: to - from },
          (_, offset) => step(from + offset),
        )}${options.end === undefined ? nothing : html`<span class="end">${options.end}</span>`}</div>`;
}

function cumulative(products: ArrayLike<number>): Float64Array {
  let total = 0;
  return Float64Array.from(products, (product) => (total += product));
}

/** Takes over what was typed, once it is a number; marks what cannot become one. */
function take(event: Event, edit: (value: number) => void): void {
  const field = event.target as HTMLInputElement;
  const value = parseNumber(field.value);
  const onTheWay = /^\s*[-−+]?\d*[.,]?\d*(e[-−+]?)?\s*$/i.test(field.value);
  field.removeAttribute('aria-invalid');
  if (Number.isFinite(value)) edit(value);
  else if (!onTheWay) field.setAttribute('aria-invalid', 'true');
}

/** Arrow keys step and leave the number selected, so that typing replaces it; Escape takes back what was there before. */
function keys(event: KeyboardEvent, value: number, { step = 0.1, digits = 3 }: StripOptions, edit: (value: number) => void): void {
  const direction = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
  if ((direction === undefined && event.key !== 'Escape') || event.altKey || event.ctrlKey || event.metaKey) return;
  const field = event.target as HTMLInputElement;
  const factor = event.shiftKey && Math.abs(direction ?? 0) === 1 ? 10 : 1;
  const next = direction === undefined ? Number(field.dataset.before ?? value) : Number((value + direction * factor * step).toFixed(6));
  event.preventDefault();
  field.removeAttribute('aria-invalid');
  edit(next);
  field.value = formatShort(next, digits);
  field.select();
}

/** Dragging a bar up or down: half a cell's height is `scale`. Rounded to a hundredth of the scale's power of ten. */
function drag(down: PointerEvent, start: number, scale: number, edit: (value: number) => void): void {
  const grip = down.currentTarget as HTMLElement;
  const half = (grip.parentElement?.getBoundingClientRect().height ?? 70) / 2;
  const perPixel = (scale || 1) / half;
  const grain = 10 ** (Math.floor(Math.log10(scale || 1)) - 1);
  down.preventDefault();
  grip.setPointerCapture(down.pointerId);
  const move = (event: PointerEvent) => {
    const value = start + (down.clientY - event.clientY) * perPixel;
    edit(Number((Math.round(value / grain) * grain).toFixed(6)));
  };
  const up = () => {
    grip.removeEventListener('pointermove', move);
    grip.removeEventListener('pointerup', up);
    grip.removeEventListener('pointercancel', up);
  };
  grip.addEventListener('pointermove', move);
  grip.addEventListener('pointerup', up);
  grip.addEventListener('pointercancel', up);
}

/** Styles of strip() and sumSteps(). One custom property sets the height of a cell: --cell. */
export const stripStyles = css`
    .strip { --cell-height: var(--cell, 4.4rem); display: grid; grid-template-columns: var(--label, 3.4rem) repeat(var(--columns), minmax(0, var(--cell-width, 5.5rem))) var(--end, 0px);
        font: 400 .8rem/1 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; min-width: 0; min-height: var(--cell-height); }
    .strip > .label { align-self: center; font: italic 500 1.1rem/1 var(--serif, Georgia, serif); }
    .strip > .label small { font: 400 .72rem/1 var(--sans, system-ui, sans-serif); color: var(--soft, #5b5d64); }
    .strip .indices { grid-column: 1 / -1; display: grid; grid-template-columns: subgrid; color: var(--soft, #5b5d64); font-size: .68rem; padding-bottom: .25rem; }
    .strip .index { text-align: center; } .strip .index:first-child { grid-column: 2; }
    .strip > .end { grid-column: -2 / -1; align-self: center; padding-left: 1rem; min-width: 0; }
    .a { color: var(--a, #8a3ea8); } .b { color: var(--b, #4d7212); }
    .cell { position: relative; height: var(--cell-height); border-left: 1px solid var(--line, #d9d6cd); min-width: 0; }
    .cell:last-child, .cell:has(+ .end) { border-right: 1px solid var(--line, #d9d6cd); }
    .cell::after { content: ""; position: absolute; left: 0; right: 0; top: 50%; border-top: 1px solid var(--line, #d9d6cd); pointer-events: none; }
    .cell > i { position: absolute; left: 16%; right: 16%; height: calc(var(--h) * (var(--cell-height) / 2 - 2px)); }
    .cell.p > i { bottom: 50%; background: var(--pos, #c8590b); } .cell.n > i { top: 50%; background: var(--neg, #1f62ad); }
    .cell > b { position: absolute; left: -2px; right: -2px; text-align: center; font-weight: 500; font-size: .78rem; white-space: nowrap; }
    .cell.p > b { top: calc(50% + .4rem); } .cell.n > b { bottom: calc(50% + .4rem); }
    /* A number that opens takes the whole of its half of the cell. */
    .cell > b > .num { display: block; width: 100%; padding: .4rem 0; margin: -.4rem 0; height: calc(var(--cell-height) / 2 - 1px); line-height: 1; }
    .cell.p > b > .num { padding-bottom: calc(var(--cell-height) / 2 - 1.4rem); } .cell.n > b > .num { padding-top: calc(var(--cell-height) / 2 - 1.4rem); }
    .cell > b > .num::before { display: none; }
    .cell.cut > i::before { content: ""; position: absolute; left: -3px; right: -3px; height: 4px; background: var(--paper, #fcfbf8); transform: skewY(-8deg); }
    .cell.cut.p > i::before { top: 8px; } .cell.cut.n > i::before { bottom: 8px; }
    .cell.pointed { background: var(--wash, #f3f1ea); }
    .cell.faint > i { opacity: .25; } .cell.faint > b { color: var(--soft, #5b5d64); }
    .cell.edit > input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; padding: 0; border: 0; border-radius: 0; background: none; text-align: center;
        color: var(--touch, #0b7365); font: 500 .8rem/1 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; cursor: text; }
    /* What can be typed over stands in a field; a dotted line is kept for what opens. */
    .cell.edit::before { content: ""; position: absolute; left: max(2px, 50% - 1.5rem); right: max(2px, 50% - 1.5rem); height: 1.55rem; border: 1px solid var(--edge, #85837b); border-radius: 3px; }
    .cell.edit.p::before { top: calc(75% - .78rem); } .cell.edit.n::before { bottom: calc(75% - .78rem); }
    .cell.edit:has(> input[aria-invalid])::before { border: 2px dashed var(--neg, #1f62ad); }
    .cell.edit.p > input { padding-top: calc(var(--cell-height) / 2); } .cell.edit.n > input { padding-bottom: calc(var(--cell-height) / 2); }
    .cell.edit > input:focus-visible { outline: 2px solid var(--touch, #0b7365); outline-offset: -2px; }
    .cell.edit > .grip { position: absolute; z-index: 1; left: 8%; right: 8%; height: 1.9rem; cursor: ns-resize; touch-action: none; }
    .cell.edit.p > .grip { bottom: calc(50% + max(0rem, var(--h) * (var(--cell-height) / 2) - 1rem)); }
    .cell.edit.n > .grip { top: calc(50% + max(0rem, var(--h) * (var(--cell-height) / 2) - 1rem)); }
    .cell.edit > i::after { content: ""; position: absolute; left: calc(50% - 4px); width: 8px; height: 8px; border-radius: 50%; background: var(--paper, #fcfbf8); border: 1.5px solid var(--touch, #0b7365); }
    .cell.edit.p > i::after { top: -4px; } .cell.edit.n > i::after { bottom: -4px; }
    .cell.step::after { top: var(--zero); }
    .cell.step > i { left: 0; right: 0; top: var(--top); bottom: auto; height: max(2px, var(--long)); }
    .cell.step.level > i { height: 1px; background: var(--line, #d9d6cd); }
`;
