// Light, dark, or as the system has it: remembered, by keyboard, without a flash.
import { expect, type Page, test } from '@playwright/test';

const paper = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const light = 'rgb(252, 251, 248)';
const dark = 'rgb(22, 24, 27)';

test('follows the system until one is chosen', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('');
  expect(await paper(page)).toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await paper(page)).toBe(dark);
  await page.getByRole('radio', { name: 'Light' }).check();
  expect(await paper(page)).toBe(light);
});

test('is remembered on every page, and is there before the first drawing', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('');
  await page.getByRole('radio', { name: 'Dark' }).check();
  // The colour at the moment when the body begins to exist: nothing can have been drawn before.
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      observer.disconnect();
      Object.assign(window, { firstTheme: document.documentElement.dataset.theme });
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto('widgets/');
  expect(await page.evaluate(() => (window as unknown as { firstTheme: string }).firstTheme)).toBe('dark');
  expect(await paper(page)).toBe(dark);
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await page.getByRole('radio', { name: 'As the system' }).check();
  expect(await paper(page)).toBe(light);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'As the system' })).toBeChecked();
});

test('is chosen with the arrow keys, and another tab follows', async ({ page, context }) => {
  await page.goto('');
  const other = await context.newPage();
  await other.goto('widgets/');
  await page.getByRole('radio', { name: 'As the system' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(other.getByRole('radio', { name: 'Dark' })).toBeChecked();
});
