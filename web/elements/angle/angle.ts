// <dot-angle>: two arrows that are dragged or turned; their dot product, their lengths, the angle, and the curve that the dot
// product follows while b turns once around.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { arc, arrow, formatShort, grid, type PlaneScale, planeStyles, toX, toY } from '../../drawing/index.ts';
import { AngleModel, type Arrow, agreement, degreesOf, presets, reach, sweepDegrees } from '../../models/angle.ts';
import { unpackVector } from '../../models/url_state.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import type { Explains } from '../number.ts';
import { angleStyles } from './angle.styles.ts';
import { curve } from './curve.ts';

const narrow = 620; // CSS pixels: below, the readings stand under the plane

export class DotAngle extends DotElement<AngleModel> {
  static override readonly widgetAttributes = ['a', 'b', 'units'];
  static override styles = [DotElement.base, planeStyles, angleStyles];

  protected override create_model(): AngleModel {
    return new AngleModel(lab, {
      a: unpackVector(this.getAttribute('a')),
      b: unpackVector(this.getAttribute('b')),
      units: this.hasAttribute('units'),
    });
  }

  protected override get origin(): Explains | undefined {
    return this.model.source.peek();
  }

  protected override view(model: AngleModel): TemplateResult {
    void model.source.value; // a number that is open follows the arrows
    const failure = model.asked.failure.value;
    const slim = this.width.value < narrow;
    // On a phone the sliders stand between the plane and the numbers, so that what they turn stays in sight.
    const controls = this.hasAttribute('bare') ? this.#again() : this.#controls(model);
    return html`<div class=${slim ? 'slim' : 'wide'}>
      ${this.#plane(model)}${slim ? controls : nothing}
      <div class="readings">${this.#readings(model)}${this.#curve(model)}</div></div>
      ${failure ? this.failed(failure, () => model.retry()) : nothing}
      ${slim ? nothing : controls}${this.#twin(model)}`;
  }

  #plane(model: AngleModel): TemplateResult {
    const scale: PlaneScale = { size: 400, reach };
    const [a, b] = [model.a.value, model.b.value];
    const units = model.units.value;
    const pair = model.asked.answer.value?.pair;
    const unit = (values: Float32Array | undefined): Arrow => [values?.[0] ?? 0, values?.[1] ?? 0];
    const [drawnA, drawnB] = units && pair ? [unit(pair.unitA), unit(pair.unitB)] : [a, b];
    const angle = pair?.angleDegrees;
    const short = Math.min(Math.hypot(...drawnA), Math.hypot(...drawnB));
    const move = (side: 'a' | 'b') => (x: number, y: number) => model.move(side, x, y);
    const turn = (side: 'a' | 'b') => (x: number, y: number) => model.turn(side, degreesOf([x, y]));
    // The group takes the name; the heads inside are its controls.
    return html`<svg class="plane" viewBox="0 0 400 400" role="group" aria-label="Plane with the arrows a and b">
      ${grid(scale)}
      ${units ? svg`<circle class="unit" cx="200" cy="200" r=${toX(scale, 1) - 200} aria-hidden="true" />` : nothing}
      ${angle === null || angle === undefined ? nothing : this.#shadow(scale, drawnA, drawnB)}
      ${angle === null || angle === undefined ? nothing : arc(scale, degreesOf(a), degreesOf(b), Math.min(0.9, 0.45 * short + 0.2), short > 0.6 ? `${formatShort(angle, 0)}°` : '')}
      ${units ? [arrow(scale, a, { role: 'a', name: '', spokenName: 'a', faint: true, move: move('a') }), arrow(scale, b, { role: 'b', name: '', spokenName: 'b', faint: true, move: move('b') })] : nothing}
      ${arrow(scale, drawnA, { role: 'a', name: 'a', ...(units ? { spokenName: 'a at length 1', move: turn('a') } : { move: move('a') }) })}
      ${arrow(scale, drawnB, { role: 'b', name: 'b', ...(units ? { spokenName: 'b at length 1', move: turn('b') } : { move: move('b') }) })}
    </svg>`;
  }

  /** b's shadow on the line through a: how far b goes a's way (thick, solid) or against it (thick, dashed). */
  #shadow(scale: PlaneScale, a: Arrow, b: Arrow): unknown {
    const lengthSquared = a[0] * a[0] + a[1] * a[1];
    if (lengthSquared === 0) return nothing;
    const share = (a[0] * b[0] + a[1] * b[1]) / lengthSquared;
    const foot: Arrow = [share * a[0], share * a[1]];
    const at = ([x, y]: Arrow) => [toX(scale, x), toY(scale, y)] as const;
    const [fx, fy] = at(foot);
    const [bx, by] = at(b);
    return svg`<g class="shadow ${share < 0 ? 'n' : 'p'}" aria-hidden="true"><line class="drop" x1=${bx} y1=${by} x2=${fx} y2=${fy} />
      <line class="cast" x1="200" y1="200" x2=${fx} y2=${fy} /></g>`;
  }

  #readings(model: AngleModel): TemplateResult {
    const pair = model.asked.answer.value?.pair;
    const units = model.units.value;
    const number = (value: number | null | undefined, address: string, label: string, digits = 2, after = '') =>
      value === null || value === undefined
        ? html`<span class="soft">${pair ? 'none' : '…'}</span>`
        : html`${this.num(value, address, { digits, label })}${after}`;
    const [va, vb] = [html`<var class="a">a</var>`, html`<var class="b">b</var>`];
    return html`<dl class="tabular">
      <div class="main"><dt>${va} · ${vb}${units ? html` <small>at length 1</small>` : nothing}</dt>
        <dd>${units ? number(pair?.cosine, 'pair/cosine-of-units', 'a times b at length 1') : number(pair?.dot, 'pair/dot', 'a times b')}</dd></div>
      <div><dt>|${va}|</dt><dd>${number(pair?.normA, 'pair/norm[a]', 'length of a')}</dd></div>
      <div><dt>|${vb}|</dt><dd>${number(pair?.normB, 'pair/norm[b]', 'length of b')}</dd></div>
      <div><dt>cos θ</dt><dd>${number(pair?.cosine, 'pair/cosine', 'cosine')}</dd></div>
      <div><dt>θ</dt><dd>${number(pair?.angleDegrees, 'pair/angle', 'angle in degrees', 1, '°')}</dd></div></dl>
      <p class="says">${pair ? (pair.cosine === null ? 'An arrow of length 0 points nowhere: no angle, no cosine.' : `${agreement(pair.cosine)}`) : ''}</p>`;
  }

  #curve(model: AngleModel): unknown {
    const answer = model.asked.answer.value;
    const angle = answer?.pair.angleDegrees;
    if (!answer?.sweep || angle === null || angle === undefined) return html`<div class="curve"></div>`;
    const turned = signedTurn(model.a.value, model.b.value);
    const value = model.units.value ? (answer.pair.cosine ?? 0) : answer.pair.dot;
    return curve(sweepDegrees, answer.sweep, {
      at: turned,
      value,
      turn: (degrees) => model.turn('b', degreesOf(model.a.peek()) + degrees),
    });
  }

  #controls(model: AngleModel): TemplateResult {
    const [a, b] = [model.a.value, model.b.value];
    const length = Math.hypot(...a);
    const turned = signedTurn(a, b);
    const value = (event: Event) => Number((event.target as HTMLInputElement).value);
    const chosen = presets.findIndex((preset) => preset.a.join() === a.join() && preset.b.join() === b.join());
    return html`<div class="controls">
      <label>Turn <var class="b">b</var> <input type="range" min="-180" max="180" step="1" .value=${String(Math.round(turned))} aria-valuetext=${`${Math.round(turned)} degrees from a`}
        @input=${(event: Event) => model.turn('b', degreesOf(a) + value(event))} /></label>
      <label>Stretch <var class="a">a</var> <input type="range" min="0.1" max="4" step="0.1" .value=${String(length)} aria-valuetext=${`length ${formatShort(length, 1)}`}
        @input=${(event: Event) => model.stretch('a', value(event))} /></label>
      <label><input type="checkbox" .checked=${model.units.value} @change=${(event: Event) => model.set_units((event.target as HTMLInputElement).checked)} /> Make both length 1</label>
      <label>Try <select @change=${(event: Event) => {
        const preset = presets[value(event)];
        if (preset) model.take(preset.a, preset.b);
      }}><option value="" ?selected=${chosen < 0} disabled>a pair worth meeting</option>
        ${presets.map((preset, i) => html`<option value=${i} ?selected=${i === chosen}>${preset.name}</option>`)}</select></label>
      ${this.#startAgain()}</div>`;
  }

  #again(): TemplateResult {
    return html`<div class="controls">${this.#startAgain()}</div>`;
  }

  #startAgain(): TemplateResult {
    return html`<button type="button" class="quiet" @click=${() => this.reset()}>Start again</button>`;
  }

  /** The figure as a table, and the arrows as numbers that can be typed. */
  #twin(model: AngleModel): TemplateResult {
    const cell = (
      side: 'a' | 'b',
      axis: 0 | 1,
    ) => html`<td><input type="text" inputmode="decimal" autocomplete="off" size="6" aria-label=${`${side}, ${axis === 0 ? 'to the right' : 'up'}`}
      .value=${formatShort(model[side].value[axis], 3)}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        const typed = unpackVector(input.value);
        const now = model[side].peek();
        if (typed?.length === 1 && typed[0] !== undefined) model.move(side, axis === 0 ? typed[0] : now[0], axis === 1 ? typed[0] : now[1]);
        input.value = formatShort(model[side].peek()[axis], 3);
      }} /></td>`;
    return html`<details><summary>The arrows as numbers</summary><p class="soft">Each from −${reach} to ${reach}; a number beyond that is set to the nearest end.</p><table><thead><tr><th></th><th scope="col">to the right</th><th scope="col">up</th></tr></thead>
      <tbody><tr><th scope="row"><var class="a">a</var></th>${cell('a', 0)}${cell('a', 1)}</tr><tr><th scope="row"><var class="b">b</var></th>${cell('b', 0)}${cell('b', 1)}</tr></tbody></table></details>`;
  }
}

/** From a's direction to b's, −180 to 180 degrees, counter-clockwise positive. */
function signedTurn(a: Arrow, b: Arrow): number {
  const turn = degreesOf(b) - degreesOf(a);
  return turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
}

define('dot-angle', DotAngle);

declare global {
  interface HTMLElementTagNameMap {
    'dot-angle': DotAngle;
  }
}
