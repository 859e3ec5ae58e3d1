import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

// WCAG 2.2: 4.5 : 1 for text (1.4.3), 3 : 1 for marks and the edges of controls (1.4.11). Computed from the sheet that is shipped.
const css = readFileSync(new URL('../../../web/site/tokens.css', import.meta.url), 'utf8');

/** The colours of each rule that sets them, by the rule's selector. */
const themes = new Map(
  [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/(:root[^{}]*?)\s*\{([^}]*--paper[^}]*)\}/g)].map(([, selector = '', body = '']) => [
    selector.trim(),
    Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})/g)].map(([, name, colour]) => [name, colour as string])),
  ]),
);

/** Relative luminance, from #rrggbb or #rgb. */
function luminance(colour: string): number {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const text = ['ink', 'soft', 'touch', 'a', 'b', 'c'];
const marks = ['pos', 'neg', 'edge', 'touch'];
const grounds = ['paper', 'wash', 'pos-wash', 'neg-wash'];

it('has a light, a dark, a system-dark and a printed set', () => {
  expect(themes.size).toBe(3); // the printed one shares its selector with the light one
  expect([...themes.keys()]).toEqual([':root', ':root[data-theme="dark"]', ':root:not([data-theme="light"])']);
});

it('is dark in the same way by choice and by system', () => {
  expect(themes.get(':root:not([data-theme="light"])')).toEqual(themes.get(':root[data-theme="dark"]'));
});

// The map keeps the last :root, which is the printed set; the light one is read by itself.
const light = Object.fromEntries(
  [...(/:root\s*\{([^}]*)\}/.exec(css)?.[1] ?? '').matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, colour]) => [
    name,
    colour as string,
  ]),
);
const sets = { light, dark: themes.get(':root[data-theme="dark"]') ?? {}, printed: themes.get(':root') ?? {} };

describe.each(Object.entries(sets))('in the %s theme', (_, colours) => {
  const of = (name: string) => {
    expect(colours, `--${name}`).toHaveProperty(name);
    return colours[name] as string;
  };
  it.each(text.flatMap((name) => grounds.map((ground) => [name, ground] as const)))('--%s can be read on --%s', (name, ground) => {
    expect(contrast(of(name), of(ground))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(marks.flatMap((name) => grounds.map((ground) => [name, ground] as const)))('--%s can be seen on --%s', (name, ground) => {
    expect(contrast(of(name), of(ground))).toBeGreaterThanOrEqual(3);
  });
  it('a button’s words can be read on it', () => {
    expect(contrast(of('paper'), of('touch'))).toBeGreaterThanOrEqual(4.5);
  });
});

it('the contrast of black on white is 21, of #777 on white 4.48', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
  expect(contrast('#777', '#fff')).toBeCloseTo(4.48, 2);
});
