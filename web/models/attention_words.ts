// What a row of attention weights says, in words; shared by the toy and by the trained model's map.
import { format } from '../drawing/format.ts';

/** A share as a whole percent; small ones not as nothing: 76 %, under 1 %, 0 %. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return 'under 1 %';
  return `${format(100 * share, 0)} %`;
}

/** Names made distinct where a word stands more than once: the (1st), the (2nd). */
export function distinct(names: readonly string[]): string[] {
  const ordinals = ['1st', '2nd', '3rd'];
  return names.map((name, at) => {
    if (names.filter((one) => one === name).length < 2) return name;
    const nth = names.slice(0, at + 1).filter((one) => one === name).length;
    return `${name} (${ordinals[nth - 1] ?? `${nth}th`})`;
  });
}

/** A name with no letter or digit in it is quoted, or a sentence about a comma could not be read; with `always`, every name. */
export const quoted = (name = '', always = false): string => {
  const [, word = '', ordinal = ''] = /^(.*?)( \(\d+\w+\))?$/.exec(name) ?? [];
  return !always && /[\p{L}\p{N}]/u.test(word) ? name : `“${word}”${ordinal}`;
};

/**
 * `bank looks mostly at loan, 76 %; then at approved, 10 %, and bank, 10 %.`
 * @param weights of one row, adding up to 1
 * @param seen how many of them the mask leaves, from the first on
 */
export function rowWords(name: string, names: readonly string[], weights: ArrayLike<number>, seen = names.length): string {
  const order = Array.from({ length: Math.min(seen, weights.length) }, (_, s) => s).sort(
    (s, r) => (weights[r] ?? 0) - (weights[s] ?? 0) || s - r,
  );
  const [first, ...rest] = order;
  if (first === undefined) return `${quoted(name)} may look nowhere.`;
  const top = weights[first] ?? 0;
  if (order.length === 1) return `${quoted(name)} can look only at ${quoted(names[first])}: ${percent(top)}.`;
  const least = weights[order.at(-1) as number] ?? 0;
  if (top - least < 1e-6) return `${quoted(name)} looks at all ${order.length} alike, ${percent(top)} each.`;
  const at = (s: number) => `${quoted(names[s])}, ${percent(weights[s] ?? 0)}`;
  const then = rest.slice(0, 2).map(at).join(', and ');
  const how = top >= 0.5 ? 'mostly' : 'most';
  return `${quoted(name)} looks ${how} at ${at(first)}; then at ${then}.`;
}
