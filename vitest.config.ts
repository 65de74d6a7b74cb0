import { defineConfig } from 'vitest/config';

/** Settings that all test runs share. */
export const shared = {
  // Handlers write metrics and logs to standard output; what they write is tested where it matters.
  env: { POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_LOG_LEVEL: 'SILENT' },
  testTimeout: 120_000,
  hookTimeout: 240_000,
};

/** `npm test`: every test but the long ones, see vitest.long.config.ts. */
export default defineConfig({
  test: {
    ...shared,
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/browser/**'],
    // Two cores are what the smallest machines have; the embedded engine takes one of them.
    maxWorkers: 2,
  },
});
