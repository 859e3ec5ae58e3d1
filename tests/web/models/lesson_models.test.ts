import { describe, expect, it } from 'vitest';
import type { Lab } from '../../../web/engine/index.ts';
import { answerTo, readTerms } from '../../../web/models/ask.ts';
import { extremeChoice, pickedChoice, signOf } from '../../../web/models/guess.ts';
import { PredictModel, type PredictOptions } from '../../../web/models/predict.ts';
import { countDone, LessonProgress, openStore, type Store } from '../../../web/models/progress.ts';
import { asText, escapeHtml, readNumber } from '../../../web/models/text.ts';
import { ValueModel } from '../../../web/models/value.ts';
import { smallLab } from '../lessons/support.ts';

const lab = smallLab();

describe('numbers in sentences', () => {
  it('writes a true minus, no needless zeros, vectors and words', () => {
    expect([
      asText(-0.5),
      asText(-0.00001),
      asText(3),
      asText(0.5, 2, true),
      asText([1, -2]),
      asText(['a', 'b']),
      asText(Number.NaN),
    ]).toEqual(['−0.5', '0', '3', '0.50', '[1,\u00a0−2]', 'a, b', 'not a number']);
    expect(escapeHtml('<b> & "x"')).toBe('&lt;b&gt; &amp; &quot;x&quot;');
  });

  it.each([
    ['12', 12],
    ['−0,5', -0.5],
    ['-.5', -0.5],
    ['3/4', 0.75],
    ['1,000', 1000],
    ['0,123', 0.123],
    ['12,288.5', 12288.5],
    ['1e3', 1000],
    [' 7 ', 7],
    ['', Number.NaN],
    ['1,2,3', Number.NaN],
    ['twelve', Number.NaN],
    ['-', Number.NaN],
    ['1/0', Number.POSITIVE_INFINITY],
  ])('reads %s', (typed, value) => {
    expect(readNumber(typed)).toEqual(value);
  });

  it('takes the unit behind a number', () => {
    expect([readNumber('37°', '°'), readNumber('37 °', '°'), readNumber('5 cm', ' cm')]).toEqual([37, 37, 5]);
  });
});

describe('questions to the engine', () => {
  it('answers pairs, words, ranks and counts', async () => {
    expect((await answerTo({ ask: 'pair/dot', a: '1,2', b: '3,4' }, lab)).value).toBe(11);
    expect(await answerTo({ ask: 'words/nearest[king-man+woman]' }, lab)).toMatchObject({
      value: 'queen',
      address: 'words/score[king-man+woman|queen]',
    });
    expect(await answerTo({ ask: 'words/nearest[king]', rank: '2' }, lab)).toMatchObject({
      value: expect.any(String),
      address: expect.stringMatching(/^words\/cosine\[king,/),
    });
    expect((await answerTo({ ask: 'words/rank[king-man+woman|queen]' }, lab)).value).toBe(1);
    expect((await answerTo({ ask: 'words/rank[king-man+woman|king]', keep: true }, lab)).value).toBeGreaterThan(1);
    expect((await answerTo({ ask: 'words/nearest[king-man+woman]', method: 'mul' }, lab)).address).toBe(
      'words/cosmul[king-man+woman|queen]',
    );
    expect((await answerTo({ ask: 'words/size' }, lab)).value).toBe(14);
  });

  it('says what is wrong with a question', async () => {
    await expect(answerTo({ ask: 'pair/dot', a: '1' }, lab)).rejects.toThrow('needs the two vectors');
    await expect(answerTo({ ask: 'queen' }, lab)).rejects.toThrow(
      'write pair/…, words/…, network/…, random/…, softmax/…, writer/…, reader/… or probes/…',
    );
    const figures = { accuracy: 0.9 };
    const shipped = async () => ({ network: async () => ({ figures, dispose: async () => {} }) }) as unknown as Lab;
    await expect(answerTo({ ask: 'network/digits/beauty' }, shipped)).rejects.toThrow('network/digits/… has accuracy');
    expect((await answerTo({ ask: 'network/digits/accuracy' }, shipped)).value).toBe(0.9);
    await expect(answerTo({ ask: 'words/nearest[king man]' }, lab)).rejects.toThrow('is no expression');
    await expect(answerTo({ ask: 'words/rank[king]' }, lab)).rejects.toThrow('behind a bar');
    await expect(answerTo({ ask: 'words/rank[king-man+woman|king]' }, lab)).rejects.toThrow('need “keep”');
  });

  it('parses expressions of words', () => {
    expect(readTerms('king-man+woman')).toEqual({ plus: ['king', 'woman'], minus: ['man'] });
    expect(readTerms('-man+woman')).toEqual({ plus: ['woman'], minus: ['man'] });
    expect([readTerms('king - man'), readTerms('king--man'), readTerms('')]).toEqual([null, null, null]);
  });
});

describe('values', () => {
  const value = (written: string, ask: object, digits = 0, percent = false) =>
    new ValueModel(lab, { question: { ask: '', ...ask }, digits, percent, written });
  it('stands as written until the engine has answered, and then as the engine says', async () => {
    const model = value('31', { ask: 'pair/dot', a: '1,2,3', b: '4,5,6' });
    expect(model.text.value).toBe('31');
    await model.ask();
    expect(model.text.value).toBe('32');
  });
  it('keeps the author’s grouping and capitals', async () => {
    const thousands = value('1,000', { ask: 'pair/dot', a: '1000', b: '1' });
    const word = value('Queen', { ask: 'words/nearest[king-man+woman]' });
    await Promise.all([thousands.ask(), word.ask()]);
    expect([thousands.text.value, word.text.value]).toEqual(['1,000', 'Queen']);
  });
  it('shows percent', async () => {
    const model = value('50', { ask: 'pair/dot', a: '0.5', b: '1' }, 0, true);
    await model.ask();
    expect(model.text.value).toBe('50');
  });
});

describe('choices', () => {
  it('picks the word, or the nearest number', () => {
    expect([
      pickedChoice(['King', 'queen'], 'queen'),
      pickedChoice(['about 10', 'about 1,000', '−5'], 900),
      pickedChoice(['low', 'high'], 3),
      pickedChoice(['a'], 'b'),
    ]).toEqual([1, 1, -1, -1]);
    expect([extremeChoice([1, 3, 2], 'largest'), extremeChoice([1, 3, 0.5], 'smallest')]).toEqual([1, 2]);
    expect([signOf(-1), signOf(0.01), signOf(0.2, 0.3), signOf(2)]).toEqual(['negative', 'zero', 'zero', 'positive']);
  });
});

describe('predictions', () => {
  const options: PredictOptions = {
    kind: 'number',
    question: { ask: 'pair/dot', a: '1,2', b: '3,4' },
    min: 0,
    max: 20,
    step: 1,
    start: 10,
    digits: 0,
    percent: false,
    near: 0.05,
    pick: null,
    choices: [],
  };

  it('sets the guess beside the answer, and says so', async () => {
    const model = new PredictModel(lab, options);
    expect([model.to_state(), model.spoken.value, model.placed.value]).toEqual(['', '', null]);
    await model.make(8);
    expect(model.asked.answer.value).toMatchObject({ value: 11, right: -1 });
    expect(model.spoken.value).toBe('You said 8. The engine says 11.');
    expect(model.to_state()).toBe('g:8');
  });

  it('takes a guess from the address and asks when the reader comes near', async () => {
    const model = new PredictModel(lab, { ...options, kind: 'sign' });
    model.from_state('g:2');
    expect(model.asked.answer.value).toBeNull();
    model.see();
    await expect.poll(() => model.asked.answer.value?.right).toBe(2);
    expect(model.spoken.value).toBe('You said positive. The engine says 11. You were right.');
    for (const nonsense of ['g:9', 'g:x', 'g:-1', 'x', 'g:1.5']) {
      model.from_state(nonsense);
      expect(model.guess.value, nonsense).toBeNull();
    }
  });

  it('remembers, and can be made again', async () => {
    const store = new Map<string, string>();
    const memory = { read: () => store.get('g'), write: (guess: string) => void store.set('g', guess) };
    const first = new PredictModel(lab, { ...options, memory });
    await first.make(12);
    const again = new PredictModel(lab, { ...options, memory });
    expect([again.guess.value, again.placed.value]).toEqual([12, 12]);
    again.clear();
    expect([again.guess.value, again.placed.value, new PredictModel(lab, { ...options, memory }).guess.value]).toEqual([null, null, null]);
  });

  it('asks each choice of its own', async () => {
    const choices = ['king,prince', 'king,queen'].map((pair) => ({ text: pair, question: { ask: `words/cosine[${pair}]` } }));
    const model = new PredictModel(lab, { ...options, kind: 'choice', pick: 'largest', choices });
    await model.make(1);
    expect(model.asked.answer.value?.right).toBe(0);
    expect(model.asked.answer.value?.answers).toHaveLength(2);
    expect(model.spoken.value).toBe('You said king,queen. The right one: king,prince.');
  });
});

describe('progress', () => {
  const memory = () => {
    const kept = new Map<string, string>();
    return {
      kept,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
  };

  it('keeps checks, guesses and a seed, and forgets them', () => {
    const store = memory();
    const progress = new LessonProgress('angle', store);
    progress.mark('one', 'shown');
    progress.mark('one', 'right');
    progress.mark('one', 'shown');
    progress.remember('p', 'g:1');
    const { seed } = progress;
    const again = new LessonProgress('angle', store);
    expect([again.checks.value, again.guess('p'), again.seed]).toEqual([{ one: 'right' }, 'g:1', seed]);
    expect(seed).toBeGreaterThanOrEqual(1);
    progress.keep('one', 't:5');
    expect([new LessonProgress('angle', store).answer('one'), progress.answer('two')]).toEqual(['t:5', '']);
    again.reset();
    progress.refresh();
    expect([progress.checks.value, progress.guess('p'), progress.answer('one')]).toEqual([{}, undefined, '']);
  });

  it('tells solved from shown', () =>
    expect(countDone({ a: 'right', b: 'shown', gone: 'right' }, ['a', 'b', 'c'])).toEqual({ solved: 1, shown: 1, open: 1 }));

  it('works where storage throws, is full, or is missing', () => {
    const refuse = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    const refused = openStore(refuse);
    refused.setItem('a', '1');
    expect(refused.getItem('a')).toBe('1');
    const full: Store = { getItem: () => null, removeItem: () => {}, setItem: refuse };
    expect(openStore(() => full)).not.toBe(full);
    const progress = new LessonProgress('angle', full);
    progress.mark('one', 'right');
    expect(progress.checks.value).toEqual({ one: 'right' });
  });

  it.each(['{', 'null', '[]', '"x"', '{"seed":"x","checks":[1],"guesses":3}', '{"checks":{"a":"cheated"}}'])(
    'treats %s as nothing',
    (found) => {
      const store = memory();
      store.setItem('dot-by-dot/angle', found);
      const progress = new LessonProgress('angle', store);
      expect([progress.checks.value, progress.guess('p')]).toEqual([{}, undefined]);
    },
  );
});
