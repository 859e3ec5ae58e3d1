// The imports of web/ point one way: engine, drawing ← models ← elements, lessons ← site, embed.
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { filesBelow } from './freshness.mjs';
import { inRoot, root } from './paths.mjs';

/** What each folder of web/ may import from the others. */
const MAY_SEE = {
  engine: [],
  drawing: [],
  models: ['engine', 'drawing'],
  lessons: ['engine', 'drawing', 'models'],
  elements: ['engine', 'drawing', 'models'],
  bench: ['engine'],
  site: ['engine', 'drawing', 'models', 'lessons', 'elements', 'bench'],
  embed: ['engine', 'drawing', 'models', 'lessons', 'elements', 'site'],
};

/** The one face that web/engine shows to the others. */
const ENGINE_DOOR = /^web\/engine(\/(index|sync)\.ts)?$/;

const SPECIFIER = /(?:\bfrom|\bimport\s*\(|\bimport)\s*['"](\.[^'"]*)['"]/g;

/** The relative addresses that a TypeScript source imports, with the line of each. */
export function importsOf(text) {
  return [...text.matchAll(SPECIFIER)].map((match) => ({ to: match[1], line: text.slice(0, match.index).split('\n').length }));
}

/**
 * What is wrong with an import, or undefined.
 * @param {string} from a file, such as `web/models/product.ts`
 * @param {string} to what it imports, as a path from the root, such as `web/engine/index.ts`
 */
export function fault(from, to) {
  const folder = from.split('/')[1];
  const allowed = MAY_SEE[folder];
  if (!allowed) return `web/${folder} is in no layer: add it to the table of scripts/lib/imports.mjs`;
  if (to.startsWith('build/engine')) return folder === 'engine' ? undefined : 'only web/engine sees the built modules';
  if (!to.startsWith('web/')) return undefined;
  const target = to.split('/')[1];
  if (target === folder) return undefined;
  if (!allowed.includes(target))
    return `web/${folder} may import from ${allowed.map((name) => `web/${name}`).join(', ') || 'no other folder'}, not from web/${target}`;
  if (target === 'engine' && !ENGINE_DOOR.test(to)) return 'the engine is imported by web/engine/index.ts alone';
  return undefined;
}

/** Every import of web/ that points the wrong way, as `file:line: what is wrong`. */
export function wrongImports() {
  return filesBelow(inRoot('web'))
    .filter((file) => /\.ts$/.test(file))
    .flatMap((file) => {
      const from = relative(root, file);
      return importsOf(readFileSync(file, 'utf8')).flatMap(({ to, line }) => {
        const wrong = fault(from, join(dirname(from), to));
        return wrong ? [`${from}:${line}: imports ${to}; ${wrong}`] : [];
      });
    });
}
