import { LabError } from './errors.ts';
import type { Lab, LoadOptions } from './types.ts';

/**
 * Open the lab: fetch and compile the engine that this browser can run, and start its worker.
 * @throws {@link LabError} `no-simd`, `not-found`, `network`, `bad-file`
 */
export async function loadLab(_options: LoadOptions = {}): Promise<Lab> {
    throw new LabError('not-found', 'The engine is not bound yet.');
}
