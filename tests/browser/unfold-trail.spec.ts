// From a logit of a sentence of twenty tokens down to raw numbers of the model, step by step: at each step the parts add up on the page,
// and the link to the trail opens it again elsewhere.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { accessible, watch } from './site.ts';

/** Twenty tokens and the beginning, as the figure says itself. */
const sentence = 'Once upon a time there was a little girl who lived near the big river, and she sang.';

test.describe.configure({ timeout: 300_000 });

/** The figure with the sentence in it, and its numbers from the model. */
async function open(page: Page, state = ''): Promise<Locator> {
  await page.goto(`widgets/${state}#transformer`);
  const figure = page.locator('#transformer');
  await figure.scrollIntoViewIfNeeded();
  if (!state) await figure.getByRole('textbox', { name: 'A text of yours' }).fill(sentence);
  await expect(figure).toContainText('20 tokens and the beginning', { timeout: 60_000 });
  return figure;
}

async function openLogit(page: Page): Promise<Locator> {
  const figure = await open(page);
  await figure
    .getByRole('button', { name: /^logit of / })
    .first()
    .click();
  await arrived(figure.locator('dot-unfold'), 'logit of');
  return figure;
}

/** Waits for a step by the beginning of what its number is called. */
async function arrived(unfold: Locator, label: string): Promise<void> {
  await expect(unfold.locator('.line').first()).toContainText(label);
  await expect(unfold.locator('.check')).toContainText('Engine');
}

/** A number as the page writes it: 0.25, −3.1, 1.2 × 10⁻⁴. */
function read(text: string): number {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const [, mantissa = '', power = ''] = /(−?[\d,]+(?:\.\d+)?)(?: × 10(⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?/.exec(text) ?? [];
  if (!mantissa) throw new Error(`“${text}” is no number`);
  const exponent = Number([...power].map((mark) => (mark === '⁻' ? '-' : digits.indexOf(mark))).join(''));
  return Number(mantissa.replace('−', '-').replaceAll(',', '')) * 10 ** exponent;
}

/** Half a unit of the last digit that stands there. */
function halfUnit(text: string): number {
  const [, decimals = ''] = /\d(?:\.(\d+))?/.exec(text.replace(/ × 10.*/, '')) ?? [];
  const power = text.includes('×') ? Math.abs(read(text)) / Math.abs(read(text.replace(/ × 10.*/, ''))) || 1 : 1;
  return 0.5 * 10 ** -decimals.length * power;
}

/** Checks from the figures on the page that the parts of the step give its result; returns what kind of step it was. */
async function addsUp(unfold: Locator): Promise<string> {
  await expect(unfold).not.toContainText('report this');
  await expect(unfold.locator('.failure')).toHaveCount(0);
  const seen = await unfold.evaluate((element) => {
    const root = element.shadowRoot as ShadowRoot;
    const text = (one: Element | null | undefined) => one?.textContent?.trim() ?? '';
    const texts = (within: ParentNode, selector: string) => [...within.querySelectorAll(selector)].map(text);
    const grid = root.querySelector('dot-places')?.shadowRoot;
    const column = [...(grid?.querySelectorAll('[role=columnheader]') ?? [])].findIndex((one) => /^(product|term)$/.test(text(one)));
    return {
      result: text(root.querySelector('.line strong')),
      formula: text(root.querySelector('.line .formula')),
      rows: [...(grid?.querySelectorAll('.rows [role=row]') ?? [])].map((row) => texts(row, '[role=gridcell]')),
      column: column - 1,
      feet: texts(root, '.foot .number').filter(Boolean),
      terms: [...root.querySelectorAll('.terms tbody tr')].map((row) => texts(row, 'td').slice(1, -1)),
      fraction: texts(root, '.fraction .num').concat(texts(root, '.fraction > span:last-child')),
      products: texts(root, '.strip.product b'),
      factors: [texts(root, '.strip.a b'), texts(root, '.strip.b b')],
      argument: texts(root, '.line .num')[0] ?? '',
      ground: text(root.querySelector('.ground')),
    };
  });
  const result = read(seen.result);
  const near = (found: number, within: number, what: string) =>
    expect(Math.abs(found - result), `${what}: ${found} for ${seen.result}`).toBeLessThanOrEqual(within + halfUnit(seen.result) + 1e-12);

  if (seen.rows.length > 0) {
    const listed = seen.rows.map((row) => row[seen.column] ?? '');
    const rest = (await unfold.locator('.foot.rest .number').count()) > 0 ? (seen.feet[0] ?? '') : '';
    const parts = [...listed, ...(rest ? [rest] : [])];
    near(
      parts.reduce((sum, part) => sum + read(part), 0),
      (parts.length + 1) * halfUnit(listed[0] ?? ''),
      'sum of the list',
    );
    await expect(unfold.locator('.adds')).toContainText('add up to');
    // In a dot product each part is its two factors multiplied.
    if (seen.column === 2)
      for (const [a = '', b = '', product = ''] of seen.rows.slice(0, 5)) {
        const loss = halfUnit(a) * Math.abs(read(b)) + halfUnit(b) * Math.abs(read(a)) + halfUnit(product);
        expect(Math.abs(read(a) * read(b) - read(product)), `${a} × ${b} = ${product}`).toBeLessThanOrEqual(loss * 1.01);
      }
    return 'long sum';
  }
  if (seen.terms.length > 1) {
    const parts = seen.terms.slice(0, -1);
    const sum = parts.reduce((total, cells) => total + cells.reduce((product, cell) => product * read(cell), 1), 0);
    near(sum, parts.length * Math.max(...parts.map((cells) => halfUnit(cells.at(-1) ?? ''))), 'sum of the terms');
    return 'terms';
  }
  if (seen.products.length > 0) {
    near(
      seen.products.reduce((sum, part) => sum + read(part), 0),
      seen.products.length * halfUnit('0.123'),
      'sum of the products',
    );
    return 'products';
  }
  if (seen.fraction.length > 1) {
    const [over = '', under = ''] = seen.fraction;
    const divisor = read(/−?[\d,.]+$/.exec(under)?.[0] ?? '');
    near(read(over) / divisor, Math.abs(read(over) / divisor) * 2e-5 + 1e-6, 'quotient');
    return 'quotient';
  }
  if (seen.formula !== '') {
    const z = read(seen.argument);
    const made: Record<string, number> = {
      'gelu(z)': 0.5 * z * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3))),
      'exp(z − max z)': Math.exp(z),
      '√(mean square + 0.00001)': Math.sqrt(z + 1e-5),
    };
    near(made[seen.formula] ?? Number.NaN, Math.abs(result) * 2e-5 + 1e-5, seen.formula);
    return 'function';
  }
  expect(seen.ground).toContain('This is where unfolding ends');
  return 'ground';
}

/** Opens the first number whose address begins so, by the keyboard, and sees that the step below adds up. */
async function down(unfold: Locator, address: RegExp, label: string): Promise<string> {
  const addresses = await unfold.locator('.num').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.address ?? ''));
  const found = addresses.find((one) => address.test(one));
  expect(found, `a number at ${address} among ${addresses.slice(0, 30).join(' ')}`).toBeTruthy();
  await unfold.locator(`.num[data-address="${found}"]`).first().press('Enter');
  await arrived(unfold, label);
  await expect(unfold.locator('.unfold > .head')).toBeFocused();
  return addsUp(unfold);
}

test('from a logit to a raw number of an embedding, through all six layers', async ({ page }) => {
  const seen = await watch(page);
  const figure = await openLogit(page);
  const unfold = figure.locator('dot-unfold');
  expect(await addsUp(unfold)).toBe('long sum');
  expect(await down(unfold, /^transformer\/norm\[/, 'brought to one size after the last layer')).toBe('products');
  expect(await down(unfold, /^transformer\/scaled\[/, 'divided by its root mean square')).toBe('quotient');
  for (let layer = 6; layer >= 1; layer--) {
    expect(await down(unfold, new RegExp(`^transformer/L${layer}/out\\[`), `after layer ${layer}`)).toBe('terms');
    expect(await down(unfold, new RegExp(`^transformer/L${layer}/middle\\[`), `after attention, layer ${layer}`)).toBe('terms');
  }
  expect(await down(unfold, /^transformer\/x\[/, 'as it enters layer 1')).toBe('terms');
  expect(await down(unfold, /^transformer\/tokens\[/, 'row of the token “.”')).toBe('ground');
  await expect(unfold.locator('.ground')).toContainText('its embedding of 192 components');
  // Sixteen steps: the ends of the trail stand there, and all of it when asked.
  await expect(unfold.locator('.trail li')).toHaveCount(5);
  await unfold.getByRole('button', { name: '… 13 more' }).click();
  await expect(unfold.locator('.way li')).toHaveCount(17);
  await seen.nothingWrong();
});

test('through attention to a weight; the link opens the same trail elsewhere', async ({ page, browser }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const figure = await openLogit(page);
  const unfold = figure.locator('dot-unfold');
  await down(unfold, /^transformer\/norm\[/, 'brought to one size after the last layer');
  await down(unfold, /^transformer\/scaled\[/, 'divided by');
  await down(unfold, /^transformer\/L6\/out\[/, 'after layer 6');
  expect(await down(unfold, /^transformer\/L6\/fed\[/, 'what the feed-forward part adds to “.” (place 20), layer 6')).toBe('long sum');
  expect(await down(unfold, /^transformer\/L6\/active\[/, 'hidden unit')).toBe('function');
  expect(await down(unfold, /^transformer\/L6\/hidden\[/, 'before GELU, layer 6')).toBe('long sum');
  await down(unfold, /^transformer\/L6\/norm2\[/, 'brought to one size before the feed-forward part, layer 6');
  await down(unfold, /^transformer\/L6\/scaled2\[/, 'divided by');
  await down(unfold, /^transformer\/L6\/middle\[/, 'after attention, layer 6');
  expect(await down(unfold, /^transformer\/L6\/attended\[/, 'what attention adds to “.” (place 20), layer 6')).toBe('long sum');
  expect(await down(unfold, /^transformer\/L6\/mixed\[/, 'gathers, layer 6, head')).toBe('long sum');
  expect(await down(unfold, /\/weight\[/, 'weight of “.” (place 20) on')).toBe('quotient');
  expect(await down(unfold, /\/exp_sum\[/, 'sum of the exponentials of “.” (place 20)')).toBe('terms');
  expect(await down(unfold, /\/exp\[/, 'exponential of “.” (place 20) for')).toBe('function');
  expect(await down(unfold, /\/gap\[/, 'less the largest')).toBe('terms');
  expect(await down(unfold, /\/score\[/, 'score of “.” (place 20) for')).toBe('quotient');
  expect(await down(unfold, /\/dot\[/, 'query of “.” (place 20) · key of')).toBe('long sum');
  expect(await down(unfold, /\/key\[/, 'key of')).toBe('long sum');
  expect(await down(unfold, /^pair\/product\[/, 'product at component')).toBe('products');
  expect(await down(unfold, /key_weights/, 'weight of the keys, layer 6')).toBe('ground');

  const shown = async (one: Locator) => (await one.locator('.unfold').innerText()).replace(/Copy link|The link is copied.*/g, '').trim();
  const here = await shown(unfold);
  await unfold.getByRole('button', { name: 'Copy link' }).click();
  await expect(unfold.locator('.shared')).toContainText('The link is copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(900);

  const elsewhere = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await elsewhere.goto(link);
  const again = elsewhere.locator('#transformer dot-unfold');
  await expect(again.locator('.ground')).toContainText('This is where unfolding ends', { timeout: 60_000 });
  expect(await shown(again)).toBe(here);
  await expect(elsewhere.locator('#transformer textarea')).toHaveValue(sentence);
  await expect(again.locator('.unfold > .head')).toBeInViewport();
  await expect(again.locator('.unfold > .head')).toBeFocused();
  // Each step is still a step: back by one, and to the first, with the numbers of before.
  await elsewhere.keyboard.press('Escape');
  await arrived(again, 'product at component');
  expect(await addsUp(again)).toBe('products');
  await again.locator('.trail button').first().click();
  await arrived(again, 'logit of');
  expect(await addsUp(again)).toBe('long sum');
  await elsewhere.context().close();
});

test('by keys: Enter goes down, Backspace and Escape come back to the number that was opened', async ({ page }) => {
  const figure = await openLogit(page);
  const unfold = figure.locator('dot-unfold');
  await down(unfold, /^transformer\/norm\[/, 'brought to one size');
  await down(unfold, /^transformer\/gain\[/, 'gain after the last layer');
  await expect(unfold.locator('.ground')).toContainText('one of the 192 gains');
  await page.keyboard.press('Backspace');
  await arrived(unfold, 'brought to one size');
  await expect(unfold.locator('.num[data-address^="transformer/gain["]')).toBeFocused();
  await page.keyboard.press('Escape');
  await arrived(unfold, 'logit of');
  await expect(unfold.locator('.num[data-address^="transformer/norm["]:focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(unfold).toHaveCount(0);
  await expect(figure.getByRole('button', { name: /^logit of / }).first()).toBeFocused();
  await expect(page).not.toHaveURL(/trail/);
});

test('the largest first and the rest in one, which opens; the sum is taken in step by step', async ({ page }) => {
  const unfold = (await openLogit(page)).locator('dot-unfold');
  await expect(unfold.locator('.foot.rest')).toContainText('the other 182 together');
  const total = await unfold.locator('.foot.total .number').first().innerText();
  await unfold.getByRole('button', { name: 'Show them' }).click();
  await expect(unfold.locator('[role=grid]')).toHaveAttribute('aria-rowcount', '193');
  await expect(unfold.locator('.foot.rest')).toHaveCount(0);
  await expect(unfold.locator('.foot.total .number').first()).toHaveText(total);
  await unfold.getByRole('button', { name: 'All 192 in order' }).click();
  await expect(unfold.locator('[role=rowheader]').first()).toHaveText('1');
  // The running sum: its last step is the result, and one step back is that less the last product.
  const slider = unfold.getByRole('slider', { name: 'products added so far' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(unfold.locator('.so-far')).toContainText('Nothing is added yet');
  await page.keyboard.press('ArrowRight');
  await expect(unfold.locator('.so-far')).toContainText('The first: ');
  await page.keyboard.press('End');
  await expect(unfold.locator('.so-far')).toContainText(`All 192: ${total}`);
  await unfold.getByRole('button', { name: 'One fewer' }).click();
  await expect(unfold.locator('.so-far')).toContainText('The first 191: ');
  // The four thousand tokens of a softmax: the largest of them, and the rest in one.
  await page.keyboard.press('Escape');
  const figure = page.locator('#transformer');
  await figure
    .getByRole('button', { name: /^probability of / })
    .first()
    .click();
  await arrived(unfold, 'probability of');
  expect(await down(unfold, /^transformer\/exp_sum\[/, 'sum of the exponentials after “.” (place 20)')).toBe('long sum');
  await expect(unfold.locator('.foot.rest')).toContainText('the other 4,086 together');
});

test('a trail that leads nowhere is cut there with a notice; a text that is changed keeps what is left of it', async ({ page }) => {
  const way = 'transformer/logit[20,300]~norm[20][5]~L9/out[20,5]~x[20,5]';
  const state = `?transformer=${encodeURIComponent(`m:writer;t:${sentence}`)}&transformer.trail=${encodeURIComponent(way)}`;
  const figure = await open(page, state);
  const unfold = figure.locator('dot-unfold');
  await expect(unfold.locator('.notice')).toContainText('The trail went on to transformer/L9/out[20,5], which is not to be found here');
  await arrived(unfold, 'brought to one size after the last layer');
  await expect(unfold.locator('.trail li')).toHaveCount(2);
  expect(await addsUp(unfold)).toBe('products');
  // A shorter text has no place 20.
  await figure.getByRole('textbox', { name: 'A text of yours' }).fill('Once upon a time.');
  await expect(unfold.locator('.failure')).toContainText('20');
  await figure.getByRole('textbox', { name: 'A text of yours' }).fill(sentence);
  await expect(unfold.locator('.failure')).toHaveCount(0);
  await arrived(unfold, 'logit of');
});

for (const width of [320, 1280]) {
  test(`fits a window of ${width} pixels, and axe finds nothing`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const figure = await openLogit(page);
    const unfold = figure.locator('dot-unfold');
    const narrow = async (what: string) => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBeLessThanOrEqual(width);
      await accessible(page, '#transformer');
    };
    await narrow('a logit');
    await down(unfold, /^transformer\/norm\[/, 'brought to one size');
    await down(unfold, /^transformer\/scaled\[/, 'divided by');
    for (const layer of [6, 5]) {
      await down(unfold, new RegExp(`^transformer/L${layer}/out\\[`), `after layer ${layer}`);
      await down(unfold, new RegExp(`^transformer/L${layer}/middle\\[`), `after attention, layer ${layer}`);
    }
    await down(unfold, /^transformer\/L5\/attended\[/, 'what attention adds');
    await down(unfold, /^transformer\/L5\/mixed\[/, 'gathers');
    await unfold.getByRole('button', { name: /^… \d+ more/ }).click();
    await narrow('what a head gathers, and the whole trail');
  });
}
