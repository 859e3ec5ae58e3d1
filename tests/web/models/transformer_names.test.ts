// Every family of addresses has a name, in the words of the sentence; the list of families is the engine's own.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Explanation, TransformerRun } from '../../../web/engine/index.ts';
import { type NamedText, quoteToken } from '../../../web/models/transformer_families.ts';
import { namedRun, transformerNaming } from '../../../web/models/transformer_names.ts';
import { leaf } from '../fake_explanation.ts';

const tokens = ['␂', 'Once', ' upon', ' a', ' time', ' the', ' cat', ' sat', '.'].map((text) => ({ text }));
const vocabulary = ['␂', '[blank]', '\n', ' ', 'was', ' was'];
const sentence: NamedText = { tokens, layers: 6, heads: 6, width: 192, causal: true, vocabulary: (id) => vocabulary[id] };
const naming = transformerNaming(sentence);
const long = (address: string) => naming.name(`transformer/${address}`)?.long;
const short = (address: string) => naming.name(`transformer/${address}`)?.short;

describe('names of a transformer’s numbers', () => {
  it('call every number by its token, layer, head and component', () => {
    const expected: Record<string, string> = {
      'tokens[5,16]': 'row of the token “ was”, component 17',
      'positions[6,16]': 'row of place 6, component 17',
      'x[6,16]': '“cat” (place 6) as it enters layer 1, component 17',
      'squares[6]': 'sum of the squares of “cat” (place 6) after the last layer',
      'mean_square[6]': 'mean square of “cat” (place 6) after the last layer',
      'rms[6]': 'root mean square of “cat” (place 6) after the last layer',
      'scaled[6,16]': '“cat” (place 6) after the last layer, divided by its root mean square, component 17',
      'norm[6,16]': '“cat” (place 6) brought to one size after the last layer, component 17',
      'gain[16]': 'gain after the last layer, component 17',
      'logit[6,5]': 'logit of “ was” after “cat” (place 6)',
      'largest[6]': 'the largest logit after “cat” (place 6)',
      'gap[6,4]': 'logit of “was” after “cat” (place 6), less the largest',
      'exp[6,2]': 'exponential of the line end after “cat” (place 6)',
      'exp_sum[6]': 'sum of the exponentials after “cat” (place 6)',
      'probability[6,5]': 'probability of “ was” after “cat” (place 6)',
      'L2/squares1[6]': 'sum of the squares of “cat” (place 6) before attention, layer 2',
      'L2/mean_square1[6]': 'mean square of “cat” (place 6) before attention, layer 2',
      'L2/rms1[6]': 'root mean square of “cat” (place 6) before attention, layer 2',
      'L2/scaled1[6,16]': '“cat” (place 6) before attention, divided by its root mean square, layer 2, component 17',
      'L2/norm1[6,16]': '“cat” (place 6) brought to one size before attention, layer 2, component 17',
      'L2/gain1[16]': 'gain before attention, layer 2, component 17',
      'L2/qkv[3,196]': 'weight of the keys, layer 2, head 1, from component 4 to component 5',
      'L2/qkv_column[196][3]': 'weight of the keys, layer 2, head 1, from component 4 to component 5',
      'L2/mixed[6,68]': 'what “cat” (place 6) gathers, layer 2, head 3, component 5',
      'L2/output[71,5]': 'weight of the heads’ output, layer 2, from gathered component 72 to component 6',
      'L2/output_column[5][71]': 'weight of the heads’ output, layer 2, from gathered component 72 to component 6',
      'L2/attended[6,16]': 'what attention adds to “cat” (place 6), layer 2, component 17',
      'L2/middle[6,16]': '“cat” (place 6) after attention, layer 2, component 17',
      'L2/squares2[6]': 'sum of the squares of “cat” (place 6) after attention, layer 2',
      'L2/mean_square2[6]': 'mean square of “cat” (place 6) after attention, layer 2',
      'L2/rms2[6]': 'root mean square of “cat” (place 6) after attention, layer 2',
      'L2/scaled2[6,16]': '“cat” (place 6) after attention, divided by its root mean square, layer 2, component 17',
      'L2/norm2[6,16]': '“cat” (place 6) brought to one size before the feed-forward part, layer 2, component 17',
      'L2/gain2[16]': 'gain before the feed-forward part, layer 2, component 17',
      'L2/up[3,400]': 'weight, layer 2, from component 4 to hidden unit 401',
      'L2/up_column[400][3]': 'weight, layer 2, from component 4 to hidden unit 401',
      'L2/hidden[6,400]': 'hidden unit 401 of “cat” (place 6) before GELU, layer 2',
      'L2/active[6,400]': 'hidden unit 401 of “cat” (place 6), layer 2',
      'L2/down[400,3]': 'weight, layer 2, from hidden unit 401 to component 4',
      'L2/down_column[3][400]': 'weight, layer 2, from hidden unit 401 to component 4',
      'L2/fed[6,16]': 'what the feed-forward part adds to “cat” (place 6), layer 2, component 17',
      'L2/out[6,16]': '“cat” (place 6) after layer 2, component 17',
      'L2/H3/query_weights[3,16]': 'weight of the queries, layer 2, head 3, from component 4 to component 17',
      'L2/H3/query_weights_column[16][3]': 'weight of the queries, layer 2, head 3, from component 4 to component 17',
      'L2/H3/key_weights[3,16]': 'weight of the keys, layer 2, head 3, from component 4 to component 17',
      'L2/H3/key_weights_column[16][3]': 'weight of the keys, layer 2, head 3, from component 4 to component 17',
      'L2/H3/value_weights[3,16]': 'weight of the values, layer 2, head 3, from component 4 to component 17',
      'L2/H3/value_weights_column[16][3]': 'weight of the values, layer 2, head 3, from component 4 to component 17',
      'L2/H3/query[6,16]': 'query of “cat” (place 6), layer 2, head 3, component 17',
      'L2/H3/key[6,16]': 'key of “cat” (place 6), layer 2, head 3, component 17',
      'L2/H3/value[6,16]': 'value of “cat” (place 6), layer 2, head 3, component 17',
      'L2/H3/value_column[16][6]': 'value of “cat” (place 6), layer 2, head 3, component 17',
      'L2/H3/dot[6,1]': 'query of “cat” (place 6) · key of “Once” (place 1), layer 2, head 3',
      'L2/H3/score[6,0]': 'score of “cat” (place 6) for the start (place 0), layer 2, head 3',
      'L2/H3/largest[6]': 'the largest score of “cat” (place 6), layer 2, head 3',
      'L2/H3/gap[6,1]': 'score of “cat” (place 6) for “Once” (place 1), less the largest, layer 2, head 3',
      'L2/H3/exp[6,1]': 'exponential of “cat” (place 6) for “Once” (place 1), layer 2, head 3',
      'L2/H3/exp_sum[6]': 'sum of the exponentials of “cat” (place 6), layer 2, head 3',
      'L2/H3/weight[6,1]': 'weight of “cat” (place 6) on “Once” (place 1), layer 2, head 3',
      'L2/H3/mix[6,16]': 'what “cat” (place 6) gathers, layer 2, head 3, component 17',
      'L2/H3/output_column[5][7]': 'weight of the heads’ output, layer 2, from gathered component 72 to component 6',
      'L2/H3/part[6,16]': 'what the head adds to “cat” (place 6), layer 2, head 3, component 17',
    };
    expect(Object.fromEntries(Object.keys(expected).map((address) => [address, long(address)]))).toEqual(expected);
    // The engine's list of families: a new one needs a name here.
    const source = readFileSync(path.resolve(import.meta.dirname, '../../../engine/models/transformer/transformer_families.cpp'), 'utf8');
    const families = [...source.matchAll(/\{"(\w+)", (outside|layer|head),/g)].map(
      ([, name, scope]) => `${{ outside: '', layer: 'L2/', head: 'L2/H3/' }[scope as 'layer']}${name}`,
    );
    expect(families.length).toBeGreaterThan(50);
    expect(families.filter((family) => !Object.keys(expected).some((address) => address.split('[')[0] === family))).toEqual([]);
  });

  it('are short for the trail', () => {
    expect(short('logit[6,5]')).toBe('logit “was”');
    expect(short('L2/H3/key[6,16]')).toBe('L2 H3 key “cat”, 17');
    expect(short('L2/H3/dot[6,1]')).toBe('L2 H3 q·k “cat”→“Once”');
    expect(short('L2/out[6,16]')).toBe('“cat” after L2, 17');
    expect(short('L2/H3/query_weights[3,16]')).toBe('L2 H3 query weight 4→17');
  });

  it('call rows, which have one place fewer', () => {
    expect(long('norm[6]')).toBe('“cat” (place 6) brought to one size after the last layer');
    expect(long('L2/H3/weight[6]')).toBe('weights of “cat” (place 6), layer 2, head 3');
    expect(long('L2/H3/value_column[16]')).toBe('component 17 of the values, layer 2, head 3');
    expect(long('L2/down_column[16]')).toBe('weights of the hidden units to component 17, layer 2');
    expect(long('L2/mixed[6]')).toBe('what all heads gather for “cat” (place 6), layer 2');
    expect(long('tokens[5]')).toBe('row of the token “ was”');
  });

  it('call the places of a row: components, hidden units, tokens', () => {
    const places = (address: string) => naming.places?.(`transformer/${address}`);
    expect(places('norm[6]')).toMatchObject({ what: 'component' });
    expect(places('norm[6]')?.name(16)).toBe('17');
    expect(places('L2/active[6]')?.what).toBe('hidden unit');
    expect(places('L2/H3/weight[6]')?.name(6)).toBe('6 “cat”');
    expect(places('L2/H3/value_column[3]')?.what).toBe('token');
    expect(places('exp[6]')?.name(5)).toBe('“ was”');
    expect(places('nonsense[6]')).toBeNull();
  });

  it('say what the mask hides, and read a blank-filling model as one that sees all', () => {
    expect(long('L2/H3/score[1,6]')).toContain(', hidden by the mask');
    const reader = transformerNaming({ ...sentence, causal: false });
    expect(reader.name('transformer/L2/H3/score[1,6]')?.long).not.toContain('mask');
    expect(reader.name('transformer/logit[6,5]')?.long).toBe('logit of “ was” at “cat” (place 6)');
  });

  it('count places from 1 in a text without a beginning token', () => {
    const letters = transformerNaming({ ...sentence, tokens: [{ text: 'a' }, { text: 'b' }] });
    expect(letters.name('transformer/x[1,0]')?.long).toContain('“b” (place 2)');
  });

  it('leave to the engine what they do not know', () => {
    for (const address of [
      'pair/dot',
      'transformer/',
      'transformer/nonsense[1]',
      'transformer/logit[5,x]',
      '',
      'transformer/L2/nonsense[1,2]',
    ])
      expect(naming.name(address)).toBeNull();
    // A place that the sentence does not have is no name of another.
    expect(long('x[40,0]')).toBe('place 40 as it enters layer 1, component 1');
    expect(long('logit[6,4000]')).toBe('logit of token 4000 after “cat” (place 6)');
  });

  it('call marks that are no words', () => {
    expect(['␂', '[blank]', '\n', ' ', ' cat', ',', '‹c3›'].map(quoteToken)).toEqual([
      'the start',
      'the blank',
      'the line end',
      'a space',
      '“cat”',
      '“,”',
      '“‹c3›”',
    ]);
  });

  it('say at the ground what a number is', () => {
    const ground = (address: string, extra: Partial<Explanation>) => naming.ground?.(leaf(`transformer/${address}`, 1, extra));
    const learned = { kind: 'weight', formula: 'learned' } as const;
    expect(ground('tokens[5,16]', learned)).toMatch(/^This is where unfolding ends.*learned.*its embedding of 192 components/);
    expect(ground('L2/up[3,4]', learned)).toContain('turn a row into hidden units');
    expect(ground('gain[3]', learned)).toContain('one of the 192 gains');
    expect(ground('L2/H3/weight[1,6]', { formula: 'masked' })).toContain('the mask puts 0 here');
    expect(ground('L2/H3/mix[1,6]', { formula: 'given' })).toContain('switched off');
    expect(ground('L2/out[1,6]', { formula: 'given' })).toContain('put here from another text');
  });
});

describe('a named run', () => {
  const model = { layers: 6, heads: 6, width: 192, causal: true, vocabulary: vocabulary.length };
  const run = (asked: string[]): TransformerRun =>
    ({
      tokens,
      explain: async (address: string) => leaf(address, 1),
      guesses: async (_place: number, { count }: { count: number }) => {
        asked.push(`guesses ${count}`);
        return vocabulary.map((text, id) => ({ id, text, logit: 0, probability: 0 }));
      },
    }) as unknown as TransformerRun;

  it('is one source, and learns the vocabulary once, when it is first spoken of', async () => {
    const asked: string[] = [];
    const one = run(asked);
    const source = namedRun(one, model);
    expect(namedRun(one, model)).toBe(source);
    await source.explain('transformer/L2/H3/key[6,16]');
    expect(asked).toEqual([]);
    await source.explain('transformer/logit[6,5]');
    await namedRun(run(asked), model).explain('transformer/probability[6,5]');
    expect(asked).toEqual(['guesses 6']);
    expect(source.naming?.name('transformer/logit[6,5]')?.long).toContain('“ was”');
  });

  it('explains without a vocabulary where it cannot be had', async () => {
    const broken = { ...run([]), guesses: async () => Promise.reject(new Error('gone')) } as unknown as TransformerRun;
    const source = namedRun(broken, { ...model });
    await source.explain('transformer/logit[6,5]');
    expect(source.naming?.name('transformer/logit[6,5]')?.long).toContain('token 5');
  });
});
