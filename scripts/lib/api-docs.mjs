// docs/api.md from the comments of web/engine: one section for each thing that the package exports, in the order of the sources.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import ts from 'typescript';
import { inRoot } from './paths.mjs';

export const API = 'docs/api.md';

/** What the reference holds, in its order: file and exported name. */
const PARTS = [
  ['load.ts', 'loadLab'],
  ['types.ts', 'LoadOptions', 'FileSource', 'Lab', 'Vectors'],
  [
    'learning_types.ts',
    'Learning',
    'Examples',
    'NetworkOptions',
    'Network',
    'Layer',
    'Forward',
    'Evaluation',
    'Flip',
    'TrainingOptions',
    'Training',
    'TrainingStep',
    'CurvePoint',
    'TextVectors',
    'Singular',
  ],
  [
    'attention_types.ts',
    'AttentionCalls',
    'AttentionOptions',
    'Attention',
    'SelfAttentionWeights',
    'SelfAttention',
    'RandomDotsOptions',
    'RandomDots',
    'SoftmaxRow',
  ],
  [
    'transformer_types.ts',
    'TransformerCalls',
    'Transformer',
    'TextToken',
    'RunOptions',
    'HeadPlace',
    'StatePatch',
    'TransformerRun',
    'HeadAttention',
    'Guess',
    'GenerateOptions',
    'Continuation',
  ],
  [
    'induction_types.ts',
    'InductionCalls',
    'InductionOptions',
    'InductionTraining',
    'InductionGrowth',
    'InductionSnapshot',
    'InductionScore',
    'InductionHead',
    'InductionExample',
  ],
  [
    'probe_types.ts',
    'ProbeCalls',
    'WordPlace',
    'WordStates',
    'ProbeTask',
    'ProbeOptions',
    'Probe',
    'ProbeReading',
    'ProbeScore',
    'ProbeFit',
    'MeasureOptions',
    'ProbeTable',
    'ProbeLayer',
    'Spread',
    'LeftOut',
    'Drift',
    'ProbePlane',
  ],
  ['skip_gram_types.ts', 'SkipGramCalls', 'SkipGramOptions', 'SkipGramFacts', 'SkipGram', 'SkipGramStretch', 'SkipGramProgress'],
  ['errors.ts', 'LabError'],
  ['sync.ts', 'createEngine'],
  ['sync_models.ts', 'createModels', 'SyncModels', 'SyncAttentionOptions'],
  ['skip_gram_types.ts', 'SyncSkipGram'],
  ['sync_types.ts', 'SyncLab', 'Held', 'SyncVector', 'SyncMatrix', 'Into', 'HeldMatrix', 'SyncIndex', 'IndexSearch'],
];

const INTRODUCTION = `# The interface of dot-by-dot

<!-- Written by \`node scripts/api-docs.mjs\` from the comments in web/engine; do not edit. -->

\`\`\`js
import { loadLab, LabError } from 'dot-by-dot';
import { createEngine, createModels } from 'dot-by-dot/sync';
\`\`\`
`;

/** A comment's text, its links as code or as links within the page. */
function text(comment, names) {
  return (ts.getTextOfJSDocComment(comment) ?? '')
    .trim()
    .replaceAll(/\{@link (\w+)\}/g, (_, name) => (names.has(name) ? `[\`${name}\`](#${name.toLowerCase()})` : `\`${name}\``));
}

/** What is said of a declaration: its description, then parameters and errors as a list. */
function documentation(node, names) {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const last = docs.at(-1);
  if (!last) return '';
  const items = (last.tags ?? []).map((tag) => {
    const said = text(tag.comment, names);
    if (ts.isJSDocParameterTag(tag)) return `- \`${tag.name.getText()}\`: ${said.replace(/^[-–—]\s*/, '')}`;
    if (ts.isJSDocThrowsTag(tag)) return `- Errors: ${said.replace(/^LabError\s*/, '')}`;
    return `- ${tag.tagName.text}: ${said}`;
  });
  return [text(last.comment, names), items.join('\n')].filter(Boolean).join('\n\n');
}

const code = (lines) => `\`\`\`ts\n${lines}\n\`\`\``;

/** Source text without its comments, on one line. */
function bare(node, source) {
  const printer = ts.createPrinter({ removeComments: true });
  return printer
    .printNode(ts.EmitHint.Unspecified, node, source)
    .replaceAll(/;\s*\n\s*\}/g, ' }')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/;$/, '');
}

/** Members that are called on an object of this name get a heading each; those of other types are rows of a table. */
const CALLED_ON = {
  Lab: 'lab.',
  Learning: 'lab.',
  AttentionCalls: 'lab.',
  TransformerCalls: 'lab.',
  Transformer: 'transformer.',
  TransformerRun: 'run.',
  ProbeCalls: 'lab.',
  WordStates: 'states.',
  Probe: 'probe.',
  Vectors: 'vectors.',
  Examples: 'examples.',
  Network: 'network.',
  Training: 'training.',
  Explainable: 'explainable.',
  SyncLab: 'engine.',
  SyncModels: 'models.',
  Held: 'held.',
};

/** Headings for what is called and documented, one block for what is called only, a table for the rest. */
function members(node, source, names, prefix) {
  const described = [];
  const called = [];
  const fields = [];
  for (const member of node.members) {
    const name = member.name?.getText();
    const about = documentation(member, names);
    if (prefix && ts.isMethodSignature(member)) {
      if (about) described.push(`### ${prefix}${name}\n\n${code(bare(member, source))}\n\n${about}`);
      else called.push(bare(member, source));
    } else if (prefix && member.type && ts.isTypeLiteralNode(member.type)) {
      // a group of calls, such as lab.random
      const group = members(member.type, source, names, `${prefix}${name}.`);
      described.push(...group.described);
      called.push(...group.called.map((one) => `${name}.${one}`));
    } else {
      const type = ts.isMethodSignature(member) ? bare(member, source).replace(/^\w+\??/, '') : (member.type?.getText() ?? '');
      const cell = (said) => said.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
      fields.push(`| \`${name}${member.questionToken ? '?' : ''}\` | \`${cell(type)}\` | ${cell(about)} |`);
    }
  }
  return { described, called, table: fields.length ? `| | type | |\n|---|---|---|\n${fields.join('\n')}` : '' };
}

/** One section. */
function section(node, source, names) {
  const name = node.name.getText();
  const about = documentation(node, names);
  if (ts.isFunctionDeclaration(node)) {
    const parameters = node.parameters.map((parameter) => bare(parameter, source).replace(/: (\w+) = \{\}$/, '?: $1')).join(', ');
    return `## ${name}\n\n${code(`function ${name}(${parameters}): ${node.type.getText()}`)}\n\n${about}`;
  }
  if (ts.isInterfaceDeclaration(node)) {
    const { described, called, table } = members(node, source, names, CALLED_ON[name]);
    const from = node.heritageClauses?.flatMap(({ types }) => types.map((type) => type.getText())) ?? [];
    const also = from.length
      ? `Also has what ${from.map((one) => (names.has(one) ? `[\`${one}\`](#${one.toLowerCase()})` : `\`${one}\``)).join(' and ')} has.`
      : '';
    return [`## ${name}`, about, also, table, called.length && code(called.join('\n')), ...described].filter(Boolean).join('\n\n');
  }
  if (ts.isClassDeclaration(node)) {
    const fields = node.members
      .filter((member) => ts.isPropertyDeclaration(member))
      .map((member) => `| \`${member.name.getText()}\` | ${documentation(member, names) || 'for `instanceof` and for logs'} |`);
    return [`## ${name}`, about, `| | |\n|---|---|\n${fields.join('\n')}\n| \`message\` | what was wrong, where, and what to do |`].join(
      '\n\n',
    );
  }
  return `## ${name}\n\n${code(bare(node, source).replace(/^export /, ''))}\n\n${about}`;
}

/** The whole reference. */
export function apiText() {
  const sources = new Map();
  const declared = (file) => {
    if (!sources.has(file))
      sources.set(file, ts.createSourceFile(file, readFileSync(inRoot('web/engine', file), 'utf8'), ts.ScriptTarget.ES2022, true));
    const source = sources.get(file);
    return {
      source,
      nodes: source.statements.filter((node) => node.name && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)),
    };
  };
  const wanted = PARTS.flatMap(([file, ...names]) => names.map((name) => [file, name]));
  const mentioned = new Set(wanted.map(([, name]) => name));
  const rest = declared('types.ts')
    .nodes.map((node) => node.name.getText())
    .filter((name) => !mentioned.has(name));
  const names = new Set([...mentioned, ...rest]);
  const sections = [...wanted, ...rest.map((name) => ['types.ts', name])].map(([file, name]) => {
    const { source, nodes } = declared(file);
    return section(
      nodes.find((node) => node.name.getText() === name),
      source,
      names,
    );
  });
  return `${INTRODUCTION}\n${sections.join('\n\n')}\n`;
}

/** Whether the reference on disk is what the comments say. */
export const apiIsFresh = () => existsSync(inRoot(API)) && readFileSync(inRoot(API), 'utf8') === apiText();

/** Write the reference. @returns {boolean} whether it changed */
export function updateApi() {
  if (apiIsFresh()) return false;
  mkdirSync(dirname(inRoot(API)), { recursive: true });
  writeFileSync(inRoot(API), apiText());
  return true;
}
