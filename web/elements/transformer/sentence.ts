// The text itself as the map of one row: choose a token, and the others are shaded by how much it looks at them through the chosen head.
import { html, nothing, type TemplateResult } from 'lit';
import { percent } from '../../models/attention_words.ts';
import type { TransformerModel } from '../../models/transformer.ts';
import type { Pass } from '../../models/transformer_pass.ts';
import { plainName } from '../../models/transformer_words.ts';
import { rove } from './rove.ts';

/** Smaller shares are left to the shade. */
const least = 0.005;

export function sentence(model: TransformerModel, { names, tokens }: Pass): TemplateResult {
  const row = model.row.value;
  const query = row?.query ?? 0;
  const graft = model.shown.value?.changes.graft;
  return html`<div class="tokens" role="group" aria-label="The text: choose the place that looks" @keydown=${(event: KeyboardEvent) =>
    rove(event, model.chosen.peek(), tokens.length, tokens.length, (to) => model.choose(to))}>${names.map((name, t) => {
    const share = row?.weights[t] ?? 0;
    const later = t >= (row?.seen ?? 0);
    const here = t === query;
    const words = `${name}${here ? ', looks' : ''}${later ? ', comes later' : `, is looked at ${percent(share)}`}${graft?.place === t ? ', with a state put in' : ''}`;
    return html`<button type="button" data-at=${t} tabindex=${here ? 0 : -1} class=${later ? 'later' : ''} aria-pressed=${here ? 'true' : 'false'} aria-label=${words} style="--share:${share.toFixed(3)}" @click=${() => model.choose(t)}>${plainName(name)}<small aria-hidden="true">${later || share < least ? '' : percent(share)}</small></button>${tokens[t]?.text.includes('\n') ? html`<i class="break"></i>` : nothing}`;
  })}</div>`;
}
