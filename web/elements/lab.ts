// The page's one engine: every widget asks here, the first question loads it, and all share its worker.
import type { Lab } from '../engine/index.ts';

/**
 * Elements that ask about models (networks, training, digits …) as soon as they stand: on a page that holds one, the module which answers
 * is fetched together with the engine's core, and not after it. Without its name here an element works too, a moment later.
 */
export const withModels = [
  'dot-attention',
  'dot-attention-map',
  'dot-classifier',
  'dot-cloud',
  'dot-confusion',
  'dot-course-map',
  'dot-digit-pad',
  'dot-digits',
  'dot-flip',
  'dot-head-kinds',
  'dot-induction',
  'dot-matvec',
  'dot-model-scale',
  'dot-own-probe',
  'dot-probe',
  'dot-probe-direction',
  'dot-saturation',
  'dot-sense-drift',
  'dot-softmax',
  'dot-templates',
  'dot-topics',
  'dot-transformer',
  'dot-warp',
];

let shared: Promise<Lab> | undefined;

/** The page's engine, loaded when first asked for. After a failed load the next call tries again. */
export function lab(): Promise<Lab> {
  shared ??= import('../engine/index.ts')
    .then(({ loadLab }) => loadLab({ models: document.querySelector(withModels.join()) !== null }))
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
