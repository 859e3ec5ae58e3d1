import { describe, expect, it } from 'vitest';
import { openTrail, packOpen, packTrail, unpackTrail } from '../../../web/models/unfold_trail.ts';

const way = [
  'transformer/logit[5,306]',
  'transformer/norm[5][8]',
  'transformer/L6/out[5,8]',
  'transformer/L6/H3/dot[5,2]',
  'pair/product[7]',
  'transformer/L6/H3/query[5][7]',
];

describe('a trail as text', () => {
  it('names the first folder once, and again where it changes', () => {
    expect(packTrail(way)).toBe(
      'transformer/logit[5,306]~norm[5][8]~L6/out[5,8]~L6/H3/dot[5,2]>pair/product[7]>transformer/L6/H3/query[5][7]',
    );
    expect(unpackTrail(packTrail(way))).toEqual(way);
  });

  it('is read as it was written before: whole addresses', () => {
    expect(unpackTrail('pair/dot>pair/product[1]>pair/a[1]')).toEqual(['pair/dot', 'pair/product[1]', 'pair/a[1]']);
  });

  it('keeps its own marks where an address holds them', () => {
    const odd = ['words/cosine[~,100%>]', 'words/vector[%3E~][3]', 'mean-loss'];
    expect(unpackTrail(packTrail(odd))).toEqual(odd);
  });

  it('takes no harm from what is no trail', () => {
    for (const text of ['', '>', '~~~', '>~>~', '%']) expect(unpackTrail(text).length).toBeLessThanOrEqual(1);
    expect(unpackTrail(`a/b${'~c'.repeat(5000)}`)).toHaveLength(200);
    expect(unpackTrail(`a/${'x'.repeat(5000)}~c`)).toEqual(['c']);
  });
});

describe('an open number as text', () => {
  it('leaves its key out where that is the trail’s first address', () => {
    const trail = packTrail(way);
    expect(packOpen('transformer/logit[5,306]', trail)).toBe(trail);
    expect(packOpen('row-weight-3', trail)).toBe(`row-weight-3!${trail}`);
    for (const key of ['transformer/logit[5,306]', 'row-weight-3', 'a!b%21'])
      expect(openTrail(packOpen(key, trail))).toEqual({ key, address: way[0], trail });
  });

  it('keeps an exclamation mark in a word apart from its own', () => {
    const trail = packTrail(['words/cosine[hey!,you]', 'words/vector[hey!][3]']);
    expect(openTrail(packOpen('words/cosine[hey!,you]', trail))).toEqual({
      key: 'words/cosine[hey!,you]',
      address: 'words/cosine[hey!,you]',
      trail,
    });
  });

  it('is none where nothing is kept', () => {
    expect(openTrail('')).toBeNull();
    expect(openTrail('key!')).toBeNull();
  });
});
