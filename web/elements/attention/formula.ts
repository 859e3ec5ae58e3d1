// The formula of attention, whose parts are the steps: a symbol wears the colour of its part and goes to its step.
import { css, html, nothing, type TemplateResult } from 'lit';
import { steps } from '../../models/attention.ts';

/** What happens at each step, in a sentence. */
const says: readonly string[] = [
  'Each token is a vector, a row of X. The four places are made up. Drag a bar, type over a number, or step it with the arrow keys.',
  'Three matrices make three vectors of each token: what it asks for (q), offers (k), and hands on (v).',
  'The query of one token meets the key of every token: one dot product for each cell.',
  'A score is a dot product divided by √d, the root of how many places a query has. Why just that is the next lesson.',
  'Softmax makes shares of each row: all positive, and together 1.',
  'The output is the values, each times its weight, added up. One dot product for each place.',
];

export const names: readonly string[] = ['vectors', 'query, key, value', 'dot products', 'scores', 'softmax', 'weighted average'];

export function formula(step: number, places: number, go: (step: number) => void): TemplateResult {
  const part = (to: number, content: unknown, label: string) =>
    html`<button type="button" class=${to === step ? 'part lit' : 'part'} aria-pressed=${to === step ? 'true' : 'false'} aria-label=${`${label}: step ${to + 1}`} @click=${() => go(to)}>${content}</button>`;
  const from = part(0, html`<var>X</var>`, 'the vectors X');
  const w = (letter: 'Q' | 'K' | 'V', name: string) => html`<var>W</var><sub class=${name}>${letter}</sub>`;
  const projections = html`<span class="line">${from}<span>→</span>${part(
    1,
    html`<var class="a">Q</var> = <var>X</var>${w('Q', 'a')}, <var class="b">K</var> = <var>X</var>${w('K', 'b')}, <var class="c">V</var> = <var>X</var>${w('V', 'c')}`,
    'Q, K and V from X by their matrices',
  )}</span>`;
  const attention = html`<span class="line">${part(4, 'softmax', 'softmax')}<span>(</span>${part(2, html`<var class="a">Q</var><var class="b">K</var><sup>T</sup>`, 'Q times K transposed')}<span>/</span>${part(3, html`√${places}`, 'divided by the root of d')}<span>)</span>${part(5, html`<var class="c">V</var>`, 'times V')}</span>`;
  const turn = (by: -1 | 1, words: string, off: boolean) =>
    html`<button type="button" class=${by > 0 ? 'do' : 'quiet'} ?disabled=${off} @click=${() => go(step + by)}>${words}</button>`;
  return html`<div class="steps" role="group" aria-label="Steps of attention" @keydown=${(event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(step + by);
  }}>
    <p class="formula">${projections}${attention}</p>
    <div class="turn">${turn(-1, 'Back', step === 0)}${turn(1, 'Next step', step === steps.length - 1)}<strong>Step ${step + 1} of ${steps.length}: ${names[step]}</strong></div>
    <p class="says">${says[step] ?? nothing}</p></div>`;
}

export const formulaStyles = css`
    .formula { margin: 0; display: flex; flex-wrap: wrap; gap: 0 28px; align-items: center; font: 400 1.2rem/1.2 var(--serif, Georgia, serif); }
    .formula .line { display: inline-flex; align-items: center; flex-wrap: wrap; } .formula .line > span { padding: 0 3px; }
    .formula .part { font: inherit; color: var(--ink, #1d1e21); background: none; border: 0; border-bottom: 2px dotted var(--touch, #0b7365); border-radius: 0; padding: 0 5px; min-width: 44px; min-height: 44px; }
    .formula .part.lit { border-bottom: 4px solid var(--touch, #0b7365); background: var(--wash, #f3f1ea); }
    .formula sub, .formula sup { font-size: .68em; line-height: 0; }
    .turn { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 14px; margin-top: 10px; } .turn strong { font-weight: 600; }
    .steps .says { margin: 6px 0 0; max-width: 46rem; min-height: 3em; }
`;
