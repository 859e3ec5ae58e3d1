// From a compiled binary to a running module: with models.ts, the one place that knows what Emscripten generated.
// Emscripten's JavaScript half is the same for both binaries (scripts/lib/worker.mjs makes sure), so one copy serves.
import createCore from '../../build/engine/simd128/dot_by_dot.js';
import type { MainModule } from './generated.d.ts';

/** Start the core from a compiled binary: a few milliseconds, no fetch. */
export const instantiate = (compiled: WebAssembly.Module): Promise<MainModule> => start(createCore, compiled);

/** Start a module, by Emscripten's half of it, from its compiled binary. */
export function start<M>(create: (options: object) => Promise<M>, compiled: WebAssembly.Module): Promise<M> {
  return new Promise((resolve, reject) => {
    create({
      instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) {
        WebAssembly.instantiate(compiled, imports).then(receive, reject);
        return {};
      },
      print: () => {},
      printErr: () => {},
    }).then(resolve, reject);
  });
}
