import { buildSluiceApp } from './sluice-app.ts';

try {
  const { app, stateful, stateless, settings } = buildSluiceApp();
  app.synth();
  // On standard error, like the output of the CDK: one glance shows what is about to be deployed.
  console.error(`${stateful.stackName}, ${stateless.stackName}: ${settings}`);
} catch (error) {
  // The message names the wrong value; a stack trace helps nobody.
  console.error(error instanceof Error ? `Error: ${error.message}` : error);
  process.exitCode = 1;
}
