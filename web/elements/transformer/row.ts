// One place and one head in numbers: whom it looks at, with weight, score and the dot product behind it; and, where there is room, the whole map.
import { html, nothing, type TemplateResult } from 'lit';
import { format } from '../../drawing/format.ts';
import { headMap } from '../../drawing/heads.ts';
import type { Matrix } from '../../engine/index.ts';
import { percent } from '../../models/attention_words.ts';
import type { TransformerModel } from '../../models/transformer.ts';
import type { Pass } from '../../models/transformer_pass.ts';
import type { SeenHead } from '../../models/transformer_view.ts';
import { plainName } from '../../models/transformer_words.ts';
import type { Num } from './num.ts';

/** Keys of a row that are listed at first. */
const listed = 6;

export function rowList(model: TransformerModel, pass: Pass, num: Num, all: boolean, showAll: () => void): unknown {
  const row = model.row.value;
  if (!row) return nothing;
  const { names } = pass;
  const { query: t, key, weights, seen } = row;
  const numbers = exactOf(model, pass);
  const order = Array.from({ length: seen }, (_, s) => s).sort((s, r) => (weights[r] ?? 0) - (weights[s] ?? 0) || s - r);
  const some = all ? order : order.slice(0, listed);
  // As many rows whichever is chosen: a row more would push the map away under the pointer.
  if (!some.includes(key) && key < seen) some.splice(-1, 1, key);
  const number = (value: number, family: string, s: number, label: string, text: string) =>
    numbers
      ? cellNumber(model, pass, num, family, [t, s], value, label, text, `row-${family}-${s}`)
      : html`<span>${family === 'weight' ? text : ''}</span>`;
  const line = (s: number) => {
    const at = t * names.length + s;
    const [weight, score, dot] = [numbers?.weights.data[at] ?? weights[s] ?? 0, numbers?.scores.data[at] ?? 0, numbers?.dots.data[at] ?? 0];
    return html`<li class=${s === key ? 'chosen' : ''}><button type="button" class="name" aria-pressed=${s === key ? 'true' : 'false'} aria-label=${`${names[s]}: choose`} @click=${() => model.choose(t, s)}>${called(names[s])}</button><i class="bar" style="--share:${weight.toFixed(3)}" aria-hidden="true"></i>
      <span class="n">${number(weight, 'weight', s, 'weight', percent(weight).replace('under 1', '<1'))}</span><span class="n">${number(score, 'score', s, 'score', format(score, 2))}</span><span class="n dot">${number(dot, 'dot', s, 'query times key', format(dot, 2))}</span></li>`;
  };
  return html`<ul class="top" aria-label=${`What ${names[t]} looks at`}><li class="legend" aria-hidden="true"><span><span class="a">${called(names[t])}</span> looks at</span><span></span><span class="n">weight</span><span class="n">score</span><span class="n dot"><var class="a">q</var>·<var class="b">k</var></span></li>
    ${some.map(line)}</ul>
    <div class="more">${order.length > listed ? html`<button type="button" class="quiet" aria-expanded=${all ? 'true' : 'false'} @click=${showAll}>${all ? `The first ${listed}` : `All ${order.length} of the row`}</button>` : nothing}</div>`;
}

/** The numbers of the chosen head, once they are those of the pass that is shown. */
function exactOf(model: TransformerModel, pass: Pass): SeenHead | null {
  const seen = model.seen.answer.value;
  return seen && seen.of === pass && seen.layer === model.layer.value && seen.head === model.head.value ? seen : null;
}

function cellNumber(
  model: TransformerModel,
  pass: Pass,
  num: Num,
  family: string,
  [t, s]: readonly [number, number],
  value: number,
  label: string,
  text: string,
  key: string,
): TemplateResult {
  const address = `transformer/L${model.layer.value}/H${model.head.value}/${family}[${t},${s}]`;
  return num(pass, value, address, { text, digits: 4, label: `${label} of ${pass.names[t]} at ${pass.names[s]}`, key });
}

/** The chosen cell of the map. */
export function cellLine(model: TransformerModel, pass: Pass, num: Num): unknown {
  const [row, exact] = [model.row.value, exactOf(model, pass)];
  if (!row) return nothing;
  const { names } = pass;
  const [query, key] = [html`<b class="a">${called(names[row.query])}</b>`, html`<b class="b">${called(names[row.key])}</b>`];
  if (row.key >= row.seen) return html`<p class="cell-line">${query} may not look at ${key}: it comes later.</p>`;
  if (!exact) return html`<p class="cell-line">${query} at ${key}: weight ${percent(row.weights[row.key] ?? 0)}</p>`;
  const at = row.query * names.length + row.key;
  const number = (family: string, matrix: Matrix, label: string, text: (value: number) => string) => {
    const value = matrix.data[at] ?? 0;
    return cellNumber(model, pass, num, family, [row.query, row.key], value, label, text(value), `row-cell-${family}`);
  };
  const short = (value: number) => format(value, 2);
  const d = (model.trained?.width ?? 0) / pass.heads;
  return html`<p class="cell-line">${query} at ${key}: weight ${number('weight', exact.weights, 'weight', percent)}, from a score of ${number('score', exact.scores, 'score', short)}, which is <var class="a">q</var>·<var class="b">k</var> ${number('dot', exact.dots, 'query times key', short)}${d > 0 ? html` / √${d}` : nothing}.</p>`;
}

/** Pixels of a cell: as large as fits, and never too small for its token’s name; a larger map is scrolled. */
const smallest = 10;

export function wholeMap(model: TransformerModel, pass: Pass, width: number): TemplateResult {
  const { names, causal, weights } = pass;
  const row = model.row.value;
  const [layer, head] = [model.layer.value, model.head.value];
  const matrix = weights[layer - 1]?.[head - 1] ?? new Float32Array();
  const count = names.length;
  return html`<div class="map-scroll">${headMap({
    weights: matrix,
    names,
    causal,
    side: Math.max(smallest, Math.min(26, Math.floor((width - 90) / count))),
    at: { query: row?.query ?? 0, key: row?.key ?? 0 },
    choose: (query, key) => model.choose(query, key),
    label: `Weights of layer ${layer}, head ${head}: a row for each token that looks, a column for each that is looked at`,
    words: (t, s) =>
      causal && s > t
        ? `${names[t]} may not look at ${names[s]}, which comes later`
        : `${names[t]} at ${names[s]}, ${percent(matrix[t * count + s] ?? 0)}`,
  })}</div>`;
}

/** A name, a mark in quotes, and softly which of its kind it is. */
function called(name = ''): TemplateResult {
  const plain = plainName(name);
  return html`${/[\p{L}\p{N}]/u.test(plain) ? plain : `“${plain}”`}${plain === name ? nothing : html` <small class="soft">${name.slice(plain.length + 2, -1)}</small>`}`;
}
