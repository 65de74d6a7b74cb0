import { buildSluiceApp } from './sluice-app.ts';

/**
 * Writes the cloud assembly with its bundles into the given folder, for the local runtime. The checks of a deployment
 * are left out here; `npx cdk synth` and the tests run them.
 */
const [outdir, ...rest] = process.argv.slice(2);
if (outdir === undefined || rest.length > 0) {
  console.error('usage: node infra/synthesize.ts FOLDER');
  process.exit(2);
}
buildSluiceApp({ outdir, validate: false }).app.synth();
