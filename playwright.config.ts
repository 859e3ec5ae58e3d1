// The browser tests: the built site, served under a sub-path, in a real Chromium.
import { defineConfig } from '@playwright/test';

const port = Number(process.env.DOT_TEST_PORT ?? 4273);
const base = '/some/where/'; // no page may assume that it lies at the root of its host
const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: `build/test-results/${port}`, // its own for each run, so that two may run side by side
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  workers: 2,
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000, // a busy machine fails no test
  expect: { timeout: 15_000 },
  use: {
    baseURL: `http://localhost:${port}${base}`,
    viewport: { width: 1280, height: 800 },
    trace: 'on-first-retry', // recording every act costs half as much again; `--trace on` where a failure is looked into
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `node scripts/serve.mjs dist/site --port ${port} --base ${base}`,
    url: `http://localhost:${port}${base}`,
    reuseExistingServer: false,
  },
});
