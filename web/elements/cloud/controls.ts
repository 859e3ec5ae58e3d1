// The two controls that the figures of random vectors share: how many numbers a vector has, and which draw it is.
import type { ReadonlySignal } from '@preact/signals-core';
import { html, type TemplateResult } from 'lit';
import { formatCount, parseNumber } from '../../drawing/format.ts';
import { cloudSizes, mostSeed } from '../../models/cloud.ts';

interface Drawn {
  size: ReadonlySignal<number>;
  seed: ReadonlySignal<number>;
  set_size(index: number): void;
  set_seed(seed: number): void;
}

export function sizeControl(model: Drawn): TemplateResult {
  const size = model.size.value;
  const words = `${formatCount(cloudSizes[size] ?? 0)} dimensions`;
  return html`<label class="size"><span>numbers per vector, <var>d</var></span> <input type="range" min="0" max=${cloudSizes.length - 1} step="1" .value=${String(size)} aria-valuetext=${words}
    @input=${(event: Event) => model.set_size(Number((event.target as HTMLInputElement).value))} /><output>${formatCount(cloudSizes[size] ?? 0)}</output></label>`;
}

export function seedControl(model: Drawn): TemplateResult {
  const seed = model.seed.value;
  return html`<span class="seed"><label>seed <input type="text" inputmode="numeric" autocomplete="off" size="6" aria-label=${`seed of the draw, 0 to ${formatCount(mostSeed)}`} .value=${String(seed)}
    @change=${(event: Event) => {
      const input = event.target as HTMLInputElement;
      model.set_seed(parseNumber(input.value));
      input.value = String(model.seed.value);
    }} /></label><button type="button" class="quiet" @click=${() => model.set_seed(seed >= mostSeed ? 0 : seed + 1)}>Draw again</button></span>`;
}
