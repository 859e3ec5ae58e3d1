// One hundred odd texts through the figure's model, on the real engine and the shipped weights: each gives a sensible view or a plain notice.
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { TransformerModel } from '../../../web/models/transformer.ts';
import { shownGuesses } from '../../../web/models/transformer_guesses.ts';
import { TransformerSource } from '../../../web/models/transformer_source.ts';
import { sharedLab } from '../engine/support.ts';

const many = (text: string, times: number) => text.repeat(times);
const codes = (from: number, to: number) => String.fromCharCode(...Array.from({ length: to - from + 1 }, (_, i) => from + i));

const odd: readonly string[] = [
  // nothing, or nearly
  '', ' ', '   ', '\t', '\n', '\n\n\n', '\r\n', '\u00a0', '\u200b', '\u200b\u200b', '\ufeff', '\u2028', many(' ', 2000), many('\n', 300), '\u0000', '\u0001', '\u0000\u0001\u0000',
  // one of something
  'a', 'I', 'x', '.', '?', '0', '-', '"', "'", '[', ']', '\\', '/', '%', ';', ':', '=', '#', '&', '<', '␂', '‹c3›',
  // only punctuation
  '...', '?!?!', '“”„‟', '—–—', '----------', '(((((((', ')))', '!!!!!!!!!!!!!!!!', '., ; : ! ?', '«»‹›', '***', '@@@', '~`^|',
  // blanks of all kinds
  '[blank]', ' [blank]', '[blank][blank]', '[blank] [blank] [blank]', '[BLANK]', '[blank', 'blank]', 'The[blank]cat', many('[blank] ', 40), '[blank].', '"[blank]"',
  // other scripts
  'Привет, как дела?', '你好，世界。', 'こんにちは世界', '안녕하세요', 'مرحبا بالعالم', 'שלום עולם', 'नमस्ते दुनिया', 'Γειά σου Κόσμε', 'สวัสดีชาวโลก', 'Größe, Maß, Äpfel', 'æøåß', 'Ｆｕｌｌ ｗｉｄｔｈ',
  // emoji, joined and bare, and marks that stand by themselves
  '🙂', '👩‍👩‍👧‍👦', '🏳️‍🌈', '🇬🇧🇫🇷', many('🙂', 70), 'a\u0301e\u0300', '\u0301', many('\u0301', 30), 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A',
  // halves of characters, control characters, direction marks
  '\ud83d', '\ude00', 'a\ud83db', '\ude00\ud83d', codes(0, 31), codes(127, 159), '\u202eabc\u202c', '\u0007bell', '\x1b[31mred', '\ufffd\ufffe\uffff',
  // long
  many('The cat sat on the mat. ', 83), many('a', 2000), many('word ', 400), many('1234567890', 200), many('你', 2000), 'x'.repeat(25_000), many('no end ', 5000),
  // what looks like something else
  '<script>alert(1)</script>', 'm:reader;t:x', '%E0%A4%A', 'https://example.org/?a=1&b=2#c', 'SELECT * FROM words; --', '{"text": null}', 'NaN', 'undefined', '1e309', 'constructor __proto__',
]; // biome-ignore format: one kind a line

describe.skipIf(!existsSync('lessons/data/writer/writer.safetensors.gz') || !existsSync('lessons/data/reader/reader.safetensors.gz'))(
  'odd texts',
  () => {
    const shared = sharedLab();
    let sources: Record<string, TransformerSource>;
    beforeAll(() => {
      sources = Object.fromEntries(
        ['writer', 'reader'].map((name) => [name, new TransformerSource(async () => shared.lab, name as 'writer')]),
      );
    });

    it('are a hundred or more, each another', () => {
      expect(new Set(odd).size).toBe(odd.length);
      expect(odd.length).toBeGreaterThanOrEqual(100);
    });

    for (const name of ['writer', 'reader'] as const) {
      it(`are shown by the ${name}, or it says plainly why not`, { timeout: 120_000 }, async () => {
        const model = new TransformerModel(
          { source: (one) => sources[one] as TransformerSource, trace: async () => null },
          { model: name, text: 'The dog.' },
        );
        model.begin();
        let refused = 0;
        for (const text of odd) {
          model.set_text(text);
          await until(() => settled(model), text);
          const about = JSON.stringify(text.slice(0, 40));
          expect(model.failure.value, about).toBeNull();
          expect(model.text.value, about).toBe(text);
          expect(model.spoken.value, about).not.toMatch(/NaN|undefined|null/.test(text) ? /^$/ : /NaN|undefined|null|^$/);
          expect(() => encodeURIComponent(model.to_state()), about).not.toThrow();
          if (model.tooLong.value) {
            refused++;
            expect(text.length, about).toBeGreaterThan(120);
            expect(model.tooLong.value.words, about).toMatch(/characters/);
            expect(model.tooLong.value.fits, about).toBeGreaterThan(0);
            continue;
          }
          const pass = model.shown.value?.now;
          const count = pass?.tokens.length ?? 0;
          expect(pass?.text, about).toBe(text);
          expect(
            pass?.names.every((one) => one.trim() !== ''),
            about,
          ).toBe(true);
          expect(pass?.weights.flat(), about).toHaveLength(36);
          for (const weights of pass?.weights.flat() ?? []) {
            for (let t = 0; t < count; t++) {
              const sum = weights.subarray(t * count, (t + 1) * count).reduce((total, one) => total + one, 0);
              expect(Math.abs(sum - 1), about).toBeLessThan(1e-4);
            }
          }
          const rows = model.guessed.answer.value?.rows ?? [];
          expect(rows, about).toHaveLength(shownGuesses);
          for (const { now } of rows) expect(now.probability > 0 && now.probability <= 1 && Number.isFinite(now.logit), about).toBe(true);
        }
        expect(refused).toBeGreaterThan(3);
        expect(refused).toBeLessThan(12);
        model.dispose();
      });
    }
  },
);

/** A view of this text, or a notice. */
function settled({ ran, guessed, tooLong, failure, late, shown }: TransformerModel): boolean {
  if (ran.pending.value || guessed.pending.value) return false;
  if (tooLong.value || failure.value) return true;
  return !late.value && shown.value !== null && guessed.answer.value?.pass === shown.value.now;
}

async function until(done: () => boolean, text: string): Promise<void> {
  for (let i = 0; i < 2000; i++) {
    if (done()) return;
    await new Promise((go) => setTimeout(go, 5));
  }
  throw new Error(`no view and no notice of ${JSON.stringify(text.slice(0, 40))}`);
}
