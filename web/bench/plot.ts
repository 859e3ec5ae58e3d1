// The ratios of a run as a picture: a line for each case, on a logarithmic axis.
import { AIM, PLAIN } from './report.ts';
import type { Binary, Row } from './types.ts';

const WIDTH = 640;
const LEFT = 214;
const RIGHT = 16;
const LINE = 18;
const TOP = 52;
/** Where the axis begins and ends: half as fast, two hundred times as fast. */
const [LOW, HIGH] = [0.5, 200];

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const place = (ratio: number) =>
  LEFT + ((WIDTH - LEFT - RIGHT) * Math.log(Math.min(HIGH, Math.max(LOW, ratio)) / LOW)) / Math.log(HIGH / LOW);
const at = (x: number) => x.toFixed(1);

/** Of a case the rows that are drawn: beside plain JavaScript, and beside the fastest of the libraries. */
export function drawn(rows: readonly Row[]): { plain?: Row; library?: Row } {
  const libraries = rows.filter(({ peerName }) => peerName !== PLAIN && peerName !== AIM);
  return {
    plain: rows.find(({ peerName }) => peerName === PLAIN),
    library: libraries.sort((a, b) => b.peer - a.peer)[0],
  };
}

function mark(row: Row | undefined, y: number, hollow: boolean): string {
  if (!row) return '';
  const [low, high] = row.spread;
  const shape = hollow
    ? `<circle cx="${at(place(row.ratio))}" cy="${y}" r="3.5" fill="none" stroke="currentColor" stroke-width="1.5"/>`
    : `<circle cx="${at(place(row.ratio))}" cy="${y}" r="4" fill="currentColor"/>`;
  const target =
    row.target === null ? '' : `<path d="M${at(place(row.target))} ${y - 7}v14" stroke="currentColor" stroke-width="2" opacity=".45"/>`;
  return `<path d="M${at(place(low))} ${y}H${at(place(high))}" stroke="currentColor" stroke-width="1" opacity=".6"/>${target}${shape}`;
}

/**
 * SVG in the colour of the text around it.
 * @param standalone with a background of its own, for a file
 */
export function plot(all: readonly Row[], binary: Binary, standalone = false): string {
  const rows = all.filter((row) => row.binary === binary && row.peerName !== AIM);
  const names = [...new Set(rows.map(({ name }) => name))];
  const height = TOP + names.length * LINE + 10;
  const grid = [0.5, 1, 2, 5, 10, 20, 50, 100, 200].map((ratio) => {
    const x = at(place(ratio));
    const strong = ratio === 1 ? ' stroke-width="1.5" opacity=".7"' : ' opacity=".2"';
    return `<path d="M${x} ${TOP - 8}V${height - 6}" stroke="currentColor"${strong}/><text x="${x}" y="${TOP - 13}" text-anchor="middle">${ratio}×</text>`;
  });
  const lines = names.map((name, i) => {
    const y = TOP + i * LINE + 8;
    const { plain, library } = drawn(rows.filter((row) => row.name === name));
    return `<text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${escape(name)}</text>${mark(plain, y, true)}${mark(library, y, false)}`;
  });
  const style = standalone ? ' style="color:#222;background:#fff"' : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui,sans-serif" font-size="11" fill="currentColor"${style} role="img" aria-label="How many times as fast as plain JavaScript (rings) and the fastest library (dots), by case; the figures stand in the table">
<text x="8" y="16">Our engine (${binary}) is so many times as fast as ○ plain JavaScript, ● the fastest library; | the aim</text>
${grid.join('\n')}
${lines.join('\n')}
</svg>
`;
}
