// npm run build:engine: the engine's WebAssembly modules and the types of their interface.
import { ensureCMake } from './lib/cmake.mjs';
import { findEmscripten } from './lib/emscripten.mjs';
import { ensureEngine, updateTypes } from './lib/engine.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { main, steps } from './lib/say.mjs';

await main(async () => {
  const step = steps(3);
  let emscripten;
  await step('Packages', ensurePackages);
  await step('Emscripten', async () => {
    await ensureCMake();
    emscripten = await findEmscripten();
    return `${emscripten.version} in ${emscripten.folder}`;
  });
  await step('Engine', async () => {
    const said = await ensureEngine(emscripten, { show: process.argv.includes('--verbose') });
    return [said, ...updateTypes().map((file) => `${file} changed`)].join('; ');
  });
});
