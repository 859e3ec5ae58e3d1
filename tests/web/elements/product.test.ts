// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import '../../../web/elements/product/product.ts';
import '../../../web/elements/unfold/unfold.ts';
import type { DotProduct } from '../../../web/elements/product/product.ts';
import { all, drawn, place, useFakeLab, words } from './dom.ts';

const pair = '<dot-product id="p" a="1,2,3" b="4,5,6" title="What to notice."></dot-product>';

beforeEach(() => {
  useFakeLab();
});

const inputs = (element: Element) => all<HTMLInputElement>(element, '.cell input');
const type = (input: HTMLInputElement | undefined, text: string) => {
  if (!input) throw new Error('no field');
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
};
const press = (target: Element | undefined, key: string, options = {}) =>
  target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...options }));

describe('<dot-product>', () => {
  it('draws two editable strips, the products, the steps and the sum', async () => {
    const element = await place(pair);
    expect(inputs(element).map((input) => input.value)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(inputs(element).map((input) => input.getAttribute('aria-label'))[4]).toBe('b, place 2 of 3');
    expect(all(element, '.strip.product .num').map((button) => button.textContent)).toEqual(['4', '10', '18']);
    expect(all(element, '.step')).toHaveLength(3);
    expect(all(element, '.result .num')[0]?.textContent).toBe('32');
  });

  it('wears its title as a caption, not as a tooltip', async () => {
    const element = await place(pair);
    expect(all(element, 'figcaption')[0]?.textContent).toBe('What to notice.');
    expect(element.hasAttribute('title')).toBe(false);
  });

  it('follows typing, and leaves what is typed alone on the way to a number', async () => {
    const element = await place(pair);
    const [field] = inputs(element);
    type(field, '2.');
    await drawn();
    expect(field?.value).toBe('2.');
    type(field, '2.5');
    await drawn();
    expect(all(element, '.result .num')[0]?.textContent).toBe('38');
    type(field, '-');
    await drawn();
    expect(all(element, '.result .num')[0]?.textContent).toBe('38');
    field?.dispatchEvent(new Event('change'));
    expect(field?.value).toBe('2.5');
  });

  it('steps by arrow keys: a tenth, with Shift one', async () => {
    const element = await place(pair);
    press(inputs(element)[0], 'ArrowUp');
    await drawn();
    expect(inputs(element)[0]?.value).toBe('1.1');
    press(inputs(element)[0], 'ArrowDown', { shiftKey: true });
    await drawn();
    expect(inputs(element)[0]?.value).toBe('0.1');
  });

  it('leaves a stepped number selected, takes it back on Escape, and says why a text is refused', async () => {
    const element = await place(pair);
    const [field] = inputs(element);
    field?.focus();
    press(field, 'ArrowUp');
    expect([field?.selectionStart, field?.selectionEnd]).toEqual([0, 3]);
    await drawn();
    press(field, 'Escape');
    await drawn();
    expect(field?.value).toBe('1');
    type(field, 'abc');
    expect(field?.getAttribute('aria-invalid')).toBe('true');
    field?.dispatchEvent(new Event('change'));
    await drawn();
    expect(field?.value).toBe('1');
    expect(all(element, '.reading[role=status]')[0]?.textContent).toContain('“abc” is not a number');
    type(field, '-');
    expect(field?.hasAttribute('aria-invalid')).toBe(false);
  });

  it('says what b does with a, where it is asked to', async () => {
    const element = await place('<dot-product id="p" a="3,1,4" b="0,1,0" tool></dot-product>');
    expect(all(element, '.says')[0]?.textContent).toContain('picks out place 2');
  });

  it('keeps its state in the address, and takes it from there', async () => {
    const element = await place(pair);
    expect(location.search).toBe('');
    type(inputs(element)[0], '7');
    await drawn(300);
    expect(location.search).toBe('?p=a:7,2,3;b:4,5,6');
    const again = await place(pair);
    expect(inputs(again)[0]?.value).toBe('7');
    (again as DotProduct).reset();
    await drawn(300);
    expect(inputs(again)[0]?.value).toBe('1');
    expect(location.search).toBe('');
  });

  it('starts afresh when an attribute changes', async () => {
    const element = await place(pair);
    element.setAttribute('a', '10,0,0');
    await drawn();
    expect(all(element, '.result .num')[0]?.textContent).toBe('40');
  });

  it('unfolds a number in place, one at a time, and gives the focus back', async () => {
    const element = await place(pair);
    const [first, second] = all<HTMLButtonElement>(element, '.strip.product .num');
    first?.click();
    await drawn();
    expect(all(element, 'dot-unfold')).toHaveLength(1);
    expect(first?.getAttribute('aria-expanded')).toBe('true');
    second?.click();
    await drawn();
    expect(all(element, 'dot-unfold')).toHaveLength(1);
    expect(all(element, 'dot-unfold')[0]?.getAttribute('address')).toBe('pair/product[1]');
    const [unfold] = all(element, 'dot-unfold');
    press(unfold, 'Escape');
    await drawn();
    expect(all(element, 'dot-unfold')).toHaveLength(0);
    expect(element.shadowRoot?.activeElement).toBe(second);
  });

  it('keeps what is unfolded in step with the cells', async () => {
    const element = await place(pair);
    all<HTMLButtonElement>(element, '.result .num')[0]?.click();
    await drawn();
    type(inputs(element)[0], '2');
    await drawn(10);
    const [unfold] = all(element, 'dot-unfold');
    expect(unfold && words(unfold)).toContain('= 36');
  });

  it('keeps the unfolded sum so far in step too', async () => {
    const element = await place('<dot-product id="p" a="1,2,3" b="4,5,6"></dot-product>');
    (element as DotProduct).model.scrub(2);
    await drawn();
    all<HTMLButtonElement>(element, '.result .num')[0]?.click();
    await drawn();
    const [unfold] = all(element, 'dot-unfold');
    expect(unfold && words(unfold)).toContain('= 14');
    type(inputs(element)[0], '2');
    await drawn(10);
    expect(unfold && words(unfold)).toContain('= 18');
  });

  it('draws long vectors as bars, with a part of them as cells', async () => {
    const element = await place('<dot-product id="p" length="768"></dot-product>');
    expect(all(element, 'svg.bars').length).toBeGreaterThanOrEqual(4);
    expect(inputs(element).length).toBeLessThanOrEqual(32);
    expect(all(element, '.index')[0]?.textContent).toBe('1');
  });

  it('keeps products and sum covered until the reader asks, whatever is changed, and covers them again from the start', async () => {
    const covered = pair.replace('id="p"', 'id="p" covered');
    const element = await place(covered);
    expect(all(element, '.num')).toHaveLength(0);
    expect(element.shadowRoot?.textContent).not.toContain('32');
    all<HTMLButtonElement>(element, '.result button')[0]?.click();
    await drawn();
    expect(all(element, '.result .num')[0]?.textContent).toBe('32');
    expect(element.shadowRoot?.activeElement).toBe(all(element, '.result .num')[0]);
    (element as DotProduct).reset();
    await drawn();
    expect(all(element, '.num')).toHaveLength(0);
    const other = await place(covered);
    type(inputs(other)[0], '2');
    await drawn();
    expect(all(other, '.num')).toHaveLength(0);
    expect(all<HTMLInputElement>(other, '.scrub input')[0]?.disabled).toBe(true);
    all<HTMLButtonElement>(other, '.result button')[0]?.click();
    await drawn();
    expect(all(other, '.result .num')[0]?.textContent).toBe('36');
  });

  it('says in words why two lengths cannot be multiplied', async () => {
    const element = await place('<dot-product id="p" a="1,2,3" b="4,5"></dot-product>');
    expect(all(element, '[role=alert]')[0]?.textContent).toContain('3');
    expect(inputs(element)).toHaveLength(5);
    all<HTMLButtonElement>(element, 'button.do').at(-1)?.click();
    await drawn();
    expect(all(element, '.result .num')[0]?.textContent).toBe('17');
    expect(element.shadowRoot?.activeElement).toBe(all(element, '.result .num')[0]);
  });

  it('speaks what it shows', async () => {
    const element = await place(pair);
    await drawn(550);
    expect(all(element, '[aria-live]')[0]?.textContent).toBe('a · b is 32. The products are 4, 10, 18.');
  });
});
