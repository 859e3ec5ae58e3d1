// The one place that knows the generated module: from a compiled binary to a running engine.
// Emscripten's JavaScript half is the same for both binaries (scripts/build-worker.mjs makes sure), so one copy serves.
import createDotByDot from '../../build/engine/simd128/dot_by_dot.js';
import type { MainModule } from './generated.d.ts';

/** Start an engine from a compiled binary: a few milliseconds, no fetch. */
export function instantiate(compiled: WebAssembly.Module): Promise<MainModule> {
  return new Promise((resolve, reject) => {
    createDotByDot({
      instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) {
        WebAssembly.instantiate(compiled, imports).then(receive, reject);
        return {};
      },
      print: () => {},
      printErr: () => {},
    }).then(resolve, reject);
  });
}
