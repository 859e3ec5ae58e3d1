// The worker's half of transformers: from handles to engine calls.
import { download } from './download.ts';
import { LabError, unwrap } from './errors.ts';
import type { Models } from './models.ts';
import { pause, type Task } from './task.ts';
import { tokenTexts } from './token_text.ts';
import type { TransformerQuestions as Q, TransformerParts } from './transformer_protocol.ts';

/** Lets other questions in this often while a text grows, in milliseconds. */
const BREATH = 16;

async function open(
  { heap, module }: Models,
  { source }: Q['transformerOpen']['ask'],
  { signal, progress }: Task<Q['transformerOpen']['progress']>,
): Promise<TransformerParts> {
  const bytes = await download(source, (loaded, total) => progress({ loaded, total }), signal).catch((error: unknown) => {
    throw error instanceof LabError && error.code === 'not-found' ? missing(error) : error;
  });
  signal.throwIfAborted();
  const parts = unwrap(heap.withBytes(bytes, (address) => module.transformerOpen(address, bytes.length)));
  const names = tokenTexts(parts.texts, parts.ends).map(({ name }) => `${name.replaceAll('\n', '⏎')}\n`);
  module.transformerNames(parts.handle, names.join(''));
  return parts;
}

const missing = ({ message }: LabError) => new LabError('no-file', `This lab came without the model. ${message}`);

function tokens({ heap, module }: Models, { handle, bytes }: Q['transformerTokens']['ask']): Uint32Array {
  return unwrap(heap.withBytes(bytes, (address) => module.transformerTokens(handle, address, bytes.length)));
}

function run({ heap, module }: Models, { handle, tokens: ids, ablate, patched, states }: Q['transformerRun']['ask']): number {
  heap.begin(4, ids.length + ablate.length + patched.length + states.length);
  const integers = (values: Uint32Array) => {
    const at = heap.room(values.length);
    heap.integers(at, values.length).set(values);
    return at;
  };
  return unwrap(
    module.transformerRun(
      handle,
      integers(ids),
      ids.length,
      integers(ablate),
      ablate.length / 2,
      integers(patched),
      patched.length / 2,
      heap.put(states),
    ),
  );
}

function headScores({ heap, module }: Models, { handle, tokens: ids, starts }: Q['transformerHeadScores']['ask']) {
  heap.begin(2, ids.length + starts.length);
  const at = heap.room(ids.length);
  heap.integers(at, ids.length).set(ids);
  const from = heap.room(starts.length);
  heap.integers(from, starts.length).set(starts);
  return unwrap(module.transformerHeadScores(handle, at, from, starts.length - 1));
}

/** Token by token, each told as it comes. */
async function generate(
  { heap, module }: Models,
  { handle, tokens: ids, count, temperature, topK, seed }: Q['transformerGenerate']['ask'],
  { signal, progress }: Task<number>,
): Promise<Uint32Array> {
  heap.begin(1, ids.length);
  const at = heap.room(ids.length);
  heap.integers(at, ids.length).set(ids);
  const text = unwrap(module.textBegin(handle, at, ids.length, temperature, topK, seed));
  try {
    const added: number[] = [];
    let breathed = performance.now();
    while (added.length < count) {
      const token = unwrap(module.textNext(text));
      if (token < 0) break;
      added.push(token);
      progress(token);
      if (performance.now() - breathed < BREATH) continue;
      await pause();
      signal.throwIfAborted();
      breathed = performance.now();
    }
    return Uint32Array.from(added);
  } finally {
    module.textEnd(text);
  }
}

export const transformer = {
  open,
  tokens,
  run,
  generate,
  headScores,
  repeats: ({ module }: Models, { handle, count, seed }: Q['transformerRepeats']['ask']) =>
    unwrap(module.transformerRepeats(handle, count, seed)),
  close: ({ module }: Models, { handle }: Q['transformerClose']['ask']) => {
    module.transformerClose(handle);
    return null;
  },
};

export const transformerRun = {
  logits: ({ module }: Models, { handle }: Q['runLogits']['ask']) => unwrap(module.runLogits(handle)),
  guesses: ({ module }: Models, { handle, place, count, temperature }: Q['runGuesses']['ask']) =>
    unwrap(module.runGuesses(handle, place, count, temperature)),
  attention: ({ module }: Models, { handle, layer, head }: Q['runAttention']['ask']) => unwrap(module.runAttention(handle, layer, head)),
  allAttention: ({ module }: Models, { handle }: Q['runAllAttention']['ask']) => unwrap(module.runAllAttention(handle)),
  hidden: ({ module }: Models, { handle, layer }: Q['runHidden']['ask']) => unwrap(module.runHidden(handle, layer)),
  head: ({ module }: Models, { handle, layer, head, part }: Q['runHead']['ask']) => unwrap(module.runHead(handle, layer, head, part)),
  surprise: ({ module }: Models, { handle }: Q['runSurprise']['ask']) => unwrap(module.runSurprise(handle)),
  operations: ({ module }: Models, { handle }: Q['runOperations']['ask']) => unwrap(module.runOperations(handle)),
  explain: ({ module }: Models, { handle, address }: Q['runExplain']['ask']) => unwrap(module.runExplain(handle, address)),
  close: ({ module }: Models, { handle }: Q['runClose']['ask']) => {
    module.runClose(handle);
    return null;
  },
};
