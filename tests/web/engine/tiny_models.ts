// Tiny random models with a real tokenizer, written by the engine's tests (tests/engine/support/tiny_transformer.h), opened in a lab.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { loadLab, type Transformer } from '../../../web/engine/index.ts';
import type { WorkerLab } from '../../../web/engine/lab.ts';

export const root = path.resolve(import.meta.dirname, '../../..');
export const tiny = (name: string) => new Uint8Array(readFileSync(path.join(root, `tests/engine/support/tiny_${name}.safetensors`)));
export const openTiny = async () => (await loadLab({ files: { writer: tiny('writer'), reader: tiny('reader') } })) as WorkerLab;

/** One such lab for the tests of a file, with both its models. */
export function sharedTiny(): { readonly lab: WorkerLab; readonly writer: Transformer; readonly reader: Transformer } {
  const held = {} as { lab: WorkerLab; writer: Transformer; reader: Transformer };
  beforeAll(async () => {
    held.lab = await openTiny();
    [held.writer, held.reader] = await Promise.all([held.lab.transformer('writer'), held.lab.transformer('reader')]);
  });
  afterAll(() => held.lab.dispose());
  return held;
}
