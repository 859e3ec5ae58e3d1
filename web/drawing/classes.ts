// A class has a colour and a shape, always both: the colour says it at a glance, the shape to a reader who cannot tell the colours.
import { css, html, type TemplateResult } from 'lit';

/** Light values of the tokens --class-1 …, for a page without them. */
const fallbacks = ['#2838a1', '#bb6e20', '#7f2117', '#1f8cc9', '#75626e', '#455dc9', '#5d3666', '#7d8774'];

export const classCount = fallbacks.length;

const shapes = ['disc', 'square', 'triangle', 'diamond', 'cross', 'triangle down', 'saltire', 'star'];

/** CSS colour of class k, counted from 0; after the eighth they come round again. */
export function classColor(k: number): string {
  const place = k % classCount;
  return `var(--class-${place + 1}, ${fallbacks[place]})`;
}

/** Its shape in words, for the sentence beside a picture. */
export const shapeName = (k: number): string => shapes[k % classCount] ?? '';

/** Corners of each shape on a circle of radius 1: [degrees from the right, radius] …; the disc is drawn as arcs. */
const turned = (count: number, first: number, radii: readonly number[]): string[] =>
  Array.from({ length: count }, (_, i) => {
    const angle = ((first + (360 * i) / count) * Math.PI) / 180;
    const radius = radii[i % radii.length] ?? 1;
    return `${fixed(radius * Math.cos(angle))},${fixed(radius * Math.sin(angle))}`;
  });
const plus: readonly (readonly [number, number])[] = [
  [-0.36, -1.1],
  [0.36, -1.1],
  [0.36, -0.36],
  [1.1, -0.36],
  [1.1, 0.36],
  [0.36, 0.36],
  [0.36, 1.1],
  [-0.36, 1.1],
  [-0.36, 0.36],
  [-1.1, 0.36],
  [-1.1, -0.36],
  [-0.36, -0.36],
];
const r = Math.SQRT1_2;
const corners: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [
    [-0.88, -0.88],
    [0.88, -0.88],
    [0.88, 0.88],
    [-0.88, 0.88],
  ],
  places(turned(3, -90, [1.25])),
  places(turned(4, 0, [1.2])),
  plus,
  places(turned(3, 90, [1.25])),
  plus.map(([x, y]) => [r * (x - y), r * (x + y)] as const),
  places(turned(10, -90, [1.3, 0.55])),
];

function places(texts: string[]): [number, number][] {
  return texts.map((text) => text.split(',').map(Number) as [number, number]);
}

/** The marker of class k around (x, y), `size` pixels from the middle, as path data: many in one path cost one element. */
export function marker(k: number, x: number, y: number, size: number): string {
  const shape = corners[k % classCount] ?? [];
  if (shape.length === 0)
    return `M${fixed(x - size)},${fixed(y)}a${size},${size} 0 1 0 ${2 * size},0a${size},${size} 0 1 0 ${-2 * size},0Z`;
  return `M${shape.map(([dx, dy]) => `${fixed(x + size * dx)},${fixed(y + size * dy)}`).join('L')}Z`;
}

/** The marker alone, to stand before a class's name. */
export function classMark(k: number): TemplateResult {
  return html`<svg class="class-mark" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d=${marker(k, 8, 8, 5.5)} style="fill:${classColor(k)}"></path></svg>`;
}

export const classStyles = css`
    .class-mark { width: 1em; height: 1em; vertical-align: -.12em; flex: none; }
`;

function fixed(value: number): number {
  return Math.round(value * 100) / 100;
}
