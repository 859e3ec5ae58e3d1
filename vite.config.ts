// The site: many pages, static, every address relative, so that dist/site works on any host and under any sub-path.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { dataPlugin } from './web/site/vite/data_plugin.ts';
import { pagesPlugin } from './web/site/vite/pages_plugin.ts';

const root = path.dirname(fileURLToPath(import.meta.url));

export default defineConfig({
  root: path.join(root, 'web/site'),
  base: './',
  publicDir: path.join(root, 'web/site/public'),
  cacheDir: path.join(root, 'node_modules/.vite'),
  plugins: [pagesPlugin(root), dataPlugin(root)],
  server: { host: '127.0.0.1', fs: { allow: [root] } },
  build: {
    outDir: path.join(root, 'dist/site'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // Fonts and .wasm stay files: as data: addresses they would be fetched by pages that do not need them, and the policy refuses them.
    assetsInlineLimit: 0,
    rolldownOptions: { output: { assetFileNames: 'assets/[name]-[hash][extname]', chunkFileNames: 'assets/[name]-[hash].js', entryFileNames: 'assets/[name]-[hash].js' } },
  },
});
