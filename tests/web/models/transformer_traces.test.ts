// What is written down of the examples is what the shipped models make of them: `npm run trace:transformers` writes it anew.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { transformerExamples } from '../../../web/models/transformer_examples.ts';
import { mostTraced, type TransformerTrace, traceOf, weightsOf } from '../../../web/models/transformer_trace.ts';
import { sharedLab } from '../engine/support.ts';

const data = path.resolve(import.meta.dirname, '../../../lessons/data');
const fileOf = (model: string, id: string) => path.join(data, model, 'traces', `${id}.json`);
/** Bytes of a file at most: it comes before the weights, and is to be there at once. */
const most = 48 * 1024;

const holder = sharedLab();

describe.each(transformerExamples)('$model, $id', ({ id, model: name, text }) => {
  test('is as the model has it', async () => {
    const model = await holder.lab.transformer(name);
    const run = await model.run(text);
    const now = await traceOf(model, text, run);
    await run.dispose();
    if (now.tokens.length > mostTraced) {
      expect(existsSync(fileOf(name, id))).toBe(false);
      return;
    }
    const file = readFileSync(fileOf(name, id), 'utf8');
    expect(file.length).toBeLessThan(most);
    const { attention, guesses, ...rest } = JSON.parse(file) as TransformerTrace;
    const { attention: _, guesses: guessesNow, ...restNow } = now;
    expect(rest).toEqual(restNow);
    // Two binaries may differ in the last bits: a step of a weight, a digit of a probability.
    const [then, weights] = [weightsOf({ ...now, attention }), weightsOf(now)].map((all) => all?.flat().flatMap((one) => [...one]) ?? []);
    expect(then?.length).toBe(model.layers * model.heads * now.tokens.length ** 2);
    const furthest = Math.max(...(then ?? []).map((weight, i) => Math.abs(weight - (weights?.[i] ?? Number.NaN))));
    expect(furthest).toBeLessThan(1.5 / 255);
    for (const [place, list] of guesses.entries()) {
      for (const [i, guess] of list.entries()) {
        expect(guess.probability).toBeCloseTo(guessesNow[place]?.[i]?.probability ?? Number.NaN, 2);
        if (i === 0) expect(guess.id).toBe(guessesNow[place]?.[0]?.id);
      }
    }
  });
});

test('nothing lies there that no example asks for, and some examples of each model can be seen at once', () => {
  for (const name of ['writer', 'reader'] as const) {
    const files = readdirSync(path.join(data, name, 'traces'));
    const ids = transformerExamples.filter((one) => one.model === name).map(({ id }) => `${id}.json`);
    expect(files.filter((file) => !ids.includes(file))).toEqual([]);
    expect(files.length).toBeGreaterThanOrEqual(3);
  }
});
