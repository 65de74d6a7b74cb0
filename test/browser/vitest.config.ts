import { defineConfig } from 'vitest/config';
import { shared } from '../../vitest.config.ts';

/** `npm run test:browser`: the console in Chromium, on a stack that is started as `npm start` does. */
export default defineConfig({
  test: {
    ...shared,
    include: ['test/browser/**/*.test.ts'],
    // Each file has a stack and a browser of its own.
    fileParallelism: false,
  },
});
