// The words of a few pairs in their plane: each pair an arrow, its words at the arrow's ends; with two pairs, the parallelogram.
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { OffsetsAnswer } from '../../models/offsets.ts';
import { placeLabels } from './labels.ts';

const margin = 34;
/** So many square pixels of a word under other things make it hard to read. */
const crowded = 90;

/** Draws at `width` CSS pixels. One scale for both directions, so that equal differences are parallel and equally long. */
export function plane(answer: OffsetsAnswer, width: number, label: string): TemplateResult {
  const height = planeHeight(width);
  const { fourth, points } = answer;
  const all = fourth ? [...points, { word: '', ...fourth }] : points;
  const [xs, ys] = [all.map(({ x }) => x), all.map(({ y }) => y)];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min((width - 2 * margin) / (right - left || 1), (height - 2 * margin) / (high - low || 1));
  const at = ({ x, y }: { x: number; y: number }) => ({
    x: width / 2 + (x - (left + right) / 2) * scale,
    y: height / 2 - (y - (low + high) / 2) * scale,
  });
  const spots = points.map((point) => ({ ...at(point), text: point.word }));
  const ghost = fourth ? at(fourth) : null;
  const [a1, b1, a2, b2] = spots;
  const ghostText = ghost && a1 && b1 && a2 ? `${a2.text} − ${a1.text} + ${b1.text}` : '';
  const lines = answer.drawn.flatMap((_, i) => segment(spots[2 * i], spots[2 * i + 1]));
  if (ghost) lines.push(...segment(a1, a2), ...segment(b1, ghost), ...segment(a2, ghost), ...segment(ghost, b2));
  const words = placeLabels(ghost ? [...spots, { ...ghost, text: ghostText }] : spots, { width, height }, lines);
  // Where words would cover each other, each arrow carries its pair's number, as the buttons above do.
  const numbered = !ghost && words.some(({ covers }) => covers > crowded);
  const labels = numbered
    ? placeLabels(
        spots.filter((_, i) => i % 2 === 0).map((spot, i) => ({ ...spot, text: String(answer.places[i]) })),
        { width, height },
        lines,
      )
    : words;
  const role = (i: number) => (i >= spots.length ? 'ghost' : numbered || i % 2 === 0 ? 'from' : 'to');
  return html`<svg class="plane" viewBox=${`0 0 ${width} ${height}`} height=${height} role="img" aria-label=${label}>
        <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8Z" /></marker></defs>
        <rect class="frame" x="0.5" y="0.5" width=${width - 1} height=${height - 1} />
        ${labels.map(({ text, tx, ty, anchor }, i) => svg`<text class=${role(i)} x=${tx} y=${ty} text-anchor=${anchor}>${text}</text>`)}
        ${
          ghost && a1 && b1 && a2 && b2
            ? svg`<line class="across" x1=${a1.x} y1=${a1.y} x2=${a2.x} y2=${a2.y} /><line class="across ghost" x1=${b1.x} y1=${b1.y} x2=${ghost.x} y2=${ghost.y} />
                <line class="ghost" x1=${a2.x} y1=${a2.y} x2=${ghost.x} y2=${ghost.y} marker-end="url(#tip)" /><line class="miss" x1=${ghost.x} y1=${ghost.y} x2=${b2.x} y2=${b2.y} />`
            : nothing
        }
        ${answer.drawn.map((_, i) => arrow(spots[2 * i], spots[2 * i + 1]))}
        ${spots.map(({ x, y }, i) => svg`<circle class=${i % 2 === 0 ? 'from' : 'to'} cx=${x} cy=${y} r="5" />`)}
        ${ghost ? svg`<circle class="ghost" cx=${ghost.x} cy=${ghost.y} r="5" />` : nothing}
    </svg>`;
}

/** The height that goes with a width: known before the answer, so that the page keeps still. */
export function planeHeight(width: number): number {
  return Math.round(Math.min(420, Math.max(240, width * 0.62)));
}

type Spot = { x: number; y: number } | undefined;

function segment(from: Spot, to: Spot) {
  return from && to ? [{ from, to }] : [];
}

function arrow(from: Spot, to: Spot) {
  return from && to ? svg`<line x1=${from.x} y1=${from.y} x2=${to.x} y2=${to.y} marker-end="url(#tip)" />` : nothing;
}
