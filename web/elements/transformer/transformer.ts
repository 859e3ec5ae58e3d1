// <dot-transformer>: a whole trained transformer on the reader's own sentence. Every head at a glance, what it expects at a place, and what
// becomes of that when something is switched off, replaced or put in.
import { type Signal, signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { headsStyles } from '../../drawing/heads.ts';
import { rowWords } from '../../models/attention_words.ts';
import { TransformerModel } from '../../models/transformer.ts';
import type { TransformerAnswer } from '../../models/transformer_answer.ts';
import { namedRun } from '../../models/transformer_names.ts';
import type { Pass } from '../../models/transformer_pass.ts';
import { DotElement, define } from '../base.ts';
import type { Explains } from '../number.ts';
import { transformers } from '../transformers.ts';
import { actNear } from '../visible.ts';
import { changed, graftForm, replaceForm } from './changes.ts';
import { guessList } from './guesses.ts';
import { headGrid, headSwitches } from './heads.ts';
import type { Num } from './num.ts';
import { cellLine, rowList, wholeMap } from './row.ts';
import { sentence } from './sentence.ts';
import { statusLine, textForm } from './text.ts';
import { traceFile } from './traces.ts';
import { transformerStyles } from './transformer.styles.ts';
import { workBar } from './work.ts';

const narrow = 560; // CSS pixels: below, one row at a time and no whole map

export class DotTransformer extends DotElement<TransformerModel> {
  static override readonly widgetAttributes = ['model', 'text', 'example', 'layer', 'head', 'place'];
  static override styles = [DotElement.base, headsStyles, transformerStyles];

  readonly #all: Signal<boolean> = signal(false);
  readonly #picked: Signal<{ layer: number; from: number | null }> = signal({ layer: -1, from: null });
  /** Whether the open number's unfolding stands in the figure already. */
  #unfolded = false;

  constructor() {
    super();
    // Some megabytes: they are fetched when the figure is seen, not before.
    actNear(this, () => this.model.begin(), '0px');
  }

  protected override create_model(): TransformerModel {
    return new TransformerModel(
      { source: transformers, trace: traceFile },
      {
        model: this.getAttribute('model'),
        text: this.getAttribute('text'),
        example: this.getAttribute('example'),
        layer: Number(this.attr('layer', '0')),
        head: Number(this.attr('head', '0')),
        place: this.getAttribute('place'),
      },
    );
  }

  protected override get origin(): Explains | undefined {
    return this.#explains(this.model.ran.answer.peek()?.now);
  }

  /** What a pass's numbers are made of, told with the words of its text. */
  #explains(pass: Pass | null | undefined): Explains | undefined {
    const model = this.model.source.model.peek();
    return pass?.run && model ? namedRun(pass.run, model) : undefined;
  }

  override reset(): void {
    this.#all.value = false;
    this.#picked.value = { layer: -1, from: null };
    super.reset();
  }

  protected override view(model: TransformerModel): TemplateResult {
    const [failure, shown] = [model.failure.value, model.shown.value];
    this.#unfolded = false;
    return html`${textForm(model)}${failure ? this.failed(failure, () => model.retry()) : statusLine(model, () => this.reset())}
      <div class=${model.late.value && (!model.trained || model.tooLong.value) ? 'place late' : 'place'}>${shown ? this.#figure(model, shown) : nothing}</div>`;
  }

  #figure(model: TransformerModel, shown: TransformerAnswer): TemplateResult {
    const { now } = shown;
    const row = model.row.value;
    // Numbers of the newest pass follow `origin`: where one is open and its token leaves the list, it is asked of the next pass.
    const num: Num = (pass, value, address, options) =>
      this.num(value, address, { ...options, source: pass === model.ran.answer.peek()?.now ? undefined : this.#explains(pass) });
    return html`${sentence(model, now)}
      <p class="row-says">${row ? rowWords(now.names[row.query] ?? '', now.names, row.weights, row.seen) : nothing}</p>
      <div class="both"><div>${headGrid(model, now)}${headSwitches(model, now)}</div>${guessList(model, num)}</div>${this.#unfoldBelow('guesses')}
      <div class="changes" role="group" aria-label="What is changed">${changed(model, shown)}${replaceForm(model, shown)}${graftForm(
        model,
        shown,
        this.#picked.value,
        (picked) => {
          this.#picked.value = picked;
        },
      )}</div>
      ${rowList(model, now, num, this.#all.value, () => {
        this.#all.value = !this.#all.value;
      })}${this.#unfoldBelow('row')}
      ${cellLine(model, now, num)}${this.width.value >= narrow ? wholeMap(model, now, this.width.value) : nothing}${workBar(now)}`;
  }

  /** The figure is long: what is opened unfolds below the part that holds it, and not at the end. */
  #unfoldBelow(part: 'guesses' | 'row'): unknown {
    const key = this.opened.value?.key;
    if (!key || key.startsWith('row-') !== (part === 'row')) return nothing;
    const drawn = super.unfolding();
    this.#unfolded = true;
    return drawn;
  }

  protected override unfolding(): unknown {
    return this.#unfolded ? nothing : super.unfolding();
  }
}

define('dot-transformer', DotTransformer);

declare global {
  interface HTMLElementTagNameMap {
    'dot-transformer': DotTransformer;
  }
}
