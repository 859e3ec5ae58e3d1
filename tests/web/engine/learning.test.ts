// Learning through the public interface: examples, networks, training, and what they refuse.
import { describe, expect, test } from 'vitest';
import type { Examples, Network } from '../../../web/engine/index.ts';
import { refusal, sharedLab, uniforms } from './support.ts';

const holder = sharedLab();
const classes = ['left', 'right'];

/** n points of two classes, left and right of a slanting line. */
function points(n: number, seed: number): Promise<Examples> {
  const next = uniforms(seed);
  const data = Float32Array.from({ length: 2 * n }, next);
  const labels = Array.from({ length: n }, (_, i) => ((data[2 * i] as number) + 0.5 * (data[2 * i + 1] as number) > 0.1 ? 1 : 0));
  return holder.lab.examples({ rows: { rows: n, columns: 2, data }, labels, classes });
}

const newNetwork = (hidden: number[] = [], seed = 3): Promise<Network> =>
  holder.lab.newNetwork({ inputs: 2, hidden, classes, activation: 'tanh', seed });

describe('examples', () => {
  test('come back as they were given', async () => {
    const rows = { rows: 3, columns: 2, data: [1, 2, 3, 4, 5, 6] };
    const examples = await holder.lab.examples({ rows, labels: [0, 1, 1], classes });
    expect([examples.count, examples.inputs, examples.classes]).toEqual([3, 2, classes]);
    expect([...(await examples.rows(1, 2)).data]).toEqual([3, 4, 5, 6]);
    expect([...(await examples.labels())]).toEqual([0, 1, 1]);
    await examples.dispose();
    expect((await refusal(examples.labels())).code).toBe('disposed');
  });

  test('are cut in two by seed, every row in one part', async () => {
    const all = await points(20, 1);
    const [one, again, other] = await Promise.all([5, 5, 6].map((seed) => all.split({ heldOut: 6, seed })));
    const held = async (part: typeof one) => [...(await part!.heldOut.rows(0, 6)).data];
    expect([one!.train.count, one!.heldOut.count]).toEqual([14, 6]);
    expect(await held(one)).toEqual(await held(again));
    expect(await held(one)).not.toEqual(await held(other));
    const back = [...(await one!.train.rows(0, 14)).data, ...(await held(one))].sort();
    expect(back).toEqual([...(await all.rows(0, 20)).data].sort());
  });

  test('are standardised by their own columns, and others by the same', async () => {
    const data = [1, 7, 3, 7, 5, 7];
    const all = await holder.lab.examples({ rows: { rows: 3, columns: 2, data }, labels: [0, 1, 0], classes });
    const { examples, means, deviations } = await all.standardize();
    expect([...means]).toEqual([3, 7]);
    expect(deviations[0]).toBeCloseTo(Math.sqrt(8 / 3), 6);
    expect(deviations[1]).toBe(1);
    const rows = await examples.rows(0, 3);
    expect(rows.data[0]).toBeCloseTo(-2 / Math.sqrt(8 / 3), 5);
    const again = await all.standardize({ means, deviations });
    expect([...(await again.examples.rows(0, 3)).data]).toEqual([...rows.data]);
  });

  test.each([
    ['a label that is no class', { rows: { rows: 1, columns: 1, data: [1] }, labels: [2], classes }, 'out-of-range'],
    ['fewer labels than rows', { rows: { rows: 2, columns: 1, data: [1, 2] }, labels: [0], classes }, 'length-mismatch'],
    ['one class', { rows: { rows: 1, columns: 1, data: [1] }, labels: [0], classes: ['a'] }, 'out-of-range'],
    ['the same class twice', { rows: { rows: 1, columns: 1, data: [1] }, labels: [0], classes: ['a', 'a'] }, 'bad-word'],
    ['a row that is not finite', { rows: { rows: 1, columns: 1, data: [Number.NaN] }, labels: [0], classes }, 'not-finite'],
    ['data that does not fit', { rows: { rows: 2, columns: 2, data: [1] }, labels: [0, 1], classes }, 'bad-shape'],
  ])('refuse %s', async (_, input, code) => {
    expect((await refusal(holder.lab.examples(input))).code).toBe(code);
  });
});

describe('digits', () => {
  test('are drawn by seed, row by row', async () => {
    const [few, more] = await Promise.all([10, 30].map((count) => holder.lab.strokeDigits({ count, seed: 4 })));
    const a = await few!.rows(0, 10);
    expect(a.columns).toBe(784);
    expect(Math.min(...a.data)).toBe(0);
    expect(Math.max(...a.data)).toBeLessThanOrEqual(1);
    expect([...(await more!.rows(0, 10)).data]).toEqual([...a.data]);
    expect(new Set(await few!.labels()).size).toBe(10);
  });

  test('a drawing is put in the middle, as MNIST has it', async () => {
    const drawn = await holder.lab.rasterize([[0.1, 0.1, 0.1, 0.3]]);
    expect(drawn.length).toBe(784);
    let [mass, x, y] = [0, 0, 0];
    drawn.forEach((ink, i) => {
      mass += ink;
      x += ink * (i % 28);
      y += ink * Math.floor(i / 28);
    });
    expect(mass).toBeGreaterThan(10);
    expect(Math.abs(x / mass - 13.5)).toBeLessThan(0.75);
    expect(Math.abs(y / mass - 13.5)).toBeLessThan(0.75);
  });

  test('files that are not MNIST’s are refused by name', async () => {
    const error = await refusal(holder.lab.idxDigits(new Uint8Array([1, 2, 3]), new Uint8Array(8)));
    expect(error.code).toBe('bad-file');
    expect((await refusal(holder.lab.idxDigits(new Uint8Array([0x1f, 0x8b, 1]), new Uint8Array(8)))).message).toContain('images');
  });
});

describe('a network', () => {
  test('computes what its layers say, and every number of it unfolds', async () => {
    const network = await newNetwork();
    await network.setLayers([{ weights: { rows: 2, columns: 2, data: [1, 2, -3, 0.5] }, biases: [0.25, -1] }]);
    const forward = await network.forward([2, -1], { temperature: 2 });
    expect([...forward.logits.data]).toEqual([0.25, -7.5]);
    expect(forward.predicted[0]).toBe(0);
    const share = 1 / (1 + Math.exp(-7.75 / 2));
    expect(forward.probabilities.data[0]).toBeCloseTo(share, 6);
    const logit = await forward.explain('network/logit[0][1]');
    expect(logit.result).toBe(-7.5);
    const row = logit.terms.find((term) => term.address.startsWith('network/row'));
    const dot = await forward.explain(row!.address);
    expect(dot.kind).toBe('dot');
    expect([...dot.products]).toEqual([-6, -0.5]);
    const probability = await forward.explain('network/probability[0][0]');
    expect(probability.result).toBe(forward.probabilities.data[0]);
    expect(probability.check.difference).toBeLessThanOrEqual(probability.check.bound);
  });

  test('an explanation of weights that have changed since is refused', async () => {
    const network = await newNetwork();
    const forward = await network.forward([1, 1]);
    await network.setRow(1, 0, { weights: [1, 1], bias: 0 });
    expect((await refusal(forward.explain('network/logit[0][0]'))).code).toBe('changed');
  });

  test('a copy goes its own way', async () => {
    const network = await newNetwork();
    const copy = await network.copy();
    await copy.setRow(1, 0, { weights: [9, 9], bias: 9 });
    expect((await network.layer(1)).biases[0]).toBe(0);
    expect((await copy.layer(1)).biases[0]).toBe(9);
  });

  test('the flip lands on the other side of the border, and nothing shorter does', async () => {
    const network = await newNetwork();
    await network.setLayers([{ weights: { rows: 2, columns: 2, data: [1, 0, 0, 2] }, biases: [0, 0.5] }]);
    const x = [2, -1];
    const flip = await network.flip(x);
    expect([flip.from, flip.to]).toEqual([0, 1]);
    expect((await network.forward(flip.changed)).predicted[0]).toBe(1);
    const margin = 2 - (-2 + 0.5);
    expect(flip.distance).toBeCloseTo(margin / Math.sqrt(5), 3);
    const short = x.map((value, i) => value + 0.98 * ((flip.changed[i] as number) - value));
    expect((await network.forward(short)).predicted[0]).toBe(0);
    expect((await refusal((await newNetwork([2])).flip(x))).code).toBe('bad-option');
  });

  test.each([
    ['wrong inputs', (network: Network) => network.forward([1]), 'length-mismatch'],
    ['a temperature of 0', (network: Network) => network.forward([1, 2], { temperature: 0 }), 'out-of-range'],
    ['a loss at another temperature', (network: Network) => network.forward([1, 2], { labels: [0], temperature: 2 }), 'out-of-range'],
    ['NaN', (network: Network) => network.forward([1, Number.NaN]), 'not-finite'],
    ['a layer that is not there', (network: Network) => network.layer(2), 'out-of-range'],
    ['a row of another length', (network: Network) => network.setRow(1, 0, { weights: [1], bias: 0 }), 'length-mismatch'],
    ['layers of another shape', (network: Network) => network.setLayers([]), 'bad-shape'],
    ['an unknown address', async (network: Network) => (await network.forward([1, 2])).explain('network/nonsense'), 'unknown-address'],
  ])('refuses %s', async (_, act, code) => {
    expect((await refusal(act(await newNetwork()))).code).toBe(code);
  });

  test.each([
    ['no inputs', { inputs: 0, classes }, 'out-of-range'],
    ['one class', { inputs: 1, classes: ['a'] }, 'out-of-range'],
    ['nine hidden layers', { inputs: 1, classes, hidden: Array(9).fill(2) }, 'out-of-range'],
    ['an unknown activation', { inputs: 1, classes, activation: 'step' as 'relu' }, 'bad-option'],
  ])('is not made with %s', async (_, options, code) => {
    expect((await refusal(holder.lab.newNetwork(options))).code).toBe(code);
  });

  test('the shipped ones are there, with what was measured', async () => {
    const network = await holder.lab.network('digits');
    expect([network.inputs, network.classes.length, network.hidden]).toEqual([784, 10, []]);
    expect(network.figures.accuracy).toBeGreaterThan(0.8);
    const digits = await holder.lab.strokeDigits({ count: 200, seed: 1 });
    const evaluation = await network.evaluate(digits);
    expect(evaluation.count).toBe(200);
    expect(evaluation.confusion.reduce((sum, n) => sum + n, 0)).toBe(200);
    expect(evaluation.accuracy).toBeGreaterThan(0.5);
    expect((await refusal(holder.lab.network('nothing' as 'digits'))).code).toBe('bad-option');
  });
});

describe('training', () => {
  const settings = { rate: 0.05, batch: 8, seed: 7, every: 10, optimizer: 'adam' } as const;

  async function begin(hidden = [4]) {
    const { train, heldOut } = await (await points(100, 2)).split({ heldOut: 20, seed: 1 });
    const network = await newNetwork(hidden);
    return { network, training: await network.train(train, { ...settings, heldOut }) };
  }

  test('learns, and the curve does not depend on how the run was cut', async () => {
    const [whole, cut] = [await begin(), await begin()];
    await whole.training.run({ steps: 200 });
    for (const steps of [1, 2, 57, 100, 40]) await cut.training.run({ steps });
    const [a, b] = [await whole.training.curve(), await cut.training.curve()];
    expect(a).toEqual(b);
    expect(a.map((point) => point.step)).toEqual(Array.from({ length: 21 }, (_, i) => 10 * i));
    expect(a.at(-1)!.loss).toBeLessThan(0.5 * a[0]!.loss);
    expect(a.at(-1)!.heldOutAccuracy).toBeGreaterThan(0.85);
    expect([...(await whole.network.layer(1)).weights.data]).toEqual([...(await cut.network.layer(1)).weights.data]);
  });

  test('goes on from what was saved, to the last bit', async () => {
    const [one, other] = [await begin(), await begin()];
    await one.training.run({ steps: 33 });
    await other.training.restore(await one.training.save());
    const [a, b] = await Promise.all([one, other].map(({ training }) => training.run({ steps: 50 })));
    expect(a).toEqual(b);
    expect((await refusal(one.training.restore(new Uint8Array(12)))).code).toBe('bad-file');
  });

  test('one step, unfolded down to its dot product over the batch', async () => {
    const { network, training } = await begin([]);
    const step = await training.step();
    expect(step.batch.length).toBe(8);
    const gradient = await step.explain('network/gradient-sum[1][0][1]');
    expect(gradient.kind).toBe('dot');
    expect(gradient.products.length).toBe(8);
    const after = await step.explain('network/after[1][0][1]');
    expect(after.result).toBe(step.layers[0]!.after.weights.data[1]);
    expect((await network.layer(1)).weights.data[1]).toBe(after.result);
    await training.run({ steps: 1 });
    expect((await refusal(step.explain('network/after[1][0][1]'))).code).toBe('changed');
  });

  test('stops when asked, and what was learned stays', async () => {
    const { training } = await begin();
    const controller = new AbortController();
    const running = training.run({ steps: 1e9, signal: controller.signal, onProgress: () => controller.abort() });
    expect((await refusal(running)).code).toBe('aborted');
    const { step } = await training.run({ steps: 1 });
    expect(step).toBeGreaterThan(1);
  });

  test('a rate that is far too great says so, and leaves the network whole', async () => {
    const examples = await holder.lab.examples({
      rows: { rows: 2, columns: 2, data: [1e30, -1e30, -1e30, 1e30] },
      labels: [1, 0],
      classes,
    });
    const network = await newNetwork();
    await network.setLayers([{ weights: { rows: 2, columns: 2, data: [1, -1, -1, 1] }, biases: [0, 0] }]);
    const training = await network.train(examples, { rate: 1e30 });
    const error = await refusal(training.run({ steps: 100 }));
    expect(['diverged', 'not-finite']).toContain(error.code);
    expect([...(await network.layer(1)).weights.data].every(Number.isFinite)).toBe(true);
  });

  test.each([
    ['a rate of 0', { rate: 0 }, 'out-of-range'],
    ['no batch', { batch: 0 }, 'out-of-range'],
    ['an unknown optimizer', { optimizer: 'lion' as 'sgd' }, 'bad-option'],
    ['momentum of 1', { momentum: 1 }, 'out-of-range'],
  ])('refuses %s', async (_, options, code) => {
    const network = await newNetwork();
    expect((await refusal(network.train(await points(4, 1), options))).code).toBe(code);
  });

  test('a thousand trainings, networks and sets are made and given back', async () => {
    const { lab } = holder;
    const round = async () => {
      const examples = await points(16, 3);
      const network = await newNetwork([8]);
      const training = await network.train(examples, { batch: 4 });
      await training.run({ steps: 4 });
      await Promise.all([training.dispose(), network.dispose(), examples.dispose()]);
    };
    for (let i = 0; i < 20; ++i) await round();
    const before = (await lab.memory()).usedBytes;
    for (let i = 0; i < 1000; ++i) await round();
    expect((await lab.memory()).usedBytes - before).toBeLessThan(64 * 1024);
  });
});

test('singular values put the matrix together again', async () => {
  const m = { rows: 2, columns: 3, data: [1, 2, 0, -1, 0.5, 3] };
  const { values, left, right, determinant, explain } = await holder.lab.singular(m);
  expect(determinant).toBeNull();
  m.data.forEach((entry, i) => {
    const [r, c] = [Math.floor(i / 3), i % 3];
    let sum = 0;
    values.forEach((value, k) => {
      sum += value * (left.data[k * 2 + r] as number) * (right.data[k * 3 + c] as number);
    });
    expect(sum).toBeCloseTo(entry, 5);
  });
  expect((await explain('singular/value[0]')).result).toBe(values[0]);
});

test('texts become vectors; words that are not there are named', async () => {
  const words = await holder.lab.vectors('words');
  const { vectors, used, unknown } = await words.texts(['The king sleeps!', 'qzxv']);
  expect([vectors.rows, vectors.columns]).toEqual([2, words.dimensions]);
  expect(used[0]).toContain('king');
  expect(unknown[1]).toEqual(['qzxv']);
  const told = await words.explain(`words/target[${used[0]!.join('+')}][5]`);
  expect(told.result).toBe(vectors.data[5]);
  expect([...vectors.data.slice(words.dimensions)].every((x) => x === 0)).toBe(true);
});
