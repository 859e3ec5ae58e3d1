import { beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../web/engine/index.ts';
import { AttentionMapModel, mostTokens, nameOf } from '../../../web/models/attention_map.ts';
import { TransformerSource } from '../../../web/models/transformer_source.ts';
import { type FakeAttentionLab, fakeAttentionLab } from '../fake_attention_lab.ts';

let lab: FakeAttentionLab;
let source: TransformerSource;
beforeEach(() => {
  lab = fakeAttentionLab();
  source = new TransformerSource(async () => lab, 'writer');
});
const make = (start: ConstructorParameters<typeof AttentionMapModel>[1] = {}) =>
  new AttentionMapModel(source, { text: 'Anna saw the dog.', ...start });
const settle = async (wait = 12) => new Promise((done) => setTimeout(done, wait));

describe('loading', () => {
  it('begins when it is asked for, once for all, and counts', async () => {
    const [one, other] = [make(), make()];
    await settle();
    expect(lab.asked.transformer).toBeUndefined();
    expect(one.spoken.value).toBe('');
    one.begin();
    one.begin();
    await settle(2);
    expect(source.loaded.value).toEqual({ bytes: 512 * 1024, total: 2 * 1024 * 1024 });
    expect(one.spoken.value).toBe('The writer is loading.');
    other.begin();
    await settle();
    expect(lab.asked.transformer).toBe(1);
    expect(other.row.value).not.toBeNull();
  });
  it('that fails says why, and is tried again', async () => {
    lab.failNext = new LabError('no-file', 'The lab came without the writer.');
    const model = make();
    model.begin();
    await settle();
    expect(model.spoken.value).toBe('The lab came without the writer.');
    expect(source.failure.value?.code).toBe('no-file');
    model.retry();
    await settle();
    expect(source.failure.value).toBeNull();
    expect(model.spoken.value).toMatch(/^Layer 1, head 1\. “\.” looks mostly at dog/);
  });
});

describe('a row', () => {
  it('is that of the word the author named, else of the last; the key is what it looks at most', async () => {
    const model = make({ query: 'the', head: 2 });
    model.begin();
    await settle();
    expect(model.row.value).toMatchObject({ query: 3, key: 0, causal: true });
    expect(model.rowSays.value).toMatch(/^the looks mostly at \(start\), 95 %/);
    model.choose(4, 2);
    expect(model.row.value).toMatchObject({ query: 4, key: 2 });
    expect(model.spoken.value).toContain('dog gives saw 2 %, for a score of 0.');
    model.choose(1, 4);
    expect(model.spoken.value).toContain('Anna may not look at dog, which comes later.');
    model.choose(99, 0);
    expect(model.row.value?.query).toBe(1);
  });
  it('changes with the head; a head that is not there is not taken', async () => {
    const model = make();
    model.begin();
    await settle();
    const first = model.rowSays.value;
    model.set_head(2, 2);
    await settle();
    expect(model.rowSays.value).not.toBe(first);
    model.set_head(3, 1);
    model.set_head(1, 0);
    expect([model.layer.value, model.head.value]).toEqual([2, 2]);
  });
});

describe('a text', () => {
  it('of the reader’s is run anew, and the run before is given back', async () => {
    const model = make();
    model.begin();
    await settle();
    model.set_text('  The   cat\nslept. ');
    await settle();
    expect(model.ran.answer.value?.names).toEqual(['(start)', 'The', 'cat', 'slept', '.']);
    expect(lab.open).toBe(1);
    model.set_text('   ');
    expect(model.text.value).toBe('The cat slept.');
    model.dispose();
    await settle();
    expect(lab.open).toBe(0);
  });
  it('that is too long is cut at a token, and the rest is counted', async () => {
    const model = make({ text: Array(45).fill('ox').join(' ') });
    model.begin();
    await settle();
    expect(model.ran.answer.value?.tokens).toHaveLength(mostTokens);
    expect(model.ran.answer.value?.cut).toBe(3 * (45 - (mostTokens - 1)));
  });
  it('has names for tokens that are not seen', () => {
    const named = (text: string) => nameOf({ id: 0, text, start: 0, end: 0 });
    expect(['␂', ' dog', '\n', ' '].map(named)).toEqual(['(start)', 'dog', '(line end)', '(space)']);
  });
});

describe('state', () => {
  it('goes there and back; nonsense falls back to heads that exist', async () => {
    const model = make();
    model.begin();
    await settle();
    model.set_text('a; b: c% d');
    model.set_head(2, 2);
    model.choose(2, 1);
    await settle();
    const other = make();
    other.from_state(model.to_state());
    expect(other.to_state()).toBe(model.to_state());
    other.from_state('t:x y z;l:50;h:-3;q:9;k:abc');
    other.begin();
    await settle();
    expect([other.layer.value, other.head.value]).toEqual([1, 1]);
    expect(other.row.value?.query).toBe(3);
    const before = other.to_state();
    for (const text of ['', 't:', 'l:2', '∅']) other.from_state(text);
    expect(other.to_state()).toBe(before);
  });
});
