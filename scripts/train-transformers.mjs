// npm run train:transformers: reproduces the two transformers of the lessons, from the public corpora to lessons/data/writer/ and
// lessons/data/reader/, and measures them. `-- writer` or `-- reader` does one; `-- --only-measure` measures what is there.
//
// Everything that shapes the result stands in recipe.json of each folder. A run keeps its state in the user's cache folder and goes on
// from there when it is started again. The result does not depend on where it was cut or on the number of threads; with another
// library for the products of matrices (OpenBLAS where it is installed, else our own kernel) the last bits differ, and so the weights.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { buildPreset, ensureCMake } from './lib/cmake.mjs';
import { prepareCorpora } from './lib/corpora.mjs';
import { cacheFolder, inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { Failure, main, note, steps } from './lib/say.mjs';
import { transformerPage } from './lib/transformer-source.mjs';

const NAMES = ['writer', 'reader'];
const data = process.env.DOT_DATA ?? inRoot('../shared/data');
const work = join(cacheFolder(), 'training');
const text = (name, part) => join(work, 'text', `${name}.${part}.txt`);
const tool = (name) => inRoot('build/train', name);
const recipeOf = (name) => JSON.parse(readFileSync(inRoot('lessons/data', name, 'recipe.json'), 'utf8'));
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const flags = (options) => Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const onlyMeasure = process.argv.includes('--only-measure');

/** OpenBLAS builds that do not know a new processor fall back to the slowest kernel; tell them what it can do. */
function environment() {
  const cpu = existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '';
  const core = / avx512f /.test(cpu) ? 'SkylakeX' : / avx2 /.test(cpu) ? 'Haswell' : undefined;
  return core && !process.env.OPENBLAS_CORETYPE ? { ...process.env, OPENBLAS_CORETYPE: core } : process.env;
}

async function trainTokenizer() {
  const file = join(work, 'tokens.txt');
  const { vocabulary, texts } = recipeOf('writer').tokenizer;
  const list = Object.entries(texts).map(([name, most]) => `${text(name, 'train')}:${most}`);
  return (await run(tool('train_tokenizer'), ['--texts', list.join(','), '--vocabulary', String(vocabulary), '--output', file])).trim();
}

async function train(name) {
  const { texts, training } = recipeOf(name);
  const { from, ...options } = training;
  const list = Object.entries(texts).map(([one, { weight, whole }]) => `${one}:${weight}:${whole}:${text(one, 'train')}`);
  const output = await run(
    tool('train_transformer'),
    [
      ...['--texts', list.join(','), '--tokenizer', 'tokens.txt', '--checkpoint', `${name}.checkpoint`],
      ...flags(options),
      ...(from ? ['--from', `${from}.checkpoint`] : []),
    ],
    { show: true, what: `training the ${name}`, cwd: work, env: environment() },
  );
  const log = join(work, `${name}.log`);
  writeFileSync(log, (existsSync(log) ? readFileSync(log, 'utf8') : '') + output);
}

/** int8 on the wire; `figures` go into the file, so that a page can state them beside the model. */
async function pack(name, figures, levels) {
  const packed = join(work, `${name}.${levels}.safetensors`);
  const list = Object.entries(figures).map(([key, value]) => `${key}=${value}`);
  await run(tool('pack_transformer'), [
    ...['--checkpoint', join(work, `${name}.checkpoint`), '--output', packed, '--levels', String(levels)],
    ...(list.length ? ['--figures', list.join(',')] : []),
  ]);
  return packed;
}

async function measure(model, name) {
  const { heldOut, prompts } = recipeOf(name);
  const lines = join(work, `${name}.prompts.txt`);
  writeFileSync(lines, `${prompts.join('\n')}\n`);
  const output = await run(
    tool('evaluate_transformer'),
    [
      ...['--model', model, '--texts', heldOut.map((one) => `${one}:${text(one, 'heldout')}`).join(',')],
      ...['--most', name === 'reader' ? '6000' : '30000'],
      ...['--grammar', inRoot('lessons/data/grammar/pairs.tsv'), '--prompts', lines],
    ],
    { env: environment(), what: `measuring the ${name}` },
  );
  return JSON.parse(output.slice(output.indexOf('{')));
}

const share = (grammar) => grammar.reduce((sum, { passed }) => sum + passed, 0) / grammar.reduce((sum, { pairs }) => sum + pairs, 0);

/** All held-out texts together, each with the same weight. */
const mean = (texts, key) => texts.reduce((sum, one) => sum + one[key], 0) / texts.length;

const shippedFile = (name) => inRoot('lessons/data', name, `${name}.safetensors.gz`);

/** The file that the lessons load, measured again. */
async function measureShipped(name) {
  const unpacked = join(work, `${name}.shipped.safetensors`);
  writeFileSync(unpacked, gunzipSync(readFileSync(shippedFile(name))));
  const { texts, grammar } = await measure(unpacked, name);
  rmSync(unpacked);
  for (const one of texts) note(`${name}, ${one.name}: ${one.bitsPerCharacter.toFixed(3)} bits per character`);
  note(`${name}, grammar: ${(100 * share(grammar)).toFixed(1)} %`);
}

/** From the checkpoint to the file that the lessons load and the page beside it. */
async function packAndMeasure(name) {
  const recipe = recipeOf(name);
  const exact = await measure(await pack(name, {}, 0), name);
  const shipped = await measure(await pack(name, {}, recipe.levels), name);
  const figures = {
    'bits-per-character': mean(shipped.texts, 'bitsPerCharacter').toFixed(4),
    'perplexity-per-word': mean(shipped.texts, 'perplexityPerWord').toFixed(2),
    'token-accuracy': mean(shipped.texts, 'tokenAccuracy').toFixed(4),
    grammar: share(shipped.grammar).toFixed(4),
  };
  // No time stamp goes into the gzip header, so the same weights give the same file.
  const bytes = gzipSync(readFileSync(await pack(name, figures, recipe.levels)), { level: 9, memLevel: 9 });
  writeFileSync(shippedFile(name), bytes);
  const summary = JSON.parse(readFileSync(join(work, 'text', 'summary.json'), 'utf8'));
  const log = readFileSync(join(work, `${name}.log`), 'utf8');
  const page = transformerPage({ name, recipe, summary, exact, shipped, log, bytes: bytes.length, sha256: sha256(bytes) });
  writeFileSync(inRoot('lessons/data', name, 'source.md'), page);
  for (const levels of [0, recipe.levels]) rmSync(join(work, `${name}.${levels}.safetensors`), { force: true });
  note(
    `${name}: ${bytes.length} bytes, ${figures['bits-per-character']} bits per character, grammar ${(100 * share(shipped.grammar)).toFixed(1)} %`,
  );
}

await main(async () => {
  const unknown = wanted.find((name) => !NAMES.includes(name));
  if (unknown) throw new Failure(`there is no transformer ${unknown}`, `there is ${NAMES.join(' and ')}`);
  const names = NAMES.filter((name) => wanted.length === 0 || wanted.includes(name));
  mkdirSync(work, { recursive: true });
  const step = steps(3 + (onlyMeasure ? 0 : names.length));
  await step('Tools', async () => {
    await ensureCMake();
    await buildPreset('train', { targets: ['train_tokenizer', 'train_transformer', 'pack_transformer', 'evaluate_transformer'] });
  });
  await step('Corpora', async () => {
    await prepareCorpora({ data, folder: join(work, 'text'), say: note });
    if (!onlyMeasure) note(await trainTokenizer());
  });
  if (!onlyMeasure) {
    for (const name of names) await step(`Training the ${name}`, () => train(name));
  }
  await step('Packing and measuring', async () => {
    for (const name of names) await (onlyMeasure ? measureShipped : packAndMeasure)(name);
  });
});
