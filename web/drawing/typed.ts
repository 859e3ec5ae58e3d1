import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PropertyPart } from 'lit/directive.js';
import { parseNumber } from './format.ts';

/**
 * The text of a number field, set only when what stands in the field does not already mean this number: a reader who has
 * typed "1." on the way to "1.5" keeps the point.
 */
class Typed extends Directive {
  render(_value: number, text: string): unknown {
    return text;
  }

  override update(part: PropertyPart | ElementPart, [value, text]: [number, string]): unknown {
    const field = part.element as HTMLInputElement;
    if (field.value === '' || parseNumber(field.value) !== value) field.value = text;
    return noChange;
  }
}

export const typed = directive(Typed);
