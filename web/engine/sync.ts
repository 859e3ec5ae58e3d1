// `dot-by-dot/sync`: the engine on the thread that asks.
import type { MainModule } from './generated.d.ts';
import { instantiate } from './glue.ts';
import { Kernels } from './kernels.ts';
import { compileBest } from './load.ts';
import { openIndex, topRowsEach } from './search.ts';
import type { Binary, Held, Hit, LoadOptions, NumberArray, SyncIndex, SyncLab, SyncMatrix } from './types.ts';
import { checkVector } from './validate.ts';

export { LabError } from './errors.ts';
export { createModels, type SyncAttentionOptions, type SyncModels } from './sync_models.ts';
export type * from './types.ts';

/**
 * Open an engine whose small operations answer at once. Meant for a worker of one's own and for Node: on a page's main thread a
 * large product makes the page wait.
 * @throws {LabError} `no-simd`, `not-found`, `network`, `bad-file`, `bad-option`
 */
export async function createEngine(options: LoadOptions = {}): Promise<SyncLab> {
  const { binary, compiled } = await compileBest(options);
  return new SyncEngine(await instantiate(compiled), binary);
}

class SyncEngine extends Kernels implements SyncLab {
  constructor(
    module: MainModule,
    readonly binary: Binary,
  ) {
    super(module);
  }

  readonly random = { normal: (count: number, options: { seed: number }) => this.randomNormal(count, options) };

  hold(values: NumberArray): Held {
    return this.heap.hold(checkVector(values, 'values'));
  }

  index(m: SyncMatrix): SyncIndex {
    return openIndex(this, m);
  }

  topRowsEach(m: SyncMatrix, queries: SyncMatrix, k: number): Hit[][] {
    return topRowsEach(this, m, queries, k);
  }

  memory(): { heapBytes: number; usedBytes: number } {
    return { heapBytes: this.heap.heapBytes, usedBytes: this.heap.usedBytes };
  }
}
