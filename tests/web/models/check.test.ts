import { beforeAll, describe, expect, it } from 'vitest';
import { renderLesson } from '../../../web/lessons/index.ts';
import { loadChecks } from '../../../web/lessons/verify/exercises.ts';
import { CheckModel, itemText } from '../../../web/models/check.ts';
import { checkOf, checksOf, provideChecks } from '../../../web/models/check_registry.ts';
import type { CheckSpec } from '../../../web/models/check_spec.ts';
import { drawExercise, gradeReply, rightText } from '../../../web/models/exercise.ts';
import { KeyModel } from '../../../web/models/key.ts';
import { LessonProgress, openStore } from '../../../web/models/progress.ts';
import { checks as sample, smallLab, writeCourse } from '../lessons/support.ts';

const lab = smallLab();
const more = `
  - id: word
    type: word
    prompt: Whose vector is nearest to king − man + woman?
    vars: { x: "pick(['king'])" , n: "int(1, 9)" }
    answer: analogy([x, 'woman'], 'man', 1)
    vocabulary: true
    wrong: [ { answer: x, hint: That is in the question. } ]
    explanation: It is {{right}}.
  - id: order
    type: order
    prompt: Which is nearest to king?
    vars: { n: "int(1, 9)" }
    items: "['queen', 'woman', 'prince']"
    key: similarity('king', item)
    wrong: []
    explanation: "{{right}}"
`;

let specs: Record<string, CheckSpec>;
beforeAll(async () => {
  const lesson = await renderLesson('dot-product', { root: writeCourse({ 'checks.yaml': sample + more.slice(1) }) });
  specs = Object.fromEntries((await loadChecks(lesson.checks)).checks.map((check) => [check.id, check]));
});

const open = async (id: string, seed = 3, progress = new LessonProgress('x', openStore())) => {
  const model = new CheckModel(
    async () => specs[id] as CheckSpec,
    lab,
    () => seed,
    progress,
  );
  await model.see();
  expect(model.drawn.failure.value).toBeNull();
  return model;
};

describe('an exercise', () => {
  it('is the same for the same seed and another for another', async () => {
    const draw = async (seed: number) => (await drawExercise(specs['sum-up'] as CheckSpec, lab, seed)).prompt;
    expect(await draw(5)).toBe(await draw(5));
    expect(await draw(5)).not.toBe(await draw(6));
    expect(await draw(5)).toMatch(/<span class="a">\[/);
  });

  it('escapes what is written in', async () => {
    const exercise = await drawExercise(specs['sum-up'] as CheckSpec, lab, 1);
    const wrong = exercise.wrong[0] ?? 0;
    expect(await gradeReply(exercise, wrong, lab)).toMatchObject({
      verdict: 'wrong',
      foreseen: 0,
      hint: expect.stringContaining('You added first.'),
    });
    expect(await gradeReply(exercise, null, lab)).toMatchObject({ verdict: 'refused' });
    expect(await gradeReply(exercise, Number.NaN, lab)).toMatchObject({ verdict: 'refused', message: expect.stringContaining('3/4') });
  });
});

describe('an exercise on the page', () => {
  it('passes the right answer, keeps it, and explains', async () => {
    const progress = new LessonProgress('x', openStore());
    const model = await open('sum-up', 3, progress);
    await model.submit();
    expect(model.grade.value).toMatchObject({ verdict: 'refused' });
    model.type(0, String(model.drawn.answer.value?.right));
    await model.submit();
    expect(model.grade.value).toEqual({ verdict: 'right' });
    expect(model.solution.value?.explanation).toContain('It is');
    expect(progress.checks.value).toEqual({ 'sum-up': 'right' });
    expect(model.spoken.value).toBe('Right.');
  });

  it('gives the hint of the mistake, then hints on request, then the answer', async () => {
    const progress = new LessonProgress('x', openStore());
    const model = await open('sum-up', 3, progress);
    model.type(0, String(model.drawn.answer.value?.wrong[0]).replace('-', '−'));
    await model.submit();
    expect(model.spoken.value).toMatch(/^Not right. You added first\. −?\d+ is not it\.$/);
    await model.hint();
    await model.hint();
    expect(model.hints.value).toHaveLength(1);
    await model.show();
    expect(progress.checks.value).toEqual({ 'sum-up': 'shown' });
    // Having seen the answer, typing it in is no solution.
    model.type(0, String(model.drawn.answer.value?.right));
    await model.submit();
    expect(progress.checks.value).toEqual({ 'sum-up': 'shown' });
  });

  it('draws another with the next seed', async () => {
    const model = await open('sum-up', 8);
    model.type(0, '1');
    await model.another();
    expect([model.drawn.answer.value?.seed, model.typed.value, model.grade.value]).toEqual([9, [''], null]);
    expect(model.to_state()).toBe('n:1');
  });

  it('keeps its answers on the device and out of the address', async () => {
    const progress = new LessonProgress('kept', openStore());
    const model = await open('across', 3, progress);
    model.type(0, '1');
    model.type(1, '-7');
    await model.submit();
    expect(model.to_state()).toBe('');
    expect(progress.answer('across')).toBe('seed:3;t:1|-7;g:1');
    const again = await open('across', 3, progress);
    expect([again.typed.value, again.grade.value?.verdict]).toEqual([['1', '-7'], 'wrong']);
    // Other numbers, other answers.
    expect((await open('across', 4, progress)).typed.value).toEqual(['', '']);
    progress.keep('across', 'seed:3;t:1|2|3;h:99;nonsense');
    expect((await open('across', 3, progress)).typed.value).toEqual(['', '']);
  });

  it('takes only its numbers from the address', async () => {
    const model = await open('across', 3);
    model.from_state('n:2;t:1|-7;g:1;s:1');
    await expect.poll(() => model.drawn.answer.value?.seed).toBe(5);
    expect([model.typed.value, model.solution.value, model.to_state()]).toEqual([['', ''], null, 'n:2']);
    model.from_state('n:x');
    await expect.poll(() => model.drawn.answer.value?.seed).toBe(3);
  });

  it('remembers that the answer was seen, and a solution after it is none', async () => {
    const progress = new LessonProgress('seen', openStore());
    const model = await open('sum-up', 3, progress);
    model.type(0, String(model.drawn.answer.value?.wrong[0]));
    await model.submit();
    await model.show();
    expect([model.grade.value, model.solution.value !== null]).toEqual([null, true]);
    model.type(0, String(model.drawn.answer.value?.right));
    await model.submit();
    const again = await open('sum-up', 3, progress);
    expect([again.grade.value?.verdict, progress.checks.value]).toEqual(['right', { 'sum-up': 'shown' }]);
  });

  it('says it where only the signs are wrong', async () => {
    const model = await open('sum-up', 3);
    model.type(0, String(-Number(model.drawn.answer.value?.right)));
    await model.submit();
    expect(model.spoken.value).toBe('Not right. The size is right. The sign is the other one.');
  });

  it('moves the items of an order', async () => {
    const model = await open('order');
    const exercise = model.drawn.answer.value;
    if (!exercise) throw new Error('not drawn');
    await model.submit();
    expect(model.grade.value?.verdict).toBe('wrong');
    for (let turns = 0; turns < 9; turns++) {
      const now = model.typed.value.map((index) => itemText(exercise, index));
      const place = now.findIndex(
        (word, i) => i > 0 && (exercise.right as string[]).indexOf(word) < (exercise.right as string[]).indexOf(now[i - 1] ?? ''),
      );
      if (place < 0) break;
      model.move(place, -1);
    }
    model.move(0, -1);
    await model.submit();
    expect(model.grade.value).toEqual({ verdict: 'right' });
    expect(rightText(exercise)).toBe('prince, then queen, then woman');
  });

  it('takes a word in any case, and does not grade one that is unknown', async () => {
    const model = await open('word');
    model.type(0, 'kingg');
    await model.submit();
    expect(model.grade.value).toMatchObject({ verdict: 'refused', message: expect.stringContaining('Near to it') });
    model.type(0, ' Queen ');
    await model.submit();
    expect(model.grade.value).toEqual({ verdict: 'right' });
  });

  it('gives a choice its reason', async () => {
    const model = await open('sign');
    model.type(0, String(1 - Number(model.drawn.answer.value?.right)));
    await model.submit();
    expect(model.spoken.value).toMatch(/^Not right. It is (above|below) zero\.$/);
  });
});

describe('the key and the registry', () => {
  it('computes the answers of a seed', async () => {
    provideChecks('x', async () => ({ default: { lesson: 'x', checks: Object.values(specs) } }));
    const key = new KeyModel(() => checksOf('x'), lab, 4);
    await key.compute();
    const exercise = await drawExercise(specs['sum-up'] as CheckSpec, lab, 4);
    expect(key.asked.answer.value?.[0]).toMatchObject({ id: 'sum-up', prompt: exercise.prompt, right: rightText(exercise) });
    expect(key.spoken.value).toBe('The key for seed 4.');
  });

  it('waits for the checks to be provided, and names those there are', async () => {
    const late = checkOf('later', 'sign');
    provideChecks('later', async () => ({ default: { lesson: 'later', checks: Object.values(specs) } }));
    expect((await late).id).toBe('sign');
    await expect(checkOf('later', 'none')).rejects.toThrow('It has sum-up, sign, across, word, order.');
  });
});
