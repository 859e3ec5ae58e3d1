// What a reader does to a pass: heads switched off, one token replaced, one state taken from another sentence. Plain values, packed for the
// address, and said in words.
import type { HeadPlace, TextToken } from '../engine/index.ts';

/** One token of the text as it was typed, and what stands in its place. */
export interface Edit {
  place: number;
  word: string;
}

/** The state that leaves `layer` at `place`, taken from another sentence's place `from`. Layer 0 is what goes into the first. */
export interface Graft {
  layer: number;
  place: number;
  text: string;
  from: number;
}

export interface Changes {
  /** Heads whose output is zeros, in order. */
  off: readonly HeadPlace[];
  edit: Edit | null;
  graft: Graft | null;
}

export const unchanged: Changes = { off: [], edit: null, graft: null };
export const longestWord = 60;

export const anyChange = ({ off, edit, graft }: Changes) => off.length > 0 || edit !== null || graft !== null;

export const isOff = (off: readonly HeadPlace[], layer: number, head: number) =>
  off.some((one) => one.layer === layer && one.head === head);

const inOrder = (one: HeadPlace, other: HeadPlace) => one.layer - other.layer || one.head - other.head;

/** These heads off, or on again where all of them are off. */
export function toggled(off: readonly HeadPlace[], heads: readonly HeadPlace[]): HeadPlace[] {
  const rest = off.filter(({ layer, head }) => !isOff(heads, layer, head));
  const allOff = rest.length === off.length - heads.length;
  return allOff ? rest : [...rest, ...heads].sort(inOrder);
}

/** The text with other words in a token's place; the space before the token stays. */
export function replaced(text: string, { start, end }: TextToken, word: string): string {
  const space = /^\s*/.exec(text.slice(start, end))?.[0] ?? '';
  return text.slice(0, start) + space + word.trim() + text.slice(end);
}

/** `2.3,4.1` */
export const packHeads = (off: readonly HeadPlace[]) => off.map(({ layer, head }) => `${layer}.${head}`).join(',');

export function unpackHeads(text: string | undefined): HeadPlace[] {
  const found = (text ?? '').split(',').flatMap((one): HeadPlace[] => {
    const [, layer, head] = /^(\d{1,2})\.(\d{1,2})$/.exec(one) ?? [];
    return layer && head && Number(layer) > 0 && Number(head) > 0 ? [{ layer: Number(layer), head: Number(head) }] : [];
  });
  return found.filter(({ layer, head }, i) => !isOff(found.slice(0, i), layer, head)).sort(inOrder);
}

/** `4=bird` */
export const packEdit = (edit: Edit | null) => (edit ? `${edit.place}=${edit.word}` : undefined);

export function unpackEdit(text: string | undefined): Edit | null {
  const [, place, word = ''] = /^(\d{1,4})=(.*)$/s.exec(text ?? '') ?? [];
  return place && Number(place) > 0 && word.trim() ? { place: Number(place), word: word.trim().slice(0, longestWord) } : null;
}

/** `3,7,5=the other sentence`: layer, place, place there. */
export const packGraft = (graft: Graft | null) => (graft ? `${graft.layer},${graft.place},${graft.from}=${graft.text}` : undefined);

export function unpackGraft(text: string | undefined): Graft | null {
  const [, layer, place, from, other = ''] = /^(\d{1,2}),(\d{1,4}),(\d{1,4})=(.*)$/s.exec(text ?? '') ?? [];
  return layer && place && from ? { layer: Number(layer), place: Number(place), from: Number(from), text: other } : null;
}

/** `layer 2, head 3` or `layer 2, heads 1, 3 and 4`, layer by layer. */
export function offWords(off: readonly HeadPlace[]): string {
  const layers = [...new Set(off.map(({ layer }) => layer))];
  return layers
    .map((layer) => {
      const heads = off.filter((one) => one.layer === layer).map(({ head }) => String(head));
      const last = heads.pop();
      return heads.length === 0 ? `layer ${layer}, head ${last}` : `layer ${layer}, heads ${heads.join(', ')} and ${last}`;
    })
    .join('; ');
}
