// Curves over steps: a small panel for each quantity, the lines named at their ends and told apart by dash as well as by weight.
// Every chart has its words and a table that holds the same numbers.
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { format, formatCount } from './format.ts';
import { roundUp } from './scale.ts';

export interface ChartLine {
  name: string;
  /** One value per place of `at`; NaN where there is none. */
  values: ArrayLike<number>;
  /** `second` is drawn broken: the examples held out, beside those that were trained on. */
  role?: 'first' | 'second';
}

export interface ChartOptions {
  /** What is drawn, in a few words: it stands above the panel. */
  name: string;
  /** Places along the axis (steps or epochs), rising. */
  at: ArrayLike<number>;
  lines: readonly ChartLine[];
  /** What the places count: "step". */
  unit?: string;
  /** The axis of values; from 0 to a round number unless told. */
  top?: number;
  /** The axis of places ends here at the least, so that a curve grows into a frame that stays. */
  end?: number;
  /** A value that is marked across the panel, with its name. */
  level?: { value: number; name: string };
  /** A place that is marked: where one looks. */
  cursor?: number;
  /** How a value is written: 2 decimals unless told. */
  say?: (value: number) => string;
  /** Where the panel's numbers stand as buttons: shown behind its name. */
  head?: unknown;
  width?: number;
  height?: number;
}

const margin = { left: 34, top: 6, bottom: 18 };

/** One panel. Its picture is spoken as `chartWords`; put `chartTable` near it. */
export function chart(options: ChartOptions): TemplateResult {
  const { name, at, lines, unit = 'step', width = 320, height = 130, say = (value: number) => format(value, 2) } = options;
  const top = options.top ?? roundUp(largestOf(lines));
  const last = at.length > 0 ? (at[at.length - 1] ?? 0) : 0;
  const end = options.end !== undefined && last <= options.end ? options.end : roundUp(last);
  const right = 8 + Math.max(...lines.map((line) => 7 * line.name.length));
  const x = (place: number) => margin.left + (place / (end || 1)) * (width - margin.left - right);
  const y = (value: number) => margin.top + (1 - Math.min(1, value / top)) * (height - margin.top - margin.bottom);
  const ends = apart(
    lines.map((line) => y(lastOf(line.values))),
    height - margin.bottom - 4,
  );
  return html`<div class="panel"><p class="name">${name}${options.head ?? nothing}</p><svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label=${chartWords(options)}>
    ${[0, top / 2, top].map((value) => svg`<line class=${value === 0 ? 'axis' : 'tick'} x1=${margin.left} x2=${width - right} y1=${y(value)} y2=${y(value)} /><text x=${margin.left - 5} y=${y(value)} text-anchor="end" dominant-baseline="central">${say(value)}</text>`)}
    <text x=${margin.left} y=${height - 4}>0</text><text x=${width - right} y=${height - 4} text-anchor="end">${unit} ${formatCount(Math.round(end))}</text>
    ${options.level ? svg`<line class="level" x1=${margin.left} x2=${width - right} y1=${y(options.level.value)} y2=${y(options.level.value)} /><text x=${width - right} y=${y(options.level.value) + 12} text-anchor="end">${options.level.name}</text>` : nothing}
    ${options.cursor === undefined ? nothing : svg`<line class="cursor" x1=${x(options.cursor)} x2=${x(options.cursor)} y1=${margin.top} y2=${height - margin.bottom} />`}
    ${lines.map(
      (line, i) => svg`<path class=${`line ${line.role ?? 'first'}`} d=${path(at, line.values, x, y, width)} />
      ${Number.isFinite(lastOf(line.values)) ? svg`<circle class=${`tip ${line.role ?? 'first'}`} cx=${x(last)} cy=${y(lastOf(line.values))} r="2.5" /><text class="end" x=${x(last) + 6} y=${ends[i] ?? 0} dominant-baseline="central">${line.name}</text>` : nothing}`,
    )}
  </svg></div>`;
}

/** Panels side by side, under each other where there is no room. */
export function charts(panels: readonly ChartOptions[]): TemplateResult {
  return html`<div class="charts">${panels.map((panel) => chart(panel))}</div>`;
}

/** What a panel shows, as one sentence: where each line began, its best, where it stands. */
export function chartWords(options: Omit<ChartOptions, 'head'>): string {
  const { name, at, lines, unit = 'step', say = (value: number) => format(value, 2) } = options;
  if (at.length === 0) return `${name}: no values yet.`;
  const parts = lines.flatMap((line) => {
    const known = Array.from(line.values).filter(Number.isFinite);
    const [first, now] = [known[0], known[known.length - 1]];
    if (first === undefined || now === undefined) return [];
    if (known.length === 1) return [`${line.name} ${say(now)}`];
    return [`${line.name} from ${say(first)} to ${say(now)}`];
  });
  return `${name}, ${unit} 0 to ${formatCount(at[at.length - 1] ?? 0)}: ${parts.join('; ')}.`;
}

/** The same numbers as a table; of many places at most `most`, evenly, the last among them. All panels share `at`. */
export function chartTable(panels: readonly ChartOptions[], summary = 'The curves as a table', most = 25): TemplateResult {
  const [first] = panels;
  if (!first) return html``;
  const { at, unit = 'step' } = first;
  const columns = panels.flatMap((panel) => panel.lines.map((line) => ({ panel, line })));
  const say = (panel: ChartOptions, value: number | undefined) =>
    value === undefined || !Number.isFinite(value) ? '–' : (panel.say ?? ((one: number) => format(one, 3)))(value);
  return html`<details><summary>${summary}</summary><div class="scroll" tabindex="0" role="region" aria-label=${summary}><table>
    <thead><tr><th scope="col">${unit}</th>${columns.map(({ panel, line }) => html`<th scope="col">${panel.name}, ${line.name}</th>`)}</tr></thead>
    <tbody>${evenly(at.length, most).map((i) => html`<tr><th scope="row">${formatCount(at[i] ?? 0)}</th>${columns.map(({ panel, line }) => html`<td>${say(panel, line.values[i])}</td>`)}</tr>`)}</tbody></table></div></details>`;
}

/** At most `most` places out of `count`, evenly, first and last among them. */
export function evenly(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (count - 1)) / (most - 1)));
}

/** A line through the finite values; of more than two per pixel only so many. */
function path(at: ArrayLike<number>, values: ArrayLike<number>, x: (place: number) => number, y: (value: number) => number, width: number) {
  let pen = 'M';
  let d = '';
  for (const i of evenly(at.length, 2 * width)) {
    const value = values[i] ?? Number.NaN;
    if (Number.isFinite(value)) {
      d += `${pen}${x(at[i] ?? 0).toFixed(1)},${y(value).toFixed(1)}`;
      pen = 'L';
    } else pen = 'M';
  }
  return d;
}

/** Labels at `ys`, moved so that no two are nearer than a line and none stands below `lowest`, where the axis has its words. */
function apart(ys: readonly number[], lowest: number, least = 13): number[] {
  const order = ys.map((_, i) => i).sort((i, j) => (ys[i] ?? 0) - (ys[j] ?? 0));
  const placed = [...ys];
  for (let n = 1; n < order.length; n++) {
    const [above, here] = [order[n - 1] as number, order[n] as number];
    const lack = least - ((placed[here] ?? 0) - (placed[above] ?? 0));
    if (lack > 0) {
      placed[above] = (placed[above] ?? 0) - lack / 2;
      placed[here] = (placed[here] ?? 0) + lack / 2;
    }
  }
  let floor = lowest;
  for (const here of [...order].reverse()) {
    placed[here] = Math.min(placed[here] ?? 0, floor);
    floor = (placed[here] ?? 0) - least;
  }
  return placed;
}

function lastOf(values: ArrayLike<number>): number {
  for (let i = values.length - 1; i >= 0; i--) if (Number.isFinite(values[i])) return values[i] as number;
  return Number.NaN;
}

function largestOf(lines: readonly ChartLine[]): number {
  let most = 0;
  for (const { values } of lines)
    for (let i = 0; i < values.length; i++) if ((values[i] ?? 0) > most && Number.isFinite(values[i])) most = values[i] as number;
  return most;
}

export const chartStyles = css`
    .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 8px 24px; }
    .panel { min-width: 0; max-width: 26rem; } .panel .name { margin: 0 0 6px; color: var(--soft, #5b5d64); } .panel .name > * { display: block; }
    .chart { display: block; width: 100%; height: auto; overflow: visible; }
    .chart text { font: 500 11px/1 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; fill: var(--soft, #5b5d64); }
    .chart .end { fill: var(--ink, #1d1e21); } .chart .axis { stroke: var(--soft, #5b5d64); stroke-width: .75; } .chart .tick { stroke: var(--line, #d9d6cd); stroke-width: .5; }
    .chart .level { stroke: var(--edge, #85837b); stroke-width: 1; stroke-dasharray: 1 3; } .chart .cursor { stroke: var(--touch, #0b7365); stroke-width: 1.5; }
    .chart .line { fill: none; stroke: var(--ink, #1d1e21); stroke-width: 1.5; stroke-linejoin: round; } .chart .line.second { stroke: var(--soft, #5b5d64); stroke-dasharray: 4 2.5; }
    .chart .tip { fill: var(--ink, #1d1e21); } .chart .tip.second { fill: var(--paper, #fcfbf8); stroke: var(--soft, #5b5d64); stroke-width: 1.5; }
`;
