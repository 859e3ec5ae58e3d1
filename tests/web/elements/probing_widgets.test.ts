// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { setLab } from '../../../web/elements/lab.ts';
import '../../../web/elements/own_probe/own_probe.ts';
import type { DotOwnProbe } from '../../../web/elements/own_probe/own_probe.ts';
import '../../../web/elements/probe/probe.ts';
import type { DotProbe } from '../../../web/elements/probe/probe.ts';
import '../../../web/elements/probe_direction/probe_direction.ts';
import type { DotProbeDirection } from '../../../web/elements/probe_direction/probe_direction.ts';
import '../../../web/elements/probe_figures/probe_figures.ts';
import type { DotProbeFigures } from '../../../web/elements/probe_figures/probe_figures.ts';
import { setProbes } from '../../../web/elements/probes.ts';
import '../../../web/elements/sense_drift/sense_drift.ts';
import type { DotSenseDrift } from '../../../web/elements/sense_drift/sense_drift.ts';
import type { Lab } from '../../../web/engine/index.ts';
import { LabError } from '../../../web/engine/index.ts';
import { type FakeProbeLab, fakeProbeLab, fakeSource } from '../fake_probe_lab.ts';
import '../../../web/elements/unfold/unfold.ts';
import { all, button, drawn, place, useFakeLab, words } from './dom.ts';

let lab: FakeProbeLab;
beforeEach(() => {
  useFakeLab();
  lab = fakeProbeLab();
  setLab(lab as unknown as Lab);
  setProbes(fakeSource(lab));
});

/** So many drawings, however slow the machine is. */
const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await drawn();
};
const choose = async (element: Element, name: string, value: string) => {
  const select = all<HTMLSelectElement>(element, 'select').find((one) => one.getAttribute('aria-label') === name);
  if (!select) throw new Error(`no choice ${name}`);
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await turns(6);
};

describe('<dot-probe>', () => {
  const html = '<dot-probe id="p" seeds="1"></dot-probe>';

  it('takes a guess, trains, and shows what was measured beside it', async () => {
    const element = await place<DotProbe>(html);
    await element.model.prepare(); // as when it comes near
    await drawn();
    expect(words(element)).toContain('4 sentences, 20 words, 3 classes:');
    expect(words(element)).toContain('Nothing is trained yet.');
    button(element, 'Layer 2').click();
    await drawn();
    expect(button(element, 'Layer 2').getAttribute('aria-pressed')).toBe('true');
    button(element, 'Train').click();
    await turns(10);
    expect(words(element)).toContain('You guessed layer 2: 70.0 %, 20.0 points below layer 3.');
    expect(words(element)).toContain('The reader, layer 3');
    expect(all(element, 'svg path.guess').length).toBeGreaterThan(0);
    button(element, 'Layer 5').click();
    await drawn();
    expect(words(element)).toContain('The reader, layer 5');
    expect(words(element)).toContain(
      'Of all that varies in these states, 10.0 % lies along the probe’s 2 directions. So many directions of 3 taken at random would hold 66.7 %.',
    );
    expect(words(element)).not.toMatch(/NaN|undefined/);
  });

  it('says why a control has no meaning where there is none, and puts a second chart beside', async () => {
    const element = await place<DotProbe>(html);
    await element.model.prepare(); // what can be chosen is here
    await drawn();
    all<HTMLInputElement>(element, 'input[type="checkbox"]')[0]?.click();
    await drawn();
    button(element, 'Train').click();
    await turns(23);
    expect(all(element, '.charts > div')).toHaveLength(2);
    expect(words(element)).toContain('A control task has no meaning here');
    await choose(element, 'Property', 'sense:bank');
    expect(words(element)).toContain('Nothing is trained yet.');
    // The same mark means the same before and after, and beside a chart that has a control.
    const key = () => all(element, '.key')[0]?.textContent?.replace(/\s+/g, ' ').trim();
    expect(key()).toBe('probe labels dealt at random always the commonest class your guess');
    expect(words(element)).toContain('beside labels dealt at random');
    await choose(element, 'Property', 'part-of-speech');
    expect(key()).toBe('probe labels dealt at random control task always the commonest class your guess');
  });

  it('says what failed and trains again', async () => {
    const element = await place<DotProbe>(html);
    lab.failNext = new LabError('out-of-memory', 'There is no room for the states.');
    button(element, 'Train').click();
    await turns(6);
    expect(all(element, '[role="alert"]')[0]?.textContent).toContain('There is no room for the states.');
    button(element, 'Try again').click();
    await turns(10);
    expect(all(element, '[role="alert"]')).toHaveLength(0);
    expect(words(element)).toContain('Easiest to read at layer 3');
  });
});

describe('<dot-probe-direction>', () => {
  it('puts each token of a sentence on the direction, and opens its score', async () => {
    const element = await place<DotProbeDirection>(
      '<dot-probe-direction id="d" shown="long" text="An ox saw us." layer="2"></dot-probe-direction>',
    );
    button(element, 'Load the trained model').click();
    await turns(8);
    expect(all(element, '.tokens li')).toHaveLength(5);
    const field = all<HTMLInputElement>(element, 'form input')[0];
    if (field) field.value = 'Us.';
    all(element, 'form')[0]?.dispatchEvent(new Event('submit', { cancelable: true }));
    await turns(5);
    expect(all(element, '.tokens em').map((one) => one.textContent)).toEqual(['Us', '.']);
    button(element, /^long, score of Us/).click();
    await turns(5);
    expect(all(element, '.unfold')[0]?.textContent).toContain('score of long for “Us” (place 1), layer 2');
    await choose(element, 'Property', 'sentence-end');
    expect(words(element)).toContain('above 0 speaks for the last word, below for inside');
    expect(words(element)).not.toMatch(/NaN|undefined/);
  });
});

describe('<dot-sense-drift>', () => {
  it('shows the layer of the slider, the two own sentences, and where the word is missing', async () => {
    const element = await place<DotSenseDrift>('<dot-sense-drift id="s"></dot-sense-drift>');
    button(element, 'Load the trained model').click();
    await turns(13);
    expect(all(element, '.plane .own')).toHaveLength(2);
    const slider = all<HTMLInputElement>(element, 'input[type="range"]')[0] as HTMLInputElement;
    slider.value = '4';
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await drawn();
    expect(words(element)).toContain('Layer 4: all our sentences');
    const second = all<HTMLInputElement>(element, 'form input')[1] as HTMLInputElement;
    second.value = 'No such word.';
    all(element, 'form')[1]?.dispatchEvent(new Event('submit', { cancelable: true }));
    await turns(6);
    expect(words(element)).toContain('The word bank does not stand in it.');
    expect(all(element, '.plane .own')).toHaveLength(1);
    button(element, /Frogs slept on every bank/).click();
    await drawn();
    expect(all(element, '.plane .wrong')).toHaveLength(1);
    expect(words(element)).not.toMatch(/NaN|undefined/);
  });
});

describe('<dot-own-probe>', () => {
  it('begins with the author’s words, marks by pressing, and takes back', async () => {
    const element = await place<DotOwnProbe>('<dot-own-probe id="o" yes="owl,apple,ant" no="mouse,dog,table" layer="6"></dot-own-probe>');
    button(element, 'Load the trained model').click();
    await turns(8);
    expect(words(element)).toContain('Trained on 6 words.');
    expect(words(element)).toMatch(/Of \d+ other spellings in our sentences it would mark \d+\./);
    button(element, /^meat, the probe says/).click();
    await turns(3);
    expect(button(element, 'meat, marked yes').textContent).toContain('yes');
    button(element, 'meat, marked yes').click();
    await turns(3);
    button(element, 'meat, marked no').click();
    await turns(3);
    button(element, 'Undo').click();
    await turns(3);
    button(element, 'Take the mark from meat').click();
    await turns(3);
    expect(words(element)).toContain('Trained on 6 words.');
    button(element, 'Take all marks away').click();
    await turns(3);
    expect(words(element)).toContain('Nothing is marked.');
    expect(words(element)).not.toMatch(/NaN|undefined/);
  });
});

describe('<dot-probe-figures>', () => {
  it('shows what the file holds, set by set, and asks no engine', async () => {
    const element = await place<DotProbeFigures>('<dot-probe-figures id="f"></dot-probe-figures>');
    const { figures } = element.model;
    expect(figures.sets.length).toBeGreaterThan(1);
    for (const [i, set] of figures.sets.entries()) {
      await choose(element, 'Set of sentences', String(i));
      expect(all(element, '.all tbody tr')).toHaveLength(set.tasks.length);
      expect(words(element)).toContain(`Easiest to read at layer`);
      expect(words(element)).not.toMatch(/NaN|undefined|\*/);
    }
    expect(words(element)).toContain(figures.command);
    expect(lab.asked).toEqual({});
  });
});
