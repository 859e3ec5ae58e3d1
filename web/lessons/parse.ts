// Markdown with directives and mathematics → a tree whose every directive is known and well-formed, plus what is wrong.
import type { Root } from 'mdast';
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive';
import 'mdast-util-math';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { SKIP, visit } from 'unist-util-visit';
import { type AttributeSpecs, checkAttributes } from './attributes.ts';
import { directives } from './directives.ts';
import type { ElementInfo } from './elements.ts';
import { type Report, suggestion } from './problem.ts';

export type Directive = TextDirective | LeafDirective | ContainerDirective;

/** An attribute that each element takes, whether its element.yaml names it or not. */
const common: AttributeSpecs = { id: { type: 'id' }, title: { type: 'text' } };

export interface ParseOptions {
  elements: ReadonlyMap<string, ElementInfo>;
  /** Directive names that may stand here; all of them unless told. */
  only?: readonly string[];
  /** Added to each line number: where the text begins in its file, less one. */
  lineOffset?: number;
}

const processor = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).use(remarkMath).use(remarkDirective);

/**
 * Parses one text. Directives that are only a colon in prose (10:30) become text again; an unknown directive, a bad attribute
 * and a repeated id are reported with their line in the file.
 */
export function parseMarkdown(source: string, report: Report, { elements, only, lineOffset = 0 }: ParseOptions): Root {
  const tree = processor.parse(source) as Root;
  const ids = new Map<string, number>();
  const figures = [...elements.values()].filter((element) => element.lesson).map((element) => element.name);
  const allowed = (only ?? [...Object.keys(directives), ...figures]).filter(
    (name) => Object.hasOwn(directives, name) || elements.has(name),
  );

  visit(tree, (node, index, parent) => {
    if (node.type !== 'textDirective' && node.type !== 'leafDirective' && node.type !== 'containerDirective') return undefined;
    const line = (node.position?.start.line ?? 1) + lineOffset;
    const attributes = node.attributes ?? {};
    const written = source.slice(node.position?.start.offset, node.position?.end.offset);
    const bare = node.type === 'textDirective' && node.children.length === 0 && Object.keys(attributes).length === 0;
    if (bare && parent && index !== undefined) {
      // A colon and letters or digits, nothing more: a time, a ratio, a namespace. It is what the author typed.
      (parent.children as unknown[])[index] = { type: 'text', value: written, position: node.position };
      return [SKIP, index + 1];
    }
    const mark = node.type === 'textDirective' ? ':' : node.type === 'leafDirective' ? '::' : ':::';
    const spec = Object.hasOwn(directives, node.name) ? directives[node.name] : undefined;
    const element = elements.get(node.name);
    if (!allowed.includes(node.name) || !(spec || element)) {
      const repair =
        node.type === 'textDirective'
          ? `if the colon is plain text, write \\:${node.name}; known here: ${allowed.filter((name) => directives[name]?.kind === 'textDirective').join(', ')}.${suggestion(node.name, allowed)}`
          : `known here: ${allowed.filter((name) => directives[name]?.kind !== 'textDirective').join(', ') || 'none'}.${suggestion(node.name, allowed)}`;
      report.add(line, `there is no directive “${mark}${node.name}” here`, repair);
      return SKIP;
    }
    const kind = spec?.kind ?? 'leafDirective';
    if (kind !== node.type) {
      report.add(
        line,
        `“${node.name}” is written with another number of colons, or without its brackets`,
        `write it like ${spec?.example ?? `::${node.name}{id="…"}, in a paragraph of its own`}`,
      );
      return SKIP;
    }
    checkAttributes(`${mark}${node.name}`, attributes, spec?.attributes ?? { ...common, ...element?.attributes }, line, report);
    const { id } = attributes;
    if (id) {
      const before = ids.get(id);
      if (before !== undefined)
        report.add(line, `the id “${id}” is taken by line ${before}`, 'give each part of a lesson an id of its own');
      ids.set(id, line);
    }
    return undefined;
  });
  return tree;
}
