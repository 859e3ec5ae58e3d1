// The site: many pages, static, every address relative, so that dist/site works on any host and under any sub-path.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { fontsPlugin } from './web/site/vite/fonts_plugin.ts';
import { pagesPlugin } from './web/site/vite/pages_plugin.ts';

const root = path.dirname(fileURLToPath(import.meta.url));

/** The binaries of a module share a name and differ by folder; data keeps its plain name. */
function assetName(file: string): string {
  const [, binary, module] = /build\/engine\/(\w+)\/(\w+)\.wasm$/.exec(file) ?? [];
  if (binary) return `assets/${module}.${binary}-[hash][extname]`;
  return file.includes('lessons/data/') ? 'data/[name][extname]' : 'assets/[name]-[hash][extname]';
}

export default defineConfig({
  root: path.join(root, 'web/site'),
  base: './',
  cacheDir: path.join(root, 'node_modules/.vite'),
  plugins: [pagesPlugin(root), fontsPlugin(path.join(root, 'build/fonts'))],
  server: { host: '127.0.0.1', fs: { allow: [root] } },
  build: {
    outDir: path.join(root, 'dist/site'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // Fonts and .wasm stay files: as data: addresses they would be fetched by pages that do not need them, and the policy refuses them.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: [path.join(root, 'web/site/client/elements.ts')],
      output: {
        // Other sites name elements.js, so it keeps its name and its place.
        entryFileNames: ({ name }) => (name === 'elements' ? 'elements.js' : 'assets/[name]-[hash].js'),
        assetFileNames: ({ originalFileNames }) => assetName(originalFileNames[0] ?? ''),
      },
    },
  },
});
