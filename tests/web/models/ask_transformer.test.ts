// What the prose asks of the trained transformers, against the public interface asked directly.
import { expect, test } from 'vitest';
import { answerTo, type Question } from '../../../web/models/ask.ts';
import { tendencies } from '../../../web/models/head_scores.ts';
import { sharedLab } from '../engine/support.ts';

const holder = sharedLab();
const text = 'Once upon a time there was a little boy named Tom. One day,';
const ask = async (question: string, more: Partial<Question> = {}) => answerTo({ ask: question, ...more }, async () => holder.lab);
const value = async (question: string, more: Partial<Question> = {}) => (await ask(question, more)).value;

test('sizes and figures are those of the model', async () => {
  const model = await holder.lab.transformer('writer');
  expect(await value('writer/layers')).toBe(model.layers);
  expect(await value('reader/vocabulary')).toBe(4096);
  // tokens, places and the last gains; in each layer four matrices of width × width, two of width × 768, and two rows of gains
  expect(await value('writer/weights')).toBe((4096 + 256 + 1) * 192 + 6 * (4 * 192 * 192 + 2 * 192 * 768 + 2 * 192));
  expect(await value('writer/figure/grammar')).toBe(model.figures.grammar);
  await expect(ask('writer/figure/beauty')).rejects.toThrow(/grammar/);
});

test('a probability, a weight of attention and a guess are those of the run, and unfold', async () => {
  const model = await holder.lab.transformer('writer');
  const run = await model.run(text);
  const last = run.tokens.length - 1;
  const [top, second] = await run.guesses(last, { count: 2 });
  expect(await value('writer/guess', { text })).toBe(top?.text.trim());
  expect(await value('writer/guess', { text, rank: '2' })).toBe(second?.text.trim());
  const probability = await ask(`writer/probability[last,${top?.text.trim()}]`, { text });
  expect(probability.value).toBeCloseTo(top?.probability ?? 0, 5);
  expect(probability.address).toBe(`transformer/probability[${last},${top?.id}]`);
  expect((await probability.source.explain(probability.address)).result).toBe(probability.value);
  const tom = run.tokens.findIndex((token) => token.text === ' Tom');
  const { weights } = await run.attention(6, 3);
  expect(await value('writer/L6/H3/weight[last,Tom]', { text })).toBe(weights.data[last * weights.columns + tom]);
  expect(await value('writer/L6/H3/weight[last,start]', { text })).toBe(weights.data[last * weights.columns]);
  const { dot, other } = await run.operations();
  expect(await value('writer/operations/share', { text })).toBe(dot / (dot + other));
  expect(await value('writer/tokens', { text })).toBe(run.tokens.length);
});

test('an example is asked about by its id', async () => {
  const tom = 'Once upon a time there was a little boy named Tom. He had a small brown dog. One day,';
  expect(await value('writer/probability[last,Tom]', { text: 'tom' })).toBe(await value('writer/probability[last,Tom]', { text: tom }));
  expect(await value('reader/tokens', { text: 'tom' })).toBeLessThan(4);
});

test('heads that are left out are left out', async () => {
  const model = await holder.lab.transformer('writer');
  const off = [
    { layer: 6, head: 3 },
    { layer: 6, head: 6 },
  ];
  const run = await model.run(text, { ablate: off });
  const [top] = await run.guesses(run.tokens.length - 1, { count: 1 });
  const question = `writer/probability[last,${top?.text.trim()}]`;
  expect(await value(question, { text, without: 'L6/H3,L6/H6' })).toBeCloseTo(top?.probability ?? 0, 5);
  expect(await value(question, { text, without: 'L6/H3,L6/H6' })).not.toBe(await value(question, { text }));
  await expect(ask(question, { text, without: 'head 3' })).rejects.toThrow('without="L6/H3"');
});

test('of the reader, the blank is asked about', async () => {
  const gap = { text: 'The children in the house [blank] happy.' };
  const run = await (await holder.lab.transformer('reader')).run(gap.text);
  const place = run.tokens.findIndex((token) => token.text === '[blank]');
  const [top] = await run.guesses(place, { count: 1 });
  expect(await value('reader/guess', gap)).toBe(top?.text.trim());
  expect(await value(`reader/probability[blank,${top?.text.trim()}]`, gap)).toBeCloseTo(top?.probability ?? 0, 5);
});

test('the best head of a kind is the one with the highest score on our sentences', async () => {
  const scores = await (await holder.lab.transformer('writer')).headScores({
    texts: (await import('../../../web/models/head_scores.ts')).measuredTexts,
  });
  const top = Math.max(...scores.map(({ previous }) => previous.weight));
  expect(await value('writer/best/previous')).toBe(top);
  expect(await value('writer/best/previous/layer')).toBe(scores.find(({ previous }) => previous.weight === top)?.layer);
  expect(await value('writer/best/distance')).toBe(Math.max(...scores.map(({ distance }) => distance.share)));
  await expect(ask('writer/best/next')).rejects.toThrow('cannot have');
  expect(await value('reader/best/next')).toBeGreaterThan(0.5);
  expect(tendencies.map(({ id }) => id)).toContain('induction');
});

test('what asks nothing is refused with what may be asked', async () => {
  await expect(ask('writer/guess')).rejects.toThrow('needs a text');
  await expect(ask('writer/probability[last,grandmother’s]', { text })).rejects.toThrow('more than one token');
  await expect(ask('writer/L6/H3/weight[last,whale]', { text })).rejects.toThrow('no token of the text');
  await expect(ask('writer/beauty', { text })).rejects.toThrow('asks nothing');
  await expect(ask('writer/beauty[1]', { text })).rejects.toMatchObject({ code: 'unknown-address' });
});
