// @vitest-environment happy-dom
import { render, svg } from 'lit';
import { describe, expect, it } from 'vitest';
import { bands, contour } from '../../../web/drawing/bands.ts';
import { planeExtent, points, regions } from '../../../web/drawing/scatter.ts';

const scale = { size: 400, reach: 3 };
const same = (place: number) => place;

/** The area of path data that holds only M, L, H, V and Z. */
function area(d: string): number {
  let total = 0;
  for (const shape of d.split('Z').filter(Boolean)) {
    const corners: [number, number][] = [];
    for (const [, letter, numbers = ''] of shape.matchAll(/([MLHV])([^MLHV]+)/g)) {
      const [px, py] = corners[corners.length - 1] ?? [0, 0];
      const [a = 0, b = 0] = numbers.split(',').map(Number);
      corners.push(letter === 'H' ? [a, py] : letter === 'V' ? [px, a] : [a, b]);
    }
    total +=
      Math.abs(
        corners.reduce(
          (sum, [x, y], i) =>
            sum + x * (corners[(i + 1) % corners.length] as number[])[1]! - y * (corners[(i + 1) % corners.length] as number[])[0]!,
          0,
        ),
      ) / 2;
  }
  return total;
}

/** value(column, row) on a grid of side². */
const grid = (side: number, value: (column: number, row: number) => number) =>
  Float32Array.from({ length: side * side }, (_, i) => value(i % side, Math.floor(i / side)));

describe('the part of a grid above a level', () => {
  it('is a half where a slope crosses the level in the middle, to the fraction of a cell', () => {
    expect(
      area(
        bands(
          grid(11, (column) => column - 5.25),
          11,
          0,
          same,
          same,
        ),
      ),
    ).toBeCloseTo(47.5, 0);
    expect(
      area(
        bands(
          grid(11, (column) => column - 5),
          11,
          0,
          same,
          same,
        ),
      ),
    ).toBeCloseTo(50, 6);
  });

  it('is a disc where the value falls with the distance', () => {
    const disc = bands(
      grid(41, (column, row) => 12 - Math.hypot(column - 20, row - 20)),
      41,
      0,
      same,
      same,
    );
    expect(area(disc)).toBeGreaterThan(Math.PI * 144 * 0.98);
    expect(area(disc)).toBeLessThan(Math.PI * 144 * 1.02);
  });

  it('is empty where nothing is above, and everything where all is', () => {
    expect(
      bands(
        grid(5, () => 0),
        5,
        0,
        same,
        same,
      ),
    ).toBe('');
    expect(
      area(
        bands(
          grid(5, () => 1),
          5,
          0,
          same,
          same,
        ),
      ),
    ).toBe(16);
  });

  it('ends at the line between: one piece in each cell that it runs through', () => {
    expect(
      contour(
        grid(11, (column) => column - 5.5),
        11,
        0,
        same,
        same,
      ).match(/M5\.5,/g),
    ).toHaveLength(10);
  });
});

describe('the picture', () => {
  const draw = (part: unknown) => {
    const root = document.createElement('div');
    render(svg`<g>${part}</g>`, root);
    return root;
  };
  const field = (probabilities: (place: number) => [number, number]) => ({
    side: 9,
    extent: planeExtent(scale),
    classes: 2,
    probabilities: Array.from({ length: 81 }, (_, place) => probabilities(place)).flat(),
  });

  it('tints the whole square for a sure class, in three strengths, and nothing where all are equal', () => {
    const sure = draw(
      regions(
        scale,
        field(() => [0.99, 0.01]),
      ),
    );
    const paths = [...sure.querySelectorAll('.regions path:not(.border)')];
    expect(paths).toHaveLength(3);
    for (const path of paths) expect(area(path.getAttribute('d') ?? '')).toBeCloseTo(160_000, -2);
    expect(
      draw(
        regions(
          scale,
          field(() => [0.5, 0.5]),
        ),
      ).querySelectorAll('.regions path:not(.border)'),
    ).toHaveLength(0);
  });

  it('leaves nothing between three classes: their areas fill the square and their borders end at one place', () => {
    for (const side of [9, 25]) {
      const extent = planeExtent(scale);
      // Three class vectors and biases, as in a lesson's figure; all three logits are equal at (0.1, 0.2), and one vector is long.
      const logits = (x: number, y: number) => [
        3 * (x - 0.1) + 1.4 * (y - 0.2),
        2 * (y - 0.2) - 2.6 * (x - 0.1),
        -4 * (y - 0.2) - 0.3 * (x - 0.1),
      ];
      const probabilities = Array.from({ length: side * side }, (_, place) => {
        const [column, row] = [place % side, Math.floor(place / side)];
        const parts = logits((2 * extent * column) / (side - 1) - extent, extent - (2 * extent * row) / (side - 1)).map(Math.exp);
        const sum = parts.reduce((one, other) => one + other, 0);
        return parts.map((part) => part / sum);
      }).flat();
      const drawn = draw(regions(scale, { side, extent, classes: 3, probabilities }));
      const whole = [...drawn.querySelectorAll('.lead-0')].reduce((sum, path) => sum + area(path.getAttribute('d') ?? ''), 0);
      expect(Math.abs(whole - 160_000)).toBeLessThan(20);
      const perUnit = 200 / extent;
      const joint = `L${Math.round(10 * (200 + 0.1 * perUnit)) / 10},${Math.round(10 * (200 - 0.2 * perUnit)) / 10}L`;
      expect(drawn.querySelector('.border')?.getAttribute('d')?.split(joint)).toHaveLength(4);
    }
  });

  it('draws a path for the points of each class, hollow where held out, ringed where wrong', () => {
    const drawn = draw(
      points(scale, {
        points: [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
        labels: [0, 1, 1],
        classes: 2,
        heldOut: (n) => n === 2,
        wrong: (n) => n === 0,
      }),
    );
    expect(drawn.querySelectorAll('.train')).toHaveLength(2);
    expect(drawn.querySelectorAll('.held')).toHaveLength(1);
    expect(drawn.querySelector('.held')?.getAttribute('style')).toContain('--class-2');
    expect(drawn.querySelector('.wrong')?.getAttribute('d')).toContain('M192.5,200');
  });
});
