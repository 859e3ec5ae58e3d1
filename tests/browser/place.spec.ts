// The reader's place: a reload, the way back and a link within the page lead to where one was, though figures grow meanwhile.
import { expect, type Page, test } from '@playwright/test';
import { lessons } from './site.ts';

const topOf = (page: Page, id: string) =>
  page.evaluate((name) => document.getElementById(name)?.getBoundingClientRect().top ?? Number.NaN, id);

/** Scrolls a heading to 120 px below the window's edge, as a reader would have it, and waits until the place is kept. */
async function readAt(page: Page, id: string): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await page.mouse.wheel(0, (await topOf(page, id)) - 120);
    await page.waitForTimeout(500);
  }
  await page.waitForLoadState('networkidle');
  expect(Math.abs((await topOf(page, id)) - 120)).toBeLessThan(3);
}

for (const width of [1280, 360]) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height: 740 } });

    test('a reload and the way back find the place', async ({ page }) => {
      await page.goto(`lessons/${lessons[0]}/`);
      await page.waitForLoadState('networkidle');
      await readAt(page, 'checks');
      await page.reload();
      await page.waitForTimeout(1500);
      expect(Math.abs((await topOf(page, 'checks')) - 120)).toBeLessThan(3);
      await page.goto('widgets/');
      await page.goBack();
      await page.waitForTimeout(1500);
      expect(Math.abs((await topOf(page, 'checks')) - 120)).toBeLessThan(3);
    });

    test('every entry of the contents leads to its section, while the page is still being drawn', async ({ page }) => {
      await page.goto(`lessons/${lessons[0]}/`);
      for (const link of await page.locator('.contents a').all()) {
        await page.reload();
        await link.click();
        await page.waitForTimeout(1000);
        const id = (await link.getAttribute('href'))?.slice(1) ?? '';
        expect(Math.abs(await topOf(page, id)), id).toBeLessThan(40);
      }
    });
  });
}
