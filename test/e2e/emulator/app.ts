import { buildSluiceApp } from '../../../infra/sluice-app.ts';
import { removeRefused } from './refused-resources.ts';

/*
 * The app as it is shipped, but for what the emulator refuses. Without the checks of a deployment: `npm run synth` and
 * the tests run them.
 */
const { app } = buildSluiceApp({ validate: false });
for (const path of removeRefused(app)) console.error(`left out, since the emulator refuses it: ${path}`);
app.synth();
