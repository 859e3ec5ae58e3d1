import { beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../../../web/engine/index.ts';
import { LabError } from '../../../web/engine/index.ts';
import { answerTo } from '../../../web/models/ask.ts';
import { AttentionModel } from '../../../web/models/attention.ts';
import { lexicon, sentences, wordsOf } from '../../../web/models/attention_toy.ts';
import { distinct, percent, rowWords } from '../../../web/models/attention_words.ts';
import { type FakeAttentionLab, fakeAttentionLab } from '../fake_attention_lab.ts';

let lab: FakeAttentionLab;
beforeEach(() => {
  lab = fakeAttentionLab();
});
const make = (start: ConstructorParameters<typeof AttentionModel>[1] = {}) => new AttentionModel(async () => lab, start);
const settle = async () => {
  for (let i = 0; i < 5; i++) await new Promise((done) => setTimeout(done, 1));
};
const output = (model: AttentionModel, t: number) => [...(model.known.value?.attention.output.data.subarray(t * 4, t * 4 + 4) ?? [])];

describe('the toy does what the lesson says', () => {
  it('the bank of the loan goes out with money, the bank of the river with water', async () => {
    const model = make();
    await settle();
    expect(model.rowSays.value).toBe('bank looks mostly at loan, 76 %; then at bank, 10 %, and approved, 10 %.');
    const [money = 0, water = 0] = output(model, 1);
    expect(money).toBeGreaterThan(1.5);
    expect(water).toBeLessThan(0.1);
    model.set_sentence(sentences[1]);
    await settle();
    const [less = 0, more = 0] = output(model, 1);
    expect(less).toBeLessThan(0.1);
    expect(more).toBeGreaterThan(1.5);
  });
  it('takes only sentences of its words, three to six', () => {
    expect(wordsOf('The bank of the River')).toEqual(['the', 'bank', 'of', 'the', 'river']);
    for (const text of ['', 'the bank', 'the bank of the river of the', 'the constructor of', 'bank bank nonsense', 'a b c'])
      expect(wordsOf(text)).toBeNull();
  });
});

describe('a change', () => {
  it('of a number goes into every row; nonsense does not', async () => {
    const model = make();
    await settle();
    const before = output(model, 2);
    model.set_number(1, 1, 3);
    await settle();
    expect(output(model, 2)).not.toEqual(before);
    const state = model.to_state();
    for (const [t, i, value] of [
      [9, 0, 1],
      [0, 9, 1],
      [0, 0, Number.NaN],
      [0, 0, 11],
    ] as const)
      model.set_number(t, i, value);
    expect(model.to_state()).toBe(state);
  });
  it('of places only moves the rows, and says so', async () => {
    const model = make();
    await settle();
    const before = [1, 2].map((t) => output(model, t));
    model.move(1);
    await settle();
    expect(model.query.value).toBe(2); // the choice goes with its token
    expect(model.moveSays.value).toContain('every token’s output is what it was');
    output(model, 2).forEach((value, i) => expect(value).toBeCloseTo(before[0]?.[i] ?? 0, 5));
    output(model, 1).forEach((value, i) => expect(value).toBeCloseTo(before[1]?.[i] ?? 0, 5));
    model.set_number(0, 0, 1);
    expect(model.moveSays.value).toBe('');
  });
  it('of places under a mask counts, and says whose output moved', async () => {
    const model = make({ tokens: sentences[1], causal: true });
    await settle();
    model.move(1);
    await settle();
    expect(model.moveSays.value).toMatch(/with the mask that counts: the output of \w+ moved by 0\.\d+/);
  });
  it('of the number of words stays within three and six, and the choice within them', async () => {
    const model = make({ query: 4 });
    for (let i = 0; i < 4; i++) model.remove();
    expect(model.tokens.value).toHaveLength(3);
    expect(model.query.value).toBe(2);
    for (const word of ['coin', 'nonsense', '__proto__', 'fish', 'fish', 'fish']) model.add(word);
    expect(model.tokens.value.map(({ name }) => name).slice(3)).toEqual(['coin', 'fish', 'fish']);
    await settle();
    expect(model.known.value?.tokens).toHaveLength(6);
  });
});

describe('a mask', () => {
  it('hides what comes later: no exponential, weight 0, and the rest adds up to 1', async () => {
    const model = make({ causal: true });
    await settle();
    const answer = model.known.value;
    expect(answer?.row.exps.slice(2)).toEqual([null, null, null]);
    const row = [...(answer?.attention.weights[0]?.data.subarray(5, 10) ?? [])];
    expect(row.slice(2)).toEqual([0, 0, 0]);
    expect(row.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 6);
    model.go(4);
    model.choose(1, 4);
    await settle();
    expect(model.spoken.value).toContain('bank may not look at loan, which comes later.');
  });
});

describe('two heads', () => {
  it('have weights each of their own', async () => {
    const model = make({ heads: 2, query: 2 });
    await settle();
    const first = model.rowSays.value;
    model.set_head(1);
    await settle();
    expect(model.rowSays.value).not.toBe(first);
    expect(model.known.value?.row.dot.operands[0]?.values).toHaveLength(2);
    expect(model.known.value?.row.outputs).toHaveLength(2);
    model.set_head(2);
    expect(model.head.value).toBe(1);
  });
});

describe('words', () => {
  it('say each step, and at its end the row', async () => {
    const model = make();
    await settle();
    expect(model.spoken.value).toBe('Step 1 of 6. bank: money 0.5, water 0.5, thing 2, deed 0.');
    model.go(2);
    expect(model.spoken.value).toBe('Step 3 of 6. bank times loan is 8.');
    model.go(3);
    expect(model.spoken.value).toBe('Step 4 of 6. bank times loan, scaled, is 4.');
    model.go(99);
    expect(model.spoken.value).toContain('Step 6 of 6. bank gives loan 76 %. bank looks mostly at loan');
  });
  it('tell equal names apart, equal weights as equal, and a small share not as nothing', () => {
    expect(distinct(['the', 'bank', 'the', 'the', 'the'])).toEqual(['the (1st)', 'bank', 'the (2nd)', 'the (3rd)', 'the (4th)']);
    expect(rowWords('of', ['a', 'b'], [0.5, 0.5])).toBe('of looks at all 2 alike, 50 % each.');
    expect(rowWords('of', ['a', 'b'], [1, 0], 1)).toBe('of can look only at a: 100 %.');
    expect(rowWords('.', [', (2nd)', '(start)', '.'], [0.6, 0.3, 0.1])).toBe(
      '“.” looks mostly at “,” (2nd), 60 %; then at (start), 30 %, and “.”, 10 %.',
    );
    expect(rowWords('of', ['a', 'b', 'c'], [0.4, 0.3, 0.3])).toBe('of looks most at a, 40 %; then at b, 30 %, and c, 30 %.');
    expect([percent(0.001), percent(0), percent(0.756)]).toEqual(['under 1 %', '0 %', '76 %']);
  });
  it('say a failure, and what is asked again is answered', async () => {
    lab.failNext = new LabError('worker-died', 'The worker stopped.');
    const model = make();
    await settle();
    expect(model.spoken.value).toBe('The worker stopped.');
    expect(model.known.value).toBeNull();
    model.retry();
    await settle();
    expect(model.known.value).not.toBeNull();
  });
});

describe('state', () => {
  it('goes there and back, vectors that were edited too', async () => {
    const model = make({ heads: 2, causal: true });
    model.add('fish');
    model.set_number(5, 0, -1.25);
    model.go(3);
    model.set_head(1);
    model.choose(4, 2);
    const other = make();
    other.from_state(model.to_state());
    expect(other.to_state()).toBe(model.to_state());
    expect(other.tokens.value[5]?.x).toEqual([-1.25, 1, 2, 0]);
    await settle();
    expect(other.known.value?.row).toMatchObject({ query: 4, key: 2, head: 1 });
  });
  it('keeps what it has where the address holds nonsense', async () => {
    const model = make();
    const before = model.to_state();
    for (const text of ['', 'x', 't:', 't:king,queen,man', 't:the', 't:the,of;s:9']) model.from_state(text);
    expect(model.to_state()).toBe(before);
    model.from_state('t:the,of,bank;x:1,2|3|NaN;s:77;q:-1;k:1e9;h:3;at:5;m:yes');
    expect(model.tokens.value.map(({ x }) => x)).toEqual(['the', 'of', 'bank'].map((word) => lexicon[word]));
    expect([model.step.value, model.query.value, model.key.value, model.heads.value, model.head.value, model.causal.value]).toEqual([
      0,
      0,
      0,
      1,
      0,
      false,
    ]);
    await settle();
    expect(model.asked.failure.value).toBeNull();
  });
});

describe('a question of the prose about the toy', () => {
  const engine = async () => lab as unknown as Lab;
  it('is answered with the number and where it unfolds; a mask changes it', async () => {
    const { value, address } = await answerTo({ ask: 'toy/the+bank+approved+the+loan/H1/weight[1,4]' }, engine);
    expect(value).toBeCloseTo(0.765, 3);
    expect(address).toBe('attention/H1/weight[1,4]');
    expect((await answerTo({ ask: 'toy/the+bank+approved+the+loan|causal/H1/weight[1,4]' }, engine)).value).toBe(0);
    expect((await answerTo({ ask: 'toy/the+bank+approved+the+loan|2/H2/weight[2,1]' }, engine)).value).toBeCloseTo(0.435, 3);
  });
  it('is refused with a repair where it is malformed', async () => {
    for (const ask of ['toy/', 'toy/the+king+of/H1/weight[0,0]', 'toy/the+bank+of/H1/weight', 'toy/the+bank+of|nonsense/H1/weight[0,0]'])
      await expect(answerTo({ ask }, engine)).rejects.toThrow(/write toy\/the\+bank/);
  });
});
