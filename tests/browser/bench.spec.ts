// The page of speeds: measures in this browser, in a short form, and hands the result over.
import { expect, test } from '@playwright/test';
import { watch } from './site.ts';

test('measures every case, and the result can be copied', async ({ page, context }) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const seen = await watch(page);
  await page.goto('bench/?glance');
  const bench = page.locator('#bench');
  const copy = bench.getByRole('button', { name: 'Copy the result as JSON' });
  await expect(copy).toBeDisabled();
  await bench.getByRole('button', { name: 'Start' }).click();
  await expect(bench.getByRole('button', { name: 'Measure again' })).toBeVisible({ timeout: 120_000 });
  await expect(bench.locator('.state')).toContainText(/Measured (\d) of \1 cases/);
  const beside = bench.locator('table').first();
  const ratios = await beside.locator('tbody td:nth-child(2)').allTextContents();
  expect(ratios.length).toBeGreaterThan(6);
  for (const cell of ratios) expect(cell).toMatch(/^[\d.]+ ×$/);
  // Training has no limit of its own; everything else has.
  const shares = await beside.locator('tbody td:nth-child(3)').allTextContents();
  expect(shares.filter((cell) => /^\d+ %$/.test(cell))).toHaveLength(ratios.length - 1);
  const times = await bench.locator('table').nth(1).locator('tbody td').allTextContents();
  expect(times).toHaveLength(3);
  for (const cell of times) expect(cell).toMatch(/^[\d.]+ ms$/);

  await copy.click();
  await expect(bench.locator('.copied')).toHaveText('Copied.');
  const result = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  // Each case, each of our binaries, beside plain JavaScript or a time aimed at.
  expect(result.rows).toHaveLength(2 * (ratios.length + 1));
  for (const row of result.rows) {
    expect(row.peerName).toBe(/transformer/.test(row.name) ? 'what is aimed at' : 'plain JavaScript');
    for (const figure of [row.ours, row.peer, row.ratio, row.median]) expect(figure).toBeGreaterThan(0);
    if (!/transformer|skip-gram/.test(row.name)) for (const figure of [row.limit, row.share]) expect(figure).toBeGreaterThan(0);
  }
  await seen.nothingWrong();
});

test('stops when it is told to, keeps what was measured, and begins anew', async ({ page }) => {
  await page.goto('bench/');
  const bench = page.locator('#bench');
  await bench.getByRole('button', { name: 'Start' }).click();
  await expect(bench.locator('.state')).toContainText('1 of');
  await bench.getByRole('button', { name: 'Stop' }).click();
  await expect(bench.locator('.state')).toContainText('Stopped.', { timeout: 20_000 });
  await expect(bench.getByRole('button', { name: 'Measure again' })).toBeFocused();
});
