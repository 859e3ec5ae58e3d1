// The files that come with this module. Bundlers see the pattern `new URL(…, import.meta.url)` and bring them along.
import type { FileName } from './types.ts';

export type { FileName };

/** What each file is called in a folder that holds them all. */
export const fileNames: Readonly<Record<FileName, string>> = {
  simd128: 'dot_by_dot.simd128.wasm',
  relaxed: 'dot_by_dot.relaxed.wasm',
  'models-simd128': 'dot_by_dot_models.simd128.wasm',
  'models-relaxed': 'dot_by_dot_models.relaxed.wasm',
  words: 'data/words.bin.gz',
  digits: 'data/digits.safetensors.gz',
  'digits-mlp': 'data/digits-mlp.safetensors.gz',
  writer: 'data/writer.safetensors.gz',
  reader: 'data/reader.safetensors.gz',
};

export const assets: Readonly<Record<FileName, URL>> = {
  simd128: new URL('../../build/engine/simd128/dot_by_dot.wasm', import.meta.url),
  relaxed: new URL('../../build/engine/relaxed/dot_by_dot.wasm', import.meta.url),
  'models-simd128': new URL('../../build/engine/simd128/dot_by_dot_models.wasm', import.meta.url),
  'models-relaxed': new URL('../../build/engine/relaxed/dot_by_dot_models.wasm', import.meta.url),
  words: new URL('../../lessons/data/words/words.bin.gz', import.meta.url),
  digits: new URL('../../lessons/data/digits/digits.safetensors.gz', import.meta.url),
  'digits-mlp': new URL('../../lessons/data/digits/digits-mlp.safetensors.gz', import.meta.url),
  writer: new URL('../../lessons/data/writer/writer.safetensors.gz', import.meta.url),
  reader: new URL('../../lessons/data/reader/reader.safetensors.gz', import.meta.url),
};
