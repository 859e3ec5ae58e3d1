// elements.js on somebody else's page: one line, and the elements work, those that come later too.
import { createServer } from 'node:http';
import { expect, test } from '@playwright/test';
import { staticServer } from '../../scripts/lib/server.mjs';

const page = (origin: string) => `<!doctype html><title>A course</title><p>Our own page.</p>
<dot-product id="mine" a="1,2,3" b="4,5,6"></dot-product><script type="module" src="${origin}/elements.js"></script>`;

test('a page of another host shows an element with one line, and one that is added later', async ({ page: tab }) => {
  // The lab's files are served from one origin (with leave for others to read them), the page from another.
  const files = staticServer('dist/site');
  const lab = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    files.emit('request', request, response);
  });
  const listen = (server: ReturnType<typeof createServer>) =>
    new Promise<string>((go) => server.listen(0, '127.0.0.1', () => go(`http://127.0.0.1:${(server.address() as { port: number }).port}`)));
  const origin = await listen(lab);
  const host = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(page(origin)));
  const address = await listen(host);
  try {
    await tab.goto(address.replace('127.0.0.1', 'localhost'));
    await expect(tab.locator('#mine .result .num')).toHaveText('32');
    await tab.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<dot-angle id="later" a="3,4" b="4,3"></dot-angle>');
    });
    await expect(tab.locator('#later dl .main .num')).toHaveText('24.00');
  } finally {
    lab.close();
    host.close();
  }
});
