// @vitest-environment happy-dom
// <dot-induction> in a document, with a training that is told its course.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import '../../../web/elements/induction/induction.ts';
import type { DotInduction } from '../../../web/elements/induction/induction.ts';
import { setLab } from '../../../web/elements/lab.ts';
import '../../../web/elements/unfold/unfold.ts';
import type { Lab } from '../../../web/engine/index.ts';
import { type FakeInductionLab, fakeInductionLab } from '../fake_induction_lab.ts';
import { all, button, drawn, place, press, useFakeLab, words } from './dom.ts';

let lab: FakeInductionLab;
beforeEach(() => {
  useFakeLab();
  lab = fakeInductionLab();
  setLab(lab as unknown as Lab);
});

const html = '<dot-induction id="grow" title="Press Start."></dot-induction>';
const called = (one: Element) => one.getAttribute('aria-label') ?? one.textContent?.trim() ?? '';
const pressed = (element: Element, group: string) => all(element, `${group} [aria-pressed="true"]`).map(called);
/** The figure, seen by its reader. */
async function near(): Promise<DotInduction> {
  const element = await place<DotInduction>(html);
  element.model.begin();
  await vi.waitFor(() => expect(all(element, '.head')).toHaveLength(8));
  return element;
}
async function grown(): Promise<DotInduction> {
  const element = await near();
  button(element, 'Start').click();
  await vi.waitFor(() => expect(words(element)).toContain('step 600 of 600'), { timeout: 10_000 });
  await vi.waitFor(() => expect(words(element)).toContain('set to 0'), { timeout: 10_000 });
  await drawn();
  return element;
}

describe('<dot-induction>', () => {
  it('stands with its first weights, all eight heads and the whole sequence, before a step is taken', async () => {
    const element = await near();
    expect(words(element)).toContain('step 0 of 600');
    expect(all(element, '.signs button')).toHaveLength(9);
    expect(
      all(element, '.signs button')
        .map((one) => one.textContent)
        .join(''),
    ).toBe('|ABCDABCD');
    expect(all(element, '.head-map')).toHaveLength(1);
    expect(button(element, 'Start again').disabled).toBe(true);
    expect(all<HTMLInputElement>(element, 'input[type="range"]')[0]?.disabled).toBe(true);
    expect(lab.seeds).toEqual([1]);
  });

  it('is trained by Start, names what it measured, and keeps its place in the address', async () => {
    const element = await grown();
    expect(words(element)).toContain('Between steps 190 and 230 the loss of the repetition falls from 3.21 to 0.50');
    expect(button(element, 'Start').disabled).toBe(true);
    expect(pressed(element, '.row-of-heads')).toEqual(['Layer 2, head 3: 0.06 on the place before, 0.80 after earlier occurrences']);
    expect(all(element, 'svg.chart')[0]?.getAttribute('aria-label')).toContain('repetition from 3.4 to 0.50');
    await drawn(400);
    expect(location.search).toBe('?grow=s:1;n:600');
  });

  it('goes back in time with the slider, whose value is said in words', async () => {
    const element = await grown();
    const [slider] = all<HTMLInputElement>(element, 'input[type="range"]');
    expect([slider?.max, slider?.getAttribute('aria-valuetext')]).toEqual(['60', 'step 600: loss of the repetition 0.50, 86 % foretold']);
    if (slider) slider.value = '5';
    slider?.dispatchEvent(new Event('input'));
    await vi.waitFor(() => expect(words(element)).toContain('Neither is a clear tendency at step 50.'));
    expect(words(element)).not.toContain('set to 0');
    expect(slider?.getAttribute('aria-valuetext')).toContain('step 50:');
  });

  it('walks heads and signs by keys', async () => {
    const element = await grown();
    press(all(element, '.row-of-heads [aria-pressed="true"]')[0], 'ArrowLeft');
    await drawn();
    expect(pressed(element, '.row-of-heads')[0]).toMatch(/^Layer 2, head 2/);
    press(all(element, '.row-of-heads [aria-pressed="true"]')[0], 'ArrowUp');
    await drawn();
    expect(pressed(element, '.row-of-heads')[0]).toMatch(/^Layer 1, head 2/);
    button(element, 'The highest “after”').click();
    await drawn();
    expect(pressed(element, '.row-of-heads')[0]).toMatch(/^Layer 2, head 3/);
    press(all(element, '.signs [aria-pressed="true"]')[0], 'ArrowLeft');
    await drawn();
    expect(pressed(element, '.signs')[0]).toMatch(/^C \(place 7\), looks, is looked at /);
    press(all(element, '.head-map')[0], 'Home');
    await drawn();
    expect(all(element, '.head-map')[0]?.getAttribute('aria-valuetext')).toMatch(/^C \(place 7\) at the beginning, /);
  });

  it('unfolds a weight', async () => {
    const element = await grown();
    const [number] = all<HTMLButtonElement>(element, '.list .num');
    expect([number?.textContent, number?.dataset.address]).toEqual(['0.900', 'weight-5']);
    number?.click();
    await drawn();
    expect(all(element, 'dot-unfold')[0]?.getAttribute('address')).toBe('transformer/L2/H3/weight[8,5]');
  });

  it('takes another seed, and puts back what is none', async () => {
    const element = await near();
    const [field] = all<HTMLInputElement>(element, 'input[name="seed"]');
    const submit = async (value: string) => {
      if (field) field.value = value;
      all(element, 'form')[0]?.dispatchEvent(new Event('submit', { cancelable: true }));
      await drawn();
    };
    await submit('12');
    expect(lab.seeds).toEqual([1, 12]);
    await submit('x');
    expect([lab.seeds, field?.value]).toEqual([[1, 12], '12']);
  });

  it('pauses when it is taken from the page, and says a failure with a way on', async () => {
    const element = await near();
    button(element, 'Start').click();
    await drawn();
    expect(called(button(element, /Pause/))).toBe('Pause');
    element.remove();
    expect(element.model.running.value).toBe(false);
    await drawn();
    lab.fail = new Error('The engine stopped.');
    document.body.append(element);
    await drawn();
    button(element, /^(Start|Go on)$/).click();
    await drawn();
    expect(words(element)).toContain('The engine stopped.');
    button(element, 'Try again').click();
    await vi.waitFor(() => expect(words(element)).toContain('step 0 of 600'));
  });
});
