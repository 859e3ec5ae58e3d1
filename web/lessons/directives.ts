// The directives that are not figures: what each takes, and where it may stand.
import type { AttributeSpecs } from './attributes.ts';

export type DirectiveKind = 'textDirective' | 'leafDirective' | 'containerDirective';

export interface DirectiveSpec {
  kind: DirectiveKind;
  attributes: AttributeSpecs;
  /** How it is written, for messages. */
  example: string;
}

/** The question that a value, a prediction or an option puts to the engine. */
export const askAttributes: AttributeSpecs = {
  ask: { type: 'text', says: 'an address or a question, such as pair/dot' },
  a: { type: 'numbers', says: 'the first vector, for pair/…' },
  b: { type: 'numbers', says: 'the second vector, for pair/…' },
  digits: { type: 'integer', says: 'decimals' },
  percent: { type: 'flag', says: 'the number times 100' },
  rank: { type: 'integer', says: 'which place, for words/nearest[…]' },
  keep: { type: 'flag', says: 'the words of the question may be answers too' },
  method: { type: ['add', 'mul'], says: '3CosAdd or 3CosMul' },
  text: { type: 'text', says: 'what the model reads, for writer/… and reader/…' },
  without: { type: 'text', says: 'heads that are left out: L6/H3' },
};

export const directives: Readonly<Record<string, DirectiveSpec>> = {
  value: {
    kind: 'textDirective',
    attributes: { ...askAttributes, ask: { type: 'text', required: true } },
    example: ':value[32]{ask="pair/dot" a="1,2,3" b="4,5,6"}',
  },
  option: {
    kind: 'textDirective',
    attributes: { ...askAttributes, ask: { type: 'text', required: true } },
    example: ':option[king and queen]{ask="words/cosine[king,queen]"}',
  },
  a: { kind: 'textDirective', attributes: {}, example: ':a[king]' },
  b: { kind: 'textDirective', attributes: {}, example: ':b[queen]' },
  c: { kind: 'textDirective', attributes: {}, example: ':c[value]' },
  product: { kind: 'textDirective', attributes: {}, example: ':product[…]' },
  sum: { kind: 'textDirective', attributes: {}, example: ':sum[…]' },
  checks: { kind: 'leafDirective', attributes: {}, example: '::checks' },
  note: { kind: 'containerDirective', attributes: {}, example: ':::note' },
  now: { kind: 'containerDirective', attributes: {}, example: ':::now' },
  references: { kind: 'containerDirective', attributes: {}, example: ':::references' },
  predict: {
    kind: 'containerDirective',
    attributes: {
      ...askAttributes,
      id: { type: 'id', required: true, says: 'the name of its state in the URL' },
      kind: { type: ['number', 'sign', 'choice'], required: true },
      min: { type: 'number' },
      max: { type: 'number' },
      step: { type: 'number' },
      start: { type: 'number' },
      near: { type: 'number', says: 'how near to zero counts as zero' },
      pick: { type: ['largest', 'smallest'] },
    },
    example: ':::predict{id="how-big" kind=number ask="pair/dot" a="1,2" b="3,4" min=-20 max=20}',
  },
  cell: {
    kind: 'containerDirective',
    attributes: {
      id: { type: 'id', required: true, says: 'the name of its state in the URL' },
      title: { type: 'text' },
      prints: { type: 'text', says: 'its last printed line' },
    },
    example: ':::cell{id="try-it"}',
  },
};

/** The one that colours its text as the figure does. */
export const colourNames: readonly string[] = ['a', 'b', 'c', 'product', 'sum'];
