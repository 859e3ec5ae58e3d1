// A confusion matrix as a grid: rows are what was true, columns what was answered, counts as text on a tint. One tab stop; arrow keys
// walk the cells, Enter opens one.
import { css, html, type TemplateResult } from 'lit';
import { formatCount } from '../../drawing/index.ts';
import type { Cell } from '../../models/confusion.ts';

export interface GridOptions {
  classes: readonly string[];
  /** confusion[truth · classes + answer]; null until it is known. */
  confusion: ArrayLike<number> | null;
  open: Cell | null;
  /** The cell that the keys stand on. */
  at: Cell;
  /** What a class is called in a sentence: "digit 3". */
  what: string;
  walk: (to: Cell) => void;
  press: (cell: Cell) => void;
}

export function grid(options: GridOptions): TemplateResult {
  const { classes, confusion, open, at, what, walk, press } = options;
  const count = classes.length;
  const value = (truth: number, answer: number) => confusion?.[truth * count + answer] ?? 0;
  let worst = 1;
  for (let truth = 0; truth < count; truth++)
    for (let answer = 0; answer < count; answer++) if (truth !== answer) worst = Math.max(worst, value(truth, answer));
  const cell = (truth: number, answer: number) => {
    const many = value(truth, answer);
    const right = truth === answer;
    // By the root: few errors are to be seen beside many.
    const share = right ? 0.3 : Math.sqrt(many / worst);
    const opened = open?.truth === truth && open.answer === answer;
    const here = at.truth === truth && at.answer === answer;
    const words = `${what} ${classes[truth]} ${right ? 'rightly answered' : `taken for ${classes[answer]}`}: ${formatCount(many)} times`;
    return html`<td role="gridcell" class=${right ? 'right' : 'wrong'}><button type="button" tabindex=${here ? 0 : -1} data-cell=${`${truth},${answer}`} aria-label=${words} aria-pressed=${opened ? 'true' : 'false'}
      style="--share:${share.toFixed(3)}" @focus=${() => walk({ truth, answer })} @click=${() => press({ truth, answer })}>${confusion === null ? '' : many === 0 ? '·' : many}</button></td>`;
  };
  return html`<table class="confusion" role="grid" aria-label="Rows: what was true. Columns: what was answered." @keydown=${(event: KeyboardEvent) => keys(event, count, at, walk)}>
    <thead><tr role="row"><th class="corner" scope="col"><span class="long" aria-hidden="true">true ↓ answer →</span><span class="short" aria-hidden="true">is ↓<br />said →</span><span class="spoken">true</span></th>${classes.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${classes.map((name, truth) => html`<tr role="row"><th scope="row">${name}</th>${classes.map((_, answer) => cell(truth, answer))}</tr>`)}</tbody></table>`;
}

function keys(event: KeyboardEvent, count: number, { truth, answer }: Cell, walk: (to: Cell) => void): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const to = {
    ArrowUp: [truth - 1, answer],
    ArrowDown: [truth + 1, answer],
    ArrowLeft: [truth, answer - 1],
    ArrowRight: [truth, answer + 1],
    Home: [truth, 0],
    End: [truth, count - 1],
    PageUp: [0, answer],
    PageDown: [count - 1, answer],
  }[event.key];
  if (!to) return;
  event.preventDefault();
  const within = (value = 0) => Math.max(0, Math.min(count - 1, value));
  const cell = { truth: within(to[0]), answer: within(to[1]) };
  walk(cell);
  const table = event.currentTarget as HTMLElement;
  table.querySelector<HTMLElement>(`[data-cell="${cell.truth},${cell.answer}"]`)?.focus();
}

/** The same in words and numbers, a class to a row. */
export function gridTable({ classes, confusion, what }: Pick<GridOptions, 'classes' | 'confusion' | 'what'>): TemplateResult {
  const count = classes.length;
  const summary = 'Class by class, as a table';
  return html`<details><summary>${summary}</summary><div class="scroll" tabindex="0" role="region" aria-label=${summary}><table class="twin"><thead><tr><th scope="col">${what}</th><th scope="col">in all</th><th scope="col">right</th><th scope="col">most often taken for</th></tr></thead>
    <tbody>${classes.map((name, truth) => {
      const row = Array.from({ length: count }, (_, answer) => confusion?.[truth * count + answer] ?? 0);
      const all = row.reduce((sum, one) => sum + one, 0);
      const wrong = row.map((one, answer) => (answer === truth ? -1 : one));
      const most = wrong.indexOf(Math.max(...wrong));
      const taken = (wrong[most] ?? 0) > 0 ? `${classes[most]}, ${formatCount(wrong[most] ?? 0)} times` : 'none';
      return html`<tr><th scope="row">${name}</th><td>${formatCount(all)}</td><td>${formatCount(row[truth] ?? 0)}</td><td>${taken}</td></tr>`;
    })}</tbody></table></div></details>`;
}

export const gridStyles = css`
    .confusion { width: 100%; table-layout: fixed; border-collapse: separate; border-spacing: 1px; }
    .confusion th, .confusion td { padding: 0; border: 0; text-align: center; } .confusion .corner { width: 3.2rem; font-size: .66rem; line-height: 1.2; text-align: left; }
    .confusion th { height: 28px; color: var(--soft, #5b5d64); overflow: hidden; text-overflow: ellipsis; } .confusion tbody th { color: var(--ink, #1d1e21); text-align: right; padding-right: 8px; }
    .confusion button { display: block; width: 100%; height: 40px; padding: 0; border: 0; font: 400 .82rem/1 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; color: var(--ink, #1d1e21); background: var(--wash, #f3f1ea); white-space: nowrap; }
    .confusion .short { display: none; }
    @media (max-width: 480px) { .confusion .corner { width: 1.9rem; font-size: .58rem; letter-spacing: -.03em; } .confusion .long { display: none; } .confusion .short { display: inline; } .confusion tbody th { padding-right: 4px; } .confusion button { font-size: .7rem; letter-spacing: -.02em; } }
    .confusion .wrong button { background: color-mix(in oklab, var(--pos, #c8590b) calc(42% * var(--share)), var(--wash, #f3f1ea)); }
    .confusion .right button { background: none; box-shadow: inset 0 0 0 1px var(--edge, #85837b); font-weight: 500; }
    .confusion button[aria-pressed="true"] { box-shadow: inset 0 0 0 3px var(--touch, #0b7365); } .confusion button:hover { box-shadow: inset 0 0 0 2px var(--touch, #0b7365); } .confusion button:focus-visible { outline-offset: 0; }
    .twin th { text-align: left; }
`;
