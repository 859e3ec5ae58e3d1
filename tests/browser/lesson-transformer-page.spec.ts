// Lesson 10 as a page, on the real engine and the shipped weights: it opens, says what the engine says, leads from a logit down to a weight
// and back by a link, measures the heads, and can be used by keys alone and on a narrow page.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { unpackTrail } from '../../web/models/unfold_trail.ts';
import { accessible, bringUp, opensAndAgrees, readThrough, watch } from './site.ts';

test.setTimeout(120_000);

/** A figure brought into sight, once it shows numbers. */
async function figure(page: Page, id: string, shown: string): Promise<Locator> {
  const found = page.locator(`#${id}`);
  await bringUp(found, found.locator(shown));
  return found;
}

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`lessons/transformer/${query}`);
}

/** Everything that stands in the element's own tree, in one line. */
const wordsOf = (element: Locator) => element.evaluate((one) => (one.shadowRoot?.textContent ?? '').replace(/\s+/g, ' '));

test('it opens without a fault, and every number in the prose is what the engine answers', async ({ page }) => {
  const seen = await watch(page);
  await open(page);
  const written = await page.locator('dot-value').evaluateAll((all) => all.map((one) => one.textContent?.trim() ?? ''));
  expect(written.length).toBeGreaterThan(30);
  await readThrough(page);
  for (const [i, text] of written.entries()) {
    const value = page.locator('dot-value').nth(i);
    // What stands before a guess is hidden until the guess is placed.
    if (!(await value.isVisible())) continue;
    await value.scrollIntoViewIfNeeded();
    await expect
      .poll(
        () =>
          value.evaluate(
            (one) => (one as HTMLElement & { model: { asked: { answer: { value: unknown } } } }).model.asked.answer.value !== null,
          ),
        {
          timeout: 45_000,
        },
      )
      .toBe(true);
    expect(await value.evaluate((one) => one.shadowRoot?.querySelector('.num, .plain')?.textContent?.trim())).toBe(text.replace(/^-/, '−'));
  }
  await seen.nothingWrong();
});

for (const seed of [1, 2, 3]) {
  test(`from the logit of Tom to the ground, by any branch (${seed}), and the link leads back there`, async ({ page, context }) => {
    await open(page);
    const whole = await figure(page, 'whole', '.guesses .num');
    await whole
      .getByRole('button', { name: /^logit of/ })
      .first()
      .click();
    const unfold = whole.locator('dot-unfold');
    const ended = (words: string) => words.includes('where unfolding ends');
    let state = seed;
    let step = 1;
    for (;;) {
      await expect(unfold.locator('.check')).toContainText('Engine');
      const words = await wordsOf(unfold);
      expect(words).not.toContain('report this');
      expect(step, words).toBeLessThan(80);
      if (ended(words)) break;
      // Any number but that of the machine's own view of a sum.
      const parts = unfold.locator('.num:visible:not([aria-label^="As the machine"])');
      state = (state * 48271) % 2147483647;
      // They may still be changing from those of the step before: to others, or to an end, which has none.
      const went = async () => {
        if (ended(await wordsOf(unfold))) return;
        await parts.nth(state % (await parts.count())).click({ timeout: 1000 });
        step++;
      };
      await expect(went).toPass({ timeout: 15_000 });
      await expect.poll(() => wordsOf(unfold)).not.toBe(words);
    }
    const crumbs = await unfold.locator('.trail li').count();
    expect(crumbs).toBeGreaterThan(1);
    const kept = () => new URL(page.url()).searchParams.get('whole.trail') ?? '';
    await expect.poll(() => unpackTrail(kept()).length).toBe(step); // the address follows a moment later

    const other = await context.newPage();
    await other.goto(page.url());
    const again = (await figure(other, 'whole', 'dot-unfold .check')).locator('dot-unfold');
    await expect(again.locator('.trail li')).toHaveCount(crumbs);
    await expect(again.locator('.check')).toHaveText(await unfold.locator('.check').innerText(), { useInnerText: true });
    // And a step back.
    await again.getByRole('button', { name: 'Back' }).click();
    await expect.poll(() => wordsOf(again)).not.toContain('where unfolding ends');
  });
}

test('the head that looks hardest is not the one that decides', async ({ page }) => {
  await open(page);
  const whole = await figure(page, 'whole', '.guesses .num');
  const first = whole.locator('.guesses .name').nth(0);
  await expect(first).toHaveText('Tom');
  await expect(whole.locator('.row-says')).toContainText('looks mostly at Tom');
  await whole
    .locator('.heads .head')
    .nth(5 * 6 + 2)
    .click();
  await whole.getByRole('button', { name: 'Switch it off' }).click();
  await expect(whole.locator('.compared')).toBeVisible();
  await expect(first).toHaveText('Tom');
  await whole.getByRole('button', { name: 'Switch it on' }).click();
  await whole
    .locator('.heads .head')
    .nth(1 * 6 + 5)
    .click();
  await whole.getByRole('button', { name: 'Switch it off' }).click();
  await expect(first).not.toHaveText('Tom');
});

test('a guess is placed before its answer is shown', async ({ page }) => {
  await open(page);
  const guess = page.locator('#ablate');
  await guess.scrollIntoViewIfNeeded();
  await expect(guess.getByText('The one that hardly looks at')).toBeHidden();
  await guess.getByRole('button', { name: 'layer 6, head 3' }).click();
  await expect(guess).toContainText('The one that hardly looks at', { timeout: 45_000 });
});

test('heads are measured in the page: the writer, the reader, and plainly where there is none', async ({ page }) => {
  await open(page);
  const kinds = await figure(page, 'kinds', '.kinds tbody button');
  await expect(kinds.locator('.says')).toContainText(/On average|Layer|layer/);
  await kinds.getByRole('button', { name: 'induction' }).click();
  await expect(kinds.locator('.says')).toContainText('has not grown a head of this kind');
  await kinds.getByRole('button', { name: 'next token' }).click();
  await expect(kinds.locator('.says')).toContainText('causal');
  await kinds.getByRole('button', { name: 'The reader' }).click();
  await expect(kinds.locator('.says')).toContainText(/puts 0\.9\d of its attention on the token after/, { timeout: 60_000 });
  await expect(kinds.locator('.top .num').first()).toBeVisible();
  await opensAndAgrees(kinds, kinds.locator('.top .num').first());
  await kinds.getByLabel('That head on a sentence of yours').fill('The old man sold his house.');
  await kinds.getByRole('button', { name: 'Show' }).click();
  await expect(kinds.locator('.tokens button')).toHaveCount(8);
  await expect(page).toHaveURL(/kinds=m:reader;k:next;t:The(%20|\+)old/);
  await page.reload();
  const again = await figure(page, 'kinds', '.tokens button');
  await expect(again.locator('.tokens button')).toHaveCount(8);
  await expect(again.getByRole('button', { name: 'next token' })).toHaveAttribute('aria-pressed', 'true');
});

test('the kinds of heads by keys alone', async ({ page }) => {
  await open(page);
  const kinds = await figure(page, 'kinds', '.tokens button');
  await kinds.getByRole('button', { name: 'beginning' }).focus();
  await page.keyboard.press('Enter');
  await expect(kinds.locator('.says')).toContainText('on the beginning of the text');
  await kinds.locator('.tokens [tabindex="0"]').focus();
  await page.keyboard.press('Home');
  await expect(kinds.locator('.tokens [aria-pressed="true"]')).toHaveText(/\(start\)/);
  await expect(kinds.locator('.tokens [aria-pressed="true"]')).toBeFocused();
  await kinds.locator('.top .num').first().press('Enter');
  await expect(kinds.locator('dot-unfold .check')).toContainText('Engine');
  await page.keyboard.press('Escape');
  await expect(kinds.locator('dot-unfold')).toHaveCount(0);
});

test('axe finds nothing', async ({ page }) => {
  await open(page);
  const kinds = await figure(page, 'kinds', '.top .num');
  await kinds.locator('.top .num').first().click();
  await expect(kinds.locator('dot-unfold .check')).toContainText('Engine');
  await accessible(page);
});

for (const width of [320, 360]) {
  test(`nothing is cut off at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    await open(page);
    const kinds = await figure(page, 'kinds', '.top .num');
    await kinds.locator('.top .num').first().click();
    await expect(kinds.locator('dot-unfold .check')).toBeVisible();
    await kinds.getByRole('button', { name: 'The reader' }).click();
    await expect(kinds.locator('.says')).toContainText('puts', { timeout: 60_000 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    for (const part of ['.kinds', '.tokens', '.top']) {
      const box = await kinds.locator(part).first().boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 0), part).toBeLessThanOrEqual(width);
    }
  });
}
