// npm run lessons:check: every number, exercise, cell and link of the lessons, on the real engine.
import { existsSync } from 'node:fs';
import { register } from 'tsx/esm/api';
import { inRoot } from './lib/paths.mjs';
import { Failure, main } from './lib/say.mjs';

await main(async () => {
  if (!existsSync(inRoot('build/engine/worker.js'))) throw new Failure('the engine is not built', 'npm run build:engine');
  register();
  const check = await import('../web/lessons/verify/main.ts');
  process.exitCode = await check.main(process.argv.slice(2));
});
