// Version numbers.

/** The first `a.b.c` in a program's output, or undefined. */
export const parseVersion = (text) => /\b(\d+\.\d+\.\d+)\b/.exec(text)?.[1];

/** Whether version `a.b.c` is the same as or newer than `minimum`. */
export function atLeast(version, minimum) {
  const have = version.split('.').map(Number);
  const want = minimum.split('.').map(Number);
  for (let i = 0; i < want.length; i += 1) {
    const difference = (have[i] ?? 0) - want[i];
    if (difference !== 0) return difference > 0;
  }
  return true;
}
