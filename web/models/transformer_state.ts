// The figure's state as the address keeps it. All of it is outside input: what cannot be is left out, and the model mends what does not fit its text.
import { type Changes, packEdit, packGraft, packHeads, unpackEdit, unpackGraft, unpackHeads } from './transformer_changes.ts';
import type { TransformerName } from './transformer_source.ts';
import { packFields, unpackFields } from './url_state.ts';

export interface TransformerState {
  name: TransformerName;
  text: string;
  layer: number;
  head: number;
  /** The place that looks, and whose guesses are shown; null: the blank, or the last. */
  place: number | null;
  /** The place looked at; null: the one it looks at most. */
  key: number | null;
  changes: Changes;
  /** The sentence that a state is taken from. */
  other: string;
}

/** Characters of a text that an address holds; a longer text is not kept. */
const mostInAddress = 4000;

/** Halves of a character cannot stand in an address. */
export const whole = (text: string) => text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');

export function packTransformer(state: TransformerState, firstOther: string): string {
  const { off, edit, graft } = state.changes;
  return packFields({
    m: state.name,
    t: state.text.length <= mostInAddress ? whole(state.text) : undefined,
    l: state.layer,
    h: state.head,
    p: state.place ?? undefined,
    k: state.key ?? undefined,
    off: packHeads(off) || undefined,
    e: edit ? whole(packEdit(edit) as string) : undefined,
    g: graft ? whole(packGraft(graft) as string) : undefined,
    o: state.other === firstOther || state.other.length > mostInAddress ? undefined : whole(state.other),
  });
}

/** What a packed state says; null where it is none. */
export function unpackTransformer(packed: string): (Partial<TransformerState> & Pick<TransformerState, 'name'>) | null {
  const fields = unpackFields(packed);
  const name = fields.m;
  if (name !== 'writer' && name !== 'reader') return null;
  const number = (text: string | undefined, least: number) => {
    const value = /^\d{1,4}$/.test(text ?? '') ? Number(text) : Number.NaN;
    return value >= least ? value : null;
  };
  return {
    name,
    ...(fields.t === undefined ? {} : { text: fields.t }),
    layer: number(fields.l, 1) ?? 1,
    head: number(fields.h, 1) ?? 1,
    place: number(fields.p, 0),
    key: number(fields.k, 0),
    changes: { off: unpackHeads(fields.off), edit: unpackEdit(fields.e), graft: unpackGraft(fields.g) },
    ...(fields.o === undefined ? {} : { other: fields.o }),
  };
}
