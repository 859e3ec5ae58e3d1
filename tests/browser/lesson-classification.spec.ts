// Lesson 7 in a real browser, on the real engine: points, digits, the confusion matrix, the flip, topics.
import { expect, type Page, test } from '@playwright/test';
import { accessible, bringUp } from './site.ts';

const lesson = 'lessons/classification/';

/** Opens the lesson and brings one figure into sight. */
async function open(page: Page, figure: string, query = '') {
  await page.goto(`${lesson}${query}`);
  const element = page.locator(figure).first();
  await element.scrollIntoViewIfNeeded();
  return element;
}

const ready = async (page: Page, query = '') => {
  const digits = await open(page, 'dot-digits', query);
  await expect(digits.locator('.progress')).toContainText('step 25 of', { timeout: 30_000 });
  return digits;
};

/** A file in MNIST's format, made here: `count` images with one dark pixel, all of them ones. */
function idx(count: number): { images: Buffer; labels: Buffer } {
  const images = Buffer.alloc(16 + 784 * count);
  for (const [at, value] of [0x803, count, 28, 28].entries()) images.writeUInt32BE(value, 4 * at);
  for (let n = 0; n < count; n++) images[16 + 784 * n + 400] = 255;
  const labels = Buffer.alloc(8 + count, 1);
  labels.writeUInt32BE(0x801, 0);
  labels.writeUInt32BE(count, 4);
  return { images, labels };
}
const given = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

test('digits are trained in the tab: pause, go on, end; the loss opens; another hand is read', async ({ page }) => {
  test.setTimeout(120_000);
  const figure = await ready(page);
  await expect(figure.locator('.templates .picture path')).not.toHaveCount(0);
  await figure.getByRole('button', { name: 'Train', exact: true }).click();
  await figure.getByRole('button', { name: 'Pause' }).click();
  await expect(figure.getByRole('button', { name: 'Train', exact: true })).toBeVisible();
  await figure.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(figure.locator('.progress')).toContainText('step 1,250 of 1,250', { timeout: 60_000 });
  await expect(figure.getByRole('button', { name: 'Train', exact: true })).toBeVisible();
  await expect(figure.locator('.panel').nth(1)).toContainText(/held out [89]\d\d of 1,000/);
  await figure.getByRole('button', { name: /mean loss, held out/ }).click();
  await expect(figure.locator('dot-unfold .check')).toContainText('recomputed in double precision');
  await expect(figure.locator('dot-unfold .check')).not.toContainText('report');
  await page.keyboard.press('Escape');
  const pad = figure.getByRole('slider', { name: /Drawing pad/ });
  await pad.focus();
  await page.keyboard.press('Space');
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(figure.locator('.says')).toContainText(/takes your digit for a \d/);
  await expect(figure.locator('.own .answers .num').first()).toBeVisible();
});

test('the confusion matrix by keyboard: a cell, its examples, an example’s logit down to pixels', async ({ page }) => {
  const figure = await open(page, 'dot-confusion');
  await expect(figure.locator('.score')).toContainText('of 2,000 right', { timeout: 30_000 });
  await expect(figure.locator('.examples li')).not.toHaveCount(0);
  const stop = figure.locator('.confusion button[tabindex="0"]');
  await expect(stop).toHaveCount(1);
  await stop.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const one = figure.getByRole('button', { name: /^digit 1 rightly answered/ });
  await expect(one).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(figure.locator('.cell-head')).toContainText('1, and answered 1');
  await expect(figure.locator('.examples li')).toHaveCount(12);
  await figure.getByRole('button', { name: 'Next' }).click();
  await expect(figure.locator('.paging')).toContainText('2 of');
  await figure.locator('.examples button').nth(3).click();
  await expect(figure.locator('.examples button').nth(3)).toHaveAttribute('aria-pressed', 'true');
  await figure.getByRole('button', { name: /^logit of 1:/ }).click();
  const unfold = figure.locator('dot-unfold');
  await expect(unfold.locator('.check')).toContainText('recomputed');
  await unfold.locator('.num').first().click();
  await expect(unfold.locator('.line').first()).toContainText('class vector of 1 · input');
});

test('the flip: at the border the lead is used up, beyond it another digit answers', async ({ page }) => {
  const figure = await open(page, 'dot-flip');
  await expect(figure.locator('.now').nth(1)).toContainText('Still a', { timeout: 30_000 });
  const way = figure.getByRole('slider', { name: /percent of the way/ });
  await way.focus();
  await page.keyboard.press('End');
  await expect(figure.locator('.now').nth(1)).toContainText('Flipped');
  await expect(figure.getByRole('button', { name: /^lead of .*: −/ })).toBeVisible();
  await page.keyboard.press('Home');
  await expect(figure.locator('.now').nth(1)).toContainText('Still a');
  await figure.getByRole('button', { name: /^how far along the difference: / }).click();
  await expect(figure.locator('dot-unfold .check')).not.toContainText('report');
  await page.keyboard.press('Escape');
  const before = await figure.locator('.borders .num').first().textContent();
  await figure.getByRole('button', { name: 'Next digit' }).click();
  await expect(figure.locator('.choose')).toContainText('digit 8 of 200');
  await expect(figure.locator('.borders .num').first()).not.toHaveText(before ?? '');
  await figure.getByRole('radio').nth(4).check();
  await expect(figure.getByRole('radio').nth(4)).toBeChecked();
});

test('MNIST’s files: wrong ones are refused in words, right ones are read for all figures', async ({ page }) => {
  test.setTimeout(120_000);
  const figure = await ready(page);
  const field = figure.locator('input[type=file]');
  const { images, labels } = idx(50);
  await field.setInputFiles([given('cat.png', Buffer.from('no'))]);
  await expect(figure.locator('.failure')).toContainText('cat.png');
  await field.setInputFiles([given('t10k-images-idx3-ubyte', Buffer.from('nothing')), given('t10k-labels-idx1-ubyte', labels)]);
  await expect(figure.locator('.failure')).toContainText('t10k-images-idx3-ubyte');
  await field.setInputFiles([given('t10k-images-idx3-ubyte', images)]);
  await expect(figure.locator('.files .say')).toContainText('the file of labels is still missing');
  await field.setInputFiles([given('t10k-labels-idx1-ubyte', labels)]);
  await expect(figure.locator('.files .say')).toContainText('50 real digits are here');
  await expect(figure.locator('.results')).toContainText('of 50');
  const matrix = page.locator('dot-confusion');
  await matrix.scrollIntoViewIfNeeded();
  await matrix.getByLabel('asked about').selectOption('real');
  await expect(matrix.locator('.score')).toContainText('of 50 right');
  await matrix.getByLabel('classifier').selectOption('live');
  await expect(matrix.locator('.score')).toContainText('of 50 right');
});

test('a sentence of one’s own is filed, and its score opens down to the words', async ({ page }) => {
  const figure = await open(page, 'dot-topics');
  await expect(figure.locator('.topics li')).toHaveCount(6, { timeout: 60_000 });
  await figure.getByRole('textbox').fill('The violin and the piano played a slow song');
  await expect(figure.locator('.topics .first')).toContainText('music');
  await figure.getByRole('button', { name: /^score of music/ }).click();
  const unfold = figure.locator('dot-unfold');
  await expect(unfold.locator('.check')).toContainText('recomputed');
  await unfold.locator('.num').first().click();
  await expect(unfold.locator('dot-places')).toBeVisible();
});

test('what was set up survives a reload from the address', async ({ page }) => {
  await open(page, 'dot-flip', '?flip=i:3;w:1.5&confusion=net:digits-mlp;cell:7,2&digits=n:4;h:32;r:0.1');
  await expect(page.locator('dot-flip .choose')).toContainText('digit 4 of 200', { timeout: 30_000 });
  await expect(page.locator('dot-flip .now').nth(1)).toContainText('Flipped');
  await page.reload();
  await page.locator('dot-confusion').scrollIntoViewIfNeeded();
  await expect(page.locator('dot-confusion').getByLabel('classifier')).toHaveValue('digits-mlp');
  await expect(page.locator('dot-confusion .cell-head')).toContainText('7, but answered 2', { timeout: 30_000 });
  await page.locator('dot-digits').scrollIntoViewIfNeeded();
  await expect(page.locator('dot-digits .templates li')).toHaveCount(32);
});

test('no accessibility fault', async ({ page }) => {
  test.setTimeout(180_000);
  await ready(page);
  for (const figure of ['dot-confusion .examples li', 'dot-flip .borders .num', 'dot-topics .topics li']) {
    await bringUp(page.locator(figure.split(' ')[0] as string), page.locator(figure));
  }
  await accessible(page);
});

for (const width of [320, 360]) {
  test(`nothing hangs over at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await ready(page);
    for (const figure of ['dot-confusion', 'dot-flip']) {
      await bringUp(page.locator(figure), page.locator(`${figure} .answers .num`));
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
