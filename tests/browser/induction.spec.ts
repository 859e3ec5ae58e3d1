// <dot-induction> in a real browser, on the real engine: some steps of the training, back in time, by keys, with axe, on narrow pages.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { accessible, bringUp, opensAndAgrees } from './site.ts';

async function open(page: Page, state = ''): Promise<Locator> {
  await page.goto(`widgets/${state ? `?induction=${state}` : ''}`);
  const figure = page.locator('#induction');
  await bringUp(figure, figure.locator('.head'));
  await expect(figure.locator('.head')).toHaveCount(8, { timeout: 30_000 });
  return figure;
}
const slider = (figure: Locator) => figure.getByRole('slider', { name: 'Step that is shown' });

test('grows ten steps at a time on the course of its seed, goes back, and keeps its height', async ({ page }) => {
  const figure = await open(page);
  const before = await figure.boundingBox();
  await figure.getByRole('button', { name: 'Ten steps' }).click();
  await expect(figure.getByText('step 10 of 600')).toBeVisible({ timeout: 30_000 });
  await figure.getByRole('button', { name: 'Ten steps' }).click();
  await expect(figure.getByText('step 20 of 600')).toBeVisible({ timeout: 30_000 });
  // The native engine has 3.4844 here (tests/web/engine/induction.test.ts).
  await expect(slider(figure)).toHaveAttribute('aria-valuetext', 'step 20: loss of the repetition 3.48, 3 % foretold');
  await expect(page).toHaveURL(/induction=s:1;n:20/);
  await slider(figure).press('ArrowLeft');
  await expect(figure.getByText('Layer 2, head', { exact: false }).filter({ hasText: 'at step 10' })).toBeVisible();
  await expect(page).toHaveURL(/induction=s:1;n:20;m:1/);
  expect((await figure.boundingBox())?.height).toBe(before?.height);
  await opensAndAgrees(figure, figure.locator('.list .num').first());
});

test('runs until it is paused, and a link trains no further than it says', async ({ page }) => {
  const figure = await open(page, 's:2;n:6');
  await figure.getByRole('button', { name: 'Train to step 6' }).click();
  await expect(figure.getByText('step 6 of 600')).toBeVisible({ timeout: 30_000 });
  await figure.getByRole('button', { name: 'Go on' }).click();
  await figure.getByRole('button', { name: 'Pause' }).click();
  await expect(figure.getByRole('button', { name: 'Go on' })).toBeVisible();
});

test('heads and signs are walked by keys; axe finds nothing; narrow pages hold it', async ({ page }) => {
  const figure = await open(page);
  await figure.locator('.row-of-heads [aria-pressed="true"]').press('ArrowUp');
  await expect(figure.locator('.row-of-heads [aria-pressed="true"]')).toHaveAccessibleName(/^Layer 1, head/);
  await expect(figure.locator('.row-of-heads [aria-pressed="true"]')).toBeFocused();
  await figure.locator('.signs [aria-pressed="true"]').press('Home');
  await expect(figure.locator('.row-says')).toContainText('the beginning gives the beginning 100');
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await accessible(page, '#induction');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
});
