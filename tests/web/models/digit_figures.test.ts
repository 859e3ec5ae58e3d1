// The models of the digit figures on the real engine: training, the confusion matrix, the least change that flips an answer.
import { describe, expect, test } from 'vitest';
import { ConfusionModel, drawnCount, placesOf, worstOf } from '../../../web/models/confusion.ts';
import { DigitSource, type GivenFile } from '../../../web/models/digit_source.ts';
import { DigitsModel, heldOutCount, trainCount } from '../../../web/models/digits.ts';
import { FlipModel, flipCount } from '../../../web/models/flip.ts';
import { meanLossAddress } from '../../../web/models/mean_loss.ts';
import { sharedLab } from '../engine/support.ts';

const holder = sharedLab();
const source = () => new DigitSource(async () => holder.lab);
const until = async (met: () => unknown) => {
  for (let i = 0; i < 2000 && !met(); i++) await new Promise((resolve) => setTimeout(resolve, 5));
  if (!met()) throw new Error('it never came');
};

/** A small file in MNIST's format: `count` images of 28 × 28 with one dark pixel each. */
function idx(count: number, labels = count): [GivenFile, GivenFile] {
  const images = new Uint8Array(16 + 784 * count);
  const head = new DataView(images.buffer);
  for (const [at, value] of [0x803, count, 28, 28].entries()) head.setUint32(4 * at, value);
  for (let n = 0; n < count; n++) images[16 + 784 * n + 400] = 255;
  const classes = new Uint8Array(8 + labels);
  const start = new DataView(classes.buffer);
  start.setUint32(0, 0x801);
  start.setUint32(4, labels);
  return [file('t10k-images-idx3-ubyte', images), file('t10k-labels-idx1-ubyte', classes)];
}
function file(name: string, bytes: Uint8Array): GivenFile {
  return { name, size: bytes.length, arrayBuffer: async () => bytes.slice().buffer as ArrayBuffer };
}

describe('real digits', () => {
  test('are read from the two files, in any order and one after the other', async () => {
    const digits = source();
    const [images, labels] = idx(3);
    await digits.take([labels]);
    expect(digits.half.value).toEqual({ kind: 'labels', name: labels.name });
    await digits.take([images]);
    expect(digits.half.value).toBeNull();
    expect(digits.failure.value).toBeNull();
    expect(digits.real.value?.examples.count).toBe(3);
    expect(digits.real.value?.testSet).toBe(false);
    expect((await digits.real.value!.examples.rows(0, 1)).data[400]).toBe(1);
  });

  test.each([
    ['a file with another name', [file('cat.png', new Uint8Array(4))], 'cat.png'],
    ['two files of images', [idx(1)[0], idx(2)[0]], 'both files of images'],
    ['files of different length', [idx(2)[0], idx(2, 3)[1]], 't10k-images'],
    ['a file of nothing', [file('images', new Uint8Array(3)), idx(1)[1]], 'images'],
    ['a file that is far too large', [{ ...file('train-images', new Uint8Array(1)), size: 1e9 }], 'more bytes'],
  ])('%s is refused in words, and what was there stays', async (_, files, words) => {
    const digits = source();
    await digits.take(idx(2));
    await digits.take(files);
    expect(digits.failure.value?.message).toContain(words);
    expect(digits.real.value?.examples.count).toBe(2);
    await digits.take(idx(4));
    expect(digits.failure.value).toBeNull();
    expect(digits.real.value?.examples.count).toBe(4);
  });
});

describe('training on digits', () => {
  test('takes shape, pauses, goes on, and its loss unfolds to the examples', async () => {
    const digits = source();
    const model = new DigitsModel(
      digits,
      { steps: 25 },
      () => 0,
      async () => {},
    ).follow();
    await model.prepare();
    expect(model.templates.value?.step).toBe(25);
    expect(model.templates.value?.rows.map((row) => row.length)).toEqual(Array(10).fill(784));
    expect(model.templates.value?.rows.every((row) => row.some((weight) => weight !== 0))).toBe(true);
    const first = model.curve.value.at(-1)!;
    expect(first.step).toBe(25);
    await model.train();
    await until(() => model.run.step.value > 60);
    model.pause();
    await until(() => !model.run.running.value);
    const paused = model.run.step.value;
    expect(paused).toBeLessThan(model.target);
    await model.train();
    await until(() => !model.run.running.value);
    expect(model.run.step.value).toBe(model.target);
    const last = model.curve.value.at(-1)!;
    expect(last.heldOutAccuracy).toBeGreaterThan(0.8);
    expect(last.loss).toBeLessThan(first.loss);
    const loss = await model.lossSource(true)!.explain(meanLossAddress);
    expect(loss.terms).toHaveLength(heldOutCount);
    expect(loss.check.difference).toBeLessThanOrEqual(loss.check.bound);
    expect(loss.result).toBe(last.heldOutLoss);
    const weight = await model.weights.explain('network/weight[1][3][400]');
    expect(weight.result).toBe(model.templates.value?.rows[3]?.[400]);
    expect(model.spoken.value).toContain('percent of the digits held out');
    model.dispose();
  });

  test('two runs of one seed have one curve; another seed has another', async () => {
    const curve = async (seed: number) => {
      const model = new DigitsModel(
        source(),
        { seed, steps: 50 },
        () => 0,
        async () => {},
      );
      await model.prepare();
      const points = model.curve.value;
      model.dispose();
      return points.map(({ loss, heldOutAccuracy }) => [loss, heldOutAccuracy]);
    };
    const one = await curve(4);
    expect(one).toEqual(await curve(4));
    expect(one).not.toEqual(await curve(5));
    expect(trainCount / heldOutCount).toBe(4);
  });

  test('the reader’s own digit and dropped files are asked about, and a fresh start forgets the answers', async () => {
    const digits = source();
    const model = new DigitsModel(
      digits,
      { steps: 25 },
      () => 0,
      async () => {},
    ).follow();
    await model.prepare();
    model.pad.take([[0.5, 0.2, 0.5, 0.8]]);
    await until(() => model.drawn.answer.value);
    expect(model.drawn.answer.value?.values).toHaveLength(784);
    expect(model.drawn.answer.value?.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    await digits.take(idx(6));
    await until(() => model.tested.answer.value);
    expect(model.tested.answer.value).toMatchObject({ count: 6 });
    await model.set({ hidden: 32 });
    expect(model.templates.value?.rows).toHaveLength(32);
    expect(model.seconds.value).toBe(0);
    model.dispose();
    expect(digits.live.value).toBeNull();
  });

  test('the state makes a round trip, and nonsense changes nothing', () => {
    const model = new DigitsModel(source());
    model.seed.value = 7;
    model.rate.value = 0.3;
    model.pad.take([[0.5, 0.2, 0.5, 0.8]]);
    const state = model.to_state();
    const other = new DigitsModel(source());
    other.from_state(state);
    expect(other.to_state()).toBe(state);
    other.from_state('n:-1;h:5;r:x;ink:zz');
    expect([other.seed.value, other.rate.value]).toEqual([7, 0.3]);
  });
});

describe('the confusion matrix', () => {
  test('counts every digit once, and a cell opens its examples and their numbers', async () => {
    const model = new ConfusionModel(source(), { cell: { truth: 4, answer: 9 } }).follow();
    await until(() => model.answer.answer.value);
    const counted = model.asked.answer.value!;
    expect([...counted.evaluation.confusion].reduce((sum, one) => sum + one, 0)).toBe(drawnCount);
    expect(model.places.value).toHaveLength(counted.evaluation.confusion[49]!);
    for (const place of model.places.value) {
      expect(counted.labels[place]).toBe(4);
      expect(counted.evaluation.predicted[place]).toBe(9);
    }
    const answer = model.answer.answer.value!;
    expect(answer.predicted).toBe(9);
    const logit = await answer.source.explain('network/logit[0][9]');
    expect(logit.result).toBe(answer.logits[9]);
    const [shown] = model.shown.answer.value!;
    expect(shown?.sure).toBeCloseTo(answer.probabilities[9]!, 6);
    expect(model.spoken.value).toContain('taken for 9');
    model.dispose();
  });

  test('turns pages within the cell, and closes', async () => {
    const model = new ConfusionModel(source(), { cell: { truth: 1, answer: 1 } }).follow();
    await until(() => model.shown.answer.value);
    const [first] = model.shown.answer.value!;
    model.turn(1);
    await until(() => model.shown.answer.value?.[0]?.index !== first?.index);
    model.turn(1000);
    expect(model.page.value).toBe(Math.ceil(model.places.value.length / 12) - 1);
    model.turn(-1000);
    expect(model.page.value).toBe(0);
    model.open(1, 1);
    expect(model.cell.value).toBeNull();
    model.dispose();
  });

  test('of a network that is not there is empty, and fills when one is trained', async () => {
    const digits = source();
    const model = new ConfusionModel(digits, { classifier: 'live' }).follow();
    expect(model.asked.answer.value).toBeNull();
    const training = new DigitsModel(
      digits,
      { steps: 25 },
      () => 0,
      async () => {},
    );
    await training.prepare();
    await until(() => model.asked.answer.value);
    expect(model.asked.answer.value?.evaluation.count).toBe(drawnCount);
    training.dispose();
    await until(() => !model.asked.answer.value);
    model.dispose();
  });

  test('its state makes a round trip, and nonsense changes nothing', () => {
    const model = new ConfusionModel(source());
    model.set({ classifier: 'digits-mlp' });
    model.open(3, 5);
    model.choose(17);
    const other = new ConfusionModel(source());
    other.from_state(model.to_state());
    expect(other.to_state()).toBe(model.to_state());
    other.from_state('net:cat;cell:33,1;one:x');
    expect([other.classifier.value, other.cell.value, other.chosen.value]).toEqual(['digits-mlp', null, null]);
  });

  test('the worst pair, and the places behind a cell', () => {
    expect(worstOf([5, 1, 0, 3, 4, 2, 0, 0, 6], 3)).toEqual({ truth: 1, answer: 0, count: 3, of: 9 });
    expect(worstOf([5, 0, 0, 5], 2)).toBeNull();
    const evaluation = { predicted: Uint8Array.from([1, 0, 1]) } as never;
    expect(placesOf({ labels: Uint8Array.from([0, 0, 0]), evaluation }, { truth: 0, answer: 1 })).toEqual([0, 2]);
  });
});

describe('what would flip an answer', () => {
  test('the lead falls to nothing at the border and below it beyond, by the square of the difference', async () => {
    const model = new FlipModel(source(), { index: 3, way: 0 }).follow();
    await until(() => model.now.answer.value);
    const answer = model.asked.answer.value!;
    expect(model.now.answer.value).toMatchObject({ predicted: answer.flip.from, margin: answer.margin });
    for (const [way, sign] of [
      [0.5, 1],
      [1.1, -1],
    ] as const) {
      model.go(way);
      await until(() => Math.abs((model.now.answer.value?.t ?? 0) - way * answer.flip.scale) < 1e-9 && !model.now.pending.value);
      const now = model.now.answer.value!;
      expect(Math.sign(now.margin)).toBe(sign);
      expect(now.margin).toBeCloseTo(answer.margin - now.t * answer.square, 3);
      expect(now.predicted === answer.flip.from).toBe(sign > 0);
    }
    expect(model.now.answer.value?.predicted).toBe(answer.to);
    model.dispose();
  });

  test('the nearest border is the least of the distances, and each unfolds', async () => {
    const model = new FlipModel(source(), { index: 5 }).follow();
    await until(() => model.asked.answer.value);
    const { flip, to, source: numbers, difference } = model.asked.answer.value!;
    const [nearest] = model.order.value;
    expect(nearest?.to).toBe(to);
    for (const { to: k, distance } of model.order.value) {
      expect(distance).toBeGreaterThanOrEqual(nearest!.distance);
      const explained = await numbers.explain(`flip/distance[${k}]`);
      expect(explained.result).toBe(distance);
      expect(explained.check.difference).toBeLessThanOrEqual(explained.check.bound);
      for (const term of explained.terms) {
        const below = await numbers.explain(term.address);
        expect(below.result).toBe(term.value);
        expect(below.check.difference).toBeLessThanOrEqual(below.check.bound);
      }
    }
    // No shorter step in any other direction reaches the border: the difference of the class vectors is straight at it.
    expect(Math.hypot(...difference) * flip.scale).toBeCloseTo(flip.distance, 3);
    model.dispose();
  });

  test('another class can be aimed at, another digit taken, one drawn', async () => {
    const model = new FlipModel(source()).follow();
    await until(() => model.asked.answer.value);
    const { flip, to } = model.asked.answer.value!;
    const far = model.order.value.at(-1)!.to;
    model.aim(far);
    await until(() => model.asked.answer.value?.to === far);
    expect(model.asked.answer.value!.flip.distance).toBeGreaterThan(flip.distance);
    expect(far).not.toBe(to);
    model.turn(-1);
    expect(model.index.value).toBe(flipCount - 1);
    expect(model.target.value).toBeNull();
    model.draw(true);
    await until(() => !model.asked.answer.value);
    model.pad.take([[0.5, 0.2, 0.5, 0.8]]);
    await until(() => model.asked.answer.value);
    expect(model.asked.answer.value?.truth).toBeNull();
    const other = new FlipModel(source());
    other.from_state(model.to_state());
    expect(other.to_state()).toBe(model.to_state());
    other.from_state('i:999;to:12;w:-4;ink:qq');
    // Ink that cannot be read leaves the drawing that was there.
    expect([other.own.value, other.target.value, other.way.value]).toEqual([true, null, 0.5]);
    model.dispose();
  });
});
