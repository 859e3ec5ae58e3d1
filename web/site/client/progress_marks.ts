// On the home page: how many of a lesson's checks are done on this device.
import { effect } from '@preact/signals-core';
import { progressOf } from '../../models/progress.ts';

/** Writes into each `<span data-progress="angle" data-checks="4">`, and keeps it right while the page is open. */
export function showProgress(marks: Iterable<HTMLElement>): void {
  for (const mark of marks) {
    const { progress: lesson = '', checks = '0' } = mark.dataset;
    effect(() => {
      mark.textContent = progressText(Object.keys(progressOf(lesson).checks.value).length, Number(checks));
    });
  }
}

/** '' before the first, then “2 of 4 checks”, then “all checks done”. */
export function progressText(done: number, checks: number): string {
  if (done === 0 || checks === 0) return '';
  return done >= checks ? 'all checks done' : `${done} of ${checks} checks`;
}
