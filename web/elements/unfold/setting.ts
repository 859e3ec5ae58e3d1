// What every part of the drawing of a number is given.
import type { Signal } from '@preact/signals-core';
import type { TemplateResult } from 'lit';
import type { Explains } from '../../models/unfold.ts';
import type { Order } from '../../models/unfold_parts.ts';
import type { NumberOptions } from '../number.ts';

/** Draws a number that can be opened; an empty address draws plain text. */
export type Open = (value: number, address: string, options?: Partial<NumberOptions>) => TemplateResult;

export interface Setting {
  order: Signal<Order>;
  /** How many parts the running sum has taken in; null is all. */
  through: Signal<number | null>;
  /** Width to draw in, CSS pixels. */
  width: number;
  /** The square that is pointed at, where a dot product is drawn as pictures. */
  pointed: Signal<number | null>;
  /** For a dot product: its two vectors as a source of `pair/…` addresses; null where its own source has them. */
  pair: Explains | null;
}
