// A vector as a picture: one square per place, `columns` to a row. Either ink from 0 (paper) to 1, or signed numbers on the page's
// diverging scale, where a negative square also carries a minus when the picture is large. SVG paths, one per shade, so that a
// picture is light to draw and follows the theme.
import { css, html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { keepThePageStill } from './plane.ts';
import { diverging, largest } from './scale.ts';

export interface PictureOptions {
  /** `ink`: 0 to 1, from paper to ink. `signed` (unless told): negative – paper – positive. */
  kind?: 'ink' | 'signed';
  /** Squares in a row; 28 unless told. */
  columns?: number;
  /** The magnitude of the strongest shade of a signed picture; default the largest in `values`. */
  most?: number;
  /** What the picture shows, in words. Without it the picture is hidden from a screen reader: the words are the caller's. */
  label?: string;
  /** Minus signs on negative squares: for pictures large enough to see them, 150 pixels wide or more. */
  marked?: boolean;
  /** The place that is outlined. */
  pointed?: number | null;
  /**
   * Called with the place under the pointer, or the one that the arrow keys walked to; null when the pointer leaves. With it the
   * picture takes the focus: one tab stop, arrow keys by a square, Page Up and Down by five rows, Home and End within a row.
   */
  point?: (place: number | null) => void;
  /** false: the pointer only. For pictures beside another one that is walked for all of them. */
  walk?: boolean;
  /** What a screen reader hears of a place while the keys walk; default its row and column and the value. */
  words?: (place: number) => string;
  /** Called for each place that the pointer is drawn over while pressed, and for the pointed one on Space and Enter. Touch then draws and does not scroll. */
  press?: (place: number) => void;
  /** A drawing with the pointer or a key press has ended. */
  release?: () => void;
}

/** Shades of each sign. */
const shades = 20;

/** values[rows × columns], row by row. */
export function picture(values: ArrayLike<number>, options: PictureOptions = {}): TemplateResult {
  const { kind = 'signed', columns = 28, label, pointed = null, point, press } = options;
  const rows = Math.ceil(values.length / columns);
  const most = kind === 'ink' ? 1 : (options.most ?? largest(values));
  const active = point !== undefined || press !== undefined;
  const now = pointed ?? 0;
  const words = options.words ?? ((i: number) => `${squareName(i, columns)}: ${Math.round(100 * (values[i] ?? 0)) / 100}`);
  const content = [
    squares(values, kind, columns, most),
    options.marked && kind === 'signed' ? minuses(values, columns, most) : nothing,
    pointed === null
      ? nothing
      : svg`<rect class="pointed" x=${pointed % columns} y=${Math.floor(pointed / columns)} width="1" height="1" />`,
  ];
  const hover = (event: PointerEvent) => point?.(placeAt(event, columns, rows));
  const leave = () => point?.(null);
  if (!active || options.walk === false)
    return html`<svg class="picture ${kind}" viewBox="0 0 ${columns} ${rows}" role=${label ? 'img' : nothing} aria-label=${label ?? nothing} aria-hidden=${label ? nothing : 'true'}
    @pointermove=${point && hover} @pointerdown=${point && hover} @pointerleave=${point && leave}>${content}</svg>`;
  // A slider over the places: the one role whose keys a screen reader hands on and whose value it speaks.
  return html`<svg class="picture ${kind} active${press ? ' press' : ''}" viewBox="0 0 ${columns} ${rows}" role="slider" tabindex="0" aria-label=${label ?? 'Picture'}
    aria-valuemin="1" aria-valuemax=${values.length} aria-valuenow=${now + 1} aria-valuetext=${words(now)}
    @pointermove=${hover} @pointerleave=${leave}
    @touchstart=${press && keepThePageStill} @pointerdown=${(event: PointerEvent) => (press ? draw(event, columns, rows, options) : hover(event))}
    @focus=${(event: FocusEvent) => {
      if (pointed === null && (event.target as Element).matches(':focus-visible'))
        point?.(Math.floor(rows / 2) * columns + Math.floor(columns / 2));
    }}
    @keydown=${(event: KeyboardEvent) => keys(event, now, columns, rows, options)}>${content}</svg>`;
}

/** "row 3, column 14": how a place of a picture is called. Both count from 1. */
export function squareName(place: number, columns = 28): string {
  return `row ${Math.floor(place / columns) + 1}, column ${(place % columns) + 1}`;
}

/** One path per shade: runs of equal shade as rectangles. */
function squares(values: ArrayLike<number>, kind: 'ink' | 'signed', columns: number, most: number): SVGTemplateResult[] {
  const paths = new Map<number, string>();
  const shade = (i: number) => {
    const share = (values[i] ?? 0) / (most || 1);
    return Number.isFinite(share) ? Math.round(shades * Math.max(-1, Math.min(1, share))) : 0;
  };
  for (let from = 0; from < values.length; ) {
    const own = shade(from);
    const end = Math.min(values.length, from - (from % columns) + columns);
    let to = from + 1;
    while (to < end && shade(to) === own) to++;
    if (own !== 0) {
      const path = `M${from % columns} ${Math.floor(from / columns)}h${to - from}v1h${from - to}z`;
      paths.set(own, (paths.get(own) ?? '') + path);
    }
    from = to;
  }
  return [...paths].map(
    ([own, path]) => svg`<path d=${path} style="fill:${kind === 'ink' ? inked(own / shades) : diverging(own, shades)}" />`,
  );
}

function inked(share: number): string {
  return `color-mix(in oklab, var(--ink, #1d1e21) ${Math.round(100 * Math.abs(share))}%, var(--paper, #fcfbf8))`;
}

/** A minus in each square that is clearly negative. */
function minuses(values: ArrayLike<number>, columns: number, most: number): SVGTemplateResult {
  let path = '';
  for (let i = 0; i < values.length; i++)
    if ((values[i] ?? 0) < -0.15 * most) path += `M${(i % columns) + 0.25} ${Math.floor(i / columns) + 0.5}h.5`;
  return svg`<path class="minus" d=${path} />`;
}

/** The place under the pointer; the nearest one for a pointer that has left while pressed. */
function placeAt(event: PointerEvent, columns: number, rows: number): number {
  const [x, y] = at(event, event.currentTarget as Element, columns, rows);
  return Math.floor(y) * columns + Math.floor(x);
}

function at(event: PointerEvent, area: Element, columns: number, rows: number): [number, number] {
  const box = area.getBoundingClientRect();
  const within = (share: number, count: number) => Math.max(0, Math.min(count - 0.001, share * count));
  return [within((event.clientX - box.left) / (box.width || 1), columns), within((event.clientY - box.top) / (box.height || 1), rows)];
}

/** Calls `press` for every place on the pointer's way, without gaps however fast it goes, each place once in a row. */
function draw(down: PointerEvent, columns: number, rows: number, { press, release }: PictureOptions): void {
  const area = down.currentTarget as SVGSVGElement;
  let [x, y] = at(down, area, columns, rows);
  let last = -1;
  const touch = (toX: number, toY: number) => {
    const place = Math.floor(toY) * columns + Math.floor(toX);
    if (place !== last) press?.(place);
    last = place;
  };
  const follow = (event: PointerEvent) => {
    const [toX, toY] = at(event, area, columns, rows);
    const steps = Math.max(1, Math.ceil(2 * Math.hypot(toX - x, toY - y)));
    for (let step = 1; step <= steps; step++) touch(x + ((toX - x) * step) / steps, y + ((toY - y) * step) / steps);
    [x, y] = [toX, toY];
  };
  const end = () => {
    area.removeEventListener('pointermove', follow);
    area.removeEventListener('pointerup', end);
    area.removeEventListener('pointercancel', end);
    release?.();
  };
  down.preventDefault();
  area.focus({ preventScroll: true });
  area.setPointerCapture(down.pointerId);
  area.addEventListener('pointermove', follow);
  area.addEventListener('pointerup', end);
  area.addEventListener('pointercancel', end);
  touch(x, y);
}

function keys(event: KeyboardEvent, now: number, columns: number, rows: number, { point, press, release }: PictureOptions): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const [row, column] = [Math.floor(now / columns), now % columns];
  const to = (r: number, c: number) => Math.max(0, Math.min(rows - 1, r)) * columns + Math.max(0, Math.min(columns - 1, c));
  const place: Record<string, number> = {
    ArrowLeft: to(row, column - 1),
    ArrowRight: to(row, column + 1),
    ArrowUp: to(row - 1, column),
    ArrowDown: to(row + 1, column),
    PageUp: to(row - 5, column),
    PageDown: to(row + 5, column),
    Home: to(row, 0),
    End: to(row, columns - 1),
  };
  const next = place[event.key];
  if (next !== undefined) point?.(next);
  else if (press && (event.key === ' ' || event.key === 'Enter')) {
    press(now);
    release?.();
  } else return;
  event.preventDefault();
}

export const pictureStyles = css`
    .picture { display: block; width: 100%; height: auto; shape-rendering: crispEdges; outline: 1px solid var(--line, #d9d6cd); outline-offset: -1px; }
    .picture .minus { stroke: var(--paper, #fcfbf8); stroke-width: .14; fill: none; }
    .picture .pointed { fill: none; stroke: var(--touch, #0b7365); stroke-width: 2; vector-effect: non-scaling-stroke; }
    .picture.active { outline-color: var(--edge, #85837b); cursor: crosshair; touch-action: pan-y; }
    .picture.press { touch-action: none; }
    .picture.active:focus-visible { outline: 2px solid var(--touch, #0b7365); outline-offset: 2px; }
    @media print { .picture { print-color-adjust: exact; } }
`;
