// Lesson 8 in a real browser, on the real engine and the shipped writer: the steps by keys alone, the map, places, mask and heads, every
// number's check, the address, axe, narrow pages.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { accessible, bringUp, opensAndAgrees } from './site.ts';

async function open(page: Page, query = '', id = 'hand'): Promise<Locator> {
  await page.goto(`lessons/attention/${query}`);
  const figure = page.locator(`#${id}`);
  await bringUp(figure, figure.getByRole('button', { name: 'Next step' }));
  return figure;
}
const cell = (figure: Locator, t: number, s: number) => figure.locator(`.map [data-cell="${t},${s}"]`);
async function openTrained(page: Page): Promise<Locator> {
  await page.goto('lessons/attention/');
  const figure = page.locator('#trained');
  await bringUp(figure, figure.locator('.tokens button'));
  return figure;
}

test('six steps by keys alone, a weight opened down to a number that was given, and back', async ({ page }) => {
  const figure = await open(page);
  await figure.getByRole('button', { name: 'Next step' }).focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('Enter');
  await expect(figure).toContainText('Step 5 of 6: softmax');
  await expect(figure.locator('.row-says')).toContainText('bank looks mostly at loan, 76 %');
  await cell(figure, 1, 4).focus();
  await page.keyboard.press('ArrowUp');
  await expect(cell(figure, 0, 4)).toBeFocused();
  await expect(figure.locator('.row-says')).toContainText('the (1st) looks most at loan');
  await page.keyboard.press('ArrowDown');
  const weight = figure.getByRole('button', { name: /^weight of loan/ });
  await weight.press('Enter');
  const unfold = figure.locator('dot-unfold');
  for (const address of ['attention/H1/exp[1,4]', 'attention/H1/gap[1,4]', 'attention/H1/score[1,4]', 'attention/H1/dot[1,4]']) {
    await expect(unfold.locator('.check')).toContainText('Engine');
    await unfold.locator(`[data-address="${address}"]`).first().press('Enter');
  }
  await unfold
    .getByRole('button', { name: /^query of “bank”, place 1/ })
    .first()
    .press('Enter');
  await unfold
    .getByRole('button', { name: /^row of “bank”, place 3/ })
    .first()
    .press('Enter');
  await expect(unfold).toContainText('This is where unfolding ends');
  for (let i = 0; i < 7; i++) await page.keyboard.press('Escape');
  await expect(unfold).toHaveCount(0);
  await expect(weight).toBeFocused();
});

test('a number is typed, and every figure that hangs on it follows; the address keeps it', async ({ page }) => {
  const figure = await open(page);
  for (let i = 0; i < 2; i++) await figure.getByRole('button', { name: 'Next step' }).click();
  const score = figure.getByRole('button', { name: /^query of bank times key of loan/ });
  await expect(score).toHaveText('8');
  await figure.getByLabel('bank, place 2 of 4').fill('0');
  await expect(score).toHaveText('9');
  await expect(page).toHaveURL(/hand=t:the,bank,approved,the,loan;x:/);
  await page.reload();
  await expect(score).toHaveText('9');
  await figure.getByRole('button', { name: 'Start again' }).click();
  await expect(figure).toContainText('Step 1 of 6');
  await expect(page).not.toHaveURL(/hand=/);
});

test('without positions the rows only move; under the mask places count', async ({ page }) => {
  const figure = await open(page, '', 'order');
  await figure.getByRole('button', { name: 'later', exact: true }).click();
  await expect(figure.locator('.move-says')).toContainText('every token’s output is what it was');
  await figure.getByRole('checkbox', { name: /causal mask/ }).check();
  await expect(figure.locator('.map .hidden').first()).toBeVisible();
  await figure.getByRole('button', { name: 'later', exact: true }).click();
  await expect(figure.locator('.move-says')).toContainText('with the mask that counts');
});

test('every number of every step opens, and its check agrees', async ({ page }) => {
  test.setTimeout(180_000);
  const figure = await open(page);
  for (let step = 1; step <= 6; step++) {
    const numbers = figure.locator('.num:visible');
    for (let i = 0; i < (await numbers.count()); i += step > 2 ? 7 : 4) {
      await opensAndAgrees(figure, numbers.nth(i));
    }
    if (step < 6) await figure.getByRole('button', { name: 'Next step' }).click();
  }
  await expect(page.locator('body')).not.toContainText('NaN');
});

test('the trained head: loaded when it is seen, walked by keys, unfolded through the model', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page);
  expect(asked.filter((url) => url.includes('writer.safetensors'))).toEqual([]);
  const figure = await openTrained(page);
  expect(asked.filter((url) => url.includes('writer.safetensors'))).toHaveLength(1);
  await expect(figure.locator('.row-says')).toContainText(/^book \(2nd\) looks mostly at took/);
  const here = figure.locator('.map [tabindex="0"]');
  await expect(here).toHaveCount(1);
  await here.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  await expect(figure.locator('.row-says')).toContainText(/^the \(2nd\) looks/);
  const weight = figure.locator('.top .num').first();
  await weight.press('Enter');
  const unfold = figure.locator('dot-unfold');
  await expect(unfold.locator('.check')).toContainText('Engine');
  await expect(unfold).not.toContainText('report this');
  await unfold.getByRole('button', { name: 'Close' }).click();
  await figure.getByRole('button', { name: 'Next head' }).click();
  await expect(figure.getByLabel('Head', { exact: true })).toHaveValue('2');
  await figure.getByLabel(/^A sentence of yours/).fill('The old man sold his boat.');
  await page.keyboard.press('Enter');
  await expect(figure.locator('.tokens')).toContainText('boat');
  await expect(page).toHaveURL(/trained=t:The%20old|trained=t:The\+old/);
});

test('axe finds nothing, on the way and with an unfolding open', async ({ page }) => {
  test.slow();
  await openTrained(page);
  const figure = page.locator('#hand');
  await figure.scrollIntoViewIfNeeded();
  for (let i = 0; i < 5; i++) await figure.getByRole('button', { name: 'Next step' }).click();
  await figure
    .getByRole('button', { name: /^weight of loan/ })
    .first()
    .click();
  await expect(figure.locator('dot-unfold .check')).toBeVisible();
  await accessible(page, '#hand', '#trained');
});

for (const width of [320, 360]) {
  test(`nothing is cut off at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    await openTrained(page);
    const figure = page.locator('#hand');
    await figure.scrollIntoViewIfNeeded();
    for (let i = 0; i < 6; i++) {
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      if (i < 5) await figure.getByRole('button', { name: 'Next step' }).click();
      if (i === 0) await figure.getByText('The three matrices').click();
    }
    await figure
      .getByRole('button', { name: /^weight of loan/ })
      .first()
      .click();
    await expect(figure.locator('dot-unfold .check')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
