// From times to the rows of the result file, and to the tables on the terminal.
import { median, pairedRatio } from './statistics.ts';
import type { Binary, Measured, Row, Timings } from './types.ts';

export const BINARIES: Binary[] = ['relaxed', 'simd128'];
export const PLAIN = 'plain JavaScript';
/** In place of another contestant: the time that a case is aimed at. */
export const AIM = 'what is aimed at';

const find = ({ timings }: Measured, name: string) => timings.find((one) => one.name === name);
const isOurs = ({ name }: Timings) => (BINARIES as string[]).includes(name);

/** The others of a case, in their order. */
const others = ({ timings }: Measured) => timings.filter((one) => !isOurs(one));

/** Whom the case's target is aimed against: plain JavaScript, the library with the smallest median, or whoever is named. */
export function rival(measured: Measured): string | undefined {
  const against = measured.target?.against;
  if (against !== 'library') return against === 'plain' ? PLAIN : against;
  const libraries = others(measured).filter(({ name }) => name !== PLAIN);
  return libraries.sort((a, b) => median(a.ns) - median(b.ns))[0]?.name;
}

/** One row for each of our binaries beside each other contestant. */
export function rowsOf(measured: Measured): Row[] {
  const rate = (ns: number) => (measured.work * 1e9) / ns;
  return BINARIES.flatMap((binary) => {
    const ours = find(measured, binary);
    if (!ours) return [];
    const limit = measured.limits.find(({ name }) => name === binary);
    // How much of the limit's speed is reached is a ratio too: of the limit's time to ours.
    const reached = {
      limit: limit ? rate(median(limit.ns)) : null,
      share: limit ? pairedRatio(ours.ns, limit.ns).ratio : null,
      shareTarget: measured.limit?.share ?? null,
    };
    const { aimMs } = measured;
    const aimed = aimMs === undefined ? [] : [{ name: AIM, ns: ours.ns.map(() => aimMs * 1e6) }];
    return [...others(measured), ...aimed].map((peer) => ({
      name: measured.name,
      binary,
      peerName: peer.name,
      unit: measured.unit,
      ours: rate(median(ours.ns)),
      peer: rate(median(peer.ns)),
      ...reached,
      ...pairedRatio(ours.ns, peer.ns),
      target: peer.name === AIM ? 1 : (peer.name === rival(measured) && measured.target?.[binary]) || null,
      median: median(ours.ns),
      heapBytes: measured.heapBytes?.[binary] ?? null,
    }));
  });
}

/** Three digits, as far as they say something: 1234, 123, 12.3, 1.23, 0.123. */
export const short = (x: number) => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x >= 1 ? x.toFixed(2) : x.toPrecision(2));

/** Columns of the same width, the first to the left, the others to the right; Markdown as it stands. Empty without lines. */
export function table(head: string[], lines: string[][]): string {
  if (lines.length === 0) return '';
  const width = head.map((title, c) => Math.max(...[title, ...lines.map((line) => line[c] ?? '')].map((cell) => cell.length)));
  const pad = (cell: string, c: number) => (c === 0 ? cell.padEnd(width[c] as number) : cell.padStart(width[c] as number));
  const line = (cells: string[]) => `| ${head.map((_, c) => pad(cells[c] ?? '', c)).join(' | ')} |`;
  const rule = `|${width.map((w, c) => (c === 0 ? '-'.repeat(w + 2) : `${'-'.repeat(w + 1)}:`)).join('|')}|`;
  return [line(head), rule, ...lines.map(line)].join('\n');
}

/** Everybody's rate in every case that others take part in. */
export function rateTable(all: Row[]): string {
  const rows = all.filter(({ peerName }) => peerName !== AIM);
  const names = [...new Set(rows.map(({ name }) => name))];
  const peers = [...new Set(rows.map(({ peerName }) => peerName))];
  const lines = names.map((name) => {
    const of = rows.filter((row) => row.name === name);
    const rate = (x: number | undefined) => (x === undefined ? '' : short(x));
    return [
      name,
      of[0]?.unit ?? '',
      ...BINARIES.map((binary) => rate(of.find((row) => row.binary === binary)?.ours)),
      ...peers.map((peer) => rate(of.find((row) => row.peerName === peer)?.peer)),
    ];
  });
  return table(['median rate', 'in', ...BINARIES, ...peers], lines);
}

/** How much of what the machine allows each of our binaries reaches. `!` marks a share below its target. */
export function limitTable(rows: Row[]): string {
  const names = [...new Set(rows.filter(({ limit }) => limit !== null).map(({ name }) => name))];
  const percent = (x: number) => `${(100 * x).toFixed(0)} %`;
  const lines = names.map((name) => {
    const cells = BINARIES.flatMap((binary) => {
      const row = rows.find((one) => one.name === name && one.binary === binary);
      if (!row || row.limit === null || row.share === null) return ['–', '–'];
      return [short(row.limit), `${percent(row.share)}${row.shareTarget !== null && row.share < row.shareTarget ? ' !' : ''}`];
    });
    const { unit = '', shareTarget = null } = rows.find((one) => one.name === name) ?? {};
    return [name, unit, ...cells, shareTarget === null ? '' : percent(shareTarget)];
  });
  return table(['limit', 'in', ...BINARIES.flatMap((binary) => [binary, 'reached']), 'target'], lines);
}

/** How many times faster each of our binaries is than each of the others. `!` marks a ratio below its target. */
export function ratioTable(all: Row[]): string {
  const rows = all.filter(({ peerName }) => peerName !== AIM);
  const peers = [...new Set(rows.map(({ peerName }) => peerName))];
  const names = [...new Set(rows.map(({ name }) => name))];
  const lines = names.flatMap((name) =>
    BINARIES.map((binary) => {
      const of = rows.filter((row) => row.name === name && row.binary === binary);
      const cells = peers.map((peer) => {
        const row = of.find(({ peerName }) => peerName === peer);
        if (!row) return '';
        const missed = row.target !== null && row.ratio < row.target ? ' !' : '';
        return `${short(row.ratio)} (${short(row.spread[0])}–${short(row.spread[1])})${missed}`;
      });
      const aimed = of.filter(({ target }) => target !== null);
      return [name, binary, ...cells, aimed.map(({ target, peerName }) => `${target} × ${peerName}`).join(', ')];
    }),
  );
  return table(['times as fast as', 'engine', ...peers, 'target'], lines);
}

/** Milliseconds, or seconds where there are many: 12.3 ms, 3.14 s. */
export const duration = (ms: number) => (ms < 1000 ? `${short(ms)} ms` : `${short(ms / 1000)} s`);

/** The milliseconds that a row is aimed at: what is left of a number that was divided and multiplied again, 100, not 99.99999. */
export const aimOf = ({ median, ratio }: Row) => Number(((median * ratio) / 1e6).toPrecision(3));

/** How long an answer takes that a lesson waits for, beside the time aimed at. `!` marks one that takes longer. */
export function aimTable(all: Row[]): string {
  const rows = all.filter(({ peerName }) => peerName === AIM);
  const names = [...new Set(rows.map(({ name }) => name))];
  const lines = names.map((name) => {
    const of = rows.filter((row) => row.name === name);
    const cells = BINARIES.flatMap((binary) => {
      const row = of.find((one) => one.binary === binary);
      return row ? [`${duration(row.median / 1e6)}${row.ratio < 1 ? ' !' : ''}`, short(row.ours)] : ['–', '–'];
    });
    const [first] = of as [Row];
    return [name, duration(aimOf(first)), ...cells, first.unit];
  });
  return table(['until the answer is there', 'aim', ...BINARIES.flatMap((binary) => [binary, 'rate']), 'in'], lines);
}
