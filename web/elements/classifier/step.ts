// One gradient step, taken apart for one class vector: before, the gradient over the mini-batch, after; as numbers and as arrows.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { arrow, classMark, formatShort, grid, type PlaneScale, roundUp, toX, toY } from '../../drawing/index.ts';
import type { Layer, TrainingStep } from '../../engine/index.ts';
import type { ClassifierModel } from '../../models/classifier.ts';
import type { Explains, NumberOptions } from '../number.ts';

type Num = (value: number, address: string, options: Partial<NumberOptions>) => TemplateResult;

/** Rows of the table: the numbers of the class vector and its bias. */
interface Line {
  name: string;
  /** The end of the addresses, such as `[1][0][1]`, and the family's ending for a bias. */
  place: string;
  bias: boolean;
  before: number;
  gradient: number;
  after: number;
}

export function step(model: ClassifierModel, num: Num): TemplateResult {
  const taken = model.taken.value;
  const classes = model.data.classes.value;
  const k = Math.min(model.shown.value, classes.length - 1);
  const { optimizer, rate, hidden } = model.settings.value;
  const look = model.look.value;
  // Between two single steps only the class vector as it stands is known.
  const now = look?.layer.weights.rows === classes.length ? look.layer : undefined;
  const source = taken ?? look?.probe.source;
  const lines = linesOf(taken, now, k, hidden);
  const plain = optimizer === 'sgd';
  const cell = (line: Line, family: string, value: number, says: string) =>
    source && (taken || (now && says === 'before'))
      ? num(value, `network/${family}${line.bias && family !== 'bias' ? '-bias' : ''}${line.place}`, {
          digits: 4,
          label: `${line.name}, ${says}`,
          source: source as Explains,
          key: `step/${family}/${line.name}`,
        })
      : html`<span class="soft">–</span>`;
  return html`<section class="step" aria-label="One gradient step">
    <div class="row"><button type="button" class="quiet" @click=${() => void model.step()}>Take one gradient step</button>
      <span class="pens" role="group" aria-label="Class vector shown">${classes.map(
        (name, i) =>
          html`<button type="button" class="pen" aria-pressed=${i === k ? 'true' : 'false'} @click=${() => {
            model.shown.value = i;
          }}>${classMark(i)} ${name}</button>`,
      )}</span></div>
    <p class="rule">${
      taken
        ? html`Step ${taken.step}, a mini-batch of ${taken.batch.length} points: ${plain ? html`after = before − ${formatShort(rate, 4)} × gradient` : html`after = before − ${formatShort(rate, 4)} × direction, which ${optimizer === 'adam' ? 'Adam' : 'momentum'} makes of this gradient and the earlier ones`}`
        : 'The class vector as it stands. Take one step, and every number of the step can be opened.'
    }</p>
    <div class="both">${hidden.length === 0 ? picture(lines, k, classes[k] ?? '') : nothing}
    <table class="numbers"><thead><tr><th scope="col">${hidden.length ? 'unit' : 'weight'}</th><th scope="col">before</th><th scope="col">gradient</th>${plain ? nothing : html`<th scope="col">direction</th>`}<th scope="col">after</th></tr></thead>
      <tbody>${lines.map(
        (line) =>
          html`<tr><th scope="row">${line.name}</th><td>${cell(line, line.bias ? 'bias' : 'weight', line.before, 'before')}</td><td>${cell(line, 'gradient', line.gradient, 'gradient')}</td>${
            plain ? nothing : html`<td>${cell(line, 'update', (line.before - line.after) / rate, 'direction')}</td>`
          }<td>${cell(line, 'after', line.after, 'after')}</td></tr>`,
      )}</tbody></table></div></section>`;
}

function linesOf(taken: TrainingStep | null, now: Layer | undefined, k: number, hidden: readonly number[]): Line[] {
  const l = hidden.length + 1;
  const layer = taken?.layers[l - 1] ?? (now && { before: now, gradient: undefined, after: now });
  const inputs = hidden.at(-1) ?? 2;
  const weights = Array.from({ length: inputs }, (_, i): Line => {
    const at = k * inputs + i;
    return {
      name: hidden.length ? String(i + 1) : i === 0 ? 'across' : 'up',
      place: `[${l}][${k}][${i}]`,
      bias: false,
      before: layer?.before.weights.data[at] ?? 0,
      gradient: layer?.gradient?.weights.data[at] ?? 0,
      after: layer?.after.weights.data[at] ?? 0,
    };
  });
  const bias: Line = {
    name: 'bias',
    place: `[${l}][${k}]`,
    bias: true,
    before: layer?.before.biases[k] ?? 0,
    gradient: layer?.gradient?.biases[k] ?? 0,
    after: layer?.after.biases[k] ?? 0,
  };
  return [...weights, bias];
}

/** The parallelogram: before and the step from the middle, after as its diagonal. A short step is drawn again, larger and faint. */
function picture(lines: readonly Line[], k: number, name: string): TemplateResult {
  const [across, up] = lines;
  const before = [across?.before ?? 0, up?.before ?? 0] as const;
  const after = [across?.after ?? 0, up?.after ?? 0] as const;
  const moved = [after[0] - before[0], after[1] - before[1]] as const;
  const longest = Math.max(Math.hypot(...before), Math.hypot(...after), 1e-6);
  const reach = roundUp(longest * 1.05);
  const far = Math.hypot(...moved);
  const times = far === 0 || far > 0.25 * reach ? 1 : far * 10 > 0.8 * reach ? 4 : far * 40 > 0.8 * reach ? 10 : 40;
  // Drawn in units of `reach` on a plane of ±3, so that the drawing's margins stay the same.
  const unit = 3 / reach;
  const scale: PlaneScale = { size: 260, reach: 3 };
  const at = ([x, y]: readonly [number, number]) => [unit * x, unit * y] as const;
  const [tip, end, step] = [at(before), at(after), at([times * moved[0], times * moved[1]])];
  const line = (from: readonly [number, number], to: readonly [number, number]) =>
    svg`<line class="side" x1=${toX(scale, from[0])} y1=${toY(scale, from[1])} x2=${toX(scale, to[0])} y2=${toY(scale, to[1])} />`;
  const words = `Class vector ${name}: before (${before.map((value) => formatShort(value, 3)).join(', ')}), after (${after.map((value) => formatShort(value, 3)).join(', ')}).`;
  return html`<div class="small"><svg class="plane" viewBox="0 0 260 260" role="img" aria-label=${words}>${grid(scale)}
      ${arrow(scale, tip, { role: `k${k}`, name: '', faint: true })}${arrow(scale, end, { role: `k${k}`, name: far > 0 || Math.hypot(...after) > 0 ? name : '' })}
      ${far > 0 ? svg`${arrow(scale, step, { role: 'plain', name: '' })}${times === 1 ? [line(tip, end), line(step, end)] : nothing}` : nothing}</svg>
    <p class="soft">${far === 0 ? 'No step is shown.' : `Faint: before. Full: after. Thin: the step${times === 1 ? '' : `, ${times} times as long`}.`}</p></div>`;
}
