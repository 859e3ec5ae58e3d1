// A run as docs/benchmarks.md shows it: everything there that is a figure is made here, from the run's own file.
import { aimTable, limitTable, rateTable, ratioTable, short, table } from './report.ts';
import { median, pairedRatio } from './statistics.ts';
import type { Row } from './types.ts';

/** A run as `npm run bench` and `npm run bench:native` write it. */
export interface Result {
  date: string;
  quick: boolean;
  machine: { processor: string; cores: number; memoryGB: number; system: string };
  versions: Record<string, string>;
  rows: Row[];
  /** Of skip-gram, nats a pair over the last quarter of the words; so many words in all. */
  losses?: Record<string, number>;
  words?: number;
  /** Of pages that load one library each, from their address to its first answer: ours first. */
  ready?: Ready[];
}

export interface Ready {
  name: string;
  /** What is fetched for that, as brotli packs it. */
  bytes: number;
  /** Milliseconds, round by round. */
  ms: number[];
}

/** The file: one row a line, figures with five digits. */
export function resultText(result: Result): string {
  const brief = (_: string, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
  const { rows, ...about } = result;
  const head = JSON.stringify(about, brief, 1).slice(0, -2);
  return `${head},\n "rows": [\n${rows.map((row) => `  ${JSON.stringify(row, brief)}`).join(',\n')}\n ]\n}\n`;
}

/** What a run belongs to, in a sentence. */
export function circumstances({ date, machine, versions }: Result): string {
  const { commit, ...others } = versions;
  const day = new Date(date).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const named = Object.entries(others).map(([name, version]) => `${name} ${version}`);
  return `${day}: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGB} GB, ${machine.system}; commit ${commit}; ${named.join(', ')}.`;
}

/** The most memory that the engine came to in each case that took more than it begins with, in MB. */
function memoryTable(rows: readonly Row[]): string {
  const names = [...new Set(rows.map(({ name }) => name))];
  const lines = names.flatMap((name) => {
    const bytes = rows.find((row) => row.name === name)?.heapBytes ?? 0;
    return bytes > 64e6 ? [[name, (bytes / 1e6).toFixed(0)]] : [];
  });
  return table(['the engine’s memory at most', 'MB'], lines);
}

function lossTable({ losses, words }: Result): string {
  if (!losses) return '';
  return table(
    [`loss over the last quarter of ${words?.toLocaleString('en')} words`, 'nats a pair'],
    Object.entries(losses).map(([name, loss]) => [name, loss.toFixed(3)]),
  );
}

/** How soon each library is ready, and how many times as long, or as many bytes, as ours it takes. */
export function readyTable(ready: readonly Ready[] = []): string {
  const [ours] = ready;
  if (!ours) return '';
  const lines = ready.map(({ name, bytes, ms }) => {
    const { ratio, spread } = pairedRatio(ours.ms, ms);
    const times = `${short(ratio)} (${short(spread[0])}–${short(spread[1])})`;
    return [name, (bytes / 1000).toFixed(0), `${short(bytes / ours.bytes)}`, median(ms).toFixed(0), times];
  });
  return table(['ready for the first answer', 'KB, brotli', 'times ours', 'ms', 'times ours'], lines);
}

/** The run in Markdown: what it belongs to, then its tables. */
export function runText(result: Result): string {
  const { rows } = result;
  const parts = [
    circumstances(result),
    rateTable(rows),
    ratioTable(rows),
    limitTable(rows),
    aimTable(rows),
    memoryTable(rows),
    readyTable(result.ready),
    lossTable(result),
  ];
  return parts.filter(Boolean).join('\n\n');
}

/** The text with what stands between the two marks of a name replaced. @throws where the marks are not there */
export function replaceBetween(text: string, name: string, inner: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`the text has no ${open} … ${close}`);
  return `${text.slice(0, from + open.length)}\n\n${inner}\n\n${text.slice(to)}`;
}
