// Lesson 2 in a real browser, on the real engine: dragging, turning, keys, every number's check, the address, axe, narrow pages.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { accessible, opensAndAgrees } from './site.ts';

async function open(page: Page, query = ''): Promise<Locator> {
  await page.goto(`lessons/angle/${query}`);
  const figure = page.locator('#turn');
  await expect(figure.locator('dl .main .num')).toBeVisible();
  return figure;
}
const product = (figure: Locator) => figure.locator('dl .main .num');
const head = (figure: Locator, name: string) => figure.getByRole('slider', { name: new RegExp(`^head of ${name};`) });

test('an arrow is dragged by its head, and the numbers follow', async ({ page }) => {
  const figure = await open(page);
  await expect(product(figure)).toHaveText('5.00');
  const grip = head(figure, 'b');
  await grip.scrollIntoViewIfNeeded();
  const box = await grip.boundingBox();
  if (!box) throw new Error('no head');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 180, y, { steps: 6 });
  await page.mouse.up();
  await expect(product(figure)).toContainText('−');
  await expect(figure.locator('.shadow.n')).toBeAttached();
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  test('a head follows straight down, and the page stays where it is', async ({ page }) => {
    const figure = await open(page);
    const grip = head(figure, 'b');
    await grip.scrollIntoViewIfNeeded();
    const box = await grip.boundingBox();
    if (!box) throw new Error('no head');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const scrolled = await page.evaluate(() => scrollY);
    const device = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', down = 0) =>
      device.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: y + down }] });
    await touch('touchStart');
    for (let down = 10; down <= 120; down += 10) await touch('touchMove', down);
    await touch('touchEnd');
    await expect(grip).toHaveAttribute('aria-valuetext', /down/);
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  });
});

test('an arrow at length 1 is turned by its own head', async ({ page }) => {
  await open(page);
  const units = page.locator('#units');
  const length = await units.getByRole('button', { name: /^length of b/ }).textContent();
  await head(units, 'b at length 1').press('Shift+ArrowRight');
  await expect(product(units)).not.toHaveText('0.60');
  await expect(units.getByRole('button', { name: /^length of b/ })).toHaveText(length ?? '');
});

test('everything is done by keys alone, down to the products and back', async ({ page }) => {
  const figure = await open(page);
  await head(figure, 'a').focus();
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowLeft'); // a: 3 → 2
  await expect(product(figure)).toHaveText('4.00');
  await figure.getByRole('slider', { name: /^Turn/ }).focus();
  await page.keyboard.press('End'); // b opposite a
  await expect(figure.locator('dl')).toContainText('−1.00');
  await figure.getByRole('button', { name: /^cosine/ }).press('Enter');
  const unfold = figure.locator('dot-unfold');
  await expect(unfold.locator('.check')).toContainText('Engine');
  await page.keyboard.press('Escape');
  await expect(unfold).toHaveCount(0);
  await expect(figure.getByRole('button', { name: /^cosine/ })).toBeFocused();
});

test('the curve is pressed: b turns there', async ({ page }) => {
  const figure = await open(page);
  const curve = figure.locator('svg.curve');
  await curve.scrollIntoViewIfNeeded();
  const box = await curve.boundingBox();
  if (!box) throw new Error('no curve');
  await page.mouse.click(box.x + box.width * 0.79, box.y + box.height / 2); // about 120° from a
  await expect(figure.getByRole('button', { name: /^angle in degrees: 1[12]\d/ })).toBeVisible();
});

test('every number opens, and its check agrees', async ({ page }) => {
  await open(page);
  for (const id of ['turn', 'units', 'rank']) {
    const figure = page.locator(`#${id}`);
    const numbers = figure.locator('.num:visible');
    const count = await numbers.count();
    expect(count, id).toBeGreaterThan(4);
    for (let i = 0; i < count; i++) {
      await opensAndAgrees(figure, numbers.nth(i));
    }
  }
});

test('what the reader set up survives a reload', async ({ page }) => {
  const figure = await open(page);
  await head(figure, 'b').press('Shift+ArrowUp');
  await figure.getByLabel('Make both length 1').check();
  await expect(page).toHaveURL(/turn=a:3,1;b:1,2.5;units:1/);
  const shown = await product(figure).textContent();
  await page.reload();
  await expect(product(figure)).toHaveText(shown ?? '');
  await expect(figure.getByLabel('Make both length 1')).toBeChecked();
  await figure.getByRole('button', { name: 'Start again' }).click();
  await expect(product(figure)).toHaveText('5.00');
  await expect(page).not.toHaveURL(/turn=/);
});

test('the two rankings differ until the lengths are alike', async ({ page }) => {
  await open(page);
  const rank = page.locator('#rank');
  await expect(rank.locator('.says')).toHaveText('By dot product: q, r, p. By cosine: p, q, r.');
  const q = head(rank, 'candidate q');
  for (let i = 0; i < 30; i++) await q.press('ArrowLeft'); // 3.6 → 0.6
  await expect(rank.locator('.says')).toContainText('By dot product: r, p, q');
});

test('an arrow of length 0 has no angle, and says so', async ({ page }) => {
  await open(page);
  const zero = page.locator('#zero');
  await expect(zero).toContainText('points nowhere');
  await head(zero, 'b').press('ArrowUp');
  await expect(zero).toContainText('°');
  await expect(page.locator('body')).not.toContainText('NaN');
});

test('axe finds nothing, with an unfolding open', async ({ page }) => {
  const figure = await open(page);
  await product(figure).click();
  await expect(figure.locator('dot-unfold .check')).toBeVisible();
  await accessible(page);
});

for (const width of [320, 360]) {
  test(`nothing is cut off at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    const figure = await open(page);
    await product(figure).click();
    await expect(figure.locator('dot-unfold .check')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
