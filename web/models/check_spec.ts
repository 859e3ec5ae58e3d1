// The form of a compiled check: what web/lessons/checks/compile.ts writes and the widgets read. Types only.
import type { Kit } from './kit.ts';

/** What an expression can give. */
export type Value = number | string | boolean | Value[];
export type Variables = Record<string, Value>;
/** A compiled expression. It may ask the engine. */
export type Expression<T = Value> = (kit: Kit, variables: Variables) => Promise<T> | T;

/** HTML with holes: parts[0] + slot 0 + parts[1] + …; the slots are shown as text. */
export interface Template {
  parts: string[];
  slots: Expression[];
}

export type CheckType = 'number' | 'choice' | 'vector' | 'order' | 'word';

export interface WrongAnswer {
  answer: Expression;
  /** Which replies it covers; without it those equal to `answer`. */
  when?: Expression;
  hint: Template;
}

export interface Choice {
  text: Template;
  right: Expression;
  why: Template;
}

export interface CheckSpec {
  id: string;
  type: CheckType;
  prompt: Template;
  /** In order; later ones see earlier ones. */
  vars: [name: string, draw: Expression][];
  given?: Expression;
  answer?: Expression;
  accept?: Expression;
  tolerance?: Expression;
  unit?: string;
  digits?: number;
  labels?: string[];
  vocabulary?: boolean;
  items?: Expression;
  key?: Expression;
  ascending?: boolean;
  gap?: number;
  choices?: Choice[];
  shuffle?: boolean;
  wrong: WrongAnswer[];
  hints: Template[];
  explanation: Template;
}

/** The default export of a lesson's generated module. */
export interface CompiledChecks {
  lesson: string;
  checks: CheckSpec[];
}
