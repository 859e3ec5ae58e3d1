// Tells the browser, in the page's head, what it will need in a moment: the two fonts of the first screen and the code of the
// elements that the page holds. Without it each would be found only after the file before it had come.
import path from 'node:path';
import type { HtmlTagDescriptor, Rolldown } from 'vite';
import type { Page } from '../pages/page.ts';
import { upFrom } from '../pages/page.ts';
import { elementModules } from './registry.ts';

type Bundle = Rolldown.OutputBundle;

const fonts = /(source-serif-4-latin-wght-normal|inter-latin-wght-normal)[^/]*\.woff2$/;

const engine = ['web/engine/index.ts', 'build/engine/worker.js'];

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
  const modules = elementModules(root);
  const here = new Set(page.elements.map((name) => modules.get(name)));
  // The first thing that an element does is to ask the engine.
  if (page.elements.length > 0) for (const module of engine) here.add(path.join(root, module));
  for (const chunk of chunks.values()) if (chunk.facadeModuleId && here.has(chunk.facadeModuleId)) add(chunk.fileName);
  return [...fontLinks, ...[...wanted].map((name) => link({ rel: 'modulepreload', crossorigin: '', href: up + name }))];
}
