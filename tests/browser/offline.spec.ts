// Once a page has come, it needs no network: the figures go on working.
import { expect, test } from '@playwright/test';

test('the figure answers with the network gone', async ({ page, context }) => {
  await page.goto('');
  const figure = page.locator('#dot');
  await expect(figure.locator('.result .num')).toHaveText('−0.37');
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await figure.locator('input').first().fill('1.8');
  await expect(figure.locator('.result .num')).toHaveText('0.53');
  await figure.locator('.result .num').click();
  await expect(figure.locator('dot-unfold .check')).toContainText('double precision');
});
