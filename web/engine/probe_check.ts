// What a task and its options must be, in words where they are not.
import { LabError } from './errors.ts';
import { type FitAsk, OUTSIDE, type TaskNumbers } from './probe_protocol.ts';
import type { ProbeOptions, ProbeTask } from './probe_types.ts';
import * as check from './validate.ts';

const SHARE = 0.25;
const DECAY = 10;
/** With fewer spellings there is nothing to learn by heart. */
const FEWEST_SPELLINGS = 10;

/** The words that a task is about: which text each stands in, and how it is spelt. */
export interface Words {
  count: number;
  texts: number;
  layers: number;
  text: Uint32Array;
  spelling: Uint32Array;
}

/** A list of whole numbers, one for each of so many things. */
function wholeNumbers(value: unknown, name: string, count: number, of: string, min: number, max: number): Uint32Array<ArrayBuffer> {
  const numbers = check.checkVector(value, name);
  if (numbers.length !== count)
    throw new LabError('length-mismatch', `There are ${numbers.length} ${name} and ${count} ${of}. Give one for each.`);
  for (let i = 0; i < count; ++i) check.checkInteger(numbers[i], `${name}[${i}]`, min, max);
  return Uint32Array.from(numbers);
}

/** @param single whether words of one text may be divided where no groups are given */
export function checkTask(task: ProbeTask, words: Words, single = false): TaskNumbers & { control: boolean } {
  if (typeof task !== 'object' || task === null)
    throw new LabError(
      'bad-option',
      'There is no task. Give one as {classes, labels}: a class for every word, −1 for a word that is no part of it.',
    );
  const classes = check.checkClasses(task.classes);
  const labels = wholeNumbers(task.labels, 'labels', words.count, 'words', -1, classes.length - 1); // −1 becomes OUTSIDE
  const ofTexts = task.groups === undefined ? undefined : wholeNumbers(task.groups, 'groups', words.texts, 'texts', 0, check.MOST);
  const groups = words.text.map((text, n) => (ofTexts ? (ofTexts[text] as number) : single ? n : text));
  const spellings = words.spelling;
  const distinct = new Set(spellings.filter((_, n) => labels[n] !== OUTSIDE));
  return { classes, labels, groups, spellings, control: distinct.size >= FEWEST_SPELLINGS };
}

/** Everything that one probe is trained with. */
export function checkFit(layer: number, task: ProbeTask, options: ProbeOptions, words: Words, single = false): FitAsk {
  const { seed = 1, heldOut = SHARE, decay = DECAY } = options ?? {};
  check.checkInteger(layer, 'layer', 0, words.layers);
  check.checkInteger(seed, 'seed', 0, 2 ** 50);
  check.checkBetween(decay, 'decay', 0, 1e6);
  const numbers = checkTask(task, words, single);
  if (typeof heldOut === 'number')
    return { layer, seed, decay, share: check.checkBetween(heldOut, 'heldOut', 0, 0.9), parts: null, ...numbers };
  const flags = wholeNumbers(heldOut, 'heldOut', words.texts, 'texts', 0, 1);
  const parts = Uint8Array.from(words.text, (text) => flags[text] as number);
  if (!parts.some((part, n) => part === 1 && numbers.labels[n] !== OUTSIDE))
    throw new LabError('too-few', 'None of the words with a label is held out: nothing would be measured. Hold out a text that has one.');
  return { layer, seed, decay, share: 0, parts, ...numbers };
}
