// @vitest-environment happy-dom
import { render } from 'lit';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type PictureOptions, picture, squareName } from '../../../web/drawing/index.ts';

/** Four squares, two by two, drawn on the page. */
function drawn(values: number[], options: PictureOptions = {}): SVGSVGElement {
  const page = document.createElement('div');
  document.body.append(page);
  render(picture(values, { columns: 2, ...options }), page);
  return page.querySelector('svg') as SVGSVGElement;
}
const fills = (svg: SVGSVGElement) =>
  [...svg.querySelectorAll('path[style]')].map((path) => `${path.getAttribute('d')} ${path.getAttribute('style')}`);
const key = (svg: Element, name: string) => {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true });
  svg.dispatchEvent(event);
  return event;
};

beforeEach(() => {
  document.body.replaceChildren();
});

describe('a picture', () => {
  it('gives each shade one path, runs as rectangles, and nothing to zero', () => {
    const paths = fills(drawn([1, 1, -1, 0], { most: 1 }));
    expect(paths).toHaveLength(2);
    expect(paths[0]).toMatch(/^M0 0h2v1h-2z .*--pos.* 100%/);
    expect(paths[1]).toMatch(/^M0 1h1v1h-1z .*--neg.* 100%/);
  });

  it('does not let a run go around the end of a row', () => {
    expect(fills(drawn([0, 1, 1, 0], { most: 1 }))[0]).toMatch(/^M1 0h1v1h-1zM0 1h1v1h-1z /);
  });

  it('draws ink from paper to ink, and cuts off what is beyond its scale', () => {
    expect(fills(drawn([0.5, 0, 0, 0], { kind: 'ink' }))[0]).toMatch(/--ink.* 50%/);
    expect(fills(drawn([3, 0, 0, 0], { most: 1 }))[0]).toMatch(/ 100%/);
    expect(fills(drawn([Number.NaN, Number.POSITIVE_INFINITY, 0, 0]))).toEqual([]);
  });

  it('marks what is clearly negative by a minus, where it is large enough', () => {
    expect(drawn([-1, 1, -0.05, -0.5], { most: 1, marked: true }).querySelector('.minus')?.getAttribute('d')).toBe(
      'M0.25 0.5h.5M1.25 1.5h.5',
    );
    expect(drawn([-1, 1, 0, 0]).querySelector('.minus')).toBeNull();
  });

  it('has words, or is hidden because its caller has them', () => {
    expect(drawn([1, 0, 0, 0], { label: 'A corner' }).getAttribute('aria-label')).toBe('A corner');
    expect(drawn([1, 0, 0, 0]).getAttribute('aria-hidden')).toBe('true');
    expect(squareName(29)).toBe('row 2, column 2');
  });

  it('is walked by keys, stays inside, and says the square', () => {
    const point = vi.fn();
    const svg = drawn([1, 2, 3, 4], { pointed: 2, point, words: (i) => `square ${i}` });
    expect(svg.getAttribute('aria-valuetext')).toBe('square 2');
    for (const name of ['ArrowUp', 'ArrowRight', 'ArrowLeft', 'ArrowDown', 'Home', 'End', 'PageUp'])
      expect(key(svg, name).defaultPrevented).toBe(true);
    expect(point.mock.calls.flat()).toEqual([0, 3, 2, 2, 2, 3, 0]);
    expect(key(svg, 'Tab').defaultPrevented).toBe(false);
  });

  it('is painted on by Space and Enter, and by nothing where it is not to be painted on', () => {
    const [press, release] = [vi.fn(), vi.fn()];
    const svg = drawn([1, 2, 3, 4], { pointed: 3, point: () => {}, press, release });
    key(svg, ' ');
    key(svg, 'Enter');
    expect(press.mock.calls).toEqual([[3], [3]]);
    expect(release).toHaveBeenCalledTimes(2);
    expect(key(drawn([1, 2, 3, 4], { pointed: 3, point: () => {} }), ' ').defaultPrevented).toBe(false);
  });

  it('takes no tab stop where another picture is walked for it', () => {
    expect(drawn([1, 2, 3, 4], { point: () => {}, walk: false }).hasAttribute('tabindex')).toBe(false);
  });
});
