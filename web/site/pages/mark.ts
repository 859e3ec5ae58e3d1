// The mark: dot · dot, which is read "dot by dot". Two dots in the colours of the two operands, and the sign between them.
import { type Markup, raw } from '../html.ts';

/** Centres and radii in a field of 32 × 16. */
export const dots = [
  { part: 'a', x: 8, y: 8, r: 6 },
  { part: 'times', x: 16, y: 8, r: 1.6 },
  { part: 'b', x: 24, y: 8, r: 6 },
] as const;

/** The mark as inline SVG, in the colours of the theme. Decorative: its name stands beside it. */
export function mark(): Markup {
  const circles = dots.map(({ part, x, y, r }) => `<circle class="${part}" cx="${x}" cy="${y}" r="${r}"/>`).join('');
  return raw(`<svg class="mark" viewBox="0 0 32 16" width="32" height="16" aria-hidden="true" focusable="false">${circles}</svg>`);
}
