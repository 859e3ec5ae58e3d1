// npm run dev: the site by Vite, renewed at every change; a change of the engine's C++ rebuilds the modules.
import { watch } from 'node:fs';
import { parseArguments } from './lib/arguments.mjs';
import { ensureEngine, updateTypes } from './lib/engine.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { inRoot } from './lib/paths.mjs';
import { choosePort, wantedPort } from './lib/port.mjs';
import { bold, main, note, report, steps } from './lib/say.mjs';
import { ensureToolchain } from './lib/stages.mjs';

await main(async () => {
  const wanted = wantedPort(parseArguments(process.argv.slice(2), { values: ['port'] }).values.port);
  const step = steps(4);
  let emscripten;
  await step('Packages', ensurePackages);
  await step('Emscripten', async () => {
    emscripten = await ensureToolchain();
    return emscripten.version;
  });
  await step('Engine', () => ensureEngine(emscripten));

  let vite;
  await step('Server', async () => {
    const { createServer } = await import('vite');
    const { port, note: said } = await choosePort(wanted);
    if (said) note(said);
    vite = await createServer({ configFile: inRoot('vite.config.ts'), server: { port, strictPort: true } });
    await vite.listen();
    return bold(`http://localhost:${vite.config.server.port}/`);
  });

  let building = false;
  let again = false;
  const rebuild = async () => {
    again = building;
    if (building) return;
    building = true;
    try {
      console.log([`Engine: ${await ensureEngine(emscripten)}`, ...updateTypes().map((file) => `${file} changed`)].join('; '));
      vite.moduleGraph.invalidateAll();
      vite.ws.send({ type: 'full-reload' });
    } catch (error) {
      report(error);
    }
    building = false;
    if (again) await rebuild();
  };
  let timer;
  watch(inRoot('engine'), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(rebuild, 200);
  });
  console.log('\nWatching web/, lessons/ and engine/. Ctrl+C ends.');
});
