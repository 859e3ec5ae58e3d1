// Turns the pages into entries of the build, and serves them in `vite dev` with a reload when a lesson or a page changes.
import path from 'node:path';
import type { Plugin, ResolvedConfig, ViteDevServer } from 'vite';
import * as built from '../pages/index.ts';
import type { Page } from '../pages/page.ts';
import { preloads } from './preloads.ts';

type Pages = typeof built;

/**
 * @param root the root of the checkout; Vite's own root is web/site
 */
export function pagesPlugin(root: string): Plugin {
  const site = path.join(root, 'web/site');
  /** What the page's HTML would be called if it were a file: `<site>/lessons/angle/index.html`. */
  const fileOf = (page: Page) => path.join(site, page.path, 'index.html');
  const pages = new Map<string, Page>();
  let checks = new Map<string, string>();
  let config: ResolvedConfig;

  const read = async (from: Pages) => {
    const found = await from.readSite(root);
    pages.clear();
    for (const page of found.pages) pages.set(fileOf(page), page);
    checks = new Map(found.lessons.map((lesson) => [lesson.id, lesson.checks]));
  };

  return {
    name: 'dot-by-dot:pages',
    async config(_, { command }) {
      if (command !== 'build') return {};
      await read(built);
      return { build: { rolldownOptions: { input: [...pages.keys()] } } };
    },
    configResolved(resolved) {
      config = resolved;
    },
    resolveId(id) {
      if (pages.has(id)) return id;
      if (id === checksModule) return `\0${checksModule}`;
      if (id.startsWith(`${checksModule}/`)) return `\0${id}`;
      return undefined;
    },
    load(id) {
      const page = pages.get(id);
      if (page) return built.renderPage(page);
      if (id === `\0${checksModule}`) return checksIndex([...checks.keys()]);
      if (id.startsWith(`\0${checksModule}/`)) return checks.get(id.slice(checksModule.length + 2));
      return undefined;
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html, { filename, bundle, chunk }) => {
        const page = pages.get(filename);
        return page && bundle ? { html, tags: preloads(page, bundle, chunk, root) } : html;
      },
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '404.html', source: built.notFoundPage(path.join(site, 'tokens.css')) });
    },
    configureServer(server) {
      serve(server, root, async () => {
        const fresh = (await server.ssrLoadModule(path.join(site, 'pages/index.ts'))) as Pages;
        await read(fresh);
        return { fresh, page: (url: string) => pages.get(path.join(site, url, 'index.html')) };
      });
      config.logger.info('pages: from lessons/ and web/site/pages/');
    },
  };
}

/** What an element imports to get a lesson's checks: `(await checks[id]()).default`. */
const checksModule = 'virtual:lesson-checks';

function checksIndex(ids: readonly string[]): string {
  return `export const checks = {${ids.map((id) => `${JSON.stringify(id)}: () => import(${JSON.stringify(`${checksModule}/${id}`)})`).join(', ')}};`;
}

type Fresh = () => Promise<{ fresh: Pages; page: (url: string) => Page | undefined }>;

function serve(server: ViteDevServer, root: string, read: Fresh): void {
  server.watcher.add([path.join(root, 'lessons'), path.join(root, 'web')]);
  server.watcher.on('all', (_, file) => {
    const content =
      file.startsWith(path.join(root, 'lessons')) ||
      file.startsWith(path.join(root, 'web/lessons')) ||
      file.startsWith(path.join(root, 'web/site/pages')) ||
      file.endsWith('element.yaml');
    if (content) server.ws.send({ type: 'full-reload' });
  });
  server.middlewares.use(async (request, response, next) => {
    const url = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (request.method !== 'GET' || path.extname(url) || url.startsWith('/@')) return next();
    try {
      const { fresh, page } = await read();
      const found = page(url);
      if (!found) return next();
      if (!url.endsWith('/')) {
        response.writeHead(302, { location: `${url}/` }).end();
        return;
      }
      // In dev the client is a module worker and Vite's own socket is open; the built page holds the strict policy.
      const html = fresh.renderPage(found).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(await server.transformIndexHtml(url, html));
    } catch (error) {
      if (error instanceof Error) server.ssrFixStacktrace(error);
      next(error);
    }
  });
}
