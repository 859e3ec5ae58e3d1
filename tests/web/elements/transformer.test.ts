// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { setLab } from '../../../web/elements/lab.ts';
import type { DotTransformer } from '../../../web/elements/transformer/transformer.ts';
import '../../../web/elements/transformer/transformer.ts';
import { forgetTransformers } from '../../../web/elements/transformers.ts';
import { type Lab, LabError } from '../../../web/engine/index.ts';
import { type FakeTransformerLab, fakeTransformerLab } from '../fake_transformer_lab.ts';
import { all, button, drawn, place, press, useFakeLab, words } from './dom.ts';

let lab: FakeTransformerLab;
beforeEach(() => {
  useFakeLab();
  lab = fakeTransformerLab();
  setLab(lab as unknown as Lab);
  forgetTransformers();
});

const html = '<dot-transformer id="t" text="Anna saw the dog."></dot-transformer>';
const loaded = async (source = html) => {
  const element = await place<DotTransformer>(source);
  // On a page without a screen nothing comes into sight: it is asked for.
  button(element, 'Load the trained model').click();
  await drawn(30);
  return element;
};
const stops = (element: Element, part: string) => all(element, `${part} [tabindex="0"]`).map((one) => one.getAttribute('data-at'));
const text = (element: Element, selector: string) =>
  all(element, selector).map((one) => (one.textContent ?? '').replace(/\s+/g, ' ').trim());
async function type(element: Element, selector: string, value: string): Promise<void> {
  const [field] = all<HTMLInputElement>(element, selector);
  if (!field) throw new Error(`no field ${selector}`);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await drawn(20);
}

describe('<dot-transformer>', () => {
  it('loads nothing before it is seen or asked for; then shows heads, guesses, a row and the work', async () => {
    const element = await place<DotTransformer>(html);
    expect(lab.loaded).toEqual({});
    button(element, 'Load the trained model').click();
    await drawn(30);
    expect(all(element, '.head')).toHaveLength(4);
    expect(all(element, '.head')[1]?.getAttribute('aria-label')).toMatch(/^Layer 1, head 2: “\.” looks most at \(start\), 9\d %$/);
    expect(all(element, '.guesses li:not(.legend)')).toHaveLength(8);
    expect(text(element, '.heading')).toEqual(['After “.” the writer expects']);
    expect(text(element, '.work p')[0]).toContain('5,400 multiply-adds inside dot products, and 600 other steps: 90.0 %');
    expect(text(element, '.status')[0]).toContain('5 tokens and the beginning; the writer reads at most 40.');
  });

  it('says that the text is on its way, where the model is here and its answer is not', async () => {
    let go: () => void = () => {};
    lab.runsWait = new Promise((release) => {
      go = release;
    });
    const element = await loaded();
    expect(text(element, '.status')).toEqual(['The text is on its way through the writer.Start again']);
    expect(words(element)).not.toContain('-1');
    go();
    await drawn(30);
    expect(text(element, '.status')[0]).toContain('5 tokens and the beginning');
  });

  it('is walked by keys with one tab stop for the text, the heads and the map each', async () => {
    const element = await loaded();
    expect([stops(element, '.tokens'), stops(element, '.heads')]).toEqual([['5'], ['0']]);
    for (const key of ['ArrowLeft', 'ArrowLeft']) press(all(element, '.tokens')[0], key);
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) press(all(element, '.heads')[0], key);
    await drawn(20);
    expect([stops(element, '.tokens'), stops(element, '.heads')]).toEqual([['3'], ['3']]);
    expect(text(element, '.row-says')[0]).toMatch(/^the looks mostly at \(start\)/);
    const [map] = all(element, '.head-map');
    expect(map?.getAttribute('tabindex')).toBe('0');
    for (const key of ['End', 'ArrowLeft', 'ArrowUp']) {
      press(map, key);
      await drawn();
    }
    expect(map?.getAttribute('aria-valuetext')).toBe('saw may not look at dog, which comes later');
    expect(text(element, '.cell-line')[0]).toBe('saw may not look at dog: it comes later.');
  });

  it('opens weights, scores, probabilities and logits where they stand', async () => {
    const element = await loaded();
    button(element, /^weight of \. at dog/).click();
    await drawn();
    expect(all(element, 'dot-unfold').map((one) => one.getAttribute('address'))).toEqual(['transformer/L1/H1/weight[5,4]']);
    button(element, /^logit of word/).click();
    await drawn();
    const [unfold, ...more] = all(element, 'dot-unfold');
    expect(unfold?.getAttribute('address')).toMatch(/^transformer\/logit\[5,\d+\]$/);
    expect(more).toEqual([]);
    expect(unfold?.previousElementSibling?.className).toBe('both');
  });

  it('switches heads off by key and by button, compares, and sets back', async () => {
    const element = await loaded();
    const [grid] = all(element, '.heads');
    press(grid, 'x');
    press(grid, 'ArrowRight');
    press(grid, 'x');
    await drawn(20);
    expect(all(element, '.head.off')).toHaveLength(2);
    expect(all(element, '.head.off')[0]?.getAttribute('aria-label')).toContain('head 1, off:');
    expect(text(element, '.changed li')).toEqual(['Off: layer 1, heads 1 and 2.']);
    expect(all(element, '.guesses.compared .bars .before')).toHaveLength(8);
    button(element, 'Layer 1 on').click();
    await drawn(20);
    expect(all(element, '.head.off')).toHaveLength(0);
    button(element, 'Undo').click();
    await drawn(20);
    expect(all(element, '.head.off')).toHaveLength(2);
    button(element, 'Set everything back').click();
    await drawn(320);
    expect(text(element, '.changed')[0]).toContain('Nothing is changed');
    expect(all(element, '.compared')).toHaveLength(0);
    expect(location.search).toContain('h:2');
  });

  it('replaces the chosen token and puts it back; puts a state in and takes it out', async () => {
    const element = await loaded();
    all<HTMLButtonElement>(element, '.tokens button')[2]?.click();
    await type(element, '.replace input', 'heard');
    all(element, '.replace')[0]?.dispatchEvent(new Event('submit', { cancelable: true }));
    await drawn(20);
    expect(all(element, '.tokens button')[2]?.textContent).toContain('heard');
    expect(text(element, '.changed li')).toEqual(['“heard” stands in the place of “saw”.']);
    button(element, 'Put “saw” back').click();
    await drawn(20);
    expect(text(element, '.replace .how')[0]).toMatch(/^Choose a token in the text above/);
    await type(element, '.graft input', 'The king slept.');
    const pick = all<HTMLButtonElement>(element, '.pick button');
    expect(pick.map((one) => one.textContent?.trim())).toEqual(['(start)', 'The', 'king', 'slept', '.']);
    pick[2]?.click();
    await drawn();
    button(element, 'Put it into “saw”').click();
    await drawn(20);
    expect(text(element, '.changed li')[0]).toMatch(/^At “saw” the state that leaves layer 1 is that of “king” in “The king slept\.”$/);
    expect(text(element, '.guesses .name')[0]).toBe('word9');
    button(element, 'Take it out').click();
    await drawn(20);
    expect(all(element, '.compared')).toHaveLength(0);
  });

  it('follows what is typed; too long a text gets a notice and is kept', async () => {
    const element = await loaded();
    await type(element, 'textarea', 'The cat');
    expect(all(element, '.tokens:not(.pick) button')).toHaveLength(3);
    expect(words(element)).not.toContain('byte');
    await type(element, 'textarea', 'The ‹f0›');
    expect(text(element, '.status')[0]).toContain('read byte by byte: ‹f0› is one byte.');
    await type(element, 'textarea', 'ox '.repeat(50));
    expect(text(element, '.status')[0]).toContain('51 tokens');
    expect(all<HTMLTextAreaElement>(element, 'textarea')[0]?.value).toHaveLength(150);
    expect(all(element, '.place.late')).toHaveLength(1);
    button(element, 'Cut it there').click();
    await drawn(20);
    expect(all(element, '.tokens:not(.pick) button')).toHaveLength(40);
  });

  it('changes to the reader, at whose word a blank can be made', async () => {
    const element = await loaded();
    button(element, 'The reader').click();
    await drawn(30);
    all<HTMLButtonElement>(element, '.tokens button')[4]?.click();
    await drawn(20);
    expect(text(element, '.heading')).toEqual(['In the place of “dog”, which it sees, the reader puts']);
    button(element, 'Make it a blank').click();
    await drawn(20);
    expect(text(element, '.heading')).toEqual(['In the blank the reader puts']);
    expect(text(element, '.changed li')).toEqual(['“[blank]” stands in the place of “dog”.']);
  });

  it('says plainly that the model is missing', async () => {
    lab.failNext = new LabError('no-file', 'The lab came without the writer.');
    const element = await loaded();
    expect(words(element)).toContain('The lab came without the writer.');
    button(element, 'Try again').click();
    await drawn(30);
    expect(all(element, '.head')).toHaveLength(4);
  });
});
