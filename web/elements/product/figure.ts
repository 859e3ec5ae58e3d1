// The two ways to draw the figure: cell by cell, in as many blocks as the width asks for; or as bars, with a part of the
// vectors shown cell by cell.
import { html, nothing, type TemplateResult } from 'lit';
import { bars, extent, sumLine } from '../../drawing/bars.ts';
import { digitsFor, formatCount, formatShort, formatSignificant } from '../../drawing/format.ts';
import { blocks, largest, roundUp, steadyScale } from '../../drawing/scale.ts';
import { strip, sumSteps } from '../../drawing/strip.ts';
import type { ProductModel } from '../../models/product.ts';
import type { NumberOptions } from '../number.ts';
import '../unfold/places.ts';

export interface Parts {
  model: ProductModel;
  width: number;
  pointed: number | null;
  point: (index: number | null) => void;
  uncover: () => void;
  /** A cell was left with a text that is no number. */
  refuse: (text: string) => void;
  num: (value: number, address: string, options?: Partial<NumberOptions>) => TemplateResult;
}

/** Widths in CSS pixels: what the names and the result take beside the cells, and the least that a cell needs. */
const nameWidth = 58;
const resultWidth = 136;
const leastCell = 44;
const narrow = 560;
/** What the scale beside a long vector takes; the height of the line of its sum. */
const scaleWidth = 48;
const sumHeight = 72;

/** Every place as a cell; as many rows of blocks as the width needs. */
export function short(parts: Parts): TemplateResult {
  const { model, width } = parts;
  const length = model.length;
  const slim = width < narrow;
  const columns = Math.max(2, Math.floor((width - nameWidth - (slim ? 0 : resultWidth)) / leastCell));
  const cut = blocks(length, columns);
  const shared = (cut[0]?.[1] ?? length) - (cut[0]?.[0] ?? 0);
  return html`<div class=${slim ? 'parts slim' : 'parts'}>
    ${cut.map(([from, to], i) => block(parts, from, to, Math.max(shared, slim ? 0 : 4), cut.length > 1, !slim && i === cut.length - 1))}
    ${slim ? html`<div class="below">${result(parts)}</div>` : nothing}</div>`;
}

/** a, b, their products and the steps of the sum for places [from, to). */
function block(parts: Parts, from: number, to: number, columns: number, indices: boolean, last: boolean): TemplateResult {
  const { model, point, pointed, num } = parts;
  const a = model.a.value;
  const b = model.b.value;
  const answer = model.asked.answer.value;
  const covered = model.covered.value;
  // Until there is an answer to show, the cells stand empty in their places, so that nothing moves when it comes.
  const known = !covered && answer && !model.asked.failure.value ? answer : null;
  const products = known?.products ?? new Float32Array(Math.min(a.length, b.length));
  const through = covered ? 0 : (model.through.value ?? model.length);
  const faint = (i: number) => i >= through;
  const scale = steadyScale(a, b);
  const side = (values: readonly number[], role: 'a' | 'b') =>
    strip(values, {
      role,
      from: Math.min(from, values.length),
      to: Math.min(to, values.length),
      columns,
      scale,
      indices: indices && role === 'a',
      point,
      pointed,
      step: 0.1,
      edit: (i, value) => model.edit(role, i, value),
      refuse: (_, text) => parts.refuse(text),
    });
  const digits = Math.min(2, digitsFor(products, 2));
  const end = Math.min(to, products.length);
  return html`<div class=${known ? 'block' : 'block unknown'}>${side(a, 'a')}<span class="op" aria-hidden="true">×</span>${side(b, 'b')}<span class="op" aria-hidden="true">=</span>
    ${strip(products, { role: 'product', from: Math.min(from, end), to: end, columns, digits, faint, scale: steadyScale(products), point, pointed, numeral: (value, i) => (known ? num(value, `pair/product[${i}]`, { text: formatShort(value, digits), digits, label: `product at place ${i + 1}` }) : covered ? '?' : '') })}
    <span class="op" aria-hidden="true">+</span>
    ${sumSteps(products, { running: known?.running ?? products, from: Math.min(from, end), to: end, columns, through, point, pointed, ...(last ? { end: result(parts) } : {}) })}</div>`;
}

/** The sum so far, or the whole of it, large. */
function result({ model, num, uncover }: Parts): TemplateResult {
  if (model.covered.value) {
    return html`<span class="result"><button type="button" class="do" @click=${uncover}>Show products and sum</button></span>`;
  }
  if (model.asked.failure.value?.code === 'length-mismatch') return html``;
  const value = model.result;
  const through = model.through.value;
  const failed = model.asked.failure.value !== null;
  const answer = model.asked.answer.value;
  const count = answer?.products.length ?? 0;
  const words =
    through === null ? html`<var class="a">a</var> · <var class="b">b</var>` : html`${formatCount(through)} of ${formatCount(count)}`;
  const text = value === null || failed ? '–' : formatSignificant(value);
  const drawn =
    value === null || failed || through === 0
      ? html`<span>${text}</span>`
      : through === null
        ? num(value, 'pair/dot', { text, digits: 4, label: 'a · b' })
        : num(value, 'pair/dot', {
            text,
            digits: 4,
            key: 'so-far',
            label: `sum of the first ${through} products`,
            source: model.so_far.value,
          });
  return html`<span class="result"><span class="soft">${words} =</span> <strong>${drawn}</strong></span>`;
}

/** How far the running sum has come. */
export function scrubber({ model }: Parts): TemplateResult {
  const length = model.asked.answer.value?.products.length ?? model.length;
  const through = model.through.value ?? length;
  return html`<label class="scrub"><span class="soft">Add up to place</span>
    <input type="range" min="0" max=${length} step="1" ?disabled=${model.covered.value} .value=${String(through)} aria-valuetext=${`${formatCount(through)} of ${formatCount(length)} places`}
      @input=${(event: Event) => model.scrub(Number((event.target as HTMLInputElement).value))} />
    <output class="tabular">${formatCount(through)}<span class="soft"> of ${formatCount(length)}</span></output></label>`;
}

/** Bars for the whole, cells for a part of it. */
export function long(parts: Parts): TemplateResult {
  const { model, width, point, pointed } = parts;
  const a = model.a.value;
  const b = model.b.value;
  const answer = model.asked.answer.value;
  const products = answer?.products ?? new Float32Array(a.length);
  const through = model.through.value ?? a.length;
  const slim = width < narrow;
  const count = Math.max(4, Math.min(16, Math.floor((width - nameWidth) / 60)));
  const from = Math.max(0, Math.min(model.window.value, a.length - count));
  const to = Math.min(a.length, from + count);
  const window: [number, number] = [from, to];
  const columns = Math.max(60, Math.floor(width - nameWidth - scaleWidth));
  const scale = largest(a, largest(b));
  // Close up, the bars fill their cells: a scale of their own, in round steps.
  const near = (values: ArrayLike<number>) => largest(Array.from(values).slice(from, to), 0.1);
  const closer = roundUp(Math.max(near(a), near(b)));
  const running = answer?.running ?? products;
  const jump = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const place = Math.floor(((event.clientX - box.left) / box.width) * a.length);
    model.window.value = Math.max(0, Math.min(a.length - count, place - Math.floor(count / 2)));
  };
  const row = (name: unknown, picture: TemplateResult, ends: unknown) =>
    html`<span class="label">${name}</span><div class="whole" @pointerdown=${jump}>${picture}</div><span class="ends tabular">${ends}</span>`;
  const most = (values: ArrayLike<number>) => (answer ? html`<span>±${formatShort(largest(values), 1)}</span>` : nothing);
  const view = { from, to, columns: to - from, point, pointed };
  return html`<div class="overview">
      ${row(html`<var class="a">a</var>`, bars(a, { scale, columns, window, pointed, height: 48 }), answer ? html`<span>±${formatShort(scale, 1)}</span>` : nothing)}
      ${row(html`<var class="b">b</var>`, bars(b, { scale, columns, window, pointed, height: 48 }), answer ? html`<span>±${formatShort(scale, 1)}</span>` : nothing)}
      ${row(html`<small>products</small>`, bars(products, { columns, window, pointed, through, height: 60 }), most(products))}
      ${row(html`<var>Σ</var> <small>sum</small>`, sumLine(running, { columns, through, height: sumHeight }), answer ? heights(running) : nothing)}
    </div>
    <div class="below">${result(parts)}</div>
    <label class="scrub"><span class="soft">Look closer, from place</span>
      <input type="range" min="0" max=${Math.max(0, a.length - count)} step="1" .value=${String(from)} aria-valuetext=${`places ${from + 1} to ${to} of ${a.length}`}
        @input=${(event: Event) => {
          model.window.value = Number((event.target as HTMLInputElement).value);
        }} /><output class="tabular">${formatCount(from + 1)}–${formatCount(to)}</output></label>
    <div class=${slim ? 'parts slim' : 'parts'}><div class="block">
      ${strip(a, { ...view, role: 'a', scale: closer, digits: 2, indices: true, edit: (i, value) => model.edit('a', i, value), refuse: (_, text) => parts.refuse(text) })}
      ${strip(b, { ...view, role: 'b', scale: closer, digits: 2, edit: (i, value) => model.edit('b', i, value), refuse: (_, text) => parts.refuse(text) })}
      ${strip(products, { ...view, role: 'product', scale: roundUp(near(products)), digits: 2, faint: (i) => i >= through, numeral: (value, i) => parts.num(value, `pair/product[${i}]`, { digits: 2, label: `product at place ${i + 1}` }) })}
    </div></div>`;
}

/** What the line of the sum reaches, at the height where it does: highest, zero, lowest. running[n]. */
function heights(running: ArrayLike<number>): TemplateResult {
  const [low, high] = extent(running);
  const at = (value: number) => (2 + ((sumHeight - 4) * (high - value)) / (high - low || 1)) / sumHeight;
  const ends = [high, 0, low].filter((value, i, all) => i === 1 || Math.abs(at(value) - at(all[1] ?? 0)) > 0.22);
  return html`${ends.map((value) => html`<span style="top:${100 * at(value)}%">${formatShort(value, Math.abs(value) < 10 ? 1 : 0)}</span>`)}`;
}

/** The same as a table, for whoever reads tables better than pictures. */
export function twin({ model, num }: Parts): TemplateResult {
  const answer = model.asked.answer.value;
  if (!answer || model.asked.failure.value) return html``;
  const plain = (value: number) => html`${formatShort(value, 4)}`;
  const columns = [
    { name: 'a', role: 'a', cell: (i: number) => plain(model.a.value[i] ?? 0) },
    { name: 'b', role: 'b', cell: (i: number) => plain(model.b.value[i] ?? 0) },
    {
      name: 'product',
      role: 'product',
      cell: (i: number) => num(answer.products[i] ?? 0, `pair/product[${i}]`, { digits: 4, key: `table-product-${i}` }),
    },
    { name: 'sum so far', role: 'product', cell: (i: number) => num(answer.running[i] ?? 0, `pair/running[${i}]`, { digits: 4 }) },
  ];
  return html`<details><summary>The same as a table</summary><dot-places .places=${answer.products.length} .columns=${columns}></dot-places></details>`;
}
