// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import '../../../web/elements/attention/attention.ts';
import type { DotAttention } from '../../../web/elements/attention/attention.ts';
import '../../../web/elements/attention_map/attention_map.ts';
import type { DotAttentionMap } from '../../../web/elements/attention_map/attention_map.ts';
import { setLab } from '../../../web/elements/lab.ts';
import { forgetTransformers } from '../../../web/elements/transformers.ts';
import '../../../web/elements/unfold/unfold.ts';
import type { Lab } from '../../../web/engine/index.ts';
import { LabError } from '../../../web/engine/index.ts';
import { type FakeAttentionLab, fakeAttentionLab } from '../fake_attention_lab.ts';
import { all, button, drawn, place, press, useFakeLab, words } from './dom.ts';

let lab: FakeAttentionLab;
beforeEach(() => {
  useFakeLab();
  lab = fakeAttentionLab();
  setLab(lab as unknown as Lab);
  forgetTransformers();
});

const chosen = (element: Element) => all(element, '.map [tabindex="0"]').map((one) => one.getAttribute('data-cell'));

describe('<dot-attention>', () => {
  const html = '<dot-attention id="a" tokens="the bank approved the loan"></dot-attention>';

  it('shows one operation at a time, each lit in the formula', async () => {
    const element = await place<DotAttention>(html);
    const lit = () => all(element, '.part.lit').map((one) => one.getAttribute('aria-label'));
    expect(lit()).toEqual(['the vectors X: step 1']);
    expect(all(element, 'input[type="text"]')).toHaveLength(20);
    button(element, 'Next step').click();
    await drawn();
    expect(button(element, /^query of bank, place 1/).textContent).toBe('4');
    press(all(element, '.steps')[0], 'ArrowRight');
    await drawn();
    expect(lit()).toEqual(['Q times K transposed: step 3']);
    expect(words(element)).toContain('bank · loan: the products add up to 8.');
    expect(all(element, '.work-row th').map((one) => one.textContent?.trim())).not.toContain('weight');
    button(element, 'softmax: step 5').click();
    await drawn();
    expect(all(element, '.work-row th').map((one) => one.textContent?.trim())).toContain('weight');
    expect(all(element, '.row-says')[0]?.textContent).toBe('bank looks mostly at loan, 76 %; then at bank, 10 %, and approved, 10 %.');
    button(element, 'times V: step 6').click();
    await drawn();
    expect(button(element, /^output of bank, money/).textContent).toBe('1.63');
    expect(button(element, 'Next step').disabled).toBe(true);
  });

  it('is walked by arrow keys with one tab stop, and the address follows', async () => {
    const element = await place<DotAttention>(html.replace('id=', 'step="5" id='));
    expect(chosen(element)).toEqual(['1,4']);
    const [map] = all(element, '.map');
    for (const key of ['ArrowLeft', 'ArrowDown', 'Home']) press(map, key);
    await drawn(300);
    expect(chosen(element)).toEqual(['2,0']);
    expect(all(element, '.row-says')[0]?.textContent).toMatch(/^approved looks mostly at loan/);
    expect(new URLSearchParams(location.search).get('a')).toMatch(/q:2;k:0/);
    press(map, 'ArrowLeft');
    await drawn();
    expect(chosen(element)).toEqual(['2,0']); // the edge holds
  });

  it('opens every number that it shows', async () => {
    const element = await place<DotAttention>(html.replace('id=', 'step="6" id='));
    const numbers = all<HTMLButtonElement>(element, '.panel .num, .work-row .num');
    expect(numbers.length).toBeGreaterThan(40);
    numbers.find((one) => one.getAttribute('data-address') === 'part-4-0')?.click();
    await drawn();
    expect(all(element, 'dot-unfold')).toHaveLength(1);
    expect(button(element, /^weight of loan times its value, money/).textContent).toBe('1.53');
  });

  it('masks: hidden cells are told, not only drawn', async () => {
    const element = await place<DotAttention>(html.replace('id=', 'step="5" causal id='));
    const hidden = all(element, '.map .hidden');
    expect(hidden).toHaveLength(10);
    expect(hidden[0]?.getAttribute('aria-label')).toBe('the (1st) may not look at bank, which comes later');
    const [box] = all<HTMLInputElement>(element, 'input[type="checkbox"]');
    if (box) box.checked = false;
    box?.dispatchEvent(new Event('change'));
    await drawn();
    expect(all(element, '.map .hidden')).toHaveLength(0);
  });

  it('moves a token and says what came of it; a number out of reach is refused in words', async () => {
    const element = await place<DotAttention>(html);
    button(element, 'later').click();
    await drawn();
    expect(all(element, '.move-says')[0]?.textContent).toContain('The rows only moved.');
    const [field] = all<HTMLInputElement>(element, 'input[type="text"]');
    if (field) field.value = '11';
    field?.dispatchEvent(new Event('input'));
    await drawn();
    expect(all(element, '.refused')[0]?.textContent).toContain('“11” is no number from −10 to 10');
  });

  it('says what failed, and tries again', async () => {
    lab.failNext = new LabError('worker-died', 'The worker stopped.');
    const element = await place<DotAttention>(html);
    expect(words(element)).toContain('The worker stopped.');
    button(element, 'Try again').click();
    await drawn();
    expect(all(element, '.failure')).toHaveLength(0);
  });
});

describe('<dot-attention-map>', () => {
  const html = '<dot-attention-map id="m" text="Anna saw the dog." head="2" query="dog"></dot-attention-map>';
  /** On a page without a screen nothing comes into sight: it is asked for. */
  const loaded = async () => {
    const element = await place<DotAttentionMap>(html);
    button(element, 'Load the trained model').click();
    await drawn(30);
    return element;
  };

  it('says what it loads, then shows the row of a word, each weight a number that opens', async () => {
    const element = await place<DotAttentionMap>(html);
    expect(lab.asked.transformer).toBeUndefined(); // nothing is fetched before it is seen or asked for
    button(element, 'Load the trained model').click();
    await new Promise((done) => setTimeout(done, 3));
    expect(element.model.source.loaded.value).toEqual({ bytes: 512 * 1024, total: 2 * 1024 * 1024 });
    await drawn(30);
    expect(all(element, '.row-says')[0]?.textContent).toMatch(/^dog looks mostly at \(start\), 93 %/);
    expect(all(element, '.tokens button').map((one) => one.getAttribute('aria-label'))).toContain('., comes later');
    button(element, /^weight of dog at \(start\)/).click();
    await drawn();
    expect(all(element, 'dot-unfold').map((one) => one.getAttribute('address'))).toEqual(['transformer/L1/H2/weight[4,0]']);
  });

  it('goes by keys over the map, and through the heads', async () => {
    const element = await loaded();
    const [map] = all(element, '.map');
    press(map, 'ArrowUp');
    await drawn();
    expect(chosen(element)).toEqual(['3,0']);
    expect(all(element, '.row-says')[0]?.textContent).toMatch(/^the looks/);
    button(element, 'Next head').click();
    await drawn();
    expect(element.model.to_state()).toContain('l:2;h:1');
    expect(all(element, '.row-says')[0]?.textContent).toMatch(/^the looks mostly at saw/);
  });

  it('takes a sentence of the reader’s', async () => {
    const element = await loaded();
    const [field] = all<HTMLInputElement>(element, 'form input');
    if (field) field.value = 'The cat slept.';
    all(element, 'form')[0]?.dispatchEvent(new Event('submit', { cancelable: true }));
    await drawn(30);
    expect(all(element, '.tokens button')).toHaveLength(5);
  });

  it('says plainly that the model is missing', async () => {
    lab.failNext = new LabError('no-file', 'The lab came without the writer.');
    const element = await loaded();
    expect(words(element)).toContain('The lab came without the writer.');
    button(element, 'Try again').click();
    await drawn(30);
    expect(all(element, '.tokens button')).toHaveLength(6);
  });
});
