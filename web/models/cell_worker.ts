// What runs beside a reader's code in its worker. It is sent as text, so that no page needs to allow eval: this function's own
// source, then the reader's code inside an async function. It may use nothing from outside itself.
import { show, withResult } from './cell_code.ts';
import type { Handle, Told } from './relay.ts';

/** From the worker to the page, besides a relay's Ask. */
export type Said =
  | { type: 'started' }
  | { type: 'printed'; text: string }
  | { type: 'done'; text: string | null }
  | { type: 'failed'; message: string; line: number };

interface Scope {
  postMessage(message: unknown): void;
  addEventListener(type: string, act: (event: never) => void): void;
}

/** At most so many lines, so that an endless loop of prints cannot fill the page. */
const most = 1000;

/** Sets the stage: listens to the page, and gives the code its `lab` and `print`. Self-contained. */
export function stage(scope: Scope, write: (value: unknown) => string, limit: number, opened: unknown) {
  type Waiting = { answer(value: unknown): void; refuse(error: unknown): void };
  const waiting = new Map<number, Waiting>();
  const callbacks: ((...args: unknown[]) => void)[] = [];
  const numbers = new WeakMap<object, number>();
  let next = 1;
  let printed = 0;

  const withoutFunctions = (value: unknown): unknown => {
    if (typeof value === 'function') return { callback: callbacks.push(value as () => void) - 1 };
    if (value === null || typeof value !== 'object' || Array.isArray(value) || ArrayBuffer.isView(value)) return value;
    if (value instanceof AbortSignal) return undefined;
    if (numbers.has(value)) return { opened: numbers.get(value) };
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutFunctions(one)]));
  };
  const ask = (handle: number, method: string, args: unknown[]) =>
    new Promise((answer, refuse) => {
      const id = next++;
      // A refusal comes from the page; what the reader can mend is the line that asked.
      const { stack } = new Error();
      waiting.set(id, { answer, refuse: (error) => refuse(Object.assign(error as Error, { stack })) });
      scope.postMessage({ type: 'ask', id, handle, method, args: args.map(withoutFunctions) });
    });
  const face = ({ handle, fields, methods }: Handle) => {
    const object: Record<string, unknown> = { ...fields };
    for (const method of methods) {
      const [outer = '', inner] = method.split('.');
      const call = (...args: unknown[]) => ask(handle, method, args);
      if (inner) object[outer] = { ...(object[outer] as object | undefined), [inner]: call };
      else if (!(method in fields)) object[method] = call;
    }
    numbers.set(object, handle);
    return object;
  };

  scope.addEventListener('message', ({ data }: { data: Told }) => {
    if (data.type === 'called') {
      callbacks[data.callback]?.(...data.args);
      return;
    }
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.type === 'answer') one?.answer(data.value);
    else if (data.type === 'opened') one?.answer(face(data.opened));
    else if (data.type === 'parts')
      one?.answer({ ...data.value, ...Object.fromEntries(Object.entries(data.opened).map(([name, part]) => [name, face(part)])) });
    else one?.refuse(Object.assign(new Error(data.error.message), data.error));
  });

  const print = (...values: unknown[]) => {
    if (++printed > limit) throw new Error(`More than ${limit} lines are printed; the run ends here.`);
    scope.postMessage({ type: 'printed', text: values.map((value) => write(value)).join(' ') });
  };
  const fail = (error: unknown, from: number, lines: number) => {
    const { name = 'Error', message = String(error), stack = '' } = (error ?? {}) as Partial<Error>;
    const numbers = [...stack.matchAll(/:(\d+):\d+/g)].map((match) => Number(match[1]) - from);
    const line = numbers.find((one) => one >= 1 && one <= lines) ?? 0;
    scope.postMessage({ type: 'failed', message: name === 'Error' ? message : `${name}: ${message}`, line });
  };
  return {
    lab: face(opened as Handle),
    print,
    begin: () => scope.postMessage({ type: 'started' }),
    end: (value: unknown) => scope.postMessage({ type: 'done', text: value === undefined ? null : write(value) }),
    fail,
  };
}

/** A worker's whole text, and how many lines stand before the reader's first. */
export interface WorkerText {
  text: string;
  before: number;
}

/**
 * The texts to try: first with the last statement's value returned, then as written. The first is dropped when the browser finds
 * that it does not parse.
 */
export function workerTexts(code: string, opened: Handle): WorkerText[] {
  const lines = code.split('\n').length;
  return [withResult(code), code].flatMap((body) => {
    if (body === null) return [];
    const head = `const stage = (${stage.toString()})(self, ${show.toString()}, ${most}, ${JSON.stringify(opened)});\n`;
    // The names of the stage are hidden from the code, which sees lab and print alone.
    const call = 'stage.begin();\n(async (lab, print) => {\n';
    const before = (head + call).split('\n').length - 1;
    const tail = `\n})(stage.lab, stage.print).then(stage.end, (error) => stage.fail(error, ${before}, ${lines}));\nself.addEventListener('unhandledrejection', (event) => stage.fail(event.reason, ${before}, ${lines}));\n`;
    return [{ text: head + call + body + tail, before }];
  });
}
