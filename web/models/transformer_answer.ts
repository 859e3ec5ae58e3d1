// One question of the figure to a loaded model: the text as it was typed, the same with what was changed, and the sentence that a state is taken from.
import type { Matrix, Transformer } from '../engine/index.ts';
import { type Changes, replaced } from './transformer_changes.ts';
import { type Pass, type Passes, passOf } from './transformer_pass.ts';

/** Characters that are handed to a model at most; its context is full long before. */
export const mostCharacters = 20_000;

export interface TransformerAnswer {
  /** The text as it was typed, nothing changed. */
  before: Pass;
  /** With what was changed; the same where nothing was. */
  now: Pass;
  /** The sentence that a state is taken from, where one was asked for. */
  other: Pass | null;
  /** What was changed: what was asked for, without what the model or the text has no place for. */
  changes: Changes;
}

export interface TransformerQuestion {
  text: string;
  changes: Changes;
  /** The sentence that a state may be taken from; null where nobody looks at it. */
  other: string | null;
}

/** @throws LabError `too-long`, and what a model throws */
export async function answerOf(model: Transformer, passes: Passes, question: TransformerQuestion): Promise<TransformerAnswer> {
  const { text } = question;
  refuseTooMany(text);
  const take = (of: string, { off = [], graft = null }: Partial<Changes>, make: () => Promise<Pass>) =>
    passes.take(JSON.stringify([model.name, of, off, graft]), make);
  const plain = (of: string) => take(of, {}, () => passOf(model, of));
  const before = await plain(text);
  const changes = fitting(question.changes, before, model);
  const { off, edit } = changes;
  const token = edit && before.tokens[edit.place];
  const edited = edit && token ? replaced(text, token, edit.word) : text;
  const ready = await plain(edited);
  const other = await otherOf(changes.graft?.text ?? question.other, changes.graft === null, plain);
  const graft =
    changes.graft && other && changes.graft.place < ready.tokens.length && changes.graft.from < other.tokens.length ? changes.graft : null;
  if (off.length === 0 && !graft) return { before, now: ready, other, changes: { ...changes, graft } };
  const now = await take(edited, { off, graft }, async () => {
    if (!graft) return passOf(model, edited, { ablate: off });
    const state = rowOf((await other?.run?.hidden(graft.layer)) as Matrix, graft.from);
    return passOf(model, edited, { ablate: off, patch: [{ layer: graft.layer, place: graft.place, state }] });
  });
  return { before, now, other, changes: { ...changes, graft } };
}

/** The other sentence may be anything: what is wrong with it is no failure of the figure's, unless it is in use. */
async function otherOf(text: string | null, mayFail: boolean, plain: (text: string) => Promise<Pass>): Promise<Pass | null> {
  if (text === null) return null;
  try {
    refuseTooMany(text);
    return await plain(text);
  } catch (error) {
    if (mayFail) return null;
    throw error;
  }
}

function fitting({ off, edit, graft }: Changes, before: Pass, model: Transformer): Changes {
  return {
    off: off.filter(({ layer, head }) => layer <= model.layers && head <= model.heads),
    edit: edit && edit.place > 0 && edit.place < before.tokens.length ? edit : null,
    graft: graft && graft.layer <= model.layers ? graft : null,
  };
}

const rowOf = ({ columns, data }: Matrix, row: number) => data.subarray(row * columns, (row + 1) * columns);

function refuseTooMany(text: string): void {
  if (text.length <= mostCharacters) return;
  const message = `The text has ${text.length} characters. The figure takes ${mostCharacters} at most, and the model reads fewer.`;
  throw Object.assign(new Error(message), { code: 'too-long', detail: String(mostCharacters) });
}
