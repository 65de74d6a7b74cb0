import { defineConfig } from 'vitest/config';

/**
 * The configuration for everything: the local runtime, an emulator, official DynamoDB Local and AWS's matcher of
 * patterns.
 */
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ['test/conformance/**/*.test.ts', 'test/conformance/**/*.conformance.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Maven's folder allows one process at a time, and visibility timeouts need a machine that isn't busy.
    fileParallelism: false,
    disableConsoleIntercept: true,
    reporters: ['default', './test/conformance/report.ts'],
  },
});
