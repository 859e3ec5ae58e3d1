// Transformers through the public interface, on tiny random models with a real tokenizer (tests/engine/support/tiny_transformer.h).
import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Explanation, loadLab, type Matrix, type TextToken, type TransformerRun } from '../../../web/engine/index.ts';
import { dotOf, refusal, uniforms } from './support.ts';
import { root, sharedTiny } from './tiny_models.ts';

const shared = sharedTiny();

const row = ({ data, columns }: Matrix, r: number) => data.slice(r * columns, (r + 1) * columns);
const column = ({ data, columns }: Matrix, c: number) => data.filter((_, i) => i % columns === c);
const softmax = (x: Float32Array, temperature = 1) => {
  const most = Math.max(...x);
  const all = Array.from(x, (one) => Math.exp((one - most) / temperature));
  const sum = all.reduce((a, b) => a + b);
  return all.map((one) => one / sum);
};

test('a model says what it is, and is opened once for all who ask', async () => {
  expect([
    shared.writer.name,
    shared.writer.layers,
    shared.writer.heads,
    shared.writer.width,
    shared.writer.hidden,
    shared.writer.context,
  ]).toEqual(['writer', 2, 3, 12, 20, 24]);
  expect([shared.writer.causal, shared.reader.causal]).toEqual([true, false]);
  expect(shared.writer.vocabulary).toBeGreaterThan(256);
  expect(shared.writer.figures).toEqual({ bitsPerByte: 1.5 });
  expect(await shared.lab.transformer('writer')).toBe(shared.writer);
});

describe('tokens', () => {
  test('are parts of the text, the beginning first', async () => {
    const text = 'The dog ran to the tree.';
    const [first, ...rest] = await shared.writer.tokens(text);
    expect(first).toEqual({ id: 0, text: '␂', start: 0, end: 0 });
    expect(rest.map((token) => token.text).join('')).toBe(text);
    expect(rest.map(({ start, end }) => text.slice(start, end))).toEqual(rest.map((token) => token.text));
    expect(rest.length).toBeLessThan(16);
    expect(await shared.writer.tokens('')).toEqual([first]);
    for (const { id, text: name } of rest) expect(await shared.writer.token(id)).toBe(name);
  });

  test('point into what was typed, however it is folded', async () => {
    const text = '“the café” — [blank] 😀';
    const tokens = await shared.reader.tokens(text);
    const cover = new Map(tokens.slice(1).map(({ start, end }) => [start, text.slice(start, end)]));
    expect([...cover.values()].join('')).toBe(text);
    expect(tokens.filter(({ id }) => id === 1)).toEqual([{ id: 1, text: '[blank]', start: 13, end: 20 }]);
    const grin = tokens.filter(({ text: one }) => one.startsWith('‹'));
    expect(grin.map(({ text: one }) => one)).toEqual(['‹f0›', '‹9f›', '‹98›', '‹80›']);
    expect(new Set(grin.map(({ start, end }) => text.slice(start, end)))).toEqual(new Set(['😀']));
  });

  test('that are too many are refused, and the error says how much fits', async () => {
    const next = uniforms(2);
    for (let round = 0; round < 30; ++round) {
      const words = ['The dog', ' ran', ' to', ' the tree', ', ', '“', 'é', '😀', ' zebra', "don't ", ' — '];
      const text = Array.from({ length: 60 }, () => words[Math.floor(((next() + 1) / 2) * words.length)]).join('');
      const error = await refusal(shared.writer.tokens(text));
      expect(error.code).toBe('too-long');
      const fits = Number(error.detail);
      expect(error.message).toContain(`Its first ${fits} characters fit`);
      expect((await shared.writer.tokens(text.slice(0, fits))).length).toBeLessThanOrEqual(24);
      expect(fits).toBeGreaterThan(8);
    }
  });
});

describe('a run', () => {
  let run: TransformerRun;
  const T = 8;
  beforeAll(async () => {
    const tokens = (await shared.writer.tokens('The dog ran to the tree, and the cat sat.')).slice(0, T);
    run = await shared.writer.run(tokens);
  });

  test('has logits, and guesses are the largest of them with their share', async () => {
    const logits = await run.logits();
    expect([logits.rows, logits.columns]).toEqual([T, shared.writer.vocabulary]);
    for (const temperature of [1, 0.5]) {
      const guesses = await run.guesses(3, { count: 4, temperature });
      const scores = row(logits, 3);
      const shares = softmax(scores, temperature);
      const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
      expect(guesses.map(({ id }) => id)).toEqual(order.slice(0, 4));
      for (const { id, text, logit, probability } of guesses) {
        expect(logit).toBe(scores[id]);
        expect(probability).toBeCloseTo(shares[id] as number, 5);
        expect(text).toBe(await shared.writer.token(id));
      }
    }
    expect(await run.guesses(0)).toHaveLength(10);
  });

  test('has heads whose parts fit together', async () => {
    const all = await run.allAttention();
    expect(all.map((heads) => heads.length)).toEqual([3, 3]);
    const { weights, scores, dots } = await run.attention(2, 3);
    expect([...weights.data]).toEqual([...(all.flat()[5] as Matrix).data]);
    const [query, key, value, mix] = (await Promise.all(
      (['query', 'key', 'value', 'mix'] as const).map((part) => run.head(2, 3, part)),
    )) as [Matrix, Matrix, Matrix, Matrix];
    expect([mix.rows, mix.columns]).toEqual([T, 4]);
    for (let t = 0; t < T; ++t) {
      expect(row(weights, t).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      const shares = softmax(row(scores, t).slice(0, t + 1));
      for (let s = 0; s < T; ++s) {
        expect(weights.data[t * T + s]).toBeCloseTo(s <= t ? (shares[s] as number) : 0, 5);
        expect(scores.data[t * T + s]).toBe(Math.fround((dots.data[t * T + s] as number) / 2));
        expect(dots.data[t * T + s]).toBeCloseTo(dotOf(row(query, t), row(key, s)).value, 4);
      }
      for (let i = 0; i < 4; ++i) expect(mix.data[t * 4 + i]).toBeCloseTo(dotOf(row(weights, t), column(value, i)).value, 4);
    }
    const both = await shared.reader.run([0, 97, 98]);
    const { weights: seen } = await both.attention(1, 1);
    expect(Math.min(...seen.data)).toBeGreaterThan(0);
  });

  test('tells how little each token was foreseen', async () => {
    const [bits, logits] = [await run.surprise(), await run.logits()];
    expect(bits[0]).toBe(0);
    for (let t = 1; t < T; ++t)
      expect(bits[t]).toBeCloseTo(-Math.log2(softmax(row(logits, t - 1))[(run.tokens[t] as TextToken).id] as number), 4);
    expect((await refusal((await shared.reader.run('the [blank]')).surprise())).code).toBe('not-causal');
  });

  test('counts its arithmetic, nearly all of it in dot products', async () => {
    const { dot, other } = await run.operations();
    const [D, F, V, pairs] = [12, 20, shared.writer.vocabulary, (T * (T + 1)) / 2];
    expect(dot).toBe(2 * (T * 4 * D * D + 2 * pairs * D + 2 * T * D * F + 2 * T * D) + T * D + T * D * V);
    expect(other).toBeGreaterThan(0);
    expect(other).toBeLessThan(dot);
  });

  test('takes text, tokens and numbers alike', async () => {
    const text = 'The cat sat';
    const tokens = await shared.writer.tokens(text);
    const ids = tokens.map(({ id }) => id);
    const runs = await Promise.all([
      shared.writer.run(text),
      shared.writer.run(tokens),
      shared.writer.run(ids),
      shared.writer.run(Uint16Array.from(ids)),
    ]);
    const logits = await Promise.all(runs.map((one) => one.logits()));
    for (const [i, one] of runs.entries()) {
      expect(one.tokens).toEqual(tokens);
      expect([...(logits[i] as Matrix).data]).toEqual([...(logits[0] as Matrix).data]);
    }
    expect((await shared.writer.run([])).tokens).toEqual([{ id: 0, text: '␂', start: 0, end: 0 }]);
    expect((await shared.writer.run('')).tokens).toHaveLength(1);
    const typed = await shared.writer.tokens('“The” dog');
    expect((await shared.writer.run(typed)).tokens).toEqual(typed);
  });

  test('without a head, and with another state', async () => {
    const plain = await run.logits();
    const less = await shared.writer.run(run.tokens, { ablate: [{ layer: 2, head: 1 }] });
    expect([...(await less.head(2, 1, 'mix')).data].every((one) => one === 0)).toBe(true);
    expect([...(await less.head(2, 2, 'mix')).data]).toEqual([...(await run.head(2, 2, 'mix')).data]);
    expect([...(await less.logits()).data]).not.toEqual([...plain.data]);

    const other = await shared.writer.run([0, ...run.tokens.slice(1).map(() => 100)]);
    const state = row(await other.hidden(2), T - 1);
    const patched = await shared.writer.run(run.tokens, { patch: [{ layer: 2, place: T - 1, state }] });
    expect([...row(await patched.hidden(2), T - 1)]).toEqual([...state]);
    expect([...row(await patched.logits(), T - 1)]).toEqual([...row(await other.logits(), T - 1)]);
    expect([...row(await patched.logits(), 0)]).toEqual([...row(plain, 0)]);
    const first = await shared.writer.run(run.tokens, { patch: [{ layer: 0, place: 1, state: [...state] }] });
    expect([...row(await first.hidden(0), 1)]).toEqual([...state]);
    expect((await first.explain('transformer/x[1,2]')).result).toBe(state[2]);
    for (const one of [less, other, patched, first]) await one.dispose();
  });
});

describe('explanations', () => {
  /** Everything in an explanation that has an address, with its value. */
  const parts = ({ operands, terms }: Explanation) => [
    ...operands.flatMap(({ address, values }) => (address ? [...values].map((value, i) => ({ address: `${address}[${i}]`, value })) : [])),
    ...terms.filter(({ address }) => address).map(({ address, value }) => ({ address, value })),
  ];

  test('of 50 numbers go down to tokens, positions and weights, each checked', async () => {
    const next = uniforms(11);
    const any = (n: number) => Math.floor(((next() + 1) / 2) * n);
    const runs = [
      await shared.writer.run('The dog ran to the cat', {
        ablate: [{ layer: 1, head: 2 }],
        patch: [{ layer: 1, place: 2, state: Array(12).fill(0.5) }],
      }),
      await shared.reader.run('the [blank] sat'),
    ];
    const families = [
      ...['logit', 'probability'].map((name) => () => `${name}[${any(3)},${any(shared.writer.vocabulary)}]`),
      ...['norm', 'x'].map((name) => () => `${name}[${any(3)},${any(12)}]`),
      ...['norm1', 'attended', 'middle', 'norm2', 'fed', 'out'].map((name) => () => `L${1 + any(2)}/${name}[${any(3)},${any(12)}]`),
      ...['hidden', 'active'].map((name) => () => `L${1 + any(2)}/${name}[${any(3)},${any(20)}]`),
      ...['dot', 'score', 'weight'].map((name) => () => `L${1 + any(2)}/H${1 + any(3)}/${name}[2,${any(3)}]`),
      ...['query', 'key', 'value', 'mix', 'part'].map((name) => () => `L${1 + any(2)}/H${1 + any(3)}/${name}[${any(3)},${any(4)}]`),
    ];
    const ends = new Set<string>();
    for (let i = 0; i < 50; ++i) {
      const run = runs[i % 2] as TransformerRun;
      const asked = `transformer/${(families[i % families.length] as () => string)()}`;
      let step = await run.explain(asked);
      for (let depth = 0; ; ++depth) {
        expect(depth, asked).toBeLessThan(100);
        expect(step.check.difference, step.address).toBeLessThanOrEqual(step.check.bound);
        const below = parts(step);
        if (below.length === 0) break;
        const { address, value } = below[any(below.length)] as { address: string; value: number };
        step = await run.explain(address);
        expect(step.result, address).toBe(value);
      }
      ends.add(step.kind);
      if (step.kind === 'weight') expect(step.address).toMatch(/tokens|positions|gain|weights|output|up|down/);
    }
    expect(ends).toContain('weight');
  });

  test('name tokens as people read them, and refuse what is not there', async () => {
    const run = await shared.writer.run('The dog');
    expect((await run.explain('transformer/tokens[0,1]')).label).toContain('␂');
    for (const address of ['transformer/logit[9,0]', 'transformer/L3/out[0,0]', 'words/norm[king]', ''])
      expect((await refusal(run.explain(address))).code).toBe('unknown-address');
  });
});

describe('a text is continued', () => {
  test('the same by the same seed, token by token as it comes', async () => {
    const come: TextToken[] = [];
    const options = { count: 12, temperature: 1, seed: 7 };
    const one = await shared.writer.generate('The dog', { ...options, onToken: (token) => come.push(token) });
    expect(await shared.writer.generate('The dog', options)).toEqual(one);
    expect((await shared.writer.generate('The dog', { ...options, seed: 8 })).text).not.toBe(one.text);
    expect(come.map(({ id }) => id)).toEqual(one.tokens.map(({ id }) => id));
    expect(one.tokens.length).toBeGreaterThan(0);
    expect(one.tokens.every(({ start, end }) => start >= 7 && end <= 7 + one.text.length && end > start)).toBe(true);
  });

  test('by the likeliest token without temperature, as whole runs give it', async () => {
    const { tokens } = await shared.writer.generate('The', { count: 6, temperature: 0 });
    const ids = (await shared.writer.tokens('The')).map(({ id }) => id);
    for (const { id } of tokens) {
      const run = await shared.writer.run(ids);
      expect((await run.guesses(ids.length - 1, { count: 1 }))[0]?.id).toBe(id);
      await run.dispose();
      ids.push(id);
    }
    expect(await shared.writer.generate('The', { count: 6, temperature: 5, topK: 1 })).toMatchObject({ tokens });
  });

  test('up to the end of the context, and not beyond', async () => {
    for (let seed = 1; seed < 12; ++seed) {
      const { tokens } = await shared.writer.generate('', { count: 1000, seed });
      expect(tokens.length).toBeLessThanOrEqual(24);
      expect(tokens.some(({ id }) => id === 0)).toBe(false);
    }
    const full = 'qwertyuiopasdfghjklzxcv'; // 23 letters that nothing joins, and the beginning
    expect(await shared.writer.generate(full)).toEqual({ text: '', tokens: [] });
  });

  test('until it is stopped', async () => {
    const controller = new AbortController();
    controller.abort();
    expect((await refusal(shared.writer.generate('The', { signal: controller.signal }))).code).toBe('aborted');
    const later = new AbortController();
    const text = shared.writer.generate('The', { count: 20, seed: 3, signal: later.signal, onToken: () => later.abort() });
    expect((await refusal(text)).code).toBe('aborted');
    expect(await shared.lab.dot([1], [2])).toBe(2);
  });
});

const shipped = path.join(root, 'lessons/data/writer/writer.safetensors.gz');
test.skipIf(!existsSync(shipped))(
  'the shipped writer continues a sentence in English letters, and its numbers unfold',
  async () => {
    const other = await loadLab();
    const model = await other.transformer('writer');
    const { text } = await model.generate('Once upon a time there was a', { count: 20, seed: 1, temperature: 0.7 });
    expect(text).toMatch(/^[ -~\n]{20,}$/);
    expect(text.match(/\b(the|a|and|to|was|in|of|he|she|it)\b/g)?.length ?? 0).toBeGreaterThan(0);
    const run = await model.run('The sun is in the sky');
    expect((await run.surprise()).slice(2).reduce((sum, bits) => sum + bits, 0)).toBeLessThan(60);
    const { check, result } = await run.explain('transformer/logit[3,300]');
    expect(check.difference).toBeLessThanOrEqual(check.bound);
    expect(result).toBe((await run.logits()).data[3 * model.vocabulary + 300]);
    other.dispose();
  },
  60_000,
);
