// Where words stand beside their points so that they can be read: right, left, above or below, wherever nothing is yet.

export interface Mark {
  x: number;
  y: number;
  text: string;
}

export interface Placed extends Mark {
  /** Where the text begins or ends, and its baseline, in the drawing's pixels. */
  tx: number;
  ty: number;
  anchor: 'start' | 'end' | 'middle';
  /** By how much it covers what stood there before, in square pixels; 0 where it is free. */
  covers: number;
}

type Box = [left: number, top: number, right: number, bottom: number];

export interface Segment {
  from: { x: number; y: number };
  to: { x: number; y: number };
}

/** Places each text at the first of eight positions where it meets no point, line, other text or edge; else at the least bad one. */
export function placeLabels(
  marks: readonly Mark[],
  size: { width: number; height: number; letter?: number; line?: number },
  lines: readonly Segment[] = [],
): Placed[] {
  const { width, height, letter = 8, line = 16 } = size;
  const taken: Box[] = [...marks.map(({ x, y }): Box => [x - 5, y - 5, x + 5, y + 5]), ...lines.flatMap(beads)];
  return marks.map((mark, own) => {
    const long = mark.text.length * letter;
    const choices = (
      [
        ['start', 9, 5],
        ['end', -9, 5],
        ['middle', 0, -10],
        ['middle', 0, 20],
        ['start', 7, -8],
        ['end', -7, -8],
        ['start', 7, 18],
        ['end', -7, 18],
      ] as const
    ).map(([anchor, dx, dy]) => {
      const [tx, ty] = [mark.x + dx, mark.y + dy];
      const left = anchor === 'start' ? tx : anchor === 'end' ? tx - long : tx - long / 2;
      const box: Box = [left, ty - line + 4, left + long, ty + 4];
      const outside = Math.max(0, -box[0]) + Math.max(0, box[2] - width) + Math.max(0, -box[1]) + Math.max(0, box[3] - height);
      const hidden = taken.reduce((sum, other, index) => sum + (index === own ? 0 : overlap(box, other)), 0);
      return { anchor, tx, ty, box, hidden, cost: 100 * outside + hidden };
    });
    const best = choices.reduce((one, other) => (other.cost < one.cost ? other : one));
    taken.push(best.box);
    return { ...mark, tx: best.tx, ty: best.ty, anchor: best.anchor, covers: best.hidden };
  });
}

/** A line as small boxes along it, 6 px apart; its ends belong to the marks. */
function beads({ from, to }: Segment): Box[] {
  const count = Math.floor(Math.hypot(to.x - from.x, to.y - from.y) / 6);
  return Array.from({ length: Math.max(0, count - 3) }, (_, i): Box => {
    const share = (i + 2) / count;
    const [x, y] = [from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)];
    return [x - 2, y - 2, x + 2, y + 2];
  });
}

function overlap([left, top, right, bottom]: Box, [l, t, r, b]: Box): number {
  return Math.max(0, Math.min(right, r) - Math.max(left, l)) * Math.max(0, Math.min(bottom, b) - Math.max(top, t));
}
