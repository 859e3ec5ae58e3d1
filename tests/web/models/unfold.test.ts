import { describe, expect, it } from 'vitest';
import { pairSource, UnfoldModel } from '../../../web/models/unfold.ts';
import { largestPlaces } from '../../../web/models/unfold_parts.ts';
import { checkWords, madeOf } from '../../../web/models/unfold_words.ts';
import { fakeLab } from '../fake_lab.ts';

const lab = fakeLab();
const engine = async () => lab;
const settled = () => new Promise((done) => setTimeout(done, 5));

async function start(address = 'pair/dot') {
  const model = new UnfoldModel(engine, pairSource(engine, [1, 2, 3], [4, 5, 6]), address);
  await settled();
  return model;
}

const addresses = (model: UnfoldModel) => model.trail.value.map((step) => step.address);

describe('unfolding', () => {
  it('explains, goes deeper, and walks back', async () => {
    const model = await start();
    expect(model.asked.answer.value?.result).toBe(32);
    model.go('pair/product[1]');
    await settled();
    expect(model.asked.answer.value?.result).toBe(10);
    model.go('pair/b[1]');
    await settled();
    expect(model.asked.answer.value?.kind).toBe('input');
    expect(addresses(model)).toEqual(['pair/dot', 'pair/product[1]', 'pair/b[1]']);
    model.back(0);
    await settled();
    expect(addresses(model)).toEqual(['pair/dot']);
    expect(model.asked.answer.value?.result).toBe(32);
  });

  it('labels each step of the trail with what the number is', async () => {
    const model = await start();
    expect(model.trail.value[0]?.label).toBe('a · b');
  });

  it('speaks one sentence', async () => {
    const model = await start();
    expect(model.spoken.value).toBe('a · b is 32. 3 products of a and b, added up.');
  });

  it('shows an unknown address in the engine’s words, and walks back from it', async () => {
    const model = await start();
    model.go('pair/nonsense');
    await settled();
    expect(model.asked.failure.value?.code).toBe('unknown-address');
    model.back(0);
    await settled();
    expect(model.asked.failure.value).toBeNull();
  });

  it('follows its source: what was open stays open with new numbers', async () => {
    const model = await start();
    model.go('pair/product[2]');
    await settled();
    model.rebase(pairSource(engine, [1, 2, 10], [4, 5, 6]));
    await settled();
    expect(addresses(model)).toEqual(['pair/dot', 'pair/product[2]']);
    expect(model.asked.answer.value?.result).toBe(60);
  });

  it('leaves a vector of the old source when the source changes', async () => {
    const model = await start();
    model.go('pair/simd', pairSource(engine, [1], [2]));
    await settled();
    model.rebase(pairSource(engine, [1, 1, 1], [1, 1, 1]));
    await settled();
    expect(addresses(model)).toEqual(['pair/dot']);
    expect(model.asked.answer.value?.result).toBe(3);
  });

  it('keeps its trail in its state', async () => {
    const model = await start();
    model.go('pair/simd');
    model.go('pair/lane[1]');
    await settled();
    const other = await start();
    other.from_state(model.to_state());
    await settled();
    await settled();
    expect(addresses(other)).toEqual(['pair/dot', 'pair/simd', 'pair/lane[1]']);
    expect(other.asked.answer.value?.result).toBe(10);
  });

  it('enters the lanes of a dot product that is not the caller’s pair by taking its two vectors', async () => {
    const words = { explain: async () => ({ ...(await lab.explainPair('pair/dot', [1, 2], [3, 4])), address: 'words/cosine[a,b]' }) };
    const model = new UnfoldModel(engine, words, 'words/cosine[a,b]');
    await settled();
    const explanation = model.asked.answer.value;
    const pair = explanation && model.pair(explanation);
    expect(pair).not.toBeNull();
    if (pair) model.go('pair/simd', pair);
    await settled();
    expect(model.asked.answer.value?.result).toBe(11);

    const other = new UnfoldModel(engine, words, 'words/cosine[a,b]');
    other.from_state(model.to_state());
    await settled();
    await settled();
    expect(other.asked.answer.value?.result).toBe(11);
  });
});

describe('words about a number', () => {
  it('puts the check in words', async () => {
    const model = await start();
    const answer = model.asked.answer.value;
    if (!answer) throw new Error('no answer');
    expect(checkWords(answer)).toEqual({ engine: '32', reference: '32', difference: '0', bound: '1.0 × 10⁻⁶', agrees: true });
    expect(checkWords({ ...answer, check: { value: 31, difference: 1, bound: 0.1 } }).agrees).toBe(false);
  });

  it('tells what training left behind from what was found by turning columns', async () => {
    const { answer } = (await start('pair/a[0]')).asked;
    if (!answer.value) throw new Error('no answer');
    const leaf = { ...answer.value, kind: 'weight' as const };
    expect(madeOf({ ...leaf, formula: 'given' })).toContain('training left');
    expect(madeOf({ ...leaf, formula: 'found by turning columns until they stand at right angles (Hestenes 1958)' })).toContain(
      'found by trying',
    );
  });

  it('finds the largest products whatever their sign, the first of equals first', () => {
    expect(largestPlaces([1, -5, 3, 5, 0], 3)).toEqual([1, 3, 2]);
    expect(largestPlaces([], 3)).toEqual([]);
  });
});
