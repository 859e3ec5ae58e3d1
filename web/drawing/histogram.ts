// A histogram on a given axis: bars that are chosen by pointer or keys, and marks that stand at values, each with its name.
// Its words are the caller's (`bar` says one bar), and a table of the same counts should stand near it.
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { formatCount, formatShort } from './format.ts';

export interface HistogramMark {
  /** Drawn at +at and −at. */
  at: number;
  name: string;
  /** `second` is drawn broken, and its name stands a line lower, on the other side. */
  role?: 'first' | 'second';
}

export interface HistogramOptions {
  counts: readonly number[];
  /** The value at which bar i begins; bar i ends where i + 1 begins. */
  edge: (i: number) => number;
  /** The axis runs from −end to end. */
  end: number;
  /** Ticks besides 0, drawn on both sides. */
  ticks: readonly number[];
  marks?: readonly HistogramMark[];
  /** The count that fills the height; the largest unless told. */
  most?: number;
  label: string;
  /** One bar in words. */
  bar: (i: number) => string;
  chosen: number;
  choose: (i: number) => void;
  width?: number;
  height?: number;
}

const margin = { side: 14, top: 34, bottom: 20 };

export function histogram(options: HistogramOptions): TemplateResult {
  const { counts, edge, end, ticks, marks = [], chosen, choose, width = 320, height = 190 } = options;
  const most = options.most ?? Math.max(1, ...counts);
  const floor = height - margin.bottom;
  const x = (value: number) => width / 2 + (Math.max(-end, Math.min(end, value)) / end) * (width / 2 - margin.side);
  const y = (count: number) => floor - Math.min(1, count / most) * (floor - margin.top);
  const bar = (i: number) => {
    const [left, right] = [x(edge(i)), x(edge(i + 1))];
    const gap = right - left > 5 ? 1 : right - left > 2 ? 0.4 : 0;
    return svg`<rect class=${i === chosen ? 'bar chosen' : 'bar'} x=${fixed(left + gap / 2)} y=${fixed(y(counts[i] ?? 0))} width=${fixed(Math.max(0.5, right - left - gap))} height=${fixed(floor - y(counts[i] ?? 0))} />`;
  };
  const at = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const value = ((((event.clientX - box.left) / (box.width || 1)) * width - width / 2) / (width / 2 - margin.side)) * end;
    const found = counts.findIndex((_, i) => value < edge(i + 1));
    choose(found < 0 ? counts.length - 1 : found);
  };
  const middle = (x(edge(chosen)) + x(edge(chosen + 1))) / 2;
  return html`<svg class="histogram" viewBox="0 0 ${width} ${height}" role="slider" tabindex="0" aria-label=${options.label}
    aria-valuemin="1" aria-valuemax=${counts.length} aria-valuenow=${chosen + 1} aria-valuetext=${options.bar(chosen)}
    @pointerdown=${(event: PointerEvent) => {
      at(event);
      (event.currentTarget as Element).setPointerCapture?.(event.pointerId);
    }} @pointermove=${(event: PointerEvent) => (event.buttons ? at(event) : undefined)}
    @keydown=${(event: KeyboardEvent) => keys(event, chosen, counts.length, choose)}>
    <line class="axis" x1=${margin.side} x2=${width - margin.side} y1=${floor} y2=${floor} />
    ${[0, ...ticks.flatMap((tick) => [-tick, tick])].map(
      (tick) =>
        svg`<line class="axis" x1=${x(tick)} x2=${x(tick)} y1=${floor} y2=${floor + 4} /><text x=${x(tick)} y=${height - 4} text-anchor="middle">${tickWords(tick)}</text>`,
    )}
    ${counts.map((_, i) => bar(i))}
    <path class="pointer" d="M${fixed(middle)} ${floor + 1}l-4 6h8z" />
    ${marks.map((mark) => markOf(mark, x, floor, width))}
  </svg>`;
}

/** The right line is named; the left one begins below the names. The first name stands right of its line where there is room, the second left. */
function markOf({ at, name, role = 'first' }: HistogramMark, x: (value: number) => number, floor: number, width: number) {
  const line = role === 'first' ? 10 : 25;
  const right = x(at);
  const after = role === 'first' && width - right > 5.8 * name.length + 4;
  return svg`<path class="mark ${role}" d="M${fixed(x(-at))} ${margin.top}V${floor}M${fixed(right)} ${line - 6}V${floor}" />
    <text class="name" x=${fixed(after ? right + 5 : right - 5)} y=${line} text-anchor=${after ? 'start' : 'end'} dominant-baseline="central">${name}</text>`;
}

function keys(event: KeyboardEvent, now: number, count: number, choose: (i: number) => void): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const next: Record<string, number> = {
    ArrowLeft: now - 1,
    ArrowDown: now - 1,
    ArrowRight: now + 1,
    ArrowUp: now + 1,
    PageDown: now - 4,
    PageUp: now + 4,
    Home: 0,
    End: count - 1,
  };
  const bar = next[event.key];
  if (bar === undefined) return;
  choose(Math.max(0, Math.min(count - 1, bar)));
  event.preventDefault();
}

const tickWords = (tick: number) =>
  Math.abs(tick) >= 1000 ? `${tick < 0 ? '−' : ''}${formatCount(Math.abs(tick))}` : formatShort(tick, 2);
const fixed = (value: number) => Math.round(value * 10) / 10;

/** The same counts as a table. */
export function histogramTable(
  columns: readonly [string, string],
  rows: readonly (readonly [string, number])[],
  summary: string,
): TemplateResult {
  return html`<details><summary>${summary}</summary><div class="scroll" tabindex="0" role="region" aria-label=${summary}><table>
    <thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${rows.length === 0 ? nothing : rows.map(([name, count]) => html`<tr><th scope="row">${name}</th><td>${formatCount(count)}</td></tr>`)}</tbody></table></div></details>`;
}

export const histogramStyles = css`
    .histogram { display: block; width: 100%; height: auto; touch-action: pan-y; cursor: pointer; overflow: visible; }
    .histogram:focus-visible { outline: 2px solid var(--touch, #0b7365); outline-offset: 2px; }
    .histogram text { font: 500 11px/1 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; fill: var(--soft, #5b5d64); }
    .histogram .name { fill: var(--ink, #1d1e21); paint-order: stroke; stroke: var(--paper, #fcfbf8); stroke-width: 3px; stroke-linejoin: round; }
    .histogram .axis { stroke: var(--soft, #5b5d64); stroke-width: .75; }
    .histogram .bar { fill: color-mix(in oklab, var(--ink, #1d1e21) 34%, var(--paper, #fcfbf8)); }
    .histogram .bar.chosen, .histogram .pointer { fill: var(--touch, #0b7365); }
    .histogram .mark { fill: none; stroke: var(--ink, #1d1e21); stroke-width: 2; } .histogram .mark.second { stroke: var(--ink, #1d1e21); stroke-width: 1.25; stroke-dasharray: 3 2.5; }
    @media print { .histogram { print-color-adjust: exact; } }
`;
