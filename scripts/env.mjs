// eval "$(node scripts/env.mjs)": the environment in which the WebAssembly presets of CMake can be used by hand.
import { findEmscripten } from './lib/emscripten.mjs';
import { inRoot } from './lib/paths.mjs';
import { main } from './lib/say.mjs';

console.log = console.error; // a note is for the person, not for the shell that evaluates
await main(async () => {
  const emscripten = await findEmscripten();
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  for (const [name, value] of Object.entries(emscripten.variables)) process.stdout.write(`export ${name}=${quoted(value)}\n`);
  process.stdout.write(`export PATH=${quoted(emscripten.folder)}:${quoted(inRoot('node_modules/.bin'))}:"$PATH"\n`);
});
