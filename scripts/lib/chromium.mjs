// A Chromium for the browser tests: the machine's own, else Playwright's, installed where there is none.
import { existsSync } from 'node:fs';
import { attempt, bin, run, which } from './run.mjs';
import { Failure, note } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** Where a Chromium lies on this machine, or undefined. CHROMIUM_PATH comes first and must be right, then one of the `preferred` names. */
async function locateChromium(preferred = []) {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) {
    if (existsSync(CHROMIUM_PATH)) return CHROMIUM_PATH;
    throw new Failure(`CHROMIUM_PATH is ${CHROMIUM_PATH}, where there is nothing`, 'correct it or unset it');
  }
  for (const name of [...preferred, ...NAMES]) {
    const found = which(name);
    if (found) return found;
  }
  const { chromium } = await import('@playwright/test');
  const own = chromium.executablePath();
  return existsSync(own) ? own : undefined;
}

/** A Chromium, installed if need be; one of the `preferred` names where the machine has it. @returns {Promise<string>} the path of its program */
export async function ensureChromium(preferred = []) {
  const found = await locateChromium(preferred);
  if (found) return found;
  const root = process.getuid?.() === 0;
  if (root && which('apt-get') && existsSync('/etc/debian_version')) {
    note("installing Debian's chromium");
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await attempt('apt-get', ['-qq', 'update'], { env });
    const { code } = await attempt('apt-get', ['-qq', '-y', '--no-install-recommends', 'install', 'chromium', 'fonts-liberation'], { env });
    const installed = code === 0 && (await locateChromium());
    if (installed) return installed;
  }
  note("installing Playwright's chromium");
  await run(bin('playwright'), ['install', 'chromium'], {
    what: 'installing Chromium',
    repair: 'install Chromium or Chrome by hand, and set CHROMIUM_PATH to its program if it is not on PATH',
  });
  const own = await locateChromium();
  if (!own) throw new Failure('Chromium was installed and is not found', 'set CHROMIUM_PATH to its program');
  return own;
}
