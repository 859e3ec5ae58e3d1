// The part of a square grid where a value lies above a level, and the line between, as path data: marching squares (Lorensen & Cline 1987, in the
// plane), with the level found along each edge by proportion. Runs of cells that are wholly inside become one rectangle.

/** Where three areas meet within a cell, by the cell's upper left place: column and row, in cells. The pieces of all three end there. */
export type Meetings = ReadonlyMap<number, readonly [column: number, row: number]>;

/**
 * values[side · side], row by row; x and y give the pixels of a column and of a row. Empty where nothing lies above the level.
 */
export function bands(
  values: ArrayLike<number>,
  side: number,
  level: number,
  x: (column: number) => number,
  y: (row: number) => number,
  meetings?: Meetings,
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
        const meeting = meetings?.get(row * side + column);
        parts.push(piece(corners, [x(column), x(column + 1)], [y(row), y(row + 1)], meeting && pixel(x(meeting[0]), y(meeting[1]))));
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
  meetings?: Meetings,
): string {
  const parts: string[] = [];
  const at = (row: number, column: number) => (values[row * side + column] ?? 0) - level;
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const corners = [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)] as const;
      const crossings = edges(corners, [x(column), x(column + 1)], [y(row), y(row + 1)]).flatMap(({ crossing }) => crossing ?? []);
      const meeting = crossings.length === 2 ? meetings?.get(row * side + column) : undefined;
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

/** The polygon of one cell: its corners that are inside, the points where an edge crosses the level, and where three areas meet. */
function piece(corners: Corners, across: Ends, down: Ends, meeting: string | undefined): string {
  const found = edges(corners, across, down);
  const once = found.filter(({ crossing }) => crossing).length === 2;
  return `M${found
    // Between the edge by which the area leaves the cell and the one by which it comes back.
    .flatMap(({ corner, crossing }) => [corner, crossing, once && corner && crossing && meeting ? meeting : null])
    .filter((point) => point !== null)
    .join('L')}Z`;
}

/** Each edge of a cell, clockwise from the upper left: the corner it begins at, if that is inside, and where it crosses the level. */
function edges(corners: Corners, [left, right]: Ends, [top, bottom]: Ends): { corner: string | null; crossing: string | null }[] {
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
    const share = value / (value - after);
    return {
      corner: value > 0 ? `${fixed(px)},${fixed(py)}` : null,
      crossing: value > 0 === after > 0 ? null : `${fixed(px + share * (qx - px))},${fixed(py + share * (qy - py))}`,
    };
  });
}

function pixel(x: number, y: number): string {
  return `${fixed(x)},${fixed(y)}`;
}

function fixed(value: number): number {
  return Math.round(value * 10) / 10;
}
