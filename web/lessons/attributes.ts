// What may be written in the braces of a directive: the types, and the check of what an author wrote against them.
import { type Report, suggestion } from './problem.ts';

/** `id`, `text`, …, or a list of the permitted words. */
export type AttributeType = 'id' | 'text' | 'number' | 'integer' | 'numbers' | 'words' | 'flag' | readonly string[];

export interface AttributeSpec {
  type: AttributeType;
  required?: boolean;
  says?: string;
}

export type AttributeSpecs = Readonly<Record<string, AttributeSpec>>;

export const attributeTypes = ['id', 'text', 'number', 'integer', 'numbers', 'words', 'flag'] as const;

/** The names under which the page keeps state of its own in the URL. */
export const reservedIds: readonly string[] = ['seed', 'theme', 'checks'];

const decimal = /^[-−+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/** Reports each attribute that is unknown, missing or malformed, naming `owner` (the directive). */
export function checkAttributes(
  owner: string,
  given: Readonly<Record<string, string | null | undefined>>,
  specs: AttributeSpecs,
  line: number,
  report: Report,
): void {
  for (const [name, value] of Object.entries(given)) {
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (!spec) {
      const names = Object.keys(specs);
      report.add(line, `${owner} has no attribute “${name}”`, `it has ${names.join(', ') || 'none'}.${suggestion(name, names)}`);
      continue;
    }
    const fault = attributeFault(spec.type, value ?? '');
    if (fault) report.add(line, `${owner}: ${name}="${value ?? ''}" ${fault.what}`, fault.repair);
  }
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.required && !(name in given))
      report.add(line, `${owner} lacks the attribute “${name}”`, `write ${name}="…"${spec.says ? `: ${spec.says}` : ''}`);
  }
}

/** What is wrong with a value, or null. */
export function attributeFault(type: AttributeType, value: string): { what: string; repair: string } | null {
  if (typeof type !== 'string') {
    return type.includes(value)
      ? null
      : { what: 'is none of its words', repair: `write one of ${type.join(', ')}.${suggestion(value, type)}` };
  }
  switch (type) {
    case 'id':
      if (reservedIds.includes(value)) return { what: 'is a name that the page itself uses', repair: 'take another id' };
      return /^[a-z][a-z0-9-]*$/.test(value)
        ? null
        : { what: 'is no id', repair: 'lower case letters, digits and hyphens, a letter first' };
    case 'text':
      return value.trim() ? null : { what: 'is empty', repair: 'write the text in quotes, or leave the attribute out' };
    case 'number':
      return decimal.test(value) ? null : { what: 'is no number', repair: 'write a decimal number such as 0.5' };
    case 'integer':
      return /^-?\d+$/.test(value) ? null : { what: 'is no whole number', repair: 'write digits only' };
    case 'numbers':
      return value.split(',').every((part) => decimal.test(part.trim()))
        ? null
        : { what: 'is no list of numbers', repair: 'write numbers with commas between: "0.8,-0.3,1.2"' };
    case 'words':
      return value.split(',').every((part) => part.trim() !== '')
        ? null
        : { what: 'is no list of words', repair: 'write words with commas between: "king,queen"' };
    case 'flag':
      return value === '' ? null : { what: 'takes no value', repair: 'write the name alone, or leave it out' };
  }
}
