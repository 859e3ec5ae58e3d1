// A page that has our engine: ready when the first dot product is there.
import { createEngine } from '../../../web/engine/sync.ts';

const engine = await createEngine({ baseUrl: './' });
Object.assign(globalThis, { answer: engine.dot([1, 2, 3], [4, 5, 6]), ready: performance.now() });
