// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import '../../../web/elements/value/value.ts';
import '../../../web/elements/predict/predict.ts';
import '../../../web/elements/check/check.ts';
import '../../../web/elements/check/key.ts';
import '../../../web/elements/cell/cell.ts';
import '../../../web/elements/progress/progress.ts';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { setLab } from '../../../web/elements/lab.ts';
import { provideChecks } from '../../../web/models/check_registry.ts';
import type { CheckSpec } from '../../../web/models/check_spec.ts';
import { progressOf } from '../../../web/models/progress.ts';
import { smallLab } from '../lessons/support.ts';
import { all, drawn } from './dom.ts';

const text = (element: Element) => (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ').trim();
const button = (element: Element, words: string) => {
  const found = all<HTMLButtonElement>(element, 'button').find((one) => one.textContent?.trim() === words);
  if (!found) throw new Error(`no button “${words}” among ${all(element, 'button').map((one) => one.textContent?.trim())}`);
  return found;
};

/** x · 2 with x from 1 to 9, and a foreseen mistake. */
const spec: CheckSpec = {
  id: 'twice',
  type: 'number',
  prompt: { parts: ['<p>Twice ', '?</p>'], slots: [(_, v) => v.x ?? 0] },
  vars: [['x', (k) => k.int(3, 9)]],
  answer: (k, v) => k.multiply(v.x ?? 0, 2),
  wrong: [{ answer: (k, v) => k.add(v.x ?? 0, 2), hint: { parts: ['<p>You added.</p>'], slots: [] } }],
  hints: [{ parts: ['<p>Add it to itself.</p>'], slots: [] }],
  explanation: { parts: ['<p>It is ', '.</p>'], slots: [(_, v) => v.right ?? 0] },
};

/** Puts elements on the page with what is inside them, as a browser does when it upgrades them. */
async function place<E extends Element>(html: string): Promise<E> {
  const box = document.createElement('div');
  box.innerHTML = html;
  document.body.replaceChildren(box);
  await drawn();
  return box.firstElementChild as E;
}

beforeEach(async () => {
  // Nothing is out of sight here: every element asks at once.
  vi.stubGlobal('IntersectionObserver', undefined);
  setLab(await smallLab()());
  history.replaceState(null, '', '/?seed=4');
  progressOf('demo').reset();
  provideChecks('demo', async () => ({ default: { lesson: 'demo', checks: [spec] } }));
});

describe('<dot-value>', () => {
  const html = '<p>It is <dot-value ask="pair/dot" a="1,2,3" b="4,5,6" digits="0">32</dot-value>.</p><p>Next.</p>';

  it('unfolds below its paragraph and closes again', async () => {
    await place(html);
    const value = document.querySelector('dot-value') as Element;
    expect(text(value)).toBe('32');
    all<HTMLButtonElement>(value, 'button')[0]?.click();
    await drawn();
    const below = document.querySelector('p')?.nextElementSibling;
    expect(below?.className).toBe('unfolded');
    expect(below?.firstElementChild?.getAttribute('address')).toBe('pair/dot');
    below?.firstElementChild?.dispatchEvent(new CustomEvent('dot-close', { bubbles: true, composed: true }));
    await drawn();
    expect(document.querySelector('.unfolded')).toBeNull();
    expect(all(value, 'button')[0]?.getAttribute('aria-expanded')).toBe('false');
  });

  it('one number of a paragraph gives way to another', async () => {
    await place('<p><dot-value ask="pair/dot" a="1" b="2">2</dot-value> <dot-value ask="pair/norm[a]" a="3" b="2">3</dot-value></p>');
    for (const value of document.querySelectorAll('dot-value')) {
      all<HTMLButtonElement>(value, 'button')[0]?.click();
      await drawn();
    }
    expect(document.querySelectorAll('.unfolded')).toHaveLength(1);
    expect(document.querySelector('.unfolded > *')?.getAttribute('address')).toBe('pair/norm[a]');
  });

  it('says why where the engine cannot answer, and keeps the text', async () => {
    await place('<p><dot-value ask="words/cosine[kingg,queen]">0.7</dot-value></p>');
    const value = document.querySelector('dot-value') as Element;
    expect(text(value)).toBe('0.7');
    all<HTMLButtonElement>(value, 'button')[0]?.click();
    await drawn();
    await drawn();
    expect(document.querySelector('.unfolded .failure, .unfolded dot-unfold')).not.toBeNull();
  });
});

describe('<dot-predict>', () => {
  it('shows guess and answer, and what comes after only then', async () => {
    const predict = await place<HTMLElement>(
      '<dot-predict id="p" kind="number" ask="pair/dot" a="1,2" b="3,4" min="0" max="20" step="1"><div slot="question"><p>How big?</p></div><div slot="after" hidden>So.</div></dot-predict>',
    );
    const after = predict.querySelector<HTMLElement>('[slot="after"]');
    expect(after?.hidden).toBe(true);
    // Nothing is suggested: there is no guess until the slider is touched.
    expect(button(predict, 'Guess: press the line').disabled).toBe(true);
    const [slider] = all<HTMLInputElement>(predict, 'input');
    if (!slider) throw new Error('no slider');
    slider.value = '10';
    slider.dispatchEvent(new Event('input'));
    await drawn();
    button(predict, 'I say 10').click();
    await drawn(300);
    expect(predict.shadowRoot?.activeElement?.className).toContain('said');
    expect(text(predict)).toContain('You said 10. The engine says 11.0');
    expect(after?.hidden).toBe(false);
    expect(location.search).toContain('p=g:10');
    button(predict, 'Guess again').click();
    await drawn();
    expect(after?.hidden).toBe(true);
    expect(button(predict, 'Guess: press the line')).toBeTruthy();
  });

  it('marks the guess and the engine’s choice', async () => {
    const predict = await place<HTMLElement>(
      '<dot-predict id="q" kind="choice" ask="words/nearest[king-man+woman]"><div slot="question"><p>?</p></div><ul slot="choices"><li>king</li><li>queen</li></ul></dot-predict>',
    );
    button(predict, 'king').click();
    await drawn();
    expect(text(predict)).toContain('king your guess');
    expect(text(predict)).toContain('queen the engine’s answer');
    expect(text(predict)).toContain('Not so.');
  });
});

describe('<dot-check>', () => {
  const html = '<dot-check id="twice" lesson="demo"></dot-check>';
  const answer = async (check: Element, typed: string) => {
    const [input] = all<HTMLInputElement>(check, 'input');
    if (!input) throw new Error('no field');
    input.value = typed;
    input.dispatchEvent(new Event('input'));
    all(check, 'form')[0]?.dispatchEvent(new Event('submit', { cancelable: true }));
    await drawn();
  };

  it('gives the hint of the mistake, then passes, and keeps it', async () => {
    const check = await place<HTMLElement>(html);
    await drawn();
    const x = Number(/Twice (\d)/.exec(text(check))?.[1]);
    expect(text(check)).toContain('Numbers of seed 4');
    await answer(check, String(x + 2));
    expect(text(check)).toContain('Not that. You added.');
    button(check, 'A hint').click();
    await drawn();
    expect(text(check)).toContain('Add it to itself.');
    await answer(check, String(x * 2));
    expect(text(check)).toContain(`Right. It is ${x * 2}.`);
    expect(progressOf('demo').checks.value).toEqual({ twice: 'right' });
    button(check, 'Another one').click();
    await drawn();
    expect(text(check)).toContain('Numbers of seed 5');
  });

  it('names its field and its group', async () => {
    const check = await place<HTMLElement>(html);
    await drawn();
    const [input] = all<HTMLInputElement>(check, 'input');
    expect([input?.getAttribute('aria-label'), input?.getAttribute('aria-describedby')]).toEqual(['Your answer', 'prompt']);
    expect(check.shadowRoot?.querySelector('[aria-live="polite"]')).not.toBeNull();
  });

  it('says what is wrong where the lesson has no such check', async () => {
    const check = await place<HTMLElement>('<dot-check id="none" lesson="demo"></dot-check>');
    await drawn();
    expect(text(check)).toContain('has no check “none”. It has twice.');
  });
});

describe('<dot-key> and <dot-progress>', () => {
  it('computes the key of the seed in the address and of another', async () => {
    const key = await place<HTMLElement>('<dot-key lesson="demo"></dot-key>');
    await drawn();
    const x = Number(/Twice (\d)/.exec(text(key))?.[1]);
    expect(text(key)).toContain(`${2 * x}It is ${2 * x}.`);
    const [field] = all<HTMLInputElement>(key, 'input');
    if (field) field.value = '17';
    all(key, 'form')[0]?.dispatchEvent(new Event('submit', { cancelable: true }));
    await drawn();
    expect(location.search).toBe('?seed=17');
  });

  it('tells what is solved from what was only shown', async () => {
    const progress = await place<HTMLElement>('<dot-progress lesson="demo"></dot-progress>');
    await drawn();
    expect(text(progress)).toBe('0 solved 1 to do');
    progressOf('demo').mark('twice', 'shown');
    await drawn();
    expect(text(progress)).toBe('0 solved 1 answer seen Begin this lesson again');
  });
});

describe('<dot-cell>', () => {
  it('serves with a plain field first, and shows Python beside it', async () => {
    const cell = await place<HTMLElement>(
      '<dot-cell id="c"><pre slot="js"><code>1 + 1</code></pre><pre slot="python"><code>1 + 1  # Python</code></pre></dot-cell>',
    );
    expect(
      all<HTMLTextAreaElement>(cell, 'textarea')
        .map((one) => one.value)
        .concat(all(cell, '.cm-content').map((one) => one.textContent ?? '')),
    ).toEqual(['1 + 1']);
    expect(text(cell)).toContain('# Python');
    expect(button(cell, 'Run')).toBeTruthy();
  });
});

describe('element.yaml', () => {
  it.each(['value', 'predict', 'check'])('%s: lists what the element observes', async (folder) => {
    const { name, attributes } = parse(readFileSync(`web/elements/${folder}/element.yaml`, 'utf8')) as {
      name: string;
      attributes: Record<string, unknown>;
    };
    const element = customElements.get(name) as unknown as { widgetAttributes: string[] };
    const listed = Object.keys(attributes).filter((one) => !['id', 'title'].includes(one));
    expect([...element.widgetAttributes].filter((one) => one !== 'seed' || listed.includes('seed')).sort()).toEqual(listed.sort());
  });
});
