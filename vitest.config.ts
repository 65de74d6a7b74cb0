import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/browser/**'],
    // Handlers write metrics and logs to standard output; what they write is tested where it matters.
    env: { POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_LOG_LEVEL: 'SILENT' },
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // Two cores are what the smallest machines have; the embedded engine takes one of them.
    maxWorkers: 2,
  },
});
