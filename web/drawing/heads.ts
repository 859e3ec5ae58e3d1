// Attention weights as pictures: a head at a glance, and the whole map of one head with its tokens along the edges. SVG paths, one per
// shade, so that thirty-six of them are light to draw and follow the theme.
import { css, html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

const shades = 10;
/** A picture at a glance has no more squares to a side; of a longer text each square is the largest of those it stands for. */
const mostSquares = 32;

const made = new WeakMap<Float32Array, Map<number, SVGTemplateResult[]>>();

/** weights[count × count], 0 to 1, as one path for each shade: a square for each pair, a row for each place that looks. */
function shaded(weights: Float32Array, count: number, squares: number): SVGTemplateResult[] {
  const known = made.get(weights) ?? new Map<number, SVGTemplateResult[]>();
  made.set(weights, known);
  const found = known.get(squares) ?? drawn(squares < count ? pooled(weights, count, squares) : weights, squares);
  known.set(squares, found);
  return found;
}

function drawn(weights: Float32Array, count: number): SVGTemplateResult[] {
  const paths: string[] = Array(shades + 1).fill('');
  for (let t = 0; t < count; t++) {
    for (let from = 0; from < count; ) {
      const shade = Math.round(shades * Math.min(1, weights[t * count + from] ?? 0));
      let to = from + 1;
      while (to < count && Math.round(shades * Math.min(1, weights[t * count + to] ?? 0)) === shade) to++;
      if (shade > 0) paths[shade] += `M${from} ${t}h${to - from}v1h${from - to}z`;
      from = to;
    }
  }
  return paths.flatMap((path, shade) => (path ? [svg`<path d=${path} style="--shade:${(100 * shade) / shades}%" />`] : []));
}

function pooled(weights: Float32Array, count: number, squares: number): Float32Array {
  const small = new Float32Array(squares * squares);
  const at = (place: number) => Math.min(squares - 1, Math.floor((place * squares) / count));
  for (let t = 0; t < count; t++) {
    for (let s = 0; s < count; s++) {
      const to = at(t) * squares + at(s);
      small[to] = Math.max(small[to] ?? 0, weights[t * count + s] ?? 0);
    }
  }
  return small;
}

/** One head at a glance; `row` is marked. Hidden from a screen reader: the words are the caller's. */
export function headPicture(weights: Float32Array, count: number, row: number | null = null): TemplateResult {
  const squares = Math.min(count, mostSquares);
  const thick = Math.max(1, squares / 26);
  const y = row === null ? 0 : ((row + 0.5) * squares) / count - thick / 2;
  return html`<svg class="head-picture" viewBox="0 0 ${squares} ${squares}" preserveAspectRatio="none" aria-hidden="true">${shaded(weights, count, squares)}${
    row === null ? nothing : svg`<path class="line" d=${`M0 ${y}h${-squares / 14}v${thick}h${squares / 14}z`} />`
  }</svg>`;
}

export interface HeadMapOptions {
  weights: Float32Array;
  names: readonly string[];
  /** Each place sees only itself and those before it. */
  causal: boolean;
  /** Pixels of a cell's side. */
  side: number;
  at: { query: number; key: number };
  choose(query: number, key: number): void;
  /** What the map shows. */
  label: string;
  /** What a cell says. */
  words(query: number, key: number): string;
}

const edge = 80; // pixels for the names

/** The whole map: rows look, columns are looked at. A slider over its cells: one tab stop, arrow keys, Home and End along the row, page keys along the column. */
export function headMap({ weights, names, causal, side, at, choose, label, words }: HeadMapOptions): TemplateResult {
  const count = names.length;
  const size = edge + count * side;
  const font = Math.min(12, side - 0.5);
  const place = (event: MouseEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const [s, t] = [(event.clientX - box.left - edge) / side, (event.clientY - box.top - edge) / side].map(Math.floor) as [number, number];
    if (s < count && t < count && Math.max(s, t) >= 0) choose(t < 0 ? at.query : t, s < 0 ? at.key : s);
  };
  const stairs = () => {
    let path = `M1 0H${count}V${count - 1}`;
    for (let t = count - 1; t > 0; t--) path += `H${t}V${t - 1}`;
    return svg`<path class="later" d=${`${path}z`} />`;
  };
  return html`<svg class="head-map" width=${size} height=${size} viewBox="0 0 ${size} ${size}" role="slider" tabindex="0" aria-label=${label}
    aria-valuemin="1" aria-valuemax=${count * count} aria-valuenow=${at.query * count + at.key + 1} aria-valuetext=${words(at.query, at.key)}
    @click=${place} @keydown=${(event: KeyboardEvent) => keys(event, at, count, choose)}>
    <g font-size=${font}>${names.map(
      (
        name,
        t,
      ) => svg`<text class=${t === at.query ? 'a at' : 'a'} x=${edge - 5} y=${edge + (t + 0.5) * side + font * 0.35} text-anchor="end">${cut(name)}</text>
      <text class=${t === at.key ? 'b at' : 'b'} transform="translate(${edge + (t + 0.5) * side + font * 0.35} ${edge - 5}) rotate(-90)">${cut(name)}</text>`,
    )}</g>
    <g transform="translate(${edge} ${edge}) scale(${side})"><path class="ground" d="M0 0h${count}v${count}h${-count}z" />${causal && count > 1 ? stairs() : nothing}${shaded(weights, count, count)}
      <path class="row" d="M0 ${at.query}h${count}v1h${-count}z" /><rect class="cell" x=${at.key} y=${at.query} width="1" height="1" /></g></svg>`;
}

/** As much of a name as fits beside the map. */
const cut = (name: string) => {
  const plain = name.replace(/ \(\d+(?:st|nd|rd|th)\)$/, '');
  return [...plain].length > 12 ? `${[...plain].slice(0, 11).join('')}…` : plain;
};

function keys(
  event: KeyboardEvent,
  { query, key }: { query: number; key: number },
  count: number,
  choose: (query: number, key: number) => void,
): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const to: Record<string, [number, number]> = {
    ArrowUp: [query - 1, key],
    ArrowDown: [query + 1, key],
    ArrowLeft: [query, key - 1],
    ArrowRight: [query, key + 1],
    Home: [query, 0],
    End: [query, count - 1],
    PageUp: [0, key],
    PageDown: [count - 1, key],
  };
  const next = to[event.key];
  if (!next) return;
  event.preventDefault();
  const within = (value: number) => Math.max(0, Math.min(count - 1, value));
  choose(within(next[0]), within(next[1]));
}

export const headsStyles = css`
    .head-picture { display: block; width: 100%; height: 100%; overflow: visible; shape-rendering: crispEdges; }
    .head-picture path, .head-map path { fill: color-mix(in oklab, var(--pos, #c8590b) var(--shade), transparent); }
    .head-picture .line { fill: var(--a, #8a3ea8); }
    .head-map { display: block; flex: none; cursor: crosshair; }
    .head-map g > path { shape-rendering: crispEdges; }
    .head-map text { fill: var(--ink, #1d1e21); font-family: var(--serif, Georgia, serif); } .head-map .at { font-weight: 700; } .head-map .a.at { fill: var(--a, #8a3ea8); } .head-map .b.at { fill: var(--b, #4d7212); }
    .head-map .ground { fill: var(--wash, #f3f1ea); } .head-map .later { fill: var(--paper, #fcfbf8); }
    .head-map .row { fill: none; stroke: var(--a, #8a3ea8); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
    .head-map .cell { fill: none; stroke: var(--touch, #0b7365); stroke-width: 3; vector-effect: non-scaling-stroke; }
    .head-map:focus-visible { outline: 2px solid var(--touch, #0b7365); outline-offset: 2px; }
    @media print { .head-picture, .head-map { print-color-adjust: exact; } }
`;
