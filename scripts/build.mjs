// npm run build: dist/site (the pages, for any host and any sub-path) and dist/package (the npm package).
import { ensureEngine } from './lib/engine.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { main, steps } from './lib/say.mjs';
import { ensureLessons, ensurePackage, ensureSite, ensureToolchain } from './lib/stages.mjs';

await main(async () => {
  const step = steps(6);
  let emscripten;
  await step('Packages', ensurePackages);
  await step('Emscripten', async () => {
    emscripten = await ensureToolchain();
    return emscripten.version;
  });
  await step('Engine', () => ensureEngine(emscripten));
  await step('Lessons', ensureLessons);
  await step('Site', ensureSite);
  await step('Package', ensurePackage);
});
