// Two softmaxes of the same scores beside each other, a line per key: the score, then weight and slope without the scale and with it.
import { css, html, nothing, type TemplateResult } from 'lit';
import { slopeWords } from '../../models/saturation.ts';
import type { ScoredRow } from '../../models/scored_row.ts';
import type { NumberOptions } from '../number.ts';

export interface TwoRows {
  /** What each line is of: "key 1", or a token. */
  names: readonly unknown[];
  spoken: readonly string[];
  dots: ArrayLike<number>;
  plain: ScoredRow;
  scaled: ScoredRow;
  /** What is divided by: "√64 = 8". */
  divisor: unknown;
  /** Whether slopes are shown too. */
  slopes: boolean;
}

type Num = (value: number, address: string, options: Partial<NumberOptions>) => TemplateResult;

export function twoRows({ names, spoken, dots, plain, scaled, divisor, slopes }: TwoRows, num: Num): TemplateResult {
  const side = (row: ScoredRow, key: string, words: string, i: number) => {
    const [p = 0, slope = 0] = [row.weights[i], row.slopes[i]];
    const shown = (value: number, what: string) =>
      num(value, `softmax/${what}[${i}]`, {
        source: row.source,
        key: `${key}/${what}[${i}]`,
        text: slopeWords(value),
        digits: 4,
        label: `${what} of ${spoken[i]}, ${words}`,
      });
    return html`<div class="side"><small class="which" aria-hidden="true">${key === 'plain' ? 'without' : html`÷ √<var>d</var>`}</small><span class="weight"><i style="--share:${p}" aria-hidden="true"></i>${shown(p, 'weight')}</span>${
      slopes ? html`<span class="slope"><small aria-hidden="true">p (1 − p)</small>${shown(slope, 'slope')}</span>` : nothing
    }</div>`;
  };
  return html`<div class="two ${slopes ? '' : 'plain'}"><div class="line heads" aria-hidden="true"><span></span><span class="score"><var>q</var> · <var>k</var></span>
      <div class="side"><span>softmax(<var>q</var> · <var>k</var>)</span>${slopes ? html`<span class="slope"><var>p</var> (1 − <var>p</var>)</span>` : nothing}</div>
      <div class="side"><span>softmax(<var>q</var> · <var>k</var> ÷ ${divisor})</span>${slopes ? html`<span class="slope"><var>p</var> (1 − <var>p</var>)</span>` : nothing}</div></div>
    <ul>${names.map(
      (
        name,
        i,
      ) => html`<li class="line"><span class="name">${name}</span><span class="score"><small aria-hidden="true">q · k</small>${num(dots[i] ?? 0, `softmax/score[${i}]`, { source: plain.source, key: `score[${i}]`, digits: 2, label: `q · k of ${spoken[i]}` })}</span>
        ${side(plain, 'plain', 'without the scale', i)}${side(scaled, 'scaled', 'with the scale', i)}</li>`,
    )}</ul></div>`;
}

export const twoRowsStyles = css`
    .two { container-type: inline-size; font-feature-settings: "tnum", "lnum"; }
    .two ul { list-style: none; margin: 0; padding: 0; }
    .two .line { display: grid; grid-template-columns: minmax(3.6rem, 6.5rem) 4.6rem minmax(0, 1fr) minmax(0, 1fr); gap: 0 28px; align-items: center; }
    .two li { min-height: 44px; border-top: 1px solid var(--line, #d9d6cd); }
    .two .heads { color: var(--soft, #5b5d64); font-size: .8rem; padding-bottom: 4px; align-items: end; }
    .two .name { overflow-wrap: anywhere; } .two .score { text-align: right; } .two .score small, .two .slope small, .two .which { display: none; }
    .two .side { display: grid; grid-template-columns: minmax(0, 1fr) 5.4rem; gap: 0 16px; align-items: center; } .two.plain .side { grid-template-columns: minmax(0, 1fr); }
    .two .weight { display: grid; grid-template-columns: minmax(0, 1fr) 5.2rem; gap: 0 10px; align-items: center; } .two .num { justify-self: end; white-space: nowrap; } .two .slope { text-align: right; }
    .two i { height: 14px; border-left: 1px solid var(--line, #d9d6cd); position: relative; } .two i::after { content: ""; position: absolute; inset: 0 auto 0 0; width: calc(100% * var(--share)); background: var(--ink, #1d1e21); }
    @container (max-width: 44rem) {
        .two .heads { display: none; }
        .two .line { grid-template-columns: minmax(0, 1fr) auto; gap: 0 12px; padding: 8px 0; }
        .two .side { grid-column: 1 / -1; grid-template-columns: 3.4rem minmax(0, 1fr) 5rem; gap: 0 8px; min-height: 44px; } .two.plain .side { grid-template-columns: 3.4rem minmax(0, 1fr); }
        .two .weight { grid-template-columns: minmax(0, 1fr) 4.9rem; }
        .two .which { display: block; color: var(--soft, #5b5d64); } .two .score small { display: inline; color: var(--soft, #5b5d64); margin-right: 10px; } .two .slope small { display: block; color: var(--soft, #5b5d64); font-size: .7rem; line-height: 1; }
    }
`;
