// Random acts on a page's widgets, by pointer and keys. An act is drawn from a seed before the page is asked anything, so that a seed
// alone replays a run; what it meets on the page is written down beside it.
import type { Page } from '@playwright/test';
import { between, createRandom, type Random } from '../../web/models/random.ts';

export type Act =
  | { kind: 'click'; widget: number; x: number; y: number }
  | { kind: 'drag'; widget: number; x: number; y: number; toX: number; toY: number }
  | { kind: 'keys'; keys: string[] }
  | { kind: 'control'; widget: number; control: number; choice: number; text: string; end: string };

const keys = [
  'Tab',
  'Tab',
  'Tab',
  'Shift+Tab',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Shift+ArrowUp',
  'Enter',
  'Space',
  'Escape',
  'Home',
  'End',
];
const moreKeys = ['PageUp', 'PageDown', 'Delete', 'Backspace', 'a', '7', '-', '.'];

/** Texts that nobody should type, and that somebody will. None holds the words that are looked for on the page afterwards. */
export const oddTexts = [
  '',
  ' ',
  '-',
  '.',
  '−',
  ',',
  '1e999',
  '-1e999',
  '1e-400',
  '0',
  '-0',
  '1,2,3',
  '1 2',
  '0x10',
  '1/0',
  '٣',
  '½',
  '12345678901234567890',
  '9'.repeat(60),
  'king',
  'king-man+woman',
  '--',
  '+',
  'king--',
  '💥',
  'é',
  '<b>x</b>',
  '"><img src=x>',
  '%00',
  'constructor',
  '__proto__',
  'x'.repeat(400),
  '   3   ',
  '3;4',
  '[1,2',
  '$\\frac',
  'a\tb',
];

/** `count` acts of a seed. Positions are shares, 0 to 1: what stands there is not known yet. */
export function drawActs(seed: number, name: string, count: number): Act[] {
  const random = createRandom(seed, `fuzz/${name}`);
  const share = () => random() / 2 ** 32;
  return Array.from({ length: count }, (): Act => {
    const widget = share();
    const kind = between(random, 0, 9);
    if (kind <= 1) return { kind: 'click', widget, x: share(), y: share() };
    if (kind === 2) return { kind: 'drag', widget, x: share(), y: share(), toX: share(), toY: share() };
    if (kind <= 4) return { kind: 'keys', keys: Array.from({ length: between(random, 1, 5) }, () => from(random, [...keys, ...moreKeys])) };
    return {
      kind: 'control',
      widget,
      control: share(),
      choice: share(),
      text: from(random, oddTexts),
      end: from(random, ['Enter', 'Tab', 'Escape', '']),
    };
  });
}

const from = <T>(random: Random, list: readonly T[]): T => list[between(random, 0, list.length - 1)] as T;

/** Does one act, and says what it met: "pressed “Train” in dot-warp#moons". */
export async function perform(page: Page, act: Act): Promise<string> {
  switch (act.kind) {
    case 'click': {
      const { x, y, where } = await placeIn(page, act.widget, act.x, act.y);
      await page.mouse.click(x, y);
      return `clicked ${where}`;
    }
    case 'drag': {
      const { x, y, where } = await placeIn(page, act.widget, act.x, act.y);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 300 * (act.toX - 0.5), y + 300 * (act.toY - 0.5), { steps: 4 });
      await page.mouse.up();
      return `dragged from ${where}`;
    }
    case 'keys':
      for (const key of act.keys) await page.keyboard.press(key);
      return `pressed ${act.keys.join(' ')}`;
    case 'control':
      return control(page, act);
  }
}

async function control(page: Page, act: Extract<Act, { kind: 'control' }>): Promise<string> {
  const met = await page.evaluate(([widget, which, choice]) => window.fuzz.take(widget, which, choice), [
    act.widget,
    act.control,
    act.choice,
  ] as const);
  if (!met) return 'met no control';
  if (met.does === 'type') {
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(act.text);
    if (act.text === '') await page.keyboard.press('Delete');
    if (act.end) await page.keyboard.press(act.end);
    return `typed ${JSON.stringify(act.text.length > 40 ? `${act.text.slice(0, 40)}… (${act.text.length})` : act.text)} and ${act.end || 'nothing'} into ${met.where}`;
  }
  if (met.does === 'press') await page.keyboard.press(met.key);
  return `${met.does === 'press' ? `pressed ${met.key} on` : met.does} ${met.where}`;
}

async function placeIn(page: Page, widget: number, x: number, y: number): Promise<{ x: number; y: number; where: string }> {
  return page.evaluate(([w, fx, fy]) => window.fuzz.place(w, fx, fy), [widget, x, y] as const);
}

/** Words that no reader may meet, in what is seen or spoken of the widgets. */
export async function badWords(page: Page): Promise<string[]> {
  return page.evaluate(() => window.fuzz.bad());
}

declare global {
  interface Window {
    fuzz: {
      take(widget: number, control: number, choice: number): { does: string; key: string; where: string } | null;
      place(widget: number, x: number, y: number): { x: number; y: number; where: string };
      bad(): string[];
      /** How many widgets stand there. */
      count(): number;
    };
  }
}

/** Put into the page before it loads: finding widgets and controls through shadow roots. Leads nowhere else: links and forms stay. */
export function inPage(): void {
  const bad = /\bNaN\b|\bundefined\b|\bInfinity\b|\[object |\bnull\b/;
  const deep = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot ? deep(element.shadowRoot) : [])]);
  const visible = (element: Element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const isWidget = (element: Element) => element.localName.startsWith('dot-') && element.shadowRoot !== null;
  const widgets = () => [...document.querySelectorAll('main *')].filter((element) => isWidget(element) && visible(element));
  const pick = <T>(list: readonly T[], share: number): T | undefined => list[Math.min(list.length - 1, Math.floor(share * list.length))];
  const nameOf = (element: Element) => `${element.localName}${element.id ? `#${element.id}` : ''}`;
  const called = (element: Element) =>
    (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 50);

  addEventListener(
    'click',
    (event) => {
      const link = event.composedPath().find((target): target is HTMLAnchorElement => target instanceof HTMLAnchorElement);
      if (link) event.preventDefault();
    },
    { capture: true },
  );

  window.fuzz = {
    count: () => widgets().length,
    place(share, x, y) {
      const widget = pick(widgets(), share);
      if (!widget) throw new Error('the page holds no widget');
      const before = widget.getBoundingClientRect();
      scrollBy({ top: before.top + y * before.height - innerHeight / 2, behavior: 'instant' });
      const box = widget.getBoundingClientRect();
      return {
        x: box.left + x * box.width,
        y: box.top + y * box.height,
        where: `${nameOf(widget)} at ${Math.round(100 * x)} %, ${Math.round(100 * y)} %`,
      };
    },
    take(share, which, choice) {
      const widget = pick(widgets(), share);
      if (!widget?.shadowRoot) return null;
      const found = deep(widget.shadowRoot).filter(
        (element): element is HTMLElement | SVGElement =>
          element.matches('button, input, select, textarea, summary, a[href], [tabindex="0"], [role="slider"]') &&
          !element.matches(':disabled, [type="file"]') &&
          visible(element),
      );
      const one = pick(found, which);
      if (!one) return null;
      const where = `${one.localName} “${called(one)}” in ${nameOf(widget)}`;
      one.scrollIntoView({ block: 'center', behavior: 'instant' });
      const tell = (...names: string[]) => {
        for (const name of names) one.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
      };
      one.focus();
      if (one instanceof HTMLSelectElement) {
        one.selectedIndex = Math.floor(choice * one.options.length);
        tell('input', 'change');
        return { does: `chose ${one.value} of`, key: '', where };
      }
      if (one instanceof HTMLInputElement && one.type === 'range') {
        one.value =
          choice < 0.4 ? one.min : choice > 0.6 ? one.max : String(Number(one.min) + choice * (Number(one.max) - Number(one.min)));
        tell('input', 'change');
        return { does: `moved to ${one.value}`, key: '', where };
      }
      if (
        one instanceof HTMLTextAreaElement ||
        (one instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(one.type))
      ) {
        return { does: 'type', key: '', where };
      }
      const moved = one.matches('[role="slider"], [tabindex="0"]:not(button, summary)');
      const key = moved
        ? (['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Delete'][Math.floor(choice * 7)] ?? 'Enter')
        : choice < 0.5
          ? 'Enter'
          : 'Space';
      return { does: 'press', key, where };
    },
    bad() {
      const found: string[] = [];
      for (const widget of widgets()) {
        // What a reader's own code prints is the reader's.
        if (widget.localName === 'dot-cell' || !widget.shadowRoot) continue;
        for (const element of deep(widget.shadowRoot)) {
          if (element.localName === 'style' || !element.checkVisibility()) continue;
          const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent ?? '');
          const spoken = ['aria-label', 'aria-valuetext', 'aria-valuenow', 'd', 'transform', 'style', 'href'].map(
            (name) => element.getAttribute(name) ?? '',
          );
          for (const text of [...own, ...spoken])
            if (bad.test(text)) found.push(`${nameOf(widget)} ${element.localName}: ${text.trim().slice(0, 120)}`);
        }
      }
      return found;
    },
  };
}
