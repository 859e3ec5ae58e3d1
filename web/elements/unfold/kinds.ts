// How each kind of explanation is drawn. A dot product is always the constant figure: two strips, their products, the sum.
import type { Signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { bars, sumLine } from '../../drawing/bars.ts';
import { format, formatCount, formatShort, formatSignificant } from '../../drawing/format.ts';
import { blocks, largest } from '../../drawing/scale.ts';
import { strip, sumSteps } from '../../drawing/strip.ts';
import type { Explanation, Operand, Term } from '../../engine/index.ts';
import { type Explains, largestPlaces, madeOf } from '../../models/unfold.ts';
import type { NumberOptions } from '../number.ts';
import './places.ts';
import { columnsOf, pictures } from './pictures.ts';
import type { PlacesColumn } from './places.ts';

/** Draws a number that can be opened; an empty address draws plain text. */
export type Open = (value: number, address: string, options?: Partial<NumberOptions>) => TemplateResult;

export interface Setting {
  order: Signal<'largest' | 'place'>;
  /** Width to draw in, CSS pixels. */
  width: number;
  /** The square that is pointed at, where a dot product is drawn as pictures. */
  pointed: Signal<number | null>;
  /** For a dot product: its two vectors as a source of `pair/…` addresses; null where its own source has them. */
  pair: Explains | null;
}

/** Vectors of more places than this are drawn as bars, with their places in a list. */
const longest = 24;

export function body(explanation: Explanation, open: Open, setting: Setting): TemplateResult {
  switch (explanation.kind) {
    case 'dot':
      return html`${line(explanation)}${explanation.products.length > longest ? long_dot(explanation, open, setting) : short_dot(explanation, open, setting)}
        ${explanation.products.length > 1 ? down(open, setting, explanation) : nothing}`;
    case 'sum':
      return html`${line(explanation)}${sum(explanation, open)}`;
    case 'normalize':
      return html`${line(explanation)}${quotient(explanation, open)}`;
    case 'activation':
      return html`${line(explanation)}${applied(explanation, open)}`;
    case 'softmax':
    case 'input':
    case 'weight':
      return html`${line(explanation)}<p class="soft">${madeOf(explanation)}</p>${explanation.terms.length ? sum(explanation, open) : nothing}`;
  }
}

/** What the number is, how it is made, what it comes to: a · b = Σᵢ aᵢ × bᵢ = 32. A given number is made of nothing. */
function line({ kind, label, result, formula, terms }: Explanation): TemplateResult {
  const number = html`<strong>${formatSignificant(result)}</strong>`;
  const made = formula !== '' && formula !== label;
  const leaf = (kind === 'input' || kind === 'weight') && terms.length === 0;
  if (leaf || !made) return html`<p class="line">${label} = ${number}${made ? html` <span class="soft">(${formula})</span>` : nothing}</p>`;
  return html`<p class="line">${label} = <span class="formula">${formula}</span> = ${number}</p>`;
}

function short_dot({ operands, products, result }: Explanation, open: Open, { width, pair }: Setting): TemplateResult {
  const [a, b] = operands;
  if (!a || !b) return html``;
  const digits = width < 560 ? 2 : 3;
  const columns = Math.max(2, Math.floor((width - 70) / 58));
  const scale = largest(a.values, largest(b.values));
  return html`${blocks(products.length, columns).map(([from, to], block, all) => {
    const shared = { from, to, columns: (all[0] as [number, number])[1], indices: false };
    return html`
      ${strip(a.values, { ...shared, role: 'a', name: letter(a.name, 'a'), spokenName: a.name, scale, indices: products.length > 1, numeral: (value, i) => open(value, at(a, i), { text: formatShort(value, digits), digits, label: `${a.name}, place ${i + 1}` }) })}
      ${strip(b.values, { ...shared, role: 'b', name: letter(b.name, 'b'), spokenName: b.name, scale, numeral: (value, i) => open(value, at(b, i), { text: formatShort(value, digits), digits, label: `${b.name}, place ${i + 1}` }) })}
      ${strip(products, { ...shared, role: 'product', numeral: (value, i) => (products.length === 1 ? formatShort(value, digits) : open(value, `pair/product[${i}]`, { text: formatShort(value, digits), digits, label: `product at place ${i + 1}`, ...(pair ? { source: pair } : {}) })) })}
      ${products.length > 1 ? sumSteps(products, shared) : nothing}
      ${block === all.length - 1 && products.length > 1 ? html`<p class="line">The ${products.length} products add up to <strong>${formatSignificant(result)}</strong>.</p>` : nothing}`;
  })}`;
}

function long_dot(explanation: Explanation, open: Open, setting: Setting): TemplateResult {
  const { operands, products, result } = explanation;
  const [a, b] = operands;
  if (!a || !b) return html``;
  const scale = largest(a.values, largest(b.values));
  const top = largestPlaces(products, 10);
  const ofTop = top.reduce((total, i) => total + (products[i] ?? 0), 0);
  const parts = { a, b };
  const number = (i: number, part: 'a' | 'b' | 'product', options: Partial<NumberOptions> = {}) =>
    part === 'product'
      ? open(products[i] ?? 0, `pair/product[${i}]`, {
          digits: 4,
          label: `product at place ${i + 1}`,
          ...(setting.pair ? { source: setting.pair } : {}),
          ...options,
        })
      : open(parts[part].values[i] ?? 0, at(parts[part], i), { digits: 4, label: `${parts[part].name}, place ${i + 1}`, ...options });
  const columns: PlacesColumn[] = [
    { name: a.name, role: 'a', cell: (i) => number(i, 'a') },
    { name: b.name, role: 'b', cell: (i) => number(i, 'b') },
    { name: 'product', role: 'product', cell: (i) => number(i, 'product') },
  ];
  const across = columnsOf(products.length);
  return html`${
    across
      ? pictures(explanation, across, setting.pointed, (value, i, part) => number(i, part, { text: formatShort(value, 4) }))
      : html`<div class="row"><span class="a">${a.name}</span>${bars(a.values, { scale, height: 40 })}</div>
    <div class="row"><span class="b">${b.name}</span>${bars(b.values, { scale, height: 40 })}</div>
    <div class="row"><span>products</span>${bars(products, { height: 40 })}</div>`
  }
    <div class="row"><span>sum so far</span>${sumLine(totals(products), { height: 44 })}</div>
    <p class="line">All ${formatCount(products.length)} products add up to <strong>${formatSignificant(result)}</strong>. The ten largest of them, by size, make ${format(ofTop, 4)} of that.</p>
    ${places(products.length, top, columns, setting.order)}`;
}

/** The list of places: the ten largest, or all in order. */
function places(count: number, top: number[], columns: PlacesColumn[], order: Signal<'largest' | 'place'>): TemplateResult {
  const choice = (
    value: 'largest' | 'place',
    words: string,
  ) => html`<button type="button" class="quiet" aria-pressed=${order.value === value ? 'true' : 'false'}
    @click=${() => {
      order.value = value;
    }}>${words}</button>`;
  return html`<div class="tabs" role="group" aria-label="Which places">${choice('largest', 'Ten largest')}${choice('place', `All ${formatCount(count)} in order`)}</div>
    <dot-places .places=${order.value === 'largest' ? top : count} .columns=${columns}></dot-places>`;
}

/** The way down: the same number as the machine adds it. */
function down(open: Open, { pair }: Setting, { result }: Explanation): TemplateResult {
  const how = open(result, 'pair/simd', {
    text: 'the four lanes that add it',
    label: 'As the machine adds it',
    ...(pair ? { source: pair } : {}),
  });
  return html`<p class="line soft">Further down, for the curious: ${how}.</p>`;
}

function sum({ terms, result }: Explanation, open: Open): TemplateResult {
  const parts = terms.map((term) => term.coefficient * term.value);
  const most = largest(parts);
  if (terms.length > longest) {
    const columns: PlacesColumn[] = [
      { name: 'term', role: 'product', cell: (i) => html`${terms[i]?.label}` },
      { name: 'value', role: 'product', cell: (i) => term_number(terms[i] as Term, open) },
    ];
    return html`<div class="row"><span>terms</span>${bars(parts, { height: 40 })}</div>
      <div class="row"><span>sum so far</span>${sumLine(totals(parts), { height: 44 })}</div>
      <p class="line">${formatCount(terms.length)} terms add up to <strong>${formatSignificant(result)}</strong>.</p>
      <dot-places .places=${terms.length} .columns=${columns}></dot-places>`;
  }
  const plain = terms.every((term) => term.coefficient === 1);
  return html`<table class="terms">
    <thead><tr><th scope="col">term</th>${plain ? nothing : html`<th scope="col">times</th>`}<th scope="col">value</th><th scope="col" class="bar"><span class="spoken">size</span></th></tr></thead>
    <tbody>${terms.map(
      (
        term,
        i,
      ) => html`<tr><td>${term.label}</td>${plain ? nothing : html`<td>${formatSignificant(term.coefficient, 5)}</td>`}<td>${term_number(term, open)}</td>
        <td class="bar"><i class=${(parts[i] ?? 0) < 0 ? 'n' : 'p'} style="--h:${most ? Math.abs(parts[i] ?? 0) / most : 0}" aria-hidden="true"></i></td></tr>`,
    )}
    <tr><td>added up</td>${plain ? nothing : html`<td></td>`}<td><b>${formatSignificant(result)}</b></td><td></td></tr></tbody></table>`;
}

function quotient({ terms, result }: Explanation, open: Open): TemplateResult {
  const [over, ...under] = terms;
  if (!over) return html``;
  return html`<p class="line"><span class="fraction"><span>${over.label} ${term_number(over, open)}</span><span>${under.map(
    (term, i) => html`${i ? ' × ' : nothing}${term.label} ${term_number(term, open)}`,
  )}</span></span> = <strong>${formatSignificant(result)}</strong></p>`;
}

function applied({ terms }: Explanation, open: Open): TemplateResult {
  const [term] = terms;
  return term ? html`<p class="line">where ${term.label} = ${term_number(term, open)}</p>` : html``;
}

function term_number(term: Term, open: Open): TemplateResult {
  return open(term.value, term.address, { text: formatSignificant(term.value), label: term.label });
}

/** An operand's name where it is short enough to stand before its strip, else the letter of its part. */
function letter(name: string, part: 'a' | 'b'): string {
  return name.length <= 4 ? name : part;
}

/** The running sums of `parts`, for the picture of them. */
function totals(parts: ArrayLike<number>): Float64Array {
  let total = 0;
  return Float64Array.from(parts, (part) => {
    total += part;
    return total;
  });
}

/** Address of an operand's place; an operand that is one number has its own. */
function at({ address, values }: Operand, i: number): string {
  return values.length === 1 && address.endsWith(']') ? address : `${address}[${i}]`;
}
