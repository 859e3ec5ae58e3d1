// On paper: light, with figures and text, without controls.
import { expect, test } from '@playwright/test';
import { lessons } from './site.ts';

test('a lesson prints its figures and not its controls', async ({ page }) => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.goto(`lessons/${lessons[0]}/`);
  await expect(page.locator('h1')).toBeVisible();
  for (const hidden of ['.theme', '.bar nav', '.turn', '.foot', '.contents']) await expect(page.locator(hidden)).toBeHidden();
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe('rgb(255, 255, 255)');
  await expect(page.locator('dot-product').first()).toBeVisible();
  await expect(page.locator('dot-product .controls').first()).toBeHidden();
});

test('a theme that was chosen does not darken the paper', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('dot-by-dot:theme', 'dark'));
  await page.goto('');
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe('rgb(255, 255, 255)');
});
