// The page /bench/: runs the cases in this very browser, fills the table as they come, and hands the result over as JSON.
// `?glance` in the address takes a few short rounds in place of many.
import { CASES } from '../../bench/cases.ts';
import { openLimits } from '../../bench/limits.ts';
import { ours } from '../../bench/ours.ts';
import { GENTLE, GLANCE, PAGE_CASES } from '../../bench/page_cases.ts';
import { plain } from '../../bench/plain.ts';
import { AIM, BINARIES, duration, rowsOf, short } from '../../bench/report.ts';
import { runCases } from '../../bench/run.ts';
import type { Binary, Contestant, Row } from '../../bench/types.ts';
import { LabError } from '../../engine/sync.ts';

/** What the machine allows, a module for each binary. */
const LIMITS: Record<Binary, URL> = {
  relaxed: new URL('../../../build/engine/relaxed/limits.wasm', import.meta.url),
  simd128: new URL('../../../build/engine/simd128/limits.wasm', import.meta.url),
};

const cases = CASES.filter(({ name }) => PAGE_CASES.includes(name));

/** Our engine in each binary that runs here. */
async function engines(): Promise<Contestant[]> {
  const opened = await Promise.allSettled(BINARIES.map((binary) => ours(binary)));
  const running = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const [failed] = opened.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  // One of the two may be too new for this browser; if both fail, the reason is told.
  if (running.length === 0) throw failed;
  return running;
}

interface Result {
  date: string;
  browser: string;
  cores: number;
  rows: Row[];
}

class BenchPage {
  private readonly button = this.part<HTMLButtonElement>('.run');
  private readonly copy = this.part<HTMLButtonElement>('.copy');
  private readonly progress = this.part<HTMLProgressElement>('progress');
  private readonly state = this.part('.state');
  private stop: AbortController | undefined;
  private rows: Row[] = [];

  constructor(private readonly root: HTMLElement) {
    this.button.addEventListener('click', () => (this.stop ? this.stop.abort() : void this.run()));
    this.copy.addEventListener('click', () => void this.copyResult());
    this.button.disabled = false;
  }

  private part<T extends HTMLElement>(selector: string): T {
    return this.root.querySelector(selector) as T;
  }

  private async run(): Promise<void> {
    const stop = new AbortController();
    this.stop = stop;
    this.button.textContent = 'Stop';
    this.clear();
    try {
      const contestants = [...(await engines()), plain()];
      const limits = openLimits(async (binary) => (await fetch(LIMITS[binary])).arrayBuffer());
      let done = 0;
      const say = () => this.say(done < cases.length ? `Measuring ${cases[done]?.name}, ${done + 1} of ${cases.length}.` : this.summary());
      say();
      await runCases({
        cases,
        contestants,
        limits,
        plan: new URLSearchParams(location.search).has('glance') ? GLANCE : GENTLE,
        binaries: BINARIES.filter((binary) => contestants.some(({ name }) => name === binary)),
        signal: stop.signal,
        onCase: (measured) => {
          const rows = rowsOf(measured);
          this.rows.push(...rows);
          this.fill(measured.name, rows);
          this.progress.value = ++done;
          say();
        },
      });
    } catch (error) {
      this.say(stop.signal.aborted ? `Stopped. ${this.summary()}` : words(error));
    } finally {
      this.stop = undefined;
      this.button.textContent = 'Measure again';
      this.copy.disabled = this.rows.length === 0;
      this.part('.json code').textContent = this.rows.length > 0 ? this.json() : 'Nothing measured yet.';
    }
  }

  private clear(): void {
    this.rows = [];
    this.progress.value = 0;
    this.copy.disabled = true;
    this.part('.copied').textContent = '';
    for (const cell of this.root.querySelectorAll('tbody td:not(:last-child)')) cell.textContent = '–';
  }

  private say(text: string): void {
    this.state.textContent = text;
  }

  private fill(name: string, rows: readonly Row[]): void {
    const line = [...this.root.querySelectorAll<HTMLTableRowElement>('tr[data-case]')].find((row) => row.dataset.case === name);
    const of = (binary: Binary) => rows.find((row) => row.binary === binary);
    const [relaxed, simd128] = [of('relaxed'), of('simd128')];
    const best = relaxed ?? simd128;
    if (best?.peerName === AIM) {
      const time = (row: Row | undefined) => (row ? duration(row.median / 1e6) : 'not here');
      this.write(line, [time(relaxed), time(simd128)]);
      return;
    }
    const rate = (x: number | undefined) => (x === undefined ? 'not here' : short(x));
    const share = best?.share == null ? '–' : `${Math.round(100 * best.share)} %`;
    const texts = [best ? `${short(best.ratio)} ×` : '–', share, rate(relaxed?.ours), rate(simd128?.ours), rate(best?.peer)];
    this.write(line, texts);
  }

  private write(line: HTMLTableRowElement | undefined, texts: readonly string[]): void {
    texts.forEach((text, i) => {
      const cell = line?.cells[i + 1];
      if (cell) cell.textContent = text;
    });
  }

  private summary(): string {
    const best = this.rows.filter(({ binary }, _, all) => binary === (all.some((row) => row.binary === 'relaxed') ? 'relaxed' : 'simd128'));
    if (best.length === 0) return 'Nothing measured.';
    const ratios = best.flatMap(({ peerName, ratio }) => (peerName === AIM ? [] : [ratio])).sort((a, b) => a - b);
    const beside =
      ratios.length > 0
        ? `: the engine is ${short(ratios[0] as number)} to ${short(ratios.at(-1) as number)} times as fast as plain JavaScript here`
        : '';
    return `Measured ${best.length} of ${cases.length} cases${beside}.`;
  }

  private json(): string {
    const { userAgent, hardwareConcurrency } = navigator;
    const result: Result = { date: new Date().toISOString(), browser: userAgent, cores: hardwareConcurrency, rows: this.rows };
    return JSON.stringify(result, null, 2);
  }

  /** Where the clipboard is closed to a page, the text is opened, to be copied by hand. */
  private async copyResult(): Promise<void> {
    const said = this.part('.copied');
    try {
      await navigator.clipboard.writeText(this.part('.json code').textContent ?? '');
      said.textContent = 'Copied.';
    } catch {
      this.part<HTMLDetailsElement>('.json').open = true;
      said.textContent = 'This browser does not let the page copy. Select the text below.';
    }
  }
}

const words = (error: unknown) =>
  error instanceof LabError ? error.message : `It could not be measured: ${error instanceof Error ? error.message : String(error)}`;

export const openBench = (root: HTMLElement) => new BenchPage(root);
