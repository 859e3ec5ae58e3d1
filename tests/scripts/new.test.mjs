import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { courseEntry, filesOf, fill, forms, withContract, withElement } from '../../scripts/lib/scaffold.mjs';

const read = (path) => readFileSync(inRoot(path), 'utf8');
const names = forms('trial-part');

test.each(['word-map', 'word_map', 'WordMap', 'dot-word-map', 'word map'])('the forms of %s', (name) =>
  expect(forms(name)).toEqual({ snake: 'word_map', kebab: 'word-map', Pascal: 'WordMap', words: 'word map' }),
);
test.each(['', '7th', '../etc', 'naïve', 'a--'])('%j is no name', (name) => expect(() => forms(name)).toThrow('is no name'));
test('an expression of a lesson is left alone', () =>
  expect(fill('{{kebab}} {{ a }} {{other}}', names)).toBe('trial-part {{ a }} {{other}}'));

test('a kernel has a source with its twin, a test, and its contract in the header', () => {
  expect(Object.keys(filesOf('kernel', names))).toEqual(['engine/kernels/trial_part.cpp', 'tests/engine/kernels/trial_part_test.cpp']);
  const header = withContract(read('engine/kernels/kernels.h'), names);
  const twins = header.indexOf('namespace reference {');
  const found = [...header.matchAll(/(float|double) trial_part\(std::span<const float> a\);/g)];
  expect(found.map((match) => [match[1], match.index > twins])).toEqual([
    ['float', false],
    ['double', true],
  ]);
});

test('a widget has a model, an element and a test, and stands in the list of elements', () => {
  expect(Object.keys(filesOf('widget', names)).sort()).toEqual([
    'tests/web/models/trial_part.test.ts',
    'web/elements/trial_part/element.yaml',
    'web/elements/trial_part/trial_part.ts',
    'web/models/trial_part.ts',
  ]);
  expect(withElement(read('web/elements/index.ts'), names)).toContain(
    "\n  'dot-trial-part': () => import('./trial_part/trial_part.ts'),\n};",
  );
});

describe('a lesson', () => {
  const course =
    'lessons:\n  - id: one\n    number: 1\n    title: T\n    question: Q?\n    status: written\n  - id: two\n    number: 12\n    title: U\n    question: R?\n    status: planned\n';
  test('is looked up in the course', () =>
    expect(courseEntry(course, 'two')).toEqual({ number: 12, title: 'U', question: 'R?', folder: '120-two' }));
  test('that the course does not know is refused, with those that are planned', () =>
    expect(() => courseEntry(course, 'three')).toThrow(expect.objectContaining({ repair: expect.stringContaining('planned: two') })));
  test('has its three files', () =>
    expect(Object.keys(filesOf('lesson', { ...forms('two'), ...courseEntry(course, 'two') })).sort()).toEqual([
      'lessons/120-two/checks.yaml',
      'lessons/120-two/lesson.md',
      'lessons/120-two/teacher.md',
    ]));
});

test('no template is left with a place that nothing fills', () => {
  const lesson = { number: 1, title: 'T', question: 'Q', folder: '010-x' };
  for (const kind of ['kernel', 'widget', 'lesson']) {
    for (const [path, text] of Object.entries(filesOf(kind, { ...names, ...lesson }))) expect(path + text).not.toMatch(/\{\{\w+\}\}|~/);
  }
});
