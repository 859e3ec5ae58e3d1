import { beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../web/engine/index.ts';
import { TransformerModel } from '../../../web/models/transformer.ts';
import { isOff } from '../../../web/models/transformer_changes.ts';
import { transformerExamples } from '../../../web/models/transformer_examples.ts';
import { chance, movedWords, shownGuesses } from '../../../web/models/transformer_guesses.ts';
import { TransformerSource } from '../../../web/models/transformer_source.ts';
import { type TransformerTrace, traceOf } from '../../../web/models/transformer_trace.ts';
import type { TransformerStart } from '../../../web/models/transformer_view.ts';
import { changeWords, workOf } from '../../../web/models/transformer_words.ts';
import { type FakeTransformerLab, fakeTransformerLab } from '../fake_transformer_lab.ts';

let lab: FakeTransformerLab;
let traces: Record<string, TransformerTrace>;
let sources: Record<string, TransformerSource>;
beforeEach(() => {
  lab = fakeTransformerLab();
  traces = {};
  sources = Object.fromEntries(['writer', 'reader'].map((name) => [name, new TransformerSource(async () => lab, name as 'writer')]));
});
const make = (start: TransformerStart = { text: 'Anna saw the dog.' }) =>
  new TransformerModel(
    { source: (name) => sources[name] as TransformerSource, trace: async (name, id) => traces[`${name}/${id}`] ?? null },
    start,
  );
const settle = async (wait = 8) => new Promise((done) => setTimeout(done, wait));
const begun = async (start?: TransformerStart) => {
  const model = make(start);
  model.begin();
  await settle();
  return model;
};
const names = (model: TransformerModel) => model.shown.value?.now.names;
const rows = (model: TransformerModel) => model.guessed.answer.value?.rows.map(({ id }) => id);

describe('a text', () => {
  it('is not run before it is asked for; then its heads, one row and the guesses after the last token are known', async () => {
    const model = make();
    await settle();
    expect(lab.loaded).toEqual({});
    expect(model.spoken.value).toBe('');
    model.begin();
    await settle();
    expect(lab.loaded).toEqual({ writer: 1 });
    expect(names(model)).toEqual(['(start)', 'Anna', 'saw', 'the', 'dog', '.']);
    expect(model.row.value).toMatchObject({ query: 5, key: 4, seen: 6 });
    expect(model.guessed.answer.value?.place).toBe(5);
    expect(rows(model)).toHaveLength(shownGuesses);
    expect(model.spoken.value).toMatch(
      /^Layer 1, head 1\. “\.” looks mostly at dog, 9\d %.*After “\.” the writer expects “word\d+” \d+\s%/,
    );
  });

  it('that is typed while another is run is run next, and only the newest; what is not shown any more is given back', async () => {
    const model = await begun();
    for (const text of ['The', 'The ca', 'The cat', 'The cat slept.']) model.set_text(text);
    await settle();
    expect(names(model)).toEqual(['(start)', 'The', 'cat', 'slept', '.']);
    expect(lab.runs.map(({ text }) => text.slice(1))).toEqual(['Anna saw the dog.', 'The', 'The cat slept.']);
    expect(lab.open).toBe(1);
    model.dispose();
    await settle();
    expect(lab.open).toBe(0);
  });

  it('stays as it was typed, also empty, and the last picture stays until the next one is there', async () => {
    const model = await begun();
    model.set_text('  Two   ');
    expect(model.late.value).toBe(true);
    expect(names(model)).toHaveLength(6);
    await settle();
    expect([model.text.value, model.late.value]).toEqual(['  Two   ', false]);
    model.set_text('');
    await settle();
    expect(names(model)).toEqual(['(start)']);
    expect(model.guessed.answer.value?.place).toBe(0);
  });

  it('that is too long says how much fits, and keeps both the text and the picture before', async () => {
    const model = await begun();
    const long = 'ox '.repeat(60);
    model.set_text(long);
    await settle();
    expect(model.text.value).toBe(long);
    expect(model.tooLong.value?.words).toMatch(/61 tokens.*reads 40/);
    expect(model.failure.value).toBeNull();
    expect(model.spoken.value).toBe(model.tooLong.value?.words);
    expect(names(model)).toHaveLength(6);
    model.set_text(long.slice(0, model.tooLong.value?.fits));
    await settle();
    expect(model.tooLong.value).toBeNull();
    expect(names(model)).toHaveLength(40);
    model.set_text('x'.repeat(30_000));
    await settle();
    expect(model.tooLong.value?.words).toContain('30000 characters');
  });

  it('comes with the place that the author named', async () => {
    const model = await begun({ text: 'Anna saw the dog.', place: 'saw', layer: 2, head: 2 });
    expect(model.row.value).toMatchObject({ query: 2, key: 0, seen: 3 });
    expect(model.guessed.answer.value?.place).toBe(2);
  });
});

describe('loading', () => {
  it('shows what was written down meanwhile, and the numbers themselves when the model is here', async () => {
    const example = transformerExamples[0] as (typeof transformerExamples)[number];
    const writer = await fakeTransformerLab().transformer('writer');
    traces['writer/tired-dog'] = await traceOf(writer, example.text, await writer.run(await writer.tokens(example.text)));
    lab.hold = true;
    const model = await begun({});
    expect(model.trained).toBeNull();
    expect(names(model)?.slice(0, 3)).toEqual(['(start)', 'The', 'dog']);
    expect(model.shown.value?.now.run).toBeNull();
    expect(model.row.value?.key).toBe(model.row.value && model.row.value.query - 1);
    expect(rows(model)).toHaveLength(8);
    expect(model.late.value).toBe(false);
    model.set_text('Another text');
    expect(model.late.value).toBe(true);
    expect(names(model)?.slice(0, 3)).toEqual(['(start)', 'The', 'dog']);
    lab.release?.();
    await settle();
    expect(names(model)).toEqual(['(start)', 'Another', 'text']);
    expect(model.shown.value?.now.run).not.toBeNull();
  });

  it('that fails says why, and is tried again', async () => {
    lab.failNext = new LabError('no-file', 'The lab came without the writer.');
    const model = await begun();
    expect(model.failure.value?.code).toBe('no-file');
    expect(model.spoken.value).toBe('The lab came without the writer.');
    model.retry();
    await settle();
    expect(model.failure.value).toBeNull();
    expect(names(model)).toHaveLength(6);
  });

  it('again after the engine stopped runs everything anew', async () => {
    const model = await begun();
    model.toggle({ layer: 1, head: 1 });
    await settle();
    lab.kill();
    model.choose(2);
    await settle();
    expect(model.failure.value?.code).toBe('disposed');
    model.retry();
    await settle();
    expect(model.failure.value).toBeNull();
    expect(model.guessed.answer.value).toMatchObject({ place: 2, placeBefore: 2 });
    expect(lab.runs).toHaveLength(4);
  });

  it('of the other model keeps the picture, and begins at its blank', async () => {
    const model = await begun({ text: 'The [blank] slept.' });
    expect(model.chosen.value).toBe(4);
    model.set_model('reader');
    expect(model.late.value).toBe(true);
    await settle();
    expect(model.shown.value?.now.causal).toBe(false);
    expect(model.chosen.value).toBe(2);
    expect(model.row.value?.seen).toBe(5);
    expect(model.spoken.value).toContain('In the blank the reader puts');
  });
});

describe('heads', () => {
  it('are chosen, and only those that are there', async () => {
    const model = await begun();
    model.set_head(2, 2);
    await settle();
    expect(model.seen.answer.value).toMatchObject({ layer: 2, head: 2 });
    expect(model.row.value?.key).toBe(0);
    for (const [layer, head] of [
      [3, 1],
      [1, 3],
      [0, 1],
      [1, 0],
    ] as const)
      model.set_head(layer, head);
    expect([model.layer.value, model.head.value]).toEqual([2, 2]);
  });

  it('are switched off, several at once, and the same tokens are compared with what they had', async () => {
    const model = await begun();
    model.toggle({ layer: 1, head: 2 });
    model.toggle({ layer: 2, head: 1 }, { layer: 2, head: 2 });
    await settle();
    expect(lab.runs.at(-1)?.ablate).toBe('1.2,2.1,2.2');
    const seven = model.guessed.answer.value?.rows.find(({ id }) => id === 7);
    expect(seven?.now.probability).toBeGreaterThan(seven?.before?.probability ?? 1);
    const compared = model.guessed.answer.value?.rows ?? [];
    expect(compared.every(({ before }) => before !== null)).toBe(true);
    expect(compared.map(({ now }) => now.probability)).toEqual(compared.map(({ now }) => now.probability).sort((a, b) => b - a));
    expect(changeWords(model.changes.value, model.shown.value as never)).toEqual(['Off: layer 1, head 2; layer 2, heads 1 and 2.']);
    expect(model.spoken.value).toMatch(/^Off: layer 1, head 2;/);
    model.toggle({ layer: 2, head: 1 }, { layer: 2, head: 2 });
    expect(model.changes.value.off).toEqual([{ layer: 1, head: 2 }]);
    model.undo();
    expect(isOff(model.changes.value.off, 2, 1)).toBe(true);
    model.set_back();
    await settle();
    expect(model.guessed.answer.value?.before).toBeNull();
    expect(model.shown.value?.now).toBe(model.shown.value?.before);
    expect(lab.open).toBe(1);
    model.undo();
    expect(model.changes.value.off).toHaveLength(3);
  });

  it('stay off when the text changes; what hangs on its places does not', async () => {
    const model = await begun();
    model.toggle({ layer: 1, head: 1 });
    model.set_edit({ place: 4, word: 'cat' });
    model.set_text('Ben saw the dog.');
    await settle();
    expect(model.changes.value).toEqual({ off: [{ layer: 1, head: 1 }], edit: null, graft: null });
    expect(lab.runs.at(-1)).toMatchObject({ text: '␂Ben saw the dog.', ablate: '1.1' });
  });
});

describe('a token', () => {
  it('is replaced where it stands; the chosen place stays on its token', async () => {
    const model = await begun();
    model.choose(4);
    model.set_edit({ place: 2, word: ' looked  for ' });
    await settle();
    expect(names(model)).toEqual(['(start)', 'Anna', 'looked', 'for', 'the', 'dog', '.']);
    expect([model.text.value, model.chosen.value]).toEqual(['Anna saw the dog.', 5]);
    expect(model.guessed.answer.value).toMatchObject({ place: 5, placeBefore: 4 });
    expect(changeWords(model.changes.value, model.shown.value as never)).toEqual(['“looked for” stands in the place of “saw”.']);
    model.set_edit(null);
    await settle();
    expect([names(model)?.[2], model.chosen.value]).toEqual(['saw', 4]);
  });

  it('is not replaced by nothing, by itself, or before the beginning', async () => {
    const model = await begun();
    for (const edit of [
      { place: 0, word: 'x' },
      { place: 2, word: ' ' },
      { place: 2, word: 'saw' },
      { place: 99, word: 'x' },
    ])
      model.set_edit(edit);
    expect(model.changes.value.edit).toBeNull();
    expect(model.past.value).toEqual([]);
  });
});

describe('a state', () => {
  it('of another sentence is put in where the reader chose, and taken out', async () => {
    const model = await begun();
    model.set_other('The king slept');
    await settle();
    expect(model.shown.value?.other?.names).toEqual(['(start)', 'The', 'king', 'slept']);
    model.choose(4);
    model.set_graft({ layer: 2, from: 2 });
    await settle();
    const king = model.shown.value?.other?.tokens[2]?.id;
    expect(lab.runs.at(-1)?.patch).toBe(`2,4:2,${king},0,0`);
    expect(rows(model)?.[0]).toBe(9);
    expect(movedWords(model.guessed.answer.value as never)).toMatch(/^The likeliest is now “word9”, 100\s%, before/);
    expect(model.spoken.value).toMatch(/^At “dog” the state that leaves layer 2 is that of “king” in “The king slept”\./);
    model.set_graft(null);
    await settle();
    expect(model.guessed.answer.value?.before).toBeNull();
  });

  it('of a place or a layer that is not there is passed over', async () => {
    const model = await begun();
    for (const graft of [
      { layer: 7, from: 1 },
      { layer: 1, from: 30 },
    ]) {
      model.set_graft(graft);
      await settle();
      expect(model.shown.value?.changes.graft).toBeNull();
      expect(model.failure.value).toBeNull();
    }
  });
});

describe('state', () => {
  it('goes there and back, all of it', async () => {
    const model = await begun({ model: 'reader', text: 'a; b: c% [blank] d' });
    model.set_head(2, 2);
    model.choose(3, 1);
    model.toggle({ layer: 1, head: 2 });
    model.set_edit({ place: 2, word: 'x=y;z' });
    await settle();
    model.set_other('other; one');
    model.set_graft({ layer: 1, from: 1 });
    await settle();
    const state = model.to_state();
    const other = await begun({});
    other.from_state(state);
    await settle();
    expect(other.to_state()).toBe(state);
    expect(names(other)).toEqual(names(model));
    expect(other.shown.value?.changes).toEqual(model.shown.value?.changes);
    expect(other.shown.value?.changes).toMatchObject({ edit: { place: 2, word: 'x=y;z' }, graft: { layer: 1, from: 1 } });
    expect(rows(other)).toEqual(rows(model));
  });

  it('that is nonsense is left alone, or mended', async () => {
    const model = await begun();
    const before = model.to_state();
    for (const text of ['', 'm:', 'm:poet;t:x', 't:y', '∅', 'l:2']) model.from_state(text);
    expect(model.to_state()).toBe(before);
    model.from_state('m:writer;t:x y;l:50;h:-3;p:900;k:abc;off:9.9,1.1,1.1,z;e:0=q;g:1,2');
    await settle();
    expect([model.layer.value, model.head.value, model.chosen.value]).toEqual([1, 1, 2]);
    expect(lab.runs.at(-1)?.ablate).toBe('1.1');
    expect(model.failure.value).toBeNull();
  });

  it('can stand in an address whatever was typed', async () => {
    const model = await begun();
    for (const text of ['half \uD83D of one', '\uDE00', '🙂', '\u0000\u0007', 'x'.repeat(5000)]) {
      model.set_text(text);
      await settle();
      expect(() => encodeURIComponent(model.to_state())).not.toThrow();
      expect(model.to_state().length).toBeLessThan(4200);
    }
  });
});

describe('words', () => {
  it('for chances and for work', () => {
    expect([0.5, 0.0231, 0.00021, 1e-7, 0].map(chance)).toEqual([
      '50\u00a0%',
      '2.3\u00a0%',
      '0.02\u00a0%',
      'under 0.01\u00a0%',
      '0.00\u00a0%',
    ]);
    expect(workOf({ dot: 44_970_432, other: 533_559 }).words).toBe(
      '44,970,432 multiply-adds inside dot products, and 533,559 other steps: 98.8 % of the arithmetic is multiply, then sum.',
    );
  });
});
