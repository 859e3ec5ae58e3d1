// The reader's place on a page. Figures grow when they are drawn, so a distance in pixels from the top means nothing until all
// is drawn. What is kept is the block of the text that stood at the top of the window, and that block is held where it stood
// while the page settles. The place lies in the history entry: a reload and the way back find it, a shared link does not hold it.
import { hold } from '../../elements/hold.ts';

export interface Place {
  /** Which of the page's blocks, in reading order. */
  block: number;
  /** Where its upper edge stood, in CSS pixels below the window's. */
  top: number;
}

/** `begin` is left by <dot-progress> when a lesson is begun again: the page is read from its top. */
interface Kept {
  place?: Place;
  begin?: boolean;
}

/** What a place can be told by; custom elements are added, inline ones too. */
const blocks = 'h1, h2, h3, p, li, pre, tr';

/** Takes over the scrolling that the browser would do on a reload, on the way back and at a link within the page. */
export function followPlace(): void {
  if (!('scrollRestoration' in history)) return;
  history.scrollRestoration = 'manual';
  const { place, begin } = kept();
  if (begin) {
    write({});
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
  } else if (place) restore(place);
  else holdTarget(0);

  let timer: ReturnType<typeof setTimeout> | undefined;
  addEventListener(
    'scroll',
    () => {
      clearTimeout(timer);
      timer = setTimeout(keep, 200);
    },
    { passive: true },
  );
  addEventListener('pagehide', () => {
    if (!kept().begin) keep();
  });
  addEventListener('popstate', () => {
    const before = kept().place;
    if (before) restore(before);
    else if (!holdTarget(0)) scrollTo({ top: 0, behavior: 'instant' });
  });
  addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest?.('a[href^="#"]');
    if (link) requestAnimationFrame(() => holdTarget());
  });
}

/** The first block that reaches into the window, and where it stands. */
export function placeOf(all: readonly Element[]): Place | null {
  const block = all.findIndex((one) => one.getBoundingClientRect().bottom > 0);
  const found = all[block];
  return found ? { block, top: Math.round(found.getBoundingClientRect().top) } : null;
}

/** The page's blocks as they were written. What is opened below a paragraph comes and goes, and the contents may stand still. */
function allBlocks(): Element[] {
  return [...document.querySelectorAll('main *')].filter(
    (one) => (one.matches(blocks) || one.localName.includes('-')) && !one.closest('.unfolded, nav'),
  );
}

function restore({ block, top }: Place): void {
  const element = allBlocks()[block];
  if (element) hold(element, top);
}

/** Holds what the address's fragment names, if it names anything. */
function holdTarget(top?: number): boolean {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (target) hold(target, top ?? target.getBoundingClientRect().top);
  return target !== null;
}

function keep(): void {
  const place = scrollY > 0 ? placeOf(allBlocks()) : null;
  write(place ? { place } : {});
}

/** An entry's state is outside input: another script may have put anything there. */
function kept(): Kept {
  const { place, begin } = (history.state ?? {}) as Kept;
  const fits = Number.isInteger(place?.block) && Number.isFinite(place?.top);
  return { ...(fits && place ? { place } : {}), begin: begin === true };
}

function write(state: Kept): void {
  try {
    const others = { ...(history.state as object | null) };
    history.replaceState({ ...others, place: undefined, begin: undefined, ...state }, '');
  } catch {
    // A sandboxed frame, or a browser that limits how often this is done.
  }
}
