// How much of the arithmetic lies inside dot products.
import { html, type TemplateResult } from 'lit';
import type { Pass } from '../../models/transformer_pass.ts';
import { workOf } from '../../models/transformer_words.ts';

export function workBar({ operations, tokens }: Pass): TemplateResult {
  const { share, words } = workOf(operations);
  return html`<div class="work"><div class="work-bar" style="--share:${share.toFixed(5)}" aria-hidden="true"><i></i></div>
    <p>For ${tokens.length === 1 ? 'the beginning alone' : `these ${tokens.length} places`}: ${words} <span class="soft">The rest is every other addition, multiplication, division, root and exponential: of norms, of softmax, of the bend, and sums that carry a row past a part. Each counts as one, though a multiply-add is two.</span></p></div>`;
}
