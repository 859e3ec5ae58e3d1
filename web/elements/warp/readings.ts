// What stands beside the bent plane: the layer's matrix in numbers, and one point on its way through all layers.
import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatShort } from '../../drawing/index.ts';
import type { Bent, LayerFacts, Part } from '../../models/warp_states.ts';
import type { NumberOptions } from '../number.ts';

export type Num = (value: number, address: string, options?: Partial<NumberOptions>) => TemplateResult;

/** The layer in numbers; `kind` is the part under way, which is set off. */
export function layerReadings(bent: Bent, layer: number, kind: Part['kind'] | null, activation: string, num: Num): TemplateResult {
  const facts = bent.facts[layer - 1];
  if (!facts) return html``;
  const { singular, turned } = facts;
  const key = (name: string) => `layer${layer}/${name}`;
  const values = Array.from(singular.values, (value, i) =>
    num(value, `singular/value[${i}]`, { source: singular, key: key(`value${i}`), label: `stretch ${i + 1} of layer ${layer}` }),
  );
  const line = (name: unknown, kinds: readonly Part['kind'][], content: unknown) =>
    html`<div class=${kind && kinds.includes(kind) ? 'now' : ''}><dt>${name}</dt><dd>${content}</dd></div>`;
  const { determinant } = singular;
  const over = determinant !== null && determinant < 0;
  return html`<dl class="tabular">
    ${line('stretches by', ['stretch', 'map'], separated(values))}
    ${
      turned
        ? line(
            over ? 'turns over' : 'turns by',
            ['turn'],
            html`${over ? html`<span class="soft">the direction stretched most moves by</span> ` : nothing}${num(turned.pair.angleDegrees ?? 0, 'pair/angle', { source: turned.source, key: key('angle'), digits: 1, label: `the angle by which layer ${layer} turns the direction that it stretches most` })}°${over ? nothing : html` <span class="soft">to the ${turned.counterClockwise ? 'left' : 'right'}</span>`}`,
          )
        : line(
            'turns',
            ['turn'],
            html`<span class="soft">from ${facts.layer.weights.columns} directions to ${facts.layer.weights.rows}</span>`,
          )
    }
    ${line(
      facts.layer.weights.rows === 3 && determinant !== null ? 'volumes' : 'areas',
      ['stretch', 'turn'],
      determinant === null
        ? html`<span class="soft">no determinant: not square</span>`
        : html`× ${facts.layer.weights.rows <= 4 ? num(determinant, 'singular/determinant', { source: singular, key: key('determinant'), label: `determinant of layer ${layer}` }) : formatShort(determinant, 2)}`,
    )}
    ${line(
      'shifts by',
      ['shift'],
      separated(
        Array.from(facts.layer.biases, (bias, k) =>
          num(bias, `network/bias[${layer}][${k}]`, { source: bent.chosen, label: `bias of unit ${k + 1} in layer ${layer}` }),
        ),
      ),
    )}
    ${line('folds', ['fold'], html`${formatCount(facts.flat)} of ${formatCount(bent.counts.grid)} <span class="soft">grid places ${activation === 'relu' ? 'have a unit at 0' : 'lie where a unit’s curve is nearly flat'}</span>`)}
  </dl>${seen(facts)}`;
}

/** How a layer that the paper cannot hold is drawn. */
function seen({ view, layer }: LayerFacts): unknown {
  if (!view) return nothing;
  const along = view.separating
    ? 'the one that leads straight from class to class (to the right) and, across it, the one along which the points spread most'
    : 'the two along which the points spread most';
  return html`<p class="how">This layer has ${layer.weights.rows} units. It is drawn along two directions: ${along}. They hold ${formatShort(100 * view.share, 0)} % of the points’ spread.</p>`;
}

/** The chosen point as it is given, after every layer, and what the network says of it. */
export function pointPath(bent: Bent, classes: readonly string[], num: Num): TemplateResult {
  const { chosen } = bent;
  const last = bent.facts.length;
  const rows = (numbers: ArrayLike<number>, address: (k: number) => string, label: string) =>
    separated(Array.from(numbers, (value, k) => num(value, address(k), { source: chosen, label: `${label}, place ${k + 1}` })));
  return html`<table aria-label="The chosen point through every layer"><thead><tr><td></td><th scope="col">before the fold</th><th scope="col">after it</th></tr></thead><tbody>
    ${bent.facts.map((_, i) => {
      const { z, h } = chosen.layers[i] as (typeof chosen.layers)[number];
      return html`<tr><th scope="row">layer ${i + 1}</th><td>${rows(z.data, (k) => `network/z[0][${i + 1}][${k}]`, `layer ${i + 1} before the fold`)}</td>
        <td>${rows(h.data, (k) => `network/h[0][${i + 1}][${k}]`, `layer ${i + 1} after the fold`)}</td></tr>`;
    })}
    <tr><th scope="row">logits ${classes.join(', ')}</th><td>${rows(chosen.logits.data, (k) => `network/z[0][${last + 1}][${k}]`, 'logit')}</td><td></td></tr>
    <tr><th scope="row">shares</th><td>${rows(chosen.probabilities.data, (k) => `network/probability[0][${k}]`, 'probability')}</td><td></td></tr>
  </tbody></table>`;
}

const separated = (parts: readonly unknown[]): unknown =>
  parts.map((part, i) => html`${i > 0 ? html`<span class="sep">·</span>` : nothing}${part}`);
