import { buildSluiceApp } from './sluice-app.ts';

try {
  const { app, stateful, stateless, settings } = buildSluiceApp();
  app.synth();
  // On standard error, where the CDK says what it does: one glance shows what is about to be deployed.
  console.error(`${stateful.stackName}, ${stateless.stackName}: ${settings}`);
} catch (error) {
  // What was given wrongly is told by the message; where it was found out helps nobody.
  console.error(error instanceof Error ? `Error: ${error.message}` : error);
  process.exitCode = 1;
}
