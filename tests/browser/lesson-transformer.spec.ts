// The transformer's figure in a real browser, on the real engine and the shipped weights: written-down examples before the weights arrive, typing,
// keys alone, heads switched off, tokens replaced, states put in, odd texts, the address, axe, narrow pages.
import { type Locator, type Page, expect as quick, test } from '@playwright/test';
import { accessible, opensAndAgrees } from './site.ts';

const address = (state: string) => `widgets/?transformer=${encodeURIComponent(state)}`;
const long =
  'Once there was an old man who lived with his wife in a small house near the sea. Every morning he took his boat and went out to catch fish, and every evening he came home and told his wife what he had seen. One day a great storm came up from the west, and the waves grew as high as a';

// All figures of the widgets’ page ask the same engine: an answer may have to wait for others.
test.describe.configure({ timeout: 150_000 });
const expect = quick.configure({ timeout: 45_000 });

/** The figure brought into sight: what stands above it grows while it loads, so that it is brought there until it has begun. */
async function open(page: Page, state = ''): Promise<Locator> {
  await page.goto(state ? address(state) : 'widgets/');
  const figure = page.locator('#transformer');
  await expect(async () => {
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.locator('.status, .failure').first()).toBeVisible({ timeout: 1000 });
    await expect(figure.getByRole('button', { name: 'Load the trained model' })).toHaveCount(0, { timeout: 1000 });
  }).toPass();
  return figure;
}
async function loaded(page: Page, state = ''): Promise<Locator> {
  const figure = await open(page, state);
  await expect(figure.locator('.status')).toContainText('reads at most');
  await expect(figure.locator('.guesses .num').first()).toBeVisible();
  return figure;
}
const chosen = (figure: Locator) => figure.locator('.heads [tabindex="0"]');
const tokens = (figure: Locator) => figure.locator('.tokens:not(.pick) button');
const write = (figure: Locator) => figure.getByLabel('A text of yours, in English');

for (const width of [1280, 360]) {
  test(`an example is there before the weights; its numbers open once they are, and nothing moves at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    let go: () => void = () => {};
    const held = new Promise<void>((release) => {
      go = release;
    });
    await page.route('**/*.safetensors*', async (route) => {
      await held;
      await route.continue();
    });
    const figure = await open(page);
    await expect(figure.locator('.heads .head')).toHaveCount(36);
    await expect(figure.locator('.guesses li:not(.legend)')).toHaveCount(8);
    await expect(figure).toContainText('Until then, a rounded copy is shown.');
    await expect(figure.locator('.num')).toHaveCount(0);
    await page.evaluate(() => document.fonts.ready);
    const guesses = await figure.locator('.guesses .name').allTextContents();
    /** Where the parts stand within the figure. */
    const stand = () =>
      figure.evaluate((element) =>
        ['.tokens', '.heads', '.guesses', '.changes', '.top', '.work'].map((part) => {
          const top = element.shadowRoot?.querySelector(part)?.getBoundingClientRect().top ?? Number.NaN;
          return Math.round(top - element.getBoundingClientRect().top);
        }),
      );
    const before = await stand();
    go();
    await expect(figure.locator('.guesses .num').first()).toBeVisible();
    expect(await figure.locator('.guesses .name').allTextContents()).toEqual(guesses);
    const moved = async () => Math.max(...(await stand()).map((top, i) => Math.abs(top - (before[i] ?? Number.NaN))));
    await expect.poll(moved).toBeLessThanOrEqual(1);
    // Nor while a head is switched off.
    await figure.getByRole('button', { name: 'Switch it off' }).click();
    await expect(figure.locator('.compared')).toBeVisible();
    expect(await moved()).toBeLessThanOrEqual(1);
  });
}

test('by keys alone: a place, a head, a cell, a weight unfolded, and back', async ({ page }) => {
  const figure = await loaded(page);
  await tokens(figure).last().focus();
  await page.keyboard.press('ArrowLeft');
  await expect(figure.locator('.heading')).toHaveText('After “it” the writer expects');
  await chosen(figure).focus();
  for (const key of ['ArrowRight', 'ArrowUp', 'ArrowLeft']) await page.keyboard.press(key); // the edge holds
  await expect(chosen(figure)).toHaveAttribute('aria-label', /^Layer 2, head 5: it looks most at/);
  await expect(chosen(figure)).toBeFocused();
  const map = figure.getByRole('slider', { name: /^Weights of layer 2, head 5/ });
  await map.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(map).toHaveAttribute('aria-valuetext', /^it at The, /);
  const weight = figure.locator('.cell-line .num').first();
  await weight.press('Enter');
  const unfold = figure.locator('dot-unfold');
  await expect(unfold.locator('.check')).toContainText('Engine');
  await page.keyboard.press('Escape');
  await expect(unfold).toHaveCount(0);
  await expect(weight).toBeFocused();
});

test('every kind of number opens, and its check agrees', async ({ page }) => {
  const figure = await loaded(page, 'm:writer;t:The king had three daughters, and the;l:3;h:2;off:2.1');
  for (const name of [
    /^probability of/,
    /^probability before the change of/,
    /^logit of/,
    /^weight of/,
    /^score of/,
    /^query times key of/,
  ])
    await opensAndAgrees(figure, figure.getByRole('button', { name }).first());
});

test('an open trail is kept by the address, and opened again', async ({ page }) => {
  const figure = await loaded(page, 'm:writer;t:The king had three daughters, and the;off:2.1');
  await figure
    .getByRole('button', { name: /^logit of/ })
    .first()
    .click();
  const unfold = figure.locator('dot-unfold');
  await expect(unfold.locator('.check')).toContainText('Engine');
  await unfold.locator('.num').first().click();
  await expect(unfold.locator('.trail li')).toHaveCount(2);
  const head = await unfold.locator('.trail').textContent();
  await expect(page).toHaveURL(/transformer\.trail=.*(>|%3E)/);
  await page.reload();
  await expect(figure.locator('.status, .failure').first()).toBeVisible();
  await figure.scrollIntoViewIfNeeded();
  await expect(unfold.locator('.trail li')).toHaveCount(2);
  expect(await unfold.locator('.trail').textContent()).toBe(head);
});

test('a text is typed and followed; the address keeps all of it', async ({ page }) => {
  const figure = await loaded(page);
  await write(figure).fill('The old man sold his');
  await expect(tokens(figure)).toHaveCount(6);
  await expect(figure.locator('.heading')).toHaveText('After “his” the writer expects');
  await figure.locator('.heads .head').nth(20).click();
  await page.keyboard.press('x');
  await expect(figure.locator('.changed li')).toHaveText('Off: layer 4, head 3.');
  await tokens(figure).nth(3).click();
  await figure.getByText('Replace a token').click();
  await figure.locator('.replace input').fill('woman');
  await page.keyboard.press('Enter');
  await expect(figure.locator('.changed li')).toHaveCount(2);
  await expect(figure.locator('.moved')).toContainText(/likeliest/);
  await expect(page).toHaveURL(/transformer=m:writer.*e:3(=|%3D)woman/);
  const rows = await figure.locator('.guesses li').allTextContents();
  await page.reload();
  const again = await loaded(page, new URL(page.url()).searchParams.get('transformer') ?? '');
  await expect(again.locator('.changed li')).toHaveCount(2);
  await expect.poll(() => again.locator('.guesses li').allTextContents()).toEqual(rows);
  await again.getByRole('button', { name: 'Set everything back' }).click();
  await expect(again.locator('.changed')).toContainText('Nothing is changed');
});

test('a state of another sentence moves the reader’s guess, and is taken out again', async ({ page }) => {
  const figure = await loaded(page, 'm:reader;t:She sat on the [blank] of the river.');
  await expect(figure.locator('.heading')).toHaveText('In the blank the reader puts');
  await expect(figure.locator('.guesses .name').first()).toHaveText('bank');
  await figure.getByText('Put in a state of another sentence').click();
  await figure.getByLabel('The other sentence', { exact: true }).fill('He swam in the deep water.');
  await expect(figure.locator('.pick [aria-pressed="true"]')).toHaveText('water');
  await figure.getByRole('button', { name: 'Put it into “[blank]”' }).click();
  await expect(figure.locator('.guesses .name').first()).toHaveText('water');
  await expect(figure.locator('.moved')).toContainText('“bank” went from');
  await figure.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(figure.locator('.guesses .name').first()).toHaveText('bank');
  await expect(figure.locator('.compared')).toHaveCount(0);
});

test('odd texts: a view or a plain notice, never a blank page', async ({ page }) => {
  const figure = await loaded(page);
  for (const text of ['', '   ', '🙂👩‍👩‍👧', '\u0000\u0007', 'Привет, 世界', '?!?!', 'half \ud83d of one', '[blank][blank]']) {
    await write(figure).fill(text);
    await expect(figure.locator('.heads .head')).toHaveCount(36);
    await expect(figure.locator('.guesses .num').first()).toBeVisible();
    await expect(figure).not.toContainText(/NaN|undefined/);
  }
  await write(figure).fill('The cat sat on the mat. '.repeat(84).slice(0, 2000));
  await expect(figure.locator('.status')).toContainText(/has \d+ tokens.*reads at most 256.*Its first \d+ characters fit/);
  await expect(write(figure)).toHaveValue(/^The cat sat/);
  await figure.getByRole('button', { name: 'Cut it there' }).click();
  await expect(tokens(figure)).toHaveCount(256);
});

test('axe finds nothing, with changes and an unfolding', async ({ page }) => {
  test.slow();
  const figure = await loaded(page, 'm:reader;t:She sat on the [blank] of the river.;off:2.3;g:3,5,6=He swam in the deep water.');
  await expect(figure.locator('.compared')).toBeVisible();
  await figure.getByText('Replace a token').click();
  await figure
    .getByRole('button', { name: /^weight of/ })
    .first()
    .click();
  await expect(figure.locator('dot-unfold .check')).toBeVisible();
  await accessible(page, '#transformer');
});

for (const width of [320, 360]) {
  test(`nothing is cut off at ${width} pixels, also with sixty-nine tokens`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    const figure = await loaded(page, `m:writer;t:${long};off:1.1`);
    await expect(tokens(figure)).toHaveCount(69);
    const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await fits();
    await expect(figure.locator('.head-map')).toHaveCount(0);
    const box = await figure.locator('.heads .head').first().boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(width < 360 ? 38 : 44);
    await figure.getByText('Put in a state of another sentence').click();
    await figure.getByText('Replace a token').click();
    await fits();
    await figure
      .getByRole('button', { name: /^logit of/ })
      .first()
      .click();
    await expect(figure.locator('dot-unfold .check')).toBeVisible();
    await fits();
  });
}
