// Lesson 6 in a real browser, on the real engine and the shipped layer: drawing by pointer and keys, ten scores, pixels, painting
// on a template, every number's check, the address, axe, narrow pages.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { accessible, bringUp, opensAndAgrees } from './site.ts';

async function open(page: Page, query = '', id = 'templates'): Promise<Locator> {
  await page.goto(`lessons/linear-layer/${query}`);
  const figure = page.locator(`#${id}`);
  await bringUp(figure, figure.locator('.rows .score .num'));
  return figure;
}
const score = (figure: Locator, k: number) => figure.getByRole('button', { name: new RegExp(`^score of template ${k}`) }).first();
const pad = (figure: Locator) => figure.getByRole('slider', { name: /^Drawing pad/ });
const number = async (locator: Locator) => Number((await locator.textContent())?.replace('−', '-'));

/** Draws lines on the pad with the mouse; places in shares of its side. */
async function draw(page: Page, figure: Locator, lines: readonly (readonly [number, number])[][]): Promise<void> {
  await pad(figure).scrollIntoViewIfNeeded();
  const box = await pad(figure).boundingBox();
  if (!box) throw new Error('no pad');
  for (const [first, ...rest] of lines) {
    if (!first) continue;
    await page.mouse.move(box.x + first[0] * box.width, box.y + first[1] * box.height);
    await page.mouse.down();
    for (const [x, y] of rest) await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 6 });
    await page.mouse.up();
  }
}
const seven = [
  [
    [0.3, 0.2],
    [0.72, 0.2],
    [0.5, 0.85],
  ],
] as const;
const one = [
  [
    [0.5, 0.15],
    [0.5, 0.85],
  ],
] as const;

test('the module of models is fetched beside the core, not after it', async ({ page }) => {
  let seen: () => void = () => {};
  const wanted = new Promise<void>((resolve) => (seen = resolve));
  page.on('request', (request) => {
    if (request.url().includes('dot_by_dot_models')) seen();
  });
  // The core is held back until the other is asked for: a page that waits for it would never show a number.
  await page.route(/dot_by_dot\.\w+-[^/]*\.wasm$/, async (route) => {
    await wanted;
    await route.continue();
  });
  await open(page);
});

test('a digit is drawn with the mouse, and its template scores highest', async ({ page }) => {
  const figure = await open(page);
  await draw(page, figure, seven as never);
  await expect(figure.locator('.rows .first .name')).toContainText('7');
  await expect(figure.locator('.spoken').first()).toContainText('template 7 scores highest');
  await figure.getByRole('button', { name: 'Clear' }).click();
  await draw(page, figure, one as never);
  await expect(figure.locator('.rows .first .name')).toContainText('1');
  await figure.getByRole('button', { name: 'Give me a digit' }).click();
  await expect(figure).toContainText('meant as a 3');
});

test('a digit is drawn by keys alone, its template opened down to a pixel, and back', async ({ page }) => {
  const figure = await open(page);
  await pad(figure).focus();
  await page.keyboard.press('Space');
  for (let i = 0; i < 14; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(figure.locator('.rows .first .name')).toContainText('1');
  await figure.getByRole('button', { name: /^Template 1/ }).press('Enter');
  await expect(figure.getByRole('heading', { name: 'Template 1' })).toBeVisible();
  await score(figure, 1).press('Enter');
  const unfold = figure.locator('dot-unfold');
  await expect(unfold.locator('.check')).toContainText('Engine');
  await unfold.locator('[data-address="network/row[0][1][1]"]').press('Enter');
  await expect(unfold.locator('.pictures .picture')).toHaveCount(3);
  const products = unfold.getByRole('slider', { name: /^Products/ });
  await products.focus();
  await page.keyboard.press('ArrowDown');
  await expect(products).toHaveAttribute('aria-valuetext', /^row 16, column 15: weight .* times pixel .* is /);
  await unfold.locator('.place .num').first().press('Enter');
  await expect(unfold).toContainText('training left this number behind');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
  await expect(unfold).toHaveCount(0);
  await expect(score(figure, 1)).toBeFocused();
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  test('a stroke goes straight down, and the page stays where it is', async ({ page }) => {
    const figure = await open(page);
    await pad(figure).scrollIntoViewIfNeeded();
    const box = await pad(figure).boundingBox();
    if (!box) throw new Error('no pad');
    const scrolled = await page.evaluate(() => scrollY);
    const device = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', down = 0) =>
      device.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: box.x + box.width / 2, y: box.y + 20 + down }],
      });
    await touch('touchStart');
    for (let down = 10; down <= 130; down += 10) await touch('touchMove', down);
    await touch('touchEnd');
    await expect(figure.locator('.rows .first .name')).toContainText('1');
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  });
});

test('painting on a template moves its own score and the errors; undo brings both back', async ({ page }) => {
  const figure = await open(page, '', 'paint');
  const before = { one: await number(score(figure, 1)), nine: await score(figure, 9).textContent() };
  const canvas = figure.getByRole('slider', { name: /^Template 1/ });
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('no template');
  await figure.getByLabel('take weight away').check();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.7, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => number(score(figure, 1))).toBeLessThan(before.one - 0.5);
  expect(await score(figure, 9).textContent()).toBe(before.nine);
  await expect(figure.locator('.says')).toContainText(/^Right: \d+ of 500 as trained, \d+ now\. Most of all: of the \d+ ones, /);
  await expect(page).toHaveURL(/paint=n:7;k:1;w1:/);
  const [shown, says] = [await score(figure, 1).textContent(), await figure.locator('.says').textContent()];
  await page.reload();
  await expect(score(figure, 1)).toHaveText(shown ?? '');
  await expect(figure.locator('.says')).toHaveText(says ?? '');
  await figure.getByRole('button', { name: 'Template 1 as trained' }).click();
  await expect.poll(() => number(score(figure, 1))).toBe(before.one);
  await expect(page).not.toHaveURL(/paint=/);
});

test('a template is painted on by keys', async ({ page }) => {
  const figure = await open(page, '', 'paint');
  const before = await number(score(figure, 1));
  const canvas = figure.getByRole('slider', { name: /^Template 1/ });
  await canvas.press('ArrowUp');
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
  }
  await expect.poll(() => number(score(figure, 1))).toBeGreaterThan(before + 0.1);
  await figure.locator('.detail').getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(figure.getByRole('heading', { name: 'Template 1, changed' })).toBeVisible(); // four touches are left
  await figure.getByRole('button', { name: 'All as trained' }).press('Enter');
  await expect.poll(() => number(score(figure, 1))).toBe(before);
});

test('leafing goes to digits that are answered wrong', async ({ page }) => {
  const figure = await open(page);
  await figure.getByRole('button', { name: 'Next wrong one' }).click();
  const meant = /meant as a (\d)/;
  await expect(figure.locator('.meant')).not.toContainText('digit 3,'); // where it began, and was right
  await expect(figure.locator('.meant')).toContainText(meant);
  const [, digit = ''] = meant.exec((await figure.locator('.meant').textContent()) ?? '') ?? [];
  await expect(figure.locator('.rows .first .name')).not.toContainText(digit);
});

test('a drawing survives a reload, number for number', async ({ page }) => {
  const figure = await open(page);
  await draw(page, figure, seven as never);
  await expect(page).toHaveURL(/templates=n:2;k:3;ink:[0-9a-f]+/);
  const shown = await score(figure, 7).textContent();
  await page.reload();
  await expect(score(figure, 7)).toHaveText(shown ?? '');
});

test('the zero with a stroke is read as another digit, and as a zero once the stroke is undone', async ({ page }) => {
  const figure = await open(page, '', 'slashed');
  await expect(figure.locator('.rows .first .name')).toContainText('8');
  await figure.getByRole('button', { name: 'Undo' }).first().click();
  await expect(figure.locator('.rows .first .name')).toContainText('0');
});

test('a matrix times a vector: a weight moves one output, a place of x moves all that count it', async ({ page }) => {
  await open(page);
  const layer = page.locator('#layer');
  const output = (k: number) => layer.locator('.line .out').getByRole('button', { name: new RegExp(`^output ${k}`) });
  await expect(output(3)).toHaveText('−1');
  await layer.getByLabel('row 1, place 1 of 4').press('ArrowUp'); // 1 → 1.5
  await expect(output(1)).toHaveText('2.5');
  await expect(output(3)).toHaveText('−1');
  await expect(layer.locator('.line.chosen .pick')).toHaveText('row 1');
  await layer.getByLabel('x, place 3 of 4').press('ArrowUp'); // −1 → −0.5
  await expect(output(1)).toHaveText('2.75');
  await expect(output(2)).toHaveText('0.5');
  await layer.getByRole('button', { name: 'One row more' }).click();
  await expect(output(4)).toBeVisible();
  await layer.getByRole('button', { name: 'Start again' }).click();
  await expect(output(1)).toHaveText('1.5');
  await expect(output(4)).toHaveCount(0);
});

test('every number opens, and its check agrees', async ({ page }) => {
  await open(page);
  for (const id of ['layer', 'templates']) {
    const figure = page.locator(`#${id}`);
    const numbers = figure.locator('.num:visible');
    const count = await numbers.count();
    expect(count, id).toBeGreaterThan(10);
    for (let i = 0; i < count; i++) {
      await opensAndAgrees(figure, numbers.nth(i));
    }
  }
  await expect(page.locator('body')).not.toContainText('NaN');
});

test('axe finds nothing, with an unfolding open', async ({ page }) => {
  const figure = await open(page);
  await score(figure, 3).click();
  await figure.locator('dot-unfold [data-address="network/row[0][1][3]"]').click();
  await expect(figure.locator('dot-unfold .pictures')).toBeVisible();
  await accessible(page);
});

for (const width of [320, 360]) {
  test(`nothing is cut off at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    const figure = await open(page);
    await score(figure, 3).click();
    await figure.locator('dot-unfold [data-address="network/row[0][1][3]"]').click();
    await expect(figure.locator('dot-unfold .pictures')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
