// Two libraries of plain JavaScript that offer a dot product of two vectors, and nothing else of what is measured here.
import { create, dotDependencies } from 'mathjs';
import { distance } from 'ml-distance';
import type { Contestant, Prepared, Problem } from '../../../web/bench/types.ts';

/** ml-distance takes typed arrays; mathjs wants arrays of numbers, which are made beforehand: it takes part where operands are held. */
export function vectorLibraries(versions: { 'ml-distance': string; mathjs: string }): Contestant[] {
  const { dot } = create(dotDependencies);
  return [
    contestant(`ml-distance ${versions['ml-distance']}`, (x) => x, distance.innerProduct),
    contestant(`mathjs ${versions.mathjs}`, (x) => Array.from(x), dot),
  ];
}

function contestant<T>(name: string, convert: (x: Float32Array) => T, dot: (a: T, b: T) => number): Contestant {
  const prepare = (problem: Problem): Prepared | undefined => {
    if (problem.kind !== 'dot' || problem.place !== 'held') return undefined;
    const [a, b] = [convert(problem.a), convert(problem.b)];
    const run = (times: number) => {
      let sum = 0;
      for (let i = 0; i < times; ++i) sum += dot(a, b);
      return sum;
    };
    return { run, answer: () => ({ values: Float32Array.of(dot(a, b)) }), dispose: () => {} };
  };
  return { name, prepare };
}
