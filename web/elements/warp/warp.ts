// <dot-warp>: a small network bends the plane until its classes come apart. Two ways to look: over the time of the training, and
// through the layers, part by part: stretch, turn, shift, fold.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { formatShort, parseNumber } from '../../drawing/format.ts';
import { classMark, formatCount, planeStyles, points, scatterStyles, shapeName, toX, toY } from '../../drawing/index.ts';
import { across, axes, direction, fullScale, pieces, runs, warpedGridStyles } from '../../drawing/warped_grid.ts';
import { isPointSet, planeReach } from '../../models/point_sets.ts';
import { allowed, hiddenChoices, type Looked, ownWords, partWords, placeWords, saysOf, setChoices, WarpModel } from '../../models/warp.ts';
import { type Bent, type Drawn, drawnAt, gridLines, gridRows, gridSamples } from '../../models/warp_states.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import type { Explains } from '../number.ts';
import { actNear } from '../visible.ts';
import { layerReadings, type Num, pointPath } from './readings.ts';
import { warpStyles } from './warp.styles.ts';

const narrow = 700; // CSS pixels: below, the numbers stand under the plane
const size = 440;
const still = () => typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;
const plain = [...gridRows()];

export class DotWarp extends DotElement<WarpModel> {
  static override readonly widgetAttributes = ['points', 'units', 'activation', 'seed', 'steps', 'place'];
  static override styles = [DotElement.base, planeStyles, ...scatterStyles, warpedGridStyles, warpStyles];

  #playing = 0;

  constructor() {
    super();
    actNear(this, () => this.model.begin());
  }

  protected override create_model(): WarpModel {
    const set = this.attr('points', 'moons');
    const whole = (name: string, fallback: number) => {
      const value = Number(this.attr(name, String(fallback)));
      return Number.isInteger(value) && value >= 0 ? value : fallback;
    };
    const place = this.getAttribute('place');
    return new WarpModel(lab, {
      points: isPointSet(set) ? set : 'moons',
      hidden: allowed(this.attr('units', '2,2').split(',').map(Number)) ?? [2, 2],
      activation: this.attr('activation') === 'relu' ? 'relu' : 'tanh',
      seed: whole('seed', 1),
      steps: whole('steps', 0),
      place: place === null || !Number.isFinite(Number(place)) ? null : Number(place),
    });
  }

  protected override get origin(): Explains | undefined {
    return this.model.bent.peek()?.chosen;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#halt();
    this.model.pause();
  }

  override attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    super.attributeChangedCallback(name, before, after);
    if (before !== null && before !== after && DotWarp.widgetAttributes.includes(name) && this.isConnected) this.model.begin();
  }

  protected override view(model: WarpModel): TemplateResult {
    const bent = model.bent.value;
    const failure = model.failure.value;
    const slim = this.width.value < narrow;
    return html`<div class=${slim ? 'slim' : 'wide'}>
      <div class="picture">${this.#picture(model, bent)}${this.#legend(model, bent)}${this.#rails(model, bent)}</div>
      <div class="readings">${this.#train(model)}${failure ? this.failed(failure, () => model.retry()) : nothing}${this.#readings(model, bent)}</div></div>
      ${this.#choices(model)}${model.points.value === 'own' ? this.#own(model) : nothing}<p class="note" role="status">${model.note.value}</p>
      ${this.#twin(model, bent)}`;
  }

  /** The plane as it lies at the place that is looked at; without an answer yet, as it is given. */
  #picture(model: WarpModel, bent: Bent | null): TemplateResult {
    const set = model.set.value;
    // Your own points want the whole plane, to be placed in.
    const flat: Drawn = {
      rows: Float32Array.from([...set.points.flat(), ...plain]),
      reach: model.points.value === 'own' ? planeReach : 1.08 * Math.max(...set.points.flat().map(Math.abs)),
      part: null,
      share: 1,
    };
    const place = bent ? model.at.value : 0;
    // An answer to other points may still stand for a moment.
    const fits = bent && bent.counts.points === set.points.length;
    const drawn = fits ? drawnAt(bent, place) : flat;
    const { rows, part, reach } = drawn;
    const scale = fullScale(size, reach);
    const count = set.points.length;
    const at = (n: number): [number, number] => [rows[2 * n] ?? 0, rows[2 * n + 1] ?? 0];
    const chosen = Math.min(model.chosen.value, count - 1);
    const facts = part ? bent?.facts[part.layer - 1] : undefined;
    const box = part?.kind === 'fold' && !facts?.view && model.settings.value.activation === 'tanh';
    const wrong = (n: number) => Boolean(fits) && bent?.predicted[n] !== set.labels[n];
    const placing = model.points.value === 'own' && place === 0;
    const words = placing ? 'Press to place a point' : `${saysOf(model.points.value)}. ${bent ? placeWords(bent, place) : ''}`;
    return html`<svg class="warped ${placing ? 'placing' : ''}" viewBox="0 0 ${size} ${size}" role="img" aria-label=${words}
        @click=${(event: MouseEvent) => this.#press(event, model, drawn, placing)}>
      ${axes(scale)}<path class="net" d=${runs(scale, rows, count, gridLines, gridSamples)} />
      ${box ? svg`<rect class="box" x=${toX(scale, -1)} y=${toY(scale, 1)} width=${toX(scale, 1) - toX(scale, -1)} height=${toX(scale, 1) - toX(scale, -1)} />` : nothing}
      ${points(scale, { points: Array.from({ length: count }, (_, n) => at(n)), labels: set.labels, classes: set.classes.length, wrong, size: 4.5 })}
      ${fits ? svg`<path class="border" d=${pieces(scale, rows, count + bent.counts.grid, bent.counts.border)} />` : nothing}
      ${fits && bent.straight && place === bent.parts.length ? across(scale, bent.straight) : nothing}
      ${part && facts?.turned && (part.kind === 'stretch' || part.kind === 'turn') ? this.#directions(drawn, facts) : nothing}
      ${chosen >= 0 ? svg`<circle class="chosen" cx=${toX(scale, at(chosen)[0])} cy=${toY(scale, at(chosen)[1])} r="10" />` : nothing}
    </svg>`;
  }

  /** The two directions that the layer stretches along, on their way. */
  #directions({ part, share, reach }: Drawn, { singular, turned }: Bent['facts'][number]): unknown {
    const scale = fullScale(size, reach);
    return [0, 1].map((i) => {
      const value = singular.values[i] ?? 0;
      const [rx = 0, ry = 0] = singular.right.data.subarray(2 * i, 2 * i + 2);
      const [lx = 0, ly = 0] = singular.left.data.subarray(2 * i, 2 * i + 2);
      const stretching = part?.kind === 'stretch';
      const length = stretching ? 1 + share * (value - 1) : value;
      const head = drawnAt(
        {
          parts: part ? [part] : [],
          states: [
            Float32Array.of(rx * length, ry * length),
            stretching ? Float32Array.of(rx * length, ry * length) : Float32Array.of(lx * value, ly * value),
          ],
          reaches: [1, 1],
        },
        share,
      ).rows;
      return turned ? direction(scale, [head[0] ?? 0, head[1] ?? 0], `× ${(value).toFixed(2)}`) : nothing;
    });
  }

  #press(event: MouseEvent, model: WarpModel, { rows, reach }: Drawn, placing: boolean): void {
    const area = (event.currentTarget as SVGSVGElement).getBoundingClientRect();
    if (!(area.width > 0)) return;
    const x = ((event.clientX - area.left) / area.width - 0.5) * 2 * reach;
    const y = (0.5 - (event.clientY - area.top) / area.height) * 2 * reach;
    if (placing) {
      model.add_own([x, y]);
      return;
    }
    const count = model.set.peek().points.length;
    let [best, least] = [-1, Infinity];
    for (let n = 0; n < count; n++) {
      const far = Math.hypot((rows[2 * n] ?? 0) - x, (rows[2 * n + 1] ?? 0) - y);
      if (far < least) [best, least] = [n, far];
    }
    if (best >= 0) model.choose(best);
  }

  #legend(model: WarpModel, bent: Bent | null): TemplateResult {
    const set = model.set.value;
    const end = bent?.straight && model.at.value === bent.parts.length; // there the last layer's cut is drawn, dashed; about as many letters, so that the sliders stay
    return html`<p class="legend">${set.classes.map((name, k) => html`<span>${classMark(k)} class ${name} <span class="spoken">(${shapeName(k)})</span></span>`)}<span>${end ? 'dashed' : 'thick'} line: where the classes are level</span><span>thin ring: on the wrong side</span><span>thick ring: the chosen point</span></p>`;
  }

  #rails(model: WarpModel, bent: Bent | null): TemplateResult {
    const moments = model.moments.value;
    const shown = model.shown.value;
    const step = moments[shown]?.step ?? 0;
    const place = model.at.value;
    const value = (event: Event) => Number((event.target as HTMLInputElement).value);
    const where = bent ? stateName(bent, place) : '';
    return html`<div class="rails">
      <label><span>Layers</span> <input type="range" class="layers" min="0" max=${model.parts.value} step=${still() ? 1 : 0.05} .value=${String(place)} aria-valuetext=${where}
        @input=${(event: Event) => {
          this.#halt();
          model.go_to(value(event));
        }} /></label>
      <label><span>Time</span> <input type="range" class="time" min="0" max=${Math.max(1, moments.length - 1)} step="1" .value=${String(shown)} aria-valuetext=${`after ${formatCount(step)} steps`} ?disabled=${moments.length < 2}
        @input=${(event: Event) => model.look_at(value(event))} /></label></div>
      <div class="controls"><button type="button" class="quiet" ?disabled=${place <= 0} @click=${() => this.#step(-1)}>Back</button>
        <button type="button" class="quiet" ?disabled=${place >= model.parts.value} @click=${() => this.#step(1)}>Next part</button>
        <button type="button" class="quiet" @click=${() => this.#play()}>Play all parts</button></div>`;
  }

  #step(towards: 1 | -1): void {
    this.#halt();
    const place = this.model.at.peek();
    this.model.go_to(towards > 0 ? Math.floor(place + 1) : Math.ceil(place - 1));
  }

  /** From the plane as given through all parts, two thirds of a second each; without motion, state after state. */
  #play(): void {
    this.#halt();
    const { model } = this;
    const parts = model.parts.peek();
    const each = still() ? 1000 : 650;
    const began = performance.now();
    model.go_to(0);
    const go = (now: number) => {
      const place = Math.max(0, now - began) / each;
      model.go_to(still() ? Math.floor(place) : place);
      this.#playing = place < parts ? requestAnimationFrame(go) : 0;
    };
    this.#playing = requestAnimationFrame(go);
  }

  #halt(): void {
    cancelAnimationFrame(this.#playing);
    this.#playing = 0;
  }

  #train(model: WarpModel): TemplateResult {
    const running = model.running.value;
    const ready = model.training.value !== null;
    return html`<div class="controls"><button type="button" class="do" ?disabled=${!ready} @click=${() => (running ? model.pause() : void model.train())}>${running ? 'Pause' : 'Train'}</button>
      <button type="button" class="quiet" ?disabled=${!ready || running} @click=${() => void model.train(1)}>One step</button>
      <button type="button" class="quiet" @click=${() => model.new_seed()}>New start</button></div>`;
  }

  #readings(model: WarpModel, bent: Looked | null): TemplateResult {
    const num: Num = (value, address, options) => this.num(value, address, options);
    if (!bent) {
      const lacks = model.points.value === 'own' ? ownWords(model.set.value) : '';
      return html`<p class="where">${lacks || (model.failure.value ? '' : 'Training a small network …')}</p>`;
    }
    const place = model.at.value;
    const { part } = drawnAt(bent, place);
    const layer = part?.layer ?? 1;
    return html`<p class="tabular">After <b>${formatCount(bent.step)}</b> steps, <b>${bent.correct}</b> of ${bent.counts.points} points are on the right side.</p>
      <p class="where">${stateName(bent, place)}</p><p class="how">${partSays(bent, place, model.settings.value.activation)}</p>
      <p class="layer">Layer ${layer} of ${bent.facts.length}</p>${layerReadings(bent, layer, part?.kind ?? null, model.settings.value.activation, num)}`;
  }

  #choices(model: WarpModel): TemplateResult {
    const { hidden, activation } = model.settings.value;
    const text = (units: readonly number[]) => units.join(', ');
    const listed = hiddenChoices.some((units) => text(units) === text(hidden)) ? hiddenChoices : [hidden, ...hiddenChoices];
    const chosen = (event: Event) => (event.target as HTMLSelectElement).value;
    return html`<div class="controls">
      <label>Points <select @change=${(event: Event) => {
        const name = chosen(event);
        if (name === 'own') model.go_to(0);
        if (name === 'own' || isPointSet(name)) model.take_points(name);
      }}>${[...setChoices, 'own' as const].map((name) => html`<option value=${name} ?selected=${name === model.points.value}>${saysOf(name)}</option>`)}</select></label>
      <label>Units in each hidden layer <select @change=${(event: Event) => model.take_settings({ hidden: chosen(event).split(',').map(Number) })}>
        ${listed.map((units) => html`<option value=${text(units)} ?selected=${text(units) === text(hidden)}>${text(units)}</option>`)}</select></label>
      <label>Fold <select @change=${(event: Event) => model.take_settings({ activation: chosen(event) === 'relu' ? 'relu' : 'tanh' })}>
        ${(['tanh', 'relu'] as const).map((name) => html`<option value=${name} ?selected=${name === activation}>${name === 'relu' ? 'ReLU' : 'tanh'}</option>`)}</select></label>
      <button type="button" class="quiet" @click=${() => this.reset()}>Start again</button></div>`;
  }

  /** Own points by keys; by pointer they are placed in the plane itself. */
  #own(model: WarpModel): TemplateResult {
    const field = (name: string, says: string) =>
      html`<label>${says} <input type="text" inputmode="decimal" autocomplete="off" name=${name} value="0" /></label>`;
    const add = (event: Event) => {
      event.preventDefault();
      const form = event.currentTarget as HTMLFormElement;
      const read = (name: string) => parseNumber((form.elements.namedItem(name) as HTMLInputElement).value);
      const [x, y] = [read('across'), read('up')];
      if (!Number.isFinite(x) || !Number.isFinite(y)) model.note.value = 'Both places want a number, such as 1.5 or −2.';
      else model.add_own([x, y]);
    };
    return html`<form class="controls own" @submit=${add}><fieldset><legend class="spoken">Class of the points you place</legend>
        ${([0, 1] as const).map(
          (k) =>
            html`<label>${classMark(k)}<input type="radio" name="pen" .checked=${model.pen.value === k} @change=${() => {
              model.pen.value = k;
            }} /> ${model.set.value.classes[k]}</label>`,
        )}</fieldset>
      ${field('across', 'to the right')}${field('up', 'up')}<button type="submit" class="quiet">Place it</button>
      <button type="button" class="quiet" ?disabled=${model.own.value.length === 0} @click=${() => model.undo_own()}>Take the last back</button>
      <button type="button" class="quiet" ?disabled=${model.own.value.length === 0} @click=${() => model.clear_own()}>Clear</button>
      ${model.at.value > 0 ? html`<button type="button" class="quiet" @click=${() => model.go_to(0)}>Show the plane as given</button>` : nothing}</form>`;
  }

  #twin(model: WarpModel, bent: Bent | null): TemplateResult {
    const set = model.set.value;
    const count = set.points.length;
    const chosen = Math.min(model.chosen.value, Math.max(0, count - 1));
    const [x, y] = set.points[chosen] ?? [0, 0];
    const num: Num = (value, address, options) => this.num(value, address, options);
    const fits = bent && bent.counts.points === count;
    return html`<details><summary>The chosen point, and all points as numbers</summary>
      <div class="controls"><label>Chosen point <input type="range" min="1" max=${Math.max(1, count)} step="1" .value=${String(chosen + 1)} aria-valuetext=${`${chosen + 1} of ${count}: class ${set.classes[set.labels[chosen] ?? 0]}, at ${formatShort(x, 2)}, ${formatShort(y, 2)}`}
        @input=${(event: Event) => model.choose(Number((event.target as HTMLInputElement).value) - 1)} /></label>
        <span class="tabular">${chosen + 1} of ${count}: class ${set.classes[set.labels[chosen] ?? 0]}, given as ${formatShort(x, 2)}, ${formatShort(y, 2)}</span></div>
      ${fits ? html`<div class="scroll" tabindex="0" role="group" aria-label="The chosen point">${pointPath(bent, set.classes, num)}</div>` : nothing}
      <div class="scroll" tabindex="0" role="group" aria-label="All points"><table><thead><tr><th scope="col">point</th><th scope="col">to the right</th><th scope="col">up</th><th scope="col">class</th><th scope="col">answer</th></tr></thead>
        <tbody>${set.points.map(([px, py], n) => html`<tr><th scope="row">${n + 1}</th><td>${formatShort(px, 2)}</td><td>${formatShort(py, 2)}</td><td>${set.classes[set.labels[n] ?? 0]}</td><td>${fits ? set.classes[bent.predicted[n] ?? 0] : ''}</td></tr>`)}</tbody></table></div></details>`;
  }
}

/** "Layer 2, after the fold", for the state at `place`. */
function stateName(bent: Bent, place: number): string {
  if (place <= 0) return 'The plane as it was given';
  const i = Math.ceil(place) - 1;
  const part = bent.parts[Math.min(i, bent.parts.length - 1)];
  if (!part) return '';
  const end = place >= bent.parts.length ? '; here the border is a straight line' : '';
  return `Layer ${part.layer}: ${place < i + 1 ? 'in' : 'after'} ${partWords(part)}${end}`;
}

/** What the part under way does, in a sentence. */
function partSays(bent: Bent, place: number, activation: string): string {
  const part = drawnAt(bent, place).part;
  if (!part) return 'Move the slider “Layers” to the right: part after part, the grid and the points are carried along.';
  switch (part.kind) {
    case 'stretch':
      return 'Along two directions at right angles the plane is stretched or squeezed; straight lines stay straight.';
    case 'turn':
      return part.turn === null
        ? 'The plane is turned over, as a page is. Lengths and angles stay as they are.'
        : 'The whole plane turns. Lengths and angles stay as they are.';
    case 'map':
      return 'The matrix: turns and stretches, from and to more directions than paper has. Straight lines stay straight.';
    case 'shift':
      return 'The biases are added: everything moves the same way by the same amount.';
    case 'fold':
      return activation === 'relu'
        ? 'Each unit below 0 becomes 0: what lay beyond an axis is pressed flat onto it. The only part that bends lines.'
        : 'Each unit goes through tanh: far out, all comes to lie close to ±1. The only part that bends lines.';
  }
}

define('dot-warp', DotWarp);

declare global {
  interface HTMLElementTagNameMap {
    'dot-warp': DotWarp;
  }
}
