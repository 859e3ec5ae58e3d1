// What the scripts tell the person in front of them: numbered steps, and failures with their repair.

const tty = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (tty ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = (text) => paint('1', text);
export const dim = (text) => paint('2', text);
export const red = (text) => paint('31', text);

/** A failure that the reader can do something about: what happened, and the repair. */
export class Failure extends Error {
  /**
   * @param {string} cause what happened, in one line
   * @param {string} [repair] what to do about it
   * @param {string} [output] the last lines of the program that failed
   */
  constructor(cause, repair = '', output = '') {
    super(cause);
    this.name = 'Failure';
    this.repair = repair;
    this.output = output;
  }
}

/** Seconds for people: `0.4 s`, `12 s`, `2 min 5 s`. */
export function seconds(milliseconds) {
  const s = milliseconds / 1000;
  if (s < 10) return `${s.toFixed(1)} s`;
  if (s < 60) return `${Math.round(s)} s`;
  const whole = Math.round(s);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * Numbered steps: `step('Emscripten', work)` prints `[2/6] Emscripten …`, runs `work`, and prints
 * what it returned (a short string) with the time it took.
 * @param {number} total how many steps there will be
 */
export function steps(total) {
  let number = 0;
  return async function step(name, work) {
    number += 1;
    const label = bold(`[${number}/${total}] ${name}`);
    const begun = Date.now();
    console.log(`${label} …`);
    const said = await work();
    const took = dim(seconds(Date.now() - begun));
    console.log(`      ${typeof said === 'string' ? said : 'done'} ${dim('·')} ${took}`);
    return said;
  };
}

/** One indented line below the current step. */
export const note = (text) => console.log(`      ${dim(text)}`);

/** Print a failure as its cause, the output that led to it, and the repair. */
export function report(error) {
  if (!(error instanceof Failure)) {
    console.error(red(`\nUnexpected failure: ${error?.stack ?? error}`));
    return;
  }
  if (error.output) console.error(`\n${error.output.trimEnd()}`);
  console.error(red(`\nFailed: ${error.message}`));
  if (error.repair) console.error(`Repair: ${error.repair}`);
}

/** Run a script's main function; a failure is reported and sets the exit status. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}
