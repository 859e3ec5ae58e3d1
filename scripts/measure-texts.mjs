// npm run measure:texts: how far word vectors and a linear classifier come on public sets of short texts. Writes
// lessons/data/topics/source-measured.md; half a minute, the same figures every time.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { buildPreset, ensureCMake } from './lib/cmake.mjs';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { Failure, main, note, steps } from './lib/say.mjs';
import { measuredTextsPage } from './lib/texts-source.mjs';

const home = inRoot('lessons/data/topics');
const work = inRoot('build/training/texts');
const data = process.env.DOT_DATA ?? inRoot('../shared/data');
const settings = { rate: 0.01, decay: 0.01, batch: 50, epochs: 15, seed: 1 };

/** The bytes of a file of the data. */
function bytesOf(file) {
  if (!existsSync(`${data}/${file}`))
    throw new Failure(`${data}/${file} is not there`, 'set DOT_DATA to the folder that holds class_polarity, class_sst and class_sms_spam');
  return readFileSync(`${data}/${file}`);
}

const lines = (bytes) => Buffer.from(bytes).toString('utf8').split('\n').filter(Boolean);
const asTable = (label) => (text) => `${label}\t${text}`;

/** Writes "class, tab, text" lines where the tool finds them. */
function write(name, rows) {
  writeFileSync(`${work}/${name}.tsv`, `${rows.join('\n')}\n`);
  return `${work}/${name}.tsv`;
}

function polarity() {
  const files = unzipSync(bytesOf('class_polarity/sentence_polarity.zip'));
  const part = (name, label) => lines(files[`sentence_polarity/rt-polarity.${name}`]).map(asTable(label));
  return ['--texts', write('polarity', [...part('neg', 'negative'), ...part('pos', 'positive')]), '--held-out', '2000'];
}

function treebank() {
  const part = (name) =>
    lines(bytesOf(`class_sst/stsa.binary.${name}.txt`)).map((line) => asTable(line[0] === '1' ? 'positive' : 'negative')(line.slice(2)));
  return ['--texts', write('sst-train', part('train')), '--test', write('sst-test', part('test'))];
}

function spam() {
  return ['--texts', write('spam', lines(bytesOf('class_sms_spam/sms.tsv'))), '--held-out', '1000'];
}

/** Our own texts: ": topic" opens a topic, "#" begins a remark. */
function topics() {
  let topic = '';
  const rows = [];
  for (const line of lines(readFileSync(`${home}/texts.txt`))) {
    if (line.startsWith(': ')) topic = line.slice(2).trim();
    else if (!line.startsWith('#')) rows.push(asTable(topic)(line.trim()));
  }
  return ['--texts', write('topics', rows), '--held-out', '80'];
}

await main(async () => {
  mkdirSync(work, { recursive: true });
  const step = steps(3);
  await step('Tools', async () => {
    await ensureCMake();
    await buildPreset('train', { targets: ['measure_texts'] });
    writeFileSync(`${work}/words.bin`, gunzipSync(readFileSync(inRoot('lessons/data/words/words.bin.gz'))));
  });
  const sets = {};
  await step('Texts', () => {
    Object.assign(sets, { topics: topics(), polarity: polarity(), treebank: treebank(), spam: spam() });
  });
  await step('Measuring', async () => {
    const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const measured = {};
    for (const [name, files] of Object.entries(sets)) {
      const output = await run(`${inRoot('build/train')}/measure_texts`, ['--vectors', `${work}/words.bin`, ...files, ...flags]);
      measured[name] = JSON.parse(output.slice(output.indexOf('{')));
      note(`${name}: ${(100 * measured[name].accuracy).toFixed(2)} % of ${measured[name].count}`);
    }
    writeFileSync(`${home}/source-measured.md`, measuredTextsPage({ measured, settings }));
    return 'source-measured.md';
  });
});
