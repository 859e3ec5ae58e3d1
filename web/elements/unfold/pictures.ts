// A dot product over the pixels of a picture: its two operands and their products as three pictures side by side. Pointing at a
// square, or walking to it by keys, says its numbers in all three.
import type { Signal } from '@preact/signals-core';
import { css, html, type TemplateResult } from 'lit';
import { formatShort } from '../../drawing/format.ts';
import { picture, squareName } from '../../drawing/picture.ts';
import type { Explanation, Operand } from '../../engine/index.ts';

/** Pixels in a row of a picture with so many places; null for a vector that is no picture. The lab's pictures are digits of 28 × 28. */
export function columnsOf(places: number): number | null {
  return places === 784 ? 28 : null;
}

/** Draws one of a place's three numbers; see Open in kinds.ts. */
export type PlaceNumber = (value: number, place: number, part: 'a' | 'b' | 'product') => TemplateResult;

export function pictures(
  { operands, products, result }: Explanation,
  columns: number,
  pointed: Signal<number | null>,
  number: PlaceNumber,
): TemplateResult {
  const [a, b] = operands;
  if (!a || !b) return html``;
  const at = pointed.value;
  const point = (place: number | null) => {
    // The last place stays when the pointer leaves, so that its numbers can be reached and opened.
    if (place !== null) pointed.value = place;
  };
  const value = (values: ArrayLike<number>, i: number) => formatShort(values[i] ?? 0, 4);
  const words = (i: number) =>
    `${squareName(i, columns)}: ${nameOf(a)} ${value(a.values, i)} times ${nameOf(b)} ${value(b.values, i)} is ${value(products, i)}`;
  const shared = { columns, marked: true, pointed: at, point, words };
  const one = (values: ArrayLike<number>, name: TemplateResult, label: string, kind = kindOf(values), walk = false) =>
    html`<figure><figcaption>${name}</figcaption>${picture(values, { ...shared, kind, label, walk })}</figure>`;
  return html`<div class="pictures">
      ${one(a.values, html`<span class="a">${nameOf(a)}</span>`, `${nameOf(a)} as a picture`)}<span class="op" aria-hidden="true">×</span>
      ${one(b.values, html`<span class="b">${nameOf(b)}</span>`, `${nameOf(b)} as a picture`)}<span class="op" aria-hidden="true">=</span>
      ${one(products, html`products, added up: ${formatShort(result, 4)}`, 'Products, place by place; arrow keys walk', 'signed', true)}</div>
    <p class="place">${
      at === null || at >= products.length
        ? html`<span class="soft">Point at a square, or walk the last picture by its arrow keys, to read its three numbers.</span>`
        : html`<span class="soft">${squareName(at, columns)}:</span> <span class="a">${nameOf(a)}</span> ${number(a.values[at] ?? 0, at, 'a')} × <span class="b">${nameOf(b)}</span>
          ${number(b.values[at] ?? 0, at, 'b')} = ${number(products[at] ?? 0, at, 'product')}`
    }</p>`;
}

/** Numbers from 0 to 1 are ink, all others are signed. */
function kindOf(values: ArrayLike<number>): 'ink' | 'signed' {
  for (let i = 0; i < values.length; i++) if (!((values[i] ?? 0) >= 0 && (values[i] ?? 0) <= 1)) return 'signed';
  return 'ink';
}

/** A letter of the formula says less than what it stands for. */
function nameOf({ name, values }: Operand): string {
  return name === 'w' ? 'weight' : name === 'x' && kindOf(values) === 'ink' ? 'pixel' : name;
}

export const picturesStyles = css`
  .pictures { display: grid; grid-template-columns: minmax(0, 13rem) auto minmax(0, 13rem) auto minmax(0, 13rem); gap: 4px 10px; align-items: center; justify-content: start; margin: 4px 0; }
  .pictures figure { margin: 0; } .pictures figcaption { font-weight: 400; font-size: .8rem; margin: 0 0 4px; min-height: 1.5em; }
  .pictures .op { color: var(--soft, #5b5d64); padding-top: 1.4rem; }
  .place { min-height: 3rem; margin: 6px 0 4px; font-feature-settings: "tnum", "lnum"; line-height: 1.7; }
  @media (max-width: 34rem) {
    .pictures { grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr); } .pictures > figure:last-of-type { grid-column: 1 / -1; } .pictures .op:last-of-type { display: none; }
    .place { min-height: 4.5rem; }
  }
`;
