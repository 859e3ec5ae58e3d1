// Helpers for tests of elements in happy-dom.
import { setLab } from '../../../web/elements/lab.ts';
import type { Lab } from '../../../web/engine/index.ts';
import { type FakeLab, fakeLab } from '../fake_lab.ts';

/** Gives the page a small engine in plain JavaScript, and an address without state. */
export function useFakeLab(): FakeLab {
  const lab = fakeLab();
  setLab(lab as unknown as Lab);
  history.replaceState(null, '', '/');
  document.body.replaceChildren();
  return lab;
}

/** Puts an element on the page and waits until it has drawn an answer. */
export async function place<E extends HTMLElement>(html: string): Promise<E> {
  document.body.innerHTML = html;
  await drawn();
  return document.body.firstElementChild as E;
}

/** Lets promises and drawings settle; `wait` ms more for what is put off on purpose. */
export async function drawn(wait = 0): Promise<void> {
  for (let i = 0; i < 6; i++) await new Promise((done) => setTimeout(done, 2));
  if (wait) await new Promise((done) => setTimeout(done, wait));
}

/** All that match inside the element, through every shadow root. */
export function all<E extends Element = HTMLElement>(root: Element, selector: string): E[] {
  const inside = root.shadowRoot;
  if (!inside) return [];
  const nested = [...inside.querySelectorAll('*')].filter((element) => element.shadowRoot).flatMap((element) => all<E>(element, selector));
  return [...inside.querySelectorAll<E>(selector), ...nested];
}

/** Presses a key on something. */
export function press(target: Element | undefined, key: string): void {
  target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true }));
}

/** The first button of that name, as it is spoken. */
export function button(element: Element, name: string | RegExp): HTMLButtonElement {
  const called = (one: Element) => one.getAttribute('aria-label') ?? one.textContent?.trim() ?? '';
  const found = all<HTMLButtonElement>(element, 'button').find((one) =>
    typeof name === 'string' ? called(one) === name : name.test(called(one)),
  );
  if (!found) throw new Error(`no button ${name}`);
  return found;
}

/** Visible words of an element's own shadow root, without styles. */
export function words(root: Element): string {
  return all(root, '.unfold, figure')
    .map((element) => element.textContent ?? '')
    .join(' ')
    .replace(/\s+/g, ' ');
}
