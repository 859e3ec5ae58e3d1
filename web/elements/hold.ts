// Holding something in the window while the page around it grows: figures are drawn one after the other, each at its own time.

/** How long a page may be still before it counts as settled, and how long it may take, in milliseconds. */
const [still, patience] = [1500, 12_000];

/**
 * Keeps an element's upper edge where it is wanted while the page around it grows. The reader's first move ends it.
 * @param top in CSS pixels below the window's upper edge
 */
export function hold(element: Element, top: number): void {
  stopHolding();
  const end = new AbortController();
  const { signal } = end;
  const align = () => {
    const off = element.getBoundingClientRect().top - top;
    if (Math.abs(off) >= 1) scrollBy({ top: off, behavior: 'instant' });
  };
  const stop = () => end.abort();
  let settled = setTimeout(stop, still);
  const limit = setTimeout(stop, patience);
  const grown = new ResizeObserver(() => {
    align();
    clearTimeout(settled);
    settled = setTimeout(stop, still);
  });
  for (const act of ['wheel', 'touchmove', 'pointerdown', 'keydown']) addEventListener(act, stop, { signal, passive: true });
  addEventListener('load', align, { signal });
  signal.addEventListener('abort', () => {
    grown.disconnect();
    clearTimeout(settled);
    clearTimeout(limit);
  });
  align();
  grown.observe(document.body);
  stopHolding = stop;
}

let stopHolding = () => {};
