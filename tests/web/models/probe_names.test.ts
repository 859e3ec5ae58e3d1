import { describe, expect, it } from 'vitest';
import type { ProbeReading, TransformerRun } from '../../../web/engine/index.ts';
import { namedReading, probeNaming } from '../../../web/models/probe_names.ts';
import { leaf } from '../fake_explanation.ts';

const tokens = ['␂', ' The', ' light', '.'].map((text) => ({ text }));
const naming = probeNaming({ tokens, classes: ['no subject', 'subject'], layer: 4 });
const long = (address: string) => naming.name(address)?.long;

describe('numbers of a probe', () => {
  it('are called by class, word, place and layer', () => {
    expect(long('probe/score[2,1]')).toBe('score of subject for “light” (place 2), layer 4');
    expect(long('probe/dot[1,0]')).toBe('class vector of no subject times the state of “The” (place 1), layer 4');
    expect(long('probe/margin[2]')).toBe('how far “light” (place 2), layer 4, is on the side of subject');
    expect(long('probe/projection[2]')).toBe('direction subject minus no subject times the state of “light” (place 2), layer 4');
    expect(long('probe/probability[0,1]')).toBe('probability of subject for the start (place 0), layer 4');
    expect(long('probe/bias_difference')).toBe('bias of subject minus bias of no subject');
  });
  it('and rows of them; what is not known keeps the engine’s words', () => {
    expect(long('probe/weight[1,7]')).toBe('class vector of subject, component 8');
    expect(long('probe/weight[1]')).toBe('class vector of subject');
    expect(long('probe/difference[7]')).toBe('direction subject minus no subject, component 8');
    expect(long('probe/difference')).toBe('direction subject minus no subject');
    expect(naming.places?.('probe/difference')?.name(0)).toBe('1');
    expect(naming.places?.('probe/score[2]')).toBeNull();
    expect([naming.name('probe/other[1]'), naming.name('pair/dot')]).toEqual([null, null]);
  });
  it('go on into the run', async () => {
    const reading = { explain: async (address: string) => leaf(address, 1) } as unknown as ProbeReading;
    const run = { tokens } as unknown as TransformerRun;
    const source = namedReading(reading, run, { layers: 6, heads: 6, width: 192, causal: false }, { classes: ['no', 'yes'], layer: 4 });
    expect(source.naming?.name('transformer/L4/out[2,16]')?.long).toContain('“light” (place 2)');
    expect(source.naming?.name('probe/margin[2]')?.long).toContain('yes');
    expect(namedReading(reading, run, { layers: 6, heads: 6, width: 192, causal: false }, { classes: [], layer: 0 })).toBe(source);
  });
});
