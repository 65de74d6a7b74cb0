import { defineConfig } from 'vitest/config';
import { shared } from './vitest.config.ts';

/** The first part of `npm run test:long`: suites that take minutes, or want the machine to themselves. */
export default defineConfig({
  test: { ...shared, include: ['test/**/*.long.ts'], fileParallelism: false },
});
