// What the model expects at the chosen place: bars with probabilities and logits; after a change, the same tokens before and now.
import { html, nothing, type TemplateResult } from 'lit';
import { format } from '../../drawing/format.ts';
import type { TransformerModel } from '../../models/transformer.ts';
import { chance, type Guessed, type GuessRow, guessName, movedWords } from '../../models/transformer_guesses.ts';
import { guessHeading } from '../../models/transformer_words.ts';
import type { Num } from './num.ts';

export function guessList(model: TransformerModel, num: Num): TemplateResult {
  const guessed = model.guessed.answer.value;
  if (!guessed) return html`<div class="guesses"><p class="soft">The guesses are on their way.</p></div>`;
  const { pass, before, place, rows } = guessed;
  const most = Math.max(...rows.flatMap(({ now, before }) => [now.probability, before?.probability ?? 0]), 1e-9);
  const next = pass.causal ? pass.tokens[place + 1] : undefined;
  const sees = !pass.causal && pass.tokens[place]?.text.trim() !== '[blank]' && place > 0;
  return html`<div class=${before ? 'guesses compared' : 'guesses'}><p class="heading">${guessHeading(pass, place)}</p>
    <ol aria-label="The likeliest tokens"><li class="legend" aria-hidden="true"><span>token</span><span></span><span class="n">${before ? 'now' : 'chance'}</span>${before ? html`<span class="n">before</span>` : nothing}<span class="n logit">logit</span></li>
    ${rows.map((row) => line(row, guessed, most, next?.id === row.id, num))}</ol>
    <p class="moved">${
      before
        ? movedWords(guessed)
        : sees
          ? html`It sees this word, so it says it. <button type="button" class="quiet" ?disabled=${!model.trained} @click=${() => model.set_edit({ place: guessed.placeBefore, word: '[blank]' })}>Make it a blank</button>`
          : next
            ? html`<span class="soft">In the text comes “${guessName(next.text)}”.</span>`
            : nothing
    }</p></div>`;
}

/** Two tokens that read alike differ in the space before them. */
const lacksSpace = ({ id, text }: GuessRow, rows: readonly GuessRow[]) =>
  !text.startsWith(' ') && rows.some((other) => other.id !== id && guessName(other.text) === guessName(text));

function line(row: GuessRow, guessed: Guessed, most: number, comes: boolean, num: Num): TemplateResult {
  const { id, text, now, before } = row;
  const { pass, before: passBefore, place, placeBefore } = guessed;
  const name = guessName(text);
  const bar = (share: number, kind: string) => html`<i class=${kind} style="--share:${(share / most).toFixed(4)}"></i>`;
  const number = (value: number, family: string, words: string, shown: string, old = false) => {
    const from = old ? passBefore : pass;
    if (!from?.run || Number.isNaN(value)) return html`<span>${family === 'logit' ? '' : shown}</span>`;
    return num(from, value, `transformer/${family}[${old ? placeBefore : place},${id}]`, {
      text: shown,
      digits: family === 'logit' ? 3 : 5,
      label: `${words} of ${name}`,
      key: `${old ? 'before' : 'now'}-${family}-${id}`,
    });
  };
  return html`<li class=${comes ? 'comes' : ''}><span class="name">${name}${lacksSpace(row, guessed.rows) ? html` <small>no space before</small>` : nothing}</span><span class="bars" aria-hidden="true">${bar(now.probability, 'now')}${before ? bar(before.probability, 'before') : nothing}</span>
    <span class="n">${number(now.probability, 'probability', 'probability', tight(now.probability))}</span>${
      passBefore
        ? html`<span class="n">${before ? number(before.probability, 'probability', 'probability before the change', tight(before.probability), true) : nothing}</span>`
        : nothing
    }<span class="n logit">${number(now.logit, 'logit', 'logit', format(now.logit, 2))}</span></li>`;
}

/** As `chance`, where there is little room. */
const tight = (probability: number) => chance(probability).replace('under ', '<');
