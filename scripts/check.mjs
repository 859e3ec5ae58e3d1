// npm run check: formatting, linting and types of everything. npm run fix: the same, mending what can be mended.
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { buildEnvironment, ensureCMake } from './lib/cmake.mjs';
import { wrongImports } from './lib/imports.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { attempt, bin, run, which } from './lib/run.mjs';
import { bold, Failure, main, red } from './lib/say.mjs';

const fix = process.argv.includes('--fix');

/** Files that git knows or would take, by their endings. */
const sources = (...patterns) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...patterns], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);

const program = (name) => {
  const found = which(name);
  if (!found) throw new Failure(`${name} is not on PATH`, `install it (on Debian and Ubuntu: apt-get install ${name})`);
  return found;
};

async function clangTidy() {
  await ensureCMake();
  const build = inRoot('build/tidy'); // only for its list of how each file is compiled
  await run('cmake', ['--preset', 'native', '-B', build, '-DDOT_TESTS=OFF'], {
    env: buildEnvironment(),
    what: 'configuring for clang-tidy',
  });
  const tidy = program('clang-tidy');
  const files = sources('engine/*.cpp').filter((file) => !file.startsWith('engine/bindings/'));
  const waiting = [...files];
  const outputs = [];
  const work = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const { code, output } = await attempt(tidy, ['--quiet', '-p', build, file]);
      if (code !== 0) outputs.push(output.replace(/^\d+ warnings? (generated|treated as error).*\n?/gm, ''));
    }
  };
  await Promise.all(cpus().map(work));
  if (outputs.length > 0)
    throw new Failure(`clang-tidy finds something in ${outputs.length} of ${files.length} files`, '', outputs.join('\n'));
  return `${files.length} files`;
}

const CHECKS = {
  async 'clang-format'() {
    const files = sources('*.h', '*.cpp');
    await run(program('clang-format'), fix ? ['-i', ...files] : ['--dry-run', '-Werror', ...files], {
      what: 'clang-format',
      repair: '`npm run fix`',
    });
    return `${files.length} files`;
  },
  async biome() {
    // A first `check --write` mends; the second look says what it could not mend.
    if (fix) await attempt(bin('biome'), ['check', '--write', '--max-diagnostics=none', '.']);
    await run(bin('biome'), ['ci', '--max-diagnostics=30', '.'], { what: 'Biome', repair: fix ? 'mend these by hand' : '`npm run fix`' });
  },
  async types() {
    await run(bin('tsc'), ['--noEmit', '-p', inRoot('tsconfig.json')], { what: 'tsc' });
  },
  async imports() {
    const wrong = wrongImports();
    if (wrong.length > 0) throw new Failure(`${wrong.length} imports point the wrong way`, '', wrong.join('\n'));
    await run('cmake', [`-DROOT=${root}`, '-P', inRoot('cmake/check_includes.cmake')], { what: 'the check of #include lines' });
  },
  'clang-tidy': clangTidy,
};

await main(async () => {
  await ensurePackages();
  const only = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
  let failed = 0;
  for (const [name, check] of Object.entries(CHECKS)) {
    if (only.length > 0 && !only.includes(name)) continue;
    try {
      const said = await check();
      console.log(`${bold(name)}: well${said ? `, ${said}` : ''}`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failed += 1;
      console.error(`${red(`${name}: ${error.message}`)}\n${error.output.trimEnd()}${error.repair ? `\nRepair: ${error.repair}` : ''}`);
    }
  }
  if (failed > 0) throw new Failure(`${failed} of the checks found something`);
});
