// Classes must be told apart by everybody: shapes differ, colours stand out from the page, and they stay apart as readers with each
// kind of colour blindness see them (Machado, Oliveira & Fernandes 2009, full severity), measured in Oklab (Ottosson 2020).
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classColor, classCount, marker, shapeName } from '../../../web/drawing/classes.ts';

const css = readFileSync(new URL('../../../web/site/tokens.css', import.meta.url), 'utf8');
const sets = [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/\{([^{}]*--paper[^}]*)\}/g)].map(([, body = '']) => {
  const colours = new Map([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})/g)].map(([, name = '', colour = '']) => [name, colour]));
  return { paper: colours.get('paper') ?? '', classes: Array.from({ length: classCount }, (_, k) => colours.get(`class-${k + 1}`) ?? '') };
});

type Triple = readonly [number, number, number];

function linear(colour: string): Triple {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  return [0, 2, 4].map((at) => {
    const share = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Triple;
}
const times = (rows: readonly Triple[], [r, g, b]: Triple) => rows.map((row) => row[0] * r + row[1] * g + row[2] * b) as unknown as Triple;
const luminance = (colour: string) => times([[0.2126, 0.7152, 0.0722]], linear(colour))[0];

const kinds: Record<string, readonly Triple[]> = {
  'with all three cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'with protanopia': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'with deuteranopia': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'with tritanopia': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function oklab(colour: Triple): Triple {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    colour,
  ).map(Math.cbrt) as unknown as Triple;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  );
}

function apart(one: string, other: string, kind: readonly Triple[]): number {
  const seen = (colour: string) => oklab(times(kind, linear(colour)).map((share) => Math.min(1, Math.max(0, share))) as unknown as Triple);
  const [a, b] = [seen(one), seen(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

it('finds red and green alike with deuteranopia, and not otherwise', () => {
  const [red, green] = ['#b5512b', '#7d7a1c'];
  expect(apart(red, green, kinds['with deuteranopia'] ?? [])).toBeLessThan(0.08);
  expect(apart(red, green, kinds['with all three cones'] ?? [])).toBeGreaterThan(0.12);
});

it('has the eight colours in the light, the two dark and the printed set; the fallbacks are the light ones', () => {
  expect(sets).toHaveLength(4);
  for (const { classes } of sets) expect(classes.every((colour) => /^#[0-9a-f]{6}$/.test(colour))).toBe(true);
  expect(Array.from({ length: classCount }, (_, k) => classColor(k))).toEqual(
    sets[0]?.classes.map((colour, k) => `var(--class-${k + 1}, ${colour})`),
  );
});

describe.each(sets.map((set) => [set.paper, set] as const))('on paper of %s', (_, { paper, classes }) => {
  it('every class can be seen: 3 to 1', () => {
    for (const colour of classes) {
      const [low = 0, high = 0] = [luminance(colour), luminance(paper)].sort((a, b) => a - b);
      expect((high + 0.05) / (low + 0.05), colour).toBeGreaterThanOrEqual(3);
    }
  });

  it.each(Object.entries(kinds))('the classes stay apart for a reader %s, the first four widely', (_, kind) => {
    classes.forEach((one, i) => {
      for (const [j, other] of classes.slice(0, i).entries()) {
        expect(apart(one, other, kind), `${i} and ${j}`).toBeGreaterThan(i < 4 && j < 4 ? 0.16 : 0.07);
      }
    });
  });
});

it('every class has a shape of its own, in the picture and in words', () => {
  const all = Array.from({ length: classCount }, (_, k) => k);
  expect(new Set(all.map((k) => marker(k, 0, 0, 5))).size).toBe(classCount);
  expect(new Set(all.map(shapeName)).size).toBe(classCount);
});
