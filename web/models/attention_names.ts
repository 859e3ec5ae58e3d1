// What the numbers of attention over a reader's own words are called: `attention/H1/score[1,4]` is the score of “loan” for “bank”.
import type { SelfAttention } from '../engine/index.ts';
import { quoted } from './attention_words.ts';
import type { Name, Naming } from './naming.ts';
import type { Explains } from './unfold.ts';

/** Words for every address of attention that has a token in it; matrices keep the engine's. `names` are distinct: bank, the (1st). */
export function attentionNaming(names: readonly string[], heads: number): Naming {
  const says = (t = 0) => quoted(names[t] ?? `token ${t + 1}`, true);
  return {
    name(address): Name | null {
      const [, h = '', family = '', brackets = ''] = /^attention\/(?:H(\d+)\/)?(\w+)((?:\[[\d,]+\])+)$/.exec(address) ?? [];
      const places = (brackets.match(/\d+/g) ?? []).map(Number);
      const [t = 0, s] = places;
      const where = h && heads > 1 ? ` in head ${h}` : '';
      const place = s === undefined ? '' : `, place ${s + 1}`;
      const one = (what: string, behind = ''): Name => ({
        short: `${what} ${says(t)}${place}`,
        long: `${what} of ${says(t)}${where}${place}${behind}`,
      });
      /** A key as a query sees it. */
      const pair = (what: string, short: string, behind = ''): Name => ({
        short: `${short} ${says(t)}→${says(s)}`,
        long: `${what} of ${says(s)} for ${says(t)}${where}${behind}`,
      });
      switch (family) {
        case 'x':
          return one('row');
        case 'query':
        case 'key':
        case 'value':
        case 'output':
          return one(family);
        case 'projected':
          return one('projected output');
        case 'value_column':
          return s === undefined
            ? { short: `values, place ${t + 1}`, long: `place ${t + 1} of the values${where}` }
            : { short: `value ${says(s)}, place ${t + 1}`, long: `value of ${says(s)}${where}, place ${t + 1}` };
        case 'dot':
          return { short: `${says(t)} · ${says(s)}`, long: `query of ${says(t)} · key of ${says(s)}${where}` };
        case 'score':
          return pair('score', 'score');
        case 'gap':
          return pair('score', 'gap', ', less the largest');
        case 'exp':
          return pair('exponential', 'exp');
        case 'weight':
          return s === undefined ? { short: `weights ${says(t)}`, long: `weights of ${says(t)}${where}` } : pair('weight', 'weight');
        case 'rest':
          return pair('what the weight', 'rest', ' leaves to the others');
        case 'slope':
          return pair('how fast the weight', 'slope', ' follows its own score');
        case 'largest':
          return { short: `largest score ${says(t)}`, long: `the largest score for ${says(t)}${where}` };
        case 'exp_sum':
          return { short: `Σ exp ${says(t)}`, long: `sum of the exponentials for ${says(t)}${where}` };
        default:
          return null;
      }
    },
  };
}

const named = new WeakMap<SelfAttention, Explains>();

/** Attention as a source whose numbers are called by the reader's words; the same for the same attention. */
export function namedAttention(attention: SelfAttention, names: readonly string[]): Explains {
  const before = named.get(attention);
  if (before) return before;
  const source: Explains = { naming: attentionNaming(names, attention.heads), explain: (address) => attention.explain(address) };
  named.set(attention, source);
  return source;
}
