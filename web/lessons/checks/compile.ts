// Checks as written → the source of an ES module that holds them as data and functions (web/models/check_spec.ts).
import { colourNames } from '../directives.ts';
import type { ElementInfo } from '../elements.ts';
import { parseMarkdown } from '../parse.ts';
import { Report } from '../problem.ts';
import { renderMarkdown } from '../render.ts';
import { compileExpression, ExpressionError, type Scope } from './expression.ts';
import type { CheckSource } from './read.ts';

interface Context {
  elements: ReadonlyMap<string, ElementInfo>;
  report: Report;
}

/** '' where there are no checks. Problems go to the report. */
export function compileChecks(lesson: string, checks: readonly CheckSource[], context: Context): string {
  if (checks.length === 0) return '';
  const bodies = checks.map((check) => compileOne(check, context));
  return `// Generated from checks.yaml of ${lesson}.\nexport default {\n  lesson: ${JSON.stringify(lesson)},\n  checks: [\n${bodies.join(',\n')}\n  ],\n};\n`;
}

function compileOne(check: CheckSource, { elements, report }: Context): string {
  const expression = (path: (string | number)[], written: unknown, scope: Scope): string => {
    if (typeof written !== 'string') return `() => (${JSON.stringify(written)})`;
    try {
      return compileExpression(written, scope);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      report.add(check.lineOf(...path), `${check.id}: ${path.join('.')}: ${error.message}`, error.repair);
      return '() => 0';
    }
  };
  const template = (path: (string | number)[], written: string, names: readonly string[], inline = false): string => {
    const slots: string[] = [];
    // Marks that neither Markdown nor TeX touches hold the places.
    const marked = written.replace(
      /\{\{(.*?)\}\}/gs,
      (_, inner: string) => `⟦${slots.push(expression(path, inner.trim(), { names })) - 1}⟧`,
    );
    const source = marked.replace(/\$([^$]*)\$/g, (_, tex: string) => `$${tex.replace(/⟦\d+⟧/g, '\\text{$&}')}$`);
    const own = new Report(report.file);
    const line = check.lineOf(...path);
    const html = renderMarkdown(parseMarkdown(source, own, { elements, only: colourNames }), {
      report: own,
      elements,
    }).html;
    for (const problem of own.problems) report.add(line + problem.line - 1, problem.what, problem.repair);
    const parts = (inline ? html.replace(/^<p>([^]*)<\/p>$/, '$1') : html).split(/⟦\d+⟧/);
    // Markdown may not change the order of the places, so part i is followed by the i-th mark of the output.
    const order = [...html.matchAll(/⟦(\d+)⟧/g)].map((match) => slots[Number(match[1])] ?? '() => 0');
    return `{ parts: ${JSON.stringify(parts)}, slots: [${order.join(', ')}] }`;
  };

  const names = Object.keys(check.vars);
  const asked: Scope = { names };
  const all = [...names, 'right'];
  const fields: string[] = [
    `id: ${JSON.stringify(check.id)}`,
    `type: ${JSON.stringify(check.type)}`,
    `prompt: ${template(['prompt'], check.prompt, names)}`,
    `vars: [${Object.entries(check.vars)
      .map(([name, draw], i) => `[${JSON.stringify(name)}, ${expression(['vars', name], draw, { names: names.slice(0, i), draws: true })}]`)
      .join(', ')}]`,
    `wrong: [${check.wrong
      .map((wrong, i) => {
        const when =
          wrong.when === undefined ? '' : ` when: ${expression(['wrong', i, 'when'], wrong.when, { names: [...all, 'reply'] })},`;
        return `{ answer: ${expression(['wrong', i, 'answer'], wrong.answer, { names: all })},${when} hint: ${template(['wrong', i, 'hint'], wrong.hint, [...all, 'reply'])} }`;
      })
      .join(', ')}]`,
    `hints: [${check.hints.map((hint, i) => template(['hints', i], hint, all)).join(', ')}]`,
    `explanation: ${template(['explanation'], check.explanation, all)}`,
  ];
  if (check.given !== undefined)
    fields.push(`given: ${expression(['given'], check.given, check.type === 'choice' || check.type === 'order' ? asked : { names: all })}`);
  if ('answer' in check) fields.push(`answer: ${expression(['answer'], check.answer, asked)}`);
  if ('accept' in check && check.accept !== undefined)
    fields.push(`accept: ${expression(['accept'], check.accept, { names: [...all, 'reply'] })}`);
  if ('tolerance' in check && check.tolerance !== undefined) fields.push(`tolerance: ${expression(['tolerance'], check.tolerance, asked)}`);
  for (const key of ['unit', 'digits', 'labels', 'vocabulary', 'gap', 'shuffle'] as const) {
    const value = (check as Record<string, unknown>)[key];
    if (value !== undefined) fields.push(`${key}: ${JSON.stringify(value)}`);
  }
  if (check.type === 'order') {
    fields.push(
      `items: ${expression(['items'], check.items, { names, draws: true })}`,
      `key: ${expression(['key'], check.key, { names: [...names, 'item'] })}`,
      `ascending: ${check.direction === 'ascending'}`,
    );
  }
  if (check.type === 'choice') {
    const choices = check.choices.map((choice, i) => {
      const why = template(['choices', i, 'why'], choice.why || 'That is right.', names);
      return `{ text: ${template(['choices', i, 'text'], choice.text, names, true)}, right: ${expression(['choices', i, 'right'], choice.right, asked)}, why: ${why} }`;
    });
    fields.push(`choices: [${choices.join(', ')}]`);
  }
  return `    {\n      ${fields.join(',\n      ')}\n    }`;
}
