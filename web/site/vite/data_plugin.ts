// Copies what lessons load into data/ of the site: one file per data set, with its hash left out, because the engine knows it by name.
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

/** The name in data/ → the file in the checkout. */
const files: Readonly<Record<string, string>> = {
  'words.bin.gz': 'lessons/data/words/words.bin.gz',
};

export function dataPlugin(root: string): Plugin {
  return {
    name: 'dot-by-dot:data',
    generateBundle() {
      for (const [name, file] of Object.entries(files)) {
        this.emitFile({ type: 'asset', fileName: `data/${name}`, source: readFileSync(path.join(root, file)) });
      }
    },
    configureServer(server) {
      server.middlewares.use('/data/', (request, response, next) => {
        const file = files[(request.url ?? '').replace(/^\//, '').replace(/\?.*$/, '')];
        if (!file || !existsSync(path.join(root, file))) return next();
        response.setHeader('content-type', 'application/octet-stream');
        createReadStream(path.join(root, file)).pipe(response);
      });
    },
  };
}
