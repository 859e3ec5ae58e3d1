// <dot-digit-pad>: a square to draw a digit on, by mouse, pen, finger or keys. Other elements give it the model that they keep,
// as the property `pad`, and follow its signals; in a page of its own it keeps its strokes under its id. Each change is also an
// event, `dot-strokes`, with {strokes, drawing}.
import { effect } from '@preact/signals-core';
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { keepThePageStill } from '../../drawing/index.ts';
import { DigitPadModel, type PadStroke, penThickness } from '../../models/digit_pad.ts';
import { DotElement, define } from '../base.ts';

export interface StrokesDetail {
  strokes: readonly PadStroke[];
  /** Whether the pen is still down. */
  drawing: boolean;
}

const size = 256;

export class DotDigitPad extends DotElement<DigitPadModel> {
  static override properties = { pad: { attribute: false } };
  static override styles = [
    DotElement.base,
    css`
      .area { display: block; width: 100%; max-width: 20rem; aspect-ratio: 1; touch-action: none; cursor: crosshair; outline: 1px solid var(--edge, #85837b); }
      .area:focus-visible { outline: 2px solid var(--touch, #0b7365); outline-offset: 2px; }
      .area .stroke { fill: none; stroke: var(--ink, #1d1e21); stroke-width: ${penThickness * size}; stroke-linecap: round; stroke-linejoin: round; }
      .area .guide { fill: none; stroke: var(--line, #d9d6cd); stroke-width: 1; stroke-dasharray: 3 5; }
      .area .hint { font: 400 15px/1 var(--sans, system-ui, sans-serif); fill: var(--soft, #5b5d64); text-anchor: middle; }
      .area .pen { fill: none; stroke: var(--touch, #0b7365); stroke-width: 2; visibility: hidden; }
      .area .pen.down { fill: var(--touch, #0b7365); }
      .area:focus-visible .pen { visibility: visible; }
      .controls { margin: 6px 0 2px; gap: 0 12px; }
      .keys { margin: 0; font-size: .78rem; max-width: 20rem; }
      @media (hover: none) and (pointer: coarse) { .keys { display: none; } }
    `,
  ];

  /** The model to draw; another element's, or the pad's own. */
  declare pad: DigitPadModel | undefined;
  #stopTelling: (() => void) | undefined;

  protected override create_model(): DigitPadModel {
    return this.pad ?? new DigitPadModel();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    let first = true;
    this.#stopTelling = effect(() => {
      const detail: StrokesDetail = { strokes: this.model.strokes.value, drawing: this.model.down.value };
      if (!first) this.dispatchEvent(new CustomEvent<StrokesDetail>('dot-strokes', { detail, bubbles: true, composed: true }));
      first = false;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopTelling?.();
    this.model.end();
  }

  protected override view(model: DigitPadModel): TemplateResult {
    const [x, y] = model.pen.value;
    const down = model.down.value;
    const strokes = model.strokes.value;
    const where = `${Math.round(100 * x)} across, ${Math.round(100 * y)} down`;
    return html`<svg class="area" viewBox="0 0 ${size} ${size}" role="slider" tabindex="0"
        aria-label="Drawing pad. Arrow keys move the pen, Space lowers and lifts it" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(100 * x)}
        aria-valuetext=${`pen ${down ? 'down' : 'up'}, ${where}`}
        @pointerdown=${(event: PointerEvent) => this.#draw(event)} @touchstart=${keepThePageStill} @keydown=${this.#keys}>
        <rect class="guide" x=${size * 0.15} y=${size * 0.12} width=${size * 0.7} height=${size * 0.76} />
        ${strokes.length === 0 ? svg`<text class="hint" x=${size / 2} y=${size / 2}>draw a digit here</text>` : nothing}
        ${strokes.map((stroke) => svg`<path class="stroke" d=${pathOf(stroke)} />`)}
        <circle class=${down ? 'pen down' : 'pen'} cx=${x * size} cy=${y * size} r=${(penThickness * size) / 2 + 3} /></svg>
      <div class="controls"><button type="button" class="quiet" ?disabled=${strokes.length === 0} @click=${() => model.undo()}>Undo</button>
        <button type="button" class="quiet" ?disabled=${strokes.length === 0} @click=${() => model.clear()}>Clear</button></div>
      <p class="keys soft">By keys: arrows move the pen, Space lowers and lifts it; Home, End and the page keys go diagonally.</p>`;
  }

  #draw(down: PointerEvent): void {
    if (down.button !== 0 || this.model.down.peek()) return; // a second finger draws nothing
    const area = down.currentTarget as SVGSVGElement;
    const { pointerId } = down;
    const at = ({ clientX, clientY }: PointerEvent): [number, number] => {
      const box = area.getBoundingClientRect();
      return [(clientX - box.left) / (box.width || 1), (clientY - box.top) / (box.height || 1)];
    };
    down.preventDefault();
    area.focus({ preventScroll: true });
    area.setPointerCapture(pointerId);
    this.model.begin(...at(down));
    const follow = (event: PointerEvent) => {
      if (event.pointerId !== pointerId) return;
      const all = event.getCoalescedEvents?.() ?? [];
      for (const one of all.length > 0 ? all : [event]) this.model.extend(...at(one));
    };
    const release = (event: PointerEvent) => {
      if (event.pointerId !== pointerId) return;
      area.removeEventListener('pointermove', follow);
      area.removeEventListener('pointerup', release);
      area.removeEventListener('pointercancel', release);
      this.model.end();
    };
    area.addEventListener('pointermove', follow);
    area.addEventListener('pointerup', release);
    area.addEventListener('pointercancel', release);
  }

  #keys = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const way: Record<string, readonly [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
      Home: [-1, -1],
      PageUp: [1, -1],
      End: [-1, 1],
      PageDown: [1, 1],
    };
    const [across, down] = way[event.key] ?? [];
    if (across !== undefined && down !== undefined) this.model.move(across, down, event.shiftKey);
    else if (event.key === ' ' || event.key === 'Enter') this.model.toggle();
    else if (event.key === 'Escape' && this.model.down.peek()) this.model.end();
    else if (event.key === 'Backspace' || event.key === 'Delete') this.model.undo();
    else return;
    event.preventDefault();
  };
}

/** A stroke as an SVG path; a single point is a dot, as long as its cap is round. */
function pathOf(stroke: PadStroke): string {
  let path = '';
  for (let i = 0; i + 1 < stroke.length; i += 2)
    path += `${i === 0 ? 'M' : 'L'}${((stroke[i] ?? 0) * size).toFixed(1)} ${((stroke[i + 1] ?? 0) * size).toFixed(1)}`;
  return stroke.length <= 2 ? `${path}h.01` : path;
}

define('dot-digit-pad', DotDigitPad);

declare global {
  interface HTMLElementTagNameMap {
    'dot-digit-pad': DotDigitPad;
  }
}
