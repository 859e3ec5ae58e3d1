// The transformers that the lessons ship, against an independent forward pass in double, straight from their files; and pinned numbers.
// `DOT_GOLDEN=write npx vitest run tests/web/engine/shipped_transformers.test.ts` writes the pins anew, after a better model was trained.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sharedLab } from './support.ts';

type Tensors = Record<string, Float64Array>;

/** A safetensors file with int8 codes and a scale per row, as doubles. */
function readModel(file: string): { tensors: Tensors; metadata: Record<string, string> } {
  const bytes = gunzipSync(readFileSync(file));
  const size = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + size).toString()) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  > & { __metadata__: Record<string, string> };
  const { __metadata__: metadata, ...entries } = header;
  const raw = (name: string) => {
    const { dtype, data_offsets } = entries[name] as (typeof entries)[string];
    const part = bytes.subarray(8 + size + data_offsets[0], 8 + size + data_offsets[1]);
    const copy = part.buffer.slice(part.byteOffset, part.byteOffset + part.length);
    return dtype === 'I8' ? new Int8Array(copy) : dtype === 'U16' ? new Uint16Array(copy) : new Float32Array(copy);
  };
  const tensors: Tensors = {};
  for (const [name, { dtype, shape }] of Object.entries(entries)) {
    const values = raw(name);
    const scales = dtype === 'I8' ? raw(`${name}.scale`) : undefined;
    const columns = shape.at(-1) as number;
    // A weight is a float: code times scale is rounded once.
    tensors[name] = Float64Array.from(values, (value, i) =>
      scales ? Math.fround(value * (scales[Math.floor(i / columns)] as number)) : value,
    );
  }
  return { tensors, metadata };
}

const EPSILON = 1e-5;

/** out[T, O] = rows[T, I] · weights[I, O] */
function multiply(rows: number[][], weights: Float64Array): number[][] {
  const inputs = rows[0]?.length ?? 0;
  const outputs = weights.length / inputs;
  return rows.map((row) =>
    Array.from({ length: outputs }, (_, o) => row.reduce((sum, x, i) => sum + x * (weights[i * outputs + o] as number), 0)),
  );
}

const normed = (row: number[], gain: Float64Array) => {
  const r = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0) / row.length + EPSILON);
  return row.map((x, i) => (x / r) * (gain[i] as number));
};

const softmax = (scores: number[]) => {
  const most = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - most));
  const total = weights.reduce((sum, x) => sum + x, 0);
  return weights.map((x) => x / total);
};

const gelu = (z: number) => 0.5 * z * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)));

/** The whole pass from its definition (Vaswani et al. 2017; GPT-2's form), in double. */
function forward(t: Tensors, ids: number[], layers: number, heads: number, causal: boolean) {
  const width = (t.final_norm as Float64Array).length;
  const d = width / heads;
  const tensor = (name: string) => t[name] as Float64Array;
  const rowOf = (name: string, r: number) => Array.from(tensor(name).subarray(r * width, (r + 1) * width));
  const add = (a: number[][], b: number[][]) => a.map((row, n) => row.map((x, i) => x + (b[n]?.[i] as number)));
  let x = ids.map((id, n) => rowOf('tokens', id).map((value, i) => value + (tensor('positions')[n * width + i] as number)));
  const hidden = [x];
  const attention: number[][][][] = [];
  for (let l = 1; l <= layers; ++l) {
    const part = (name: string) => tensor(`layers.${l}.${name}`);
    const qkv = multiply(
      x.map((row) => normed(row, part('norm1'))),
      part('qkv'),
    );
    const cut = (row: number[], which: number, h: number) => row.slice(which * width + h * d, which * width + (h + 1) * d);
    const mixed = x.map(() => [] as number[]);
    attention.push([]);
    for (let h = 0; h < heads; ++h) {
      const weights = qkv.map((row, n) => {
        const q = cut(row, 0, h);
        const seen = causal ? qkv.slice(0, n + 1) : qkv;
        return softmax(seen.map((other) => cut(other, 1, h).reduce((sum, k, i) => sum + k * (q[i] as number), 0) / Math.sqrt(d)));
      });
      attention[l - 1]?.push(weights);
      weights.forEach((row, n) => {
        for (let i = 0; i < d; ++i) mixed[n]?.push(row.reduce((sum, w, s) => sum + w * (cut(qkv[s] as number[], 2, h)[i] as number), 0));
      });
    }
    x = add(x, multiply(mixed, part('output')));
    const up = multiply(
      x.map((row) => normed(row, part('norm2'))),
      part('up'),
    );
    x = add(
      x,
      multiply(
        up.map((row) => row.map(gelu)),
        part('down'),
      ),
    );
    hidden.push(x);
  }
  const final = x.map((row) => normed(row, tensor('final_norm')));
  const vocabulary = tensor('tokens').length / width;
  const logits = final.map((row) =>
    Array.from({ length: vocabulary }, (_, v) =>
      row.reduce((sum, value, i) => sum + value * (tensor('tokens')[v * width + i] as number), 0),
    ),
  );
  return { hidden, attention, logits };
}

const shared = sharedLab();
const pins = 'tests/web/engine/golden_traces.json';
const golden = existsSync(pins) ? JSON.parse(readFileSync(pins, 'utf8')) : {};

const sentences = {
  writer: 'Once upon a time there was a little girl who lived near the river.',
  reader: 'The [blank] approved the loan.',
} as const;

for (const name of ['writer', 'reader'] as const) {
  const file = `lessons/data/${name}/${name}.safetensors.gz`;
  describe.skipIf(!existsSync(file))(name, () => {
    test('every state, every head and every logit equal an independent pass in double', { timeout: 120_000 }, async () => {
      const model = await shared.lab.transformer(name);
      const run = await model.run(sentences[name]);
      const { tensors } = readModel(file);
      const exact = forward(
        tensors,
        run.tokens.map(({ id }) => id),
        model.layers,
        model.heads,
        model.causal,
      );
      const T = run.tokens.length;
      const worst = (data: Float32Array, rows: number[][]) => {
        const columns = data.length / rows.length;
        return Math.max(...rows.flatMap((row, n) => row.map((value, i) => Math.abs((data[n * columns + i] as number) - value))));
      };
      for (let l = 0; l <= model.layers; ++l) {
        const size = Math.max(...(exact.hidden[l] as number[][]).flat().map(Math.abs));
        expect(worst((await run.hidden(l)).data, exact.hidden[l] as number[][]) / size).toBeLessThan(1e-4);
      }
      const all = await run.allAttention();
      for (let l = 0; l < model.layers; ++l)
        for (let h = 0; h < model.heads; ++h) {
          const rows = ((exact.attention[l] as number[][][])[h] as number[][]).map((row) => [...row, ...Array(T - row.length).fill(0)]);
          expect(worst(all[l]?.[h]?.data as Float32Array, rows)).toBeLessThan(1e-4);
        }
      expect(worst((await run.logits()).data, exact.logits)).toBeLessThan(2e-3);
      await run.dispose();
    });

    test('its numbers are those that were pinned', async () => {
      const model = await shared.lab.transformer(name);
      const run = await model.run(sentences[name]);
      const place = name === 'writer' ? run.tokens.length - 1 : run.tokens.findIndex(({ id }) => id === 1);
      const guesses = await run.guesses(place, { count: 5 });
      const { weights } = await run.attention(2, 3);
      const { data } = await run.hidden(model.layers);
      const round = (values: ArrayLike<number>) => Array.from(values, (value) => Number(value.toPrecision(6)));
      const trace = {
        tokens: run.tokens.map(({ id }) => id),
        guesses: guesses.map(({ text }) => text),
        probabilities: round(guesses.map(({ probability }) => probability)),
        weights: round(weights.data.slice(-weights.columns)),
        state: round(data.slice(0, 8)),
        figures: { ...model.figures },
      };
      if (process.env.DOT_GOLDEN === 'write') {
        golden[name] = trace;
        writeFileSync(pins, `${JSON.stringify(golden, null, 2)}\n`);
      }
      const pinned = golden[name] as typeof trace;
      const { probabilities, weights: row, state, ...exact } = trace;
      expect({ ...pinned, ...exact }).toEqual(pinned);
      // simd128 and relaxed SIMD agree within this, and figures are shown at no more digits.
      const near = (found: number[], wanted: number[], within: number) => {
        expect(found.length).toBe(wanted.length);
        for (const [i, value] of wanted.entries()) expect(Math.abs((found[i] as number) - value)).toBeLessThan(within);
      };
      near(probabilities, pinned.probabilities, 1e-4);
      near(row, pinned.weights, 1e-4);
      near(state, pinned.state, 1e-3);
      await run.dispose();
    });
  });
}
