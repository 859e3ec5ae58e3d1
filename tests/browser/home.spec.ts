// The home page: the figure works at once, the page weighs little, nothing jumps, and it shows what the reader has done.
import { expect, test } from '@playwright/test';
import { lessons, watch } from './site.ts';

test('the first figure is live: a number changes, the sum follows', async ({ page }) => {
  await page.goto('');
  const figure = page.locator('#dot');
  await expect(figure.locator('.result .num')).toHaveText('−0.37');
  await figure.locator('input').first().fill('1.8');
  await expect(figure.locator('.result .num')).toHaveText('0.53');
});

test('opening it costs at most 300 KB compressed, up to the first answer of the engine', async ({ page }) => {
  const seen = await watch(page);
  await page.goto('');
  await expect(page.locator('#dot .result .num')).toHaveText('−0.37');
  await page.waitForLoadState('networkidle');
  // What a host that compresses would send: fonts and the like are compressed already.
  const { gzipSync } = await import('node:zlib');
  const sizes = await Promise.all(
    [...new Set(seen.requests)].map(async (url) => {
      const body = await (await page.request.get(url)).body();
      return {
        name: new URL(url).pathname.split('/').pop() || 'index.html',
        bytes: /\.(woff2|gz)$/.test(url) ? body.length : gzipSync(body, { level: 6 }).length,
      };
    }),
  );
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(
    `home page: ${Math.round(total / 1000)} KB in ${sizes.length} files; the largest: ${sizes
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, 4)
      .map(({ name, bytes }) => `${name} ${Math.round(bytes / 1000)}`)
      .join(', ')}`,
  );
  expect(total).toBeLessThanOrEqual(300_000);
  expect(sizes.map(({ name }) => name).filter((name) => /words\.bin|models/.test(name))).toEqual([]);
});

for (const width of [360, 768, 1280]) {
  test(`nothing jumps while it loads, ${width} px wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.addInitScript(() => {
      const shifts: { value: number; what: string }[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node?: Element }[] })[]) {
          shifts.push({ value: entry.value, what: entry.sources.map(({ node }) => node?.className || node?.nodeName).join(', ') });
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto('');
    await expect(page.locator('#dot .result .num')).toHaveText('−0.37');
    await page.waitForTimeout(300);
    const shifts = await page.evaluate(() => (window as unknown as { shifts: { value: number; what: string }[] }).shifts);
    const total = shifts.reduce((sum, { value }) => sum + value, 0);
    expect(total, JSON.stringify(shifts)).toBeLessThan(0.02);
  });
}

test('lists thirteen lessons; those that are not written are no links', async ({ page }) => {
  await page.goto('');
  await expect(page.locator('.lessons > li a')).toHaveCount(lessons.length);
  await expect(page.locator('.planned > li')).toHaveCount(13 - lessons.length);
  await expect(page.locator('.planned a')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Still to be written' })).toBeVisible();
});

test('shows how many checks are done, and works where storage is refused', async ({ page, browser, baseURL }) => {
  const id = lessons[0] ?? '';
  await page.addInitScript((lesson) => localStorage.setItem(`dot-by-dot/${lesson}`, '{"seed":5,"checks":{"a":"right"},"guesses":{}}'), id);
  await page.goto('');
  await expect(page.locator(`[data-progress="${id}"]`)).toHaveText(/^1 of \d solved$/);

  const refused = await browser.newPage({ ...(baseURL ? { baseURL } : {}) });
  const seen = await watch(refused);
  await refused.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('refused', 'SecurityError');
      },
    });
  });
  await refused.goto('');
  await expect(refused.locator('#dot .result .num')).toHaveText('−0.37');
  await refused.getByRole('radio', { name: 'Dark' }).check();
  await expect(refused.locator('html')).toHaveAttribute('data-theme', 'dark');
  await seen.nothingWrong();
  await refused.close();
});
