// Shares, or other numbers, by layer: a line for each kind of probe with a whisker from its lowest to its highest seed, level lines for
// baselines, and the layer that a reader guessed. Lines are told apart by mark and dash, named in a key above; `layerTable` holds the same numbers.
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { marker } from './classes.ts';
import { format } from './format.ts';

export interface LayerLine {
  name: string;
  /** One value for each layer; NaN where there is none yet. */
  means: ArrayLike<number>;
  /** The lowest and the highest over the seeds; without them there is one value. */
  low?: ArrayLike<number>;
  high?: ArrayLike<number>;
}

export interface LevelLine {
  name: string;
  /** NaN where it is not known yet. */
  value: number;
}

export interface LayerChartOptions {
  /** What is drawn, in a few words. */
  name: string;
  /** How many layers, that of the embeddings counted. */
  layers: number;
  /** At most four, the one that matters first. */
  lines: readonly LayerLine[];
  levels?: readonly LevelLine[];
  /** The layer that is looked at. */
  chosen?: number | null;
  /** The layer that was guessed before; null: none yet, undefined: nobody is asked. */
  guess?: number | null | undefined;
  /** Lowest and highest value of the axis; 0 and 1 unless told. */
  range?: readonly [number, number];
  /** How a value is written: as a percentage unless told. */
  say?: (value: number) => string;
  /** CSS pixels. */
  width: number;
  height?: number;
}

const margin = { left: 46, right: 14, top: 12, bottom: 22 };
const percent = (value: number) => `${format(100 * value, 0)} %`;
/** Mark of the n-th line, and its dash. */
const marks = [0, 1, 2, 3];
const dashes = ['', '6 3', '2 3', '8 3 2 3'];

/** Left and right edge of what `layerButtons` has to stand under, in CSS pixels. */
export const layerMargins = margin;

export function layerChart(options: LayerChartOptions): TemplateResult {
  const { layers, lines, levels = [], chosen = null, guess, width, height = 230, range = [0, 1], say = percent } = options;
  const [bottom, top] = range;
  const column = (width - margin.left - margin.right) / layers;
  const x = (layer: number) => margin.left + (layer + 0.5) * column;
  const y = (value: number) => margin.top + ((top - value) / (top - bottom)) * (height - margin.top - margin.bottom);
  // Whiskers of lines that meet stand beside each other.
  const beside = (i: number) => (i - (lines.length - 1) / 2) * Math.min(7, column / 8);
  return html`<div class="layer-chart">${key(lines, levels, guess !== undefined)}
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${layerWords(options)}>
    ${chosen === null ? nothing : svg`<rect class="chosen" x=${x(chosen) - column / 2} y=${margin.top - 8} width=${column} height=${height - margin.top - margin.bottom + 8} />`}
    ${[0, 0.25, 0.5, 0.75, 1].map((part) => bottom + part * (top - bottom)).map((value) => svg`<line class=${value === 0 ? 'axis' : 'tick'} x1=${margin.left} x2=${width - margin.right} y1=${y(value)} y2=${y(value)} /><text x=${margin.left - 6} y=${y(value)} text-anchor="end" dominant-baseline="central">${say(value)}</text>`)}
    ${Array.from({ length: layers }, (_, layer) => svg`<text x=${x(layer)} y=${height - 5} text-anchor="middle">${layer}</text>`)}
    ${levels.map(({ value }, i) => (!Number.isFinite(value) ? nothing : svg`<line class="level" stroke-dasharray=${i === 0 ? '1 4' : '10 4'} x1=${margin.left} x2=${width - margin.right} y1=${y(value)} y2=${y(value)} />`))}
    ${typeof guess !== 'number' ? nothing : svg`<path class="guess" d="M${x(guess)},${height - margin.bottom}V${margin.top - 6}" />`}
    ${[...lines.entries()].reverse().map(([i, { means, low, high }]) => {
      const shown = Array.from({ length: layers }, (_, layer) => layer).filter((layer) => Number.isFinite(means[layer]));
      return svg`<g class=${i === 0 ? 'line first' : 'line'}>
        <path class="run" stroke-dasharray=${dashes[i % dashes.length] || nothing} d=${shown.map((layer, n) => `${n ? 'L' : 'M'}${fixed(x(layer) + beside(i))},${fixed(y(means[layer] ?? 0))}`).join('') || nothing} />
        <path class="spread" d=${shown.map((layer) => whisker(x(layer) + beside(i), y(low?.[layer] ?? means[layer] ?? 0), y(high?.[layer] ?? means[layer] ?? 0))).join('') || nothing} />
        <path class="mark" d=${shown.map((layer) => marker(marks[i % marks.length] ?? 0, x(layer) + beside(i), y(means[layer] ?? 0), 4.5)).join('') || nothing} /></g>`;
    })}</svg></div>`;
}

/** What the chart shows, as one sentence for each line. */
export function layerWords({
  name,
  lines,
  levels = [],
  say = percent,
}: Pick<LayerChartOptions, 'name' | 'lines' | 'levels' | 'say'>): string {
  const each = lines.flatMap(({ name: line, means }) => {
    const known = Array.from(means, (value, layer) => ({ value, layer })).filter(({ value }) => Number.isFinite(value));
    return known.length ? [`${line}: ${known.map(({ value, layer }) => `layer ${layer} ${say(value)}`).join(', ')}`] : [];
  });
  if (each.length === 0) return `${name}: nothing is trained yet.`;
  return `${name}. ${[...each, ...levels.flatMap(({ name: level, value }) => (Number.isFinite(value) ? [`${level}: ${say(value)}`] : []))].join('. ')}.`;
}

/** The same numbers as a table, a row for each layer: the mean over the seeds, and from the lowest to the highest. */
export function layerTable(
  {
    layers,
    lines,
    levels = [],
    say = (value) => `${format(100 * value, 1)} %`,
  }: Pick<LayerChartOptions, 'layers' | 'lines' | 'levels' | 'say'>,
  summary: string,
): TemplateResult {
  const cell = ({ means, low, high }: LayerLine, layer: number) => {
    const mean = means[layer] ?? Number.NaN;
    if (!Number.isFinite(mean)) return '–';
    const [from, to] = [low?.[layer] ?? mean, high?.[layer] ?? mean];
    return html`${say(mean)}${to > from ? html` <small>(${say(from)} to ${say(to)})</small>` : nothing}`;
  };
  return html`<details><summary>${summary}</summary><div class="scroll" tabindex="0" role="region" aria-label=${summary}><table>
    <thead><tr><th scope="col">layer</th>${lines.map(({ name }) => html`<th scope="col">${name}</th>`)}${levels.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${Array.from({ length: layers }, (_, layer) => html`<tr><th scope="row">${layer}</th>${lines.map((line) => html`<td>${cell(line, layer)}</td>`)}${levels.map(({ value }) => html`<td>${Number.isFinite(value) ? say(value) : '–'}</td>`)}</tr>`)}</tbody></table></div></details>`;
}

function key(lines: readonly LayerLine[], levels: readonly LevelLine[], guessed: boolean): TemplateResult {
  const sample = (content: unknown) => html`<svg viewBox="0 0 34 12" width="34" height="12" aria-hidden="true">${content}</svg>`;
  return html`<p class="key">${lines.map(
    ({ name }, i) =>
      html`<span>${sample(svg`<g class=${i === 0 ? 'line first' : 'line'}><path class="run" stroke-dasharray=${dashes[i % dashes.length] || nothing} d="M0,6H34" /><path class="mark" d=${marker(marks[i % marks.length] ?? 0, 17, 6, 4.5)} /></g>`)} ${name}</span>`,
  )}${levels.map(({ name }, i) => html`<span>${sample(svg`<line class="level" stroke-dasharray=${i === 0 ? '1 4' : '10 4'} x1="0" x2="34" y1="6" y2="6" />`)} ${name}</span>`)}${
    guessed ? html`<span>${sample(svg`<path class="guess" d="M17,0V12" />`)} your guess</span>` : nothing
  }</p>`;
}

/** A line from low to high with short ends; nothing where both are the same. */
function whisker(x: number, low: number, high: number): string {
  if (Math.abs(low - high) < 0.5) return '';
  return `M${fixed(x)},${fixed(low)}V${fixed(high)}M${fixed(x - 3)},${fixed(low)}h6M${fixed(x - 3)},${fixed(high)}h6`;
}

function fixed(value: number): number {
  return Math.round(value * 10) / 10;
}

export const layerChartStyles = css`
    .layer-chart svg { display: block; width: 100%; height: auto; overflow: visible; }
    .layer-chart text { font: 500 11px/1 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; fill: var(--soft, #5b5d64); }
    .layer-chart .axis { stroke: var(--soft, #5b5d64); stroke-width: .75; } .layer-chart .tick { stroke: var(--line, #d9d6cd); stroke-width: .5; }
    .layer-chart .chosen { fill: var(--wash, #f3f1ea); }
    .layer-chart .level { stroke: var(--ink, #1d1e21); stroke-width: 1.25; }
    .layer-chart .run { fill: none; stroke: var(--soft, #5b5d64); stroke-width: 1.25; stroke-linejoin: round; } .layer-chart .spread { fill: none; stroke: var(--soft, #5b5d64); stroke-width: 1; }
    .layer-chart .mark { fill: var(--paper, #fcfbf8); stroke: var(--soft, #5b5d64); stroke-width: 1.5; }
    .layer-chart .first .run, .layer-chart .first .spread { stroke: var(--ink, #1d1e21); stroke-width: 1.75; } .layer-chart .first .mark { fill: var(--ink, #1d1e21); stroke: var(--ink, #1d1e21); }
    .layer-chart .guess { stroke: var(--touch, #0b7365); stroke-width: 3; stroke-dasharray: 3 3; fill: none; }
    .layer-chart .key { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 4px 0 8px; color: var(--soft, #5b5d64); font-size: .82rem; min-height: 1.5em; }
    .layer-chart .key span { display: inline-flex; align-items: center; gap: 8px; } .layer-chart .key svg { width: 34px; flex: none; }
`;
