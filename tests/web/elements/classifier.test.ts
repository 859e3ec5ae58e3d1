// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import '../../../web/elements/classifier/classifier.ts';
import '../../../web/elements/softmax/softmax.ts';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { DotClassifier } from '../../../web/elements/classifier/classifier.ts';
import { shrink } from '../../../web/elements/classifier/plane.ts';
import { setLab } from '../../../web/elements/lab.ts';
import type { DotSoftmax } from '../../../web/elements/softmax/softmax.ts';
import type { Lab } from '../../../web/engine/index.ts';
import { type FakeClassifierLab, fakeClassifierLab } from '../fake_classifier_lab.ts';
import { all, drawn, place } from './dom.ts';

let lab: FakeClassifierLab;
beforeEach(() => {
  lab = fakeClassifierLab();
  setLab(lab as unknown as Lab);
  history.replaceState(null, '', '/');
});
afterEach(() => document.body.replaceChildren());

const text = (element: Element) => (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ');
const button = (element: Element, words: string) => {
  const found = all<HTMLButtonElement>(element, 'button').find((one) => one.textContent?.trim().replace(/\s+/g, ' ') === words);
  if (!found) throw new Error(`no button “${words}”`);
  return found;
};
const key = (target: Element | undefined, name: string, options = {}) =>
  target?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...options }));
const choose = async (element: Element, words: string) => {
  const label = all(element, 'label').find((one) => one.textContent?.trim().startsWith(words));
  const input = label?.querySelector('input');
  if (!input) throw new Error(`no choice “${words}”`);
  input.checked = true;
  input.dispatchEvent(new Event('change'));
  await drawn();
};
const classifier = async (attributes = 'points="blobs" steps="6"') => {
  const element = await place<DotClassifier>(`<dot-classifier id="c" ${attributes} title="What to notice."></dot-classifier>`);
  await drawn(30);
  return element;
};
const addresses = (element: Element) => all(element, '.num').map((one) => one.dataset.address);

describe('<dot-classifier>', () => {
  it('draws points, regions, class vectors and a probe, and its curves', async () => {
    const element = await classifier();
    expect(all(element, '.points .train')).toHaveLength(3);
    expect(all(element, '.points .held')).toHaveLength(3);
    expect(all(element, '.regions path').length).toBeGreaterThan(3);
    expect(all(element, '.left .arrow')).toHaveLength(3);
    expect(all(element, '.chart')).toHaveLength(2);
    expect(text(element)).toContain('step 6 of 1,000');
    expect(text(element)).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('offers every number of the step and of the probe to be opened', async () => {
    const found = addresses(await classifier());
    for (const k of [0, 1, 2]) expect(found).toContain(`probe/network/logit[0][${k}]`);
    for (const family of ['weight', 'gradient', 'after'])
      for (const row of ['across', 'up']) expect(found).toContain(`step/${family}/${row}`);
    expect(found).toContain('loss/false');
    expect(new Set(found).size).toBe(found.length);
  });

  it('takes one step, and shows what it did to the chosen class vector', async () => {
    const element = await classifier('points="blobs" steps="0"');
    expect(text(element)).toContain('The class vector as it stands.');
    button(element, 'Take one gradient step').click();
    await drawn(20);
    expect(text(element)).toContain('Step 1, a mini-batch of 16 points: after = before − 0.1 × gradient');
    const row = () => all(element, '.step tbody tr')[0]?.textContent?.replace(/\s+/g, ' ').trim();
    const first = row();
    button(element, 'B');
    all<HTMLButtonElement>(element, '.step .pen')[1]?.click();
    await drawn();
    expect(row()).not.toBe(first);
  });

  it('places, carries and takes away points by keys alone', async () => {
    const element = await classifier('points="two" steps="2"');
    await choose(element, 'place or drag points');
    const surface = all(element, '.surface')[0];
    expect(surface?.getAttribute('tabindex')).toBe('0');
    const count = () => element.model.data.points.value.length;
    key(surface, '2');
    key(surface, 'ArrowUp', { shiftKey: true });
    key(surface, 'ArrowRight');
    await drawn();
    key(all(element, '.surface')[0], 'Enter');
    await drawn();
    expect(count()).toBe(121);
    expect(element.model.data.points.value.at(-1)).toMatchObject({ at: [0.1, 0.5], label: 1 });
    expect(text(element)).toContain('Cursor at 0.1 right, 0.5 up.');
    key(all(element, '.surface')[0], 'm');
    await drawn();
    key(all(element, '.surface')[0], 'ArrowLeft', { shiftKey: true });
    await drawn();
    expect(element.model.data.points.value.at(-1)?.at).toEqual([-0.4, 0.5]);
    key(all(element, '.surface')[0], 'Delete');
    await drawn();
    expect(count()).toBe(120);
  });

  it('a press beside a point places another; a held point comes along once it is moved', async () => {
    const element = await classifier('points="two" steps="2"');
    await choose(element, 'place or drag points');
    const surface = all(element, '.surface')[0] as HTMLElement;
    surface.setPointerCapture = () => {};
    const points = () => element.model.data.points.value;
    // The box of an undrawn element is empty: its pixels count from the middle.
    const hold = (type: string, x: number, y: number) =>
      surface.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, bubbles: true }));
    const press = (x: number, y: number) => {
      for (const type of ['pointerdown', 'pointerup']) hold(type, x, y);
      surface.dispatchEvent(new MouseEvent('click', { clientX: x, clientY: y, bubbles: true }));
    };
    press(190, 190);
    expect(points()).toHaveLength(121);
    press(197, 190);
    expect(points()).toHaveLength(122);
    expect(points().at(-2)?.at).not.toEqual(points().at(-1)?.at);
    const before = points().at(-1)?.at;
    hold('pointerdown', 199, 190);
    hold('pointermove', 199, 150);
    hold('pointerup', 199, 150);
    expect(points()).toHaveLength(122);
    expect(points().at(-1)?.at[1]).toBeGreaterThan(before?.[1] ?? 9);
  });

  it('the probe wears the mark of the class that answers, and says it where its numbers do not stand', async () => {
    const element = await classifier('points="blobs" steps="40" probe="-2,1.5" parts="points"');
    const answer = element.model.look.value?.probe.predicted ?? -1;
    expect(answer).toBeGreaterThan(0);
    expect(element.model.probe.value.label).toBe(0);
    expect(all(element, '.probe .dot')[0]?.classList.contains(`k${answer}`)).toBe(true);
    expect(text(element)).toMatch(/The probe, the dotted ring: [BC], probability 0\.\d\d/);
    expect(text(await classifier('points="blobs" steps="6" parts="points,probe"'))).not.toContain('dotted ring');
  });

  it('in the probe’s mode leaves the plane out of the tab order, and moves the probe by keys', async () => {
    const element = await classifier();
    expect(all(element, '.surface')[0]?.hasAttribute('tabindex')).toBe(false);
    const before = element.model.probe.value.at;
    key(all(element, '.probe')[0], 'ArrowRight');
    await drawn(20);
    expect(element.model.probe.value.at).toEqual([Math.round((before[0] + 0.1) * 100) / 100, before[1]]);
    expect(all(element, '.probe')[0]?.getAttribute('aria-valuetext')).toMatch(/0\.5 right, 0\.5 up; classified [ABC]/);
  });

  it('closes what is open of a step once a run goes over it', async () => {
    const element = await classifier();
    all(element, '[data-address="step/gradient/up"]')[0]?.click();
    await drawn();
    expect(all(element, 'dot-unfold')).toHaveLength(1);
    button(element, 'Train').click();
    await drawn(40);
    expect(all(element, 'dot-unfold')).toHaveLength(0);
    button(element, 'Pause').click();
    await drawn(20);
    expect(button(element, 'Train')).toBeDefined();
  });

  it('has what it draws as tables too', async () => {
    const element = await classifier();
    const twin = all(element, '.twin tbody tr');
    expect(twin).toHaveLength(120);
    expect(twin.filter((row) => row.textContent?.includes('measure'))).toHaveLength(30);
    expect(text(element)).toContain('The curves as a table');
  });

  it('shows the parts that it is told to', async () => {
    const element = await classifier('points="blobs" steps="3" parts="curves"');
    expect(all(element, '.step, .probe-numbers, .own, .tools')).toHaveLength(0);
    expect(all(element, '.chart')).toHaveLength(2);
  });

  it('takes its settings from its attributes, and units hides nothing', async () => {
    const element = await classifier(
      'points="xor" units="8,8" activation="relu" optimizer="adam" rate="0.03" seed="9" probe="-1,2" steps="0"',
    );
    expect(element.model.settings.value).toEqual({ hidden: [8, 8], activation: 'relu', optimizer: 'adam', rate: 0.03 });
    expect([element.model.seed.value, element.model.probe.value.at]).toEqual([9, [-1, 2]]);
    expect(element.hidden).toBe(false);
    expect(text(element)).toContain('two layers of 8'.replace('two', '2'));
  });

  it('says a fault of a pasted table by row, and keeps the points', async () => {
    const element = await classifier();
    const area = all<HTMLTextAreaElement>(element, 'textarea')[0];
    if (!area) throw new Error('no field');
    area.value = 'a,b,k\n1,2,x\n3,4\n';
    area.dispatchEvent(new Event('change'));
    await drawn(60);
    expect(all(element, '.failure')[0]?.textContent).toContain('Row 3 has 2 cells, row 1 has 3.');
    expect(element.model.data.points.value).toHaveLength(120);
    area.value = `a,b,k\n${Array.from({ length: 12 }, (_, i) => `${i},${i % 5},${i % 2 ? 'x' : 'y'}`).join('\n')}`;
    area.dispatchEvent(new Event('change'));
    await drawn(60);
    expect(element.model.data.points.value).toHaveLength(12);
    expect(text(element)).toContain('Both columns are standardized');
    expect(all(element, '.failure')).toHaveLength(0);
  });
});

it('draws long class vectors at a share that fits, and says which', () => {
  expect([shrink([1, 1], 3), shrink([3, 4], 3), shrink([0, 14], 3), shrink([0, 0], 3)]).toEqual([1, 0.5, 0.2, 1]);
});

describe('<dot-softmax>', () => {
  const softmax = () => place<DotSoftmax>('<dot-softmax id="s" logits="2,1,0.1" names="cat,dog"></dot-softmax>');

  it('has a row for each class, the sum, and the largest marked', async () => {
    const element = await softmax();
    expect(all(element, 'li .name').map((one) => one.textContent?.trim().replace(/\s+/g, ' '))).toEqual(['catargmax', 'dog', 'a']);
    expect(all(element, '.share .num').map((one) => one.textContent)).toEqual(['0.6590', '0.2424', '0.0986']);
    expect(all(element, '.sum .num')[0]?.textContent).toBe('1.5174');
  });

  it('follows typing and sliding; what is no number is put back', async () => {
    const element = await softmax();
    const [field] = all<HTMLInputElement>(element, 'li input[type="text"]');
    if (!field) throw new Error('no field');
    field.value = '−1,5';
    field.dispatchEvent(new Event('change'));
    await drawn();
    expect(element.model.logits.value[0]).toBe(-1.5);
    field.value = 'many';
    field.dispatchEvent(new Event('change'));
    expect(field.value).toBe('−1.5');
    const slider = all<HTMLInputElement>(element, '.warm input')[0];
    if (!slider) throw new Error('no slider');
    slider.value = '-1';
    slider.dispatchEvent(new Event('input'));
    await drawn();
    expect(element.model.temperature.value).toBe(0.1);
  });

  it('adds to every logit, and nothing changes but the logits', async () => {
    const element = await softmax();
    const shares = () => all(element, '.share .num').map((one) => one.textContent);
    const before = shares();
    button(element, '+1').click();
    await drawn();
    expect(element.model.logits.value).toEqual([3, 2, 1.1]);
    expect(shares()).toEqual(before);
  });
});

it.each(['classifier', 'softmax'])('%s: element.yaml names the attributes that the element reads', async (name) => {
  const { attributes } = parse(readFileSync(`web/elements/${name}/element.yaml`, 'utf8'));
  const element = customElements.get(`dot-${name}`) as unknown as { widgetAttributes: readonly string[] };
  expect(Object.keys(attributes)).toEqual(expect.arrayContaining([...element.widgetAttributes]));
});
