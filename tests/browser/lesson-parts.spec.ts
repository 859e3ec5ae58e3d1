// What every lesson is made of besides its figures, in a real browser under the built page's policy: values, predictions, checks,
// the live cell, the key. Tried on lesson 1, which needs no vectors.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { accessible } from './site.ts';

const lesson = 'lessons/dot-product/';

async function cell(page: Page): Promise<{ run: (code: string) => Promise<Locator>; element: Locator }> {
  await page.goto(lesson);
  const element = page.locator('dot-cell');
  await element.scrollIntoViewIfNeeded();
  const editor = element.locator('.cm-content');
  await expect(editor).toBeVisible();
  return {
    element,
    run: async (code) => {
      await editor.click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(code);
      await page.keyboard.press('Control+Enter');
      return element.locator('.out');
    },
  };
}

test('a number in a sentence unfolds below its paragraph, which does not move', async ({ page }) => {
  await page.goto(lesson);
  const value = page.locator('.text > p > dot-value').first();
  const paragraph = value.locator('xpath=..');
  await value.scrollIntoViewIfNeeded();
  await page.waitForLoadState('networkidle');
  const before = await paragraph.boundingBox();
  await value.click();
  const unfold = page.locator('.unfolded dot-unfold');
  await expect(unfold.locator('.check')).toContainText('recomputed in double precision');
  const after = await paragraph.boundingBox();
  expect(after?.height).toBe(before?.height);
  expect(await page.locator('.unfolded').evaluate((place) => place.previousElementSibling?.localName)).toBe('p');
  await unfold.getByRole('button', { name: 'Close' }).click();
  await expect(unfold).toHaveCount(0);
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('dot-value');
});

test('a prediction by keyboard, kept after a reload', async ({ page }) => {
  await page.goto(lesson);
  const predict = page.locator('dot-predict').first();
  // Nothing is suggested before the slider is touched.
  await expect(predict.getByRole('button', { name: 'Guess: press the line' })).toBeDisabled();
  await predict.getByRole('slider').focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(predict.locator('.said')).toContainText('You said 0.50. The engine says 0.35');
  await expect(predict.locator('.said')).toBeFocused();
  // The guess is the reader's own: a link that is passed on does not hold it.
  expect(new URL(page.url()).search).toBe('');
  await page.goto(lesson);
  await expect(predict.locator('.said')).toContainText('You said 0.50');
});

test('a check: hint of the mistake, right answer, progress, another one, reload, begin again', async ({ page }) => {
  await page.goto(`${lesson}?seed=7`);
  const check = page.locator('dot-check#three-places');
  await check.scrollIntoViewIfNeeded();
  const field = check.getByRole('textbox');
  // a = [1, 4, −2], b = [4, −5, 3]: the sums are 3 and 2.
  await expect(check.locator('.prompt')).toContainText('[1, 4, −2]');
  await field.fill('6');
  await field.press('Enter');
  await expect(check.locator('.said.wrong')).toContainText('You added up each list first');
  await field.fill('−22');
  await field.press('Enter');
  await expect(check.locator('.said.right')).toContainText('Right.');
  await expect(check.locator('.said.right')).toBeFocused();
  await page.waitForTimeout(400); // longer than an address waits to be written
  await expect(page).toHaveURL(/\?seed=7$/);
  await page.reload();
  await check.scrollIntoViewIfNeeded();
  await expect(check.locator('.said.right')).toContainText('add up to −22');
  await page.locator('dot-progress').scrollIntoViewIfNeeded();
  await expect(page.locator('dot-progress')).toContainText('1 solved');
  await check.getByRole('button', { name: 'Another one' }).click();
  await expect(check.locator('.number')).toContainText('seed 8');
  await expect(page).toHaveURL(/three-places=n:1/);
  const other = page.locator('dot-check#what-comes-out');
  await other.getByRole('button', { name: 'Show the answer' }).click();
  await expect(other.locator('.solution')).toBeFocused();
  await expect(page.locator('dot-progress')).toContainText('1 answer seen');
  await page.locator('dot-progress').getByRole('button', { name: 'Begin this lesson again' }).click();
  await expect(page).toHaveURL(/\?seed=7$/);
  await expect(page.locator('main')).toBeFocused();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await expect(page.locator('dot-progress')).toContainText('0 solved');
});

test('the key gives what the check accepts', async ({ page }) => {
  await page.goto(`${lesson}teacher/?seed=7`);
  await expect(page.locator('dot-key .right').first()).toHaveText('−22');
  await page.locator('dot-key').getByLabel('Seed').fill('8');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/seed=8/);
  await expect(page.locator('dot-key .right')).toHaveCount(5);
});

test('the cell runs code, names the line that fails, stops a loop, and keeps what was written', async ({ page }) => {
  const { run, element } = await cell(page);
  await expect(await run('const x = await lab.dot([1, 2], [3, 4]);\nprint("got", x)\nx + 1')).toHaveText('got 1112');
  await expect(await run('1\nawait lab.dot([1], [1, 2])')).toContainText('Line 2: LabError');
  await expect(element.locator('.failed-line')).toHaveCount(1);
  await expect(await run('const a = [1, 2\nprint(a)')).toContainText('Line 2: SyntaxError');
  await expect(await run('for (;;);')).toContainText('stopped. Is there an endless loop?', { timeout: 15_000 });
  await run('for (;;) await lab.dot([1], [1])');
  await element.getByRole('button', { name: 'Stop' }).click();
  await expect(element.locator('.out')).toContainText('Stopped.');
  await run('6 * 7');
  await page.waitForURL(/code=c:6\*7|code=c:6/);
  await page.reload();
  await element.scrollIntoViewIfNeeded();
  await expect(element.locator('.cm-content')).toHaveText('6 * 7');
  await element.getByRole('button', { name: 'Reset' }).click();
  await expect(element.locator('.cm-content')).toContainText('const a = [1, 2, 3]');
});

test('axe finds nothing in the parts, used', async ({ page }) => {
  await page.goto(`${lesson}?seed=7`);
  for (const predict of await page.locator('dot-predict').all()) {
    if (await predict.getByRole('slider').count()) await predict.getByRole('slider').press('ArrowRight');
    await predict.locator('.guessing button').first().click();
  }
  for (const check of await page.locator('dot-check').all()) {
    await check.scrollIntoViewIfNeeded();
    await check.getByRole('button', { name: 'Check' }).click();
    await check.getByRole('button', { name: 'Show the answer' }).click();
  }
  await page.locator('dot-cell').getByRole('button', { name: 'Run' }).click();
  await expect(page.locator('dot-cell .out')).toContainText('32');
  await accessible(page, 'dot-predict', '.checks', 'dot-cell', 'dot-value');
});
