// Lesson 11 in a real browser, on the real engine and the shipped models: probes trained by keys alone, their controls at chance, a score
// opened down to where unfolding ends, two senses, a property of one's own, the address, axe, narrow pages.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { accessible, bringUp, opensAndAgrees } from './site.ts';

test.slow(); // the sentences go through a model, and probes are trained

/** Opens the page at a figure; `ready` stands in it once it can be used. */
async function open(page: Page, id: string, ready: string, query = ''): Promise<Locator> {
  await page.goto(`lessons/probing/${query}`);
  const figure = page.locator(`#${id}`);
  await bringUp(figure, figure.locator(ready), 90_000);
  return figure;
}
const share = (text: string | null, before: string) =>
  Number(new RegExp(`${before} ([\\d.]+)`).exec((text ?? '').replace(/\s+/g, ' '))?.[1]);

test('a guess, a training, a pause, by keys alone; what is said is what stands in the table, and random labels are at chance', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const figure = await open(page, 'bank', 'button.do');
  await expect(figure).toContainText('88 sentences, 88 words, 2 classes');
  expect(asked.filter((url) => url.includes('.safetensors'))).toEqual([]);
  await figure.getByRole('button', { name: 'Layer 2', exact: true }).press('Enter');
  await expect(page).toHaveURL(/bank=p:sense:bank;s:5;g:2/);
  await figure.getByRole('button', { name: 'Train' }).press('Enter');
  await figure.getByRole('button', { name: 'Pause' }).press('Enter');
  await expect(figure.getByRole('button', { name: 'Go on' })).toBeVisible();
  await figure.getByRole('button', { name: 'Go on' }).press('Enter');
  await expect(figure).toContainText('35 of 35 probes', { timeout: 120_000 });
  const said = (await figure.locator('.says').textContent()) ?? '';
  expect(said).toMatch(/^You guessed layer 2/);
  expect(share(said, 'always answering the commonest class gives')).toBe(50);
  expect(Math.abs(share(said, 'Labels dealt out at random:') - 50)).toBeLessThan(15);
  const best = Number(/Easiest to read at layer (\d)/.exec(said)?.[1]);
  await figure.getByText('The reader: the figures as a table').press('Enter');
  const shares = await figure.locator('tbody tr td:nth-child(2)').allTextContents();
  const means = shares.slice(-7).map(Number.parseFloat);
  expect(means).toHaveLength(7);
  expect(Math.max(...means)).toBe(means[best]);
  expect(share(said, 'Easiest to read at layer \\d:')).toBe(means[best]);
  await figure.getByRole('button', { name: 'Layer 0', exact: true }).press('Enter');
  await expect(figure.locator('.layer')).toContainText('The reader, layer 0');
  await page.reload();
  await expect(page.locator('#bank').getByRole('button', { name: 'Layer 2', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.locator('#bank').getByRole('button', { name: 'Start again' }).isDisabled();
});

test('a sentence of one’s own on the direction: every score agrees, and one is followed to where unfolding ends', async ({ page }) => {
  const figure = await open(page, 'direction', '.tokens li');
  await expect(figure.getByLabel('Class', { exact: true })).toHaveValue('3'); // verb
  await expect(figure.locator('.tokens li.yes em')).toHaveText(['light']);
  await figure.getByLabel(/^A sentence of yours/).fill('The bag is light.');
  await page.keyboard.press('Enter');
  await expect(figure.locator('.tokens em')).toHaveText(['The', 'bag', 'is', 'light', '.']);
  await expect(page).toHaveURL(/direction=t:The(%20|\+)bag/);
  const scores = figure.locator('.tokens .num');
  for (let i = 0; i < (await scores.count()); i++) await opensAndAgrees(figure, scores.nth(i));
  await expect(figure.locator('.rest')).toContainText('out of 192');
  await scores.nth(1).press('Enter');
  const unfold = figure.locator('dot-unfold');
  await expect(unfold).toContainText('score of verb for “bag”');
  const head = unfold.locator('.head[role="group"]');
  let steps = 0;
  for (; steps < 60; steps++) {
    await expect(unfold.locator('.check')).toContainText('Engine');
    await expect(unfold).not.toContainText('report this');
    if ((await head.locator('.num:visible').count()) === 0) break;
    // Through the state where there is one, not through the weight beside it.
    const state = head.locator('.num[data-address^="transformer/"]:visible');
    const says = await head.getAttribute('aria-label');
    await ((await state.count()) > 0 ? state : head.locator('.num:visible')).first().press('Enter');
    await expect(head).not.toHaveAttribute('aria-label', says ?? '');
  }
  // Score, class vector · state, state, and down through the layers to a number that was learned.
  expect(steps).toBeGreaterThan(6);
  await expect(head).toContainText(/learned|trained|training|given/);
  await expect(page.locator('body')).not.toContainText('NaN');
});

test('two senses: the slider by keys, sentences of one’s own, their numbers', async ({ page }) => {
  const figure = await open(page, 'drift', '.plane .own');
  await expect(figure.locator('.plane .own')).toHaveCount(2);
  const slider = figure.getByRole('slider', { name: 'Layer' });
  for (let i = 0; i < 3; i++) await slider.press('ArrowRight');
  await expect(figure).toContainText('Layer 3: all our sentences');
  const numbers = figure.locator('.numbers .num');
  await expect(numbers).toHaveCount(3);
  for (let i = 0; i < 3; i++) await opensAndAgrees(figure, numbers.nth(i));
  const second = figure.getByLabel(/^Sentence 2/);
  await second.fill('We sat down by the river.');
  await second.press('Enter');
  await expect(figure.locator('.numbers')).toContainText('The word bank does not stand in it.');
  await expect(figure.locator('.plane .own')).toHaveCount(1);
  await second.fill('We sat on the bank of the river.');
  await second.press('Enter');
  await expect(figure.locator('.plane .own')).toHaveCount(2);
  await expect(page).toHaveURL(/drift=w:bank;b:We/);
  await figure.getByText(/^Our 88 sentences/).press('Enter');
  await figure.locator('.ours button').nth(5).press('Enter');
  await expect(figure.locator('.plane .wrong')).toHaveCount(1);
  await figure.getByRole('checkbox', { name: /as they are/ }).press('Space');
  await expect(figure.locator('.cosines svg[role="img"]')).toHaveAttribute('aria-label', /within a sense: layer 0 0\.\d+/);
  await figure.getByRole('button', { name: 'Start again' }).press('Enter');
  await expect(page).not.toHaveURL(/drift=/);
});

test('a property of one’s own: marks by keys, undone, all taken away; its numbers open; the address keeps it', async ({ page }) => {
  const figure = await open(page, 'mine', '.found li');
  await expect(figure.locator('.notices')).toContainText(/Tested by leaving each out in turn: \d+ of 12 right/);
  await opensAndAgrees(figure, figure.locator('.found .num').first());
  const bag = figure.getByRole('button', { name: /^bag, / }).first();
  await bag.press('Enter');
  await expect(bag).toHaveAccessibleName('bag, marked yes');
  await bag.press('Enter');
  await expect(bag).toHaveAccessibleName('bag, marked no');
  await expect(figure.locator('.notices')).toContainText('of 13 right');
  await expect(page).toHaveURL(/mine=l:3;y:/);
  await page.reload();
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator('.notices')).toContainText('of 13 right', { timeout: 90_000 });
  await figure.getByRole('button', { name: 'Take all marks away' }).press('Enter');
  await expect(figure.locator('.notices')).toContainText('Nothing is marked.');
  await expect(figure.locator('.found li')).toHaveCount(0);
  await figure.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(figure.locator('.notices')).toContainText('of 13 right');
  await figure.getByRole('button', { name: 'Start again' }).press('Enter');
  await expect(figure.locator('.notices')).toContainText('of 12 right');
  await expect(page).not.toHaveURL(/mine=/);
});

test('measured figures: sets and rows by keys, no model asked for, the same numbers in the table below', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const figure = await open(page, 'measured', '.all tbody tr');
  await figure.getByLabel('Set of sentences').selectOption({ label: 'Senseval' });
  const row = figure.getByRole('button', { name: /serve/ });
  await row.press('Enter');
  await expect(row).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/measured=s:senseval;t:sense:serve/);
  const cells = await figure.locator('.all tbody tr').filter({ hasText: 'serve' }).locator('td').allTextContents();
  const [, , layer0 = '', best = '', at = ''] = cells;
  await figure.getByText('The reader: the figures as a table').press('Enter');
  const shares = await figure.locator('details tbody').first().locator('tr td:nth-child(2)').allTextContents();
  const plain = (text = '') => text.replaceAll('\u00a0', ' ').replace(/ \(.*/, '').trim();
  expect(plain(shares[0])).toBe(plain(layer0));
  expect(plain(shares[Number(at)])).toBe(plain(best));
  await expect(figure).toContainText('npm run measure:probes');
  expect(asked.filter((url) => url.includes('.safetensors'))).toEqual([]);
  // Loaded again, the page may stand for a moment where another figure is, which does ask for its model.
  await page.reload();
  await expect(row).toHaveAttribute('aria-pressed', 'true');
});

test('axe finds nothing; nothing is cut off on a narrow page', async ({ page }) => {
  test.setTimeout(300_000); // every figure of the page, one after the other
  const bank = await open(page, 'bank', 'button.do');
  await bank.getByLabel('Seeds').selectOption('1');
  await bank.getByRole('button', { name: 'Train' }).click();
  await expect(bank).toContainText('7 of 7 probes', { timeout: 120_000 });
  for (const [id, ready] of [
    ['drift', '.plane .own'],
    ['direction', '.tokens li'],
    ['mine', '.found li'],
  ] as const) {
    await bringUp(page.locator(`#${id}`), page.locator(`#${id} ${ready}`), 90_000);
  }
  await page.locator('#direction .tokens .num').first().click();
  await expect(page.locator('#direction dot-unfold .check')).toBeVisible();
  await accessible(page, 'main');
  for (const width of [320, 360]) {
    await page.setViewportSize({ width, height: 700 });
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});
