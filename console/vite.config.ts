import { defineConfig } from 'vite';
import { scopeToPage } from './scope-to-page.ts';

/** The build of the page: static files below `/console/`, which work under a strict content security policy. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  clearScreen: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  css: { postcss: { plugins: [scopeToPage] } },
  build: {
    target: 'es2023',
    // Data URLs in place of files would have to be allowed by the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
  },
  worker: { format: 'es' },
});
