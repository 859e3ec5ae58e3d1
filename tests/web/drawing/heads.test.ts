// @vitest-environment happy-dom
import { render } from 'lit';
import { describe, expect, it, vi } from 'vitest';
import { type HeadMapOptions, headMap, headPicture } from '../../../web/drawing/heads.ts';

const drawn = (template: unknown) => {
  const page = document.createElement('div');
  document.body.replaceChildren(page);
  render(template, page);
  return page.querySelector('svg') as SVGSVGElement;
};
const shades = (svg: Element) =>
  [...svg.querySelectorAll('path[style]')].map((path) => `${path.getAttribute('d')} ${path.getAttribute('style')?.replace(/\s/g, '')}`);

describe('a head at a glance', () => {
  it('has a path for each shade, runs as rectangles, nothing for nothing, and a mark at the row', () => {
    const svg = drawn(headPicture(Float32Array.from([1, 0, 0.5, 0.5]), 2, 1));
    expect(shades(svg)).toEqual(['M0 1h2v1h-2z --shade:50%', 'M0 0h1v1h-1z --shade:100%']);
    expect(svg.querySelector('.line')).not.toBeNull();
    expect(svg.getAttribute('aria-hidden')).toBe('true');
  });
  it('of a long text shows the largest of what a square stands for', () => {
    const count = 64;
    const weights = new Float32Array(count * count);
    weights[63 * count + 1] = 0.8;
    const svg = drawn(headPicture(weights, count));
    expect(svg.getAttribute('viewBox')).toBe('0 0 32 32');
    expect(shades(svg)).toEqual(['M0 31h1v1h-1z --shade:80%']);
  });
});

describe('the map of a head', () => {
  const options = (more: Partial<HeadMapOptions> = {}): HeadMapOptions => ({
    weights: Float32Array.from([1, 0, 0, 0.5, 0.5, 0, 0.2, 0.2, 0.6]),
    names: ['(start)', 'the (1st)', 'uncharacteristically'],
    causal: true,
    side: 20,
    at: { query: 2, key: 0 },
    choose: vi.fn(),
    label: 'Weights',
    words: (t, s) => `${t} at ${s}`,
    ...more,
  });
  it('names rows and columns, hides what comes later, and says the chosen cell', () => {
    const svg = drawn(headMap(options()));
    expect([...svg.querySelectorAll('text')].map((one) => one.textContent)).toEqual([
      '(start)', '(start)', 'the', 'the', 'uncharacter…', 'uncharacter…',
    ]); // biome-ignore format: a row each
    expect(svg.querySelector('.later')?.getAttribute('d')).toBe('M1 0H3V2H2V1H1V0z');
    expect([svg.getAttribute('aria-valuetext'), svg.getAttribute('aria-valuenow')]).toEqual(['2 at 0', '7']);
    expect(drawn(headMap(options({ causal: false }))).querySelector('.later')).toBeNull();
  });
  it('is walked by keys within its edges; others pass', () => {
    const choose = vi.fn();
    const svg = drawn(headMap(options({ choose })));
    for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'])
      svg.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
    expect(choose.mock.calls).toEqual([[1, 0], [2, 0], [2, 0], [2, 1], [2, 0], [2, 2], [0, 0], [2, 0]]); // biome-ignore format: one a key
    const tab = new KeyboardEvent('keydown', { key: 'Tab', cancelable: true });
    svg.dispatchEvent(tab);
    expect([tab.defaultPrevented, choose.mock.calls.length]).toEqual([false, 8]);
  });
  it('takes a click on a cell, on the names of a row, and on the names of a column', () => {
    const choose = vi.fn();
    const svg = drawn(headMap(options({ choose })));
    vi.spyOn(svg, 'getBoundingClientRect').mockReturnValue({ left: 0, top: 0 } as DOMRect);
    for (const [clientX, clientY] of [
      [80 + 25, 80 + 45],
      [10, 80 + 25],
      [80 + 45, 10],
      [10, 10],
      [500, 90],
    ])
      svg.dispatchEvent(new MouseEvent('click', { clientX: clientX ?? 0, clientY: clientY ?? 0 }));
    expect(choose.mock.calls).toEqual([[2, 1], [1, 0], [2, 2]]); // biome-ignore format: one a click
  });
});
