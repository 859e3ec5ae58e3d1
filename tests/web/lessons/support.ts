// What the tests of the lesson pipeline share: a small engine, and a course in a temporary folder.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { LabError } from '../../../web/engine/errors.ts';
import type { Lab } from '../../../web/engine/index.ts';
import { fakeLab } from '../fake_lab.ts';
import { toyLab } from '../models/toy_words.ts';

/** Vectors of one's own and a dozen toy words; computed in plain JavaScript. */
export function smallLab(): () => Promise<Lab> {
  const pairs = fakeLab();
  const norm = async (a: ArrayLike<number>) => Math.hypot(...Array.from(a));
  const lab = {
    ...toyLab(),
    ...pairs,
    norm,
    cosine: async (a: ArrayLike<number>, b: ArrayLike<number>) => {
      const { cosine } = await pairs.pair(a, b);
      if (cosine === null) throw new LabError('zero-vector', 'A vector of length 0 has no direction.');
      return cosine;
    },
    binary: 'simd128',
  } as unknown as Lab;
  return async () => lab;
}

export const course = `lessons:
  - { id: dot-product, number: 1, title: Multiply, question: What?, status: written }
  - { id: angle, number: 2, title: Angle, question: How far?, status: planned }
`;

export const head = `---
id: dot-product
number: 1
title: Multiply
question: What?
minutes: 5
summary: One sentence.
---
`;

export const teacher = '## Aims\n\nx\n\n## Misconceptions\n\nx\n\n## Timing\n\nx\n\n## A question for the class\n\nx\n';

/** Three sound checks. */
export const checks = `checks:
  - id: sum-up
    type: number
    prompt: What is $\\va \\cdot \\vb$ for :a[{{a}}] and :b[{{b}}]?
    vars:
      a: nonzero(2, -5, 5)
      b: nonzero(2, -5, 5)
    answer: dot(a, b)
    wrong:
      - answer: sum(a) * sum(b)
        hint: You added first. {{reply}} is not it.
    hints: [ "The products are {{products(a, b)}}." ]
    explanation: It is {{right}}.
  - id: sign
    type: choice
    prompt: Which sign has {{x}}?
    vars: { x: "nonzero(1, -4, 4)" }
    choices:
      - { text: plus, right: "x[0] > 0", why: It is below zero. }
      - { text: minus, right: "x[0] < 0", why: It is above zero. }
    explanation: It is {{x}}.
  - id: across
    type: vector
    prompt: At right angles to {{a}}?
    vars: { a: "ints(2, 1, 6)" }
    answer: "[-a[1], a[0]]"
    accept: abs(dot(reply, a)) < 0.01 && norm(reply) > 0
    wrong:
      - { answer: "scale(a, -1)", when: "abs(cosine(reply, a) + 1) < 0.001", hint: Opposite. }
    explanation: Turn it.
`;

const written: string[] = [];
afterAll(() => {
  for (const root of written.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** A course with one lesson, gone after the tests of its file. The names are files of its folder, or paths from the root if they hold a slash. */
export function writeCourse(files: Record<string, string>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'dot-lessons-'));
  written.push(root);
  const all: Record<string, string> = {
    'lessons/course.yaml': course,
    'web/elements/product/element.yaml':
      'name: dot-product\nsays: Two vectors.\nattributes:\n  a: { type: numbers }\n  mode: { type: [one, two] }\n  bare: { type: flag }\n',
    'lesson.md': `${head}\nText.\n\n::checks\n`,
    'checks.yaml': checks,
    'teacher.md': teacher,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    const file = path.join(root, name.includes('/') ? name : `lessons/010-dot-product/${name}`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return root;
}
