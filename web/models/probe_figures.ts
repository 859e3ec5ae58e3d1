// Figures of probes that were measured once, on our sentences and on corpora that are not part of the course: which set and which property
// are looked at, and what the figures say.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { Spread } from '../engine/index.ts';
import type { WidgetModel } from './model.ts';
import { bestLayer, type LayerFigures, share, tableWords } from './probe_words.ts';
import type { TransformerName } from './transformer_source.ts';
import { packFields, unpackFields } from './url_state.ts';

export interface MeasuredLayer extends LayerFigures {
  explained: Spread;
  directions: number;
}

export interface MeasuredTask {
  id: string;
  /** As a reader calls it: "part of speech". */
  name: string;
  classes: readonly string[];
  /** Words that are labelled, in how many texts, and how many of them are held out. */
  words: number;
  texts: number;
  heldOut: number;
  seeds: number;
  /** How they are divided, in words: "12,544 to train on and 2,077 held out". */
  division: string;
  models: Readonly<Record<TransformerName, readonly MeasuredLayer[]>>;
}

export interface MeasuredSet {
  id: string;
  name: string;
  /** Where it is from, in sentences; *so* is set in italics. */
  about: string;
  licence: string;
  tasks: readonly MeasuredTask[];
}

/** The file lessons/data/probes/figures.json. */
export interface ProbeFigures {
  /** What to type to measure it again. */
  command: string;
  sets: readonly MeasuredSet[];
}

export class ProbeFiguresModel implements WidgetModel {
  readonly set: Signal<number> = signal(0);
  readonly task: Signal<number> = signal(0);

  /** @param start the id of the set that is shown at first; the first one where there is no such */
  constructor(
    readonly figures: ProbeFigures,
    start = '',
  ) {
    this.choose(figures.sets.findIndex(({ id }) => id === start));
  }

  choose(set: number, task = 0): void {
    if (!this.figures.sets[set]?.tasks[task]) return;
    batch(() => {
      this.set.value = set;
      this.task.value = task;
    });
  }

  readonly shown: ReadonlySignal<{ set: MeasuredSet; task: MeasuredTask } | null> = computed(() => {
    const set = this.figures.sets[this.set.value];
    const task = set?.tasks[this.task.value];
    return set && task ? { set, task } : null;
  });

  /** What the figures of the chosen property say of each model. */
  readonly says: ReadonlySignal<readonly { model: TransformerName; sentences: readonly string[] }[]> = computed(() => {
    const task = this.shown.value?.task;
    if (!task) return [];
    return (['reader', 'writer'] as const).map((model) => ({ model, sentences: tableWords(task.models[model], task.seeds) }));
  });

  readonly spoken: ReadonlySignal<string> = computed(() => {
    const shown = this.shown.value;
    if (!shown) return '';
    const best = (model: TransformerName) => {
      const layer = bestLayer(shown.task.models[model]);
      return layer ? `the ${model} ${share(layer.accuracy.mean)} at layer ${layer.layer}` : '';
    };
    return `${shown.set.name}, ${shown.task.name}: ${best('reader')}, ${best('writer')}.`;
  });

  to_state(): string {
    const shown = this.shown.value;
    return packFields({ s: shown?.set.id, t: shown?.task.id });
  }

  from_state(state: string): void {
    const { s, t } = unpackFields(state);
    const set = this.figures.sets.findIndex(({ id }) => id === s);
    const task = this.figures.sets[set]?.tasks.findIndex(({ id }) => id === t) ?? -1;
    this.choose(set, Math.max(0, task));
  }
}
