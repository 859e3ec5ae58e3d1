// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import '../../../web/elements/lanes/lanes.ts';
import '../../../web/elements/race/race.ts';
import '../../../web/elements/unfold/unfold.ts';
import { all, drawn, place, useFakeLab, words } from './dom.ts';

beforeEach(() => {
  useFakeLab();
});

const button = (element: Element, text: string) =>
  all<HTMLButtonElement>(element, 'button').find((candidate) => candidate.textContent?.trim() === text);

describe('<dot-lanes>', () => {
  const html = '<dot-lanes id="l" a="1,2,3,4,5" b="1,1,1,1,2" step="0"></dot-lanes>';

  it('steps through the program to the sum', async () => {
    const element = await place(html);
    expect(button(element, 'Back')?.getAttribute('aria-disabled')).toBe('true');
    expect(all(element, '.orders td').map((cell) => cell.textContent?.trim())).not.toContain('20');
    button(element, 'Next instruction')?.focus();
    for (let step = 0; step < 4; step++) {
      button(element, 'Next instruction')?.click();
      await drawn();
    }
    expect(all(element, '.total .num')[0]?.textContent).toBe('20');
    expect(button(element, 'Next instruction')?.getAttribute('aria-disabled')).toBe('true');
    expect(element.shadowRoot?.activeElement).toBe(button(element, 'Next instruction'));
  });

  it('opens what a sum has gathered', async () => {
    const element = await place(html.replace('step="0"', 'step="2"'));
    all<HTMLButtonElement>(element, '[data-address="sum-1-0"]')[0]?.click();
    await drawn();
    const [unfold] = all(element, 'dot-unfold');
    expect(unfold && words(unfold)).toContain('= 10');
  });

  it('shows three sums of the same products', async () => {
    const element = await place('<dot-lanes a="100000000,1,-100000000,1" b="1,1,1,1" step="3"></dot-lanes>');
    expect(all(element, '.orders tbody td:nth-child(2)').map((cell) => cell.textContent?.trim())).toEqual(['0', '1', '2']);
    expect(all(element, '.notes')[0]?.textContent).toContain('fit into 32 bits');
  });

  it('does not call the nearest 32-bit number wrong, and says that the inputs were rounded first', async () => {
    const tenths = new Array(4).fill('0.1').join();
    const element = await place(`<dot-lanes a="${tenths}" b="1,1,1,1" step="3"></dot-lanes>`);
    const [row] = all(element, '.orders tbody tr');
    expect([...(row?.children ?? [])].map((cell) => cell.textContent?.trim())).toEqual(['four sums, four lanes', '0.4', 'nothing']);
    expect(all(element, '.notes')[0]?.textContent).toContain('0.1 becomes 0.10000000149');
  });
});

describe('<dot-race>', () => {
  it('races, shows its figures, and says what it found', async () => {
    const element = await place('<dot-race id="r" lengths="4,768" rounds="3"></dot-race>');
    button(element, 'Start the race')?.click();
    await drawn(20);
    expect(all(element, '.track[role=img]').map((track) => track.getAttribute('aria-label'))).toEqual([
      'JavaScript 4.4 ns, SIMD 5.5 ns',
      'JavaScript 845 ns, SIMD 97 ns',
    ]);
    expect(all(element, 'details tbody tr')).toHaveLength(2);
    expect(button(element, 'Race again')).toBeDefined();
    expect(all(element, '.guess')).toHaveLength(0);
  });

  it('asks for a guess first, and sets it beside the outcome', async () => {
    const element = await place('<dot-race id="r" lengths="4,768" rounds="3" guess="768"></dot-race>');
    const four = all<HTMLInputElement>(element, '.guess input')[2];
    four?.click();
    button(element, 'Start the race')?.focus();
    button(element, 'Start the race')?.click();
    await drawn(20);
    expect(all(element, '.said')[0]?.textContent).toMatch(/You said 4×\.\s+Measured: 8\.7×/);
    expect(element.shadowRoot?.activeElement?.textContent).toBe('Race again');
  });
});
