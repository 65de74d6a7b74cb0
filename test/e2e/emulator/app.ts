import { buildSluiceApp } from '../../../infra/sluice-app.ts';
import { leftOut, removeRefused } from './refused-resources.ts';

/*
 * The app as it is shipped, but for what the emulator refuses. Without the checks of a deployment: `npm run synth` and
 * the tests run them.
 */
const { app } = buildSluiceApp({ validate: false });
for (const { cfnResourceType, node } of removeRefused(app))
  console.error(`${leftOut}${cfnResourceType} ${node.path}`);
app.synth();
