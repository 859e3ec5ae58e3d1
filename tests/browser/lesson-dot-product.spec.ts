// Lesson 1 in a real browser, on the real engine: every number opens, everything works by keyboard, state survives a reload.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { accessible, opensAndAgrees } from './site.ts';

const address = 'lessons/dot-product/';

/** Opens the lesson and waits until the figure has its sum. */
async function open(page: Page, query = ''): Promise<Locator> {
  await page.goto(address + query);
  const figure = page.locator('#first');
  await figure.locator('.result button').click({ timeout: 20_000 }); // uncovers the sum, or opens it where it is not covered
  await expect(figure.locator('.result .num')).toBeVisible({ timeout: 20_000 }); // the engine is fetched and compiled first
  return figure;
}

const sum = (figure: Locator) => figure.locator('.result .num');
const cell = (figure: Locator, label: string) => figure.getByLabel(label, { exact: true });

test('a cell is typed over, and the sum follows', async ({ page }) => {
  const figure = await open(page);
  await expect(sum(figure)).toHaveText('0.35');
  await cell(figure, 'b, place 3 of 5').fill('1.1');
  await expect(sum(figure)).toHaveText('2.99');
  await cell(figure, 'b, place 3 of 5').press('ArrowDown');
  await expect(cell(figure, 'b, place 3 of 5')).toHaveValue('1');
});

test('a bar is dragged', async ({ page }) => {
  const figure = await open(page);
  const grip = figure.locator('.strip.a .grip').first();
  await grip.scrollIntoViewIfNeeded();
  const box = await grip.boundingBox();
  if (!box) throw new Error('no grip');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + 60, { steps: 5 });
  await page.mouse.up();
  expect(Number((await cell(figure, 'a, place 1 of 5').inputValue()).replace('−', '-'))).toBeLessThan(0);
});

test('what the reader set up survives a reload', async ({ page }) => {
  const figure = await open(page);
  await cell(figure, 'a, place 1 of 5').fill('2');
  await figure.getByLabel(/^Add up to place/).press('ArrowLeft');
  await expect(page).toHaveURL(/first=a:2,.*through:4/);
  await page.reload();
  await expect(cell(figure, 'a, place 1 of 5')).toHaveValue('2');
  await expect(figure.locator('.result')).toContainText('4 of 5');
  await figure.getByRole('button', { name: 'Start again' }).click();
  await expect(page).not.toHaveURL(/first=/);
  await figure.locator('.result button').click(); // covered again, as at first
  await expect(sum(figure)).toHaveText('0.35');
});

test('the figure reaches 12,288 places and looks closer at any of them', async ({ page }) => {
  await open(page);
  const long = page.locator('#long');
  await long.getByLabel(/^Length/).press('End');
  await expect(long.locator('output').filter({ hasText: '12,288' }).first()).toBeVisible();
  await long.getByLabel(/^Look closer/).press('End');
  await expect(long.locator('.index').last()).toHaveText('12288');
  await sum(long).click();
  const unfold = long.locator('dot-unfold');
  await expect(unfold).toContainText('12,288 products');
  await unfold.getByRole('button', { name: /in order/ }).click();
  await unfold.locator('[role=grid] [tabindex="0"]').press('End');
  await expect(unfold.locator('[role=rowheader]').last()).toHaveText('12,288');
});

test('a sum unfolds by keyboard alone, down to the lanes and to a cell, and Escape gives the focus back', async ({ page }) => {
  const figure = await open(page);
  await sum(figure).focus();
  await page.keyboard.press('Enter');
  const unfold = figure.locator('dot-unfold');
  await expect(unfold).toContainText('recomputed in double precision');
  await expect(unfold.locator('.head')).toBeFocused();
  const trail = unfold.locator('.trail li');
  const down = [
    unfold.getByRole('button', { name: /As the machine adds it/ }),
    unfold.locator('tbody .num').first(),
    unfold.locator('tbody .num').first(),
    unfold.locator('.strip.a .num').first(),
  ];
  for (const [step, number] of down.entries()) {
    // Pressed too early, it is one of the number before, and leads no deeper.
    await expect(async () => {
      await number.press('Enter', { timeout: 1000 });
      await expect(trail).toHaveCount(step + 2, { timeout: 1000 });
    }).toPass();
  }
  await expect(unfold).toContainText('This is where unfolding ends');
  for (let steps = 4; steps > 0; steps--) {
    await page.keyboard.press('Escape'); // one step up
    await expect(trail).toHaveCount(steps);
  }
  await page.keyboard.press('Escape');
  await expect(unfold).toHaveCount(0);
  await expect(sum(figure)).toBeFocused();
});

for (const id of ['first', 'tools', 'machine', 'order']) {
  test(`every number of “${id}” opens, and its check agrees`, async ({ page }) => {
    test.slow(); // dozens of them
    await open(page);
    const figure = page.locator(`#${id}`);
    const next = figure.getByRole('button', { name: 'Next instruction' });
    while ((await next.count()) > 0 && (await next.isEnabled())) await next.click();
    const numbers = figure.locator('.num:visible');
    const count = await numbers.count();
    expect(count).toBeGreaterThan(5);
    for (let i = 0; i < count; i++) await opensAndAgrees(figure, numbers.nth(i));
  });
}

test('the machine is stepped to the end; three orders give three sums', async ({ page }) => {
  await open(page);
  const order = page.locator('#order');
  const next = order.getByRole('button', { name: 'Next instruction' });
  while (await next.isEnabled()) await next.click();
  await expect(order.locator('.total .num')).toHaveText('0');
  await expect(order.locator('.orders tbody td:nth-child(2)')).toHaveText(['0', '1', '2']);
});

test('the race is run, stopped, and shows its figures', async ({ page }) => {
  await open(page);
  const race = page.locator('#race');
  await race.getByRole('button', { name: 'Start the race' }).click();
  await expect(race.locator('.mark').first()).toBeAttached({ timeout: 20_000 });
  await race.getByRole('button', { name: 'Stop' }).click();
  await expect(race.getByRole('button', { name: 'Race again' })).toBeVisible();
  await race.getByText('Every figure of this race').click();
  await expect(race.locator('details tbody tr').first()).toContainText(/ns|µs/);
});

test('vectors of different lengths are refused in words', async ({ page }) => {
  await open(page);
  await expect(page.locator('#mismatch [role=alert]')).toContainText('3');
});

test('axe finds nothing, with an unfolding open', async ({ page }) => {
  const figure = await open(page);
  await sum(figure).click();
  await expect(figure.locator('dot-unfold .check')).toBeVisible();
  await accessible(page);
});

for (const width of [320, 360]) {
  test(`nothing is cut off at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    const figure = await open(page);
    await sum(figure).click();
    await expect(figure.locator('dot-unfold .check')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
