// The tests of the TypeScript and of the scripts. Those that need a document say so: `// @vitest-environment happy-dom`.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,mjs}'],
    maxWorkers: '100%', // vitest leaves one core of two alone
    testTimeout: 30_000, // a machine may be busy with other things
    hookTimeout: 60_000,
  },
});
