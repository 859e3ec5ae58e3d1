// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import '../../../web/elements/product/product.ts';
import '../../../web/elements/unfold/unfold.ts';
import { all, drawn, place, useFakeLab, words } from './dom.ts';

beforeEach(() => {
  useFakeLab();
});

const open = async (element: Element, address: string) => {
  const button = all<HTMLButtonElement>(element, `[data-address="${address}"]`)[0];
  if (!button) throw new Error(`no number at ${address}`);
  button.click();
  await drawn();
};

describe('<dot-unfold>', () => {
  it('draws a dot product as two strips, their products and the sum, with its check', async () => {
    const element = await place('<dot-unfold address="pair/dot" a="1,2,3" b="4,5,6"></dot-unfold>');
    expect(all(element, '.strip.a, .strip.b, .strip.product, .strip.sum')).toHaveLength(4);
    expect(words(element)).toContain('a · b = Σ aᵢ bᵢ = 32');
    expect(words(element)).toContain('Engine 32 · recomputed in double precision 32');
  });

  it('draws a product alone to one scale with its two numbers', async () => {
    const element = await place('<dot-unfold address="pair/dot" a="0.5" b="2"></dot-unfold>');
    const heights = all<HTMLElement>(element, '.strip .cell').map((cell) => Number(cell.style.getPropertyValue('--h')));
    expect(heights).toEqual([0.25, 1, 0.5]);
    expect(all(element, '.label.product').map((label) => label.textContent)).toEqual(['product']);
  });

  it('goes down to a cell and back by the trail', async () => {
    const element = await place('<dot-unfold address="pair/dot" a="1,2,3" b="4,5,6"></dot-unfold>');
    await open(element, 'pair/product[1]');
    await open(element, 'pair/a[1]');
    expect(words(element)).toContain('This is where unfolding ends');
    const trail = all<HTMLButtonElement>(element, '.top button');
    expect(trail.map((step) => step.textContent)).toEqual(['Back', 'a · b', 'product, place 2']);
    trail[1]?.click();
    await drawn();
    expect(words(element)).toContain('a · b = Σ aᵢ bᵢ = 32');
    expect(all(element, '.trail button')).toHaveLength(0);
  });

  it('goes down to the lanes', async () => {
    const element = await place('<dot-unfold address="pair/dot" a="1,2,3,4,5" b="1,1,1,1,1"></dot-unfold>');
    await open(element, 'pair/simd');
    expect(all(element, 'tbody tr')).toHaveLength(5);
    await open(element, 'pair/lane[0]');
    expect(words(element)).toContain('lane 1 = Σ = 6');
  });

  it('draws a quotient and a function', async () => {
    const quotient = await place('<dot-unfold address="pair/cosine" a="3,4" b="4,3"></dot-unfold>');
    expect(all(quotient, '.fraction .num')).toHaveLength(3);
    const root = await place('<dot-unfold address="pair/norm[a]" a="3,4" b="4,3"></dot-unfold>');
    expect(words(root)).toContain('√(a · a)');
  });

  it('lists a long vector: the ten largest products, or all of them, a screenful at a time', async () => {
    const many = Array.from({ length: 500 }, (_, i) => i - 250).join(',');
    const element = await place(`<dot-unfold address="pair/dot" a="${many}" b="${many}"></dot-unfold>`);
    expect(all(element, '[role=grid] .rows [role=row]')).toHaveLength(10);
    const tabs = all<HTMLButtonElement>(element, '.tabs button');
    tabs[1]?.click();
    await drawn();
    const grid = all(element, '[role=grid]')[0];
    expect(grid?.getAttribute('aria-rowcount')).toBe('501');
    expect(all(element, '[role=grid] .rows [role=row]').length).toBeLessThan(30);
    for (const key of ['End', 'ArrowRight', 'ArrowRight'])
      grid?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await drawn();
    const places = all(element, 'dot-places')[0];
    expect((places?.shadowRoot?.activeElement as HTMLElement | null)?.dataset.address).toBe('pair/product[499]');
    expect(all(element, '[role=grid] [tabindex="0"]')).toHaveLength(1);
  });

  it('says what it does not understand, and can be walked back', async () => {
    const element = await place('<dot-unfold address="pair/nonsense" a="1" b="2"></dot-unfold>');
    expect(all(element, '[role=alert]')[0]?.textContent).toContain('pair/dot');
  });

  it('keeps its trail in the address', async () => {
    const element = await place('<dot-unfold id="u" address="pair/dot" a="1,2,3" b="4,5,6"></dot-unfold>');
    await open(element, 'pair/product[1]');
    await drawn(300);
    expect(decodeURIComponent(location.search)).toBe('?u=pair/dot~product[1]');
    const again = await place('<dot-unfold id="u" address="pair/dot" a="1,2,3" b="4,5,6"></dot-unfold>');
    expect(words(again)).toContain('= 10');
  });

  it('goes up one step at a time, by Back or Escape', async () => {
    const element = await place('<dot-unfold address="pair/dot" a="1,2,3" b="4,5,6"></dot-unfold>');
    await open(element, 'pair/product[1]');
    await open(element, 'pair/a[1]');
    all<HTMLButtonElement>(element, '.back')[0]?.click();
    await drawn();
    expect(words(element)).toContain('product, place 2 = aᵢ bᵢ = 10');
    // The focus is back on the number that led down.
    expect((element.shadowRoot?.activeElement as HTMLElement | null)?.dataset.address).toBe('pair/a[1]');
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', cancelable: true }));
    await drawn();
    expect(words(element)).toContain('a · b = Σ aᵢ bᵢ = 32');
  });

  it('adds up before one’s eyes: the ten largest and the rest in one, and a line about rounding', async () => {
    const a = Array.from({ length: 40 }, (_, i) => (i + 1) / 7).join(',');
    const element = await place(`<dot-unfold address="pair/dot" a="${a}" b="${a}"></dot-unfold>`);
    const number = (text: string | null | undefined) => Number((text ?? '').replace(/[^\d.−]/g, '').replace('−', '-'));
    const shown = all(element, '[role=grid] .rows [role=row]').map((row) =>
      number(row.querySelectorAll('[role=gridcell]')[2]?.textContent),
    );
    expect(shown).toHaveLength(10);
    const [rest, total] = all(element, '.foot .number').map((cell) => number(cell.textContent));
    expect(shown.reduce((sum, x) => sum + x, rest ?? 0)).toBeCloseTo(total ?? 0, 3);
    expect(all(element, '.adds')[0]?.textContent).toMatch(/^The 11 figures as they stand here add up to/);
    // The rest can be opened: all forty, the largest first.
    all<HTMLButtonElement>(element, '.foot .more')[0]?.click();
    await drawn();
    expect(all(element, '[role=grid]')[0]?.getAttribute('aria-rowcount')).toBe('41');
    expect(all(element, '.foot.rest')).toHaveLength(0);
    expect(all(element, '[role=rowheader]')[0]?.textContent).toBe('40');
  });

  it('takes the parts of a sum in one by one', async () => {
    const element = await place('<dot-unfold address="pair/dot" a="1,2,3" b="4,5,6"></dot-unfold>');
    const slider = all<HTMLInputElement>(element, '.stepper input')[0];
    expect(slider?.value).toBe('3');
    all<HTMLButtonElement>(element, '.nudge')[0]?.click();
    await drawn();
    expect(all(element, '.so-far')[0]?.textContent).toBe('The first 2: 14.0000. The last of them, place 2, is 10.0000.');
    expect(all(element, '.strip.product .faint')).toHaveLength(1);
  });

  it('goes back by Backspace too, but not while something is typed', async () => {
    const element = await place('<dot-unfold address="pair/dot" a="1,2,3" b="4,5,6"></dot-unfold>');
    await open(element, 'pair/product[1]');
    const key = () => new KeyboardEvent('keydown', { key: 'Backspace', cancelable: true, bubbles: true, composed: true });
    element.dispatchEvent(key());
    await drawn();
    expect(words(element)).toContain('a · b = Σ aᵢ bᵢ = 32');
  });

  it('shows the ends of a long trail, and all of it when asked', async () => {
    const element = await place('<dot-unfold id="u" address="pair/dot" a="1,2,3,4,5" b="1,1,1,1,1"></dot-unfold>');
    for (const address of ['pair/simd', 'pair/lane[0]', 'pair/product[0]']) await open(element, address);
    const unfold = element as HTMLElement & { model: { go(address: string): void } };
    for (const address of ['pair/dot', 'pair/simd', 'pair/lane[0]', 'pair/product[0]']) {
      unfold.model.go(address);
      await drawn();
    }
    const trail = all(element, '.trail li').map((step) => step.textContent?.trim());
    expect(trail).toEqual(['a · b', '… 4 more', 'four lanes', 'lane 1', 'product, place 1']);
    all<HTMLButtonElement>(element, '.trail [aria-expanded]')[0]?.click();
    await drawn();
    expect(all(element, '.way li')).toHaveLength(8);
    expect(all(element, '.way li')[1]?.textContent).toContain('15');
    all<HTMLButtonElement>(element, '.way button')[2]?.click();
    await drawn();
    expect(all(element, '.trail li')).toHaveLength(3);
  });
});

describe('a figure with an open number', () => {
  const figure = '<dot-product id="p" a="1,2,3" b="4,5,6"></dot-product>';

  it('keeps the trail in the address, takes it out when it is closed, and opens it again', async () => {
    const product = await place(figure);
    all<HTMLButtonElement>(product, '.num[data-address="pair/dot"]')[0]?.click();
    await drawn(100);
    await open(all(product, 'dot-unfold')[0] as HTMLElement, 'pair/product[1]');
    await drawn(300);
    const search = location.search;
    expect(new URLSearchParams(search).get('p.trail')).toMatch(/pair\/dot~product\[1\]$/);
    await place('<p></p>');
    history.replaceState(null, '', search);
    const again = await place(figure);
    await drawn(100);
    expect(all(again, '.trail li')).toHaveLength(2);
    expect(all(again, '.line')[0]?.textContent?.replace(/\s+/g, ' ')).toContain('product, place 2 = aᵢ bᵢ = 10');
    all<HTMLButtonElement>(again, '.close')[0]?.click();
    await drawn(300);
    expect(location.search).not.toContain('trail');
    expect(all(again, 'dot-unfold')).toHaveLength(0);
  });

  it('gives a link, as text where the browser does not copy', async () => {
    const product = await place(figure);
    all<HTMLButtonElement>(product, '.num[data-address="pair/dot"]')[0]?.click();
    await drawn(100);
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: () => Promise.reject(new Error('no')) } });
    all<HTMLButtonElement>(product, '.copy')[0]?.click();
    await drawn();
    const link = new URL(all<HTMLInputElement>(product, '.share input')[0]?.value ?? '');
    expect(link.hash).toBe('#p');
    expect(link.searchParams.get('p.trail')).toMatch(/pair\/dot$/);
    expect(link.searchParams.get('p')).toBeTruthy();
  });

  it('says what is wrong with a trail that leads nowhere, and can be closed', async () => {
    history.replaceState(null, '', '/?p.trail=pair/dot~nonsense[9]');
    const product = await place(figure);
    await drawn(100);
    expect(all(product, '.notice')[0]?.textContent).toContain('which is not to be found here');
    expect(all(product, '.line')[0]?.textContent).toContain('32');
  });
});
