// <dot-key>: for teachers, the right answers of a lesson's checks for the seed in the address.
import { css, html, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { checksOf } from '../../models/check_registry.ts';
import { KeyModel } from '../../models/key.ts';
import { writeState } from '../../models/url_state.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';

export class DotKey extends DotElement<KeyModel> {
  static override readonly widgetAttributes = ['lesson'];
  static override styles = [
    DotElement.base,
    css`
      ol { padding-left: 1.4rem; }
      li { margin: 0 0 20px; }
      .prompt, .why { font: 400 1rem/1.55 var(--serif, Georgia, serif); }
      .prompt p, .why p { margin: 0 0 .3em; }
      .right { font-weight: 600; font-feature-settings: "tnum", "lnum"; margin: 0 0 4px; }
      .why { color: var(--soft, #5b5d64); font-size: .92rem; }
      input[type="text"] { width: 8rem; }
      a { color: var(--touch, #0b7365); text-underline-offset: 3px; font-weight: 500; font-size: .82rem; }
    `,
  ];

  protected override create_model(): KeyModel {
    return new KeyModel(() => checksOf(this.attr('lesson')), lab, this.seed(1));
  }

  /** The page's own seed is its state. */
  override get stateKey(): string {
    return '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.model.compute();
  }

  protected override view(model: KeyModel): TemplateResult {
    const entries = model.asked.answer.value;
    const failure = model.asked.failure.value;
    const seed = model.seed.value;
    return html`<form class="controls" @submit=${(event: Event) => this.#change(event, model)}>
        <label>Seed <input type="text" name="seed" inputmode="numeric" autocomplete="off" .value=${String(seed)} /></label>
        <button class="do">Show its key</button>
        <a href="../?seed=${seed}#checks">The exercises with these numbers</a>
      </form>
      <p class="soft">Give your students the link of the lesson with this seed, and all have the same numbers. Each “Another one” adds 1 to the seed of that exercise; it stands above the exercise.</p>
      ${failure ? this.failed(failure, () => void model.compute()) : nothing}
      ${entries ? html`<ol>${entries.map((entry) => html`<li><div class="prompt">${unsafeHTML(entry.prompt)}</div><p class="right">${unsafeHTML(entry.right)}</p><div class="why">${unsafeHTML(entry.explanation)}</div></li>`)}</ol>` : this.waiting('Computing the key …')}`;
  }

  #change(event: Event, model: KeyModel): void {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem('seed') as HTMLInputElement;
    const seed = Number(field.value.trim() || Number.NaN);
    const fits = Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32;
    field.setCustomValidity(fits ? '' : 'A seed is a whole number from 0 to 4,294,967,295.');
    if (!fits) {
      field.reportValidity();
      field.addEventListener('input', () => field.setCustomValidity(''), { once: true });
      return;
    }
    writeState('seed', String(seed));
    void model.compute(seed);
  }
}

define('dot-key', DotKey);

declare global {
  interface HTMLElementTagNameMap {
    'dot-key': DotKey;
  }
}
