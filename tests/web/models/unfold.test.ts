import { describe, expect, it } from 'vitest';
import { LabError } from '../../../web/engine/errors.ts';
import type { Naming } from '../../../web/models/naming.ts';
import { type Explains, pairSource, UnfoldModel } from '../../../web/models/unfold.ts';
import { largestPlaces } from '../../../web/models/unfold_parts.ts';
import { checkWords, madeOf } from '../../../web/models/unfold_words.ts';
import { leaf } from '../fake_explanation.ts';
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

  it('takes a number that is pressed twice, or another that is still shown, as a part of the number shown', async () => {
    const model = await start();
    model.go('pair/product[1]');
    model.go('pair/product[1]');
    model.go('pair/product[2]');
    expect(addresses(model)).toEqual(['pair/dot', 'pair/product[2]']);
    await settled();
    expect(model.asked.answer.value?.result).toBe(18);
    expect(addresses(model)).toEqual(['pair/dot', 'pair/product[2]']);
  });

  it('keeps its trail in its state', async () => {
    const model = await start();
    model.go('pair/simd');
    await settled();
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

describe('a trail', () => {
  it('names every step and keeps its number', async () => {
    const model = await start();
    model.go('pair/product[1]');
    await settled();
    expect(model.trail.value.map(({ label, value }) => [label, value])).toEqual([
      ['a · b', 32],
      ['product, place 2', 10],
    ]);
  });

  it('that leads where nothing is ends a step before, and says so', async () => {
    const model = await start();
    model.from_state('pair/dot~product[1]~nonsense~a[1]');
    await settled();
    expect(addresses(model)).toEqual(['pair/dot', 'pair/product[1]']);
    expect(model.asked.answer.value?.result).toBe(10);
    expect(model.asked.failure.value).toBeNull();
    expect(model.notice.value).toContain('The trail went on to pair/nonsense, which is not to be found here');
    expect(model.spoken.value).toContain('not to be found here');
    model.back(0);
    await settled();
    expect(model.notice.value).toBe('');
  });

  it('of nothing but nonsense shows the engine’s words', async () => {
    const model = await start();
    model.from_state('pair/nonsense~a[1]');
    await settled();
    expect(model.asked.failure.value?.code).toBe('unknown-address');
    expect(addresses(model)).toEqual(['pair/nonsense']);
  });

  it('is cut where a new source no longer has its number', async () => {
    const short = pairSource(engine, [1, 2], [3, 4]);
    const few: Explains = {
      explain: async (address) =>
        address === 'pair/product[2]' ? Promise.reject(new LabError('out-of-range', 'There are two places.')) : short.explain(address),
    };
    const model = await start();
    model.go('pair/product[2]');
    await settled();
    model.rebase(few);
    await settled();
    expect(addresses(model)).toEqual(['pair/dot']);
    expect(model.asked.answer.value?.result).toBe(11);
    expect(model.notice.value).toContain('which cannot be shown: There are two places. It ends');
  });

  it('follows a newer source when two come one after the other', async () => {
    const model = await start();
    model.go('pair/product[1]');
    await settled();
    model.rebase(pairSource(engine, [1, 2, 3], [1, 1, 1]));
    model.rebase(pairSource(engine, [1, 5, 3], [1, 1, 1]));
    await settled();
    expect(model.asked.answer.value?.result).toBe(5);
    expect(model.trail.value.map(({ value }) => value)).toEqual([9, 5]);
  });

  it('is not overtaken by an older source that answers late', async () => {
    const late: Explains = {
      explain: async (address) => {
        await new Promise((done) => setTimeout(done, 20));
        return lab.explainPair(address, [9, 9, 9], [9, 9, 9]);
      },
    };
    const model = await start();
    model.go('pair/product[1]');
    await settled();
    model.rebase(late);
    model.rebase(pairSource(engine, [1, 5, 3], [1, 1, 1]));
    await new Promise((done) => setTimeout(done, 80));
    expect(model.trail.value.map(({ value }) => value)).toEqual([9, 5]);
    expect(model.trail.value.every(({ source }) => source === model.root)).toBe(true);
  });

  it('leads from a product back into the source that its factors came from, and its state does too', async () => {
    const naming: Naming = {
      name: (address) => ({ short: `s ${address}`, long: `long ${address}` }),
      places: () => ({ what: 'component', name: (i) => String(i + 1) }),
    };
    const values = { 'words/row[a]': [1, 2], 'words/row[b]': [3, 4] };
    const words: Explains = {
      naming,
      explain: async (address) => {
        if (address !== 'words/cosine[a,b]') return leaf(address, 7);
        const dot = await lab.explainPair('pair/dot', values['words/row[a]'], values['words/row[b]']);
        const operands = Object.entries(values).map(([name, row]) => ({
          name: name.slice(-2, -1),
          address: name,
          values: Float32Array.from(row),
        }));
        return { ...dot, address, operands };
      },
    };
    const model = new UnfoldModel(engine, words, 'words/cosine[a,b]');
    await settled();
    const answer = model.asked.answer.value;
    model.go('pair/product[1]', (answer && model.pair(answer)) ?? undefined);
    await settled();
    const product = model.asked.answer.value;
    expect(product?.label).toBe('product at component 2, in long words/cosine[a,b]');
    expect(product?.operands.map((operand) => operand.address)).toEqual(['words/row[a][1]', 'words/row[b][1]']);
    expect(product?.called).toEqual(['long words/row[a][1]', 'long words/row[b][1]']);
    model.go('words/row[b][1]');
    await settled();
    expect(model.asked.answer.value?.label).toBe('long words/row[b][1]');

    const other = new UnfoldModel(engine, words, 'words/cosine[a,b]');
    other.from_state(model.to_state());
    await settled();
    expect(addresses(other)).toEqual(['words/cosine[a,b]', 'pair/product[1]', 'words/row[b][1]']);
    expect(other.asked.answer.value?.result).toBe(7);
    // Trails of before named the factors by the pair.
    other.from_state('words/cosine[a,b]>pair/product[1]~a[1]');
    await settled();
    expect(other.asked.answer.value?.address).toBe('words/row[a][1]');
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
