// The dot product as a curve over the angle from a to b, with the present angle marked on it.
import { html, svg, type TemplateResult } from 'lit';
import { formatShort, largest } from '../../drawing/index.ts';

const [wide, high] = [300, 150];
const margin = { left: 34, right: 22, top: 14, bottom: 26 };

export interface CurveOptions {
  /** The present angle from a to b, degrees. */
  at: number;
  /** The dot product there. */
  value: number;
  /** Called with the angle under the pointer when the curve is pressed or dragged along. */
  turn: (degrees: number) => void;
}

/** Ends of the scale. Few, so that a longer arrow is seen as a higher curve and not as another number beside it. */
const ends = [1, 16, 32];

/** degrees[n] from −180 to 180, values[n]. */
export function curve(degrees: readonly number[], values: Float32Array, { at, value, turn }: CurveOptions): TemplateResult {
  const peak = largest(values);
  const most = ends.find((end) => peak <= end * 1.0001) ?? peak;
  const x = (angle: number) => margin.left + ((angle + 180) / 360) * (wide - margin.left - margin.right);
  const y = (v: number) => margin.top + ((most - v) / (2 * most)) * (high - margin.top - margin.bottom);
  const path = degrees.map((angle, i) => `${i === 0 ? 'M' : 'L'}${x(angle).toFixed(1)},${y(values[i] ?? 0).toFixed(1)}`).join('');
  const press = (down: PointerEvent) => {
    const area = down.currentTarget as SVGSVGElement;
    const follow = (event: PointerEvent) => {
      const box = area.getBoundingClientRect();
      const inside = ((event.clientX - box.left) / box.width) * wide;
      const angle = ((inside - margin.left) / (wide - margin.left - margin.right)) * 360 - 180;
      turn(Math.max(-180, Math.min(180, Math.round(angle))));
    };
    const release = () => {
      area.removeEventListener('pointermove', follow);
      area.removeEventListener('pointerup', release);
      area.removeEventListener('pointercancel', release);
    };
    area.setPointerCapture(down.pointerId);
    area.addEventListener('pointermove', follow);
    area.addEventListener('pointerup', release);
    area.addEventListener('pointercancel', release);
    follow(down);
  };
  return html`<svg class="curve" viewBox="0 0 ${wide} ${high}" role="img" @pointerdown=${press}
      aria-label=${`While b turns once around, a times b runs from ${formatShort(-peak, 2)} when the two are opposite, through 0 at 90 degrees, to ${formatShort(peak, 2)} when they point the same way.`}>
    <line class="zero" x1=${margin.left} x2=${wide - margin.right} y1=${y(0)} y2=${y(0)} />
    ${[-180, -90, 0, 90, 180].map((tick) => svg`<line class="tick" x1=${x(tick)} x2=${x(tick)} y1=${y(most)} y2=${y(-most)} /><text x=${x(tick)} y=${high - 8} text-anchor="middle">${formatShort(tick, 0)}°</text>`)}
    ${[most, 0, -most].map((v) => svg`<text x=${margin.left - 6} y=${y(v)} text-anchor="end" dominant-baseline="central">${formatShort(v, 1)}</text>`)}
    <text x=${margin.left + 5} y=${margin.top + 6}>a · b, as b turns</text>
    <path class="line" d=${path} />
    <line class=${value < 0 ? 'stem n' : 'stem p'} x1=${x(at)} x2=${x(at)} y1=${y(0)} y2=${y(value)} />
    <circle class="mark" cx=${x(at)} cy=${y(value)} r="6" /></svg>`;
}
