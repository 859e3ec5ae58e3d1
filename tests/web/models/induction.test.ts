// An induction head grown while one watches, with a training that is told its course.
import { expect, test, vi } from 'vitest';
import { InductionModel } from '../../../web/models/induction.ts';
import { curveWords, dropOf, headWords } from '../../../web/models/induction_words.ts';
import { type Course, type FakeInductionLab, fakeInductionLab, slow, sudden } from '../fake_induction_lab.ts';

const frame = () => new Promise((go) => setTimeout(go));

async function begun(lab: FakeInductionLab, start = {}, state?: string): Promise<InductionModel> {
  const model = new InductionModel(async () => lab, start, frame);
  if (state) model.from_state(state);
  model.begin();
  await vi.waitFor(() => expect(model.row.value).not.toBeNull());
  return model;
}
const settled = (model: InductionModel) =>
  vi.waitFor(() => expect([model.running.value, model.looked.answer.value?.index]).toEqual([false, model.shown.value]));

test('nothing is asked before the figure is near; then the first weights stand there, and nothing is claimed', async () => {
  const lab = fakeInductionLab();
  const model = new InductionModel(async () => lab, {}, frame);
  expect([lab.seeds, model.spoken.value]).toEqual([[], '']);
  model.begin();
  model.begin();
  await vi.waitFor(() => expect(model.row.value).not.toBeNull());
  expect(lab.seeds).toEqual([1]);
  expect(model.spoken.value).toBe('Nothing is learned yet. Start trains the model.');
  expect(model.togetherSays.value).toBe('');
});

test('a run to the end shows the drop, the two heads and what hangs on the first, each by its numbers', async () => {
  const model = await begun(fakeInductionLab());
  await model.start();
  await settled(model);
  expect([model.step.value, model.done.value, model.snapshots.value.length]).toEqual([600, true, 61]);
  expect(model.curveSays.value).toBe(
    'Between steps 190 and 230 the loss of the repetition falls from 3.21 to 0.50: 93\u00a0% of all that it fell in 600 steps. The first run stays at 3.52, and guessing blindly gives 3.47.',
  );
  expect(model.headsSay.value).toBe(
    'In layer 1, head 2 looks most at the sign before: 0.90 of its attention. Head 3 of layer 2 looks most at what followed an earlier occurrence: 0.80; equal attention would give 0.07.',
  );
  expect(model.head.value).toEqual({ layer: 2, head: 3 });
  await vi.waitFor(() =>
    expect(model.togetherSays.value).toMatch(
      /^With the output of head 2 of layer 1 set to 0, that share goes from 0\.80 to 0\.08, and the loss of the repetition goes from 0\.50 to 4\.00\. So the two work together/,
    ),
  );
  expect(model.rowSays.value).toBe(
    'In head 3 of layer 2, D (place 8) gives A (place 5) 90 %. After its sign’s earlier occurrence stands A (place 5): 90 %.',
  );
  expect(model.spoken.value).toContain('Shown: step 600.');
});

test('where the second does not hang on the first, that is what is said', async () => {
  const model = await begun(fakeInductionLab({ ...sudden, without: 0.7 }));
  await model.start();
  await vi.waitFor(() => expect(model.togetherSays.value).toContain('does not hang on the other alone'));
  expect(model.togetherSays.value).not.toContain('work together');
});

test('a run without a drop or heads claims neither', async () => {
  const model = await begun(fakeInductionLab(slow));
  await model.start();
  await settled(model);
  expect(model.curveSays.value).toContain('This run shows no sudden drop.');
  expect(model.headsSay.value).toContain('Neither is a clear tendency at step 600.');
  expect(model.togetherSays.value).toBe('');
  expect(model.without.answer.value).toBeNull();
});

test('a fall that is foretelling but not sudden is not called a drop', async () => {
  const gradual: Course = { ...sudden, loss: (step) => 3.5 - step / 200 };
  const model = await begun(fakeInductionLab(gradual));
  await model.start();
  expect(model.snapshots.value.at(-1)?.repeated.accuracy).toBeGreaterThan(0.5);
  expect(dropOf(model.snapshots.value)).toBeNull();
  expect(curveWords(model.snapshots.value, false)).toContain('No sudden drop so far.');
});

test('pauses, goes on from there, steps to the next snapshot and starts again with another seed', async () => {
  const lab = fakeInductionLab();
  const model = await begun(lab);
  let said = '';
  const unsubscribe = model.step.subscribe((step) => {
    if (step < 40 || said) return;
    said = model.spoken.value;
    model.pause();
  });
  await model.start();
  unsubscribe();
  expect(said).toBe('Training: step 0 of 600.');
  const { value: paused } = model.step;
  expect(paused).toBe(40);
  await frame();
  expect(model.step.value).toBe(paused);
  await model.next();
  expect(model.step.value).toBe((Math.floor(paused / 10) + 1) * 10);
  await model.restart(7);
  expect([model.step.value, model.seed.value, lab.seeds]).toEqual([0, 7, [1, 7]]);
  await vi.waitFor(() => expect(lab.open).toBe(1));
  await model.restart(-1);
  expect(lab.seeds).toEqual([1, 7]);
  model.dispose();
  await vi.waitFor(() => expect([lab.open, lab.runs]).toEqual([0, 0]));
});

test('any snapshot can be looked at; the head that is found is of that moment, unless one was chosen', async () => {
  const model = await begun(fakeInductionLab());
  await model.start();
  model.look_at(10);
  await settled(model);
  expect([model.snapshot.value?.step, model.spoken.value.includes('Shown: step 100.')]).toEqual([100, true]);
  expect(headWords(model.snapshot.value as never)).toContain('Neither is a clear tendency at step 100.');
  expect(model.togetherSays.value).toBe('');
  model.choose_head(1, 2);
  model.choose_head(3, 1);
  expect(model.head.value).toEqual({ layer: 1, head: 2 });
  model.follow_head();
  model.look_at(1000);
  await settled(model);
  expect([model.moment.value, model.head.value]).toEqual([null, { layer: 2, head: 3 }]);
  model.choose(2);
  expect(model.rowSays.value).toContain('Its sign has not stood earlier in this sequence.');
  model.choose(99);
  expect(model.row.value?.query).toBe(2);
});

test('the state comes back: a link says how far to train, and trains only when told to', async () => {
  const model = await begun(fakeInductionLab(), { seed: 5 });
  await model.start();
  model.look_at(23);
  model.choose_head(1, 2);
  model.choose(6, 5);
  model.choose_example(2);
  const state = model.to_state();
  expect(state).toBe('s:5;n:600;m:23;h:1.2;e:2');
  const lab = fakeInductionLab();
  const other = await begun(lab, {}, 's:5;n:240;m:23;h:1.2;q:6;k:5');
  expect([other.step.value, other.target.value, lab.seeds]).toEqual([0, 240, [5]]);
  expect(other.to_state()).toBe('s:5;n:240;m:23;h:1.2;q:6;k:5');
  await other.start();
  await settled(other);
  expect([other.step.value, other.target.value, other.snapshot.value?.step]).toEqual([240, null, 230]);
  expect(other.to_state()).toBe('s:5;n:240;m:23;h:1.2;q:6;k:5');
  await other.start();
  expect(other.step.value).toBe(600);
});

test.each(['', 'nonsense', 's:-1', 's:1.5', 's:1;n:9999;m:x;h:9.9;q:999;e:77', 's:1;h:2.', `s:${'9'.repeat(40)}`])(
  'the state %s breaks nothing',
  async (state) => {
    const model = await begun(fakeInductionLab(), {}, state);
    expect([model.seed.value, model.target.value, model.chosen.value, model.query.value, model.example.value]).toEqual([
      1,
      null,
      null,
      null,
      0,
    ]);
    await model.next();
    expect(model.step.value).toBe(10);
  },
);

test('a failure is said, and what was trained stays', async () => {
  const lab = fakeInductionLab();
  const model = await begun(lab);
  await model.next();
  lab.fail = new Error('the engine stopped');
  await model.start();
  expect([model.failure.value?.message, model.running.value, model.step.value]).toEqual(['the engine stopped', false, 10]);
  expect(model.spoken.value).toBe('the engine stopped');
  await model.next();
  expect([model.failure.value, model.step.value]).toEqual([null, 20]);
});
