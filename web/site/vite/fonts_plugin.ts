// Cuts the fonts down to what the pages can show: Latin-1 and the signs of running text, and the weights that the styles ask for.
// That takes a third off what every page costs. Old-style and tabular figures, ligatures and kerning stay.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('');

/** What `unicode-range` in fonts.css names, written out where the fonts have it. */
const characters = `${range(0x20, 0x7e)}${range(0xa0, 0xff)}ŒœŸ${range(0x2002, 0x200a)}‐‑–—‘’‚“”„†‡•…\u202f‰′″‹›⁄€™↑↓−∕`;

/** File name → the weights that type.css and the elements use. */
const weights: readonly [RegExp, { min: number; max: number }][] = [
  [/^source-serif-4-latin-wght-normal/, { min: 400, max: 600 }],
  [/^source-serif-4-latin-wght-italic/, { min: 400, max: 600 }],
  [/^inter-latin-wght-normal/, { min: 400, max: 600 }],
];

/** @param cache a folder in which cut fonts are kept from one build to the next */
export function fontsPlugin(cache: string): Plugin {
  return {
    name: 'dot-by-dot:fonts',
    apply: 'build',
    async generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        const wght = weights.find(([name]) => name.test(path.basename(file.fileName)))?.[1];
        if (file.type === 'asset' && wght && typeof file.source !== 'string')
          file.source = await cut(Buffer.from(file.source), wght, cache);
      }
    },
  };
}

async function cut(font: Buffer, wght: { min: number; max: number }, cache: string): Promise<Buffer> {
  const key = createHash('sha256').update(font).update(characters).update(JSON.stringify(wght)).digest('hex').slice(0, 16);
  const kept = path.join(cache, `${key}.woff2`);
  if (existsSync(kept)) return readFileSync(kept);
  const cutFont = await subsetFont(font, characters, { targetFormat: 'woff2', variationAxes: { wght } });
  mkdirSync(cache, { recursive: true });
  writeFileSync(kept, cutFont);
  return cutFont;
}
