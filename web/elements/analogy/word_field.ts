// A field for a word of the vocabulary. It completes what is typed, and answers when the word is finished (Enter, a choice from
// the list, or leaving the field), so that half a word asks the engine nothing.
import { css, html, noChange, type TemplateResult } from 'lit';
import { Directive, directive, type PropertyPart } from 'lit/directive.js';
import { completions, type WordSource } from '../../models/word_source.ts';

/** Fields that hold a word which is not finished. */
const typing = new WeakSet<Element>();

/** Sets a field's text, and sets it back where a word was not taken; but answers that come while somebody types leave that alone. */
const unlessTyping = directive(
  class extends Directive {
    render(_value: string): unknown {
      return noChange;
    }

    override update({ element }: PropertyPart, [value]: [string]): unknown {
      const field = element as HTMLInputElement;
      if (!typing.has(field) && field.value !== value) field.value = value;
      return noChange;
    }
  },
);

export interface WordFieldOptions {
  /** Distinct within the element: names the list of completions. */
  name: string;
  label: string;
  value: string;
  source: WordSource;
  placeholder?: string;
  invalid?: boolean;
  /** Empty the field once its word was taken. */
  clear?: boolean;
  onWord(word: string): void;
}

export function wordField(options: WordFieldOptions): TemplateResult {
  const { name, label, value, source, placeholder = '', invalid = false, clear = false, onWord } = options;
  const take = (field: HTMLInputElement) => {
    typing.delete(field);
    const word = field.value.trim();
    if (clear) {
      field.value = '';
      if (word) onWord(word);
    } else if (word !== value) onWord(word);
  };
  return html`<span class="word"><input type="text" list=${`list-${name}`} aria-label=${label} aria-invalid=${invalid ? 'true' : 'false'}
        .value=${unlessTyping(value)} placeholder=${placeholder} size=${Math.max(4, (value || placeholder).length)}
        autocomplete="off" autocapitalize="none" spellcheck="false" enterkeyhint="go" data-field=${name}
        @input=${(event: Event) => {
          const field = event.target as HTMLInputElement;
          typing.add(field);
          const list = field.nextElementSibling as HTMLDataListElement;
          list.replaceChildren(
            ...completions(source.vocabulary.peek(), field.value).map((word) =>
              Object.assign(document.createElement('option'), { value: word }),
            ),
          );
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Enter') take(event.target as HTMLInputElement);
        }}
        @change=${(event: Event) => take(event.target as HTMLInputElement)}
        @blur=${(event: Event) => typing.delete(event.target as Element)}
        @focus=${(event: Event) => (event.target as HTMLInputElement).select()} /><datalist id=${`list-${name}`}></datalist></span>`;
}

export const wordFieldStyles = css`
    .word > input { font: 500 1rem/1.2 var(--sans, system-ui, sans-serif); color: var(--touch, #0b7365); background: none; border: 0; border-bottom: 1px solid var(--touch, #0b7365);
        border-radius: 0; min-height: 44px; padding: 0 2px; max-width: 100%; field-sizing: content; min-width: 3.5ch; }
    .word > input::placeholder { color: var(--soft, #5b5d64); font-weight: 400; opacity: 1; }
    .word > input[aria-invalid="true"] { border-bottom: 2px dashed var(--pos, #c8590b); }
    .word > input::-webkit-calendar-picker-indicator { display: none !important; }
`;
