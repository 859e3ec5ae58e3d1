// On the home page: how many of a lesson's checks are solved on this device, and how many answers were only seen.
import { effect } from '@preact/signals-core';
import { type Done, progressOf } from '../../models/progress.ts';

/** Writes into each `<span data-progress="angle" data-checks="4">`, and keeps it right while the page is open. */
export function showProgress(marks: Iterable<HTMLElement>): void {
  for (const mark of marks) {
    const { progress: lesson = '', checks = '0' } = mark.dataset;
    effect(() => {
      const done = Object.values(progressOf(lesson).checks.value);
      const count = (how: Done) => done.filter((one) => one === how).length;
      mark.textContent = progressText(count('right'), count('shown'), Number(checks));
    });
  }
}

/** '' before the first, then “2 of 4 solved, 1 answer seen”, then “all 4 solved”. */
export function progressText(solved: number, seen: number, checks: number): string {
  if (checks === 0 || solved + seen === 0) return '';
  if (solved >= checks) return `all ${checks} solved`;
  const shown = seen > 0 ? `${seen} ${seen === 1 ? 'answer' : 'answers'} seen` : '';
  return [solved > 0 ? `${solved} of ${checks} solved` : '', shown].filter(Boolean).join(', ');
}
