// <dot-classifier>: points of the plane, a classifier that is trained on them while the reader watches, and every number of it.
import { type Signal, signal } from '@preact/signals-core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import {
  type ChartOptions,
  chartStyles,
  charts,
  chartTable,
  classMark,
  format,
  formatCount,
  planeStyles,
  scatterStyles,
} from '../../drawing/index.ts';
import type { CurvePoint } from '../../engine/index.ts';
import {
  type Activation,
  activations,
  ClassifierModel,
  hiddenChoices,
  type Optimizer,
  optimizers,
  paces,
  rates,
} from '../../models/classifier.ts';
import { type MeanLoss, meanLossAddress } from '../../models/mean_loss.ts';
import { mostPens } from '../../models/plane_data.ts';
import { isPointSet, type Point, type PointSetName, pointSets } from '../../models/point_sets.ts';
import { percents } from '../../models/regions.ts';
import { unpackVector } from '../../models/url_state.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import { classifierStyles } from './classifier.styles.ts';
import { ownTable, pointTable } from './own_data.ts';
import { type PlaneState, plane, shrink, type Tool, words } from './plane.ts';
import { probe } from './probe.ts';
import { step } from './step.ts';

const narrow = 720; // CSS pixels: below, the curves stand under the plane
const parts = ['settings', 'curves', 'points', 'probe', 'step', 'table'] as const;
type Part = (typeof parts)[number];

const activationNames: Record<Activation, string> = { relu: 'ReLU', tanh: 'tanh', gelu: 'GELU' };
const optimizerNames: Record<Optimizer, string> = { sgd: 'plain SGD', momentum: 'SGD with momentum', adam: 'Adam' };
const paceNames = ['1 step a frame', '5 steps a frame', '25 steps a frame', 'as fast as it can'];

export class DotClassifier extends DotElement<ClassifierModel> {
  static override readonly widgetAttributes = ['points', 'seed', 'units', 'activation', 'optimizer', 'rate', 'steps', 'probe', 'parts'];
  static override styles = [DotElement.base, planeStyles, ...scatterStyles, chartStyles, classifierStyles];

  readonly #tool: Signal<Tool> = signal<Tool>('probe');
  readonly #cursor: Signal<Point> = signal<Point>([0, 0]);
  readonly #carried: Signal<number> = signal(-1);
  /** The loss's source, made once for each point of the curve. */
  #losses: { of: CurvePoint | undefined; trained?: MeanLoss | undefined; heldOut?: MeanLoss | undefined } = { of: undefined };

  protected override create_model(): ClassifierModel {
    const hidden = (unpackVector(this.getAttribute('units')) ?? []).join(',');
    const points = this.getAttribute('points');
    const probe = unpackVector(this.getAttribute('probe'));
    const rate = Number(this.getAttribute('rate'));
    const steps = Number(this.getAttribute('steps') ?? 12);
    const known = <T extends string>(list: readonly T[], name: string | null) => list.find((one) => one === name);
    const activation = known(activations, this.getAttribute('activation'));
    const optimizer = known(optimizers, this.getAttribute('optimizer'));
    const [x, y] = probe ?? [];
    return new ClassifierModel(lab, {
      seed: this.seed(),
      hidden: hiddenChoices.find((units) => units.join(',') === hidden) ?? [],
      ...(isPointSet(points) ? { points } : {}),
      ...(activation ? { activation } : {}),
      ...(optimizer ? { optimizer } : {}),
      ...(rates.includes(rate) ? { rate } : {}),
      ...(Number.isInteger(steps) && steps >= 0 && steps <= 5000 ? { steps } : {}),
      ...(x !== undefined && y !== undefined ? { probe: [x, y] as Point } : {}),
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.model.pause();
  }

  /** An unfolding whose number is drawn no longer, such as a gradient once a run has gone over it, is closed. */
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const request = this.opened.peek();
    if (request && !this.renderRoot.querySelector(`[data-address="${CSS.escape(request.key)}"]`)) this.opened.value = null;
  }

  #has(part: Part): boolean {
    const named = this.getAttribute('parts');
    return named === null || named.split(',').some((one) => one.trim() === part);
  }

  protected override view(model: ClassifierModel): TemplateResult {
    const failure = model.failure.value ?? model.run.failure.value;
    const num = this.num.bind(this);
    // On a narrow page the buttons stand over the plane, so that both are in sight at once.
    const slim = this.width.value < narrow;
    const run = this.#run(model);
    return html`${this.#has('settings') ? this.#settings(model) : nothing}
      <div class=${slim ? 'slim' : 'wide'}>
        <div class="left">${slim ? run : nothing}${this.#tools(model)}${plane(model, this.#plane_state(), this.width.value)}${this.#under(model)}</div>
        <div class="right">${slim ? nothing : run}${failure ? this.failed(failure, () => void model.restart()) : nothing}
          ${this.#has('curves') ? this.#curves(model) : nothing}${this.#has('probe') ? probe(model, num) : nothing}</div>
      </div>
      ${this.#has('step') ? step(model, num) : nothing}`;
  }

  /** The tables stand below what is unfolded: that belongs near its number. */
  protected override frame(content: unknown): unknown {
    const { model } = this;
    // While it trains nobody reads a table: both wait for the next rest.
    const resting = !model.run.running.value;
    const [points, predicted, curve] = [model.data.points.value, model.look.value?.predicted, model.curve.value];
    return html`${super.frame(content)}${this.#has('table') ? ownTable(model, (one) => this.failed(one)) : nothing}
      ${guard([points, resting && predicted], () => pointTable(model))}
      ${this.#has('curves') ? guard([resting && curve], () => chartTable(this.#panels(model), 'The curves as a table')) : nothing}`;
  }

  /** Read when it is asked for: two keys may come before the next drawing. */
  #plane_state(): PlaneState {
    const [tool, cursor, carried] = [this.#tool, this.#cursor, this.#carried];
    return {
      get tool() {
        return tool.value;
      },
      get cursor() {
        return cursor.value;
      },
      get carried() {
        return carried.value;
      },
      set: (change) => {
        if (change.tool) tool.value = change.tool;
        if (change.cursor) cursor.value = change.cursor;
        if (change.carried !== undefined) carried.value = change.carried;
      },
    };
  }

  #settings(model: ClassifierModel): TemplateResult {
    const { hidden, activation, optimizer, rate } = model.settings.value;
    const origin = model.data.origin.value;
    const value = (event: Event) => (event.target as HTMLSelectElement).value;
    return html`<div class="controls">
      <label>points <select @change=${(event: Event) => model.take_set(value(event) as PointSetName)}>
        ${origin.kind === 'set' ? nothing : html`<option value="" selected disabled>${model.data.says()}</option>`}
        ${Object.entries(pointSets).map(([name, { says }]) => html`<option value=${name} ?selected=${origin.kind === 'set' && origin.name === name}>${says}</option>`)}</select></label>
      <label>hidden units <select @change=${(event: Event) => model.set({ hidden: hiddenChoices[Number(value(event))] ?? [] })}>${hiddenChoices.map(
        (units, i) =>
          html`<option value=${i} ?selected=${units.join() === hidden.join()}>${units.length === 0 ? 'none' : units.length === 2 ? '2 layers of 8' : String(units[0])}</option>`,
      )}</select></label>
      ${
        hidden.length
          ? html`<label>activation <select @change=${(event: Event) => model.set({ activation: value(event) as Activation })}>${activations.map((name) => html`<option value=${name} ?selected=${name === activation}>${activationNames[name]}</option>`)}</select></label>`
          : nothing
      }
      <label>optimizer <select @change=${(event: Event) => model.set({ optimizer: value(event) as Optimizer })}>${optimizers.map((name) => html`<option value=${name} ?selected=${name === optimizer}>${optimizerNames[name]}</option>`)}</select></label>
      <label>rate <select @change=${(event: Event) => model.set({ rate: Number(value(event)) })}>${rates.map((one) => html`<option value=${one} ?selected=${one === rate}>${one}</option>`)}</select></label>
      <button type="button" class="quiet" @click=${() => model.reseed(model.seed.peek() + 1)}>New seed (now ${model.seed.value})</button>
      <button type="button" class="quiet" @click=${() => this.reset()}>Reset</button></div>`;
  }

  #tools(model: ClassifierModel): TemplateResult | typeof nothing {
    if (!this.#has('points')) return nothing;
    const tool = this.#tool.value;
    const classes = model.data.classes.value;
    const choice = (name: Tool, says: string) =>
      html`<label><input type="radio" name="tool" .checked=${tool === name} @change=${() => {
        this.#tool.value = name;
        this.#carried.value = -1;
      }} /> ${says}</label>`;
    return html`<fieldset class="tools"><legend class="spoken">A press on the plane</legend>${choice('probe', 'move the probe')}${choice('place', 'place or drag points')}${choice('remove', 'take away')}</fieldset>
      <div class="pens" role="group" aria-label="Class of new points">${classes.map(
        (name, k) =>
          html`<button type="button" class="pen" ?disabled=${tool !== 'place'} aria-pressed=${model.data.pen.value === k ? 'true' : 'false'} @click=${() => model.data.set_pen(k)}>${classMark(k)} ${name}</button>`,
      )}<button type="button" class="quiet" ?disabled=${tool !== 'place' || classes.length >= mostPens || model.data.origin.value.kind === 'table'} @click=${() => model.edit((data) => data.add_class())}>One class more</button>
      <button type="button" class="quiet" ?disabled=${tool !== 'place'} @click=${() => model.edit((data) => data.clear())}>Empty plane</button></div>`;
  }

  /** Under the plane: what is drawn, and where the keys' cursor stands. */
  #under(model: ClassifierModel): TemplateResult {
    const classes = model.data.classes.value;
    const shares = model.shares.value;
    const layer = model.look.value?.layer;
    const share = layer && model.linear.value ? shrink(layer.weights.data, model.data.reach.value) : 1;
    const tool = this.#tool.value;
    const fraction = share === 1 ? 'at their length' : `at 1/${format(1 / share, 0)} of their length`;
    return html`<p class="shares">${
      shares.length === classes.length
        ? html`Of the square: ${percents(shares).map((percent, k) => html`<span>${classMark(k)} ${classes[k]} ${percent} %</span> `)}${this.#has('probe') ? nothing : html`<br />${this.#ring(model)}`}`
        : nothing
    }</p>
    <p class="soft drawn">Filled points are trained on, hollow ones held out; ringed are those that come out wrong. ${
      model.linear.value
        ? `The arrows are the class vectors, ${fraction}.`
        : 'With hidden units the class vectors live in the space of the units, not in this plane.'
    }</p>
    <p class="note" role="status">${
      model.data.note.value ||
      model.data.lack ||
      (tool === 'probe'
        ? ''
        : `${this.#carried.value >= 0 ? 'Carrying a point' : 'Cursor'} at ${words(this.#cursor.value)}. ${tool === 'place' ? `Enter places ${classes[model.data.pen.value]}; M carries, Delete takes away.` : 'Enter takes the nearest point away.'}`)
    }</p>`;
  }

  /** Where the probe's numbers do not stand, one line says what it is there for. */
  #ring(model: ClassifierModel): TemplateResult | typeof nothing {
    const answer = model.look.value?.probe;
    const name = answer && model.data.classes.value[answer.predicted];
    return answer && name !== undefined
      ? html`The probe, the dotted ring: <span>${classMark(answer.predicted)} ${name}, probability ${format(answer.probabilities[answer.predicted] ?? 0, 2)}</span>`
      : nothing;
  }

  #run(model: ClassifierModel): TemplateResult {
    const running = model.run.running.value;
    const [at, target] = [model.run.step.value, model.target];
    const value = (event: Event) => Number((event.target as HTMLSelectElement).value);
    return html`<div class="run"><button type="button" class="do train" @click=${() => (running ? model.pause() : void model.train())} ?disabled=${Boolean(model.data.lack)}>${running ? 'Pause' : 'Train'}</button>
      <button type="button" class="quiet" ?disabled=${Boolean(model.data.lack)} @click=${() => void model.step()}>One step</button>
      <button type="button" class="quiet" @click=${() => void model.restart()}>Back to step 0</button>
      <label class="soft">pace <select @change=${(event: Event) => {
        model.pace.value = value(event);
      }}>${paces.map((pace, i) => html`<option value=${pace} ?selected=${pace === model.pace.value}>${paceNames[i]}</option>`)}</select></label></div>
      <p class="progress"><progress max=${target} value=${at} aria-label="Steps taken"></progress> <span>step ${formatCount(at)} of ${formatCount(target)}, epoch ${formatCount(Math.floor(model.run.epoch.value))}</span></p>`;
  }

  #curves(model: ClassifierModel): TemplateResult {
    const last = model.curve.value.at(-1);
    const [trained, heldOut] = [model.right(false), model.right(true)];
    const loss = (held: boolean, value: number | undefined) =>
      value !== undefined && Number.isFinite(value)
        ? this.num(value, meanLossAddress, {
            digits: 3,
            label: held ? 'mean loss, held out' : 'mean loss, trained on',
            source: this.#loss(model, last, held),
            key: `loss/${held}`,
          })
        : html`<span class="soft">–</span>`;
    const right = (part: { correct: number; count: number } | null) => (part ? `${part.correct} of ${part.count}` : '–');
    const [one, other] = this.#panels(model);
    return charts([
      {
        ...(one as ChartOptions),
        head: html`<span class="now">trained ${loss(false, last?.loss)}, held out ${loss(true, last?.heldOutLoss)}</span>`,
      },
      { ...(other as ChartOptions), head: html`<span class="now">trained ${right(trained)}, held out ${right(heldOut)}</span>` },
    ]);
  }

  #loss(model: ClassifierModel, of: CurvePoint | undefined, heldOut: boolean): MeanLoss | undefined {
    if (this.#losses.of !== of) this.#losses = { of, trained: model.lossSource(false), heldOut: model.lossSource(true) };
    return heldOut ? this.#losses.heldOut : this.#losses.trained;
  }

  #panels(model: ClassifierModel): ChartOptions[] {
    const curve = model.curve.value;
    const at = curve.map((point) => point.step);
    const lines = (trained: (point: CurvePoint) => number, held: (point: CurvePoint) => number): ChartOptions['lines'] => [
      { name: 'trained', values: curve.map(trained) },
      { name: 'held out', values: curve.map(held), role: 'second' },
    ];
    const percent = (value: number) => `${format(100 * value, 0)} %`;
    return [
      {
        name: 'Loss',
        at,
        end: 50,
        lines: lines(
          (point) => point.loss,
          (point) => point.heldOutLoss,
        ),
      },
      {
        name: 'Right',
        at,
        end: 50,
        top: 1,
        say: percent,
        lines: lines(
          (point) => point.accuracy,
          (point) => point.heldOutAccuracy,
        ),
      },
    ];
  }
}

define('dot-classifier', DotClassifier);

declare global {
  interface HTMLElementTagNameMap {
    'dot-classifier': DotClassifier;
  }
}
