// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
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
});
