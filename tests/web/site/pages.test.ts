import { mkdtempSync, rmdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { escapeHtml, html, raw } from '../../../web/site/html.ts';
import { readSite, renderPage } from '../../../web/site/pages/index.ts';
import { notFoundPage } from '../../../web/site/pages/not_found.ts';
import { type Page, upFrom } from '../../../web/site/pages/page.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

describe('a template', () => {
  it('escapes what is put in', () => {
    expect(String(html`<p title="${'"x" & \'y\''}">${'<script>'}</p>`)).toBe(
      '<p title="&quot;x&quot; &amp; &#39;y&#39;">&lt;script&gt;</p>',
    );
  });
  it('takes markup as it is, joins lists, and writes nothing for nothing', () => {
    expect(String(html`${raw('<b>')}${[html`<i>`, 'a<b', 0]}${null}${false}${undefined}`)).toBe('<b><i>a&lt;b0');
  });
  it('escapes all five', () => expect(escapeHtml(`<>&"'`)).toBe('&lt;&gt;&amp;&quot;&#39;'));
});

describe('the way up', () => {
  it.each([
    ['', './'],
    ['widgets/', '../'],
    ['lessons/angle/teacher/', '../../../'],
  ])('from %j is %s', (from, up) => expect(upFrom(from)).toBe(up));
});

describe('a page', () => {
  const page: Page = {
    path: 'lessons/x/',
    kind: 'lesson',
    lesson: 'x',
    title: 'A <b>old & "new"',
    description: '"',
    body: html`<h1>x</h1>`,
    elements: [],
  };
  const text = renderPage(page);
  it('keeps its title a title', () => expect(text).toContain('<title>A &lt;b&gt;old &amp; &quot;new&quot; · Dot by Dot</title>'));
  it('states the policy before anything is loaded', () => {
    expect(text.indexOf('Content-Security-Policy')).toBeGreaterThan(0);
    expect(text.indexOf('Content-Security-Policy')).toBeLessThan(text.indexOf('src='));
    expect(text).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(text).not.toContain("script-src 'self' 'unsafe");
  });
  it('has no inline script', () => expect(text).not.toMatch(/<script(?![^>]*src=)|\son\w+=|javascript:/));
});

describe('the site', async () => {
  const { pages } = await readSite(root);
  const paths = pages.map((page) => page.path);
  it('has a home page, the widgets, and no path twice', () => {
    expect(paths).toContain('');
    expect(paths).toContain('widgets/');
    expect(new Set(paths).size).toBe(paths.length);
  });
  it.each(pages.map((page) => [page.path || 'home', page] as const))('%s: each link leads to a page or to a place on one', (_, page) => {
    const text = renderPage(page);
    for (const [, href = ''] of text.matchAll(/<a [^>]*?href="([^"]*)"/g)) {
      if (/^https:/.test(href) || href.endsWith('/elements.js')) continue; // elements.js is a file of the build
      const url = new URL(href, `https://site/${page.path}`);
      const target = pages.find((one) => `/${one.path}` === url.pathname);
      expect(target, href).toBeDefined();
      if (url.hash) expect(renderPage(target as Page), href).toContain(`id="${url.hash.slice(1)}"`);
    }
  });
  it.each(pages.map((page) => [page.path || 'home', page] as const))(
    '%s: one h1, no id twice, the custom elements it holds are those it names',
    (_, page) => {
      const text = renderPage(page);
      expect(text.match(/<h1[ >]/g)).toHaveLength(1);
      const ids = [...text.replace(/<pre[\s\S]*?<\/pre>/g, '').matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
      const held = new Set([...text.matchAll(/<(dot-[\w-]+)/g)].map(([, name]) => name));
      for (const name of held) if (name !== 'dot-progress') expect(page.elements).toContain(name);
    },
  );
});

it('a checkout without lessons says which file is missing', async () => {
  const empty = mkdtempSync(path.join(os.tmpdir(), 'no-lessons-'));
  await expect(readSite(empty)).rejects.toThrow(/course\.yaml/);
  rmdirSync(empty);
});

it('the page for a wrong address asks for nothing', () => {
  const text = notFoundPage(path.join(root, 'web/site/tokens.css'));
  expect(text).not.toMatch(/ src=|<link|url\(/);
  expect(text).toMatch(/script-src 'sha256-[\w+/]+=*'/);
});
