// checks.yaml → plain records that know their lines. Shapes are checked here; expressions and texts by compile.ts.
import * as v from 'valibot';
import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { reservedIds } from '../attributes.ts';
import { type Report, suggestion } from '../problem.ts';

const expression = v.union([v.string(), v.number(), v.boolean(), v.array(v.number())]);
const text = v.pipe(v.string(), v.nonEmpty('a text is wanted'));
const wrong = v.strictObject({ answer: expression, when: v.optional(expression), hint: text });
const shared = {
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'lower case letters, digits and hyphens')),
  prompt: text,
  vars: v.optional(v.record(v.pipe(v.string(), v.regex(/^[A-Za-z_]\w*$/, 'letters, digits and _')), expression), {}),
  given: v.optional(expression),
  wrong: v.optional(v.array(wrong), []),
  hints: v.optional(v.array(text), []),
  explanation: text,
};
const variants = {
  number: v.strictObject({
    ...shared,
    type: v.literal('number'),
    answer: expression,
    accept: v.optional(expression),
    tolerance: v.optional(expression),
    unit: v.optional(v.string()),
    digits: v.optional(v.number()),
  }),
  vector: v.strictObject({
    ...shared,
    type: v.literal('vector'),
    answer: expression,
    accept: v.optional(expression),
    tolerance: v.optional(expression),
    digits: v.optional(v.number()),
    labels: v.optional(v.array(v.string())),
  }),
  word: v.strictObject({
    ...shared,
    type: v.literal('word'),
    answer: expression,
    accept: v.optional(expression),
    vocabulary: v.optional(v.boolean()),
  }),
  order: v.strictObject({
    ...shared,
    type: v.literal('order'),
    items: expression,
    key: expression,
    direction: v.optional(v.picklist(['ascending', 'descending'])),
    gap: v.optional(v.number()),
  }),
  choice: v.strictObject({
    ...shared,
    type: v.literal('choice'),
    choices: v.pipe(
      v.array(v.strictObject({ text, right: v.optional(expression, false), why: v.optional(v.string()) })),
      v.minLength(2, 'at least two choices'),
    ),
    shuffle: v.optional(v.boolean(), true),
  }),
};

/** One check as written, and the line of each of its parts. */
export type CheckSource = v.InferOutput<(typeof variants)[keyof typeof variants]> & {
  line: number;
  lineOf(...path: (string | number)[]): number;
};

/** Names that expressions are given by the page. */
const takenNames = ['right', 'reply', 'item', 'true', 'false', 'pi'];

export function readChecks(source: string, report: Report): CheckSource[] {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  for (const error of document.errors)
    report.add(
      lines.linePos(error.pos[0]).line,
      `not YAML: ${error.message.split(' at line')[0]}`,
      'quote a text that begins with {, [, * or : or that holds “: ” or “ #”, or write it as a block (|)',
    );
  if (document.errors.length > 0) return [];
  const { checks } = (document.toJS() ?? {}) as { checks?: unknown };
  if (!Array.isArray(checks) || checks.length === 0) {
    report.add(1, 'no list `checks:`', 'begin the file with `checks:` and one `- id:` per check');
    return [];
  }
  if (checks.length < 3 || checks.length > 5)
    report.add(1, `a lesson has three to five checks; here are ${checks.length}`, 'add or take out checks');
  const found: CheckSource[] = [];
  checks.forEach((check: unknown, i) => {
    const lineOf = (...path: (string | number)[]): number => {
      const whole = ['checks', i, ...path];
      for (let length = whole.length; length > 1; length--) {
        const line = lineOfNode(document, whole.slice(0, length), lines);
        if (line) return line;
      }
      return 1;
    };
    const read = readOne(check, lineOf, report);
    if (!read) return;
    const before = found.find((one) => one.id === read.id);
    if (before) report.add(lineOf('id'), `the id “${read.id}” is taken by line ${before.line}`, 'give the check another id');
    if (reservedIds.includes(read.id))
      report.add(lineOf('id'), `“${read.id}” is a name that the page itself uses`, 'give the check another id');
    found.push({ ...read, line: lineOf('id'), lineOf });
  });
  return found;
}

function readOne(check: unknown, lineOf: (...path: (string | number)[]) => number, report: Report) {
  const type = (check as { type?: unknown } | null)?.type;
  const schema = variants[type as keyof typeof variants];
  if (!schema) {
    report.add(lineOf('type'), `there is no check of type “${String(type)}”`, `write type: ${Object.keys(variants).join(' | ')}`);
    return null;
  }
  const parsed = v.safeParse(schema, check);
  if (!parsed.success) {
    for (const issue of parsed.issues) {
      const path = (issue.path ?? []).map((part: { key: unknown }) => part.key as string | number);
      const key = String(path.at(-1) ?? '');
      const fields = Object.keys(schema.entries);
      if (issue.expected === 'never')
        report.add(
          lineOf(...path),
          `a check of type ${type} has no “${path.join('.')}”`,
          /^\w+$/.test(key)
            ? `it has ${fields.join(', ')}.${suggestion(key, fields)}`
            : 'within { … }, put quotes round what holds a comma',
        );
      else if (issue.received === 'undefined' || ((issue.expected ?? '').startsWith('"') && !issue.input))
        report.add(lineOf(...path.slice(0, -1)), `“${path.join('.')}” is missing`, 'lessons/README.md shows each type of check');
      else
        report.add(
          lineOf(...path),
          `${path.join('.')}: ${issue.message}`,
          Array.isArray(issue.input)
            ? 'an expression with a list is written in quotes: "[a[0], 2]"'
            : 'lessons/README.md shows what belongs here',
        );
    }
    return null;
  }
  for (const name of Object.keys(parsed.output.vars)) {
    if (takenNames.includes(name)) {
      report.add(lineOf('vars', name), `“${name}” has a meaning of its own`, 'call the variable something else');
      return null;
    }
  }
  if (parsed.output.type === 'choice') {
    parsed.output.choices.forEach((choice, j) => {
      if (choice.right !== true && choice.right !== 'true' && !choice.why)
        report.add(lineOf('choices', j), 'a choice that may be wrong has no reason', 'add why: what a reader who takes it has mixed up');
    });
  }
  return parsed.output;
}

/** The line of a key (for a map's field) or of a node, or 0. */
function lineOfNode(document: ReturnType<typeof parseDocument>, path: (string | number)[], lines: LineCounter): number {
  const parent = document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  let node: unknown = document.getIn(path, true);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === last);
    if (!pair) return 0;
    node = pair.key;
  }
  const start = (node as Node | undefined)?.range?.[0];
  return start === undefined ? 0 : lines.linePos(start).line;
}
