// The border between classes as points of the plane, so that it can be carried through a network like any others: marching squares
// (Lorensen & Cline 1987, in the plane), one short straight piece for each cell that it runs through.

/**
 * x0, y0, x1, y1 … of the pieces, two points each. probabilities[side · side, classes], row by row from the upper left of a square that
 * reaches ±extent. At most `most` pieces: a border so torn is drawn in part.
 */
export function contourPoints(
  probabilities: Readonly<{ rows: number; columns: number; data: ArrayLike<number> }>,
  side: number,
  extent: number,
  most = 1500,
): number[] {
  const { columns: classes, data } = probabilities;
  const step = (2 * extent) / (side - 1);
  const found: number[] = [];
  // With two classes one margin has the whole border; with more, each class gives the piece that it leads along.
  for (let k = 0; k < (classes === 2 ? 1 : classes); k++) {
    const lead = (place: number) => {
      let other = 0;
      for (let j = 0; j < classes; j++) if (j !== k) other = Math.max(other, data[place * classes + j] ?? 0);
      return (data[place * classes + k] ?? 0) - other;
    };
    for (let r = 0; r + 1 < side; r++) {
      for (let c = 0; c + 1 < side; c++) {
        const corners = [r * side + c, r * side + c + 1, (r + 1) * side + c + 1, (r + 1) * side + c];
        const crossings = corners.flatMap((place, i) => {
          const next = corners[(i + 1) % 4] ?? place;
          const [here, there] = [lead(place), lead(next)];
          if (here > 0 === there > 0) return [];
          const share = here / (here - there);
          const at = (one: number): [number, number] => [(one % side) * step - extent, extent - Math.floor(one / side) * step];
          const [[x, y], [u, v]] = [at(place), at(next)];
          return [x + share * (u - x), y + share * (v - y)];
        });
        for (let i = 0; i + 3 < crossings.length && found.length < 4 * most; i += 4) found.push(...crossings.slice(i, i + 4));
      }
    }
  }
  return found;
}
