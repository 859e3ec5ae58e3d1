// What numbers are called by one who knows more of them than the engine does: the words of the sentence, the tokens of a vocabulary.
import type { Explanation } from '../engine/index.ts';

export interface Name {
  /** For the trail, a few characters: L2 H3 key 17 “cat”. */
  short: string;
  /** For the heading and for a voice: key of “cat” (place 5), layer 2, head 3, component 17. */
  long: string;
}

/** The places of a row: what one of them is called, and what kind of thing they are. */
export interface PlaceNames {
  /** Component, hidden unit, token: the heading of the list of places. */
  what: string;
  /** Of place i, from 0. */
  name(i: number): string;
}

/**
 * Words for addresses. Every function may answer null: then the engine's own words stand.
 */
export interface Naming {
  /** Of a number, or of a row of numbers (an address with one place fewer). */
  name(address: string): Name | null;
  /** Of the places of the row at an address. */
  places?(address: string): PlaceNames | null;
  /** Where unfolding ends: what this number is, and why nothing lies below it. */
  ground?(explanation: Explanation): string | null;
}
