// What the figure is about: which model, which text, and the line that says how far it got.
import { html, nothing, type TemplateResult } from 'lit';
import type { TransformerModel } from '../../models/transformer.ts';
import { transformerExamples } from '../../models/transformer_examples.ts';
import type { TransformerName } from '../../models/transformer_source.ts';
import { loadingTransformer } from '../transformers.ts';

const says: Record<TransformerName, string> = {
  writer: 'The writer continues a text: each place sees itself and those before it.',
  reader: 'The reader fills blanks: each place sees all. Write [blank] for a gap.',
};

export function textForm(model: TransformerModel): TemplateResult {
  const name = model.name.value;
  const one = (to: TransformerName) =>
    html`<button type="button" class="quiet" aria-pressed=${to === name ? 'true' : 'false'} @click=${() => model.set_model(to)}>The ${to}</button>`;
  return html`<div class="controls which"><span role="group" aria-label="Which model">${one('writer')}${one('reader')}</span><span class="soft">${says[name]}</span></div>
    <label class="write">A text of yours, in English<textarea rows="2" spellcheck="false" autocomplete="off" .value=${model.text.value}
      @input=${(event: Event) => model.set_text((event.target as HTMLTextAreaElement).value)}></textarea></label>
    <div class="controls examples" role="group" aria-label="Examples"><span class="soft">Or</span>${transformerExamples
      .filter((example) => example.model === name)
      .map(
        ({ id, text, called }) =>
          html`<button type="button" class="quiet" aria-pressed=${text === model.text.value ? 'true' : 'false'} @click=${() => model.take_example(id)}>${called}</button>`,
      )}</div>`;
}

/** How far it got. Always as high, so that nothing below it moves. */
export function statusLine(model: TransformerModel, startAgain: () => void): TemplateResult {
  const [shown, trained, tooLong] = [model.shown.value, model.trained, model.tooLong.value];
  if (tooLong)
    return html`<div class="status"><span role="status">${tooLong.words}${shown ? ' The figure still shows the text before.' : nothing}</span>
      ${tooLong.fits > 0 ? html`<button type="button" class="quiet" @click=${() => model.set_text(model.text.peek().slice(0, tooLong.fits))}>Cut it there</button>` : nothing}</div>`;
  if (!trained) {
    if (!model.begun)
      return html`<div class="status"><button type="button" class="do" @click=${() => model.begin()}>Load the trained model</button></div>`;
    const words = shown ? (model.late.value ? 'Then your text is shown.' : 'Until then, a rounded copy is shown.') : nothing;
    return html`<div class="status">${loadingTransformer(model.source)}<span class="soft">${words}</span></div>`;
  }
  const count = shown?.before.tokens.length ?? 0;
  const byte = shown?.before.tokens.map(({ text }) => /‹[0-9a-f]{2}›/.exec(text)?.[0]).find(Boolean);
  return html`<div class="status"><span class="soft">${
    count === 0
      ? `The text is on its way through the ${model.name.value}.`
      : count === 1
        ? 'Nothing is typed yet: there is only the beginning of a text.'
        : html`${count - 1} ${count === 2 ? 'token' : 'tokens'} and the beginning; the ${model.name.value} reads at most ${trained.context}.${byte ? ` A sign that it has no token for is read byte by byte: ${byte} is one byte.` : nothing}`
  }</span><button type="button" class="quiet" @click=${startAgain}>Start again</button></div>`;
}
