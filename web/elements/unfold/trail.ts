// The trail above a number: the way from where the reader began, in short names; each step a way back. A long trail shows its ends, and
// all of it as a list, with every step's number, when asked.
import { css, html, nothing, type TemplateResult } from 'lit';
import { formatSignificant } from '../../drawing/format.ts';
import type { Step } from '../../models/unfold.ts';

export interface TrailOptions {
  whole: boolean;
  toggle: () => void;
  back: (index: number) => void;
  /** CSS pixels. */
  width: number;
}

/** Steps that stand in one line; a longer trail keeps its first and its last. */
const [most, mostNarrow] = [6, 5];
/** Of these so many of the last. */
const [tailWide, tailNarrow] = [3, 2];

export function crumbs(trail: readonly Step[], { whole, toggle, back, width }: TrailOptions): TemplateResult {
  const count = trail.length;
  const narrow = width < 480;
  const long = count > (narrow ? mostNarrow : most);
  const tail = narrow ? tailNarrow : tailWide;
  const crumb = (step: Step, index: number) =>
    index === count - 1
      ? html`<li aria-current="step">${step.short}</li>`
      : html`<li><button type="button" class="quiet" aria-label=${step.short === step.label ? nothing : step.label} @click=${() => back(index)}>${step.short}</button></li>`;
  const hidden = count - 1 - tail;
  const shown = long
    ? html`${crumb(trail[0] as Step, 0)}<li><button type="button" class="quiet" aria-expanded=${whole ? 'true' : 'false'} @click=${toggle}>… ${hidden} more</button></li>${trail.slice(-tail).map((step, n) => crumb(step, count - tail + n))}`
    : trail.map(crumb);
  return html`<ol class="trail" aria-label="The way here">${shown}</ol>`;
}

/** The whole way as a list, below the line of its ends. */
export function way(trail: readonly Step[], { whole, back }: Pick<TrailOptions, 'whole' | 'back'>): TemplateResult | typeof nothing {
  if (!whole) return nothing;
  return html`<ol class="way" aria-label="Every step of the way here">${trail.map((step, index) => {
    const value = step.value === null ? '' : formatSignificant(step.value);
    return index === trail.length - 1
      ? html`<li aria-current="step"><span>${step.label}</span><b>${value}</b></li>`
      : html`<li><button type="button" class="quiet" @click=${() => back(index)}>${step.label}</button><b>${value}</b></li>`;
  })}</ol>`;
}

export const trailStyles = css`
  .top { display: flex; flex-wrap: wrap; align-items: start; gap: 0 16px; }
  .top .back::before { content: "‹ "; } .top .back { flex: none; min-width: 44px; text-align: start; padding: 0; }
  .top .acts { margin-inline-start: auto; display: flex; gap: 16px; }
  .trail { flex: 1 0 100%; display: flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0; font-size: .78rem; color: var(--soft, #5b5d64); min-width: 0; }
  .trail li { display: inline-flex; align-items: center; min-height: 44px; max-width: 100%; }
  .trail li + li::before { content: "›"; padding: 0 .3rem; }
  .trail button { font-size: .78rem; padding: 0; min-width: 44px; text-align: start; }
  .way { margin: 0 0 12px; padding: 0; list-style: none; counter-reset: step; max-width: 44rem; border-block: 1px solid var(--line, #d9d6cd); max-height: 22rem; overflow: auto; font-size: .8rem; }
  .way li { counter-increment: step; display: grid; grid-template-columns: 2rem minmax(0, 1fr) auto; align-items: center; gap: 8px; min-height: 44px; }
  .way li::before { content: counter(step); color: var(--soft, #5b5d64); text-align: end; }
  .way button { font-size: .8rem; padding: 6px 0; text-align: start; line-height: 1.35; } .way b { font-weight: 500; font-feature-settings: "tnum", "lnum"; padding-inline-end: 4px; }
  .way [aria-current] span { font-weight: 500; }
  .share { display: grid; gap: 4px; max-width: 34rem; margin: 0 0 8px; font-size: .8rem; } .share input { font: inherit; width: 100%; min-height: 44px; color: inherit; background: none; border: 1px solid var(--edge, #85837b); border-radius: 3px; padding: 0 8px; }
  .notice { margin: 0 0 8px; border-left: 2px solid var(--neg, #1f62ad); padding-left: 12px; }
  @media print { .top .acts { display: none; } }
`;
