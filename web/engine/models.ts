// The second module as the worker holds it: examples, networks, training and whatever else learns, in a memory of its own.
// What crosses to or from the core (word vectors, for one) crosses as plain numbers, by way of the page.
import createModels from '../../build/engine/simd128/dot_by_dot_models.js';
import type { MainModule as ModelsModule } from './generated_models.d.ts';
import { start } from './glue.ts';
import { Memory } from './memory.ts';

export type { ModelsModule };

/** What the handler of a question about models is given. */
export class Models {
  readonly heap: Memory;

  constructor(readonly module: ModelsModule) {
    this.heap = new Memory(module);
  }
}

/** Start the second module from its compiled binary. */
export const openModels = async (compiled: WebAssembly.Module): Promise<Models> => new Models(await start(createModels, compiled));
