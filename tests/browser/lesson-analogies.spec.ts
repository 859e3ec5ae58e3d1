// Lesson 4 in a real browser, on the real engine and the real vectors.
import { expect, type Page, test } from '@playwright/test';
import { accessible } from './site.ts';

const lesson = 'lessons/analogies/';

/** Opens the lesson and waits until the first figure has its answer. */
async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`${lesson}${query}`);
  await expect(page.locator('dot-analogy .gives')).not.toHaveText('…', { timeout: 30_000 });
}

test('king − man + woman: queen by the rule, king without it', async ({ page }) => {
  await open(page);
  const figure = page.locator('dot-analogy');
  await expect(figure.locator('.gives')).toHaveText('queen');
  await figure.getByLabel('leave the question words out').uncheck();
  await expect(figure.locator('.gives')).toHaveText('king');
  await expect(figure.locator('.ranking .out')).toHaveCount(0);
});

test('a score unfolds to products, and its check agrees', async ({ page }) => {
  await open(page);
  const figure = page.locator('dot-analogy');
  await figure.locator('.ranking li:not(.out) .num').first().click();
  const unfold = figure.locator('dot-unfold');
  await expect(unfold.locator('.check')).toContainText('recomputed in double precision');
  await expect(unfold.locator('.check')).not.toContainText('report');
  await page.keyboard.press('Escape');
  await expect(unfold).toHaveCount(0);
});

test('the state of the figures survives a reload from the address', async ({ page }) => {
  await open(page, '?sum=e:france-paris%2Brome;keep:1;method:mul;expect:italy&steps=r:plural;p:0,2,3&people=m:weat;t:science');
  await expect(page.getByRole('combobox', { name: 'word 1 of 3' })).toHaveValue('france');
  await expect(page.locator('dot-analogy').getByLabel('3CosMul')).toBeChecked();
  await expect(page.locator('dot-offsets .plane text')).toHaveCount(6);
  await expect(page.locator('dot-bias .effect strong')).toContainText('d =');
  await page.reload();
  await expect(page.locator('dot-analogy .below')).toContainText('italy');
});

test('an unknown word brings spellings, by keyboard alone', async ({ page }) => {
  await open(page);
  const field = page.getByRole('combobox', { name: 'word 1 of 3' });
  await field.focus();
  await page.keyboard.type('qeen');
  await page.keyboard.press('Enter');
  const spelling = page.locator('dot-analogy .suggest').getByRole('button', { name: 'queen', exact: true });
  await expect(spelling).toBeVisible();
  await spelling.focus();
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('queen');
  await expect(page.locator('dot-analogy .failure')).toHaveCount(0);
});

test('the benchmark runs to its end, stops on demand, takes a file and sends a wrong answer up', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page);
  const figure = page.locator('dot-benchmark');
  await figure.locator('select').selectOption('20');
  await figure.locator('.do').click();
  await expect(figure.locator('.do')).toHaveText(/^Ask/, { timeout: 120_000 });
  await expect(figure.locator('.total strong')).toHaveText(/\d+\.\d\s%/);
  await figure.locator('select').selectOption('1');
  await figure.locator('.do').click();
  await figure.getByRole('button', { name: 'Stop' }).click();
  await expect(figure.locator('.total')).toContainText(/Stopped|word vectors/);
  await figure
    .locator('input[type=file]')
    .setInputFiles({ name: 'bad.txt', mimeType: 'text/plain', buffer: Buffer.from(': a\none two\n') });
  await expect(figure.locator('.failure')).toContainText('bad.txt: Line 2');
  await figure
    .locator('input[type=file]')
    .setInputFiles({ name: 'mine.txt', mimeType: 'text/plain', buffer: Buffer.from(': mine\nking queen table river\n') });
  await figure.locator('.do').click();
  await figure.locator('.row').first().click();
  await figure.locator('.wrong button').first().click();
  await expect(page.getByRole('combobox', { name: 'word 1 of 3' })).toHaveValue('table');
  await expect(page.locator('dot-analogy .below')).toContainText('river');
});

test('the parallelogram: pairs come and go by keyboard, a mean unfolds to cosines', async ({ page }) => {
  await open(page);
  const figure = page.locator('dot-offsets');
  await expect(figure.locator('.plane text')).toHaveCount(5);
  await figure.locator('.pair').nth(2).focus();
  await page.keyboard.press('Enter');
  await expect(figure.locator('.plane text')).toHaveCount(6);
  await figure.locator('.means .num').first().click();
  await figure.locator('dot-unfold .num').first().click();
  await expect(figure.locator('dot-unfold .check')).toContainText('recomputed');
});

test('no accessibility fault', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page);
  await expect(page.locator('dot-bias .words li').first()).toBeVisible();
  await expect(page.locator('dot-offsets .plane')).toBeVisible();
  await accessible(page);
});

for (const width of [320, 360]) {
  test(`nothing hangs over at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page);
    await expect(page.locator('dot-bias .words li').first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
