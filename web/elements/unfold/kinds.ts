// How each kind of explanation is drawn. A dot product is always the constant figure: two strips, their products, the sum.
import { html, nothing, type TemplateResult } from 'lit';
import { bars } from '../../drawing/bars.ts';
import { format, formatShort, formatSignificant } from '../../drawing/format.ts';
import { blocks, largest } from '../../drawing/scale.ts';
import { strip, sumSteps } from '../../drawing/strip.ts';
import type { Term } from '../../engine/index.ts';
import { addingUp, decimalsOf, tableDecimals } from '../../models/unfold_parts.ts';
import { madeOf, placeAddress, type Told } from '../../models/unfold_words.ts';
import type { NumberOptions } from '../number.ts';
import { type Parts, stepper, sumOfParts } from './parts.ts';
import { columnsOf, pictures } from './pictures.ts';
import type { PlacesColumn } from './places.ts';
import type { Open, Setting } from './setting.ts';

/** Vectors of more places than this are drawn as bars, with their places in a list. */
const longest = 24;

export function body(explanation: Told, open: Open, setting: Setting): TemplateResult {
  switch (explanation.kind) {
    case 'dot':
      return html`${line(explanation)}${operandNames(explanation)}${listed(explanation) ? long_dot(explanation, open, setting) : short_dot(explanation, open, setting)}
        ${explanation.products.length > 1 ? down(open, setting, explanation) : nothing}`;
    case 'sum':
      return html`${line(explanation)}${sum(explanation, open, setting)}`;
    case 'normalize':
      return html`${line(explanation)}${quotient(explanation, open)}${symbols(explanation)}`;
    case 'activation':
      return html`${line(explanation)}${applied(explanation, open)}${symbols(explanation)}`;
    case 'softmax':
    case 'input':
    case 'weight':
      return html`${line(explanation)}<p class=${explanation.ground ? 'ground' : 'soft'}>${explanation.ground ?? madeOf(explanation)}</p>${explanation.terms.length ? sum(explanation, open, setting) : nothing}`;
  }
}

/** Places that are words of a sentence stand in a list, which has room for them. */
function listed({ products, places }: Told): boolean {
  return products.length > longest || (places?.what === 'token' && products.length > 1);
}

/** What the number is, how it is made, what it comes to: a · b = Σᵢ aᵢ × bᵢ = 32. A given number is made of nothing. */
function line({ kind, label, result, formula, terms }: Told): TemplateResult {
  const number = html`<strong>${formatSignificant(result)}</strong>`;
  const made = formula !== '' && formula !== label;
  const leaf = (kind === 'input' || kind === 'weight') && terms.length === 0;
  if (leaf || !made) return html`<p class="line">${label} = ${number}${made ? html` <span class="soft">(${formula})</span>` : nothing}</p>`;
  return html`<p class="line">${label} = <span class="formula">${formula}</span> = ${number}</p>`;
}

/** What the letters of a dot product stand for, where that is known. */
function operandNames(explanation: Told): TemplateResult | typeof nothing {
  const { operands, called } = explanation;
  if (!called.some(Boolean)) return nothing;
  const symbol = (name: string, i: number) => (listed(explanation) ? name : letter(name, i ? 'b' : 'a'));
  return html`<dl class="legend">${operands.map((operand, i) => (called[i] ? html`<div><dt class=${i ? 'b' : 'a'}>${symbol(operand.name, i)}</dt><dd>${called[i]}</dd></div>` : nothing))}</dl>`;
}

function symbols({ legend }: Told): TemplateResult | typeof nothing {
  if (legend.length === 0) return nothing;
  return html`<dl class="legend">${legend.map(({ symbol, words }) => html`<div><dt>${symbol}</dt><dd>${words}</dd></div>`)}</dl>`;
}

function short_dot({ operands, products, result, places, called }: Told, open: Open, { width, pair, through }: Setting): TemplateResult {
  const [a, b] = operands;
  if (!a || !b) return html``;
  const digits = products.length === 1 ? 4 : width < 560 ? 2 : 3;
  const columns = Math.max(2, Math.floor((width - 70) / 58));
  const single = products.length === 1;
  // A product alone is drawn beside its two numbers, to one scale; a product among others to theirs.
  const scale = single ? largest(products, largest(a.values, largest(b.values))) : largest(a.values, largest(b.values));
  const taken = through.value ?? products.length;
  const where = (i: number) => (places ? `${places.what} ${places.name(i)}` : `place ${i + 1}`);
  const adding = addingUp(products, result, digits);
  return html`${blocks(products.length, columns).map(([from, to], block, all) => {
    const shared = { from, to, columns: (all[0] as [number, number])[1], indices: false };
    return html`
      ${strip(a.values, { ...shared, role: 'a', name: letter(a.name, 'a'), spokenName: a.name, scale, indices: products.length > 1, numeral: (value, i) => open(value, placeAddress(a, i), { text: formatShort(value, digits), digits, label: `${called[0] || a.name}, ${where(i)}` }) })}
      ${strip(b.values, { ...shared, role: 'b', name: letter(b.name, 'b'), spokenName: b.name, scale, numeral: (value, i) => open(value, placeAddress(b, i), { text: formatShort(value, digits), digits, label: `${called[1] || b.name}, ${where(i)}` }) })}
      ${strip(products, { ...shared, role: 'product', ...(single ? { scale, name: 'product' } : {}), faint: (i) => i >= taken, numeral: (value, i) => (products.length === 1 ? formatShort(value, digits) : open(value, `pair/product[${i}]`, { text: formatShort(value, digits), digits, label: `product at ${where(i)}`, ...(pair ? { source: pair } : {}) })) })}
      ${products.length > 1 ? sumSteps(products, { ...shared, through: taken }) : nothing}
      ${block === all.length - 1 && products.length > 2 ? stepper({ values: products, result, noun: 'products', names: places }, through) : nothing}
      ${block === all.length - 1 && products.length > 1 ? html`<p class="line">The ${products.length} products add up to <strong>${formatSignificant(result)}</strong>.</p>${adding.same ? nothing : html`<p class="adds">${adding.words}</p>`}` : nothing}`;
  })}`;
}

function long_dot(explanation: Told, open: Open, setting: Setting): TemplateResult {
  const { operands, products, result, places, called } = explanation;
  const [a, b] = operands;
  if (!a || !b) return html``;
  const scale = largest(a.values, largest(b.values));
  const operandsOf = { a, b };
  const where = (i: number) => (places ? `${places.what === 'token' ? '' : `${places.what} `}${places.name(i)}` : `place ${i + 1}`);
  const number = (i: number, part: 'a' | 'b' | 'product', options: Partial<NumberOptions> = {}) =>
    part === 'product'
      ? open(products[i] ?? 0, `pair/product[${i}]`, {
          digits: 4,
          label: `product at ${where(i)}`,
          ...(setting.pair ? { source: setting.pair } : {}),
          ...options,
        })
      : open(operandsOf[part].values[i] ?? 0, placeAddress(operandsOf[part], i), {
          digits: Math.min(6, decimalsOf(operandsOf[part].values, 0)),
          label: `${called[part === 'a' ? 0 : 1] || operandsOf[part].name}, ${where(i)}`,
          ...options,
        });
  const columns: PlacesColumn[] = [
    { name: a.name, role: 'a', cell: (i) => number(i, 'a') },
    { name: b.name, role: 'b', cell: (i) => number(i, 'b') },
  ];
  const parts: Parts = {
    values: products,
    result,
    noun: 'products',
    names: places,
    columns,
    part: (i, digits) => number(i, 'product', { digits }),
  };
  const across = columnsOf(products.length);
  if (across) {
    return html`${pictures(explanation, across, setting.pointed, (value, i, part) => number(i, part, { text: formatShort(value, 4) }))}
      ${sumOfParts(parts, setting)}`;
  }
  // Two rows of one kind share their scale; weights and what they weigh do not.
  const alike = !/^(transformer|probe)\//.test(explanation.address);
  return html`<div class="row"><span class="a">${a.name}</span>${bars(a.values, { height: 40, ...(alike ? { scale } : {}) })}</div>
    <div class="row"><span class="b">${b.name}</span>${bars(b.values, { height: 40, ...(alike ? { scale } : {}) })}</div>
    ${sumOfParts(parts, setting)}`;
}

/** The way down: the same number as the machine adds it. */
function down(open: Open, { pair }: Setting, { result }: Told): TemplateResult {
  const how = open(result, 'pair/simd', {
    text: 'the four lanes that add it',
    label: 'As the machine adds it',
    ...(pair ? { source: pair } : {}),
  });
  return html`<p class="line soft">Further down, for the curious: ${how}.</p>`;
}

function sum({ terms, result, places }: Told, open: Open, setting: Setting): TemplateResult {
  const values = terms.map((term) => term.coefficient * term.value);
  const most = largest(values);
  if (terms.length > longest) {
    const parts: Parts = {
      values,
      result,
      noun: 'terms',
      names: places ?? { what: 'term', name: (i) => terms[i]?.label ?? '' },
      columns: [],
      part: (i, digits) => term_number(terms[i] as Term, open, { digits, text: format(values[i] ?? 0, digits) }),
    };
    return sumOfParts(parts, setting);
  }
  const plain = terms.every((term) => term.coefficient === 1);
  const decimals = tableDecimals(values, result);
  const adding = addingUp(values, result, decimals);
  const figure = (value: number) => (value !== 0 && Math.abs(value) < 1e-4 ? formatSignificant(value) : formatShort(value, decimals));
  return html`<table class="terms">
    <thead><tr><th scope="col">term</th>${plain ? nothing : html`<th scope="col">times</th>`}<th scope="col">value</th><th scope="col" class="bar"><span class="spoken">size</span></th></tr></thead>
    <tbody>${terms.map(
      (
        term,
        i,
      ) => html`<tr><td>${term.label}</td>${plain ? nothing : html`<td>${formatSignificant(term.coefficient, 5)}</td>`}<td>${term_number(term, open, { text: figure(term.value) })}</td>
        <td class="bar"><i class=${(values[i] ?? 0) < 0 ? 'n' : 'p'} style="--h:${most ? Math.abs(values[i] ?? 0) / most : 0}" aria-hidden="true"></i></td></tr>`,
    )}
    <tr><td>added up</td>${plain ? nothing : html`<td></td>`}<td><b>${figure(result)}</b></td><td></td></tr></tbody></table>
    ${terms.length > 1 && !adding.same ? html`<p class="adds">${adding.words}</p>` : nothing}`;
}

function quotient({ terms, result }: Told, open: Open): TemplateResult {
  const [over, ...under] = terms;
  if (!over) return html``;
  return html`<p class="line"><span class="fraction"><span>${over.label} ${term_number(over, open)}</span><span>${under.map(
    (term, i) => html`${i ? ' × ' : nothing}${term.label} ${term_number(term, open)}`,
  )}</span></span> = <strong>${formatSignificant(result)}</strong></p>`;
}

function applied({ terms }: Told, open: Open): TemplateResult {
  const [term] = terms;
  return term ? html`<p class="line">where ${term.label} = ${term_number(term, open)}</p>` : html``;
}

function term_number(term: Term, open: Open, options: Partial<NumberOptions> = {}): TemplateResult {
  return open(term.value, term.address, { text: formatSignificant(term.value), label: term.label, ...options });
}

/** An operand's name where it is short enough to stand before its strip, else the letter of its part. */
function letter(name: string, part: 'a' | 'b'): string {
  return name.length <= 4 ? name : part;
}
