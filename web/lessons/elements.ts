// The custom elements that a lesson may use, read from the element.yaml beside each element's code.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { type AttributeSpecs, attributeTypes } from './attributes.ts';
import { LessonError } from './problem.ts';

const elementSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^dot-[a-z][a-z0-9-]*$/, 'an element’s name begins with dot-')),
  /** Its name for people, as a heading. */
  called: v.optional(v.string()),
  says: v.pipe(v.string(), v.nonEmpty()),
  needs: v.optional(v.array(v.picklist(['words'])), []),
  width: v.optional(v.picklist(['wide', 'column', 'inline']), 'wide'),
  /** HTML that shows it alone on the page of all widgets: the element as one would write it on any page. */
  example: v.optional(v.string()),
  /** Whether a lesson writes it as `::name{…}`; the others are placed by directives of their own. */
  lesson: v.optional(v.boolean(), true),
  attributes: v.optional(
    v.record(
      v.string(),
      v.strictObject({
        type: v.union([v.picklist(attributeTypes), v.array(v.string())]),
        required: v.optional(v.boolean()),
        says: v.optional(v.string()),
      }),
    ),
    {},
  ),
});

export type ElementInfo = Omit<v.InferOutput<typeof elementSchema>, 'attributes'> & { attributes: AttributeSpecs; folder: string };

/** Every element that has an element.yaml, by name. Throws a LessonError for one that is malformed. */
export function readElements(root: string = process.cwd()): Map<string, ElementInfo> {
  const elements = new Map<string, ElementInfo>();
  const base = path.join(root, 'web/elements');
  if (!existsSync(base)) return elements;
  for (const folder of readdirSync(base).sort()) {
    for (const file of readdirIfFolder(path.join(base, folder)).filter(
      (name) => name === 'element.yaml' || name.endsWith('.element.yaml'),
    )) {
      const shown = `web/elements/${folder}/${file}`;
      const parsed = v.safeParse(elementSchema, parse(readFileSync(path.join(base, folder, file), 'utf8')));
      if (!parsed.success) {
        const issue = parsed.issues[0];
        throw new LessonError([
          {
            file: shown,
            line: 1,
            what: `${v.getDotPath(issue) ?? ''}: ${issue.message}`,
            repair: 'lessons/README.md shows what an element.yaml holds',
          },
        ]);
      }
      elements.set(parsed.output.name, { ...parsed.output, folder });
    }
  }
  return elements;
}

function readdirIfFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
