// The bindings themselves: what crosses is copied and plain, what is wrong is an answer, and no bytes whatever crash them.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../web/engine/errors.ts';
import type { MainModule } from '../../web/engine/generated.d.ts';
import { instantiate } from '../../web/engine/glue.ts';
import { compileBest, compileModels } from '../../web/engine/load.ts';
import { type HeldArray, Memory } from '../../web/engine/memory.ts';
import { type Models, openModels } from '../../web/engine/models.ts';
import { uniforms, vector } from '../web/engine/support.ts';

let module: MainModule;
let memory: Memory;
let models: Models;
beforeAll(async () => {
  const { binary, compiled } = await compileBest({});
  module = await instantiate(compiled);
  memory = new Memory(module);
  models = await openModels(await compileModels(binary, {}));
});

/** Places vectors in the work area; their addresses. */
function place(...vectors: Float32Array[]): number[] {
  memory.begin(
    vectors.length,
    vectors.reduce((sum, { length }) => sum + length, 0),
  );
  return vectors.map((values) => memory.put(values));
}

const failed = (outcome: Outcome<unknown>) => outcome.error?.code;

describe('memory', () => {
  test.each(['the core', 'models'])('of %s is aligned, reused, and given back', (which) => {
    const asked = which === 'models' ? models.module : module;
    const takeAndGiveBack = () => {
      const addresses = [1, 3, 100, 5000].map((bytes) => asked._lab_allocate(bytes));
      for (const address of addresses) expect(address % 16).toBe(0);
      for (const address of addresses) asked._lab_free(address);
      asked._lab_free(0);
    };
    takeAndGiveBack(); // the first time, the allocator counts the four bytes before a multiple of eight to who lies there
    const before = asked._lab_used_bytes();
    takeAndGiveBack();
    expect(asked._lab_used_bytes()).toBe(before);
    expect(asked._lab_heap_bytes()).toBe(asked.heap().length);
  });

  test('there is none beyond 4 GB, and the module lives on', () => {
    expect(module._lab_allocate(0xffff_fff0)).toBe(0);
    expect(() => memory.allocate(2 ** 31)).toThrow(/cannot get/);
    const [a] = place(Float32Array.of(3, 4)) as [number];
    expect(module._lab_norm(a, 2)).toBe(5);
  });

  test('each module has its own', () => {
    const [first, second] = [memory, models.heap].map((heap) => heap.hold([1, 2, 3])) as [HeldArray, HeldArray];
    first.values[0] = 7;
    expect([...second.values]).toEqual([1, 2, 3]);
    expect([first.in(models.heap), second.in(memory)]).toEqual([false, false]);
    first.dispose();
    second.dispose();
  });

  test('answers are copies: later questions do not change them', () => {
    const [a, b] = place(vector(32, 1), vector(32, 2)) as [number, number];
    const first = module.trace(a, b, 32);
    const products = first.products.slice();
    place(vector(32, 3), vector(32, 4));
    module.trace(a, b, 32);
    expect(first.products).toEqual(products);
    expect(first.products.buffer).not.toBe(module.heap().buffer);
    const big = memory.allocate(16 << 20); // the heap grows, and old views die
    expect(first.products).toEqual(products);
    memory.free(big);
  });
});

describe('explanations', () => {
  const addresses = [
    'pair/dot',
    'pair/simd',
    'pair/lane[2]',
    'pair/a[1]',
    'pair/product[0]',
    'pair/running[3]',
    'pair/norm[a]',
    'pair/square[b]',
    'pair/unit[a][2]',
    'pair/cosine',
    'pair/cosine-of-units',
    'pair/angle',
  ];

  test.each(addresses)('%s is a plain record whose check holds', (address) => {
    const [a, b] = place(vector(9, 1), vector(9, 2)) as [number, number];
    const { value, error } = module.explainPair(address, a, b, 9);
    expect(error).toBeUndefined();
    expect(structuredClone(value)).toEqual(value);
    expect(value).toMatchObject({
      address,
      label: expect.any(String),
      formula: expect.any(String),
      check: { value: expect.any(Number), bound: expect.any(Number) },
    });
    expect(value?.check.difference).toBeLessThanOrEqual(value?.check.bound as number);
    if (value?.kind === 'dot') {
      const [left, right] = value.operands.map(({ values }) => values) as [Float32Array, Float32Array];
      expect(value.operands).toHaveLength(2);
      expect(value.products).toEqual(left.map((x, i) => x * (right[i] as number)));
    }
  });

  test('every number below pair/cosine unfolds, down to what was given', () => {
    const [a, b] = place(vector(6, 3), vector(6, 4)) as [number, number];
    const seen = new Map<string, string>();
    const waiting = ['pair/cosine', 'pair/angle', 'pair/cosine-of-units', 'pair/simd', 'pair/running[5]'];
    for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
      if (seen.has(address)) continue;
      const { value, error } = module.explainPair(address, a, b, 6);
      expect(error, address).toBeUndefined();
      seen.set(address, '');
      seen.set(value?.address ?? '', value?.kind ?? ''); // one number may have two spellings: a[5] and a[5][0]
      expect(value?.check.difference, address).toBeLessThanOrEqual(value?.check.bound ?? -1);
      for (const term of value?.terms ?? []) if (term.address) waiting.push(term.address);
      for (const operand of value?.operands ?? []) for (const i of operand.values.keys()) waiting.push(`${operand.address}[${i}]`);
    }
    expect([...seen].filter(([, kind]) => kind === 'input')).toHaveLength(12);
  });

  test('no text whatever is an address by accident, and none crashes', () => {
    const [a, b] = place(vector(3, 1), vector(3, 2)) as [number, number];
    const next = uniforms(5);
    const letters = 'pair/dot[ab0123],|%+-words \u0000é🙂';
    for (let i = 0; i < 3000; ++i) {
      const text = Array.from(
        { length: Math.floor(12 + 12 * next()) },
        () => letters[Math.floor(((next() + 1) / 2) * letters.length)],
      ).join('');
      const { error } = module.explainPair(text, a, b, 3);
      if (error) expect(['unknown-address', 'zero-vector']).toContain(error.code);
    }
    expect(failed(module.explainPair('pair/a[99999999999999999999]', a, b, 3))).toBe('unknown-address');
    expect(failed(module.explainPair('x'.repeat(100_000), a, b, 3))).toBe('unknown-address');
  });
});

describe('word vectors', () => {
  const bytes = gunzipSync(readFileSync(new URL('../../lessons/data/words/words.bin.gz', import.meta.url)));
  const open = (content: Uint8Array) => memory.withBytes(content, (address) => module.wordsOpen(address, content.length));

  test('bytes of any kind are opened or refused', () => {
    const small = smallFile();
    expect(failed(open(small))).toBeUndefined();
    for (let length = 0; length < small.length; ++length) expect(failed(open(small.subarray(0, length)))).toBe('bad-file');
    for (let i = 0; i < small.length; ++i) {
      const changed = small.slice();
      changed[i] = (changed[i] as number) ^ (1 << (i % 8));
      expect(failed(open(changed))).toBe('bad-file');
    }
    const next = uniforms(1);
    for (let i = 0; i < 200; ++i) expect(failed(open(Uint8Array.from({ length: i }, () => 128 + 128 * next())))).toBe('bad-file');
    expect(failed(open(bytes.subarray(0, bytes.length - 1)))).toBe('bad-file');
  });

  test('handles are told apart, and a closed one says so', () => {
    const used = module._lab_used_bytes();
    const [first, second] = [open(smallFile()), open(smallFile())].map(({ value }) => value?.handle as number) as [number, number];
    expect(first).not.toBe(second);
    module.wordsClose(first);
    module.wordsClose(first);
    for (const closed of [first, 0, 4_000_000_000]) {
      for (const outcome of [
        module.wordsVector(closed, 'a', true),
        module.wordsSimilarity(closed, 'a', 'b'),
        module.wordsNearest(closed, 'a', 1),
        module.wordsNearestTo(closed, 16, 2, 1),
        module.wordsAnalogy(closed, 'a\n', '', 1, false, false),
        module.wordsPlane(closed, 'a\nb\n'),
        module.wordsExplain(closed, 'words/norm[a]'),
      ]) {
        expect(failed(outcome)).toBe('disposed');
      }
      expect(module.wordsAll(closed)).toBe('');
      expect([...module.wordsIndices(closed, 'a\n')]).toEqual([0xffff_ffff]);
    }
    expect(module.wordsVector(second, 'a', false).value).toHaveLength(2);
    module.wordsClose(second);
    expect(module._lab_used_bytes()).toBeLessThanOrEqual(used + 1024);
  });

  test('every number below a cosine, a score and a 3CosMul unfolds, down to code × scale', () => {
    const handle = open(bytes).value?.handle as number;
    const seen = new Set<string>();
    const leaves = new Set<string>();
    const waiting = [
      'words/cosine[king,queen]',
      'words/score[king-man+woman|queen]',
      'words/partials[king-man+woman|queen]',
      'words/cosmul[king-man+woman|queen]',
    ];
    for (let address = waiting.pop(); address !== undefined && seen.size < 4000; address = waiting.pop()) {
      if (seen.has(address)) continue;
      seen.add(address);
      const { value, error } = module.wordsExplain(handle, address);
      expect(error, address).toBeUndefined();
      expect(value?.check.difference, address).toBeLessThanOrEqual(value?.check.bound ?? -1);
      if (value?.kind === 'weight') leaves.add(address);
      for (const term of value?.terms ?? []) if (term.address) waiting.push(term.address);
      // of the long strips a few places each, or there would be a hundred thousand
      for (const operand of value?.operands ?? [])
        for (const i of operand.values.keys()) if (i % 37 === 0) waiting.push(`${operand.address}[${i}]`);
    }
    expect(waiting).toEqual([]);
    expect(leaves.size).toBeGreaterThan(8);
    module.wordsClose(handle);
  });

  /** Two words of two numbers in our own format, with its CRC-32; engine/formats/word_vector_file.h. */
  function smallFile(): Uint8Array {
    const view = new DataView(new ArrayBuffer(20 + 3 + 8 + 4 + 4));
    [0x56444244, 1, 2, 2, 3].forEach((value, i) => view.setUint32(4 * i, value, true));
    [97, 10, 98].forEach((value, i) => view.setUint8(20 + i, value));
    [0.5, 0.25].forEach((value, i) => view.setFloat32(23 + 4 * i, value, true));
    [1, 2, -3, 4].forEach((value, i) => view.setInt8(31 + i, value));
    let crc = 0xffff_ffff;
    for (let i = 0; i < 35; ++i) {
      crc ^= view.getUint8(i);
      for (let bit = 0; bit < 8; ++bit) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
    }
    view.setUint32(35, ~crc >>> 0, true);
    return new Uint8Array(view.buffer);
  }
});
