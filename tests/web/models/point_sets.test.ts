import { describe, expect, it } from 'vitest';
import { isPointSet, matrixOf, type PointSetName, planeReach, pointSet, pointSets, within } from '../../../web/models/point_sets.ts';

const names = Object.keys(pointSets) as PointSetName[];

describe.each(names)('the set %s', (name) => {
  it('is the same for the same seed, and another for another', () => {
    expect(pointSet(name, { seed: 7 })).toEqual(pointSet(name, { seed: 7 }));
    expect(pointSet(name, { seed: 7 }).points).not.toEqual(pointSet(name, { seed: 8 }).points);
  });

  it('holds equally many points of each class, on hundredths, within the plane', () => {
    const { points, labels, classes } = pointSet(name, { seed: 3, count: 120 });
    expect(points).toHaveLength(120);
    for (const [k] of classes.entries()) expect(labels.filter((label) => label === k)).toHaveLength(120 / classes.length);
    for (const value of points.flat()) {
      expect(Math.abs(value)).toBeLessThanOrEqual(planeReach);
      expect(value).toBe(Number(value.toFixed(2)));
    }
  });

  it('comes in random order: no class stands at the front', () => {
    const { labels } = pointSet(name, { seed: 5 });
    expect(new Set(labels.slice(0, 30)).size).toBe(pointSets[name].classes);
  });
});

/** Whether some line through the plane parts classes 0 and 1, tried at 360 directions. */
function parted(name: PointSetName): boolean {
  const { points, labels } = pointSet(name, { seed: 1, spread: 0.5 });
  return Array.from({ length: 360 }, (_, degrees) => (degrees * Math.PI) / 180).some((angle) => {
    const along = (k: number) => points.filter((_, n) => labels[n] === k).map(([x, y]) => x * Math.cos(angle) + y * Math.sin(angle));
    return Math.min(...along(0)) > Math.max(...along(1));
  });
}

it('two heaps are parted by a line; corners, rings, moons and spirals are not', () => {
  expect(parted('two')).toBe(true);
  for (const name of ['xor', 'rings', 'moons', 'spirals'] as const) expect(parted(name), name).toBe(false);
});

it('knows its names, and nothing else', () => {
  expect(isPointSet('rings')).toBe(true);
  for (const other of ['', 'toString', 'heaps', null, undefined]) expect(isPointSet(other)).toBe(false);
});

it('gives the points as a matrix, and keeps a point within the plane', () => {
  expect(
    matrixOf([
      [1, 2],
      [3, 4],
    ]),
  ).toEqual({ rows: 2, columns: 2, data: Float32Array.of(1, 2, 3, 4) });
  expect(within([9.123, -0.001])).toEqual([3, 0]);
});
