import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { problemText } from '../../../web/lessons/problem.ts';
import { verifyLessons } from '../../../web/lessons/verify/index.ts';
import { checks, head, smallLab, writeCourse } from './support.ts';

async function verify(files: Record<string, string>, only: string[] = []) {
  const verdict = await verifyLessons({ root: writeCourse(files), lab: smallLab(), only });
  return { ...verdict, said: verdict.problems.map(problemText) };
}

const text = (words: string) => ({ 'lesson.md': `${head.replace('minutes: 5', 'minutes: 5\nneeds: [words]')}\n${words}\n\n::checks\n` });
const at = 'lessons/010-dot-product/lesson.md:11: ';

describe('the lesson check', () => {
  it('passes a sound lesson and counts what it did', async () => {
    const verdict = await verify(
      text(
        'It is :value[32]{ask="pair/dot" a="1,2,3" b="4,5,6"}; −3.50 is :value[-3.50]{ask="pair/dot" a="1" b="-3.5"}; :value[queen]{ask="words/nearest[king-man+woman]"}.',
      ),
    );
    expect(verdict.said).toEqual([]);
    expect(verdict).toMatchObject({ lessons: 1, values: 3, checks: 3, exercises: 75 });
  });

  const claims: [string, string][] = [
    [':value[33]{ask="pair/dot" a="1,2,3" b="4,5,6"}', ':value[33] is wrong: pair/dot is 32 — write :value[32], or correct what is asked'],
    [
      ':value[king]{ask="words/nearest[king-man+woman]"}',
      ':value[king] is wrong: words/nearest[king-man+woman] is queen — write :value[queen]',
    ],
    [':value[many]{ask="pair/dot" a="1" b="2"}', ':value[many] holds no number, and pair/dot is 2 — write :value[2]'],
    [
      ':value[0.3]{ask="pair/dot" a="1" b="0.25"}',
      ':value[0.3] lies on the edge of rounding (0.25) — write one decimal more or less: the two engines may round it differently',
    ],
    [
      ':value[3]{ask="pair/dot" a="1"}',
      'ask="pair/dot": pair/dot needs the two vectors: a="1,2" b="3,4" — lessons/README.md lists what can be asked',
    ],
    [
      ':value[3]{ask="words/nearest[kingg]"}',
      'ask="words/nearest[kingg]": “kingg” is not in the vocabulary. Near to it: king, queen. — take a word of the vocabulary',
    ],
    ['[x](lesson:angle)', 'the link (lesson:angle) leads to a lesson that is not written yet — name it without a link'],
    ['[x](lesson:nowhere)', 'the link (lesson:nowhere) leads to no lesson — lessons are dot-product, angle'],
    ['[x](#there)', 'the link (#there) leads to no place on this page — it has #checks, #sum-up, #sign, #across'],
    [
      '[x](http://example.org)',
      'the link (http://example.org) is none of the kinds that lessons use — write lesson:id, #heading or https://…',
    ],
  ];
  it.each(claims)('%s', async (words, said) => {
    expect((await verify(text(words))).said).toEqual([at + said]);
  });

  it('holds predictions against the engine', async () => {
    const predict = (attributes: string, inside = 'How?') => text(`:::predict{id="p" ${attributes}}\n${inside}\n:::`);
    const pair = 'ask="pair/dot" a="1,2" b="3,4"';
    expect((await verify(predict(`kind=number ${pair} min=0 max=10`))).said[0]).toContain(
      'the engine answers 11, beyond the slider’s 0 to 10',
    );
    expect((await verify(predict(`kind=sign ${pair} near=11`))).said[0]).toContain('on the edge of “about zero”');
    expect((await verify(predict('kind=choice ask="words/nearest[king]"', 'Which?\n\n- queen\n- man'))).said[0]).toContain(
      'the engine answers prince, which is none of the choices (queen, man)',
    );
    expect(
      (
        await verify(
          predict(
            'kind=choice pick=largest',
            'Which?\n\n- :option[x]{ask="pair/dot" a="1" b="2"}\n- :option[y]{ask="pair/dot" a="2" b="1"}',
          ),
        )
      ).said[0],
    ).toContain('“x” and “y” are equal (2)');
    expect((await verify(predict(`kind=choice ${pair}`, 'Which?\n\n- about 10\n- about 20'))).said).toEqual([]);
  });

  it('runs the cells', async () => {
    const cell = (code: string, prints = '') => text(`:::cell{id="c"${prints}}\n\`\`\`js\n${code}\n\`\`\`\n\`\`\`python\nx\n\`\`\`\n:::`);
    expect((await verify(cell('print(await lab.dot([1, 2], [3, 4]))', ' prints="11"'))).said).toEqual([]);
    expect((await verify(cell('await lab.dot([1, 2], [3, 4])', ' prints="12"'))).said[0]).toContain(
      'lesson.md:13: the cell “c” prints “11” last, not “12” — write prints="11"',
    );
    expect((await verify(cell('await lab.dott([1], [2])'))).said[0]).toContain('the cell “c” fails: lab.dott is not a function');
    // What the engine has and a reader's worker has not: a page would fail there, so the check does.
    expect((await verify(cell('await lab.dispose()'))).said[0]).toContain('the cell “c” fails: lab.dispose is not a function');
    expect((await verify(cell('let x = 1'))).said[0]).toContain('prints nothing');
  });

  const bad: [string, string, string, RegExp][] = [
    [
      'a wrong answer that is right',
      'answer: sum(a) * sum(b)',
      'answer: dot(a, b)',
      /checks.yaml:2: check “sum-up”, seed 1: .*the foreseen wrong answer 1 is always right/,
    ],
    ['two mistakes with one hint', 'why: It is above zero.', 'why: It is below zero.', /^$/], // one of the two is right, so only one hint is ever given
    ['a choice with two right ones', '"x[0] < 0"', '"x[0] != 0"', /check “sign”, seed \d+: 2 of the choices are right with \[\[/],
    ['a given that never holds', '    answer: dot(a, b)\n', '    given: dot(a, b) > 1000\n    answer: dot(a, b)\n', /“given” never holds/],
    [
      'an accept that takes everything',
      'accept: abs(dot(reply, a)) < 0.01 && norm(reply) > 0\n',
      'accept: norm(reply) < 100\n',
      /check “across”, seed 1: .*always right/,
    ],
    ['an accept that takes zeros', '&& norm(reply) > 0\n', '\n', /a vector of zeros passes/],
    [
      'no variation',
      'vars: { x: "nonzero(1, -4, 4)" }',
      'vars: { x: [3] }\n    shuffle: false',
      /check “sign”, seed 25: every seed gives the same exercise/,
    ],
    ['an answer of the wrong kind', 'answer: "[-a[1], a[0]]"', 'answer: a[0]', /which is no vector/],
    ['an expression that fails', 'products(a, b)}}', 'products(a, [1])}}', /lists of 2 and 1 places do not match/],
  ];
  it.each(bad)('%s', async (_, from, to, said) => {
    expect(checks).toContain(from);
    const found = (await verify({ 'checks.yaml': checks.replace(from, to) })).said.join('\n');
    expect(found).toMatch(said);
  });

  it('finds stray files, missing ones, and data without a source', async () => {
    const { said } = await verify({ 'notes.txt': 'x', 'lessons/020-other/lesson.md': 'x', 'lessons/data/things/a.bin': 'x' });
    expect(said).toEqual([
      'lessons/010-dot-product/notes.txt:1: belongs nowhere — delete it; a lesson is lesson.md, checks.yaml, teacher.md, and what it loads is in lessons/data/',
      expect.stringContaining('lessons/020-other:1: belongs nowhere'),
      'lessons/data/things/source.md:1: is not there — say where the data come from, their licence and their hash',
    ]);
  });

  it('asks for needs: [words] where the words are used', async () => {
    const { said } = await verify({ 'lesson.md': `${head}\n:value[queen]{ask="words/nearest[king-man+woman]"}\n\n::checks\n` });
    expect(said).toEqual([
      'lessons/010-dot-product/lesson.md:10: it asks the word vectors without saying so — write needs: [words] in the front matter',
    ]);
  });

  it('checks one lesson alone, and knows its name', async () => {
    expect((await verify({}, ['dot-product'])).lessons).toBe(1);
    expect((await verify({}, ['dot'])).said).toEqual(['lessons/course.yaml:1: no lesson “dot” — it has dot-product, angle']);
  });
});

describe.skipIf(!existsSync('build/engine/worker.js'))('the course itself', () => {
  it('renders every lesson that is written', async () => {
    const { hasText, readCourse, renderLesson } = await import('../../../web/lessons/index.ts');
    const course = await readCourse();
    expect(course).toHaveLength(13);
    for (const entry of course.filter((one) => one.status === 'written' && hasText(one)))
      expect((await renderLesson(entry.id)).html).not.toBe('');
  });
});

describe.skipIf(!existsSync('build/engine/worker.js'))('the author’s guide', () => {
  it('shows nothing that the pipeline refuses or the engine denies', async () => {
    const guide = readFileSync('lessons/README.md', 'utf8');
    const shown = [...guide.matchAll(/^(`{3,4})(markdown|yaml)\n([^]*?)^\1$/gm)].map(([, , language, inside]) => ({
      language,
      inside: inside ?? '',
    }));
    const texts = shown
      .filter(({ language, inside }) => language === 'markdown' && !inside.startsWith('---'))
      .map(({ inside }) => inside.replace('https://…', 'https://example.org/'));
    const items = shown.filter(({ inside }) => /^(checks:\n)? {2}- id:/.test(inside)).map(({ inside }) => inside.replace(/^checks:\n/, ''));
    expect([texts.length, items.length]).toEqual([5, 3]);
    const checks = `checks:\n${items.join('')}`
      .replace(/why: …/g, (_, at: number) => `why: reason ${at}`)
      .replaceAll('prompt: …', 'prompt: Which?')
      .replaceAll('explanation: …', 'explanation: So.');
    const root = writeCourse({
      'lesson.md': `${head.replace('minutes: 5', 'minutes: 5\nneeds: [words]')}\n${texts.join('\n')}`,
      'checks.yaml': checks,
      'web/elements/product/element.yaml': readFileSync('web/elements/product/element.yaml', 'utf8'),
    });
    const { loadLab } = await import('../../../web/engine/index.ts');
    const lab = await loadLab();
    const { problems, values } = await verifyLessons({ root, lab: async () => lab });
    lab.dispose();
    expect(problems.map(problemText)).toEqual([]);
    expect(values).toBeGreaterThan(6);
  }, 30_000);
});
