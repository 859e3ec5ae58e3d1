// npm run bench:native: what this machine does outside the browser, beside our engine. Products against OpenBLAS (where it is installed)
// and a plain reading of memory; skip-gram against the way of the word2vec program, with the loss beside the speed.
//
// `-- --quick` takes a few rounds in place of many; `-- --only dot` those cases whose name holds the word; `-- --keep` makes the run the one
// that docs/benchmarks.md shows.
// The tables go to the terminal, the result to build/bench/native-<date>.json. docs/benchmarks.md says what is compared.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch } from 'node:os';
import { parseArguments } from './lib/arguments.mjs';
import { keep, machine, Talker } from './lib/bench.mjs';
import { environment } from './lib/emscripten.mjs';
import { ensureEngine } from './lib/engine.mjs';
import { unlessFresh } from './lib/freshness.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { attempt, run, which } from './lib/run.mjs';
import { Failure, main, note, steps } from './lib/say.mjs';
import { ensureToolchain } from './lib/stages.mjs';

const HERE = inRoot('tests/bench/native');
const OUT = inRoot('build/bench/native');
const CORPUS = `${OUT}/corpus.txt`;
const WORDS = { thorough: 2_000_000, quick: 300_000 };
const SLICES = { thorough: 21, quick: 4 };

const { tsImport } = await import('tsx/esm/api');
const load = (name) => tsImport(`../${name}`, import.meta.url);

const hasAvx2 = () => existsSync('/proc/cpuinfo') && /\bavx2\b/.test(readFileSync('/proc/cpuinfo', 'utf8'));
/** Our sources as every machine of this kind runs them; for AVX2 and FMA; and what is not ours as its own makefile would have it. */
const VARIANTS = {
  native: [],
  ...(arch() === 'x64' && hasAvx2() && { 'native-avx2': ['-march=x86-64-v3'] }),
};
const ENGINE = ['engine/base', 'engine/kernels', 'engine/models/words'];
const SOURCES = ['engine/base/*.cpp', 'engine/kernels/*.cpp', 'engine/models/words/word2vec.cpp', 'engine/models/words/vocabulary.cpp'];
const FLAGS = ['-std=c++20', '-O3', '-DNDEBUG', '-ffp-contract=off', `-I${root}`];

/** Compile by a shell, which spells out the wildcards. */
const compile = (compiler, flags, program, output, env = process.env) =>
  run('sh', ['-c', [compiler, ...FLAGS, ...flags, `${HERE}/${program}`, ...SOURCES, '-o', `${OUT}/${output}`].join(' ')], {
    env,
    what: `compiling tests/bench/native/${program}`,
  });

async function buildPrograms(emscripten) {
  const compiler = ['c++', 'g++', 'clang++'].find((name) => which(name));
  if (!compiler) throw new Failure('there is no C++ compiler', 'install one (on Debian and Ubuntu: apt-get install g++)');
  mkdirSync(OUT, { recursive: true });
  const inputs = [...ENGINE, 'tests/bench/native', 'scripts/bench-native.mjs'];
  const also = [emscripten.version, Object.keys(VARIANTS).join()];
  const built = await unlessFresh('bench-native', { inputs, also, outputs: [`${OUT}/kernels-native`] }, async () => {
    for (const [name, flags] of Object.entries(VARIANTS)) {
      await compile(compiler, flags, 'kernels.cpp -ldl', `kernels-${name}`);
      await compile(compiler, flags, 'skipgram.cpp', `skipgram-${name}`);
    }
    await compile(compiler, ['-march=native', '-funroll-loops'], 'skipgram_plain.cpp', 'skipgram-plain');
    writeFileSync(`${OUT}/package.json`, '{ "type": "commonjs" }\n');
    const settings = '-sNODERAWFS=1 -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1 -sSTACK_SIZE=1MB -sENVIRONMENT=node -fno-exceptions -fno-rtti';
    for (const [name, simd] of Object.entries({ simd128: '-msimd128 -mbulk-memory', relaxed: '-msimd128 -mbulk-memory -mrelaxed-simd' })) {
      await compile(`${emscripten.folder}/emcc`, [simd, settings], 'skipgram.cpp', `skipgram-${name}.js`, environment(emscripten));
    }
  });
  return built ? OUT : `${OUT}, unchanged`;
}

/** OpenBLAS's library, as the loader finds it; undefined where it is not installed. */
async function findBlas() {
  for (const name of ['libopenblas.so.0', 'libopenblas.so', 'libopenblas.dylib']) {
    if ((await attempt(`${OUT}/kernels-native`, [name], { input: '' })).code === 0) return name;
  }
  return undefined;
}

const NODE_RELAXED = Number(process.versions.node.split('.')[0]) < 21 ? ['--experimental-wasm-relaxed-simd'] : [];

/** Everybody who multiplies, by name; `relaxed` and `simd128` are our WebAssembly in this Node. */
function multipliers(blas) {
  const wasm = (binary) => new Talker(process.execPath, ['--import', 'tsx', `${HERE}/wasm.ts`, binary, inRoot('build/engine')]);
  const native = Object.keys(VARIANTS).map((name) => [name.replace('-', ', '), new Talker(`${OUT}/kernels-${name}`)]);
  const openblas = (core) => new Talker(`${OUT}/kernels-native`, [blas], { OPENBLAS_NUM_THREADS: '1', ...core });
  return new Map([
    ['relaxed', wasm('relaxed')],
    ['simd128', wasm('simd128')],
    ...native,
    ...(blas ? [['OpenBLAS', openblas({})]] : []),
    ...(blas && arch() === 'x64' ? [['OpenBLAS, SSE', openblas({ OPENBLAS_CORETYPE: 'Nehalem' })]] : []),
  ]);
}

async function measureProducts(options, onCase) {
  const { NATIVE_CASES } = await load('tests/bench/native/cases.ts');
  const { exact, sampledFault } = await load('web/bench/reference.ts');
  const { measure, QUICK, THOROUGH } = await load('web/bench/rounds.ts');
  const blas = await findBlas();
  if (!blas) note('OpenBLAS is not installed (on Debian and Ubuntu: apt-get install libopenblas0): left out');
  const all = multipliers(blas);
  const timed = (talker, word) => ({ run: async (times) => Number((await talker.ask(`${word} ${times}`)).split(' ')[1]) });
  try {
    for (const one of NATIVE_CASES.filter(({ name }) => name.includes(options.only))) {
      const { problem, asked, ...about } = one;
      const [operands, right] = [problem(), exact(problem())];
      const entries = [];
      for (const [name, talker] of all) {
        await talker.ask(`prepare ${asked}`);
        const wrong = sampledFault(operands, right, Float32Array.from((await talker.ask('answer')).trim().split(' '), Number));
        if (wrong) throw new Failure(`${one.name}: ${name} answers wrongly: ${wrong}`);
        entries.push({ name, prepared: timed(talker, 'run') });
      }
      if (one.limit) entries.push({ name: 'reading', prepared: timed(all.get('native'), 'read') });
      const timings = await measure(entries, options.quick ? QUICK : { ...THOROUGH, turnMs: 40 });
      const reading = timings.find(({ name }) => name === 'reading');
      const limits = reading ? ['relaxed', 'simd128'].map((name) => ({ name, ns: reading.ns })) : [];
      onCase({ ...about, timings: timings.filter((timing) => timing !== reading), limits });
    }
  } finally {
    for (const talker of all.values()) talker.stop();
  }
}

/** Everybody who trains. The program's own table has 10⁸ entries, which takes 400 MB and seconds to fill. */
const trainers = () =>
  new Map([
    ...['relaxed', 'simd128'].map((name) => [name, new Talker(process.execPath, [...NODE_RELAXED, `${OUT}/skipgram-${name}.js`, CORPUS])]),
    ...Object.keys(VARIANTS).map((name) => [name.replace('-', ', '), new Talker(`${OUT}/skipgram-${name}`, [CORPUS])]),
    ['word2vec’s way', new Talker(`${OUT}/skipgram-plain`, [CORPUS, '100000000'])],
    ['word2vec’s way, small table', new Talker(`${OUT}/skipgram-plain`, [CORPUS, '131072'])],
    ['plain JavaScript', new Talker(process.execPath, ['--import', 'tsx', `${HERE}/skipgram_js.ts`, CORPUS])],
  ]);

/** Slice after slice, everybody in turn; the first warms up. @returns times of a slice, and each one's loss over the last quarter */
async function measureTraining(quick) {
  const { corpusText } = await load('web/bench/corpus.ts');
  const size = quick ? 'quick' : 'thorough';
  writeFileSync(CORPUS, corpusText(WORDS[size]));
  const slices = SLICES[size];
  const all = trainers();
  const names = [...all.keys()];
  const ns = new Map(names.map((name) => [name, []]));
  const late = new Map(names.map((name) => [name, { loss: 0, measured: 0 }]));
  try {
    for (let slice = 0; slice < slices; ++slice) {
      for (let i = 0; i < names.length; ++i) {
        const name = names[(slice + i) % names.length];
        const [seconds, words, loss, measured] = (await all.get(name).ask(`train ${slice} ${slices}`)).split(' ').map(Number);
        // A slice holds a paragraph more or less; the time is told for exactly its share of the words.
        if (slice > 0) ns.get(name).push((seconds * 1e9 * WORDS[size]) / slices / words);
        if (slice >= slices * 0.75) {
          late.get(name).loss += loss;
          late.get(name).measured += measured;
        }
      }
    }
  } finally {
    for (const talker of all.values()) talker.stop();
  }
  const losses = Object.fromEntries([...late].map(([name, { loss, measured }]) => [name, loss / measured]));
  return { timings: names.map((name) => ({ name, ns: ns.get(name) })), losses, words: WORDS[size], slices };
}

/** What skip-gram is aimed at, against each of the others. */
const TRAINING_TARGETS = { 'word2vec’s way': 8, 'word2vec’s way, small table': 2, 'plain JavaScript': 11, 'native, avx2': 0.75 };

await main(async () => {
  const { values, flags } = parseArguments(process.argv.slice(2), { values: ['only'], flags: ['quick', 'keep'] });
  const options = { quick: flags.has('quick'), only: values.only ?? '' };
  const step = steps(5);
  await step('Packages', ensurePackages);
  let emscripten;
  await step('Engine', async () => {
    emscripten = await ensureToolchain();
    return ensureEngine(emscripten);
  });
  await step('Native programs', () => buildPrograms(emscripten));
  const { rowsOf } = await load('web/bench/report.ts');
  const rows = [];
  await step('Products', () =>
    measureProducts(options, (measured) => {
      rows.push(...rowsOf(measured));
      note(measured.name);
    }),
  );
  let training;
  await step('Skip-gram', async () => {
    const name = 'skip-gram, 100 numbers a word';
    if (!name.includes(options.only)) return 'left out';
    training = await measureTraining(options.quick);
    const about = { name, unit: 'thousand words/s', work: training.words / training.slices / 1000, target: undefined, limit: undefined };
    const found = rowsOf({ ...about, timings: training.timings, limits: [] });
    rows.push(...found.map((row) => ({ ...row, target: TRAINING_TARGETS[row.peerName] ?? null })));
    return undefined;
  });
  if (rows.length === 0) throw new Failure(`no case has “${options.only}” in its name`, 'leave --only out to run all');

  const date = new Date().toISOString();
  const { losses, words } = training ?? {};
  const result = { date, quick: options.quick, ...(await machine({ node: process.versions.node })), rows, losses, words };
  const file = inRoot(`build/bench/native-${date.slice(0, 19).replaceAll(':', '-')}.json`);
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  const { runText } = await load('web/bench/kept.ts');
  console.log(`\n${runText(result)}\n\nrelaxed and simd128 are our WebAssembly in this Node. Compare within a run only.\n${file}`);
  if (flags.has('keep')) console.log(await keep('benchmarks-native', result));
});
