// Transformers through the public interface: what they refuse, and what they leave in the engine.
import { describe, expect, test } from 'vitest';
import { loadLab } from '../../../web/engine/index.ts';
import { refusal } from './support.ts';
import { openTiny, root, sharedTiny, tiny } from './tiny_models.ts';

const shared = sharedTiny();

describe('what cannot be done is refused', () => {
  const cases: [string, string, () => Promise<unknown>][] = [
    ['no such model', 'unknown-name', () => shared.lab.transformer('painter' as never)],
    ['no text', 'bad-option', () => shared.writer.tokens(5 as never)],
    ['no input', 'bad-option', () => shared.writer.run(null as never)],
    ['a token that is not there', 'out-of-range', () => shared.writer.run([0, 5000])],
    ['a token that is no number', 'out-of-range', () => shared.writer.run([0, 'a'] as never)],
    ['half a token', 'out-of-range', () => shared.writer.run([0, 1.5])],
    ['too many tokens', 'too-long', () => shared.writer.run(new Array(25).fill(97))],
    ['too long a text', 'too-long', () => shared.writer.run('qwertyuiopasdfghjklzxcvb')],
    ['no such layer to ablate', 'out-of-range', () => shared.writer.run('The', { ablate: [{ layer: 3, head: 1 }] })],
    ['no such head to ablate', 'out-of-range', () => shared.writer.run('The', { ablate: [{ layer: 1, head: 0 }] })],
    ['no list of heads', 'bad-option', () => shared.writer.run('The', { ablate: { layer: 1, head: 1 } as never })],
    ['a patch of no place', 'out-of-range', () => shared.writer.run('', { patch: [{ layer: 0, place: 1, state: Array(12).fill(0) }] })],
    ['a patch of no layer', 'out-of-range', () => shared.writer.run('', { patch: [{ layer: 3, place: 0, state: Array(12).fill(0) }] })],
    ['a patch of another width', 'length-mismatch', () => shared.writer.run('', { patch: [{ layer: 0, place: 0, state: [1, 2] }] })],
    [
      'a patch that is not finite',
      'not-finite',
      () => shared.writer.run('', { patch: [{ layer: 0, place: 0, state: Array(12).fill(Number.NaN) }] }),
    ],
    ['a token number beyond', 'out-of-range', () => shared.writer.token(5000)],
    ['to continue what fills blanks', 'not-causal', () => shared.reader.generate('the [blank]')],
    ['no count', 'out-of-range', () => shared.writer.generate('The', { count: 0 })],
    ['a negative temperature', 'out-of-range', () => shared.writer.generate('The', { temperature: -1 })],
    ['no seed', 'out-of-range', () => shared.writer.generate('The', { seed: 0.5 })],
    ['a callback that is none', 'bad-option', () => shared.writer.generate('The', { onToken: 3 as never })],
    ['guesses of no place', 'out-of-range', async () => (await shared.writer.run('')).guesses(1)],
    ['guesses without temperature', 'out-of-range', async () => (await shared.writer.run('')).guesses(0, { temperature: 0 })],
    ['no such head', 'out-of-range', async () => (await shared.writer.run('')).attention(1, 4)],
    ['no such layer', 'out-of-range', async () => (await shared.writer.run('')).hidden(3)],
    ['no such part', 'bad-option', async () => (await shared.writer.run('')).head(1, 1, 'keys' as never)],
  ];
  test.each(cases)('%s: %s', async (_, code, call) => {
    const error = await refusal(call());
    expect([error.code, error.message.length > 20]).toEqual([code, true]);
  });

  test('a file that is missing, or another one', async () => {
    const without = await loadLab({ files: { writer: `file://${root}/tests/none.safetensors`, reader: tiny('reader').slice(0, 500) } });
    expect((await refusal(without.transformer('writer'))).code).toBe('no-file');
    expect((await refusal(without.transformer('reader'))).code).toBe('bad-file');
    without.dispose();
  });
});

describe('what lies in the engine', () => {
  test('1,000 runs opened and closed leave the memory as it was', async () => {
    const round = async () => {
      const run = await shared.writer.run('The dog ran to the tree', { ablate: [{ layer: 1, head: 1 }] });
      await run.guesses(2, { count: 3 });
      await run.explain('transformer/L2/H1/score[2,1]');
      await run.dispose();
      await shared.writer.run([0, 9999]).catch(() => {});
    };
    for (let i = 0; i < 20; ++i) await round();
    const before = await shared.lab.memory();
    for (let i = 0; i < 1000; ++i) await round();
    const after = await shared.lab.memory();
    expect(after.heapBytes).toBe(before.heapBytes);
    expect(after.usedBytes).toBeLessThanOrEqual(before.usedBytes + 4096);
  }, 120_000);

  test('nor do models, and texts that were stopped', async () => {
    const other = await openTiny();
    const round = async () => {
      const model = await other.transformer('writer');
      const stop = new AbortController();
      await Promise.all([
        model.generate('The', { count: 5 }),
        model.generate('The', { count: 20, signal: stop.signal, onToken: () => stop.abort() }).catch(() => {}),
      ]);
      await model.dispose();
    };
    for (let i = 0; i < 5; ++i) await round();
    const before = await other.memory();
    for (let i = 0; i < 50; ++i) await round();
    const after = await other.memory();
    expect(after.heapBytes).toBe(before.heapBytes);
    expect(after.usedBytes).toBeLessThanOrEqual(before.usedBytes + 16_384);
    other.dispose();
  }, 60_000);

  test('a run outlives its model, not its own end', async () => {
    const other = await openTiny();
    const model = await other.transformer('writer');
    const run = await model.run('The dog');
    await model.dispose();
    await model.dispose();
    expect((await refusal(model.run('The'))).code).toBe('disposed');
    expect((await refusal(model.token(3))).code).toBe('disposed');
    expect((await run.guesses(1, { count: 1 }))[0]?.probability).toBeGreaterThan(0);
    await run.dispose();
    await run.dispose();
    expect((await refusal(run.logits())).code).toBe('disposed');
    const again = await other.transformer('writer');
    expect(again).not.toBe(model);
    expect((await again.run('The')).tokens[0]?.id).toBe(0);
    other.dispose();
  });

  test('a worker that died takes runs with it; the model is loaded again', async () => {
    const other = await openTiny();
    const model = await other.transformer('writer');
    const run = await model.run('The dog');
    other.client.kill();
    const [one, two] = await Promise.all([model.run('The dog'), model.generate('The', { count: 2, temperature: 0 })]);
    expect((await refusal(run.logits())).code).toBe('disposed');
    expect((await one.guesses(0)).length).toBe(10);
    expect(two.tokens.length).toBeGreaterThan(0);
    expect(await other.transformer('writer')).toBe(model);
    other.dispose();
  });
});
