// npm run trace:transformers: runs the example sentences of <dot-transformer> through the shipped models and writes what the figure shows
// of them, lessons/data/<model>/traces/<id>.json, so that it can be seen before the weights arrive. Run it after a model or an example
// changed; tests/web/models/transformer_traces.test.ts recomputes the files.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { register } from 'tsx/esm/api';
import { inRoot } from './lib/paths.mjs';
import { Failure, main, note } from './lib/say.mjs';

await main(async () => {
  if (!existsSync(inRoot('build/engine/worker.js'))) throw new Failure('the engine is not built', 'npm run build:engine');
  register();
  const { loadLab } = await import('../web/engine/index.ts');
  const { transformerExamples } = await import('../web/models/transformer_examples.ts');
  const { mostTraced, traceOf } = await import('../web/models/transformer_trace.ts');
  const lab = await loadLab();
  try {
    for (const name of ['writer', 'reader']) {
      const folder = inRoot('lessons/data', name, 'traces');
      mkdirSync(folder, { recursive: true });
      const model = await lab.transformer(name);
      const written = new Set();
      for (const { id, text } of transformerExamples.filter((one) => one.model === name)) {
        const run = await model.run(text);
        if (run.tokens.length > mostTraced) {
          note(`${name}, ${id}: ${run.tokens.length} tokens, waits for the model`);
          continue;
        }
        const file = `${JSON.stringify(await traceOf(model, text, run))}\n`;
        await run.dispose();
        writeFileSync(join(folder, `${id}.json`), file);
        written.add(`${id}.json`);
        note(`${name}, ${id}: ${run.tokens.length} tokens, ${(file.length / 1024).toFixed(0)} KB`);
      }
      for (const file of readdirSync(folder)) if (!written.has(file)) rmSync(join(folder, file));
    }
  } finally {
    await lab.dispose();
  }
});
