import { reportError } from './report-error.ts';
import { buildSluiceApp } from './sluice-app.ts';

try {
  const { app, stateful, stateless, settings } = buildSluiceApp();
  app.synth();
  // On standard error, like the output of the CDK: one glance shows what is about to be deployed.
  console.error(`${stateful.stackName}, ${stateless.stackName}: ${settings}`);
} catch (error) {
  reportError(error);
}
