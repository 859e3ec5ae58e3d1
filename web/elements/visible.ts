// Waiting until a reader comes near: what is far down the page asks nothing yet.

/** Calls `act` once, when the element is within a screen's fraction of being seen. Returns the way to call it off. */
export function whenNear(element: Element, act: () => void, margin = '200px'): () => void {
  if (typeof IntersectionObserver === 'undefined') {
    act();
    return () => {};
  }
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      act();
    },
    { rootMargin: margin },
  );
  observer.observe(element);
  return () => observer.disconnect();
}
