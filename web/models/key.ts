// The answer key of a lesson for one seed, computed.
import { type Signal, signal } from '@preact/signals-core';
import type { Lab } from '../engine/index.ts';
import type { CompiledChecks } from './check_spec.ts';
import { drawExercise, explanationText, rightText } from './exercise.ts';
import { Asked, type WidgetModel } from './model.ts';
import { packFields, unpackFields } from './url_state.ts';

export interface KeyEntry {
  id: string;
  /** HTML. */
  prompt: string;
  right: string;
  explanation: string;
}

export class KeyModel implements WidgetModel {
  readonly asked = new Asked<KeyEntry[]>();
  readonly seed: Signal<number>;
  readonly #load: () => Promise<CompiledChecks>;
  readonly #lab: () => Promise<Lab>;

  constructor(load: () => Promise<CompiledChecks>, lab: () => Promise<Lab>, seed: number) {
    this.#load = load;
    this.#lab = lab;
    this.seed = signal(seed);
  }

  readonly spoken = signal('');

  /** Computes the key of a seed, 0 to 2³² − 1. */
  async compute(seed = this.seed.peek()): Promise<void> {
    this.seed.value = seed;
    await this.asked.ask(async () => {
      const { checks } = await this.#load();
      const entries: KeyEntry[] = [];
      for (const spec of checks) {
        const exercise = await drawExercise(spec, this.#lab, seed);
        entries.push({
          id: spec.id,
          prompt: exercise.prompt,
          right: rightText(exercise),
          explanation: await explanationText(exercise, this.#lab),
        });
      }
      return entries;
    });
    if (this.asked.answer.peek()) this.spoken.value = `The key for seed ${seed}.`;
  }

  to_state(): string {
    return packFields({ seed: this.seed.value });
  }

  from_state(state: string): void {
    const seed = Number(unpackFields(state).seed);
    if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) this.seed.value = seed;
  }
}
