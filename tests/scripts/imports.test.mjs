import { describe, expect, test } from 'vitest';
import { fault, importsOf, wrongImports } from '../../scripts/lib/imports.mjs';

test('every import of web/ points the right way', () => expect(wrongImports()).toEqual([]));

test('imports of every form are seen', () =>
  expect(
    importsOf(
      "import a from './a.ts';\nimport type { B } from '../b.ts';\nexport * from './c.ts';\nimport './d.css';\nconst e = import('./e.ts');\nimport {\n  f,\n} from './f.ts';\nimport lit from 'lit';",
    ),
  ).toEqual([
    { to: './a.ts', line: 1 },
    { to: '../b.ts', line: 2 },
    { to: './c.ts', line: 3 },
    { to: './d.css', line: 4 },
    { to: './e.ts', line: 5 },
    { to: './f.ts', line: 8 },
  ]));

describe('directions', () => {
  test.each([
    ['web/elements/product/product.ts', 'web/models/product.ts'],
    ['web/models/product.ts', 'web/engine/index.ts'],
    ['web/models/product.ts', 'web/models/random.ts'],
    ['web/engine/glue.ts', 'build/engine/simd128/dot_by_dot.js'],
    ['web/site/client/main.ts', 'web/elements/index.ts'],
    ['web/elements/words.ts', 'lessons/data/words/words.bin.gz'],
  ])('%s may import %s', (from, to) => expect(fault(from, to)).toBeUndefined());
  test.each([
    ['web/models/product.ts', 'web/elements/base.ts', 'not from web/elements'],
    ['web/engine/client.ts', 'web/models/product.ts', 'no other folder'],
    ['web/models/product.ts', 'web/engine/worker.ts', 'web/engine/index.ts alone'],
    ['web/elements/lab.ts', 'build/engine/simd128/dot_by_dot.js', 'only web/engine'],
    ['web/new/thing.ts', 'web/models/product.ts', 'in no layer'],
  ])('%s may not import %s', (from, to, reason) => expect(fault(from, to)).toContain(reason));
});
