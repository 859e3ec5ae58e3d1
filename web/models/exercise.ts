// One drawn exercise: its numbers, its right answer, its foreseen mistakes; and the grading of a reply. No DOM: the page, the
// teacher's key and the lesson check use the same functions.
import type { Lab } from '../engine/index.ts';
import type { CheckSpec, Expression, Template, Value, Variables } from './check_spec.ts';
import { createKit, type Kit, same } from './kit.ts';
import { createRandom, shuffled } from './random.ts';
import { asText, escapeHtml } from './text.ts';

export interface Exercise {
  spec: CheckSpec;
  seed: number;
  variables: Variables;
  /** The prompt as HTML. */
  prompt: string;
  /** The right answer; of a choice its index in spec.choices, of an order the items in the right order. */
  right: Value;
  /** All right answers, where several were given. */
  rights: Value[];
  tolerance: number;
  /** The foreseen wrong answers, in the order of spec.wrong. */
  wrong: Value[];
  /** What the reader sees first: of an order the items shuffled, of a choice the indices. */
  shown: Value[];
  /** Of a choice: the texts as HTML, by index. */
  texts: string[];
}

export type Grade =
  | { verdict: 'right' }
  /** `foreseen` is the index in spec.wrong (or of the choice), −1 if nobody foresaw it; `hint` is HTML, '' where there is none. */
  | { verdict: 'wrong'; foreseen: number; hint: string }
  /** Not graded: nothing was answered yet, or the word is unknown. `message` is plain text. */
  | { verdict: 'refused'; message: string };

const attempts = 200;

/** Draws the exercise of a seed: the same for the same seed everywhere. Throws an Error that says what no draw fulfilled. */
export async function drawExercise(spec: CheckSpec, lab: () => Promise<Lab>, seed: number): Promise<Exercise> {
  let reason = '';
  for (let attempt = 0; attempt < attempts; attempt++) {
    const drawn = await drawOnce(spec, lab, seed, attempt);
    if (typeof drawn !== 'string') return drawn;
    reason = drawn;
  }
  throw new Error(`no draw of ${attempts} fits: ${reason}`);
}

/** One draw, or why it will not do. */
async function drawOnce(spec: CheckSpec, lab: () => Promise<Lab>, seed: number, attempt: number): Promise<Exercise | string> {
  const random = createRandom(seed, `${spec.id}/${attempt}`);
  const kit = createKit(lab, random);
  const variables: Variables = {};
  for (const [name, draw] of spec.vars) variables[name] = await draw(kit, variables);

  const exercise: Exercise = { spec, seed, variables, prompt: '', right: 0, rights: [], tolerance: 0, wrong: [], shown: [], texts: [] };
  const trouble =
    spec.type === 'choice'
      ? await drawChoices(exercise, kit, random)
      : spec.type === 'order'
        ? await drawOrder(exercise, kit, random)
        : await drawAnswer(exercise, kit);
  if (trouble) return trouble;
  if (spec.given && !(await spec.given(kit, { ...variables, right: exercise.right }))) return '“given” never holds';
  const known = { ...variables, right: exercise.right };
  for (const wrong of spec.wrong) exercise.wrong.push(await wrong.answer(kit, known));
  for (let i = 0; i < exercise.wrong.length; i++) {
    const grade = await gradeReply(exercise, exercise.wrong[i] as Value, lab);
    if (grade.verdict === 'right') return `the foreseen wrong answer ${i + 1} is always right`;
    if (grade.verdict === 'refused') return `the foreseen wrong answer ${i + 1} is never an answer: ${grade.message}`;
    if (grade.foreseen !== i)
      return grade.foreseen < 0
        ? `“when” of the foreseen wrong answer ${i + 1} does not hold for its own answer`
        : `the foreseen wrong answers ${grade.foreseen + 1} and ${i + 1} always coincide`;
  }
  exercise.prompt = await fill(spec.prompt, kit, variables);
  return exercise;
}

async function drawAnswer(exercise: Exercise, kit: Kit): Promise<string> {
  const { spec, variables } = exercise;
  const answer = (await spec.answer?.(kit, variables)) ?? 0;
  exercise.rights = spec.type !== 'vector' && Array.isArray(answer) ? answer : [answer];
  const [right] = exercise.rights;
  if (right === undefined) return '“answer” is an empty list';
  const wanted =
    spec.type === 'number'
      ? isNumber(right)
      : spec.type === 'word'
        ? typeof right === 'string'
        : Array.isArray(right) && right.every(isNumber);
  if (!wanted) return `“answer” gives ${asText(right)}, which is no ${spec.type}`;
  exercise.right = right;
  const numbers = exercise.rights.flat(2).filter(isNumber);
  const whole = numbers.every((x) => Math.abs(x - Math.round(x)) < 1e-6);
  const asked = spec.tolerance ? await spec.tolerance(kit, variables) : whole ? 0 : 0.005;
  exercise.tolerance = isNumber(asked) ? asked : 0;
  return '';
}

async function drawOrder(exercise: Exercise, kit: Kit, random: () => number): Promise<string> {
  const { spec, variables } = exercise;
  const items = await spec.items?.(kit, variables);
  if (!Array.isArray(items) || items.length < 2) return '“items” is no list of at least two';
  const keyed: { item: Value; key: number }[] = [];
  for (const item of items) keyed.push({ item, key: Number(await spec.key?.(kit, { ...variables, item })) });
  if (keyed.some(({ key }) => !Number.isFinite(key))) return '“key” gives no number';
  keyed.sort((x, y) => (spec.ascending ? x.key - y.key : y.key - x.key));
  const gap = spec.gap ?? 0.01;
  for (let i = 1; i < keyed.length; i++)
    if (Math.abs((keyed[i]?.key ?? 0) - (keyed[i - 1]?.key ?? 0)) < gap) return `two keys are always nearer than ${gap}`;
  exercise.right = keyed.map(({ item }) => item);
  exercise.rights = [exercise.right];
  exercise.shown = shuffled(random, items);
  return same(exercise.shown, exercise.right) ? 'the items are always in the right order already' : '';
}

async function drawChoices(exercise: Exercise, kit: Kit, random: () => number): Promise<string> {
  const { spec, variables } = exercise;
  const choices = spec.choices ?? [];
  const right: number[] = [];
  for (const [i, choice] of choices.entries()) {
    if (await choice.right(kit, variables)) right.push(i);
    exercise.texts.push(await fill(choice.text, kit, variables));
  }
  if (right.length > 1)
    throw new Error(`${right.length} of the choices are right with ${asText(Object.values(variables))}, and it must be one`);
  if (right.length === 0) return 'none of the choices is ever right';
  if (new Set(exercise.texts).size < choices.length) return 'two choices read the same';
  exercise.right = right[0] ?? 0;
  exercise.rights = [exercise.right];
  const order = choices.map((_, i) => i);
  exercise.shown = spec.shuffle === false ? order : shuffled(random, order);
  return '';
}

/** Grades a reply: a number, a list, a word, an index of a choice; null for nothing yet. */
export async function gradeReply(exercise: Exercise, reply: Value | null, lab: () => Promise<Lab>): Promise<Grade> {
  const { spec } = exercise;
  const fault = replyFault(exercise, reply);
  if (reply === null || fault) return { verdict: 'refused', message: fault || 'Nothing is answered yet.' };
  const kit = createKit(lab);
  if (spec.type === 'word' && spec.vocabulary) {
    const unknown = await unknownWord(String(reply), lab);
    if (unknown) return { verdict: 'refused', message: unknown };
  }
  if (spec.type === 'choice') {
    if (reply === exercise.right) return { verdict: 'right' };
    const why = spec.choices?.[Number(reply)]?.why;
    return { verdict: 'wrong', foreseen: Number(reply), hint: why ? await fill(why, kit, exercise.variables) : '' };
  }
  const known: Variables = { ...exercise.variables, right: exercise.right, reply: spec.type === 'word' ? tidy(String(reply)) : reply };
  if (exercise.rights.some((right) => agrees(exercise, right, reply)) || (spec.accept && (await holds(spec.accept, kit, known))))
    return { verdict: 'right' };
  for (const [i, wrong] of spec.wrong.entries()) {
    const value = exercise.wrong[i] as Value;
    // While a draw is under way the later wrong answers are not there yet.
    const covers = wrong.when ? await holds(wrong.when, kit, known) : value !== undefined && agrees(exercise, value, reply);
    if (covers) return { verdict: 'wrong', foreseen: i, hint: await fill(wrong.hint, kit, known) };
  }
  return { verdict: 'wrong', foreseen: -1, hint: signHint(exercise, reply) };
}

/** The one mistake that every exercise foresees: the sizes are those of a right answer, the signs are not. */
function signHint(exercise: Exercise, reply: Value): string {
  const sizes = (value: Value): Value => (Array.isArray(value) ? value.map(sizes) : typeof value === 'number' ? Math.abs(value) : value);
  if (exercise.spec.type !== 'number' && exercise.spec.type !== 'vector') return '';
  if (!exercise.rights.some((right) => agrees(exercise, sizes(right), sizes(reply)))) return '';
  return Array.isArray(reply) && reply.length > 1
    ? '<p>The sizes are all right. Look at the signs once more.</p>'
    : '<p>The size is right. The sign is the other one.</p>';
}

/** What hint `index` says, or the explanation, as HTML. */
export function hintText(exercise: Exercise, index: number, lab: () => Promise<Lab>): Promise<string> {
  const template = exercise.spec.hints[index];
  return template ? fill(template, createKit(lab), { ...exercise.variables, right: exercise.right }) : Promise.resolve('');
}

export function explanationText(exercise: Exercise, lab: () => Promise<Lab>): Promise<string> {
  return fill(exercise.spec.explanation, createKit(lab), { ...exercise.variables, right: exercise.right });
}

/** The right answer as HTML. */
export function rightText(exercise: Exercise): string {
  const { spec, right, rights } = exercise;
  if (spec.type === 'choice') return exercise.texts[Number(right)] ?? '';
  const digits = spec.digits ?? 3;
  if (spec.type === 'order') return (right as Value[]).map((item) => escapeHtml(asText(item))).join(', then ');
  const shown = rights.map((one) => escapeHtml(asText(one, digits))).join(' or ');
  return spec.unit ? `${shown}${/^[°%]/.test(spec.unit) ? '' : ' '}${escapeHtml(spec.unit)}` : shown;
}

async function fill(template: Template, kit: Kit, variables: Variables): Promise<string> {
  let html = template.parts[0] ?? '';
  for (const [i, slot] of template.slots.entries()) html += escapeHtml(asText(await slot(kit, variables))) + (template.parts[i + 1] ?? '');
  return html;
}

/** What keeps a reply from being graded, or ''. */
function replyFault({ spec, right }: Exercise, reply: Value | null): string {
  if (reply === null || reply === '') return 'Nothing is answered yet.';
  if (spec.type === 'number' && !isNumber(reply)) return 'That is no number yet. Write it like 12, −0.5 or 3/4.';
  if (spec.type === 'vector' && !(Array.isArray(reply) && reply.length === (right as Value[]).length && reply.every(isNumber)))
    return 'Write a number in each place.';
  return '';
}

function agrees({ spec, tolerance }: Exercise, right: Value, reply: Value): boolean {
  if (typeof right === 'number' && typeof reply === 'number')
    return Math.abs(right - reply) <= Math.max(tolerance, 2e-6 * Math.max(1, Math.abs(right)));
  if (Array.isArray(right) && Array.isArray(reply))
    return right.length === reply.length && right.every((one, i) => agrees({ spec, tolerance } as Exercise, one, reply[i] as Value));
  if (spec.type === 'word') return tidy(String(right)) === tidy(String(reply));
  return right === reply;
}

function tidy(word: string): string {
  return word.trim().toLowerCase();
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** A condition on a reply that the engine refuses to compute (a zero vector has no cosine) does not hold. */
async function holds(condition: Expression, kit: Kit, variables: Variables): Promise<boolean> {
  try {
    return Boolean(await condition(kit, variables));
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'zero-vector' || code === 'unknown-word') return false;
    if (code === undefined && /length 0/.test(String(error))) return false;
    throw error;
  }
}

/** Why a word cannot be graded, with near spellings, or ''. */
async function unknownWord(word: string, lab: () => Promise<Lab>): Promise<string> {
  try {
    await (await (await lab()).vectors('words')).unit(word);
    return '';
  } catch (error) {
    if ((error as { code?: string }).code === 'unknown-word') return (error as Error).message;
    throw error;
  }
}
