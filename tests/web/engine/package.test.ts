// The package as a user has it: installed into an empty project, imported by Node, and typed.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const run = promisify(execFile);
let project = '';
let installed = '';

beforeAll(async () => {
  project = mkdtempSync(path.join(tmpdir(), 'dot-by-dot-package-'));
  installed = path.join(project, 'node_modules/dot-by-dot');
  await run(process.execPath, [path.join(root, 'scripts/build-package.mjs'), installed], { cwd: root });
  writeFileSync(path.join(project, 'package.json'), '{ "type": "module" }');
}, 120_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** What a script prints in the project. */
async function node(script: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: project });
  return JSON.parse(stdout);
}

describe('in Node', () => {
  test('computes, finds words, refuses with words, and lets the process end', async () => {
    expect(
      await node(`
                import { loadLab, LabError } from 'dot-by-dot';
                import { createEngine, LabError as Same } from 'dot-by-dot/sync';
                const lab = await loadLab();
                const words = await lab.vectors('words');
                const { neighbors } = await words.analogy({ plus: ['king', 'woman'], minus: ['man'] });
                const error = await lab.dot([1, 2], [1]).catch((error) => error);
                const engine = await createEngine();
                const digits = await lab.strokeDigits({ count: 2, seed: 1 });
                console.log(JSON.stringify({
                    dot: await lab.dot([1, 2, 3], [4, 5, 6]), queen: neighbors[0].word, nearest: (await words.nearest('dog', { count: 3 })).length,
                    code: error.code, is: error instanceof LabError, same: LabError === Same, sync: engine.dot([1, 2], [3, 4]), digits: digits.count,
                }));`),
    ).toEqual({ dot: 32, queen: 'queen', nearest: 3, code: 'length-mismatch', is: true, same: true, sync: 11, digits: 2 });
  });

  test('runs from a folder that one names', async () => {
    expect(
      await node(
        `import { loadLab } from 'dot-by-dot'; const lab = await loadLab({ baseUrl: './node_modules/dot-by-dot' }); console.log((await lab.vectors('words')).size)`,
      ),
    ).toBeGreaterThan(1000);
  });

  // Node before 22 has relaxed SIMD behind a flag only.
  test('the relaxed engine agrees with the other far beyond the digits that are shown', async () => {
    const script = `
            import { loadLab } from 'dot-by-dot';
            const [first, second] = await Promise.all(['simd128', 'relaxed'].map((binary) => loadLab({ binary })));
            const answers = async (lab) => {
                const words = await lab.vectors('words');
                const { neighbors } = await words.analogy({ plus: ['paris', 'italy'], minus: ['france'], count: 20 });
                const vector = await lab.random.normal(768, { seed: 5 });
                const scores = await lab.softmax(vector);
                return { words: neighbors.map(({ word }) => word), numbers: [...neighbors.map(({ score }) => score), (await lab.norm(vector)) / 28, scores[7]] };
            };
            console.log(JSON.stringify([await answers(first), await answers(second)]));`;
    const flags = Number.parseInt(process.versions.node, 10) < 22 ? ['--experimental-wasm-relaxed-simd'] : [];
    const { stdout } = await run(process.execPath, [...flags, '--input-type=module', '-e', script], { cwd: project });
    const [simd128, relaxed] = JSON.parse(stdout);
    expect(relaxed.words).toEqual(simd128.words);
    for (const [i, number] of simd128.numbers.entries()) expect(Math.abs(number - relaxed.numbers[i])).toBeLessThan(1e-6);
  });
});

test('is typed: a right use compiles, a wrong one does not', () => {
  const imports =
    "import { loadLab, LabError, type Lab, type Neighbor } from 'dot-by-dot'; import { createEngine } from 'dot-by-dot/sync';\nvoid [LabError, createEngine];\n";
  const uses = {
    'right.ts':
      "const lab: Lab = await loadLab(); const n: Neighbor[] = await (await lab.vectors('words')).nearest('king'); const d: number = (await createEngine()).dot([1], n.map((x) => x.score)); new LabError('x', String(d));",
    'text.ts': 'const lab = await loadLab(); const s: string = await lab.dot([1], [2]); void s;',
    'word.ts': "await (await loadLab()).dot('1', [2]);",
  };
  const files = Object.entries(uses).map(([name, use]) => {
    writeFileSync(path.join(project, name), `${imports}${use}\nexport type { Lab, Neighbor };\n`);
    return path.join(project, name);
  });
  const node = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
  const program = ts.createProgram(files, {
    ...node,
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    skipDefaultLibCheck: true,
    types: [],
  });
  const faults = ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${path.basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  expect(faults).toEqual([
    expect.stringContaining("text.ts: Type 'number' is not assignable"),
    expect.stringContaining('word.ts: Argument of type'),
  ]);
}, 120_000);

test('depends on nothing, holds what its manifest names, and nothing of this machine', () => {
  const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({ name: 'dot-by-dot', type: 'module', license: 'MIT' });
  expect([manifest.dependencies, manifest.peerDependencies, manifest.private]).toEqual([undefined, undefined, undefined]);
  for (const { types, default: script } of [manifest.exports['.'], manifest.exports['./sync']])
    expect([existsSync(path.join(installed, types)), existsSync(path.join(installed, script))]).toEqual([true, true]);
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
  expect(files).toEqual(
    expect.arrayContaining([
      'README.md',
      'LICENSE',
      'dot_by_dot.simd128.wasm',
      'dot_by_dot.relaxed.wasm',
      'dot_by_dot_models.simd128.wasm',
      'dot_by_dot_models.relaxed.wasm',
      path.join('data', 'words.bin.gz'),
    ]),
  );
  for (const name of files.filter((name) => /\.(js|ts|json|md|wasm)$/.test(name)))
    expect(readFileSync(path.join(installed, name)).includes(root), name).toBe(false);
});
