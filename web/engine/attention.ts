// The worker's half of attention: places the inputs in the engine's memory and asks.
import type {
  AttentionAsk,
  Placed,
  PlacedAttention,
  PlacedSelfAttention,
  AttentionQuestions as Q,
  SelfAttentionAsk,
} from './attention_protocol.ts';
import { unwrap } from './errors.ts';
import type { Memory } from './memory.ts';
import type { Models } from './models.ts';
import { pause, type Task } from './task.ts';
import type { Matrix } from './types.ts';

/** Random numbers in one call: some ten milliseconds' worth. */
const AT_ONCE = 2 ** 18;

/** Room for matrices and a mask, as one question needs it. */
function begin(heap: Memory, matrices: readonly (Matrix | null)[], allowed: Uint8Array | null): void {
  const floats = matrices.reduce((sum, matrix) => sum + (matrix?.data.length ?? 0), 0);
  heap.begin(matrices.length + 1, floats + Math.ceil((allowed?.length ?? 0) / 4));
}

const put = (heap: Memory, { rows, columns, data }: Matrix): Placed => ({ at: heap.put(data), rows, columns });

function putMask(heap: Memory, allowed: Uint8Array | null): number {
  if (!allowed) return 0;
  const at = heap.room(Math.ceil(allowed.length / 4));
  heap.bytes(at, allowed.length).set(allowed);
  return at;
}

/** The part that attention and self-attention share, once there is room. */
function place(heap: Memory, { query, key, value, heads, causal, allowed, scale }: AttentionAsk): PlacedAttention {
  const matrices = { query: put(heap, query), key: put(heap, key), value: put(heap, value) };
  return { ...matrices, heads, causal, scale, allowedAt: putMask(heap, allowed) };
}

function placed(heap: Memory, ask: AttentionAsk): PlacedAttention {
  begin(heap, [ask.query, ask.key, ask.value], ask.allowed);
  return place(heap, ask);
}

function placedSelf(heap: Memory, ask: SelfAttentionAsk): PlacedSelfAttention {
  begin(heap, [ask.x, ask.query, ask.key, ask.value, ask.output], ask.allowed);
  return { ...place(heap, ask), x: put(heap, ask.x), output: ask.output && put(heap, ask.output) };
}

export const attention = ({ heap, module }: Models, ask: Q['attention']['ask']) => unwrap(module.attention(placed(heap, ask)));

export const explainAttention = ({ heap, module }: Models, ask: Q['attentionExplain']['ask']) =>
  unwrap(module.attentionExplain(placed(heap, ask), ask.address));

export const selfAttention = ({ heap, module }: Models, ask: Q['selfAttention']['ask']) =>
  unwrap(module.selfAttention(placedSelf(heap, ask)));

export const explainSelfAttention = ({ heap, module }: Models, ask: Q['selfAttentionExplain']['ask']) =>
  unwrap(module.selfAttentionExplain(placedSelf(heap, ask), ask.address));

export function softmaxRow({ heap, module }: Models, { scores, scale }: Q['softmaxRow']['ask']) {
  heap.begin(1, scores.length);
  return unwrap(module.softmaxRow(heap.put(scores), scores.length, scale));
}

export function explainSoftmax({ heap, module }: Models, { scores, scale, address }: Q['softmaxExplain']['ask']) {
  heap.begin(1, scores.length);
  return unwrap(module.softmaxExplain(heap.put(scores), scores.length, scale, address));
}

/** Pair after pair in blocks, other questions in between: pair i depends on no other. */
export async function randomDots(
  { heap, module }: Models,
  { dimensions, pairs, seed }: Q['randomDots']['ask'],
  { signal }: Task<never>,
): Promise<Q['randomDots']['answer']> {
  const dots = new Float32Array(pairs);
  const block = Math.max(1, Math.floor(AT_ONCE / dimensions));
  for (let first = 0; first < pairs; first += block) {
    if (first > 0) await pause();
    signal.throwIfAborted();
    dots.set(module.randomDots(seed, dimensions, first, Math.min(block, pairs - first)), first);
  }
  heap.begin(1, pairs);
  return { dimensions, dots, ...module.randomMeasure(heap.put(dots), pairs) };
}

export const randomPair = ({ module }: Models, { seed, dimensions, i }: Q['randomPair']['ask']) => module.randomPair(seed, dimensions, i);

export function explainRandom({ heap, module }: Models, { seed, dimensions, dots, address }: Q['randomExplain']['ask']) {
  heap.begin(1, dots.length);
  return unwrap(module.randomExplain(seed, dimensions, heap.put(dots), dots.length, address));
}
