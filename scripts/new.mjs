// npm run new kernel|widget|lesson NAME: the files of a new part, with a test that fails until it is written.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inRoot } from './lib/paths.mjs';
import { attempt, bin, which } from './lib/run.mjs';
import { Failure, main } from './lib/say.mjs';
import { courseEntry, filesOf, forms, withContract, withElement } from './lib/scaffold.mjs';

const read = (path) => readFileSync(inRoot(path), 'utf8');

/** What each kind changes besides its own files, the names it needs, and what to do next. */
const KINDS = {
  kernel: {
    changed: (names) => ({ 'engine/kernels/kernels.h': withContract(read('engine/kernels/kernels.h'), names) }),
    next: 'npm test -- --only native   fails until the kernel agrees with its twin',
  },
  widget: {
    changed: (names) => ({ 'web/elements/index.ts': withElement(read('web/elements/index.ts'), names) }),
    next: 'npx vitest run tests/web/models   fails until the model speaks; the element is on /widgets/ of `npm run dev`',
  },
  lesson: {
    names: (names) => courseEntry(read('lessons/course.yaml'), names.kebab),
    changed: () => ({}),
    next: 'npm run lessons:check -- NAME   fails until its number is right; then set its status in lessons/course.yaml to written',
  },
};

/** A long name may break a line, or put an import in another order. Without the tools `npm run fix` does it later. */
async function format(paths) {
  const cpp = paths.filter((path) => path.endsWith('.cpp'));
  const ts = paths.filter((path) => path.endsWith('.ts'));
  if (cpp.length > 0 && which('clang-format')) await attempt('clang-format', ['-i', ...cpp]);
  if (ts.length > 0) await attempt(bin('biome'), ['check', '--write', ...ts]);
}

await main(async () => {
  const [kind, name] = process.argv.slice(2);
  if (!KINDS[kind] || !name) throw new Failure('say what to make', `npm run new ${Object.keys(KINDS).join('|')} NAME`);
  const { names: more = () => ({}), changed, next } = KINDS[kind];
  const names = forms(name);
  Object.assign(names, more(names));
  const created = filesOf(kind, names);
  for (const path of Object.keys(created))
    if (existsSync(inRoot(path))) throw new Failure(`${path} is there already`, 'choose another name');
  for (const [path, text] of Object.entries({ ...created, ...changed(names) })) {
    mkdirSync(dirname(inRoot(path)), { recursive: true });
    writeFileSync(inRoot(path), text);
    console.log(`${path in created ? 'created' : 'changed'}  ${path}`);
  }
  await format(Object.keys(created));
  console.log(`\nNext: ${next.replace('NAME', names.kebab)}`);
});
