// Sets of points in the plane, each point of a class: what a classifier is tried on. The same seed gives the same set on every
// machine: sums of whole random numbers, and coordinates on hundredths, so that no last digit of a sine can differ.
import { createRandom, type Random, shuffled } from './random.ts';

export type Point = readonly [number, number];

/** points[n] and the class of each, 0 to classes.length − 1. */
export interface PointSet {
  points: readonly Point[];
  labels: readonly number[];
  classes: readonly string[];
}

/** All points of a set lie within ±planeReach along both axes. */
export const planeReach = 3;

/** As many classes as a figure can tell apart by marker and colour. */
export const mostClasses = 8;

export type PointSetName = 'two' | 'blobs' | 'four' | 'xor' | 'rings' | 'moons' | 'spirals' | 'three-spirals';

interface Maker {
  /** The set in a few words, for a list of choices. */
  says: string;
  classes: number;
  /** Point `i` of `count` of class `label`. `spread` is 1 for the usual noise. */
  at(label: number, i: number, count: number, noise: () => number, random: () => number): Point;
}

const blobs = (says: string, centres: readonly Point[], wide: number): Maker => ({
  says,
  classes: centres.length,
  at: (label, _i, _count, noise) => {
    const [x, y] = centres[label] ?? [0, 0];
    return [x + wide * noise(), y + wide * noise()];
  },
});

const spirals = (says: string, classes: number): Maker => ({
  says,
  classes,
  at: (label, i, count, noise) => {
    const along = (i + 0.5) / count;
    const angle = 2 * Math.PI * (label / classes + 1.05 * along);
    const radius = 0.3 + 2.2 * along;
    return [radius * Math.cos(angle) + 0.1 * noise(), radius * Math.sin(angle) + 0.1 * noise()];
  },
});

/** From the easiest to the hardest. */
export const pointSets: Readonly<Record<PointSetName, Maker>> = {
  two: blobs(
    'two heaps',
    [
      [1.1, 0.7],
      [-1.1, -0.7],
    ],
    0.62,
  ),
  blobs: blobs(
    'three heaps',
    [
      [1.5, 0.7],
      [-1.2, 1.2],
      [-0.1, -1.6],
    ],
    0.55,
  ),
  four: blobs(
    'four heaps',
    [
      [1.3, 1.3],
      [-1.3, 1.3],
      [-1.3, -1.3],
      [1.3, -1.3],
    ],
    0.5,
  ),
  xor: {
    says: 'opposite corners (exclusive or)',
    classes: 2,
    at: (label, i, _count, noise, random) => {
      const [x, y] = [0.35 + 1.75 * random(), 0.35 + 1.75 * random()];
      const side = i % 2 === 0 ? 1 : -1;
      return [side * x + 0.08 * noise(), (label === 0 ? side : -side) * y + 0.08 * noise()];
    },
  },
  rings: {
    says: 'a heap in a ring',
    classes: 2,
    at: (label, _i, _count, noise, random) => {
      const angle = 2 * Math.PI * random();
      const radius = label === 0 ? 0.9 * Math.sqrt(random()) : 1.95 + 0.16 * noise();
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    },
  },
  moons: {
    says: 'two half moons',
    classes: 2,
    at: (label, i, count, noise) => {
      const angle = Math.PI * ((i + 0.5) / count);
      const [x, y] =
        label === 0
          ? [1.35 * Math.cos(angle) - 0.65, 1.35 * Math.sin(angle) - 0.3]
          : [0.65 - 1.35 * Math.cos(angle), 0.3 - 1.35 * Math.sin(angle)];
      return [x + 0.16 * noise(), y + 0.16 * noise()];
    },
  },
  spirals: spirals('two spirals', 2),
  'three-spirals': spirals('three spirals', 3),
};

export const isPointSet = (name: string | null | undefined): name is PointSetName =>
  Boolean(name) && Object.hasOwn(pointSets, name as string);

/** Names of `count` classes: A, B, C … */
export const classNames = (count: number): string[] => Array.from({ length: count }, (_, k) => String.fromCharCode(65 + k));

/**
 * A set of about `count` points (120 unless told), equally many of each class, in random order.
 * @param options spread: how much the points scatter; 1 unless told
 */
export function pointSet(name: PointSetName, options: { seed: number; count?: number; spread?: number }): PointSet {
  const { seed, count = 120, spread = 1 } = options;
  const maker = pointSets[name];
  const each = Math.max(1, Math.round(count / maker.classes));
  const random = createRandom(seed, `points/${name}`);
  const noise = () => spread * normal(random);
  const all = classNames(maker.classes).flatMap((_, label) =>
    Array.from({ length: each }, (_, i) => ({ label, point: within(maker.at(label, i, each, noise, () => random() / 2 ** 32)) })),
  );
  const mixed = shuffled(random, all);
  return { points: mixed.map(({ point }) => point), labels: mixed.map(({ label }) => label), classes: classNames(maker.classes) };
}

/** points[N] as a matrix of N rows and 2 columns. */
export function matrixOf(points: readonly Point[]): { rows: number; columns: 2; data: Float32Array } {
  return { rows: points.length, columns: 2, data: Float32Array.from(points.flat()) };
}

/** A point on hundredths, within the plane. */
export function within([x, y]: Point): Point {
  const near = (value: number) => Math.round(100 * Math.max(-planeReach, Math.min(planeReach, value))) / 100 + 0;
  return [near(x), near(y)];
}

/** About standard normal: the sum of twelve equal chances, less its mean. Sums and no logarithms, so that all machines agree. */
function normal(random: Random): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random() / 2 ** 32;
  return sum;
}
