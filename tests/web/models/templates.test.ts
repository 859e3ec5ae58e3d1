import { describe, expect, it } from 'vitest';
import { LabError } from '../../../web/engine/index.ts';
import { edited, mostSteps, packSteps, painted, quantum, type Steps, unpackSteps } from '../../../web/models/template_edits.ts';
import { in_order, most_risen, sampleCount, TemplatesModel, type TemplatesStart } from '../../../web/models/templates.ts';
import { fakeLab } from '../fake_lab.ts';
import { fakeLayerLab, mislabelled } from '../fake_layer_lab.ts';

const settled = async () => {
  for (let i = 0; i < 40; i++) await new Promise((done) => setTimeout(done, 1));
};

async function templates(start: TemplatesStart = {}) {
  const lab = fakeLayerLab(fakeLab());
  const model = new TemplatesModel(async () => lab, start);
  await settled();
  const answer = () => {
    const now = model.asked.answer.value;
    if (!now) throw new Error('no answer');
    return now;
  };
  return { lab, model, answer };
}

describe('painting on a row', () => {
  const clean = (): Steps => new Int8Array(784);

  it('adds to the pixel, and half of it to its neighbours', () => {
    const steps = painted(clean(), 29, 4, true);
    expect([steps[29], steps[1], steps[57], steps[28], steps[30]]).toEqual([4, 2, 2, 2, 2]);
    expect(steps.filter((step) => step !== 0)).toHaveLength(5);
    expect(painted(clean(), 29, -1, false).filter((step) => step !== 0)).toEqual(Int8Array.of(-1));
  });

  it('does not run over an edge into the next row, and keeps within its reach', () => {
    expect(painted(clean(), 0, 2, true).filter((step) => step !== 0)).toHaveLength(3);
    expect(painted(clean(), 27, 2, true)[28]).toBe(0);
    let steps = clean();
    for (let i = 0; i < 30; i++) steps = painted(steps, 5, 4, false);
    expect(steps[5]).toBe(mostSteps);
  });

  it('is the trained row with the steps on top', () => {
    const row = edited(Float32Array.of(0.5, 0.5, 0.5), Int8Array.of(0, 2, -4));
    expect([row[0], row[1]?.toFixed(4), row[2]?.toFixed(4)]).toEqual([0.5, (0.5 + 2 * quantum).toFixed(4), (0.5 - 4 * quantum).toFixed(4)]);
  });

  it('fits into an address and comes back the same', () => {
    let steps = clean();
    for (const [pixel, by] of [
      [0, -25],
      [5, 1],
      [6, 1],
      [7, 1],
      [300, 25],
      [783, -3],
    ] as const)
      steps = painted(steps, pixel, by, false);
    expect(packSteps(steps)).toBe('00z.05A3.8cY.lrd');
    expect(unpackSteps(packSteps(steps), 784)).toEqual(steps);
    for (const nonsense of ['', '00', '00-', '00a', 'zzA', 'lrA2', '00A0', '00A.', '05A3x', '%%%'])
      expect(unpackSteps(nonsense, 784), nonsense).toBeNull();
  });
});

describe('the templates', () => {
  it('score a digit of the engine’s pen: row · pixels + bias', async () => {
    const { model, answer } = await templates({ sample: 3, chosen: 3 });
    expect(answer().truth).toBe(3);
    expect(answer().predicted).toBe(3);
    // 79 pixels end in 3, each with ink 0.5: for its own row 0.25 each, for the others −0.125.
    expect(answer().dot).toBeCloseTo(79 * 0.5 * 0.25, 4);
    expect(answer().scores[3]).toBeCloseTo(79 * 0.5 * 0.25 + 3 / 4, 4);
    expect(answer().scores[4]).toBeCloseTo(-79 * 0.5 * 0.125 + 1, 4);
    expect(answer().products[3]).toBeCloseTo(0.125, 6);
    expect(answer().products[4]).toBeCloseTo(0, 6);
    expect(model.spoken.value).toBe('A 3 from the engine’s pen: template 3 scores highest, 10.6; then 9, −2.7. Template 3 scores 10.6.');
  });

  it('score a drawing while there is one, and the engine’s digit again when it is cleared', async () => {
    const { model, answer, lab } = await templates();
    model.pad.take([
      [0, 0, 1, 1],
      [0, 1, 1, 0],
    ]);
    await settled();
    expect(answer().truth).toBeNull();
    expect(answer().predicted).toBe(2); // the fake pen inks what ends in the number of strokes
    expect(lab.asked.rasterize).toBe(1);
    model.pad.clear();
    await settled();
    expect(answer().truth).toBe(0);
  });

  it('leaf through the digits, around the end, and to those answered wrong', async () => {
    const { model } = await templates({ sample: 0 });
    model.leaf(-1);
    expect(model.sample.value).toBe(sampleCount - 1);
    model.leaf(1);
    expect(model.sample.value).toBe(0);
    model.pad.take([[0, 0]]);
    model.leaf(1); // the drawing makes way for the digit that was there before
    expect(model.sample.value).toBe(0);
    expect(model.pad.empty.value).toBe(true);
    await settled();
    model.next_wrong();
    expect(mislabelled(model.sample.value)).toBe(true);
    expect(model.sample.value).toBe(24);
    model.next_wrong();
    expect(model.sample.value).toBe(49);
  });

  it('painting moves the own score by change times ink, no other score, and the errors', async () => {
    const { model, answer } = await templates({ sample: 3, chosen: 4 });
    const before = answer();
    expect(before.evaluation.correct).toBe(sampleCount - sampleCount / 25);
    model.strength.value = 4;
    model.wide.value = false;
    model.paint(13); // ink 0.5 in a 3
    model.paint(14); // none
    model.release();
    await settled();
    expect(answer().scores[4]).toBeCloseTo((before.scores[4] ?? 0) + 4 * quantum * 0.5, 4);
    for (const k of [0, 1, 2, 3, 5, 6, 7, 8, 9]) expect(answer().scores[k]).toBe(before.scores[k]);
    expect(model.touched(4)).toBe(true);
    expect(model.touched(3)).toBe(false);
    // Enough of it, and threes are called fours.
    for (let pixel = 3; pixel < 784; pixel += 10) for (let i = 0; i < 3; i++) model.paint(pixel);
    model.release();
    await settled();
    expect(answer().predicted).toBe(4);
    expect(model.errors.value).toMatch(
      /^Right: 480 of 500 as trained, \d+ now\. Most of all: of the 50 threes, 50 are now called 4 \(0 before\)\.$/,
    );
  });

  it('is taken back step by step, or at once', async () => {
    const { model, answer } = await templates({ sample: 3, chosen: 3 });
    const trained = answer().scores.slice();
    model.paint(3);
    model.paint(13);
    model.release();
    model.sign.value = -1;
    model.paint(23);
    model.release();
    await settled();
    expect(model.undoable.value).toBe(2);
    model.undo();
    model.undo();
    await settled();
    expect(answer().scores).toEqual(trained);
    expect(model.touched()).toBe(false);
    model.paint(3);
    model.release();
    model.choose(5);
    model.restore(3);
    await settled();
    expect(answer().scores).toEqual(trained);
    model.undo(); // even the restoring
    expect(model.chosen.value).toBe(3);
    expect(model.touched(3)).toBe(true);
    model.restore();
    expect(model.touched()).toBe(false);
    expect(model.undoable.value).toBe(0);
  });

  it('asks no more often than the engine answers, and ends with the newest', async () => {
    const { model, answer, lab } = await templates({ sample: 3, chosen: 3 });
    const before = { ...lab.asked };
    const score = answer().scores[3] ?? 0;
    model.wide.value = false;
    for (let i = 0; i < 12; i++) model.paint(3);
    model.release();
    await settled();
    expect((lab.asked.evaluate ?? 0) - (before.evaluate ?? 0)).toBeLessThan(4);
    expect(answer().scores[3]).toBeCloseTo(score + 12 * 2 * quantum * 0.5, 4);
    await expect(answer().source.explain('network/row[0][1][3]')).resolves.toMatchObject({ kind: 'dot' });
  });

  it('go through the address and back, and leave nonsense alone', async () => {
    const { model, answer } = await templates({ sample: 7, chosen: 2 });
    model.paint(100);
    model.release();
    model.choose(9);
    model.paint(400);
    model.release();
    model.pad.take([[0.1, 0.2, 0.8, 0.9]]);
    await settled();
    const twin = await templates();
    twin.model.from_state(model.to_state());
    await settled();
    expect(twin.model.to_state()).toBe(model.to_state());
    expect(twin.answer().scores).toEqual(answer().scores);
    for (const nonsense of ['', 'n:500;k:1', 'n:1', 'n:1;k:10', 'n:x;k:1', 'k:1']) twin.model.from_state(nonsense);
    expect(twin.model.to_state()).toBe(model.to_state());
    twin.model.from_state('n:1;k:1;w3:zzzz;ink:xyz'); // what is understood is taken, the rest left out
    expect(twin.model.to_state()).toBe('n:1;k:1');
  });

  it('says what failed, and tries again', async () => {
    const lab = fakeLayerLab(fakeLab());
    lab.failNext = new LabError('network', 'The file did not arrive.');
    const model = new TemplatesModel(async () => lab);
    await settled();
    expect(model.spoken.value).toBe('The file did not arrive.');
    model.retry();
    await settled();
    expect(model.asked.failure.value).toBeNull();
    expect(model.asked.answer.value?.predicted).toBe(0);
  });

  it('give back what they opened', async () => {
    const { model, lab } = await templates();
    expect(lab.open).toEqual({ networks: 1, examples: 1 });
    model.dispose();
    await settled();
    expect(lab.open).toEqual({ networks: 0, examples: 0 });
  });
});

describe('reading the errors', () => {
  it('finds the mistake that rose most, and none on the diagonal', () => {
    const before = Uint32Array.of(8, 2, 1, 9);
    expect(most_risen(before, Uint32Array.of(3, 7, 0, 10))).toEqual({ truth: 0, answer: 1, before: 2, now: 7, of: 10 });
    expect(most_risen(before, Uint32Array.of(10, 0, 0, 10))).toBeNull();
  });

  it('orders classes by score, equal ones by number', () => {
    expect(in_order([1, 3, 3, -2])).toEqual([1, 2, 0, 3]);
  });
});
