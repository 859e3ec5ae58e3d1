// Runs a reader's code in a worker of its own, made from text, so that it can be stopped whatever it does.
import type { Lab } from '../../engine/index.ts';
import type { RunEvents } from '../../models/cell.ts';
import { type Said, type WorkerText, workerTexts } from '../../models/cell_worker.ts';
import { type Ask, Relay } from '../../models/relay.ts';

/** So long the code may compute without a word, in milliseconds. Waiting for the engine does not count. */
const patience = 5000;

export function runInWorker(code: string, lab: () => Promise<Lab>, events: RunEvents): () => void {
  let stop = () => {};
  let stopped = false;
  const begin = async () => {
    const engine = await lab();
    if (stopped) return;
    const relay = new Relay();
    const texts = workerTexts(code, relay.open(engine));
    stop = attempt(texts, code.split('\n').length, relay, events);
  };
  begin().catch((error: unknown) => {
    if (!stopped) events.failed(error instanceof Error ? error.message : String(error), 0);
  });
  return () => {
    stopped = true;
    stop();
  };
}

/** Tries the texts in turn; a later one only if the one before does not parse. */
function attempt([text, ...others]: WorkerText[], lines: number, relay: Relay, events: RunEvents): () => void {
  if (!text) return () => {};
  const url = URL.createObjectURL(new Blob([text.text], { type: 'text/javascript' }));
  const worker = new Worker(url);
  let stopNext: (() => void) | undefined;
  let started = false;
  let asking = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stop = () => {
    clearTimeout(timer);
    worker.terminate();
    URL.revokeObjectURL(url);
    stopNext?.();
  };
  const wait = () => {
    clearTimeout(timer);
    if (asking === 0) {
      timer = setTimeout(() => {
        stop();
        events.failed(`It computed for ${patience / 1000} seconds without an end and was stopped. Is there an endless loop?`, 0);
      }, patience);
    }
  };
  wait();

  worker.onmessage = ({ data }: MessageEvent<Said | Ask>) => {
    if (data.type === 'ask') {
      asking++;
      clearTimeout(timer);
      void relay.answer(data, (told) => {
        if (told.type !== 'called') {
          asking--;
          wait();
        }
        worker.postMessage(told);
      });
    } else if (data.type === 'started') started = true;
    else if (data.type === 'printed') events.printed(data.text);
    else {
      stop();
      if (data.type === 'done') events.done(data.text);
      else events.failed(data.message, data.line);
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const message = (event.message || 'the worker could not start').replace(/^Uncaught (\(in promise\) )?/, '');
    if (!started && others.length > 0) {
      clearTimeout(timer);
      worker.terminate();
      URL.revokeObjectURL(url);
      stopNext = attempt(others, lines, relay, events);
      return;
    }
    stop();
    const line = (event.lineno || 0) - text.before;
    // What is found missing after the last line is missing at its end.
    events.failed(message, line < 1 ? 0 : Math.min(line, lines));
  };
  return stop;
}
