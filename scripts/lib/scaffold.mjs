// Turning a template folder into files, and a name into its forms. Pure: what is written is decided here, not done.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.mjs';
import { Failure } from './say.mjs';

const TEMPLATES = inRoot('scripts/templates');

/**
 * The forms of a name, from `word-map`, `word_map`, `WordMap` or `dot-word-map`.
 * @throws {Failure} where it is no name
 */
export function forms(name) {
  const parts = name
    .replace(/^dot-/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_ ]+/);
  if (!parts.every((part) => /^[a-z0-9]+$/.test(part)) || !/^[a-z]/.test(parts[0])) {
    throw new Failure(`${JSON.stringify(name)} is no name`, 'give letters, digits and hyphens, beginning with a letter: word-map');
  }
  return {
    snake: parts.join('_'),
    kebab: parts.join('-'),
    Pascal: parts.map((part) => part[0].toUpperCase() + part.slice(1)).join(''),
    words: parts.join(' '),
  };
}

/** Put the forms in. `{{ a }}`, with spaces, is left alone: a lesson's own way to write an expression. */
export const fill = (text, names) => text.replace(/\{\{(\w+)\}\}/g, (whole, name) => names[name] ?? whole);

/** The text of one template file. */
const template = (path) => readFileSync(join(TEMPLATES, path), 'utf8');

/** The files of one kind: path from the root → text. */
export function filesOf(kind, names) {
  return Object.fromEntries(
    readdirSync(join(TEMPLATES, kind))
      .filter((name) => name.endsWith('.template'))
      .map((name) => [fill(name.replace(/\.template$/, ''), names).replaceAll('~', '/'), fill(template(`${kind}/${name}`), names)]),
  );
}

/** A text with another put before a marker that must be there. */
function before(text, marker, insertion, file) {
  if (!text.includes(marker)) throw new Failure(`${file} has no line ${JSON.stringify(marker)}`, 'add the new one to it by hand');
  return text.replace(marker, () => insertion + marker);
}

/** kernels.h with the new kernel's contract and its twin. */
export function withContract(header, names) {
  const twins = '// The reference twins';
  const contracts = before(header, twins, fill(template('kernel/contract.txt'), names), 'kernels.h');
  return before(contracts, '\n/// Σᵢ |a[i]·b[i]|', fill(template('kernel/twin.txt'), names), 'kernels.h');
}

/** web/elements/index.ts with the new element. */
export const withElement = (index, names) =>
  before(index, '};', `  'dot-${names.kebab}': () => import('./${names.snake}/${names.snake}.ts'),\n`, 'web/elements/index.ts');

/** What course.yaml says of a lesson. @throws {Failure} where it is not in the course */
export function courseEntry(course, id) {
  const entries = course.split(/^ {2}- /m).slice(1);
  const field = (entry, name) => new RegExp(`^\\s*${name}: (.*)$`, 'm').exec(entry)?.[1];
  const entry = entries.find((one) => field(one, 'id') === id);
  if (!entry) {
    const planned = entries.filter((one) => field(one, 'status') === 'planned').map((one) => field(one, 'id'));
    throw new Failure(
      `the course has no lesson ${id}`,
      `add it to lessons/course.yaml first, or take one that is planned: ${planned.join(', ')}`,
    );
  }
  const number = Number(field(entry, 'number'));
  return {
    number,
    title: field(entry, 'title'),
    question: field(entry, 'question'),
    folder: `${String(number * 10).padStart(3, '0')}-${id}`,
  };
}
