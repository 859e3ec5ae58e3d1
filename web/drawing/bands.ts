// The part of a square grid where a value lies above a level, and the line between, as path data: marching squares (Lorensen & Cline 1987, in the
// plane), with the level found along each edge by proportion. Runs of cells that are wholly inside become one rectangle.

/** Where areas end that fill a grid together: asked so that neighbours end at the same places. A place is row · side + column. */
export interface Shared {
  /** How far from one place to the next the border lies, 0 to 1; undefined where none of the areas lies on both sides. */
  share(here: number, there: number): number | undefined;
  /** Where three areas meet within the cell of this upper left place: column and row. */
  meetings: ReadonlyMap<number, readonly [column: number, row: number]>;
}

/**
 * values[side · side], row by row; x and y give the pixels of a column and of a row. Empty where nothing lies above the level.
 */
export function bands(
  values: ArrayLike<number>,
  side: number,
  level: number,
  x: (column: number) => number,
  y: (row: number) => number,
  shared?: Shared,
): string {
  const parts: string[] = [];
  const at = (row: number, column: number) => (values[row * side + column] ?? 0) - level;
  for (let row = 0; row + 1 < side; row++) {
    let from = -1;
    for (let column = 0; column + 1 < side; column++) {
      const corners = [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)] as const;
      const inside = corners.every((value) => value > 0);
      if (inside && from < 0) from = column;
      if (!inside && from >= 0) {
        parts.push(rectangle(x(from), x(column), y(row), y(row + 1)));
        from = -1;
      }
      if (!inside && corners.some((value) => value > 0)) {
        const meeting = shared?.meetings.get(row * side + column);
        const found = edges(corners, [x(column), x(column + 1)], [y(row), y(row + 1)], sharesOf(shared, side, row, column));
        parts.push(piece(found, meeting && pixel(x(meeting[0]), y(meeting[1]))));
      }
    }
    if (from >= 0) parts.push(rectangle(x(from), x(side - 1), y(row), y(row + 1)));
  }
  return parts.join('');
}

/** The line where values[side · side] cross the level: one piece for each cell that it runs through. */
export function contour(
  values: ArrayLike<number>,
  side: number,
  level: number,
  x: (column: number) => number,
  y: (row: number) => number,
  shared?: Shared,
): string {
  const parts: string[] = [];
  const at = (row: number, column: number) => (values[row * side + column] ?? 0) - level;
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const corners = [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)] as const;
      const above = corners.filter((value) => value > 0).length;
      if (above === 0 || above === 4) continue;
      const shares = sharesOf(shared, side, row, column);
      const crossings = edges(corners, [x(column), x(column + 1)], [y(row), y(row + 1)], shares).flatMap(({ crossing }) => crossing ?? []);
      const meeting = crossings.length === 2 ? shared?.meetings.get(row * side + column) : undefined;
      const bend = meeting ? `L${pixel(x(meeting[0]), y(meeting[1]))}` : '';
      for (let i = 0; i + 1 < crossings.length; i += 2) parts.push(`M${crossings[i]}${bend}L${crossings[i + 1]}`);
    }
  }
  return parts.join('');
}

function rectangle(left: number, right: number, top: number, bottom: number): string {
  return `M${fixed(left)},${fixed(top)}H${fixed(right)}V${fixed(bottom)}H${fixed(left)}Z`;
}

type Corners = readonly [number, number, number, number];
type Ends = readonly [number, number];
interface Edge {
  corner: string | null;
  crossing: string | null;
}

/** The shared crossing of each edge of a cell, clockwise from the upper left. */
function sharesOf(shared: Shared | undefined, side: number, row: number, column: number): (i: number) => number | undefined {
  const place = row * side + column;
  const corners = [place, place + 1, place + side + 1, place + side, place];
  return (i) => shared?.share(corners[i] ?? 0, corners[i + 1] ?? 0);
}

/** The polygon of one cell: its corners that are inside, the points where an edge crosses the level, and where three areas meet. */
function piece(found: readonly Edge[], meeting: string | undefined): string {
  const once = found.filter(({ crossing }) => crossing).length === 2;
  return `M${found
    // Between the edge by which the area leaves the cell and the one by which it comes back.
    .flatMap(({ corner, crossing }) => [corner, crossing, once && corner && crossing && meeting ? meeting : null])
    .filter((point) => point !== null)
    .join('L')}Z`;
}

/** Each edge of a cell, clockwise from the upper left: the corner it begins at, if that is inside, and where it crosses the level. */
function edges(corners: Corners, [left, right]: Ends, [top, bottom]: Ends, shares: (i: number) => number | undefined): Edge[] {
  const places = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ] as const;
  return corners.map((value, i) => {
    const after = corners[(i + 1) % 4] ?? 0;
    const [px, py] = places[i] ?? [0, 0];
    const [qx, qy] = places[(i + 1) % 4] ?? [0, 0];
    const crosses = value > 0 !== after > 0;
    const share = (crosses ? shares(i) : undefined) ?? value / (value - after);
    return {
      corner: value > 0 ? pixel(px, py) : null,
      crossing: crosses ? pixel(px + share * (qx - px), py + share * (qy - py)) : null,
    };
  });
}

function pixel(x: number, y: number): string {
  return `${fixed(x)},${fixed(y)}`;
}

function fixed(value: number): number {
  return Math.round(value * 10) / 10;
}
