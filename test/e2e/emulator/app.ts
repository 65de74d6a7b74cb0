import { buildSluiceApp } from '../../../infra/sluice-app.ts';
import { holdClock } from './held-clock.ts';
import { leftOut, removeRefused } from './refused-resources.ts';
import { placeholder, trustIssuer } from './trusted-issuer.ts';

/*
 * Synthesizes the app as it is shipped, without the resources that the emulator refuses, and without the checks of a
 * deployment: `npm run synth` and the tests run them. The clock of the leads is held. The argument is the URL of the
 * issuer on loopback whose tokens open the API.
 */
const [issuer] = process.argv.slice(2);
if (issuer === undefined) throw new Error('usage: node test/e2e/emulator/app.ts ISSUER');
// Deliveries go to a server of the run, on loopback.
const { app } = buildSluiceApp({ validate: false, local: true, ...placeholder });
trustIssuer(app, issuer);
holdClock(app);
for (const { cfnResourceType, node } of removeRefused(app))
  console.error(`${leftOut}${cfnResourceType} ${node.path}`);
app.synth();
