// What a classifier says of one input, as rows: class, logit, probability; the answer marked. Every number unfolds.
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Answer } from '../../models/digit_source.ts';
import type { Explains, NumberOptions } from '../number.ts';

export type Num = (value: number, address: string, options?: Partial<NumberOptions>) => TemplateResult;

export interface AnswersOptions {
  classes: readonly string[];
  /** Null until the engine has answered: the rows stand there, empty. */
  answer: Pick<Answer, 'logits' | 'probabilities' | 'predicted' | 'source'> | null;
  num: Num;
  /** Tells the numbers of one table from those of another on the same widget. */
  key: string;
  /** The right class, where it is known. */
  truth?: number | null;
  /** What the first column is called. */
  of?: string;
}

export function answers({ classes, answer, num, key, truth = null, of = 'class' }: AnswersOptions): TemplateResult {
  const cell = (k: number, family: 'logit' | 'probability', value: number | undefined, digits: number) =>
    answer && value !== undefined
      ? num(value, `network/${family}[0][${k}]`, {
          digits,
          label: `${family} of ${classes[k]}`,
          source: answer.source as Explains,
          key: `${key}/${family}/${k}`,
        })
      : html`<span class="soft">–</span>`;
  return html`<table class="answers"><thead><tr><th scope="col">${of}</th><th scope="col">logit</th><th scope="col" aria-hidden="true"></th><th scope="col">probability</th></tr></thead>
    <tbody>${classes.map((name, k) => {
      const first = answer?.predicted === k;
      const share = answer?.probabilities[k] ?? 0;
      return html`<tr class=${first ? 'first' : ''}><th scope="row">${name}${k === truth ? html`<small> true</small>` : nothing}${first ? html`<small> answer</small>` : nothing}</th>
        <td>${cell(k, 'logit', answer?.logits[k], 2)}</td><td class="bar" aria-hidden="true">${answer ? html`<i style="--share:${share.toFixed(4)}"></i>` : nothing}</td><td>${cell(k, 'probability', answer?.probabilities[k], 3)}</td></tr>`;
    })}</tbody></table>`;
}

export const answersStyles = css`
    .answers { width: 100%; max-width: 26rem; table-layout: fixed; }
    .answers th, .answers td { height: 32px; padding: 0 8px 0 0; } .answers th:nth-child(2), .answers td:nth-child(2) { width: 3.6rem; } .answers th:nth-child(4), .answers td:nth-child(4) { width: 5.2rem; }
    .answers th:first-child { text-align: left; width: 4.8rem; } .answers tbody th { color: var(--ink, #1d1e21); } .answers small { color: var(--soft, #5b5d64); }
    .answers .num { margin: 0 -4px 0 0; padding: 4px; } .answers .num::before { height: 32px; }
    .answers .first th { font-weight: 600; } .answers .first small { font-weight: 400; }
    .answers .bar i { display: block; height: 10px; width: calc(100% * var(--share)); min-width: 1px; background: var(--edge, #85837b); } .answers .first .bar i { background: var(--touch, #0b7365); }
`;
