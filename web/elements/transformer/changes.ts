// What a reader may change besides heads: one token, and one state taken from another sentence. And what is changed, with the way back.
import { html, nothing, type TemplateResult } from 'lit';
import { quoted } from '../../models/attention_words.ts';
import type { TransformerModel } from '../../models/transformer.ts';
import type { TransformerAnswer } from '../../models/transformer_answer.ts';
import { anyChange, longestWord } from '../../models/transformer_changes.ts';
import { across } from '../../models/transformer_pass.ts';
import { changeWords, plainName } from '../../models/transformer_words.ts';
import { rove } from './rove.ts';

export function changed(model: TransformerModel, shown: TransformerAnswer): TemplateResult {
  const changes = model.changes.value;
  const said = changeWords(shown.changes, shown);
  const any = anyChange(changes);
  return html`<div class="changed">${said.length > 0 ? html`<ul>${said.map((words) => html`<li>${words}</li>`)}</ul>` : html`<p class="soft">Nothing is changed: this is the model as it was trained.</p>`}</div>
    <div class="controls"><button type="button" class="quiet" ?disabled=${model.past.value.length === 0} @click=${() => model.undo()}>Undo</button><button type="button" class="quiet" ?disabled=${!any} @click=${() => model.set_back()}>Set everything back</button></div>`;
}

/** Other words in the place of the chosen token. */
export function replaceForm(model: TransformerModel, { before, now }: TransformerAnswer): TemplateResult {
  const place = across(now.tokens, before.tokens, model.chosen.value);
  const name = plainName(before.names[place]);
  const edit = model.changes.value.edit;
  const ready = model.trained !== null && place > 0;
  const submit = (event: Event) => {
    event.preventDefault();
    const field = (event.target as HTMLElement).querySelector('input');
    if (field?.value.trim()) model.set_edit({ place, word: field.value });
  };
  return html`<details ?open=${edit !== null}><summary>Replace a token</summary><form class="replace" @submit=${submit}>
    <p class="how">Choose a token in the text above. After the change, choose the last one to see the guess that ends the text.</p>
    <label>${place > 0 ? html`In the place of <b>${quoted(name)}</b>` : 'Choose a token of the text first'}<input type="text" autocomplete="off" maxlength=${longestWord} ?disabled=${!ready} .value=${edit?.place === place ? edit.word : ''} /></label>
    <button type="submit" class="do" ?disabled=${!ready}>Replace</button>${edit ? html`<button type="button" class="quiet" @click=${() => model.set_edit(null)}>Put “${plainName(before.names[edit.place])}” back</button>` : nothing}</form></details>`;
}

/** A state from another sentence, into the chosen place. */
export function graftForm(
  model: TransformerModel,
  { now, other }: TransformerAnswer,
  picked: { layer: number; from: number | null },
  pick: (picked: { layer: number; from: number | null }) => void,
): TemplateResult {
  const graft = model.changes.value.graft;
  const ready = model.trained !== null;
  const last = (other?.tokens.length ?? 1) - 1;
  const word = other?.names.findLastIndex((name) => /[\p{L}\p{N}]/u.test(name)) ?? -1;
  const from = Math.min(picked.from ?? graft?.from ?? (word > 0 ? word : last), last);
  const layer = picked.layer >= 0 ? picked.layer : (graft?.layer ?? Math.ceil(now.layers / 2));
  const put = (layer: number, from: number) => model.set_graft({ layer, from });
  const choose = (next: { layer?: number; from?: number }) => {
    const both = { layer, from, ...next };
    pick(both);
    if (graft) put(both.layer, both.from);
  };
  return html`<details class="graft" ?open=${graft !== null} @toggle=${(event: Event) => {
    if ((event.target as HTMLDetailsElement).open) model.want_other();
  }}><summary>Put in a state of another sentence</summary>
    <label class="write">The other sentence<input type="text" autocomplete="off" .value=${model.other.value} @input=${(event: Event) => {
      pick({ layer, from: null });
      model.set_other((event.target as HTMLInputElement).value);
    }} /></label>
    <div class="tokens pick" role="group" aria-label="The other sentence: choose whose state is taken" @keydown=${(event: KeyboardEvent) => rove(event, from, last + 1, last + 1, (to) => choose({ from: to }))}>${
      other?.names.map(
        (name, u) =>
          html`<button type="button" data-at=${u} tabindex=${u === from ? 0 : -1} aria-pressed=${u === from ? 'true' : 'false'} aria-label=${name} @click=${() => choose({ from: u })}>${plainName(name)}</button>`,
      ) ??
      html`<span class="soft">${!ready ? 'Once the weights are here.' : model.ran.pending.value ? 'One moment.' : 'This sentence is too long to be read.'}</span>`
    }</div>
    <div class="controls"><label>Its state <select aria-label="Where the state is taken and put in" @change=${(event: Event) => choose({ layer: Number((event.target as HTMLSelectElement).value) })}>${Array.from(
      { length: now.layers + 1 },
      (_, l) =>
        html`<option value=${l} .selected=${l === layer}>${l === 0 ? 'as it goes into layer 1' : `as it leaves layer ${l}`}</option>`,
    )}</select></label>
      <button type="button" class="do" ?disabled=${!ready || !other} @click=${() => put(layer, from)}>Put it into “${plainName(now.names[model.chosen.value])}”</button>${
        graft ? html`<button type="button" class="quiet" @click=${() => model.set_graft(null)}>Take it out</button>` : nothing
      }</div></details>`;
}
