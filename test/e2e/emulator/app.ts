import { buildSluiceApp } from '../../../infra/sluice-app.ts';
import { leftOut, removeRefused } from './refused-resources.ts';

/*
 * Synthesizes the app as it is shipped, without the resources that the emulator refuses, and without the checks of a
 * deployment: `npm run synth` and the tests run them.
 */
const { app } = buildSluiceApp({ validate: false });
for (const { cfnResourceType, node } of removeRefused(app))
  console.error(`${leftOut}${cfnResourceType} ${node.path}`);
app.synth();
