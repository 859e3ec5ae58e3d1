// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import '../../../web/elements/digit_pad/digit_pad.ts';
import type { DotDigitPad, StrokesDetail } from '../../../web/elements/digit_pad/digit_pad.ts';
import { setLab } from '../../../web/elements/lab.ts';
import '../../../web/elements/matvec/matvec.ts';
import type { DotMatvec } from '../../../web/elements/matvec/matvec.ts';
import '../../../web/elements/templates/templates.ts';
import type { DotTemplates } from '../../../web/elements/templates/templates.ts';
import '../../../web/elements/unfold/unfold.ts';
import type { Lab } from '../../../web/engine/index.ts';
import { fakeLayerLab } from '../fake_layer_lab.ts';
import { all, drawn, place, press, useFakeLab, words } from './dom.ts';

beforeEach(() => {
  setLab(fakeLayerLab(useFakeLab()) as unknown as Lab);
});

const numbered = (element: Element, key: string) => {
  const [button] = all<HTMLButtonElement>(element, `[data-address="${key}"]`);
  if (!button) throw new Error(`no number ${key}`);
  return button;
};

describe('<dot-digit-pad>', () => {
  it('is drawn on by keys alone, says it by an event, and keeps it in the address', async () => {
    const element = await place<DotDigitPad>('<dot-digit-pad id="pad"></dot-digit-pad>');
    const heard: StrokesDetail[] = [];
    element.addEventListener('dot-strokes', (event) => heard.push((event as CustomEvent<StrokesDetail>).detail));
    const [area] = all(element, '.area');
    for (const key of [' ', 'ArrowDown', 'ArrowDown', 'PageDown', ' ']) press(area, key);
    await drawn(300);
    expect(all(element, '.stroke')).toHaveLength(1);
    expect(heard.at(-1)?.drawing).toBe(false);
    expect(heard.at(-1)?.strokes).toHaveLength(1);
    expect(heard.some((one) => one.drawing)).toBe(true);
    expect(location.search).toMatch(/^\?pad=ink:[0-9a-f]+$/);
    const [undo, clear] = all<HTMLButtonElement>(element, 'button');
    undo?.click();
    await drawn();
    expect(all(element, '.stroke')).toHaveLength(0);
    expect(clear?.disabled).toBe(true);
  });

  it('leaves to the page the keys that are not its own', async () => {
    const element = await place('<dot-digit-pad></dot-digit-pad>');
    const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
    all(element, '.area')[0]?.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false); // the pen is up: Escape closes what is open around it
  });
});

describe('<dot-matvec>', () => {
  const html = '<dot-matvec id="m" rows="1,2;0,-1" x="3,1" bias="0,1" at="2"></dot-matvec>';

  it('shows a dot product, a bias and an output per row, and the chosen row worked out', async () => {
    const element = await place<DotMatvec>(html);
    expect(numbered(element, 'network/row[0][1][0]').textContent).toBe('5');
    expect(numbered(element, 'network/logit[0][1]').textContent).toBe('0');
    expect(all(element, '.line.chosen .pick').map((button) => button.textContent)).toEqual(['row 2']);
    expect(numbered(element, 'product-1').textContent).toBe('−1');
    all<HTMLButtonElement>(element, '.pick')[0]?.click();
    await drawn();
    expect(numbered(element, 'product-0').textContent).toBe('3');
    expect(words(element)).toContain('Row 1: the products add up to 5, and 0 on top makes 5.');
  });

  it('is edited where the numbers stand, and refuses what is none', async () => {
    const element = await place<DotMatvec>(html);
    const [bias] = all<HTMLInputElement>(element, '.out input');
    if (!bias) throw new Error('no bias');
    bias.value = '-2';
    bias.dispatchEvent(new Event('change'));
    await drawn();
    expect(numbered(element, 'network/logit[0][0]').textContent).toBe('3');
    bias.value = 'two';
    bias.dispatchEvent(new Event('change'));
    await drawn();
    expect(words(element)).toContain('“two” is no number');
    expect(bias.value).toBe('−2');
    press(bias, 'ArrowUp');
    await drawn();
    expect(numbered(element, 'network/logit[0][0]').textContent).toBe('3.5');
  });

  it('opens each output down to its products', async () => {
    const element = await place<DotMatvec>(html);
    numbered(element, 'network/logit[0][0]').click();
    await drawn();
    expect(words(element)).toContain('w · x + b');
    all<HTMLButtonElement>(element, 'dot-unfold .num, .unfold .num')[0]?.click();
    await drawn();
    expect(all(element, '.unfold .strip')).toHaveLength(4);
  });

  it('has the same as a table', async () => {
    const element = await place<DotMatvec>(html);
    const cells = all(element, 'tbody tr').map((row) => [...row.children].map((cell) => cell.textContent?.trim()).join(' '));
    expect(cells.map((row) => row.trim())).toEqual(['x 3 1', 'row 1 1 2 5 0 5', 'row 2 0 −1 −1 1 0']);
  });
});

describe('<dot-templates>', () => {
  it('shows ten scores, the highest marked, and the chosen template as weight × pixel', async () => {
    const element = await place<DotTemplates>('<dot-templates sample="4" template="3" seed="6"></dot-templates>');
    await drawn(50);
    expect(all(element, '.rows li')).toHaveLength(10);
    expect(all(element, '.rows .first .name').map((name) => name.textContent)).toEqual(['3highest']);
    expect(all(element, '.three .picture')).toHaveLength(3);
    expect(words(element)).toContain('Drawing number 4 of the engine, meant as a 3.'); // its number in the pile is not the digit
    const [walked] = all<SVGSVGElement>(element, '.three .picture[tabindex]');
    press(walked, 'Home');
    await drawn();
    expect(words(element)).toContain('Pixel in row 1, column 1: weight −0.125 × pixel 0 = 0');
    expect(words(element)).toContain('positive, negative; the same shade is the same size for a weight and a product'); // what the colours mean is said all the time
    expect(all(element, '.bars')).toHaveLength(0); // nothing to count where nothing is painted
  });

  it('a score opens to its row and its bias, and the row to three pictures', async () => {
    const element = await place<DotTemplates>('<dot-templates sample="4" template="3"></dot-templates>');
    await drawn(50);
    numbered(element, 'network/logit[0][3]').click();
    await drawn();
    all<HTMLButtonElement>(element, '.unfold [data-address="network/row[0][1][3]"]')[0]?.click();
    await drawn();
    expect(all(element, '.unfold .pictures .picture')).toHaveLength(3);
    expect(all(element, '.unfold .pictures .picture.ink')).toHaveLength(1);
    const [walked] = all(element, '.unfold .picture[tabindex]');
    press(walked, 'End');
    await drawn();
    expect(words(element)).toContain('row 1, column 28: weight −0.125 × pixel 0 = 0');
    const [weight] = all<HTMLButtonElement>(element, '.unfold .place .num');
    expect(weight?.dataset.address).toBe('network/weight[1][3][27]');
    expect(all(element, '.unfold dot-places')).toHaveLength(1);
  });

  it('is painted on by keys: score and errors follow, and undo takes it back', async () => {
    const element = await place<DotTemplates>('<dot-templates edit sample="4" template="3"></dot-templates>');
    await drawn(50);
    const score = () => numbered(element, 'detail-score').textContent;
    const before = score();
    const [canvas] = all(element, '.three .picture.press');
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', ' ']) {
      press(canvas, key);
      await drawn();
    }
    await drawn(50);
    expect(score()).not.toBe(before);
    expect(words(element)).toContain('Template 3, changed');
    expect(words(element)).toContain('Right: 480 of 500 as trained');
    all<HTMLButtonElement>(element, '.detail button.quiet')
      .find((button) => button.textContent === 'Undo')
      ?.click();
    await drawn(50);
    expect(score()).toBe(before);
    expect(words(element)).not.toContain('Template 3, changed');
  });

  it('takes a drawing from its attribute, and from the pad', async () => {
    const element = await place<DotTemplates>('<dot-templates ink="4040c0c0.4080c080"></dot-templates>');
    await drawn(50);
    expect(all(element, '.rows .first .name').map((name) => name.textContent)).toEqual(['2highest']);
    expect(words(element)).toContain('Give me a digit');
    const [area] = all(element, '.area');
    for (const key of [' ', 'ArrowDown', ' ']) {
      press(area, key);
      await drawn();
    }
    await drawn(50);
    expect(all(element, '.rows .first .name').map((name) => name.textContent)).toEqual(['3highest']);
  });
});
