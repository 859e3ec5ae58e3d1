// Bad input, answered in words: each check names the argument, says what is wrong with it and what to do.
import { LabError } from './errors.ts';
import type { TrainingOptions } from './learning_types.ts';
import type { AnalogyQuery, BenchmarkSection, Matrix, MatrixInput, NumberArray } from './types.ts';

/** The most of anything that can be counted: what 32 bits hold. */
export const MOST = 2 ** 31 - 1;

/** What something is, for a message. */
function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'string') return `the text ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
  if (typeof value === 'object') return `an object of type ${value.constructor?.name ?? 'Object'}`;
  return typeof value === 'number' ? String(value) : `of type ${typeof value}`;
}

const isTyped = (value: unknown): value is Float32Array =>
  ArrayBuffer.isView(value) && !(value instanceof DataView) && typeof (value as Float32Array)[0] !== 'bigint';

/**
 * A vector of at least one number: `value` itself, once its kind is known to be right. Whether its numbers are finite is
 * asked by {@link checkFinite} where an answer shows that they may not be.
 */
export function checkVector(value: unknown, name: string): NumberArray {
  if (!isTyped(value)) {
    if (!Array.isArray(value)) {
      throw new LabError('not-numbers', `${name} is ${describe(value)}. Give an array of numbers, such as [1, 2, 3] or a Float32Array.`);
    }
    for (let i = 0; i < value.length; ++i) {
      if (typeof value[i] !== 'number') {
        throw new LabError('not-numbers', `${name}[${i}] is ${describe(value[i])}. Every entry must be a number.`);
      }
    }
  }
  if (value.length === 0) throw new LabError('empty-vector', `${name} is empty. A vector needs at least one number.`);
  return value;
}

/** A copy as 32-bit floats. */
export const toFloats = (value: unknown, name: string): Float32Array<ArrayBuffer> => new Float32Array(checkVector(value, name));

/** Refuses NaN, ±∞, and numbers that a 32-bit float cannot hold. `allow` says which infinities pass. */
export function checkFinite(values: NumberArray, name: string, allow: 'none' | 'both' | '-∞' = 'none'): void {
  for (let i = 0; i < values.length; ++i) {
    const given = values[i] as number;
    const x = Math.fround(given);
    if (Number.isFinite(x)) continue;
    if (!Number.isNaN(x) && (allow === 'both' || (allow === '-∞' && x < 0))) continue;
    const problem = Number.isFinite(given)
      ? `${given}, too large for a 32-bit float (up to 3.4·10³⁸)`
      : String(given).replace('Infinity', '∞');
    throw new LabError('not-finite', `${name}[${i}] is ${problem}. Give finite numbers.`);
  }
}

/** Two vectors that must go together, entry by entry. */
export function checkSameLength(a: { length: number }, b: { length: number }, nameA = 'a', nameB = 'b'): void {
  if (a.length === b.length) return;
  throw new LabError(
    'length-mismatch',
    `${nameA} has ${count(a.length, 'number')} and ${nameB} has ${b.length}: they are multiplied pair by pair, so give both the same length.`,
  );
}

const count = (n: number, thing: string) => `${n} ${thing}${n === 1 ? '' : 's'}`;

/** A matrix whose data fits its shape. */
export function checkMatrix(value: unknown, name: string): MatrixInput {
  if (typeof value !== 'object' || value === null || !('data' in value) || !('rows' in value) || !('columns' in value)) {
    throw new LabError('bad-shape', `${name} is ${describe(value)}. Give a matrix as {rows, columns, data}.`);
  }
  const { rows, columns, data } = value as MatrixInput;
  checkInteger(rows, `${name}.rows`, 1, MOST, 'bad-shape');
  checkInteger(columns, `${name}.columns`, 1, MOST, 'bad-shape');
  checkVector(data, `${name}.data`);
  if (data.length !== rows * columns) {
    throw new LabError(
      'bad-shape',
      `${name} is ${rows} × ${columns}, which takes ${rows * columns} numbers, but ${name}.data has ${data.length}. Row after row, every entry must be there.`,
    );
  }
  return value as MatrixInput;
}

/** A matrix, copied as 32-bit floats. */
export function toMatrix(value: unknown, name: string): Matrix {
  const { rows, columns, data } = checkMatrix(value, name);
  return { rows, columns, data: new Float32Array(data) };
}

/** Where the columns of one meet the rows of the other. */
export function checkInner(columns: number, rows: number, left: string, right: string): void {
  if (columns === rows) return;
  throw new LabError(
    'length-mismatch',
    `${left} has ${count(columns, 'column')} and ${right} has ${rows}: each row of the one is multiplied with the other, so the two must be equal.`,
  );
}

/** A whole number from `min` to `max`. */
export function checkInteger(value: unknown, name: string, min: number, max: number, code = 'out-of-range'): number {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
  throw new LabError(
    code,
    `${name} is ${describe(value)}. Give a whole number from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}.`,
  );
}

/** Any number that a 32-bit float can hold. */
export function checkNumber(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(Math.fround(value))) return value;
  const code = typeof value === 'number' ? 'not-finite' : 'not-numbers';
  throw new LabError(code, `${name} is ${describe(value)}. Give a finite number, up to 3.4·10³⁸ in size.`);
}

/** A number greater than 0. */
export function checkPositive(value: unknown, name: string): number {
  if (typeof value === 'number' && value > 0 && Math.fround(value) > 0 && Number.isFinite(Math.fround(value))) return value;
  throw new LabError('out-of-range', `${name} is ${describe(value)}. Give a number greater than 0.`);
}

/** A zero vector has no direction. */
export function checkDirection(length: number, name: string): void {
  if (length === 0)
    throw new LabError('zero-vector', `${name} has length 0 and so no direction. Give a vector with at least one entry that is not 0.`);
  if (!Number.isFinite(length))
    throw new LabError('not-finite', `${name} is so long that its length is beyond a 32-bit float. Scale it down.`);
}

/** A text that stands for a word or an address. */
export function checkText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw new LabError('bad-option', `${name} is ${describe(value)}. Give a text.`);
}

/** A list of words, as one text of lines. */
export function checkWords(value: unknown, name: string): string[] {
  if (!Array.isArray(value))
    throw new LabError('bad-option', `${name} is ${describe(value)}. Give a list of words, such as ["king", "queen"].`);
  for (const [i, word] of value.entries()) {
    if (checkText(word, `${name}[${i}]`).includes('\n')) throw new LabError('bad-option', `${name}[${i}] holds a line end. Give one word.`);
  }
  return value;
}

/** An analogy with its defaults filled in. */
export function checkAnalogy(query: AnalogyQuery): Required<AnalogyQuery> {
  const { plus = [], minus = [], count: wanted = 10, keepQuestion = false, method = 'add' } = query ?? {};
  checkWords(plus, 'plus');
  checkWords(minus, 'minus');
  if (plus.length + minus.length === 0)
    throw new LabError(
      'bad-option',
      'The analogy has no words. Give plus, minus or both, such as {plus: ["king", "woman"], minus: ["man"]}.',
    );
  checkMethod(method);
  return { plus, minus, count: checkInteger(wanted, 'count', 1, MOST), keepQuestion: Boolean(keepQuestion), method };
}

export function checkMethod(method: unknown): void {
  if (method !== 'add' && method !== 'mul')
    throw new LabError('bad-option', `method is ${describe(method)}. Give "add" (3CosAdd) or "mul" (3CosMul).`);
}

/** Sections of questions of four words. */
export function checkSections(sections: unknown): BenchmarkSection[] {
  if (!Array.isArray(sections))
    throw new LabError('bad-option', `The sections are ${describe(sections)}. Give a list of {name, questions}.`);
  for (const section of sections) {
    if (typeof section?.name !== 'string' || !Array.isArray(section.questions)) {
      throw new LabError('bad-option', 'Every section needs a name and a list of questions.');
    }
    for (const [i, question] of section.questions.entries()) {
      if (checkWords(question, `Question ${i + 1} of "${section.name}"`).length !== 4) {
        throw new LabError(
          'bad-option',
          `Question ${i + 1} of "${section.name}" has ${count(question.length, 'word')}. Each has four: a is to b as c is to d.`,
        );
      }
    }
  }
  return sections;
}

/** A vector of the length that something else asks for. */
export function checkLength(vector: { length: number }, length: number, name: string, what: string): void {
  if (vector.length === length) return;
  throw new LabError('length-mismatch', `${name} has ${count(vector.length, 'number')}, and ${what} takes ${length}.`);
}

/** A number from `min` to `max`. */
export function checkBetween(value: unknown, name: string, min: number, max: number): number {
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw new LabError('out-of-range', `${name} is ${describe(value)}. Give a number from ${min} to ${max}.`);
}

/** One of a few words. */
export function checkOneOf<T extends string>(value: unknown, name: string, allowed: readonly T[]): T {
  if (allowed.includes(value as T)) return value as T;
  throw new LabError('bad-option', `${name} is ${describe(value)}. Give one of ${allowed.map((one) => `"${one}"`).join(', ')}.`);
}

/** Bytes of a file, copied. */
export function toBytes(value: unknown, name: string): Uint8Array<ArrayBuffer> {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value instanceof ArrayBuffer) return new Uint8Array(value.slice(0));
  throw new LabError('bad-option', `${name} is ${describe(value)}. Give the file's bytes, as a Uint8Array or an ArrayBuffer.`);
}

/** Names of classes: 2 to 256, none empty, none twice. */
export function checkClasses(value: unknown): string[] {
  const classes = checkWords(value, 'classes');
  if (classes.length < 2 || classes.length > 256)
    throw new LabError('out-of-range', `There ${classes.length === 1 ? 'is 1 class' : `are ${classes.length} classes`}. Give 2 to 256.`);
  for (const [i, name] of classes.entries()) {
    if (name.trim() === '') throw new LabError('bad-word', `classes[${i}] is empty. Give every class a name.`);
    if (classes.indexOf(name) < i)
      throw new LabError('bad-word', `classes[${i}] is ${JSON.stringify(name)}, as is an earlier one. Give each a name of its own.`);
  }
  return [...classes];
}

/** A class for every row, as bytes. */
export function toLabels(value: unknown, rows: number, classes: number): Uint8Array<ArrayBuffer> {
  const labels = checkVector(value, 'labels');
  if (labels.length !== rows)
    throw new LabError('length-mismatch', `There are ${labels.length} labels and ${rows} rows. Give one label for each row.`);
  for (let i = 0; i < labels.length; ++i) checkInteger(labels[i], `labels[${i}]`, 0, classes - 1);
  return new Uint8Array(labels);
}

/** What a training may be told. */
export function checkTraining(options: TrainingOptions): TrainingOptions {
  const { optimizer, rate, momentum, batch, weightDecay, seed, every } = options ?? {};
  if (optimizer !== undefined) checkOneOf(optimizer, 'optimizer', ['sgd', 'momentum', 'adam']);
  if (rate !== undefined) checkPositive(rate, 'rate');
  if (momentum !== undefined) checkBetween(momentum, 'momentum', 0, 0.9999);
  if (batch !== undefined) checkInteger(batch, 'batch', 1, MOST);
  if (weightDecay !== undefined) checkBetween(weightDecay, 'weightDecay', 0, 1e6);
  if (seed !== undefined) checkInteger(seed, 'seed', 0, Number.MAX_SAFE_INTEGER);
  if (every !== undefined) checkInteger(every, 'every', 1, MOST);
  return options;
}
