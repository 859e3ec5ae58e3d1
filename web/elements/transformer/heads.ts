// Every head of every layer at a glance, a row of pictures for each layer; one is chosen, and any may be switched off.
import { html, type TemplateResult } from 'lit';
import { headPicture } from '../../drawing/heads.ts';
import { percent, quoted } from '../../models/attention_words.ts';
import type { TransformerModel } from '../../models/transformer.ts';
import { isOff } from '../../models/transformer_changes.ts';
import type { Pass } from '../../models/transformer_pass.ts';
import { roved } from './rove.ts';

export function headGrid(model: TransformerModel, pass: Pass): TemplateResult {
  const { weights, layers, heads } = pass;
  const off = model.changes.value.off;
  const query = model.chosen.value;
  const chosen = (model.layer.value - 1) * heads + model.head.value - 1;
  const place = (at: number): [number, number] => [Math.floor(at / heads) + 1, (at % heads) + 1];
  const keys = (event: KeyboardEvent) => {
    const now = (model.layer.peek() - 1) * heads + model.head.peek() - 1;
    if (event.key.toLowerCase() === 'x' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const [layer, head] = place(now);
      model.toggle({ layer, head });
      return event.preventDefault();
    }
    const to = roved(event, now, heads, layers * heads);
    if (to === null) return;
    model.set_head(...place(to));
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-at="${to}"]`)?.focus();
  };
  const one = (matrix: Float32Array, layer: number, head: number) => {
    const at = (layer - 1) * heads + head - 1;
    const isChosen = at === chosen;
    const isSwitchedOff = isOff(off, layer, head);
    return html`<td role="gridcell" aria-selected=${isChosen ? 'true' : 'false'}><button type="button" class=${isSwitchedOff ? 'head off' : 'head'} data-at=${at} tabindex=${isChosen ? 0 : -1}
      aria-label=${`Layer ${layer}, head ${head}${isSwitchedOff ? ', off' : ''}: ${mostSeen(matrix, pass, query)}`} @click=${() => model.set_head(layer, head)}>${headPicture(matrix, pass.tokens.length, query)}</button></td>`;
  };
  return html`<table class="heads" role="grid" aria-label="All heads: a row for each layer, a picture for each head; X switches the chosen one off or on" @keydown=${keys}>
    <caption class="short">A row for each layer, a picture for each head.</caption>
    <thead><tr role="row"><td></td>${weights[0]?.map((_, h) => html`<th scope="col"><span class="long">head </span>${h + 1}</th>`)}</tr></thead>
    <tbody>${weights.map((layer, l) => html`<tr role="row"><th scope="row"><span class="long">layer </span>${l + 1}</th>${layer.map((matrix, h) => one(matrix, l + 1, h + 1))}</tr>`)}</tbody></table>`;
}

/** What the chosen place looks at most through a head. */
function mostSeen(matrix: Float32Array, { names, tokens }: Pass, query: number): string {
  const row = matrix.subarray(query * tokens.length, (query + 1) * tokens.length);
  const most = row.indexOf(Math.max(...row));
  return `${quoted(names[query])} looks most at ${quoted(names[most])}, ${percent(row[most] ?? 0)}`;
}

export function headSwitches(model: TransformerModel, { heads }: Pass): TemplateResult {
  const [layer, head, off] = [model.layer.value, model.head.value, model.changes.value.off];
  const all = Array.from({ length: heads }, (_, h) => ({ layer, head: h + 1 }));
  const wholeOff = all.every((one) => isOff(off, layer, one.head));
  const ready = model.trained !== null;
  return html`<div class="controls"><span>Layer ${layer}, head ${head}</span><button type="button" class="quiet" ?disabled=${!ready} @click=${() => model.toggle({ layer, head })}>Switch it ${isOff(off, layer, head) ? 'on' : 'off'}</button>
    <button type="button" class="quiet" ?disabled=${!ready} @click=${() => model.toggle(...all)}>Layer ${layer} ${wholeOff ? 'on' : 'off'}</button><span class="soft long">or press X in the pictures</span></div>`;
}
