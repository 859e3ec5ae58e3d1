// What one step works out, for the chosen token or cell: strips, products and sums as everywhere, every number a button.
import { html, nothing, type TemplateResult } from 'lit';
import { format, formatShort, steadyScale, strip, sumSteps } from '../../drawing/index.ts';
import type { Matrix } from '../../engine/index.ts';
import { type AttentionAnswer, rowOf } from '../../models/attention.ts';
import { asks, dimensions, handed, matrices, topics } from '../../models/attention_toy.ts';
import { percent } from '../../models/attention_words.ts';
import type { NumberOptions } from '../number.ts';

/** Draws a number that unfolds. */
export type Num = (value: number, address: string, options: Partial<NumberOptions>) => TemplateResult;

const short = (value: number) => formatShort(value, 2);

/** Names of the four places above a column of strips. */
export const heads = (names: readonly string[] = dimensions) =>
  html`<div class="heads" aria-hidden="true" style="--columns:${names.length}"><span></span>${names.map((name) => html`<span>${name}</span>`)}</div>`;

/** Query, key and value of the chosen token. */
export function projections({ attention, row, tokens }: AttentionAnswer, num: Num): TemplateResult {
  const t = row.query;
  const name = tokens[t]?.name ?? '';
  const made = (part: 'query' | 'key' | 'value', letter: string, role: 'a' | 'b' | 'c') => {
    const values = rowOf(attention[part], t);
    return strip(values, {
      role: role === 'c' ? 'plain' : role,
      name: html`<var class=${role}>${letter}</var>`,
      spokenName: `${part} of ${name}`,
      scale: steadyScale(attention[part].data),
      numeral: (value, i) =>
        num(value, `attention/${part}[${t},${i}]`, { text: short(value), label: `${part} of ${name}, place ${i + 1}` }),
    });
  };
  return html`<div class="strips">${heads(topics)}${made('query', 'q', 'a')}${made('key', 'k', 'b')}${heads(handed)}${made('value', 'v', 'c')}</div>
    <details><summary>The three matrices</summary><p class="soft">Written by hand, so that each column can be read. A number of the query is the dot product of the token’s vector with a column.</p>
    <div class="matrices">${(['query', 'key', 'value'] as const).map((part) => matrix(part, num))}</div></details>`;
}

function matrix(part: 'query' | 'key' | 'value', num: Num): TemplateResult {
  const { columns, data } = matrices[part] as Matrix;
  const role = { query: 'a', key: 'b', value: 'c' }[part];
  return html`<table class="matrix"><caption class=${role}>${part} matrix</caption><thead><tr><td></td>${asks[part].map((_, j) => html`<th scope="col">${j + 1}</th>`)}</tr></thead>
    <tbody>${dimensions.map((name, i) => html`<tr><th scope="row">${name}</th>${asks[part].map((_, j) => html`<td>${num(data[i * columns + j] ?? 0, `attention/${part}_weights[${i},${j}]`, { text: short(data[i * columns + j] ?? 0), label: `${part} matrix, ${name}, column ${j + 1}` })}</td>`)}</tr>`)}</tbody>
    <tfoot><tr><td colspan="5">${asks[part].map((words, j) => html`<div>${j + 1}: ${words}</div>`)}</td></tr></tfoot></table>`;
}

/** The dot product of the chosen cell. */
export function dotOf(answer: AttentionAnswer, names: readonly string[], num: Num): TemplateResult {
  const { row, attention } = answer;
  const { dot, query, key, head } = row;
  const [q, k] = dot.operands;
  if (!q || !k) return html``;
  const d = q.values.length;
  const first = head * d;
  const part = (name: 'query' | 'key', at: number) => (value: number, i: number) =>
    num(value, `attention/${name}[${at},${first + i}]`, {
      text: short(value),
      label: `${name} of ${names[at]}, place ${i + 1}`,
      key: `work-${name}-${i}`,
    });
  const products = dot.products;
  return html`<div class="strips">${heads(topics.slice(first, first + d))}${strip(q.values, { role: 'a', name: html`<var class="a">q</var> <small>${names[query]}</small>`, spokenName: `query of ${names[query]}`, scale: steadyScale(attention.query.data), numeral: part('query', query) })}
    ${strip(k.values, { role: 'b', name: html`<var class="b">k</var> <small>${names[key]}</small>`, spokenName: `key of ${names[key]}`, scale: steadyScale(attention.key.data), numeral: part('key', key) })}
    ${strip(products, { role: 'product', scale: steadyScale(products), numeral: (value, i) => num(value, `pair/product[${i}]`, { text: short(value), label: `product at place ${i + 1}`, source: row.dotPair, key: `work-product-${i}` }) })}${sumSteps(products)}</div>
    <p class="sum-line">${names[query]} · ${names[key]}: the products add up to <strong>${num(dot.result, `attention/H${head + 1}/dot[${query},${key}]`, { text: short(dot.result), label: `query of ${names[query]} times key of ${names[key]}`, key: 'work-dot' })}</strong>.</p>`;
}

/** The chosen row as a table that grows by a column with each step. */
export function rowTable(answer: AttentionAnswer, names: readonly string[], step: number, num: Num): TemplateResult {
  const { row, attention, causal } = answer;
  const { query: t, head } = row;
  const at = `attention/H${head + 1}`;
  const [dots, scores, weights] = [attention.dots, attention.scores, attention.weights].map((each) => rowOf(each[head], t)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const column = (from: number, head: unknown) => (step >= from ? html`<th scope="col">${head}</th>` : nothing);
  const hidden = (s: number) => causal && s > t;
  const line = (name: string, s: number) => {
    const number = (value: number | null | undefined, family: string, digits: number, label: string, text?: string) =>
      value === null || value === undefined
        ? html`<td class="soft">–</td>`
        : html`<td>${num(value, `${at}/${family}[${t},${s}]`, { text: text ?? format(value, digits), digits: 4, label: `${label} of ${name}`, key: `row-${family}-${s}` })}</td>`;
    return html`<tr class=${s === row.key ? 'at' : ''}><th scope="row">${name}</th>${number(dots[s], 'dot', 2, 'q times k')}${step >= 3 ? number(scores[s], 'score', 2, 'score') : nothing}
      ${step >= 4 ? html`${number(row.exps[s], 'exp', 4, 'exponential')}${number(weights[s], 'weight', 0, 'weight', percent(weights[s] ?? 0))}<td class="bar">${hidden(s) ? html`<small>comes later</small>` : html`<i style="--share:${weights[s] ?? 0}" aria-hidden="true"></i>`}</td>` : nothing}</tr>`;
  };
  return html`<div class="scroll row" tabindex="0" role="region" aria-label=${`Row of ${names[t]}`}><table class="work-row"><caption>The row of <span class="a">${names[t]}</span></caption><thead><tr><th scope="col" class="key">key</th>${column(0, html`<var class="a">q</var>·<var class="b">k</var>`)}${column(3, 'score')}${column(4, 'exp(score − max)')}${column(4, 'weight')}${step >= 4 ? html`<td></td>` : nothing}</tr></thead>
    <tbody>${names.map(line)}${step >= 4 ? html`<tr class="total"><th scope="row">added up</th><td></td><td></td><td>${num(row.expSum, `${at}/exp_sum[${t}]`, { text: format(row.expSum, 4), label: 'sum of the exponentials' })}</td><td>100 %</td><td></td></tr>` : nothing}</tbody></table></div>`;
}

/** Values times weights, and their sum. */
export function average(answer: AttentionAnswer, names: readonly string[], num: Num): TemplateResult {
  const { row, attention, tokens } = answer;
  const { query: t, head, outputs } = row;
  const weights = rowOf(attention.weights[head], t);
  const columns = outputs.length;
  const first = head * columns;
  const places = handed.slice(first, first + columns);
  const sums = outputs.map(({ result }) => result);
  const parts = names.map((_, s) => Float32Array.from(outputs, ({ products }) => products[s] ?? 0));
  const scale = steadyScale(sums, ...parts);
  return html`${heads(places)}<div class="strips parts">${parts.map((values, s) =>
    strip(values, {
      role: 'plain',
      name: html`<small><span class="tabular">${percent(weights[s] ?? 0)}</span> × <var class="c">v</var> ${names[s]}</small>`,
      spokenName: `${percent(weights[s] ?? 0)} of the value of ${names[s]}`,
      scale,
      numeral: (value, i) =>
        num(value, `pair/product[${s}]`, {
          text: format(value, 2),
          digits: 4,
          label: `weight of ${names[s]} times its value, ${places[i]}`,
          source: row.outputPairs[i],
          key: `part-${s}-${i}`,
        }),
      faint: () => (weights[s] ?? 0) < 0.005,
    }),
  )}
    ${strip(sums, { role: 'plain', name: html`<small>output of <span class="a">${names[t]}</span></small>`, spokenName: `output of ${names[t]}`, scale, numeral: (value, i) => num(value, `attention/H${head + 1}/output[${t},${i}]`, { text: format(value, 2), label: `output of ${names[t]}, ${places[i]}` }) })}</div>
    <p class="sum-line">${tokens[t]?.name} came in with ${dimensions.slice(0, 2).map((name, i) => html`${i ? ' and ' : ''}${name} ${short(tokens[t]?.x[i] ?? 0)}`)}${head === 0 ? html`. It goes out with ${outputs.slice(0, 2).map(({ result }, i) => html`${i ? ' and ' : ''}${dimensions[i]} <strong>${format(result, 2)}</strong>`)}` : nothing}.</p>`;
}
