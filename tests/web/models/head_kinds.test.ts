// Kinds of heads, measured on the models that the lessons ship.
import { expect, test, vi } from 'vitest';
import { LabError } from '../../../web/engine/index.ts';
import { HeadKindsModel, type HeadKindsStart, mostTokens } from '../../../web/models/head_kinds.ts';
import { findingWords, isKind } from '../../../web/models/head_kinds_words.ts';
import { TransformerSource } from '../../../web/models/transformer_source.ts';
import { sharedLab } from '../engine/support.ts';

const holder = sharedLab();

function made(start: HeadKindsStart = {}, engine = async () => holder.lab as Pick<typeof holder.lab, 'transformer'>): HeadKindsModel {
  const sources = { writer: new TransformerSource(engine, 'writer'), reader: new TransformerSource(engine, 'reader') };
  return new HeadKindsModel((name) => sources[name], start);
}
const ready = (model: HeadKindsModel) => vi.waitFor(() => expect(model.row.value).not.toBeNull(), { timeout: 20_000, interval: 20 });

test('nothing is loaded before the figure is seen; then each kind has its highest head, in words beside equal attention', async () => {
  const model = made();
  expect(model.begun).toBe(false);
  expect(model.source.loaded.value).toBeNull();
  model.begin();
  await ready(model);
  const [previous, next, first, , induction] = model.found.value;
  expect(next?.best).toBeNull();
  expect(findingWords(next as never, 'writer')).toContain('causal');
  expect(first && isKind(first)).toBe(true);
  expect(previous && isKind(previous)).toBe(true);
  expect(findingWords(previous as never, 'writer')).toMatch(
    /^On average, layer \d · head \d puts 0\.\d\d of its attention on the token before; equal attention would put 0\.\d\d there\.$/,
  );
  // The writer copies names, but not random tokens: said plainly.
  expect(induction && isKind(induction)).toBe(false);
  expect(findingWords(induction as never, 'writer')).toContain('has not grown');
  expect(induction?.own).toBeNull();
  const row = model.row.value;
  expect([...(row?.weights ?? [])].reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 4);
  expect(model.spoken.value).toContain('looks');
  model.dispose();
});

test('the other model is measured by itself; the sentence stays', async () => {
  const model = made({ text: 'The dog saw the cat.' });
  model.begin();
  await ready(model);
  const before = model.found.value[0]?.score ?? 0;
  model.set_model('reader');
  expect(model.found.value).toEqual([]);
  await ready(model);
  const [previous, next] = model.found.value;
  expect(previous?.score).toBeGreaterThan(before);
  expect(next && isKind(next)).toBe(true);
  expect(model.own.answer.value?.pass.text).toBe('The dog saw the cat.');
  model.dispose();
});

test('the address holds model, kind, sentence and place, and takes no nonsense', async () => {
  const model = made({ kind: 'first', text: 'One day Tom found a key.' });
  model.begin();
  await ready(model);
  model.choose(3);
  model.choose(99);
  expect(model.row.value?.query).toBe(3);
  const other = made();
  other.from_state(model.to_state());
  expect(other.to_state()).toBe(model.to_state());
  expect([other.kind.value, other.query.value, other.text.value]).toEqual(['first', 3, 'One day Tom found a key.']);
  const nonsense = made();
  nonsense.from_state('t.abc~k.whale~m.poet~q.-3');
  expect([nonsense.name.value, nonsense.kind.value, nonsense.query.value]).toEqual(['writer', 'previous', null]);
  model.dispose();
});

test('a long sentence is cut at a token and says so; an empty one changes nothing', async () => {
  const model = made({ text: '🙂'.repeat(60) });
  model.begin();
  await ready(model);
  const own = model.own.answer.value;
  expect(own?.pass.tokens.length).toBeLessThanOrEqual(mostTokens);
  expect(own?.cut).toBeGreaterThan(0);
  const state = model.to_state();
  model.set_text('   ');
  expect(model.to_state()).toBe(state);
  model.dispose();
});

test('a model that does not come is said, and asked for again', async () => {
  let failing = true;
  const model = made({}, async () => {
    if (failing) throw new LabError('network', 'The file did not arrive. Try again.');
    return holder.lab;
  });
  model.begin();
  await vi.waitFor(() => expect(model.failure.value?.code).toBe('network'));
  expect(model.spoken.value).toBe('The file did not arrive. Try again.');
  failing = false;
  model.retry();
  await ready(model);
  expect(model.failure.value).toBeNull();
  model.dispose();
});
