import { beforeEach, describe, expect, it } from 'vitest';
import { AngleModel, agreement, degreesOf, presets, sweepDegrees } from '../../../web/models/angle.ts';
import { RankingModel } from '../../../web/models/ranking.ts';
import { fakeLab } from '../fake_lab.ts';

// The fake engine answers for pairs; the sweep's one matrix product is multiplied out here.
const engine = async () => ({
  ...fakeLab(),
  async matvec(m: { rows: number; columns: number; data: ArrayLike<number> }, x: ArrayLike<number>) {
    return Float32Array.from({ length: m.rows }, (_, r) => (m.data[2 * r] ?? 0) * (x[0] ?? 0) + (m.data[2 * r + 1] ?? 0) * (x[1] ?? 0));
  },
});
const settled = () => new Promise((done) => setTimeout(done, 5));
let model: AngleModel;

beforeEach(async () => {
  model = new AngleModel(engine as never, { a: [3, 1], b: [1, 2] });
  await settled();
});

describe('two arrows', () => {
  it('says product, angle and agreement', () => {
    expect(model.spoken.value).toBe('a · b is 5; the angle is 45 degrees, its cosine 0.71: more along than against.');
  });

  it('sweeps b once around: largest along a, least against it, zero at right angles', () => {
    const sweep = model.asked.answer.value?.sweep as Float32Array;
    const at = (degrees: number) => sweep[sweepDegrees.indexOf(degrees)] as number;
    const most = Math.hypot(3, 1) * Math.hypot(1, 2);
    expect(at(0)).toBeCloseTo(most, 5);
    expect(at(180)).toBeCloseTo(-most, 5);
    expect(at(90)).toBeCloseTo(0, 5);
    expect(at(-90)).toBeCloseTo(0, 5);
  });

  it('at length 1 the sweep is the cosine', async () => {
    model.set_units(true);
    await settled();
    const sweep = model.asked.answer.value?.sweep as Float32Array;
    for (const [i, degrees] of sweepDegrees.entries()) expect(sweep[i]).toBeCloseTo(Math.cos((degrees * Math.PI) / 180), 5);
  });

  it('turns an arrow without changing its length, stretches it without turning it', () => {
    model.turn('b', 200);
    expect(Math.hypot(...model.b.value)).toBeCloseTo(Math.hypot(1, 2), 2);
    expect(degreesOf(model.b.value)).toBeCloseTo(-160, 0);
    model.stretch('a', 1.5);
    expect(Math.hypot(...model.a.value)).toBeCloseTo(1.5, 2);
    expect(degreesOf(model.a.value)).toBeCloseTo(degreesOf([3, 1]), 0);
  });

  it('keeps heads within reach and takes nothing that is no number', () => {
    model.move('a', 99, -99);
    expect(model.a.value).toEqual([4, -4]);
    model.move('a', Number.NaN, 0);
    expect(model.a.value).toEqual([4, -4]);
  });

  it('has no angle where an arrow has length 0', async () => {
    model.move('b', 0, 0);
    await settled();
    expect(model.asked.answer.value?.pair.cosine).toBeNull();
    expect(model.asked.answer.value?.sweep).toBeNull();
    expect(model.spoken.value).toContain('points nowhere');
  });

  it('goes through the address and back, and leaves nonsense alone', () => {
    model.move('a', -1.25, 2);
    model.set_units(true);
    const twin = new AngleModel(engine as never);
    twin.from_state(model.to_state());
    expect(twin.to_state()).toBe(model.to_state());
    for (const nonsense of ['', 'a:1;b:2', 'a:1,2', 'a:x,y;b:1,2', 'a:1,2,3;b:1,2']) twin.from_state(nonsense);
    expect(twin.to_state()).toBe(model.to_state());
  });

  it('names what each preset shows', () => {
    const shown = presets.map(({ a, b }) => {
      const [dot, lengths] = [a[0] * b[0] + a[1] * b[1], Math.hypot(...a) * Math.hypot(...b)];
      return lengths === 0 ? 'none' : agreement(dot / lengths);
    });
    expect(shown).toEqual([
      'the same way',
      'at right angles, neither along nor against',
      'opposite ways',
      'more along than against',
      'more against than along',
      'none',
    ]);
  });
});

describe('the ranking', () => {
  it('tells the two orders apart', async () => {
    const ranking = new RankingModel(engine as never, {
      query: [2, 1],
      candidates: [
        [1, 0.6],
        [3.6, -0.4],
        [0.8, 2.4],
      ],
    });
    await settled();
    expect(ranking.spoken.value).toBe('By dot product: q, r, p. By cosine: p, q, r.');
    ranking.move(1, 1, 0.1);
    ranking.move(2, 0.1, 0.3);
    await settled();
    expect(ranking.spoken.value).toBe('By dot product and by cosine alike: p, q, r.');
  });

  it('a candidate of length 0 has no place by cosine', async () => {
    const ranking = new RankingModel(engine as never, {
      query: [2, 1],
      candidates: [
        [1, 0],
        [0, 0],
      ],
    });
    await settled();
    expect(ranking.asked.answer.value?.map((one) => one.byCosine)).toEqual([1, null]);
  });

  it('goes through the address and back, and leaves nonsense alone', () => {
    const ranking = new RankingModel(engine as never, {});
    ranking.move(-1, 1.5, -0.5);
    const twin = new RankingModel(engine as never, {});
    twin.from_state(ranking.to_state());
    expect(twin.to_state()).toBe(ranking.to_state());
    for (const nonsense of ['', 'query:1,2;to:1,2', 'query:1;to:1,2|2,1', 'query:1,2;to:1,2|x', 'query:1,2;to:1|2|3|4|5|6|7'])
      twin.from_state(nonsense);
    expect(twin.to_state()).toBe(ranking.to_state());
  });
});
