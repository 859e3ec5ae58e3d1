import { describe, expect, it } from 'vitest';
import { LessonError, type Problem, renderLesson } from '../../../web/lessons/index.ts';
import { checks, head, teacher, writeCourse } from './support.ts';

/** The head is nine lines with the blank one after it: the text begins at line 10. */
const first = 10;

async function lesson(text: string, files: Record<string, string> = {}) {
  return renderLesson('dot-product', { root: writeCourse({ 'lesson.md': `${head}\n${text}\n\n::checks\n`, ...files }) });
}

async function problems(text: string, files: Record<string, string> = {}): Promise<readonly Problem[]> {
  try {
    await lesson(text, files);
  } catch (error) {
    if (error instanceof LessonError) return error.problems;
    throw error;
  }
  return [];
}

describe('rendering', () => {
  it('turns values, colours and mathematics into elements', async () => {
    const { html, elements, claims } = await lesson('It is :value[-3.50]{ask="pair/dot" a="1" b="-3.5"} for :a[*x*] and $\\va + 1$.');
    expect(html).toContain('<dot-value ask="pair/dot" a="1" b="-3.5" digits="2">−3.50</dot-value>');
    expect(html).toContain('<span class="a"><em>x</em></span>');
    expect(html).toMatch(/<math>.*<mi class="a">/);
    expect(elements).toEqual(['dot-value', 'dot-check', 'dot-progress']);
    expect(claims).toMatchObject([{ kind: 'value', text: '-3.50', line: first }]);
  });

  it('keeps a number and what is written close behind it on one line', async () => {
    const { html } = await lesson('It is :value[3]{ask="pair/dot" a="1" b="3"}, or :value[60]{ask="pair/dot" a="6" b="10"} % of it.');
    expect(html).toMatch(
      /<span class="together"><dot-value[^>]*>3<\/dot-value>,<\/span> or <span class="together"><dot-value[^>]*>60<\/dot-value> %<\/span> of it\./,
    );
  });

  it('gives a list of numbers its brackets, and no list that has them or is none', async () => {
    const { html } = await lesson(
      ':a[1, −2, 100,000], :b[\\[1, 2\\]], :a[3 to the right, 1 up], :b[7] and :a[0.85, −0.35, 1.25, 0.55, −0.95, 0.25].',
    );
    expect(html).toContain('<span class="a together">[1, −2, 100,000]</span>, <span class="b">[1, 2]</span>');
    expect(html).toContain('<span class="a">3 to the right, 1 up</span>, <span class="b">7</span>');
    expect(html).toContain('<span class="a">[0.85, −0.35, 1.25, 0.55, −0.95, 0.25]</span>');
  });

  it('leaves times, ratios and names with colons as the text they are', async () => {
    const { html } = await lesson('At 10:30, in a ratio of 3:a, std::span and :smile: stay; \\:value[x] too.');
    expect(html).toContain('At 10:30, in a ratio of 3:a, std::span and :smile: stay; :value[x] too.');
  });

  it('places figures with their class and a line of text for those without scripts', async () => {
    const { html } = await lesson('::dot-product{id="first" a="1,2" bare title="Look."}');
    expect(html).toContain(
      '<dot-product id="first" a="1,2" bare="" title="Look." class="wide"><p class="fallback">Look.</p></dot-product>',
    );
  });

  it('splits a prediction into question, choices and what comes after', async () => {
    const { html, claims } = await lesson(
      ':::predict{id="p" kind=choice pick=largest}\nWhich?\n\n- :option[*a*]{ask="words/norm[king]"}\n- :option[b]{ask="words/norm[queen]"}\n\n***\n\nAfter.\n:::',
    );
    expect(html).toContain('<div slot="question"><p>Which?</p></div><ul slot="choices"><li data-ask="words/norm[king]"><em>a</em></li>');
    expect(html).toContain('<div slot="after" hidden><p>After.</p></div>');
    expect(claims.map((claim) => claim.kind)).toEqual(['option', 'option', 'predict']);
  });

  it('keeps the code of a cell and counts its lines', async () => {
    const { html, cells } = await lesson(':::cell{id="c" prints="2"}\n```js\n1 + 1\n```\n```python\n1 + 1\n```\n:::');
    expect(html).toContain('<dot-cell id="c" prints="2" class="wide"><pre slot="js"><code class="language-js">1 + 1</code></pre>');
    expect(cells).toEqual([{ id: 'c', code: '1 + 1', prints: '2', line: first + 2 }]);
  });

  it('resolves links between lessons, from the teacher’s page one folder further', async () => {
    const { html, teacher: page } = await lesson('[x](lesson:angle#there)', { 'teacher.md': `${teacher}\n[x](lesson:angle)\n` });
    expect(html).toContain('<a href="../angle/#there">');
    expect(page).toContain('<a href="../../angle/">');
    expect(page).toContain('<dot-key lesson="dot-product">');
  });

  it('gives headings ids of their own', async () => {
    const { headings } = await lesson('## Where it breaks\n\n## Where it breaks');
    expect(headings.map(({ id }) => id)).toEqual(['where-it-breaks', 'where-it-breaks-2']);
  });
});

describe('what is wrong, where, and what repairs it', () => {
  const cases: [string, string, number, RegExp, RegExp][] = [
    ['a misspelt text directive', 'x :vaule[32]{ask="pair/dot"}', 0, /no directive “:vaule”/, /write \\:vaule.*Did you mean “value”/],
    ['a misspelt figure', '::dot-prodct{id="x"}', 0, /no directive “::dot-prodct”/, /Did you mean “dot-product”/],
    ['an unknown container', 'Text.\n\n:::nte\nx\n:::', 2, /no directive “:::nte”/, /Did you mean “note”/],
    ['the wrong number of colons', ':::checks\n:::', 0, /another number of colons/, /::checks/],
    ['an unknown attribute', '::dot-product{id="x" colour="red"}', 0, /no attribute “colour”/, /it has id, title, a, mode, bare/],
    ['a bad list of numbers', '::dot-product{id="x" a="1;2"}', 0, /a="1;2" is no list of numbers/, /commas between/],
    ['a bad word', '::dot-product{id="x" mode=tow}', 0, /mode="tow" is none of its words/, /one, two.*Did you mean “two”/],
    ['a flag with a value', '::dot-product{id="x" bare="yes"}', 0, /takes no value/, /the name alone/],
    ['a missing attribute', 'x :value[3]{a="1"}', 0, /lacks the attribute “ask”/, /ask="…"/],
    ['a repeated id', '::dot-product{id="x"}\n\n::dot-product{id="x"}', 2, /“x” is taken by line 10/, /id of its own/],
    ['a name that the page uses', '::dot-product{id="seed"}', 0, /the page itself uses/, /another id/],
    ['a title as heading', '# Title', 0, /heading with one #/, /##/],
    ['bad TeX', 'x $\\frak{$ y', 0, /formula:/, /between the dollars/],
    ['raw HTML', 'a <b>bold</b> b', 0, /HTML in a lesson/, /directive/],
    ['a picture', '![x](y.png)', 0, /a picture file/, /element/],
    ['an empty value', ':value[]{ask="pair/dot"}', 0, /nothing in its brackets/, /claim/],
    ['a slider without ends', ':::predict{id="p" kind=number ask="pair/dot"}\nx\n:::', 0, /without ends/, /min and max/],
    [
      'a heading made by ---',
      ':::predict{id="p" kind=sign ask="pair/dot" a="1" b="1"}\nx\n---\ny\n:::',
      1,
      /heading in a prediction/,
      /\*\*\*/,
    ],
    ['a cell without Python', ':::cell{id="c"}\n```js\n1\n```\n:::', 0, /without the Python/, /python block/],
    ['checks twice', '::checks', 2, /::checks stands twice/, /line 10/],
  ];
  it.each(cases)('%s', async (_, text, line, what, repair) => {
    const found = await problems(text);
    const problem = found.find((one) => what.test(one.what));
    expect(problem, JSON.stringify(found)).toBeDefined();
    expect(problem?.file).toBe('lessons/010-dot-product/lesson.md');
    expect(problem?.line).toBe(first + line);
    expect(problem?.repair).toMatch(repair);
  });

  it('names each fault of the front matter', async () => {
    const broken = head
      .replace('minutes: 5', 'minutes: many')
      .replace('summary: One sentence.\n', '')
      .replace('---\nid', '---\nlevel: 1\nid');
    const found = await problems('', { 'lesson.md': `${broken}\nText.\n\n::checks\n` });
    expect(found.map(({ line, what }) => [line, what])).toEqual([
      [2, 'the front matter lacks “summary”'],
      [2, 'the front matter has no key “level”'],
      [7, 'front matter: minutes is not what it should be'],
    ]);
  });

  it('compares the front matter with the course', async () => {
    const found = await problems('', { 'lesson.md': `${head.replace('title: Multiply', 'title: Other')}\n::checks\n` });
    expect(found[0]?.what).toBe('title is “Other” here and “Multiply” in lessons/course.yaml');
  });

  it('finds checks that stand nowhere and sections that a teacher misses', async () => {
    const found = await problems('', { 'lesson.md': `${head}\nText.\n`, 'teacher.md': '## Aims\n' });
    expect(found.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['the checks of checks.yaml stand nowhere', 'no section “Misconceptions”']),
    );
  });
});

describe('checks.yaml', () => {
  const cases: [string, string, string, number, RegExp][] = [
    ['an unknown variable', 'answer: dot(a, b)', 'answer: dot(a, c)', 8, /answer: there is no “c” here/],
    ['an unknown function', 'answer: dot(a, b)', 'answer: dott(a, b)', 8, /no function “dott”/],
    ['drawing outside vars', 'answer: dot(a, b)', 'answer: int(1, 2)', 8, /draws at random/],
    ['an unknown field', 'explanation: It is {{right}}.', 'explanation: x\n    colour: red', 14, /no “colour”/],
    ['a missing explanation', '    explanation: It is {{right}}.\n', '', 2, /“explanation” is missing/],
    ['an unknown type', 'type: number', 'type: numbr', 3, /no check of type “numbr”/],
    ['an expression in a text', '{{products(a, b)}}', '{{products(a)}}', 12, /products\(…\) takes 2 values and got 1/],
    ['a directive in a text', 'You added first.', 'You :value[3]{ask="x"} first.', 11, /no directive “:value” here/],
    ['a choice without a reason', ', why: It is below zero.', '', 19, /no reason/],
    ['a name with a meaning', 'a: nonzero(2, -5, 5)\n      b', 'right: 1\n      a: nonzero(2, -5, 5)\n      b', 6, /“right” has a meaning/],
  ];
  it.each(cases)('%s', async (_, from, to, line, what) => {
    expect(checks).toContain(from);
    const found = await problems('', { 'checks.yaml': checks.replace(from, to) });
    const problem = found.find((one) => what.test(one.what));
    expect(problem, JSON.stringify(found)).toBeDefined();
    expect([problem?.file, problem?.line]).toEqual(['lessons/010-dot-product/checks.yaml', line]);
  });

  it('says what to do about broken YAML', async () => {
    const [problem] = await problems('', { 'checks.yaml': 'checks:\n  - id: x\n    prompt: [a\n' });
    expect(problem?.what).toMatch(/not YAML/);
    expect(problem?.repair).toMatch(/quote a text/);
  });
});
