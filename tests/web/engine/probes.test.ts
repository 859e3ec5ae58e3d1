// Probes through the public interface, on tiny random models: what they find means nothing there, but that they find what is in the states can
// be held against plain loops.
import { beforeAll, describe, expect, test } from 'vitest';
import type { ProbeTask, Transformer, WordPlace, WordStates } from '../../../web/engine/index.ts';
import { short, spelt, texts, thirds, words } from './probe_case.ts';
import { refusal } from './support.ts';
import { sharedTiny } from './tiny_models.ts';

const shared = sharedTiny();
let states: WordStates;
beforeAll(async () => {
  states = await shared.lab.wordStates(shared.writer, { texts, words });
});

describe('states of words', () => {
  test('are those of a run at the last token of each word, at every layer', async () => {
    expect([states.model, states.count, states.texts, states.layers, states.width]).toEqual(['writer', 360, 60, 2, 12]);
    for (const layer of [0, 1, 2]) {
      const rows = await states.rows(layer);
      for (const n of [0, 7, 101, 359]) {
        const { text, end } = words[n] as WordPlace;
        const run = await shared.writer.run(texts[text] as string);
        const place = states.places[n] as number;
        expect(run.tokens[place]?.end).toBe(end);
        expect(run.tokens.filter((token) => token.end > (words[n] as WordPlace).start && token.start < end)).toHaveLength(
          states.pieces[n] as number,
        );
        const hidden = await run.hidden(layer);
        expect(rows.data.slice(n * 12, n * 12 + 12)).toEqual(hidden.data.slice(place * 12, place * 12 + 12));
        await run.dispose();
      }
    }
  });

  test('a word in pieces, words that share a token, curly quotes and white space around a word', async () => {
    const text = '“Don’t zzqx” the  dog';
    const at = (word: string, from = text.indexOf(word)) => ({ text: 0, start: from, end: from + word.length });
    const some = await shared.lab.wordStates(shared.reader, {
      texts: [text],
      words: [at('Do'), at('n’t'), at('zzqx'), at('the'), at(' dog'), at('“')],
    });
    const tokens = await shared.reader.tokens(text);
    expect([...some.pieces].every((count) => count > 0)).toBe(true);
    expect(some.pieces[2]).toBeGreaterThan(1);
    expect(tokens[some.places[2] as number]?.end).toBe(text.indexOf('zzqx') + 4);
    expect(tokens[some.places[4] as number]?.end).toBe(text.length);
    expect(tokens[some.places[0] as number]?.start).toBeLessThan(text.indexOf('Do') + 2);
    await some.dispose();
    expect((await refusal(some.rows(0))).code).toBe('disposed');
  });

  test('tell how far they are, and can be stopped', async () => {
    const told: [number, number][] = [];
    const again = await shared.lab.wordStates(shared.writer, { texts, words }, { onProgress: (done, total) => told.push([done, total]) });
    expect(told.at(-1)).toEqual([60, 60]);
    expect(told.length).toBeGreaterThan(3);
    await again.dispose();
    const stop = new AbortController();
    const stopped = shared.lab.wordStates(shared.writer, { texts, words }, { signal: stop.signal, onProgress: () => stop.abort() });
    expect((await refusal(stopped)).code).toBe('aborted');
  });

  test.each([
    ['no texts', {}, 'bad-option'],
    ['a text that is none', { texts: [3], words: [] }, 'bad-option'],
    ['no words', { texts: ['a'], words: [] }, 'empty-vector'],
    ['words that are no list', { texts: ['a'], words: 'a' }, 'bad-option'],
    ['a word of no text', { texts: ['a'], words: [{ text: 1, start: 0, end: 1 }] }, 'out-of-range'],
    ['a word beyond its text', { texts: ['a'], words: [{ text: 0, start: 0, end: 2 }] }, 'out-of-range'],
    ['an empty word', { texts: ['ab'], words: [{ text: 0, start: 1, end: 1 }] }, 'out-of-range'],
    ['white space', { texts: ['a b'], words: [{ text: 0, start: 1, end: 2 }] }, 'bad-word'],
    [
      'words out of order',
      {
        texts: ['a', 'b'],
        words: [
          { text: 1, start: 0, end: 1 },
          { text: 0, start: 0, end: 1 },
        ],
      },
      'out-of-range',
    ],
    ['a word without a place', { texts: ['a'], words: [null] }, 'out-of-range'],
    ['a text that is too long', { texts: ['a', 'x '.repeat(40)], words: [{ text: 0, start: 0, end: 1 }] }, 'too-long'],
  ])('refuse %s', async (_, input, code) => {
    const error = await refusal(shared.lab.wordStates(shared.writer, input as never));
    expect(error.code).toBe(code);
    expect(error.message.length).toBeGreaterThan(20);
    if (code === 'too-long') expect(error.detail).toBe('1');
  });

  test.each([
    '',
    ' ',
    '\n\n',
    '.',
    '?!?!',
    '😀',
    '👩‍👩‍👧',
    'é',
    'e\u0301',
    '中文',
    'שלום',
    '\u0000',
    '\ud800',
    '[blank]',
    'a\u200bb',
    '“”',
    '…',
    'ﬁ',
    'x'.repeat(20),
  ])('of an odd text (%j) are finite, or there is a plain reason', async (text) => {
    const word = { text: 1, start: 0, end: text.length };
    const asked = shared.lab.wordStates(shared.reader, {
      texts: ['the', text],
      words: [{ text: 0, start: 0, end: 3 }, ...(text === '' ? [] : [word])],
    });
    const error = await asked.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error) return expect((error as { code?: string }).code).toBe('bad-word');
    const odd = await asked;
    for (const layer of [0, 1, 2]) expect((await odd.rows(layer)).data.every(Number.isFinite)).toBe(true);
    await odd.dispose();
  });

  test('refuse a model that is none', async () => {
    expect((await refusal(shared.lab.wordStates({} as Transformer, { texts, words }))).code).toBe('bad-option');
  });
});

describe('a probe', () => {
  test('reads off the embedding what stands in it, on words of texts that it never saw', async () => {
    const probe = await states.probe(0, short);
    expect(probe.score.accuracy).toBeGreaterThan(0.95);
    expect(probe.score.count).toBe([...probe.parts].filter((part) => part === 1).length);
    expect(probe.score.correct).toBe(probe.answers.filter((answer, n) => probe.parts[n] === 1 && answer === short.labels[n]).length);
    expect([...probe.score.confusion].reduce((a, b) => a + b)).toBe(probe.score.count);
    const held = new Set(words.filter((_, n) => probe.parts[n] === 1).map(({ text }) => text));
    expect(held.size).toBe(15); // a quarter of 60
    for (const [n, { text }] of words.entries()) expect(probe.parts[n]).toBe(held.has(text) ? 1 : 0);
    const { data } = await states.rows(0);
    for (const n of [3, 40, 200]) {
      const scores = [0, 1].map((k) =>
        data
          .slice(n * 12, n * 12 + 12)
          .reduce((sum, x, i) => sum + x * (probe.weights.data[k * 12 + i] as number), probe.biases[k] as number),
      ) as [number, number];
      expect(probe.answers[n]).toBe(scores[1] > scores[0] ? 1 : 0);
    }
    await probe.dispose();
    expect((await refusal(probe.read(await shared.writer.run('the dog')))).code).toBe('disposed');
  });

  test('words that are no part of the task are answered too, and not counted', async () => {
    const probe = await states.probe(1, thirds);
    expect([...probe.parts].filter((part) => part === 2)).toHaveLength(180);
    expect(probe.answers).toHaveLength(360);
    expect(probe.difference).toBeNull();
    await probe.dispose();
  });

  test('of the same seed is the same to the last bit, and another seed divides otherwise', async () => {
    const [a, b, c] = await Promise.all([states.probe(2, short), states.probe(2, short, { seed: 1 }), states.probe(2, short, { seed: 2 })]);
    expect(a.weights.data).toEqual(b.weights.data);
    expect(a.parts).not.toEqual(c.parts);
    const other = await shared.lab.wordStates(shared.reader, { texts, words });
    expect((await other.probe(1, short)).parts).toEqual(a.parts); // in other layers and models alike
  });

  test('trains on all words where nothing is held out, and on those that it is told', async () => {
    const all = await states.probe(0, short, { heldOut: 0 });
    expect(all.score.count).toBe(0);
    expect(all.score.accuracy).toBeNaN();
    const flags = texts.map((_, s) => (s < 10 ? 1 : 0));
    const told = await states.probe(0, short, { heldOut: flags });
    for (const [n, { text }] of words.entries()) expect(told.parts[n]).toBe(text < 10 ? 1 : 0);
    const together = { ...short, groups: texts.map((_, s) => Math.floor(s / 2)) };
    const grouped = await states.probe(0, together);
    for (const [n, { text }] of words.entries())
      for (const [m, other] of words.entries()) if (text >> 1 === other.text >> 1) expect(grouped.parts[n]).toBe(grouped.parts[m]);
  });

  test('reads a sentence token by token, and every score unfolds into the run', async () => {
    const probe = await states.probe(2, short);
    const run = await shared.writer.run('the dog came home');
    const reading = await probe.read(run);
    expect([reading.scores.rows, reading.scores.columns]).toEqual([run.tokens.length, 2]);
    const score = (t: number, k: number) => reading.scores.data[2 * t + k] as number;
    const explained = await reading.explain('probe/score[2,1]');
    expect(explained.result).toBe(score(2, 1));
    expect(explained.terms.map(({ address }) => address)).toEqual(['probe/dot[2,1]', 'probe/bias[1]']);
    const product = await reading.explain('probe/dot[2,1]');
    expect(product.operands.map(({ address }) => address)).toEqual(['probe/weight[1]', 'transformer/L2/out[2]']);
    expect(product.check.difference).toBeLessThanOrEqual(product.check.bound);
    expect((await reading.explain('transformer/L2/out[2,5]')).result).toBe(product.operands[1]?.values[5]);
    expect((await reading.explain('probe/margin[2]')).result).toBe(reading.margins?.[2]);
    expect(reading.margins?.[2]).toBeCloseTo(score(2, 1) - score(2, 0), 4);
    const probability = reading.probabilities.data[5] as number;
    expect(probability).toBeCloseTo(1 / (1 + Math.exp(score(2, 0) - score(2, 1))), 5);
    expect((await reading.explain('probe/probability[2,1]')).result).toBe(probability);
    const error = await refusal(reading.explain('probe/nothing'));
    expect([error.code, error.detail]).toEqual(['unknown-address', 'probe/score[0,0]']);
    expect((await refusal(probe.read(await shared.reader.run('the dog')))).code).toBe('bad-option');
    expect((await refusal(probe.read({} as never))).code).toBe('bad-option');
  });

  test.each([
    ['no task', undefined, {}, 'bad-option'],
    ['one class', { classes: ['a'], labels: [] }, {}, 'out-of-range'],
    ['a class twice', { classes: ['a', 'a'], labels: [] }, {}, 'bad-word'],
    ['too few labels', { classes: ['a', 'b'], labels: [0, 1] }, {}, 'length-mismatch'],
    ['a label that is no class', { ...short, labels: spelt.map(() => 2) }, {}, 'out-of-range'],
    ['labels that are no numbers', { ...short, labels: 'x' }, {}, 'not-numbers'],
    ['one class alone', { ...short, labels: spelt.map(() => 1) }, {}, 'too-few'],
    ['one word of a class', { ...short, labels: spelt.map((_, n) => (n === 9 ? 1 : 0)) }, {}, 'too-few'],
    ['no word at all', { ...short, labels: spelt.map(() => -1) }, {}, 'too-few'],
    ['all words in one text', { ...short, labels: spelt.map((_, n) => (n < 6 ? n % 2 : -1)) }, {}, 'too-few'],
    ['too few groups', { ...short, groups: [1] }, {}, 'length-mismatch'],
    ['a share of one', short, { heldOut: 1 }, 'out-of-range'],
    ['nothing held out of a list', short, { heldOut: texts.map(() => 0) }, 'too-few'],
    ['all held out', short, { heldOut: texts.map(() => 1) }, 'too-few'],
    ['a seed that is none', short, { seed: -1 }, 'out-of-range'],
    ['a decay below 0', short, { decay: -1 }, 'out-of-range'],
  ])('refuses %s', async (_, task, options, code) => {
    const error = await refusal(states.probe(1, task as ProbeTask, options));
    expect(error.code).toBe(code);
    expect(error.message.length).toBeGreaterThan(20);
  });

  test('refuses layers that are not there', async () => {
    for (const layer of [-1, 3, 1.5, Number.NaN]) expect((await refusal(states.probe(layer, short))).code).toBe('out-of-range');
    expect((await refusal(states.fit(9, short))).code).toBe('out-of-range');
  });
});
