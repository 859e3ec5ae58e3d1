// npm test: every test there is, ending with one line, `N passed, N failed`.
//
// `npm test -- --only vitest` runs one stage (several: commas). A stage that cannot run counts as a failure, and the
// others run all the same.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArguments } from './lib/arguments.mjs';
import { findCatch2 } from './lib/catch2.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { buildEnvironment, buildPreset } from './lib/cmake.mjs';
import {
  closingLine,
  ctestCounts,
  ctestOutcomes,
  lessonCounts,
  none,
  playwrightCounts,
  sum,
  vitestCounts,
  withStatus,
} from './lib/counts.mjs';
import { checkTypes, ensureEngine } from './lib/engine.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { inRoot } from './lib/paths.mjs';
import { nextFree } from './lib/port.mjs';
import { attempt, bin } from './lib/run.mjs';
import { bold, Failure, red, report, seconds } from './lib/say.mjs';
import { ensurePackage, ensureSite, ensureToolchain } from './lib/stages.mjs';

const REPORTS = inRoot('build/reports');
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const show = true;

/** Run a program that writes a JSON report, and count from it. */
async function counted(command, args, file, counts, env = process.env) {
  rmSync(file, { force: true });
  const { code } = await attempt(command, args, { show, env });
  if (!existsSync(file)) throw new Failure(`${args[0]} ended with status ${code} and left no report`);
  return withStatus(counts(readJson(file)), code);
}

/** Build the engine's tests of one flavour and run them by ctest. */
async function engineTests(preset, flavour, emscripten) {
  const env = buildEnvironment(emscripten);
  const catch2 = await findCatch2(flavour, emscripten, env);
  await buildPreset(preset, { emscripten, defines: [`-DCatch2_DIR=${catch2}`] });
  const build = inRoot('build', preset);
  const junit = `${REPORTS}/${preset}.xml`;
  for (const old of [junit, `${build}/reports`]) rmSync(old, { recursive: true, force: true });
  await attempt('cmake', ['-E', 'make_directory', REPORTS, `${build}/reports`]);
  const { code } = await attempt(
    'ctest',
    ['--test-dir', build, '--output-on-failure', '--parallel', String(cpus().length), '--output-junit', junit],
    { show, env },
  );
  if (!existsSync(junit)) throw new Failure(`ctest of ${preset} ended with status ${code} and left no report`);
  const reportOf = (name) => {
    const file = `${build}/reports/${name}.xml`;
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  return withStatus(ctestCounts(ctestOutcomes(readFileSync(junit, 'utf8')), reportOf), code);
}

/** The stages in order; each gives its counts. `toolchain` is kept, as most of them need it. */
let toolchain;
const emscripten = async () => (toolchain ??= await ensureToolchain());
const built = async () => ensureEngine(await emscripten());

const STAGES = {
  async types() {
    await built();
    console.log(checkTypes(await emscripten()));
    return { ...none(), passed: 1 };
  },
  async lessons() {
    await built();
    const { code, output } = await attempt(process.execPath, [inRoot('scripts/lessons-check.mjs'), '--json']);
    console.log(output.trim().split('\n').slice(0, -1).join('\n'));
    return withStatus(lessonCounts(output), code);
  },
  native: () => engineTests('asan', 'native'),
  wasm: async () => engineTests('wasm-tests', 'wasm', await emscripten()),
  async vitest() {
    await built();
    const file = `${REPORTS}/vitest.json`;
    return counted(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], file, vitestCounts);
  },
  async browser() {
    await built();
    await ensureSite();
    await ensurePackage();
    const file = `${REPORTS}/playwright.json`;
    const env = {
      ...process.env,
      CHROMIUM_PATH: await ensureChromium(['chromium-headless-shell']), // Chromium without its windows: a fifth faster
      DOT_TEST_PORT: String(await nextFree(4273)),
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    };
    return counted(bin('playwright'), ['test', '--reporter=list,json'], file, playwrightCounts, env);
  },
};

function chosenStages() {
  const all = Object.keys(STAGES);
  const only = parseArguments(process.argv.slice(2), { values: ['only'] }).values.only?.split(',') ?? all;
  const wrong = only.find((name) => !all.includes(name));
  if (wrong) throw new Error(`there is no stage ${wrong}; there is ${all.join(', ')}`);
  return all.filter((name) => only.includes(name));
}

async function runStage(name, label) {
  const begun = Date.now();
  console.log(bold(`\n${label} …`));
  let counts;
  try {
    counts = await STAGES[name]();
  } catch (error) {
    report(error);
    counts = { ...none(), failed: 1 };
  }
  const line = `${label}: ${closingLine(counts)} · ${seconds(Date.now() - begun)}`;
  console.log(counts.failed > 0 ? red(line) : line);
  return { name, counts };
}

const results = [];
try {
  const stages = chosenStages();
  console.log(bold('Packages …'));
  console.log(await ensurePackages());
  for (const [i, name] of stages.entries()) results.push(await runStage(name, `[${i + 1}/${stages.length}] ${name}`));
} catch (error) {
  report(error instanceof Failure ? error : new Failure(error.message));
  results.push({ name: 'set-up', counts: { ...none(), failed: 1 } });
}

const total = sum(results.map(({ counts }) => counts));
console.log(bold('\nAll together'));
for (const { name, counts } of results) console.log(`  ${name.padEnd(8)} ${closingLine(counts)}`);
console.log(closingLine(total));
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
