// The bent plane, on the real engine: each state is what the parts before it make of the plane, and the past of a training can be visited.
import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../web/engine/index.ts';
import { contourPoints } from '../../../web/models/contour.ts';
import { matrixOf, pointSet } from '../../../web/models/point_sets.ts';
import { allowed, placeWords, WarpModel, type WarpStart } from '../../../web/models/warp.ts';
import { type Bent, bend, drawnAt, gridLines, gridRows, gridSamples } from '../../../web/models/warp_states.ts';
import { WarpTraining } from '../../../web/models/warp_training.ts';
import { sharedLab } from '../engine/support.ts';

const holder = sharedLab();
const soon = () => new Promise<void>((done) => setTimeout(done, 1));

async function bentBy(
  points: 'moons' | 'rings' | 'xor' | 'three-spirals',
  hidden: number[],
  activation: 'tanh' | 'relu',
  seed: number,
  steps: number,
) {
  const set = pointSet(points, { seed: 1, count: 160 });
  const training = await WarpTraining.begin(holder.lab, set, { hidden, activation, seed }, soon);
  await training.advance(steps, false);
  const { layers } = training.moments.value.at(-1)!;
  await training.viewer.setLayers(layers);
  const bent = await bend(holder.lab, training.viewer, layers, { points: matrixOf(set.points).data, labels: set.labels, chosen: 3 });
  return { bent, set, layers };
}

/** m · x + b in double. */
const times = ({ rows, columns, data }: Matrix, x: readonly number[], b?: ArrayLike<number>) =>
  Array.from({ length: rows }, (_, r) => x.reduce((sum, value, c) => sum + value * data[r * columns + c]!, b ? b[r]! : 0));
const at = (rows: Float32Array, n: number): [number, number] => [rows[2 * n]!, rows[2 * n + 1]!];
const length = ([x, y]: readonly number[]) => Math.hypot(x!, y!);

function expectNear(actual: readonly number[], expected: readonly number[], scale = 1) {
  expected.forEach((value, i) => expect(Math.abs(actual[i]! - value)).toBeLessThan(2e-5 * scale));
}

describe('the states of the plane', () => {
  test('a stretch and a turn make the matrix, a shift adds the biases, a fold is the activation', async () => {
    const { bent, layers, set } = await bentBy('moons', [2, 2], 'tanh', 2, 150);
    expect(bent.parts.map(({ kind, layer }) => `${kind}${layer}`)).toEqual(
      [1, 2].flatMap((l) => ['stretch', 'turn', 'shift', 'fold'].map((kind) => `${kind}${l}`)),
    );
    expect(bent.counts.points).toBe(set.points.length);
    expect(bent.counts.grid).toBe(gridLines * gridSamples);
    for (const l of [1, 2]) {
      const [before, stretched, turned, shifted, folded] = bent.states.slice(4 * l - 4);
      const { weights, biases } = layers[l - 1]!;
      const facts = bent.facts[l - 1]!;
      const most = facts.singular.values[0]!;
      for (let n = 0; n < before!.length / 2; n += 37) {
        const x = at(before!, n);
        expectNear(at(turned!, n), times(weights, x), 10);
        expectNear(at(shifted!, n), times(weights, x, biases), 10);
        expectNear(at(folded!, n), times(weights, x, biases).map(Math.tanh), 10);
        // A stretch alone: no place is moved by more than the largest factor says, and the turn keeps lengths.
        expect(length(at(stretched!, n))).toBeLessThan(most * length(x) + 1e-4);
        expect(Math.abs(length(at(turned!, n)) - length(at(stretched!, n)))).toBeLessThan(1e-4);
      }
      expect(Math.abs(facts.singular.values[0]! * facts.singular.values[1]! - Math.abs(facts.singular.determinant!))).toBeLessThan(1e-4);
    }
  });

  test('on the way through a turn nothing is squeezed; else every place goes straight', async () => {
    for (const seed of [1, 2, 3]) {
      const { bent } = await bentBy('moons', [2, 2], 'tanh', seed, 60);
      bent.parts.forEach((part, i) => {
        const half = drawnAt(bent, i + 0.5);
        expect(half.part).toBe(part);
        for (const n of [0, 7, 400, 900]) {
          const [from, to] = [at(bent.states[i]!, n), at(bent.states[i + 1]!, n)];
          if (part.turn !== null) expect(Math.abs(length(at(half.rows, n)) - length(from))).toBeLessThan(1e-4);
          else expectNear(at(half.rows, n), [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], 10);
        }
        // A full turn ends where the next state stands.
        if (part.turn !== null) {
          const end = drawnAt(bent, i + 0.999999);
          for (const n of [0, 400])
            expect(
              Math.hypot(at(end.rows, n)[0] - at(bent.states[i + 1]!, n)[0], at(end.rows, n)[1] - at(bent.states[i + 1]!, n)[1]),
            ).toBeLessThan(1e-3);
        }
      });
      expect(drawnAt(bent, 0).rows).toBe(bent.states[0]);
      expect(drawnAt(bent, 99).rows).toBe(bent.states.at(-1));
      expect(drawnAt(bent, 3).rows).toBe(bent.states[3]);
    }
  });

  test('the border, crooked at first, ends on the straight line', async () => {
    for (const [points, hidden, activation, seed, steps] of [
      ['moons', [2], 'tanh', 8, 1200],
      ['xor', [2], 'relu', 6, 800],
      ['rings', [3], 'tanh', 5, 300],
    ] as const) {
      const { bent } = await bentBy(points, [...hidden], activation, seed, steps);
      expect(bent.counts.border).toBeGreaterThan(20);
      const off = (rows: Float32Array, [a, b, c]: readonly [number, number, number]) => {
        let most = 0;
        for (let n = bent.counts.points + bent.counts.grid; n < rows.length / 2; n++) {
          const [x, y] = at(rows, n);
          most = Math.max(most, Math.abs(a * x + b * y + c) / Math.hypot(a, b));
        }
        return most;
      };
      const last = bent.states.at(-1)!;
      expect(off(last, bent.straight!)).toBeLessThan(0.12 * bent.reaches.at(-1)!);
      // Before, no line has all of it: not even the best fit through its two ends.
      expect(off(bent.states[0]!, bent.straight!)).toBeGreaterThan(0.5);
    }
  });

  test('a layer of three units is seen along two directions at right angles, one of them from class to class', async () => {
    const { bent, layers } = await bentBy('rings', [3, 3], 'tanh', 2, 100);
    const [first, last] = bent.facts;
    for (const { view } of [first!, last!]) {
      const [u, v] = [view!.directions.data.slice(0, 3), view!.directions.data.slice(3, 6)];
      const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, k) => sum + x * b[k]!, 0);
      expectNear([dot(u, u), dot(v, v), dot(u, v)], [1, 1, 0]);
      expect(view!.share).toBeGreaterThan(0);
      expect(view!.share).toBeLessThanOrEqual(1.00001);
    }
    expect([first!.view!.separating, last!.view!.separating]).toEqual([false, true]);
    // Two principal directions hold at least two thirds of a spread in three.
    expect(first!.view!.share).toBeGreaterThan(0.66);
    const readout = layers[2]!.weights.data;
    const apart = [0, 1, 2].map((k) => readout[k]! - readout[3 + k]!);
    const size = Math.hypot(...apart);
    expectNear(
      [...last!.view!.directions.data.slice(0, 3)],
      apart.map((x) => x / size),
    );
    expect(bent.parts.map(({ kind }) => kind)).toEqual(['map', 'shift', 'fold', 'map', 'shift', 'fold']);
  });

  test('three classes have borders and no single straight line; every number says where it comes from', async () => {
    const { bent } = await bentBy('three-spirals', [2, 2], 'relu', 1, 40);
    expect(bent.straight).toBeNull();
    expect(bent.counts.border).toBeGreaterThan(20);
    const { singular, turned } = bent.facts[0]!;
    expect((await singular.explain('singular/value[0]')).result).toBe(singular.values[0]);
    expect((await singular.explain('singular/determinant')).result).toBe(singular.determinant);
    expect((await turned!.source.explain('pair/angle')).result).toBeCloseTo(turned!.pair.angleDegrees!, 3);
    expect((await bent.chosen.explain('network/z[0][2][1]')).result).toBe(bent.chosen.layers[1]!.z.data[1]);
    expect(bent.facts[0]!.flat).toBeGreaterThan(0);
    expect(placeWords(bent, 0)).toBe('Shown: the plane as it was given.');
    expect(placeWords(bent, 1.5)).toMatch(/^Shown: layer 1 of 2, on the way through the turn/);
  });

  test('the grid has all its places once, on tenths', () => {
    const rows = gridRows();
    expect(rows).toHaveLength(2 * gridLines * gridSamples);
    expect(Math.max(...rows)).toBe(3);
    expect(rows.slice(0, 4)).toEqual([-3, -3, -3, -2.9]);
  });

  test('a border runs where the classes are level, halfway between places that differ', () => {
    const probabilities = { rows: 4, columns: 2, data: [0.75, 0.25, 0.25, 0.75, 0.75, 0.25, 0.25, 0.75] };
    expect(contourPoints(probabilities, 2, 1)).toEqual([0, 1, 0, -1]);
    expect(contourPoints({ ...probabilities, data: [1, 0, 1, 0, 1, 0, 1, 0] }, 2, 1)).toEqual([]);
  });
});

describe('the model', () => {
  const open = (start: WarpStart = {}) => new WarpModel(async () => holder.lab, { points: 'moons', hidden: [2], seed: 8, ...start }, soon);
  const until = async (model: WarpModel, holds: (model: WarpModel) => boolean) => {
    for (let i = 0; i < 2000 && !holds(model); i++) await soon();
    expect(holds(model)).toBe(true);
  };
  const settled = (model: WarpModel, steps: number) =>
    until(model, () => model.bent.value !== null && model.moments.value.at(-1)?.step === steps && !model.running.value);

  test('is trained as far as its start says, keeps its past, and the same seed gives the same past', async () => {
    const [one, other] = [open({ steps: 600 }), open({ steps: 600 })];
    one.begin();
    other.begin();
    await settled(one, 600);
    await settled(other, 600);
    const steps = one.moments.value.map(({ step }) => step);
    expect(steps[0]).toBe(0);
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    expect(other.moments.value).toEqual(one.moments.value);
    expect(one.bent.value!.correct).toBeGreaterThan(130);
    const now = one.bent.value!;
    one.look_at(0);
    await until(one, () => one.bent.value !== now);
    expect(one.bent.value!.correct).toBeLessThan(now.correct);
    expect(one.spoken.value).toContain('After 0 steps');
    one.look_at(9999);
    expect(one.moment.value).toBeNull();
    one.dispose();
    other.dispose();
  });

  test('a long past is thinned and never grows without end', async () => {
    const model = open({ steps: 3000 });
    model.begin();
    await settled(model, 3000);
    expect(model.moments.value.length).toBeLessThanOrEqual(121);
    expect(model.moments.value.length).toBeGreaterThan(40);
    expect(model.moments.value[0]!.step).toBe(0);
    model.dispose();
  });

  test('trains before the eyes, pauses, takes one step, and starts anew', async () => {
    const model = open();
    model.begin();
    await until(model, () => model.bent.value !== null);
    const training = model.train();
    await until(model, () => (model.moments.value.at(-1)?.step ?? 0) >= 20);
    model.pause();
    await training;
    const { step } = model.moments.value.at(-1)!;
    expect(step).toBeLessThan(1000);
    await model.train(1);
    expect(model.moments.value.at(-1)!.step).toBe(step + 1);
    const seed = model.settings.value.seed;
    model.new_seed();
    expect(model.settings.value.seed).toBe(seed + 1);
    await settled(model, 0);
    model.dispose();
  });

  test('goes through the layers and to a point, within bounds', async () => {
    const model = open({ hidden: [2, 3], place: 2.5 });
    model.begin();
    await until(model, () => model.bent.value !== null);
    expect(model.parts.value).toBe(7);
    expect(model.at.value).toBe(2.5);
    model.go_to(-4);
    expect(model.at.value).toBe(0);
    model.go_to(99);
    expect(model.at.value).toBe(7);
    model.go_to(Number.NaN);
    expect(model.at.value).toBe(7);
    model.choose(1e9);
    expect(model.chosen.value).toBe(159);
    model.choose(-3);
    expect(model.chosen.value).toBe(0);
    expect(model.bent.value!.parts).toHaveLength(7);
    model.dispose();
  });

  test('own points: a few of both classes, then a network of theirs', async () => {
    const model = open();
    model.begin();
    await until(model, () => model.bent.value !== null);
    model.take_points('own');
    await until(model, () => model.bent.value === null);
    expect(model.spoken.value).toContain('No points yet');
    for (const [x, y] of [
      [1, 1],
      [9, -0.5],
      [Number.NaN, 0],
    ] as const)
      model.add_own([x, y], 0);
    expect(model.own.value.map(({ at: place }) => place)).toEqual([
      [1, 1],
      [3, -0.5],
    ]);
    expect(model.spoken.value).toContain('one class only');
    model.add_own([-1, -1], 1);
    expect(model.spoken.value).toContain('at least 4');
    model.add_own([-1, 1], 1);
    await until(model, () => model.bent.value?.counts.points === 4);
    model.undo_own();
    await until(model, () => model.bent.value === null);
    model.clear_own();
    expect(model.own.value).toEqual([]);
    expect(model.failure.value).toBeNull();
    model.dispose();
  });

  test('its state comes back, and nonsense changes nothing', async () => {
    const model = open({ steps: 50 });
    model.begin();
    await settled(model, 50);
    model.look_at(4);
    model.go_to(1.25);
    model.choose(12);
    const state = model.to_state();
    const other = open({ points: 'rings', hidden: [3], activation: 'relu' });
    other.from_state(state);
    other.begin();
    await settled(other, 50);
    expect(other.to_state()).toBe(state);
    expect([other.moment.value, other.place.value, other.chosen.value]).toEqual([4, 1.25, 12]);
    for (const nonsense of [
      '',
      'p:moons',
      'p:elephants;h:2',
      'p:moons;h:99',
      'p:moons;h:2,2,2,2,2',
      'p:moons;h:two',
      '%%%;;::',
      'p:__proto__;h:2',
    ]) {
      other.from_state(nonsense);
      expect(other.to_state()).toBe(state);
    }
    other.from_state('p:own;h:2;a:bogus;s:-4;n:1e99;m:x;w:-1;c:0.5;o:1,1,0,2,2,7,z');
    expect(other.settings.value).toEqual({ hidden: [2], activation: 'tanh', seed: 1 });
    expect(other.points.value).toBe('own');
    await until(other, () => other.bent.value === null);
    expect(other.failure.value).toBeNull();
    model.dispose();
    other.dispose();
  });

  test('a failure is said in words, and there is a way on', async () => {
    let broken = true;
    const model = new WarpModel(
      async () => {
        if (broken) throw Object.assign(new Error('The engine could not be loaded.'), { code: 'network' });
        return holder.lab;
      },
      { points: 'moons', hidden: [2] },
      soon,
    );
    model.begin();
    await until(model, () => model.failure.value !== null);
    expect(model.spoken.value).toBe('The engine could not be loaded.');
    broken = false;
    model.retry();
    await until(model, () => model.bent.value !== null);
    expect(model.failure.value).toBeNull();
    model.dispose();
  });

  test('what was opened is given back', async () => {
    const run = async () => {
      const model = open({ steps: 20 });
      model.begin();
      await settled(model, 20);
      model.take_settings({ hidden: [3] });
      model.take_settings({ hidden: [2, 2] });
      await settled(model, 0);
      model.dispose();
    };
    await run();
    const before = (await holder.lab.memory()).usedBytes;
    for (let i = 0; i < 20; i++) await run();
    for (let i = 0; i < 50; i++) await soon();
    expect((await holder.lab.memory()).usedBytes - before).toBeLessThan(4096);
  });

  test('layers are two to eight wide, one to four deep', () => {
    for (const fits of [[2], [8, 2, 3, 4]]) expect(allowed(fits)).toEqual(fits);
    for (const not of [[], [1], [9], [2.5], [Number.NaN], [2, 2, 2, 2, 2]]) expect(allowed(not)).toBeNull();
  });
});

test('the states are a plain value: nothing of one moment changes with the next', async () => {
  const { bent } = await bentBy('moons', [2], 'tanh', 8, 30);
  const copy: Bent['states'] = bent.states.map((state) => state.slice());
  drawnAt(bent, 1.5);
  expect(bent.states).toEqual(copy);
});
