// The page's one set of word vectors, and our pair lists: loaded when a widget first asks, shared by all.
import { css, html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../drawing/format.ts';
import { parsePairs, type Relation } from '../models/analogy_pairs.ts';
import { WordSource } from '../models/word_source.ts';
import { lab } from './lab.ts';

let shared: WordSource | undefined;

export function words(): WordSource {
  shared ??= new WordSource(lab);
  return shared;
}

/** Forgets the vectors, so that the next widget asks the lab again: for tests, after setLab. */
export function forgetWords(): void {
  shared = undefined;
}

/** Our own relations; the text is a part of the program, loaded when it is wanted. */
export async function relations(): Promise<Relation[]> {
  const { default: text } = await import('../../lessons/data/analogy-pairs/pairs.txt?raw');
  return parsePairs(text);
}

/**
 * The line that a figure shows until the vectors are here: how many KB have come, and of how many where the server says so.
 * The count is no live region: a voice would read every step of it.
 */
export function loadingWords(source: WordSource): TemplateResult {
  const { bytes, total } = source.loaded.value;
  const kilobytes = (count: number) => formatCount(Math.round(count / 1024));
  const whole = bytes > 0 && bytes === total;
  return html`<div class="loading"><span>${whole ? 'Opening the word vectors' : 'Loading the word vectors'}</span>${
    total > 0
      ? html`<progress max=${total} .value=${bytes} aria-label="word vectors loaded"></progress>`
      : html`<progress aria-label="word vectors loaded"></progress>`
  }<span class="tabular">${bytes === 0 ? nothing : total > 0 ? `${kilobytes(bytes)} of ${kilobytes(total)} KB` : `${kilobytes(bytes)} KB so far`}</span></div>`;
}

/** For what the word widgets share: the loading line, progress bars, and switches that wait for the vectors. */
export const wordStyles = css`
    .loading { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; min-height: 44px; color: var(--soft, #5b5d64); }
    .loading progress { flex: 1 1 8rem; max-width: 20rem; }
    progress { height: 12px; appearance: none; border: 0; background: var(--wash, #f3f1ea); color: var(--touch, #0b7365); }
    progress::-webkit-progress-bar { background: var(--wash, #f3f1ea); } progress::-webkit-progress-value { background: var(--touch, #0b7365); } progress::-moz-progress-bar { background: var(--touch, #0b7365); }
    fieldset { border: 0; margin: 0; padding: 0; min-width: 0; } fieldset:disabled { opacity: .55; }
    @media (max-width: 480px) { .controls label:has(select) { flex-wrap: wrap; gap: 0 8px; width: 100%; } .controls label > select { flex: 1 1 100%; } }
`;
