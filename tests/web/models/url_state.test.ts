import { describe, expect, it } from 'vitest';
import { packFields, packVector, readSeed, readState, unpackFields, unpackVector, withState } from '../../../web/models/url_state.ts';

describe('state in the address', () => {
  it('gives back what it was given, whatever stands beside it', () => {
    for (const state of ['a:1,-2.5;b:3', 'ümlaut & = ? # %', '', 'x'.repeat(500)]) {
      const search = withState('first', state, '?seed=7&other=1');
      expect(readState('first', search)).toBe(state);
      expect(readSeed(1, search)).toBe(7);
      expect(readState('other', search)).toBe('1');
    }
  });

  it('leaves commas and colons readable', () => {
    expect(withState('first', 'a:1,2;b:3,4', '')).toBe('?first=a:1,2;b:3,4');
  });

  it('takes a state out and keeps the rest', () => {
    expect(withState('first', null, '?first=1&seed=2')).toBe('?seed=2');
    expect(withState('first', null, '?first=1')).toBe('');
  });

  it('reads no state without a name', () => {
    expect(readState('', '?=1')).toBeNull();
    expect(readState('x', '')).toBeNull();
  });

  it('falls back where the seed is no whole number in range', () => {
    for (const seed of ['', 'x', '-1', '1.5', '1e99']) expect(readSeed(3, `?seed=${seed}`)).toBe(3);
    expect(readSeed(3, '?seed=0')).toBe(0);
  });
});

describe('fields and vectors', () => {
  it('packs and unpacks fields, marks included', () => {
    const fields = { a: '1;2', b: '50%3B', c: 'x:y' };
    expect(unpackFields(packFields(fields))).toEqual(fields);
    expect(packFields({ a: 1, b: undefined })).toBe('a:1');
  });

  it('takes nonsense for no fields', () => {
    for (const text of ['', ';;;', 'abc', ':x', '%%%']) expect(unpackFields(text)).toEqual({});
  });

  it('reads vectors as people write them', () => {
    expect(unpackVector('[1, −2.5  3]')).toEqual([1, -2.5, 3]);
    expect(unpackVector('1e8,1')).toEqual([1e8, 1]);
    for (const text of [null, undefined, '', ' , ', '1,x', '1,Infinity', 'NaN']) expect(unpackVector(text)).toBeNull();
  });

  it('writes vectors without the noise of 32-bit floats', () => {
    expect(packVector(Float32Array.of(0.1, -2, 1e8))).toBe('0.1,-2,100000000');
  });
});
