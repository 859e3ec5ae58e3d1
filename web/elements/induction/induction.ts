// <dot-induction>: a small transformer that is trained in the page until an induction head forms; its curve, its snapshots, its heads.
import { html, nothing, type TemplateResult } from 'lit';
import { format, parseNumber } from '../../drawing/format.ts';
import { headMap, headPicture, headsStyles } from '../../drawing/heads.ts';
import { type ChartOptions, chart, chartStyles, chartTable } from '../../drawing/index.ts';
import type { InductionHead, InductionSnapshot } from '../../engine/index.ts';
import { percent } from '../../models/attention_words.ts';
import { allSteps, InductionModel, shownExamples } from '../../models/induction.ts';
import { placeName, type Row, signOf } from '../../models/induction_row.ts';
import { floor, share } from '../../models/induction_words.ts';
import { namedRun } from '../../models/transformer_names.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import type { Explains } from '../number.ts';
import { rove } from '../transformer/rove.ts';
import { actNear } from '../visible.ts';
import { inductionStyles } from './induction.styles.ts';

/** Places of a row that are listed. */
const listed = 4;
const narrow = 640; // CSS pixels: below, one row at a time and no whole map

export class DotInduction extends DotElement<InductionModel> {
  static override readonly widgetAttributes = ['seed'];
  static override styles = [DotElement.base, chartStyles, headsStyles, inductionStyles];

  constructor() {
    super();
    actNear(this, () => this.model.begin());
  }

  protected override create_model(): InductionModel {
    return new InductionModel(lab, { seed: this.seed() });
  }

  protected override get origin(): Explains | undefined {
    const [run, training] = [this.model.looked.answer.peek()?.run, this.model.training.peek()];
    return run && training ? namedRun(run, named(training)) : undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate(); // what changed while it was away
  }

  override disconnectedCallback(): void {
    this.model.pause();
    super.disconnectedCallback();
  }

  protected override view(model: InductionModel): TemplateResult {
    const failure = model.failure.value ?? model.looked.failure.value;
    const [snapshot, row] = [model.snapshot.value, model.row.value];
    return html`${this.#controls(model)}${failure ? this.failed(failure, () => model.retry()) : nothing}
      <div class="top"><div class="curve">${this.#curve(model)}${this.#rail(model, snapshot)}<p class="says curve-says">${model.curveSays.value || 'Nothing is learned yet.'}</p></div>
        <div class="heads">${snapshot && row ? this.#heads(model, snapshot, row) : failure ? nothing : this.waiting('A small transformer gets its first weights.')}</div></div>
      <p class="says">${model.headsSay.value} ${model.togetherSays.value}</p>
      <div class="place">${row ? this.#look(model, row) : nothing}</div>
      ${this.#twin(model)}`;
  }

  #controls(model: InductionModel): TemplateResult {
    const [running, ready, done, target] = [model.running.value, model.training.value !== null, model.done.value, model.target.value];
    const toLink = target !== null && target > model.step.value;
    const start = running ? 'Pause' : toLink ? `Train to step ${target}` : model.step.value > 0 && !done ? 'Go on' : 'Start';
    const take = (event: Event) => {
      event.preventDefault();
      const field = (event.currentTarget as HTMLElement).querySelector<HTMLInputElement>('input[name="seed"]');
      const seed = parseNumber(field?.value ?? '');
      if (Number.isSafeInteger(seed) && seed >= 0) void model.restart(seed);
      else if (field) field.value = String(model.seed.peek());
    };
    return html`<form class="controls" @submit=${take}>
      <button type="button" class="do" ?disabled=${!ready || (done && !running)} @click=${() => (running ? model.pause() : void model.start())}>${start}</button>
      <button type="button" class="quiet" ?disabled=${!ready || running || done} @click=${() => void model.next()}>Ten steps</button>
      <button type="button" class="quiet" ?disabled=${!ready || (model.step.value === 0 && !running)} @click=${() => void model.restart()}>Start again</button>
      <label>Seed <input type="text" inputmode="numeric" autocomplete="off" name="seed" maxlength="10" .value=${String(model.seed.value)} /></label>
      <button type="submit" class="quiet">Use this seed</button>
      <span class="tabular soft">step ${model.step.value} of ${allSteps}</span></form>`;
  }

  #panel(model: InductionModel): ChartOptions {
    const snapshots = model.snapshots.value;
    return {
      name: 'Mean loss, in nats, on 32 sequences held out',
      at: snapshots.map(({ step }) => step),
      lines: [
        { name: 'repetition', values: snapshots.map(({ repeated }) => repeated.loss) },
        { name: 'first run', values: snapshots.map(({ first }) => first.loss), role: 'second' },
      ],
      level: { value: floor, name: `ln 32 = ${format(floor, 2)}, blind guessing` },
      top: 4,
      end: allSteps,
      say: (value) => format(value, value >= 1 || value === 0 ? 1 : 2),
      width: Math.min(420, Math.max(240, this.width.value)),
      height: 210,
    };
  }

  #curve(model: InductionModel): TemplateResult {
    const step = model.snapshot.value?.step;
    return chart({ ...this.#panel(model), ...(step === undefined ? {} : { cursor: step }) });
  }

  #rail(model: InductionModel, snapshot: InductionSnapshot | null): TemplateResult {
    const last = model.snapshots.value.length - 1;
    const step = snapshot?.step ?? 0;
    return html`<label class="rail"><span>Shown</span> <input type="range" name="moment" min="0" max=${Math.max(1, last)} step="1" .value=${String(model.shown.value)} ?disabled=${last < 1} aria-label="Step that is shown" aria-valuetext=${snapshot ? `step ${step}: loss of the repetition ${format(snapshot.repeated.loss, 2)}, ${Math.round(100 * snapshot.repeated.accuracy)} % foretold` : 'step 0'}
      @input=${(event: Event) => model.look_at(Number((event.target as HTMLInputElement).value))} /> <output class="tabular">step ${step}</output></label>`;
  }

  /** All heads on the shown sequence, layer by layer. */
  #heads(model: InductionModel, snapshot: InductionSnapshot, row: Row): TemplateResult {
    const count = row.example.tokens.length;
    const maps = model.looked.answer.value?.weights ?? [];
    const layers = maps.map((heads, l) => {
      const one = (_: unknown, h: number) => {
        const [layer, head] = [l + 1, h + 1];
        const scores = snapshot.heads.find((found) => found.layer === layer && found.head === head);
        const chosen = layer === row.layer && head === row.head;
        return html`<button type="button" class="head" data-at=${l * heads.length + h} tabindex=${chosen ? 0 : -1} aria-pressed=${chosen ? 'true' : 'false'} aria-label=${headLabel(layer, head, scores)} @click=${() => model.choose_head(layer, head)}>
          <span class="square">${headPicture(heads[h]?.data ?? new Float32Array(count * count), count, chosen ? row.query : null)}</span>
          <span class="scores" aria-hidden="true"><span>before <b>${share(scores?.previous.weight ?? 0)}</b></span><span>after <b>${share(scores?.induction.weight ?? 0)}</b></span></span></button>`;
      };
      return html`<p class="layer">Layer ${l + 1}</p><div class="row-of-heads">${heads.map(one)}</div>`;
    });
    const perLayer = maps[0]?.length ?? 1;
    const at = (row.layer - 1) * perLayer + row.head - 1;
    return html`<div role="group" aria-label="All heads: choose one" @keydown=${(event: KeyboardEvent) =>
      rove(event, at, perLayer, perLayer * layers.length, (to) =>
        model.choose_head(Math.floor(to / perLayer) + 1, (to % perLayer) + 1),
      )}>${layers}</div>
      <p class="legend">A row for each place that looks, a column for each that is looked at. Measured over the held-out sequences: <b>before</b>, the share of attention on the place before; <b>after</b>, the share on places that follow an earlier occurrence of the same sign; equal attention gives ${share(snapshot.heads[0]?.previous.uniform ?? 0)} and ${share(snapshot.heads[0]?.induction.uniform ?? 0)}.</p>`;
  }

  #look(model: InductionModel, row: Row): TemplateResult {
    const found = model.chosen.value !== null;
    const choices = Array.from(
      { length: shownExamples },
      (_, i) => html`<option value=${i} .selected=${i === model.example.value}>${i + 1}</option>`,
    );
    return html`<div class="controls"><b>Layer ${row.layer}, head ${row.head}, at step ${model.snapshot.value?.step ?? 0}</b>
        <button type="button" class="quiet" ?disabled=${!found} @click=${() => model.follow_head()}>The highest “after”</button>
        <label>Sequence <select @change=${(event: Event) => model.choose_example(Number((event.target as HTMLSelectElement).value))}>${choices}</select></label></div>
      ${this.#signs(model, row)}<p class="row-says">${model.rowSays.value}</p>
      <div class="both">${this.#list(row)}${this.width.value >= narrow ? this.#map(model, row) : nothing}</div>`;
  }

  /** The sequence, each run through the segment on a line of its own where there is room. */
  #signs(model: InductionModel, { example, query, weights }: Row): TemplateResult {
    const { tokens, segment } = example;
    const lined = this.width.value >= 26 * (segment + 1);
    const columns = lined ? segment + 1 : tokens.length;
    const button = (t: number) => {
      const value = weights[t] ?? 0;
      const later = t > query;
      const words = `${placeName(example, t)}${t === query ? ', looks' : ''}${later ? ', comes later' : `, is looked at ${percent(value)}`}`;
      // The first run stands behind the border; later runs begin one column in, so that equal signs stand below each other.
      const place = lined
        ? `grid-column:${t === 0 ? 1 : 2 + ((t - 1) % segment)};grid-row:${t === 0 ? 1 : 1 + Math.floor((t - 1) / segment)};`
        : '';
      return html`<button type="button" data-at=${t} tabindex=${t === query ? 0 : -1} class=${later ? 'later' : ''} aria-pressed=${t === query ? 'true' : 'false'} aria-label=${words} style="${place}--share:${value.toFixed(3)}" @click=${() => model.choose(t)}>${signOf(example, t)}</button>`;
    };
    return html`<div class=${lined ? 'signs lined' : 'signs'} style=${lined ? `--columns:${columns}` : ''} role="group" aria-label="The sequence: choose the place that looks" @keydown=${(
      event: KeyboardEvent,
    ) => rove(event, query, tokens.length, tokens.length, (to) => model.choose(to))}>${tokens.map((_, t) => button(t))}</div>`;
  }

  #list({ example, layer, head, query, weights }: Row): TemplateResult {
    const order = Array.from({ length: query + 1 }, (_, s) => s).sort((s, r) => (weights[r] ?? 0) - (weights[s] ?? 0) || s - r);
    const place = (s: number) =>
      html`<li><span class="name">${placeName(example, s)}</span><i class="bar" style="--share:${(weights[s] ?? 0).toFixed(3)}" aria-hidden="true"></i><span class="n">${this.num(
        weights[s] ?? 0,
        `transformer/L${layer}/H${head}/weight[${query},${s}]`,
        { digits: 3, label: `weight of ${placeName(example, query)} at ${placeName(example, s)}`, key: `weight-${s}` },
      )}</span></li>`;
    return html`<div><p class="list-says">${placeName(example, query)} looks at</p><ul class="list">${order.slice(0, listed).map(place)}</ul></div>`;
  }

  #map(model: InductionModel, { example, layer, head, query, key, map }: Row): TemplateResult {
    const count = example.tokens.length;
    return html`<div class="map-scroll">${headMap({
      weights: map,
      names: example.tokens.map((_, t) => signOf(example, t)),
      causal: true,
      side: Math.max(9, Math.min(13, Math.floor((this.width.value - 360) / count))),
      at: { query, key },
      choose: (t, s) => model.choose(t, s),
      label: `Weights of layer ${layer}, head ${head}: a row for each place that looks, a column for each that is looked at`,
      words: (t, s) =>
        s > t
          ? `${placeName(example, t)} may not look at ${placeName(example, s)}, which comes later`
          : `${placeName(example, t)} at ${placeName(example, s)}, ${percent(map[t * count + s] ?? 0)}`,
    })}</div>`;
  }

  #twin(model: InductionModel): TemplateResult {
    const snapshots = model.snapshots.value;
    const panel = this.#panel(model);
    const foretold: ChartOptions = {
      name: 'signs foretold',
      at: panel.at,
      lines: [
        { name: 'repetition', values: snapshots.map(({ repeated }) => repeated.accuracy) },
        { name: 'first run', values: snapshots.map(({ first }) => first.accuracy) },
      ],
      say: (value) => `${Math.round(100 * value)} %`,
    };
    return chartTable([{ ...panel, name: 'loss', say: (value) => format(value, 3) }, foretold]);
  }
}

const named = ({ layers, heads, width, vocabulary }: NonNullable<InductionModel['training']['value']>) => {
  const known = models.get(vocabulary) ?? { layers, heads, width, vocabulary: vocabulary.length, causal: true };
  models.set(vocabulary, known);
  return known;
};
/** One and the same for all trainings: names of tokens are kept by it. */
const models = new WeakMap<readonly string[], Parameters<typeof namedRun>[1]>();

const headLabel = (layer: number, head: number, scores: InductionHead | undefined) =>
  `Layer ${layer}, head ${head}: ${share(scores?.previous.weight ?? 0)} on the place before, ${share(scores?.induction.weight ?? 0)} after earlier occurrences`;

define('dot-induction', DotInduction);

declare global {
  interface HTMLElementTagNameMap {
    'dot-induction': DotInduction;
  }
}
