// Waiting until a reader comes near: what is far down the page asks nothing yet, or not before the rest has its answers.

import type { ReactiveControllerHost } from 'lit';

/** Calls `act` once, when the element is within a screen's fraction of being seen. Returns the way to call it off. */
function whenNear(element: Element, act: () => void, margin = '200px'): () => void {
  if (typeof IntersectionObserver === 'undefined') {
    queueMicrotask(act);
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
function whenNearOrIdle(element: Element, act: () => void, margin?: string): () => void {
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

type Host = ReactiveControllerHost & Element;

/** Has an element act when a reader comes near it, whenever it is put on a page; taken off, it waits no longer. To be said in its constructor. */
export function actNear(host: Host, act: () => void, margin?: string): void {
  waits(host, () => whenNear(host, act, margin));
}

/** The same, but not later than when the browser has nothing else to do. */
export function actNearOrIdle(host: Host, act: () => void, margin?: string): void {
  waits(host, () => whenNearOrIdle(host, act, margin));
}

function waits(host: Host, wait: () => () => void): void {
  let callOff: (() => void) | undefined;
  host.addController({
    hostConnected: () => {
      callOff = wait();
    },
    hostDisconnected: () => callOff?.(),
  });
}
