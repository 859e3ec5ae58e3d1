// Every page: no error, no broken policy, no foreign request; no sideways scrolling at 320 px; axe clean in both themes; text without a script.
import { expect, test } from '@playwright/test';
import { accessible, pages, readThrough, watch } from './site.ts';

for (const path of pages) {
  test.describe(path || 'home', () => {
    test('opens without an error, a broken policy or a foreign request; axe finds nothing', async ({ page }) => {
      test.slow();
      const seen = await watch(page);
      await page.goto(path);
      await readThrough(page);
      const undefinedElements = await page.evaluate(() => [
        ...new Set([...document.querySelectorAll(':not(:defined)')].map((element) => element.localName)),
      ]);
      expect(undefinedElements).toEqual([]);
      await accessible(page);
      await seen.nothingWrong();
    });

    test('fits a window 320 px wide; the skip link comes first and leads to the text', async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await page.goto(path);
      await page.keyboard.press('Tab');
      await expect(page.locator(':focus')).toHaveText('Skip to the text');
      await page.keyboard.press('Enter');
      await expect(page.locator('main')).toBeFocused();
      await readThrough(page);
      const { wide, tooWide } = await page.evaluate(() => {
        const right = (element: Element) => element.getBoundingClientRect().right;
        // What scrolls by itself may be as wide as it likes inside.
        const scrolls = (element: Element | null): boolean =>
          element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
        return {
          wide: document.documentElement.scrollWidth,
          tooWide: [...document.querySelectorAll('main *')]
            .filter((element) => right(element) > innerWidth + 1 && !scrolls(element.parentElement))
            .map((element) => `${element.localName}#${element.id} ${Math.round(right(element))}`),
        };
      });
      expect(tooWide.slice(0, 5)).toEqual([]);
      expect(wide).toBeLessThanOrEqual(320);
    });

    test.describe('without a script', () => {
      test.use({ javaScriptEnabled: false });
      test('its text is there', async ({ page }) => {
        await page.goto(path);
        await expect(page.locator('h1')).toBeVisible();
        expect((await page.locator('main').innerText()).length).toBeGreaterThan(300);
        await expect(page.locator('.theme')).toBeHidden();
      });
    });
  });
}
