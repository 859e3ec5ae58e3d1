import { beforeEach, describe, expect, it } from 'vitest';
import { AnalogyModel, expressionText, expressionWords, mostTerms, parseExpression } from '../../../web/models/analogy.ts';
import { completions, WordSource } from '../../../web/models/word_source.ts';
import { ToyVectors, toyLab } from './toy_words.ts';

describe('an expression', () => {
  it.each([
    ['king-man+woman', 'king-man+woman'],
    [' King − man + WOMAN ', 'king-man+woman'],
    ['-man+king', '-man+king'],
    ['queen', 'queen'],
  ])('%j is read', (text, written) => {
    expect(expressionText(parseExpression(text) ?? [])).toBe(written);
  });
  it.each([
    '',
    '+',
    'king-',
    'king--man',
    'a,b',
    'a[b]',
    'a|b',
    Array(mostTerms + 1)
      .fill('a')
      .join('+'),
  ])('%j is none', (text) => {
    expect(parseExpression(text)).toBeNull();
  });
  it('is written with true minus signs for a reader', () => {
    expect(expressionWords(parseExpression('-man+king-boy') ?? [])).toBe('−man + king − boy');
  });
});

describe('the analogy model', () => {
  let vectors: ToyVectors;
  let model: AnalogyModel;
  beforeEach(() => {
    vectors = new ToyVectors();
    model = new AnalogyModel(new WordSource(async () => toyLab(vectors)), { count: 4 });
  });

  it('answers queen with the question words left out, and says where these would have stood', async () => {
    await model.ask();
    const [king, queen] = [model.ranking.value.find(({ word }) => word === 'king'), model.ranking.value.find(({ place }) => place === 1)];
    expect(queen?.word).toBe('queen');
    expect(queen?.partials).toHaveLength(3);
    if (king) expect(king).toMatchObject({ place: null, wouldBe: expect.any(Number) });
    expect(model.ranking.value.map(({ score }) => score)).toEqual([...model.ranking.value.map(({ score }) => score)].sort((a, b) => b - a));
    expect(model.spoken.value).toMatch(/^king − man \+ woman gives queen/);
    expect(model.inspected.value?.word).toBe('queen');
  });
  it('lists every question word exactly once, in the list or below it', async () => {
    await model.ask();
    const left = [...model.ranking.value.filter(({ place }) => place === null), ...model.leftOutBelow.value].map(({ word }) => word);
    expect(left.sort()).toEqual(['king', 'man', 'woman']);
  });
  it('keeps the question words when told', async () => {
    model.keepQuestion.value = true;
    await model.ask();
    expect(model.ranking.value.every(({ place }) => place !== null)).toBe(true);
    expect(model.leftOutBelow.value).toEqual([]);
  });
  it('asks by 3CosMul, and unfolds its own score', async () => {
    model.method.value = 'mul';
    await model.ask();
    expect(vectors.asked.at(-1)).toContain('mul');
    expect(model.scoreAddress('queen')).toBe('words/cosmul[king-man+woman|queen]');
    model.method.value = 'add';
    await model.ask();
    expect(model.scoreAddress('queen')).toBe('words/score[king-man+woman|queen]');
  });
  it('finds the place of an expected word, however far down', async () => {
    model.setExpression('king-man+woman', 'River');
    await model.ask();
    expect(model.expectation.value).toMatchObject({ word: 'river', place: expect.any(Number) });
    expect(model.expectation.value?.place).toBeGreaterThan(4);
    expect(model.ranking.value.filter(({ place }) => place !== null)).toHaveLength(4);
  });
  it('says what is wrong with an unknown word, with spellings, and keeps the last answer', async () => {
    await model.ask();
    model.setWord(0, 'kingg');
    await model.ask();
    expect(model.asked.failure.value).toMatchObject({ code: 'unknown-word', detail: 'king,queen' });
    expect(model.ranking.value.length).toBeGreaterThan(0);
    expect(model.scoreAddress('queen')).toContain('[king-man+woman|');
  });
  it('adds, flips and removes terms within bounds', () => {
    model.add('boy', -1);
    model.flip(0);
    expect(expressionText(model.terms.value)).toBe('-king-man+woman-boy');
    for (let i = 0; i < 20; i++) model.add('girl');
    expect(model.terms.value).toHaveLength(mostTerms);
    for (let i = 0; i < 20; i++) model.remove(0);
    expect(model.terms.value).toHaveLength(1);
  });
  it('takes a sign with a word, and a whole expression in one field', () => {
    model.setWord(0, '−man');
    expect(model.terms.value[0]).toEqual({ sign: -1, word: 'man' });
    model.setWord(0, '+ king');
    expect(model.terms.value[0]).toEqual({ sign: 1, word: 'king' });
    model.setWord(1, 'Boy');
    expect(model.terms.value[1]).toEqual({ sign: -1, word: 'boy' });
    model.setWord(2, 'paris − france + italy');
    expect(expressionText(model.terms.value)).toBe('paris-france+italy');
  });
  it('cleans what is typed, so that an address stays an address', () => {
    model.setWord(0, 'Ki,n[g]| ');
    expect(model.terms.value[0]?.word).toBe('king');
  });
  it('comes back from its state', () => {
    model.setExpression('boy-man+woman', 'girl');
    model.keepQuestion.value = true;
    model.method.value = 'mul';
    const again = new AnalogyModel(new WordSource(async () => toyLab()));
    again.from_state(model.to_state());
    expect(again.to_state()).toBe(model.to_state());
    expect(again.expected.value).toBe('girl');
  });
  it('leaves the terms alone when the address holds nonsense', () => {
    model.from_state('e:,,;method:third');
    expect(model.to_state()).toBe('e:king-man+woman');
  });
});

describe('the word source', () => {
  it('counts bytes, loads once, and tries again after a failure', async () => {
    let tries = 0;
    const source = new WordSource(async () => {
      if (++tries === 1) throw new Error('no network');
      return toyLab();
    });
    await expect(source.load()).rejects.toThrow('no network');
    expect(source.failure.value?.message).toContain('no network');
    const [one, other] = await Promise.all([source.load(), source.load()]);
    expect(one).toBe(other);
    expect(tries).toBe(2);
    expect(source.failure.value).toBeNull();
    expect(source.loaded.value).toEqual({ bytes: 20, total: 20 });
  });
  it('completes by frequency, without the word itself', () => {
    expect(completions(['the', 'then', 'a', 'there', 'they'], 'THE', 2)).toEqual(['then', 'there']);
    expect(completions(['the'], '')).toEqual([]);
  });
});
