// Small seeded random numbers for drawing exercises: the same seed gives the same exercise on every machine.

/** A generator of whole numbers from 0 to 2³² − 1. */
export type Random = () => number;

/**
 * splitmix32 (after Steele, Lea & Flood 2014, in 32 bits): `seed` is any whole number, `name` keeps the exercises of one page apart.
 */
export function createRandom(seed: number, name = ''): Random {
  let state = hash(`${seed}/${name}`);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let x = state ^ (state >>> 16);
    x = Math.imul(x, 0x21f0aaad);
    x ^= x >>> 15;
    x = Math.imul(x, 0x735a2d97);
    return (x ^ (x >>> 15)) >>> 0;
  };
}

/** A whole number from low to high, both included. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor((random() / 2 ** 32) * (high - low + 1));
}

/** Fisher–Yates on a copy. */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = between(random, 0, i);
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return value | 0;
}
