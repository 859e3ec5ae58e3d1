// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import '../../../web/elements/analogy/analogy.ts';
import '../../../web/elements/benchmark/benchmark.ts';
import '../../../web/elements/bias/bias.ts';
import '../../../web/elements/offsets/offsets.ts';
import '../../../web/elements/unfold/unfold.ts';
import type { DotAnalogy } from '../../../web/elements/analogy/analogy.ts';
import type { DotBenchmark } from '../../../web/elements/benchmark/benchmark.ts';
import type { DotBias } from '../../../web/elements/bias/bias.ts';
import { setLab } from '../../../web/elements/lab.ts';
import { placeLabels } from '../../../web/elements/offsets/labels.ts';
import type { DotOffsets } from '../../../web/elements/offsets/offsets.ts';
import { forgetWords } from '../../../web/elements/words.ts';
import type { Lab } from '../../../web/engine/index.ts';
import { ToyVectors, toyLab } from '../models/toy_words.ts';
import { all, drawn, place } from './dom.ts';

beforeEach(() => {
  history.replaceState(null, '', '/');
  document.body.replaceChildren();
  setLab(toyLab());
  forgetWords();
});

const text = (element: Element, selector: string) =>
  all(element, selector).map((one) => (one.textContent ?? '').replace(/\s+/g, ' ').trim());
const click = async (element: Element | undefined) => {
  if (!element) throw new Error('nothing to select');
  (element as HTMLElement).click();
  await drawn(20);
};

describe('<dot-analogy>', () => {
  it('lists the answers, and crosses the question words out', async () => {
    const element = await place<DotAnalogy>('<dot-analogy id="sum" count="3" title="What to notice."></dot-analogy>');
    await drawn(20);
    expect(text(element, '.gives')).toEqual(['queen']);
    expect(text(element, '.ranking li:not(.out) .pick')[0]).toBe('queen');
    expect(text(element, '.ranking li:not(.out) .place')).toEqual(['1.', '2.', '3.']);
    expect(text(element, '.apart .num')).toHaveLength(5); // three cosines, the length, the score
  });
  it('lets the question words in', async () => {
    const element = await place<DotAnalogy>('<dot-analogy count="14"></dot-analogy>');
    const box = all<HTMLInputElement>(element, 'input[type=checkbox]')[0];
    if (box) box.checked = false;
    box?.dispatchEvent(new Event('change'));
    await drawn(20);
    expect(text(element, '.ranking .out')).toEqual([]);
    expect(text(element, '.pick')).toHaveLength(14);
  });
  it('takes a new word by Enter, adds a term, changes a sign, removes a term', async () => {
    const element = await place<DotAnalogy>('<dot-analogy></dot-analogy>');
    const field = (name: string) => all<HTMLInputElement>(element, `input[data-field=${name}]`)[0] as HTMLInputElement;
    field('term-0').value = 'prince';
    field('term-0').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await drawn(20);
    expect(text(element, '.gives')).toEqual(['princess']);
    field('more').value = 'girl';
    field('more').dispatchEvent(new Event('change'));
    await drawn(20);
    expect(element.model.terms.value.map(({ word }) => word)).toEqual(['prince', 'man', 'woman', 'girl']);
    expect(field('more').value).toBe('');
    await click(all(element, '.sign')[0]);
    expect(element.model.terms.value[1]?.sign).toBe(1);
    await click(all(element, '.drop')[0]);
    expect(element.model.terms.value.map(({ word }) => word)).toEqual(['man', 'woman', 'girl']);
  });
  it('leaves a word alone that is being typed when answers come, and shows the word that counts once it is not', async () => {
    const element = await place<DotAnalogy>('<dot-analogy></dot-analogy>');
    const field = all<HTMLInputElement>(element, 'input[data-field=term-0]')[0] as HTMLInputElement;
    field.value = 'prin';
    field.dispatchEvent(new Event('input'));
    element.requestUpdate();
    await drawn(20);
    expect(field.value).toBe('prin');
    field.dispatchEvent(new Event('blur'));
    element.requestUpdate();
    await drawn(20);
    expect(field.value).toBe('king');
  });
  it('offers near spellings for an unknown word, and takes the one that is chosen', async () => {
    const element = await place<DotAnalogy>('<dot-analogy expression="kingg-man+woman"></dot-analogy>');
    await drawn(20);
    expect(all(element, '.failure')[0]?.getAttribute('role')).toBe('alert');
    expect(text(element, '.suggest button')).toEqual(['king', 'queen']);
    expect(all(element, '[aria-invalid=true]')).toHaveLength(1);
    await click(all(element, '.suggest button')[0]);
    expect(text(element, '.gives')).toEqual(['queen']);
    expect(all(element, '.failure')).toEqual([]);
  });
  it('unfolds a score in place, and keeps its state in the address', async () => {
    const element = await place<DotAnalogy>('<dot-analogy id="sum"></dot-analogy>');
    await drawn(20);
    await click(all(element, '.apart .num')[0]);
    expect(element.shadowRoot?.querySelector('dot-unfold')?.getAttribute('address')).toBe('words/cosine[king,queen]');
    element.show('boy-man+woman', 'girl');
    await drawn(400);
    expect(new URLSearchParams(location.search).get('sum')).toBe('e:boy-man+woman;expect:girl');
    const again = await place<DotAnalogy>('<dot-analogy id="sum"></dot-analogy>');
    await drawn(20);
    expect(text(again, '.below')[0]).toContain('girl comes first.');
  });
  it('says that it waits, and what went wrong, with a way on', async () => {
    let tries = 0;
    setLab({
      ...toyLab(),
      vectors: async () => {
        if (tries++ === 0) throw Object.assign(new Error('The file could not be fetched.'), { code: 'network' });
        return new ToyVectors();
      },
    } as unknown as Lab);
    forgetWords();
    const element = await place<DotAnalogy>('<dot-analogy></dot-analogy>');
    await drawn(20);
    expect(text(element, '.failure p')[0]).toBe('The file could not be fetched.');
    await click(all(element, '.failure button')[0]);
    expect(text(element, '.gives')).toEqual(['queen']);
  });
});

describe('<dot-offsets>', () => {
  it('draws the parallelogram with its words, and a table of cosines', async () => {
    const element = await place<DotOffsets>('<dot-offsets id="steps" relation="male-female"></dot-offsets>');
    await vi.waitFor(() => expect(text(element, '.plane text')).toHaveLength(5));
    expect(text(element, '.plane text')).toEqual(['man', 'woman', 'king', 'queen', 'king − man + woman']);
    expect(all(element, '.plane')[0]?.getAttribute('aria-label')).toContain('man to woman, king to queen');
    const pairs = all(element, '.pair').length;
    expect(all(element, '.cosines .num')).toHaveLength((pairs * (pairs - 1)) / 2);
    await click(all(element, '.pair[aria-pressed=false]')[0]);
    expect(text(element, '.plane text')).toHaveLength(6);
    await click(all(element, '.means .num')[0]);
    expect(element.shadowRoot?.querySelector('dot-unfold')?.getAttribute('address')).toBe('weighted[mean]');
  });
  it('places labels where they meet neither points nor each other', () => {
    const placed = placeLabels(
      [
        { x: 50, y: 50, text: 'one' },
        { x: 60, y: 50, text: 'two' },
        { x: 195, y: 50, text: 'edge' },
      ],
      { width: 200, height: 100 },
    );
    expect(placed[2]?.anchor).not.toBe('start');
    const boxes = placed.map(({ tx, ty, anchor, text: word }) => ({
      left: tx - (anchor === 'end' ? 8 * word.length : anchor === 'middle' ? 4 * word.length : 0),
      width: 8 * word.length,
      ty,
    }));
    const [one, two] = boxes;
    if (!one || !two) throw new Error('no labels');
    expect(Math.abs(one.ty - two.ty) >= 16 || one.left + one.width <= two.left || two.left + two.width <= one.left).toBe(true);
  });
});

describe('<dot-benchmark>', () => {
  it('runs, shows accuracy by relation, and sends a wrong answer to the analogy', async () => {
    document.body.innerHTML = '<dot-analogy id="sum"></dot-analogy><dot-benchmark id="b" to="sum"></dot-benchmark>';
    const element = document.querySelector('dot-benchmark') as DotBenchmark;
    await vi.waitFor(() => expect(text(element, '.results tbody tr').length).toBeGreaterThan(10));
    expect(text(element, '.do')[0]).toMatch(/^Ask \d\d,\d{3} questions$/);
    element.model.takeFile('mine.txt', ': odd\nking queen table river\n: right\nman woman king queen\n');
    await drawn(10);
    await click(all(element, '.do')[0]);
    expect(text(element, '.results tbody td:nth-child(3)')).toEqual(['0.0 %', '100.0 %']);
    await click(all(element, '.row:not([disabled])')[0]);
    Element.prototype.scrollIntoView ??= () => {};
    await click(all(element, '.wrong button')[0]);
    await vi.waitFor(() =>
      expect((document.querySelector('dot-analogy') as DotAnalogy).model.to_state()).toBe('e:table-king+queen;expect:river'),
    );
  });
  it('refuses a file that is none, naming the line', async () => {
    const element = await place<DotBenchmark>('<dot-benchmark></dot-benchmark>');
    element.model.takeFile('notes.txt', ': a\none two three\n');
    await drawn(10);
    expect(text(element, '.failure')[0]).toContain('notes.txt: Line 2: 3 words');
  });
});

describe('<dot-bias>', () => {
  it('shows the words that the vocabulary has, names those that it has not, and takes one more', async () => {
    const element = await place<DotBias>('<dot-bias id="people"></dot-bias>');
    await drawn(20);
    expect(text(element, '.words .name')).toEqual(['nurse', 'engineer']);
    expect(text(element, '.small')[0]).toContain('librarian');
    const field = all<HTMLInputElement>(element, 'input[data-field=own]')[0] as HTMLInputElement;
    field.value = 'River';
    field.dispatchEvent(new Event('change'));
    await drawn(20);
    expect(text(element, '.words .name').join()).toContain('river');
    await click(all(element, '.words .num')[0]);
    expect(element.shadowRoot?.querySelector('dot-unfold')?.getAttribute('address')).toBe('combined[1,0]/cosine');
  });
});
