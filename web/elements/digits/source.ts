// The page's digits: shared by its figures, so that one trains and another counts, and files are dropped once.
import { DigitSource } from '../../models/digit_source.ts';
import { lab } from '../lab.ts';

let shared: DigitSource | undefined;

export function digitSource(): DigitSource {
  shared ??= new DigitSource(lab);
  return shared;
}

/** Forgets them, so that the next widget asks the lab again: for tests, after setLab. */
export function forgetDigits(): void {
  shared = undefined;
}
