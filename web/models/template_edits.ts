// What a reader painted on the templates: for each class and pixel, how many steps of weight were added or taken away. Kept apart
// from the trained weights, so that it fits into an address and can be undone.

/** One step of weight. The strongest trained weights of the shipped layer are about 0.7. */
export const quantum = 0.05;
/** Steps that one pixel may be away from its trained weight. */
export const mostSteps = 25;

export type Steps = Int8Array;

/** Steps of a class, with `by` steps more around `place`: all of it there, half of it (rounded up) on the neighbours if the brush is wide. */
export function painted(steps: Steps, place: number, by: number, wide: boolean, columns = 28): Steps {
  const next = steps.slice();
  const rows = Math.ceil(steps.length / columns);
  const [row, column] = [Math.floor(place / columns), place % columns];
  const add = (r: number, c: number, much: number) => {
    if (r < 0 || c < 0 || r >= rows || c >= columns) return;
    const i = r * columns + c;
    if (i < next.length) next[i] = Math.max(-mostSteps, Math.min(mostSteps, (next[i] ?? 0) + much));
  };
  add(row, column, by);
  if (wide) {
    const less = Math.sign(by) * Math.ceil(Math.abs(by) / 2);
    for (const [r, c] of [
      [-1, 0],
      [1, 0],
      [0, -1],
      [0, 1],
    ] as const)
      add(row + r, column + c, less);
  }
  return next;
}

/** The trained row with the steps on top. */
export function edited(trained: Float32Array, steps: Steps | undefined): Float32Array {
  return steps ? trained.map((weight, i) => weight + quantum * (steps[i] ?? 0)) : trained;
}

export const untouched = (steps: Steps | undefined): boolean => !steps || steps.every((step) => step === 0);

const letters = 'zyxwvutsrqponmlkjihgfedcb-ABCDEFGHIJKLMNOPQRSTUVWXY'; // −25 … −1, 0, 1 … 25

/**
 * Steps as text for an address: runs of equal steps, each as where it begins (two characters in base 36), its letter, and its
 * length if that is not 1. Nothing for a template as it was trained.
 */
export function packSteps(steps: Steps): string {
  let text = '';
  for (let from = 0; from < steps.length; ) {
    const own = steps[from] ?? 0;
    let to = from + 1;
    while (to < steps.length && steps[to] === own) to++;
    if (own !== 0) text += `${from.toString(36).padStart(2, '0')}${letters[own + mostSteps]}${to - from > 1 ? to - from : ''}.`;
    from = to;
  }
  return text.slice(0, -1);
}

/** The other way; null for what is no such text. */
export function unpackSteps(text: string, places: number): Steps | null {
  const steps = new Int8Array(places);
  for (const part of text.split('.')) {
    const [, start = '', letter = '', length = '1'] = /^([0-9a-z]{2})([A-Ya-z])(\d{1,3})?$/.exec(part) ?? [];
    const step = letters.indexOf(letter) - mostSteps;
    const from = Number.parseInt(start, 36);
    const to = from + Number(length);
    if (letter === '' || step < -mostSteps || step === 0 || !(to > from) || to > places) return null;
    steps.fill(step, from, to);
  }
  return steps;
}
