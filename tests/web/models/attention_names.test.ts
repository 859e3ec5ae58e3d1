import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SelfAttention } from '../../../web/engine/index.ts';
import { attentionNaming, namedAttention } from '../../../web/models/attention_names.ts';
import { leaf } from '../fake_explanation.ts';

const names = ['the (1st)', 'bank', ',', 'the (2nd)', 'loan'];
const naming = attentionNaming(names, 1);
const long = (address: string) => naming.name(`attention/${address}`)?.long;

describe('names of attention’s numbers', () => {
  it('call queries, keys and values by their tokens', () => {
    const expected: Record<string, string> = {
      'x[1,2]': 'row of “bank”, place 3',
      'query[1,0]': 'query of “bank”, place 1',
      'H1/query[1,0]': 'query of “bank”, place 1',
      'key[4]': 'key of “loan”',
      'value[0,1]': 'value of “the” (1st), place 2',
      'output[1,2]': 'output of “bank”, place 3',
      'H1/output[1,2]': 'output of “bank”, place 3',
      'projected[1,2]': 'projected output of “bank”, place 3',
      'H1/dot[1,4]': 'query of “bank” · key of “loan”',
      'H1/score[1,4]': 'score of “loan” for “bank”',
      'H1/largest[1]': 'the largest score for “bank”',
      'H1/gap[1,4]': 'score of “loan” for “bank”, less the largest',
      'H1/exp[1,2]': 'exponential of “,” for “bank”',
      'H1/exp_sum[1]': 'sum of the exponentials for “bank”',
      'H1/weight[1,4]': 'weight of “loan” for “bank”',
      'H1/weight[1]': 'weights of “bank”',
      'H1/rest[1,4]': 'what the weight of “loan” for “bank” leaves to the others',
      'H1/slope[1,4]': 'how fast the weight of “loan” for “bank” follows its own score',
      'H1/value_column[2]': 'place 3 of the values',
      'H1/value_column[2,4]': 'value of “loan”, place 3',
    };
    expect(Object.fromEntries(Object.keys(expected).map((address) => [address, long(address)]))).toEqual(expected);
    // The families that the engine speaks of have names; matrices keep its words.
    const header = readFileSync(path.resolve(import.meta.dirname, '../../../engine/models/attention/explain_attention.h'), 'utf8');
    const families = new Set([...header.matchAll(/\b([a-z_]+)\[[a-z],?[a-z]?\]/g)].map(([, family]) => family));
    expect(families.size).toBeGreaterThan(15);
    const unnamed = [...families].filter(
      (family) => !naming.name(`attention/${family}[0,0]`) && !naming.name(`attention/H1/${family}[0,0]`),
    );
    expect(unnamed.filter((family) => !family?.includes('_weights'))).toEqual([]);
  });

  it('say the head where there are two', () => {
    expect(attentionNaming(names, 2).name('attention/H2/score[1,4]')?.long).toBe('score of “loan” for “bank” in head 2');
  });

  it('leave to the engine what they do not know', () => {
    for (const address of ['pair/dot', 'attention/', 'attention/nonsense[1,2]', 'attention/query_weights[1,2]', 'attention/x'])
      expect(naming.name(address)).toBeNull();
  });

  it('go with one source for one attention', async () => {
    const attention = { heads: 1, explain: async (address: string) => leaf(address, 1) } as unknown as SelfAttention;
    const source = namedAttention(attention, names);
    expect(namedAttention(attention, names)).toBe(source);
    expect((await source.explain('attention/x[1,2]')).result).toBe(1);
  });
});
