// The mark: dot · dot, which is read "dot by dot". Two dots in the colours of the two operands, and the sign between them.
import { type Markup, raw } from '../html.ts';

/** Centres and radii in a field of 40 × 14. */
export const dots = [
  { part: 'a', x: 6, y: 7, r: 6 },
  { part: 'times', x: 20, y: 7, r: 1.9 },
  { part: 'b', x: 34, y: 7, r: 6 },
] as const;

/** The mark as inline SVG, in the colours of the theme. Decorative: its name stands beside it. */
export function mark(): Markup {
  const circles = dots.map(({ part, x, y, r }) => `<circle class="${part}" cx="${x}" cy="${y}" r="${r}"/>`).join('');
  return raw(`<svg class="mark" viewBox="0 0 40 14" width="40" height="14" aria-hidden="true" focusable="false">${circles}</svg>`);
}
