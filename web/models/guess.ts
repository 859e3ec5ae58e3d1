// Which choice of a prediction the engine's answer picks, and how a number reads as a sign. Shared by the page and the lesson check.

/** The index of the choice that an answer picks: the same word, or the number nearest to it; −1 if none is. */
export function pickedChoice(choices: readonly string[], answer: number | string): number {
  if (typeof answer === 'string') return choices.findIndex((choice) => choice.trim().toLowerCase() === answer.toLowerCase());
  const numbers = choices.map(numberIn);
  if (numbers.some(Number.isNaN)) return -1;
  let best = 0;
  numbers.forEach((one, i) => {
    if (Math.abs(one - answer) < Math.abs((numbers[best] ?? 0) - answer)) best = i;
  });
  return best;
}

/** The index of the largest or smallest of the choices' own answers. */
export function extremeChoice(answers: readonly number[], pick: 'largest' | 'smallest'): number {
  return answers.indexOf(pick === 'largest' ? Math.max(...answers) : Math.min(...answers));
}

export type Sign = 'negative' | 'zero' | 'positive';

export function signOf(value: number, near = 0.05): Sign {
  return Math.abs(value) <= near ? 'zero' : value < 0 ? 'negative' : 'positive';
}

/** The one number in a text, NaN if there is none or more than one. */
function numberIn(text: string): number {
  const found = text
    .replaceAll('−', '-')
    .replace(/(\d)[,\u202f\u00a0](?=\d{3})/g, '$1')
    .match(/-?\d+(\.\d+)?/g);
  return found?.length === 1 ? Number(found[0]) : Number.NaN;
}
