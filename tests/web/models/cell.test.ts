import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { type Lab, loadLab } from '../../../web/engine/index.ts';
import { CellModel, type RunEvents } from '../../../web/models/cell.ts';
import { show, withResult } from '../../../web/models/cell_code.ts';
import { type Said, workerTexts } from '../../../web/models/cell_worker.ts';
import { faces } from '../../../web/models/faces.ts';
import { type Ask, Relay } from '../../../web/models/relay.ts';
import { smallLab } from '../lessons/support.ts';

describe('the last value', () => {
  const cases: [string, string | null][] = [
    ['1 + 1', 'return (1 + 1\n);'],
    ['const a = 1;\na + 1;\n', 'const a = 1;\nreturn (a + 1\n);'],
    ['let x = 1', null],
    ['for (const x of [1]) print(x)', null],
    ['function f() { return 1 }', null],
    ['', null],
    ['// nothing', null],
    ['print(1) // one\nx // two', 'print(1) // one\nreturn (x\n);'],
    ['[1]\n  .map(f)\n  .join()', 'return ([1]\n  .map(f)\n  .join()\n);'],
    ['a +\n b', 'return (a +\n b\n);'],
    ['f("a;b\\n")', 'return (f("a;b\\n")\n);'],
    ['if (a) {\n  b\n}', null],
    ['f(x => {\n  y;\n})', 'return (f(x => {\n  y;\n})\n);'],
    ['`a\n${b}\nc`', 'return (`a\n${b}\nc`\n);'],
    ['i++\nj', 'i++\nreturn (j\n);'],
  ];
  it.each(cases)('%j', (code, result) => {
    expect(withResult(code)).toBe(result);
  });
});

describe('values written out', () => {
  it.each([
    [0.1 + 0.2, '0.30000000000000004'],
    [Math.fround(0.3), '0.3'],
    [32, '32'],
    ['x', 'x'],
    [['x', 1], '["x", 1]'],
    [Float32Array.of(0.5, Math.fround(0.1)), '[0.5, 0.1]'],
    [{ a: 1, b: { c: [] } }, '{a: 1, b: {c: []}}'],
    [null, 'null'],
    [new Map([['a', 1]]), 'Map [["a", 1]]'],
    [new TypeError('no'), 'TypeError: no'],
    [Promise.resolve(), 'a promise: put await before the call'],
    [Array(200).fill(0), `[${Array(100).fill(0).join(', ')}, … 200 in all]`],
  ] as [unknown, string][])('%o', (value, text) => {
    expect(show(value)).toBe(text);
  });
});

/** Runs the worker's very text in a thread of Node, whose messages are made to look like a browser's. */
function run(code: string, engine: () => Promise<Lab> = smallLab()): Promise<{ said: (Said | { type: 'refused' })[]; before: number }> {
  const relay = new Relay();
  return new Promise((done) => {
    void engine().then((lab) => {
      const texts = workerTexts(code, relay.open(lab));
      const attempt = (i: number) => {
        const text = texts[i];
        const said: Said[] = [];
        if (!text) return;
        const shim =
          "const { parentPort } = require('node:worker_threads'); globalThis.self = { postMessage: (m) => parentPort.postMessage(m), addEventListener: (t, f) => { if (t === 'message') parentPort.on('message', (data) => f({ data })); } };";
        const worker = new Worker(shim + text.text, { eval: true });
        worker.on('message', (message: Said | Ask) => {
          if (message.type === 'ask') void relay.answer(message, (told) => worker.postMessage(told));
          else said.push(message);
          if (message.type === 'done' || message.type === 'failed') void worker.terminate().then(() => done({ said, before: text.before }));
        });
        worker.on('error', () =>
          i + 1 < texts.length
            ? attempt(i + 1)
            : done({ said: [{ type: 'failed', message: 'does not parse', line: 0 }], before: text.before }),
        );
      };
      attempt(0);
    });
  });
}

describe('the worker', () => {
  it('prints, asks the engine and returns the last value', async () => {
    expect((await run('print("a", [1, 2])\nawait lab.dot([1, 2], [3, 4])')).said).toEqual([
      { type: 'started' },
      { type: 'printed', text: 'a [1, 2]' },
      { type: 'done', text: '11' },
    ]);
  });
  it('carries objects with methods: vectors, pairs, random numbers', async () => {
    const { said } = await run(
      "const w = await lab.vectors('words');\nprint(w.size, (await w.nearest('king', { count: 1 }))[0].word);\nconst p = await lab.pair([1, 2], [3, 4]);\nprint(p.dot, (await p.explain('pair/dot')).label, (await lab.random.normal(2, { seed: 1 })).length);",
    );
    expect(said).toEqual([
      { type: 'started' },
      { type: 'printed', text: '14 prince' },
      { type: 'printed', text: '11 a · b 2' },
      { type: 'done', text: null },
    ]);
  });
  it('calls back while the engine works', async () => {
    const { said } = await run('let n = 0;\nawait lab.race({ length: 8, rounds: 3, onProgress: (done) => { n = done } });\nn');
    expect(said.at(-1)).toEqual({ type: 'done', text: '3' });
  });
  it('names the line that failed, also where the engine refused', async () => {
    expect((await run('const a = 1;\nnull.x')).said.at(-1)).toMatchObject({
      type: 'failed',
      line: 2,
      message: expect.stringContaining('TypeError'),
    });
    expect((await run('1;\n\nawait lab.dot([1], [1, 2]);\n2')).said.at(-1)).toMatchObject({
      type: 'failed',
      line: 3,
      message: expect.stringContaining('LabError: a has 1'),
    });
    expect((await run("throw 'x'")).said.at(-1)).toMatchObject({ type: 'failed', message: 'x' });
  });
  it('falls back on the code as written where the last statement is no expression', async () => {
    expect((await run('label: for (;;) break label')).said.at(-1)).toEqual({ type: 'done', text: null });
  });
  it('stops a flood of lines', async () => {
    const { said } = await run('for (;;) print(1)');
    expect(said).toHaveLength(1002);
    expect(said.at(-1)).toMatchObject({ type: 'failed', message: expect.stringContaining('1000 lines') });
  });
});

describe('the relay', () => {
  it('trains: objects go out, come back as arguments, alone and in options, and parts of an answer are objects too', async () => {
    const lab = await loadLab();
    const { said } = await run(
      `const all = await lab.examples({ rows: { rows: 8, columns: 1, data: [1, 2, 3, 4, -1, -2, -3, -4] }, labels: [0, 0, 0, 0, 1, 1, 1, 1], classes: ['up', 'down'] });
const { train, heldOut } = await all.split({ heldOut: 2, seed: 1 });
const network = await lab.newNetwork({ inputs: 1, classes: all.classes });
const training = await network.train(train, { batch: 2, heldOut });
let told = 0;
await training.run({ steps: 30, onProgress: () => told++ });
const step = await training.step();
print(heldOut.count, (await training.curve()).length, (await step.explain('network/after[1][0][0]')).kind);
(await network.evaluate(heldOut)).accuracy`,
      async () => lab,
    );
    lab.dispose();
    expect(said.map((one) => ('text' in one ? one.text : 'message' in one ? one.message : one.type))).toEqual(['started', '2 11 sum', '1']);
  });
  it('refuses what is not listed', async () => {
    const relay = new Relay();
    relay.open(await smallLab()());
    const told: unknown[] = [];
    for (const method of ['constructor', 'dispose', 'random', '__proto__'])
      await relay.answer({ type: 'ask', id: 1, handle: 0, method, args: [] }, (one) => told.push(one));
    await relay.answer({ type: 'ask', id: 1, handle: 7, method: 'dot', args: [] }, (one) => told.push(one));
    expect(told).toHaveLength(5);
    for (const one of told) expect(one).toMatchObject({ type: 'refused' });
  });
  it('lists every public method of the engine', async () => {
    const { readFileSync } = await import('node:fs');
    const types = ['types', 'learning_types', 'attention_types'].map((name) => readFileSync(`web/engine/${name}.ts`, 'utf8')).join('\n');
    const listed = (name: string) =>
      [...(new RegExp(`export interface ${name} [^]*?\\n}`).exec(types)?.[0] ?? '').matchAll(/^ {2}(\w+)\(/gm)] // two blanks: members of the interface itself, not of `random` inside it
        .map((match) => match[1])
        .filter((method) => method !== 'dispose');
    expect(listed('Lab').length).toBeGreaterThan(10);
    expect(faces.lab.methods).toEqual(expect.arrayContaining(listed('Lab')));
    expect(faces.vectors.methods).toEqual(expect.arrayContaining(listed('Vectors')));
    expect(faces.lab.methods).toEqual(expect.arrayContaining(listed('Learning')));
    expect(listed('AttentionCalls')).toEqual(['attention', 'selfAttention', 'randomDots', 'softmaxRow']);
    expect(faces.lab.methods).toEqual(expect.arrayContaining(listed('AttentionCalls')));
    expect(faces.randomDots.methods).toEqual(expect.arrayContaining(listed('RandomDots')));
    expect(faces.examples.methods).toEqual(expect.arrayContaining(listed('Examples')));
    expect(faces.network.methods).toEqual(expect.arrayContaining(listed('Network')));
    expect(faces.training.methods).toEqual(expect.arrayContaining(listed('Training')));
    expect(listed('Network').length).toBeGreaterThan(5);
  });
});

describe('a cell', () => {
  let events: RunEvents;
  let stopped = 0;
  const cell = () =>
    new CellModel('1 + 1', (_, on) => {
      events = on;
      return () => stopped++;
    });

  it('collects what is printed and says it', () => {
    const model = cell();
    model.run();
    expect([model.running.value, model.spoken.value]).toEqual([true, '']);
    events.printed('a');
    events.done('2');
    expect(model.lines.value).toEqual([
      { kind: 'printed', text: 'a' },
      { kind: 'result', text: '2' },
    ]);
    expect([model.running.value, model.spoken.value]).toEqual([false, 'It printed 2 lines; the last is 2.']);
  });
  it('shows the line of an error', () => {
    const model = cell();
    model.run();
    events.failed('no', 3);
    expect([model.failedLine.value, model.spoken.value]).toEqual([3, 'Line 3: no']);
  });
  it('stops, and starts afresh', () => {
    const model = cell();
    const before = stopped;
    model.run();
    model.stop();
    expect([stopped - before, model.running.value, model.lines.value.at(-1)?.text]).toEqual([1, false, 'Stopped.']);
    model.stop();
    expect(stopped - before).toBe(1);
  });
  it('keeps changed code in the address, unless it is long', () => {
    const model = cell();
    expect(model.to_state()).toBe('');
    model.code.value = 'a; b % 2';
    const other = cell();
    other.from_state(model.to_state());
    expect([other.code.value, other.changed.value]).toEqual(['a; b % 2', true]);
    other.reset();
    expect(other.code.value).toBe('1 + 1');
    model.code.value = 'x'.repeat(5000);
    expect(model.to_state()).toBe('');
  });
});
