// Tries the preparation of the transformers' texts by itself: node scripts/prepare-corpora.mjs [folder]
import { join } from 'node:path';
import { prepareCorpora } from './lib/corpora.mjs';
import { cacheFolder, inRoot } from './lib/paths.mjs';
import { main, note } from './lib/say.mjs';

await main(async () => {
  const data = process.env.DOT_DATA ?? inRoot('../shared/data');
  const folder = process.argv[2] ?? join(cacheFolder(), 'training/text');
  const { files } = await prepareCorpora({ data, folder, say: note });
  for (const [name, { documents, words, bytes }] of Object.entries(files))
    note(`${name}: ${documents} documents, ${words} words, ${bytes} bytes`);
  note(folder);
});
