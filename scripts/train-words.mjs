// npm run train:words: reproduces the shipped word vectors, from the corpus to lessons/data/words/.
//
// Everything that shapes the result stands in lessons/data/words/recipe.json. The run keeps its state in build/training/ and goes
// on from there when it is started again. `--threads 1` gives the same bytes on every run; with more threads (the default is all
// cores) the rows are updated without locks, and the measured quality is the same within a few tenths of a point.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { constants, gzipSync } from 'node:zlib';
import { buildPreset, ensureCMake } from './lib/cmake.mjs';
import { inRoot } from './lib/paths.mjs';
import { attempt, run, which } from './lib/run.mjs';
import { Failure, main, note, steps } from './lib/say.mjs';
import { sourcePage } from './lib/words-source.mjs';

const home = inRoot('lessons/data/words');
const work = inRoot('build/training');
const data = process.env.DOT_DATA ?? inRoot('../shared/data');
const tool = (name) => inRoot('build/train', name);
const option = (name) => process.argv[process.argv.indexOf(`--${name}`) + 1];

async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** xz → normalize_text → file, checking the hash of what xz unpacked on the way. */
async function normalize(corpus, unpackedHash, words) {
  const unpack = spawn('xz', ['-dc', corpus], { stdio: ['ignore', 'pipe', 'inherit'] });
  const normalizer = spawn(tool('normalize_text'), { stdio: ['pipe', 'pipe', 'inherit'] });
  const hash = createHash('sha256');
  unpack.stdout.on('data', (chunk) => hash.update(chunk));
  await Promise.all([pipeline(unpack.stdout, normalizer.stdin), pipeline(normalizer.stdout, createWriteStream(`${words}.part`))]);
  if (hash.digest('hex') !== unpackedHash)
    throw new Failure('the unpacked corpus has another sha256 than the recipe', 'get the corpus that recipe.json names');
  renameSync(`${words}.part`, words);
}

await main(async () => {
  const recipe = JSON.parse(readFileSync(`${home}/recipe.json`, 'utf8'));
  const corpus = `${data}/${recipe.corpus.file}`;
  const threads = process.argv.includes('--threads') ? ['--threads', option('threads')] : [];
  const checkpoint = `${work}/words.checkpoint`;
  const words = `${work}/words.txt`;
  const packed = `${work}/words.bin`;
  const flags = (options) => Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  mkdirSync(work, { recursive: true });

  const step = steps(5);
  await step('Tools', async () => {
    await ensureCMake();
    await buildPreset('train', { targets: ['normalize_text', 'train_word2vec', 'pack_vectors', 'evaluate_vectors'] });
  });
  await step('Corpus', async () => {
    if (!existsSync(corpus))
      throw new Failure(
        `${corpus} is not there`,
        'set DOT_DATA to the folder that holds the corpora (README of lessons/data/words says which)',
      );
    if (!which('xz')) throw new Failure('xz is not on PATH', 'install it (on Debian and Ubuntu: apt-get install xz-utils)');
    if (existsSync(words)) return 'normalised before';
    if ((await sha256(corpus)) !== recipe.corpus.sha256)
      throw new Failure(`${corpus} has another sha256 than the recipe`, 'get the corpus that recipe.json names');
    await normalize(corpus, recipe.corpus.unpackedSha256, words);
    return words;
  });
  let log = '';
  await step('Training', async () => {
    const before = existsSync(`${work}/log.txt`) ? readFileSync(`${work}/log.txt`, 'utf8') : '';
    const output = await run(
      tool('train_word2vec'),
      ['--corpus', words, '--checkpoint', checkpoint, ...flags(recipe.training), ...threads],
      { show: true, what: 'training' },
    );
    log = before + output;
    writeFileSync(`${work}/log.txt`, log);
  });
  await step('Packing', async () => {
    note((await run(tool('pack_vectors'), ['--checkpoint', checkpoint, '--output', packed, ...flags(recipe.shipping)])).trim());
    // No time stamp goes into the gzip header, so the same vectors give the same file.
    const zipped = gzipSync(readFileSync(packed), { level: 9, memLevel: 9, strategy: constants.Z_FILTERED });
    writeFileSync(`${home}/words.bin.gz`, zipped);
    return `words.bin.gz, ${zipped.length} bytes`;
  });
  await step('Measuring', async () => {
    const { size, context } = recipe.shipping;
    const { code, output } = await attempt(tool('evaluate_vectors'), [
      '--data',
      data,
      '--checkpoint',
      checkpoint,
      '--vectors',
      packed,
      '--size',
      String(size),
      '--context',
      String(context),
    ]);
    if (code !== 0) throw new Failure('the evaluation failed', 'DOT_DATA must hold eval_google_analogy and eval_wordsim', output);
    writeFileSync(
      `${home}/source.md`,
      sourcePage({
        recipe,
        log,
        tables: output,
        sha256: await sha256(`${home}/words.bin.gz`),
        bytes: readFileSync(`${home}/words.bin.gz`).length,
      }),
    );
    return 'source.md';
  });
});
