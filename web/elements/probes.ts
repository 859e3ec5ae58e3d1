// What the elements of probing share on a page: our labelled sentences, loaded when they are wanted, the states that were computed of them,
// and the words while they are on their way.
import { html, type TemplateResult } from 'lit';
import { formatCount } from '../drawing/format.ts';
import { type ProbeData, ProbeSource } from '../models/probe_source.ts';
import type { TransformerName } from '../models/transformer_source.ts';
import { lab } from './lab.ts';
import { awaitingTransformer, loadingTransformer, transformers } from './transformers.ts';

let shared: ProbeSource | undefined;

/** The page's source of probes. */
export function probes(): ProbeSource {
  shared ??= new ProbeSource(lab, transformers, labelledData);
  return shared;
}

/** Puts another in its place, or forgets it: for tests, after setLab. */
export function setProbes(other: ProbeSource | undefined): void {
  shared = other;
}

const labelledData: ProbeData = {
  parts: async () => (await import('./labelled.ts')).parts(),
  senses: async () => (await import('./labelled.ts')).senses(),
};

/** The line that a figure shows until the states are here: the model's bytes, then the sentences that went through it. */
export function loadingProbes(source: ProbeSource, name: TransformerName, words = 'The probe is being trained.'): TemplateResult {
  const transformer = source.transformer(name);
  if (transformer.loaded.value && !transformer.model.value) return loadingTransformer(transformer);
  const loading = source.loading.value;
  if (!loading) return html`<div class="loading"><span role="status">${words}</span></div>`;
  return html`<div class="loading"><span role="status">Our sentences go through the ${loading.model}, once</span>
    <progress max=${loading.total} .value=${loading.done} aria-label="Sentences that are read"></progress>
    <span class="tabular">${formatCount(loading.done)} of ${formatCount(loading.total)}</span></div>`;
}

/** What stands where a figure of probes will: how far it is, or the button that begins it. */
export function awaitingProbes(source: ProbeSource, name: TransformerName, begin: () => void, words?: string): TemplateResult {
  const transformer = source.transformer(name);
  return transformer.loaded.value ? loadingProbes(source, name, words) : awaitingTransformer(transformer, begin);
}

/** Seven buttons, one for each layer. */
export function layerButtons(options: {
  label: string;
  chosen: number | null;
  choose(layer: number): void;
  disabled?: (layer: number) => boolean;
  layers?: number;
}): TemplateResult {
  const { label, chosen, choose, disabled = () => false, layers = 7 } = options;
  return html`<div class="layers" role="group" aria-label=${label}>${Array.from(
    { length: layers },
    (_, layer) =>
      html`<button type="button" aria-pressed=${layer === chosen ? 'true' : 'false'} aria-label=${`Layer ${layer}`} ?disabled=${disabled(layer)} @click=${() => choose(layer)}>${layer}</button>`,
  )}</div>`;
}

/** A choice among properties; the one in the address stands in it even before the list is here. */
export function propertyChoice(
  properties: readonly { id: string; name: string }[],
  chosen: string,
  choose: (id: string) => void,
): TemplateResult {
  const all = properties.some(({ id }) => id === chosen) ? properties : [{ id: chosen, name: chosen.replaceAll('-', ' ') }, ...properties];
  return html`<label>Property <select aria-label="Property" @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>${all.map(
    ({ id, name }) => html`<option value=${id} .selected=${id === chosen}>${name}</option>`,
  )}</select></label>`;
}
