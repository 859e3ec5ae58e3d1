// The public corpora → plain text for the two transformers, with a held-out part that shares no passage with the training part.
//
// Each file is a row of documents, a NUL byte before each; paragraphs are apart by one line feed. Everything in it is printable ASCII.
// The same corpora give the same bytes: what is held out follows from a hash of the documents themselves.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readDocuments } from './corpora-sources.mjs';
import { countWords, storedDocuments, Writer } from './document-files.mjs';
import { heldOutRule, lot, seed, shingleWords, withoutShared } from './held-out.mjs';
import { Failure } from './say.mjs';
import { Shingles } from './shingles.mjs';

/** The corpora, in the order of their reading. `heldOut`: a share of the documents, or their number. */
export const corpora = [
  {
    name: 'tatoeba',
    file: 'corpus_tatoeba_eng/tatoeba_eng.txt.xz',
    sha256: 'de98d8cc5a384d06f960b72f4b3623916efec28902ac07357e3ee83518f9bafc',
    heldOut: 0.02,
    shuffle: true,
  },
  {
    name: 'children',
    file: 'corpus_children_classics/children_classics.txt.xz',
    sha256: '6bdb9ed9cc29b238b8cf09e6a532ea904e19c21e6cc5f40c7a39173c99c63ebd',
    heldOut: 2,
  },
  {
    name: 'fairytales',
    file: 'corpus_fairytaleqa/fairytale_stories.jsonl.xz',
    sha256: '42fbbc3d233f49a0de6a4b1b0e720724de4b4ec52585e6ac0599df717bc299ad',
    heldOut: 10,
    notIn: 'children',
  },
  {
    name: 'tinystories',
    file: 'corpus_tinystories_sample/tinystories_sample.txt.xz',
    sha256: 'f28d63894bbb54889b6673f8daccb1e8b159188534565a90f9b6fa0bfe78cc1a',
    heldOut: 0.03,
    mostShared: 6,
    whole: true,
  },
  {
    name: 'fiction',
    file: 'corpus_fiction/fiction_1855_1924.txt.xz',
    sha256: '8682d5bcdff863b7f0f9b3b4cadebc48dfc1953cf4747f58c45adfa2b6d7b120',
    heldOut: 4,
  },
  {
    name: 'wiki',
    file: 'corpus_wiki_full52m/enwiki2015_cap30k.txt.xz',
    sha256: '0ba969c403b53d99be4988fae89357547280692811ad1df82a49015a760d7983',
    heldOut: 0.01,
  },
];

/** The share of a fairy tale's shingles that may stand in the children's books; the tales are apart: at most 7 %, or over 30 %. */
const mostInAnother = 0.3;

async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Every corpus is there and is the one that is named; else a Failure. */
export async function checkCorpora(data, list = corpora) {
  for (const { file, sha256: expected } of list) {
    const path = join(data, file);
    if (!existsSync(path)) throw new Failure(`${path} is not there`, 'set DOT_DATA to the folder that holds the corpora');
    const found = await sha256(path);
    if (found !== expected)
      throw new Failure(`${path} has another sha256 than the one that was prepared for: ${found}`, `get the file with sha256 ${expected}`);
  }
}

/** Fisher–Yates by lots: sorting by a hash of each document is a shuffle that needs no state. */
const shuffled = (documents) =>
  documents
    .map((text) => ({ text, key: createHash('sha256').update(`${seed} order\0${text}`).digest('hex') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ text }) => text);

/** Source → `<name>.all.txt`, cleaned; returns each document's lot and what the cleaning dropped. */
async function clean(corpus, data, folder) {
  const dropped = {};
  const drop = (why) => (dropped[why] = (dropped[why] ?? 0) + 1);
  const lots = [];
  const all = new Writer(join(folder, `${corpus.name}.all.txt`));
  let documents = readDocuments(corpus, join(data, corpus.file), drop);
  if (corpus.shuffle) {
    const list = [];
    for await (const text of documents) list.push(text);
    documents = shuffled(list);
  }
  for await (const text of documents) {
    lots.push(lot(text));
    await all.add(text);
  }
  await all.finish();
  return { lots, dropped };
}

/** What decides the bytes, as one hash: another program makes the files anew. */
function fingerprint(list) {
  const hash = createHash('sha256').update(JSON.stringify(list));
  for (const name of ['corpora', 'corpora-sources', 'document-files', 'held-out', 'plain-text', 'shingles'])
    hash.update(readFileSync(new URL(`${name}.mjs`, import.meta.url)));
  return hash.digest('hex');
}

/** The summary of files that stand already and are this program's; else undefined. */
function standing(summaryFile, program, folder) {
  if (!existsSync(summaryFile)) return undefined;
  const summary = JSON.parse(readFileSync(summaryFile, 'utf8'));
  const whole = ([name, { bytes }]) => existsSync(join(folder, name)) && statSync(join(folder, name)).size === bytes;
  return summary.program === program && Object.entries(summary.files).every(whole) ? summary : undefined;
}

/** `<name>.all.txt` → `<name>.train.txt`: all but the held-out documents, what is in another corpus, and what shares a passage. */
async function writeTraining({ corpus, folder, isHeldOut, heldOut, other, known }) {
  const sharedWithHeldOut = { documents: 0, paragraphs: 0, words: 0 };
  const alreadyThere = { documents: 0, words: 0 };
  const writer = new Writer(join(folder, `${corpus.name}.train.txt`));
  for await (const text of storedDocuments(join(folder, `${corpus.name}.all.txt`))) {
    if (isHeldOut(lot(text))) continue;
    const { shared, total } = other?.shared(text) ?? { shared: 0, total: 0 };
    if (shared > mostInAnother * total) {
      alreadyThere.documents += 1;
      alreadyThere.words += countWords(text);
      continue;
    }
    const { kept, dropped } = withoutShared(text, heldOut, corpus);
    sharedWithHeldOut.paragraphs += dropped;
    sharedWithHeldOut.words += countWords(text) - countWords(kept);
    if (kept === '') sharedWithHeldOut.documents += 1;
    else await writer.add(kept);
    known?.add(kept);
  }
  const dropped = other ? { sharedWithHeldOut, [`alreadyIn ${corpus.notIn}`]: alreadyThere } : { sharedWithHeldOut };
  return { line: await writer.finish(), dropped };
}

/**
 * Writes `<name>.train.txt` and `<name>.heldout.txt` for every corpus, and `summary.json`, which comes last.
 * What stands already, made by the same program from the same corpora, is left alone.
 * @param {{data: string, folder: string, list?: object[], say?: (line: string) => void}} options `data`: where the corpora lie
 * @returns {Promise<object>} the summary
 */
export async function prepareCorpora({ data, folder, list = corpora, say = () => {} }) {
  const summaryFile = join(folder, 'summary.json');
  const program = fingerprint(list);
  const before = standing(summaryFile, program, folder);
  if (before) return before;
  await checkCorpora(data, list);
  mkdirSync(folder, { recursive: true });
  rmSync(summaryFile, { force: true });

  const summary = { program, sources: Object.fromEntries(list.map((c) => [c.file, c.sha256])), files: {}, dropped: {} };
  const heldOut = new Shingles(shingleWords);
  const rules = {};
  for (const corpus of list) {
    const { name } = corpus;
    const { lots, dropped } = await clean(corpus, data, folder);
    rules[name] = heldOutRule(lots, corpus.heldOut);
    const writer = new Writer(join(folder, `${name}.heldout.txt`));
    for await (const text of storedDocuments(join(folder, `${name}.all.txt`))) {
      if (!rules[name](lot(text))) continue;
      heldOut.add(text);
      await writer.add(text);
    }
    summary.files[`${name}.heldout.txt`] = await writer.finish();
    summary.dropped[name] = { whileCleaning: dropped };
    say(`${name}: cleaned, ${writer.line.documents} documents held out`);
  }
  summary.heldOutShingles = heldOut.count;

  const known = {}; // shingles of the corpora that another one may repeat
  for (const { notIn } of list) if (notIn) known[notIn] = new Shingles(shingleWords);
  for (const corpus of list) {
    const { name, notIn } = corpus;
    const part = { corpus, folder, isHeldOut: rules[name], heldOut, other: known[notIn], known: known[name] };
    const { line, dropped } = await writeTraining(part);
    rmSync(join(folder, `${name}.all.txt`));
    summary.files[`${name}.train.txt`] = line;
    Object.assign(summary.dropped[name], dropped);
    say(`${name}: ${line.words} words to train on`);
  }
  writeFileSync(summaryFile, `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}
