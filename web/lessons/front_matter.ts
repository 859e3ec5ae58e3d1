// The head of a lesson file: what it is called, how long it takes, what it loads.
import * as v from 'valibot';
import { LineCounter, parseDocument } from 'yaml';
import { type Report, suggestion } from './problem.ts';

const schema = v.strictObject({
  id: v.pipe(v.string(), v.nonEmpty()),
  number: v.pipe(v.number(), v.integer()),
  title: v.pipe(v.string(), v.nonEmpty()),
  question: v.pipe(v.string(), v.nonEmpty()),
  minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(120)),
  summary: v.pipe(v.string(), v.nonEmpty()),
  needs: v.optional(v.array(v.picklist(['words'])), []),
});

/** What stands at the head of a lesson. `minutes`: reading and doing. `needs`: what the page should begin to load early. */
export type LessonMeta = v.InferOutput<typeof schema>;

const examples: Record<string, string> = {
  id: 'id: dot-product',
  number: 'number: 1',
  title: 'title: Multiply, then sum',
  question: 'question: What is …?',
  minutes: 'minutes: 12',
  summary: 'summary: One sentence.',
  needs: 'needs: [] or needs: [words]',
};

/** Reads the YAML between the two `---`; `line` is the line of its first key. Reports what is wrong and then returns null. */
export function readFrontMatter(yaml: string, line: number, report: Report): LessonMeta | null {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken) {
    report.add(
      line + lines.linePos(broken.pos[0]).line - 1,
      'the front matter is not YAML',
      'one `key: value` a line; quote a value that holds “: ”',
    );
    return null;
  }
  const value: unknown = document.toJS();
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  for (const issue of parsed.issues) {
    const key = String(issue.path?.[0]?.key ?? '');
    const node = document.get(key, true) as { range?: [number, number, number] } | undefined;
    const at = line + (node?.range ? lines.linePos(node.range[0]).line - 1 : 0);
    const known = key in examples;
    const given = value !== null && typeof value === 'object' && key in value;
    if (!known)
      report.add(
        at,
        `the front matter has no key “${key}”`,
        `it has ${Object.keys(examples).join(', ')}.${suggestion(key, Object.keys(examples))}`,
      );
    else if (!given) report.add(line, `the front matter lacks “${key}”`, `write ${examples[key]}`);
    else report.add(at, `front matter: ${key} is not what it should be`, `write it like ${examples[key]}`);
  }
  return null;
}
