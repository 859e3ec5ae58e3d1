// A parsed lesson → HTML. Directives become elements; what the check must recompute is collected on the way.
import type { Element, ElementContent, Root as HastRoot, Properties } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Code, List, Nodes, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { colourNames } from './directives.ts';
import type { ElementInfo } from './elements.ts';
import { mathml } from './math.ts';
import type { Directive } from './parse.ts';
import type { Report } from './problem.ts';
import type { Rendered } from './rendered.ts';

export interface RenderOptions {
  report: Report;
  elements: ReadonlyMap<string, ElementInfo>;
  lineOffset?: number;
  /** HTML that stands where `::checks` is. */
  checks?: (() => ElementContent[]) | undefined;
  /** Where a `lesson:` link goes. */
  link?: (url: string) => string;
}

export function renderMarkdown(tree: Root, options: RenderOptions): Rendered {
  const { report, elements, lineOffset = 0 } = options;
  const found: Rendered = { html: '', headings: [], elements: [], claims: [], cells: [], links: [], ids: [], checksLine: 0 };
  const lineOf = (node: Nodes) => (node.position?.start.line ?? 1) + lineOffset;
  const use = (name: string) => {
    if (!found.elements.includes(name)) found.elements.push(name);
  };

  // Markdown's own parts: headings get ids, links are collected and resolved.
  visit(tree, (node) => {
    if (node.type === 'heading') {
      if (node.depth === 1)
        report.add(lineOf(node), 'a heading with one #', 'the page sets the title from the front matter; begin sections with ##');
      const text = plainText(node);
      const id = unused(slug(text), found.ids);
      found.ids.push(id);
      found.headings.push({ id, text, depth: node.depth });
      node.data = { ...node.data, hProperties: { id } };
    } else if (node.type === 'link' || node.type === 'definition') {
      found.links.push({ url: node.url, line: lineOf(node) });
      if (options.link) node.url = options.link(node.url);
    } else if (node.type === 'image') {
      report.add(lineOf(node), 'a picture file', 'draw it with an element, so that its numbers are computed');
    } else if (node.type === 'html') {
      report.add(lineOf(node), 'HTML in a lesson', 'use a directive; a “<” in prose is written \\<');
    } else if ((node.type === 'leafDirective' || node.type === 'containerDirective') && node.attributes?.id) {
      found.ids.push(node.attributes.id);
    }
  });

  const convert = (nodes: RootContent[]): ElementContent[] => toHast({ type: 'root', children: nodes });
  /** Words within a sentence: as a paragraph, so that no line breaks come between, and then without it. */
  const convertInline = (nodes: RootContent[]): ElementContent[] => {
    const [paragraph] = convert([{ type: 'paragraph', children: nodes as PhrasingContent[] }]);
    return paragraph?.type === 'element' ? paragraph.children : [];
  };
  const attributesOf = (node: Directive) =>
    Object.fromEntries(Object.entries(node.attributes ?? {}).map(([name, value]) => [name, value ?? '']));
  const properties = (attributes: Record<string, string>): Properties => ({ ...attributes });

  const place: Record<string, (node: Directive) => ElementContent[]> = {
    value(node) {
      const attributes = attributesOf(node);
      const text = plainText(node);
      if (!text.trim())
        report.add(lineOf(node), ':value has nothing in its brackets', 'write the number or word that you claim: :value[32]{ask="…"}');
      found.claims.push({ kind: 'value', text, attributes, choices: [], line: lineOf(node) });
      use('dot-value');
      return [
        h('dot-value', { ...properties(attributes), digits: attributes.digits ?? String(decimalsOf(text)) }, text.replace(/^-/, '−')),
      ];
    },
    option(node) {
      report.add(
        lineOf(node),
        'an :option that is no choice',
        'it stands first in an item of the list of a prediction with kind=choice and pick',
      );
      return [];
    },
    checks(node) {
      if (found.checksLine) report.add(lineOf(node), '::checks stands twice', `take it out here or in line ${found.checksLine}`);
      found.checksLine = lineOf(node);
      found.ids.push('checks');
      if (!options.checks) {
        report.add(lineOf(node), '::checks in a text that has none', 'it belongs in lesson.md');
        return [];
      }
      use('dot-check');
      return options.checks();
    },
    note: (node) => [h('aside.note', convert(node.children as RootContent[]))],
    now: (node) => [
      h('section.now', { ariaLabelledby: 'now' }, [
        h('h2', { id: 'now' }, 'What you can now say'),
        ...convert(node.children as RootContent[]),
      ]),
    ],
    references: (node) => [
      h('section.references', { ariaLabelledby: 'references' }, [
        h('h2', { id: 'references' }, 'References'),
        ...convert(node.children as RootContent[]),
      ]),
    ],
    predict: (node) => predict(node),
    cell: (node) => cell(node),
  };
  for (const name of colourNames) place[name] = (node) => [coloured(name, plainText(node), convertInline(node.children as RootContent[]))];

  function predict(node: Directive): ElementContent[] {
    const attributes = attributesOf(node);
    const children = node.children as RootContent[];
    const rule = children.findIndex((child) => child.type === 'thematicBreak');
    const before = rule < 0 ? children : children.slice(0, rule);
    const after = rule < 0 ? [] : children.slice(rule + 1);
    const line = lineOf(node);
    const list = before.find((child): child is List => child.type === 'list');
    const kind = attributes.kind;
    const question = before.filter((child) => child !== list || kind !== 'choice');
    for (const child of children) {
      if (child.type === 'heading')
        report.add(
          lineOf(child),
          'a heading in a prediction',
          'to part the question from what comes after, write *** with a blank line before and after',
        );
    }
    if (question.length === 0) report.add(line, 'a prediction without a question', 'write it as a paragraph inside');
    if (kind === 'number' && !(attributes.min && attributes.max)) report.add(line, 'a slider without ends', 'give min and max');
    if (kind === 'choice' && !list) report.add(line, 'a choice without choices', 'write them as a list (- one\\n- another)');
    if (!attributes.ask && !(kind === 'choice' && attributes.pick))
      report.add(line, 'a prediction without “ask”', 'say what the engine is asked: ask="pair/dot" …');
    const choices =
      kind === 'choice' && list ? list.children.map((item) => choice(item.children, attributes.pick !== undefined, lineOf(item))) : [];
    const text = plainText({ type: 'root', children: question });
    found.claims.push({ kind: 'predict', text, attributes, choices: choices.map((one) => one.text), line });
    use('dot-predict');
    return [
      h('dot-predict', properties(attributes), [
        h('div', { slot: 'question' }, convert(question)),
        ...(choices.length
          ? [
              h(
                'ul',
                { slot: 'choices' },
                choices.map((one) => h('li', one.properties, one.content)),
              ),
            ]
          : []),
        ...(after.length ? [h('div', { slot: 'after', hidden: true }, convert(after))] : []),
      ]),
    ];
  }

  /** One item of a choice; with `own`, an :option that says what it asks. */
  function choice(
    children: RootContent[],
    own: boolean,
    line: number,
  ): { text: string; properties: Properties; content: ElementContent[] } {
    const paragraph = children[0] as Paragraph | undefined;
    const option = paragraph?.children?.[0];
    if (own && option?.type === 'textDirective' && option.name === 'option') {
      const attributes = attributesOf(option);
      const text = plainText(option);
      found.claims.push({ kind: 'option', text, attributes, choices: [], line });
      return {
        text,
        properties: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`data-${name}`, value])),
        content: convertInline(option.children as RootContent[]),
      };
    }
    if (own) report.add(line, 'a choice that asks nothing', 'with pick, each item is :option[text]{ask="…"}');
    return {
      text: plainText(paragraph ?? children),
      properties: {},
      content: paragraph?.type === 'paragraph' ? convertInline(paragraph.children) : convert(children),
    };
  }

  function cell(node: Directive): ElementContent[] {
    const attributes = attributesOf(node);
    const code = (language: string) =>
      (node.children as RootContent[]).find((child): child is Code => child.type === 'code' && child.lang === language);
    const [js, python] = [code('js'), code('python')];
    const line = lineOf(node);
    if (!js) report.add(line, 'a cell without JavaScript', 'put a ```js block inside');
    if (!python) report.add(line, 'a cell without the Python notation', 'put a ```python block inside');
    for (const child of node.children as RootContent[]) {
      if (child !== js && child !== python)
        report.add(lineOf(child), 'a cell holds one ```js and one ```python block only', 'move this before or after the cell');
    }
    if (js) found.cells.push({ id: attributes.id ?? '', code: js.value, prints: attributes.prints, line: lineOf(js) + 1 });
    use('dot-cell');
    const block = (language: string, value: string) =>
      h('pre', { slot: language }, [h('code', { className: [`language-${language}`] }, value)]);
    return [
      h('dot-cell', { ...properties(attributes), className: ['wide'] }, [
        block('js', js?.value ?? ''),
        block('python', python?.value ?? ''),
      ]),
    ];
  }

  function figure(node: Directive): ElementContent[] {
    const attributes = attributesOf(node);
    const element = elements.get(node.name);
    use(node.name);
    return [
      h(
        node.name,
        { ...properties(attributes), className: element?.width === 'wide' ? ['wide'] : undefined },
        attributes.title ? [h('p.fallback', attributes.title)] : [],
      ),
    ];
  }

  function math(node: { value: string; position?: Nodes['position'] }, display: boolean): ElementContent[] {
    const line = (node.position?.start.line ?? 1) + lineOffset;
    try {
      const raw = { type: 'raw', value: mathml(node.value, display) } as unknown as ElementContent;
      return [display ? h('div.math', { tabIndex: 0 }, [raw]) : raw];
    } catch (error) {
      report.add(line, `formula: ${(error as Error).message}`, 'correct the TeX between the dollars; a dollar sign in prose is \\$');
      return [];
    }
  }

  function toHast(root: Root): ElementContent[] {
    const directive = (_: unknown, node: Directive) =>
      (Object.hasOwn(place, node.name) ? (place[node.name] as typeof figure) : figure)(node);
    const processor = unified().use(remarkRehype, {
      handlers: {
        textDirective: directive,
        leafDirective: directive,
        containerDirective: directive,
        yaml: () => undefined,
        inlineMath: (_: unknown, node: { value: string }) => math(node, false),
        math: (_: unknown, node: { value: string }) => math(node, true),
      },
    } as never);
    const tree = processor.runSync(root as never) as unknown as HastRoot;
    visit(tree, 'element', keepPunctuation);
    return tree.children as ElementContent[];
  }

  found.html = toHtml({ type: 'root', children: toHast(tree) } as HastRoot, { allowDangerousHtml: true });
  return found;
}

/** A number and the punctuation or unit behind it stay on one line: a line never begins with a full stop. */
function keepPunctuation(parent: Element): void {
  if ((parent.properties.className as string[] | undefined)?.includes('together')) return; // made here
  for (let i = 0; i + 1 < parent.children.length; i++) {
    const [value, text] = [parent.children[i], parent.children[i + 1]];
    if (value?.type !== 'element' || value.tagName !== 'dot-value' || text?.type !== 'text') continue;
    const behind = /^(?:\s?[%°]|[.,;:!?)\]”’–])+/.exec(text.value)?.[0];
    if (!behind) continue;
    text.value = text.value.slice(behind.length);
    parent.children[i] = h('span.together', [value, behind]);
  }
}

/** A symbol in its colour. A list of numbers is a vector and wears its brackets; a short one stays on one line. */
function coloured(name: string, text: string, content: ElementContent[]): Element {
  const parts = text.split(/,\s+/);
  if (parts.length < 2 || !parts.every((part) => /^[-−]?[\d.,]+$/.test(part.trim()))) return h(`span.${name}`, content);
  return h('span', { className: text.length <= 30 ? [name, 'together'] : [name] }, ['[', ...content, ']']);
}

/** How many decimals a number was written with; 0 for a word. */
export function decimalsOf(text: string): number {
  return /[.](\d+)\s*$/.exec(text)?.[1]?.length ?? 0;
}

function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return plain || 'section';
}

function unused(id: string, taken: readonly string[]): string {
  let next = id;
  for (let i = 2; taken.includes(next); i++) next = `${id}-${i}`;
  return next;
}
