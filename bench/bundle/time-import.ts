import { pathToFileURL } from 'node:url';

// Run by a fresh process: how long the import of the bundle given takes, in milliseconds.
const [bundle = ''] = process.argv.slice(2);
const start = performance.now();
const { handler } = await import(pathToFileURL(bundle).href);
const elapsed = performance.now() - start;
if (typeof handler !== 'function') throw new Error(`${bundle} exports no handler`);
process.stdout.write(String(elapsed));
