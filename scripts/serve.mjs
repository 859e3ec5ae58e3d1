// node scripts/serve.mjs FOLDER [--port N] [--base /path/]: serve a folder on this machine. The browser tests use it.
import { resolve } from 'node:path';
import { parseArguments } from './lib/arguments.mjs';
import { choosePort, wantedPort } from './lib/port.mjs';
import { main } from './lib/say.mjs';
import { listen, staticServer } from './lib/server.mjs';

await main(async () => {
  const { values, words } = parseArguments(process.argv.slice(2), { values: ['port', 'base'] });
  const base = values.base ?? '/';
  const { port } = await choosePort(wantedPort(values.port));
  const server = await listen(staticServer(resolve(words[0] ?? 'dist/site'), { base }), port);
  console.log(`http://localhost:${server.address().port}${base}`);
});
