// The npm package: dist/package/ (or the folder that is named), from web/engine and what `npm run build:engine` left in build/. It depends on nothing.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';
import { inRoot } from './lib/paths.mjs';
import { Failure, main } from './lib/say.mjs';
import { bundling, ensureWorker } from './lib/worker.mjs';

const OUT = 'dist/package';
/** Where the package is written. */
let out = inRoot(OUT);
const ENTRIES = ['index', 'sync'];
/** Where each file comes from. */
const FILES = {
  'dot_by_dot.simd128.wasm': 'build/engine/simd128/dot_by_dot.wasm',
  'dot_by_dot.relaxed.wasm': 'build/engine/relaxed/dot_by_dot.wasm',
  'dot_by_dot_models.simd128.wasm': 'build/engine/simd128/dot_by_dot_models.wasm',
  'dot_by_dot_models.relaxed.wasm': 'build/engine/relaxed/dot_by_dot_models.wasm',
  'data/words.bin.gz': 'lessons/data/words/words.bin.gz',
  'data/digits.safetensors.gz': 'lessons/data/digits/digits.safetensors.gz',
  'data/digits-mlp.safetensors.gz': 'lessons/data/digits/digits-mlp.safetensors.gz',
  'data/writer.safetensors.gz': 'lessons/data/writer/writer.safetensors.gz',
  'data/reader.safetensors.gz': 'lessons/data/reader/reader.safetensors.gz',
  'README.md': 'web/engine/package/README.md',
  LICENSE: 'LICENSE',
};

/** Models that are trained apart: without them the package is whole, and `lab.transformer` says what is missing. */
const MAY_LACK = new Set(['writer', 'reader'].map((name) => `lessons/data/${name}/${name}.safetensors.gz`));

/** In the package the files lie beside the script. */
const ASSETS = `export const fileNames = {
  simd128: 'dot_by_dot.simd128.wasm',
  relaxed: 'dot_by_dot.relaxed.wasm',
  'models-simd128': 'dot_by_dot_models.simd128.wasm',
  'models-relaxed': 'dot_by_dot_models.relaxed.wasm',
  words: 'data/words.bin.gz',
  digits: 'data/digits.safetensors.gz',
  'digits-mlp': 'data/digits-mlp.safetensors.gz',
  writer: 'data/writer.safetensors.gz',
  reader: 'data/reader.safetensors.gz',
};
export const assets = {
  simd128: new URL('./dot_by_dot.simd128.wasm', import.meta.url),
  relaxed: new URL('./dot_by_dot.relaxed.wasm', import.meta.url),
  'models-simd128': new URL('./dot_by_dot_models.simd128.wasm', import.meta.url),
  'models-relaxed': new URL('./dot_by_dot_models.relaxed.wasm', import.meta.url),
  words: new URL('./data/words.bin.gz', import.meta.url),
  digits: new URL('./data/digits.safetensors.gz', import.meta.url),
  'digits-mlp': new URL('./data/digits-mlp.safetensors.gz', import.meta.url),
  writer: new URL('./data/writer.safetensors.gz', import.meta.url),
  reader: new URL('./data/reader.safetensors.gz', import.meta.url),
};`;

/** esbuild writes what several entries share into files of their own, so that there is one LabError for all. */
async function bundle() {
  const { outputFiles } = await build({
    ...bundling,
    entryPoints: ENTRIES.map((name) => inRoot(`web/engine/${name}.ts`)),
    format: 'esm',
    splitting: true,
    minify: false,
    minifySyntax: true,
    outdir: out,
    chunkNames: 'shared/[name]-[hash]',
    plugins: [
      ...bundling.plugins,
      {
        name: 'assets-beside-the-script',
        setup: (plugin) => plugin.onLoad({ filter: /web[\\/]engine[\\/]assets\.ts$/ }, () => ({ contents: ASSETS, loader: 'js' })),
      },
    ],
  });
  for (const { path, contents } of outputFiles) {
    // A shared file lies one folder down, and so do the addresses that count from it.
    const text = new TextDecoder().decode(contents);
    const up = relative(dirname(path), out);
    write(
      relative(out, path),
      up
        ? text.replaceAll(/new URL\("\.\/((?:dot_by_dot|data)[^"]*)", import\.meta\.url\)/g, `new URL("${up}/$1", import.meta.url)`)
        : text,
    );
  }
}

/** The types of the entries and of what they name. */
function declarations() {
  const { config } = ts.readConfigFile(inRoot('tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, inRoot());
  const program = ts.createProgram({
    rootNames: [...ENTRIES.map((name) => inRoot(`web/engine/${name}.ts`)), inRoot('web/engine/built.d.ts')],
    options: {
      ...options,
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      stripInternal: true,
      outDir: out,
      rootDir: inRoot('web/engine'),
    },
  });
  const emitted = new Map();
  const { diagnostics } = program.emit(undefined, (path, text) => emitted.set(relative(out, path), text));
  if (diagnostics.length)
    throw new Failure('the package’s types could not be written', 'run `npx tsc --noEmit`', ts.formatDiagnostics(diagnostics, formatHost));
  const wanted = ENTRIES.map((name) => `${name}.d.ts`);
  for (const name of wanted) {
    const text = emitted.get(name);
    if (text === undefined)
      throw new Failure(`the package’s types name ${name}, which was not written`, 'look at the imports of web/engine/types.ts');
    const used = [...text.matchAll(/from '\.\/([^']+)\.ts'/g)].map(([, found]) => `${found}.d.ts`);
    for (const one of used) if (!wanted.includes(one)) wanted.push(one);
    write(name, text.replaceAll(/from '\.\/([^']+)\.ts'/g, "from './$1.js'"));
  }
}

const formatHost = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => inRoot(), getNewLine: () => '\n' };

function manifest() {
  const { version, license, description } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const entry = (name) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });
  return {
    name: 'dot-by-dot',
    version,
    description: `${description.replace(/\.$/, '')}: its engine, typed, with SIMD.`,
    license,
    type: 'module',
    sideEffects: false,
    main: './index.js',
    types: './index.d.ts',
    exports: {
      '.': entry('index'),
      './sync': entry('sync'),
      './*.wasm': './*.wasm',
      './data/*': './data/*',
      './package.json': './package.json',
    },
    engines: { node: '>=20.19' },
    keywords: ['dot product', 'linear algebra', 'matmul', 'simd', 'webassembly', 'word vectors', 'word2vec', 'teaching'],
  };
}

function write(name, contents) {
  const path = join(out, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

/**
 * Build the package.
 * @param {string} [folder] where to, if not dist/package
 * @returns {Promise<string>} what was made, with its size
 */
export async function buildPackage(folder = inRoot(OUT)) {
  out = folder;
  for (const file of Object.values(FILES).filter((one) => !MAY_LACK.has(one))) {
    if (!existsSync(inRoot(file)))
      throw new Failure(
        `${file} is missing, and the package needs it`,
        file.startsWith('build/') ? 'run `npm run build:engine`' : 'restore it from the repository',
      );
  }
  await ensureWorker();
  rmSync(out, { recursive: true, force: true });
  await bundle();
  declarations();
  write('package.json', `${JSON.stringify(manifest(), null, 2)}\n`);
  for (const [name, from] of Object.entries(FILES)) {
    if (MAY_LACK.has(from) && !existsSync(inRoot(from))) continue;
    mkdirSync(dirname(join(out, name)), { recursive: true });
    copyFileSync(inRoot(from), join(out, name));
  }
  const bytes = readdirSync(out, { recursive: true }).reduce((sum, name) => sum + statSync(join(out, name)).size, 0);
  return `${relative(inRoot(), out)}, ${(bytes / 1e6).toFixed(1)} MB`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await main(async () => console.log(await buildPackage(process.argv[2] && resolve(process.argv[2]))));
