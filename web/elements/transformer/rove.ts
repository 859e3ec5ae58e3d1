// One tab stop for many buttons: the arrow keys walk them and choose.

/** Where a key leads in rows of `columns` places; the edges hold. null for other keys. */
export function roved(event: KeyboardEvent, at: number, columns: number, count: number): number | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const first = at - (at % columns);
  const last = Math.min(count, first + columns) - 1;
  const to = {
    ArrowLeft: Math.max(first, at - 1),
    ArrowRight: Math.min(last, at + 1),
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: first,
    End: last,
  }[event.key];
  if (to === undefined) return null;
  event.preventDefault();
  return to >= 0 && to < count ? to : at;
}

/** Walks buttons that carry `data-at`: chooses, and takes the focus along. */
export function rove(event: KeyboardEvent, at: number, columns: number, count: number, choose: (to: number) => void): void {
  const to = roved(event, at, columns, count);
  if (to === null || to === at) return;
  choose(to);
  (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-at="${to}"]`)?.focus();
}
