// The page's one engine: every widget asks here, the first question loads it, and all share its worker.
import type { Lab } from '../engine/index.ts';

let shared: Promise<Lab> | undefined;

/** The page's engine, loaded when first asked for. After a failed load the next call tries again. */
export function lab(): Promise<Lab> {
  shared ??= import('../engine/index.ts')
    .then(({ loadLab }) => loadLab())
    .catch((error: unknown) => {
      shared = undefined;
      throw error;
    });
  return shared;
}

/** Puts another engine in its place (a test's, or one that an embedding page already holds); undefined forgets it. */
export function setLab(other: Lab | Promise<Lab> | undefined): void {
  shared = other === undefined ? undefined : Promise.resolve(other);
}
