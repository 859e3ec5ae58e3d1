import { beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../web/engine/errors.ts';
import type { Lab } from '../../../web/engine/index.ts';
import { answerTo } from '../../../web/models/ask.ts';
import { barCount, CloudModel, cloudSizes, pairsOf } from '../../../web/models/cloud.ts';
import { ModelScaleModel } from '../../../web/models/model_scale.ts';
import { measureAddress } from '../../../web/models/root_mean_square.ts';
import { SaturationModel, slopeWords } from '../../../web/models/saturation.ts';
import { type FakeScalingLab, fakeScalingLab } from '../fake_scaling_lab.ts';

const settled = () => new Promise((done) => setTimeout(done, 30));
let lab: FakeScalingLab;
const engine = async () => lab as unknown as Lab;

beforeEach(() => {
  lab = fakeScalingLab();
});

describe('questions of the prose about scores', () => {
  it('draws a cloud once however many sentences ask about it', async () => {
    const a = '2,50,3';
    const size = await answerTo({ ask: 'random/root_mean_square', a }, engine);
    const dot = await answerTo({ ask: 'random/dot[7]', a }, engine);
    expect(lab.asked.filter((one) => one.startsWith('random'))).toEqual(['random 2 50 3']);
    expect(dot.address).toBe('random/dot[7]');
    expect((await size.source.explain('random/dot[7]')).result).toBe(dot.value);
  });

  it('takes softmax of given scores, with a scale', async () => {
    const plain = await answerTo({ ask: 'softmax/weight[0]', a: '8,0,-8' }, engine);
    const scaled = await answerTo({ ask: 'softmax/weight[0]', a: '8,0,-8', b: '0.125' }, engine);
    expect(plain.value).toBeCloseTo(0.99966, 4);
    expect(scaled.value).toBeCloseTo(0.66524, 4);
  });

  it('says what is missing', async () => {
    await expect(answerTo({ ask: 'random/dot[0]', a: '64,10' }, engine)).rejects.toThrow('needs dimensions, pairs and seed');
    await expect(answerTo({ ask: 'softmax/weight[0]' }, engine)).rejects.toThrow('needs the scores');
  });
});

describe('the cloud', () => {
  let model: CloudModel;
  beforeEach(async () => {
    model = new CloudModel(engine, { dimensions: 16, seed: 2 });
    await settled();
  });

  it('sorts every pair into one bar, by its size in multiples of √d', () => {
    const cloud = model.asked.answer.value;
    if (!cloud) throw new Error('no cloud');
    expect(cloud.bars).toHaveLength(barCount);
    expect(cloud.bars.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: pairsOf(16) }, (_, i) => i));
    cloud.bars.forEach((pairs, bar) => {
      const [from, to] = model.edges(bar);
      for (const i of pairs) {
        const size = (cloud.random.dots[i] ?? 0) / 4;
        if (bar > 0) expect(size).toBeGreaterThanOrEqual(from);
        if (bar < barCount - 1) expect(size).toBeLessThan(to);
      }
    });
    expect(Math.abs(cloud.random.rootMeanSquare - 4)).toBeLessThan(0.5);
  });

  it('goes from a bar to a pair to its q·k, and on to the next pair of that bar', async () => {
    model.choose(18);
    const pairs = model.asked.answer.value?.bars[18] ?? [];
    expect(pairs.length).toBeGreaterThan(2);
    expect(model.chosen.value).toBe(pairs[0]);
    model.another();
    expect(model.chosen.value).toBe(pairs[1]);
    for (let i = 0; i < pairs.length - 1; i++) model.another();
    expect(model.chosen.value).toBe(pairs[0]);
    const i = model.chosen.value ?? 0;
    const dot = model.asked.answer.value?.random.dots[i] ?? 0;
    expect((await model.scaledSource(i).explain('attention/H1/score[0,0]')).result).toBeCloseTo(dot / 4, 4);
  });

  it('says what it shows, both measures apart', () => {
    expect(model.spoken.value).toMatch(
      /^16 dimensions, 4,000 pairs: the root mean square of q·k is [34]\.\d\d, and √d is 4\. The mean size is [23]\.\d\d\./,
    );
    model.choose(0);
    expect(model.spoken.value).toContain('the bar below −15');
    model.choose(99);
    expect(model.barWords(model.bar.value)).toMatch(/^15 and above: \d+ pairs?$/);
  });

  it('draws fewer pairs of longer vectors, the same for the table of all sizes', async () => {
    expect(cloudSizes.map(pairsOf)).toEqual([4000, 4000, 4000, 4000, 4000, 1024, 256, 120]);
    model.table(true);
    await settled();
    expect(model.all.answer.value?.map(({ dimensions }) => dimensions)).toEqual([...cloudSizes]);
    for (const { dimensions, random } of model.all.answer.value ?? []) {
      const share = random.rootMeanSquare / Math.sqrt(dimensions);
      expect(share).toBeGreaterThan(0.75);
      expect(share).toBeLessThan(1.25);
    }
  });

  it('goes through the address and back, and leaves nonsense alone', async () => {
    model.set_size(5);
    model.set_seed(77);
    model.choose(3);
    model.another();
    const twin = new CloudModel(engine);
    twin.from_state(model.to_state());
    expect(twin.to_state()).toBe('d:1024;s:77;b:3;n:1');
    for (const nonsense of ['', 'd:3;s:1;b:1', 'd:64;s:-1;b:1', 'd:64;s:1;b:32', 'd:64;s:x;b:2', 'd:64;s:;b:2', 'd:64;s:1'])
      twin.from_state(nonsense);
    expect(twin.to_state()).toBe('d:1024;s:77;b:3;n:1');
    for (const wrong of [-1, 8, 1.5, Number.NaN]) twin.set_size(wrong);
    for (const wrong of [-1, 1e6, 0.5, Number.NaN]) twin.set_seed(wrong);
    expect(twin.to_state()).toBe('d:1024;s:77;b:3;n:1');
  });
});

describe('softmax with and without the scale', () => {
  const rows = (model: SaturationModel) => {
    const answer = model.asked.answer.value;
    if (!answer) throw new Error('no rows');
    return answer;
  };

  it('saturates as d grows, and the scale keeps it open', async () => {
    const sums: { plain: number; scaled: number }[] = [];
    for (const dimensions of [16, 1024]) {
      const model = new SaturationModel(engine, { dimensions, seed: 3 });
      await settled();
      const { plain, scaled } = rows(model);
      sums.push({ plain: plain.slopeSum.value, scaled: scaled.slopeSum.value });
      expect([...plain.weights].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      expect(plain.slopeSum.value).toBeCloseTo(
        [...plain.slopes].reduce((a, b) => a + b, 0),
        5,
      );
    }
    const [small, large] = sums as [(typeof sums)[0], (typeof sums)[0]];
    expect(large.plain).toBeLessThan(small.plain);
    expect(large.plain).toBeLessThan(0.05);
    expect(large.scaled).toBeGreaterThan(0.4);
  });

  it('has one query for all keys, and a slope leads down to it', async () => {
    const model = new SaturationModel(engine, { dimensions: 16, seed: 3 });
    await settled();
    const { dots, plain } = rows(model);
    const score = await plain.source.explain('softmax/score[2]');
    expect(score.result).toBeCloseTo(dots[2] ?? 0, 4);
    expect(score.kind).toBe('dot');
    const other = await plain.source.explain('softmax/score[5]');
    expect(other.operands[0]?.values).toEqual(score.operands[0]?.values);
    expect(other.operands[1]?.values).not.toEqual(score.operands[1]?.values);
    const sum = await plain.slopeSum.source.explain('pair/dot');
    expect(sum.operands.map(({ name }) => name)).toEqual(['p', '1 − p']);
    expect(sum.result).toBe(plain.slopeSum.value);
    expect((await plain.slopeSum.source.explain('pair/a[2]')).address).toBe('softmax/weight[2]');
    expect((await plain.slopeSum.source.explain('softmax/score[2]')).result).toBe(score.result);
  });

  it('has the entropy in bits, at most 3 of eight keys, without a not-a-number where a weight is 0', async () => {
    const model = new SaturationModel(engine, { dimensions: 12288, seed: 3 });
    await settled();
    const { plain, scaled } = rows(model);
    expect(Math.min(...plain.weights)).toBe(0);
    expect(plain.entropy.value).toBeLessThan(0.1);
    expect(plain.entropy.value).toBeGreaterThanOrEqual(0);
    expect(scaled.entropy.value).toBeGreaterThan(0.5);
    expect(scaled.entropy.value).toBeLessThan(3);
    expect(model.spoken.value).toContain('12,288 dimensions, 8 keys. Without the scale key');
  });

  it('never says that a slope is 0 which is not', () => {
    expect([slopeWords(0.25), slopeWords(1e-9), slopeWords(0)]).toEqual(['0.2500', '1.0 × 10⁻⁹', '0']);
  });

  it('goes through the address and back, and leaves nonsense alone', async () => {
    const model = new SaturationModel(engine);
    model.set_size(6);
    model.set_seed(9);
    const twin = new SaturationModel(engine);
    twin.from_state(model.to_state());
    for (const nonsense of ['', 'd:5;s:1', 'd:64', 'd:64;s:1.5']) twin.from_state(nonsense);
    expect(twin.to_state()).toBe('d:4096;s:9');
    await settled();
  });
});

describe('q·k in the trained writer', () => {
  let model: ModelScaleModel;
  beforeEach(async () => {
    model = new ModelScaleModel(engine, 'one two three');
    model.begin();
    await settled();
  });

  it('asks for nothing before the reader comes near', async () => {
    const other = fakeScalingLab();
    const waiting = new ModelScaleModel(async () => other as unknown as Lab);
    waiting.choose(2, 1);
    waiting.set_text('another');
    await settled();
    expect(other.asked).toEqual([]);
  });

  it('measures each head over the pairs that it may see, and unfolds down to them', async () => {
    const measured = model.asked.answer.value;
    const scale = measured?.scales[1]?.[0];
    if (!measured || !scale) throw new Error('nothing measured');
    const n = measured.tokens.length;
    let squares = 0;
    let count = 0;
    for (let t = 0; t < n; t++)
      for (let s = 0; s <= t; s++) {
        squares += (scale.dots[t * n + s] ?? 0) ** 2;
        count++;
      }
    expect(count).toBe(10);
    expect(scale.value).toBeCloseTo(Math.sqrt(squares / count), 5);
    const explained = await scale.source.explain(measureAddress);
    expect(explained.result).toBeCloseTo(scale.value, 5);
    expect(explained.terms.map(({ label }) => label)).toEqual(['root of the sum of squares', '√10']);
    const leaf = await scale.source.explain('pair/a[4]'); // pairs: 0,0 1,0 1,1 2,0 2,1
    expect(leaf.address).toBe('transformer/L2/H1/dot[2,1]');
    expect(leaf.result).toBeCloseTo(scale.dots[2 * n + 1] ?? 0, 5);
  });

  it('says what was measured, however it turns out', () => {
    expect(model.says.value).toMatch(
      /^In this sentence \d of 4 heads have a root mean square above √4 = 2\.00\. The largest is \d+\.\d\d, in layer 2, head [12]/,
    );
    expect(model.spoken.value).toContain('asked by “three”: entropy');
  });

  it('looks into the largest head and asks the last word, until the reader chooses', async () => {
    const scales = model.asked.answer.value?.scales.flat() ?? [];
    const most = Math.max(...scales.map(({ value }) => value));
    const look = model.look.answer.value;
    expect(scales.find(({ layer, head }) => layer === look?.layer && head === look.head)?.value).toBe(most);
    model.set_text('one two .');
    await settled();
    expect(model.at.value).toBe(2);
    expect(model.to_state()).toBe('x:one two .');
  });

  it('looks into a head: lengths of whole rows, and the last token’s softmax of all it may see', async () => {
    model.choose(2, 2);
    await settled();
    const look = model.look.answer.value;
    if (!look) throw new Error('no look');
    const run = model.asked.answer.value?.run;
    const keys = await run?.head(2, 2, 'key');
    expect(look.key.value).toBeCloseTo(Math.sqrt((keys?.data.reduce((sum, x) => sum + x * x, 0) ?? 0) / 4), 4);
    expect(look.plain.weights).toHaveLength(4);
    const mean = look.dots.reduce((sum, dot) => sum + dot, 0) / 4;
    expect(look.spread.value).toBeCloseTo(Math.sqrt(look.dots.reduce((sum, dot) => sum + (dot - mean) ** 2, 0) / 4), 4);
    const apart = await look.spread.source.explain('pair/a[1]');
    expect(apart.result).toBeCloseTo((look.dots[1] ?? 0) - mean, 4);
    expect(apart.terms.map(({ address }) => address)).toEqual(['transformer/L2/H2/dot[3,1]', 'row/mean']);
    const middle = await look.spread.source.explain('row/mean');
    expect([middle.result, middle.terms.length]).toEqual([expect.closeTo(mean, 5), 4]);
    expect(middle.check.difference).toBeLessThanOrEqual(middle.check.bound);
    expect((await look.spread.source.explain('transformer/L2/H2/dot[3,1]')).result).toBeCloseTo(look.dots[1] ?? 0, 4);
    expect(look.scaled.scale).toBeCloseTo(0.5, 6);
    model.set_place(1);
    await settled();
    expect(model.look.answer.value?.plain.weights).toHaveLength(2);
    expect((await model.look.answer.value?.plain.source.explain('softmax/score[1]'))?.address).toBe('transformer/L2/H2/dot[1,1]');
  });

  it('gives every run back but the one that is shown', async () => {
    expect(lab.open.runs).toBe(1);
    for (const text of ['a b', 'c d', 'e f g']) model.set_text(text);
    await settled();
    expect(model.asked.answer.value?.text).toBe('e f g');
    expect(lab.open.runs).toBe(1);
    model.dispose();
    await settled();
    expect(lab.open.runs).toBe(0);
  });

  it('gives back what comes after it was disposed of', async () => {
    model.set_text('later');
    model.dispose();
    await settled();
    expect(lab.open.runs).toBe(0);
  });

  it('keeps the last answer where a text is refused, with the words of the refusal', async () => {
    model.set_text('this is too long');
    await settled();
    expect(model.asked.failure.value?.message).toContain('Shorten it');
    expect(model.asked.answer.value?.text).toBe('one two three');
    expect(model.spoken.value).toContain('Shorten it');
    expect(lab.open.runs).toBe(1);
  });

  it('says that the lab came without the writer, and tries again when told', async () => {
    const other = fakeScalingLab();
    other.refuse = new LabError('no-file', 'The lab came without it.');
    const alone = new ModelScaleModel(async () => other as unknown as Lab, 'one two');
    alone.begin();
    await settled();
    expect(alone.asked.failure.value?.code).toBe('no-file');
    other.refuse = null;
    alone.retry();
    await settled();
    expect(alone.asked.failure.value).toBeNull();
    expect(alone.asked.answer.value?.tokens).toHaveLength(3);
  });

  it('goes through the address and back, and leaves nonsense alone', async () => {
    model.set_text('a; b%3B c');
    model.choose(2, 2);
    model.set_place(2);
    const twin = new ModelScaleModel(engine);
    twin.from_state(model.to_state());
    expect(twin.to_state()).toBe(model.to_state());
    for (const nonsense of ['', 'x:;l:1;h:1', 'x:hi;l:0;h:1', 'x:hi;l:1', 'x:hi;h:1', 'x:hi;l:1;h:1;t:-1', 'x:hi;l:1;h:x'])
      twin.from_state(nonsense);
    expect(twin.to_state()).toBe(model.to_state());
    model.choose(9, 1);
    model.choose(0, 1);
    model.choose(1.5, 1);
    expect(model.shown.value).toEqual({ layer: 2, head: 2 });
    await settled();
  });
});
