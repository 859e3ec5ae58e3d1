// Who looks at whom, as a grid: a row for each query, a column for each key, numbers on a tint. One tab stop; arrow keys walk the cells and
// choose; Home and End go along the row, page keys along the column.
import { css, html, nothing, type TemplateResult } from 'lit';

export interface Place {
  query: number;
  key: number;
}

export interface GridCell {
  /** What stands in the cell; '' where there is only the tint. */
  text: string;
  /** How strong the tint is, −1 (the negative colour) to 1. */
  tint: number;
  /** What the cell says by itself, for a voice: "bank looks at loan: 76 %". */
  words: string;
  /** The mask hides it. */
  hidden?: boolean;
}

export interface GridOptions {
  names: readonly string[];
  cell(query: number, key: number): GridCell;
  at: Place;
  /** The same, read when a key is pressed: two keys may come before the next drawing. */
  now(): Place;
  choose(place: Place): void;
  label: string;
  /** Many tokens: small cells with no text, names upright along the top. */
  dense?: boolean;
}

export function attentionGrid({ names, cell, at, now, choose, label, dense = false }: GridOptions): TemplateResult {
  const one = (query: number, key: number) => {
    const { text, tint, words, hidden } = cell(query, key);
    const here = at.query === query && at.key === key;
    const name = hidden ? 'hidden' : tint < 0 ? 'n' : 'p';
    return html`<td role="gridcell" aria-selected=${here ? 'true' : 'false'}><button type="button" class=${name} tabindex=${here ? 0 : -1} data-cell=${`${query},${key}`} aria-label=${words}
      style="--tint:${Math.min(1, Math.abs(tint)).toFixed(3)}" @click=${() => choose({ query, key })}>${hidden ? (dense ? '' : '·') : text}</button></td>`;
  };
  return html`<table class=${dense ? 'map dense' : 'map'} role="grid" aria-label=${label} @keydown=${(event: KeyboardEvent) => keys(event, names.length, now(), choose)}>
    <thead><tr role="row"><td class="corner">${dense ? nothing : html`<span aria-hidden="true">query ↓<br />key →</span>`}</td>${names.map((name, s) => html`<th scope="col" class=${s === at.key ? 'at' : ''}><span>${name}</span></th>`)}</tr></thead>
    <tbody>${names.map((name, t) => html`<tr role="row" class=${t === at.query ? 'at' : ''}><th scope="row">${name}</th>${names.map((_, s) => one(t, s))}</tr>`)}</tbody></table>`;
}

function keys(event: KeyboardEvent, count: number, { query, key }: Place, choose: (to: Place) => void): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const to = {
    ArrowUp: [query - 1, key],
    ArrowDown: [query + 1, key],
    ArrowLeft: [query, key - 1],
    ArrowRight: [query, key + 1],
    Home: [query, 0],
    End: [query, count - 1],
    PageUp: [0, key],
    PageDown: [count - 1, key],
  }[event.key];
  if (!to) return;
  event.preventDefault();
  const within = (value = 0) => Math.max(0, Math.min(count - 1, value));
  const place = { query: within(to[0]), key: within(to[1]) };
  choose(place);
  const table = event.currentTarget as HTMLElement;
  table.querySelector<HTMLElement>(`[data-cell="${place.query},${place.key}"]`)?.focus();
}

export const gridStyles = css`
    .map { table-layout: fixed; width: 100%; border-collapse: separate; border-spacing: 1px; }
    .map th, .map td { padding: 0; border: 0; text-align: center; font-weight: 400; }
    .map .corner { width: var(--names, 5rem); font-size: .66rem; line-height: 1.3; color: var(--soft, #5b5d64); text-align: left; }
    .map thead th { color: var(--b, #4d7212); vertical-align: bottom; padding-bottom: 4px; font-size: .78rem; overflow-wrap: anywhere; line-height: 1.15; }
    .map tbody th { color: var(--a, #8a3ea8); text-align: right; padding-right: 8px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .map thead .at, .map .at > th { font-weight: 700; text-decoration: underline; text-underline-offset: 3px; }
    .map button { display: block; width: 100%; height: 44px; padding: 0; border: 0; border-radius: 0; font: 400 .84rem/1 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; color: var(--ink, #1d1e21); white-space: nowrap; }
    .map .p { background: color-mix(in oklab, var(--pos, #c8590b) calc(46% * var(--tint)), var(--wash, #f3f1ea)); }
    .map .n { background: color-mix(in oklab, var(--neg, #1f62ad) calc(40% * var(--tint)), var(--wash, #f3f1ea)); }
    .map .hidden { color: var(--soft, #5b5d64); background: repeating-linear-gradient(-45deg, transparent 0 5px, var(--line, #d9d6cd) 5px 6px); }
    .map .at > td > button { box-shadow: inset 0 2px var(--a, #8a3ea8), inset 0 -2px var(--a, #8a3ea8); }
    .map [aria-selected="true"] > button { box-shadow: inset 0 0 0 3px var(--touch, #0b7365) !important; }
    .map button:hover { box-shadow: inset 0 0 0 2px var(--touch, #0b7365); }
    .map button:focus-visible { outline-offset: 0; position: relative; z-index: 1; }
    .map.upright thead th span, .map.dense thead th span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; max-height: 7rem; overflow: hidden; }
    .map.dense { width: auto; border-spacing: 0; } .map.dense .corner { width: auto; }
    .map.dense th { font-size: .74rem; } .map.dense thead th { width: var(--side, 24px); } .map.dense td { border: 1px solid var(--paper, #fcfbf8); }
    .map.dense button { width: var(--side, 24px); height: var(--side, 24px); }
`;
