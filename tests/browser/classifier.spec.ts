// The classifier and softmax in a real browser, on the real engine: training, one step, points by pointer, finger and keys, a pasted
// table, every number's check, the address, axe, narrow pages.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { accessible, bringUp } from './site.ts';

async function open(page: Page, query = ''): Promise<Locator> {
  await page.goto(`widgets/${query}`);
  const figure = page.locator('#classifier');
  await bringUp(figure, figure.locator('.regions path'));
  await expect(figure.locator('.progress')).toContainText('step');
  return figure;
}
const stepOf = async (figure: Locator) =>
  Number(/step ([\d,]+)/.exec(await figure.locator('.progress').innerText())?.[1]?.replace(',', ''));
const pointsOf = async (figure: Locator) => figure.locator('.twin tbody tr').count();
/** The place of the plane at (x, y) units, in pixels of the page. */
async function at(figure: Locator, x: number, y: number): Promise<[number, number]> {
  const plane = figure.locator('.left .plane');
  await plane.scrollIntoViewIfNeeded();
  const box = await plane.boundingBox();
  if (!box) throw new Error('no plane');
  const unit = box.width / 6.7; // ±3 and the margin around them
  return [box.x + box.width / 2 + x * unit, box.y + box.height / 2 - y * unit];
}

/** Opens one number of each kind in sight, the last of its kind, and holds its check to what rounding explains. */
async function openKinds(figure: Locator, least: number): Promise<void> {
  const addresses = await figure.locator('.num:visible').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.address ?? ''));
  const kinds = new Map(addresses.map((address) => [address.replace(/\[\d+\]|\d+$/g, ''), address]));
  expect(kinds.size).toBeGreaterThanOrEqual(least);
  for (const address of kinds.values()) {
    await figure.locator(`[data-address="${address}"]`).click();
    const unfold = figure.locator('dot-unfold');
    await expect(unfold.locator('.check')).toContainText('Engine');
    await expect(unfold).not.toContainText('report this');
    await unfold.getByRole('button', { name: 'Close' }).click();
    await expect(unfold).toHaveCount(0);
  }
}

test('it trains, pauses where it is, goes on, and goes back to the beginning', async ({ page }) => {
  const figure = await open(page);
  await expect(figure.locator('.progress')).toContainText('step 12');
  await figure.getByRole('button', { name: 'Train', exact: true }).click();
  await expect.poll(() => stepOf(figure)).toBeGreaterThan(60);
  await figure.getByRole('button', { name: 'Pause' }).click();
  await expect(figure.getByRole('button', { name: 'Train', exact: true })).toBeVisible();
  const paused = await stepOf(figure);
  await page.waitForTimeout(300);
  expect(await stepOf(figure)).toBe(paused);
  await expect(figure.locator('.panel').nth(1)).toContainText(/trained (8\d|90) of 90, held out (2\d|30) of 30/);
  await figure.getByRole('button', { name: 'Train', exact: true }).click();
  await expect.poll(() => stepOf(figure)).toBeGreaterThan(paused);
  await figure.getByRole('button', { name: 'Back to step 0' }).click();
  await expect(figure.locator('.progress')).toContainText('step 0 of');
  await expect(figure.locator('.left .arrow')).toHaveCount(0);
});

test('one step is taken apart: the gradient unfolds to a dot product over the mini-batch, and stays open to look into', async ({
  page,
}) => {
  const figure = await open(page);
  await figure.getByRole('button', { name: 'Take one gradient step' }).click();
  await expect(figure.locator('.step .rule')).toContainText('Step 13');
  await figure.getByRole('button', { name: /^across, gradient/ }).click();
  const unfold = figure.locator('dot-unfold');
  await unfold.locator('.terms .num').first().click();
  await expect(unfold.locator('.strip').first()).toBeVisible();
  await expect(unfold.locator('.check')).toContainText('Engine');
  // Asking other things of the network does not close it.
  await figure.getByRole('slider', { name: /^Probe/ }).press('ArrowRight');
  await expect(unfold.locator('.check')).toContainText('Engine');
  await expect(unfold.locator('.failure')).toHaveCount(0);
  await unfold.getByRole('button', { name: 'Back' }).click();
  await expect(unfold.locator('.terms')).toBeVisible();
});

for (const [says, query] of [
  ['without hidden units', ''],
  ['with ReLU and momentum', '?classifier=s:xor;h:4;f:relu;o:momentum;r:0.03;n:2;q:1,1,0'],
  ['with two layers and Adam', '?classifier=s:moons;h:8,8;f:tanh;o:adam;r:0.03;n:2;q:1,1,1'],
] as const) {
  test(`numbers of every kind open, and their checks agree: ${says}`, async ({ page }) => {
    test.setTimeout(120_000);
    await openKinds(await open(page, query), 10);
  });
}

test('a number that is open follows the training', async ({ page }) => {
  const figure = await open(page);
  await figure.getByRole('button', { name: /^probability of A/ }).click();
  const line = figure.locator('dot-unfold .line').first();
  const before = await line.innerText();
  await figure.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(line).not.toHaveText(before);
  await figure.getByRole('button', { name: 'Pause' }).click();
  await expect(figure.locator('dot-unfold .check')).toContainText('Engine');
  await expect(figure.locator('dot-unfold .failure')).toHaveCount(0);
});

test('points are placed, dragged and taken away by the pointer; the probe is dragged', async ({ page }) => {
  const figure = await open(page);
  await figure.locator('.twin summary').click();
  const ring = figure.getByRole('slider', { name: /^Probe/ });
  const [px, py] = await at(figure, 0.4, 0.5);
  await page.mouse.move(px, py);
  await page.mouse.down();
  await page.mouse.move(px - 120, py, { steps: 4 });
  await page.mouse.up();
  await expect(ring).toHaveAttribute('aria-valuetext', /left/);

  await figure.getByLabel('place or drag points').check();
  await figure.locator('.left .pens').getByRole('button', { name: 'C', exact: true }).click();
  const [x, y] = await at(figure, 2.5, 2.5);
  await page.mouse.click(x, y);
  await expect.poll(() => pointsOf(figure)).toBe(121);
  await expect(figure.locator('.twin tbody tr').last()).toContainText('C');
  await page.mouse.click(x - 10, y);
  await expect.poll(() => pointsOf(figure)).toBe(122);
  await figure.getByLabel('take away').check();
  await page.mouse.click(x - 10, y);
  await expect.poll(() => pointsOf(figure)).toBe(121);
  await figure.getByLabel('place or drag points').check();
  const [tx, ty] = await at(figure, -2.5, -2.5);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(tx, ty, { steps: 5 });
  await page.mouse.up();
  await expect(figure.locator('.twin tbody tr').last()).toContainText(/−2\.[45]\d?\s*−2\.[45]/);
  expect(await pointsOf(figure)).toBe(121);
  await figure.getByLabel('take away').check();
  await page.mouse.click(tx, ty);
  await expect.poll(() => pointsOf(figure)).toBe(120);
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  test('a tap places a point', async ({ page }) => {
    const figure = await open(page);
    await figure.locator('.twin summary').click();
    await figure.getByLabel('place or drag points').check();
    const [x, y] = await at(figure, 2.6, -2.6);
    await page.touchscreen.tap(x, y);
    await expect.poll(() => pointsOf(figure)).toBe(121);
  });
});

test('everything is done by keys alone, and survives a reload', async ({ page }) => {
  const figure = await open(page);
  await figure.locator('.twin summary').click();
  await figure.getByLabel('move the probe').focus();
  await page.keyboard.press('ArrowRight'); // to: place or drag points
  const plane = figure.getByRole('application');
  await plane.focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await expect.poll(() => pointsOf(figure)).toBe(121);
  await expect(page).toHaveURL(/classifier=c:3;p:/);
  const placed = page.url();
  await page.keyboard.press('m');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('m');
  await expect(figure.locator('.twin tbody tr').last()).toContainText(/B\s*−0\.50\s*2\.00/);
  await expect(page).not.toHaveURL(placed);
  await page.reload();
  const again = page.locator('#classifier');
  await again.locator('.twin summary').click();
  await expect.poll(() => pointsOf(again)).toBe(121);
  await expect(again.locator('.twin tbody tr').last()).toContainText(/B\s*−0\.50\s*2\.00/);
  await again.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect.poll(() => pointsOf(again)).toBe(120);
  await expect(page).not.toHaveURL(/classifier=/);
});

test('a table is pasted: a fault is said with its row, a good one is standardized and trained on', async ({ page }) => {
  const figure = await open(page);
  await figure.getByText('A table of your own').click();
  const field = figure.getByLabel('Table to classify');
  await field.fill('w,h,kind\n1,2,leaf\n3,stone\n');
  await field.press('Tab');
  await expect(figure.locator('.own .failure')).toContainText('Row 3 has 2 cells, row 1 has 3.');
  const rows = Array.from({ length: 40 }, (_, i) => (i % 2 ? `${100 + i},${3 + (i % 3)},leaf` : `${200 + i},${i % 5},stone`));
  await field.fill(`w,h,kind\n${rows.join('\n')}`);
  await field.press('Tab');
  await expect(figure.locator('.own')).toContainText('40 rows are drawn. Both columns are standardized');
  await figure.locator('.twin summary').click();
  await expect.poll(() => pointsOf(figure)).toBe(40);
  await figure.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(figure.locator('.panel').nth(1)).toContainText('trained 30 of 30, held out 10 of 10');
  await figure.getByRole('button', { name: 'Pause' }).click();
  await expect(figure).not.toContainText('NaN');
});

test('softmax: keys set logits and temperature, numbers open, and the address keeps them', async ({ page }) => {
  await page.goto('widgets/');
  const figure = page.locator('#softmax');
  await expect(figure.locator('.share .num').first()).toHaveText('0.6590');
  await figure.getByRole('button', { name: '+1' }).press('Enter');
  await expect(figure.getByRole('textbox', { name: /^logit of a/ })).toHaveValue('3');
  await expect(figure.locator('.share .num').first()).toHaveText('0.6590');
  await figure.getByRole('slider', { name: /temperature/ }).press('Home');
  await expect(figure.locator('.share .num').first()).toHaveText('1.0000');
  await expect(figure.locator('.says')).toContainText('argmax');
  await figure.getByRole('slider', { name: 'logit of b' }).press('ArrowRight');
  await expect(page).toHaveURL(/softmax=z:3,2.1,1.1;t:0.1/);
  await openKinds(figure, 3);
  await page.reload();
  await expect(figure.getByRole('textbox', { name: /^logit of b/ })).toHaveValue('2.1');
});

test('axe finds nothing, with points to place and an unfolding open', async ({ page }) => {
  const figure = await open(page);
  await figure.getByLabel('place or drag points').check();
  await figure.getByText('A table of your own').click();
  await figure.getByRole('button', { name: /^logit of A/ }).click();
  await expect(figure.locator('dot-unfold .check')).toBeVisible();
  await accessible(page, '#classifier', '#softmax');
});

for (const width of [320, 360]) {
  test(`nothing is cut off at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    const figure = await open(page);
    await figure.getByText('A table of your own').click();
    await figure.getByRole('button', { name: /^across, gradient/ }).click();
    await expect(figure.locator('dot-unfold .check')).toBeVisible();
    // The figure itself, and the tables in it that could scroll.
    expect(await figure.evaluate((one) => one.getBoundingClientRect().left + one.scrollWidth)).toBeLessThanOrEqual(width);
    for (const part of [figure.locator('.probe-numbers .scroll'), figure.locator('.step .numbers')]) {
      const [inside, outside, right] = await part.evaluate((one) => [one.scrollWidth, one.clientWidth, one.getBoundingClientRect().right]);
      expect(inside).toBeLessThanOrEqual(outside ?? 0);
      expect(right).toBeLessThanOrEqual(width);
    }
  });
}
