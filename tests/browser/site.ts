// What the page-level tests share: which pages there are, and a watch over what a page must never do.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { readCourse } from '../../web/lessons/index.ts';

/** The lessons that have pages. */
export const lessons = (await readCourse()).filter((entry) => entry.status === 'written').map((entry) => entry.id);

/** Every page of the site, relative to its root; '' is the home page. */
export const pages = ['', 'widgets/', 'bench/', ...lessons.flatMap((id) => [`lessons/${id}/`, `lessons/${id}/teacher/`])];

export interface Watch {
  /** Addresses that were asked for, the data: and blob: ones left out. */
  requests: string[];
  /** Fails the test if the page broke its policy, wrote an error, or asked another host for anything. */
  nothingWrong(): Promise<void>;
}

/** Begins to watch; call it before the page is opened. */
export async function watch(page: Page): Promise<Watch> {
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('requestfailed', (request) => {
    // Leaving a page cuts short what it was loading.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') errors.push(`${request.url()}: ${request.failure()?.errorText}`);
  });
  page.on('request', (request) => {
    if (/^https?:/.test(request.url())) requests.push(request.url());
  });
  await page.addInitScript(() => {
    const broken: string[] = [];
    Object.assign(window, { brokenPolicies: broken });
    window.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      broken.push(`${violatedDirective}: ${blockedURI}`),
    );
  });
  return {
    requests,
    async nothingWrong() {
      expect(errors).toEqual([]);
      expect(await page.evaluate(() => (window as unknown as { brokenPolicies: string[] }).brokenPolicies)).toEqual([]);
      const { host } = new URL(page.url());
      expect(requests.filter((url) => new URL(url).host !== host)).toEqual([]);
    },
  };
}

/** Scrolls through the page, so that what waits to be seen is seen, and waits until nothing is being fetched. */
export async function readThrough(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight * 0.8) {
      scrollTo(0, y);
      await new Promise((go) => setTimeout(go, 30));
    }
    scrollTo(0, 0);
  });
  await page.waitForLoadState('networkidle');
}

/** Brings a figure into sight until it shows what it has to show: what stands above it grows while it loads, and pushes it away. */
export async function bringUp(figure: Locator, shown: Locator, timeout = 60_000): Promise<void> {
  await expect(async () => {
    await figure.scrollIntoViewIfNeeded();
    await expect(shown.first()).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout });
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails where axe finds a fault in these parts of the page, or in all of it, in the light and in the dark. */
export async function accessible(page: Page, ...parts: string[]): Promise<void> {
  const faults = async (options: { runOnly: string[] }) => {
    const axe = new AxeBuilder({ page }).options({ ...options, resultTypes: ['violations'] });
    for (const part of parts) axe.include(part);
    return (await axe.analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join('; ')}`,
    );
  };
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  expect(await faults({ runOnly: tags }), 'light').toEqual([]);
  // The dark theme is the same page in other colours: only its contrast is to be looked at again.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  expect(await faults({ runOnly: ['color-contrast'] }), 'dark').toEqual([]);
}

/** Opens a number of a figure, sees that its check agrees, and closes it again. */
export async function opensAndAgrees(figure: Locator, number: Locator): Promise<void> {
  await number.click();
  const unfold = figure.locator('dot-unfold');
  await expect(unfold.locator('.check')).toContainText('Engine');
  await expect(unfold).not.toContainText('report this');
  await unfold.getByRole('button', { name: 'Close' }).click();
  await expect(unfold).toHaveCount(0);
}
