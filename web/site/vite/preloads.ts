// Tells the browser, in the page's head, what it will need in a moment: the two fonts of the first screen and the code of the
// elements that the page holds. Without it each would be found only after the file before it had come.
import path from 'node:path';
import type { HtmlTagDescriptor, Rolldown } from 'vite';
import type { Page } from '../pages/page.ts';
import { upFrom } from '../pages/page.ts';

type Bundle = Rolldown.OutputBundle;

const fonts = /(source-serif-4-latin-wght-normal|inter-latin-wght-normal)[^/]*\.woff2$/;

export function preloads(page: Page, bundle: Bundle, entry: Rolldown.OutputChunk | undefined, root: string): HtmlTagDescriptor[] {
  const up = upFrom(page.path);
  const link = (attrs: Record<string, string>): HtmlTagDescriptor => ({ tag: 'link', attrs, injectTo: 'head' });
  const files = Object.values(bundle);
  const fontLinks = files
    .filter((file) => fonts.test(file.fileName))
    .map((file) => link({ rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: up + file.fileName }));

  const chunks = new Map(files.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])));
  const wanted = new Set<string>();
  const add = (name: string) => {
    if (wanted.has(name) || name === entry?.fileName || entry?.imports.includes(name)) return;
    wanted.add(name);
    for (const imported of chunks.get(name)?.imports ?? []) add(imported);
  };
  for (const chunk of chunks.values()) if (page.elements.some((name) => defines(chunk, name, root))) add(chunk.fileName);
  return [...fontLinks, ...[...wanted].map((name) => link({ rel: 'modulepreload', crossorigin: '', href: up + name }))];
}

/** Whether this is the chunk of <dot-name>: its module is web/elements/name/name.ts. */
function defines(chunk: Rolldown.OutputChunk, element: string, root: string): boolean {
  const name = element.replace(/^dot-/, '');
  return chunk.facadeModuleId === path.join(root, 'web/elements', name, `${name}.ts`);
}
