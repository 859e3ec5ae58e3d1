// The place where MNIST's own two files are dropped or chosen. They are read in this tab and go nowhere.
import { css, html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../drawing/index.ts';
import { type DigitSource, mnistFiles } from '../../models/digit_source.ts';
import type { Failure } from '../../models/model.ts';

export function realFiles(source: DigitSource, failed: (failure: Failure) => TemplateResult): TemplateResult {
  const [real, half, failure] = [source.real.value, source.half.value, source.failure.value];
  const over = (event: DragEvent, on: boolean) => {
    event.preventDefault();
    (event.currentTarget as HTMLElement).classList.toggle('over', on);
  };
  const other = half?.kind === 'images' ? 'labels' : 'images';
  return html`<div class="files" @dragover=${(event: DragEvent) => over(event, true)} @dragleave=${(event: DragEvent) => over(event, false)} @drop=${(
    event: DragEvent,
  ) => {
    over(event, false);
    void source.take([...(event.dataTransfer?.files ?? [])]);
  }}>
    <p>Real digits: MNIST’s own two files, images and labels together, ${mnistFiles.map(([images, labels], i) => html`${i ? ' or ' : ''}<code>${images}</code> with <code>${labels}</code>`)}, dropped here or chosen; unpacked ones do as well. They stay on this device.</p>
    <input type="file" multiple aria-label="MNIST’s files of images and labels" @change=${(event: Event) => {
      const field = event.target as HTMLInputElement;
      const files = [...(field.files ?? [])];
      field.value = '';
      void source.take(files);
    }} />
    <p class="say" role="status">${
      source.reading.value
        ? 'Reading the files …'
        : half
          ? `${half.name} is here; the file of ${other} is still missing.`
          : real
            ? `${formatCount(real.examples.count)} real digits are here, from ${real.name}.`
            : nothing
    }</p>${failure ? failed(failure) : nothing}</div>`;
}

export const realFilesStyles = css`
    .files { border-top: 1px dashed var(--line, #d9d6cd); padding-top: 8px; margin-top: 16px; color: var(--soft, #5b5d64); max-width: 46rem; }
    .files.over { outline: 2px dashed var(--touch, #0b7365); outline-offset: 4px; } .files p { margin: 0 0 4px; } .files code { overflow-wrap: anywhere; font-size: .95em; } .files .say { min-height: 1.5em; color: var(--ink, #1d1e21); }
    .files input[type="file"] { max-width: 100%; font: inherit; color: var(--soft, #5b5d64); min-height: 44px; align-content: center; }
    .files input[type="file"]::file-selector-button { font: 500 .82rem/1.2 var(--sans, system-ui, sans-serif); color: var(--touch, #0b7365); background: none; border: 1px solid var(--touch, #0b7365); border-radius: 3px; min-height: 40px; padding: 0 12px; margin-right: 12px; cursor: pointer; }
`;
