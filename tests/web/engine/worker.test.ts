// The worker's life: it dies and is started again, long work is stopped, nothing leaks.
import { describe, expect, test } from 'vitest';
import { Client } from '../../../web/engine/client.ts';
import { LabError, loadLab } from '../../../web/engine/index.ts';
import type { WorkerLab } from '../../../web/engine/lab.ts';
import type { Listener } from '../../../web/engine/platform.ts';
import type { ToWorker } from '../../../web/engine/protocol.ts';
import { createEngine } from '../../../web/engine/sync.ts';
import type { LoadOptions } from '../../../web/engine/types.ts';
import { refusal, sharedLab, toyRows, toyWords, vector } from './support.ts';

const held = sharedLab();
const noModels = () => Promise.reject(new LabError('network', 'there is no second module here'));
const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('a worker that dies', () => {
  test('what was in flight is rejected, the next question starts another', async () => {
    const lab = (await loadLab()) as WorkerLab;
    const words = await lab.vectors('words');
    const own = await lab.vectorsFrom(toyWords, toyRows);
    const inFlight = [
      lab.race({ length: 1000, rounds: 1000 }),
      words.benchmark([
        { name: 'x', questions: Array.from({ length: 3000 }, () => ['a', 'b', 'c', 'd'] as [string, string, string, string]) },
      ]),
    ];
    await lab.dot([1], [1]);
    lab.client.kill();
    for (const promise of inFlight) expect((await refusal(promise)).code).toBe('worker-died');
    expect(await lab.dot([1, 2], [3, 4])).toBe(11);
    // The shipped vectors are loaded again by themselves; own ones cannot be.
    expect((await Promise.all([words.nearest('king', { count: 1 }), words.similarity('king', 'queen')]))[0]).toHaveLength(1);
    expect((await refusal(own.vector('king'))).code).toBe('disposed');
    expect(await lab.vectors('words')).toBe(words);
    lab.dispose();
  });

  test('by its own fault, too', async () => {
    const lab = (await loadLab()) as WorkerLab;
    const error = await refusal(lab.client.ask('dot', null as never));
    expect(error.code).toBe('worker-died');
    expect(error.message).toMatch(/starts again with the next question/);
    expect(await lab.dot([1, 2], [3, 4])).toBe(11);
    lab.dispose();
  });

  test('out of memory leaves a lab that answers', async () => {
    const lab = (await loadLab()) as WorkerLab;
    const rows = { rows: 2 ** 15, columns: 1, data: new Float32Array(2 ** 15) };
    // The product would take 4 GB.
    expect((await refusal(lab.matmul(rows, { rows: 1, columns: 2 ** 15, data: new Float32Array(2 ** 15) }))).code).toBe('out-of-memory');
    expect(await lab.dot([1, 2], [3, 4])).toBe(11);
    lab.dispose();
  });

  test('a channel that cannot be opened rejects the question', async () => {
    const client = new Client(() => {
      throw new Error('no workers here');
    }, noModels);
    const error = await refusal(client.ask('norm', { a: vector(3, 1) }));
    expect([error.code, error.message]).toEqual(['worker-died', expect.stringContaining('no workers here')]);
  });
});

describe('the module of models', () => {
  const strokes = { count: 3, seed: 1 };

  test('is there from the first question about models on, and not before', async () => {
    const lab = await loadLab();
    await lab.dot([1, 2], [3, 4]);
    const core = (await lab.memory()).heapBytes;
    const digits = await lab.strokeDigits(strokes);
    const both = (await lab.memory()).heapBytes;
    expect(both).toBeGreaterThan(core);
    expect((await digits.rows(0, 1)).columns).toBe(784);
    await lab.strokeDigits(strokes);
    expect((await lab.memory()).heapBytes).toBe(both);
    lab.dispose();
  });

  test('comes to the worker that follows a dead one', async () => {
    const lab = (await loadLab()) as WorkerLab;
    const lost = await lab.strokeDigits(strokes);
    lab.client.kill();
    expect(await lab.dot([1, 2], [3, 4])).toBe(11);
    expect((await refusal(lost.labels())).code).toBe('disposed');
    expect((await lab.strokeDigits(strokes)).count).toBe(3);
    lab.dispose();
  });

  test('questions that came while it was fetched are answered in their order, and those of the core before', async () => {
    const lab = await loadLab();
    const order: string[] = [];
    const note = (what: string) => () => order.push(what);
    await Promise.all([
      lab.strokeDigits(strokes).then(note('digits')),
      lab.singular({ rows: 1, columns: 1, data: [2] }).then(note('singular')),
      lab.dot([1], [1]).then(note('dot')),
    ]);
    expect(order).toEqual(['dot', 'digits', 'singular']);
    lab.dispose();
  });

  test('where it is missing or no module the question says so, the core goes on, and the next question tries again', async () => {
    const files: NonNullable<LoadOptions['files']> = {
      'models-simd128': new Uint8Array([1, 2, 3]),
      'models-relaxed': new Uint8Array([1, 2, 3]),
    };
    const lab = await loadLab({ files, models: true });
    const [first, second] = await Promise.all([refusal(lab.strokeDigits(strokes)), refusal(lab.strokeDigits(strokes))]);
    expect([first.code, second.code]).toEqual(['bad-file', 'bad-file']);
    for (const name of ['models-simd128', 'models-relaxed'] as const) files[name] = new URL('no-such-file.wasm', import.meta.url);
    expect((await refusal(lab.strokeDigits(strokes))).code).toBe('not-found');
    expect(await lab.dot([1, 2], [3, 4])).toBe(11);
    delete files['models-simd128'];
    delete files['models-relaxed'];
    expect((await lab.strokeDigits(strokes)).count).toBe(3);
    lab.dispose();
  });
});

describe('the client', () => {
  /** A client whose worker is this test. */
  function fake(models: () => Promise<WebAssembly.Module> = noModels) {
    const sent: ToWorker[] = [];
    let listener: Listener | undefined;
    let started = 0;
    const client = new Client((given) => {
      listener = given;
      ++started;
      return { post: (message) => sent.push(message), busy: () => {}, stop: () => {} };
    }, models);
    return { client, sent, started: () => started, listener: () => listener as Listener };
  }

  test('matches answers to questions in whatever order they come', async () => {
    const { client, sent, listener, started } = fake();
    const [first, second] = [client.ask('norm', { a: vector(1, 1) }), client.ask('norm', { a: vector(1, 2) })];
    const ids = sent.map((message) => (message.type === 'ask' ? message.id : -1));
    listener().onMessage({ type: 'answer', id: ids[1] as number, answer: 2 });
    listener().onMessage({ type: 'answer', id: ids[0] as number, answer: 1 });
    listener().onMessage({ type: 'answer', id: 999, answer: 3 });
    expect([await first, await second, started()]).toEqual([1, 2, 1]);
  });

  test('forwards progress, cancels once, and forgets', async () => {
    const { client, sent, listener } = fake();
    const controller = new AbortController();
    const progress: unknown[] = [];
    const asked = client.ask(
      'race',
      { length: 1, rounds: 3, seed: 1, binary: 'simd128' },
      { signal: controller.signal, onProgress: (state) => progress.push(state) },
    );
    const id = sent[0]?.type === 'ask' ? sent[0].id : -1;
    listener().onMessage({ type: 'progress', id, progress: { done: 1, total: 3 } });
    controller.abort();
    controller.abort();
    expect((await refusal(asked)).code).toBe('aborted');
    expect(sent.filter(({ type }) => type === 'cancel')).toEqual([{ type: 'cancel', id }]);
    listener().onMessage({ type: 'progress', id, progress: { done: 2, total: 3 } });
    expect(progress).toEqual([{ done: 1, total: 3 }]);
  });

  test('hands a worker the module that it wants, or says why not; not to one that came after it', async () => {
    let give: (compiled: WebAssembly.Module) => void = () => {};
    const { client, sent, listener } = fake(() => new Promise<WebAssembly.Module>((resolve) => (give = resolve)));
    const compiled = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    const modules = () => sent.filter(({ type }) => type === 'models');
    const asked = client.ask('norm', { a: vector(1, 1) });
    listener().onMessage({ type: 'want-models' });
    expect(modules()).toEqual([]);
    give(compiled);
    await turn();
    expect(modules()).toEqual([{ type: 'models', compiled }]);

    listener().onMessage({ type: 'want-models' });
    listener().onDeath('test');
    await refusal(asked);
    void client.ask('norm', { a: vector(1, 1) });
    give(compiled);
    await turn();
    expect(modules()).toHaveLength(1);

    const other = fake();
    void other.client.ask('norm', { a: vector(1, 1) });
    other.listener().onMessage({ type: 'want-models' });
    await turn();
    expect(other.sent.at(-1)).toEqual({ type: 'models', error: expect.objectContaining({ code: 'network' }) });
  });

  test('a dead worker is told of once, and a late word of it is ignored', async () => {
    const { client, listener, started } = fake();
    const old = client.ask('norm', { a: vector(1, 1) });
    const oldListener = listener();
    oldListener.onDeath('test');
    expect((await refusal(old)).message).toContain('(test)');
    const next = client.ask('norm', { a: vector(1, 1) });
    oldListener.onDeath('again');
    listener().onMessage({ type: 'answer', id: 2, answer: 5 });
    expect([await next, started()]).toEqual([5, 2]);
  });
});

describe('memory', () => {
  const [a, b] = [vector(64, 1), vector(64, 2)];
  const m = { rows: 8, columns: 8, data: a };

  test('10,000 calls of each small question leave the heap as it was', async () => {
    const engine = await createEngine();
    const refused = (call: () => unknown) => {
      try {
        call();
      } catch {}
    };
    const round = () => {
      engine.dot(a, b),
        engine.norm(a),
        engine.cosine(a, b),
        engine.normalize(a),
        engine.matvec(m, a.subarray(0, 8)),
        engine.matmul(m, m),
        engine.softmax(a);
      engine.topK(a, 5),
        engine.random.normal(64, { seed: 1 }),
        engine.trace(a, b),
        engine.pair(a, b),
        engine.explainPair('pair/cosine', a, b);
      engine.hold(a).dispose();
      refused(() => engine.dot(a, [1]));
      refused(() => engine.explainPair('pair/nothing', a, b));
    };
    for (let i = 0; i < 100; ++i) round();
    const before = engine.memory();
    for (let i = 0; i < 10_000; ++i) round();
    expect(engine.memory()).toEqual(before);
  }, 60_000);

  test('nor do 1,000 through the worker', async () => {
    const { lab } = held;
    const round = () =>
      Promise.all([
        lab.dot(a, b),
        lab.norm(a),
        lab.cosine(a, b),
        lab.normalize(a),
        lab.matvec(m, b.slice(0, 8)),
        lab.matmul(m, m),
        lab.softmax(a),
        lab.topK(a, 5),
        lab.random.normal(64, { seed: 1 }),
        lab.trace(a, b),
        lab.pair(a, b),
        lab.explainPair('pair/cosine', a, b),
        lab.dot(a, [1]).catch(() => {}),
        lab.explainPair('pair/nothing', a, b).catch(() => {}),
      ]);
    for (let i = 0; i < 50; ++i) await round();
    const before = await lab.memory();
    for (let i = 0; i < 1000; ++i) await round();
    const after = await lab.memory();
    expect(after.heapBytes).toBe(before.heapBytes);
    expect(after.usedBytes).toBeLessThanOrEqual(before.usedBytes + 4096);
  }, 60_000);

  test('1,000 vectors opened and closed leave it as it was', async () => {
    const { lab } = held;
    const open = async () => {
      const vectors = await lab.vectorsFrom(toyWords, toyRows);
      await vectors.nearest('king', { count: 2 });
      await vectors.dispose();
    };
    for (let i = 0; i < 20; ++i) await open();
    const before = await lab.memory();
    for (let i = 0; i < 1000; ++i) await open();
    const after = await lab.memory();
    expect(after.heapBytes).toBe(before.heapBytes);
    expect(after.usedBytes).toBeLessThanOrEqual(before.usedBytes + 4096);
  }, 60_000);

  test('the shipped vectors opened and closed 20 times leave it as it was', async () => {
    const { lab } = held;
    const cycle = async () => (await lab.vectors('words')).dispose();
    for (let i = 0; i < 2; ++i) await cycle();
    const before = await lab.memory();
    for (let i = 0; i < 20; ++i) await cycle();
    const after = await lab.memory();
    expect(after.heapBytes).toBe(before.heapBytes);
    expect(after.usedBytes).toBeLessThanOrEqual(before.usedBytes + 65_536);
  }, 60_000);

  test('labs opened and disposed of one after the other', async () => {
    for (let i = 0; i < 20; ++i) {
      const lab = await loadLab();
      expect(await lab.dot([i], [2])).toBe(2 * i);
      lab.dispose();
    }
  }, 60_000);
});

describe('the race', () => {
  test('is fair: same data, same number, both timed', async () => {
    const seen: [number, number][] = [];
    const result = await held.lab.race({ length: 4096, rounds: 5, seed: 3, onProgress: (done, total) => seen.push([done, total]) });
    expect(seen).toEqual([1, 2, 3, 4, 5].map((done) => [done, 5]));
    expect(result).toMatchObject({
      length: 4096,
      binary: held.lab.binary,
      scalar: { name: 'plain JavaScript', rounds: 5 },
      simd: { rounds: 5 },
    });
    expect(result.scalar.checksum).toBeCloseTo(result.simd.checksum, 2);
    const values = await held.lab.random.normal(8192, { seed: 3 });
    expect(result.simd.checksum).toBe(await held.lab.dot(values.slice(0, 4096), values.slice(4096)));
    for (const { lowNs, medianNs, highNs } of [result.scalar, result.simd]) {
      expect(lowNs).toBeGreaterThan(0);
      expect(lowNs).toBeLessThanOrEqual(medianNs);
      expect(medianNs).toBeLessThanOrEqual(highNs);
    }
    expect(result.ratio).toBeCloseTo(result.scalar.medianNs / result.simd.medianNs, 9);
    expect(result.ratio).toBeGreaterThan(1);
  });

  test('works for vectors of one number, and can be stopped', async () => {
    expect((await held.lab.race({ length: 1, rounds: 3 })).length).toBe(1);
    const controller = new AbortController();
    const { usedBytes } = await held.lab.memory();
    const race = held.lab.race({
      length: 100_000,
      rounds: 1000,
      signal: controller.signal,
      onProgress: (done) => done === 2 && controller.abort(),
    });
    expect((await refusal(race)).code).toBe('aborted');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await held.lab.memory()).usedBytes).toBeLessThanOrEqual(usedBytes + 4096);
  });
});
