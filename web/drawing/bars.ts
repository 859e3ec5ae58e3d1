// A long vector as bars too thin for numbers: an SVG of two filled outlines, one for each sign. Where there are more places
// than pixels, each column of pixels shows the largest and the smallest value that fall into it, so that no spike is lost.
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { largest } from './scale.ts';

export interface BarsOptions {
  /** What the picture shows, in words. Without it the picture is hidden from screen readers: say it elsewhere. */
  label?: string;
  /** The magnitude that fills half the height; default the largest in `values`. */
  scale?: number;
  /** Height in CSS pixels. */
  height?: number;
  /** Columns to draw at most; about the width in pixels. */
  columns?: number;
  /** Places [from, to) that are framed. */
  window?: [number, number];
  /** A place that is marked. */
  pointed?: number | null;
  /** Places below this are drawn full, the others faint. */
  through?: number;
}

/** values[n] as bars on a common zero line. */
export function bars(values: ArrayLike<number>, options: BarsOptions = {}): TemplateResult {
  const count = values.length;
  const { height = 52, columns = 640, through = count } = options;
  const half = height / 2;
  const unit = (half - 1) / (options.scale ?? (largest(values) || 1));
  const drawn = Math.min(count, columns);
  const up = ['', ''];
  const down = ['', ''];
  for (let column = 0; column < drawn; column++) {
    const from = Math.floor((column * count) / drawn);
    const to = Math.max(from + 1, Math.floor(((column + 1) * count) / drawn));
    let high = 0;
    let low = 0;
    for (let i = from; i < to; i++) {
      const value = values[i] ?? 0;
      if (value > high) high = value;
      if (value < low) low = value;
    }
    const x = fixed((column * 1000) / drawn);
    const wide = fixed((drawn < columns / 3 ? 860 : 1000) / drawn);
    const layer = from < through ? 0 : 1;
    if (high > 0) up[layer] += `M${x} ${half}h${wide}v${fixed(-Math.min(half, high * unit))}h-${wide}z`;
    if (low < 0) down[layer] += `M${x} ${half}h${wide}v${fixed(Math.min(half, -low * unit))}h-${wide}z`;
  }
  const at = (place: number) => (1000 * place) / Math.max(1, count);
  return html`<svg class="bars" viewBox="0 0 1000 ${height}" preserveAspectRatio="none" style="height:${height}px"
        role=${options.label ? 'img' : nothing} aria-label=${options.label ?? nothing} aria-hidden=${options.label ? nothing : 'true'}>
        ${options.window ? svg`<rect class="window" x=${at(options.window[0])} y="0" width=${Math.max(3, at(options.window[1]) - at(options.window[0]))} height=${height}></rect>` : nothing}
        <path class="zero" d="M0 ${half}H1000"></path>
        <path class="up" d=${up[0] || nothing}></path><path class="down" d=${down[0] || nothing}></path>
        <path class="up faint" d=${up[1] || nothing}></path><path class="down faint" d=${down[1] || nothing}></path>
        ${typeof options.pointed === 'number' ? svg`<path class="mark" d="M${at(options.pointed + 0.5)} 0V${height}"></path>` : nothing}
    </svg>`;
}

/** Lowest and highest of values[n], 0 among them. */
export function extent(values: ArrayLike<number>): [number, number] {
  let low = 0;
  let high = 0;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i] ?? 0);
    high = Math.max(high, values[i] ?? 0);
  }
  return [low, high];
}

/** Running sums[n] as one line from left to right over a zero line: the sum as steps, when the steps are too many to see. */
export function sumLine(running: ArrayLike<number>, options: Omit<BarsOptions, 'scale' | 'window'> = {}): TemplateResult {
  const count = running.length;
  const { height = 64, columns = 640, through = count } = options;
  const [low, high] = extent(running);
  const y = (value: number) => fixed(2 + ((height - 4) * (high - value)) / (high - low || 1));
  const drawn = Math.min(count, columns * 2);
  let line = `M0 ${y(0)}`;
  let rest = '';
  for (let point = 1; point <= drawn; point++) {
    const place = Math.ceil((point * count) / drawn);
    const part = `${fixed((1000 * place) / count)} ${y(running[place - 1] ?? 0)}`;
    if (place <= through) line += `L${part}`;
    else rest += rest ? `L${part}` : `M${part}`;
  }
  return html`<svg class="bars" viewBox="0 0 1000 ${height}" preserveAspectRatio="none" style="height:${height}px"
        role=${options.label ? 'img' : nothing} aria-label=${options.label ?? nothing} aria-hidden=${options.label ? nothing : 'true'}>
        <path class="zero" d="M0 ${y(0)}H1000"></path><path class="line" d=${line}></path><path class="line faint" d=${rest || nothing}></path>
    </svg>`;
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export const barsStyles = css`
    .bars { display: block; width: 100%; overflow: visible; }
    .bars .up { fill: var(--pos, #c8590b); } .bars .down { fill: var(--neg, #1f62ad); } .bars .faint { opacity: .25; }
    .bars .zero { stroke: var(--line, #d9d6cd); stroke-width: 1; vector-effect: non-scaling-stroke; fill: none; }
    .bars .line { stroke: var(--ink, #1d1e21); stroke-width: 1.5; vector-effect: non-scaling-stroke; fill: none; stroke-linejoin: round; }
    .bars .mark { stroke: var(--touch, #0b7365); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
    .bars .window { fill: var(--wash, #f3f1ea); stroke: var(--touch, #0b7365); stroke-width: 1; vector-effect: non-scaling-stroke; }
`;
