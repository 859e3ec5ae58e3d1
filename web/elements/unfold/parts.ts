// The parts of a long sum: a picture of them and of the sum so far, which can be stepped through; a list, the largest first and the rest
// as one; and whether the figures that stand there add up to the result.
import { css, html, nothing, type TemplateResult } from 'lit';
import { bars, sumLine } from '../../drawing/bars.ts';
import { format, formatCount, formatSignificant } from '../../drawing/format.ts';
import { largest } from '../../drawing/scale.ts';
import type { PlaceNames } from '../../models/naming.ts';
import { addingUp, decimalsOf, largestPlaces, type Order, runningSums, shownAtFirst } from '../../models/unfold_parts.ts';
import type { PlacesColumn } from './places.ts';
import './places.ts';
import type { Setting } from './setting.ts';

export interface Parts {
  /** What is added up, n numbers. */
  values: ArrayLike<number>;
  result: number;
  /** Products or terms. */
  noun: string;
  names: PlaceNames | null;
  /** The columns of the list before the last, whose numbers are `values`. */
  columns: readonly PlacesColumn[];
  /** Draws a number of `values` with so many decimals. */
  part: (i: number, decimals: number) => TemplateResult;
}

/** The places in the order that the reader chose, and how many of them are listed. */
function placesIn(order: Order, values: ArrayLike<number>): { places: number[] | undefined; listed: number[] | number } {
  if (order === 'place') return { places: undefined, listed: values.length };
  const places = largestPlaces(values);
  return { places, listed: order === 'all' ? places : places.slice(0, shownAtFirst) };
}

/** Bars of the parts and the line of their sum so far, with a slider that takes them in one by one. */
export function picture({ values, result, noun, names }: Parts, { order, through }: Setting): TemplateResult {
  const { places } = placesIn(order.value, values);
  const sorted = places ? Float64Array.from(places, (i) => values[i] ?? 0) : values;
  const count = values.length;
  const taken = Math.min(count, through.value ?? count);
  return html`<div class="row"><span>${noun}${places ? html`, <span class="whole">largest first</span>` : nothing}</span>${bars(sorted, { height: 40, through: taken })}</div>
    <div class="row"><span>sum so far</span>${sumLine(runningSums(values, places), { height: 44, through: taken })}</div>
    ${stepper({ values, result, noun, names }, through, places)}`;
}

/** Takes the parts in one after the other, in the order `places`, and says the sum so far. */
export function stepper(
  { values, result, noun, names }: Pick<Parts, 'values' | 'result' | 'noun' | 'names'>,
  through: Setting['through'],
  places?: readonly number[],
): TemplateResult {
  const count = values.length;
  const taken = Math.min(count, through.value ?? count);
  const decimals = decimalsOf(values, result);
  const last = places?.[taken - 1] ?? taken - 1;
  const value = values[last] ?? 0;
  const sum = taken === count ? result : (runningSums(values, places)[taken - 1] ?? 0);
  const called = names ? `${names.what === 'token' ? '' : `${names.what} `}${names.name(last)}` : `place ${last + 1}`;
  const words =
    taken === 0
      ? 'Nothing is added yet: 0'
      : `${taken === count ? `All ${formatCount(count)}` : taken === 1 ? 'The first' : `The first ${formatCount(taken)}`}: ${format(sum, decimals)}. The last of them, ${called}, is ${format(value, decimals)}`;
  const set = (next: number) => {
    through.value = next >= count ? null : Math.max(0, next);
  };
  const step = (by: number, words: string, mark: string) => html`<button type="button" class="quiet nudge" aria-label=${words}
    ?disabled=${by < 0 ? taken === 0 : taken === count} @click=${() => set(taken + by)}>${mark}</button>`;
  return html`<div class="stepper"><div class="slide">${step(-1, 'One fewer', '−1')}<input type="range" min="0" max=${count} .value=${String(taken)} aria-label=${`${noun} added so far`}
      aria-valuetext=${words} @input=${(event: Event) => set(Number((event.target as HTMLInputElement).value))} />${step(1, 'One more', '+1')}</div>
    <p class="so-far">${words}.</p></div>`;
}

/** The list: the ten largest and the rest in one, or all of them. */
export function list(parts: Parts, { order, width }: Setting): TemplateResult {
  const { values, result, noun, names, columns, part } = parts;
  const count = values.length;
  const chosen = order.value;
  const { places, listed } = placesIn(chosen, values);
  const decimals = decimalsOf(values, result);
  const scale = largest(values) || 1;
  const above = Array.isArray(listed) ? listed.length : count;
  const rest = count - above;
  const shown = Array.isArray(listed) ? listed.map((i) => values[i] ?? 0) : values;
  const ofRest = rest > 0 && places ? places.slice(above).reduce((total, i) => total + (values[i] ?? 0), 0) : 0;
  const adding = addingUp(rest > 0 ? [...Array.from(shown), ofRest] : shown, result, decimals);
  const running = width >= 520 ? runningSums(values, places) : null;
  const rank = places && running ? new Map(places.map((i, n) => [i, n])) : null;
  const all: PlacesColumn[] = [
    ...columns,
    { name: noun.replace(/s$/, ''), role: 'product', cell: (i) => part(i, decimals), bar: (i) => (values[i] ?? 0) / scale },
    ...(running
      ? [{ name: 'sum so far', role: 'product' as const, cell: (i: number) => html`${format(running[rank?.get(i) ?? i] ?? 0, decimals)}` }]
      : []),
  ];
  const choice = (
    value: Order,
    words: string,
  ) => html`<button type="button" class="quiet" aria-pressed=${chosen === value ? 'true' : 'false'}
    @click=${() => {
      order.value = value;
    }}>${words}</button>`;
  const foot = (words: unknown, value: number, total: number | null, kind: string, bar: boolean) =>
    html`<div class="foot ${kind}"><span>${words}</span><span class="number">${format(value, decimals)}${bar ? html`<i class="size ${value < 0 ? 'n' : 'p'}" style="--h:${Math.min(1, Math.abs(value) / scale).toFixed(4)}" aria-hidden="true"></i>` : nothing}</span>${
      running ? html`<span class="number">${total === null ? nothing : format(total, decimals)}</span>` : nothing
    }</div>`;
  return html`<div class="tabs" role="group" aria-label="Which of them">${choice('largest', 'Ten largest')}${choice('place', `All ${formatCount(count)} in order`)}${choice('all', 'All, largest first')}</div>
    <div class="sums ${running ? 'wide' : ''}" style="--count:${all.length + (names?.what === 'token' ? 1 : 0.6)}">
    <dot-places class=${names?.what === 'token' ? 'words' : ''} .places=${listed} .columns=${all} .names=${names}></dot-places>
    ${
      rest > 0
        ? foot(
            html`the other ${formatCount(rest)} together <button type="button" class="quiet more" @click=${() => {
              order.value = 'all';
            }}>Show them</button>`,
            ofRest,
            result,
            'rest',
            true,
          )
        : nothing
    }${foot('added up', result, null, 'total', false)}</div>
    <p class="adds">${adding.words}</p>`;
}

/** All that is said and drawn of a long sum, below what its parts are made of. */
export function sumOfParts(parts: Parts, setting: Setting): TemplateResult {
  const { values, result, noun } = parts;
  return html`${picture(parts, setting)}
    <p class="line">All ${formatCount(values.length)} ${noun} add up to <strong>${formatSignificant(result)}</strong>.</p>
    ${list(parts, setting)}`;
}

export const partsStyles = css`
  .stepper { margin: 2px 0 8px; }
  .slide { display: flex; align-items: center; gap: 4px; max-width: 34rem; } .slide input { flex: 1 1 auto; min-width: 0; }
  .nudge { min-width: 44px; text-decoration: none; font-feature-settings: "tnum", "lnum"; }
  .so-far { margin: 0; min-height: 1.5rem; color: var(--soft, #5b5d64); font-feature-settings: "tnum", "lnum"; }
  @media (max-width: 40rem) { .so-far { min-height: 3rem; } }
  .sums { font-size: .82rem; font-feature-settings: "tnum", "lnum"; }
  .foot { display: grid; grid-template-columns: minmax(0, 1fr) calc(100% / var(--count)); align-items: center; min-height: 44px; border-bottom: 1px solid var(--line, #d9d6cd); }
  .wide .foot { grid-template-columns: minmax(0, 1fr) calc(100% / var(--count)) calc(100% / var(--count)); }
  .foot .number { text-align: right; padding-right: 12px; position: relative; white-space: nowrap; }
  .foot.total { font-weight: 500; border-bottom: 0; }
  .foot .more { font-size: .82rem; }
  .foot .size { position: absolute; right: 12px; left: 0; bottom: -6px; height: 3px; }
  .foot .size::before { content: ""; position: absolute; inset-block: 0; width: calc(50% * var(--h)); }
  .foot .size.p::before { left: 50%; background: var(--pos, #c8590b); } .foot .size.n::before { right: 50%; background: var(--neg, #1f62ad); }
  .adds { margin: 2px 0 8px; color: var(--soft, #5b5d64); font-size: .8rem; max-width: 40rem; }
`;
