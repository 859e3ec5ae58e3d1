// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import '../../../web/elements/cloud/cloud.ts';
import type { DotCloud } from '../../../web/elements/cloud/cloud.ts';
import { setLab } from '../../../web/elements/lab.ts';
import '../../../web/elements/model_scale/model_scale.ts';
import type { DotModelScale } from '../../../web/elements/model_scale/model_scale.ts';
import '../../../web/elements/saturation/saturation.ts';
import type { DotSaturation } from '../../../web/elements/saturation/saturation.ts';
import '../../../web/elements/unfold/unfold.ts';
import { LabError } from '../../../web/engine/errors.ts';
import type { Lab } from '../../../web/engine/index.ts';
import { type FakeScalingLab, fakeScalingLab } from '../fake_scaling_lab.ts';
import { all, drawn, place, press, useFakeLab, words } from './dom.ts';

let lab: FakeScalingLab;
beforeEach(() => {
  lab = fakeScalingLab(useFakeLab());
  setLab(lab as unknown as Lab);
});

const open = (element: Element, key: string) => {
  const [button] = all<HTMLButtonElement>(element, `[data-address="${key}"]`);
  if (!button) throw new Error(`no number ${key}`);
  button.click();
  return drawn(20);
};
const line = (element: Element) => (all(element, '.unfold .line')[0]?.textContent ?? '').replace(/\s+/g, ' ');

describe('<dot-cloud>', () => {
  const html = '<dot-cloud id="cloud" dimensions="16" seed="3"></dot-cloud>';

  it('marks the root mean square and the mean size, told apart by line and name, in both pictures', async () => {
    const element = await place<DotCloud>(html);
    expect(all(element, '.histogram')).toHaveLength(2);
    expect(all(element, '.mark').map((mark) => mark.getAttribute('class'))).toEqual([
      'mark first',
      'mark second',
      'mark first',
      'mark second',
    ]);
    const names = all(element, '.histogram .name').map((name) => name.textContent ?? '');
    expect(names[0]).toMatch(/^root mean square [34]\.\d\d$/);
    expect(names[1]).toMatch(/^mean size [23]\.\d\d$/);
    expect(names[2]).toMatch(/^root mean square (1\.0|0\.9)\d$/);
    expect(words(element)).toContain('√d = 4');
  });

  it('a bar is walked by keys, its pair unfolds to two vectors and their products', async () => {
    const element = await place<DotCloud>(html);
    const [bars] = all(element, '.histogram');
    expect([bars?.getAttribute('role'), bars?.getAttribute('tabindex')]).toEqual(['slider', '0']);
    press(bars, 'Home');
    await drawn();
    expect(bars?.getAttribute('aria-valuetext')).toMatch(/^below −15: \d+ pairs?$/);
    for (const key of ['End', 'PageDown', 'PageDown', 'PageDown', 'ArrowRight']) {
      press(bars, key);
      await drawn();
    }
    expect(element.model.bar.value).toBe(31 - 3 * 4 + 1);
    expect(all(element, '.bar.chosen')).toHaveLength(2); // the same bar in both
    await open(element, 'pair');
    expect(all(element, '.unfold .strip').length).toBeGreaterThan(2);
    const shown = all(element, '[data-address="pair"]')[0]?.textContent;
    expect(Number((line(element).match(/−?\d+\.\d+/) ?? [''])[0].replace('−', '-'))).toBeCloseTo(Number(shown?.replace('−', '-')), 1);
  });

  it('leaves to the page the keys that are not its own', async () => {
    const element = await place(html);
    const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
    all(element, '.histogram')[0]?.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
  });

  it('has its bars as a table whose counts add up to the pairs', async () => {
    const element = await place(html);
    const counts = all(element, 'details:not(.all) tbody td').map((cell) => Number(cell.textContent?.replace(',', '')));
    expect(counts).toHaveLength(32);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4000);
  });

  it('keeps size, seed and bar in the address, and refuses what is no seed', async () => {
    const element = await place<DotCloud>(html);
    const [seed] = all<HTMLInputElement>(element, '.seed input');
    if (!seed) throw new Error('no seed');
    seed.value = '12';
    seed.dispatchEvent(new Event('change'));
    await drawn(300);
    expect(location.search).toContain('cloud=d:16;s:12;b:19');
    for (const wrong of ['x', '-3', '1e9', '', '0.5']) {
      seed.value = wrong;
      seed.dispatchEvent(new Event('change'));
      expect(seed.value).toBe('12');
    }
    all<HTMLButtonElement>(element, '.seed button')[0]?.click();
    expect(element.model.seed.value).toBe(13);
  });

  it('says a failure in words, with a way on', async () => {
    lab.randomDots = async () => {
      throw new LabError('out-of-range', 'Too many at once.');
    };
    const element = await place(html);
    expect(all(element, '[role="alert"]')[0]?.textContent).toContain('Too many at once.');
    lab.randomDots = fakeScalingLab().randomDots;
    all<HTMLButtonElement>(element, '.failure button')[0]?.click();
    await drawn();
    expect(all(element, '.histogram')).toHaveLength(2);
  });
});

describe('<dot-saturation>', () => {
  it('shows score, weight and slope of each key twice, and all of them unfold', async () => {
    const element = await place<DotSaturation>('<dot-saturation id="s" dimensions="64" seed="2"></dot-saturation>');
    expect(all(element, '.two li')).toHaveLength(8);
    expect(all(element, '.two li .num')).toHaveLength(8 * 5);
    await open(element, 'score[4]');
    expect(line(element)).toContain('attention/H1/dot[0,4]');
    await open(element, 'plain/slope[4]');
    expect(line(element)).toContain('softmax/slope[4]');
    await open(element, 'scaled/slopes');
    expect(line(element)).toContain('sum of p (1 − p)');
    expect(all(element, '.unfold .strip').length).toBeGreaterThan(2);
  });

  it('names each number for a voice with its key and its side', async () => {
    const element = await place('<dot-saturation dimensions="64"></dot-saturation>');
    const labels = all(element, '.two li:first-of-type .num').map((button) => button.getAttribute('aria-label')?.split(':')[0]);
    expect(labels).toEqual([
      'q · k of key 1',
      'weight of key 1, without the scale',
      'slope of key 1, without the scale',
      'weight of key 1, with the scale',
      'slope of key 1, with the scale',
    ]);
  });

  it('follows its slider', async () => {
    const element = await place<DotSaturation>('<dot-saturation id="s" seed="2"></dot-saturation>');
    const [slider] = all<HTMLInputElement>(element, '.size input');
    if (!slider) throw new Error('no slider');
    slider.value = '5';
    slider.dispatchEvent(new Event('input'));
    await drawn(300);
    expect(words(element)).toContain('with it (÷ 32)');
    expect(slider.getAttribute('aria-valuetext')).toBe('1,024 dimensions');
    expect(location.search).toContain('s=d:1024;s:2');
  });
});

describe('<dot-model-scale>', () => {
  it('shows every head, and looks into the chosen one', async () => {
    const element = await place<DotModelScale>('<dot-model-scale id="m" text="one two three"></dot-model-scale>');
    element.model.begin(); // as when a reader comes near
    await drawn(50);
    expect(all(element, '.grid tbody tr')).toHaveLength(2);
    expect(all(element, '.grid td .num')).toHaveLength(4);
    expect(all(element, '.two li .name').map((name) => name.textContent)).toEqual(['(start)', 'one', 'two', 'three']);
    const [layer] = all<HTMLSelectElement>(element, 'select');
    if (!layer) throw new Error('no layers');
    for (const chosen of ['1', '2']) {
      layer.value = chosen;
      layer.dispatchEvent(new Event('change'));
      await drawn(20);
      expect(all(element, '.facts')).toHaveLength(1);
    }
    expect(all(element, '.grid .chosen')).toHaveLength(1);
    expect(all(element, '.grid tr:last-of-type .chosen')).toHaveLength(1);
    await open(element, 'rms/1/1');
    expect(line(element)).toContain('root mean square of q · k, layer 2, head 1');
    await open(element, 'plain/entropy');
    expect(line(element)).toContain('entropy in bits');
  });

  it('measures the reader’s sentence, and says what it cannot read', async () => {
    const element = await place<DotModelScale>('<dot-model-scale id="m" text="one two"></dot-model-scale>');
    element.model.begin(); // as when a reader comes near
    await drawn(50);
    const [field] = all<HTMLInputElement>(element, '.text-field');
    if (!field) throw new Error('no field');
    field.value = '  a   b c ';
    field.dispatchEvent(new Event('change'));
    await drawn(20);
    expect(lab.asked).toContain('run a b c');
    expect(all(element, '.two li')).toHaveLength(4);
    field.value = 'too long';
    field.dispatchEvent(new Event('change'));
    await drawn(20);
    expect(all(element, '[role="alert"]')[0]?.textContent).toContain('Shorten it');
    element.remove();
  });

  it('says plainly that it is loading, and that the writer is missing', async () => {
    let fail: (error: Error) => void = () => {};
    lab.transformer = (_, options) => {
      options?.onProgress?.(1024, 4096);
      return new Promise((_go, no) => {
        fail = no;
      });
    };
    const element = await place<DotModelScale>('<dot-model-scale id="m"></dot-model-scale>');
    element.model.begin();
    await drawn(20);
    expect(all(element, '[role="status"]')[0]?.textContent).toBe('Loading the writer, a small trained transformer … 1 of 4 KB');
    fail(new LabError('no-file', 'No file.'));
    await drawn(20);
    expect(words(element)).toContain('This copy of the lab came without the trained writer');
    expect(words(element)).not.toMatch(/NaN|undefined/);
  });
});
