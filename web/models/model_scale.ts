// How large q·k is in a trained transformer, for the reader's sentence: the root mean square of each head, and for one head the lengths of its
// queries and keys, and softmax of a row with the scale and without it. Nothing here is assumed; it is what the shipped model does.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { format } from '../drawing/format.ts';
import type { HeadPlace, Lab, TransformerRun } from '../engine/index.ts';
import { type HeadLook, type HeadScale, largestOf, lookInto, type MeasuredText, measure, nameOf } from './head_scale.ts';
import { Asked, type WidgetModel } from './model.ts';
import { packFields, unpackFields } from './url_state.ts';

export const startText = 'The little girl gave the ball to her brother because he was sad.';
const longestText = 300;

type Engine = () => Promise<Pick<Lab, 'transformer' | 'norm' | 'explainPair' | 'softmaxRow' | 'pair'>>;

export class ModelScaleModel implements WidgetModel {
  readonly text: Signal<string>;
  /** The head that is looked into; null: the one whose q·k is largest. */
  readonly chosen: Signal<HeadPlace | null> = signal<HeadPlace | null>(null);
  /** The token that asks; null: the last word. */
  readonly place: Signal<number | null> = signal<number | null>(null);
  readonly asked = new Asked<MeasuredText>();
  readonly look = new Asked<HeadLook>();
  /** Bytes of the model so far, and in all; 0 where that is not known. */
  readonly loaded: Signal<{ bytes: number; total: number }> = signal({ bytes: 0, total: 0 });
  readonly spoken: ReadonlySignal<string> = computed(() => this.#words());
  #begun = false;
  #gone = false;
  #held: TransformerRun | undefined;

  constructor(
    private readonly engine: Engine,
    text = startText,
  ) {
    this.text = signal(cleaned(text) || startText);
  }

  /** The reader comes near: the model is loaded, and the sentence is run. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#ask();
  }

  set_text(text: string): void {
    const given = cleaned(text);
    if (given === '' || given === this.text.peek()) return;
    batch(() => {
      this.text.value = given;
      this.place.value = null;
    });
    this.#ask();
  }

  choose(layer: number, head: number): void {
    const known = this.asked.answer.peek();
    if (!Number.isInteger(layer) || !Number.isInteger(head) || layer < 1 || head < 1) return;
    if (known && (layer > known.layers || head > known.heads)) return;
    this.chosen.value = { layer, head };
    this.#look();
  }

  set_place(place: number): void {
    if (!Number.isInteger(place) || place < 0) return;
    this.place.value = place;
    this.#look();
  }

  retry(): void {
    this.#begun = true;
    this.#ask();
  }

  dispose(): void {
    this.#gone = true;
    void this.#held?.dispose().catch(() => {});
    this.#held = undefined;
  }

  /** The place that asks, in the text that was measured. */
  readonly at: ReadonlySignal<number> = computed(() => {
    const tokens = this.asked.answer.value?.tokens ?? [];
    const word = tokens.findLastIndex(({ text }) => /\p{L}/u.test(text));
    return Math.max(0, Math.min(this.place.value ?? (word < 0 ? tokens.length : word), tokens.length - 1));
  });

  /** The head that is looked into, of those that there are. */
  readonly shown: ReadonlySignal<HeadPlace> = computed(() => {
    const measured = this.asked.answer.value;
    const { layer, head } = this.chosen.value ?? largestOf(measured) ?? { layer: 1, head: 1 };
    return measured ? { layer: Math.min(layer, measured.layers), head: Math.min(head, measured.heads) } : { layer, head };
  });

  /** What was measured, in a sentence: however it turns out. */
  readonly says: ReadonlySignal<string> = computed(() => {
    const measured = this.asked.answer.value;
    if (!measured) return '';
    const all = measured.scales.flat();
    const root = Math.sqrt(measured.width);
    const above = all.filter(({ value }) => value > root).length;
    const most = largestOf(measured);
    const least = all.reduce((best, one) => (one.value < best.value ? one : best), all[0] as HeadScale);
    if (!most) return '';
    return `In this sentence ${above} of ${all.length} heads have a root mean square above √${measured.width} = ${format(root, 2)}. The largest is ${format(most.value, 2)}, in ${nameOf(most)}; the smallest ${format(least.value, 2)}, in ${nameOf(least)}.`;
  });

  to_state(): string {
    return packFields({
      x: this.text.value,
      l: this.chosen.value?.layer,
      h: this.chosen.value?.head,
      t: this.place.value ?? undefined,
    });
  }

  from_state(state: string): void {
    const { x, l, h, t } = unpackFields(state);
    const text = cleaned(x ?? '');
    const optional = (field: string | undefined) => (field === undefined || field === '' ? null : Number(field));
    const [layer, head, place] = [optional(l), optional(h), optional(t)];
    const fits = (value: number | null, least: number) => value === null || (Number.isInteger(value) && value >= least && value < 1000);
    if (text === '' || !fits(layer, 1) || !fits(head, 1) || !fits(place, 0) || (layer === null) !== (head === null)) return;
    const again = text !== this.text.peek();
    batch(() => {
      this.text.value = text;
      this.chosen.value = layer === null || head === null ? null : { layer, head };
      this.place.value = place;
    });
    if (!this.#begun) return;
    if (again) this.#ask();
    else this.#look();
  }

  #ask(): void {
    if (!this.#begun) return;
    const text = this.text.peek();
    let held: TransformerRun | undefined;
    void this.asked
      .ask(async () => {
        const lab = await this.engine();
        const model = await lab.transformer('writer', {
          onProgress: (bytes, total) => {
            this.loaded.value = { bytes, total };
          },
        });
        held = await model.run(text);
        return measure(lab, model, held, text);
      })
      .then(() => this.#hold(held));
  }

  /** Keeps the run that is shown, whose numbers unfold, and gives back all others. */
  #hold(run: TransformerRun | undefined): void {
    const shown = this.asked.answer.peek()?.run;
    for (const one of new Set([this.#held, run])) if (one && (one !== shown || this.#gone)) void one.dispose().catch(() => {});
    this.#held = this.#gone ? undefined : shown;
    if (run && run === shown) this.#look();
  }

  #look(): void {
    const measured = this.asked.answer.peek();
    if (!measured) return;
    const { layer, head } = this.shown.peek();
    const place = this.at.peek();
    void this.look.ask(async () => lookInto(await this.engine(), measured, layer, head, place));
  }

  #words(): string {
    const failure = this.asked.failure.value ?? this.look.failure.value;
    if (failure) return failure.message;
    const measured = this.asked.answer.value;
    const look = this.look.answer.value;
    if (!measured || !look) return '';
    const token = measured.tokens[look.place]?.text.trim() ?? '';
    return `${this.says.value} ${nameOf(look)}, asked by “${token}”: entropy ${format(look.scaled.entropy.value, 2)} bits with the scale, ${format(look.plain.entropy.value, 2)} without.`;
  }
}

/** As it goes into the field: no line ends, not too long. */
const cleaned = (text: string) => [...text.replace(/\s+/g, ' ').trim()].slice(0, longestText).join('');
