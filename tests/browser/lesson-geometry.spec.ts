// Lesson 13 in a real browser, on the real engine: through the layers and through time, own points, the map of the course.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { accessible, bringUp, opensAndAgrees } from './site.ts';

async function open(page: Page, query = '', id = 'moons'): Promise<Locator> {
  await page.goto(`lessons/geometry/${query}`);
  const figure = page.locator(`#${id}`);
  await bringUp(figure, figure.locator('dl .num'));
  return figure;
}
const layers = (figure: Locator) => figure.getByRole('slider', { name: 'Layers' });
const time = (figure: Locator) => figure.getByRole('slider', { name: 'Time' });
const where = (figure: Locator) => figure.locator('.where');
const net = (figure: Locator) => figure.locator('.warped .net').getAttribute('d');
const steps = (figure: Locator) => figure.getByText(/points are on the right side/);

/** Presses the picture at shares of its width and height. */
async function pressAt(figure: Locator, x: number, y: number): Promise<void> {
  const picture = figure.locator('.warped');
  await picture.scrollIntoViewIfNeeded();
  const box = await picture.boundingBox();
  if (!box) throw new Error('no picture');
  await picture.click({ position: { x: x * box.width, y: y * box.height } });
}

test('a journey by keys alone: through the layers, through time, into a number and back', async ({ page }) => {
  const figure = await open(page);
  await expect(where(figure)).toHaveText('The plane as it was given');
  const given = await net(figure);
  await layers(figure).focus();
  await page.keyboard.press('ArrowRight');
  await expect(where(figure)).toHaveText('Layer 1: in the stretch');
  expect(await net(figure)).not.toBe(given);
  await page.keyboard.press('End');
  await expect(where(figure)).toHaveText('Layer 1: after the fold; here the border is a straight line');
  await expect(figure.locator('.warped .straight')).toBeAttached();
  await expect(figure.locator('.warped')).toHaveAttribute('aria-label', /after the fold.*stretches by/);
  await time(figure).focus();
  await expect(steps(figure)).toContainText('1,400 steps');
  const learned = Number(await steps(figure).locator('b').nth(1).textContent());
  await page.keyboard.press('Home');
  await expect(steps(figure)).toContainText('After 0 steps');
  expect(Number(await steps(figure).locator('b').nth(1).textContent())).toBeLessThan(learned);
  const value = figure.getByRole('button', { name: /^stretch 1 of layer 1/ });
  await value.press('Enter');
  const unfold = figure.locator('dot-unfold');
  await expect(unfold.locator('.check')).toContainText('Engine');
  await page.keyboard.press('Escape');
  await expect(unfold).toHaveCount(0);
  await expect(value).toBeFocused();
});

test('part after part, by its buttons; and all of them, played', async ({ page }) => {
  const figure = await open(page);
  for (const words of ['after the stretch', 'after the turn', 'after the shift', 'after the fold']) {
    await figure.getByRole('button', { name: 'Next part' }).click();
    await expect(where(figure)).toContainText(words);
  }
  await expect(figure.getByRole('button', { name: 'Next part' })).toBeDisabled();
  await figure.getByRole('button', { name: 'Back' }).click();
  await expect(where(figure)).toContainText('after the shift');
  await figure.getByRole('button', { name: 'Play all parts' }).click();
  await expect(where(figure)).toContainText('in the ');
  await expect(where(figure)).toContainText('after the fold');
});

test('without motion the same states are visited one by one', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const figure = await open(page);
  await layers(figure).focus();
  await page.keyboard.press('ArrowRight');
  await expect(where(figure)).toHaveText('Layer 1: after the stretch');
  const seen = new Set<string>();
  await figure.getByRole('button', { name: 'Play all parts' }).click();
  for (let i = 0; i < 60 && !seen.has('Layer 1: after the fold; here the border is a straight line'); i++) {
    seen.add((await where(figure).textContent()) ?? '');
    await page.waitForTimeout(100);
  }
  expect([...seen].filter((words) => words.includes(': in '))).toEqual([]);
  expect(seen.size).toBeGreaterThan(3);
});

test('a heap in a ring: two units keep a band, three close the border', async ({ page }) => {
  const figure = await open(page, '', 'rings');
  const right = steps(figure).locator('b').nth(1);
  expect(Number(await right.textContent())).toBeLessThan(150);
  await figure.getByLabel('Units in each hidden layer').selectOption('3');
  await expect(steps(figure)).toContainText('After 0 steps');
  await figure.getByRole('button', { name: 'Train' }).click();
  await expect(figure.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(right).toHaveText('160');
  await figure.getByRole('button', { name: 'Pause' }).click();
  await layers(figure).press('End');
  await expect(figure).toContainText('This layer has 3 units. It is drawn along two directions');
});

test('training is stepped, paused and begun anew', async ({ page }) => {
  const figure = await open(page);
  await figure.getByRole('button', { name: 'One step' }).click();
  await expect(steps(figure)).toContainText('1,401 steps');
  await figure.getByRole('button', { name: 'New start' }).click();
  await expect(steps(figure)).toContainText('After 0 steps');
  await expect(time(figure)).toBeDisabled();
  await figure.getByRole('button', { name: 'Start again' }).click();
  await expect(steps(figure)).toContainText('1,400 steps');
});

test('a point is chosen by the pointer and by keys, and followed through the layers', async ({ page }) => {
  const figure = await open(page);
  await figure.locator('summary').click();
  const chosen = figure.getByRole('slider', { name: 'Chosen point' });
  await chosen.focus();
  await page.keyboard.press('ArrowRight');
  await expect(chosen).toHaveAttribute('aria-valuetext', /^2 of 160: class A/);
  const path = figure.getByRole('table', { name: 'The chosen point through every layer' });
  const before = await path.textContent();
  await pressAt(figure, 0.8, 0.6);
  await expect(chosen).not.toHaveAttribute('aria-valuetext', /^2 of/);
  await expect.poll(() => path.textContent()).not.toBe(before);
  for (const name of [
    /^layer 1 before the fold, place 1/,
    /^layer 1 after the fold, place 2/,
    /^logit, place 1/,
    /^probability, place 2/,
  ]) {
    await path.getByRole('button', { name }).click();
    await expect(figure.locator('dot-unfold .check')).toContainText('Engine');
    await expect(figure.locator('dot-unfold')).not.toContainText('report this');
    await figure.locator('dot-unfold').getByRole('button', { name: 'Close' }).click();
  }
});

test('own points, by pointer and by keys, until a network can be trained on them', async ({ page }) => {
  const figure = await open(page);
  await figure.getByRole('combobox', { name: /^Points/ }).selectOption('own');
  await expect(where(figure)).toContainText('No points yet');
  await pressAt(figure, 0.25, 0.25);
  await pressAt(figure, 0.75, 0.75);
  await expect(where(figure)).toContainText('one class only');
  await figure.getByRole('radio', { name: 'B' }).check();
  const field = figure.getByRole('textbox', { name: 'to the right' });
  await field.fill('1.5');
  await figure.getByRole('textbox', { name: 'up' }).fill('−x');
  await figure.getByRole('button', { name: 'Place it' }).click();
  await expect(figure.locator('.note')).toContainText('want a number');
  await figure.getByRole('textbox', { name: 'up' }).fill('1,5');
  await figure.getByRole('textbox', { name: 'up' }).press('Enter');
  await field.fill('−1.5');
  await field.press('Enter');
  await expect(steps(figure)).toContainText('of 4 points');
  await expect(page).toHaveURL(/p:own.*;o:-1\.\d+,1\.\d+,0,1\.\d+,-1\.\d+,0,1\.5,1\.5,1,-1\.5,1\.5,1/);
  await page.reload();
  await expect(steps(figure)).toContainText('of 4 points');
});

test('every number of a layer opens, and its check agrees', async ({ page }) => {
  test.slow();
  await open(page);
  for (const id of ['moons', 'spirals']) {
    const figure = page.locator(`#${id}`);
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.locator('dl .num').first()).toBeVisible();
    await layers(figure).press('End');
    const numbers = figure.locator('dl .num');
    const count = await numbers.count();
    expect(count, id).toBeGreaterThan(5);
    for (let i = 0; i < count; i++) {
      await opensAndAgrees(figure, numbers.nth(i));
    }
  }
});

test('what the reader set up survives a reload', async ({ page }) => {
  const figure = await open(page);
  await layers(figure).press('End');
  await figure.getByRole('button', { name: 'Back' }).click();
  await time(figure).focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
  await expect(steps(figure)).toContainText('After 1,340 steps');
  const shown = await steps(figure).textContent();
  await expect(page).toHaveURL(new RegExp(`moons=p:moons;h:2;a:tanh;s:8;n:1400;m:${await time(figure).inputValue()};w:3`));
  await page.reload();
  await expect(where(figure)).toHaveText('Layer 1: after the shift');
  await expect(steps(figure)).toHaveText(shown ?? '');
});

test('the map of the course: thirteen numbers, each a sum of products; words only when they are asked for', async ({ page }) => {
  const words: string[] = [];
  page.on('request', (request) => {
    if (/words.*\.(bin|dbd|dat)|data\/words/.test(request.url())) words.push(request.url());
  });
  await open(page);
  const map = page.locator('#map');
  await map.scrollIntoViewIfNeeded();
  await expect(map.locator('li .num')).toHaveCount(10);
  expect(words).toEqual([]);
  await map.getByRole('button', { name: 'Load the word vectors too' }).click();
  await expect(map.locator('li .num')).toHaveCount(13, { timeout: 30_000 });
  await expect(map.getByRole('listitem').first()).toContainText('32');
  await expect(map.getByRole('link', { name: 'Multiply, then sum' })).toHaveAttribute('href', '../dot-product/');
  for (let i = 0; i < 13; i++) {
    await map.locator('li .num').nth(i).click();
    const unfold = map.locator('dot-unfold');
    await expect(unfold.locator('.check')).toContainText('Engine');
    await expect(unfold).not.toContainText('report this');
    await unfold.getByRole('button', { name: 'Close' }).click();
  }
});

test('axe finds nothing, with an unfolding and the points open', async ({ page }) => {
  const figure = await open(page);
  await layers(figure).press('End');
  await figure.locator('summary').click();
  await figure.locator('dl .num').first().click();
  await expect(figure.locator('dot-unfold .check')).toBeVisible();
  await page.locator('#map').scrollIntoViewIfNeeded();
  await expect(page.locator('#map li .num')).toHaveCount(10);
  await accessible(page);
});

for (const width of [320, 360]) {
  test(`nothing is cut off at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    const figure = await open(page);
    await figure.getByRole('combobox', { name: /^Points/ }).selectOption('own');
    await figure.locator('summary').click();
    await page.locator('#spirals').scrollIntoViewIfNeeded();
    await expect(page.locator('#spirals dl .num').first()).toBeVisible();
    await page.locator('#map').scrollIntoViewIfNeeded();
    await expect(page.locator('#map li .num')).toHaveCount(10);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
