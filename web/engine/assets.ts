// The files that come with this module. Bundlers see the pattern `new URL(…, import.meta.url)` and bring them along.
import type { Binary } from './types.ts';

export const assets: Record<Binary | 'words', URL> = {
  simd128: new URL('../../build/engine/simd128/dot_by_dot.wasm', import.meta.url),
  relaxed: new URL('../../build/engine/relaxed/dot_by_dot.wasm', import.meta.url),
  words: new URL('../../lessons/data/words/words.bin.gz', import.meta.url),
};
