// Runs the code of every live cell on the engine as the reader would: through the relay, which lets pass what a face lists and what can be cloned.
import type { Lab } from '../../engine/index.ts';
import { show, withResult } from '../../models/cell_code.ts';
import { stage } from '../../models/cell_worker.ts';
import { type Ask, Relay } from '../../models/relay.ts';
import type { Report } from '../problem.ts';
import type { Cell } from '../rendered.ts';

type Run = (lab: unknown, print: (...values: unknown[]) => void) => Promise<unknown>;
const AsyncFunction = (async () => {}).constructor as new (...parameters: string[]) => Run;

/** A cell may take this long, in milliseconds. */
const limit = 20_000;

export async function verifyCells(cells: readonly Cell[], lab: () => Promise<Lab>, report: Report): Promise<void> {
  for (const cell of cells) {
    const printed: string[] = [];
    const print = (...values: unknown[]) => void printed.push(values.map((value) => show(value)).join(' '));
    try {
      const result = await within(limit, compile(cell.code)(relayed(await lab()), print));
      if (result !== undefined) print(result);
    } catch (error) {
      report.add(
        cell.line,
        `the cell “${cell.id}” fails: ${(error as Error).message}`,
        'run it in the page and correct it; each call of lab needs await',
      );
      continue;
    }
    const last = printed.at(-1);
    if (last === undefined) report.add(cell.line, `the cell “${cell.id}” prints nothing`, 'end it with an expression or print(…)');
    else if (cell.prints !== undefined && last !== cell.prints)
      report.add(
        cell.line,
        `the cell “${cell.id}” prints “${last}” last, not “${cell.prints}”`,
        `write prints="${last}", or correct the code`,
      );
  }
}

/** The engine as a cell's worker sees it, without the worker. */
function relayed(lab: Lab): unknown {
  const relay = new Relay();
  let hear: (event: { data: unknown }) => void = () => {};
  const scope = {
    postMessage: (message: unknown) => void relay.answer(structuredClone(message) as Ask, (told) => hear({ data: structuredClone(told) })),
    addEventListener: (_type: string, act: (event: never) => void) => {
      hear = act as typeof hear;
    },
  };
  return stage(scope, show, Number.POSITIVE_INFINITY, structuredClone(relay.open(lab))).lab;
}

function compile(code: string): Run {
  const returning = withResult(code);
  if (returning !== null) {
    try {
      return new AsyncFunction('lab', 'print', returning);
    } catch {
      // The last statement is no expression after all.
    }
  }
  return new AsyncFunction('lab', 'print', code);
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it takes longer than ${ms / 1000} s`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
