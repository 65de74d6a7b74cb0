import { parseArgs } from 'node:util';
import { reportError } from './report-error.ts';
import { buildSluiceApp } from './sluice-app.ts';

/**
 * Writes the cloud assembly into the given folder, with its bundles for the local runtime, or without them for a look at
 * the templates. With `--local` it is for this machine, where targets may be as well. The checks of a deployment are left out here; `npx cdk synth` and the tests run them.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { bundle: { type: 'boolean', default: true }, local: { type: 'boolean', default: false } },
  allowNegative: true,
});
const [outdir, ...rest] = positionals;
if (outdir === undefined || rest.length > 0) {
  console.error('usage: node infra/synthesize.ts FOLDER [--no-bundle] [--local]');
  process.exit(2);
}
try {
  buildSluiceApp({ outdir, validate: false, bundle: values.bundle, local: values.local }).app.synth();
} catch (error) {
  reportError(error);
}
