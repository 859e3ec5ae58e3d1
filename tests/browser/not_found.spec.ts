// The page for a wrong address finds the way home from any depth, under any sub-path.
import { expect, test } from '@playwright/test';

for (const [wrong, home] of [
  ['lessons/nothing/here', ''],
  ['course/lessons/dot-product/teachers/', 'course/'],
  ['nothing', ''],
  ['course/nothing/', 'course/'],
] as const) {
  test(`${wrong} leads to /${home}`, async ({ page, baseURL }) => {
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && !message.text().includes('404') && errors.push(message.text()));
    const text = await (await page.request.get('404.html')).text();
    // As a host does: the same file with status 404, whatever the address.
    await page.route(`**/${wrong}`, (route) => route.fulfill({ status: 404, contentType: 'text/html', body: text }));
    await page.goto(wrong);
    await expect(page.getByRole('heading')).toHaveText('There is nothing at this address');
    expect(new URL(await page.getByRole('link').evaluate((link: HTMLAnchorElement) => link.href)).pathname).toBe(
      new URL(home, baseURL).pathname,
    );
    expect(errors).toEqual([]);
  });
}
