// How each corpus is laid out: the unpacked file → its documents, cleaned.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { isFurniture, plain } from './plain-text.mjs';
import { Failure } from './say.mjs';

/** The lines of an .xz file, unpacked on the way. */
async function* unpackedLines(file) {
  const unpack = spawn('xz', ['-dc', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(unpack, 'close').catch(() => ['not started']);
  yield* createInterface({ input: unpack.stdout, crlfDelay: Number.POSITIVE_INFINITY });
  const [code] = await ended;
  if (code !== 0) throw new Failure(`xz could not unpack ${file} (${code})`, 'install it (on Debian and Ubuntu: apt-get install xz-utils)');
}

const isTitle = (line) => /^= .* =$/.test(line);

/** A document's paragraphs from its lines, cleaned; what is dropped is counted by its reason. */
function paragraphs(lines, drop, unwanted = () => undefined) {
  const kept = [];
  for (const line of lines) {
    const text = plain(line);
    const why = text === undefined ? 'letters of other scripts' : text === '' ? undefined : unwanted(text);
    if (why) drop(why);
    else if (text) kept.push(text);
  }
  return kept.join('\n');
}

/** "= Title =" before each document, whose paragraphs are one line each. */
async function* titled(lines, drop, unwanted) {
  let current = [];
  for await (const line of lines) {
    if (isTitle(line)) {
      if (current.length > 0) yield paragraphs(current, drop, unwanted);
      current = [];
    } else current.push(line);
  }
  if (current.length > 0) yield paragraphs(current, drop, unwanted);
}

/** [[target|words]] → words; the mark of a sentence that will need an update goes. */
const withoutLinks = (line) => line.replace(/\[\[(?:update\]\]|(?:[^[\]|]*\|)?([^[\]|]*)\]\])/g, '$1');

/** What is left of an encyclopedia's tables, formulas and markup is no sentence. */
export function wikiUnwanted(text) {
  if (/\[\[|\]\]|[\\|{}<>]|""|#redirect|^File:/i.test(text)) return 'markup or formula';
  if (/^"?(?:This (?:article (?:incorporates|is based)|template is)|The following demographic statistics)/.test(text)) return 'boilerplate';
  if ((text.match(/[A-Za-z ]/g)?.length ?? 0) < 0.8 * text.length) return 'mostly no letters';
  if (!/[.!?:;]["')]*$/.test(text)) return 'no sentence end';
  if (text.length < 40) return 'shorter than 40 characters';
  return undefined;
}

/** Some tales are broken into lines of a printed page, with a blank line between paragraphs; in others each line is a paragraph. */
export function unwrapped(sections) {
  const lines = sections.flatMap((section) => [...section.split('\n').map((line) => line.trim()), '']);
  const full = lines.filter((line) => line !== '');
  const broken = full.filter((line) => !/[.!?:;,"')-]$/.test(line)).length;
  if (broken < 0.2 * full.length) return full;
  return lines
    .map((line) => line || '\n')
    .join(' ')
    .split('\n')
    .map((paragraph) => paragraph.trim());
}

/** A tale's first words in capitals, as printers set them: ONCE upon a time, MR. JEREMY put on, A WIDOW had. */
export function withoutOpeningCapitals(line) {
  const opening = /^["']*[A-Z][A-Z'.-]*(?: [A-Z][A-Z'.-]*)*(?=(?:'s)?[,!]? (?:I |[A-Z]?[a-z]))/.exec(line)?.[0];
  if (!opening || !/[A-Z]{2}/.test(opening)) return line;
  const names = !/^["']*(?:A|AN|I|IF|IN|ONCE|ONE|THE|THERE) /.test(opening);
  const capital = (word) => word.toLowerCase().replace(/[a-z]/, (first) => first.toUpperCase());
  const words = opening.split(' ').map((word, at) => (at === 0 || names || word === 'I' ? capital(word) : word.toLowerCase()));
  return words.join(' ') + line.slice(opening.length);
}

const readers = {
  async *tatoeba(lines, drop) {
    for await (const line of lines) yield paragraphs([line], drop);
  },
  children: (lines, drop) => titled(lines, drop, (text) => (isFurniture(text) ? 'heading' : undefined)),
  async *fairytales(lines, drop) {
    for await (const line of lines) yield paragraphs(unwrapped(JSON.parse(line).sections).map(withoutOpeningCapitals), drop);
  },
  async *tinystories(lines, drop) {
    let current = [];
    for await (const line of lines) {
      if (line.trim() === '<|endoftext|>') {
        yield paragraphs(current, drop);
        current = [];
      } else current.push(line);
    }
    yield paragraphs(current, drop);
  },
  async *wiki(lines, drop) {
    const prose = (async function* () {
      for await (const line of lines) yield withoutLinks(line);
    })();
    for await (const text of titled(prose, drop, wikiUnwanted)) {
      if (text.length >= 200) yield text;
      else drop('article of under 200 characters');
    }
  },
};
readers.fiction = readers.children;

/** The documents of a corpus, one string each, cleaned, none empty. `drop(reason)` is called for each paragraph left out. */
export async function* readDocuments({ name }, file, drop) {
  for await (const text of readers[name](unpackedLines(file), drop)) if (text !== '') yield text;
}
