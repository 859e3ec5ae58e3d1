// One tab stop for many buttons: the arrow keys walk them and choose.

/** Where a key leads in a grid of places 0 … rows · columns − 1; null for other keys. */
export function roved(event: KeyboardEvent, at: number, columns: number, count: number): number | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const row = at - (at % columns);
  const to = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: columns === count ? 0 : row,
    End: columns === count ? count - 1 : Math.min(count, row + columns) - 1,
  }[event.key];
  if (to === undefined) return null;
  event.preventDefault();
  return to >= 0 && to < count ? to : at;
}

/** Walks buttons that carry `data-at`: chooses, and takes the focus along once the choice is drawn. */
export function rove(event: KeyboardEvent, at: number, columns: number, count: number, choose: (to: number) => void): void {
  const to = roved(event, at, columns, count);
  if (to === null || to === at) return;
  choose(to);
  (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-at="${to}"]`)?.focus();
}
