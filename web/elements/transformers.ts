// The page's transformers: each loaded when a widget first asks, shared by all.
import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../drawing/format.ts';
import { type TransformerName, TransformerSource } from '../models/transformer_source.ts';
import { lab } from './lab.ts';

const shared = new Map<TransformerName, TransformerSource>();

export function transformers(name: TransformerName): TransformerSource {
  const source = shared.get(name) ?? new TransformerSource(lab, name);
  shared.set(name, source);
  return source;
}

/** Forgets them, so that the next widget asks the lab again: for tests, after setLab. */
export function forgetTransformers(): void {
  shared.clear();
}

/** The line that a figure shows until its model is here. The count is no live region: a voice would read every step of it. */
export function loadingTransformer(source: TransformerSource): TemplateResult {
  const { bytes, total } = source.loaded.value ?? { bytes: 0, total: 0 };
  const megabytes = (count: number) => (count / 1024 / 1024).toFixed(1);
  const whole = bytes > 0 && bytes === total;
  const label = `${source.name} loaded`;
  return html`<div class="loading"><span role="status">${whole ? `Opening the ${source.name}` : `Loading the ${source.name}, once`}</span>${
    total > 0
      ? html`<progress max=${total} .value=${bytes} aria-label=${label}></progress>`
      : html`<progress aria-label=${label}></progress>`
  }<span class="tabular">${bytes === 0 ? nothing : total > 0 ? `${megabytes(bytes)} of ${megabytes(total)} MB` : `${formatCount(Math.round(bytes / 1024))} KB so far`}</span></div>`;
}

/** What stands where a figure of a transformer will: how far the loading is, or the button that begins it. */
export function awaitingTransformer(source: TransformerSource, begin: () => void): TemplateResult {
  return source.loaded.value
    ? loadingTransformer(source)
    : html`<button type="button" class="do" @click=${begin}>Load the trained model</button>`;
}
