// Public corpora as probes want them: running texts, and where each labelled word stands in them. Pure: text in, sentences and faults out.

/** Words to the left and right of the ambiguous one that are kept of a Senseval context. */
const WINDOW = 30;

const noSpaceBefore = (word) => /^(?:[.,;:?!%)\]}]|''|n't|'[a-z]*)$/i.test(word);
const noSpaceAfter = (word) => /^(?:[([{$#]|``)$/.test(word);
const plain = (word) => (word === '``' || word === "''" ? '"' : word);

/**
 * A CoNLL-U file of Universal Dependencies.
 * @param {string} file
 * @returns {{sentences: {text: string, words: {start: number, end: number, tag: string, subject: boolean}[]}[], passed: number}}
 *   `passed`: sentences whose words could not be found in their text one after the other, or that have a word without its columns
 */
export function readConllu(file) {
  const sentences = [];
  let passed = 0;
  for (const block of file.split(/\n\s*\n/)) {
    const lines = block.split('\n');
    const text = lines.find((line) => line.startsWith('# text = '))?.slice(9);
    const rows = lines.filter((line) => /^\d+\t/.test(line)).map((line) => line.split('\t'));
    if (text === undefined || rows.length === 0) continue;
    const words = placeRows(text, rows);
    if (words) sentences.push({ text, words });
    else passed += 1;
  }
  return { sentences, passed };
}

/** Where each word stands; undefined where one does not follow the last. Contractions are two words without a space between them. */
function placeRows(text, rows) {
  let at = 0;
  const words = [];
  for (const [, form, , tag, , , , relation] of rows) {
    if (!form || !tag || !relation) return undefined;
    while (/\s/.test(text[at] ?? '')) at += 1;
    if (!text.startsWith(form, at)) return undefined;
    words.push({ start: at, end: at + form.length, tag, subject: relation.startsWith('nsubj') });
    at += form.length;
  }
  return words;
}

const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };
const decode = (text) => text.replace(/&(?:amp|lt|gt|quot|apos);/g, (one) => entities[one]);

/**
 * A Senseval file in the form that NLTK gives it: one ambiguous word in many contexts.
 * @param {string} file
 * @returns {{rows: {sense: string, text: string, start: number, end: number}[], passed: number}} `passed`: instances without a sense or without the word
 */
export function readSenseval(file) {
  const rows = [];
  let passed = 0;
  for (const [, instance] of file.matchAll(/<instance\b[^>]*>([\s\S]*?)<\/instance>/g)) {
    const sense = /<answer\b[^>]*\bsenseid="([^"]+)"/.exec(instance)?.[1];
    const context = /<context>([\s\S]*?)<\/context>/.exec(instance)?.[1] ?? '';
    const words = [...context.matchAll(/<head>|<wf\b[^>]*>([^<]*)<\/wf>/g)].map(([all, word]) =>
      all === '<head>' ? undefined : decode(word).trim(),
    );
    const head = words.indexOf(undefined);
    const row =
      sense && head >= 0 && words[head + 1]
        ? {
            sense,
            ...joinAround(
              words.filter((word) => word),
              head,
            ),
          }
        : undefined;
    if (row) rows.push(row);
    else passed += 1;
  }
  return { rows, passed };
}

/** Running text of the words around the one at `head`, and where that stands. */
function joinAround(words, head) {
  const from = Math.max(0, head - WINDOW);
  let text = '';
  let [start, end] = [0, 0];
  for (let i = from; i < Math.min(words.length, head + WINDOW + 1); i += 1) {
    const word = plain(words[i]);
    const joined = text === '' || noSpaceBefore(words[i]) || noSpaceAfter(words[i - 1] ?? '');
    text += joined ? word : ` ${word}`;
    if (i === head) [start, end] = [text.length - word.length, text.length];
  }
  return { text, start, end };
}

/** So many items of a list, evenly spaced from its beginning to its end; all where there are no more. */
export function evenly(items, count) {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]);
}

/** At most so many rows of each sense, evenly spaced; senses with fewer than `fewest` are left out. In the order of the file. */
export function balanced(rows, most, fewest) {
  const bySense = grouped(rows);
  const kept = new Set([...bySense.values()].filter((its) => its.length >= fewest).flatMap((its) => evenly(its, most)));
  return rows.filter((row) => kept.has(row));
}

function grouped(rows) {
  const all = new Map();
  for (const row of rows) all.set(row.sense, [...(all.get(row.sense) ?? []), row]);
  return all;
}
