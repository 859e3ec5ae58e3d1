// npm start: from a bare clone to the site on this machine. What is fresh is not made again.

import { parseArguments } from './lib/arguments.mjs';
import { ensureEngine } from './lib/engine.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { inRoot } from './lib/paths.mjs';
import { choosePort, wantedPort } from './lib/port.mjs';
import { bold, Failure, main, note, steps } from './lib/say.mjs';
import { listen, staticServer } from './lib/server.mjs';
import { ensureLessons, ensureSite, ensureToolchain } from './lib/stages.mjs';

function options() {
  try {
    return parseArguments(process.argv.slice(2), { values: ['port'] });
  } catch (error) {
    throw new Failure(error.message, 'npm start -- --port 5000');
  }
}

await main(async () => {
  const wanted = wantedPort(options().values.port);
  await choosePort(wanted); // a taken port is better known before the build than after it
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
  await step('Server', async () => {
    const { port, note: said } = await choosePort(wanted);
    if (said) note(said);
    const server = await listen(staticServer(inRoot('dist/site')), port);
    return bold(`http://localhost:${server.address().port}/`);
  });
  console.log('\nThe lab is open. It needs no network from here on; Ctrl+C closes it.');
});
