// Waiting until a reader comes near: what is far down the page asks nothing yet, or not before the rest has its answers.

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

/** The same, but not later than when the browser has nothing else to do: what is to stand there before anybody comes. */
export function whenNearOrIdle(element: Element, act: () => void, margin?: string): () => void {
  let acted = false;
  const once = () => {
    if (!acted) act();
    acted = true;
  };
  const callOff = whenNear(element, once, margin);
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(once, 2000);
    return () => {
      clearTimeout(timer);
      callOff();
    };
  }
  const idle = requestIdleCallback(once, { timeout: 4000 });
  return () => {
    cancelIdleCallback(idle);
    callOff();
  };
}
