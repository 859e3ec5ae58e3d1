// What the machine allows, measured in the same rounds as the contestants: tests/bench/limits.cpp, compiled for each binary.
import type { Binary, Limit, Prepared } from './types.ts';

interface Exports {
  memory: WebAssembly.Memory;
  __heap_base: WebAssembly.Global<'i32'>;
  round_operations(): number;
  multiply_add(rounds: number, a: number, b: number): number;
  read_bytes(from: number, bytes: number, streams: number, times: number): number;
}

const PAGE = 65_536;
/** What read_bytes reads a multiple of. */
const STEP = 256;

export type Limits = (limit: Limit, binary: Binary) => Promise<Prepared>;

/** @param load gives the bytes of a binary's limits.wasm; each is asked for once, when it is first needed */
export function openLimits(load: (binary: Binary) => Promise<BufferSource>): Limits {
  const compiled = new Map<Binary, Promise<WebAssembly.Module>>();
  return async (limit, binary) => {
    if (!compiled.has(binary))
      compiled.set(
        binary,
        load(binary).then((bytes) => WebAssembly.compile(bytes)),
      );
    const { exports } = await WebAssembly.instantiate(await (compiled.get(binary) as Promise<WebAssembly.Module>));
    const module = exports as unknown as Exports;
    return limit.kind === 'read' ? reads(module, limit.bytes) : multiplies(module, limit.operations);
  };
}

const prepared = (run: (times: number) => number): Prepared => ({
  run,
  answer: () => ({ values: new Float32Array(0) }),
  dispose: () => {},
});

/** As many multiplies and adds as an answer takes, and nothing else. */
function multiplies({ multiply_add, round_operations }: Exports, operations: number): Prepared {
  const rounds = operations / round_operations();
  return prepared((times) => multiply_add(Math.max(1, Math.round(times * rounds)), 0.5, 1));
}

/** The bytes that an answer has to read, and nothing else: in one, two or four streams, whichever is fastest here. */
function reads({ memory, read_bytes, __heap_base }: Exports, bytes: number): Prepared {
  const from = Math.ceil(__heap_base.value / STEP) * STEP;
  const length = Math.max(STEP, Math.round(bytes / STEP) * STEP);
  const missing = from + length - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  // Pages that were never written would all be the same one, and in the cache.
  new Uint32Array(memory.buffer, from, length / 4).forEach((_, i, all) => {
    all[i] = i;
  });
  const ms = (streams: number) => {
    const times = Math.ceil(2 ** 26 / length);
    const all = [0, 1, 2].map(() => {
      const begun = performance.now();
      read_bytes(from, length, streams, times);
      return performance.now() - begun;
    });
    return Math.min(...all);
  };
  for (const streams of [1, 2, 4]) ms(streams); // compiled fully before they are compared
  const streams = [1, 2, 4].map((count) => ({ count, ms: ms(count) })).sort((a, b) => a.ms - b.ms)[0]?.count as number;
  return prepared((times) => read_bytes(from, length, streams, times));
}
